// CATCH_CONFIG_DISABLE: the tests compile and are not there.
// flags: -I../../../include/cordon/compat
#define CATCH_CONFIG_DISABLE
#include <catch2/catch_all.hpp>

#include <utility>

struct fixture {
    int value = 0;
};
template <class T>
struct typed_fixture {
    T value{};
};

TEST_CASE("disabled", "[a]") {
    INFO("x" << 1);
    int one = GENERATE(1, 2);
    SECTION("section") { CHECK(one == 1); }
    REQUIRE_THAT(one, unknown_matcher());
    CHECKED_IF(one == 1) { FAIL("x"); }
    CHECKED_ELSE(one == 1) { SUCCEED(); }
}
TEST_CASE_METHOD(fixture, "disabled with a fixture") { CHECK(value == 1); }
TEMPLATE_TEST_CASE("disabled types", "[a]", int, (std::pair<int, char>)) { CHECK(sizeof(TestType) == 1); }
TEMPLATE_TEST_CASE_METHOD(typed_fixture, "disabled typed fixture", "[a]", int) { CHECK(this->value == 1); }
SCENARIO("disabled story") {
    GIVEN("a") { SUCCEED(); }
}
CATCH_TRANSLATE_EXCEPTION(const int&) { return "number"; }
