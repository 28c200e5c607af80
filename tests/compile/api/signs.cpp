// A comparison that loses a sign is warned of where the user wrote it, and only where plain C++ warns.
// flags: -Wsign-compare
// error LESS: signs.cpp:\d+:\d+: error: comparison of integer(s| expressions) of different sign
// error LEFT: signs.cpp:\d+:\d+: error: comparison of integer(s| expressions) of different sign
// error MESSAGE: signs.cpp:\d+:\d+: error: comparison of integer(s| expressions) of different sign
// error NEGATED: signs.cpp:\d+:\d+: error: comparison of integer(s| expressions) of different sign
#include <cordon/cordon.hpp>

#include <string>

TEST_CASE("signs") {
    int minus = -1;
    unsigned three = 3;
    const int one = 1;
    minus = -one;
    CHECK(std::string("abc").size() == 3);
    CHECK(three != one);
    CHECK(minus < 3);
#if defined(LESS)
    CHECK(minus < three);
#endif
#if defined(LEFT)
    REQUIRE(three > minus);
#endif
#if defined(MESSAGE)
    WARN_MESSAGE(minus < three, "of ", three);
#endif
#if defined(NEGATED)
    CHECK_FALSE(minus == three);
#endif
}
