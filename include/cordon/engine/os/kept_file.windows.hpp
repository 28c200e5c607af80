#pragma once

#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/written_file.windows.hpp>

#include <string>
#include <utility>

namespace cordon::engine::os {

namespace windows {

/// The byte that stands for the whole file: far behind its end, because a lock also keeps readers out.
constexpr DWORD lock_offset_high = 0x40000000;

/// 0: locked, or there are no locks here.
int lock(const descriptor& file, duration patience) {
    const instant limit = now() + patience;
    while (true) {
        OVERLAPPED where{};
        where.OffsetHigh = lock_offset_high;
        if (::LockFileEx(as_handle(file.native()), LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY, 0, 1, 0,
                         &where) != 0)
            return 0;
        const DWORD code = ::GetLastError();
        if (code != ERROR_LOCK_VIOLATION && code != ERROR_IO_PENDING) return 0;
        if (now() >= limit) return EBUSY;
        ::Sleep(2);
    }
}

bool is_still_named(const descriptor& file, const std::string& path) {
    written_place named;
    return find_place(path, named) && is_same_place(describe(as_handle(file.native())), named);
}

result<std::string> read_from(const descriptor& file, std::uint64_t at, const std::string& path) {
    std::string bytes;
    char part[64 * 1024];
    while (true) {
        OVERLAPPED where{};
        const std::uint64_t from = at + bytes.size();
        where.Offset = static_cast<DWORD>(from);
        where.OffsetHigh = static_cast<DWORD>(from >> 32);
        DWORD got = 0;
        const BOOL done = ::ReadFile(as_handle(file.native()), part, sizeof part, &got, &where);
        if (done == 0 && ::GetLastError() != ERROR_HANDLE_EOF) return last_error("read", path);
        if (done == 0 || got == 0) return bytes;
        bytes.append(part, got);
    }
}

}  // namespace windows

result<kept_file> kept_file::open(const std::string& path, duration patience) {
    constexpr int most_replacements = 10;
    if (windows::is_folder(path) || windows::is_device(path)) return error{"write", EINVAL, path};
    for (int i = 0; i < most_replacements; ++i) {
        descriptor file;
        windows::patiently([&] {
            file = windows::open_for(path, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS);
            return static_cast<bool>(file);
        });
        if (!file) return last_error("write", path);
        if (const int code = windows::lock(file, patience); code != 0) return error{"lock", code, path};
        // The previous holder of the lock may have replaced the file.
        if (windows::is_still_named(file, path)) return kept_file(std::move(file), path);
    }
    return error{"lock", EBUSY, path};
}

std::uint64_t kept_file::size() const {
    LARGE_INTEGER bytes{};
    return ::GetFileSizeEx(windows::as_handle(file_.native()), &bytes) != 0 ? static_cast<std::uint64_t>(bytes.QuadPart)
                                                                            : 0;
}

result<std::string> kept_file::tail(std::size_t most) const {
    const std::uint64_t all = size();
    return windows::read_from(file_, all > most ? all - most : 0, path_);
}

result<std::string> kept_file::read_all() const { return windows::read_from(file_, 0, path_); }

status kept_file::append(std::string_view bytes) {
    const HANDLE file = windows::as_handle(file_.native());
    LARGE_INTEGER before{};
    before.QuadPart = static_cast<LONGLONG>(size());
    ::SetFilePointerEx(file, before, nullptr, FILE_BEGIN);
    const status written = windows::write_file(file_, path_, bytes);
    if (written) return ok();
    // The next run would have to repair half a record.
    ::SetFilePointerEx(file, before, nullptr, FILE_BEGIN);
    ::SetEndOfFile(file);
    return written.failure();
}

status kept_file::replace(std::string_view bytes) {
    result<written_file> made = written_file::open(path_, delivery::whole);
    if (!made) return made.failure();
    if (status written = made.value().write(bytes); !written) return written;
    const status done = made.value().commit();
    file_.close();
    return done ? ok() : done.failure();
}

result<std::string> read_kept_file(const std::string& path) {
    if (windows::is_folder(path) || windows::is_device(path)) return error{"read", EINVAL, path};
    descriptor file;
    windows::patiently([&] {
        file = windows::open_for(path, GENERIC_READ, OPEN_EXISTING);
        return static_cast<bool>(file);
    });
    if (file) return windows::read_from(file, 0, path);
    const error failure = last_error("read", path);
    if (failure.code == ENOENT) return std::string();
    return failure;
}

result<std::string> set_aside(const std::string& named) {
    constexpr int most = 100;
    const std::string path = windows::real_file(named);
    for (int i = 1; i < most; ++i) {
        const std::string name = path + ".set-aside" + (i == 1 ? "" : std::to_string(i));
        // Without a flag, an existing file is not overwritten.
        if (::MoveFileExW(windows::wide_path(path).c_str(), windows::wide_path(name).c_str(), 0) != 0) return name;
        if (windows::errno_of(::GetLastError()) != EEXIST) return last_error("set aside", path);
    }
    return error{"set aside", EEXIST, path};
}

std::string cache_folder() {
    const std::string chosen = windows::neutral_path(windows::wide(windows::variable(L"LOCALAPPDATA")));
    if (!chosen.empty()) return chosen;
    const std::string home = windows::neutral_path(windows::wide(windows::variable(L"USERPROFILE")));
    return home.empty() ? std::string() : home + cache_below_home();
}

bool make_folder_in(const std::string& parent, const std::string& name) {
    const std::string path = parent + "/" + name;
    if (make_folder(path)) return true;
    return make_folder(parent) && make_folder(path);
}

std::string real_path(const std::string& path) { return windows::real_file(path); }

}  // namespace cordon::engine::os
