#pragma once

#include <cordon/engine/os/files.hpp>

namespace cordon::engine::os {

bool swap_names(const std::string&, const std::string&) { return false; }

}  // namespace cordon::engine::os
