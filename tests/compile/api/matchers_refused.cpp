// What CHECK_THAT refuses, and the words that say why. Each case is compiled by itself.
// error NO_MATCHES: no `bool matches
// error NOT_CONST: no `bool matches
// error NO_TEXT: takes a text
// error NOT_A_TEXT: must be a std::string
// error NO_EQUALITY: have no operator==
// error NESTED: takes a text
#include <cordon/matchers.hpp>

#include <string>

namespace {

struct point {
    int x;
};
struct of_points {
    bool matches(const point& value) const { return value.x == 1; }
    std::string describe() const { return "has x"; }
};
struct changing {
    bool matches(int) { return true; }
    std::string describe() const { return "changes"; }
};

}  // namespace

TEST_CASE("refused") {
    using namespace cordon::matchers;
    CHECK_THAT(point{1}, of_points());
#if defined(NO_MATCHES)
    CHECK_THAT(std::string("a"), of_points());
#elif defined(NOT_CONST)
    CHECK_THAT(1, changing());
#elif defined(NO_TEXT)
    CHECK_THAT(1, starts_with("a"));
#elif defined(NOT_A_TEXT)
    CHECK_THAT("a", starts_with(1));
#elif defined(NO_EQUALITY)
    CHECK_THAT(point{1}, equals(2));
#elif defined(NESTED)
    CHECK_THAT(1, !(starts_with("a") || equals(2)));
#endif
}
