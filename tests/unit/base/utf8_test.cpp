#include <doctest/doctest.h>

#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/width.hpp>

#include <string>

using namespace cordon::engine;

namespace {

std::string repaired(std::string_view text) {
    std::string out;
    append_utf8(out, text);
    return out;
}

}  // namespace

TEST_CASE("code points") {
    const struct {
        const char* text;
        std::size_t size;
        char32_t value;
        bool valid;
    } rows[] = {
        {"a", 1, U'a', true},
        {"\xc2\x80", 2, 0x80, true},
        {"\xdf\xbf", 2, 0x7FF, true},
        {"\xe0\xa0\x80", 3, 0x800, true},
        {"\xed\x9f\xbf", 3, 0xD7FF, true},
        {"\xef\xbf\xbf", 3, 0xFFFF, true},
        {"\xf0\x90\x80\x80", 4, 0x10000, true},
        {"\xf4\x8f\xbf\xbf", 4, 0x10FFFF, true},
        {"\x80", 1, 0xFFFD, false},
        {"\xc1\x80", 1, 0xFFFD, false},
        {"\xe0\x80\x80", 1, 0xFFFD, false},
        {"\xed\xa0\x80", 1, 0xFFFD, false},
        {"\xf4\x90\x80\x80", 1, 0xFFFD, false},
        {"\xf5", 1, 0xFFFD, false},
        {"\xe2\x82", 2, 0xFFFD, false},
        {"\xf0\x9f\x98", 3, 0xFFFD, false},
        {"\xf0\x9fz", 2, 0xFFFD, false},
    };
    for (const auto& row : rows) {
        const code_point found = first_code_point(row.text);
        CHECK(found.size == row.size);
        CHECK(found.value == row.value);
        CHECK(found.valid == row.valid);
    }
}

TEST_CASE("broken sequences are replaced, once each") {
    CHECK(repaired("") == "");
    CHECK(repaired("gr\xc3\xbc\xc3\x9f dich") == "gr\xc3\xbc\xc3\x9f dich");
    CHECK(repaired("\xff") == "\xef\xbf\xbd");
    CHECK(repaired("a\xe2\x82z") == "a\xef\xbf\xbdz");
    CHECK(repaired("\xf0\x9f\x98") == "\xef\xbf\xbd");
    CHECK(repaired("\xed\xa0\x80").size() == 9);
    CHECK(repaired(std::string("\0\x01", 2)) == std::string("\0\x01", 2));
}

TEST_CASE("what is repaired needs no repair") {
    std::uint32_t state = 1;
    for (int round = 0; round < 2000; ++round) {
        std::string text;
        for (int i = 0; i < 12; ++i) {
            state = state * 1664525 + 1013904223;
            text += static_cast<char>(state >> 24);
        }
        const std::string once = repaired(text);
        if (repaired(once) != once) FAIL_CHECK("round ", round);
    }
}

TEST_CASE("widths on a terminal") {
    CHECK(width_of(std::string_view("abc")) == 3);
    CHECK(width_of(std::string_view("\xe6\x97\xa5\xe6\x9c\xac")) == 4);
    CHECK(width_of(std::string_view("e\xcc\x81")) == 1);
    CHECK(width_of(std::string_view("\xf0\x9f\x98\x80")) == 2);
    CHECK(width_of(std::string_view("\xef\xbc\xa1")) == 2);  // full-width A
    CHECK(width_of(std::string_view("\xe2\x80\xa6")) == 1);
    CHECK(width_of(std::string_view("\xff")) == 1);
    CHECK(width_of(U'\u0300') == 0);
    CHECK(width_of(U'\u1160') == 0);
    CHECK(width_of(U'\u1100') == 2);
    CHECK(width_of(U'\uac00') == 2);
    CHECK(width_of(U'\u2026') == 1);
    CHECK(width_of(char32_t{0x10FFFF}) == 1);
}

TEST_CASE("text is cut between characters and keeps their marks") {
    CHECK(fitting_prefix("abc", 2) == "ab");
    CHECK(fitting_prefix("abc", 9) == "abc");
    CHECK(fitting_prefix("\xe6\x97\xa5\xe6\x9c\xac", 3) == "\xe6\x97\xa5");
    CHECK(fitting_prefix("e\xcc\x81x", 1) == "e\xcc\x81");
    CHECK(shortened("abcdef", 6, "...") == "abcdef");
    CHECK(shortened("abcdefg", 6, "...") == "abc...");
    CHECK(shortened("abcdefg", 2, "...") == "ab");
    CHECK(shortened("abcdefg", 0, "...") == "");
    CHECK(shortened("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 5, "\xe2\x80\xa6") ==
          "\xe6\x97\xa5\xe6\x9c\xac\xe2\x80\xa6");
    CHECK(shortened("\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", 4, "\xe2\x80\xa6") == "\xe6\x97\xa5\xe2\x80\xa6");
}

TEST_CASE("starts of code points") {
    const std::string text = "a\xe6\x97\xa5z";
    CHECK(code_point_start(text, 0) == 0);
    CHECK(code_point_start(text, 2) == 1);
    CHECK(code_point_start(text, 3) == 1);
    CHECK(code_point_start(text, 4) == 4);
    CHECK(code_point_start(text, text.size()) == text.size());
    CHECK(is_plain("abc ~"));
    CHECK(!is_plain("a\n"));
    CHECK(!is_plain("\x7f"));
    CHECK(!is_plain("\xc3\xbc"));
}
