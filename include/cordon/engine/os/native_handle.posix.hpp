#pragma once

namespace cordon::engine::os {

using native_handle = int;  // a file descriptor
inline constexpr native_handle no_handle = -1;

}  // namespace cordon::engine::os
