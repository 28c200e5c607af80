#include <doctest/doctest.h>

#include <cordon/engine/base/text.hpp>

#include <initializer_list>
#include <string>

using namespace cordon::engine;

TEST_CASE("numbers for people") {
    CHECK(counted(0) == "0");
    CHECK(counted(999) == "999");
    CHECK(counted(1000) == "1,000");
    CHECK(counted(1234567) == "1,234,567");
    CHECK(counted(18446744073709551615u) == "18,446,744,073,709,551,615");
    CHECK(counted(0, "test") == "0 tests");
    CHECK(counted(1, "test") == "1 test");
    CHECK(counted(2000, "test") == "2,000 tests");
    std::string text;
    append_number(text, 0);
    append_number(text, 18446744073709551615u);
    CHECK(text == "018446744073709551615");
}

TEST_CASE("durations") {
    const struct {
        std::int64_t micros;
        const char* text;
    } rows[] = {
        {-5, "0.00 ms"},
        {0, "0.00 ms"},
        {85, "0.09 ms"},
        {1'234, "1.23 ms"},
        {9'994, "9.99 ms"},
        {9'995, "10.0 ms"},
        {12'340, "12.3 ms"},
        {99'949, "99.9 ms"},
        {99'950, "100 ms"},
        {999'499, "999 ms"},
        {999'500, "1.00 s"},
        {2'345'000, "2.35 s"},
        {12'340'000, "12.3 s"},
        {59'949'000, "59.9 s"},
        {59'950'000, "1m 00s"},
        {125'000'000, "2m 05s"},
        {3'599'400'000, "59m 59s"},
        {3'599'600'000, "1h 00m"},
        {3'720'000'000, "1h 02m"},
        {3'600'000'000'000, "1000h 00m"},
    };
    for (const auto& row : rows) {
        CHECK(duration_text(std::chrono::microseconds(row.micros)) == row.text);
    }
    CHECK(duration_text(duration(499)) == "0.00 ms");
    std::string column;
    append_duration_column(column, std::chrono::seconds(2));
    CHECK(column == " 2.00 s");
}

TEST_CASE("sizes") {
    CHECK(size_text(0) == "0 B");
    CHECK(size_text(1023) == "1023 B");
    CHECK(size_text(1024) == "1.00 KiB");
    CHECK(size_text(1536) == "1.50 KiB");
    CHECK(size_text(24u << 20) == "24.0 MiB");
    CHECK(size_text(1023u << 10) == "1023 KiB");
    CHECK(size_text(std::uint64_t{5} << 40) == "5.00 TiB");
    CHECK(size_text(18446744073709551615u).find("TiB") != std::string::npos);
}

TEST_CASE("what comes from a test cannot steer a terminal") {
    const struct {
        std::string from;
        const char* shown;
    } rows[] = {
        {"", ""},
        {"plain text ~", "plain text ~"},
        {"line\nbreak\ttab\rreturn", "line\\nbreak\\ttab\\rreturn"},
        {std::string("nul\0!", 5), "nul\\x00!"},
        {"\x1b[2J\x1b]0;title\x07", "\\x1b[2J\\x1b]0;title\\x07"},
        {"\x7f", "\\x7f"},
        {"\xc2\x9b"
         "5A",
         "\\x9b5A"},  // the C1 control CSI
        {"gr\xc3\xbc\xc3\x9f", "gr\xc3\xbc\xc3\x9f"},
        {"\xe2\x80\xae"
         "evil",
         "\\u202eevil"},  // right-to-left override
        {"\xe2\x81\xa6\xe2\x80\xa8", "\\u2066\\u2028"},
        {"soft\u00adhyphen \u034f\u180e\u3164\ufff9\ufeff", "soft\\xadhyphen \\u034f\\u180e\\u3164\\ufff9\\ufeff"},
        {"tag \U000e0041, selector \U000e0100, note \U0001d173",
         "tag \\U000e0041, selector \\U000e0100, note \\U0001d173"},
        {"pay\u200cpal a\ufe0f \u200d", "pay\\u200cpal a\\ufe0f \\u200d"},
        {"\U0001f468\u200d\U0001f469 \u2764\ufe0f", "\U0001f468\u200d\U0001f469 \u2764\ufe0f"},  // emoji stay whole
        {"\xff\xfe", "\\xff\\xfe"},
        {"\xe6\x97", "\\xe6\\x97"},           // cut in the middle
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},  // a surrogate
        {"\xc0\x80", "\\xc0\\x80"},           // overlong
    };
    for (const auto& row : rows) {
        CHECK(printable(row.from) == row.shown);
    }
}

TEST_CASE("colours of a test's output are kept, dropped or spelled, other escapes are always spelled") {
    const auto shown = [](std::string_view text, color_escapes colors) {
        std::string out;
        append_printable(out, text, colors, true);
        return out;
    };
    const char* text = "\x1b[1;31mred\x1b[m\tand \x1b[2Jcleared \x1b[38:5:1mindexed \x1b[31";
    CHECK(shown(text, color_escapes::kept) == "\x1b[1;31mred\x1b[m\tand \\x1b[2Jcleared \x1b[38:5:1mindexed \\x1b[31");
    CHECK(shown(text, color_escapes::dropped) == "red\tand \\x1b[2Jcleared indexed \\x1b[31");
    CHECK(shown("\x1b[31mx", color_escapes::spelled) == "\\x1b[31mx");
    CHECK(color_escape_size("\x1b[0m") == 4);
    CHECK(color_escape_size("\x1b[0;1;38;5;200mx") == 15);
    CHECK(color_escape_size("\x1b[?25l") == 0);
    CHECK(color_escape_size("\x1b[" + std::string(100, '1') + "m") == 0);
    CHECK(color_escape_size("\x1b") == 0);
}

TEST_CASE("every byte in every place comes out printable") {
    for (int first = 0; first < 256; ++first) {
        for (int second = 0; second < 256; ++second) {
            const std::string text = {static_cast<char>(first), static_cast<char>(second)};
            const std::string shown = printable(text);
            std::string repaired;
            append_utf8(repaired, shown);
            bool good = repaired == shown && !shown.empty();
            for (const char c : shown) {
                good = good && static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
            }
            if (!good) FAIL_CHECK(first, " ", second);
        }
    }
}

TEST_CASE("lines are taken off one by one") {
    std::string_view text = "one\r\n\ntwo\rthree";
    CHECK(take_line(text) == "one");
    CHECK(take_line(text) == "");
    CHECK(take_line(text) == "two\rthree");
    CHECK(text.empty());
    CHECK(take_line(text) == "");
}
