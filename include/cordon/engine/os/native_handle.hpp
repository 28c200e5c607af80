#pragma once

// The system's own handle of an open file, a pipe end or a memory object: `native_handle`, and `no_handle`. POSIX: a
// file descriptor. Windows: a HANDLE. Only the files of os/ look inside.
#if defined(_WIN32)
#include <cordon/engine/os/native_handle.windows.hpp>
#else
#include <cordon/engine/os/native_handle.posix.hpp>
#endif

#include <cstdint>

namespace cordon::engine::os {

/// A handle by its number, as one process tells another. -1: none.
using handle_number = std::int64_t;

handle_number number_of(native_handle handle);
/// no_handle where the number is that of no handle.
native_handle handle_of(handle_number number);

}  // namespace cordon::engine::os
