#include <doctest/doctest.h>

#include <cordon/engine/base/shell_words.hpp>

#include <initializer_list>
#include <string>

using namespace cordon::engine;

namespace {

void check_words(const char* line, std::initializer_list<const char*> expected) {
    CAPTURE(line);
    const optional<vector<std::string>> words = shell_words(line);
    REQUIRE(words.has_value());
    REQUIRE(words->size() == expected.size());
    std::size_t i = 0;
    for (const char* each : expected)
        CHECK((*words)[i++] == each);
}

}  // namespace

TEST_CASE("words are split as a POSIX shell does") {
    check_words("", {});
    check_words(" \t\n ", {});
    check_words("one", {"one"});
    check_words("  one   two\tthree\n", {"one", "two", "three"});
    check_words("'a b' \"c d\"", {"a b", "c d"});
    check_words("a'b'\"c\"d", {"abcd"});
    check_words("'' \"\"", {"", ""});
    check_words("a\\ b \\' \\\\", {"a b", "'", "\\"});
    check_words("'\\n' \"\\n\" \"\\\"\" \"\\\\\"", {"\\n", "\\n", "\"", "\\"});
    check_words("'\"' \"'\"", {"\"", "'"});
    check_words("$HOME *", {"$HOME", "*"});
    check_words("a\\", {"a\\"});
}

TEST_CASE("an open quote is an error") {
    for (const char* line : {"'", "\"", "a 'b", "a \"b\\\"", "'a\"b\""}) {
        CAPTURE(line);
        CHECK_FALSE(shell_words(line).has_value());
    }
}
