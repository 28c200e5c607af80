// Tests that end badly in company only.
#include <cordon/cordon.hpp>

#include <cstdlib>

#include <unistd.h>

namespace {

bool spoilt = false;

}  // namespace

TEST_CASE("spoiler") { spoilt = true; }
TEST_CASE("dies in company") {
    if (spoilt) std::abort();
}
TEST_CASE("leaves in company") {
    if (spoilt) std::_Exit(3);
}
TEST_CASE("hangs in company", timeout(0.5)) {
    if (spoilt) sleep(100);
}
TEST_CASE("patient in company", timeout(100.0)) { CHECK_FALSE(spoilt); }
TEST_CASE("always dies") { std::abort(); }
TEST_CASE("fails in company") { CHECK_FALSE(spoilt); }
