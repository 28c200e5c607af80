#include "queries.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>

using namespace process_test;

namespace {

// Where the system, or a policy, forbids it, cordon says so and forks.
bool could_rewind(const outcome& got) {
    return got.out.find("--isolate=rewind runs tests as with fork: ") == std::string::npos;
}

long reused_a_process(const outcome& got) {
    long count = 0;
    for (const test_entry& test : got.report.tests)
        count += std::count_if(test.attempts.begin(), test.attempts.end(),
                               [](const attempt_entry& each) { return each.process_reused; });
    return count;
}

long shared_a_process(const outcome& got) {
    long count = 0;
    for (const test_entry& test : got.report.tests)
        count += std::count_if(test.attempts.begin(), test.attempts.end(),
                               [](const attempt_entry& each) { return each.cleanup_ms == 0; });
    return count;
}

// CORDON_TEST_ROUNDS=1000 for more of them.
int rounds() {
    const char* wanted = std::getenv("CORDON_TEST_ROUNDS");
    // The portable engine forks.
    return wanted != nullptr ? std::atoi(wanted) : is_portable() ? 1 : 20;
}

outcome look_for_leaks(const char* program, int seed, std::vector<std::pair<std::string, std::string>> variables) {
    command what;
    what.program = program;
    what.arguments = {"--isolate", "rewind", "-j", "1", "--order", "random", "--seed", std::to_string(seed)};
    what.environment = std::move(variables);
    running started(what);
    return started.wait();
}

/// In some rounds all memory is compared with what it was after each rewind, which takes long.
std::pair<std::string, std::string> checks(int seed) {
    return {"CORDON_CHECK_REWIND", seed % 10 == 1 ? "memory" : "yes"};
}

}  // namespace

TEST_CASE("no test reaches the next one through what is rewound") {
    for (int seed = 1; seed <= rounds(); ++seed) {
        for (const char* program : {"rewind", "rewind_more"}) {
            const outcome got = look_for_leaks(program, seed, {checks(seed)});
            INFO(got);
            CHECK(got.exit_code == 0);
            CHECK(got.report.tests.size() > 250);
            if (!could_rewind(got)) return;
            CHECK(shared_a_process(got) > 100);
        }
    }
}

// More memory than is copied: a sleeping copy of the process keeps it.
TEST_CASE("nor is anything left in large memory of a setup") {
    const outcome got = look_for_leaks("rewind_more", 1, {checks(1), {"LARGE_SETUP", "1"}});
    INFO(got);
    CHECK(got.exit_code == 0);
    if (could_rewind(got)) CHECK(shared_a_process(got) > 100);
}

TEST_CASE("the copy that keeps large memory is not a leftover of a test that was killed") {
    command what;
    what.program = "rewind_more";
    what.arguments = {"--isolate", "rewind", "-j", "1", "--leaks", "fail", "--timeout", "500ms", "spins"};
    what.environment = {{"LARGE_SETUP", "1"}, {"SPIN", "1"}};
    running started(what);
    const outcome got = started.wait();
    INFO(got);
    REQUIRE(got.report.tests.size() == 3);
    CHECK(got.report.tests[0].ending() == "timed_out");
    CHECK(got.report.tests[0].last().processes_left == 0);
    CHECK(got.report.tests[1].ending() == "passed");
    CHECK(got.report.tests[2].ending() == "passed");
}

TEST_CASE("nor does one of an ordinary user") {
    if (::getuid() != 0) return;
    for (int seed = 1; seed <= rounds(); ++seed) {
        const outcome got = look_for_leaks("rewind_more", seed, {checks(seed), {"AS_ORDINARY_USER", "1"}});
        INFO(got);
        CHECK(got.exit_code == 0);
        if (could_rewind(got)) CHECK(shared_a_process(got) > 100);
    }
}

// As they run for users: after some tests that use their processes up, the next ones are forked.
TEST_CASE("no test reaches the next one where some are forked") {
    for (int seed = 1; seed <= 3; ++seed) {
        const outcome got = look_for_leaks("rewind", seed, {});
        INFO(got);
        CHECK(got.exit_code == 0);
        if (!could_rewind(got)) return;
        CHECK(shared_a_process(got) > 10);  // far more on a machine that has time
    }
}

TEST_CASE("tests that a rewind cannot follow have processes of their own") {
    const outcome got = run("rewind", {"--isolate", "rewind", "-j", "1", "kernel"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(shared_a_process(got) <= 5);
}

TEST_CASE("a test that makes many calls has a process of its own, where they cost what they cost") {
    const outcome got = run("rewind", {"--isolate", "rewind", "-j", "1", "calls"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.tests.size() == 4);
    CHECK(shared_a_process(got) == 0);
}

TEST_CASE("a test that exits with the code of complete ones has not ended well") {
    command what;
    what.program = "rewind";
    what.arguments = {"--isolate", "rewind", "-j", "1", "leaves"};
    what.environment = {{"LEAVE", "1"}};
    running started(what);
    const outcome got = started.wait();
    INFO(got);
    CHECK(got.report.tests.size() == 8);
    for (const test_entry& test : got.report.tests)
        CHECK(test.ending() == "exited");
}

TEST_CASE("a report says which tests had the process of earlier ones") {
    for (const std::string mode : {"fork", "rewind", "shard"}) {
        if (mode == "fork" && fork_mode() != mode) continue;
        const outcome got = run("rewind", {"--isolate", mode, "-j", "1", "leaves"});
        INFO(got);
        CHECK(got.report.tests.size() == 8);
        if (!could_rewind(got)) continue;
        CHECK((reused_a_process(got) > 0) == (mode != "fork"));
        CHECK(reused_a_process(got) < 8);
        // Those who read reports need not know how tests are isolated.
        for (const test_entry& test : got.report.tests) {
            if (mode == "shard") continue;
            CHECK(test.last().pid > 0);
            CHECK(test.last().exit_code == 0);
            CHECK(test.last().max_rss_bytes > 0);
        }
    }
}

TEST_CASE("what a test leaves in memory is told, although it would be put back") {
    for (const std::string variable : {"new", "changed", "missing"}) {
        CAPTURE(variable);
        command what;
        what.program = "leftovers";
        // The first of several in one process.
        what.arguments = {
            "--isolate", "rewind",           "-j1",     "--order", "given", "=a " + variable + " variable",
            "=clean",    "=clean, and last", "=a umask"};
        what.environment = {{"TO_BE_CHANGED", "1"}};
        const outcome got = run(what);
        INFO(got);
        REQUIRE(got.report.tests.size() == 4);
        for (const test_entry& test : got.report.tests) {
            const bool is_clean = test.name.find("clean") == 0;
            CHECK(test.last().leftovers.size() == (is_clean ? 0 : 1));
        }
    }
}

TEST_CASE("a process in which a test has failed is not put back") {
    command what;
    what.program = "many";
    what.arguments = {"--isolate", "rewind", "-j1", "t00"};
    what.environment = {{"DO", "fail"}};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.report.count("failed") == 10);
    CHECK(reused_a_process(got) == 0);
    if (could_rewind(got)) CHECK(reused_a_process(run("many", {"--isolate", "rewind", "-j1", "t00"})) > 0);
}
