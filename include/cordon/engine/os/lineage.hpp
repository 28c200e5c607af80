#pragma once

#include <cordon/engine/os/process.hpp>

namespace cordon::engine::os {

/// Whether die_with_parent() works here. Where it does not, the supervisor is told every test process's id before the
/// test starts.
bool can_die_with_parent();

/// From now on this process is killed when its parent dies. Ends it at once if `parent` is already gone.
/// Linux: PR_SET_PDEATHSIG. Elsewhere nothing: workers notice the end of their command pipe instead.
void die_with_parent(process_id parent);

/// From now on descendants whose parent dies become children of this process, also after setsid().
/// Linux: PR_SET_CHILD_SUBREAPER. Elsewhere nothing: only the test's process group can be ended.
void adopt_orphans();

/// Remembers the running program's file, or the path that argv0 stands for where the system does not tell.
status find_self_file(const char* argv0);
/// Replaces this process by that program. Returns only on failure, with errno set.
void execute_self(char** arguments, char** environment);

}  // namespace cordon::engine::os
