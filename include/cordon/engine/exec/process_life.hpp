#pragma once

#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/os/leave.hpp>

namespace cordon::engine::exec {

/// Does the work once that every test process would repeat: a page that a forked process touches first costs it about a
/// microsecond.
void prepare_for_tests() {
    if (!detail::current_thread.adopted) adopt_first_thread();
    watch_terminate();
    os::prepare_to_leave();
    current_temp_folder();
    context().begin_pass();
}

/// The exit code of a complete test process. exit() returns it only if all exit handlers and destructors return: one
/// that calls _exit(0), for example, leaves another code. The worker reports it as 0.
constexpr int complete_exit_code = 92;

/// Ends the process as any program ends: with exit handlers and destructors.
[[noreturn]] CORDON_HOT void leave_after_tests() { os::leave_in_order(complete_exit_code); }

}  // namespace cordon::engine::exec
