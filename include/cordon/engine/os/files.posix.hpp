#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/output_place.posix.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

/// The building blocks of written_file and output_place. Functions that fail leave the system's error in errno.

/// For finding and creating files in it.
result<descriptor> open_folder(const std::string& path);
/// A file in the folder without a name, for writing and reading: it disappears when it is closed. Nothing if the system
/// or the folder's file system does not support this.
descriptor make_unnamed_file(const descriptor& folder);
/// Gives it an unused name. Returns false if that failed.
bool name_unnamed_file(const descriptor& file, const descriptor& folder, const std::string& name);
/// Exchanges the names of two files of the folder in one step. Returns false, without any change, if that is
/// impossible.
bool swap_names(const descriptor& folder, const std::string& one, const std::string& other);
/// The same pipe or terminal, for writing without blocking, without an effect on other processes that use it. Nothing
/// if that is impossible.
descriptor reopen_unblocked(int file);

std::string current_folder() {
    char path[4096];
    return ::getcwd(path, sizeof path) != nullptr ? path : "";
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

result<descriptor> open_file(const std::string& path) {
    descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return last_error("read", path);
    struct stat about {};
    if (::fstat(file.native(), &about) == 0 && S_ISDIR(about.st_mode)) return error{"read", EISDIR, path};
    return file;
}

result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path) {
    while (true) {
        const ssize_t got = ::read(file.native(), to, size);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return last_error("read", path);
    }
}

bool can_be_read_again(const descriptor& file) {
    struct stat about {};
    return ::fstat(file.native(), &about) == 0 && S_ISREG(about.st_mode);
}

std::string temp_root() {
    for (const char* variable : {"TEST_TMPDIR", "TMPDIR"}) {
        const char* value = ::getenv(variable);
        if (value != nullptr && *value != '\0') return value;
    }
    return "/tmp";
}

result<bool> make_new_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0) return true;
    if (errno == EEXIST) return false;
    return last_error("make a temporary folder", path);
}

status make_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0777) == 0 || errno == EEXIST) return ok();
    return last_error("make the folder", path);
}

vector<std::string> entries_of(const std::string& path, std::size_t most) {
    vector<std::string> names;
    DIR* entries = ::opendir(path.c_str());
    if (entries == nullptr) return names;
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && names.size() < most) names.emplace_back(name);
    }
    ::closedir(entries);
    sort(names);
    return names;
}

namespace files_posix {

int error_copy = -1;  ///< the output of write_standard_error(), after its first call

bool remove_tree(int parent, const char* name) {
    if (::unlinkat(parent, name, 0) == 0 || errno == ENOENT) return true;
    int folder = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 && errno == EACCES && ::fchmodat(parent, name, 0700, 0) == 0) {
        folder = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (folder < 0) return false;
    ::fchmod(folder, 0700);
    DIR* entries = ::fdopendir(folder);
    if (entries == nullptr) {
        ::close(folder);
        return false;
    }
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view child = entry->d_name;
        if (child != "." && child != "..") remove_tree(folder, entry->d_name);
    }
    ::closedir(entries);
    return ::unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

}  // namespace files_posix

status remove_folder(const std::string& path) {
    if (!files_posix::remove_tree(AT_FDCWD, path.c_str())) return last_error("remove", path);
    return ok();
}

namespace files_posix {

struct standard_stream {
    explicit standard_stream(int number, const char* name) {
        descriptor own = reopen_unblocked(number);
        const bool unblocked = static_cast<bool>(own);
        if (!own) own = descriptor(::fcntl(number, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
        if (own) place = output_place(std::move(own), name, unblocked);
    }
    output_place place;
};

standard_stream& standard_output() {
    static auto& kept = *new standard_stream(STDOUT_FILENO, "to standard output");
    return kept;
}

standard_stream& standard_error() {
    static auto& kept = *new standard_stream(STDERR_FILENO, "to standard error");
    error_copy = kept.place.file().native();
    return kept;
}

}  // namespace files_posix

void keep_standard_streams() {
    files_posix::standard_output();
    files_posix::standard_error();
}

status write_standard_output(std::string_view bytes, const write_patience& patience) {
    output_place& to = files_posix::standard_output().place;
    if (!to) return error{"write to standard output", EBADF, {}};
    return to.write(bytes, patience);
}

bool is_broken_pipe(const error& failure) { return failure.code == EPIPE; }

void write_standard_error(std::string_view bytes) {
    output_place& to = files_posix::standard_error().place;
    if (to) to.write(bytes, endless_patience()).ignore();
}

std::uint32_t terminal_width() {
    if (::isatty(STDOUT_FILENO) == 0) return 0;
    struct winsize size {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
