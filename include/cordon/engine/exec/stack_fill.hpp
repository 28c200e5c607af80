#pragma once

#include <cstdint>

namespace cordon::engine::exec {

/// The value that fills unused stack before a test, plus one (--condition stack); 0: no filling.
std::uint32_t stack_fill = 0;

/// A local variable that the test does not initialize then has this value, not a random one.
void fill_stack() {
    volatile char unused[64 * 1024];
    for (volatile char& each : unused)
        each = static_cast<char>(stack_fill - 1);
}

}  // namespace cordon::engine::exec
