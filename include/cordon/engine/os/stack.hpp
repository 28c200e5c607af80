#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// Stacks are collected by the process itself, in a signal handler: what is in its memory is what there is to see, and
// no tool has to be there. Linux. Elsewhere a crash is known by its signal alone, and a hanging test by its time.

/// Who knows what the test of this process was doing. Both functions are called in a signal handler.
struct crash_observer {
    /// False: this process is none that is to be reported on, a copy that a test has made.
    bool (*is_own_process)();
    /// Writes down what can be read as it lies in memory, which in a crash may be broken.
    void (*describe)(place_note& to);
    /// Writes down what runs code of the program's. After a crash both may crash or hang, which is coped with.
    void (*describe_more)(place_note& to);
};

/// From now on, also in forked copies, a fatal signal that the program does not handle itself is described in `crash`
/// before it ends the process in the usual way; and a thread that look_at_threads() asks writes its stack to `hang`.
/// Runs on a stack of its own, so that an overflow of the first thread's stack is described too.
void watch_for_crashes(crash_note& crash, hang_note& hang, const crash_observer& observer);

/// Whether look_at_threads() works here.
bool can_look_at_threads();

/// A thread of another process.
struct thread_state {
    std::int64_t thread = 0;
    std::string name;
    duration cpu{};       ///< used so far
    duration queued{};    ///< spent so far in the queue for a processor, ready to run
    bool waits = false;   ///< blocked in the system
    std::string call;     ///< the system call that it is in, where the system tells: "futex"
    std::int64_t holder;  ///< a futex: the thread that holds the lock; 0 unknown
};

/// The threads of a process, and asks each of them for its stack. They answer soon, but for those that block signals.
vector<thread_state> look_at_threads(process_id process, hang_note& hang);

/// The files whose code is mapped into that process.
vector<module_note> modules_of(process_id process);

}  // namespace cordon::engine::os
