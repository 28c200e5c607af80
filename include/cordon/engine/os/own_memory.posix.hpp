#pragma once

#include <cordon/engine/os/own_memory.hpp>

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace cordon::engine::os {

namespace own_memory_posix {

/// write() returns EFAULT for unreadable memory, instead of a signal. A pipe accepts `most` bytes without waiting.
constexpr std::size_t most = 512;

std::size_t copy_through(const int (&ends)[2], const void* from, void* to, std::size_t size) {
    ssize_t written = 0;
    do {
        written = ::write(ends[1], from, size);
    } while (written < 0 && errno == EINTR);
    if (written <= 0) return 0;
    ssize_t got = 0;
    do {
        got = ::read(ends[0], to, static_cast<std::size_t>(written));
    } while (got < 0 && errno == EINTR);
    return got < 0 ? 0 : static_cast<std::size_t>(got);
}

/// Pieces end at page borders: if only a part of a piece exists, a system may write nothing.
std::size_t copy_by_pipe(const void* from, void* to, std::size_t size) {
    int ends[2];
    if (::pipe(ends) != 0) return 0;
    const char* source = static_cast<const char*>(from);
    std::size_t copied = 0;
    while (copied < size) {
        const std::size_t to_border = most - reinterpret_cast<std::uintptr_t>(source + copied) % most;
        const std::size_t piece = std::min(size - copied, to_border);
        const std::size_t got = copy_through(ends, source + copied, static_cast<char*>(to) + copied, piece);
        copied += got;
        if (got != piece) break;
    }
    ::close(ends[0]);
    ::close(ends[1]);
    return copied;
}

}  // namespace own_memory_posix

}  // namespace cordon::engine::os
