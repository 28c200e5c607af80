// What CHECK_THAT refuses, and the words that say why.
// error NO_MATCHES: no `bool matches
// error NOT_CONST: no `bool matches
// error NO_TEXT: takes a text
// error NOT_A_TEXT: must be a std::string
// error NO_EQUALITY: have no operator==
// error NESTED: takes a text
// error NO_RANGE: takes a range
// error NO_SIZE: takes a text or a range
// error NO_ORDER: have no operator<
// error POINTERS: pointers to text are not ordered
// error NO_NUMBER: takes a number
// error LONG_DOUBLE: takes a float or a double
// error ELEMENTS: have no operator==
// error EXPECTED_RANGE: must be a range
// error NO_MESSAGE: no `bool matches
#include <cordon/matchers.hpp>

#include <string>
#include <vector>

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
#endif
#if defined(NOT_CONST)
    CHECK_THAT(1, changing());
#endif
#if defined(NO_TEXT)
    CHECK_THAT(1, starts_with("a"));
#endif
#if defined(NOT_A_TEXT)
    CHECK_THAT("a", starts_with(1));
#endif
#if defined(NO_EQUALITY)
    CHECK_THAT(point{1}, equals(2));
#endif
#if defined(NESTED)
    CHECK_THAT(1, !(starts_with("a") || equals(2)));
#endif
#if defined(NO_RANGE)
    CHECK_THAT(1, all_match(1));
#endif
#if defined(NO_SIZE)
    CHECK_THAT(1, has_size(1));
#endif
#if defined(NO_ORDER)
    CHECK_THAT(point{1}, less_than(1));
#endif
#if defined(POINTERS)
    CHECK_THAT("a", less_than("b"));
#endif
#if defined(NO_NUMBER)
    CHECK_THAT(std::string("1"), within_abs(1, 0.1));
#endif
#if defined(LONG_DOUBLE)
    CHECK_THAT(1.0L, within_ulps(1.0L, 1));
#endif
#if defined(ELEMENTS)
    CHECK_THAT(std::vector<point>(), equals(std::vector<point>()));
#endif
#if defined(EXPECTED_RANGE)
    CHECK_THAT(std::vector<int>(), contains_all(1));
#endif
#if defined(NO_MESSAGE)
    CHECK_THAT(1, has_message("a"));
#endif
}
