#pragma once

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cstddef>

// System calls that every test process or its worker makes, without the C library's functions. Each of those is in
// another part of the library, and a part that a forked process touches first costs it about a microsecond. ppoll()
// also writes to a page that must be copied after each fork.

namespace cordon::engine::os::direct {

// Sanitizers must see the calls.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CORDON_DETAIL_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
#define CORDON_DETAIL_SANITIZED
#endif
#endif

#if defined(__x86_64__) && !defined(__ILP32__) && !defined(CORDON_DETAIL_SANITIZED)

/// The kernel's result: a negative error number if it failed.
inline long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0) {
    register long fourth __asm__("r10") = d;
    register long fifth __asm__("r8") = e;
    long result = number;
    __asm__ volatile("syscall"
                     : "+a"(result)
                     : "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth)
                     : "rcx", "r11", "memory");
    return result;
}

/// Returns a negative error number if it failed, because errno is in another page.
inline int ppoll(struct pollfd* polled, std::size_t count, struct timespec* left, const sigset_t* mask) {
    constexpr long mask_bytes = 8;  // of the kernel's mask, which is shorter than the library's
    return static_cast<int>(call(SYS_ppoll, reinterpret_cast<long>(polled), static_cast<long>(count),
                                 reinterpret_cast<long>(left), reinterpret_cast<long>(mask), mask_bytes));
}
/// Without waiting.
inline bool poll_now(struct pollfd* polled, int count) {
    return call(SYS_poll, reinterpret_cast<long>(polled), count, 0) >= 0;
}
/// Returns the child's number if it has ended; does not wait.
inline pid_t wait4(pid_t child, int* state, struct rusage* used) {
    return static_cast<pid_t>(
        call(SYS_wait4, child, reinterpret_cast<long>(state), WNOHANG, reinterpret_cast<long>(used)));
}
inline bool has_children() {
    siginfo_t about;
    return call(SYS_waitid, P_ALL, 0, reinterpret_cast<long>(&about), WEXITED | WNOHANG | WNOWAIT) >= 0;
}
inline bool stat(const char* path, struct stat* about) {
    return call(SYS_stat, reinterpret_cast<long>(path), reinterpret_cast<long>(about)) == 0;
}
inline mode_t umask(mode_t mask) { return static_cast<mode_t>(call(SYS_umask, static_cast<long>(mask))); }
inline void close(int descriptor) { call(SYS_close, descriptor); }
inline void dup2(int from, int to) { call(SYS_dup2, from, to); }
inline void die_with_parent(int number) { call(SYS_prctl, PR_SET_PDEATHSIG, number); }
inline pid_t getppid() { return static_cast<pid_t>(call(SYS_getppid)); }
inline void setpgid(pid_t process, pid_t group) { call(SYS_setpgid, process, group); }
[[noreturn]] inline void exit_group(int code) {
    call(SYS_exit_group, code);
    __builtin_unreachable();
}
inline void monotonic_time(struct timespec& time) {
    call(SYS_clock_gettime, CLOCK_MONOTONIC, reinterpret_cast<long>(&time));
}
/// The kernel's mask is the first word of the library's.
inline void set_signal_mask(const sigset_t* mask) {
    call(SYS_rt_sigprocmask, SIG_SETMASK, reinterpret_cast<long>(mask), 0, sizeof(long));
}
inline bool read_signal_mask(sigset_t* mask) {
    return call(SYS_rt_sigprocmask, SIG_BLOCK, 0, reinterpret_cast<long>(mask), sizeof(long)) == 0;
}
inline void (*signal_handler(int number))(int) {
    struct {
        void (*handler)(int);
        unsigned long flags;
        void (*restorer)();
        unsigned long mask;
    } now;
    return call(SYS_rt_sigaction, number, 0, reinterpret_cast<long>(&now), sizeof(long)) == 0 ? now.handler : SIG_DFL;
}

#else

inline int ppoll(struct pollfd* polled, std::size_t count, struct timespec* left, const sigset_t* mask) {
    const int ready = ::ppoll(polled, count, left, mask);
    return ready < 0 ? -errno : ready;
}
inline bool poll_now(struct pollfd* polled, int count) { return ::poll(polled, static_cast<nfds_t>(count), 0) >= 0; }
inline pid_t wait4(pid_t child, int* state, struct rusage* used) { return ::wait4(child, state, WNOHANG, used); }
inline bool has_children() {
    siginfo_t about;
    return ::waitid(P_ALL, 0, &about, WEXITED | WNOHANG | WNOWAIT) == 0;
}
inline bool stat(const char* path, struct stat* about) { return ::stat(path, about) == 0; }
inline mode_t umask(mode_t mask) { return ::umask(mask); }
inline void close(int descriptor) { ::close(descriptor); }
inline void dup2(int from, int to) { ::dup2(from, to); }
inline void die_with_parent(int number) { ::prctl(PR_SET_PDEATHSIG, number); }
inline pid_t getppid() { return ::getppid(); }
inline void setpgid(pid_t process, pid_t group) { ::setpgid(process, group); }
[[noreturn]] inline void exit_group(int code) { ::_exit(code); }
inline void monotonic_time(struct timespec& time) { ::clock_gettime(CLOCK_MONOTONIC, &time); }
inline void set_signal_mask(const sigset_t* mask) { ::sigprocmask(SIG_SETMASK, mask, nullptr); }
inline bool read_signal_mask(sigset_t* mask) { return ::sigprocmask(SIG_BLOCK, nullptr, mask) == 0; }
inline void (*signal_handler(int number))(int) {
    struct sigaction now;
    return ::sigaction(number, nullptr, &now) == 0 ? now.sa_handler : SIG_DFL;
}

#endif
#undef CORDON_DETAIL_SANITIZED

}  // namespace cordon::engine::os::direct
