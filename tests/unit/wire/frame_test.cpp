#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/frame.hpp>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::wire;

namespace {

constexpr std::uint64_t key = 0x0123456789ABCDEFu;

std::string framed(std::uint8_t type, std::uint64_t sequence, std::string_view payload, std::uint64_t under = key) {
    std::string bytes;
    codec::append_record(bytes, seal_of(under), type, sequence, payload);
    return bytes;
}

struct read_frame {
    std::uint8_t type;
    std::uint64_t sequence;
    std::string payload;
    bool operator==(const read_frame& other) const {
        return type == other.type && sequence == other.sequence && payload == other.payload;
    }
};

void read_all(frame_reader& from, vector<read_frame>& to) {
    while (const cordon::engine::optional<frame> next = from.next())
        to.push_back({next->type, next->number, std::string(next->payload)});
}

/// The reader's complaint about a stream; empty where it has none.
std::string complaint(const std::string& stream) {
    frame_reader reader(key);
    reader.feed(stream);
    while (reader.next()) {
    }
    return reader.damage() != nullptr ? reader.damage() : "";
}

const vector<read_frame> three{{0, 1, ""}, {255, 2, "payload"}, {7, 0xFFFFFFFFFFFFFFFFu, std::string(300, '\0')}};

std::string stream_of(const vector<read_frame>& frames) {
    std::string stream;
    for (const read_frame& each : frames)
        stream += framed(each.type, each.sequence, each.payload);
    return stream;
}

}  // namespace

TEST_CASE("a header is 24 bytes, the little end first") {
    const std::string bytes = framed(3, 0x0102030405060708u, "abc");
    REQUIRE(bytes.size() == frame_header_size + 3);
    CHECK(bytes.substr(0, 16) == std::string("\xDE\xC0\x01\x03\x03\x00\x00\x00\x08\x07\x06\x05\x04\x03\x02\x01", 16));
    CHECK(bytes.substr(24) == "abc");
}

TEST_CASE("frames come out of a stream that arrives whole, split at any byte, or byte by byte") {
    const std::string stream = stream_of(three);
    for (std::size_t split = 0; split <= stream.size(); ++split) {
        frame_reader reader(key);
        vector<read_frame> got;
        reader.feed(std::string_view(stream).substr(0, split));
        read_all(reader, got);
        reader.feed(std::string_view(stream).substr(split));
        read_all(reader, got);
        CHECK(got == three);
        CHECK(reader.pending() == 0);
        CHECK(reader.damage() == nullptr);
    }
    frame_reader reader(key);
    vector<read_frame> got;
    for (const char byte : stream) {
        reader.feed({&byte, 1});
        read_all(reader, got);
    }
    CHECK(got == three);
}

TEST_CASE("frames that wait in the reader survive further bytes") {
    frame_reader reader(key);
    const std::string stream = stream_of(three);
    reader.feed(stream);
    REQUIRE(reader.next().has_value());
    reader.feed(stream);
    vector<read_frame> got;
    read_all(reader, got);
    CHECK(got == vector<read_frame>{three[1], three[2], three[0], three[1], three[2]});
}

TEST_CASE("a frame that has not arrived whole is pending, not damage") {
    const std::string bytes = framed(1, 1, "abcdef");
    for (std::size_t length = 0; length < bytes.size(); ++length) {
        frame_reader reader(key);
        reader.feed(std::string_view(bytes).substr(0, length));
        CHECK_FALSE(reader.next().has_value());
        CHECK(reader.damage() == nullptr);
        CHECK(reader.pending() == length);
    }
}

TEST_CASE("damage is named") {
    const std::string good = framed(1, 1, "abc");
    const auto with = [&good](std::size_t at, char byte) {
        std::string changed = good;
        changed[at] = byte;
        return changed;
    };
    CHECK(complaint(good).empty());
    CHECK(complaint("any text that a test may write somewhere") == "bytes that are not a frame");
    CHECK(complaint(with(0, 'x')) == "bytes that are not a frame");
    CHECK(complaint(with(1, 'x')) == "bytes that are not a frame");
    CHECK(complaint(with(2, 2)) == "a frame of another protocol version");
    CHECK(complaint(with(7, 0x7F)) == "a frame larger than any message");
    CHECK(complaint(with(3, 2)) == "a frame's checksum is wrong");
    CHECK(complaint(with(8, 2)) == "a frame's checksum is wrong");
    CHECK(complaint(with(16, static_cast<char>(good[16] + 1))) == "a frame's checksum is wrong");
    CHECK(complaint(with(24, 'b')) == "a frame's checksum is wrong");
    CHECK(complaint(framed(1, 1, "abc", key + 1)) == "a frame's checksum is wrong");
}

TEST_CASE("every single bit of a frame matters") {
    const std::string good = framed(1, 1, "abc");
    for (std::size_t bit = 0; bit < 8 * good.size(); ++bit) {
        std::string changed = good;
        changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
        frame_reader reader(key);
        reader.feed(changed);
        CHECK_FALSE(reader.next().has_value());  // damaged, or waiting for bytes that a larger size has promised
    }
}

TEST_CASE("the largest size is taken, one more is not") {
    std::string header(frame_header_size, '\0');
    const auto with_size = [&header](std::uint32_t size) {
        codec::store(header.data(), codec::record_mark);
        codec::store(header.data() + 2, frame_version);
        codec::store(header.data() + 4, size);
        return complaint(header);
    };
    CHECK(with_size(static_cast<std::uint32_t>(max_payload)).empty());
    CHECK(with_size(static_cast<std::uint32_t>(max_payload) + 1) == "a frame larger than any message");
    CHECK(with_size(0xFFFFFFFFu) == "a frame larger than any message");
}

TEST_CASE("a frame is found by its number among bytes of somebody else") {
    const std::string two = framed(7, 2, "two");
    std::string wrong = framed(7, 2, "other");
    wrong.back() = '!';
    const std::string endless = framed(7, 2, std::string(1000, 'e')).substr(0, 30);
    const vector<std::string> garbages{"",    std::string(3000, 'x'),     "\xDE\xC0\x01",      two.substr(0, 20),
                                       wrong, framed(7, 2, "t", key + 1), framed(7, 1, "one"), endless};
    for (const std::string& garbage : garbages) {
        frame_reader reader(key);
        reader.feed(garbage + two + garbage + framed(7, 3, "three"));
        const cordon::engine::optional<frame> found = reader.find(2);
        REQUIRE(found.has_value());
        CHECK(found->payload == "two");
        CHECK_FALSE(reader.find(2).has_value());
        CHECK_FALSE(reader.find(4).has_value());
        REQUIRE(reader.find(3).has_value());
        CHECK(reader.pending() == 0);
        CHECK_FALSE(reader.find(3).has_value());
    }
}

TEST_CASE("a damaged stream stays damaged; what came before it counts") {
    frame_reader reader(key);
    reader.feed(framed(1, 1, "one") + "garbage that is longer than a header" + framed(1, 2, "two"));
    const cordon::engine::optional<frame> first = reader.next();
    REQUIRE(first.has_value());
    CHECK(first->payload == "one");
    CHECK_FALSE(reader.next().has_value());
    REQUIRE(reader.damage() != nullptr);
    for (int round = 0; round < 3; ++round) {
        reader.feed(framed(1, 3, "three"));
        CHECK_FALSE(reader.next().has_value());
        CHECK(std::string(reader.damage()) == "bytes that are not a frame");
    }
}

TEST_CASE("random bytes are never a frame") {
    random_source random(99);
    for (int round = 0; round < 3000; ++round) {
        std::string bytes;
        for (std::uint64_t left = random.below(200); left > 0; --left)
            bytes.push_back(static_cast<char>(random.below(256)));
        if (round % 2 == 0 && bytes.size() > 8) bytes.replace(0, 8, std::string("\xDE\xC0\x01\x01\x05\0\0\0", 8));
        frame_reader reader(key);
        reader.feed(bytes);
        CHECK_FALSE(reader.next().has_value());
    }
}
