#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/resource_usage.hpp>
#include <cordon/engine/os/descriptor.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::os {

using process_id = std::int64_t;

process_id own_process_id();
process_id parent_process_id();
/// The parent of another process; 0 if the system does not tell.
process_id parent_of(process_id process);

/// How a process ended, and its resources.
struct process_end {
    bool by_signal = false;
    int code = 0;  ///< exit code or signal
    resource_usage usage;
    std::uint32_t survivors = 0;            ///< processes it left running; they were ended
    vector<std::string> survivor_commands;  ///< descriptions of the first of them
};

/// How long a worker waits if there is no room for another process: mostly one ends soon.
constexpr duration fork_patience = std::chrono::seconds(1);

/// True if this system copies processes. POSIX: yes. Windows: no, so tests run in executed workers.
bool can_fork();

/// A copy of this process: returns 0 in the copy, its id in the original. Only for a process with one thread, and if
/// can_fork(): elsewhere it fails.
result<process_id> fork_process(duration patience = {});

/// Makes the process the leader of its own group, so that its descendants can be signaled together. Called on both
/// sides of a fork; the first call counts.
void lead_own_group(process_id process);

/// The same for this process, with its own session: the parent's terminal is not its terminal.
void lead_own_session();

/// POSIX: SIGTERM, SIGKILL to the process's group. Windows: CTRL-BREAK, TerminateJobObject.
void ask_group_to_end(process_id leader);
void kill_group(process_id leader);
/// POSIX: SIGTERM to this one process.
void ask_to_end(process_id process);

/// The reaction of a process to a request to end.
enum class answer_to_asking : std::uint8_t {
    unknown,
    ends,        ///< at once: the usual action
    handles,     ///< a handler of its own, or a thread that waits for the signal
    holds_back,  ///< blocks the signal, and nothing is known to wait for it
    refuses,     ///< ignores it, or is stopped by a tracer, whom the signal would go to
};

/// Linux: from the system's data about the process. Elsewhere unknown.
answer_to_asking answer_of(process_id process);

/// The signal that has stopped this child (SIGSTOP, SIGTTIN), or that its tracer holds; 0 if it is not stopped, -1 if
/// it is and the signal is unknown.
int stop_signal_of(process_id child);

/// True if it was stopped because it used a terminal from the background. POSIX: SIGTTIN, SIGTTOU.
bool is_stop_by_terminal(int signal);

/// Stops this process until it is continued: the default action of Ctrl-Z.
void stop_this_process();

/// True if the process is alive and leads a group.
bool leads_own_group(process_id process);
/// SIGKILL to this one process.
void kill_process(process_id process);

/// If the child has ended: reaps it, kills its leftover processes (see lineage.hpp) and returns its end. Never waits.
optional<process_end> reap(process_id child);

/// The child has ended, and reap() will return its end.
bool has_ended(process_id child);

/// The same as reap(), but leaves other children alone: for a process whose own children belong to the program.
optional<process_end> reap_only(process_id child);

/// Waits until the child has ended, without limit. Its leftover processes continue.
process_end wait_for_end(process_id child);

/// Kills the remaining children of this process, including those that it has adopted (adopt_orphans()). Does nothing if
/// the system cannot tell which they are.
std::uint32_t end_orphans();

/// Ends this process at once, without running or flushing anything.
[[noreturn]] void leave_now(int code);

/// Registers `last` to be called when this process ends through exit() or, if it exists, quick_exit(); after all
/// handlers registered later. Returns false if that failed.
bool call_at_exit(void (*last)());

/// A program to start: this one, in another role.
struct spawn_request {
    std::string program;          ///< another file to execute; empty: the running one
    vector<std::string> wrapper;  ///< words of a command that starts the running program; empty: it is executed itself
    vector<std::string> arguments;
    vector<std::string> environment;   ///< "NAME=value", complete
    native_handle output = no_handle;  ///< becomes its standard output; no_handle: the same as ours
    native_handle errors = no_handle;
    vector<native_handle> inherited;  ///< stay open with the same numbers
    bool new_group = true;
    bool new_session = false;       ///< with a group of its own as well
    bool fixed_addresses = false;   ///< without randomization of the address space, where the system allows it
    bool random_addresses = false;  ///< with address randomization, even if this process has none
    bool empty_input = true;
    duration patience{};     ///< where there is no room for another process
    std::uint64_t mark = 0;  ///< mark of it and its descendants, see family.hpp; 0: ours
};

/// An addition to a program's environment that lets the dynamic linker look up all functions before main(). Otherwise
/// each forked test process looks up every function that it calls first: about twenty page faults for each test. Empty
/// if unknown.
std::string link_eagerly();
/// Removes that from this process's environment; a value of the user stays.
void forget_link_eagerly();

/// Starts the running program again, from the very file that runs now, even if its path leads to another file. If it
/// cannot be executed, the new process says so on its standard error and ends with exit code 127.
result<process_id> spawn_self(const spawn_request& request);

/// True if spawn_request::wrapper works. POSIX: yes. Windows: no, because a program does not hand on what it inherits.
bool can_wrap();
/// The absolute path of the running program's file, for a wrapper.
std::string own_file();

/// Remembers the program's own file and arguments. Call once, early.
status find_self(int argc, const char* const* argv);
/// Remembers the words of the command that started this process, with which it is started again. If the system does not
/// tell them, remembers the given ones, from which the program may have removed some. Linux and Windows tell them.
void remember_arguments(int argc, const char* const* argv);
const vector<std::string>& own_arguments();
/// The same words of main() in UTF-8. Windows: main() gets them in the code page of the system, which lacks characters.
/// The result is valid as long as the process, or as `argv`.
const char* const* arguments_in_utf8(int argc, const char* const* argv);
/// From now on the program is started again with these: those of the run that this process works for.
void replace_arguments(vector<std::string> words);
/// The path for messages and rerun commands.
const std::string& self_path();
/// Gives this process the program's name in `ps`; without it the name would be that of a descriptor.
void name_process_after_program();

/// Redirects standard input, output and error of this process.
void redirect_output(const descriptor& out, const descriptor& err);
void empty_standard_input();

/// Environment of this process, "NAME=value".
vector<std::string> environment();
void set_environment(const std::string& name, const std::string& value);
void unset_environment(const std::string& name);

/// Sets a variable by adding the caller's text to the environment: cheap, and nothing is left behind. `assignment` is
/// "NAME=value" and must outlive its use. Returns false if the system has made a copy instead (Windows).
bool put_environment(char* assignment);

/// Lets other processes run for about 50 microseconds.
void pause_briefly();

/// Makes the C library write standard output line by line, even into a pipe: so output before a crash is not lost.
/// Windows: at once, and both streams without carriage returns.
void print_line_by_line();

/// Writes the C library's buffered standard output and error.
void flush_standard_streams();

/// The readable type of the current exception; empty if the system cannot tell.
std::string current_exception_type();
/// The name of a type as in source code.
std::string readable_name(const std::type_info& type);

/// Stops in the debugger that runs this process. POSIX: SIGTRAP, which ends a process that has no debugger.
void break_into_debugger();
/// From now on any process of this user may attach as a debugger. For Linux systems that restrict this.
void allow_debuggers();
/// Replaces this process by the program of that name, searched as in a shell. Returns only on failure.
error execute_program(const vector<std::string>& arguments);

/// True if a debugger runs this process. Always false if the system does not tell.
bool under_debugger();

/// What this process has used until now.
resource_usage own_usage();

/// Bytes in one unit of rusage's ru_maxrss, which differs between systems.
std::uint64_t resident_unit();

/// The program was built with -fsanitize=undefined and its run-time library, which reports and continues.
bool reports_undefined_behaviour();

/// The number of threads of this process; 0 if the system does not tell.
std::uint32_t thread_count();

}  // namespace cordon::engine::os
