#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <errno.h>
#include <poll.h>

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
    const int ready = direct::ppoll(polled, count, until ? &left : nullptr, &signal_posix::original);
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

}  // namespace cordon::engine::os
