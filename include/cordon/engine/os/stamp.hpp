#pragma once

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// A number that changes when a file changes: from its place on the disk, its size and its times. For a folder from all
/// its content, at any depth, except names that begin with a dot; links are not followed there. 0 if it does not exist.
std::uint64_t stamp_of(const std::string& path);

/// When the content of a file changed last: nanoseconds since 1970, as precise as the file system; 0 if it does not
/// exist.
std::uint64_t changed_at(const std::string& path);

}  // namespace cordon::engine::os
