#pragma once

#include <cordon/engine/os/own_memory.hpp>
#include <cordon/engine/os/wide.windows.hpp>

namespace cordon::engine::os {

std::size_t copy_own_memory(const void* from, void* to, std::size_t size) {
    SIZE_T copied = 0;
    const BOOL done = ::ReadProcessMemory(::GetCurrentProcess(), from, to, size, &copied);
    return done != 0 || ::GetLastError() == ERROR_PARTIAL_COPY ? copied : 0;
}

}  // namespace cordon::engine::os
