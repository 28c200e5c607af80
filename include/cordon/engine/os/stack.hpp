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

/// Who knows what the test of this process was doing. All of it is called in a signal handler.
struct crash_observer {
    /// False: this process is none that is to be reported on, a copy that a test has made.
    bool (*is_own_process)();
    /// Of a process that had this error number when it crashed: it was refused memory, as far as can be told.
    bool (*ran_out_of_memory)(int error);
    /// Writes down what can be read as it lies in memory, which in a crash may be broken.
    void (*describe)(place_note& to);
    /// Writes down what runs code of the program's. After a crash these two may crash or hang, which is coped with.
    void (*describe_more)(place_note& to);
};

/// From now on, also in forked copies, a fatal signal that the program does not handle itself is described in `crash`
/// before it ends the process in the usual way; and a thread that ask_for_stacks() asks writes its stack to `hang`.
/// Runs on a stack of its own, so that an overflow of the first thread's stack is described too.
void watch_for_crashes(crash_note& crash, hang_note& hang, const crash_observer& observer);

/// Whether this is called, at whatever distance, by operator new's form that returns null instead of throwing. False
/// where that cannot be told.
bool is_called_by_nothrow_new();

/// Whether threads_of() and ask_for_stacks() work here.
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

/// The threads of a process, from outside: nothing in it is stopped, woken up or changed.
vector<thread_state> threads_of(process_id process);

/// Asks each of them for its stack. They answer soon, but for those that block signals.
void ask_for_stacks(process_id process, const vector<thread_state>& threads, hang_note& hang);

/// What lies on the first thread's stack of a process, read without stopping it: its outermost part.
struct stack_copy {
    std::uint64_t end = 0;  ///< the address behind the last byte
    std::string bytes;
};
stack_copy copy_first_stack(process_id process);

/// Whether every call on that stack, as far as the copy reaches, was there when the copy was taken.
bool holds_calls(const stack_copy& copy, const stack_note& stack);

/// The files whose code is mapped into that process.
vector<module_note> modules_of(process_id process);

}  // namespace cordon::engine::os
