#include <doctest/doctest.h>

#include <cordon/engine/text/json_writer.hpp>

#include <string>

using namespace cordon::engine;
using text::json_packing;
using text::json_writer;

namespace {

template <class Write>
std::string packed(json_packing& packing, Write write) {
    std::string out;
    json_writer json(out, &packing);
    write(json);
    return out;
}

}  // namespace

TEST_CASE("packed objects are their values and the number of their shape") {
    json_packing packing;
    const auto write = [](json_writer& json) {
        json.open('{');
        json.key("a").number(1);
        json.key("b").open('[');
        for (int i = 0; i < 2; ++i) {
            json.open('{');
            json.key("c").string("x");
            json.key("d").null();
            json.close('}');
        }
        json.close(']');
        json.key("e").boolean(true);
        json.close('}');
    };
    CHECK(packed(packing, write) == R"([1,[["x",null,1],["x",null,1],0],true,2])");
    REQUIRE(packing.shapes().size() == 2);
    CHECK(packing.shapes()[0] == "c d ");
    CHECK(packing.shapes()[1] == "a b e ");
    CHECK(packed(packing, [](json_writer& json) {
              json.open('{');
              json.close('}');
          }) == "[3]");
    CHECK(packed(packing, [](json_writer& json) {
              json.open('[');
              json.close(']');
          }) == "[0]");
}

TEST_CASE("packed numbers are what a double can hold, durations are cut to microseconds") {
    json_packing packing;
    CHECK(packed(packing, [](json_writer& json) { json.number(std::uint64_t{1} << 53); }) == "9007199254740992");
    CHECK(packed(packing, [](json_writer& json) { json.number((std::uint64_t{1} << 53) + 1); }) ==
          "\"9007199254740993\"");
    CHECK(packed(packing, [](json_writer& json) { json.milliseconds(duration(1'234'567)); }) == "1.235");
    CHECK(packed(packing, [](json_writer& json) { json.milliseconds(duration(1)); }) == "0");
}

TEST_CASE("a long text is cut in the middle, between characters") {
    json_packing packing;
    const std::string text = packed(packing, [](json_writer& json) {
        std::string snow;
        for (int i = 0; i < 50'000; ++i) {
            snow += "\xe2\x98\x83";
        }
        json.string("begin" + snow + "end");
    });
    CHECK(text.size() < 66'000);
    CHECK(text.substr(0, 6) == "\"begin");
    CHECK(text.substr(text.size() - 4) == "end\"");
    CHECK(text.find("\\n[... ") != std::string::npos);
    CHECK(text.find("\xef\xbf\xbd") == std::string::npos);
}
