#include <doctest/doctest.h>

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/diff.hpp>
#include <cordon/engine/text/value_diff.hpp>
#include <cordon/engine/text/values.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

text_parts letters(std::string_view text) {
    text_parts parts;
    for (std::size_t i = 0; i < text.size(); ++i) {
        parts.push_back(text.substr(i, 1));
    }
    return parts;
}

std::size_t edits(const vector<diff_step>& steps) {
    std::size_t count = 0;
    for (const diff_step& step : steps) {
        count += step.what != edit::keep;
    }
    return count;
}

/// Follows the steps; "!" where they do not lead from left to right.
std::string applied(const vector<diff_step>& steps, const text_parts& left, const text_parts& right) {
    std::string made;
    std::size_t l = 0;
    std::size_t r = 0;
    for (const diff_step& step : steps) {
        if (step.left != l || step.right != r) return "!";
        if (step.what != edit::insert) ++l;
        if (step.what != edit::remove) made += right[r++];
        if (step.what == edit::keep && left[l - 1] != right[r - 1]) return "!";
    }
    return l == left.size() && r == right.size() ? made : "!";
}

/// The length of a shortest edit, by the table that everyone knows.
std::size_t shortest(std::string_view a, std::string_view b) {
    vector<vector<std::size_t>> table(a.size() + 1, vector<std::size_t>(b.size() + 1));
    for (std::size_t i = 0; i <= a.size(); ++i) {
        for (std::size_t j = 0; j <= b.size(); ++j) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
            } else {
                table[i][j] = std::min(table[i - 1][j], table[i][j - 1]) + 1;
                if (a[i - 1] == b[j - 1]) table[i][j] = std::min(table[i][j], table[i - 1][j - 1]);
            }
        }
    }
    return table[a.size()][b.size()];
}

/// "<none>" where there is none.
std::string unquoted(std::string_view value) {
    std::string text;
    return unquote(value, text) ? text : "<none>";
}

text_parts elements_of(std::string_view value) {
    text_parts parts;
    return split_elements(value, parts) ? parts : text_parts{"<none>"};
}

std::string compared(std::string_view left, std::string_view right, std::size_t width = 80) {
    const theme look = theme_of(console_style{});
    std::string out;
    value_writer(out, look, width, false).comparison(left, "==", right, {});
    return out;
}

}  // namespace

TEST_CASE("a difference is a shortest edit") {
    std::uint32_t state = 7;
    const auto random_text = [&state] {
        std::string text;
        state = state * 1664525 + 1013904223;
        const std::size_t size = state >> 28;
        for (std::size_t i = 0; i < size; ++i) {
            state = state * 1664525 + 1013904223;
            text += static_cast<char>('a' + (state >> 30));
        }
        return text;
    };
    for (int round = 0; round < 3000; ++round) {
        const std::string left = random_text();
        const std::string right = random_text();
        const text_parts a = letters(left);
        const text_parts b = letters(right);
        const vector<diff_step> steps = difference(a, b);
        CAPTURE(left);
        CAPTURE(right);
        if (applied(steps, a, b) != right) FAIL_CHECK("wrong steps");
        if (edits(steps) != shortest(left, right)) FAIL_CHECK("not a shortest edit");
    }
}

TEST_CASE("big inputs that differ everywhere stay cheap and correct") {
    vector<std::string> texts;
    for (int i = 0; i < 40000; ++i) {
        texts.push_back(std::to_string(i));
    }
    text_parts left;
    text_parts right;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        (i % 2 == 0 ? left : right).push_back(texts[i]);
    }
    left.insert(left.begin(), "same");
    right.insert(right.begin(), "same");
    left.push_back("end");
    right.push_back("end");
    const vector<diff_step> steps = difference(left, right);
    CHECK(applied(steps, left, right) != "!");
    CHECK(steps.front().what == edit::keep);
    CHECK(steps.back().what == edit::keep);
}

TEST_CASE("the differing stretch of two texts") {
    const auto check = [](std::string_view left, std::string_view right, std::size_t begin, std::size_t left_end,
                          std::size_t right_end) {
        const differing_stretch found = stretch_between(left, right);
        CHECK(found.begin == begin);
        CHECK(found.left_end == left_end);
        CHECK(found.right_end == right_end);
    };
    check("", "", 0, 0, 0);
    check("same", "same", 4, 4, 4);
    check("abc", "abd", 2, 3, 3);
    check("aXc", "aYYc", 1, 2, 3);
    check("aaa", "aaaa", 3, 3, 4);
    check("abab", "ab", 2, 4, 2);
    check("\xc3\xa4", "\xc3\xb6", 0, 2, 2);              // share their first byte
    check("x\xe6\x97\xa5y", "x\xe6\x98\xa5y", 1, 4, 4);  // and their last
    check("\xe2\x82\xac", "\xe2\x82\xad\xe2\x82\xac", 0, 0, 3);
}

TEST_CASE("stringified strings are read back") {
    CHECK(unquoted("\"\"") == "");
    CHECK(unquoted("\"a\\nb\\t\\\"c\\\\\"") == "a\nb\t\"c\\");
    CHECK(unquoted("\"\\x1b\\x41\\0\"") == std::string("\x1b"
                                                       "A\0",
                                                       3));
    CHECK(unquoted("\"odd \\q \\x4\"") == "odd \\q \\x4");
    CHECK(unquoted("12") == "<none>");
    CHECK(unquoted("\"") == "<none>");
    CHECK(unquoted("\"a\" and \"b\"") == "<none>");
    CHECK(unquoted("\"a\\\"") == "<none>");
}

TEST_CASE("stringified containers are taken apart") {
    CHECK(elements_of("{}") == text_parts{});
    CHECK(elements_of("{1}") == text_parts{"1"});
    CHECK(elements_of("{1, 2, 3}") == text_parts{"1", "2", "3"});
    CHECK(elements_of("[{1, 2}, \"a, b\", (3, 4)]") == text_parts{"{1, 2}", "\"a, b\"", "(3, 4)"});
    CHECK(elements_of("{\"}\", '\\'', x}") == text_parts{"\"}\"", "'\\''", "x"});
    CHECK(elements_of("12") == text_parts{"<none>"});
    CHECK(elements_of("{1} {2}") == text_parts{"<none>"});
    CHECK(elements_of("{(}") == text_parts{"<none>"});
    CHECK(elements_of("{1]") == text_parts{"<none>"});
    CHECK(elements_of("}1]") == text_parts{"<none>"});
    CHECK(elements_of("(1, 2)") == text_parts{"1", "2"});
}

TEST_CASE("lines keep their ends") {
    CHECK(lines_of("") == text_parts{});
    CHECK(lines_of("a\n\nb") == text_parts{"a\n", "\n", "b"});
    CHECK(lines_of("a\n") == text_parts{"a\n"});
}

TEST_CASE("comparisons as a reader sees them") {
    CHECK(compared("4", "5") == "      values    4 == 5\n");
    CHECK(compared("\"abc\"", "\"abd\"") ==
          "      left      \"abc\"\n"
          "      right     \"abd\"\n"
          "                   ^\n");
    CHECK(compared("{1, 2}", "{1, 3}") ==
          "      left      {1, 2}\n"
          "      right     {1, 3}\n"
          "                    ^\n");
    CHECK(compared("\"x\"", "\"completely other\"") ==
          "      left      \"x\"\n"
          "      right     \"completely other\"\n");
    CHECK(compared("\"a\\nb\\n\"", "\"a\\nb\"") ==
          "      diff      - left  + right\n"
          "            1   a\n"
          "            2 - b\n"
          "            2 + b (no line end)\n");
    CHECK(compared("\"caf\u00e9\"", "\"cafe\u0301\"") ==
          "      left      \"caf\u00e9\"\n"
          "      right     \"cafe\u0301\"\n"
          "                    ^\n"
          "      unicode   U+00E9 and U+0065 U+0301\n");
    CHECK(compared("\"caf\u00e9\"", "\"caf\\xE9\"") ==
          "      left      \"caf\u00e9\"\n"
          "      right     \"caf\\xE9\"\n"
          "                    ^^^^\n"
          "      unicode   U+00E9 and byte E9\n");
    CHECK(compared("caf\u00e9 is a name", "caf\\xE9 is a name") ==
          "      left      caf\u00e9 is a name\n"
          "      right     caf\\xE9 is a name\n"
          "                   ^^^^\n"
          "      unicode   U+00E9 and U+005C U+0078 U+0045 U+0039\n");
    // Wide characters are marked where they stand.
    CHECK(compared("\"\xe6\x97\xa5\xe6\x9c\xac x\"", "\"\xe6\x97\xa5\xe6\x9c\xac y\"") ==
          "      left      \"\xe6\x97\xa5\xe6\x9c\xac x\"\n"
          "      right     \"\xe6\x97\xa5\xe6\x9c\xac y\"\n"
          "                      ^\n");
}

TEST_CASE("the places of several differences, and of nested ones, are said") {
    CHECK(compared("{\"apple\": 3, \"banana\": 5, \"cherry\": 7}", "{\"apple\": 3, \"banana\": 6, \"date\": 9}") ==
          "      left      {\"apple\": 3, \"banana\": 5, \"cherry\": 7}\n"
          "      right     {\"apple\": 3, \"banana\": 6, \"date\": 9}\n"
          "      differ    [\"banana\"]  5 != 6\n"
          "                [\"cherry\"]  7, not in right\n"
          "                [\"date\"]  9, not in left\n");
    CHECK(compared("[[\"a\", \"b\"], [\"c\", \"d\"]]", "[[\"a\", \"b\"], [\"c\", \"D\"]]") ==
          "      left      [[\"a\", \"b\"], [\"c\", \"d\"]]\n"
          "      right     [[\"a\", \"b\"], [\"c\", \"D\"]]\n"
          "      differ    [1][1]  \"d\" != \"D\"\n");
    std::string left;
    std::string right;
    for (int i = 0; i < 1000; ++i) {
        left += (i == 0 ? "[" : ", ") + std::to_string(i);
        right += (i == 0 ? "[" : ", ") + std::to_string(i == 567 ? -1 : i);
    }
    CHECK(compared(left + "]", right + "]") == "      differ    [567]  567 != -1\n");
    CHECK(compared(left + ", 5]", right + "]") ==
          "      sizes     1,001 and 1,000 elements\n"
          "      differ    [567]  567 != -1\n"
          "                [1000]  5, not in right\n");
    const std::string far = std::string(90, 'x');
    CHECK(compared("[\"" + far + "a\"]", "[\"" + far + "b\"]", 80).find("      differ    [0]  \n                - ") ==
          0);
}

TEST_CASE("long lines are cut around what differs") {
    const std::string left = "\"" + std::string(500, 'a') + "X" + std::string(500, 'b') + "\"";
    const std::string right = "\"" + std::string(500, 'a') + "Y" + std::string(500, 'b') + "\"";
    CHECK(compared(left, right, 60) ==
          "      left      \xe2\x80\xa6"
          "aaaaaaaaaaaaaaXbbbbbbbbbbbbbbbbbbbbbbbbbbb\xe2\x80\xa6\n"
          "      right     \xe2\x80\xa6"
          "aaaaaaaaaaaaaaYbbbbbbbbbbbbbbbbbbbbbbbbbbb\xe2\x80\xa6\n"
          "                               ^\n"
          "      sizes     1,001 and 1,001 characters, alike up to character 500\n");
}

TEST_CASE("a hundred differing lines are bounded") {
    std::string left = "\"";
    std::string right = "\"";
    for (int i = 0; i < 1000; ++i) {
        left += "l" + std::to_string(i) + "\\n";
        right += "r" + std::to_string(i) + "\\n";
    }
    const std::string shown = compared(left + "\"", right + "\"");
    CHECK(shown.size() < 4000);
    CHECK(shown.find("the rest of the differences is left out") != std::string::npos);
}

TEST_CASE("hostile values end up on lines of their own, cut and harmless") {
    const std::string evil = "\x1b[2J\xff" + std::string(100000, 'x');
    std::uint32_t state = 3;
    for (const std::string& left :
         {evil, "\"" + evil + "\"", "{" + evil + ", 1}", std::string("\"\\"), std::string("{\"")}) {
        for (const std::string& right : {evil + "y", std::string(), "\"a\\n" + evil + "\"", std::string("{,}")}) {
            for (const std::size_t width : {std::size_t{0}, std::size_t{20}, std::size_t{80}}) {
                const std::string shown = compared(left, right, width);
                CHECK(shown.find('\x1b') == std::string::npos);
                CHECK(shown.size() < 20000);
                state += static_cast<std::uint32_t>(shown.size());
            }
        }
    }
    CHECK(state != 3);
}
