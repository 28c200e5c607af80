#pragma once

#include <cordon/api/in_test.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// Changes to the environment of a process and its children. If a system does not offer one, the status says so. Linux
// has all of them.

/// This process and its children share the first `count` of the processors that it may use.
status use_processors(std::uint32_t count);
/// Timers and sleeps may end this much later.
status set_timer_slack(duration slack);
status be_nice(std::uint32_t niceness);
status limit_open_files(std::uint32_t count);
status change_folder(const std::string& path);
void set_file_mask(std::uint32_t mask);
/// The present value of a limit, as change_limit() takes it; not for limit::memory.
result<std::uint64_t> limit_now(limit what);
/// Sets what the process itself can raise again (POSIX: the soft limit). limit::cpu counts from the process's start.
status change_limit(limit what, std::uint64_t value);
/// Processor time used so far, in whole seconds, rounded up.
std::uint64_t used_cpu_seconds();

/// True if use_processors() and set_timer_slack() exist.
bool can_change_scheduling();

/// True if processes can be started with the same addresses each time. Containers may forbid it.
bool can_fix_addresses();
/// The next program executed in this process gets the same addresses each time. Safe between fork and exec.
void fix_addresses();
/// The next executed program gets random addresses, unless the whole system forbids it. Safe between fork and exec.
void randomize_addresses();
/// True if the next executed program would get fixed addresses, as under `setarch -R`.
bool addresses_are_fixed();

/// SIGSTOP, SIGCONT to the process's group.
void stop_group(process_id leader);
void continue_group(process_id leader);

/// Processes that only keep a processor busy, as long as this object lives.
class busy_processes {
  public:
    explicit busy_processes(std::uint32_t count);
    ~busy_processes();
    busy_processes(const busy_processes&) = delete;
    busy_processes& operator=(const busy_processes&) = delete;

  private:
    vector<process_id> running_;
};

}  // namespace cordon::engine::os
