#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/process.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

namespace cordon::engine::os {

// The process itself collects its stacks, in a signal handler: it can see all of its memory, and needs no tool. Linux
// and, with a thread of its own for that, Windows. Elsewhere a crash is known only by its signal, and a hanging test by
// its time.

/// The functions that know what the test of this process was doing. All are called in a signal handler.
struct crash_observer {
    /// False: this process is a copy that a test has made, and is not reported.
    bool (*is_own_process)();
    /// True if the process with this error number crashed because memory was refused, as far as it can be known.
    bool (*ran_out_of_memory)(int error);
    /// Writes data that can be read directly from memory, which may be damaged after a crash.
    void (*describe)(place_note& to);
    /// Writes data by running code of the program. After a crash these two may crash or hang, which is handled.
    void (*describe_more)(place_note& to);
    /// As describe(), of the thread that has called watch_for_crashes(). Called in another thread, while that one is
    /// stopped. Windows.
    void (*describe_first)(place_note& to);
};

/// From now on, in forked copies too: a fatal signal that the program does not handle is described in `crash` before it
/// ends the process as usual, and a thread that ask_for_stacks() asks writes its stack to `hang`. The handler has its
/// own stack, so that an overflow of the first thread's stack is described too.
void watch_for_crashes(crash_note& crash, hang_note& hang, const crash_observer& observer);

/// In a branch of a test: its crash is described in `crash` instead, which must be empty.
void describe_crash_in(crash_note& crash);
/// This signal ends the process without a description, and also without that of a sanitizer. A handler of the program
/// stays.
void expect_signal(int number);

/// True if operator new's form that returns null is among the callers. False if this is unknown.
bool is_called_by_nothrow_new();

/// True if threads_of() and ask_for_stacks() work here.
bool can_look_at_threads();

/// A thread of another process.
struct thread_state {
    std::int64_t thread = 0;
    std::string name;
    duration cpu{};                  ///< used so far
    duration queued{};               ///< spent so far in the queue for a processor, ready to run
    bool waits = false;              ///< blocked in the system
    std::uint64_t waits_so_far = 0;  ///< how often it has given up its processor by itself so far
    bool stopped = false;            ///< by a signal or a tracer
    std::string call;                ///< the system call that it is in, where the system tells: "futex"
    std::int64_t holder = 0;         ///< a futex: the thread that holds the lock; 0 unknown
    std::uint64_t place = 0;         ///< where it waits, call and stack pointer as one figure; 0 unknown
    bool answers = true;             ///< it does not block the signal by which it is asked for its stack
};

/// The threads of a process, from outside: nothing in it is stopped, woken or changed.
vector<thread_state> threads_of(process_id process);

/// Asks each of them for its stack. They answer soon, except those that block signals.
void ask_for_stacks(process_id process, const vector<thread_state>& threads, hang_note& hang);

/// The outermost part of the first thread's stack of a process, read without stopping it.
struct stack_copy {
    std::uint64_t end = 0;  ///< the address after the last byte
    std::string bytes;
};
stack_copy copy_first_stack(process_id process);

/// True if every call on that stack, as far as the copy reaches, existed when the copy was taken.
inline bool holds_calls(const stack_copy& copy, const stack_note& stack) {
    const std::uint64_t start = copy.end - copy.bytes.size();
    for (std::size_t i = 0; i < std::min<std::size_t>(stack.count, stack_note::most_frames); ++i) {
        const std::uint64_t slot = stack.slots[i];
        if (slot < start || slot > copy.end - sizeof slot || copy.bytes.size() < sizeof slot) continue;
        std::uint64_t held = 0;
        std::memcpy(&held, copy.bytes.data() + (slot - start), sizeof held);
        if (held != stack.frames[i] + 1) return false;
    }
    return true;
}

/// The files whose code is mapped into that process.
vector<module_note> modules_of(process_id process);

}  // namespace cordon::engine::os
