// Matchers with values of all kinds, and matchers of the user.
#include <cordon/matchers.hpp>

#include <string>
#include <string_view>

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
