#include <doctest/doctest.h>

#include <cordon/engine/report/json/json.hpp>

#include "unit/report/golden.hpp"
#include "unit/report/scripted_run.hpp"

#include <cmath>
#include <limits>

using namespace scripted;
using report::json_writer;

namespace {

std::string reported(const run& script) {
    string_output output;
    const auto json = report::make_json(output);
    script.feed(*json);
    return output.text;
}

std::string json_string(std::string_view text) {
    std::string out;
    report::append_json_string(out, text);
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

TEST_CASE("the document of a run with everything in it") {
    check_golden("json/everything.json", reported(of_everything()));
}

TEST_CASE("the document of a run with hostile bytes") {
    check_golden("json/hostile.json", reported(of_hostile_bytes()));
}

TEST_CASE("an empty run, a shard, a cancelled run") {
    run script;
    script.info.shard = shard_choice{2, 3, false};
    script.info.started_at.clear();
    script.start();
    script.finish(ms(1), 0, "fail-fast: 1 test failed");
    check_golden("json/empty.json", reported(script));
}

TEST_CASE("tests come in the order of the list, attempts in the order of time") {
    run script;
    script.add("", "first");
    script.add("", "second");
    script.add("", "never selected");
    script.start();
    script.events[0].get_if<run_started>()->selected = {1, 0};
    script.pass(1, ms(1));
    attempt_result bad = run::attempt(0, ending::failed, ms(1));
    script.end(bad);
    script.pass(0, ms(1));
    script.finish(ms(2));
    const std::string text = reported(script);
    const std::size_t first = text.find("\"first\"");
    const std::size_t second = text.find("\"second\"");
    REQUIRE(first != std::string::npos);
    CHECK(first < second);
    CHECK(text.find("\"failed\"", first) < text.find("\"passed\"", text.find("\"attempts\"", first)));
    CHECK(text.find("never selected") == std::string::npos);
}

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

TEST_CASE("a hundred thousand passing tests are written in pieces") {
    run script;
    for (int i = 0; i < 20000; ++i) {
        script.add("suite", "name");
    }
    script.start();
    for (std::size_t i = 0; i < 20000; ++i) {
        script.pass(i, us(3));
    }
    script.finish(ms(9));
    string_output output;
    const auto json = report::make_json(output);
    script.feed(*json);
    CHECK(output.writes > 100);
    CHECK(output.text.back() == '\n');
}

TEST_CASE("one special byte anywhere makes a text one that is not plain") {
    for (int byte = 0; byte < 256; ++byte) {
        const bool plain = byte >= 0x20 && byte < 0x7F && byte != '"' && byte != '\\';
        for (std::size_t at = 0; at < 20; ++at) {
            std::string text(20, 'a');
            text[at] = static_cast<char>(byte);
            if (report::is_plain_json(text) != plain) FAIL_CHECK("byte " << byte << " at " << at);
        }
    }
    CHECK(report::is_plain_json(""));
}

TEST_CASE("long texts and names come out as short ones do") {
    for (const std::size_t size : {0u, 79u, 80u, 81u, 5000u}) {
        const std::string value(size, 'v');
        std::string text;
        report::json_writer json(text);
        json.open('[');
        json.string(value);
        json.raw(value);
        json.close(']');
        CHECK(text == "[\"" + value + "\", " + value + "]");
    }
}
