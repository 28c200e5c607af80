#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/at_risk.posix.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/leave.linux.hpp>
#include <cordon/engine/os/signal.posix.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/stack_walk.linux.hpp>
#include <cordon/engine/os/thread_state.linux.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <link.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>
#include <unwind.h>

#include <algorithm>

namespace cordon::engine::os {

namespace stack_linux {

crash_note* crash = nullptr;
hang_note* hang = nullptr;
crash_observer observer{};

// Ignored by default: a thread without cordon's handlers (an executed program) is not harmed.
constexpr int look_signal = SIGURG;
constexpr int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

// ---- handlers ----

registers crashed_at;

void note_modules() {
    crash->modules = find_modules("/proc/self/maps", crash->stack.frames, crash->stack.count, crash->module,
                                  crash_note::most_modules);
}

void note_objects() {
    crash->modules = find_objects(crash->stack.frames, crash->stack.count, crash->module, crash_note::most_modules);
}

// The map of this process is read through a descriptor. The test may have used all descriptors. The process is about to
// end, so it no longer needs its standard input.
void make_room_for_descriptor() {
    const int probe = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (probe >= 0) {
        ::close(probe);
    } else if (errno == EMFILE) {
        ::close(STDIN_FILENO);
    }
}

fault_address told_address(int number, const siginfo_t& about) {
    const bool may_have = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
    if (!may_have || about.si_code <= 0) return fault_address::none;
    return about.si_code == SI_KERNEL ? fault_address::not_told : fault_address::known;
}

// The crash may have damaged the data that is read here: the stack, the test's texts, and most of all INFO texts, which
// code of the program writes. So each part is complete before the next one is tried, and the process still dies from
// the first signal.
void write_down(int number, const siginfo_t& about, const void* context, int error) {
    crashed_at = registers_of(context);
    crash->signal = number;
    crash->out_of_memory = observer.ran_out_of_memory(error) ? 1 : 0;
    crash->by_program = about.si_code <= 0 ? 1 : 0;
    crash->told_address = told_address(number, about);
    const bool known = crash->told_address == fault_address::known;
    crash->address = known ? reinterpret_cast<std::uint64_t>(about.si_addr) : 0;
    crash->stack_pointer = crashed_at.stack;
    crash->place.clear();
    begin_stack(crash->stack, crashed_at);
    make_room_for_descriptor();
    note_modules();
    crash->state.store(crash_note::told);
    at_risk::run([] { observer.describe(crash->place); });
    at_risk::run([] { walk_up(crash->stack, crashed_at); });
    complete_stack(crash->stack, crashed_at);
    note_modules();
    if (crash->modules == 0) at_risk::run(note_objects);
    at_risk::run([] { observer.describe_more(crash->place); });
}

// The signal comes again, with its default action, as soon as its handler returns.
void die_of(int number) {
    struct sigaction standard {};
    ::sigaction(number, &standard, nullptr);
    ::syscall(SYS_tgkill, ::getpid(), own_thread(), number);
}

// A look at a hanging test must not end the test: if the stack is damaged, only the look ends.
CORDON_THREAD_LOCAL sigjmp_buf look_end;
CORDON_THREAD_LOCAL volatile sig_atomic_t looking;

template <class Action>
void look_safely(Action action) {
    if (sigsetjmp(look_end, 1) == 0) {
        looking = 1;
        action();
    }
    looking = 0;
}

extern "C" void cordon_note_crash(int number, siginfo_t* about, void* context) {
    if (looking != 0) ::siglongjmp(look_end, 1);
    const int error_before = errno;
    if (crash != nullptr && observer.is_own_process()) {
        std::uint32_t untouched = crash_note::nothing;
        if (crash->state.compare_exchange_strong(untouched, crash_note::begun)) {
            write_down(number, *about, context, error_before);
            write_coverage();
        } else {
            ::sleep(2);  // another thread does this, and will end the process
        }
    }
    errno = error_before;
    die_of(number);
}

extern "C" void cordon_take_look(int, siginfo_t*, void* context) {
    if (hang == nullptr || hang->wanted.load() == 0) return;
    const int error_before = errno;
    if (own_thread() == ::getpid()) look_safely([] { observer.describe(hang->place); });
    const std::uint32_t slot = hang->taken.fetch_add(1);
    if (slot < hang_note::most_stacks) {
        look_safely([slot, context] { take_stack(hang->stack[slot], context); });
        hang->ready[slot].store(1);
    }
    errno = error_before;
}

/// Handlers of a sanitizer, by signal. They come before those of the program.
struct sigaction of_sanitizer[32] = {};

bool is_same(const struct sigaction& a, const struct sigaction& b) {
    return (a.sa_flags & SA_SIGINFO) != 0 && (b.sa_flags & SA_SIGINFO) != 0 && a.sa_sigaction == b.sa_sigaction;
}

// An existing handler (of a sanitizer or the program) stays.
void install_if_default(int number, void (*handler)(int, siginfo_t*, void*), int flags) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    if ((before.sa_flags & SA_SIGINFO) != 0 || before.sa_handler != SIG_DFL) {
        if (leave_linux::is_sanitized() && number < 32) of_sanitizer[number] = before;
        return;
    }
    struct sigaction action {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
    ::sigaction(number, &action, nullptr);
}

/// For tests that are watched: such a handler ends the process, or is none of the program's.
bool is_own_handler(void (*handler)(int, siginfo_t*, void*)) {
    return handler == cordon_note_crash || handler == cordon_take_look;
}

void provide_stack() {
    alignas(16) static char room[64 * 1024];
    stack_t before{};
    if (::sigaltstack(nullptr, &before) != 0 || (before.ss_flags & SS_DISABLE) == 0) return;
    stack_t own{};
    own.ss_sp = room;
    own.ss_size = sizeof room;
    ::sigaltstack(&own, nullptr);
}

std::uint64_t library_start = 0;
std::uint64_t library_end = 0;

// The C library is the object that contains the target of `stdout`. The address of one of its functions may be that of
// a stub in the program.
int note_library(struct dl_phdr_info* object, std::size_t, void*) {
    const auto data = reinterpret_cast<std::uint64_t>(stdout);
    bool is_library = false;
    std::uint64_t start = 0, end = 0;
    for (int i = 0; i < object->dlpi_phnum; ++i) {
        const auto& part = object->dlpi_phdr[i];
        if (part.p_type != PT_LOAD) continue;
        const std::uint64_t from = object->dlpi_addr + part.p_vaddr;
        is_library = is_library || (data >= from && data < from + part.p_memsz);
        if ((part.p_flags & PF_X) == 0) continue;
        start = from;
        end = from + part.p_memsz;
    }
    if (!is_library) return 0;
    library_start = start;
    library_end = end;
    return 1;
}

// The bytes before an instruction that follows a system call.
bool follows_system_call(std::uint64_t instruction) {
#if defined(__x86_64__)
    return ::memcmp(reinterpret_cast<const char*>(instruction) - 2, "\x0F\x05", 2) == 0;
#elif defined(__aarch64__)
    return ::memcmp(reinterpret_cast<const char*>(instruction) - 4, "\x01\x00\x00\xD4", 4) == 0;
#else
    static_cast<void>(instruction);
    return false;
#endif
}

}  // namespace stack_linux

void prepare_to_tell_interruptions() { ::dl_iterate_phdr(stack_linux::note_library, nullptr); }

bool interrupts_library(const void* context) {
    const std::uint64_t at = stack_linux::registers_of(context).instruction;
    return at >= stack_linux::library_start + 4 && at < stack_linux::library_end &&
           !stack_linux::follows_system_call(at);
}

void watch_for_crashes(crash_note& crash, hang_note& hang, const crash_observer& observer) {
    stack_linux::crash = &crash;
    stack_linux::hang = &hang;
    stack_linux::observer = observer;
    stack_linux::provide_stack();
    for (const int number : stack_linux::fatal)
        stack_linux::install_if_default(number, stack_linux::cordon_note_crash, 0);
    stack_linux::install_if_default(stack_linux::look_signal, stack_linux::cordon_take_look, SA_RESTART);
}

void describe_crash_in(crash_note& note) {
    if (stack_linux::crash != nullptr) stack_linux::crash = &note;
}

void expect_signal(int number) {
    struct sigaction now {};
    if (::sigaction(number, nullptr, &now) != 0 || (now.sa_flags & SA_SIGINFO) == 0) return;
    const bool of_sanitizer = number < 32 && stack_linux::is_same(now, stack_linux::of_sanitizer[number]);
    if (now.sa_sigaction != stack_linux::cordon_note_crash && !of_sanitizer) return;
    struct sigaction standard {};
    ::sigaction(number, &standard, nullptr);
}

bool is_called_by_nothrow_new() {
    bool found = false;
    _Unwind_Backtrace(stack_linux::find_nothrow_new, &found);
    return found;
}

bool can_look_at_threads() { return true; }

vector<thread_state> threads_of(process_id process) {
    vector<thread_state> found;
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%lld/task", static_cast<long long>(process));
    DIR* tasks = ::opendir(path);
    if (tasks == nullptr) return found;
    while (const struct dirent* entry = ::readdir(tasks)) {
        if (entry->d_name[0] == '.' || found.size() == hang_note::most_stacks / 2) continue;
        found.push_back(stack_linux::state_of(process, ::strtoll(entry->d_name, nullptr, 10)));
    }
    ::closedir(tasks);
    return found;
}

void ask_for_stacks(process_id process, const vector<thread_state>& threads, hang_note& hang) {
    hang.wanted.store(1);
    for (const thread_state& each : threads) {
        ::syscall(SYS_tgkill, static_cast<pid_t>(process), static_cast<pid_t>(each.thread), stack_linux::look_signal);
    }
}

stack_copy copy_first_stack(process_id process) {
    constexpr std::uint64_t most = 256 * 1024;
    std::uint64_t start = 0, end = 0;
    if (!stack_linux::find_stack(process, start, end)) return {};
    stack_copy copy;
    copy.end = end;
    copy.bytes.resize(static_cast<std::size_t>(std::min(end - start, most)));
    struct iovec here = {&copy.bytes[0], copy.bytes.size()};
    struct iovec there = {reinterpret_cast<void*>(end - copy.bytes.size()), copy.bytes.size()};
    const ssize_t got = ::process_vm_readv(static_cast<pid_t>(process), &here, 1, &there, 1, 0);
    if (got != static_cast<ssize_t>(copy.bytes.size())) return {};
    return copy;
}

vector<module_note> modules_of(process_id process) {
    vector<module_note> found(256);
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%lld/maps", static_cast<long long>(process));
    found.resize(stack_linux::find_modules(path, nullptr, 0, found.data(), static_cast<std::uint32_t>(found.size())));
    return found;
}

}  // namespace cordon::engine::os
