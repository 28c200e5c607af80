#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// A file that survives runs, and that several runs may change at the same time: open, and locked until it is closed.
/// If its file system has no locks, there is no locking.
class kept_file {
  public:
    /// Creates the file if it does not exist. Waits for other runs at most `patience`, then fails with EBUSY. Fails
    /// with EINVAL if the path is not a regular file.
    static result<kept_file> open(const std::string& path, duration patience);

    std::uint64_t size() const;
    /// The last bytes, at most `most` of them.
    result<std::string> tail(std::size_t most) const;
    result<std::string> read_all() const;
    /// At the end, with one call if the system accepts all bytes at once.
    status append(std::string_view bytes);
    /// Replaces the file by a new one with these bytes. Others that wait for the old file notice this. Releases the
    /// lock.
    status replace(std::string_view bytes);

  private:
    kept_file(descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

    descriptor file_;
    std::string path_;
};

/// A whole file, without waiting for its writers; empty if there is none.
result<std::string> read_kept_file(const std::string& path);

/// Renames a file in its folder to PATH.set-aside, or with a number at the end, and returns the new path. Follows
/// links.
result<std::string> set_aside(const std::string& path);

/// The user's folder for data that programs can do without; empty if there is none. Linux and others: XDG_CACHE_HOME or
/// ~/.cache. macOS: ~/Library/Caches.
std::string cache_folder();
/// The path of that folder below the home folder.
const char* cache_below_home();

/// Creates a folder, and its parent if necessary, for this user only. Returns false if that is impossible.
bool make_folder_in(const std::string& parent, const std::string& name);

/// From the root, without links; unchanged if there is no such file.
std::string real_path(const std::string& path);

}  // namespace cordon::engine::os
