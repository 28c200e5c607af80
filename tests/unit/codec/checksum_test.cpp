#include <doctest/doctest.h>
#include <cordon/engine/codec/checksum.hpp>

#include <set>
#include <string>

using cordon::engine::codec::checksum;

TEST_CASE("the checksum depends on the key, on the length and on every bit") {
    const std::string text = "a frame's worth of bytes, and some";
    for (std::size_t length = 0; length <= text.size(); ++length) {
        const std::string bytes = text.substr(0, length);
        const std::uint64_t sum = checksum(bytes, 1);
        CHECK(sum == checksum(bytes, 1));
        CHECK(sum != checksum(bytes, 2));
        CHECK(sum != checksum(bytes + '\0', 1));
        for (std::size_t bit = 0; bit < 8 * length; ++bit) {
            std::string changed = bytes;
            changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
            CHECK(checksum(changed, 1) != sum);
        }
    }
}

TEST_CASE("texts of nothing but zeros differ by their length") {
    std::set<std::uint64_t> sums;
    for (std::size_t length = 0; length < 100; ++length)
        sums.insert(checksum(std::string(length, '\0'), 7));
    CHECK(sums.size() == 100);
}

TEST_CASE("neighbouring keys give unrelated sums") {
    std::set<std::uint64_t> high_bytes;
    for (std::uint64_t key = 0; key < 1000; ++key)
        high_bytes.insert(checksum("same", key) >> 56);
    CHECK(high_bytes.size() > 200);  // of 256
}
