#pragma once

#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/stack.hpp>

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

// Without code that could unwind, such as a function pointer to nowhere, the caller is at the top of the stack.
bool step_out(CONTEXT& at) {
    DWORD64 base = 0;
    PRUNTIME_FUNCTION function = ::RtlLookupFunctionEntry(at.Rip, &base, nullptr);
    if (function == nullptr) {
        std::uint64_t caller = 0;
        SIZE_T got = 0;
        if (::ReadProcessMemory(::GetCurrentProcess(), reinterpret_cast<const void*>(at.Rsp), &caller, sizeof caller,
                                &got) == 0)
            return false;
        at.Rip = caller;
        at.Rsp += sizeof caller;
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

void walk(CONTEXT at, stack_note& to) {
    to.thread = static_cast<std::int32_t>(::GetCurrentThreadId());
    to.count = 0;
    do {
        to.frames[to.count] = place_of(at);
        to.slots[to.count] = 0;
        ++to.count;
    } while (to.count < stack_note::most_frames && step_out(at));
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
    walk(at, note.stack);
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

}  // namespace windows

void watch_for_crashes(crash_note& crash, hang_note&, const crash_observer& watching) {
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
}

void describe_crash_in(crash_note& crash) { windows::crash_to = &crash; }
void expect_signal(int number) { windows::expected = number; }
bool is_called_by_nothrow_new() { return false; }

// Hanging threads are not looked at.
bool can_look_at_threads() { return false; }
vector<thread_state> threads_of(process_id) { return {}; }
void ask_for_stacks(process_id, const vector<thread_state>&, hang_note&) {}
stack_copy copy_first_stack(process_id) { return {}; }
bool holds_calls(const stack_copy&, const stack_note&) { return true; }
vector<module_note> modules_of(process_id) { return {}; }

}  // namespace cordon::engine::os
