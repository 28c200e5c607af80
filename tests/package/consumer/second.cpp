#include <cordon/cordon.hpp>

TEST_CASE("second file of the consumer") { CHECK_FALSE(6 * 9 == 42); }
