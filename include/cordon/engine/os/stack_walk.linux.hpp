#pragma once

#include <cordon/engine/model/stack_note.hpp>
#include <cordon/engine/os/stack.hpp>

#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>
#include <unwind.h>

#include <new>

// Walks up a stack of this process, and finds the files of its calls, without allocation.

namespace cordon::engine::os {

namespace stack_linux {

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
    // The fields are signed: an address in the upper half must not be sign-extended.
    const auto address = [](greg_t value) { return std::uint64_t{static_cast<std::uint32_t>(value)}; };
    return {address(machine.gregs[REG_EIP]), address(machine.gregs[REG_ESP]), address(machine.gregs[REG_EBP])};
#elif defined(__aarch64__)
    return {machine.pc, machine.sp, machine.regs[29]};
#elif defined(__riscv)
    return {machine.__gregs[REG_PC], machine.__gregs[REG_SP], machine.__gregs[REG_S0]};
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

void add_frame(stack_note& to, std::uint64_t address, std::uint64_t slot = 0) {
    if (to.count == stack_note::most_frames) return;
    to.slots[to.count] = slot;
    to.frames[to.count++] = address;
}

// The position of a call's return address, known from the beginning of its caller's part of the stack.
std::uint64_t return_slot(struct _Unwind_Context* at) {
#if defined(__x86_64__)
    return static_cast<std::uint64_t>(_Unwind_GetCFA(at)) - sizeof(std::uint64_t);
#else
    static_cast<void>(at);
    return 0;
#endif
}

// The handler's own frames come first; the stack starts at the place of the signal.
_Unwind_Reason_Code step(struct _Unwind_Context* at, void* argument) {
    walk& going = *static_cast<walk*>(argument);
    int before_call = 0;
    const std::uint64_t address = _Unwind_GetIPInfo(at, &before_call);
    if (address == 0 && before_call == 0) return _URC_END_OF_STACK;  // a thread begins there: nobody has called it
    if (address == going.from) going.found = true;
    // A return address is after the call, perhaps already on another line.
    if (going.found)
        add_frame(going.to, before_call != 0 ? address : address - 1, before_call != 0 ? 0 : return_slot(at));
    return going.to.count < stack_note::most_frames ? _URC_NO_REASON : _URC_END_OF_STACK;
}

// Memory that may not exist.
bool peek(std::uint64_t address, std::uintptr_t (&words)[2]) {
    struct iovec here = {words, sizeof words};
    struct iovec there = {reinterpret_cast<void*>(address), sizeof words};
    return ::process_vm_readv(::getpid(), &here, 1, &there, 1, 0) == static_cast<ssize_t>(sizeof words);
}

bool is_code(std::uint64_t address);

// After a call of something that is not a function there is no unwind information. The return address is on top of the
// stack, and often followed by a chain of frame pointers. After a return to something that is not a function, there may
// be anything.
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

// The unwinder reads code to find the caller: it may crash at an invalid return address. The calls found until then are
// kept.
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

// Not for a signal handler: the caller's own stack.
void take_own_stack(stack_note& to) {
    to.thread = own_thread();
    to.count = 0;
    walk going{to, 0, true};
    _Unwind_Backtrace(step, &going);
}

_Unwind_Reason_Code find_nothrow_new(struct _Unwind_Context* at, void* found) {
    using allocation = void* (*)(std::size_t, const std::nothrow_t&);
    const allocation forms[] = {&::operator new, &::operator new[] };
    void* const function = _Unwind_FindEnclosingFunction(reinterpret_cast<void*>(_Unwind_GetIP(at) - 1));
    for (const allocation each : forms) {
        if (function == reinterpret_cast<void*>(each)) *static_cast<bool*>(found) = true;
    }
    return *static_cast<bool*>(found) ? _URC_END_OF_STACK : _URC_NO_REASON;
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

// Reads a process's map line by line, without allocation: the modules that contain an address, or all. Returns their
// number.
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

struct object_search {
    const std::uint64_t* addresses;
    std::size_t count;
    module_note* to;
    std::uint32_t room;
    std::uint32_t found;
};

// The program itself has no name there.
void copy_path(const char* name, module_note& to) {
    to.path[0] = '\0';
    if (name != nullptr && name[0] != '\0') {
        ::strncpy(to.path, name, sizeof to.path - 1);
        to.path[sizeof to.path - 1] = '\0';
        return;
    }
    const ssize_t size = ::readlink("/proc/self/exe", to.path, sizeof to.path - 1);
    to.path[size > 0 ? size : 0] = '\0';
}

int add_object(struct dl_phdr_info* object, std::size_t, void* argument) {
    constexpr std::uint64_t page = 4096;
    object_search& search = *static_cast<object_search*>(argument);
    for (int i = 0; i < object->dlpi_phnum && search.found < search.room; ++i) {
        const auto& part = object->dlpi_phdr[i];
        if (part.p_type != PT_LOAD || (part.p_flags & PF_X) == 0) continue;
        module_note& to = search.to[search.found];
        to.start = (object->dlpi_addr + part.p_vaddr) & ~(page - 1);
        to.end = object->dlpi_addr + part.p_vaddr + part.p_memsz;
        to.offset = part.p_offset & ~(page - 1);
        if (!holds_any(to, search.addresses, search.count)) continue;
        copy_path(object->dlpi_name, to);
        ++search.found;
    }
    return 0;
}

// From the dynamic linker: needs no descriptor and no /proc, but takes the linker's lock.
std::uint32_t find_objects(const std::uint64_t* addresses, std::size_t count, module_note* to, std::uint32_t room) {
    object_search search{addresses, count, to, room, 0};
    ::dl_iterate_phdr(add_object, &search);
    return search.found;
}

bool is_code(std::uint64_t address) {
    module_note found;
    return find_modules("/proc/self/maps", &address, 1, &found, 1) == 1;
}

vector<module_note> modules_holding(const stack_note& stack) {
    vector<module_note> found(crash_note::most_modules);
    std::uint32_t count =
        find_modules("/proc/self/maps", stack.frames, stack.count, found.data(), crash_note::most_modules);
    if (count == 0) count = find_objects(stack.frames, stack.count, found.data(), crash_note::most_modules);
    found.resize(count);
    return found;
}

}  // namespace stack_linux

}  // namespace cordon::engine::os
