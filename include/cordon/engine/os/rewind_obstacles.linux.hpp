#pragma once

#include <cordon/engine/os/coverage.posix.hpp>
#include <cordon/engine/os/leave.linux.hpp>
#include <cordon/engine/os/rewind_kernel.linux.hpp>

#if defined(__x86_64__) && !defined(__ILP32__)

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <stdlib.h>

#include <cstring>

// Why a process cannot be rewound.

namespace cordon::engine::os::rewind_linux {

/// A signal that is blocked cannot stop a call.
inline bool blocks_stops() {
    unsigned long blocked = 0;
    call(SYS_rt_sigprocmask, SIG_BLOCK, 0, as_long(&blocked), signal_mask_size);
    return (blocked & (1ul << (SIGSYS - 1))) != 0;
}

/// These count what a process has used, all its tests together. Null: none is set.
inline const char* limit_of_process() {
    struct {
        decltype(RLIMIT_CPU) number;
        const char* text;
    } const limits[] = {{RLIMIT_CPU, "a limit of processor time is set (ulimit -t)"},
                        {RLIMIT_AS, "a limit of memory is set (ulimit -v)"},
                        {RLIMIT_DATA, "a limit of memory is set (ulimit -d)"}};
    struct rlimit now;
    for (const auto& each : limits) {
        if (::getrlimit(each.number, &now) != 0 || now.rlim_cur != RLIM_INFINITY) return each.text;
    }
    constexpr rlim_t needed = 1024;
    if (::getrlimit(RLIMIT_NOFILE, &now) != 0 || now.rlim_cur < needed)
        return "a process may open few files (ulimit -n)";
    return nullptr;
}

/// Which forbids to continue in an earlier frame.
inline bool has_shadow_stack() {
    constexpr long ask_for_shadow_stack = 0x5005;
    std::uint64_t on = 0;
    return call(SYS_arch_prctl, ask_for_shadow_stack, as_long(&on)) == 0 && on != 0;
}

/// It does not know the calls, and says so to the user. What it preloads is in the program's environment.
inline bool is_in_valgrind() {
    const char* const preloaded = ::getenv("LD_PRELOAD");
    return preloaded != nullptr && std::strstr(preloaded, "vgpreload_") != nullptr;
}

/// Null: nothing of this process forbids it to be rewound.
inline const char* obstacle_in_process() {
    constexpr int filtered = 2;
    if (leave_linux::is_sanitized()) return "the program has a sanitizer";
    if (coverage_posix::counts()) return "the program counts the lines that it executes";
    if (is_in_valgrind()) return "it runs under valgrind";
    if (blocks_stops()) return "the signal SIGSYS is blocked";
    if (has_shadow_stack()) return "the program has a shadow stack";
    if (::prctl(PR_GET_SECCOMP) == filtered) return "its system calls are filtered (seccomp)";
    return limit_of_process();
}

inline bool can_find_written_pages() {
    const long faults = call(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | user_mode_only);
    userfault_api api{api_version, write_protect_async | write_protect_unpopulated, 0};
    const bool good = faults >= 0 && call(SYS_ioctl, faults, userfault_api_call, as_long(&api)) == 0;
    if (faults >= 0) call(SYS_close, faults);
    return good;
}

inline bool can_stop_at_calls() {
    static char selector = let_pass;
    const bool good = call(SYS_prctl, dispatch_calls, 1, 0, 0, as_long(&selector)) == 0;
    if (good) call(SYS_prctl, dispatch_calls, 0, 0, 0, 0);
    return good;
}

}  // namespace cordon::engine::os::rewind_linux

#endif
