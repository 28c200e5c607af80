#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/processor_times.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// The number of processors that this process may use: affinity and the container's quota included, at least 1.
std::uint32_t usable_processors();

/// Since the machine started. Nothing where the system does not tell: Linux does, Windows and others do not.
optional<processor_times> read_processor_times();

/// "linux", "x86_64": for reports.
std::string system_name();
std::string architecture();

/// The isolation mode that is safe and fast on this system: rewind if forked processes may use all libraries of the
/// system, else exec. Where a process cannot be rewound, rewind means fork.
isolate default_isolation();

/// Now, as RFC 3339 in UTC with milliseconds.
std::string wall_clock_utc();

/// now() for every test process. It avoids the C++ library, whose pages a forked process would have to touch first.
instant steady_now();
/// This process will read the clock a few times only: it takes the way that touches the fewest pages.
void expect_few_clock_reads();

/// Unpredictable bits, if the system has any: for names, keys and, if the user gave none, the seed.
std::uint64_t entropy();
/// The system's own random bits. Returns false if it has none.
bool draw_random(std::uint64_t& bits);

/// From now on this process and its children cannot use more than this many bytes of address space; 0 removes an
/// earlier limit.
void limit_memory(std::uint64_t bytes);

/// The address space that this process uses now, in bytes; 0 if unknown. May be called in a signal handler.
std::uint64_t used_address_space();

/// Identifies the build of this program: the linker's build id, else its size and modification time.
std::string build_id();
/// The build id that the linker wrote. Empty if the linker wrote no id, or this system cannot read it.
std::string linked_build_id();

/// The name of this machine, without a domain; empty if it has none.
std::string host_name();

}  // namespace cordon::engine::os
