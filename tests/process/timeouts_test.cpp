#include "queries.hpp"
#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

using namespace process_test;

namespace {

// Bounds above are generous: this machine may be busy. What must not come too early is exact.
constexpr double far_too_long_ms = 30'000;

struct logged_run {
    outcome got;
    std::vector<long> started;  ///< processes that tests have started
};

logged_run run_timing(std::vector<std::string> arguments, bool may_leave = false,
                      std::vector<std::pair<std::string, std::string>> environment = {}) {
    temp_folder folder;
    command what;
    what.program = "timing";
    what.arguments = std::move(arguments);
    what.environment = std::move(environment);
    what.environment.emplace_back("LOG", folder / "log");
    what.may_leave_processes = may_leave;
    logged_run all;
    all.got = run(what);
    for (const std::string& line : lines_of(read_file(folder / "log"))) {
        if (line.rfind("started ", 0) == 0) all.started.push_back(std::stol(line.substr(8)));
    }
    return all;
}

std::ptrdiff_t living(const std::vector<long>& processes) {
    return std::count_if(processes.begin(), processes.end(), is_alive);
}

}  // namespace

TEST_CASE("a test over its limit is asked, then killed, with all that it has started") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const logged_run all = run_timing(
            {"--isolate", mode, "-j14", "--timeout", "400ms", "--grace", "300ms", "over the limit"}, is_portable());
        INFO(all.got);
        CHECK(all.got.exit_code == 1);
        REQUIRE(all.got.report.tests.size() == 14);
        for (const test_entry& test : all.got.report.tests) {
            CAPTURE(test.name);
            CHECK(test.verdict == "failed");
            const attempt_entry& attempt = test.last();
            CHECK(attempt.ending == "timed_out");
            CHECK(attempt.duration_ms >= (test.name == "has a limit of its own" ? 200 : 400));
            CHECK(attempt.duration_ms < far_too_long_ms);
        }
        const report_entry& report = all.got.report;
        CHECK(report["hangs"].last().signal_name == "SIGTERM");
        CHECK(report["spins"].last().signal_name == "SIGTERM");
        CHECK(report["ignores TERM"].last().signal_name == "SIGKILL");
        CHECK(report["handles TERM and goes on"].last().signal_name == "SIGKILL");
        // Its own time ends at its limit; what it took to end it is clean-up.
        const attempt_entry& goes_on = report["handles TERM and goes on"].last();
        CHECK(goes_on.duration_ms + goes_on.cleanup_ms >= 700);
        CHECK(report["stops itself"].last().signal_name == "SIGTERM");
        CHECK(holds(report["stops itself"].last().reason, "stopped by SIGSTOP"));
        CHECK(report["waits for TERM"].last().out == "heard it\n");
        CHECK(report["leaves in order when asked to"].last().exit_code == 0);
        CHECK(report["leaves in order when asked to"].last().out == "cleaned up\n");
        CHECK(report["prints and hangs"].last().out == "the last words\n");
        CHECK(report["fails a check and hangs"].last().failures.size() == 1);
        // In shard mode each that hangs is run once more, alone: do others make it hang? It is not so.
        REQUIRE(all.started.size() == (mode == "shard" ? 4 : 2));
        // The daemon has left the process group; finding it takes what only Linux has.
        CHECK(eventually([&] { return living(all.started) <= (is_portable() ? 1 : 0); }));
    }
}

TEST_CASE("only a test that handles SIGTERM is given the grace") {
    if (is_portable()) return;  // where it cannot be told who does
    // A grace that, waited for, would be seen however busy the machine is.
    const logged_run all = run_timing({"-j4", "--timeout", "300ms", "--grace", "60s", "no use for the grace"});
    INFO(all.got);
    REQUIRE(all.got.report.tests.size() == 6);
    for (const test_entry& test : all.got.report.tests) {
        CAPTURE(test.name);
        CHECK(test.ending() == "timed_out");
        CHECK(test.last().duration_ms == 300);
        CHECK(test.last().cleanup_ms < far_too_long_ms);
    }
}

TEST_CASE("a test near its limit does not notice that it is looked at") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const logged_run all = run_timing({"--isolate", mode, "-j4", "unnoticed"});
        INFO(all.got);
        REQUIRE(all.got.report.tests.size() == 3);
        for (const test_entry& test : all.got.report.tests) {
            CAPTURE(test.name);
            CHECK(test.last().failures.empty());
            // The limit is so near that a busy machine may reach it.
            CHECK((test.ending() == "passed" || test.ending() == "timed_out"));
        }
    }
}

TEST_CASE("a test's time is counted from its own start") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        // One worker: the tests wait for one another, and in shard mode share a process, for longer than the limit. An
        // executed test's process takes longer than the limit before it comes to the test.
        std::vector<std::string> arguments{"--isolate", mode, "-j1", "--timeout", "600ms", "within the limit"};
        std::vector<std::pair<std::string, std::string>> environment;
        if (mode == "exec") {
            arguments.insert(arguments.end(), {"--exclude", "two", "--exclude", "three", "--exclude", "four"});
            environment = {{"SLOW_START", "1"}};
        }
        const logged_run all = run_timing(arguments, false, environment);
        INFO(all.got);
        CHECK(all.got.exit_code == 0);
        CHECK(all.got.report.tests.size() == (mode == "exec" ? 3 : 6));
        for (const test_entry& test : all.got.report.tests) {
            CAPTURE(test.name);
            CHECK(test.verdict == "passed");
            const double slept = test.name.rfind("has", 0) == 0 ? 800 : 200;
            CHECK(test.last().duration_ms >= slept);
            if (mode == "exec") CHECK(test.last().spawn_ms >= 700);
        }
    }
}

TEST_CASE("a test that ends itself after its limit has timed out") {
    for (const std::string mode : {"fork", "exec", "shard", "rewind"}) {
        CAPTURE(mode);
        // Mostly whoever watches a test is later than the test.
        std::set<std::string> ended_themselves;
        for (int again = 0; again < 20 && ended_themselves.size() < 6; ++again) {
            const logged_run all = run_timing({"--isolate", mode, "-j1", "short/", "--color", "never"});
            INFO(all.got);
            CHECK(all.got.exit_code == 1);
            REQUIRE(all.got.report.tests.size() == 7);
            for (const test_entry& test : all.got.report.tests) {
                CAPTURE(test.name);
                const bool has_time = test.name == "has time";
                CHECK(test.ending() == (has_time ? "passed" : "timed_out"));
                if (has_time || test.last().signal != 0) continue;
                ended_themselves.insert(test.name);
                CHECK(test.verdict == (test.name == "is declared to fail" ? "known_failure" : "failed"));
                CHECK(test.last().duration_ms <= 0.001);
                CHECK(test.last().duration_ms + test.last().cleanup_ms >= 2);
                if (test.name == "fails") CHECK(test.last().failures.size() == 1);
            }
            CHECK(count_of(all.got.out, "timed out after ") >= 5);
        }
        CHECK(ended_themselves.size() == 6);
    }
}

TEST_CASE("a test over its limit has timed out, even if its worker does not see it") {
    for (const std::string mode : {"fork", "exec", "rewind"}) {
        CAPTURE(mode);
        const logged_run all = run_timing({"--isolate", mode, "-j1", "unseen/", "--leaks", "ignore"}, true);
        INFO(all.got);
        CHECK(all.got.exit_code == 1);
        REQUIRE(all.got.report.tests.size() == 1);
        CHECK(all.got.report.tests[0].ending() == "timed_out");
        CHECK(all.got.report.tests[0].last().duration_ms == 20);
        CHECK(all.got.report.tests[0].last().cleanup_ms >= 10);
    }
}

TEST_CASE("a setup that ends itself after its limit has timed out") {
    for (const std::string mode : {"fork", "exec", "shard", "rewind"}) {
        CAPTURE(mode);
        command what;
        what.program = "slow_suite";
        what.arguments = {"--isolate", mode, "-j1", "--timeout", "1us", "inner/a1", "--color", "never"};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 1);
        REQUIRE(got.report.tests.size() == 1);
        CHECK(got.report.tests[0].ending() == "timed_out");
        CHECK(holds(got.out, "its setup did not end in time"));
        CHECK(holds(got.out, "not run: GLOBAL_SETUP did not end in time"));
    }
}

TEST_CASE("no limit is no limit") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        const logged_run all = run_timing({"--isolate", mode, "--timeout", "0", "slow"});
        INFO(all.got);
        CHECK(all.got.exit_code == 0);
    }
}

TEST_CASE("what a test leaves behind holds nothing up") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const logged_run all = run_timing({"--isolate", mode, "leaves behind", "within the limit/one"}, is_portable());
        INFO(all.got);
        CHECK(all.got.exit_code == 0);
        CHECK(all.got.seconds < 20);
        CHECK(all.started.size() == 2);
        CHECK(eventually([&] { return living(all.started) <= (is_portable() ? 1 : 0); }));
    }
}

TEST_CASE("the whole run's time is limited") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        command what;
        what.program = "many";
        what.arguments = {"--isolate", mode, "-j2", "--global-timeout", "800ms", "--timeout", "0", "--grace", "200ms"};
        what.environment = {{"DO", "hang"}, {"EVERY", "5"}};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.seconds >= 0.8);
        CHECK(got.seconds < 30);
        CHECK(!got.report.cancelled);
        CHECK(got.report.stopped_because.find("global timeout") != std::string::npos);
        // A test hangs in each worker when the time is up (a busy machine may not have come to the second one). What
        // had ended keeps its verdict, the others were not run.
        CHECK(got.report.tests.size() == 1000);
        const std::size_t failed = got.report.count("failed");
        CHECK(failed >= 1);
        CHECK(failed <= 2);
        CHECK(got.report["t000"].ending() == "timed_out");
        CHECK(got.report["t000"].last().reason.find("global timeout") != std::string::npos);
        CHECK(got.report.count("passed") + got.report.count("not_run") == 1000 - failed);
        CHECK(got.report["t999"].verdict == "not_run");
    }
}

TEST_CASE("fail-fast stops after so many failures") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        for (const int limit : {1, 3}) {
            CAPTURE(limit);
            command what;
            what.program = "many";
            const std::string option = limit == 1 ? "--fail-fast" : "--fail-fast=" + std::to_string(limit);
            what.arguments = {"--isolate", mode, "-j2", option};
            what.environment = {{"DO", "fail slowly"}};
            const outcome got = run(what);
            INFO(got);
            CHECK(got.exit_code == 1);
            CHECK(got.report.stopped_because.find("--fail-fast") != std::string::npos);
            const std::size_t failed = got.report.count("failed");
            CHECK(failed >= static_cast<std::size_t>(limit));
            // Those that run may end, one more may begin before its worker hears of it, and where tests share a process
            // the end of one is known when the next has ended.
            CHECK(failed <= static_cast<std::size_t>(limit) + 8);
            CHECK(failed + got.report.count("not_run") == 1000);
        }
    }
}

TEST_CASE("tests that pass with little of their time left are listed") {
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        command what;
        what.program = "timing";
        what.arguments = {"--isolate", mode, "-j2", "near/", "--color", "never"};
        const outcome got = run(what);
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.summary.at("near_timeouts") == 1);
        CHECK(holds(got.out, "Close to the time limit\n"));
        CHECK(holds(got.out, " % of 6.00 s\n"));
        CHECK(count_of(got.out, "uses most of its time") >= 2);
    }
}
