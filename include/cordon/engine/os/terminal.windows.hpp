#pragma once

#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/terminal.hpp>

namespace cordon::engine::os {

terminal_size own_terminal_size() {
    terminal_size own;
    CONSOLE_SCREEN_BUFFER_INFO about{};
    if (::GetConsoleScreenBufferInfo(::GetStdHandle(STD_OUTPUT_HANDLE), &about) == 0) return own;
    own.columns = static_cast<std::uint16_t>(about.srWindow.Right - about.srWindow.Left + 1);
    own.rows = static_cast<std::uint16_t>(about.srWindow.Bottom - about.srWindow.Top + 1);
    return own;
}

namespace windows {

struct console_mode {
    HANDLE handle = nullptr;
    DWORD mode = 0;
    bool known = false;

    void remember(DWORD which) {
        handle = ::GetStdHandle(which);
        known = ::GetConsoleMode(handle, &mode) != 0;
    }
    bool put_back() const {
        DWORD now = 0;
        return known && ::GetConsoleMode(handle, &now) != 0 && now != mode && ::SetConsoleMode(handle, mode) != 0;
    }
};

console_mode console_input;
console_mode console_output;

}  // namespace windows

void remember_terminal_modes() {
    windows::console_input.remember(STD_INPUT_HANDLE);
    windows::console_output.remember(STD_OUTPUT_HANDLE);
}

bool put_back_terminal_modes() {
    const bool input = windows::console_input.put_back();
    const bool output = windows::console_output.put_back();
    return input || output;
}

result<pipe_ends> make_terminal(terminal_size) {
    return error{"make a pseudo-terminal", 0, "cordon does not do that on Windows"};
}

}  // namespace cordon::engine::os
