#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/terminal.hpp>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

terminal_size own_terminal_size() {
    terminal_size own;
    struct winsize size {};
    if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return own;
    if (size.ws_col > 0) own.columns = size.ws_col;
    if (size.ws_row > 0) own.rows = size.ws_row;
    return own;
}

namespace terminal_posix {

// Bytes arrive unchanged: a line end stays one, and input would not be echoed.
bool set_up(const descriptor& terminal, terminal_size size) {
    struct termios modes {};
    if (::tcgetattr(terminal.native(), &modes) != 0) return false;
    modes.c_oflag &= static_cast<tcflag_t>(~static_cast<tcflag_t>(OPOST));
    modes.c_lflag &= static_cast<tcflag_t>(~static_cast<tcflag_t>(ECHO));
    struct winsize window {};
    window.ws_col = size.columns;
    window.ws_row = size.rows;
    return ::tcsetattr(terminal.native(), TCSANOW, &modes) == 0 && ::ioctl(terminal.native(), TIOCSWINSZ, &window) == 0;
}

}  // namespace terminal_posix

namespace terminal_posix {

// Never closed: it lives as long as the process.
int own_terminal = -1;
struct termios own_modes {};

bool in_foreground() { return ::tcgetpgrp(own_terminal) == ::getpgrp(); }

bool are_same(const struct termios& a, const struct termios& b) {
    return a.c_iflag == b.c_iflag && a.c_oflag == b.c_oflag && a.c_cflag == b.c_cflag && a.c_lflag == b.c_lflag &&
           ::memcmp(a.c_cc, b.c_cc, sizeof a.c_cc) == 0;
}

}  // namespace terminal_posix

void remember_terminal_modes() {
    using namespace terminal_posix;
    if (::isatty(STDOUT_FILENO) == 0) return;
    if (own_terminal < 0) {
        descriptor found(::open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC));
        if (!found) return;
        own_terminal = descriptor_posix::raise_high(std::move(found)).release();
    }
    if (!in_foreground() || ::tcgetattr(own_terminal, &own_modes) != 0) {
        ::close(own_terminal);
        own_terminal = -1;
    }
}

bool put_back_terminal_modes() {
    using namespace terminal_posix;
    struct termios now {};
    if (own_terminal < 0 || ::tcgetattr(own_terminal, &now) != 0 || are_same(now, own_modes) || !in_foreground())
        return false;
    // If another process group takes the terminal just now, this process must not be stopped.
    sigset_t stopping, before;
    ::sigemptyset(&stopping);
    ::sigaddset(&stopping, SIGTTOU);
    ::sigprocmask(SIG_BLOCK, &stopping, &before);
    const bool done = ::tcsetattr(own_terminal, TCSANOW, &own_modes) == 0;
    ::sigprocmask(SIG_SETMASK, &before, nullptr);
    return done;
}

result<pipe_ends> make_terminal(terminal_size size) {
    const auto failed = [] { return last_error("make a pseudo-terminal"); };
    descriptor control(::posix_openpt(O_RDWR | O_NOCTTY));
    if (!control || ::grantpt(control.native()) != 0 || ::unlockpt(control.native()) != 0) return failed();
    const char* name = ::ptsname(control.native());
    if (name == nullptr) return failed();
    descriptor terminal(::open(name, O_RDWR | O_NOCTTY));
    if (!terminal || !terminal_posix::set_up(terminal, size)) return failed();
    pipe_ends made{descriptor_posix::raise_high(std::move(control)), descriptor_posix::raise_high(std::move(terminal))};
    set_blocking(made.read, false);
    return made;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
