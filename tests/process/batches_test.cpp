#include "run_child.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

using namespace process_test;

// Many tests in few processes: what one of them does is charged to it alone, nothing runs twice and nothing is lost.

namespace {

struct job {
    std::string mode;
    std::string jobs;
    std::string what = "";
    std::string every = "1";
    std::vector<std::string> more{};
};

struct logged_run {
    outcome got;
    std::vector<std::string> started;  ///< names in the order in which tests began
};

logged_run run_many(const job& wanted) {
    temp_folder folder;
    command what;
    what.program = "many";
    what.arguments = {"--isolate", wanted.mode, wanted.jobs};
    what.arguments.insert(what.arguments.end(), wanted.more.begin(), wanted.more.end());
    what.environment = {{"LOG", folder / "log"}, {"DO", wanted.what}, {"EVERY", wanted.every}};
    logged_run all;
    all.got = run(what);
    all.started = lines_of(read_file(folder / "log"));
    return all;
}

std::string name_of(int number) {
    char text[8];
    std::snprintf(text, sizeof text, "t%03d", number);
    return text;
}

/// Every test has one attempt with the ending of those that misbehave, or has passed; and ran once.
void check_each_once(const logged_run& all, const std::string& bad_ending, int every = 1) {
    const report_entry& report = all.got.report;
    REQUIRE(report.tests.size() == 1000);
    std::size_t wrong = 0;
    for (int i = 0; i < 1000; ++i) {
        const test_entry& test = report.tests[static_cast<std::size_t>(i)];
        const bool bad = every != 0 && i % every == 0;
        const bool right = test.name == name_of(i) && test.attempts.size() == 1 &&
                           test.attempts[0].ending == (bad ? bad_ending : "passed") &&
                           test.verdict == (bad ? "failed" : "passed");
        if (!right) ++wrong;
    }
    CHECK(wrong == 0);
    // In shared processes up to twenty that failed are run once more, alone: did others make them fail? It was not so.
    const std::size_t bad = every == 0 ? 0 : 1000 / static_cast<std::size_t>(every);
    const std::size_t looked_at_again = all.got.report.isolation == "shard" ? std::min<std::size_t>(bad, 20) : 0;
    CHECK(all.started.size() == 1000 + looked_at_again);
    CHECK(std::set<std::string>(all.started.begin(), all.started.end()).size() == 1000);
}

}  // namespace

TEST_CASE("tests that pass run once each, in any number of processes") {
    for (const job& each : {job{"fork", "-j1"}, job{"fork", "-j8"}, job{"shard", "-j1"}, job{"shard", "-j8"}}) {
        const logged_run all = run_many(each);
        CAPTURE(each.mode);
        INFO(all.got);
        CHECK(all.got.exit_code == 0);
        check_each_once(all, "", 0);
        // In one process at a time they run in their order.
        if (each.jobs == "-j1") CHECK(std::is_sorted(all.started.begin(), all.started.end()));
    }
}

TEST_CASE("a thousand tests that all crash have a thousand results") {
    for (const job& each : {job{"shard", "-j1", "crash"}, job{"shard", "-j8", "crash"}, job{"fork", "-j8", "crash"}}) {
        const logged_run all = run_many(each);
        CAPTURE(each.mode);
        INFO(all.got);
        CHECK(all.got.exit_code == 1);
        check_each_once(all, "crashed");
        // It is test processes that die, not workers.
        CHECK(all.got.report.summary.at("workers_replaced") == 0);
    }
}

TEST_CASE("a crash, an exit or a failure is charged to the test that did it") {
    for (const std::string jobs : {"-j1", "-j8"}) {
        check_each_once(run_many({"shard", jobs, "crash", "7"}), "crashed", 7);
        check_each_once(run_many({"shard", jobs, "exit", "5"}), "exited", 5);
        check_each_once(run_many({"shard", jobs, "fail", "3"}), "failed", 3);
    }
}

TEST_CASE("a test that hangs is ended alone, and the others of its batch go on") {
    const logged_run all = run_many({"shard", "-j8", "hang", "100", {"--timeout", "1s", "--grace", "100ms"}});
    INFO(all.got);
    check_each_once(all, "timed_out", 100);
}

TEST_CASE("a worker that dies takes only the running test along") {
    for (const job& each : {job{"shard", "-j4", "lose", "250"}, job{"fork", "-j4", "lose", "250"}}) {
        const logged_run all = run_many(each);
        CAPTURE(each.mode);
        INFO(all.got);
        CHECK(all.got.exit_code == 4);
        CHECK(all.got.report.count("passed") == 996);
        CHECK(all.got.report.count("lost") == 4);
        // The four were tried twice; of the others none.
        CHECK(all.started.size() == 1004);
        for (int i = 0; i < 1000; i += 250) {
            CHECK(all.got.report[name_of(i)].attempts.size() == 2);
            CHECK(std::count(all.started.begin(), all.started.end(), name_of(i)) == 2);
        }
    }
}

TEST_CASE("output belongs to the test that printed it") {
    for (const job& each : {job{"shard", "-j4", "print"}, job{"shard", "-j1", "print"}, job{"fork", "-j4", "print"}}) {
        const int rounds = each.mode == "shard" ? 2 : 1;
        for (int round = 0; round < rounds; ++round) {
            const logged_run all = run_many(each);
            CAPTURE(each.mode);
            REQUIRE(all.got.report.tests.size() == 1000);
            std::size_t wrong = 0;
            for (const test_entry& test : all.got.report.tests) {
                const bool right = test.attempts.size() == 1 && test.attempts[0].out == "out of " + test.name + "\n" &&
                                   test.attempts[0].err == "err of " + test.name + "\n";
                if (!right) ++wrong;
            }
            CHECK(wrong == 0);
        }
    }
}

TEST_CASE("output belongs to its test also where others crash") {
    const logged_run all = run_many({"shard", "-j4", "crash", "10"});
    CHECK(all.got.report.count("failed") == 100);
}

TEST_CASE("sleeping tests take turns on all workers") {
    // 64 tests of 100 ms each, of which the one worker of -j1 would need 6.4 s.
    for (const std::string mode : {"fork", "exec", "shard"}) {
        CAPTURE(mode);
        const logged_run all = run_many({mode, "-j8", "sleep", "1", {"t00", "t01", "t02", "t03", "t04", "t05"}});
        INFO(all.got);
        CHECK(all.got.report.count("passed") == 60);
        CHECK(all.got.report.summary.at("workers_started") == 8);
        CHECK(all.got.report.summary.at("speedup") > 2);
    }
}

TEST_CASE("there are no more workers than tests") {
    const logged_run all = run_many({"fork", "-j8", "", "1", {"t000", "t001", "t002"}});
    CHECK(all.got.report.summary.at("workers_started") <= 3);
    CHECK(all.got.report.count("passed") == 3);
}
