#pragma once

namespace cordon::engine::os {

// Programs built for gcov or llvm-cov count executed lines in memory and write the counts in exit(). These functions
// are for processes that end otherwise. In programs without such counts they do nothing.

/// From now on, in forked copies too: if asked to end (SIGTERM), the process writes its counts first. A handler of the
/// program stays in place.
void write_coverage_when_asked_to_end();

/// Writes the counts, for a process that is about to end in another way than exit(). In a signal handler only after
/// everything else, because it may crash or hang, which is tolerated for a second.
void write_coverage();

/// The same as leave_now(), after writing the counts.
[[noreturn]] void leave_with_coverage(int code);

/// In a forked copy: the original process writes the counts so far.
void count_coverage_anew();

/// Early in every process. If processes would overwrite each other's file (LLVM_PROFILE_FILE without %m, %p or %c), the
/// name is changed so that they add to it. The path becomes absolute, so a test may change its folder.
void share_coverage_file();

}  // namespace cordon::engine::os
