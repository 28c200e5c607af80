// flags: -fno-exceptions -fno-rtti
// error MATCHES: needs exceptions
// error TYPE: needs run-time type information
#include <cordon/matchers.hpp>

#include <string>

TEST_CASE("matchers without exceptions and types") {
    CHECK_THAT(std::string("x"), cordon::matchers::contains("x"));
    REQUIRE_THAT(1, 1);
    CHECK_THAT(1.0, cordon::matchers::within_abs(1, 0.1));
#if defined(MATCHES)
    CHECK_THROWS_MATCHES(1, int, 1);
#endif
#if defined(TYPE)
    struct shape {
        virtual ~shape() = default;
    };
    CHECK_THAT(shape(), cordon::matchers::is_a<shape>());
#endif
}
