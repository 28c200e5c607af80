// Tests that fail in some of their runs, each in a way that does not depend on luck.
#include <cordon/cordon.hpp>

#include <cstdlib>
#include <random>

#include <unistd.h>

namespace {

unsigned long variable(const char* name) { return std::strtoul(std::getenv(name), nullptr, 10); }
unsigned long run() { return variable("CORDON_ATTEMPT"); }

}  // namespace

TEST_CASE("stable") { CHECK(1 + 1 == 2); }
TEST_CASE("sleeps") { CHECK(usleep(2000) == 0); }
TEST_CASE("every third run") { CHECK(run() % 3 != 0); }
TEST_CASE("every fifth run crashes") {
    if (run() % 5 == 4) std::abort();
}
TEST_CASE("once in two thousand") { CHECK(run() % 2000 != 300); }
TEST_CASE("two kinds") {
    CHECK(run() % 4 != 0);
    REQUIRE(run() % 4 != 1);
}
TEST_CASE("by the seed") { CHECK(variable("CORDON_SEED") % 4 != 0); }
// Drawn once a start of the program. Not the process id's: these rise in steps, which looks like a clock.
static const unsigned drawn = std::random_device{}();
TEST_CASE("by the worker") { CHECK(drawn % 2 == 0); }
TEST_CASE("always fails") { CHECK(1 == 2); }
TEST_CASE("skips itself") { SKIP("not here"); }
TEST_CASE("should fail", should_fail()) { CHECK(1 == 2); }
TEST_CASE("quarantined", quarantine("issue 7")) { CHECK(run() % 2 != 0); }
