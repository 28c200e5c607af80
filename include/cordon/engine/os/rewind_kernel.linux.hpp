#pragma once

#include <signal.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>

// What the code that rewinds a process needs of the kernel. It runs in the middle of a test, at any system call, also
// of the C library: so it calls no library, and uses no memory but its own.

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

using address = std::uintptr_t;

constexpr address page = 4096;

// ---- calls that are not watched ----

#define CORDON_DETAIL_UNWATCHED __attribute__((naked, noinline, used, section("cordon_unwatched")))

extern "C" {
/// A system call: its number, and its six arguments. Returns the kernel's result: a negative error number if it failed.
CORDON_DETAIL_UNWATCHED long cordon_unwatched_call(long, long, long, long, long, long, long) {
    __asm__(
        "mov %rdi, %rax\n\t"
        "mov %rsi, %rdi\n\t"
        "mov %rdx, %rsi\n\t"
        "mov %rcx, %rdx\n\t"
        "mov %r8, %r10\n\t"
        "mov %r9, %r8\n\t"
        "mov 8(%rsp), %r9\n\t"
        "syscall\n\t"
        "ret");
}
/// Ends a signal handler. These bytes are how debuggers know the frame of a signal.
CORDON_DETAIL_UNWATCHED void cordon_unwatched_sigreturn() {
    __asm__(
        "mov $15, %rax\n\t"
        "syscall\n\t"
        "ud2");
}
/// Continues with all registers of a signal frame, wherever it lies.
CORDON_DETAIL_UNWATCHED void cordon_unwatched_resume(const void*) {
    __asm__(
        "lea 8(%rdi), %rsp\n\t"
        "mov $15, %rax\n\t"
        "syscall\n\t"
        "ud2");
}
extern const char unwatched_begin[] __asm__("__start_cordon_unwatched") __attribute__((visibility("hidden")));
extern const char unwatched_end[] __asm__("__stop_cordon_unwatched") __attribute__((visibility("hidden")));
}
#undef CORDON_DETAIL_UNWATCHED

inline long call(long number, long a = 0, long b = 0, long c = 0, long d = 0, long e = 0, long f = 0) {
    return cordon_unwatched_call(number, a, b, c, d, e, f);
}
inline long as_long(const void* pointer) { return static_cast<long>(reinterpret_cast<address>(pointer)); }

/// Not memcpy(): whose code may be anywhere, and must be found first.
inline void copy_bytes(void* to, const void* from, std::size_t size) {
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

// ---- linux/userfaultfd.h of Linux 6.7, which the build machine need not have ----

constexpr long user_mode_only = 1;
constexpr std::uint64_t api_version = 0xAA;
constexpr std::uint64_t write_protect_unpopulated = 1 << 13;
constexpr std::uint64_t write_protect_async = 1 << 15;
constexpr std::uint64_t register_write_protect = 1 << 1;
constexpr std::uint64_t protect = 1 << 0;

struct userfault_api {
    std::uint64_t api, features, ioctls;
};
struct userfault_register {
    std::uint64_t start, size, mode, ioctls;
};
struct userfault_protect {
    std::uint64_t start, size, mode;
};
constexpr long userfault_api_call = 0xC018AA3F;
constexpr long userfault_register_call = 0xC020AA00;
constexpr long userfault_protect_call = 0xC018AA06;
static_assert(sizeof(userfault_api) == 0x18 && sizeof(userfault_register) == 0x20 && sizeof(userfault_protect) == 0x18);

// ---- PAGEMAP_SCAN of linux/fs.h ----

/// Pages that follow one another.
struct page_range {
    std::uint64_t begin, end, categories;
};
struct page_scan {
    std::uint64_t size, flags, begin, end, stopped_at, to, most, most_pages, inverted, all_of, any_of, wanted;
};
static_assert(sizeof(page_scan) == 0x60);
constexpr long page_scan_call = 0xC0606610;
constexpr std::uint64_t scan_protects = 1 << 0;
constexpr std::uint64_t page_watched = 1 << 0;  // its mapping is registered
constexpr std::uint64_t page_written = 1 << 1;
constexpr std::uint64_t page_of_file = 1 << 2;
constexpr std::uint64_t page_present = 1 << 3;
constexpr std::uint64_t page_swapped = 1 << 4;
constexpr std::uint64_t page_of_zeros = 1 << 5;

// ---- linux/prctl.h ----

constexpr long dispatch_calls = 59;
constexpr char let_pass = 0;
constexpr char stop_at = 1;
constexpr int code_of_dispatch = 2;  // of siginfo_t
constexpr unsigned machine_x86_64 = 0xC000003E;

/// As rt_sigaction() wants it.
struct kernel_action {
    void (*handler)(int, siginfo_t*, void*);
    unsigned long flags;
    void (*restorer)();
    unsigned long mask;
};
/// SS_AUTODISARM: only so does the end of a handler set another stack for signals.
constexpr int disarmed_while_used = static_cast<int>(1u << 31);
constexpr unsigned long has_restorer = 0x04000000;
constexpr long signal_mask_size = 8;
constexpr unsigned long all_signals = ~0ul;

/// The head of the list of robust mutexes that a thread holds, as the kernel reads it when the thread ends.
struct robust_list {
    const robust_list* next;
    long offset;
    const void* pending;
};

}  // namespace cordon::engine::os::rewind_linux

#endif
