#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace process_test;

namespace {

enum class in_shard {
    together,  ///< as in the other modes, with other tests in its process
    alone,     ///< it spoils the process, or ends badly after its own end: only alone is the ending its own
};

/// How a test of children/endings.cpp has to end, in every mode and build.
struct expectation {
    std::string test;
    std::string verdict;
    std::string ending;
    std::string signal;  ///< "" for none
    int exit_code;       ///< -1 for none
    std::string says;    ///< in the message or the values of a failure
    in_shard how = in_shard::together;
};

constexpr auto alone = in_shard::alone;

const expectation table[] = {
    {"passes", "passed", "passed", "", 0, ""},
    {"asserts nothing", "passed", "passed", "", 0, ""},
    {"warns", "passed", "passed", "", 0, "1 == 2"},
    {"skips", "skipped", "skipped", "", 0, ""},
    {"allocates", "passed", "passed", "", 0, ""},

    {"fails a check", "failed", "failed", "", 0, "1 == 2"},
    {"fails a requirement", "failed", "failed", "", 0, "1 == 2"},
    {"throws", "failed", "failed", "", 0, "out of cheese"},
    {"throws a number", "failed", "failed", "", 0, "int"},
    {"fails, then skips", "failed", "failed", "", 0, "1 == 2"},
    {"fails, then its process ends badly", "failed", "failed", "", 9, "1 == 2", alone},
    {"fails a requirement in a thread", "failed", "failed", "", 0, "1 == 2"},
    {"fails a requirement in a task", "failed", "failed", "", 0, "1 == 2"},
    {"fails a requirement in a destructor", "failed", "failed", "", 0, "1 == 2"},
    {"skips in a thread", "skipped", "skipped", "", 0, ""},
    {"fails a check in a static destructor", "failed", "failed", "", 0, "1 == 2", alone},

    {"reads nowhere", "failed", "crashed", "SIGSEGV", -1, ""},
    {"aborts", "failed", "crashed", "SIGABRT", -1, ""},
    {"kills itself", "failed", "crashed", "SIGKILL", -1, ""},
    {"asks itself to end", "failed", "crashed", "SIGTERM", -1, ""},
    {"traps", "failed", "crashed", "SIGTRAP", -1, ""},
    {"terminates", "failed", "crashed", "SIGABRT", -1, "std::terminate"},
    {"throws in a thread", "failed", "crashed", "SIGABRT", -1, "nobody catches it"},
    {"throws out of noexcept", "failed", "crashed", "SIGABRT", -1, "promised not to"},
    {"fails a check, then crashes", "failed", "crashed", "SIGABRT", -1, "1 == 2"},
    {"overflows the stack", "failed", "crashed", "SIGSEGV", -1, ""},
    {"crashes in a thread", "failed", "crashed", "SIGSEGV", -1, ""},
    {"leaves the main thread", "failed", "crashed", "SIGABRT", -1, ""},

    {"exits with 0", "failed", "exited", "", 0, ""},
    {"exits with 3", "failed", "exited", "", 3, ""},
    {"leaves with _exit(0)", "failed", "exited", "", 0, ""},
    {"leaves with quick_exit(0)", "failed", "exited", "", 0, ""},
    {"exits in a thread", "failed", "exited", "", 0, ""},
    {"fails a check, then exits with 0", "failed", "exited", "", 0, "1 == 2"},
    {"executes another program", "failed", "exited", "", 0, ""},
    {"exits in a subcase", "failed", "exited", "", 0, ""},

    {"its static destructor crashes", "failed", "exit_failure", "SIGABRT", -1, "", alone},
    {"its atexit handler crashes", "failed", "exit_failure", "SIGSEGV", -1, "", alone},
    {"its atexit handler leaves with 5", "failed", "exit_failure", "", 5, "", alone},
    {"its static destructor throws", "failed", "exit_failure", "SIGABRT", -1, "std::terminate", alone},
    {"a thread that it left crashes later", "failed", "exit_failure", "SIGABRT", -1, "", alone},

    {"leaves a process", "passed", "passed", "", 0, ""},
    {"leaves a daemon", "passed", "passed", "", 0, ""},
    {"waits for its process", "passed", "passed", "", 0, ""},

    {"takes too much memory", "failed", "over_limit", "", 0, "bad_alloc"},
    {"takes too much memory in an assertion", "failed", "over_limit", "", 0, "bad_alloc"},
    {"takes little of its memory", "passed", "passed", "", 0, ""},

    {"kills its worker", "lost", "lost", "", -1, ""},
    {"kills its worker at first", "passed", "passed", "", 0, ""},

    {"a copy returns from the body", "passed", "passed", "", 0, ""},
    {"a copy fails a check", "failed", "failed", "", 0, "1 == 2"},
    {"a copy fails a requirement", "failed", "failed", "", 0, "1 == 2"},
    {"a copy crashes", "passed", "passed", "", 0, ""},
    {"a copy exits", "passed", "passed", "", 0, ""},
    {"waits for any child", "passed", "passed", "", 0, ""},

    {"closes every descriptor", "passed", "passed", "", 0, "", alone},
    {"closes every descriptor, then fails", "failed", "failed", "", 0, "1 == 2", alone},
    {"ignores signals", "passed", "passed", "", 0, "", alone},
    {"becomes a session leader", "passed", "passed", "", 0, "", alone},
    {"empties its environment", "passed", "passed", "", 0, "", alone},
    {"goes to another folder", "passed", "passed", "", 0, "", alone},
};

/// A filter expression for exactly this test.
std::string exactly(const std::string& name) {
    std::string filter = "name(";
    for (const char each : name) {
        const bool plain = std::isalnum(static_cast<unsigned char>(each)) != 0 || each == ' ';
        if (!plain) filter += '\\';
        filter += each;
    }
    return filter + ")";
}

bool says(const attempt_entry& attempt, const std::string& words) {
    return words.empty() || std::any_of(attempt.failures.begin(), attempt.failures.end(), [&](const auto& each) {
               return (each.message + each.expression + each.expanded).find(words) != std::string::npos;
           });
}

void check_ending(const test_entry& test, const expectation& wanted, bool shared_process) {
    INFO(wanted.test);
    CHECK(test.verdict == wanted.verdict);
    const attempt_entry& attempt = test.last();
    CHECK(attempt.ending == wanted.ending);
    const bool own_process = !shared_process || attempt.ending == "crashed" || attempt.ending == "exited";
    if (own_process) {
        CHECK(attempt.signal_name == wanted.signal);
        CHECK(attempt.exit_code == wanted.exit_code);
    }
    CHECK(says(attempt, wanted.says));
    if (wanted.says.empty()) CHECK(attempt.failures.empty());
}

// A daemon is out of reach where the system has no subreaper.
outcome run_endings(const std::vector<std::string>& arguments) {
    command what;
    what.program = "endings";
    what.arguments = arguments;
    what.may_leave_processes = is_portable();
    return run(what);
}

}  // namespace

TEST_CASE("every ending is told as it is, in a process for each test") {
    for (const std::string mode : {"fork", "exec"}) {
        CAPTURE(mode);
        const outcome got = run_endings({"--isolate", mode, "-j4"});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report.isolation == mode);
        for (const expectation& wanted : table) {
            check_ending(got.report[wanted.test], wanted, false);
        }
    }
}

TEST_CASE("every ending is told as it is, in processes that tests share") {
    std::vector<std::string> arguments{"--isolate", "shard"};
    std::size_t together = 0;
    for (const expectation& wanted : table) {
        if (wanted.how == in_shard::together) {
            ++together;
        } else {
            arguments.insert(arguments.end(), {"--filter", "!" + exactly(wanted.test)});
        }
    }
    for (const std::string jobs : {"-j1", "-j4"}) {
        CAPTURE(jobs);
        std::vector<std::string> with_jobs = arguments;
        with_jobs.push_back(jobs);
        const outcome got = run_endings(with_jobs);
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report.tests.size() == together);
        for (const expectation& wanted : table) {
            if (wanted.how == in_shard::together) check_ending(got.report[wanted.test], wanted, true);
        }
    }
}

TEST_CASE("what happens after a test is charged to it where it was the last in its process") {
    for (const expectation& wanted : table) {
        if (wanted.how != in_shard::alone) continue;
        const outcome got = run_endings({"--isolate", "shard", "--filter", exactly(wanted.test)});
        INFO(got);
        CHECK(got.report.tests.size() == 1);
        check_ending(got.report[wanted.test], wanted, false);
    }
}

TEST_CASE("without isolation a test passes, fails and skips as with it") {
    for (const std::string test : {"passes", "warns", "skips", "allocates", "fails a check", "fails a requirement",
                                   "throws", "fails, then skips"}) {
        const outcome got = run_endings({"--isolate", "none", "--filter", exactly(test)});
        INFO(got);
        const auto wanted = std::find_if(std::begin(table), std::end(table),
                                         [&](const expectation& each) { return each.test == test; });
        REQUIRE(wanted != std::end(table));
        check_ending(got.report[test], *wanted, true);
        CHECK(got.exit_code == (wanted->verdict == "failed" ? 1 : 0));
    }
}

TEST_CASE("without isolation a test that ends the process fails the run") {
    for (const std::string test :
         {"exits with 0", "exits in a thread", "leaves with quick_exit(0)", "exits in a subcase"}) {
        const outcome got = run_endings({"--isolate", "none", "--filter", exactly(test)});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.err.find(test) != std::string::npos);
        CHECK(!got.has_report);
    }
}

TEST_CASE("a test whose worker dies is tried once more, and lost if that fails as well") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const outcome twice = run_endings({"--isolate", mode, "--filter", exactly("kills its worker")});
        INFO(twice);
        CHECK(twice.exit_code == 4);
        const test_entry& lost = twice.report["kills its worker"];
        CHECK(lost.verdict == "lost");
        REQUIRE(lost.attempts.size() == 2);
        CHECK(lost.attempts[0].ending == "lost");
        CHECK(lost.attempts[1].ending == "lost");
        CHECK(lost.attempts[1].reason.find("SIGKILL") != std::string::npos);
        CHECK(twice.report.summary.at("workers_replaced") == 1);

        const outcome once = run_endings({"--isolate", mode, "--filter", exactly("kills its worker at first")});
        INFO(once);
        CHECK(once.exit_code == 0);
        const test_entry& recovered = once.report["kills its worker at first"];
        CHECK(recovered.verdict == "passed");
        REQUIRE(recovered.attempts.size() == 2);
        CHECK(recovered.attempts[0].ending == "lost");
        CHECK(recovered.attempts[1].ending == "passed");
    }
}

TEST_CASE("what a test leaves running is ended, and told as the policy says") {
    for (const std::string mode : {"fork", "exec"}) {
        for (const std::string test : {"leaves a process", "leaves a daemon"}) {
            CAPTURE(mode);
            CAPTURE(test);
            const outcome fails = run_endings({"--isolate", mode, "--leaks", "fail", "--filter", exactly(test)});
            INFO(fails);
            // Counting them takes what only Linux has.
            CHECK(fails.report[test].ending() == (is_portable() ? "passed" : "leaked"));
            CHECK(fails.report[test].last().processes_left == (is_portable() ? 0 : 1));
            CHECK(fails.exit_code == (is_portable() ? 0 : 1));
            const outcome warns = run_endings({"--isolate", mode, "--leaks", "warn", "--filter", exactly(test)});
            CHECK(warns.report[test].ending() == "passed");
            CHECK(warns.exit_code == 0);
        }
        const outcome clean =
            run_endings({"--isolate", mode, "--leaks", "fail", "--filter", exactly("waits for its process")});
        CHECK(clean.report["waits for its process"].ending() == "passed");
    }
}
