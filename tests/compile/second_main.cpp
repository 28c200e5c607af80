#define CORDON_MAIN
#include <cordon/cordon.hpp>

TEST_CASE("the engine came twice") { CHECK(true); }
