#pragma once

#include <mach-o/dyld.h>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

std::string own_file_by_system() {
    std::string path(4096, '\0');
    std::uint32_t size = 4096;
    if (::_NSGetExecutablePath(&path[0], &size) != 0) return {};  // longer
    return path.c_str();
}

}  // namespace cordon::engine::os
