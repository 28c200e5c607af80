#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/family.linux.hpp>
#include <cordon/engine/os/lineage.linux.hpp>
#include <cordon/engine/os/own_state.posix.hpp>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

/// Exists if the program is built with ThreadSanitizer.
extern "C" __attribute__((weak)) void __tsan_init();

/// Of the C library: counts the calls that may change the language of messages, setlocale() among them.
extern "C" __attribute__((weak)) int _nl_msg_cat_cntr;

namespace cordon::engine::os {

namespace own_state_posix {

vector<int> open_descriptors() {
    vector<int> found;
    DIR* entries = ::opendir("/proc/self/fd");
    if (entries == nullptr) return found;
    const int own = ::dirfd(entries);
    while (const struct dirent* entry = ::readdir(entries)) {
        const int number = ::atoi(entry->d_name);
        if (number >= first_descriptor && number != own) found.push_back(number);
    }
    ::closedir(entries);
    sort(found);
    return found;
}

std::string target_of(int descriptor) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    char target[PATH_MAX];
    const ssize_t size = ::readlink(path, target, sizeof target);
    return size > 0 ? std::string(target, static_cast<std::size_t>(size)) : std::string();
}

CORDON_HOT bool poll_now(struct pollfd* polled, int count) { return direct::poll_now(polled, count); }
CORDON_HOT bool stat_now(const char* path, struct stat* about) { return direct::stat(path, about); }
CORDON_HOT mode_t set_mask(mode_t mask) { return direct::umask(mask); }
// The C library uses some for itself and denies that.
bool is_of_library(int signal) { return signal < SIGRTMIN; }

CORDON_HOT signal_way way_of(int signal) {
    constexpr int first_real_time = 32;
    if (signal >= first_real_time && is_of_library(signal)) return SIG_DFL;
    return direct::signal_handler(signal);
}
CORDON_HOT bool read_blocked(sigset_t* blocked) { return direct::read_signal_mask(blocked); }
CORDON_HOT bool may_have_other_locale(const remembered_state& before) {
    return &_nl_msg_cat_cntr == nullptr || _nl_msg_cat_cntr != before.locale_changes;
}
void remember_locale(remembered_state& state) {
    if (&_nl_msg_cat_cntr != nullptr) state.locale_changes = _nl_msg_cat_cntr;
}

#if __has_include(<sys/single_threaded.h>)
// The C library's own flag: true until the first thread is made, at the cost of reading a byte.
CORDON_HOT bool never_had_threads() { return __libc_single_threaded != 0; }
#else
bool never_had_threads() { return false; }
#endif

// ThreadSanitizer has its own threads, which may start at any time, and reports leftover threads itself.
bool threads_are_the_programs() { return __tsan_init == nullptr; }

CORDON_HOT bool has_new_threads() {
    if (never_had_threads() || !threads_are_the_programs()) return false;
    // The folder has a link for itself, one for its name, and one for each thread.
    struct stat about {};
    return ::stat("/proc/self/task", &about) == 0 && about.st_nlink > remembered().threads.size() + 2;
}

// A thread that was joined may still be ending in the kernel: it is not a leftover.
vector<thread_entry> threads_now() {
    vector<thread_entry> found;
    DIR* entries = ::opendir("/proc/self/task");
    if (entries == nullptr) return found;
    while (const struct dirent* entry = ::readdir(entries)) {
        if (entry->d_name[0] == '.') continue;
        const std::string stat_path = std::string("/proc/self/task/") + entry->d_name + "/stat";
        const lineage_linux::process_glimpse seen = lineage_linux::glimpse_of(stat_path);
        if (seen.known && !seen.is_ending) found.push_back({::atoll(entry->d_name), seen.name});
    }
    ::closedir(entries);
    return found;
}

}  // namespace own_state_posix

bool can_see_threads() { return ::access("/proc/self/task", F_OK) == 0; }

namespace own_state_posix {

// Page faults of all children that this process has waited for: each has some.
CORDON_HOT long faults_of_children() {
    struct rusage used {};
    ::getrusage(RUSAGE_CHILDREN, &used);
    return used.ru_minflt;
}

long known_faults = 0;

}  // namespace own_state_posix

// A test that has made no process has left none. A test that has may have left a daemon to the worker.
void end_children(vector<leftover>& to, bool for_long) {
    const bool has_children = direct::has_children();
    if (!has_children && !for_long) return;
    const long faults = own_state_posix::faults_of_children();
    if (!has_children && faults == own_state_posix::known_faults) return;
    vector<std::string> commands;
    if (has_children) lineage_linux::end_survivors(commands);
    family_linux::end_siblings(commands);
    own_state_posix::known_faults = own_state_posix::faults_of_children();
    for (std::string& each : commands) {
        to.push_back({leftover_kind::process, std::move(each)});
    }
}

}  // namespace cordon::engine::os
