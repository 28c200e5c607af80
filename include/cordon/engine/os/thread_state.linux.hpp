#pragma once

#include <cordon/engine/os/stack.hpp>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <string>

// What the system tells of a thread of another process.

namespace cordon::engine::os {

namespace stack_linux {

std::string first_line(const char* path) {
    char text[512];
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    std::string line(text, size > 0 ? static_cast<std::size_t>(size) : 0);
    return line.substr(0, line.find('\n'));
}

constexpr struct {
    long number;
    const char* name;
} waiting_calls[] = {
    {SYS_futex, "futex"},
    {SYS_read, "read"},
    {SYS_write, "write"},
    {SYS_recvfrom, "recv"},
    {SYS_recvmsg, "recv"},
    {SYS_accept4, "accept"},
    {SYS_connect, "connect"},
    {SYS_nanosleep, "sleep"},
    {SYS_wait4, "wait"},
    {SYS_waitid, "wait"},
    {SYS_ppoll, "poll"},
    {SYS_pselect6, "select"},
    {SYS_epoll_pwait, "epoll"},
    {SYS_clock_nanosleep, "sleep"},
    {SYS_flock, "flock"},
    {SYS_fcntl, "file lock"},
    {SYS_rt_sigsuspend, "sigsuspend"},
    {SYS_rt_sigtimedwait, "sigwait"},
#if defined(SYS_accept)
    {SYS_accept, "accept"},
#endif
#if defined(SYS_semtimedop)
    {SYS_semtimedop, "semop"},
#endif
#if defined(SYS_futex_time64)  // 32 bits
    {SYS_futex_time64, "futex"},
    {SYS_ppoll_time64, "poll"},
    {SYS_pselect6_time64, "select"},
    {SYS_clock_nanosleep_time64, "sleep"},
    {SYS_semtimedop_time64, "semop"},
    {SYS_rt_sigtimedwait_time64, "sigwait"},
#endif
#if defined(SYS__newselect)
    {SYS__newselect, "select"},
    {SYS_waitpid, "wait"},
    {SYS_fcntl64, "file lock"},
#endif
#if defined(SYS_poll)
    {SYS_poll, "poll"},
    {SYS_select, "select"},
    {SYS_epoll_wait, "epoll"},
    {SYS_pause, "pause"},
#endif
};

bool is_futex(long number) {
#if defined(SYS_futex_time64)
    if (number == SYS_futex_time64) return true;
#endif
    return number == SYS_futex;
}

// Where a thread waits for a mutex, the word after next of the mutex names the thread that holds it (pthread_mutex_t of
// glibc and musl on Linux: lock, count, owner).
std::int64_t holder_of(process_id process, std::uint64_t lock) {
    std::int32_t words[3] = {};
    struct iovec here = {words, sizeof words};
    struct iovec there = {reinterpret_cast<void*>(lock), sizeof words};
    if (::process_vm_readv(static_cast<pid_t>(process), &here, 1, &there, 1, 0) != static_cast<ssize_t>(sizeof words))
        return 0;
    return words[0] != 0 && words[2] > 1 ? words[2] : 0;
}

thread_state state_of(process_id process, std::int64_t thread) {
    thread_state state{thread, {}, {}, {}, false, {}, 0};
    char path[96];
    const auto in = [&](const char* file) {
        ::snprintf(path, sizeof path, "/proc/%lld/task/%lld/%s", static_cast<long long>(process),
                   static_cast<long long>(thread), file);
        return static_cast<const char*>(path);
    };
    state.name = first_line(in("comm"));
    // Two numbers in nanoseconds: on a processor, and in the queue for one (Documentation/scheduler/sched-stats.rst).
    const std::string times = first_line(in("schedstat"));
    char* next = nullptr;
    state.cpu = duration(::strtoll(times.c_str(), &next, 10));
    state.queued = duration(::strtoll(next, nullptr, 10));
    const std::string stat = first_line(in("stat"));
    const std::size_t after_name = stat.rfind(')');
    state.waits = after_name != std::string::npos && stat.size() > after_name + 2 &&
                  (stat[after_name + 2] == 'S' || stat[after_name + 2] == 'D');
    const std::string call = first_line(in("syscall"));
    char* rest = nullptr;
    const long number = ::strtol(call.c_str(), &rest, 10);
    if (rest == call.c_str()) return state;
    for (const auto& known : waiting_calls) {
        if (known.number == number) state.call = known.name;
    }
    if (is_futex(number)) state.holder = holder_of(process, ::strtoull(rest, nullptr, 16));
    return state;
}

}  // namespace stack_linux

}  // namespace cordon::engine::os
