#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.posix.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/process.posix.hpp>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace lineage_linux {

// The running file itself, not its name: a rebuild during the run must not mix old and new code.
int self_file = -1;
std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

// Children of this process, from the kernel's list; empty when /proc is not there.
vector<pid_t> children() {
    vector<pid_t> found;
    char path[64];
    const auto own = static_cast<int>(::getpid());
    ::snprintf(path, sizeof path, "/proc/self/task/%d/children", own);
    FILE* list = ::fopen(path, "re");
    if (list == nullptr) return found;
    int child = 0;
    while (::fscanf(list, "%d", &child) == 1) {
        found.push_back(child);
    }
    ::fclose(list);
    return found;
}

bool any_child() {
    siginfo_t about{};
    return ::waitid(P_ALL, 0, &about, WEXITED | WNOHANG | WNOWAIT) == 0;
}

// Ends every remaining child, and what those leave behind, which the kernel hands to us. Returns how many were alive.
std::uint32_t end_survivors() {
    std::uint32_t alive = 0;
    while (any_child()) {
        int state = 0;
        while (::waitpid(-1, &state, WNOHANG) > 0) {
        }
        const vector<pid_t> left = children();
        if (left.empty()) break;
        for (const pid_t each : left) {
            ::kill(each, SIGKILL);
        }
        for (const pid_t each : left) {
            if (::waitpid(each, &state, 0) == each) ++alive;
        }
    }
    return alive;
}

}  // namespace lineage_linux

CORDON_HOT bool can_die_with_parent() { return true; }

CORDON_HOT void die_with_parent(process_id parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != static_cast<pid_t>(parent)) ::_exit(0);
}

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::optional<process_end> reap(process_id child) {
    int state = 0;
    struct rusage used {};
    if (::wait4(static_cast<pid_t>(child), &state, WNOHANG, &used) != static_cast<pid_t>(child)) return std::nullopt;
    process_end end = process_posix::describe_end(state, used);
    if (lineage_linux::any_child()) end.survivors = lineage_linux::end_survivors();
    return end;
}

std::uint32_t end_orphans() { return lineage_linux::any_child() ? lineage_linux::end_survivors() : 0; }

void execute_self(char** arguments, char** variables) {
    if (lineage_linux::self_file >= 0) ::fexecve(lineage_linux::self_file, arguments, variables);
    ::execve(lineage_linux::self_name().c_str(), arguments, variables);
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

// A tracer that only watches (strace) is no reason to run otherwise than usual: the tracer's name decides.
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
