// Matchers that match and matchers that do not; matchers that misbehave.

#include <cordon/matchers.hpp>

#include <cstdlib>
#include <functional>
#include <limits>
#include <list>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <valarray>
#include <vector>

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

struct person {
    std::string name;
    int age;
    int older() const { return age + 1; }
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

TEST_SUITE("values") {
    TEST_CASE("match") {
        CHECK_THAT(3, greater_than(2) && at_most(3) && at_least(3u) && less_than(4L) && !less_than(-1) && anything());
        CHECK_THAT(4294967295u, greater_than(-1));
        CHECK_THAT((person{"bob", 3}), has("name", &person::name, "bob") && has("older", &person::older, 4));
        CHECK_THAT((person{"bob", 3}), has(
                                           "initial", [](const person& p) { return p.name[0]; }, 'b'));
        CHECK_THAT(std::make_unique<int>(3), holds(3));
        CHECK_THAT(std::optional<std::string>("text"), holds(contains("ex")));
        CHECK_THAT(6, satisfies([](int value) { return value % 2 == 0; }));
        CHECK_THAT(1.0, equals(cordon::Approx(1.0000001)));
    }
    TEST_CASE("do not match") {
        CHECK_THAT(3, less_than(3));
        CHECK_THAT(3, at_least(4u));
        CHECK_THAT(7, satisfies([](int value) { return value % 2 == 0; }, std::string("is even")));
        CHECK_THAT((person{"bob", 3}), has("name", &person::name, "alice"));
        CHECK_THAT((person{"bob", 3}), has("older", &person::older, at_least(5)));
        CHECK_THAT(std::unique_ptr<int>(), holds(3));
        CHECK_THAT(std::optional<int>(4), holds(less_than(3)));
        CHECK_THAT(1, !anything());
    }
}

TEST_SUITE("numbers") {
    TEST_CASE("match") {
        const double infinity = std::numeric_limits<double>::infinity();
        const double nan = std::numeric_limits<double>::quiet_NaN();
        CHECK_THAT(1.0, within_abs(1.5, 0.5) && !within_abs(1.5, 0.49));
        CHECK_THAT(99, within_rel(100, 0.01) && !within_rel(100, 0.009));
        CHECK_THAT(0.1 + 0.2, within_ulps(0.3, 1) && !within_ulps(0.3, 0));
        CHECK_THAT(-0.0, within_ulps(0.0, 0) && within_abs(0, 0) && within_rel(0, 0));
        CHECK_THAT(std::numeric_limits<double>::denorm_min(),
                   within_ulps(-std::numeric_limits<double>::denorm_min(), 2));
        CHECK_THAT(1.0f, within_ulps(1.0000001f, 1));
        CHECK_THAT(infinity, within_abs(infinity, 0) && within_rel(infinity, 0) && within_ulps(infinity, 0));
        CHECK_THAT(infinity, is_infinite() && !is_nan() && !is_finite() && !within_rel(1, 10) && !within_ulps(1.0, 10));
        CHECK_THAT(infinity, !within_ulps(std::numeric_limits<double>::max(), 10) && !within_abs(-infinity, infinity));
        CHECK_THAT(nan, is_nan() && !within_abs(nan, 1) && !within_rel(nan, 1) && !within_ulps(nan, 1));
        CHECK_THAT((std::vector<double>{1.0, 1.01}), all_match(within_abs(1, 0.1)));
    }
    TEST_CASE("do not match") {
        CHECK_THAT(1.0, within_abs(1.5, 0.25));
        CHECK_THAT(50, within_rel(100, 0.01));
        CHECK_THAT(1.0, within_ulps(1.0000001, 4));
        CHECK_THAT(1.0f, within_ulps(1.0000007f, 4));
        CHECK_THAT(std::numeric_limits<float>::quiet_NaN(), within_abs(0, 1));
        CHECK_THAT(std::numeric_limits<double>::infinity(), within_rel(0, 1));
        CHECK_THAT(1.0, is_nan());
    }
}

TEST_SUITE("ranges") {
    TEST_CASE("match") {
        const std::vector<int> four{1, 2, 3, 4};
        const int array[] = {1, 2, 3};
        CHECK_THAT(four, contains(4) && contains(greater_than(3)) && !contains(5) && contains_all({4, 1}));
        CHECK_THAT(four,
                   all_match(less_than(5)) && any_match(1) && none_match(0) && has_size(4) && has_size(at_most(4)));
        CHECK_THAT(array, equals({1, 2, 3}) && equals(std::list<int>{1, 2, 3}) && equals_unordered({3, 1, 2}));
        CHECK_THAT(array, elements_are(1, less_than(3), 3) && elements_are_unordered(3, at_most(2), 1) && !empty());
        CHECK_THAT((std::list<int>()), empty() && all_match(0) && none_match(0) && !any_match(0) && is_sorted());
        CHECK_THAT((std::vector<std::string>{"ab", "bc"}),
                   equals({"ab", "bc"}) && contains("bc") && contains(starts_with("b")));
        CHECK_THAT((std::map<std::string, int>{{"a", 1}}),
                   any_match(has("key", &std::pair<const std::string, int>::first, "a")));
        CHECK_THAT((std::vector<bool>{true, true}), all_match(true) && equals({true, true}));
        CHECK_THAT((std::vector<std::vector<int>>{{1}, {2, 3}}), all_match(is_sorted() && !empty()));
        CHECK_THAT({3, 2, 1}, is_sorted(std::greater<>()) && !is_sorted());
        CHECK_THAT(std::string("text"), has_size(4) && contains('x') && !contains('y') && all_match(at_least('a')));
        CHECK_THAT((std::set<int>{2, 1}), equals(std::set<int>{1, 2}));
        CHECK_THAT((std::valarray<int>{1, 2}), contains(2) && has_size(2));
        const auto kept = equals({std::string("a temporary that is too long for the object itself")});
        CHECK_THAT((std::vector<std::string>{"a temporary that is too long for the object itself"}), kept);
    }
    TEST_CASE("do not match") {
        const std::vector<int> four{1, 2, 3, 4};
        const int array[] = {1, 2, 3};
        const std::vector<std::string> words{"ab", "bc"};
        CHECK_THAT(four, contains(5));
        CHECK_THAT(four, contains(greater_than(4)));
        CHECK_THAT(four, all_match(less_than(3)));
        CHECK_THAT(words, all_match(starts_with("a")));
        CHECK_THAT(four, none_match(less_than(3)));
        CHECK_THAT(four, any_match(less_than(1)));
        CHECK_THAT(std::vector<int>(), any_match(1));
        CHECK_THAT(four, equals({1, 2, 4, 4}));
        CHECK_THAT(four, equals(array));
        CHECK_THAT(array, four);
        CHECK_THAT(words, equals({"ab", "bd"}));
        CHECK_THAT((std::set<int>{1, 2}), equals(std::set<int>{1, 3}));
        CHECK_THAT(four, equals_unordered({3, 1, 2, 2}));
        CHECK_THAT(four, contains_all({3, 7, 8}));
        CHECK_THAT(std::vector<int>(), contains_all({1, 2, 3, 4, 5, 6, 7}));
        CHECK_THAT(four, has_size(3));
        CHECK_THAT(four, has_size(at_least(5)));
        CHECK_THAT("text", empty());
        CHECK_THAT((std::vector<int>{1, 3, 2}), is_sorted());
        CHECK_THAT(array, is_sorted(std::greater<>(), "is sorted, the largest first"));
        CHECK_THAT(four, elements_are(1, 2, greater_than(5), 4));
        CHECK_THAT(array, elements_are(1, 2));
        CHECK_THAT(array, elements_are(1, 2, 3, at_least(4)));
        CHECK_THAT(four, elements_are_unordered(4, less_than(3), 9, 3));
        CHECK_THAT(four, elements_are_unordered(4));
    }
}

TEST_SUITE("regular expressions") {
    TEST_CASE("match") {
        CHECK_THAT("abc 12", contains_regex("\\d+") && matches_regex("[a-c]+ \\d\\d") && !matches_regex("[a-c]+"));
        CHECK_THAT("a\nb", contains_regex("^b$") && matches_regex("a\nb") && !matches_regex("^b$"));
        CHECK_THAT("ABC", matches_regex("a[b]c", ignoring_case) && !matches_regex("a[b]c"));
        CHECK_THAT("aab", matches_regex("(a|aa)b") && matches_regex("a*b") && !contains_regex("x|y"));
        CHECK_THAT("", matches_regex("") && matches_regex("a*") && !contains_regex("a"));
    }
    TEST_CASE("do not match") {
        CHECK_THAT("ABC", matches_regex("a[b]c"));
        CHECK_THAT("ABC", !contains_regex("b", ignoring_case));
    }
}

TEST_SUITE("impossible") {
    TEST_CASE("a pattern") { CHECK_THAT("ABC", !contains_regex("a(b")); }
    TEST_CASE("a margin") { REQUIRE_THAT(1.0, !within_abs(1, -1)); }
    TEST_CASE("outside") { static_cast<void>(within_rel(1, std::numeric_limits<double>::quiet_NaN())); }
}

TEST_SUITE("exceptions") {
    TEST_CASE("match") {
        CHECK_THROWS_WITH(throws(), contains("on") && !contains("off"));
        CHECK_THROWS_WITH(throw "words", "words");
        CHECK_THROWS_WITH(throw std::string("words"), has_size(5));
        CHECK_THROWS_WITH_AS(throws(), starts_with("thrown"), std::exception);
        CHECK_THROWS_MATCHES(throws(), std::runtime_error, has_message(ends_with("purpose")) && is_a<std::exception>());
        CHECK_THROWS_MATCHES(throws(), std::exception, is_a<std::runtime_error>() && !is_a<std::logic_error>());
        CHECK_THROWS_MATCHES(throw 3, int, at_least(2));
        WARN_THROWS_MATCHES(throw 3, int, 3);
        REQUIRE_THROWS_MATCHES(throw(person{"bob", 3}), person, has("age", &person::age, 3));
    }
    TEST_CASE("do not match") {
        CHECK_THROWS_WITH(throws(), starts_with("no") || ends_with("x"));
        CHECK_THROWS_WITH(throw 3, starts_with("no"));
        CHECK_THROWS_MATCHES(throws(), std::runtime_error, has_message("x"));
        CHECK_THROWS_MATCHES(throws(), std::exception, is_a<std::logic_error>());
        CHECK_THROWS_MATCHES(throws(), std::logic_error, has_message("x"));
        CHECK_THROWS_MATCHES(0, std::logic_error, has_message("x"));
        WARN_THROWS_MATCHES(throw 3, int, 4);
        REQUIRE_THROWS_MATCHES(throw 3, int, 4);
        CHECK_THAT(1, 2);
    }
    TEST_CASE("thrown by the matcher") {
        const auto bad = satisfies([](const std::exception&) -> bool { throw 7; });
        const auto bad_text = satisfies([](const std::string&) -> bool { throw 8; });
        CHECK_THROWS_MATCHES(throws(), std::exception, bad);
        CHECK_THROWS_WITH(throws(), bad_text);
        REQUIRE_THROWS_MATCHES(throws(), std::exception, bad);
        CHECK_THAT(1, 2);
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
