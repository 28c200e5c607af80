#pragma once

namespace cordon::engine::os {

// Programs built for gcov or llvm-cov count which of their lines run, in their memory, and write that down as they
// leave through exit(). Here is what it takes for the others. In programs without such counts all of this does nothing.

/// From now on, also in forked copies: asked to end (SIGTERM), the process writes its counts before it does. A handler
/// of the program's own stays in place.
void write_coverage_when_asked_to_end();

/// Writes what has been counted, for a process that is about to end by any other way than exit(). In a signal handler:
/// only after all else is done, since it may crash or hang, which is coped with for a second.
void write_coverage();

/// As leave_now(), after that.
[[noreturn]] void leave_with_coverage(int code);

/// In a forked copy: what its original has counted so far is the original's to write.
void count_coverage_anew();

/// Early in every process: where they would write over each other's file (LLVM_PROFILE_FILE
/// without %m, %p or %c), the name is changed so that they add to it; and it holds in whichever folder a test goes to.
void share_coverage_file();

}  // namespace cordon::engine::os
