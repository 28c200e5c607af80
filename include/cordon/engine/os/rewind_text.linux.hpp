#pragma once

#include <cordon/engine/os/rewind_kernel.linux.hpp>

#include <fcntl.h>

// Reads the kernel's lists of the memory of this process.

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

inline address hexadecimal(const char*& at) {
    address value = 0;
    for (;; ++at) {
        const char c = *at;
        const bool digit = c >= '0' && c <= '9';
        if (!digit && (c < 'a' || c > 'f')) return value;
        value = value * 16 + static_cast<address>(digit ? c - '0' : c - 'a' + 10);
    }
}

inline bool begins_with(const char* text, const char* end, const char* what) {
    for (; *what != 0; ++text, ++what) {
        if (text == end || *text != *what) return false;
    }
    return true;
}

/// Calls use(line, its size) for each line of a file. `room` must have room for the longest of them. False: the system,
/// or a use, gave up.
template <class Use>
bool read_lines(const char* path, char* room, std::size_t room_size, Use use) {
    const int file = static_cast<int>(call(SYS_open, as_long(path), O_RDONLY | O_CLOEXEC));
    if (file < 0) return false;
    bool good = true;
    std::size_t used = 0;
    while (good) {
        const long got = call(SYS_read, file, as_long(room + used), long(room_size - used));
        if (got <= 0) {
            good = got == 0 && used == 0;
            break;
        }
        used += static_cast<std::size_t>(got);
        std::size_t line = 0;
        for (std::size_t i = 0; i < used && good; ++i) {
            if (room[i] != '\n') continue;
            good = use(room + line, i - line);
            line = i + 1;
        }
        copy_bytes(room, room + line, used - line);
        used -= line;
        good = good && used != room_size;
    }
    call(SYS_close, file);
    return good;
}

}  // namespace cordon::engine::os::rewind_linux

#endif
