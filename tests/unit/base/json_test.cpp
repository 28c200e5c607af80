#include <doctest/doctest.h>

#include <cordon/engine/base/json.hpp>

#include <string>

using namespace cordon::engine;
using kind = json_value::kind;

TEST_CASE("every kind of value is read") {
    const optional<json_value> read = parse_json(
        " {\"none\": null, \"yes\": true, \"no\":false, \"number\": -12.5e+3, \"text\": \"a\", \"list\": [1, [], "
        "{}]}\r\n");
    REQUIRE(read.has_value());
    CHECK(read->is(kind::object));
    CHECK(read->find("none")->is(kind::null));
    CHECK(read->find("yes")->text == "true");
    CHECK(read->find("no")->text == "false");
    CHECK(read->find("number")->text == "-12.5e+3");
    CHECK(read->text_of("text") == "a");
    CHECK(read->text_of("number") == "");
    CHECK(read->text_of("absent") == "");
    CHECK(read->find("list")->items.size() == 3);
    CHECK(read->find("absent") == nullptr);
}

TEST_CASE("escapes become UTF-8, and half a surrogate pair becomes U+FFFD") {
    const auto text_of = [](const char* json) { return parse_json(json)->text; };
    CHECK(text_of(R"("\"\\\/\b\f\n\r\t")") == "\"\\/\b\f\n\r\t");
    CHECK(text_of(R"("\u0041\u00e9\u20AC\ud83d\uDE00")") == "A\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80");
    CHECK(text_of(R"("\ud800")") == "\xEF\xBF\xBD");
    CHECK(text_of(R"("\udc00x")") == "\xEF\xBF\xBDx");
    CHECK(text_of(R"("\ud800\u0041")") ==
          "\xEF\xBF\xBD"
          "A");
    CHECK(text_of("\"\\u0000\"") == std::string(1, '\0'));
}

TEST_CASE("what is not JSON is refused") {
    for (const char* text :
         {"",       " ",       "nul",         "truer",      "[1,]",   "[1 2]",      "[",   "]",
          "{",      "{}x",     "{\"a\"}",     "{\"a\":}",   "{a:1}",  "{\"a\":1,}", "01",  "-",
          "1.",     ".5",      "1e",          "1e+",        "+1",     "0x1",        "NaN", "\"",
          "\"\\\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u123\"", "\"\n\"", "'a'",        "1 1", "// a\n1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_json(text).has_value());
    }
}

TEST_CASE("deep nesting is refused before it uses up the stack") {
    const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
    CHECK(parse_json(nested(60)).has_value());
    CHECK_FALSE(parse_json(nested(100)).has_value());
    CHECK_FALSE(parse_json(std::string(10'000'000, '[')).has_value());
}
