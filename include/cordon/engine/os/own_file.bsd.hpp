#pragma once

#include <sys/types.h>

#include <sys/sysctl.h>

#include <string>

namespace cordon::engine::os {

std::string own_file_by_system() {
    int name[] = {CTL_KERN, KERN_PROC, KERN_PROC_PATHNAME, -1};  // -1: this process
    char path[4096];
    std::size_t size = sizeof path;
    if (::sysctl(name, 4, path, &size, nullptr, 0) == 0 && size > 1) return std::string(path, size - 1);
    return {};
}

}  // namespace cordon::engine::os
