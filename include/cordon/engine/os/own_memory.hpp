#pragma once

#include <cstddef>

namespace cordon::engine::os {

/// Copies memory of this process that may not be there, or may not be read: returns how many of the `size` bytes were
/// copied, from the first on. Never faults.
std::size_t copy_own_memory(const void* from, void* to, std::size_t size);

}  // namespace cordon::engine::os
