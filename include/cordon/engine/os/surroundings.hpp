#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/process.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// What a process can change about the world that it and its children live in. Where a system does not offer it, the
// status says so. Linux has all of it.

/// This process and its children share the first so many of the processors that it may use.
status use_processors(std::uint32_t count);
/// Timers and sleeps may end so much later than asked for.
status set_timer_slack(duration slack);
status be_nice(std::uint32_t niceness);
status limit_open_files(std::uint32_t count);
status change_folder(const std::string& path);
void set_file_mask(std::uint32_t mask);

/// Whether use_processors() and set_timer_slack() are there.
bool can_change_scheduling();

/// Whether processes can be started with the same addresses each time. Containers may forbid it.
bool can_fix_addresses();
/// What is executed next in this process gets the same addresses each time. Safe between fork and exec.
void fix_addresses();
/// What is executed next gets addresses by lot, if the whole system does not forbid it. Safe between fork and exec.
void randomize_addresses();
/// Whether what is executed next would get fixed ones, as under `setarch -R`.
bool addresses_are_fixed();

/// SIGSTOP, SIGCONT to the process's group.
void stop_group(process_id leader);
void continue_group(process_id leader);

/// Processes that do nothing but keep a processor busy, for as long as this lives.
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
