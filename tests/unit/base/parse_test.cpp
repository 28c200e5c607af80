#include <doctest/doctest.h>
#include <cordon/engine/base/parse.hpp>

#include <string>

using namespace cordon::engine;
using namespace std::chrono_literals;

TEST_CASE("durations that are understood") {
    struct row {
        const char* text;
        duration value;
    };
    const row rows[] = {
        {"0", 0s},
        {"2", 2s},
        {"250ms", 250ms},
        {"2s", 2s},
        {"1.5m", 90s},
        {"1h", 1h},
        {"2h30m", 150min},
        {"1m0.5s", 60500ms},
        {".5", 500ms},
        {"0.000000001", 1ns},
        {"7us", 7us},
        {"3ns", 3ns},
        {"1d", 24h},
        {"0.1s", 100ms},
        {"1.25", 1250ms},
        {"876000h", 876000h},
        {"0.3333333333333333333h", 1199999998800000ns / 1000},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(parse_duration(each.text) == each.value);
    }
}

TEST_CASE("durations that are not") {
    for (const char* text : {"",
                             "-1",
                             "+1",
                             "1 s",
                             " 1",
                             "1s ",
                             "s",
                             "ms",
                             "1x",
                             "1.",
                             "1.s",
                             ".",
                             "1e3",
                             "nan",
                             "inf",
                             "1m2h",
                             "1s1s",
                             "2h30",
                             "1,5s",
                             "0x10",
                             "99999999999999999999",
                             "876001h",
                             "18446744073709551615s",
                             "1S",
                             "1..5s",
                             "--5"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
    CHECK_FALSE(parse_duration(std::string_view("1\0s", 3)));
}

TEST_CASE("sizes") {
    struct row {
        const char* text;
        std::uint64_t value;
    };
    const row rows[] = {
        {"0", 0},
        {"1", 1},
        {"512k", 512 << 10},
        {"512K", 512 << 10},
        {"64M", 64 << 20},
        {"2G", 2ull << 30},
        {"1T", 1ull << 40},
        {"1.5k", 1536},
        {"64MiB", 64 << 20},
        {"100B", 100},
        {"9223372036854775807", 9223372036854775807u},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(parse_size(each.text) == each.value);
    }
    for (const char* text :
         {"", "-1", "1.5", "k", "64MB", "64 M", "1M1k", "9223372036854775808", "99999999T", "nan", "1kk"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_size(text));
    }
}

TEST_CASE("whole numbers") {
    CHECK(parse_unsigned("0") == 0u);
    CHECK(parse_unsigned("18446744073709551615") == 18446744073709551615u);
    CHECK(parse_unsigned("10", 10) == 10u);
    CHECK_FALSE(parse_unsigned("11", 10));
    for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "18446744073709551616", "x"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_unsigned(text));
    }
}

TEST_CASE("seeds and booleans") {
    CHECK(parse_seed("17") == 17u);
    CHECK(parse_seed("0xdeadBEEF") == 0xdeadbeefu);
    CHECK(parse_seed("0xffffffffffffffff") == 0xffffffffffffffffu);
    for (const char* text : {"", "0x", "0xg", "0x10000000000000000", "-1", "beef", "0x@"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_seed(text));
    }
    CHECK(parse_bool("1") == true);
    CHECK(parse_bool("false") == false);
    CHECK_FALSE(parse_bool("TRUE!"));
    CHECK_FALSE(parse_bool(""));
}
