#pragma once

#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/family.hpp>
#include <cordon/engine/os/lineage.linux.hpp>
#include <cordon/engine/os/machine.hpp>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace cordon::engine::os {

namespace family_linux {

// The kernel's type, because the C library of a 32-bit machine may use another one.
struct limit {
    std::uint64_t soft;
    std::uint64_t hard;
};

constexpr std::uint64_t no_limit = ~std::uint64_t{0};
constexpr int file_locks = 10;  // RLIMIT_LOCKS, not in every C library

// Of this process if `process` is 0. Returns false if it does not exist or belongs to another user.
bool read_limit(pid_t process, limit& to) { return ::syscall(SYS_prlimit64, process, file_locks, nullptr, &to) == 0; }

/// 0: unknown.
family_mark mark_of(pid_t process) {
    limit known{};
    return read_limit(process, known) ? known.soft : 0;
}

#if defined(SYS_pidfd_open) && defined(SYS_pidfd_send_signal)
int open_process(pid_t process) { return static_cast<int>(::syscall(SYS_pidfd_open, process, 0)); }
void signal_process(int opened, int number) { ::syscall(SYS_pidfd_send_signal, opened, number, nullptr, 0); }
#else
int open_process(pid_t) { return -1; }
void signal_process(int, int) {}
#endif

/// The kernel's data about a process, read without allocation.
struct state {
    char letter = 0;  // 0: it does not exist
    pid_t parent = 0;

    bool is_dead() const { return letter == 0 || letter == 'Z' || letter == 'X'; }
    bool is_stopped() const { return letter == 'T' || letter == 't'; }
};

state state_of(pid_t process) {
    char text[512];
    ::snprintf(text, sizeof text, "/proc/%d/stat", static_cast<int>(process));
    const int file = ::open(text, O_RDONLY | O_CLOEXEC);
    if (file < 0) return {};
    const ssize_t size = ::read(file, text, sizeof text - 1);
    ::close(file);
    text[std::max<ssize_t>(size, 0)] = '\0';
    const char* after_name = ::strrchr(text, ')');
    state seen;
    int parent = 0;
    if (after_name == nullptr || ::sscanf(after_name + 1, " %c %d", &seen.letter, &parent) != 2) return {};
    seen.parent = parent;
    return seen;
}

/// Signals a process that is not a child of this one. Its number may have been reused since it was read. An opened
/// process cannot change any more, so `is_still` checks it after opening.
template <class Condition>
void signal_if(pid_t process, int number, Condition is_still) {
    const int opened = open_process(process);
    const bool unknown = opened < 0 && errno == ENOSYS;  // a kernel before 5.3: only the number is available
    if ((opened >= 0 || unknown) && is_still()) {
        if (opened >= 0) {
            signal_process(opened, number);
        } else {
            ::kill(process, number);
        }
    }
    if (opened >= 0) ::close(opened);
}

bool is_kept(const vector<process_id>& kept, pid_t process) {
    return std::find(kept.begin(), kept.end(), process_id{process}) != kept.end();
}

/// The newest first: in a chain of processes that fork and exit only the newest matters.
vector<pid_t> strays(const vector<process_id>& kept) {
    const family_mark own = mark_of(0);
    vector<pid_t> found;
    const vector<pid_t> all = lineage_linux::children();
    for (std::size_t i = all.size(); i-- > 0;) {
        if (is_kept(kept, all[i])) continue;
        const family_mark its = mark_of(all[i]);
        if (its != 0 && its != own) found.push_back(all[i]);
    }
    return found;
}

vector<pid_t> strays_and_descendants(const vector<process_id>& kept) {
    vector<pid_t> found = strays(kept);
    for (std::size_t i = 0; i < found.size(); ++i)
        lineage_linux::add_children_of(found[i], found);
    return found;
}

/// Reaps the dead ones of `those` and returns the others.
vector<pid_t> without_dead(const vector<pid_t>& those) {
    vector<pid_t> alive;
    for (const pid_t each : those) {
        int state = 0;
        if (::waitpid(each, &state, WNOHANG) == 0) alive.push_back(each);
    }
    return alive;
}

/// Running children of this process's parent, except this one, that have come after `newest`; the newest first. Sets
/// `newest` to the last child, dead or alive.
vector<pid_t> siblings_after(pid_t& newest) {
    const pid_t parent = ::getppid();
    vector<pid_t> all;
    lineage_linux::add_children_of(parent, parent, all);
    vector<pid_t> found;
    for (std::size_t i = all.size(); i-- > 0 && all[i] != newest;) {
        if (all[i] != ::getpid() && !state_of(all[i]).is_dead()) found.push_back(all[i]);
    }
    newest = all.empty() ? 0 : all.back();
    return found;
}

void signal_siblings(const vector<pid_t>& those, int number) {
    const pid_t parent = ::getppid();
    for (const pid_t each : those)
        signal_if(each, number, [&] { return state_of(each).parent == parent; });
}

/// Orphans of this process's children have become the worker's children: kills them. For a process that continues with
/// another test; the worker waits for it and has no other children. Limited.
void end_siblings(vector<std::string>& commands) {
    const instant until = now() + std::chrono::seconds(2);
    vector<pid_t> left;
    pid_t newest = 0;
    for (int round = 0; now() < until; ++round) {
        // Looked at before the list is read: who is dead now has no child that is not in the list.
        vector<pid_t> running;
        for (const pid_t each : left)
            if (!state_of(each).is_dead()) running.push_back(each);
        // New ones come last. A chain of processes that fork and exit is caught only by who looks at the newest one at
        // once.
        const pid_t before = newest;
        const vector<pid_t> fresh = siblings_after(newest);
        for (std::size_t i = 0; round == 0 && i < fresh.size(); ++i) {
            std::string command = lineage_linux::describe_process(fresh[i]);
            if (lineage_linux::is_ending(fresh[i])) continue;
            if (commands.size() < leftovers::most_kept) commands.push_back(std::move(command));
        }
        signal_siblings(fresh, SIGKILL);
        if (running.empty() && newest == before) return;
        for (const pid_t each : fresh)
            running.push_back(each);
        left = std::move(running);
        if (fresh.empty()) {
            signal_siblings(left, SIGKILL);
            pause_briefly();
        }
    }
}

}  // namespace family_linux

family_mark new_family_mark() {
    family_linux::limit own{};
    // If someone has set the limit, it may have a meaning for others.
    if (!family_linux::read_limit(0, own) || own.hard != family_linux::no_limit) return 0;
    constexpr std::uint64_t high = std::uint64_t{1} << 62;  // not a number that a person would choose
    return high | (entropy() >> 2);
}

void bear_mark(family_mark mark) {
    if (mark == 0) return;
    const family_linux::limit wanted{mark, family_linux::no_limit};
    ::syscall(SYS_prlimit64, 0, family_linux::file_locks, &wanted, nullptr);
}

void end_strays(const vector<process_id>& kept) {
    constexpr int generations = 3;  // processes for which one after another is enough
    const instant until = now() + std::chrono::seconds(6);
    for (int round = 0; now() < until; ++round) {
        const vector<pid_t> found = family_linux::strays(kept);
        if (found.empty()) return;
        // If one is dead, it may have made another one, which is found in the next round.
        const vector<pid_t> left = family_linux::without_dead(found);
        if (round >= generations && round % generations == 0)
            lineage_linux::stop_all([&] { return family_linux::strays_and_descendants(kept); });
        for (const pid_t each : left)
            ::kill(each, SIGKILL);
        pause_briefly();
    }
}

}  // namespace cordon::engine::os
