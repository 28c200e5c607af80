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

}  // namespace cordon::engine::os
