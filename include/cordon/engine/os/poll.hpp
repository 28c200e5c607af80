#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>

namespace cordon::engine::os {

/// One thing to wait for, and its state after the wait.
struct watch {
    native_handle native = no_handle;
    bool want_bytes = true;  ///< false: only its end matters
    bool ready = false;      ///< bytes, or the end, can be read; with want_room: it can be written to, or is broken
    bool hung_up = false;    ///< the other side is gone
    bool want_room = false;  ///< wait until it can be written to, instead
};

/// Waits until a watch is ready, a caught signal (see signal.hpp) arrives, or `until`. Signals are delivered only here,
/// so none is missed between a look at its flag and the wait. POSIX: ppoll, or pselect if that is missing. Windows:
/// overlapped reads on a completion port, because WaitForMultipleObjects accepts 64 handles and no anonymous pipes.
status wait_for(watch* watches, std::size_t count, deadline until);

/// What is ready when a child has ended, to be watched by wait_for(), and what a process that forks can afford: a
/// signal's handler would write to pages that have to be copied for it after each fork. After hold_back_signals().
/// Empty where the system has no such thing; the ends of children are then watched as watch_children() does it, and
/// wait_for() returns for each.
descriptor watch_ends_of_children();
/// In a forked copy of the process: closes what the original keeps, without a note of it.
void close_in_copy(const descriptor& kept);
/// True once after a child ended. `ends`: of watch_ends_of_children(), known to be ready unless it is empty.
bool take_child_ended(const descriptor& ends);

}  // namespace cordon::engine::os
