#pragma once

#include <cordon/engine/os/descriptor.windows.hpp>
#include <cordon/engine/os/output_place.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/signal.windows.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace cordon::engine::os {

namespace windows {

output_place::kind kind_of(native_handle file) {
    const DWORD type = ::GetFileType(as_handle(file));
    if (type == FILE_TYPE_DISK) return output_place::kind::file;
    return type == FILE_TYPE_PIPE ? output_place::kind::pipe : output_place::kind::other;
}

bool is_console(native_handle file) {
    DWORD mode = 0;
    return ::GetConsoleMode(as_handle(file), &mode) != 0;
}

/// A write waits for the reader, and nothing but this can end it: looks every now and then whether the patience is
/// over.
class write_guard {
  public:
    explicit write_guard(const write_patience& patience) : patience_(patience), since_(now()) {
        constexpr DWORD interval = 100;
        ::DuplicateHandle(::GetCurrentProcess(), ::GetCurrentThread(), ::GetCurrentProcess(), &thread_, 0, FALSE,
                          DUPLICATE_SAME_ACCESS);
        ::CreateTimerQueueTimer(&timer_, nullptr, look, this, interval, interval, WT_EXECUTEDEFAULT);
    }
    ~write_guard() {
        ::DeleteTimerQueueTimer(nullptr, timer_, INVALID_HANDLE_VALUE);
        ::CloseHandle(thread_);
    }
    write_guard(const write_guard&) = delete;
    write_guard& operator=(const write_guard&) = delete;

    bool has_ended_it() const { return ended_.load(); }

  private:
    static VOID CALLBACK look(PVOID self, BOOLEAN) {
        auto& that = *static_cast<write_guard*>(self);
        const deadline end = end_of_patience(that.since_, that.patience_.for_room, that.patience_.until);
        if (!end || now() < *end) return;
        that.ended_ = true;
        ::CancelSynchronousIo(that.thread_);
    }

    const write_patience& patience_;
    const instant since_;
    HANDLE thread_ = nullptr;
    HANDLE timer_ = nullptr;
    std::atomic<bool> ended_{false};
};

/// Number of bytes written, or -1.
std::int64_t write_once(native_handle file, std::string_view bytes) {
    DWORD put = 0;
    if (is_console(file)) {
        constexpr std::size_t most = 8 * 1024;
        std::size_t size = std::min(bytes.size(), most);
        while (size < bytes.size() && size > 1 && (static_cast<unsigned char>(bytes[size]) & 0xC0) == 0x80)
            --size;  // not in the middle of a character
        const std::wstring text = wide(bytes.substr(0, size));
        const bool done =
            ::WriteConsoleW(as_handle(file), text.data(), static_cast<DWORD>(text.size()), &put, nullptr) != 0;
        return done ? static_cast<std::int64_t>(size) : -1;
    }
    const auto most = static_cast<DWORD>(std::min<std::size_t>(bytes.size(), 1u << 30));
    return ::WriteFile(as_handle(file), bytes.data(), most, &put, nullptr) != 0 ? std::int64_t{put} : -1;
}

status write_file(const descriptor& file, const std::string& path, std::string_view bytes) {
    while (!bytes.empty()) {
        const std::int64_t put = write_once(file.native(), bytes);
        if (put < 0) return last_error("write", path);
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return ok();
}

constexpr duration after_cancelling = std::chrono::seconds(1);

}  // namespace windows

void let_time_pass(duration time) { wait_for(nullptr, 0, now() + time).ignore(); }

deadline end_of_patience(instant since, duration patience, deadline until) {
    deadline end;
    if (patience != duration{0}) end = since + patience;
    if (until) end = earlier(end, std::max(since, *until) + windows::after_cancelling);
    const int cancelled = cancellations();
    if (cancelled == 1) end = earlier(end, std::max(since, last_cancellation()) + windows::after_cancelling);
    return cancelled > 1 ? since : end;
}

output_place::output_place(descriptor file, std::string name, bool own)
    : file_(std::move(file)), name_(std::move(name)), own_(own), kind_(windows::kind_of(file_.native())) {}

error output_place::failed() const { return last_error("write", name_); }

status output_place::write(std::string_view bytes, const write_patience& patience) {
    if (kind_ == kind::file) return windows::write_file(file_, name_, bytes);
    const windows::write_guard guard(patience);
    while (!bytes.empty()) {
        const std::int64_t put = windows::write_once(file_.native(), bytes);
        if (put < 0 && guard.has_ended_it()) return error{"write", 0, name_ + ": nobody reads what is written there"};
        if (put < 0) return failed();
        bytes.remove_prefix(static_cast<std::size_t>(put));
    }
    return ok();
}

status output_place::close() {
    file_.close();
    return ok();
}

}  // namespace cordon::engine::os
