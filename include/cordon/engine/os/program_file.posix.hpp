#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/program_file.hpp>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

owned<program_file> open_program(const std::string&) { return nullptr; }
std::string readable_name(const std::string& symbol) { return symbol; }
std::string running_program() { return self_path(); }
std::string own_program_path() { return self_path(); }

}  // namespace cordon::engine::os

CORDON_CHEAP_END
