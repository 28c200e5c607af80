#pragma once

#include <cordon/engine/os/rewind_memory.linux.hpp>

#include <linux/futex.h>
#include <sys/ioctl.h>

#include <cstdint>

// Which system calls of a test a rewind survives. All others use the process up.

#if defined(__x86_64__) && !defined(__ILP32__)

namespace cordon::engine::os::rewind_linux {

/// What makes a call harmless.
enum class harmless_if : std::uint8_t {
    never,
    always,        // it only reads: the clock, own numbers, files' properties, random bits
    printing,      // to a descriptor of the captured output: what is printed is meant to stay
    about_output,  // it only asks about such a descriptor
    no_change,     // the second argument is null: it asks and sets nothing
    no_change_3,   // the third argument is null
    no_action,     // the second argument is null, and it does not ask for the signal that stops calls
    waking,        // of threads; there are none, or they belong to others who share that memory
    heap,          // carried out, and undone: the heap does not shrink below what it was
    new_memory,    // carried out, and undone
    of_new_memory  // in memory that the test got itself: carried out. Removing other memory only makes it inaccessible
};

struct call_rule {
    std::uint16_t number;
    harmless_if when;
};

/// Everything that is not here is taken for harmful, also what a later Linux adds. Calls that wait are missing on
/// purpose: a test that waits is slow anyway, and if it waits too long, its stack shall be its own.
constexpr call_rule call_rules[] = {
    {SYS_write, harmless_if::printing},
    {SYS_writev, harmless_if::printing},
    {SYS_fstat, harmless_if::always},
    {SYS_stat, harmless_if::always},
    {SYS_lstat, harmless_if::always},
    {SYS_newfstatat, harmless_if::always},
    {SYS_statx, harmless_if::always},
    {SYS_access, harmless_if::always},
    {SYS_faccessat, harmless_if::always},
    {SYS_readlink, harmless_if::always},
    {SYS_readlinkat, harmless_if::always},
    {SYS_getcwd, harmless_if::always},
    {SYS_ioctl, harmless_if::about_output},
    {SYS_lseek, harmless_if::about_output},
    {SYS_brk, harmless_if::heap},
    {SYS_mmap, harmless_if::new_memory},
    {SYS_munmap, harmless_if::of_new_memory},
    {SYS_madvise, harmless_if::of_new_memory},
    {SYS_rt_sigaction, harmless_if::no_action},
    {SYS_rt_sigprocmask, harmless_if::no_change},
    {SYS_prlimit64, harmless_if::no_change_3},
    {SYS_getrlimit, harmless_if::always},
    {SYS_getrusage, harmless_if::always},
    {SYS_times, harmless_if::always},
    {SYS_getpid, harmless_if::always},
    {SYS_gettid, harmless_if::always},
    {SYS_getppid, harmless_if::always},
    {SYS_getpgrp, harmless_if::always},
    {SYS_getpgid, harmless_if::always},
    {SYS_getsid, harmless_if::always},
    {SYS_getuid, harmless_if::always},
    {SYS_geteuid, harmless_if::always},
    {SYS_getgid, harmless_if::always},
    {SYS_getegid, harmless_if::always},
    {SYS_getresuid, harmless_if::always},
    {SYS_getresgid, harmless_if::always},
    {SYS_getgroups, harmless_if::always},
    {SYS_getpriority, harmless_if::always},
    {SYS_sched_getaffinity, harmless_if::always},
    {SYS_sched_yield, harmless_if::always},
    {SYS_uname, harmless_if::always},
    {SYS_sysinfo, harmless_if::always},
    {SYS_getcpu, harmless_if::always},
    {SYS_getrandom, harmless_if::always},
    {SYS_time, harmless_if::always},
    {SYS_gettimeofday, harmless_if::always},
    {SYS_clock_gettime, harmless_if::always},
    {SYS_clock_getres, harmless_if::always},
    {SYS_futex, harmless_if::waking},
};

inline harmless_if rule_of(long number) {
    for (const call_rule& each : call_rules) {
        if (each.number == number) return each.when;
    }
    return harmless_if::never;
}

struct system_call {
    long number, a, b, c, d, e, f;
    long carry_out() const { return call(number, a, b, c, d, e, f); }
};

inline bool is_output(long descriptor) { return descriptor == STDOUT_FILENO || descriptor == STDERR_FILENO; }

/// Carries out the calls that a rewind survives.
class call_judge {
  public:
    /// `leaving`: the test is over, and its process ends. What is printed then is read when it has ended.
    call_judge(const process_memory& memory, bool leaving) : memory_(memory), kept_(*memory.kept), leaving_(leaving) {}

    /// False: the call is not carried out, because it could change what outlives the test.
    bool carry_out(const system_call& what, long& answer) const {
        if (++memory_.work->calls > most_calls) return false;
        const harmless_if rule = rule_of(what.number);
        if (rule == harmless_if::new_memory) return map(what, answer);
        if (rule == harmless_if::of_new_memory) return change(what, answer);
        if (!is_harmless(rule, what)) return false;
        answer = what.carry_out();
        return true;
    }

  private:
    /// To stop so many calls takes about as long as a fork: so no test takes much longer than with a process of its
    /// own.
    static constexpr unsigned most_calls = 256;

    bool is_harmless(harmless_if rule, const system_call& what) const {
        constexpr long of_futex = ~long{FUTEX_PRIVATE_FLAG};
        switch (rule) {
            case harmless_if::always:
                return true;
            case harmless_if::printing:
                if (!is_output(what.a) || leaving_) return false;
                memory_.work->printed = true;
                return true;
            case harmless_if::about_output:
                if (what.number == SYS_ioctl && what.b != TCGETS && what.b != TIOCGWINSZ) return false;
                return is_output(what.a);
            case harmless_if::no_change:
                return what.b == 0;
            case harmless_if::no_change_3:
                return what.a == 0 && what.c == 0;
            case harmless_if::no_action:
                return what.b == 0 && what.a != SIGSYS;
            case harmless_if::waking:
                return (what.b & of_futex) == FUTEX_WAKE || (what.b & of_futex) == FUTEX_WAKE_BITSET;
            case harmless_if::heap:
                return what.a == 0 || grow_heap(static_cast<address>(what.a));
            default:
                return false;
        }
    }

    bool grow_heap(address end) const {
        if (end < kept_.heap_end) return false;
        if (kept_.heap_changed) return true;
        memory_.open_record();
        kept_.heap_changed = true;
        memory_.close_record();
        return true;
    }

    // As malloc() and new get memory.
    bool map(const system_call& what, long& answer) const {
        constexpr long plain = MAP_PRIVATE | MAP_ANONYMOUS;
        if (what.a != 0 || (what.d & ~long{MAP_NORESERVE | MAP_STACK}) != plain) return false;
        if (kept_.made_count == record::most_mappings) return false;
        answer = what.carry_out();
        if (answer < 0 && answer > -4096) return true;
        const auto begin = static_cast<address>(answer);
        memory_.open_record();
        kept_.made[kept_.made_count++] = {begin, begin + rounded(what.b)};
        memory_.close_record();
        return true;
    }

    bool change(const system_call& what, long& answer) const {
        const auto begin = static_cast<address>(what.a);
        const address end = begin + rounded(what.b);
        if (begin % page != 0 || end <= begin) return false;
        if (what.number == SYS_madvise && !is_plain_advice(what.c)) return false;
        for (std::size_t i = 0; i < kept_.made_count; ++i) {
            const span of = kept_.made[i];
            if (begin < of.begin || end > of.end) continue;
            const bool removes = what.number == SYS_munmap;
            if (removes && of.begin < begin && end < of.end && kept_.made_count == record::most_mappings) return false;
            answer = what.carry_out();
            if (removes && answer == 0) cut(i, {begin, end});
            return true;
        }
        return what.number == SYS_munmap && hide({begin, end}, answer);
    }

    static bool is_plain_advice(long advice) {
        return (advice >= MADV_NORMAL && advice <= MADV_DONTNEED) || advice == MADV_FREE || advice == MADV_HUGEPAGE ||
               advice == MADV_NOHUGEPAGE;
    }

    // A static object that gives back its memory. It must be there again for the next test, so nothing else may get its
    // place. The rights of each page change twice, so for much memory a fork costs less.
    bool hide(span what, long& answer) const {
        constexpr std::size_t most_hidden = 16 << 20;
        if (what.end - what.begin > most_hidden || kept_.odd_rights || kept_.hidden_count == record::most_mappings)
            return false;
        bool inside = false;
        for (std::size_t i = 0; i < kept_.span_count; ++i) {
            inside = inside || (what.begin >= kept_.spans[i].begin && what.end <= kept_.spans[i].end);
        }
        if (!inside) return false;
        answer = call(SYS_mprotect, static_cast<long>(what.begin), static_cast<long>(what.end - what.begin), PROT_NONE);
        if (answer != 0) return false;
        memory_.open_record();
        kept_.hidden[kept_.hidden_count++] = what;
        memory_.close_record();
        return true;
    }

    void cut(std::size_t which, span out) const {
        const span of = kept_.made[which];
        memory_.open_record();
        if (of.begin < out.begin && out.end < of.end) {
            kept_.made[which].end = out.begin;
            kept_.made[kept_.made_count++] = {out.end, of.end};
        } else if (of.begin < out.begin) {
            kept_.made[which].end = out.begin;
        } else if (out.end < of.end) {
            kept_.made[which].begin = out.end;
        } else {
            kept_.made[which] = kept_.made[--kept_.made_count];
        }
        memory_.close_record();
    }

    static address rounded(long size) { return (static_cast<address>(size) + page - 1) & ~(page - 1); }

    const process_memory& memory_;
    record& kept_;
    bool leaving_;
};

}  // namespace cordon::engine::os::rewind_linux

#endif
