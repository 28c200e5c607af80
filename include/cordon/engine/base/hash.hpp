#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::engine {

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). Slow but short, and it must never change: for values
/// that outlive a run, such as the shard of a test. To hash text in pieces, pass the last value on.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t state = 0xcbf29ce484222325u) {
    for (char c : text) {
        state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    }
    return state;
}

/// Spreads every input bit over all output bits (the finalizer of splitmix64).
constexpr std::uint64_t mix_bits(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

/// Always little-endian, so that a hash is the same on all machines.
constexpr std::uint64_t load(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return word;
}

/// Eight bytes in each step: for tables and for lists of names. Not for input from an adversary.
constexpr std::uint64_t fast_hash(std::string_view text, std::uint64_t seed = 0) {
    std::uint64_t state = (seed ^ text.size()) * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du;
    while (text.size() >= 8) {
        state = (state ^ load(text.data(), 8)) * 0xff51afd7ed558ccdu;
        state ^= state >> 32;
        text.remove_prefix(8);
    }
    return mix_bits(state ^ load(text.data(), text.size()));
}

}  // namespace cordon::engine
