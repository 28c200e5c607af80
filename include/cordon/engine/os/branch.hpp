#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine::os {

// For a process that forks in the middle of a test: its signals, children and threads belong to the user's program.

/// Holds SIGCHLD back in this thread, so that a handler of the program does not reap the child. True: it was let in.
bool hold_back_child_signal();
void let_in_child_signal();

/// If the program ignores its children, their ends are lost: stops that. True: forget_children() must be called.
bool keep_children();
void forget_children();

/// From now on orphans of descendants become children of this process. True: it changed something, so leave_orphans()
/// must be called. POSIX without Linux: never.
bool adopt_orphans_for_now();
void leave_orphans();

/// False if this process has no children, or the system does not tell.
bool has_children();
/// The children of this process. Empty if the system does not tell.
vector<process_id> own_children();
/// Kills and reaps the children that are not in `kept`, and then their orphans. Returns how many were running.
std::uint32_t end_other_children(const vector<process_id>& kept);

/// True if the process is alive and in the group of `leader`.
bool is_in_group(process_id process, process_id leader);

/// Waits for the end of a child, until `until`. Nothing: the time is over. `code` is -1 if the program has reaped it
/// itself. Its leftover processes continue.
optional<process_end> wait_for_end(process_id child, deadline until);

/// A file in memory that a child writes to. Linux: at most `most` bytes, then writing fails.
result<descriptor> make_text_file(std::size_t most);
/// The text that was written through the descriptor and its copies; at most `most` bytes.
std::string written_text(const descriptor& file, std::size_t most);

/// Drops what this process has written to its standard output, which is such a file.
void drop_output();

/// This process writes no core file when it crashes.
void forbid_core_file();

/// True if this process has only one thread. False if the system does not tell.
bool has_one_thread();

}  // namespace cordon::engine::os
