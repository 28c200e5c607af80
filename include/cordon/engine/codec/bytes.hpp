#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>

namespace cordon::engine::codec {

// Integers in a fixed number of bytes, the little end first whatever the machine is.

template <class Integer>
void store(char* to, Integer value) {
    for (std::size_t i = 0; i < sizeof value; ++i) {
        to[i] = static_cast<char>(value >> (8 * i));
    }
}

template <class Integer>
Integer load(const char* from) {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = static_cast<Integer>(
            value | static_cast<Integer>(static_cast<Integer>(static_cast<unsigned char>(from[i])) << (8 * i)));
    }
    return value;
}

}  // namespace cordon::engine::codec
