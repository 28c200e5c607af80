#include "queries.hpp"

#include <tuple>

using namespace process_test;

namespace {

std::string endings(const outcome& got, const char* name) {
    std::vector<std::string> all;
    for (const attempt_entry& each : got.report[name].attempts)
        all.push_back(each.ending);
    return joined(all, " ");
}

std::string verdict(const outcome& got, const char* name) { return got.report[name].verdict; }

/// Without a budget in the way, where none is given.
outcome run_retries(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--grace=50ms", "--color=never", "--retry-budget=100"});
    command what;
    what.program = "retries";
    what.arguments = std::move(arguments);
    what.may_leave_processes = is_portable();  // a test whose worker was killed
    return run(what);
}

/// From the end of the attempt before, in milliseconds.
double waited_before(const outcome& got, const char* name, std::size_t attempt) {
    const attempt_entry& before = got.report[name].attempts[attempt - 1];
    return got.report[name].attempts[attempt].started_ms - before.started_ms - before.duration_ms;
}

}  // namespace

TEST_CASE("by default a failure is forgiven, a timeout once, a crash or an exit only looked at") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_retries({"--isolate", mode, "--retries=3", "-x", "always"});
        INFO(mode << ": " << got);
        CHECK(verdict(got, "fails once") == "flaky");
        CHECK(verdict(got, "throws once") == "flaky");
        CHECK(verdict(got, "hangs once") == "flaky");
        CHECK(endings(got, "hangs twice") == "timed_out timed_out");
        CHECK(verdict(got, "hangs twice") == "failed");
        CHECK(endings(got, "fails twice") == "failed failed passed");
        CHECK(verdict(got, "fails twice") == "flaky");
        CHECK(endings(got, "crashes once") == "crashed passed");
        CHECK(verdict(got, "crashes once") == "failed");
        CHECK(holds(got.report["crashes once"].reason, "--retry-on=crash"));
        CHECK(endings(got, "exits once") == "exited passed");
        CHECK(verdict(got, "exits once") == "failed");
        CHECK(got.exit_code == 1);
    }
}

TEST_CASE("--retry-on names what is tried again, and only that is") {
    const outcome got = run_retries({"--retries=3", "--retry-on=crash,timeout", "-x", "always"});
    INFO(got);
    CHECK(verdict(got, "crashes once") == "flaky");
    CHECK(endings(got, "hangs twice") == "timed_out timed_out passed");
    CHECK(verdict(got, "hangs twice") == "flaky");
    CHECK(endings(got, "fails once") == "failed");
    CHECK(endings(got, "exits once") == "exited");
}

TEST_CASE("what is lost is repeated once, and tried again where that is named or nothing is") {
    struct row {
        const char* retries;
        const char* retry_on;  // empty: not given
        const char* expected;
    };
    const row table[] = {
        {"--retries=0", "", "lost lost"},
        {"--retries=1", "", "lost lost passed"},
        {"--retries=1", "--retry-on=fail,timeout,crash,exit,limit", "lost lost"},
        {"--retries=1", "--retry-on=lost", "lost lost passed"},
        {"--retries=0", "--retry-on=lost", "lost lost"},
    };
    for (const char* mode : isolating_modes) {
        for (const row& each : table) {
            std::vector<std::string> arguments = {"--isolate", mode, each.retries, "loses its worker"};
            if (*each.retry_on != '\0') arguments.push_back(each.retry_on);
            const outcome got = run_retries(arguments);
            INFO(mode << " " << each.retries << " " << each.retry_on << ": " << got);
            const bool recovers = holds(each.expected, "passed");
            CHECK(endings(got, "loses its worker again") == each.expected);
            CHECK(verdict(got, "loses its worker again") == (recovers ? "passed" : "lost"));
            CHECK(got.exit_code == (recovers ? 0 : 4));
            CHECK(holds(got.report["loses its worker again"].attempts[0].reason, "SIGKILL"));
        }
    }
}

TEST_CASE("--retry-on=message:REGEX looks at what failures say and at standard error") {
    const outcome got = run_retries({"--retries=1", "--retry-on=message:refused|^code 1[67]", "once"});
    INFO(got);
    CHECK(verdict(got, "throws once") == "flaky");
    CHECK(verdict(got, "complains once") == "flaky");
    CHECK(endings(got, "fails once") == "failed");
    CHECK(endings(got, "crashes once") == "crashed");
}

TEST_CASE("the decorator's number of retries wins over the command line's, and over the environment's") {
    command what;
    what.program = "retries";
    what.arguments = {"twice", "-x", "hangs"};
    what.environment = {{"CORDON_RETRIES", "1"}};
    for (const bool on_command_line : {false, true}) {
        if (on_command_line) what.arguments.push_back("--retries=3");
        const outcome got = run(what);
        INFO(got);
        CHECK(endings(got, "fails twice") == (on_command_line ? "failed failed passed" : "failed failed"));
        CHECK(endings(got, "fails twice and has retries of its own") == "failed failed passed");
        CHECK(endings(got, "fails twice and has no retries") == "failed");
    }
}

TEST_CASE("the budget stops retries, of decorated tests too, and says so") {
    const outcome spent = run_retries({"--retries=1", "--retry-budget=2", "-j1", "always"});
    INFO(spent);
    CHECK(spent.report.tests.size() == 4);
    CHECK(spent.report.summary.at("failed") == 4);
    CHECK(endings(spent, "fails 1") == "failed failed");
    CHECK(endings(spent, "fails 2") == "failed failed");
    CHECK(endings(spent, "fails 3") == "failed");
    CHECK(endings(spent, "fails 4") == "failed");
    CHECK(holds(spent.report["fails 3"].reason, "the retry budget of 2 is used up"));
    CHECK(count_of(spent.out, "warning: the retry budget of 2 is used up at the test \"fails 3\"") == 1);
    const outcome none = run_retries({"--retry-budget=0", "retries of its own"});
    INFO(none);
    CHECK(endings(none, "fails twice and has retries of its own") == "failed");
}

TEST_CASE("the console shows what went wrong in each attempt, and what is the same once") {
    const outcome got = run_retries({"--retries=3", "--retry-on=all", "mixed", "twice/fails twice", "-x", "has"});
    INFO(got);
    CHECK(endings(got, "goes wrong in two ways") == "failed crashed failed passed");
    CHECK(count_of(got.out, "try 3/4") == 1);
    CHECK(count_of(got.out, "went wrong in 2 ways") == 2);
    CHECK(holds(got.out, "attempts 1 and 3: 1 of 1 assertion failed\n"));
    CHECK(holds(got.out, "attempt 2: crashed: SIGABRT"));
    CHECK(count_of(got.out, "stderr") == 2);  // process ids differ, and are no other way
    CHECK(holds(got.out, "1 > 2"));
    CHECK(holds(got.out, "2 > 2"));
}

TEST_CASE("what retries came to is in the summary") {
    const outcome got = run_retries({"--retries=2", "once", "twice", "-x", "hangs", "-x", "exits", "-x", "complains"});
    INFO(got);
    // fails once 1, crashes once 1, throws once 1, fails twice 2 + 2
    CHECK(holds(got.out, "retries: 7 in 5 tests, 4 recovered"));
    CHECK(holds(got.out, "after fail: 6, 4 recovered"));
    CHECK(holds(got.out, "after crash: 1, none recovered"));
    CHECK(holds(got.report_text, R"("retries": {"tests": 5, "retries": 7, "recovered": 4)"));
    CHECK(holds(got.report_text, R"("fail": {"retries": 6, "recovered": 4})"));
    CHECK(holds(got.report_text, R"("crash": {"retries": 1, "recovered": 0})"));
}

TEST_CASE("--flaky decides what a test that passed when it was tried again is to the exit code") {
    for (const auto& [how, code] : {std::pair{"pass", 0}, {"warn", 0}, {"fail", 1}}) {
        const outcome got = run_retries({"--retries=1", "--flaky", how, "fails once"});
        INFO(how << ": " << got);
        CHECK(verdict(got, "fails once") == "flaky");
        CHECK(got.exit_code == code);
    }
}

TEST_CASE("retries wait for their delay") {
    const outcome got = run_retries({"--retries=2", "--retry-delay=150ms", "--retry-backoff=exponential", "-j1",
                                     "twice", "-x", "hangs", "-x", "has"});
    INFO(got);
    REQUIRE(got.report["fails twice"].attempts.size() == 3);
    CHECK(waited_before(got, "fails twice", 1) >= 149);
    CHECK(waited_before(got, "fails twice", 2) >= 299);
}

TEST_CASE("what jitter draws follows from --seed and the test's name") {
    // The two tests draw 999 and 87 ms with the one seed, 106 and 979 ms with the other.
    const std::tuple<const char*, const char*, const char*> seeds[] = {{"93", "fails once", "fails twice"},
                                                                       {"40", "fails twice", "fails once"}};
    for (const auto& [seed, late, soon] : seeds) {
        // No attempt begins before its time. That one begins soon is seen where the machine lets it.
        int begun_soon = 0;
        for (int i = 0; i < 2 || (begun_soon == 0 && i < 8); ++i) {
            const outcome got = run_retries({"--retries=1", "--retry-delay=1s", "--retry-jitter=full", "--seed", seed,
                                             "fails once", "twice/fails twice", "-x", "has"});
            INFO(got);
            REQUIRE(got.report.tests.size() == 2);
            CHECK(waited_before(got, late, 1) >= 950);
            if (waited_before(got, soon, 1) < 600) ++begun_soon;
        }
        CHECK(begun_soon > 0);
    }
}
