#include <cordon/cordon.hpp>

TEST_CASE("first file of the consumer") { CHECK(6 * 7 == 42); }
