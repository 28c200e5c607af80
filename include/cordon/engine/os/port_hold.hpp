#pragma once

#include <cordon/engine/base/result.hpp>

#include <cstdint>

namespace cordon::engine::os {

// Ports that processes of one machine hold against one another, by locks on the bytes of one file in /tmp. A lock
// belongs to a process and ends with it, however it ends. A copy of the process has none of its locks.

constexpr std::uint32_t first_port = 20000;  // below the ports that systems give to clients
constexpr std::uint32_t port_count = 10000;

/// Holds a port that no other process holds, and that is free for TCP and UDP at all addresses now. Not for two threads
/// at once.
result<std::uint32_t> hold_free_port();
/// Gives back a held port.
void give_back_port(std::uint32_t port);

}  // namespace cordon::engine::os
