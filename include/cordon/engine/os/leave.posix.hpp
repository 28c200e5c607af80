#pragma once

#include <cordon/engine/os/leave.hpp>

#include <cstdlib>

namespace cordon::engine::os {

void prepare_to_leave() {}

void leave_in_order(int code) { std::exit(code); }

}  // namespace cordon::engine::os
