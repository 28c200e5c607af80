#pragma once

#include <cordon/engine/os/descriptor.hpp>

#include <cstdint>

namespace cordon::engine::os {

struct terminal_size {
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;
};

/// The size of the terminal of standard output; 80 by 24 if there is none, or its size is unknown.
terminal_size own_terminal_size();

/// Remembers the modes of the terminal from which this process was started (echo, line editing, ...), for
/// put_back_terminal_modes(): a test may change them permanently. Does nothing without a terminal, if the process is
/// not in its foreground, or if it prints elsewhere: a pager behind a pipe changes them too, rightly.
void remember_terminal_modes();
/// Restores the modes. Returns true if something was changed.
bool put_back_terminal_modes();

/// A pseudo-terminal. Programs take `write` for a terminal of this size; their output comes out of `read` byte by byte.
/// It does not become a controlling terminal. Both ends are as those of make_pipe(). The reader must also keep a
/// writing end: without any, reading fails.
result<pipe_ends> make_terminal(terminal_size size);

}  // namespace cordon::engine::os
