// Matchers that match and matchers that do not; matchers that misbehave.

#include <cordon/matchers.hpp>

#include <cstdlib>
#include <stdexcept>
#include <string>

using namespace cordon::matchers;

namespace {

struct even {
    bool matches(int value) const { return value % 2 == 0; }
    std::string describe() const { return "is even"; }
};

struct remainder_is : matcher {
    explicit remainder_is(int expected_) : expected(expected_) {}
    bool matches(int value) const { return value % 10 == expected; }
    void describe(cordon::text_sink& out) const { out << "ends with the digit " << expected; }
    void explain(cordon::text_sink& out, int value) const { out << "its last digit is " << value % 10; }
    int expected;
};

enum class act { matching, describing, explaining };

struct bad {
    act in;
    void (*doing)();
    bool matches(int) const {
        if (in == act::matching) doing();
        return false;
    }
    void describe(cordon::text_sink& out) const {
        out << "is good";
        if (in == act::describing) doing();
    }
    void explain(cordon::text_sink&, int) const {
        if (in == act::explaining) doing();
    }
};

void throws() { throw std::runtime_error("thrown on purpose"); }
void checks() { CHECK(1 == 2); }
void requires_more() { REQUIRE(1 == 2); }

}  // namespace

TEST_SUITE("texts") {
    TEST_CASE("match") {
        const std::string text = "hello world";
        CHECK_THAT(text, contains("lo w") && starts_with("hell") && ends_with("world"));
        CHECK_THAT(text, equals("HELLO world", ignoring_case));
        CHECK_THAT(text, !contains("LO") && contains("LO", ignoring_case));
        CHECK_THAT("", equals(std::string()) && starts_with("") && !contains("a"));
        CHECK_THAT(static_cast<const char*>(nullptr), !contains("") && !equals("") && !starts_with(""));
        CHECK_THAT(std::string("a\0b", 3), ends_with(std::string("\0b", 2)));
    }
    TEST_CASE("do not match") {
        const std::string text = "hello world";
        CHECK_THAT(text, contains("x"));
        CHECK_THAT(text, contains("LO"));
        CHECK_THAT(text, starts_with("help"));
        CHECK_THAT(text, starts_with("hello world, hello"));
        CHECK_THAT(text, ends_with("word"));
        CHECK_THAT(text, equals("hello"));
        CHECK_THAT(text, equals("hello worms"));
        CHECK_THAT(text, "Hello world");
        CHECK_THAT(text, !contains("lo"));
        CHECK_THAT(text, equals("HELP", ignoring_case));
        CHECK_THAT(static_cast<const char*>(nullptr), "x");
        CHECK_THAT(std::string("\xff\xfe"), equals(std::string("\xff\xfd")));
        CHECK_THAT("\xc3\xa4", "\xc3\xb6");
    }
}

TEST_SUITE("joined") {
    TEST_CASE("words") {
        CHECK_THAT(7, even() || (remainder_is(1) && !even()) || remainder_is(2));
        CHECK_THAT(7, remainder_is(7) && remainder_is(8) && even());
        CHECK_THAT(-1, equals(4294967295u));
        WARN_THAT(7, even());
        REQUIRE_THAT(7, even());
        CHECK_THAT(7, 8);
    }
}

TEST_SUITE("bad") {
    TEST_CASE("throw in matches") { CHECK_THAT(1, (bad{act::matching, throws})); }
    TEST_CASE("throw in describe") { CHECK_THAT(1, (bad{act::describing, throws})); }
    TEST_CASE("throw in explain") { CHECK_THAT(1, (bad{act::explaining, throws})); }
    TEST_CASE("check in matches") { CHECK_THAT(1, (bad{act::matching, checks})); }
    TEST_CASE("check in describe") { CHECK_THAT(1, (bad{act::describing, checks})); }
    TEST_CASE("require in matches") {
        CHECK_THAT(1, (bad{act::matching, requires_more}));
        FAIL_CHECK("not reached");
    }
    TEST_CASE("crash in matches") { CHECK_THAT(1, (bad{act::matching, std::abort})); }
    TEST_CASE("crash in describe") { CHECK_THAT(1, (bad{act::describing, std::abort})); }
    TEST_CASE("crash in explain") { CHECK_THAT(1, (bad{act::explaining, std::abort})); }
}
