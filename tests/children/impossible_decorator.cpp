// A decorator with a value that means nothing.

#include <cordon/cordon.hpp>

TEST_CASE("waits backwards", timeout(-1)) { FAIL("not to be run"); }
