#include "queries.hpp"

using namespace process_test;

namespace {

outcome run_listeners(std::vector<std::string> arguments, bool throws = false) {
    command what;
    what.program = "listeners";
    what.arguments = {"--corpus=off", "--seed=7"};
    what.arguments.insert(what.arguments.end(), arguments.begin(), arguments.end());
    if (throws) what.environment = {{"LISTENER_THROWS", "1"}};
    return run(what);
}

/// One run of all tests, for several test cases.
const outcome& whole_run() {
    static const outcome got = run_listeners({});
    return got;
}

std::string heard_by(const std::string& test) { return joined(lines_of(at(whole_run().report, test).last().out)); }

/// What they hear of told/leaves without the first lines.
const char* const heard_of_leaves =
    "leaf|+one|+one/deep|failure 0 at one/deep: CHECK 1 == 2|1 == 2||size 2|-one/deep|-one|"
    "failure 3 at : WARN 3 == 4|3 == 4||size 2|leaf [one/deep] failed, 2, 1|"
    "leaf|+two|-two|leaf [two] skipped, 0, 0|"
    "leaf|+three|+three/7|-three/7|-three|failure 3 at : WARN 3 == 4|3 == 4||size 2|leaf [three/7] passed, 1, 0|"
    "leaf|+three|+three/8|failure 0 at three/8: REQUIRE value == 7|8 == 7||size 2|-three/8|-three|"
    "leaf [three/8] failed, 1, 1|"
    "leaf|+three|-three|leaf, not whole [three] passed, 0, 0|"
    "leaf|failure 3 at : WARN 3 == 4|3 == 4||size 2|leaf, not whole [] passed, 0, 0|"
    "failed, 4, 2";

}  // namespace

TEST_CASE("listeners hear the parts of a test, in order") {
    CHECK(heard_by("told/leaves") ==
          std::string("earlier|test leaves of told, tags outer/inner, attempt 1 of 1, line 1|latest|") +
              heard_of_leaves);
    CHECK(heard_by("told/plain") ==
          "earlier|test plain of told, tags outer, attempt 1 of 1, line 1|latest|leaf|leaf [] passed, 1, 0|"
          "passed, 1, 0");
    CHECK(holds(heard_by("told/exception"),
                "|failure 1 at :  |  |the test was left by an exception: "
                "std::runtime_error: out||leaf [] failed, 0, 0|failed, 0, 0"));
}

TEST_CASE("they hear the same in every mode") {
    for (const char* mode : {"exec", "shard", "none"}) {
        const outcome got = run_listeners({"--isolate", mode, "=told/leaves", "=told/plain"});
        INFO(got);
        const std::string leaves = std::string(mode) == "none" ? got.out : at(got.report, "told/leaves").last().out;
        CHECK(holds(joined(lines_of(leaves)), heard_of_leaves));
    }
    const outcome both = run_listeners({"--subcases=both", "=told/leaves"});
    INFO(both);
    CHECK(holds(joined(lines_of(at(both.report, "told/leaves").last().out)), heard_of_leaves));
}

TEST_CASE("with forked subcases each copy tells its part") {
    const outcome got = run_listeners({"--subcases=fork", "=told/leaves"});
    INFO(got);
    const std::string heard = joined(lines_of(at(got.report, "told/leaves").last().out));
    for (const char* part : {"|+one|+one/deep|failure 0 at one/deep: ", "|leaf [one/deep] failed, 2, 1|",
                             "|+two|-two|leaf [two] skipped, 0, 0|", "|leaf [three/7] passed, 1, 0|",
                             "|leaf [three/8] failed, 1, 1|", "|failed, 4, 2"}) {
        INFO(part);
        CHECK(count_of(heard, part) == 1);
    }
}

TEST_CASE("each attempt and each process of a test is told") {
    const test_entry& tried = at(whole_run().report, "told/tried again");
    REQUIRE(tried.attempts.size() == 2);
    CHECK(holds(tried.attempts.at(0).out, "attempt 1 of 2"));
    CHECK(holds(tried.attempts.at(1).out, "attempt 2 of 2"));
    CHECK(heard_by("goes on") ==
          "earlier|test goes on of , tags , attempt 1 of 1, line 1|latest|leaf|+crashes|"
          "earlier|test goes on of , tags , attempt 1 of 1, continued, line 1|latest|leaf|+passes|-passes|"
          "leaf [passes] passed, 1, 0|passed, 1, 0");
}

TEST_CASE("failures in threads, in blocks and of properties are told once") {
    CHECK(count_of(heard_by("fails in threads"), "CHECK n < 0") == 40);
    CHECK(holds(heard_by("fails in threads"), "40 calls, 0 at once"));
    const std::vector<failure_entry>& in_block = at(whole_run().report, "fails in a block").last().failures;
    REQUIRE(in_block.size() == 1);
    CHECK(in_block[0].expression == "5 == 6");
    CHECK(count_of(heard_by("fails for large numbers"), "CHECK x < 3|3 < 3") == 1);
}

TEST_CASE("trouble in a listener is the test's, and is called so") {
    const report_entry& report = whole_run().report;
    const auto only_failure = [&report](const char* name) {
        const attempt_entry& last = at(report, name).last();
        INFO(name);
        REQUIRE(last.failures.size() == 1);
        CHECK(last.ending == "failed");
        return last.failures[0];
    };
    CHECK(only_failure("throws at the start").message ==
          "the listener trouble threw in test_started: std::runtime_error: no such device");
    CHECK(joined(only_failure("requires at the start").info) == "in the listener trouble, test_started");
    CHECK(joined(only_failure("fails at the end").info) == "in the listener trouble, test_ended");
    CHECK(only_failure("throws at the end").message == "the listener trouble threw in test_ended: int: 42");
    CHECK(at(report, "fails within a failure").last().failures.size() == 2);
    CHECK(count_of(heard_by("fails within a failure"), "|failure ") == 1);
    for (const char* name : {"throws at the start", "requires at the start", "is skipped"}) {
        INFO(name);
        CHECK(count_of(heard_by(name), "the body ran") == 0);
        CHECK(count_of(heard_by(name), "|latest|") == 1);  // the others are told all the same
    }
}

TEST_CASE("a crash, a hang and a skip in a listener") {
    const report_entry& report = whole_run().report;
    const attempt_entry& crashed = at(report, "crashes at the start").last();
    CHECK(crashed.ending == "crashed");
    if (!is_portable()) CHECK(joined(crashed.stopped_at.info) == "in the listener trouble, test_started");
    CHECK(at(report, "hangs at the start").last().ending == "timed_out");
    CHECK(at(report, "is skipped").verdict == "skipped");
    CHECK(at(report, "is skipped").reason == "the listener knows why");
}

TEST_CASE("the supervisor tells verdicts, also of tests that crashed") {
    const outcome& got = whole_run();
    INFO(got);
    CHECK(count_of(got.err, "run of 17 of 17, seed 7, with a path\n") == 1);
    for (const char* line : {"known: known_failure\n", "tried again: flaky\n", "crashes at the start: failed\n",
                             "hangs at the start: failed\n", "is skipped: skipped\n"})
        CHECK(count_of(got.err, line) == 1);
    CHECK(count_of(got.err, "17 verdicts: 3 passed, 13 failed, 1 skipped\n") == 1);
}

TEST_CASE("a listener that throws in the supervisor hears no more there") {
    const outcome got = run_listeners({"=told/plain", "=told/known"}, true);
    INFO(got);
    CHECK(got.exit_code == 4);
    CHECK(count_of(got.err, ": passed") + count_of(got.err, ": known_failure") == 1);
    CHECK(holds(got.err, "cordon: cannot go on with the listener all_events, which threw: enough"));
    CHECK(count_of(got.err, "verdicts") == 0);
}
