#include <doctest/doctest.h>
#include <cordon/engine/base/regex.hpp>

#include <chrono>
#include <regex>
#include <string>

using namespace cordon::engine;

namespace {

bool is_in(std::string_view expression, std::string_view text) {
    const result<regex> read = parse_regex(expression);
    REQUIRE_MESSAGE(read, expression, ": ", read ? "" : read.failure().detail);
    return read.value().is_in(text);
}

}  // namespace

TEST_CASE("what is found where") {
    struct row {
        const char* expression;
        const char* text;
        bool found;
    };
    const row table[] = {
        {"", "", true},
        {"", "abc", true},
        {"b", "abc", true},
        {"bc$", "abc", true},
        {"^b", "abc", false},
        {"^b", "a\nb", true},
        {"a$", "a\nb", true},
        {"a.c", "abc", true},
        {"a.c", "a\nc", false},
        {"a\\.c", "abc", false},
        {"a\\.c", "a.c", true},
        {"ab*c", "ac", true},
        {"ab*c", "abbbc", true},
        {"ab+c", "ac", false},
        {"ab+c", "abbc", true},
        {"^ab?c$", "abbc", false},
        {"^a{2}$", "aa", true},
        {"^a{2}$", "aaa", false},
        {"^a{2,}$", "aaaa", true},
        {"^a{2,}$", "a", false},
        {"^a{1,3}$", "aaaa", false},
        {"^a{0,3}$", "", true},
        {"^a{0}$", "", true},
        {"^a{0}$", "a", false},
        {"cat|dog", "hotdog", true},
        {"^(cat|dog)$", "hotdog", false},
        {"(ab|c)+d", "abcabd", true},
        {"^(a|b|)c$", "c", true},
        {"^(a*)*$", "aaab", false},
        {"^(a*)*$", "aaa", true},
        {"(|a)+b", "aab", true},
        {"[abc]x", "bx", true},
        {"[^abc]x", "bx", false},
        {"[^abc]x", "dx", true},
        {"[a-f0-9]{4}", "g12e9g", true},
        {"[]]", "]", true},
        {"[^]]", "]", false},
        {"[a-]", "-", true},
        {"[\\]x]", "]", true},
        {"[\\d.]+s", "took 1.5s", true},
        {"^\\w+$", "snake_case9", true},
        {"^\\w+$", "two words", false},
        {"\\s", "two words", true},
        {"^\\S+\\s\\S+$", "two words", true},
        {"\\D", "123", false},
        {"^\\d{3}$", "123", true},
        {"\\t\\n", "a\t\nb", true},
        {"(timed out|refused)", "Connection refused", true},
        {"errno (11|35)\\b", "errno 11b", true},
        {"\xc3\xa4", "H\xc3\xa4user", true},
        {"[\xc3]", "\xc3\xa4", true},
    };
    for (const row& each : table) {
        CAPTURE(std::string(each.expression));
        CAPTURE(std::string(each.text));
        CHECK(is_in(each.expression, each.text) == each.found);
    }
}

TEST_CASE("what is wrong, and where") {
    struct row {
        const char* expression;
        const char* detail;
    };
    const row table[] = {
        {"(a", "expected ), at column 3"},
        {"a)", "this ) closes nothing, at column 2"},
        {"[a", "expected ], at column 3"},
        {"[z-a]", "the range is reversed, at column 5"},
        {"*a", "there is nothing to repeat before this, at column 1"},
        {"a|+", "there is nothing to repeat before this, at column 3"},
        {"a**", "there is nothing to repeat before this, at column 3"},
        {"a{", "expected a number up to 1000, at column 3"},
        {"a{2", "expected }, at column 4"},
        {"a{3,2}", "the numbers are reversed, at column 7"},
        {"a{1001}", "expected a number up to 1000, at column 6"},
        {"((((a{1000}){1000}){1000}))", "it is too long, at column 19"},
        {"a\\", "nothing follows the backslash, at column 3"},
    };
    for (const row& each : table) {
        CAPTURE(std::string(each.expression));
        const result<regex> read = parse_regex(each.expression);
        REQUIRE_FALSE(read);
        CHECK(read.failure().detail == each.detail);
    }
    CHECK_FALSE(parse_regex(std::string(60, '(') + std::string(60, ')')));
}

TEST_CASE("what takes others forever takes no time") {
    const std::string as(2000, 'a');
    const auto begin = std::chrono::steady_clock::now();
    CHECK_FALSE(is_in("^(a|a)*(a|aa)*(a*)*b$", as));
    CHECK_FALSE(is_in("(x+x+)+y", std::string(2000, 'x')));
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));
}

TEST_CASE("random expressions agree with the standard library's") {
    std::uint64_t state = 12345;
    const auto draw = [&state](std::uint64_t below) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return (state >> 33) % below;
    };
    for (int round = 0; round < 3000; ++round) {
        std::string expression, text;
        for (std::uint64_t left = draw(8); left > 0; --left)
            expression += std::string("abab.|()*?+[c]")[draw(14)];
        for (std::uint64_t left = draw(8); left > 0; --left)
            text += static_cast<char>('a' + draw(3));
        const result<regex> ours = parse_regex(expression);
        if (!ours) continue;
        CAPTURE(expression);
        CAPTURE(text);
        try {
            CHECK(ours.value().is_in(text) == std::regex_search(text, std::regex(expression)));
        } catch (const std::regex_error&) {
        }
    }
}

TEST_CASE("the whole text, and letters without case") {
    const auto matches = [](std::string_view expression, std::string_view text, regex_mode how) {
        return parse_regex(expression).value().is_in(text, how);
    };
    const regex_mode whole{true, false};
    const regex_mode without_case{false, true};
    CHECK(matches("a|ab", "ab", whole));
    CHECK(matches("ab|a", "ab", whole));
    CHECK(matches("", "", whole));
    CHECK_FALSE(matches("a", "ab", whole));
    CHECK_FALSE(matches("b", "ab", whole));
    CHECK_FALSE(matches("^b$", "a\nb\nc", whole));
    CHECK(matches("^b$", "a\nb\nc", {}));
    CHECK(matches("[a-c]x", "yBX", without_case));
    CHECK(matches("AB", "ab", {true, true}));
    CHECK_FALSE(matches("@", "`", without_case));
    CHECK_FALSE(matches("\\[", "{", without_case));
}
