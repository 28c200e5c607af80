#include "queries.hpp"

#include <fstream>

using namespace process_test;

namespace {

std::string endings(const test_entry& test) {
    std::vector<std::string> all;
    for (const attempt_entry& each : test.attempts) {
        all.push_back(each.ending);
    }
    return joined(all, " ");
}

}  // namespace

TEST_CASE("suites hand their decorators down, and the inner one wins") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("decorators", {"--isolate", mode, "--grace", "100ms", "hands down"});
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        CHECK(endings(report["times out twice"]) == "timed_out timed_out");
        CHECK(report["times out twice"].tags == std::vector<std::string>{"from suite"});
        CHECK(endings(report["has a limit of its own"]) == "failed");
        CHECK(report["has a limit of its own"].tags == std::vector<std::string>{"from suite", "own"});
        CHECK(report["is flaky"].verdict == "flaky");
        CHECK(endings(report["is flaky"]) == "failed passed");
        CHECK(endings(report["fails three times"]) == "failed failed failed");
        CHECK(report["fails three times"].tags == std::vector<std::string>{"from suite", "inner"});
        CHECK(got.exit_code == 1);
    }
}

TEST_CASE("verdicts follow what a test declares") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("decorators", {"--isolate", mode, "-x", "hands down"});
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        const auto verdict = [&report](const char* name) {
            const test_entry& test = at(report, name);
            return test.reason.empty() ? test.verdict : test.verdict + ": " + test.reason;
        };
        CHECK(verdict("skipped suite/one") == "skipped: all of it");
        CHECK(verdict("skipped suite/taken back") == "passed");
        CHECK(verdict("failing suite/fails") == "known_failure: it should fail");
        CHECK(verdict("failing suite/crashes") == "known_failure: it should fail");
        CHECK(verdict("failing suite/passes") == "unexpected_pass: it should fail, but passed");
        CHECK(verdict("failing suite/passes as it says") == "passed");
        CHECK(verdict("is skipped") == "skipped: no reason");
        CHECK(verdict("is skipped where it does not hold") == "passed");
        CHECK(verdict("is to do") == "todo: one day");
        CHECK(verdict("may fail and fails") == "known_failure: it may fail");
        CHECK(verdict("may fail and passes") == "passed");
        CHECK(verdict("expects two failures") == "known_failure: expected 2 failed assertions");
        CHECK(verdict("expects two failures and has one") == "failed: expected 2 failed assertions, saw 1");
        CHECK(verdict("expects a failure and crashes") ==
              "failed: expected 1 failed assertion, but it ended as crashed");
        CHECK(verdict("expects a failure and then ends its process badly") ==
              "failed: expected 1 failed assertion, but then its process ended badly");
        CHECK(verdict("is in quarantine") == "quarantined: ticket 12");
        CHECK(verdict("is in quarantine and passes") == "passed");
        CHECK(verdict("skips itself") == "skipped: at run time, as 2 said");
        CHECK(verdict("skips itself after a failure") == "failed");
        CHECK(verdict("wants a process of its own") == "passed");
        CHECK(verdict("wants a fork") == "passed");
        CHECK(verdict("is slow") == "passed");
        CHECK(at(report, "skipped suite/one").attempts.empty());
        CHECK(at(report, "is to do").attempts.empty());
        CHECK(got.exit_code == 1);
    }
}

TEST_CASE("what was declared does not make a run fail") {
    const outcome got = run("decorators", {"quarantine", "may fail", "expects two failures", "is skipped", "is to do",
                                           "-x", "has one", "-x", "skips itself"});
    INFO(got);
    CHECK(got.exit_code == 0);
    const outcome unexpected = run("decorators", {"failing suite/passes"});
    INFO(unexpected);
    CHECK(unexpected.exit_code == 1);
}

TEST_CASE("a slow test is named so while it runs") {
    command what;
    what.program = "decorators";
    what.arguments = {"is slow", "--color", "never", "-v"};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["is slow"].duration_ms >= 100);
}

TEST_CASE("a decorator that means nothing is an error that names the test") {
    const outcome got = run("impossible_decorator", {});
    INFO(got);
    CHECK(got.exit_code == 2);
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.err, "waits backwards"));
    CHECK(holds(got.err, "timeout must be 0 (none) or more seconds"));
    CHECK(holds(got.err, "impossible_decorator.cpp:5"));
    CHECK_FALSE(got.has_report);
}

TEST_CASE("only() leaves the other tests out, and says so") {
    const outcome got = run("only", {"--color", "never"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(joined(names_of(got.report)) == "picked|picked suite/one|picked suite/two");
    CHECK(holds(got.out, "only()"));
    const outcome other = run("only", {"left out suite"});
    INFO(other);
    CHECK(other.exit_code == 1);
    CHECK(joined(names_of(other.report)) == "left out suite/one");
}

TEST_CASE("--overrides changes what tests declare, in every report") {
    temp_folder folder;
    const std::string rules = folder / "flaky.txt";
    std::ofstream(rules)
        << "# tests that we know\n"
           "name(has a limit of its own): quarantine issue=NET-12 reason='the disk is full' until=2999-12-31\n"
           "name(times out twice) : may_fail retries=0 timeout=50ms\n"
           "name(is in quarantine): quarantine=off\n"
           "suite(skipped suite) : skip=off\n"
           "name(failing*): skip\n"
           "name(is flaky): skip until=2001-01-01\n";
    const outcome got =
        run("decorators", {"--overrides", rules, "--grace", "100ms", "has a limit of its own", "times out twice",
                           "=is in quarantine", "skipped suite", "is flaky", "--color", "never", "--report", "console",
                           "--report", "junit=" + folder / "junit.xml"});
    INFO(got);
    const auto verdict = [&got](const char* name) {
        const test_entry& test = at(got.report, name);
        return test.verdict + ": " + test.reason;
    };
    CHECK(verdict("hands down/has a limit of its own") == "quarantined: NET-12: the disk is full");
    CHECK(verdict("hands down/times out twice") == "known_failure: it may fail: " + rules + ":3");
    CHECK(endings(got.report["times out twice"]) == "timed_out");
    CHECK(verdict("is in quarantine") == "failed: ");
    CHECK(verdict("skipped suite/one") == "failed: ");
    CHECK(verdict("hands down/is flaky") == "flaky: failed 1 of 2 attempts");
    CHECK(got.exit_code == 1);
    CHECK(holds(got.out, rules + ":6: the rule for name(failing*) matches no test"));
    CHECK(holds(got.out, rules + ":7: the rule for name(is flaky) ended on 2001-01-01 and does not apply"));
    CHECK(holds(got.out, "--overrides " + rules));  // in the command to run again
    const std::string junit = read_file(folder / "junit.xml");
    const std::string skipped = "<skipped message=\"quarantined: NET-12: the disk is full\">";
    REQUIRE(holds(junit, skipped));
    CHECK(holds(value_after(junit, skipped) + junit.substr(junit.find(skipped), 600), "CHECK(false)"));

    const outcome listed = run("decorators", {"--overrides", rules, "--list=json", "hands down"});
    INFO(listed);
    CHECK(holds(listed.out, "NET-12: the disk is full"));
    CHECK(holds(listed.out, "\"timeout_ms\": 50,"));
}

TEST_CASE("a bad line of --overrides is an error with its place, and nothing runs") {
    temp_folder folder;
    const std::string rules = folder / "flaky.txt";
    std::ofstream(rules) << "all(): retries=1\nall(): retrie=1\n";
    const outcome got = run("decorators", {"--overrides=" + rules});
    INFO(got);
    CHECK(got.exit_code == 2);
    CHECK(lines_of(got.err).size() == 1);
    CHECK(holds(got.err, "cordon: " + rules + ":2: unknown setting 'retrie'; did you mean 'retries'?"));
    CHECK_FALSE(got.has_report);
    const outcome missing = run("decorators", {"--overrides", folder / "nowhere.txt"});
    INFO(missing);
    CHECK(missing.exit_code == 2);
    CHECK(holds(missing.err, "--overrides '" + folder / "nowhere.txt" + "': cannot read"));
}
