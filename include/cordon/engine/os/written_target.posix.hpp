#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/written_file.hpp>

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <utility>

// The target of a path for writing.

CORDON_CHEAP_BEGIN

namespace cordon::engine::os::written_target_posix {

/// The end of all links.
struct target {
    std::string folder;
    std::string name;  ///< in the folder, and not a link
    bool exists = false;
    bool by_path_only = false;  ///< a link in /proc, whose text is not a path: only the system can follow it
    int number = -1;            ///< the descriptor of this process that it stands for
    struct stat about {};

    std::string path() const { return folder == "/" ? folder + name : folder + "/" + name; }
};

constexpr int most_links = 40;

bool starts_with(const std::string& text, const char* beginning) { return text.rfind(beginning, 0) == 0; }

/// Splits a path into folder and name. Returns false for a path that can only be a folder.
bool split(const std::string& path, target& into) {
    const std::size_t slash = path.rfind('/');
    into.name = slash == std::string::npos ? path : path.substr(slash + 1);
    into.folder = slash == std::string::npos ? "." : slash == 0 ? "/" : path.substr(0, slash);
    return !into.name.empty() && into.name != "." && into.name != "..";
}

error folder_error(const std::string& at, const std::string& path) {
    struct stat about {};
    const int code = ::stat(at.c_str(), &about) != 0 && errno != ENOENT ? errno : EISDIR;
    return error{"write", at.empty() ? ENOENT : code, path};
}

std::string real_folder(const std::string& folder) {
    char* real = ::realpath(folder.c_str(), nullptr);
    std::string found = real != nullptr ? real : "";
    ::free(real);
    return found;
}

bool ends_with(const std::string& text, const std::string& end) {
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

bool lists_descriptors(const std::string& folder) {
    return folder == "/dev/fd" || (starts_with(folder, "/proc/") && ends_with(folder, "/fd"));
}

/// The descriptor of this process that an entry of such a folder is; -1 if it is none.
int own_descriptor(const target& entry) {
    char* end = nullptr;
    const long number = std::strtol(entry.name.c_str(), &end, 10);
    struct stat named {
    }, own{};
    if (*end != '\0' || number < 0 || number > INT_MAX) return -1;
    if (::stat(entry.path().c_str(), &named) != 0 || ::fstat(static_cast<int>(number), &own) != 0) return -1;
    return named.st_dev == own.st_dev && named.st_ino == own.st_ino ? static_cast<int>(number) : -1;
}

result<std::string> text_of_link(const target& link, const std::string& path) {
    std::string text(PATH_MAX, '\0');
    const ssize_t length = ::readlink(link.path().c_str(), text.data(), text.size());
    if (length < 0) return last_error("write", path);
    text.resize(static_cast<std::size_t>(length));
    return text;
}

/// The last part of the path does not exist.
status missing(target& found, const std::string& path) {
    const std::string real = real_folder(found.folder);
    if (real.empty()) return last_error("write", path);
    if (lists_descriptors(real)) return error{"write", EBADF, path};
    return ok();
}

/// A link in a folder of /proc, where the text of a link may be anything.
status special_link(target& found, const std::string& real, const std::string& path) {
    found.by_path_only = true;
    if (lists_descriptors(real)) found.number = own_descriptor(found);
    if (::stat(found.path().c_str(), &found.about) != 0) return last_error("write", path);
    return ok();
}

/// `path` with all links at its end followed. A missing file is not an error if its folder exists.
result<target> resolve(const std::string& path) {
    std::string at = path;
    for (int links = 0; links <= most_links; ++links) {
        target found;
        if (!split(at, found)) return folder_error(at, path);
        if (::lstat(at.c_str(), &found.about) != 0) {
            if (errno != ENOENT) return last_error("write", path);
            if (status there = missing(found, path); !there) return there.failure();
            return found;
        }
        found.exists = true;
        if (!S_ISLNK(found.about.st_mode)) return found;
        const std::string real = real_folder(found.folder);
        if (starts_with(real, "/proc/") || real == "/dev/fd") {
            if (status followed = special_link(found, real, path); !followed) return followed.failure();
            return found;
        }
        const result<std::string> text = text_of_link(found, path);
        if (!text) return text.failure();
        at = starts_with(text.value(), "/") ? text.value() : found.folder + "/" + text.value();
    }
    return error{"write", ELOOP, path};
}

}  // namespace cordon::engine::os::written_target_posix

namespace cordon::engine::os {

namespace written_target_posix {

written_place describe(const struct stat& about) {
    written_place place;
    place.what = S_ISREG(about.st_mode) ? written_place::kind::file : written_place::kind::other;
    if (S_ISDIR(about.st_mode)) place.what = written_place::kind::nothing;
    place.device = about.st_dev;
    place.file = about.st_ino;
    if (S_ISCHR(about.st_mode)) place.name = "device";
    return place;
}

}  // namespace written_target_posix

written_place find_written_place(const std::string& path) {
    using namespace written_target_posix;
    const result<target> found = resolve(path);
    if (!found) return {};
    const target& to = found.value();
    written_place place = written_target_posix::describe(to.about);
    if (to.exists) {
        place.number = to.number;
        if (to.number >= 0) place.what = written_place::kind::descriptor;
        return place;
    }
    struct stat folder {};
    if (::stat(to.folder.c_str(), &folder) != 0) return {};
    place = written_target_posix::describe(folder);
    place.what = written_place::kind::new_file;
    place.name = to.name;
    return place;
}

written_place find_written_place(int descriptor) {
    struct stat about {};
    if (::fstat(descriptor, &about) != 0) return {};
    return written_target_posix::describe(about);
}

bool is_same_place(const written_place& a, const written_place& b) {
    using kind = written_place::kind;
    if (a.what == kind::nothing || b.what == kind::nothing || a.device != b.device || a.file != b.file) return false;
    if (a.what == kind::new_file || b.what == kind::new_file) return a.what == b.what && a.name == b.name;
    return a.name.empty();
}

}  // namespace cordon::engine::os

CORDON_CHEAP_END
