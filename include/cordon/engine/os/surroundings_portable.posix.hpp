#pragma once

#include <cordon/engine/os/surroundings.hpp>

namespace cordon::engine::os {

status use_processors(std::uint32_t) { return error{"choose processors", 0, "this system does not offer it"}; }
status set_timer_slack(duration) { return error{"set the timer slack", 0, "this system does not offer it"}; }
bool can_change_scheduling() { return false; }
bool can_fix_addresses() { return false; }
void fix_addresses() {}
void randomize_addresses() {}
bool addresses_are_fixed() { return false; }

}  // namespace cordon::engine::os
