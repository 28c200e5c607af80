#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// Processors that this process may keep busy: affinity and the container's quota counted, at least 1.
std::uint32_t usable_processors();

/// "linux", "x86_64": for reports.
std::string system_name();
std::string architecture();

/// The mode of isolation that is both safe and quick on this system: fork where forked processes may use all of the
/// system's libraries, exec elsewhere.
isolate default_isolation();

/// Now, as RFC 3339 in UTC with milliseconds.
std::string wall_clock_utc();

/// now(), for what every test process goes through: without the way through the C++ library, which lies in pages that a
/// forked process would be the first to touch.
instant steady_now();

/// Bits that nobody can guess, as far as the system has such: for names, keys and, where the user gave none, the seed.
std::uint64_t entropy();
/// The system's own random bits. False where it has none to give.
bool draw_random(std::uint64_t& bits);

/// From now on this process and those it makes cannot hold more than so many bytes of address space; 0 takes back what
/// an earlier call set.
void limit_memory(std::uint64_t bytes);

/// Address space that this process uses now, in bytes; 0 where the system does not tell. May be called in a signal
/// handler.
std::uint64_t used_address_space();

/// Identifies the build of this program: the linker's build id where there is one, else its size and time of change.
std::string build_id();

}  // namespace cordon::engine::os
