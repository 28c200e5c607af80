// Matchers with values of all kinds, and matchers of the user.
#include <cordon/matchers.hpp>

#include <list>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>
#if __cplusplus >= 202002L
#include <ranges>
#endif

namespace {

struct even {
    bool matches(int value) const { return value % 2 == 0; }
    std::string describe() const { return "is even"; }
};

struct remainder : cordon::matchers::matcher {
    explicit remainder(int expected_) : expected(expected_) {}
    bool matches(const int& value) const { return value % 10 == expected; }
    void describe(cordon::text_sink& out) const { out << "ends with the digit " << expected; }
    void explain(cordon::text_sink& out, int value) const { out << "its last digit is " << value % 10; }
    int expected;
};

struct bits {
    unsigned low : 3;
};

}  // namespace

TEST_CASE("matchers") {
    using namespace cordon::matchers;
    const std::string text = "text";
    const char array[8] = "array";
    const char* pointer = "pointer";
    CHECK_THAT(text, contains("ex") && starts_with(text) && ends_with(std::string_view("xt")));
    CHECK_THAT(array, equals("array"));
    CHECK_THAT(pointer, equals(std::string("pointer")));
    CHECK_THAT("literal", "literal");
    CHECK_THAT(std::string("TEXT"), equals("text", ignoring_case) || contains("x", ignoring_case));
    CHECK_THAT(4, even() && remainder(4));
    CHECK_THAT(4, remainder(4) && even());
    CHECK_THAT(5, !remainder(4) && !(remainder(1) || remainder(2)));
    WARN_THAT(3, 3);
    REQUIRE_THAT(-1, !equals(4294967295u));
    const bits three{3};
    CHECK_THAT(three.low, 3);
    const auto kept = starts_with("t") && !contains(text + "s");
    CHECK_THAT(text, kept);
}

TEST_CASE("values and numbers") {
    using namespace cordon::matchers;
    struct point {
        int x;
        int get() const { return x; }
    };
    CHECK_THAT(3, less_than(4u) && at_least(-1) && satisfies([](int value) { return value != 0; }, "is not zero"));
    CHECK_THAT(point{1}, has("x", &point::x, 1) && has("get", &point::get, at_most(1)));
    CHECK_THAT(std::unique_ptr<point>(), !holds(anything()));
    CHECK_THAT(std::optional<double>(1.0), holds(within_abs(1, 0.1) && within_rel(1, 0.1) && is_finite()));
    CHECK_THAT(1.5f, within_ulps(1.5f, 2) && !is_nan() && !is_infinite());
    CHECK_THAT('a', at_least('a') && equals('a'));
    CHECK_THAT(nullptr, nullptr);
}

TEST_CASE("ranges") {
    using namespace cordon::matchers;
    std::vector<int> changing{1, 2, 3};
    const int array[] = {1, 2, 3};
    CHECK_THAT(changing, equals(array) && equals({1, 2, 3}) && equals_unordered({3, 2, 1}) && contains_all(array));
    CHECK_THAT(array, contains(2) && all_match(at_most(3)) && any_match(1) && none_match(4) && has_size(3) && !empty());
    CHECK_THAT({3, 1, 2}, !is_sorted() && elements_are(3, 1, at_most(2)) && elements_are_unordered(1, 2, 3));
    CHECK_THAT((std::vector<std::vector<std::string>>{{"a"}}), all_match(contains("a") && contains(starts_with("a"))));
    CHECK_THAT((std::set<std::string>{"a"}), equals(std::set<std::string>{"a"}));
    CHECK_THAT((std::list<bool>{true}), equals(std::vector<bool>{true}));
    const int matrix[2][2] = {{1, 2}, {3, 4}};
    CHECK_THAT(matrix, equals(matrix) && all_match(has_size(2)));
#if __cplusplus >= 202002L && defined(__cpp_lib_ranges) && (!defined(__clang__) || __clang_major__ >= 16)
    CHECK_THAT(changing | std::views::filter([](int i) { return i > 1; }),
               equals({2, 3}) && has_size(2) && is_sorted());
    CHECK_THAT(std::views::iota(1, 4), equals(array) && contains(2));
#endif
}

TEST_CASE("exceptions and regular expressions") {
    using namespace cordon::matchers;
    CHECK_THROWS_WITH(throw std::runtime_error("a"), contains("a"));
    CHECK_THROWS_WITH_AS(throw std::runtime_error("a"), contains("a"), std::exception);
    CHECK_THROWS_WITH(throw std::runtime_error("a"), satisfies([](const std::string& text) { return !text.empty(); }));
    CHECK_THROWS_MATCHES(throw std::runtime_error("a"), std::exception, has_message("a") && is_a<std::runtime_error>());
    REQUIRE_THROWS_MATCHES(throw 1, int, 1);
    WARN_THROWS_MATCHES(throw 1, const int&, equals(1));
    CHECK_THAT("abc", matches_regex("[a-c]*") && contains_regex("B", ignoring_case));
}

#if __cplusplus >= 202002L
constexpr int checked(int value) {
    using namespace cordon::matchers;
    CHECK_THAT(value, at_least(1) && !equals(7));
    REQUIRE_THAT(value, 2);
    return value;
}
static_assert(checked(2) == 2);
#endif
