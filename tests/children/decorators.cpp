// Suites that hand their decorators down, and tests that have the last word.

#include <cordon/cordon.hpp>

#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

#include <unistd.h>

namespace {

std::string from_environment(const char* name) {
    const char* value = std::getenv(name);
    return value == nullptr ? "" : value;
}

// Goes on after a signal's handler, unlike usleep().
void sleep_long() { std::this_thread::sleep_for(std::chrono::seconds(20)); }

}  // namespace

TEST_SUITE("hands down", tag("from suite"), timeout(0.2), retries(1), description("of the suite")) {
    TEST_CASE("times out twice") { sleep_long(); }
    TEST_CASE("has a limit of its own", timeout(30), retries(0), tag("own")) { CHECK(false); }
    TEST_CASE("is flaky", description("of the test")) { CHECK(from_environment("CORDON_ATTEMPT") == "2"); }

    TEST_SUITE("inner", tag("inner"), retries(2)) {
        TEST_CASE("fails three times") { CHECK(from_environment("CORDON_TOTAL_ATTEMPTS") == "none"); }
    }
}

TEST_SUITE("skipped suite", skip("all of it")) {
    TEST_CASE("one") { FAIL("skipped"); }
    TEST_CASE("taken back", skip("", false)) { SUCCEED(); }
}

TEST_SUITE("failing suite", should_fail()) {
    TEST_CASE("fails") { CHECK(false); }
    TEST_CASE("crashes") { std::abort(); }
    TEST_CASE("passes") { SUCCEED(); }
    TEST_CASE("passes as it says", should_fail(false)) { SUCCEED(); }
}

TEST_CASE("is skipped", skip("no reason")) { FAIL("skipped"); }
TEST_CASE("is skipped where it does not hold", skip("never", false)) { SUCCEED(); }
TEST_CASE("is to do", todo("one day")) { FAIL("to do"); }
TEST_CASE("may fail and fails", may_fail()) { CHECK(false); }
TEST_CASE("may fail and passes", may_fail()) { SUCCEED(); }
TEST_CASE("expects two failures", expected_failures(2)) {
    CHECK(1 == 2);
    CHECK(3 == 4);
}
TEST_CASE("expects two failures and has one", expected_failures(2)) { CHECK(1 == 2); }
TEST_CASE("expects a failure and crashes", expected_failures(1)) { std::abort(); }
TEST_CASE("expects a failure and then ends its process badly", expected_failures(1), isolation(cordon::isolate::fork)) {
    std::atexit([] { _exit(0); });
    CHECK(1 == 2);
}
TEST_CASE("is in quarantine", quarantine("ticket 12")) { CHECK(false); }
TEST_CASE("is in quarantine and passes", quarantine("ticket 13")) { SUCCEED(); }
TEST_CASE("skips itself") { SKIP("at run time, as " << 1 + 1 << " said"); }
TEST_CASE("skips itself after a failure") {
    CHECK(false);
    SKIP("too late");
}
TEST_CASE("wants a process of its own", isolation(cordon::isolate::exec)) { SUCCEED(); }
TEST_CASE("wants a fork", isolation(cordon::isolate::fork)) { SUCCEED(); }
TEST_CASE("is slow", slow_after(0.05)) { usleep(120'000); }
