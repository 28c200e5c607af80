#pragma once

#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/written_file.hpp>

#include <cwchar>
#include <string>
#include <utility>

namespace cordon::engine::os {

namespace windows {

/// The file that a path leads to, with all links followed. If no file is there, the path itself.
std::string real_file(const std::string& path) {
    const HANDLE file = ::CreateFileW(wide_path(path).c_str(), 0, share_all, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (file == INVALID_HANDLE_VALUE) return path;
    const std::wstring real =
        filled([&](wchar_t* to, DWORD size) { return ::GetFinalPathNameByHandleW(file, to, size, 0); });
    ::CloseHandle(file);
    return real.empty() ? path : neutral_path(real);
}

/// NUL, CON, COM1, a named pipe: there is nothing to rename.
bool is_device(const std::string& path) {
    const std::wstring full =
        filled([&](wchar_t* to, DWORD size) { return ::GetFullPathNameW(wide(path).c_str(), size, to, nullptr); });
    return full.rfind(L"\\\\.\\", 0) == 0;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.find_last_of("/\\");
    if (slash == std::string::npos) return ".";
    return slash == 0 || path[slash - 1] == ':' ? path.substr(0, slash + 1) : path.substr(0, slash);
}

std::string name_in_folder(const std::string& path) { return path.substr(path.find_last_of("/\\") + 1); }

std::string in_folder(const std::string& folder, const std::string& name) {
    const char last = folder.back();
    return folder + (last == '/' || last == '\\' ? "" : "/") + name;
}

/// Virus scanners and editors keep files open for a moment.
template <class Try>
bool patiently(Try attempt) {
    constexpr int rounds = 50;
    for (int round = 0; round < rounds; ++round) {
        if (attempt()) return true;
        const DWORD code = ::GetLastError();
        if (code != ERROR_SHARING_VIOLATION && code != ERROR_ACCESS_DENIED && code != ERROR_LOCK_VIOLATION &&
            code != ERROR_UNABLE_TO_REMOVE_REPLACED)
            return false;
        ::Sleep(10);
        ::SetLastError(code);
    }
    return false;
}

bool give_name(const std::wstring& from, const std::wstring& to) {
    const bool exists = ::GetFileAttributesW(to.c_str()) != INVALID_FILE_ATTRIBUTES;
    // Keeps the permissions of the file that it replaces. Not all file systems can do that.
    if (exists && ::ReplaceFileW(to.c_str(), from.c_str(), nullptr, REPLACEFILE_IGNORE_MERGE_ERRORS, nullptr, nullptr))
        return true;
    return ::MoveFileExW(from.c_str(), to.c_str(), MOVEFILE_REPLACE_EXISTING) != 0;
}

}  // namespace windows

result<written_file> written_file::open(const std::string& path, delivery how, const write_patience& patience) {
    written_file made(path);
    made.patience_ = patience;
    if (status opened = made.open_place(how); !opened) return opened.failure();
    return made;
}

written_file::~written_file() { drop_aside(); }

status written_file::open_place(delivery how) {
    if (path_.empty()) return error{"write", ENOENT, path_};
    if (windows::is_device(path_)) return open_in_place(path_, true, how);
    const std::string target = windows::real_file(path_);
    const DWORD attributes = ::GetFileAttributesW(windows::wide_path(target).c_str());
    const bool exists = attributes != INVALID_FILE_ATTRIBUTES;
    if (exists && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0) return error{"write", EISDIR, path_};
    if (exists && (attributes & FILE_ATTRIBUTE_READONLY) != 0) return error{"write", EACCES, path_};
    if (how != delivery::whole) return open_in_place(target, exists, how);
    name_ = target;
    return open_aside(windows::folder_of(target));
}

status written_file::open_in_place(const std::string& path, bool, delivery how) {
    const bool appends = how == delivery::appended;
    // A device cannot be emptied.
    const DWORD mode = appends ? OPEN_ALWAYS : windows::is_device(path) ? OPEN_EXISTING : CREATE_ALWAYS;
    descriptor file = windows::open_for(path, appends ? FILE_APPEND_DATA | SYNCHRONIZE : GENERIC_WRITE, mode);
    if (!file) return last_error("write", path_);
    place_ = output_place(std::move(file), path_, true);
    return ok();
}

status written_file::open_aside(const std::string& folder) {
    aside_ = windows::in_folder(folder, unguessable_name());
    descriptor file = windows::open_for(aside_, GENERIC_READ | GENERIC_WRITE, CREATE_NEW);
    if (!file) {
        aside_.clear();
        return last_error("write", path_);
    }
    place_ = output_place(std::move(file), path_, true);
    return ok();
}

void written_file::drop_aside() {
    if (aside_.empty()) return;
    place_.close().ignore();
    ::DeleteFileW(windows::wide_path(aside_).c_str());
    aside_.clear();
}

status written_file::write(std::string_view bytes) { return place_.write(bytes, patience_); }

status written_file::finish(bool quickly) {
    if (!quickly && !aside_.empty()) ::FlushFileBuffers(windows::as_handle(place_.file().native()));
    if (status closed = place_.close(); !closed) return closed;
    return aside_.empty() ? ok() : take_name(quickly);
}

status written_file::take_name(bool) {
    const std::wstring from = windows::wide_path(aside_);
    const std::wstring to = windows::wide_path(name_);
    if (!windows::patiently([&] { return windows::give_name(from, to); })) {
        const error failure = last_error("rename the finished file to", path_);
        return windows::is_folder(name_) ? error{failure.operation, EISDIR, path_} : failure;
    }
    aside_.clear();
    return ok();
}

namespace windows {

written_place describe(HANDLE file) {
    written_place place;
    BY_HANDLE_FILE_INFORMATION about{};
    place.what = written_place::kind::other;
    place.name = "device";
    if (::GetFileType(file) != FILE_TYPE_DISK || ::GetFileInformationByHandle(file, &about) == 0) return place;
    place.name.clear();
    const bool folder = (about.dwFileAttributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
    place.what = folder ? written_place::kind::nothing : written_place::kind::file;
    place.device = about.dwVolumeSerialNumber;
    place.file = std::uint64_t{about.nFileIndexHigh} << 32 | about.nFileIndexLow;
    return place;
}

bool find_place(const std::string& path, written_place& to) {
    const HANDLE file = ::CreateFileW(wide_path(path).c_str(), 0, share_all, nullptr, OPEN_EXISTING,
                                      FILE_FLAG_BACKUP_SEMANTICS, nullptr);
    if (file == INVALID_HANDLE_VALUE) return false;
    to = describe(file);
    ::CloseHandle(file);
    return true;
}

}  // namespace windows

written_place find_written_place(const std::string& path) {
    written_place place;
    if (path.empty()) return place;
    if (windows::is_device(path)) {
        place.what = written_place::kind::other;
        place.name = "device";
        return place;
    }
    if (windows::find_place(path, place)) return place;
    if (!windows::find_place(windows::folder_of(path), place)) return {};
    place.what = written_place::kind::new_file;
    // Names that differ only in case are one file.
    std::wstring name = windows::wide(windows::name_in_folder(path));
    ::CharLowerBuffW(&name[0], static_cast<DWORD>(name.size()));
    place.name = windows::narrow(name);
    return place;
}

written_place find_written_place(int descriptor) {
    return windows::describe(::GetStdHandle(descriptor == 2 ? STD_ERROR_HANDLE : STD_OUTPUT_HANDLE));
}

bool is_same_place(const written_place& a, const written_place& b) {
    using kind = written_place::kind;
    if (a.what == kind::nothing || b.what == kind::nothing || a.device != b.device || a.file != b.file) return false;
    if (a.what == kind::new_file || b.what == kind::new_file) return a.what == b.what && a.name == b.name;
    return a.name.empty() && b.name.empty();
}

}  // namespace cordon::engine::os
