#include <doctest/doctest.h>

#include <cordon/engine/base/wrap.hpp>

#include <string>
#include <string_view>

using cordon::engine::wrapped;

TEST_CASE("lines that fit stay as they are") {
    for (const std::string_view line : {"", "short", "exactly ten", "  margin"})
        CHECK(wrapped(line, 11) == line);
}

TEST_CASE("lines are broken between words, and go on under what stands last in columns") {
    CHECK(wrapped("  one two three four", 12) == "  one two\n  three four");
    CHECK(wrapped("     FAIL  1.2 s  one name of a test that is long", 30) ==
          "     FAIL  1.2 s  one name of\n           a test that is long");
    CHECK(wrapped("  runs      7 of 37 failed, over 9 workers", 26) ==
          "  runs      7 of 37\n            failed, over 9\n            workers");
}

TEST_CASE("a word that is too long stays whole") {
    CHECK(wrapped("see /a/path/that/is/longer/than/the/line now", 12) ==
          "see\n/a/path/that/is/longer/than/the/line\nnow");
    CHECK(wrapped("/a/path/that/is/longer", 5) == "/a/path/that/is/longer");
}

TEST_CASE("colors take no room, and wide characters two columns") {
    CHECK(wrapped("\x1b[31mred\x1b[0m and \x1b[2mdim\x1b[0m", 11) == "\x1b[31mred\x1b[0m and \x1b[2mdim\x1b[0m");
    CHECK(wrapped("\x1b[31mred\x1b[0m and \x1b[2mdim\x1b[0m", 8) == "\x1b[31mred\x1b[0m and\n\x1b[2mdim\x1b[0m");
    CHECK(wrapped("\u65e5\u672c \u8a9e", 6) == "\u65e5\u672c\n\u8a9e");
}

TEST_CASE("no part is wider than asked, and no word is lost") {
    const std::string text =
        "     FAIL  12.0 ms  a name (with a remark in brackets that goes on) slow: over 5.00 s, and more of it";
    for (std::size_t columns = 20; columns < 110; ++columns) {
        const std::string broken = wrapped(text, columns);
        std::string joined;
        for (std::size_t begin = 0; begin <= broken.size();) {
            const std::size_t end = std::min(broken.find('\n', begin), broken.size());
            CHECK(end - begin <= columns);
            for (std::size_t i = begin; i < end; ++i)
                if (broken[i] != ' ') joined += broken[i];
            begin = end + 1;
        }
        std::string plain;
        for (const char c : text)
            if (c != ' ') plain += c;
        CHECK(joined == plain);
    }
}
