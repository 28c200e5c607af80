#pragma once

#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/output_place.windows.hpp>

#include <string>
#include <utility>

namespace cordon::engine::os {

std::string current_folder() {
    return windows::neutral_path(
        windows::filled([](wchar_t* to, DWORD size) { return ::GetCurrentDirectoryW(size, to); }));
}

std::string unguessable_name() {
    std::string name = ".cordon-";
    constexpr char digits[] = "0123456789abcdef";
    for (const std::uint64_t bits : {entropy(), entropy()}) {
        for (int shift = 60; shift >= 0; shift -= 4)
            name += digits[bits >> shift & 15];
    }
    return name + ".tmp";
}

namespace windows {

// Others may read, write, rename and remove the file meanwhile, as on other systems.
constexpr DWORD share_all = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;

descriptor open_for(const std::string& path, DWORD access, DWORD how) {
    return descriptor(as_native(
        ::CreateFileW(wide_path(path).c_str(), access, share_all, nullptr, how, FILE_ATTRIBUTE_NORMAL, nullptr)));
}

bool is_folder(const std::string& path) {
    const DWORD attributes = ::GetFileAttributesW(wide_path(path).c_str());
    return attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
}

bool is_regular(const descriptor& file) { return kind_of(file.native()) == output_place::kind::file; }

}  // namespace windows

result<descriptor> open_file(const std::string& path) {
    if (windows::is_folder(path)) return error{"read", EISDIR, path};
    descriptor file = windows::open_for(path, GENERIC_READ, OPEN_EXISTING);
    if (!file) return last_error("read", path);
    return file;
}

result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path) {
    DWORD got = 0;
    const auto most = static_cast<DWORD>(std::min<std::size_t>(size, 1u << 30));
    if (::ReadFile(windows::as_handle(file.native()), to, most, &got, nullptr) != 0) return std::size_t{got};
    if (::GetLastError() == ERROR_BROKEN_PIPE || ::GetLastError() == ERROR_HANDLE_EOF) return std::size_t{0};
    return last_error("read", path);
}

bool can_be_read_again(const descriptor& file) { return windows::is_regular(file); }

std::string temp_root() {
    std::string root = windows::neutral_path(windows::wide(windows::variable(L"TEST_TMPDIR")));
    if (root.empty())
        root = windows::neutral_path(windows::filled([](wchar_t* to, DWORD size) { return ::GetTempPathW(size, to); }));
    while (root.size() > 3 && root.back() == '/')
        root.pop_back();
    return root;
}

result<bool> make_new_folder(const std::string& path) {
    if (::CreateDirectoryW(windows::wide_path(path).c_str(), nullptr) != 0) return true;
    if (::GetLastError() == ERROR_ALREADY_EXISTS) return false;
    return last_error("make a temporary folder", path);
}

status make_folder(const std::string& path) {
    if (::CreateDirectoryW(windows::wide_path(path).c_str(), nullptr) != 0) return ok();
    if (::GetLastError() == ERROR_ALREADY_EXISTS) return ok();
    return last_error("make the folder", path);
}

namespace windows {

/// Calls each(data) for the entries of a folder except "." and "..", as long as it returns true.
template <class Each>
bool each_entry(const std::string& folder, Each each) {
    WIN32_FIND_DATAW data{};
    const HANDLE search = ::FindFirstFileW(wide_path(folder + "\\*").c_str(), &data);
    if (search == INVALID_HANDLE_VALUE) return false;
    do {
        const std::wstring_view name = data.cFileName;
        if (name != L"." && name != L".." && !each(data)) break;
    } while (::FindNextFileW(search, &data) != 0);
    ::FindClose(search);
    return true;
}

bool is_real_folder(DWORD attributes) {
    return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 && (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
}

/// A link is removed, not what it leads to.
bool remove_tree(const std::string& path) {
    const std::wstring wide = wide_path(path);
    const DWORD attributes = ::GetFileAttributesW(wide.c_str());
    if (attributes == INVALID_FILE_ATTRIBUTES) return errno_of(::GetLastError()) == ENOENT;
    if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) ::SetFileAttributesW(wide.c_str(), FILE_ATTRIBUTE_NORMAL);
    if ((attributes & FILE_ATTRIBUTE_DIRECTORY) == 0) return ::DeleteFileW(wide.c_str()) != 0;
    if (is_real_folder(attributes)) {
        each_entry(path, [&](const WIN32_FIND_DATAW& data) {
            remove_tree(path + "/" + narrow(data.cFileName));
            return true;
        });
    }
    return ::RemoveDirectoryW(wide.c_str()) != 0;
}

}  // namespace windows

vector<std::string> entries_of(const std::string& path, std::size_t most) {
    vector<std::string> names;
    windows::each_entry(path, [&](const WIN32_FIND_DATAW& data) {
        if (names.size() < most) names.push_back(windows::narrow(data.cFileName));
        return names.size() < most;
    });
    sort(names);
    return names;
}

status remove_folder(const std::string& path) {
    if (!windows::remove_tree(path)) return last_error("remove", path);
    return ok();
}

namespace windows {

output_place& standard_stream(DWORD which) {
    static auto* output = new output_place;
    static auto* errors = new output_place;
    output_place& place = which == STD_OUTPUT_HANDLE ? *output : *errors;
    const HANDLE own = ::GetStdHandle(which);
    if (place || own == nullptr || own == INVALID_HANDLE_VALUE) return place;
    HANDLE copy = INVALID_HANDLE_VALUE;
    ::DuplicateHandle(::GetCurrentProcess(), own, ::GetCurrentProcess(), &copy, 0, FALSE, DUPLICATE_SAME_ACCESS);
    const char* name = which == STD_OUTPUT_HANDLE ? "to standard output" : "to standard error";
    if (copy != INVALID_HANDLE_VALUE) place = output_place(descriptor(as_native(copy)), name, false);
    return place;
}

}  // namespace windows

void keep_standard_streams() {
    windows::standard_stream(STD_OUTPUT_HANDLE);
    windows::standard_stream(STD_ERROR_HANDLE);
}

status write_standard_output(std::string_view bytes, const write_patience& patience) {
    output_place& to = windows::standard_stream(STD_OUTPUT_HANDLE);
    if (!to) return error{"write to standard output", EBADF, {}};
    return to.write(bytes, patience);
}

bool is_broken_pipe(const error& failure) { return failure.code == EPIPE; }

void write_standard_error(std::string_view bytes) {
    output_place& to = windows::standard_stream(STD_ERROR_HANDLE);
    if (to) to.write(bytes, endless_patience()).ignore();
}

std::uint32_t terminal_width() {
    CONSOLE_SCREEN_BUFFER_INFO about{};
    if (::GetConsoleScreenBufferInfo(::GetStdHandle(STD_OUTPUT_HANDLE), &about) == 0) return 0;
    const int columns = about.srWindow.Right - about.srWindow.Left + 1;
    return columns > 0 ? static_cast<std::uint32_t>(columns) : 80;
}

}  // namespace cordon::engine::os
