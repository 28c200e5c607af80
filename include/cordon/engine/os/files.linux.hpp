#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::os {

namespace files_linux {

std::string path_of(int file) { return "/proc/self/fd/" + std::to_string(file); }

}  // namespace files_linux

result<descriptor> open_folder(const std::string& path) {
    descriptor folder(::open(path.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!folder) return last_error("open", path);
    return descriptor_posix::raise_high(std::move(folder));
}

descriptor make_unnamed_file(const descriptor& folder) {
    descriptor made(::openat(folder.native(), ".", O_TMPFILE | O_RDWR | O_CLOEXEC, 0666));
    // Without /proc it could not get a name.
    if (made && ::access(files_linux::path_of(made.native()).c_str(), F_OK) != 0) return {};
    return made;
}

bool name_unnamed_file(const descriptor& file, const descriptor& folder, const std::string& name) {
    const std::string path = files_linux::path_of(file.native());
    return ::linkat(AT_FDCWD, path.c_str(), folder.native(), name.c_str(), AT_SYMLINK_FOLLOW) == 0;
}

bool swap_names(const descriptor& folder, const std::string& one, const std::string& other) {
    constexpr unsigned exchange = 2;
    return ::syscall(SYS_renameat2, folder.native(), one.c_str(), folder.native(), other.c_str(), exchange) == 0;
}

descriptor reopen_unblocked(int file) {
    struct stat about {};
    const bool can_block = ::fstat(file, &about) == 0 && (S_ISFIFO(about.st_mode) || ::isatty(file) == 1);
    if (!can_block) return {};
    descriptor own(::open(files_linux::path_of(file).c_str(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    return own ? descriptor_posix::raise_high(std::move(own)) : descriptor();
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
