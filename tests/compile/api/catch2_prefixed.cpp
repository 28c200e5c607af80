// CATCH_CONFIG_PREFIX_ALL: only the long names, so that short ones are the user's.
// flags: -I../../../include/cordon/compat
#define CATCH_CONFIG_PREFIX_ALL
#include <catch2/catch_all.hpp>

#include <stdexcept>

#define CHECK(x) not this one
#define SECTION(x) not this one

CATCH_TEST_CASE("long names", "[a]") {
    CATCH_INFO("information");
    CATCH_CAPTURE(1);
    CATCH_CHECK(1 == 1);
    CATCH_REQUIRE_FALSE(1 == 2);
    CATCH_SECTION("section") { CATCH_CHECK_THAT(1.0, Catch::Matchers::WithinAbs(1, 0.1)); }
    CATCH_DYNAMIC_SECTION("section " << 1) {
        CATCH_REQUIRE_THROWS_WITH(throw std::runtime_error("x"), "x");
        CATCH_SKIP("for now");
    }
}
CATCH_TEMPLATE_TEST_CASE("long names of types", "[a]", int, char) { CATCH_STATIC_REQUIRE(sizeof(TestType) <= 4); }
CATCH_SCENARIO("story") {
    CATCH_GIVEN("a") {
        CATCH_WHEN("b") {
            CATCH_THEN("c") { CATCH_SUCCEED(); }
        }
    }
}
