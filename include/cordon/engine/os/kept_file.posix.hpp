#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/output_place.posix.hpp>
#include <cordon/engine/os/written_file.posix.hpp>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace kept_file_posix {

/// Waits for the lock without blocking in a call that nothing could end. 0: locked, or there are no locks here.
int lock(int file, duration patience) {
    struct flock whole {};
    whole.l_type = F_WRLCK;
    whole.l_whence = SEEK_SET;
    const instant limit = now() + patience;
    while (::fcntl(file, F_SETLK, &whole) != 0) {
        if (errno != EACCES && errno != EAGAIN && errno != EINTR) return 0;
        if (now() >= limit) return EBUSY;
        const struct timespec moment = {0, 2'000'000};
        ::nanosleep(&moment, nullptr);
    }
    return 0;
}

bool is_still_named(int file, const std::string& path) {
    struct stat open_one {
    }, named{};
    return ::fstat(file, &open_one) == 0 && ::stat(path.c_str(), &named) == 0 && open_one.st_ino == named.st_ino &&
           open_one.st_dev == named.st_dev;
}

bool is_regular(int file) {
    struct stat about {};
    return ::fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

std::string variable(const char* name) {
    const char* value = ::getenv(name);
    return value == nullptr ? std::string() : std::string(value);
}

result<std::string> read_from(const descriptor& file, std::uint64_t at, const std::string& path) {
    std::string bytes;
    char part[64 * 1024];
    while (true) {
        const ssize_t got = ::pread(file.native(), part, sizeof part, static_cast<off_t>(at + bytes.size()));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return last_error("read", path);
        if (got == 0) return bytes;
        bytes.append(part, static_cast<std::size_t>(got));
    }
}

}  // namespace kept_file_posix

result<kept_file> kept_file::open(const std::string& path, duration patience) {
    constexpr int most_replacements = 10;
    for (int i = 0; i < most_replacements; ++i) {
        // Not the writing end of a pipe without a reader.
        descriptor file(::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0666));
        if (!file) return last_error("write", path);
        if (!kept_file_posix::is_regular(file.native())) return error{"write", EINVAL, path};
        file = descriptor_posix::raise_high(
            std::move(file));  // before it is locked: closing the other one would release the lock
        if (const int code = kept_file_posix::lock(file.native(), patience); code != 0)
            return error{"lock", code, path};
        // The previous holder of the lock may have replaced the file.
        if (kept_file_posix::is_still_named(file.native(), path)) return kept_file(std::move(file), path);
    }
    return error{"lock", EBUSY, path};
}

std::uint64_t kept_file::size() const {
    struct stat about {};
    return ::fstat(file_.native(), &about) == 0 ? static_cast<std::uint64_t>(about.st_size) : 0;
}

result<std::string> kept_file::tail(std::size_t most) const {
    const std::uint64_t all = size();
    return kept_file_posix::read_from(file_, all > most ? all - most : 0, path_);
}

result<std::string> kept_file::read_all() const { return kept_file_posix::read_from(file_, 0, path_); }

status kept_file::append(std::string_view bytes) {
    const std::uint64_t before = size();
    const status written = output_place_posix::write_file(file_, path_, bytes);
    // The next run would have to repair half a record.
    if (!written && ::ftruncate(file_.native(), static_cast<off_t>(before)) != 0) return written.failure();
    return written ? ok() : written.failure();
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
    const descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (!file && errno == ENOENT) return std::string();
    if (!file) return last_error("read", path);
    if (!kept_file_posix::is_regular(file.native())) return error{"read", EINVAL, path};
    return kept_file_posix::read_from(file, 0, path);
}

result<std::string> set_aside(const std::string& named) {
    constexpr int most = 100;
    // The file, not a link to it: the next run should follow the link too.
    struct stat about {};
    const bool is_link = ::lstat(named.c_str(), &about) == 0 && S_ISLNK(about.st_mode);
    const std::string path = is_link ? real_path(named) : named;
    for (int i = 1; i < most; ++i) {
        std::string name = path + ".set-aside" + (i == 1 ? "" : std::to_string(i));
        // A link, because a rename would overwrite the file that was set aside before.
        if (::link(path.c_str(), name.c_str()) == 0) {
            if (::unlink(path.c_str()) == 0) return name;
            return last_error("set aside", path);
        }
        if (errno == EEXIST) continue;
        if (::access(name.c_str(), F_OK) == 0) continue;
        if (::rename(path.c_str(), name.c_str()) == 0) return name;  // if there are no links
        return last_error("set aside", path);
    }
    return error{"set aside", EEXIST, path};
}

std::string cache_folder() {
    using kept_file_posix::variable;
    const std::string chosen = variable("XDG_CACHE_HOME");
    if (!chosen.empty() && chosen.front() == '/') return chosen;
    const std::string home = variable("HOME");
    if (home.empty() || home.front() != '/') return {};
    return home + cache_below_home();
}

bool make_folder_in(const std::string& parent, const std::string& name) {
    const std::string path = parent + "/" + name;
    if (::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST) return true;
    if (errno != ENOENT || (::mkdir(parent.c_str(), 0700) != 0 && errno != EEXIST)) return false;
    return ::mkdir(path.c_str(), 0700) == 0 || errno == EEXIST;
}

std::string real_path(const std::string& path) {
    char* real = ::realpath(path.c_str(), nullptr);
    if (real == nullptr) return path;
    const std::string found = real;
    ::free(real);
    return found;
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
