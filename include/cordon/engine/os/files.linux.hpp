#pragma once

#include <cordon/engine/os/files.hpp>

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace cordon::engine::os {

bool swap_names(const std::string& one, const std::string& other) {
    constexpr unsigned exchange = 2;
    return ::syscall(SYS_renameat2, AT_FDCWD, one.c_str(), AT_FDCWD, other.c_str(), exchange) == 0;
}

}  // namespace cordon::engine::os
