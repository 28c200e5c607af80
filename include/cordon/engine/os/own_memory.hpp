#pragma once

#include <cstddef>

namespace cordon::engine::os {

/// Copies memory of this process that may not exist or not be readable. Returns how many of the `size` bytes were
/// copied, from the first on. Never faults.
std::size_t copy_own_memory(const void* from, void* to, std::size_t size);

}  // namespace cordon::engine::os
