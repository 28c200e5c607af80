#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace cordon::engine {

/// As std::memcpy, for a few bytes on the way that every test process goes: the library's function lies in a page of
/// its own, which costs a forked process more than this loop.
inline void copy_few(char* to, const char* from, std::size_t size) {
    for (; size >= sizeof(std::uint64_t); size -= sizeof(std::uint64_t)) {
        std::uint64_t word;
        std::memcpy(&word, from, sizeof word);
        std::memcpy(to, &word, sizeof word);
        from += sizeof word;
        to += sizeof word;
    }
    for (; size > 0; --size) {
        *to++ = *from++;
#if defined(__GNUC__)
        __asm__ volatile("" : : : "memory");  // or the compiler makes a call to memcpy() of it
#endif
    }
}

}  // namespace cordon::engine
