#pragma once

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// A number that changes when a file does: from its place on the disk, its size and its times. For a folder from all
/// that is in it, at any depth, without what begins with a dot; links are not followed there. 0 where there is nothing.
std::uint64_t stamp_of(const std::string& path);

}  // namespace cordon::engine::os
