#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/setup_troubles.hpp>

#include <string>

using namespace cordon::engine;
using run::setup_troubles;

namespace {

setup_plan two_groups() {
    setup_plan made;
    made.groups.push_back({"", {"g.cpp", 3}, {0}});
    made.groups.push_back({"db/rows", {"s.cpp", 7}, {1, 2}});
    return made;
}

wire::left gone(bool timed_out, bool by_signal, int code) { return {1, false, timed_out, by_signal, code}; }

failure a_failure() {
    failure made;
    made.macro = "CHECK";
    return made;
}

}  // namespace

TEST_CASE("how a setup went") {
    struct row {
        wire::left how;
        bool with_failure;
        ending expected;
        const char* words;
        int signal;
        int exit_code;
    };
    const row table[] = {
        {gone(false, false, 3), true, ending::failed, "not run: SUITE_SETUP of db/rows failed", 0, no_exit_code},
        {gone(false, false, 5), false, ending::exited,
         "not run: SUITE_SETUP of db/rows ended the process with exit code 5", 0, 5},
        {gone(false, true, 11), false, ending::crashed, "not run: SUITE_SETUP of db/rows crashed: SIGSEGV", 11,
         no_exit_code},
        {gone(false, true, 6), true, ending::crashed, "not run: SUITE_SETUP of db/rows crashed: SIGABRT", 6,
         no_exit_code},
        {gone(true, true, 15), false, ending::timed_out, "not run: SUITE_SETUP of db/rows did not end in time", 0,
         no_exit_code},
    };
    const setup_plan plan = two_groups();
    for (const row& each : table) {
        CAPTURE(std::string(each.words));
        setup_troubles troubles(plan);
        troubles.note(1, each.how, {each.with_failure ? vector<failure>{a_failure()} : vector<failure>{}, {}, {}, {}});
        const auto* found = troubles.find({0, 1});
        REQUIRE(found != nullptr);
        vector<wire::trace> traces;
        const attempt_result result = troubles.result_for(*found, each.signal == 6 ? "SIGABRT" : "SIGSEGV", traces);
        CHECK(result.how == each.expected);
        CHECK(result.signal == each.signal);
        CHECK(result.exit_code == each.exit_code);
        CHECK(result.failures.back().message == each.words);
        CHECK(result.failures.back().kind == failure_kind::setup);
        CHECK(result.failures.back().file == "s.cpp");
        CHECK(result.failures.back().line == 7);
    }
}

TEST_CASE("only the first test carries what the setup said and printed") {
    const setup_plan plan = two_groups();
    setup_troubles troubles(plan);
    captured_output printed;
    printed.pieces.push_back({stream::out, "setting up", 0});
    troubles.note(0, gone(false, false, 3), {{a_failure(), a_failure()}, printed, vector<wire::trace>(1), {}});
    vector<wire::trace> traces;
    const attempt_result first = troubles.result_for(*troubles.find({0}), "", traces);
    CHECK(traces.size() == 1);
    CHECK(first.failures.size() == 3);
    CHECK(first.output.text(stream::out) == "setting up");
    CHECK(first.failures.back().message == "not run: GLOBAL_SETUP failed");
    traces.clear();
    const attempt_result second = troubles.result_for(*troubles.find({0}), "", traces);
    CHECK(traces.empty());
    CHECK(second.failures.size() == 1);
    CHECK(second.output.empty());
    CHECK(second.how == ending::failed);
}

TEST_CASE("only tests that want the setup are concerned") {
    const setup_plan plan = two_groups();
    setup_troubles troubles(plan);
    CHECK(troubles.find({0, 1}) == nullptr);
    troubles.note(1, gone(false, true, 11), {});
    CHECK(troubles.find({0}) == nullptr);
    CHECK(troubles.find({}) == nullptr);
    CHECK(troubles.find({0, 1}) != nullptr);
    CHECK(troubles.find({1}) != nullptr);
}
