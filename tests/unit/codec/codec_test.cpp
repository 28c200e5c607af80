#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/codec/codec.hpp>

#include <limits>
#include <string>

#include "unit/wire/samples.hpp"

using namespace cordon::engine;
using namespace cordon::engine::codec;
using namespace cordon::engine::wire;

namespace {

template <class Value>
std::string encoded(const Value& value) {
    std::string bytes;
    encoder writer(bytes);
    writer(value);
    return bytes;
}

/// Whether the bytes are taken as one Value, whole.
template <class Value>
bool is_taken(std::string_view bytes) {
    Value value{};
    decoder reader(bytes);
    reader(value);
    return reader.complete();
}

template <class Value>
Value decoded(const std::string& bytes) {
    Value value{};
    decoder reader(bytes);
    reader(value);
    CHECK(reader.complete());
    return value;
}

std::string bytes_of(std::initializer_list<int> numbers) {
    std::string text;
    for (const int number : numbers)
        text.push_back(static_cast<char>(number));
    return text;
}

}  // namespace

TEST_CASE_TEMPLATE("integers come back, at every power of two and at the ends", Value, bool, std::uint8_t,
                   std::uint32_t, std::uint64_t, std::int32_t, std::int64_t) {
    using limits = std::numeric_limits<Value>;
    vector<Value> values{limits::min(), limits::max(), Value(0), Value(1)};
    for (int bit = 0; bit < limits::digits; ++bit) {
        const auto power = static_cast<Value>(std::uint64_t{1} << bit);
        values.push_back(power);
        values.push_back(static_cast<Value>(power - Value(1)));
    }
    for (const Value value : values)
        CHECK(decoded<Value>(encoded(value)) == value);
}

TEST_CASE("small numbers take one byte, whatever their sign") {
    CHECK(encoded(std::uint64_t{0}) == bytes_of({0}));
    CHECK(encoded(std::uint64_t{127}) == bytes_of({0x7F}));
    CHECK(encoded(std::uint64_t{128}) == bytes_of({0x80, 1}));
    CHECK(encoded(std::int64_t{-1}) == bytes_of({1}));
    CHECK(encoded(std::int64_t{1}) == bytes_of({2}));
    CHECK(encoded(std::int64_t{-64}) == bytes_of({0x7F}));
    CHECK(encoded(std::numeric_limits<std::uint64_t>::max()).size() == 10);
}

TEST_CASE("texts and lists carry their length") {
    CHECK(encoded(std::string("ab")) == bytes_of({2, 'a', 'b'}));
    CHECK(encoded(vector<std::string>{"", "x"}) == bytes_of({2, 0, 1, 'x'}));
    const vector<std::string> texts{"", samples::any_bytes(), std::string(300, 'y')};
    CHECK(decoded<vector<std::string>>(encoded(texts)) == texts);
}

TEST_CASE("a value has one form only") {
    CHECK(is_taken<std::uint64_t>(bytes_of({5})));
    CHECK_FALSE(is_taken<std::uint64_t>(bytes_of({0x85, 0})));  // a needless byte
    CHECK_FALSE(is_taken<std::uint64_t>(bytes_of({0x80, 0x80, 0})));
    CHECK_FALSE(is_taken<bool>(bytes_of({2})));
    const std::string most = encoded(std::numeric_limits<std::uint64_t>::max());
    CHECK(is_taken<std::uint64_t>(most));
    CHECK_FALSE(is_taken<std::uint64_t>(most.substr(0, 9) + bytes_of({2})));  // the 65th bit
    CHECK_FALSE(is_taken<std::uint64_t>(std::string(11, '\x80')));
}

TEST_CASE("numbers that are too large for their field are refused") {
    CHECK(is_taken<std::uint8_t>(encoded(255u)));
    CHECK_FALSE(is_taken<std::uint8_t>(encoded(256u)));
    CHECK_FALSE(is_taken<std::uint32_t>(encoded(std::uint64_t{1} << 32)));
    CHECK(is_taken<std::int32_t>(encoded(std::int64_t{-2147483648})));
    CHECK_FALSE(is_taken<std::int32_t>(encoded(std::int64_t{2147483648})));
    CHECK_FALSE(is_taken<std::int32_t>(encoded(std::int64_t{-2147483649})));
}

TEST_CASE("enumerators that do not exist are refused") {
    CHECK(is_taken<stream>(bytes_of({1})));
    CHECK_FALSE(is_taken<stream>(bytes_of({2})));
    CHECK(is_taken<failure_kind>(bytes_of({6})));
    CHECK_FALSE(is_taken<failure_kind>(bytes_of({7})));
    CHECK_FALSE(is_taken<failure_kind>(bytes_of({0x80, 2})));  // 256: zero once narrowed
    CHECK(is_taken<finish>(bytes_of({3})));
    CHECK_FALSE(is_taken<finish>(bytes_of({4})));
    CHECK_FALSE(is_taken<stopped_by>(bytes_of({4})));
    CHECK_FALSE(is_taken<cordon::isolate>(bytes_of({6})));
}

TEST_CASE("bytes that are left over make a value incomplete") {
    std::uint32_t value = 0;
    const std::string bytes = bytes_of({5, 6});
    decoder reader(bytes);
    reader(value);
    CHECK(reader.good());
    CHECK_FALSE(reader.complete());
    CHECK(value == 5);
}

TEST_CASE("after the first inconsistency everything is zero or empty") {
    std::string text = "before";
    std::uint32_t number = 5;
    vector<std::uint32_t> list{1};
    decoder reader(std::string_view("\x7F\x01\x01\x01\x01", 5));
    reader(text, number, list);
    CHECK_FALSE(reader.good());
    CHECK(text.empty());
    CHECK(number == 0);
    CHECK(list.empty());
}

TEST_CASE("a forged length allocates nothing") {
    const std::string huge = encoded(std::uint64_t{1} << 62);
    for (const std::string& bytes : {huge, encoded(std::numeric_limits<std::uint64_t>::max()), encoded(1000000u)}) {
        std::string text;
        decoder texts(bytes);
        texts(text);
        CHECK_FALSE(texts.good());
        CHECK(text.capacity() < 100);

        vector<std::string> list;
        const std::string longer = bytes + "abc";
        decoder lists(longer);
        lists(list);
        CHECK_FALSE(lists.good());
        CHECK(list.capacity() == 0);
    }
}

TEST_CASE("a list ends where its items stop making sense") {
    vector<std::string> list;
    const std::string bytes = bytes_of({4, 1, 'a', 120, 'b', 'c'});
    decoder reader(bytes);
    reader(list);
    CHECK_FALSE(reader.good());
    CHECK(list.size() <= 2);
}

TEST_CASE("every message survives being cut off, changed and made up") {
    random_source random(4711);
    for (const report& original : samples::reports()) {
        std::string payload;
        const frame whole = samples::frame_of(original, payload);
        for (std::size_t length = 0; length < payload.size(); length += 1 + length / 64)
            CHECK_FALSE(decode<report>({frame_version, whole.type, 1, whole.payload.substr(0, length)}).has_value());
        for (int round = 0; round < 2000; ++round) {
            std::string changed = payload;
            if (changed.empty()) break;
            changed[random.below(changed.size())] = static_cast<char>(random.below(256));
            const cordon::engine::optional<report> back = decode<report>({frame_version, whole.type, 1, changed});
            if (back) CHECK(samples::payload_of(*back) == changed);
        }
        for (int round = 0; round < 2000; ++round) {
            std::string made_up;
            for (std::uint64_t left = random.below(40); left > 0; --left)
                made_up.push_back(static_cast<char>(random.below(256)));
            const cordon::engine::optional<report> back = decode<report>({frame_version, whole.type, 1, made_up});
            if (back) CHECK(samples::payload_of(*back) == made_up);
        }
    }
}
