#pragma once

#include <cordon/engine/os/process.windows.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <string>

namespace cordon::engine::os {

namespace windows {

error not_offered(const char* what) { return error{what, 0, "Windows does not offer it"}; }

}  // namespace windows

status use_processors(std::uint32_t count) {
    DWORD_PTR mine = 0, all = 0;
    if (::GetProcessAffinityMask(::GetCurrentProcess(), &mine, &all) == 0) return last_error("choose processors");
    DWORD_PTR chosen = 0;
    for (std::uint32_t i = 0; i < count && mine != 0; ++i) {
        chosen |= mine & (~mine + 1);
        mine &= mine - 1;
    }
    if (::SetProcessAffinityMask(::GetCurrentProcess(), chosen) != 0) return ok();
    return last_error("choose processors");
}

status set_timer_slack(duration) { return windows::not_offered("set the timer slack"); }
bool can_change_scheduling() { return false; }

status be_nice(std::uint32_t) {
    if (::SetPriorityClass(::GetCurrentProcess(), BELOW_NORMAL_PRIORITY_CLASS) != 0) return ok();
    return last_error("lower the priority");
}

status limit_open_files(std::uint32_t) { return windows::not_offered("limit open files"); }

status change_folder(const std::string& path) {
    if (::SetCurrentDirectoryW(windows::wide(path).c_str()) != 0) return ok();
    return last_error("change to the folder", path);
}

void set_file_mask(std::uint32_t) {}
result<std::uint64_t> limit_now(limit) { return windows::not_offered("read a limit"); }
status change_limit(limit, std::uint64_t) { return windows::not_offered("set a limit"); }

std::uint64_t used_cpu_seconds() {
    const resource_usage usage = own_usage();
    const duration used = usage.user + usage.system;
    return static_cast<std::uint64_t>((used.count() + 999'999'999) / 1'000'000'000);
}

bool can_fix_addresses() { return false; }
void fix_addresses() {}
void randomize_addresses() {}
bool addresses_are_fixed() { return false; }

// A suspended process cannot be told from a hanging one, and Windows has no Ctrl-Z.
void stop_group(process_id) {}
void continue_group(process_id) {}

// --condition=hog=N is refused before: see can_change_scheduling().
busy_processes::busy_processes(std::uint32_t) {}
busy_processes::~busy_processes() {}

}  // namespace cordon::engine::os
