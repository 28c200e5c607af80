#pragma once

#include <cstdint>

namespace cordon::engine::os {

using native_handle = std::intptr_t;  // a HANDLE, without <windows.h>
inline constexpr native_handle no_handle = -1;

}  // namespace cordon::engine::os
