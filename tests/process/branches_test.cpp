#include "queries.hpp"

#include <algorithm>

using namespace process_test;

// CHECK_EXITS: a block in a copy of the test's process.

namespace {

const char* const all_modes[] = {"fork", "exec", "shard", "none"};

outcome run_in(const std::string& mode, std::vector<std::string> arguments) {
    for (std::string& each : arguments)
        if (each[0] != '-') each.insert(0, "=");
    arguments.insert(arguments.begin(), {"--isolate", mode, "--color", "never"});
    return run("branches", std::move(arguments));
}

}  // namespace

TEST_CASE("a block that ends as stated passes, and nothing of it reaches the test") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"ends as stated", "handlers of the test do not take the end", "much output",
                                          "children of the test stay", "blocks in threads"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(got.report["ends as stated"].last().assertions == 11);  // a WARN that fails does not count
        CHECK(got.report["ends as stated"].last().out.empty());
        CHECK(got.report["ends as stated"].last().failures.size() == 1);  // the WARN
        CHECK(got.report["blocks in threads"].last().assertions == 4 * 20 * 3);
        CHECK(got.report["handlers of the test do not take the end"].last().assertions == 4);
    }
}

TEST_CASE("a failure says how the block ended instead, and what it printed") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"does not end as stated", "std::terminate in a block", "matchers of output"});
        INFO(mode << ": " << got);
        const attempt_entry& ends = got.report["does not end as stated"].last();
        REQUIRE(ends.failures.size() == 5);
        CHECK(ends.failures[0].macro == "CHECK_EXITS");
        CHECK(holds(ends.failures[0].expression, "cordon::with_code(3), {"));
        CHECK(ends.failures[0].message ==
              "expected exit code 3, but it ended with exit code 4\nit printed:\nbefore the end");
        CHECK(ends.failures[1].message == "expected exit code 0, but the block reached its end\nit printed nothing");
        CHECK(holds(ends.failures[2].message,
                    "expected the end of the block, but it crashed: SIGSEGV (invalid memory reference)"));
        CHECK(holds(ends.failures[3].message,
                    "expected SIGABRT (abort), but an exception left the block: std::runtime_error: thrown"));
        CHECK(ends.failures[4].message == "its output does not match \"needle\"\nit printed nothing");
        CHECK(ends.ending == "failed");
        CHECK(holds(got.out, "crashed in a block of CHECK_EXITS: SIGSEGV") == (!is_portable() && mode != all_modes[3]));

        const attempt_entry& terminate = got.report["std::terminate in a block"].last();
        REQUIRE(terminate.failures.size() == 1);
        CHECK(holds(terminate.failures[0].message,
                    "it crashed: SIGABRT (abort); std::terminate was called, uncaught exception: std::runtime_error"));

        const attempt_entry& matchers = got.report["matchers of output"].last();
        REQUIRE(matchers.failures.size() == 1);
        CHECK(holds(matchers.failures[0].message, "its output does not match more than ten bytes"));
    }
}

TEST_CASE("assertions of a block count in the test, with their place") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"assertions of a block count"});
        INFO(mode << ": " << got);
        const attempt_entry& attempt = got.report["assertions of a block count"].last();
        CHECK(attempt.assertions == 9);
        CHECK(attempt.failed_assertions == 2);
        REQUIRE(attempt.failures.size() == 2);
        for (const failure_entry& each : attempt.failures) {
            CHECK(each.subcase == std::vector<std::string>{"in a leaf"});
            CHECK(each.info == std::vector<std::string>{"outside", "inside"});
        }
        REQUIRE(attempt.leaves.size() == 2);
        CHECK(attempt.leaves[0].ending == "failed");
        CHECK(attempt.leaves[1].ending == "passed");
    }
}

TEST_CASE("a block that leaves the test, leaves it") {
    for (const char* mode : all_modes) {
        const outcome got =
            run_in(mode, {"is left by a REQUIRE in a block", "is skipped in a block", "is left by REQUIRE_EXITS"});
        INFO(mode << ": " << got);
        CHECK_FALSE(holds(got.out, "not reached"));
        REQUIRE(got.report["is left by a REQUIRE in a block"].last().failures.size() == 1);
        CHECK(got.report["is left by a REQUIRE in a block"].last().failures[0].macro == "REQUIRE");
        CHECK(got.report["is skipped in a block"].verdict == "skipped");
        CHECK(got.report["is skipped in a block"].reason == "no such thing here");
        CHECK(got.report["is left by REQUIRE_EXITS"].last().failures.size() == 1);
    }
}

TEST_CASE("a block that hangs is ended by the limit of the test, and explained") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode, {"hangs in a block"});
        INFO(mode << ": " << got);
        const attempt_entry& attempt = got.report["hangs in a block"].last();
        CHECK(attempt.ending == "timed_out");
        REQUIRE(attempt.failures.size() == 1);
        CHECK(attempt.failures[0].info == std::vector<std::string>{"around"});
        if (is_portable()) continue;
        CHECK(holds(attempt.reason, "it waits in pause"));
        CHECK(std::any_of(attempt.stack.begin(), attempt.stack.end(),
                          [](const frame_entry& each) { return each.function == "a lambda of the test"; }));
    }
}

TEST_CASE("nothing is left of a block") {
    for (const char* mode : all_modes) {
        std::vector<std::string> tests{"the temporary folder is one for all"};
        if (!is_portable()) tests = {tests[0], "nothing is left of a block", "endless output"};
        const outcome got = run_in(mode, tests);
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == (is_portable() ? 1 : 3));
        if (!is_portable()) CHECK(got.report["nothing is left of a block"].last().processes_left == 0);
    }
}

TEST_CASE("a block enters one subcase, and says which ones it leaves out") {
    const outcome got = run_in("fork", {"subcases in a block"});
    INFO(got);
    const attempt_entry& attempt = got.report["subcases in a block"].last();
    REQUIRE(attempt.failures.size() == 1);
    CHECK(holds(attempt.failures[0].message, "the subcase \"second\" did not run"));
}

TEST_CASE("blocks are cheap") {
    const outcome got = run_in("fork", {"a thousand of them"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["a thousand of them"].last().assertions == 1000);
    CHECK(got.report["a thousand of them"].duration_ms < 20'000);
}
