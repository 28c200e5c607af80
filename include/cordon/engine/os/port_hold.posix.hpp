#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/port_hold.hpp>
#include <cordon/engine/os/process.hpp>

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace port_hold_posix {

// Not in TMPDIR: all runs on the machine must agree on it.
constexpr const char* lock_path = "/tmp/cordon-ports";

/// Any user may lock it. Linux refuses O_CREAT for a file of somebody else there, so that comes second.
result<descriptor> open_locks() {
    constexpr int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;
    for (int round = 0; round < 3; ++round) {
        int file = ::open(lock_path, flags);
        if (file < 0 && errno == ENOENT) {
            file = ::open(lock_path, flags | O_CREAT | O_EXCL, 0666);
            if (file >= 0) ::fchmod(file, 0666);
        }
        if (file >= 0) return descriptor_posix::raise_high(descriptor(file));
        if (errno != EEXIST && errno != ENOENT) break;  // or another run has created it meanwhile
    }
    return last_error("open", lock_path);
}

bool lock(int file, std::uint32_t port, short how) {
    struct flock byte {};
    byte.l_type = how;
    byte.l_whence = SEEK_SET;
    byte.l_start = static_cast<off_t>(port);
    byte.l_len = 1;
    return ::fcntl(file, F_SETLK, &byte) == 0;
}

/// A system without IPv6, for example, has no user of the port there.
bool is_free(int family, int type, std::uint32_t port) {
    const descriptor socket(::socket(family, type, 0));
    if (!socket) return true;
    ::fcntl(socket.native(), F_SETFD, FD_CLOEXEC);
    int bound = 0;
    if (family == AF_INET) {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_port = htons(static_cast<std::uint16_t>(port));
        bound = ::bind(socket.native(), reinterpret_cast<const sockaddr*>(&any), sizeof any);
    } else {
        const int only = 1;
        ::setsockopt(socket.native(), IPPROTO_IPV6, IPV6_V6ONLY, &only, sizeof only);
        sockaddr_in6 any{};
        any.sin6_family = AF_INET6;
        any.sin6_port = htons(static_cast<std::uint16_t>(port));
        bound = ::bind(socket.native(), reinterpret_cast<const sockaddr*>(&any), sizeof any);
    }
    return bound == 0 || errno != EADDRINUSE;
}

bool is_free(std::uint32_t port) {
    for (const int type : {SOCK_STREAM, SOCK_DGRAM}) {
        if (!is_free(AF_INET, type, port) || !is_free(AF_INET6, type, port)) return false;
    }
    return true;
}

/// Of this process, which its own locks do not keep from a port. A copy of the process has its own.
struct holder {
    descriptor file;
    bool held[port_count] = {};
    std::uint32_t count = 0;
    std::uint32_t next = 0;
};

holder& held_here() {
    static auto* only = new holder();  // never destroyed
    return *only;
}

}  // namespace port_hold_posix

result<std::uint32_t> hold_free_port() {
    using namespace port_hold_posix;
    holder& here = held_here();
    if (!here.file) {
        result<descriptor> opened = open_locks();
        if (!opened) return opened.failure();
        here.file = std::move(opened.value());
    }
    if (here.next == 0) here.next = static_cast<std::uint32_t>(mix_bits(static_cast<std::uint64_t>(own_process_id())));
    for (std::uint32_t tried = 0; tried < port_count; ++tried) {
        const std::uint32_t at = here.next++ % port_count;
        const std::uint32_t port = first_port + at;
        if (here.held[at] || !lock(here.file.native(), port, F_WRLCK)) continue;
        if (is_free(port)) {
            here.held[at] = true;
            ++here.count;
            return port;
        }
        lock(here.file.native(), port, F_UNLCK);
    }
    return error{"find a free port", 0, "from 20000 to 29999: all are in use, or /tmp has no locks"};
}

void give_back_port(std::uint32_t port) {
    using namespace port_hold_posix;
    holder& here = held_here();
    here.held[port - first_port] = false;
    lock(here.file.native(), port, F_UNLCK);
    if (--here.count == 0) here.file.close();
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
