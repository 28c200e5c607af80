#pragma once

#include <cordon/engine/os/stack.hpp>

namespace cordon::engine::os {

void watch_for_crashes(crash_note&, hang_note&, const crash_observer&) {}
bool can_look_at_threads() { return false; }
vector<thread_state> look_at_threads(process_id, hang_note&) { return {}; }
void prepare_to_tell_interruptions() {}
bool interrupts_library(const void*) { return false; }
vector<module_note> modules_of(process_id) { return {}; }

}  // namespace cordon::engine::os
