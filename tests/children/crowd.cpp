// A victim, its polluter and its cleaner among two thousand tests that do nothing.
#include <cordon/cordon.hpp>

#include "thousand.hpp"

namespace {

int state = 0;

}  // namespace

TEST_CASE("spoils") { state = 1; }
TEST_CASE("mends") { state = 0; }
TEST_CASE("minds the spoiler") { CHECK(state == 0); }

#define ONE(number) \
    TEST_CASE("idle " #number) {}

THOUSAND(a)
THOUSAND(b)
