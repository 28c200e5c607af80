#include "queries.hpp"

#include <algorithm>

using namespace process_test;

// A subcase that ends its process does not take the others with it.

namespace {

outcome run_in(const char* mode, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--isolate", mode, "--color", "never"});
    return run("leaves", std::move(arguments));
}

std::string way(const attempt_entry& attempt) { return joined(lines_of(attempt.out), " "); }

/// "outer > inner: crashed", one a line.
std::string leaves_of(const attempt_entry& attempt) {
    std::string all;
    for (const leaf_entry& each : attempt.leaves) {
        all += joined(each.path, " > ") + ": " + each.ending + "\n";
        CHECK(each.duration_ms >= 0);
    }
    return all;
}

}  // namespace

TEST_CASE("after a subcase that ends the process, the others go on in a fresh one") {
    for (const char* mode : isolating_modes) {
        const outcome got =
            run_in(mode, {"a crash in the middle", "a crash behind", "nested ones", "met again", "the last one exits",
                          "a good one after all", "nothing but a crash before them"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        const attempt_entry& crash = got.report["a crash in the middle"].last();
        CHECK(crash.ending == "crashed");
        CHECK(crash.signal_name == "SIGSEGV");
        CHECK(way(crash) == "begin first begin second begin third");
        CHECK(leaves_of(crash) == "first: passed\nsecond: crashed\nthird: passed\n");
        CHECK(crash.leaves_complete);
        CHECK(crash.assertions == 3);

        const attempt_entry& nested = got.report["nested ones"].last();
        CHECK(way(nested) == "outer outer good outer outer inner end of next");
        CHECK(leaves_of(nested) ==
              "outer > bad: crashed\nouter > good: passed\nouter > bad again: crashed\n"
              "next > inner: passed\n");
        REQUIRE(nested.failures.size() == 1);
        CHECK(nested.failures[0].subcase == std::vector<std::string>{"outer", "bad again"});

        const attempt_entry& again = got.report["met again"].last();
        CHECK(way(again) == "0 1 2 3");
        CHECK(leaves_of(again) == "same: passed\nsame #2: crashed\nsame #3: crashed\nsame #4: passed\n");

        const attempt_entry& behind = got.report["a crash behind the first of two in a block"].last();
        CHECK(way(behind) == "behind behind two last");
        CHECK(leaves_of(behind) == "outer > one: crashed\nouter > two: passed\nlast: passed\n");

        const attempt_entry& exits = got.report["the last one exits"].last();
        CHECK(exits.ending == "exited");
        CHECK(exits.exit_code == 0);
        CHECK(exits.stopped_at.subcase == std::vector<std::string>{"exits"});
        CHECK(leaves_of(exits) == "fine: passed\nexits: exited\n");

        const attempt_entry& before = got.report["nothing but a crash before them"].last();
        CHECK(before.ending == "crashed");
        CHECK(before.leaves.empty());

        CHECK(got.report["a good one after all"].verdict == "passed");
        CHECK(leaves_of(got.report["a good one after all"].last()) == "a: passed\nb: passed\n");
    }
}

TEST_CASE("each subcase has an ending of its own, and the attempt the worst of them") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode, {"each ends in another way"});
        INFO(mode << ": " << got);
        const attempt_entry& attempt = got.report["each ends in another way"].last();
        CHECK(leaves_of(attempt) ==
              "passes: passed\nfails: failed\naborts: crashed\nexits: exited\nleaves: exited\n"
              "hangs: timed_out\nthrows: failed\npasses too: passed\n");
        CHECK(attempt.ending == "crashed");
        CHECK(attempt.signal_name == "SIGABRT");
        CHECK(attempt.leaves_complete);
        CHECK(attempt.failures.size() == 5);  // all but the crash, which is the attempt's own
        CHECK(attempt.duration_ms >= 300);
        for (const char* name : {"fails", "exits", "leaves", "hangs", "throws"}) {
            INFO(name);
            CHECK(std::any_of(attempt.failures.begin(), attempt.failures.end(), [&](const failure_entry& each) {
                return each.subcase == std::vector<std::string>{name};
            }));
        }
        CHECK(holds(got.out, "exceeded its time limit"));
        CHECK(holds(got.out, "2 passed, 2 failed, 1 crashed, 1 timed out, 2 exited"));
    }
}

TEST_CASE("a test goes on a bounded number of times") {
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_in(mode, {"each one crashes", "each one hangs"});
        INFO(mode << ": " << got);
        const attempt_entry& crashes = got.report["each one crashes"].last();
        CHECK(crashes.leaves.size() == 21);
        CHECK_FALSE(crashes.leaves_complete);
        CHECK(crashes.failures.size() == 20);
        const attempt_entry& hangs = got.report["each one hangs"].last();
        CHECK(hangs.ending == "timed_out");
        CHECK(hangs.leaves.size() == 4);
        CHECK_FALSE(hangs.leaves_complete);
        CHECK(holds(got.out, "4 timed out; others did not run"));
        CHECK(hangs.duration_ms >= 400);
    }
}

TEST_CASE("an attempt with a bad subcase is tried again whole") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode, {"passes when tried again", "--retries", "1", "--retry-on", "all"});
        INFO(mode << ": " << got);
        const test_entry& test = got.report["passes when tried again"];
        CHECK(test.verdict == "flaky");
        REQUIRE(test.attempts.size() == 2);
        CHECK(leaves_of(test.attempts[0]) == "fine: passed\ncrashes first: crashed\nfine too: passed\n");
        CHECK(leaves_of(test.attempts[1]) == "fine: passed\ncrashes first: passed\nfine too: passed\n");
        CHECK(way(test.attempts[1]) == "fine recovered fine too");
    }
}

TEST_CASE("what a subcase has done stays true when the run is ended") {
    const outcome got = run_in("fork", {"crashes and then waits", "--global-timeout", "500ms"});
    INFO(got);
    CHECK(got.exit_code == 1);
    const test_entry& test = got.report["crashes and then waits"];
    CHECK(test.verdict == "failed");
    CHECK(test.ending() == "crashed");
    CHECK(leaves_of(test.last()) == "crashes: crashed\nwaits: timed_out\n");
    CHECK_FALSE(test.last().leaves_complete);
}

TEST_CASE("without isolation the endings of subcases are told as far as the process lives") {
    const outcome got = run_in("none", {"a good one after all"});
    INFO(got);
    CHECK(leaves_of(got.report["a good one after all"].last()) == "a: passed\nb: passed\n");
}

TEST_CASE("a recording carries the endings of subcases") {
    const temp_folder folder;
    const std::string recording = folder / "run.cordon";
    const outcome live = run_in("fork", {"a crash in the middle", "--record", recording});
    const outcome replayed = run("leaves", {"--replay", recording});
    INFO(live << replayed);
    CHECK(leaves_of(replayed.report["a crash in the middle"].last()) ==
          leaves_of(live.report["a crash in the middle"].last()));
    CHECK(replayed.exit_code == 1);
}

TEST_CASE("--subcase runs the subcases of that name, and only those") {
    for (const char* mode : {"fork", "exec", "shard", "none"}) {
        const outcome got =
            run_in(mode, {"a good one after all", "nested ones", "--subcase", "outer", "--subcase", "goo?"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(leaves_of(got.report["nested ones"].last()) == "outer > good: passed\n");
        CHECK(got.report["a good one after all"].verdict == "skipped");
        CHECK(got.report["a good one after all"].reason == "no subcase of it matches --subcase");
    }
}

TEST_CASE("--subcase takes names as they are reported") {
    const outcome numbered = run_in("fork", {"met again", "--subcase", "same #4"});
    INFO(numbered);
    CHECK(numbered.exit_code == 0);
    CHECK(way(numbered.report["met again"].last()) == "3");
    const outcome bad = run_in("fork", {"met again", "--subcase", "same #[23]", "--subcase", "x"});
    CHECK(bad.exit_code == 3);
    const outcome both = run_in("fork", {"met again", "--subcase", "same*"});
    CHECK(both.exit_code == 1);
    CHECK(both.report["met again"].last().leaves.size() == 4);
}

TEST_CASE("the command to run again names the only subcase that did not pass") {
    const outcome one = run_in("fork", {"a crash in the middle"});
    INFO(one);
    const std::string command = value_after(one.out, "  Run again\n    ");
    CHECK(holds(command, "'a crash in the middle' --subcase second"));
    const outcome again = run_in("fork", {"a crash in the middle", "--subcase", "second"});
    CHECK(again.exit_code == 1);
    CHECK(leaves_of(again.report["a crash in the middle"].last()) == "second: crashed\n");
    CHECK(holds(value_after(again.out, "  Run again\n    "), " --subcase second"));
    const outcome several = run_in("fork", {"met again"});
    CHECK_FALSE(holds(several.out, "--subcase"));
}

TEST_CASE("a --subcase that matches nothing is not a green run") {
    for (const char* mode : {"fork", "none"}) {
        const outcome got = run_in(mode, {"a good one after all", "--subcase", "no such"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 3);
        CHECK(got.report["a good one after all"].verdict == "skipped");
        CHECK(holds(got.err, "no subcase was selected"));
        CHECK(holds(got.err, "--subcase 'no such'"));
    }
}
