#pragma once

#include <cordon/engine/os/coverage.posix.hpp>
#include <cordon/engine/os/leave.linux.hpp>
#include <cordon/engine/os/own_state.posix.hpp>
#include <cordon/engine/os/rewind.hpp>
#include <cordon/engine/os/rewind_calls.linux.hpp>
#include <cordon/engine/os/rewind_check.linux.hpp>
#include <cordon/engine/os/rewind_obstacles.linux.hpp>
#include <cordon/engine/os/stack.linux.hpp>

#if defined(__x86_64__) && !defined(__ILP32__)
#define CORDON_DETAIL_REWINDS

#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include <stdlib.h>

#include <cstddef>
#include <cstring>

// A test runs with Syscall User Dispatch: the kernel turns each of its system calls into a SIGSYS (Linux 5.11,
// admin-guide/syscall-user-dispatch). Its handler has a stack of its own. It carries out what is harmless. What is not
// harmless happens a second time, unwatched, and from then on nothing is watched. The end of a test is a system call,
// too: there the handler puts the memory back, and leaves through the signal frame that it has kept, which has all
// registers.

namespace cordon::engine::os {

namespace rewind_linux {

process_memory memory_here;

/// The test's end that may be rewound; 0: none.
int awaited_exit = 0;

/// Compares all memory after each test.
bool checks_memory = false;

constexpr const char* variable_of_checks = "CORDON_CHECK_REWIND";
constexpr long number_of_mark = 0x7EAD;

#define CORDON_DETAIL_BARE __attribute__((noinline, used, no_instrument_function, visibility("hidden")))

extern "C" {
/// FS and GS of this process, which a program can change without a system call.
struct {
    std::uint64_t fs, gs;
} cordon_rewind_bases __attribute__((used, visibility("hidden")));

CORDON_DETAIL_BARE void cordon_rewind_on_call(int number, siginfo_t* info, void* context);

// The kernel clears most flags for a handler. Not these, and no signal frame brings the last two back: the one that
// forbids unaligned addresses, NT, ID.
#define CORDON_DETAIL_CLEAR_FLAGS  \
    "pushfq\n\t"                   \
    "andl $0xFFDBBFFF, (%rsp)\n\t" \
    "popfq\n\t"

__attribute__((naked, noinline, used)) void cordon_rewind_handle(int, siginfo_t*, void*) {
    __asm__(CORDON_DETAIL_CLEAR_FLAGS "jmp cordon_rewind_on_call");
}

// wrfsbase, wrgsbase, written as bytes because an assembler may not know them.
__attribute__((naked, noinline, used)) void cordon_rewind_handle_with_bases(int, siginfo_t*, void*) {
    __asm__(CORDON_DETAIL_CLEAR_FLAGS
            "mov cordon_rewind_bases(%rip), %rax\n\t"
            ".byte 0xF3, 0x48, 0x0F, 0xAE, 0xD0\n\t"
            "mov 8+cordon_rewind_bases(%rip), %rax\n\t"
            ".byte 0xF3, 0x48, 0x0F, 0xAE, 0xD8\n\t"
            "jmp cordon_rewind_on_call");
}
#undef CORDON_DETAIL_CLEAR_FLAGS

/// A watched call that no kernel has: its handler remembers the process. Returns 0 then, and after each rewind.
__attribute__((naked, noinline, used)) long cordon_rewind_mark() {
    __asm__(
        "mov $0x7EAD, %rax\n\t"
        "syscall\n\t"
        "ret");
}
}

inline void read_bases() {
    std::uint64_t fs, gs;
    __asm__ volatile(".byte 0xF3, 0x48, 0x0F, 0xAE, 0xC0" : "=a"(fs));
    __asm__ volatile(".byte 0xF3, 0x48, 0x0F, 0xAE, 0xC8" : "=a"(gs));
    cordon_rewind_bases = {fs, gs};
}

/// DS, ES, FS and GS, 16 bits each.
inline std::uint64_t segments_now() {
    std::uint32_t ds, es, fs, gs;
    __asm__ volatile(
        "mov %%ds, %0\n\t"
        "mov %%es, %1\n\t"
        "mov %%fs, %2\n\t"
        "mov %%gs, %3\n\t"
        : "=r"(ds), "=r"(es), "=r"(fs), "=r"(gs));
    const auto at = [](std::uint32_t value, int shift) { return std::uint64_t{value & 0xFFFFu} << shift; };
    return at(ds, 0) | at(es, 16) | at(fs, 32) | at(gs, 48);
}

/// The base of GS, as the system has it.
inline std::uint64_t base_of_gs() {
    constexpr long ask_for_gs = 0x1004;
    std::uint64_t base = 0;
    call(SYS_arch_prctl, ask_for_gs, as_long(&base));
    return base;
}

/// A program may have taken its memory away from itself (PKRU). wrpkru, written as bytes.
inline void allow_all_memory(const record& kept) {
    if (kept.has_keys) __asm__ volatile(".byte 0x0F, 0x01, 0xEF" : : "a"(0), "c"(0), "d"(0) : "memory");
}

/// How the kernel lays a signal frame: the address to return to, the context, the rest.
struct signal_frame {
    const void* return_to;
    ucontext_t context;  // the kernel's, which is shorter at its end
};

/// Keeps the registers. The kernel reads them back from wherever they are.
inline bool keep_frame(record& kept, const ucontext_t& context) {
    constexpr std::size_t offset_of_size = 468;  // struct _fpx_sw_bytes in the area of the vector registers
    constexpr std::size_t offset_of_parts = 472;
    constexpr std::uint64_t keys = 1 << 9;
    const auto begin = reinterpret_cast<address>(&context) - offsetof(signal_frame, context);
    const auto registers = reinterpret_cast<address>(context.uc_mcontext.fpregs);
    std::uint32_t size = 0;
    std::uint64_t parts = 0;
    copy_bytes(&size, reinterpret_cast<const char*>(registers) + offset_of_size, sizeof size);
    copy_bytes(&parts, reinterpret_cast<const char*>(registers) + offset_of_parts, sizeof parts);
    const address end = registers + size;
    // The vector registers must begin at a border of 64.
    const address at = reinterpret_cast<address>(kept.frame) + begin % 64;
    if (registers < begin || end - begin + 64 > record::most_frame) return false;
    copy_bytes(reinterpret_cast<void*>(at), reinterpret_cast<const void*>(begin), end - begin);
    auto& copied = *reinterpret_cast<ucontext_t*>(at + offsetof(signal_frame, context));
    copied.uc_mcontext.fpregs = reinterpret_cast<fpregset_t>(at + (registers - begin));
    copied.uc_mcontext.gregs[REG_RAX] = 0;
    kept.frame_at = reinterpret_cast<const char*>(at);
    kept.segments = segments_now();
    kept.has_keys = (parts & keys) != 0;
    return true;
}

inline unsigned long waiting_signals() {
    unsigned long waiting = 0;
    call(SYS_rt_sigpending, as_long(&waiting), signal_mask_size);
    return waiting;
}

/// Ends what only a watched process has.
inline void end_watch() {
    memory_here.work->selector = let_pass;
    record& kept = *memory_here.kept;
    call(SYS_rt_sigaction, SIGSYS, as_long(&kept.other_action), 0, signal_mask_size);
    call(SYS_prctl, dispatch_calls, 0, 0, 0, 0);
    if (kept.origin.number == 0) return;
    memory_here.open_record();
    kept.origin.end();
    memory_here.close_record();
}

/// From here on no call is watched.
inline void let_all_pass(ucontext_t& context) {
    end_watch();
    context.uc_stack = memory_here.kept->other_stack;
}

inline void answer_mark(ucontext_t& context) {
    record& kept = *memory_here.kept;
    kept.process = static_cast<int>(call(SYS_getpid));
    kept.waiting_signals = waiting_signals();
    const bool taken = keep_frame(kept, context) && (allow_all_memory(kept), memory_here.take());
    context.uc_mcontext.gregs[REG_RAX] = taken ? 0 : -1;
    if (!taken) {
        let_all_pass(context);
        call(SYS_close, kept.faults);
        call(SYS_close, kept.pagemap);
    }
    memory_here.close_record();
    memory_here.work->selector = let_pass;
}

/// What a test can change without a call, and a rewind cannot put back.
inline bool has_odd_state(const record& kept) {
    if (segments_now() != kept.segments) return true;
    if (kept.asks_for_gs && base_of_gs() != kept.gs) return true;
    if (kept.waiting_signals != waiting_signals()) return true;
    if (kept.robust == 0) return false;
    // The kernel tells others of such mutexes when their owner ends.
    const auto& held = *reinterpret_cast<const robust_list*>(kept.robust);
    return held.next != &held || held.pending != nullptr;
}

/// Says that an error was found that must not stay unseen. For tests of cordon itself.
inline void check_memory() {
    const address found = memory_here.find_difference();
    if (found == 0) return;
    char text[] = "cordon: not rewound: memory at 0x................\n";
    for (int digit = 0; digit < 16; ++digit)
        text[32 + digit] = "0123456789abcdef"[(found >> (60 - 4 * digit)) & 15];
    call(SYS_write, STDERR_FILENO, as_long(text), sizeof text - 1);
    call(SYS_exit_group, 93);
}

/// Ends the process, if it cannot be rewound.
[[noreturn]] inline void rewind_or_end(long code) {
    const record& kept = *memory_here.kept;
    // No handler may run on what is put back. The kept frame has the mask of the process.
    call(SYS_rt_sigprocmask, SIG_SETMASK, as_long(&all_signals), 0, signal_mask_size);
    const bool still_watched = memory_here.work->selector == stop_at;  // a handler may have used the process up
    if (still_watched && !has_odd_state(kept)) {
        allow_all_memory(kept);
        if (memory_here.put_back()) {
            if (checks_memory) check_memory();
            memory_here.work->begin_test();
            memory_here.work->selector = let_pass;
            cordon_unwatched_resume(kept.frame_at);
        }
    }
    end_watch();
    for (;;)
        call(SYS_exit_group, code);
}

/// Linux 6.18 has been seen to look for pages to lock without an end where they are protected for userfaultfd.
inline bool locks_memory(long number) { return number == SYS_mlockall || number == SYS_mlock || number == SYS_mlock2; }

extern "C" CORDON_DETAIL_BARE void cordon_rewind_on_call(int, siginfo_t* info, void* context_) {
    ucontext_t& context = *static_cast<ucontext_t*>(context_);
    greg_t* const registers = context.uc_mcontext.gregs;
    constexpr int arch_at = 28;  // si_arch, which older headers lack
    std::uint32_t machine = 0;
    copy_bytes(&machine, reinterpret_cast<const char*>(info) + arch_at, sizeof machine);
    if (info->si_code != code_of_dispatch) {
        // Somebody has sent the signal. It ends the process, as without us.
        let_all_pass(context);
        call(SYS_tgkill, call(SYS_getpid), call(SYS_gettid), SIGSYS);
        return;
    }
    const system_call what{info->si_syscall,   registers[REG_RDI], registers[REG_RSI], registers[REG_RDX],
                           registers[REG_R10], registers[REG_R8],  registers[REG_R9]};
    if (machine == machine_x86_64) {
        if (what.number == number_of_mark && memory_here.kept->frame_at == nullptr) return answer_mark(context);
        if (what.number == SYS_exit_group && awaited_exit != 0 && what.a == awaited_exit) rewind_or_end(what.a);
        long answer = 0;
        if (call_judge(memory_here, awaited_exit != 0).carry_out(what, answer)) {
            registers[REG_RAX] = answer;
            return;
        }
    }
    let_all_pass(context);
    if (locks_memory(what.number)) call(SYS_close, memory_here.kept->faults);
    registers[REG_RIP] -= 2;  // the length of the instruction, which happens again
}

#undef CORDON_DETAIL_BARE

inline bool make_room() {
    constexpr std::size_t most_spans = 8 * 1024;
    const std::size_t size = (sizeof(record) + most_spans * sizeof(span) + page - 1) / page * page;
    const auto map = [](std::size_t bytes) {
        return ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    };
    void* const work = map(sizeof(workspace));
    void* const kept = map(size);
    if (work == MAP_FAILED || kept == MAP_FAILED) return false;
    memory_here.work = static_cast<workspace*>(work);
    memory_here.kept = static_cast<record*>(kept);
    memory_here.kept->size = size;
    memory_here.kept->most_spans = most_spans;
    const char* const checks = ::getenv(variable_of_checks);
    checks_memory = checks != nullptr && *checks == 'm';
    return true;
}

extern "C" {
extern const std::ptrdiff_t rseq_offset __asm__("__rseq_offset") __attribute__((weak));
extern const unsigned rseq_size __asm__("__rseq_size") __attribute__((weak));
}

inline address thread_pointer() {
    address self;
    __asm__("mov %%fs:0, %0" : "=r"(self));
    return self;
}

inline bool watch_calls_here() {
    constexpr unsigned long has_bases = 2;  // HWCAP2_FSGSBASE
    workspace& work = *memory_here.work;
    record& kept = *memory_here.kept;
    const bool with_bases = (::getauxval(AT_HWCAP2) & has_bases) != 0;
    if (with_bases) read_bases();
    // A virtual machine may execute wrgsbase though its system does not know that.
    kept.asks_for_gs = !with_bases;
    if (kept.asks_for_gs) kept.gs = base_of_gs();
    if (&rseq_size != nullptr && rseq_size != 0)
        kept.thread_area = thread_pointer() + static_cast<address>(rseq_offset);
    robust_list* robust = nullptr;
    std::size_t size_of_robust = 0;
    if (call(SYS_get_robust_list, 0, as_long(&robust), as_long(&size_of_robust)) == 0)
        kept.robust = reinterpret_cast<address>(robust);
    stack_t own{};
    own.ss_sp = work.stack;
    own.ss_size = sizeof work.stack;
    own.ss_flags = disarmed_while_used;
    if (::sigaltstack(&own, &kept.other_stack) != 0) return false;
    const kernel_action action{with_bases ? cordon_rewind_handle_with_bases : cordon_rewind_handle,
                               SA_SIGINFO | SA_ONSTACK | SA_NODEFER | has_restorer, cordon_unwatched_sigreturn, 0};
    if (call(SYS_rt_sigaction, SIGSYS, as_long(&action), as_long(&kept.other_action), signal_mask_size) != 0)
        return false;
    work.selector = let_pass;
    return call(SYS_prctl, dispatch_calls, 1, as_long(unwatched_begin), unwatched_end - unwatched_begin,
                as_long(&work.selector)) == 0;
}

/// Signals change a process without a system call, if the program handles them.
inline bool handles_signals() {
    for (int number = 1; number < NSIG; ++number) {
        kernel_action now{};
        if (call(SYS_rt_sigaction, number, 0, as_long(&now), signal_mask_size) != 0) continue;
        const auto plain = reinterpret_cast<address>(now.handler);
        if (plain > 1 && !stack_linux::is_own_handler(now.handler)) return true;  // 0, 1: SIG_DFL, SIG_IGN
    }
    return false;
}

}  // namespace rewind_linux

bool rewinds_are_checked() { return ::getenv(rewind_linux::variable_of_checks) != nullptr; }

std::string why_no_rewind() {
    using namespace rewind_linux;
    const char* const obstacle = obstacle_in_process();
    if (obstacle != nullptr) return obstacle;
    if (!can_stop_at_calls()) return "the system cannot stop a process at its system calls (Linux 5.11)";
    if (!can_find_written_pages())
        return "the system does not let a process find the pages that it has written (Linux 6.7, userfaultfd)";
    return {};
}

bool remember_process() {
    using namespace rewind_linux;
    if (handles_signals() || obstacle_in_process() != nullptr) return false;
    if (!make_room() || !watch_calls_here()) return false;
    memory_here.work->selector = stop_at;
    if (cordon_rewind_mark() != 0) {
        memory_here.work = nullptr;
        return false;
    }
    own_state_posix::own_descriptors[0] = memory_here.kept->faults;
    own_state_posix::own_descriptors[1] = memory_here.kept->pagemap;
    return true;
}

void watch_calls() { rewind_linux::memory_here.work->selector = rewind_linux::stop_at; }

void stop_watching() {
    using namespace rewind_linux;
    if (memory_here.work == nullptr) return;
    end_watch();
    ::sigaltstack(&memory_here.kept->other_stack, nullptr);
    memory_here.work = nullptr;
}

bool has_printed() { return !is_watched() || rewind_linux::memory_here.work->printed; }

process_id watched_process() { return is_watched() ? rewind_linux::memory_here.kept->process : 0; }

void rewind_at_exit(int code) { rewind_linux::awaited_exit = code; }

bool is_watched() {
    using namespace rewind_linux;
    return memory_here.work != nullptr && memory_here.work->selector == stop_at;
}

unwatched::unwatched() : was_(is_watched()) {
    if (was_) rewind_linux::memory_here.work->selector = rewind_linux::let_pass;
}

unwatched::~unwatched() {
    if (was_) rewind_linux::memory_here.work->selector = rewind_linux::stop_at;
}

}  // namespace cordon::engine::os

#endif
