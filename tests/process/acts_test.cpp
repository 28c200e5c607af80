#include <algorithm>
#include <string>
#include <vector>

#include "queries.hpp"

using namespace process_test;

namespace {

/// How a test of children/acts.cpp has to end, with a process for each test.
struct expectation {
    std::string test;
    std::string verdict;
    std::string ending;
    std::string signal;   ///< "" where there is none, or not always the same
    std::string says;     ///< in a failure or the reason
    std::string instead;  ///< another ending that is as true; "" for none
};

const expectation table[] = {
    {"calls a pure virtual function", "failed", "crashed", "SIGABRT", "", ""},
    {"frees twice", "failed", "crashed", "SIGABRT", "", ""},
    {"jumps out of the test", "passed", "passed", "", "", ""},
    {"throws from a destructor while another exception is on its way", "failed", "crashed", "SIGABRT", "", ""},
    {"signals its whole process group", "failed", "crashed", "SIGKILL", "", ""},
    {"raises every signal that can be handled", "passed", "passed", "", "", ""},
    {"closes its output", "passed", "passed", "", "", ""},
    {"closes its output, then fails", "failed", "failed", "", "1 == 2", ""},
    // The worker's own words can not be believed any more, so the worker goes, with the test.
    {"writes garbage into every descriptor", "lost", "lost", "", "its event pipe brought", "timed_out"},
    {"forges frames", "lost", "lost", "", "its event pipe brought", "timed_out"},
    // Its failure lies in the shared memory, which is no descriptor any more.
    {"puts its output over every private descriptor", "failed", "failed", "", "1 == 2", ""},

    {"a deadlock", "failed", "timed_out", "SIGTERM", "", ""},
    {"a read that nobody answers", "failed", "timed_out", "SIGTERM", "", ""},
    {"with all signals blocked", "failed", "timed_out", "SIGKILL", "", ""},
    {"stops itself", "failed", "timed_out", "SIGKILL", "", ""},
    {"a lost wake-up", "failed", "timed_out", "SIGTERM", "", ""},

    {"a grandchild that holds the pipes", "passed", "passed", "", "", ""},
    {"threads that go on", "passed", "passed", "", "", ""},
    {"two hundred processes", "passed", "passed", "", "", ""},

    {"descriptors", "failed", "failed", "", "1 == 2", ""},
    {"processor time", "failed", "crashed", "", "", ""},
    {"file size", "failed", "crashed", "SIGXFSZ", "", ""},
    {"a million failing assertions", "failed", "failed", "", "", ""},
    {"a message of 100 MB", "failed", "failed", "", "bytes left out", ""},
    {"a value of 100 MB", "failed", "failed", "", "bytes left out", ""},
    {"many subcases", "passed", "passed", "", "", ""},
    {"a changed terminal", "passed", "passed", "", "", ""},

    {"an innocent one", "passed", "passed", "", "", ""},
    {"another innocent one", "passed", "passed", "", "", ""},
};

bool says(const attempt_entry& attempt, const std::string& words) {
    return words.empty() || holds(attempt.reason, words) ||
           std::any_of(attempt.failures.begin(), attempt.failures.end(), [&](const failure_entry& each) {
               return holds(each.message, words) || holds(each.expression, words) || holds(each.expanded, words);
           });
}

void check(const test_entry& test, const expectation& wanted) {
    CAPTURE(wanted.test);
    const attempt_entry& last = test.last();
    CAPTURE(last.ending);
    if (!wanted.instead.empty() && last.ending == wanted.instead) return;
    CHECK(test.verdict == wanted.verdict);
    CHECK(last.ending == wanted.ending);
    if (!wanted.signal.empty()) CHECK(last.signal_name == wanted.signal);
    CHECK(says(last, wanted.says));
}

outcome run_acts(std::vector<std::string> arguments) {
    command what;
    what.program = "acts";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.end(), {"--timeout", "4s", "--grace", "300ms", "--color", "never"});
    what.may_leave_processes = is_portable();
    return run(what);
}

}  // namespace

TEST_CASE("the worst test changes no other's result, and each is told as it is") {
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        const outcome got = run_acts({"--isolate", mode, "-j4"});
        INFO(got);
        CHECK(got.report.tests.size() == std::size(table));
        for (const expectation& wanted : table) {
            check(got.report[wanted.test], wanted);
        }
        CHECK(got.report["a million failing assertions"].last().failed_assertions == 1'000'000);
        CHECK(got.report["a million failing assertions"].last().failures_dropped > 999'000);
        CHECK(got.report_text.size() < 10'000'000);
    }
}

TEST_CASE("where tests share a process, the worst one is charged with what it did and no other") {
    // What spoils the process for those that follow in it is left out.
    std::vector<std::string> arguments{"--isolate", "shard", "-j2"};
    for (const std::string test : {"closes its output", "puts its output", "descriptors", "processor", "file size",
                                   "garbage", "forges", "raises every"}) {
        arguments.insert(arguments.end(), {"-x", test});
    }
    const outcome got = run_acts(arguments);
    INFO(got);
    for (const test_entry& test : got.report.tests) {
        const auto wanted = std::find_if(std::begin(table), std::end(table),
                                         [&](const expectation& each) { return each.test == test.name; });
        REQUIRE(wanted != std::end(table));
        check(test, *wanted);
    }
}

TEST_CASE("200 processes that a test leaves are ended and counted") {
    if (is_portable()) return;
    const outcome got = run_acts({"two hundred processes", "--leaks", "fail"});
    INFO(got);
    CHECK(got.report["two hundred processes"].ending() == "leaked");
    CHECK(got.report["two hundred processes"].last().processes_left == 200);
}
