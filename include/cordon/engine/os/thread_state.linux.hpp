#pragma once

#include <cordon/engine/os/stack.hpp>

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <string>

// The system's data about a thread of another process.

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

// Texts whose last line may be cut off: of a process or thread.
std::string status_of(const char* path) {
    char text[4096];
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const ssize_t size = ::read(file, text, sizeof text);
    ::close(file);
    return std::string(text, size > 0 ? static_cast<std::size_t>(size) : 0);
}

/// True if the signal set with that name, "SigBlk:", in the system's text about a process contains this signal.
bool is_in_set(const std::string& status, const char* set, int number) {
    const std::size_t at = status.find(set);
    if (at == std::string::npos) return false;
    return (::strtoull(status.c_str() + at + ::strlen(set), nullptr, 16) >> (number - 1) & 1) != 0;
}

/// The number after that name at the start of a line; 0 if it is missing.
std::uint64_t number_in(const std::string& status, const char* name) {
    const std::size_t at = status.find(std::string("\n") + name);
    return at == std::string::npos ? 0 : ::strtoull(status.c_str() + at + 1 + ::strlen(name), nullptr, 10);
}

/// Bounds of the first thread's stack, from the system's map of the process.
bool find_stack(process_id process, std::uint64_t& start, std::uint64_t& end) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%lld/maps", static_cast<long long>(process));
    FILE* map = ::fopen(path, "re");
    if (map == nullptr) return false;
    char line[4352];
    bool found = false;
    while (!found && ::fgets(line, sizeof line, map) != nullptr) {
        if (::strstr(line, "[stack]") == nullptr) continue;
        char* rest = nullptr;
        start = ::strtoull(line, &rest, 16);
        end = *rest == '-' ? ::strtoull(rest + 1, nullptr, 16) : 0;
        found = end > start;
    }
    ::fclose(map);
    return found;
}

// From "number arguments... stack-pointer instruction" of a waiting thread.
std::uint64_t place_of_wait(const std::string& call) {
    std::uint64_t print = 14695981039346656037u;
    for (const char each : call)
        print = (print ^ static_cast<unsigned char>(each)) * 1099511628211u;
    return print;
}

// If a thread waits for a mutex, the word after next of the mutex names the holding thread (pthread_mutex_t of glibc
// and musl on Linux: lock, count, owner).
std::int64_t holder_of(process_id process, std::uint64_t lock) {
    std::int32_t words[3] = {};
    struct iovec here = {words, sizeof words};
    struct iovec there = {reinterpret_cast<void*>(lock), sizeof words};
    if (::process_vm_readv(static_cast<pid_t>(process), &here, 1, &there, 1, 0) != static_cast<ssize_t>(sizeof words))
        return 0;
    return words[0] != 0 && words[2] > 1 ? words[2] : 0;
}

thread_state state_of(process_id process, std::int64_t thread) {
    thread_state state;
    state.thread = thread;
    char path[96];
    const auto in = [&](const char* file) {
        ::snprintf(path, sizeof path, "/proc/%lld/task/%lld/%s", static_cast<long long>(process),
                   static_cast<long long>(thread), file);
        return static_cast<const char*>(path);
    };
    state.name = first_line(in("comm"));
    // Two numbers in nanoseconds: time on a processor, and time in the queue for one
    // (Documentation/scheduler/sched-stats.rst).
    const std::string times = first_line(in("schedstat"));
    char* next = nullptr;
    state.cpu = duration(::strtoll(times.c_str(), &next, 10));
    state.queued = duration(::strtoll(next, nullptr, 10));
    const std::string stat = first_line(in("stat"));
    const std::size_t after_name = stat.rfind(')');
    const char letter = after_name != std::string::npos && stat.size() > after_name + 2 ? stat[after_name + 2] : '?';
    state.waits = letter == 'S' || letter == 'D';
    state.stopped = letter == 'T' || letter == 't';
    const std::string status = status_of(in("status"));
    state.answers = !is_in_set(status, "SigBlk:", SIGURG);
    state.waits_so_far = number_in(status, "voluntary_ctxt_switches:");
    const std::string call = first_line(in("syscall"));
    char* rest = nullptr;
    const long number = ::strtol(call.c_str(), &rest, 10);
    if (rest == call.c_str()) return state;
    if (state.waits) state.place = place_of_wait(call);
    for (const auto& known : waiting_calls) {
        if (known.number == number) state.call = known.name;
    }
    if (is_futex(number)) state.holder = holder_of(process, ::strtoull(rest, nullptr, 16));
    return state;
}

}  // namespace stack_linux

}  // namespace cordon::engine::os
