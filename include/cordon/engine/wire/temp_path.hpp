#pragma once

#include <cstdint>
#include <string>

namespace cordon::engine::wire {

/// Where the temporary folder of an attempt is. `number` stands in the lane once the folder is made, so whoever is left
/// can remove it: the test process, its worker, or the supervisor.
inline std::string temp_path(const std::string& root, std::int64_t worker, std::uint32_t ticket, std::uint32_t number) {
    return root + "/cordon-" + std::to_string(worker) + "-" + std::to_string(ticket) + "-" + std::to_string(number);
}

/// What stands for a ticket in the folder of a setup, the outermost at depth 1. No test has such a one.
inline std::uint32_t ticket_of_setup(std::uint32_t depth) { return 0 - depth; }

}  // namespace cordon::engine::wire
