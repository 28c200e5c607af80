#pragma once

#include <cstdint>
#include <string>

namespace cordon::engine::wire {

/// The path of an attempt's temporary folder. `number` is in the lane as soon as the folder exists, so any remaining
/// process can remove it: the test process, its worker, or the supervisor.
inline std::string temp_path(const std::string& root, std::int64_t worker, std::uint32_t ticket, std::uint32_t number) {
    return root + "/cordon-" + std::to_string(worker) + "-" + std::to_string(ticket) + "-" + std::to_string(number);
}

/// The ticket for the folder of a setup, the outermost at depth 1. No test has such a ticket.
inline std::uint32_t ticket_of_setup(std::uint32_t depth) { return 0 - depth; }

}  // namespace cordon::engine::wire
