// Tests that may fail, and do so in some of their runs.

#include <cordon/cordon.hpp>

#include <cstdlib>

#include <unistd.h>

TEST_CASE("may fail in every second run", may_fail()) { CHECK(std::atoi(std::getenv("CORDON_ATTEMPT")) % 2 == 0); }
TEST_CASE("fails slowly in every second run") {
    usleep(20'000);
    CHECK(std::atoi(std::getenv("CORDON_ATTEMPT")) % 2 == 0);
}
