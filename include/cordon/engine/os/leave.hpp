#pragma once

namespace cordon::engine::os {

/// Called once, early, in a process whose forks end with leave_in_order(): finds out whether they can end quickly.
void prepare_to_leave();

/// As exit(code): thread-local and static destructors run, exit handlers, functions with the destructor attribute, and
/// the streams are flushed. If only the C and C++ run time is left to finalize then, the process ends without that: it
/// has no effect that lasts, and costs a third of the page faults of a short test's process. With libraries of other
/// kinds, sanitizers or coverage data it is exit().
[[noreturn]] void leave_in_order(int code);

}  // namespace cordon::engine::os
