// flags: -fno-exceptions -fno-rtti
#include <cordon/matchers.hpp>

#include <string>

TEST_CASE("matchers without exceptions and types") {
    CHECK_THAT(std::string("x"), cordon::matchers::contains("x"));
    REQUIRE_THAT(1, 1);
}
