#pragma once

#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/wide.windows.hpp>

#include <atomic>
#include <csignal>
#include <cstdint>
#include <string>
#include <string_view>

// Requests to end come as console events, in a thread that the system makes for each. What ends a process is an exit
// code of 32 bits: that of an exception is the exception's.

namespace cordon::engine::os {

namespace windows {

std::atomic<bool> child_ended{false};
std::atomic<int> cancelled_by{0};
std::atomic<int> cancelled_times{0};
int seen_cancellations = 0;
instant seen_at{};

/// All that wait_for() waits for comes out of this port.
HANDLE completion_port() {
    static const HANDLE only = ::CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1);
    return only;
}

void wake_waiting_thread() { ::PostQueuedCompletionStatus(completion_port(), 0, 0, nullptr); }

int signal_of_event(DWORD event) {
    constexpr int sigbreak = 21;
    return event == CTRL_C_EVENT ? SIGINT : event == CTRL_BREAK_EVENT ? sigbreak : SIGTERM;
}

BOOL WINAPI on_console_event(DWORD event) {
    cancelled_by = signal_of_event(event);
    ++cancelled_times;
    wake_waiting_thread();
    // When the console closes, the system ends this process as soon as this function returns.
    constexpr DWORD time_to_report = 5000;
    if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT) ::Sleep(time_to_report);
    return TRUE;
}

constexpr int as_code(std::uint32_t status) { return static_cast<int>(status); }

/// abort() has no exception of its own: its exit code would be 3, or that of a fail-fast. This one is the system's for
/// a program that gives up.
constexpr int aborted = as_code(0x40000015);
/// Of processes that cordon ends.
constexpr int ended_by_cordon = as_code(0xC000010A);

struct code_and_meaning {
    std::uint32_t code;
    std::string_view name;
    std::string_view meaning;
};

constexpr code_and_meaning codes[] = {
    {2, "SIGINT", "interrupt"},
    {15, "SIGTERM", "asked to end"},
    {21, "SIGBREAK", "Ctrl-Break"},
    {0x40000015, "SIGABRT", "abort"},
    {0x80000002, "EXCEPTION_DATATYPE_MISALIGNMENT", "misaligned access to memory"},
    {0x80000003, "EXCEPTION_BREAKPOINT", "breakpoint or trap"},
    {0x80000004, "EXCEPTION_SINGLE_STEP", "single step"},
    {0xC0000005, "EXCEPTION_ACCESS_VIOLATION", "invalid memory reference"},
    {0xC0000006, "EXCEPTION_IN_PAGE_ERROR", "a page of memory could not be read"},
    {0xC0000008, "EXCEPTION_INVALID_HANDLE", "invalid handle"},
    {0xC0000017, "STATUS_NO_MEMORY", "out of memory"},
    {0xC000001D, "EXCEPTION_ILLEGAL_INSTRUCTION", "illegal instruction"},
    {0xC0000025, "EXCEPTION_NONCONTINUABLE_EXCEPTION", "continued after an exception that forbids it"},
    {0xC0000026, "EXCEPTION_INVALID_DISPOSITION", "invalid answer of an exception handler"},
    {0xC000008C, "EXCEPTION_ARRAY_BOUNDS_EXCEEDED", "array bounds exceeded"},
    {0xC000008D, "EXCEPTION_FLT_DENORMAL_OPERAND", "denormal floating-point operand"},
    {0xC000008E, "EXCEPTION_FLT_DIVIDE_BY_ZERO", "floating-point division by zero"},
    {0xC000008F, "EXCEPTION_FLT_INEXACT_RESULT", "inexact floating-point result"},
    {0xC0000090, "EXCEPTION_FLT_INVALID_OPERATION", "invalid floating-point operation"},
    {0xC0000091, "EXCEPTION_FLT_OVERFLOW", "floating-point overflow"},
    {0xC0000092, "EXCEPTION_FLT_STACK_CHECK", "floating-point stack check"},
    {0xC0000093, "EXCEPTION_FLT_UNDERFLOW", "floating-point underflow"},
    {0xC0000094, "EXCEPTION_INT_DIVIDE_BY_ZERO", "integer division by zero"},
    {0xC0000095, "EXCEPTION_INT_OVERFLOW", "integer overflow"},
    {0xC0000096, "EXCEPTION_PRIV_INSTRUCTION", "privileged instruction"},
    {0xC00000FD, "EXCEPTION_STACK_OVERFLOW", "stack overflow"},
    {0xC000010A, "STATUS_PROCESS_IS_TERMINATING", "ended from outside"},
    {0xC0000135, "STATUS_DLL_NOT_FOUND", "a DLL was not found"},
    {0xC0000139, "STATUS_ENTRYPOINT_NOT_FOUND", "a DLL lacks a function"},
    {0xC000013A, "STATUS_CONTROL_C_EXIT", "ended by Ctrl-C or Ctrl-Break"},
    {0xC0000142, "STATUS_DLL_INIT_FAILED", "a DLL could not be initialized"},
    {0xC0000194, "EXCEPTION_POSSIBLE_DEADLOCK", "possible deadlock"},
    {0xC0000374, "STATUS_HEAP_CORRUPTION", "heap corruption"},
    {0xC0000409, "STATUS_STACK_BUFFER_OVERRUN", "fail-fast: abort, or a stack buffer was overrun"},
    {0xC0000417, "STATUS_INVALID_CRUNTIME_PARAMETER", "invalid argument of a C library function"},
    {0xC0000420, "STATUS_ASSERTION_FAILURE", "a failed assertion of the system"},
    {0xC06D007E, "EXCEPTION_MODULE_NOT_FOUND", "a delay-loaded DLL was not found"},
    {0xE06D7363, "C++ exception", "a C++ exception that nobody caught"},
    {0x20474343, "C++ exception", "a C++ exception that nobody caught"},
};

const code_and_meaning* find_code(int code) {
    for (const code_and_meaning& each : codes) {
        if (as_code(each.code) == code) return &each;
    }
    return nullptr;
}

/// True for the exit code of a process that an exception ended. exit(-1) and any small code are a program's own.
bool is_exception_code(int code) {
    const auto bits = static_cast<std::uint32_t>(code);
    return bits >> 28 == 0xC || (bits > 0xFFFF && find_code(code) != nullptr);
}

std::string hexadecimal(std::uint64_t value, int digits) {
    std::string text = "0x";
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4)
        text += "0123456789ABCDEF"[value >> shift & 15];
    return text;
}

}  // namespace windows

// The ends of children are seen by their handles: see process.windows.hpp.
void watch_children() {}
void watch_cancellation() { ::SetConsoleCtrlHandler(windows::on_console_event, TRUE); }
// There is no Ctrl-Z, and nothing like SIGUSR1.
void watch_requests() { watch_cancellation(); }
// Writing into a pipe without a reader is always an error.
void ignore_broken_pipes() {}
void hold_back_broken_pipes() {}
void hold_back_signals() {}
void restore_signals() {}

bool take_child_ended() { return windows::child_ended.exchange(false); }

int take_cancellation(int& count) {
    count = windows::cancelled_times;
    return windows::cancelled_by.exchange(0);
}

int cancellations() {
    const int count = windows::cancelled_times;
    if (count != windows::seen_cancellations) windows::seen_at = now();
    windows::seen_cancellations = count;
    return count;
}

instant last_cancellation() { return windows::seen_at; }
bool take_suspension() { return false; }
bool take_status_request() { return false; }

int interrupt_signal() { return SIGINT; }
int abort_signal() { return windows::aborted; }
int kill_signal() { return windows::ended_by_cordon; }
bool comes_from_others(int number) {
    return number == windows::ended_by_cordon || number == windows::as_code(0xC000013A);
}

std::string signal_name(int number) {
    if (const auto* known = windows::find_code(number)) return std::string(known->name);
    return "exception " + windows::hexadecimal(static_cast<std::uint32_t>(number), 8);
}

std::string_view signal_meaning(int number) {
    const auto* known = windows::find_code(number);
    return known != nullptr ? known->meaning : std::string_view();
}

}  // namespace cordon::engine::os
