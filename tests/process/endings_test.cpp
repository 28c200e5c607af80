#include "acts.hpp"

using namespace process_test;

// What the table of acts.hpp has no columns for.

namespace {

outcome run_endings(const std::vector<std::string>& arguments) {
    command what;
    what.program = "endings";
    what.arguments = arguments;
    what.may_leave_processes = is_portable();
    return run(what);
}

}  // namespace

TEST_CASE("without isolation a test passes, fails and skips as with it") {
    for (const std::string test : {"passes", "warns", "skips", "allocates", "fails a check", "fails a requirement",
                                   "throws", "fails, then skips", "a copy returns from the body", "a copy exits",
                                   "a copy crashes", "a copy fails a check", "a copy fails a requirement"}) {
        const outcome got = run_endings({"--isolate", "none", "--filter", exactly(test)});
        INFO(got);
        const act& wanted = act_of("endings", test);
        check_act(got.report[test], wanted, true);
        CHECK(got.exit_code == (wanted.verdict == "failed" ? 1 : 0));
    }
}

TEST_CASE("without isolation a test that ends the process fails the run") {
    for (const std::string test :
         {"exits with 0", "exits in a thread", "leaves with quick_exit(0)", "exits in a subcase",
          "fails a requirement in a thread", "fails a requirement in a destructor", "skips in a thread"}) {
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
