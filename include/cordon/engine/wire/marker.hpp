#pragma once

#include <cordon/engine/base/optional.hpp>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

namespace cordon::engine::wire {

/// The text in the environment that tells a process its role; removed as soon as it is read. It names the parent that
/// the process must have. So a program that a test or a static initializer starts with a copy of the environment
/// refuses to run, instead of acting as a worker or starting workers.
struct marker {
    enum class role : char { worker = 'w', test_process = 't', replica = 'r' };

    role as = role::worker;
    long long parent = 0;
    long long commands = -1;  ///< numbers of handles: os::handle_number
    long long events = -1;
    long long lane = -1;
    long long out = -1;  ///< reading ends of its own output, for a process that runs several tests;
    long long err = -1;  ///< for a replica, out is the memory of its note
    std::uint64_t key = 0;
    bool wrapped = false;  ///< a command of --wrap starts the process, so the parent may be its grandparent
};

inline constexpr const char* marker_name = "CORDON_PRIVATE_WORKER";

inline std::string marker_text(const marker& which) {
    char text[192];
    const char role = static_cast<char>(which.as);
    const char as = static_cast<char>(which.wrapped ? role - 'a' + 'A' : role);
    std::snprintf(text, sizeof text, "2:%c:%lld:%lld:%lld:%lld:%lld:%lld:%llx", as, which.parent, which.commands,
                  which.events, which.lane, which.out, which.err, static_cast<unsigned long long>(which.key));
    return text;
}

/// Nothing if the text does not come from marker_text() of this version.
inline optional<marker> parse_marker(const char* text) {
    marker read;
    char as = 0;
    unsigned long long key = 0;
    if (std::sscanf(text, "2:%c:%lld:%lld:%lld:%lld:%lld:%lld:%llx", &as, &read.parent, &read.commands, &read.events,
                    &read.lane, &read.out, &read.err, &key) != 8 ||
        std::strchr("wtrWTR", as) == nullptr || as == '\0') {
        return nullopt;
    }
    read.wrapped = as < 'a';
    read.as = static_cast<marker::role>(read.wrapped ? as - 'A' + 'a' : as);
    read.key = key;
    // sscanf accepts spaces, signs and numbers that are too large; the comparison does not.
    if (marker_text(read) != text) return nullopt;
    return read;
}

}  // namespace cordon::engine::wire
