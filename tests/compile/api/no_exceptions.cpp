// flags: -fno-exceptions
// error THROWS: needs exceptions
// error THROWS_AS: needs exceptions
// error THROWS_WITH: needs exceptions
// error THROWS_WITH_AS: needs exceptions
#include <cordon/cordon.hpp>

#include <string>

TEST_CASE("without exceptions") {
    const std::string text = "x";
    CHECK(text == "x");
    REQUIRE(text.size() == 1);
    REQUIRE_FALSE(text.empty());
    CHECK_NOTHROW(text.size());
    REQUIRE_NOTHROW(text.size());
    CHECK_MESSAGE(text == "x", "text is ", text);
    INFO(text);
    if (text == "y") FAIL("y");
#if defined(THROWS)
    CHECK_THROWS(text.at(3));
#endif
#if defined(THROWS_AS)
    CHECK_THROWS_AS(text.at(3), int);
#endif
#if defined(THROWS_WITH)
    CHECK_THROWS_WITH(text.at(3), "x");
#endif
#if defined(THROWS_WITH_AS)
    REQUIRE_THROWS_WITH_AS(text.at(3), "x", int);
#endif
}
