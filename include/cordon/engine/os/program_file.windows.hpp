#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/program_file.hpp>

namespace cordon::engine::os {

owned<program_file> open_program(const std::string&) { return nullptr; }
std::string readable_name(const std::string& symbol) { return symbol; }
std::string running_program() { return windows::neutral_path(windows::own_file()); }
std::string own_program_path() { return running_program(); }

}  // namespace cordon::engine::os
