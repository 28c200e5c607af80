#include <doctest/doctest.h>

#include <cordon/engine/text/json_writer.hpp>

#include <cmath>
#include <limits>
#include <string>

using namespace cordon::engine;
using text::json_writer;

namespace {

std::string json_string(std::string_view text) {
    std::string out;
    text::append_json_string(out, text);
    return out;
}

template <class Write>
std::string written(Write write) {
    std::string out;
    json_writer json(out);
    write(json);
    return out;
}

}  // namespace

TEST_CASE("strings") {
    CHECK(json_string("") == "\"\"");
    CHECK(json_string("plain") == "\"plain\"");
    CHECK(json_string("a\"b\\c\n\t\r\x01\x7f") == "\"a\\\"b\\\\c\\n\\t\\u000d\\u0001\\u007f\"");
    CHECK(json_string(std::string_view("\0", 1)) == "\"\\u0000\"");
    CHECK(json_string("\xe6\x97\xa5") == "\"\xe6\x97\xa5\"");
    CHECK(json_string("\xff\"\xe6\x97") == "\"\xef\xbf\xbd\\\"\xef\xbf\xbd\"");
}

TEST_CASE("numbers") {
    CHECK(written([](json_writer& j) { j.number(std::numeric_limits<std::uint64_t>::max()); }) ==
          "18446744073709551615");
    CHECK(written([](json_writer& j) { j.number(std::numeric_limits<std::int64_t>::min()); }) ==
          "-9223372036854775808");
    CHECK(written([](json_writer& j) { j.number(1.5); }) == "1.500");
    CHECK(written([](json_writer& j) { j.number(std::nan("")); }) == "null");
    CHECK(written([](json_writer& j) { j.number(std::numeric_limits<double>::infinity()); }) == "null");
    CHECK(written([](json_writer& j) { j.milliseconds(duration(0)); }) == "0");
    CHECK(written([](json_writer& j) { j.milliseconds(duration(1)); }) == "0.000001");
    CHECK(written([](json_writer& j) { j.milliseconds(duration(1'500'000)); }) == "1.5");
    CHECK(written([](json_writer& j) { j.milliseconds(duration(-20'000'000)); }) == "-20");
    CHECK(written([](json_writer& j) { j.milliseconds(duration(10'000'000'000)); }) == "10000");
}

TEST_CASE("commas") {
    const std::string text = written([](json_writer& j) {
        j.open('{');
        j.key("a").open('[');
        j.close(']');
        j.key("b").open('[');
        j.number(1);
        j.open('{');
        j.close('}');
        j.boolean(true);
        j.close(']');
        j.key("c").null();
        j.close('}');
    });
    CHECK(text == R"({"a": [], "b": [1, {}, true], "c": null})");
}

TEST_CASE("one special byte anywhere makes a text one that is not plain") {
    for (int byte = 0; byte < 256; ++byte) {
        const bool plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(20, 'a');
            text[at] = static_cast<char>(byte);
            if (text::is_plain_json(text) != plain) FAIL_CHECK("byte " << byte << " at " << at);
        }
    }
    CHECK(text::is_plain_json(""));
}

TEST_CASE("long texts and names come out as short ones do") {
    for (const std::size_t size : {0u, 79u, 80u, 81u, 5000u}) {
        const std::string value(size, 'v');
        std::string text;
        json_writer json(text);
        json.open('[');
        json.string(value);
        json.raw(value);
        json.close(']');
        CHECK(text == "[\"" + value + "\", " + value + "]");
    }
}
