#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/at_risk.posix.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/signal.posix.hpp>
#include <cordon/engine/os/stack.hpp>
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
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

namespace cordon::engine::os {

namespace stack_linux {

crash_note* crash = nullptr;
hang_note* hang = nullptr;
crash_observer observer{};

// Its default action is to be ignored: a thread that has left cordon's handlers behind (an executed program) takes no
// harm.
constexpr int look_signal = SIGURG;
constexpr int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};

std::int32_t own_thread() { return static_cast<std::int32_t>(::syscall(SYS_gettid)); }

// ---- walking up the stack ----

struct registers {
    std::uint64_t instruction = 0;
    std::uint64_t stack = 0;
    std::uint64_t frame = 0;
};

registers registers_of(const void* context) {
    const auto& machine = static_cast<const ucontext_t*>(context)->uc_mcontext;
#if defined(__x86_64__)
    return {static_cast<std::uint64_t>(machine.gregs[REG_RIP]), static_cast<std::uint64_t>(machine.gregs[REG_RSP]),
            static_cast<std::uint64_t>(machine.gregs[REG_RBP])};
#elif defined(__i386__)
    // The fields are signed: extended as such, an address in the upper half would be none.
    const auto address = [](greg_t value) { return std::uint64_t{static_cast<std::uint32_t>(value)}; };
    return {address(machine.gregs[REG_EIP]), address(machine.gregs[REG_ESP]), address(machine.gregs[REG_EBP])};
#elif defined(__aarch64__)
    return {machine.pc, machine.sp, machine.regs[29]};
#else
    static_cast<void>(machine);
    return {};
#endif
}

struct walk {
    stack_note& to;
    std::uint64_t from;
    bool found;
};

void add_frame(stack_note& to, std::uint64_t address) {
    if (to.count < stack_note::most_frames) to.frames[to.count++] = address;
}

// The handler's own frames come first; what counts begins where the signal came.
_Unwind_Reason_Code step(struct _Unwind_Context* at, void* argument) {
    walk& going = *static_cast<walk*>(argument);
    int before_call = 0;
    const std::uint64_t address = _Unwind_GetIPInfo(at, &before_call);
    if (address == 0 && before_call == 0) return _URC_END_OF_STACK;  // a thread begins there: nobody has called it
    if (address == going.from) going.found = true;
    // A return address lies behind the call, maybe on another line already.
    if (going.found) add_frame(going.to, before_call != 0 ? address : address - 1);
    return going.to.count < stack_note::most_frames ? _URC_NO_REASON : _URC_END_OF_STACK;
}

// Memory that may not be there.
bool peek(std::uint64_t address, std::uintptr_t (&words)[2]) {
    struct iovec here = {words, sizeof words};
    struct iovec there = {reinterpret_cast<void*>(address), sizeof words};
    return ::process_vm_readv(::getpid(), &here, 1, &there, 1, 0) == static_cast<ssize_t>(sizeof words);
}

bool is_code(std::uint64_t address);

// After a call of what is no function there is no description to walk by: the return address lies on top of the stack,
// and behind it often a chain of frame pointers. After a return to what is no function anything lies there.
void walk_by_pointers(stack_note& to, const registers& at) {
    std::uintptr_t words[2];
    if (!peek(at.stack, words) || !is_code(words[0])) return;
    add_frame(to, words[0] - 1);
    std::uint64_t frame = at.frame;
    while (to.count < stack_note::most_frames && peek(frame, words) && words[0] > frame && words[1] != 0) {
        add_frame(to, words[1] - 1);
        frame = words[0];
    }
}

void begin_stack(stack_note& to, const registers& at) {
    to.thread = own_thread();
    to.count = 0;
    add_frame(to, at.instruction);
}

// The unwinder reads code to tell what called it: where a return address is no such, it may crash. What it has found
// until then is in place.
void walk_up(stack_note& to, const registers& at) {
    to.count = 0;
    walk going{to, at.instruction, false};
    _Unwind_Backtrace(step, &going);
}

void complete_stack(stack_note& to, const registers& at) {
    if (to.count > 1) return;
    begin_stack(to, at);
    walk_by_pointers(to, at);
}

void take_stack(stack_note& to, const void* context) {
    const registers at = registers_of(context);
    begin_stack(to, at);
    walk_up(to, at);
    complete_stack(to, at);
}

// Not in a signal handler: of whoever calls this.
void take_own_stack(stack_note& to) {
    to.thread = own_thread();
    to.count = 0;
    walk going{to, 0, true};
    _Unwind_Backtrace(step, &going);
}

// ---- which file is mapped where ----

std::uint64_t hexadecimal(const char*& at) {
    std::uint64_t value = 0;
    for (;; ++at) {
        const char c = *at;
        const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
        if (digit < 0) return value;
        value = value << 4 | static_cast<std::uint64_t>(digit);
    }
}

// "start-end perms offset device inode   path". False: nothing executable, or no file.
bool read_module(const char* line, module_note& to) {
    to.start = hexadecimal(line);
    to.end = hexadecimal(++line);
    if (line[3] != 'x') return false;
    line += 6;
    to.offset = hexadecimal(line);
    const char* path = ::strchr(line, '/');
    if (path == nullptr) return false;
    ::strncpy(to.path, path, sizeof to.path - 1);
    to.path[sizeof to.path - 1] = '\0';
    return true;
}

bool holds_any(const module_note& module, const std::uint64_t* addresses, std::size_t count) {
    if (addresses == nullptr) return true;
    for (std::size_t i = 0; i < count; ++i) {
        if (addresses[i] >= module.start && addresses[i] < module.end) return true;
    }
    return false;
}

// Reads a process's map line by line, with nothing allocated: the modules that hold an address, or all. Returns how
// many.
std::uint32_t find_modules(const char* map, const std::uint64_t* addresses, std::size_t count, module_note* to,
                           std::uint32_t room) {
    const int file = ::open(map, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[2048];
    std::size_t held = 0;
    std::uint32_t found = 0;
    while (found < room) {
        const ssize_t got = ::read(file, text + held, sizeof text - 1 - held);
        if (got <= 0) break;
        held += static_cast<std::size_t>(got);
        text[held] = '\0';
        char* line = text;
        for (char* end = ::strchr(line, '\n'); end != nullptr && found < room; end = ::strchr(line, '\n')) {
            *end = '\0';
            if (read_module(line, to[found]) && holds_any(to[found], addresses, count)) ++found;
            line = end + 1;
        }
        held -= static_cast<std::size_t>(line - text);
        if (held == sizeof text - 1) held = 0;  // a path longer than any that could be kept
        ::memmove(text, line, held);
    }
    ::close(file);
    return found;
}

bool is_code(std::uint64_t address) {
    module_note found;
    return find_modules("/proc/self/maps", &address, 1, &found, 1) == 1;
}

vector<module_note> modules_holding(const stack_note& stack) {
    vector<module_note> found(crash_note::most_modules);
    found.resize(find_modules("/proc/self/maps", stack.frames, stack.count, found.data(), crash_note::most_modules));
    return found;
}

// ---- handlers ----

registers crashed_at;

void note_modules() {
    crash->modules = find_modules("/proc/self/maps", crash->stack.frames, crash->stack.count, crash->module,
                                  crash_note::most_modules);
}

fault_address told_address(int number, const siginfo_t& about) {
    const bool may_have = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE;
    if (!may_have || about.si_code <= 0) return fault_address::none;
    return about.si_code == SI_KERNEL ? fault_address::not_told : fault_address::known;
}

// What the crash has broken may be what is looked at: the stack, the test's words, and most of all INFO texts, which
// code of the program's writes. So each part is there before the next one is tried, and the process still dies of the
// first signal.
void write_down(int number, const siginfo_t& about, const void* context) {
    crashed_at = registers_of(context);
    crash->signal = number;
    crash->by_program = about.si_code <= 0 ? 1 : 0;
    crash->told_address = told_address(number, about);
    const bool known = crash->told_address == fault_address::known;
    crash->address = known ? reinterpret_cast<std::uint64_t>(about.si_addr) : 0;
    crash->stack_pointer = crashed_at.stack;
    crash->place.clear();
    begin_stack(crash->stack, crashed_at);
    note_modules();
    crash->state.store(crash_note::told);
    at_risk::run([] { observer.describe(crash->place); });
    at_risk::run([] { walk_up(crash->stack, crashed_at); });
    complete_stack(crash->stack, crashed_at);
    note_modules();
    at_risk::run([] { observer.describe_more(crash->place); });
}

// The signal comes again, with its usual action, as soon as its handler is left.
void die_of(int number) {
    struct sigaction standard {};
    ::sigaction(number, &standard, nullptr);
    ::syscall(SYS_tgkill, ::getpid(), own_thread(), number);
}

// A look at a test that hangs must not end it: where the stack is broken, the look is what ends.
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
            write_down(number, *about, context);
            write_coverage();
        } else {
            ::sleep(2);  // another thread is at it, and will end the process
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

// A handler that is there already (a sanitizer's, the program's own) stays.
void install_if_default(int number, void (*handler)(int, siginfo_t*, void*), int flags) {
    struct sigaction before {};
    ::sigaction(number, nullptr, &before);
    if ((before.sa_flags & SA_SIGINFO) != 0 || before.sa_handler != SIG_DFL) return;
    struct sigaction action {};
    action.sa_sigaction = handler;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | flags;
    ::sigaction(number, &action, nullptr);
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

// The C library is the object that holds what `stdout` points to. The address of one of its functions would not do: it
// may be that of a stub in the program.
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

bool can_look_at_threads() { return true; }

vector<thread_state> look_at_threads(process_id process, hang_note& hang) {
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
    hang.wanted.store(1);
    for (const thread_state& each : found) {
        ::syscall(SYS_tgkill, static_cast<pid_t>(process), static_cast<pid_t>(each.thread), stack_linux::look_signal);
    }
    return found;
}

vector<module_note> modules_of(process_id process) {
    vector<module_note> found(256);
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%lld/maps", static_cast<long long>(process));
    found.resize(stack_linux::find_modules(path, nullptr, 0, found.data(), static_cast<std::uint32_t>(found.size())));
    return found;
}

}  // namespace cordon::engine::os
