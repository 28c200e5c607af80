#pragma once

#include <cordon/engine/os/branch.posix.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/lineage.linux.hpp>

#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace branch_linux {

vector<pid_t> others(const vector<process_id>& kept) {
    vector<pid_t> found;
    lineage_linux::add_children_of(::getpid(), found);
    found.erase(
        std::remove_if(found.begin(), found.end(),
                       [&](pid_t each) { return std::find(kept.begin(), kept.end(), process_id{each}) != kept.end(); }),
        found.end());
    return found;
}

/// Readable when the process has ended; -1 before Linux 5.3.
int open_process(process_id process) {
#if defined(SYS_pidfd_open)
    return static_cast<int>(::syscall(SYS_pidfd_open, static_cast<pid_t>(process), 0));
#else
    static_cast<void>(process);
    return -1;
#endif
}

bool ends_in_time(const descriptor& process, instant until) {
    struct pollfd polled {};
    polled.fd = process.native();
    polled.events = POLLIN;
    while (true) {
        const duration left = std::max(duration{0}, until - now());
        struct timespec rest {};
        rest.tv_sec = static_cast<time_t>(left.count() / 1'000'000'000);
        rest.tv_nsec = static_cast<long>(left.count() % 1'000'000'000);
        const int ready = ::ppoll(&polled, 1, &rest, nullptr);
        if (ready > 0) return true;
        if (ready == 0 || errno != EINTR) return false;
    }
}

}  // namespace branch_linux

bool adopt_orphans_for_now() {
    int is_set = 0;
    if (::prctl(PR_GET_CHILD_SUBREAPER, &is_set) != 0 || is_set != 0) return false;
    return ::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0;
}

void leave_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 0); }

bool has_children() { return direct::has_children(); }

vector<process_id> own_children() {
    vector<process_id> all;
    if (!direct::has_children()) return all;
    for (const pid_t each : branch_linux::others({}))
        all.push_back(each);
    return all;
}

std::uint32_t end_other_children(const vector<process_id>& kept) {
    const instant until = now() + std::chrono::seconds(6);
    std::uint32_t alive = 0;
    for (vector<pid_t> left = branch_linux::others(kept); !left.empty(); left = branch_linux::others(kept)) {
        for (const pid_t each : left) {
            if (lineage_linux::is_ending(each)) continue;
            ++alive;
            ::kill(each, SIGKILL);
        }
        lineage_linux::reap_all(left, until);
        if (now() >= until) break;
    }
    return alive;
}

optional<process_end> wait_for_end(process_id child, deadline until) {
    const auto pid = static_cast<pid_t>(child);
    if (!until) return branch_posix::end_of(pid, 0);
    const descriptor process(branch_linux::open_process(child));
    if (process) {
        if (!branch_linux::ends_in_time(process, *until)) return nullopt;
        return branch_posix::end_of(pid, 0);
    }
    optional<process_end> end = branch_posix::end_of(pid, WNOHANG);
    while (!end && now() < *until) {
        pause_briefly();
        end = branch_posix::end_of(pid, WNOHANG);
    }
    return end;
}

result<descriptor> make_text_file(std::size_t most) {
    descriptor file(::memfd_create("cordon-output", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!file) return last_error("make a file for the output of a branch");
    if (::ftruncate(file.native(), static_cast<off_t>(most)) != 0)
        return last_error("make a file for the output of a branch");
    ::fcntl(file.native(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK);
    return file;
}

bool has_one_thread() { return thread_count() == 1; }

}  // namespace cordon::engine::os
