#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/copy.hpp>

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cordon::engine::codec {

/// A 64-bit checksum of `bytes` under `key`. The key is random for each worker, so bytes that a test writes into a
/// private descriptor are not accepted, not even copies of real messages. Not cryptographic. Multiply-and-fold mixing
/// of 8-byte words, after the public-domain wyhash construction.
CORDON_HOT inline std::uint64_t checksum(std::string_view bytes, std::uint64_t key) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
    std::uint64_t state = key ^ (bytes.size() * odd);
    const auto mix = [&state](std::uint64_t word) {
        state = (state ^ word) * odd;
        state ^= state >> 29;
    };
    while (bytes.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data(), 8);
        mix(word);
        bytes.remove_prefix(8);
    }
    std::uint64_t tail = 0;
    copy_few(reinterpret_cast<char*>(&tail), bytes.data(), bytes.size());
    mix(tail);
    mix(0x6A09E667F3BCC909u);
    return state;
}

}  // namespace cordon::engine::codec
