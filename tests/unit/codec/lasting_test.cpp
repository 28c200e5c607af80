#include <doctest/doctest.h>

#include <cordon/engine/codec/codec.hpp>

#include <limits>
#include <memory>
#include <string>

using namespace cordon::engine;
using codec::form;

namespace {

struct inner {
    std::uint32_t number = 3;
    template <class Archive>
    void fields(Archive& a) {
        a(number);
    }
};

/// As an older cordon has it.
struct older {
    std::string text = "none";
    vector<inner> list;
    template <class Archive>
    void fields(Archive& a) {
        a(text, list);
    }
};

struct newer_inner {
    std::uint32_t number = 3;
    std::uint32_t added = 4;
    template <class Archive>
    void fields(Archive& a) {
        a(named("number", number), named_if_any("added", added));
    }
};

struct newer {
    std::string text = "none";
    vector<newer_inner> list;
    newer_inner added;
    cordon::engine::optional<double> rate = 0.5;
    template <class Archive>
    void fields(Archive& a) {
        a(text, list, inlined(added), rate);
    }
};

struct owner {
    vector<std::string_view> texts;
    vector<owned<std::string>> storage;
    template <class Archive>
    void fields(Archive& a) {
        a(texts);
    }
};

template <class Value>
std::string encoded(const Value& value) {
    std::string bytes;
    codec::encoder<std::string, form::lasting>{bytes}(value);
    return bytes;
}

template <class Value>
bool decode(std::string_view bytes, Value& value) {
    codec::decoder<form::lasting> read(bytes);
    read(value);
    return read.complete();
}

}  // namespace

TEST_CASE("what an older version wrote is read with defaults, at every depth") {
    older old;
    old.text = "text";
    old.list = {{7}, {8}};
    newer back;
    back.added.added = 44;
    REQUIRE(decode(encoded(old), back));
    CHECK(back.text == "text");
    REQUIRE(back.list.size() == 2);
    CHECK(back.list[1].number == 8);
    CHECK(back.list[1].added == 4);
    CHECK(back.added.added == 44);
    CHECK(back.rate == 0.5);
}

TEST_CASE("fields that this version does not know are refused, at every depth") {
    older back;
    CHECK_FALSE(decode(encoded(newer()), back));
    vector<inner> list;
    CHECK_FALSE(decode(encoded(vector<newer_inner>{{1, 2}}), list));
    CHECK(decode(encoded(vector<newer_inner>()), list));
}

TEST_CASE("a struct costs a byte, a list of structs one for all of them") {
    CHECK(encoded(inner()) == std::string("\1\3", 2));
    CHECK(encoded(vector<inner>{{1}, {2}, {3}}) == std::string("\3\1\1\2\3", 5));
    CHECK(encoded(vector<inner>()) == std::string("\0", 1));
}

TEST_CASE("rates and values that may be missing come back") {
    newer sent, back;
    for (const double rate : {0.0, 0.25, -1e300, std::numeric_limits<double>::infinity()}) {
        sent.rate = rate;
        REQUIRE(decode(encoded(sent), back));
        CHECK(back.rate == rate);
    }
    sent.rate.reset();
    REQUIRE(decode(encoded(sent), back));
    CHECK_FALSE(back.rate);
}

TEST_CASE("a shared value owns the bytes of its texts") {
    std::shared_ptr<const owner> back;
    {
        std::string text = "borrowed";
        auto made = std::make_shared<owner>();
        made->texts = {text, ""};
        std::string bytes = encoded(std::shared_ptr<const owner>(made));
        REQUIRE(decode(bytes, back));
        bytes.assign(bytes.size(), 'x');
    }
    REQUIRE(back->texts.size() == 2);
    CHECK(back->texts[0] == "borrowed");
    REQUIRE(decode(encoded(std::shared_ptr<const owner>()), back));
    CHECK((back == nullptr));
}

TEST_CASE("times are cut to what sums of them can hold") {
    duration back{};
    REQUIRE(decode(encoded(duration::max()), back));
    CHECK(back == duration(std::int64_t{1} << 52));
    REQUIRE(decode(encoded(duration::min()), back));
    CHECK(back == duration(-(std::int64_t{1} << 52)));
    REQUIRE(decode(encoded(duration(-5)), back));
    CHECK(back == duration(-5));
}
