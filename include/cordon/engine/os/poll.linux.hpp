#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

namespace poll_linux {

constexpr std::size_t on_stack = 16;

status wait_in(struct pollfd* polled, watch* watches, std::size_t count, deadline until) {
    for (std::size_t i = 0; i < count; ++i) {
        polled[i] = {};
        polled[i].fd = watches[i].native;
        polled[i].events = watches[i].want_room ? POLLOUT : watches[i].want_bytes ? POLLIN : 0;
    }
    struct timespec left {};
    if (until) {
        const duration rest = std::max(duration{0}, *until - now());
        left.tv_sec = static_cast<time_t>(rest.count() / 1'000'000'000);
        left.tv_nsec = static_cast<long>(rest.count() % 1'000'000'000);
    }
    const int ready = direct::ppoll(polled, count, until ? &left : nullptr, &signal_posix::let_in);
    if (ready < 0 && ready != -EINTR) return error{"wait for the workers", -ready, {}};
    for (std::size_t i = 0; i < count; ++i) {
        const auto back = ready > 0 ? polled[i].revents : 0;
        watches[i].ready = back != 0;
        watches[i].hung_up = (back & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    }
    return ok();
}

}  // namespace poll_linux

status wait_for(watch* watches, std::size_t count, deadline until) {
    if (count <= poll_linux::on_stack) {
        struct pollfd few[poll_linux::on_stack];
        return poll_linux::wait_in(few, watches, count, until);
    }
    vector<struct pollfd> many(count);
    return poll_linux::wait_in(many.data(), watches, count, until);
}

descriptor watch_ends_of_children() {
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGCHLD);
    descriptor made(::signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK));
    // Another thread would take the signal from this one, which is the only one that can read it, or hand it on.
    if (!made || thread_count() > 1) watch_children();
    if (!made) return {};
    if (thread_count() <= 1) {
        struct sigaction standard {};
        ::sigaction(SIGCHLD, &standard, nullptr);  // children that are ignored leave no trace
        signal_posix::child_signal_is_default = true;
    }
    sigaddset(&signal_posix::let_in, SIGCHLD);
    return descriptor_posix::raise_high(std::move(made));
}

bool take_child_ended(const descriptor& ends) {
    if (!ends) return take_child_ended();
    struct signalfd_siginfo each;
    return ::read(ends.native(), &each, sizeof each) == sizeof each;
}

CORDON_HOT void close_in_copy(const descriptor& kept) {
    if (kept) direct::close(kept.native());
}

CORDON_HOT void set_signal_mask(const sigset_t& mask) { direct::set_signal_mask(&mask); }

}  // namespace cordon::engine::os
