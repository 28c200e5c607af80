// Tests to be run again and again.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace {

int attempt() { return std::atoi(std::getenv("CORDON_ATTEMPT")); }

}  // namespace

TEST_CASE("stable") { CHECK(1 + 1 == 2); }
TEST_CASE("slow") { usleep(20'000); }
TEST_CASE("very slow") { usleep(400'000); }
TEST_CASE("fails in run 300") {
    std::printf("this is run %d\n", attempt());
    CHECK(attempt() != 300);
}
TEST_CASE("crashes from run 50 on") {
    if (attempt() >= 50) std::abort();
}
TEST_CASE("fails always") { CHECK(false); }
TEST_CASE("skips itself") { SKIP("as always"); }
TEST_CASE("is skipped", skip("never run")) { FAIL("run"); }
TEST_CASE("in quarantine", quarantine("#7")) { CHECK(attempt() % 10 != 0); }
TEST_CASE("tells its slot") {
    std::FILE* log = std::fopen(std::getenv("LOG"), "a");
    std::fprintf(log, "%s\n", std::getenv("CORDON_SLOT"));
    std::fclose(log);
    usleep(100'000);
}
TEST_CASE("alone", exclusive()) { usleep(1000); }
