#pragma once

#include <cordon/engine/exec/context.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/process.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// The test that runs in the supervisor itself; null in other processes.
const std::string_view* test_of_supervisor = nullptr;

// The process is the run: if it ends, the verdicts of all tests are lost, and its exit code must not say otherwise. A
// call of _exit() cannot be noticed here. Copies of the process may end.
void refuse_early_exit() {
    if (test_of_supervisor == nullptr || context().in_branch() || !context().in_own_process()) return;
    os::flush_standard_streams();
    os::write_standard_error("cordon: the test \"" + std::string(*test_of_supervisor) +
                             "\" ended the process, and with it the run\n");
    os::leave_with_coverage(1);
}

/// Ends the test and its process, where the test cannot be left: in another thread, or in a function that lets no
/// exception pass.
[[noreturn]] void end_test_and_process() {
    context().end_now();
    os::flush_standard_streams();
    refuse_early_exit();
    os::leave_with_coverage(0);
}

}  // namespace cordon::engine::exec
