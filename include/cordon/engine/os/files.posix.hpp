#pragma once

#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

std::string current_folder() {
    char path[4096];
    return ::getcwd(path, sizeof path) != nullptr ? path : "";
}

result<replaced_file> replaced_file::create(const std::string& path) {
    struct stat about {};
    const bool special = ::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode);
    // A device or a named pipe can not be replaced: it is written in place.
    std::string temporary = special ? path : path + ".tmp" + std::to_string(::getpid());
    descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) return last_error("write", path);
    return replaced_file(descriptor_posix::raise_high(std::move(file)), path,
                         special ? std::string() : std::move(temporary));
}

replaced_file::~replaced_file() {
    if (file_ && !temporary_.empty()) ::unlink(temporary_.c_str());
}

status replaced_file::write(std::string_view bytes) {
    status written = write_all(file_, bytes);
    if (written) return ok();
    error failure = written.failure();
    failure.detail = path_;
    return failure;
}

status replaced_file::close_file() {
    // What some file systems tell late, such as a full disk at the other end of a network, they tell when the file is
    // closed.
    if (::close(file_.release()) == 0 || errno == EINTR) return ok();
    const error failure = last_error("write", path_);
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
    return failure;
}

status replaced_file::take_name() {
    if (temporary_.empty() || ::rename(temporary_.c_str(), path_.c_str()) == 0) return ok();
    const error failure = last_error("rename the finished file to", path_);
    ::unlink(temporary_.c_str());
    return failure;
}

status replaced_file::commit() {
    status closed = close_file();
    if (!closed) return closed;
    return take_name();
}

status replaced_file::commit_quickly() {
    if (status closed = close_file(); !closed) return closed;
    struct stat about {};
    const bool regular = ::lstat(path_.c_str(), &about) == 0 && S_ISREG(about.st_mode);
    if (temporary_.empty() || !regular || !swap_names(temporary_, path_)) return take_name();
    ::unlink(temporary_.c_str());  // what was there before
    return ok();
}

namespace files_posix {

result<descriptor> open_for_writing(const std::string& path, int how) {
    descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, 0666));
    if (!file) return last_error("write", path);
    return descriptor_posix::raise_high(std::move(file));
}

}  // namespace files_posix

result<descriptor> create_file(const std::string& path) { return files_posix::open_for_writing(path, O_TRUNC); }
result<descriptor> append_file(const std::string& path) { return files_posix::open_for_writing(path, O_APPEND); }

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

vector<std::string> entries_of(const std::string& path, std::size_t most) {
    vector<std::string> names;
    DIR* entries = ::opendir(path.c_str());
    if (entries == nullptr) return names;
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && names.size() < most) names.emplace_back(name);
    }
    ::closedir(entries);
    std::sort(names.begin(), names.end());
    return names;
}

namespace files_posix {

int error_copy = -1;  ///< what write_standard_error() writes to, once it has

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

const descriptor& standard_output() {
    static const descriptor kept(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    return kept;
}

status write_standard_output(std::string_view bytes) {
    if (!standard_output()) return error{"write to standard output", EBADF, {}};
    return write_all(standard_output(), bytes);
}

bool is_broken_pipe(const error& failure) { return failure.code == EPIPE; }

void write_standard_error(std::string_view bytes) {
    static const descriptor kept(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    files_posix::error_copy = kept.native();
    static_cast<void>(static_cast<bool>(write_all(kept, bytes)));
}

std::uint32_t terminal_width() {
    if (::isatty(STDOUT_FILENO) == 0) return 0;
    struct winsize size {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

}  // namespace cordon::engine::os
