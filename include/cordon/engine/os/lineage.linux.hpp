#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/leftovers.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/direct_call.linux.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/process.posix.hpp>
#include <cordon/engine/os/rewind_origin.linux.hpp>
#include <cordon/engine/os/stack.hpp>
#include <cordon/engine/os/thread_state.linux.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <utility>

namespace cordon::engine::os {

namespace lineage_linux {

// The running file itself, not its name: a rebuild during the run must not mix old and new code.
int self_file = -1;
std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

// Adds the children of one thread of a process, from the kernel's list; none without /proc.
void add_children_of(pid_t process, long long thread, vector<pid_t>& to) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%d/task/%lld/children", static_cast<int>(process), thread);
    FILE* list = ::fopen(path, "re");
    if (list == nullptr) return;
    int child = 0;
    while (::fscanf(list, "%d", &child) == 1) {
        to.push_back(child);
    }
    ::fclose(list);
}

void add_children_of(pid_t process, vector<pid_t>& to) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%d/task", static_cast<int>(process));
    DIR* threads = ::opendir(path);
    if (threads == nullptr) return;
    while (const struct dirent* entry = ::readdir(threads)) {
        if (entry->d_name[0] != '.') add_children_of(process, ::strtoll(entry->d_name, nullptr, 10), to);
    }
    ::closedir(threads);
}

/// Children of this process, which has one thread.
vector<pid_t> children() {
    vector<pid_t> found;
    add_children_of(::getpid(), ::getpid(), found);
    return found;
}

vector<pid_t> descendants() {
    vector<pid_t> found = children();
    for (std::size_t i = 0; i < found.size(); ++i)
        add_children_of(found[i], found);
    return found;
}

std::string contents_of(const std::string& path, std::size_t most) {
    FILE* file = ::fopen(path.c_str(), "re");
    if (file == nullptr) return {};
    std::string text(most, '\0');
    text.resize(::fread(&text[0], 1, most, file));
    ::fclose(file);
    return text;
}

/// The content of the kernel's line about a process or thread.
struct process_glimpse {
    bool known = false;
    bool is_stopped = false;
    bool is_ending = false;  ///< dead, or so far ended that it runs no code of its own
    std::string name;
};

process_glimpse glimpse_of(const std::string& stat_path) {
    constexpr unsigned exiting = 4;  // PF_EXITING, in <linux/sched.h> of the kernel
    const std::string line = contents_of(stat_path, 1024);
    const std::size_t open = line.find('(');
    const std::size_t close = line.rfind(')');
    if (open == std::string::npos || close == std::string::npos) return {};
    char state = 0;
    unsigned flags = 0;
    if (::sscanf(line.c_str() + close + 1, " %c %*d %*d %*d %*d %*d %u", &state, &flags) != 2) return {};
    const bool is_stopped = state == 'T' || state == 't';
    const bool is_ending = state == 'Z' || state == 'X' || (flags & exiting) != 0;
    return {true, is_stopped, is_ending, line.substr(open + 1, close - open - 1)};
}

/// It keeps the memory of a test process that was killed before it could end this one.
bool is_origin(pid_t process) {
    return glimpse_of("/proc/" + std::to_string(process) + "/stat").name == rewind_linux::name_of_origin;
}

// It was killed or has ended, and was not waited for.
bool is_ending(pid_t process) {
    const std::string folder = "/proc/" + std::to_string(process);
    const process_glimpse seen = glimpse_of(folder + "/stat");
    if (!seen.known || seen.is_ending) return true;
    const std::string status = contents_of(folder + "/status", 4096);
    for (const char* pending : {"SigPnd:", "ShdPnd:"}) {
        const std::size_t at = status.find(pending);
        if (at == std::string::npos) continue;
        if ((::strtoull(status.c_str() + at + 7, nullptr, 16) >> (SIGKILL - 1) & 1) != 0) return true;
    }
    return false;
}

bool runs_this_program(pid_t process) {
    struct stat own {};
    struct stat other {};
    const std::string path = "/proc/" + std::to_string(process) + "/exe";
    return ::stat("/proc/self/exe", &own) == 0 && ::stat(path.c_str(), &other) == 0 && own.st_ino == other.st_ino &&
           own.st_dev == other.st_dev;
}

/// Its command line, if useful: a copy of the test's process has the run's command line.
std::string describe_process(pid_t process) {
    const std::string id = std::to_string(process);
    std::string command =
        runs_this_program(process) ? std::string() : contents_of("/proc/" + id + "/cmdline", leftovers::longest_text);
    if (command.empty()) return "a copy of the test's process (" + id + ")";
    while (!command.empty() && command.back() == '\0') {
        command.pop_back();
    }
    std::replace(command.begin(), command.end(), '\0', ' ');
    return command + " (" + id + ")";
}

struct traced_child {
    process_id child;
    int signal;
};
traced_child traced_stop{};  // the last one that was seen

bool adopts_orphans = true;  // qemu-user refuses it: then only the test's process group can be killed

bool all_threads_block(const std::string& folder, int number) {
    DIR* tasks = ::opendir((folder + "/task").c_str());
    if (tasks == nullptr) return false;
    bool all = true;
    while (const struct dirent* entry = ::readdir(tasks)) {
        if (entry->d_name[0] == '.') continue;
        const std::string status = contents_of(folder + "/task/" + entry->d_name + "/status", 4096);
        all = all && (status.empty() || stack_linux::is_in_set(status, "SigBlk:", number));
    }
    ::closedir(tasks);
    return all;
}

// By sigwait(), or by a descriptor for signals: a blocked signal is handled then.
bool waits_for_signals(process_id process, const std::string& folder) {
    for (const thread_state& each : threads_of(process)) {
        if (each.call == "sigwait" || each.call == "sigsuspend") return true;
    }
    DIR* open = ::opendir((folder + "/fd").c_str());
    if (open == nullptr) return false;
    bool found = false;
    while (const struct dirent* entry = ::readdir(open)) {
        char target[64];
        const std::string path = folder + "/fd/" + entry->d_name;
        const ssize_t size = ::readlink(path.c_str(), target, sizeof target);
        found = found || std::string(target, size > 0 ? static_cast<std::size_t>(size) : 0) == "anon_inode:[signalfd]";
    }
    ::closedir(open);
    return found;
}

bool still_runs(pid_t process) {
    const process_glimpse seen = glimpse_of("/proc/" + std::to_string(process) + "/stat");
    return seen.known && !seen.is_ending && !seen.is_stopped;
}

void reap_dead_children() {
    while (::waitpid(-1, nullptr, WNOHANG) > 0) {
    }
}

// Processes that keep making others cannot be killed one after another: there would always be a new one. So all that
// `list` finds are stopped first, until none runs any more. A process that is just being stopped may have made one
// more. Limited, because some may be faster; they are found again later.
template <class List>
void stop_all(List list) {
    const instant until = now() + std::chrono::seconds(2);
    for (int quiet = 0; quiet < 2 && now() < until; ++quiet) {
        for (const pid_t each : list()) {
            if (!still_runs(each)) continue;
            ::kill(each, SIGSTOP);
            quiet = -1;
        }
        pause_briefly();
    }
    for (const pid_t each : list())
        ::kill(each, SIGKILL);
}

void end_all_at_once() {
    stop_all([] {
        reap_dead_children();
        return descendants();
    });
}

// Waits until those children have ended; not forever, because one may hang in the kernel.
void reap_all(const vector<pid_t>& killed, instant until) {
    for (const pid_t each : killed) {
        int state = 0;
        while (::waitpid(each, &state, WNOHANG) == 0 && now() < until) {
            pause_briefly();
        }
    }
}

// Kills every remaining child and its orphans, which the kernel gives to this process. Returns how many were running;
// `commands` describes the first of them.
std::uint32_t end_survivors(vector<std::string>& commands) {
    constexpr int generations = 3;  // processes for which one after another is enough
    const instant until = now() + std::chrono::seconds(6);
    std::uint32_t alive = 0;
    for (int round = 0; direct::has_children() && now() < until; ++round) {
        if (round >= generations) end_all_at_once();
        reap_dead_children();
        const vector<pid_t> left = children();
        if (left.empty()) break;
        // Described before the first one is killed: one may end because another one did.
        for (const pid_t each : left) {
            std::string command = describe_process(each);
            // Checked last: a process that is just ending has no command line any more, and would look like a copy.
            if (is_ending(each) || is_origin(each)) continue;
            ++alive;
            if (commands.size() < leftovers::most_kept) commands.push_back(std::move(command));
        }
        for (const pid_t each : left) {
            ::kill(each, SIGKILL);
        }
        reap_all(left, until);
    }
    return alive;
}

}  // namespace lineage_linux

CORDON_HOT bool can_die_with_parent() { return true; }

CORDON_HOT void die_with_parent(process_id parent) {
    direct::die_with_parent(SIGKILL);
    if (direct::getppid() != static_cast<pid_t>(parent)) ::_exit(0);
}

CORDON_HOT void lead_own_group(process_id process) {
    direct::setpgid(static_cast<pid_t>(process), static_cast<pid_t>(process));
}

CORDON_HOT void redirect_output(const descriptor& out, const descriptor& err) {
    direct::dup2(out.native(), STDOUT_FILENO);
    direct::dup2(err.native(), STDERR_FILENO);
}

void adopt_orphans() { lineage_linux::adopts_orphans = ::prctl(PR_SET_CHILD_SUBREAPER, 1) == 0; }

optional<process_end> reap(process_id child) {
    // While the leader is a zombie, its group's number cannot be reused.
    if (!lineage_linux::adopts_orphans && has_ended(child)) kill_group(child);
    int state = 0;
    struct rusage used {};
    if (direct::wait4(static_cast<pid_t>(child), &state, &used) != static_cast<pid_t>(child)) return nullopt;
    // A child that has made its parent its tracer stops at each signal, which is not an end.
    if (WIFSTOPPED(state)) {
        lineage_linux::traced_stop = {child, WSTOPSIG(state)};
        return nullopt;
    }
    process_end end = process_posix::describe_end(state, used);
    if (direct::has_children()) end.survivors = lineage_linux::end_survivors(end.survivor_commands);
    return end;
}

int stop_signal_of(process_id child) {
    if (const int number = process_posix::last_stop(child)) return number;
    if (!lineage_linux::glimpse_of("/proc/" + std::to_string(child) + "/stat").is_stopped) return 0;
    return lineage_linux::traced_stop.child == child ? lineage_linux::traced_stop.signal : -1;
}

answer_to_asking answer_of(process_id process) {
    using namespace lineage_linux;
    const std::string folder = "/proc/" + std::to_string(process);
    const std::string status = contents_of(folder + "/status", 4096);
    if (status.empty()) return answer_to_asking::unknown;
    if (status.find("State:\tt") != std::string::npos) return answer_to_asking::refuses;
    if (stack_linux::is_in_set(status, "SigCgt:", SIGTERM)) return answer_to_asking::handles;
    if (stack_linux::is_in_set(status, "SigIgn:", SIGTERM)) return answer_to_asking::refuses;
    if (!all_threads_block(folder, SIGTERM)) return answer_to_asking::ends;
    return waits_for_signals(process, folder) ? answer_to_asking::handles : answer_to_asking::holds_back;
}

std::uint32_t end_orphans() {
    vector<std::string> commands;
    return direct::has_children() ? lineage_linux::end_survivors(commands) : 0;
}

std::string own_file() {
    char path[4096];
    const ssize_t size = ::readlink("/proc/self/exe", path, sizeof path);
    return size > 0 ? std::string(path, static_cast<std::size_t>(size)) : lineage_linux::self_name();
}

process_id parent_of(process_id process) {
    FILE* about = ::fopen(("/proc/" + std::to_string(process) + "/status").c_str(), "re");
    if (about == nullptr) return 0;
    char line[256];
    long long parent = 0;
    while (::fgets(line, sizeof line, about) != nullptr && ::sscanf(line, "PPid: %lld", &parent) != 1) {
    }
    ::fclose(about);
    return parent;
}

void execute_self(char** arguments, char** variables) {
    if (lineage_linux::self_file >= 0) ::fexecve(lineage_linux::self_file, arguments, variables);
    ::execve(lineage_linux::self_name().c_str(), arguments, variables);
}

vector<std::string> command_line_of_process() {
    const char* const path = "/proc/self/cmdline";
    std::size_t most = 4096;
    std::string all = lineage_linux::contents_of(path, most);
    while (all.size() == most)
        all = lineage_linux::contents_of(path, most *= 8);
    vector<std::string> words;
    for (std::size_t at = 0; at < all.size(); at += words.back().size() + 1)
        words.emplace_back(all.c_str() + at);
    return words;
}

status find_self_file(const char* argv0) {
    lineage_linux::self_name() = argv0;
    lineage_linux::self_file = ::open("/proc/self/exe", O_PATH | O_CLOEXEC);
    if (lineage_linux::self_file >= 0) {
        const int high = ::fcntl(lineage_linux::self_file, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private());
        if (high >= 0) {
            ::close(lineage_linux::self_file);
            lineage_linux::self_file = high;
        }
        return ok();
    }
    char* real = ::realpath(argv0, nullptr);
    if (real == nullptr) return last_error("find this program's own file", lineage_linux::self_name());
    lineage_linux::self_name() = real;
    ::free(real);
    return ok();
}

const std::string& self_path() { return lineage_linux::self_name(); }

void name_process_after_program() {
    const std::string& path = lineage_linux::self_name();
    ::prctl(PR_SET_NAME, path.c_str() + path.rfind('/') + 1);
}

// A tracer that only watches (strace) is no reason to run differently: the tracer's name decides.
bool under_debugger() {
    FILE* about = ::fopen("/proc/self/status", "re");
    if (about == nullptr) return false;
    char line[256];
    int tracer = 0;
    while (tracer == 0 && ::fgets(line, sizeof line, about) != nullptr) {
        if (::sscanf(line, "TracerPid: %d", &tracer) == 1) break;
    }
    ::fclose(about);
    if (tracer == 0) return false;
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%d/comm", tracer);
    FILE* name = ::fopen(path, "re");
    if (name == nullptr) return true;
    const bool known = ::fgets(line, sizeof line, name) != nullptr;
    ::fclose(name);
    return !known || ::strncmp(line, "strace", 6) != 0;
}

void allow_debuggers() { ::prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0); }

std::uint32_t thread_count() {
    DIR* tasks = ::opendir("/proc/self/task");
    if (tasks == nullptr) return 0;
    std::uint32_t count = 0;
    while (const struct dirent* entry = ::readdir(tasks)) {
        if (entry->d_name[0] != '.') ++count;
    }
    ::closedir(tasks);
    return count;
}

}  // namespace cordon::engine::os
