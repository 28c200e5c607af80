#pragma once

#include <cordon/engine/os/own_memory.posix.hpp>

namespace cordon::engine::os {

std::size_t copy_own_memory(const void* from, void* to, std::size_t size) {
    const int before = errno;
    const std::size_t copied = own_memory_posix::copy_by_pipe(from, to, size);
    errno = before;
    return copied;
}

}  // namespace cordon::engine::os
