#include "queries.hpp"

#include <signal.h>

#include <set>

using namespace process_test;

namespace {

outcome stress(std::vector<std::string> arguments) {
    arguments.push_back("--color=never");
    return run("stress", arguments);
}

/// The number behind `key` in what is said of the only test's runs.
std::uint64_t number_of(const outcome& got, const std::string& key) {
    const std::size_t flake = got.report_text.find(R"("flake": {)");
    REQUIRE(flake != std::string::npos);
    const std::size_t at = got.report_text.find("\"" + key + "\": ", flake);
    REQUIRE(at != std::string::npos);
    return std::stoull(got.report_text.substr(at + key.size() + 4));
}
std::uint64_t runs_of(const outcome& got) { return number_of(got, "runs"); }
std::uint64_t failures_of(const outcome& got) { return number_of(got, "failures"); }

}  // namespace

TEST_CASE("--stress runs a test until it fails, and shows that run with all that it left") {
    for (const char* mode : isolating_modes) {
        const outcome got = stress({"--stress", "--isolate", mode, "fails in run 300"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        const test_entry& test = got.report["fails in run 300"];
        CHECK(test.verdict == "flaky");
        CHECK(test.last().number == 300);
        CHECK(test.last().ending == "failed");
        CHECK(test.last().out == "this is run 300\n");
        CHECK(test.last().failures.size() == 1);
        CHECK(runs_of(got) >= 200);  // others may be behind
        CHECK(runs_of(got) < 600);
        CHECK(holds(got.out, "300 != 300"));
        CHECK(holds(got.out, "this is run 300"));
        CHECK(holds(got.out, "a second, 1 failed"));
        CHECK(holds(got.report.stopped_because, "stopped after 1 failure (--stress)"));
    }
}

TEST_CASE("crashes end it as well, and a test that always fails is called failed") {
    const outcome crash = stress({"--stress", "crashes"});
    INFO(crash);
    CHECK(crash.exit_code == 1);
    CHECK(crash.report["crashes from run 50 on"].last().ending == "crashed");
    const outcome bad = stress({"--stress", "fails always"});
    INFO(bad);
    CHECK(bad.exit_code == 1);
    CHECK(bad.report["fails always"].verdict == "failed");
    CHECK(runs_of(bad) < 50);
}

TEST_CASE("--stress=N makes N runs of each test, whatever the isolation and the jobs") {
    for (const char* mode : isolating_modes) {
        for (const char* jobs : {"-j1", "-j3"}) {
            const outcome got = stress({"--stress=100", "--isolate", mode, jobs, "stable"});
            INFO(mode << " " << jobs << ": " << got);
            CHECK(got.exit_code == 0);
            CHECK(got.report["stable"].verdict == "passed");
            CHECK(runs_of(got) == 100);
            CHECK(failures_of(got) == 0);
            CHECK(holds(got.out, "100 runs"));
        }
    }
    const outcome several = stress({"--stress=7", "stable", "alone", "tells", "-x", "tells"});
    INFO(several);
    CHECK(count_of(several.report_text, R"("flake": {"runs": 7, "failures": 0)") == 2);
}

TEST_CASE("--stress=DUR ends after that time") {
    const outcome got = stress({"--stress=400ms", "stable"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(runs_of(got) > 5);
    CHECK(got.seconds >= 0.4);
    CHECK(got.seconds < 30);
}

TEST_CASE("one test is run beside itself, unless it wants to be alone") {
    temp_folder folder;
    command what;
    what.program = "stress";
    what.arguments = {"--stress=8", "-j2", "tells its slot"};
    what.environment = {{"LOG", folder / "log"}};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    const std::vector<std::string> slots = lines_of(read_file(folder / "log"));
    CHECK(slots.size() == 8);
    CHECK(std::set<std::string>(slots.begin(), slots.end()).size() == 2);
    const outcome alone = stress({"--stress=30", "-j4", "alone"});
    INFO(alone);
    CHECK(runs_of(alone) == 30);
}

TEST_CASE("--fail-fast=N goes on until N runs have failed") {
    const outcome got = stress({"--stress", "--fail-fast=5", "fails always"});
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(failures_of(got) >= 5);
}

TEST_CASE("tests that cannot be run often are no reason to go on forever") {
    const outcome got = stress({"--stress", "skips itself", "is skipped"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["skips itself"].verdict == "skipped");
    CHECK(got.report["is skipped"].verdict == "skipped");
    CHECK(got.report["is skipped"].attempts.empty());
    const outcome quarantined = stress({"--stress", "in quarantine"});
    INFO(quarantined);
    CHECK(quarantined.exit_code == 0);
    CHECK(quarantined.report["in quarantine"].verdict == "quarantined");
}

TEST_CASE("a failure in quarantine neither stops the others nor hides theirs") {
    const outcome fine = stress({"--stress=40", "in quarantine", "stable"});
    INFO(fine);
    CHECK(fine.exit_code == 0);
    CHECK(fine.report["in quarantine"].verdict == "quarantined");
    CHECK(holds(fine.report["in quarantine"].reason, "failed 4 of 40"));
    CHECK(fine.report["stable"].verdict == "passed");
    CHECK(holds(fine.report["stable"].reason, "0 of 40"));
    CHECK(holds(fine.out, "none failed, besides 4 in quarantine or known"));
    const outcome bad = stress({"--stress", "in quarantine", "fails in run 300"});
    INFO(bad);
    CHECK(bad.exit_code == 1);
    CHECK(bad.report["fails in run 300"].verdict == "flaky");
}

TEST_CASE("who interrupts it gets the report so far") {
    command what;
    what.program = "stress";
    what.arguments = {"--stress", "stable", "very slow"};
    running child(what);
    sleep_ms(1500);
    child.send(SIGINT);
    const outcome got = child.wait();
    INFO(got);
    CHECK(got.exit_code == 130);
    CHECK(got.report.cancelled);
    CHECK(got.report["stable"].verdict == "passed");
    CHECK(holds(got.report["stable"].reason, "0 of "));
    CHECK(holds(got.out, "a second, none failed"));
}

TEST_CASE("without a bar to look at, a line tells the figures now and then") {
    const outcome got = stress({"--stress=11s", "-j1", "slow", "-x", "very slow"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(count_of(got.out, " a second, none failed") >= 2);  // the last one is of the end
    CHECK(holds(got.out, " s: "));
    CHECK(count_of(run("stress", {"--stress=1s", "--color=never", "slow", "-x", "very slow"}).out, " s: ") == 0);
}

TEST_CASE("it is refused without isolation, and leaves no history") {
    temp_folder folder;
    const outcome got = stress({"--stress=3", "--isolate=none", "stable"});
    INFO(got);
    CHECK(got.exit_code == 2);
    command what;
    what.program = "stress";
    what.arguments = {"--stress=3", "stable", "--history", folder / "history"};
    CHECK(run(what).exit_code == 0);
    CHECK(read_file(folder / "history").empty());
}
