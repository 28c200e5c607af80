#pragma once

#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/signal.posix.hpp>

#include <errno.h>
#include <poll.h>
#include <sys/select.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

namespace poll_posix {

struct timespec left_until(instant until) {
    const duration rest = std::max(duration{0}, until - now());
    struct timespec left {};
    left.tv_sec = static_cast<time_t>(rest.count() / 1'000'000'000);
    left.tv_nsec = static_cast<long>(rest.count() % 1'000'000'000);
    return left;
}

// pselect cannot wait for a hang-up alone. A watch that wants no bytes is checked with poll() at this interval.
constexpr duration hang_up_interval = std::chrono::milliseconds(50);

bool hung_up(int native) {
    struct pollfd one {};
    one.fd = native;
    return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

}  // namespace poll_posix

status wait_for(watch* watches, std::size_t count, deadline until) {
    using namespace poll_posix;
    fd_set wanted;
    fd_set with_room;
    FD_ZERO(&wanted);
    FD_ZERO(&with_room);
    int highest = -1;
    for (std::size_t i = 0; i != count; ++i) {
        const watch& each = watches[i];
        if (each.native < 0) continue;
        if (each.native >= FD_SETSIZE) return error{"wait for the workers", 0, "too many open files for select()"};
        if (!each.want_bytes) {
            until = earlier(until, now() + hang_up_interval);
            continue;
        }
        FD_SET(each.native, each.want_room ? &with_room : &wanted);
        highest = std::max(highest, each.native);
    }
    const struct timespec left = until ? left_until(*until) : timespec{};
    const int ready =
        ::pselect(highest + 1, &wanted, &with_room, nullptr, until ? &left : nullptr, &signal_posix::let_in);
    if (ready < 0 && errno != EINTR) return last_error("wait for the workers");
    for (std::size_t i = 0; i != count; ++i) {
        watch& each = watches[i];
        each.ready = ready > 0 && each.want_bytes && each.native >= 0 &&
                     FD_ISSET(each.native, each.want_room ? &with_room : &wanted);
        each.hung_up = !each.want_bytes && hung_up(each.native);
    }
    return ok();
}

descriptor watch_ends_of_children() {
    watch_children();
    return {};
}

bool take_child_ended(const descriptor&) { return take_child_ended(); }

void close_in_copy(const descriptor& kept) {
    if (kept) ::close(kept.native());
}

void set_signal_mask(const sigset_t& mask) { ::sigprocmask(SIG_SETMASK, &mask, nullptr); }

}  // namespace cordon::engine::os
