#pragma once

#include <cordon/engine/os/descriptor.windows.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/signal.windows.hpp>

#include <algorithm>

namespace cordon::engine::os {

namespace windows {

pending_wait* wait_on(native_handle file) {
    for (pending_wait* each : pending_waits()) {
        if (each->file == file) return each;
    }
    auto* made = new pending_wait;
    made->file = file;
    made->is_associated = ::CreateIoCompletionPort(as_handle(file), completion_port(), 1, 0) != nullptr;
    pending_waits().push_back(made);
    return made;
}

/// Asks for a packet as soon as there are bytes, or the end. False: there will be none.
bool begin_wait(native_handle file) {
    pending_wait* const on = wait_on(file);
    if (on->is_pending) return true;
    if (!on->is_associated) return false;
    static char none = 0;
    on->state = OVERLAPPED{};
    DWORD got = 0;
    if (::ReadFile(as_handle(file), &none, 0, &got, &on->state) == 0 && ::GetLastError() != ERROR_IO_PENDING)
        return false;  // it has reached its end just now
    on->is_pending = true;
    return true;
}

void take_packet(const OVERLAPPED_ENTRY& packet) {
    if (packet.lpOverlapped == nullptr) return;                               // only to wake this thread
    auto* const done = reinterpret_cast<pending_wait*>(packet.lpOverlapped);  // its first member
    done->is_pending = false;
    if (done->is_abandoned) delete done;
}

/// Milliseconds, rounded up: a wait that ends too early would be repeated.
DWORD left_until(const deadline& until) {
    if (!until) return INFINITE;
    const duration rest = std::max(duration{0}, *until - now());
    const auto milliseconds = (rest.count() + 999'999) / 1'000'000;
    return static_cast<DWORD>(std::min<std::int64_t>(milliseconds, 0x7FFFFFFF));
}

void look_at(watch& each) {
    each.ready = each.hung_up = false;
    if (each.native == no_handle) return;
    if (each.want_room) {
        each.ready = true;  // writing waits by itself
        return;
    }
    const std::int64_t bytes = bytes_in(each.native);
    each.hung_up = bytes < 0;
    each.ready = each.hung_up || (bytes > 0 && each.want_bytes);
}

bool is_any_ready(const watch* watches, std::size_t count) {
    return std::any_of(watches, watches + count, [](const watch& each) { return each.ready; });
}

void look_at_all(watch* watches, std::size_t count) {
    for (std::size_t i = 0; i != count; ++i)
        look_at(watches[i]);
}

// Of a handle that is no pipe made here, or that holds bytes that nobody wants now.
constexpr duration look_interval = std::chrono::milliseconds(50);

/// Asks for packets, and returns by when to look again without one.
deadline begin_waits(const watch* watches, std::size_t count, deadline until) {
    for (std::size_t i = 0; i != count; ++i) {
        const watch& each = watches[i];
        if (each.native == no_handle || each.want_room) continue;
        const bool holds_bytes = !each.want_bytes && bytes_in(each.native) > 0;
        if (holds_bytes || !begin_wait(each.native)) until = earlier(until, now() + look_interval);
    }
    return until;
}

}  // namespace windows

status wait_for(watch* watches, std::size_t count, deadline until) {
    windows::look_at_all(watches, count);
    const bool ready = windows::is_any_ready(watches, count);
    const deadline limit = ready ? until : windows::begin_waits(watches, count, until);
    OVERLAPPED_ENTRY packets[64];
    ULONG taken = 0;
    const DWORD patience = ready ? 0 : windows::left_until(limit);
    if (::GetQueuedCompletionStatusEx(windows::completion_port(), packets, 64, &taken, patience, FALSE) == 0) {
        if (::GetLastError() != WAIT_TIMEOUT) return last_error("wait for the workers");
        taken = 0;
    }
    for (ULONG i = 0; i != taken; ++i)
        windows::take_packet(packets[i]);
    if (!ready) windows::look_at_all(watches, count);
    return ok();
}

// Nothing to watch: the system calls a function when a child ends, which wakes wait_for().
descriptor watch_ends_of_children() { return {}; }
void close_in_copy(const descriptor&) {}
bool take_child_ended(const descriptor&) { return take_child_ended(); }

}  // namespace cordon::engine::os
