#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/os/stamp.hpp>

#include <dirent.h>
#include <sys/stat.h>

#include <string_view>

namespace cordon::engine::os {

namespace stamp_posix {

// The fraction of the second of the last change: POSIX's name for it, that of macOS, or nothing.
template <class Stat>
auto nanoseconds_of(const Stat& entry, int) -> decltype(static_cast<std::uint64_t>(entry.st_mtim.tv_nsec)) {
    return static_cast<std::uint64_t>(entry.st_mtim.tv_nsec);
}
template <class Stat>
auto nanoseconds_of(const Stat& entry, long) -> decltype(static_cast<std::uint64_t>(entry.st_mtimespec.tv_nsec)) {
    return static_cast<std::uint64_t>(entry.st_mtimespec.tv_nsec);
}
template <class Stat>
std::uint64_t nanoseconds_of(const Stat&, ...) {
    return 0;
}

std::uint64_t of(const struct stat& entry) {
    std::uint64_t state = mix_bits(static_cast<std::uint64_t>(entry.st_ino));
    state = mix_bits(state ^ static_cast<std::uint64_t>(entry.st_size));
    state = mix_bits(state ^ static_cast<std::uint64_t>(entry.st_mode));
    state = mix_bits(state ^ nanoseconds_of(entry, 0));
    return mix_bits(state ^ static_cast<std::uint64_t>(entry.st_mtime)) | 1;
}

// Sums do not depend on the order in which the system lists the entries.
std::uint64_t of_tree(const std::string& path, int deepest) {
    DIR* entries = ::opendir(path.c_str());
    if (entries == nullptr) return 0;
    std::uint64_t sum = 1;
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (name.front() == '.') continue;
        const std::string child = path + "/" + entry->d_name;
        struct stat about {};
        if (::lstat(child.c_str(), &about) != 0) continue;
        // A folder's own times change with each file in it; only its content counts.
        const bool folder = S_ISDIR(about.st_mode);
        sum += fast_hash(name, !folder ? of(about) : deepest > 0 ? of_tree(child, deepest - 1) : 1);
    }
    ::closedir(entries);
    return mix_bits(sum) | 1;
}

}  // namespace stamp_posix

std::uint64_t stamp_of(const std::string& path) {
    constexpr int deepest = 32;
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return 0;
    return S_ISDIR(about.st_mode) ? stamp_posix::of_tree(path, deepest) : stamp_posix::of(about);
}

std::uint64_t changed_at(const std::string& path) {
    struct stat about {};
    if (::stat(path.c_str(), &about) != 0) return 0;
    return static_cast<std::uint64_t>(about.st_mtime) * 1'000'000'000 + stamp_posix::nanoseconds_of(about, 0);
}

}  // namespace cordon::engine::os
