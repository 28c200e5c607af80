#pragma once

#include <cordon/engine/os/descriptor.hpp>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <limits>

namespace cordon::engine::os {

error last_error(std::string operation, std::string detail) {
    return error{std::move(operation), errno, std::move(detail)};
}

std::string describe_code(int code) { return ::strerror(code); }

namespace descriptor_posix {

/// Paths may contain anything, but an error must be one line.
std::string on_one_line(const std::string& text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool control = byte < 0x20 || byte == 0x7f;
        line += control ? std::string("\\x") + digits[byte >> 4] + digits[byte & 15] : std::string(1, c);
    }
    return line;
}

}  // namespace descriptor_posix

std::string describe(const error& failure) {
    std::string line = failure.operation;
    if (!failure.detail.empty()) line += " " + descriptor_posix::on_one_line(failure.detail);
    if (failure.code != 0) line += ": " + describe_code(failure.code);
    return line;
}

void descriptor::close() {
    if (native_ >= 0) ::close(native_);
    native_ = -1;
}

namespace descriptor_posix {

// The private descriptors are just below the soft limit (or 1,000 if that is higher): far from 3, 4, 5, on which tests
// rely, and low enough for select().
int lowest_private() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto soft = static_cast<long>(std::min<rlim_t>(limit.rlim_cur, 1000));
    return static_cast<int>(std::max<long>(3, soft > 64 ? soft / 2 : soft - 24));
}

descriptor raise_high(descriptor low) {
    const int high = ::fcntl(low.native(), F_DUPFD_CLOEXEC, lowest_private());
    if (high < 0) {
        ::fcntl(low.native(), F_SETFD, FD_CLOEXEC);
        return low;
    }
    return descriptor(high);
}

}  // namespace descriptor_posix

result<pipe_ends> make_pipe() {
    int ends[2];
    if (::pipe(ends) != 0) return last_error("make a pipe");
    pipe_ends made{descriptor_posix::raise_high(descriptor(ends[0])),
                   descriptor_posix::raise_high(descriptor(ends[1]))};
    set_blocking(made.read, false);
    return made;
}

result<descriptor> standard_input() {
    const int copy = ::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private());
    if (copy < 0) return last_error("read standard input");
    return descriptor(copy);
}

result<pipe_ends> take_standard_streams() {
    pipe_ends taken;
    taken.read = descriptor(::fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    taken.write = descriptor(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    const descriptor nothing(::open("/dev/null", O_RDONLY | O_CLOEXEC));
    if (!taken.read || !taken.write || !nothing || ::dup2(nothing.native(), STDIN_FILENO) < 0 ||
        ::dup2(STDERR_FILENO, STDOUT_FILENO) < 0)
        return last_error("take standard input and output");
    return taken;
}

read_outcome read_available(const descriptor& from, char* to, std::size_t size) {
    while (true) {
        const ssize_t got = ::read(from.native(), to, size);
        if (got > 0) return {static_cast<std::size_t>(got), false};
        if (got < 0 && errno == EINTR) continue;
        const bool merely_empty = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        return {0, !merely_empty};
    }
}

status write_all(const descriptor& to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(to.native(), bytes.data(), bytes.size());
        if (put >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait {};
            wait.fd = to.native();
            wait.events = POLLOUT;
            ::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return last_error("write");
        }
    }
    return ok();
}

read_outcome write_some(const descriptor& to, std::string_view bytes) {
    constexpr std::size_t always_fits = 4096;  // after POLLOUT, also into a pipe (PIPE_BUF)
    read_outcome done;
    while (!bytes.empty()) {
        struct pollfd room {};
        room.fd = to.native();
        room.events = POLLOUT;
        if (::poll(&room, 1, 0) <= 0 || (room.revents & POLLOUT) == 0) {
            done.at_end = (room.revents & (POLLERR | POLLNVAL | POLLHUP)) != 0;
            return done;
        }
        const std::string_view part = bytes.substr(0, always_fits);
        const ssize_t put = ::write(to.native(), part.data(), part.size());
        if (put > 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
            done.bytes += static_cast<std::size_t>(put);
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            return done;
        } else if (errno != EINTR) {
            done.at_end = true;
            return done;
        }
    }
    return done;
}

bool anything_to_read(const descriptor& a, const descriptor& b) {
    struct pollfd both[2] = {};
    both[0].fd = a.native();
    both[1].fd = b.native();
    both[0].events = both[1].events = POLLIN;
    return ::poll(both, 2, 0) > 0 && ((both[0].revents | both[1].revents) & POLLIN) != 0;
}

void wait_readable(const descriptor& on) {
    struct pollfd one {};
    one.fd = on.native();
    one.events = POLLIN;
    ::poll(&one, 1, -1);
}

void set_blocking(const descriptor& on, bool blocking) {
    const int flags = ::fcntl(on.native(), F_GETFL);
    ::fcntl(on.native(), F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

void set_inherited(const descriptor& which, bool inherited) {
    ::fcntl(which.native(), F_SETFD, inherited ? 0 : FD_CLOEXEC);
}

handle_number number_of(native_handle handle) { return handle; }

native_handle handle_of(handle_number number) {
    const bool fits = number >= 0 && number <= std::numeric_limits<int>::max();
    return fits ? static_cast<native_handle>(number) : no_handle;
}

descriptor adopt_descriptor(handle_number number, descriptor_kind kind) {
    struct stat about {};
    const native_handle handle = handle_of(number);
    if (handle < 3 || ::fstat(handle, &about) != 0) return {};
    if (S_ISFIFO(about.st_mode) != (kind == descriptor_kind::pipe)) return {};
    ::fcntl(handle, F_SETFD, FD_CLOEXEC);
    return descriptor(handle);
}

}  // namespace cordon::engine::os
