// One test that twelve others mind in their process.
#include <cordon/cordon.hpp>

namespace {

bool spoiled = false;

}  // namespace

TEST_CASE("spoils") { spoiled = true; }
TEST_CASE("minds 1") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 2") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 3") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 4") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 5") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 6") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 7") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 8") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 9") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 10") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 11") { CHECK_FALSE(spoiled); }
TEST_CASE("minds 12") { CHECK_FALSE(spoiled); }
