#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/text/source_calls.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

snapshot_change change(std::uint32_t line, std::string expression, std::string expected, std::string text) {
    snapshot_change made;
    made.in_source = true;
    made.line = line;
    made.macro = "CHECK_INLINE_SNAPSHOT";
    made.expression = std::move(expression);
    made.expected = std::move(expected);
    made.text = std::move(text);
    return made;
}

std::string edited(const std::string& source, const vector<snapshot_change>& changes) {
    const result<std::string> made = with_new_literals(source, changes);
    return made ? made.value() : "error: " + made.failure().detail;
}

/// The value that a test gets which compiles this literal.
std::string read_back(const std::string& literal) {
    const vector<source_call> calls = inline_calls("CHECK_INLINE_SNAPSHOT(x, " + literal + ")");
    REQUIRE(calls.size() == 1);
    REQUIRE(calls[0].is_literal);
    return inline_value(calls[0].value);
}

}  // namespace

TEST_CASE("a literal that fills lines of its own loses its indentation") {
    CHECK(inline_value("") == "");
    CHECK(inline_value("one") == "one");
    CHECK(inline_value("one\n  two") == "one\n  two");
    CHECK(inline_value("\n    one\n      two\n    ") == "one\n  two");
    CHECK(inline_value("\n    one\n\n    two\n    ") == "one\n\ntwo");
    CHECK(inline_value("\n    one\n  \n    two\n    ") == "one\n\ntwo");
    CHECK(inline_value("\n\tone\n\t") == "one");
    CHECK(inline_value("\none\n") == "one");
    CHECK(inline_value("\n  one\n    ") == "\n  one\n    ");  // less indented than its end
    CHECK(inline_value("\n  one") == "\n  one");              // something follows the last line end
    CHECK(inline_value("\n") == "");
    CHECK(inline_value("\n\n\n") == "\n");
}

TEST_CASE("literals are short where they can be") {
    CHECK(inline_literal("", "    ") == "\"\"");
    CHECK(inline_literal("a b", "    ") == "\"a b\"");
    CHECK(inline_literal("a \"b\" \\", "    ") == "R\"(a \"b\" \\)\"");
    CHECK(inline_literal("one\n\n  two", "    ") == "R\"(\n    one\n\n      two\n    )\"");
    CHECK(inline_literal("f(\")\")", "") == "R\"_(f(\")\"))_\"");
    CHECK(inline_literal(")\" )_\"", "") == "R\"__()\" )_\")__\"");
    CHECK(inline_literal("a\r\nb\r\n", "  ") == "\n  \"a\\r\\n\"\n  \"b\\r\\n\"");
    CHECK(inline_literal(std::string("\0"
                                     "1\xff\x7f\"\\?\?=",
                                     9),
                         "  ") == "\"\\0001\\377\\177\\\"\\\\?\\?=\"");
    CHECK(inline_literal("h\u00e9llo \u202e", "") == "\"h\u00e9llo \\342\\200\\256\"");
}

TEST_CASE("whatever the value, its literal gives it back") {
    random_source random(7);
    const std::string parts[] = {"\n",  "\n",   "\n",   " ",      "  ",     "\t",   "a",    "b",
                                 ")\"", ")_\"", "\"",   "\\",     "?\?=",   "\r",   "\r\n", std::string(1, '\0'),
                                 "7",   "\xff", "\xc3", "\u00e4", "\u202e", "R\"(", "//",   "/*",
                                 "'",   ",",    ")",    "("};
    for (int round = 0; round < 20'000; ++round) {
        std::string value;
        for (std::uint64_t left = random.below(12); left > 0; --left)
            value += parts[random.below(std::size(parts))];
        const std::string indent(random.below(3) * 4, random.below(2) ? ' ' : '\t');
        const std::string literal = inline_literal(value, indent);
        INFO(literal);
        REQUIRE(read_back(literal) == value);
    }
    std::string all_delimiters;
    for (int i = 0; i <= 16; ++i)
        all_delimiters += ")" + std::string(static_cast<std::size_t>(i), '_') + "\"";
    CHECK(read_back(inline_literal(all_delimiters, "  ")) == all_delimiters);
}

TEST_CASE("calls are found in any source, and nothing else is") {
    const std::string source = R"__(
// CHECK_INLINE_SNAPSHOT(comment, "1")
/* CHECK_INLINE_SNAPSHOT(comment, "2") */
const char* text = "CHECK_INLINE_SNAPSHOT(text, \"3\")"; char quote = '"';
const char* raw = R"x(CHECK_INLINE_SNAPSHOT(raw, "4"))x"; int big = 1'000'000;
#if 0
 it's excluded
#endif
CHECK_INLINE_SNAPSHOT(f(a, b)[1], "5");
  CORDON_REQUIRE_INLINE_SNAPSHOT ( x /* why */ + 1 ,
      "6" "\x41" /* and */ R"(7)"
  );
CHECK_INLINE_SNAPSHOT(y, constant); MY_CHECK_INLINE_SNAPSHOT(z, "8"); CHECK_INLINE_SNAPSHOT("a" "b", ""); CHECK_INLINE_SNAPSHOT(
)__";
    const vector<source_call> calls = inline_calls(source);
    REQUIRE(calls.size() == 3);
    CHECK(calls[0].expression == "f(a,b)[1]");
    CHECK(calls[0].value == "5");
    CHECK(calls[1].macro == "REQUIRE_INLINE_SNAPSHOT");
    CHECK(calls[1].expression == "x+1");
    CHECK(calls[1].value == "6A7");
    CHECK(source.substr(calls[1].literal_begin, calls[1].literal_end - calls[1].literal_begin) ==
          "\"6\" \"\\x41\" /* and */ R\"(7)\"");
    CHECK(calls[2].expression == "\"a\"\"b\"");
}

TEST_CASE("literals are replaced, and all other bytes stay") {
    const std::string source =
        "int a; // \xff\n\tCHECK_INLINE_SNAPSHOT(one, \"\");  // why\n    CHECK_INLINE_SNAPSHOT(two(1,\n 2), "
        "\"x\"\n);\nint b;";
    CHECK(
        edited(source, {change(3, "two(1, 2)", "x", "b"), change(2, "one", "", "a\nb")}) ==
        "int a; // \xff\n\tCHECK_INLINE_SNAPSHOT(one, R\"(\n\t\ta\n\t\tb\n\t\t)\");  // why\n    CHECK_INLINE_SNAPSHOT("
        "two(1,\n 2), \"b\"\n);\nint b;");
    CHECK(edited(source, {change(5, "two(1, 2)", "x", "x")}) ==
          "int a; // \xff\n\tCHECK_INLINE_SNAPSHOT(one, \"\");  // why\n    CHECK_INLINE_SNAPSHOT(two(1,\n 2), "
          "\"x\"\n);\nint b;");
}

TEST_CASE("escapes in several lines begin in a line of their own") {
    const std::string wanted = "  CHECK_INLINE_SNAPSHOT(x,\n      \"a\\r\\n\"\n      \"b\");\n";
    CHECK(edited("  CHECK_INLINE_SNAPSHOT(x, \"\");\n", {change(1, "x", "", "a\r\nb")}) == wanted);
    CHECK(edited(wanted, {change(1, "x", "a\r\nb", "c\r\nb")}) ==
          "  CHECK_INLINE_SNAPSHOT(x,\n      \"c\\r\\n\"\n      \"b\");\n");
}

TEST_CASE("line ends of Windows stay, and are those of new lines") {
    const std::string source = "int a;\r\n  CHECK_INLINE_SNAPSHOT(x, R\"(\r\n    a\r\n    )\");\r\n";
    CHECK(edited(source, {change(2, "x", "\n    a\n    ", "b\nc")}) ==
          "int a;\r\n  CHECK_INLINE_SNAPSHOT(x, R\"(\r\n      b\r\n      c\r\n      )\");\r\n");
}

TEST_CASE("a place that cannot be told or has changed is refused") {
    const std::string twice =
        "CHECK_INLINE_SNAPSHOT(x, \"\"); CHECK_INLINE_SNAPSHOT(x, \"\");\nCHECK_INLINE_SNAPSHOT(y, \"1\");";
    CHECK(edited(twice, {change(1, "x", "", "a")}).find("error: CHECK_INLINE_SNAPSHOT(x) was not found at line 1") ==
          0);
    CHECK(edited(twice, {change(2, "y", "2", "a")}).find("error: ") == 0);
    CHECK(edited(twice, {change(1, "y", "1", "a")}).find("error: ") == 0);
    CHECK(edited(twice, {change(2, "z", "1", "a")}).find("error: ") == 0);
    CHECK(edited(twice, {change(2, "y", "1", "a")}).find("y, \"a\"") != std::string::npos);
    CHECK(edited("", {change(1, "y", "1", "a")}).find("error: ") == 0);
}
