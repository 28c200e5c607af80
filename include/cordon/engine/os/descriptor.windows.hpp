#pragma once

#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/wide.windows.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

namespace cordon::engine::os {

namespace windows {

// An error's code is an errno where there is one with that meaning, so that messages are the same on all systems.
// Others are the system's own code with this bit.
constexpr int of_system = 0x10000000;

int errno_of(DWORD code) {
    switch (code) {
        case ERROR_SUCCESS:
            return 0;
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_DRIVE:
        case ERROR_BAD_NETPATH:
            return ENOENT;
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION:
        case ERROR_LOCK_VIOLATION:
            return EACCES;
        case ERROR_ALREADY_EXISTS:
        case ERROR_FILE_EXISTS:
            return EEXIST;
        case ERROR_BROKEN_PIPE:
        case ERROR_NO_DATA:
        case ERROR_PIPE_NOT_CONNECTED:
            return EPIPE;
        case ERROR_DISK_FULL:
        case ERROR_HANDLE_DISK_FULL:
            return ENOSPC;
        case ERROR_NOT_ENOUGH_MEMORY:
        case ERROR_OUTOFMEMORY:
        case ERROR_COMMITMENT_LIMIT:
            return ENOMEM;
        case ERROR_INVALID_HANDLE:
            return EBADF;
        case ERROR_DIRECTORY:
            return ENOTDIR;
        case ERROR_DIR_NOT_EMPTY:
            return ENOTEMPTY;
        case ERROR_TOO_MANY_OPEN_FILES:
            return EMFILE;
        default:
            return static_cast<int>(code) | of_system;
    }
}

std::string message_of(DWORD code) {
    wchar_t text[512];
    const DWORD length = ::FormatMessageW(FORMAT_MESSAGE_FROM_SYSTEM | FORMAT_MESSAGE_IGNORE_INSERTS, nullptr, code, 0,
                                          text, 512, nullptr);
    std::string line = narrow({text, length});
    while (!line.empty() && (static_cast<unsigned char>(line.back()) <= ' ' || line.back() == '.'))
        line.pop_back();
    return line.empty() ? "system error " + std::to_string(code) : line;
}

/// Paths may contain anything, but an error must be one line.
std::string on_one_line(const std::string& text) {
    constexpr char digits[] = "0123456789abcdef";
    std::string line;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        const bool control = byte < 0x20 || byte == 0x7f;
        line += control ? std::string("\\x") + digits[byte >> 4] + digits[byte & 15] : std::string(1, c);
    }
    return line;
}

/// A wait for bytes on the reading end of a pipe: a read of no bytes, which ends when there are some. It must live
/// until its end has come out of the completion port, even if the pipe is closed before.
struct pending_wait {
    OVERLAPPED state{};
    native_handle file = no_handle;
    bool is_pending = false;
    bool is_abandoned = false;
    bool is_associated = false;
};

vector<pending_wait*>& pending_waits() {
    static auto* only = new vector<pending_wait*>;  // never destroyed
    return *only;
}

void forget_wait(native_handle file) {
    vector<pending_wait*>& all = pending_waits();
    for (std::size_t i = 0; i < all.size(); ++i) {
        pending_wait* const each = all[i];
        if (each->file != file) continue;
        all[i] = all.back();
        all.pop_back();
        if (!each->is_pending) {
            delete each;
        } else {
            each->is_abandoned = true;
            ::CancelIoEx(as_handle(file), &each->state);
        }
        return;
    }
}

/// The bytes that can be read from a pipe now; -1: it is at its end.
std::int64_t bytes_in(native_handle pipe) {
    DWORD available = 0;
    return ::PeekNamedPipe(as_handle(pipe), nullptr, 0, nullptr, &available, nullptr) ? available : -1;
}

}  // namespace windows

error last_error(std::string operation, std::string detail) {
    return error{std::move(operation), windows::errno_of(::GetLastError()), std::move(detail)};
}

std::string describe_code(int code) {
    if ((code & windows::of_system) != 0) return windows::message_of(static_cast<DWORD>(code & ~windows::of_system));
    return std::strerror(code);
}

std::string describe(const error& failure) {
    std::string line = failure.operation;
    if (!failure.detail.empty()) line += " " + windows::on_one_line(failure.detail);
    if (failure.code != 0) line += ": " + describe_code(failure.code);
    return line;
}

void descriptor::close() {
    if (native_ == no_handle) return;
    windows::forget_wait(native_);
    ::CloseHandle(windows::as_handle(native_));
    native_ = no_handle;
}

result<descriptor> standard_input() {
    return error{"read standard input", 0, "this system cannot wait for it and for processes"};
}

result<pipe_ends> take_standard_streams() { return standard_input().failure(); }

read_outcome write_some(const descriptor&, std::string_view) { return {0, true}; }

// Anonymous pipes cannot be waited for. The reading end is the server's, because that one can be told to be the only
// end of its name.
result<pipe_ends> make_pipe() {
    static unsigned long count = 0;
    LARGE_INTEGER moment{};
    ::QueryPerformanceCounter(&moment);
    const std::wstring name = L"\\\\.\\pipe\\cordon-" + std::to_wstring(::GetCurrentProcessId()) + L"-" +
                              std::to_wstring(++count) + L"-" + std::to_wstring(moment.QuadPart);
    constexpr DWORD room = 64 * 1024;
    const HANDLE reading = ::CreateNamedPipeW(
        name.c_str(), PIPE_ACCESS_INBOUND | FILE_FLAG_OVERLAPPED | FILE_FLAG_FIRST_PIPE_INSTANCE,
        PIPE_TYPE_BYTE | PIPE_READMODE_BYTE | PIPE_WAIT | PIPE_REJECT_REMOTE_CLIENTS, 1, room, room, 0, nullptr);
    if (reading == INVALID_HANDLE_VALUE) return last_error("make a pipe");
    pipe_ends made;
    made.read = descriptor(windows::as_native(reading));
    const HANDLE writing = ::CreateFileW(name.c_str(), GENERIC_WRITE, 0, nullptr, OPEN_EXISTING, 0, nullptr);
    if (writing == INVALID_HANDLE_VALUE) return last_error("make a pipe");
    made.write = descriptor(windows::as_native(writing));
    return made;
}

read_outcome read_available(const descriptor& from, char* to, std::size_t size) {
    const std::int64_t available = windows::bytes_in(from.native());
    if (available < 0) return {0, true};
    if (available == 0) return {0, false};
    static const HANDLE done = ::CreateEventW(nullptr, TRUE, FALSE, nullptr);
    OVERLAPPED state{};
    // With this bit, the completion port is not told.
    state.hEvent = reinterpret_cast<HANDLE>(reinterpret_cast<std::uintptr_t>(done) | 1);
    const HANDLE file = windows::as_handle(from.native());
    const auto most = static_cast<DWORD>(std::min<std::size_t>(size, static_cast<std::size_t>(available)));
    DWORD got = 0;
    if (::ReadFile(file, to, most, &got, &state) == 0) {
        if (::GetLastError() != ERROR_IO_PENDING || ::GetOverlappedResult(file, &state, &got, TRUE) == 0)
            return {0, true};
    }
    return {got, false};
}

status write_all(const descriptor& to, std::string_view bytes) {
    while (!bytes.empty()) {
        DWORD put = 0;
        const auto most = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
        if (::WriteFile(windows::as_handle(to.native()), bytes.data(), most, &put, nullptr) == 0)
            return last_error("write");
        bytes.remove_prefix(put);
    }
    return ok();
}

bool anything_to_read(const descriptor& a, const descriptor& b) {
    return (a && windows::bytes_in(a.native()) > 0) || (b && windows::bytes_in(b.native()) > 0);
}

void wait_readable(const descriptor& on) {
    watch one;
    one.native = on.native();
    while (!one.ready && wait_for(&one, 1, nullopt)) {
    }
}

// Reading ends never block, and writing ends always do.
void set_blocking(const descriptor&, bool) {}

void set_inherited(const descriptor& which, bool inherited) {
    ::SetHandleInformation(windows::as_handle(which.native()), HANDLE_FLAG_INHERIT,
                           inherited ? HANDLE_FLAG_INHERIT : 0);
}

handle_number number_of(native_handle handle) { return handle; }
native_handle handle_of(handle_number number) { return static_cast<native_handle>(number); }

descriptor adopt_descriptor(handle_number number, descriptor_kind kind) {
    const HANDLE handle = windows::as_handle(handle_of(number));
    DWORD flags = 0;
    if (number <= 0 || ::GetHandleInformation(handle, &flags) == 0) return {};
    if ((::GetFileType(handle) == FILE_TYPE_PIPE) != (kind == descriptor_kind::pipe)) return {};
    ::SetHandleInformation(handle, HANDLE_FLAG_INHERIT, 0);
    return descriptor(windows::as_native(handle));
}

}  // namespace cordon::engine::os
