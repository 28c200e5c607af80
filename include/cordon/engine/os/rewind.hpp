#pragma once

#include <cordon/engine/os/process.hpp>

#include <string>

namespace cordon::engine::os {

// Puts a process back to what it was before a test: its memory and its registers. What a test changes in the kernel
// cannot be put back, so each of its system calls is looked at before it happens. One that could change anything which
// outlives the test uses the process up: from then on it cannot be rewound, and runs as any other.

/// Why this program cannot be rewound on this system: its version, its processor, or a policy. Empty: it can.
std::string why_no_rewind();

/// CORDON_CHECK_REWIND is set: no test is forked because those before it used their processes up. If it is `memory`,
/// all memory is compared with what it was after each rewind. For tests of cordon.
bool rewinds_are_checked();

/// Remembers this process, which has one thread. Returns true, and once more after each time that it was rewound.
/// Returns false if it cannot be remembered, for example because the program handles signals.
bool remember_process();

/// From here on system calls are watched. Those of other threads are not: starting one uses the process up.
void watch_calls();

/// For the last test of a remembered process: what the process has for being watched is taken away.
void stop_watching();

/// False: since the last rewind nothing was written to the standard output or error.
bool has_printed();

/// The number of this process if it is watched, and so cannot have been copied; else 0.
process_id watched_process();

/// The test is over. If the process now ends itself with `code` and is not used up, it is rewound instead:
/// remember_process() returns again.
void rewind_at_exit(int code);

/// Whether the process is watched, and so can still be rewound.
bool is_watched();

/// For calls of the engine in the middle of a test, which need not be undone.
class unwatched {
  public:
    unwatched();
    ~unwatched();
    unwatched(const unwatched&) = delete;
    unwatched& operator=(const unwatched&) = delete;

  private:
    bool was_;
};

}  // namespace cordon::engine::os
