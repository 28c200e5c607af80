#pragma once

#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/process.posix.hpp>

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::engine::os {

/// The path of this program's file, if the system tells it; else empty. Programs may be started with any argv[0].
std::string own_file_by_system();

namespace lineage_posix {

std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}
std::string& self_file() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

bool is_program(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

// The file that a shell would find for a name without a slash.
std::string search_path(const std::string& name) {
    const char* folders = ::getenv("PATH");
    std::string rest = folders != nullptr ? folders : "";
    while (true) {
        const std::size_t colon = rest.find(':');
        const std::string folder = rest.substr(0, colon);
        const std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
        if (is_program(candidate)) return candidate;
        if (colon == std::string::npos) return name;
        rest.erase(0, colon + 1);
    }
}

}  // namespace lineage_posix

void lead_own_group(process_id process) { ::setpgid(static_cast<pid_t>(process), static_cast<pid_t>(process)); }

void redirect_output(const descriptor& out, const descriptor& err) {
    ::dup2(out.native(), STDOUT_FILENO);
    ::dup2(err.native(), STDERR_FILENO);
}

bool can_die_with_parent() { return false; }
void die_with_parent(process_id) {}
void adopt_orphans() {}

optional<process_end> reap(process_id child) {
    const auto pid = static_cast<pid_t>(child);
    siginfo_t about{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid != pid)
        return nullopt;
    // While the leader is a zombie, its group's number cannot be reused.
    ::kill(-pid, SIGKILL);
    int state = 0;
    struct rusage before {};
    struct rusage after {};
    ::getrusage(RUSAGE_CHILDREN, &before);
    ::waitpid(pid, &state, 0);
    ::getrusage(RUSAGE_CHILDREN, &after);
    process_end end = process_posix::describe_end(state, after);
    end.usage -= process_posix::usage_of(before);
    return end;
}

std::uint32_t end_orphans() { return 0; }

answer_to_asking answer_of(process_id) { return answer_to_asking::unknown; }
int stop_signal_of(process_id child) { return process_posix::last_stop(child); }

void execute_self(char** arguments, char** variables) {
    ::execve(lineage_posix::self_file().c_str(), arguments, variables);
}

vector<std::string> command_line_of_process() { return {}; }

status find_self_file(const char* argv0) {
    using namespace lineage_posix;
    self_name() = argv0;
    std::string found = own_file_by_system();
    if (found.empty()) found = self_name().find('/') == std::string::npos ? search_path(self_name()) : self_name();
    char* real = ::realpath(found.c_str(), nullptr);
    if (real == nullptr) return last_error("find this program's own file", self_name());
    self_file() = real;
    ::free(real);
    return ok();
}

std::string own_file() { return lineage_posix::self_file(); }
process_id parent_of(process_id) { return 0; }
const std::string& self_path() { return lineage_posix::self_name(); }
void name_process_after_program() {}

bool under_debugger() { return false; }
void allow_debuggers() {}

std::uint32_t thread_count() { return 0; }

}  // namespace cordon::engine::os
