#include "queries.hpp"

#include <map>

using namespace process_test;

namespace {

// What must not depend on the mode: verdicts, endings, assertions, failures, output. What a hang is said to be depends
// on how far the test got, and which signal ended it on how soon it heard the first: on a busy machine that varies.
std::string told(const test_entry& test) {
    const bool hung = !test.attempts.empty() && test.attempts.back().ending == "timed_out";
    std::string all = test.verdict + (hung ? "" : " (" + test.reason + ")");
    for (const attempt_entry& each : test.attempts) {
        const bool was_ended = each.ending == "timed_out";
        all += "\n  " + each.ending + " " + (was_ended ? "" : each.signal_name) + " " +
               std::to_string(each.assertions) + "/" + std::to_string(each.failed_assertions) + "\n  out: " + each.out +
               "\n  err: " + each.err;
        for (const failure_entry& failure : each.failures) {
            all += "\n  " + failure.kind + " " + failure.macro + " " + std::to_string(failure.line) + " " +
                   failure.expanded + " " + failure.message + " " + joined(failure.subcase, " > ") + " " +
                   joined(failure.info, " ");
        }
    }
    return all;
}

std::map<std::string, std::string> all_told(const std::string& program, const char* mode, const char* jobs,
                                            std::vector<std::string> arguments) {
    arguments.insert(arguments.end(), {"--isolate", mode, "-j", jobs, "--grace", "100ms"});
    const outcome got = run(program, std::move(arguments));
    std::map<std::string, std::string> all;
    for (const test_entry& test : got.report.tests) {
        all[full_name(test)] = told(test);
    }
    return all;
}

void compare_modes(const std::string& program, const std::vector<std::string>& arguments = {}) {
    const auto expected = all_told(program, "fork", "1", arguments);
    CHECK(!expected.empty());
    const std::pair<const char*, const char*> others[] = {
        {"fork", "4"}, {"exec", "1"}, {"exec", "4"}, {"shard", "1"}, {"shard", "4"}, {"rewind", "1"}, {"rewind", "4"}};
    for (const auto& other : others) {
        const char* const mode = other.first;
        const char* const jobs = other.second;
        const auto seen = all_told(program, mode, jobs, arguments);
        CHECK(seen.size() == expected.size());
        for (const auto& test : expected) {
            const std::string& name = test.first;
            INFO(program << ", " << mode << " -j" << jobs << ": " << name);
            REQUIRE(seen.count(name) == 1);
            CHECK(seen.at(name) == test.second);
        }
    }
}

}  // namespace

// Failures of several threads come in any order, so that test is left out.
TEST_CASE("modes say the same of assertions") { compare_modes("assertions", {"-x", "all count"}); }

TEST_CASE("modes say the same of subcases") { compare_modes("subcases"); }

TEST_CASE("modes say the same of declared failures") { compare_modes("decorators"); }

TEST_CASE("modes say the same of what is printed") { compare_modes("output"); }

TEST_CASE("modes say the same of hostile tests") { compare_modes("hostile"); }

TEST_CASE("modes say the same of selected tests") { compare_modes("selection", {"--order", "random", "--seed", "1"}); }
