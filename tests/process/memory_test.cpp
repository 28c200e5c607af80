#include "queries.hpp"

using namespace process_test;

namespace {

struct expectation {
    const char* test;
    const char* ending;
    const char* signal = "";
};

}  // namespace

TEST_CASE("a test is over its limit where operator new has failed and that ended it") {
    const expectation wanted[] = {
        {"runs out", "over_limit"},
        {"runs out in an assertion", "over_limit"},
        {"runs out where nothing may be thrown", "over_limit", "SIGABRT"},
        {"runs out in another thread", "over_limit", "SIGABRT"},
        {"survives it once", "over_limit"},
        {"runs out at first", "over_limit"},
        {"malloc gets none, then abort", "over_limit", "SIGABRT"},
        {"malloc gets none, then a null pointer", "over_limit", "SIGSEGV"},
        {"calloc gets none", "over_limit", "SIGSEGV"},
        {"realloc gets none", "over_limit", "SIGSEGV"},
        {"new gets none and does not throw", "over_limit", "SIGABRT"},
        {"mmap gets none", "over_limit", "SIGABRT"},
        {"strdup gets none", "over_limit", "SIGABRT"},
        {"small pieces, until malloc gets none", "over_limit", "SIGABRT"},
        {"terminates when malloc gets none", "over_limit", "SIGABRT"},
        {"a thread gets none", "over_limit"},
        {"aborts under a limit", "crashed", "SIGABRT"},
        {"is refused memory by a limit of its own", "crashed", "SIGABRT"},
        {"throws what it did not get", "failed"},
        {"wants a length that is none", "failed"},
        {"survives it", "passed"},
        {"survives it, then fails", "failed"},
        {"survives it, then aborts", "crashed", "SIGABRT"},
        {"is refused by malloc", "failed"},
        {"throws it without a limit", "failed"},
    };
    for (const std::string mode : isolating_modes) {
        CAPTURE(mode);
        const outcome got = run("memory", {"--isolate", mode, "-j2"});
        INFO(got);
        REQUIRE(got.report.tests.size() == std::size(wanted));
        for (const expectation& each : wanted) {
            CAPTURE(each.test);
            const attempt_entry& last = got.report[each.test].last();
            const bool by_crash = *each.signal != '\0' && std::string(each.ending) == "over_limit";
            if (is_portable() && by_crash && last.ending == "crashed")
                continue;  // a crash is known by its signal alone
            CHECK(last.ending == each.ending);
            const bool own_limit = std::string(each.test) == "is refused memory by a limit of its own";
            if (own_limit && !is_portable()) {
                CHECK(last.reason == "memory had been refused before");
            } else {
                CHECK(last.reason == (last.ending == "over_limit" ? "memory limit" : ""));
            }
            // In shard mode the end of its process may be another test's.
            if (*each.signal != '\0') CHECK(last.signal_name == each.signal);
        }
    }
}

TEST_CASE("an assertion that fails after memory was refused says so") {
    const outcome got = run("memory", {"is refused by malloc"});
    INFO(got);
    const attempt_entry& last = got.report["is refused by malloc"].last();
    REQUIRE(last.failures.size() == 1);
    REQUIRE(last.failures[0].info.size() == 1);
    CHECK(last.failures[0].info[0] == "the memory limit of 191 MiB was reached");
}

TEST_CASE("a test over its limit is tried again where that is named or nothing is, and may pass then") {
    struct row {
        const char* retries;
        const char* retry_on;  // empty: not given
        bool recovers;
    };
    const row table[] = {
        {"--retries=0", "", false},
        {"--retries=1", "", true},
        {"--retries=1", "--retry-on=fail,timeout,crash,exit,lost", false},
        {"--retries=1", "--retry-on=limit", true},
        {"--retries=0", "--retry-on=limit", false},
    };
    for (const char* mode : isolating_modes) {
        for (const row& each : table) {
            std::vector<std::string> arguments = {"--isolate", mode, each.retries, "runs out at first"};
            if (*each.retry_on != '\0') arguments.push_back(each.retry_on);
            const outcome got = run("memory", arguments);
            INFO(mode << " " << each.retries << " " << each.retry_on << ": " << got);
            const test_entry& test = got.report["runs out at first"];
            CHECK(test.verdict == (each.recovers ? "flaky" : "failed"));
            CHECK(got.exit_code == (each.recovers ? 0 : 1));
            REQUIRE(test.attempts.size() == (each.recovers ? 2 : 1));
            CHECK(test.attempts[0].ending == "over_limit");
            CHECK(test.attempts[0].reason == "memory limit");
            if (each.recovers) CHECK(test.ending() == "passed");
        }
    }
}
