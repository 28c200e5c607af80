#pragma once

#include <cordon/engine/os/process.hpp>

namespace cordon::engine::os {

/// True if die_with_parent() works here. Otherwise the supervisor learns the id of every test process before the test
/// starts.
bool can_die_with_parent();

/// From now on this process is killed when its parent dies. Ends it at once if `parent` has already ended. Linux:
/// PR_SET_PDEATHSIG. Elsewhere nothing: workers notice that their command pipe closes.
void die_with_parent(process_id parent);

/// From now on descendants whose parent dies become children of this process, even after setsid(). Linux:
/// PR_SET_CHILD_SUBREAPER. Elsewhere nothing: only the test's process group can be killed.
void adopt_orphans();

/// The words of the command that started this process; none if the system does not tell. Linux: /proc/self/cmdline.
vector<std::string> command_line_of_process();
/// Remembers the running program's file, or the path in argv0 if the system does not tell.
status find_self_file(const char* argv0);
/// Replaces this process by that program. Returns only on failure, with errno set.
void execute_self(char** arguments, char** environment);

}  // namespace cordon::engine::os
