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

/// How a process ended and what it used.
struct process_end {
    bool by_signal = false;
    int code = 0;  ///< exit code or signal
    resource_usage usage;
    std::uint32_t survivors = 0;            ///< processes it left running; they were ended
    vector<std::string> survivor_commands;  ///< descriptions of the first of them
};

/// How long a worker waits where there is no room for another process: mostly one ends soon.
constexpr duration fork_patience = std::chrono::seconds(1);

/// Whether this system copies processes. POSIX: yes. Windows: no, so that tests run in executed workers.
bool can_fork();

/// A copy of this process: 0 in the copy, its id in the original. Only for a process with one thread, and
/// where can_fork() says so: elsewhere it fails.
result<process_id> fork_process(duration patience = {});

/// Makes the process the leader of its own group, so that all it starts can be signalled together. Called on both sides
/// of a fork, whichever comes first.
void lead_own_group(process_id process);

/// The same for this process, with a session of its own: the terminal of the one that made it is not its terminal.
void lead_own_session();

/// POSIX: SIGTERM, SIGKILL to the process's group. Windows: CTRL-BREAK, TerminateJobObject.
void ask_group_to_end(process_id leader);
void kill_group(process_id leader);
/// POSIX: SIGTERM to this one process.
void ask_to_end(process_id process);

/// What a process does when it is asked to end.
enum class answer_to_asking : std::uint8_t {
    unknown,
    ends,        ///< at once: the usual action
    handles,     ///< a handler of its own, or a thread that waits for the signal
    holds_back,  ///< blocks the signal, and nothing is known to wait for it
    refuses,     ///< ignores it, or is stopped by a tracer, whom the signal would go to
};

/// Linux: as the system tells of the process. Elsewhere unknown.
answer_to_asking answer_of(process_id process);

/// The signal that has stopped this child, as SIGSTOP or SIGTTIN does, or that its tracer holds; 0 where it is not
/// stopped, -1 where it is and the signal is not known.
int stop_signal_of(process_id child);

/// It is stopped because it wanted something of a terminal from the background. POSIX: SIGTTIN, SIGTTOU.
bool is_stop_by_terminal(int signal);

/// Stops this process until somebody continues it: what Ctrl-Z does to a program that does not care.
void stop_this_process();

/// Whether the process is alive and leads a group.
bool leads_own_group(process_id process);
/// SIGKILL to this one process.
void kill_process(process_id process);

/// If the child has ended: reaps it, ends what it left running (see lineage.hpp) and says how it was. Never waits.
optional<process_end> reap(process_id child);

/// The child has ended, and reap() will say how.
bool has_ended(process_id child);

/// As reap(), for a process whose own children are none of ours: leaves other children alone.
optional<process_end> reap_only(process_id child);

/// Waits until the child has ended, however long it takes. What it left running goes on.
process_end wait_for_end(process_id child);

/// Ends what is left of this process's children, those included that adopt_orphans() has brought to it. Does nothing
/// where the system cannot tell which they are.
std::uint32_t end_orphans();

/// Ends this process at once, with nothing run or flushed.
[[noreturn]] void leave_now(int code);

/// Has `last` called when this process leaves through exit() or, where the system has it, quick_exit(); after whatever
/// is registered later. False: it will not be.
bool call_at_exit(void (*last)());

/// A program to start: this very one, in another role.
struct spawn_request {
    std::string program;  ///< another file to execute; empty: the one that runs
    vector<std::string> arguments;
    vector<std::string> environment;   ///< "NAME=value", complete
    native_handle output = no_handle;  ///< becomes its standard output; no_handle: as ours
    native_handle errors = no_handle;
    vector<native_handle> inherited;  ///< kept open under the same numbers
    bool new_group = true;
    bool new_session = false;       ///< with a group of its own as well
    bool fixed_addresses = false;   ///< without randomization of the address space, where the system allows it
    bool random_addresses = false;  ///< with it, also where it is off for this process
    bool empty_input = true;
    duration patience{};     ///< where there is no room for another process
    std::uint64_t mark = 0;  ///< that it and all that comes of it bear, see family.hpp; 0: ours
};

/// What to add to a program's environment so that the dynamic linker looks up all functions before main(). A forked
/// test process otherwise looks up, each time anew, whatever it is the first to call: some twenty page faults a test.
/// Empty where unknown.
std::string link_eagerly();
/// Takes that out of this process's environment again; a value of the user's own stays.
void forget_link_eagerly();

/// Starts the running program again, from the very file that runs now even if its path holds another by now. When it
/// cannot be executed the new process says so on its standard error and ends with exit code 127.
result<process_id> spawn_self(const spawn_request& request);

/// Remembers the program's own file and arguments. Call once, early.
status find_self(int argc, const char* const* argv);
const vector<std::string>& own_arguments();
/// The path for messages and rerun commands.
const std::string& self_path();
/// Names this process in `ps` after the program, which running from a descriptor hides.
void name_process_after_program();

/// Standard input, output and error of this process, by where they shall lead.
void redirect_output(const descriptor& out, const descriptor& err);
void empty_standard_input();

/// Environment of this process, "NAME=value".
vector<std::string> environment();
void set_environment(const std::string& name, const std::string& value);
void unset_environment(const std::string& name);

/// Sets variables by giving the environment a text that stays the caller's: cheap, and nothing is left behind.
/// `assignment` is "NAME=value" and must outlive its use.
void put_environment(char* assignment);

/// Lets other processes run for some 50 microseconds.
void pause_briefly();

/// Makes the C library write standard output line by line, also into a pipe: what a test said before it crashed is not
/// lost.
void print_line_by_line();

/// Writes out what the C library still holds of standard output and error.
void flush_standard_streams();

/// The type of the exception being handled, in readable form; empty where the system cannot tell.
std::string current_exception_type();

/// Stops in the debugger that runs this process. POSIX: SIGTRAP, which ends a process that has no debugger.
void break_into_debugger();
/// From now on any process of this user may attach as a debugger. Linux, where the system restricts that.
void allow_debuggers();
/// Replaces this process by the program of that name, searched for as a shell does. Returns only on failure.
error execute_program(const vector<std::string>& arguments);

/// A debugger runs this process. Always false where the system does not tell.
bool under_debugger();

/// Bytes in a unit of rusage's ru_maxrss, which systems count in different ones.
std::uint64_t resident_unit();

/// The program was built with -fsanitize=undefined and its run-time library, which reports and goes on.
bool reports_undefined_behaviour();

/// Threads of this process now; 0 where the system does not tell.
std::uint32_t thread_count();

}  // namespace cordon::engine::os
