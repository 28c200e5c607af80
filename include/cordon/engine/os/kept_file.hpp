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

/// A file that outlives runs, and that several of them may want to change at the same time: open, and locked against
/// the others until it is closed. Where the file's system knows no locks it goes without.
class kept_file {
  public:
    /// Makes the file if it is not there. Waits for others at most `patience`, then it is an error (EBUSY). Whatever is
    /// no regular file is one as well (EINVAL).
    static result<kept_file> open(const std::string& path, duration patience);

    std::uint64_t size() const;
    /// The last bytes, at most `most` of them.
    result<std::string> tail(std::size_t most) const;
    result<std::string> read_all() const;
    /// At the end, with one call where the system takes them at once.
    status append(std::string_view bytes);
    /// Puts a new file with these bytes in its place. Others that wait for the old one notice. Ends the lock.
    status replace(std::string_view bytes);

  private:
    kept_file(descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

    descriptor file_;
    std::string path_;
};

/// A whole file, without waiting for those who change it; empty where there is none.
result<std::string> read_kept_file(const std::string& path);

/// Gives a file another name in its folder, PATH.set-aside or with a number behind it, and returns it. Links are
/// followed.
result<std::string> set_aside(const std::string& path);

/// The user's folder for what programs like to keep and can do without; empty where there is none.
/// Linux and others: XDG_CACHE_HOME or ~/.cache. macOS: ~/Library/Caches.
std::string cache_folder();
/// What a home folder's path is to be continued with.
const char* cache_below_home();

/// Makes a folder in one that may have to be made as well, for this user alone. False where that cannot be.
bool make_folder_in(const std::string& parent, const std::string& name);

/// Seconds since 1970.
std::uint64_t wall_clock_seconds();

/// From the root, and without links; as it is where there is no such file.
std::string real_path(const std::string& path);

}  // namespace cordon::engine::os
