#pragma once

#include <string>

namespace cordon::engine::os {

std::string own_file_by_system() { return {}; }

}  // namespace cordon::engine::os
