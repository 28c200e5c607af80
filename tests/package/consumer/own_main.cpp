#define CORDON_MAIN
#include <cordon/cordon.hpp>

TEST_CASE("brings its own main") { CHECK(6 * 7 == 42); }
