#pragma once

#include <cordon/engine/os/stack.hpp>

namespace cordon::engine::os {

void watch_for_crashes(crash_note&, hang_note&, const crash_observer&) {}
void describe_crash_in(crash_note&) {}
void expect_signal(int) {}
bool is_called_by_nothrow_new() { return false; }
bool can_look_at_threads() { return false; }
vector<thread_state> threads_of(process_id) { return {}; }
void ask_for_stacks(process_id, const vector<thread_state>&, hang_note&) {}
stack_copy copy_first_stack(process_id) { return {}; }
void prepare_to_tell_interruptions() {}
bool interrupts_library(const void*) { return false; }
vector<module_note> modules_of(process_id) { return {}; }

}  // namespace cordon::engine::os
