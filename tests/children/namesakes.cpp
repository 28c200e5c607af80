// A test of no suite, and one of a suite, of one name.
#include <cordon/cordon.hpp>

namespace {

int state = 0;

}  // namespace

TEST_CASE("twin") { CHECK(state == 0); }
TEST_CASE("leaves something") { state = 1; }
TEST_SUITE("deep") {
    TEST_CASE("twin") { CHECK(state < 5); }
}
