#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>
#include <cordon/engine/os/output_place.posix.hpp>
#include <cordon/engine/os/written_file.hpp>
#include <cordon/engine/os/written_target.posix.hpp>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace written_file_posix {

constexpr duration look_for_reader_every = std::chrono::milliseconds(10);
constexpr int most_names = 16;

/// Kinds of files that cannot be a report.
const char* why_not(const struct stat& about) {
    if (S_ISSOCK(about.st_mode)) return "it is a socket";
    if (S_ISBLK(about.st_mode)) return "it is a block device";
    return nullptr;
}

bool is_pipe(const std::string& path) {
    struct stat about {};
    const int code = errno;
    const bool is = ::stat(path.c_str(), &about) == 0 && S_ISFIFO(about.st_mode);
    errno = code;
    return is;
}

/// Opens an existing or a new file. A named pipe is opened when it has a reader.
result<descriptor> open_patiently(const std::string& path, int flags, const write_patience& patience,
                                  const std::string& shown) {
    const instant since = now();
    while (true) {
        descriptor file(::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY | flags, 0666));
        if (file) return descriptor_posix::raise_high(std::move(file));
        if (errno != EINTR && (errno != ENXIO || !is_pipe(path))) return last_error("write", shown);
        const deadline end = end_of_patience(since, patience.for_reader, patience.until);
        if (end && now() >= *end) return error{"write", 0, shown + ": nobody reads this pipe"};
        let_time_pass(look_for_reader_every);
    }
}

/// No file can be created in the folder, for reasons that say nothing about the existing file.
bool forbids_new_files(int code) { return code == EACCES || code == EPERM || code == EROFS; }

/// The existing file can be written to, but not replaced: something is mounted on it, or it belongs to another user.
bool forbids_replacing(int code) { return forbids_new_files(code) || code == EBUSY || code == EXDEV; }

}  // namespace written_file_posix

result<written_file> written_file::open(const std::string& path, delivery how, const write_patience& patience) {
    written_file made(path);
    made.patience_ = patience;
    if (status opened = made.open_place(how); !opened) return opened.failure();
    return made;
}

written_file::~written_file() { drop_aside(); }

void written_file::drop_aside() {
    if (folder_ && !aside_.empty()) ::unlinkat(folder_.native(), aside_.c_str(), 0);
    aside_.clear();
    folder_.close();
}

status written_file::open_place(delivery how) {
    using namespace written_target_posix;
    const result<target> found = resolve(path_);
    if (!found) return found.failure();
    const target& to = found.value();
    if (to.number >= 0) {
        const int copy = ::fcntl(to.number, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private());
        if (copy < 0) return last_error("write", path_);
        place_ = output_place(descriptor(copy), path_, false);
        return ok();
    }
    if (to.exists && S_ISDIR(to.about.st_mode)) return error{"write", EISDIR, path_};
    const char* why = to.exists ? written_file_posix::why_not(to.about) : nullptr;
    if (why != nullptr) return error{"write", 0, path_ + ": " + why};
    const bool replaceable = !to.by_path_only && (!to.exists || S_ISREG(to.about.st_mode));
    if (how != delivery::whole || !replaceable) return open_in_place(to.path(), to.exists, how);
    if (to.exists && ::faccessat(AT_FDCWD, to.path().c_str(), W_OK, AT_EACCESS) != 0) return last_error("write", path_);
    name_ = to.name;
    status made = open_aside(to.folder);
    const bool in_place =
        made ? to.exists && !take_after(to.path()) : written_file_posix::forbids_new_files(made.failure().code);
    if (!in_place) return made;
    drop_aside();
    return open_in_place(to.path(), to.exists, how);
}

status written_file::open_in_place(const std::string& path, bool exists, delivery how) {
    // Without O_CREAT if the file exists: systems refuse that for files of other users in folders with write permission
    // for all.
    const int flags = (how == delivery::appended ? O_APPEND : O_TRUNC) | (exists ? 0 : O_CREAT);
    result<descriptor> file = written_file_posix::open_patiently(path, flags, patience_, path_);
    if (!file) return file.failure();
    place_ = output_place(std::move(file.value()), path_, true);
    return ok();
}

status written_file::open_aside(const std::string& folder) {
    result<descriptor> opened = open_folder(folder);
    if (!opened) return error{"write", opened.failure().code, path_};
    folder_ = std::move(opened.value());
    descriptor file = make_unnamed_file(folder_);
    for (int i = 0; !file && i < written_file_posix::most_names; ++i) {
        aside_ = unguessable_name();
        file = descriptor(
            ::openat(folder_.native(), aside_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666));
        if (!file && errno != EEXIST) break;
    }
    if (!file) {
        const error failure = last_error("write", path_);
        aside_.clear();  // it is not ours
        folder_.close();
        return failure;
    }
    place_ = output_place(descriptor_posix::raise_high(std::move(file)), path_, true);
    return ok();
}

/// Gives the unfinished file the owner and mode of the file that it replaces. Returns false if that is impossible.
bool written_file::take_after(const std::string& path) {
    struct stat old {
    }, fresh{};
    const int file = place_.file().native();
    if (::stat(path.c_str(), &old) != 0 || ::fstat(file, &fresh) != 0) return false;
    const bool same_owner = old.st_uid == fresh.st_uid && old.st_gid == fresh.st_gid;
    if (!same_owner && ::fchown(file, old.st_uid, old.st_gid) != 0) return false;
    return ::fchmod(file, old.st_mode & 0777) == 0;
}

status written_file::write(std::string_view bytes) { return place_.write(bytes, patience_); }

status written_file::finish(bool quickly) {
    if (!is_aside()) return place_.close();
    // Some file systems report errors late, such as a full disk at the other end of a network: when the file is closed.
    // The file is still needed if it cannot be renamed.
    if (const int copy = ::fcntl(place_.file().native(), F_DUPFD_CLOEXEC, 0); copy >= 0) {
        if (::close(copy) != 0 && errno != EINTR) return last_error("write", path_);
    }
    status named = take_name(quickly);
    drop_aside();
    return named;
}

status written_file::name_unnamed() {
    for (int i = 0; i < written_file_posix::most_names; ++i) {
        std::string name = unguessable_name();
        if (name_unnamed_file(place_.file(), folder_, name)) {
            aside_ = std::move(name);
            return ok();
        }
        if (errno != EEXIST) break;
    }
    return last_error("rename the finished file to", path_);
}

status written_file::take_name(bool quickly) {
    if (aside_.empty()) {
        status named = name_unnamed();
        if (!named && named.failure().code == ENOENT) return write_again(quickly);
        if (!named) return named;
    }
    const int folder = folder_.native();
    struct stat there {};
    const bool regular = ::fstatat(folder, name_.c_str(), &there, AT_SYMLINK_NOFOLLOW) == 0 && S_ISREG(there.st_mode);
    if (quickly && regular && swap_names(folder_, aside_, name_)) return check_swapped();
    if (::renameat(folder, aside_.c_str(), folder, name_.c_str()) == 0) {
        aside_.clear();
        return ok();
    }
    const error failure = last_error("rename the finished file to", path_);
    if (failure.code == ENOENT) return write_again(quickly);
    return regular && written_file_posix::forbids_replacing(failure.code) ? replace_in_place() : failure;
}

/// The previous file has the unfinished file's name now, and is removed with it.
status written_file::check_swapped() {
    struct stat before {};
    if (::fstatat(folder_.native(), aside_.c_str(), &before, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISDIR(before.st_mode))
        return ok();
    swap_names(folder_, aside_, name_);  // a folder, created at the last moment
    return error{"rename the finished file to", EISDIR, path_};
}

/// Someone has removed the folder meanwhile, or the unfinished file. There may be a new folder of that name.
status written_file::write_again(bool quickly) {
    error gone{"write", ENOENT, path_};
    if (again_) return gone;
    result<written_file> anew = written_file::open(path_, delivery::whole, patience_);
    if (!anew) return anew.failure();
    anew.value().again_ = true;
    if (status copied = copy_to(anew.value().place_); !copied) return copied;
    return anew.value().finish(quickly);
}

status written_file::replace_in_place() {
    descriptor file(
        ::openat(folder_.native(), name_.c_str(), O_WRONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file) return last_error("write", path_);
    output_place there(std::move(file), path_, true);
    if (there.what() != output_place::kind::file) return error{"write", EINVAL, path_};
    if (::ftruncate(there.file().native(), 0) != 0) return last_error("write", path_);
    if (status copied = copy_to(there); !copied) return copied;
    return there.close();
}

status written_file::copy_to(output_place& to) {
    char part[64 * 1024];
    for (off_t at = 0;;) {
        const ssize_t got = ::pread(place_.file().native(), part, sizeof part, at);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return last_error("write", path_);
        if (got == 0) return ok();
        if (status put = to.write({part, static_cast<std::size_t>(got)}, patience_); !put) return put;
        at += got;
    }
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
