// With CORDON_CONFIG_PREFIX_ONLY the short names are the user's own. The optional headers are included before.
#include <cordon/cordon.hpp>

#define CHECK(x) static_assert(x)
#define REQUIRE(x) static_assert(x)
#define INFO static_assert(true)
#define FAIL static_assert(true)
#define SECTION static_assert(true)
#define CHECK_THAT static_assert(true)
#define TEST_CASE static_assert(true)

TEST_CASE;
CHECK(true);
CHECK_THAT;

CORDON_TEST_CASE("prefixed") {
    CORDON_CHECK(1 + 1 == 2);
    CORDON_SUBCASE("inner") { CORDON_REQUIRE(true); }
}
