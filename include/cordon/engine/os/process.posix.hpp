#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/family.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <cxxabi.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <typeinfo>

extern "C" char** environ;
// From the run-time library of -fsanitize=undefined; null in programs without it.
extern "C" __attribute__((weak)) void __ubsan_handle_type_mismatch_v1(void*, void*);

namespace cordon::engine::os {

namespace process_posix {

duration as_duration(const struct timeval& value) {
    return std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
}

resource_usage usage_of(const struct rusage& used) {
    resource_usage usage;
    usage.user = as_duration(used.ru_utime);
    usage.system = as_duration(used.ru_stime);
    usage.max_rss_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * resident_unit();
    usage.minor_faults = static_cast<std::uint64_t>(used.ru_minflt);
    usage.major_faults = static_cast<std::uint64_t>(used.ru_majflt);
    usage.voluntary_switches = static_cast<std::uint64_t>(used.ru_nvcsw);
    usage.involuntary_switches = static_cast<std::uint64_t>(used.ru_nivcsw);
    return usage;
}

process_end describe_end(int state, const struct rusage& used) {
    process_end end;
    end.by_signal = WIFSIGNALED(state);
    end.code = end.by_signal ? WTERMSIG(state) : WEXITSTATUS(state);
    end.usage = usage_of(used);
    return end;
}

// Never destroyed, like everything that lives as long as the process: each test process would pay for the destructor.
vector<std::string>& remembered_arguments() {
    static auto* only = new vector<std::string>;
    return *only;
}

vector<char*> pointers(const vector<std::string>& texts) {
    vector<char*> out;
    out.reserve(texts.size() + 1);
    for (const std::string& text : texts) {
        out.push_back(const_cast<char*>(text.c_str()));
    }
    out.push_back(nullptr);
    return out;
}

/// The signal of a stop of this child that nobody has asked for yet; 0: it has not stopped.
int last_stop(process_id child);

// `arguments` begin with the wrapper, which is searched as in a shell.
[[noreturn]] void become_wrapped(char** arguments, char** variables) {
    environ = variables;
    ::execvp(arguments[0], arguments);
    const char* parts[] = {"cordon: cannot start the command of --wrap: ", arguments[0], ": ", ::strerror(errno), "\n"};
    for (const char* part : parts) {
        if (::write(STDERR_FILENO, part, ::strlen(part)) < 0) break;
    }
    ::_exit(127);
}

vector<std::string> arguments_of(const spawn_request& request) {
    if (request.wrapper.empty()) return vector<std::string>(request.arguments);
    vector<std::string> all(request.wrapper);
    all.push_back(own_file());
    for (std::size_t i = 1; i < request.arguments.size(); ++i)
        all.push_back(request.arguments[i]);
    return all;
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const spawn_request& request, char** passed_arguments, char** variables) {
    if (request.new_session) ::setsid();
    if (request.new_group && !request.new_session) ::setpgid(0, 0);
    bear_mark(request.mark);
    restore_signals();
    if (request.empty_input) empty_standard_input();
    if (request.fixed_addresses) fix_addresses();
    if (request.random_addresses) randomize_addresses();
    if (request.output != no_handle) ::dup2(request.output, STDOUT_FILENO);
    if (request.errors != no_handle) ::dup2(request.errors, STDERR_FILENO);
    for (const native_handle kept : request.inherited) {
        ::fcntl(kept, F_SETFD, 0);
    }
    if (!request.wrapper.empty()) become_wrapped(passed_arguments, variables);
    if (!request.program.empty()) ::execve(request.program.c_str(), passed_arguments, variables);
    if (request.program.empty()) execute_self(passed_arguments, variables);
    const char* why = ::strerror(errno);
    const char* told = "cordon: this program cannot be executed again: ";
    if (::write(STDERR_FILENO, told, ::strlen(told)) < 0 || ::write(STDERR_FILENO, why, ::strlen(why)) < 0)
        ::_exit(126);
    ::_exit(127);
}

// EAGAIN means a limit of the user, the machine or a control group, ENOMEM means memory: both mostly for a moment.
CORDON_HOT pid_t fork(duration patience) {
    pid_t made = ::fork();
    if (made >= 0 || patience == duration{0}) return made;
    const instant until = now() + patience;
    while (made < 0 && (errno == EAGAIN || errno == ENOMEM) && now() < until) {
        pause_briefly();
        made = ::fork();
    }
    return made;
}

}  // namespace process_posix

void remember_arguments(int argc, const char* const* argv) {
    vector<std::string>& all = process_posix::remembered_arguments();
    all = command_line_of_process();
    if (all.empty()) all.assign(argv, argv + argc);
}

void replace_arguments(vector<std::string> words) { process_posix::remembered_arguments() = std::move(words); }

status find_self(int argc, const char* const* argv) {
    remember_arguments(argc, argv);
    return find_self_file(argc > 0 ? argv[0] : "");
}

const char* const* arguments_in_utf8(int, const char* const* argv) { return argv; }
const vector<std::string>& own_arguments() { return process_posix::remembered_arguments(); }

CORDON_HOT process_id own_process_id() { return ::getpid(); }

resource_usage own_usage() {
    struct rusage used {};
    ::getrusage(RUSAGE_SELF, &used);
    return process_posix::usage_of(used);
}
process_id parent_process_id() { return ::getppid(); }

bool can_fork() { return true; }
bool can_wrap() { return true; }

CORDON_HOT result<process_id> fork_process(duration patience) {
    const pid_t made = process_posix::fork(patience);
    if (made < 0) return last_error("start a process (fork)");
    if (made == 0) count_coverage_anew();
    return static_cast<process_id>(made);
}

void ask_group_to_end(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGTERM); }
void lead_own_session() { ::setsid(); }
void kill_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGKILL); }
void end_group(process_id leader) {
    constexpr int patience =
        4'000;  // each about 50 microseconds: dead processes count until someone has waited for them
    for (int round = 0; ::kill(-static_cast<pid_t>(leader), SIGKILL) == 0 && round < patience; ++round)
        pause_briefly();
}
void stop_this_process() { ::kill(::getpid(), SIGSTOP); }
bool leads_own_group(process_id process) {
    return ::getpgid(static_cast<pid_t>(process)) == static_cast<pid_t>(process);
}
void ask_to_end(process_id process) { ::kill(static_cast<pid_t>(process), SIGTERM); }
void kill_process(process_id process) { ::kill(static_cast<pid_t>(process), SIGKILL); }

optional<process_end> reap_only(process_id child) {
    int state = 0;
    if (::waitpid(static_cast<pid_t>(child), &state, WNOHANG) != static_cast<pid_t>(child)) return nullopt;
    return process_posix::describe_end(state, {});
}

int process_posix::last_stop(process_id child) {
    siginfo_t about{};
    const int wanted = WSTOPPED | WNOHANG | WNOWAIT;
    if (::waitid(P_PID, static_cast<id_t>(child), &about, wanted) != 0 || about.si_pid == 0) return 0;
    return about.si_status & 0x7F;  // contains more than the signal if a tracer watches
}

bool is_stop_by_terminal(int signal) { return signal == SIGTTIN || signal == SIGTTOU; }

bool has_ended(process_id child) {
    siginfo_t about{};
    return ::waitid(P_PID, static_cast<id_t>(child), &about, WEXITED | WNOHANG | WNOWAIT) == 0 && about.si_pid != 0;
}

process_end wait_for_end(process_id child) {
    int state = 0;
    while (::waitpid(static_cast<pid_t>(child), &state, 0) < 0 && errno == EINTR) {
    }
    return process_posix::describe_end(state, {});
}

void leave_now(int code) { ::_exit(code); }

result<process_id> spawn_self(const spawn_request& request) {
    const vector<std::string> words = process_posix::arguments_of(request);
    vector<char*> arguments = process_posix::pointers(words);
    vector<char*> variables = process_posix::pointers(request.environment);
    const pid_t made = process_posix::fork(request.patience);
    if (made < 0) return last_error("start a worker (fork)");
    if (made == 0) process_posix::become(request, arguments.data(), variables.data());
    if (request.new_group && !request.new_session) ::setpgid(made, made);
    return static_cast<process_id>(made);
}

// Any non-empty text means yes; this one differs from a user's.
std::string link_eagerly() { return "LD_BIND_NOW=cordon"; }

void forget_link_eagerly() {
    const char* value = ::getenv("LD_BIND_NOW");
    if (value != nullptr && ::strcmp(value, "cordon") == 0) ::unsetenv("LD_BIND_NOW");
}

void empty_standard_input() {
    const int none = ::open("/dev/null", O_RDONLY);
    if (none > 0) {
        ::dup2(none, STDIN_FILENO);
        ::close(none);
    }
}

vector<std::string> environment() {
    vector<std::string> all;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        all.emplace_back(*each);
    }
    return all;
}

bool put_environment(char* assignment) { return ::putenv(assignment) == 0; }

void pause_briefly() {
    struct timespec pause {};
    pause.tv_nsec = 50'000;
    ::nanosleep(&pause, nullptr);
}

void print_line_by_line() { ::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); }

void flush_standard_streams() {
    ::fflush(stdout);
    ::fflush(stderr);
}

void break_into_debugger() { ::raise(SIGTRAP); }

error execute_program(const vector<std::string>& arguments) {
    const vector<char*> pointers = process_posix::pointers(arguments);
    restore_signals();
    ::execvp(pointers[0], pointers.data());
    return last_error("start", arguments.front());
}

bool reports_undefined_behaviour() { return __ubsan_handle_type_mismatch_v1 != nullptr; }

std::string current_exception_type() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    return type == nullptr ? std::string() : readable_name(*type);
}

std::string readable_name(const std::type_info& type) {
    int failed = 0;
    char* readable = abi::__cxa_demangle(type.name(), nullptr, nullptr, &failed);
    std::string name = failed == 0 ? readable : type.name();
    ::free(readable);
    const bool is_string =
        name.rfind("std::", 0) == 0 &&
        name.find("basic_string<char, std::char_traits<char>, std::allocator<char> >") != std::string::npos;
    return is_string ? "std::string" : name;
}

void set_environment(const std::string& name, const std::string& value) { ::setenv(name.c_str(), value.c_str(), 1); }
void unset_environment(const std::string& name) { ::unsetenv(name.c_str()); }

}  // namespace cordon::engine::os
