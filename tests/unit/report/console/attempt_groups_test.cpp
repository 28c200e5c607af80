#include <doctest/doctest.h>

#include <cordon/engine/report/console/attempt_groups.hpp>

#include "unit/report/scripted_run.hpp"

using namespace scripted;
using report::groups_of;

namespace {

attempt_result tried(std::uint32_t number, ending how, const char* value = "", const char* printed = "") {
    attempt_result made = run::attempt(0, how, ms(number));
    made.number = number;
    if (*value != '\0') {
        failure wrong;
        wrong.macro = "CHECK";
        wrong.expression = "size() == 3";
        wrong.left = value;
        wrong.op = "==";
        wrong.right = "3";
        made.failures.push_back(wrong);
    }
    if (*printed != '\0') made.output.pieces.push_back({stream::out, printed, 0});
    return made;
}

/// "1 2 | 3": the numbers of each group.
std::string grouped(const vector<attempt_result>& attempts) {
    std::string text;
    for (const report::attempt_group& each : groups_of(attempts)) {
        if (!text.empty()) text += " |";
        for (const std::uint32_t number : each.numbers)
            text += (text.empty() ? "" : " ") + std::to_string(number);
    }
    return text;
}

}  // namespace

TEST_CASE("attempts that tell the same are one group") {
    const ending bad = ending::failed;
    CHECK(grouped({}) == "");
    CHECK(grouped({tried(1, bad), tried(2, bad)}) == "1 2");
    CHECK(grouped({tried(1, bad, "4"), tried(2, bad, "5"), tried(3, bad, "4")}) == "1 3 | 2");
    CHECK(grouped({tried(1, bad), tried(2, ending::crashed), tried(3, ending::timed_out)}) == "1 | 2 | 3");
    CHECK(grouped({tried(1, bad, "4", "one"), tried(2, bad, "4", "two")}) == "1 | 2");
}

TEST_CASE("numbers in what attempts print do not tell them apart, in compared values they do") {
    const ending bad = ending::failed;
    CHECK(grouped({tried(1, bad, "4", "pid 17 at 0x7fa0"), tried(2, bad, "4", "pid 1234 at 0xbc12e0")}) == "1 2");
    CHECK(grouped({tried(1, bad, "4", "pid 17"), tried(2, bad, "4", "pid")}) == "1 | 2");
    CHECK(grouped({tried(1, bad, "4", "7"), tried(2, bad, "4", "7 8")}) == "1 | 2");
    CHECK(grouped({tried(1, bad, "4"), tried(2, bad, "14")}) == "1 | 2");
}

TEST_CASE("attempts that passed are told of where no other one is") {
    CHECK(grouped({tried(1, ending::failed), tried(2, ending::passed)}) == "1");
    CHECK(grouped({tried(1, ending::passed), tried(2, ending::passed)}) == "2");
}

TEST_CASE("attempts are named by their numbers") {
    CHECK(report::attempts_in_words({3}) == "attempt 3");
    CHECK(report::attempts_in_words({1, 2}) == "attempts 1 and 2");
    CHECK(report::attempts_in_words({1, 3}) == "attempts 1 and 3");
    CHECK(report::attempts_in_words({1, 2, 3}) == "attempts 1 to 3");
    CHECK(report::attempts_in_words({1, 2, 3, 4, 6, 9, 10}) == "attempts 1 to 4, 6, 9 and 10");
}
