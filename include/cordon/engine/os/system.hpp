#pragma once

// The only place that chooses between systems: it includes the files that define the functions of the neutral headers.

#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/family.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/kept_file.hpp>
#include <cordon/engine/os/leave.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/output_place.hpp>
#include <cordon/engine/os/own_memory.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/port_hold.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/program_file.hpp>
#include <cordon/engine/os/rewind.hpp>
#include <cordon/engine/os/shared_memory.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/stamp.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/os/terminal.hpp>
#include <cordon/engine/os/throw_place.hpp>
#include <cordon/engine/os/touch_watch.hpp>
#include <cordon/engine/os/written_file.hpp>

#if defined(_WIN32)
#include <cordon/engine/os/absent.windows.hpp>
#include <cordon/engine/os/branch.windows.hpp>
#include <cordon/engine/os/descriptor.windows.hpp>
#include <cordon/engine/os/files.windows.hpp>
#include <cordon/engine/os/kept_file.windows.hpp>
#include <cordon/engine/os/machine.windows.hpp>
#include <cordon/engine/os/output_place.windows.hpp>
#include <cordon/engine/os/own_memory.windows.hpp>
#include <cordon/engine/os/own_state.windows.hpp>
#include <cordon/engine/os/poll.windows.hpp>
#include <cordon/engine/os/port_hold.windows.hpp>
#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/program_file.windows.hpp>
#include <cordon/engine/os/shared_memory.windows.hpp>
#include <cordon/engine/os/signal.windows.hpp>
#include <cordon/engine/os/spawn.windows.hpp>
#include <cordon/engine/os/stack.windows.hpp>
#include <cordon/engine/os/stamp.windows.hpp>
#include <cordon/engine/os/surroundings.windows.hpp>
#include <cordon/engine/os/terminal.windows.hpp>
#include <cordon/engine/os/written_file.windows.hpp>
#else
#include <cordon/engine/os/branch.posix.hpp>
#include <cordon/engine/os/coverage.posix.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/files.posix.hpp>
#include <cordon/engine/os/helper_program.posix.hpp>
#include <cordon/engine/os/kept_file.posix.hpp>
#include <cordon/engine/os/machine.posix.hpp>
#include <cordon/engine/os/output_place.posix.hpp>
#include <cordon/engine/os/own_memory.posix.hpp>
#include <cordon/engine/os/own_state.posix.hpp>
#include <cordon/engine/os/port_hold.posix.hpp>
#include <cordon/engine/os/process.posix.hpp>
#include <cordon/engine/os/shared_memory.posix.hpp>
#include <cordon/engine/os/signal.posix.hpp>
#include <cordon/engine/os/stamp.posix.hpp>
#include <cordon/engine/os/surroundings.posix.hpp>
#include <cordon/engine/os/terminal.posix.hpp>
#include <cordon/engine/os/written_file.posix.hpp>
#include <cordon/engine/os/written_target.posix.hpp>
#if defined(__linux__) && !defined(CORDON_CONFIG_PORTABLE_POSIX)
#include <cordon/engine/os/branch.linux.hpp>
#include <cordon/engine/os/family.linux.hpp>
#include <cordon/engine/os/files.linux.hpp>
#include <cordon/engine/os/guardian.linux.hpp>
#include <cordon/engine/os/leave.linux.hpp>
#include <cordon/engine/os/lineage.linux.hpp>
#include <cordon/engine/os/machine.linux.hpp>
#include <cordon/engine/os/memory_object.linux.hpp>
#include <cordon/engine/os/own_memory.linux.hpp>
#include <cordon/engine/os/own_state.linux.hpp>
#include <cordon/engine/os/poll.linux.hpp>
#include <cordon/engine/os/program_file.linux.hpp>
#include <cordon/engine/os/rewind.linux.hpp>
#include <cordon/engine/os/stack.linux.hpp>
#include <cordon/engine/os/surroundings.linux.hpp>
#include <cordon/engine/os/throw_place.linux.hpp>
#include <cordon/engine/os/touch_watch.linux.hpp>
#else
#include <cordon/engine/os/branch_portable.posix.hpp>
#include <cordon/engine/os/family_portable.posix.hpp>
#include <cordon/engine/os/files_portable.posix.hpp>
#include <cordon/engine/os/leave.posix.hpp>
#include <cordon/engine/os/lineage.posix.hpp>
#include <cordon/engine/os/machine_portable.posix.hpp>
#include <cordon/engine/os/memory_object.posix.hpp>
#include <cordon/engine/os/own_memory_portable.posix.hpp>
#include <cordon/engine/os/own_state_portable.posix.hpp>
#include <cordon/engine/os/poll.posix.hpp>
#include <cordon/engine/os/program_file.posix.hpp>
#include <cordon/engine/os/stack.posix.hpp>
#include <cordon/engine/os/surroundings_portable.posix.hpp>
#include <cordon/engine/os/throw_place.posix.hpp>
#if defined(__APPLE__)
#include <cordon/engine/os/own_file.darwin.hpp>
#elif defined(__FreeBSD__) || defined(__DragonFly__)
#include <cordon/engine/os/own_file.bsd.hpp>
#else
#include <cordon/engine/os/own_file.posix.hpp>
#endif
#endif
#endif
#include <cordon/engine/os/rewind_absent.hpp>
#include <cordon/engine/os/touch_watch_absent.hpp>

#if !defined(_WIN32)
namespace cordon::engine::os {

#if defined(__APPLE__)
// On macOS, forked processes may not use most of the system's frameworks.
isolate default_isolation() { return isolate::exec; }
const char* cache_below_home() { return "/Library/Caches"; }
std::uint64_t resident_unit() { return 1; }
bool call_at_exit(void (*last)()) { return ::atexit(last) == 0; }
#else
isolate default_isolation() { return isolate::rewind; }
const char* cache_below_home() { return "/.cache"; }
std::uint64_t resident_unit() { return 1024; }
#if defined(__OpenBSD__)
bool call_at_exit(void (*last)()) { return ::atexit(last) == 0; }
#else
bool call_at_exit(void (*last)()) { return ::at_quick_exit(last) == 0 && ::atexit(last) == 0; }
#endif
#endif

#if defined(RLIMIT_AS)
int memory_resource() { return RLIMIT_AS; }
#else
int memory_resource() { return RLIMIT_DATA; }  // OpenBSD: private memory, that of mmap() too
#endif

}  // namespace cordon::engine::os
#endif
