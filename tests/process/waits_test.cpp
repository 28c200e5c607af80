#include "queries.hpp"
#include "run_child.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace process_test;

// What is said of tests that are over their time, where it is easily said wrong.

namespace {

bool says(const attempt_entry& attempt, const std::string& doing) {
    for (const frame_entry& each : attempt.stack) {
        if (holds(each.doing, doing)) return true;
    }
    return false;
}

}  // namespace

TEST_CASE("a wait for a thread's end is no deadlock, and slow work no loop") {
    // The figure that was taken for a thread's number is half an address, and differs from run to run.
    for (int round = 0; round < 4; ++round) {
        const outcome got = run("waits", {"-j6", "--grace", "2s"});
        INFO(got);
        for (const test_entry& test : got.report.tests)
            CHECK(test.ending() == "timed_out");
        CHECK(holds(at(got.report, "stops itself").last().reason, "stopped by SIGSTOP"));
        CHECK(at(got.report, "stops itself").last().signal_name == "SIGTERM");
#if defined(__linux__)
        const attempt_entry& traced = at(got.report, "crashes and is traced").last();
        CHECK(holds(traced.reason, "stopped by SIGSEGV (invalid memory reference)"));
#endif
        if (is_portable()) return;
        CHECK(holds(got.out, " waits is stopped"));
        for (const std::string name :
             {"for a thread that sleeps", "for a thread that sleeps and holds a shared lock"}) {
            CAPTURE(name);
            const attempt_entry& joins = at(got.report, name).last();
            CHECK(holds(joins.reason, "blocked: it waits "));
            CHECK_FALSE(says(joins, "lock"));
            CHECK_FALSE(says(joins, "condition"));
            for (const frame_entry& each : joins.stack)
                CHECK(each.cpu_ms >= 0);
        }
        const attempt_entry& locked = at(got.report, "for a lock that a sleeping thread holds").last();
        CHECK(holds(locked.reason, "deadlock: for a lock that thread "));
        CHECK(says(locked, "waits for a lock that thread "));
        const attempt_entry& works = at(got.report, "works on").last();
        CHECK(
            (holds(works.reason, "slow: still at work in go_on") || holds(works.reason, "busy: it runs all the time")));
        REQUIRE_FALSE(works.stack.empty());
        CHECK(works.stack.front().cpu_ms > 0);
        CHECK(holds(got.out, ", cpu "));
        // Of how a thread begins nothing is told.
        CHECK_FALSE(holds(got.out, "start_thread"));
        CHECK_FALSE(holds(got.out, "0xfffffffffffffff"));
    }
}
