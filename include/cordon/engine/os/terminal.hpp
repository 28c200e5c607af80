#pragma once

#include <cordon/engine/os/descriptor.hpp>

#include <cstdint>

namespace cordon::engine::os {

struct terminal_size {
    std::uint16_t columns = 80;
    std::uint16_t rows = 24;
};

/// Of the terminal that is standard output; 80 by 24 where there is none, or it does not say.
terminal_size own_terminal_size();

/// Remembers how the terminal behaves that this process was started from (echo, line editing, ...), for
/// put_back_terminal_modes(): a test may change it for good. Nothing where there is none, where the process is not in
/// its foreground, or prints elsewhere: a pager behind a pipe changes it, too, and rightly.
void remember_terminal_modes();
/// Puts back what has been changed since. True: something was.
bool put_back_terminal_modes();

/// A pseudo-terminal: `write` is what programs take for a terminal of this size, what they write there comes out of
/// `read` byte by byte as they wrote it. It becomes nobody's controlling terminal. Both ends as those of make_pipe(),
/// and who reads must keep a writing end, too: without any, reading fails.
result<pipe_ends> make_terminal(terminal_size size);

}  // namespace cordon::engine::os
