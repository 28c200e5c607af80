#pragma once

#include <cordon/engine/os/branch.posix.hpp>
#include <cordon/engine/os/shared_memory.hpp>

namespace cordon::engine::os {

bool adopt_orphans_for_now() { return false; }
void leave_orphans() {}
bool has_children() { return false; }
vector<process_id> own_children() { return {}; }
std::uint32_t end_other_children(const vector<process_id>&) { return 0; }
bool has_one_thread() { return false; }

optional<process_end> wait_for_end(process_id child, deadline until) {
    const auto pid = static_cast<pid_t>(child);
    if (!until) return branch_posix::end_of(pid, 0);
    optional<process_end> end = branch_posix::end_of(pid, WNOHANG);
    while (!end && now() < *until) {
        pause_briefly();
        end = branch_posix::end_of(pid, WNOHANG);
    }
    return end;
}

result<descriptor> make_text_file(std::size_t) { return make_memory_object(0); }

}  // namespace cordon::engine::os
