#pragma once

#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/thread_state.windows.hpp>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>

// A crash is seen by the filter for exceptions that nobody handles. The stack is walked with the unwind tables that
// each program for 64-bit Windows has.

namespace cordon::engine::os {

namespace windows {

crash_note* crash_to = nullptr;
crash_observer observer{};
LPTOP_LEVEL_EXCEPTION_FILTER filter_before = nullptr;
int expected = 0;

#if defined(_M_X64) || defined(__x86_64__)

// Without a function that could be unwound, such as after a call through a null pointer, the caller is at the top of
// the stack. A function in assembly may have pushed some words above it.
bool step_out(CONTEXT& at) {
    constexpr std::size_t most_pushed = 4;
    DWORD64 base = 0;
    PRUNTIME_FUNCTION function = ::RtlLookupFunctionEntry(at.Rip, &base, nullptr);
    if (function == nullptr) {
        std::uint64_t words[most_pushed] = {};
        SIZE_T got = 0;
        if (::ReadProcessMemory(::GetCurrentProcess(), reinterpret_cast<const void*>(at.Rsp), words, sizeof words,
                                &got) == 0)
            return false;
        std::size_t top = 0;
        while (top + 1 < most_pushed && ::RtlLookupFunctionEntry(words[top], &base, nullptr) == nullptr)
            ++top;
        if (::RtlLookupFunctionEntry(words[top], &base, nullptr) == nullptr) top = 0;
        at.Rip = words[top];
        at.Rsp += (top + 1) * sizeof words[0];
        return at.Rip != 0;
    }
    PVOID handler = nullptr;
    DWORD64 frame = 0;
    ::RtlVirtualUnwind(0, base, at.Rip, function, &at, &handler, &frame, nullptr);
    return at.Rip != 0;
}

std::uint64_t place_of(const CONTEXT& at) { return at.Rip; }
std::uint64_t stack_pointer_of(const CONTEXT& at) { return at.Rsp; }

#elif defined(_M_ARM64) || defined(__aarch64__)

bool step_out(CONTEXT& at) {
    DWORD64 base = 0;
    PRUNTIME_FUNCTION function = ::RtlLookupFunctionEntry(at.Pc, &base, nullptr);
    if (function == nullptr) {
        if (at.Pc == at.Lr) return false;
        at.Pc = at.Lr;
        return at.Pc != 0;
    }
    PVOID handler = nullptr;
    DWORD64 frame = 0;
    ::RtlVirtualUnwind(0, base, at.Pc, function, &at, &handler, &frame, nullptr);
    return at.Pc != 0;
}

std::uint64_t place_of(const CONTEXT& at) { return at.Pc; }
std::uint64_t stack_pointer_of(const CONTEXT& at) { return at.Sp; }

#else

bool step_out(CONTEXT&) { return false; }
std::uint64_t place_of(const CONTEXT& at) { return at.Eip; }
std::uint64_t stack_pointer_of(const CONTEXT& at) { return at.Esp; }

#endif

/// The end of the memory around an address of a stack.
std::uint64_t end_around(std::uint64_t address) {
    const auto look = [](std::uint64_t at) {
        MEMORY_BASIC_INFORMATION about{};
        ::VirtualQuery(reinterpret_cast<const void*>(at), &about, sizeof about);
        return about;
    };
    const void* const stack = look(address).AllocationBase;
    for (MEMORY_BASIC_INFORMATION next = look(address); next.AllocationBase == stack && stack != nullptr;
         next = look(address))
        address = reinterpret_cast<std::uint64_t>(next.BaseAddress) + next.RegionSize;
    return address;
}

// A damaged stack may lead anywhere. Its walk ends where it leaves the memory of the stack, or turns back.
void walk(CONTEXT at, DWORD thread, stack_note& to) {
    const std::uint64_t end = end_around(stack_pointer_of(at));
    to.thread = static_cast<std::int32_t>(thread);
    to.frames[0] = place_of(at);
    to.slots[0] = 0;
    to.count = 1;
    for (std::uint64_t last = stack_pointer_of(at); to.count < stack_note::most_frames && last + sizeof last < end;) {
        if (!step_out(at) || stack_pointer_of(at) < last || stack_pointer_of(at) > end) return;
        last = stack_pointer_of(at);
        to.frames[to.count] = place_of(at) - 1;  // in the call, and not after it
        to.slots[to.count] = last - sizeof last;
        ++to.count;
    }
}

/// The size of a program in memory, from its header.
std::uint64_t size_of_image(const char* base) {
    const auto* dos = reinterpret_cast<const IMAGE_DOS_HEADER*>(base);
    const auto* header = reinterpret_cast<const IMAGE_NT_HEADERS*>(base + dos->e_lfanew);
    return header->OptionalHeader.SizeOfImage;
}

bool is_known(const crash_note& note, std::uint64_t place) {
    for (std::uint32_t i = 0; i < note.modules; ++i) {
        if (note.module[i].start <= place && place < note.module[i].end) return true;
    }
    return false;
}

void name_modules(crash_note& note) {
    note.modules = 0;
    for (std::uint32_t i = 0; i < note.stack.count && note.modules < crash_note::most_modules; ++i) {
        HMODULE module = nullptr;
        if (is_known(note, note.stack.frames[i])) continue;
        ::GetModuleHandleExW(GET_MODULE_HANDLE_EX_FLAG_FROM_ADDRESS | GET_MODULE_HANDLE_EX_FLAG_UNCHANGED_REFCOUNT,
                             reinterpret_cast<LPCWSTR>(note.stack.frames[i]), &module);
        if (module == nullptr) continue;
        module_note& to = note.module[note.modules++];
        to.start = reinterpret_cast<std::uint64_t>(module);
        to.end = to.start + size_of_image(reinterpret_cast<const char*>(module));
        to.offset = 0;
        wchar_t path[MAX_PATH];
        const DWORD length = ::GetModuleFileNameW(module, path, MAX_PATH);
        const int bytes = ::WideCharToMultiByte(CP_UTF8, 0, path, static_cast<int>(length), to.path,
                                                static_cast<int>(sizeof to.path - 1), nullptr, nullptr);
        to.path[bytes] = '\0';
        for (char* each = to.path; *each != '\0'; ++each) {
            if (*each == '\\') *each = '/';
        }
    }
}

void describe_fault(const EXCEPTION_RECORD& what, crash_note& note) {
    const bool has_address = (what.ExceptionCode == EXCEPTION_ACCESS_VIOLATION ||
                              what.ExceptionCode == static_cast<DWORD>(EXCEPTION_IN_PAGE_ERROR)) &&
                             what.NumberParameters >= 2;
    note.address = has_address ? what.ExceptionInformation[1] : 0;
    // The processor reports none if the address is not canonical; the system then says this one.
    const bool not_told = has_address && note.address == ~std::uint64_t{0};
    note.told_address = not_told ? fault_address::not_told : has_address ? fault_address::known : fault_address::none;
}

/// Of the first crash only. Returns true if it was described.
bool describe_crash(int code, const EXCEPTION_RECORD* what, const CONTEXT& at) {
    std::uint32_t nothing = crash_note::nothing;
    if (crash_to == nullptr || code == expected || !observer.is_own_process()) return false;
    if (!crash_to->state.compare_exchange_strong(nothing, crash_note::begun)) return false;
    crash_note& note = *crash_to;
    note.signal = code;
    note.by_program = what == nullptr ? 1 : 0;
    note.address = 0;
    note.told_address = fault_address::none;
    if (what != nullptr) describe_fault(*what, note);
    note.out_of_memory = observer.ran_out_of_memory(errno) ? 1 : 0;
    note.stack_pointer = stack_pointer_of(at);
    walk(at, ::GetCurrentThreadId(), note.stack);
    name_modules(note);
    observer.describe(note.place);
    note.state = crash_note::told;
    return true;
}

LONG WINAPI on_unhandled_exception(EXCEPTION_POINTERS* info) {
    const int code = as_code(info->ExceptionRecord->ExceptionCode);
    // A handler that the program has set with signal() is called by the C library's filter.
    if (filter_before != nullptr && filter_before(info) == EXCEPTION_CONTINUE_EXECUTION)
        return EXCEPTION_CONTINUE_EXECUTION;
    if (describe_crash(code, info->ExceptionRecord, *info->ContextRecord)) observer.describe_more(crash_to->place);
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(code));
    return EXCEPTION_EXECUTE_HANDLER;
}

// The little that is left of the stack may not suffice to look for other handlers, and nothing else is tried on it.
LONG WINAPI on_stack_overflow(EXCEPTION_POINTERS* info) {
    if (info->ExceptionRecord->ExceptionCode != EXCEPTION_STACK_OVERFLOW) return EXCEPTION_CONTINUE_SEARCH;
    const int code = as_code(info->ExceptionRecord->ExceptionCode);
    describe_crash(code, info->ExceptionRecord, *info->ContextRecord);
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(code));
    return EXCEPTION_CONTINUE_SEARCH;
}

void __cdecl on_abort(int) {
    CONTEXT here{};
    ::RtlCaptureContext(&here);
    if (describe_crash(aborted, nullptr, here)) observer.describe_more(crash_to->place);
    ::TerminateProcess(::GetCurrentProcess(), static_cast<UINT>(aborted));
}

// ---- hangs ----

hang_note* hang_to = nullptr;
DWORD first_thread = 0;

/// Between stopping the thread and letting it go on, nothing may be called that takes a lock.
void take_stack(DWORD id, hang_note& to) {
    CONTEXT at{};
    at.ContextFlags = CONTEXT_FULL;
    const HANDLE thread = ::OpenThread(THREAD_SUSPEND_RESUME | THREAD_GET_CONTEXT, FALSE, id);
    if (thread == nullptr) return;
    if (::SuspendThread(thread) != static_cast<DWORD>(-1)) {
        const std::uint32_t slot = to.taken.load();
        if (::GetThreadContext(thread, &at) != 0) {
            walk(at, id, to.stack[slot]);
            if (id == first_thread) observer.describe_first(to.place);
            to.taken.store(slot + 1);
            to.ready[slot].store(1);
        }
        ::ResumeThread(thread);
    }
    ::CloseHandle(thread);
}

DWORD WINAPI watch_for_questions(LPVOID) {
    const DWORD self = ::GetCurrentThreadId();
    const HANDLE asked = ::CreateEventW(nullptr, FALSE, FALSE, watcher_name(self).c_str());
    while (asked != nullptr && ::WaitForSingleObject(asked, INFINITE) == WAIT_OBJECT_0) {
        hang_note& to = *hang_to;
        each_thread(::GetCurrentProcessId(), [&](const thread_row& row) {
            if (number_of(row) != self && to.taken.load() < hang_note::most_stacks) take_stack(number_of(row), to);
        });
    }
    return 0;
}

void start_watcher(hang_note& hang) {
    constexpr SIZE_T room = 64 * 1024;
    hang_to = &hang;
    first_thread = ::GetCurrentThreadId();
    const HANDLE watcher =
        ::CreateThread(nullptr, room, watch_for_questions, nullptr, STACK_SIZE_PARAM_IS_A_RESERVATION, nullptr);
    if (watcher != nullptr) ::CloseHandle(watcher);
}

}  // namespace windows

void watch_for_crashes(crash_note& crash, hang_note& hang, const crash_observer& watching) {
    constexpr ULONG room_after_overflow = 256 * 1024;
    const bool first = windows::crash_to == nullptr;
    windows::crash_to = &crash;
    windows::observer = watching;
    if (!first) return;
    // No window that waits for somebody to click it away.
    ::SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    ::_set_error_mode(_OUT_TO_STDERR);
    ULONG room = room_after_overflow;
    ::SetThreadStackGuarantee(&room);
    ::AddVectoredExceptionHandler(1, windows::on_stack_overflow);
    windows::filter_before = ::SetUnhandledExceptionFilter(windows::on_unhandled_exception);
    std::signal(SIGABRT, windows::on_abort);
    windows::start_watcher(hang);
}

void describe_crash_in(crash_note& crash) { windows::crash_to = &crash; }
void expect_signal(int number) { windows::expected = number; }
bool is_called_by_nothrow_new() { return false; }

}  // namespace cordon::engine::os
