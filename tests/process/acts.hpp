#pragma once

#include "queries.hpp"

#include <algorithm>
#include <cctype>
#include <iterator>
#include <string>
#include <vector>

// The one table of what the worst tests do, in whichever child they are, and how each must end: in every isolation mode
// and build of the engine, whatever runs beside it.

namespace process_test {

enum class in_shard {
    together,  ///< as in the other modes, with other tests in its process
    alone,     ///< it spoils the process, or ends badly after its own end: only alone is the ending its own
    never,     ///< it takes the process's limits or time from the others, even of its worker
};

struct act {
    std::string program;  ///< of tests/children
    std::string test;
    std::string verdict;
    std::string ending;
    std::string signal = {};  ///< "" for none; "?" for one or another
    int exit_code = 0;        ///< of the process, -1 for none
    std::string says = {};    ///< in a failure or the reason
    in_shard how = in_shard::together;
    std::string instead = {};  ///< another ending that is as true
};

namespace acts_detail {

constexpr auto together = in_shard::together;
constexpr auto alone = in_shard::alone;
constexpr auto never = in_shard::never;

inline std::string long_name() {
    std::string name;
    for (int i = 0; i < 64 * 1024; ++i)
        name += static_cast<char>('a' + i % 26);
    return name;
}

}  // namespace acts_detail

/// The table. Not here, because a whole run is what they are about: what comes from outside (outside_test, cancel_test,
/// limits_test, reexec_test, chaos_test).
inline const std::vector<act>& acts() {
    using namespace acts_detail;
    static const std::vector<act> table = {
        // ---- as it should be ----
        {"endings", "passes", "passed", "passed"},
        {"endings", "asserts nothing", "passed", "passed"},
        {"endings", "warns", "passed", "passed", "", 0, "1 == 2"},
        {"endings", "skips", "skipped", "skipped"},
        {"endings", "allocates", "passed", "passed"},
        {"acts", "an innocent one", "passed", "passed"},
        {"acts", "another innocent one", "passed", "passed"},

        // ---- fails ----
        {"endings", "fails a check", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "fails a requirement", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "throws", "failed", "failed", "", 0, "out of cheese"},
        {"endings", "throws a number", "failed", "failed", "", 0, "int"},
        {"endings", "fails, then skips", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "fails, then its process ends badly", "failed", "failed", "", 9, "1 == 2", alone},
        {"endings", "fails a requirement in a thread", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "fails a requirement in a task", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "fails a requirement in a destructor", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "skips in a thread", "skipped", "skipped"},
        {"endings", "fails a check in a static destructor", "failed", "failed", "", 0, "1 == 2", alone},

        // ---- ends: crashes ----
        {"endings", "reads nowhere", "failed", "crashed", "SIGSEGV", -1},
        {"endings", "aborts", "failed", "crashed", "SIGABRT", -1},
        {"endings", "kills itself", "failed", "crashed", "SIGKILL", -1},
        {"endings", "asks itself to end", "failed", "crashed", "SIGTERM", -1},
        {"endings", "traps", "failed", "crashed", "SIGTRAP", -1},
        {"endings", "terminates", "failed", "crashed", "SIGABRT", -1, "std::terminate"},
        {"endings", "throws in a thread", "failed", "crashed", "SIGABRT", -1, "nobody catches it"},
        {"endings", "throws out of noexcept", "failed", "crashed", "SIGABRT", -1, "promised not to"},
        {"endings", "fails a check, then crashes", "failed", "crashed", "SIGABRT", -1, "1 == 2"},
        {"endings", "overflows the stack", "failed", "crashed", "SIGSEGV", -1},
        {"endings", "crashes in a thread", "failed", "crashed", "SIGSEGV", -1},
        {"endings", "leaves the main thread", "failed", "crashed", "SIGABRT", -1},
        {"acts", "calls a pure virtual function", "failed", "crashed", "SIGABRT", -1},
        {"acts", "frees twice", "failed", "crashed", "SIGABRT", -1},
        {"acts", "jumps out of the test", "passed", "passed"},
        {"acts", "throws from a destructor while another exception is on its way", "failed", "crashed", "SIGABRT", -1},
        {"acts", "signals its whole process group", "failed", "crashed", "SIGKILL", -1},

        // ---- ends: each signal that can be caught, with its usual action ----
        {"acts", "raises SIGHUP", "failed", "crashed", "SIGHUP", -1},
        {"acts", "raises SIGINT", "failed", "crashed", "SIGINT", -1},
        {"acts", "raises SIGQUIT", "failed", "crashed", "SIGQUIT", -1},
        {"acts", "raises SIGILL", "failed", "crashed", "SIGILL", -1},
        {"acts", "raises SIGTRAP", "failed", "crashed", "SIGTRAP", -1},
        {"acts", "raises SIGABRT", "failed", "crashed", "SIGABRT", -1},
        {"acts", "raises SIGBUS", "failed", "crashed", "SIGBUS", -1},
        {"acts", "raises SIGFPE", "failed", "crashed", "SIGFPE", -1},
        {"acts", "raises SIGUSR1", "failed", "crashed", "SIGUSR1", -1},
        {"acts", "raises SIGSEGV", "failed", "crashed", "SIGSEGV", -1},
        {"acts", "raises SIGUSR2", "failed", "crashed", "SIGUSR2", -1},
        {"acts", "raises SIGPIPE", "failed", "crashed", "SIGPIPE", -1},
        {"acts", "raises SIGALRM", "failed", "crashed", "SIGALRM", -1},
        {"acts", "raises SIGTERM", "failed", "crashed", "SIGTERM", -1},
        {"acts", "raises SIGXCPU", "failed", "crashed", "SIGXCPU", -1},
        {"acts", "raises SIGXFSZ", "failed", "crashed", "SIGXFSZ", -1},
        {"acts", "raises SIGVTALRM", "failed", "crashed", "SIGVTALRM", -1},
        {"acts", "raises SIGPROF", "failed", "crashed", "SIGPROF", -1},
        {"acts", "raises SIGIO", "failed", "crashed", "SIGIO", -1},
        {"acts", "raises SIGSYS", "failed", "crashed", "SIGSYS", -1},
        {"acts", "raises SIGCHLD", "passed", "passed"},
        {"acts", "raises SIGCONT", "passed", "passed"},
        {"acts", "raises SIGURG", "passed", "passed"},
        {"acts", "raises SIGWINCH", "passed", "passed"},
        {"acts", "raises SIGTSTP", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "raises SIGTTIN", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "raises SIGTTOU", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "raises a real-time signal", "failed", "crashed", "SIGRTMIN+1", -1},
        {"acts", "raises every signal that can be handled", "passed", "passed", "", 0, "", alone},

        // ---- ends: leaves; never a pass ----
        {"endings", "exits with 0", "failed", "exited"},
        {"endings", "exits with 3", "failed", "exited", "", 3},
        {"endings", "leaves with _exit(0)", "failed", "exited"},
        {"endings", "leaves with quick_exit(0)", "failed", "exited"},
        {"endings", "exits in a thread", "failed", "exited"},
        {"endings", "fails a check, then exits with 0", "failed", "exited", "", 0, "1 == 2"},
        {"endings", "executes another program", "failed", "exited"},
        {"endings", "exits in a subcase", "failed", "exited"},
        {"endings", "its static destructor crashes", "failed", "exit_failure", "SIGABRT", -1, "", alone},
        {"endings", "its atexit handler crashes", "failed", "exit_failure", "SIGSEGV", -1, "", alone},
        {"endings", "its atexit handler leaves with 5", "failed", "exit_failure", "", 5, "", alone},
        {"endings", "its atexit handler leaves with 0", "failed", "exit_failure", "", 0, "exit handler", alone},
        {"endings", "skips, then its atexit handler crashes", "failed", "exit_failure", "SIGSEGV", -1, "after SKIP",
         alone},
        {"endings", "its atexit handler exits with 0", "failed", "exit_failure", "", 0, "exit handler", alone},
        {"endings", "its static destructor leaves with 0", "failed", "exit_failure", "", 0, "destructor", alone},
        {"endings", "its atexit handler executes another program", "failed", "exit_failure", "", 0, "exit handler",
         alone},
        {"endings", "a thread that it left exits with 0 meanwhile", "failed", "exit_failure", "", 0, "exit handler",
         alone},
        {"endings", "its static destructor throws", "failed", "exit_failure", "SIGABRT", -1, "std::terminate", alone},
        {"endings", "a thread that it left crashes later", "failed", "exit_failure", "SIGABRT", -1, "", alone},

        // ---- ends: what belongs to cordon ----
        {"endings", "kills its worker", "lost", "lost", "", -1},
        {"endings", "kills its worker at first", "passed", "passed"},
        {"acts", "asks its worker to end", "lost", "lost", "", -1},
        {"endings", "closes every descriptor", "passed", "passed", "", 0, "", alone},
        {"endings", "closes every descriptor, then fails", "failed", "failed", "", 0, "1 == 2", alone},
        {"acts", "closes its output", "passed", "passed", "", 0, "", alone},
        {"acts", "closes its output, then fails", "failed", "failed", "", 0, "1 == 2", alone},
        // The worker's own words cannot be believed any more, so the worker goes, with the test.
        {"acts", "writes garbage into every descriptor", "lost", "lost", "", -1, "its event pipe brought", alone,
         "timed_out"},
        {"acts", "forges frames", "lost", "lost", "", -1, "its event pipe brought a frame's checksum", alone,
         "timed_out"},
        {"acts", "forges frames of another version", "lost", "lost", "", -1,
         "its event pipe brought a frame of another protocol version", alone, "timed_out"},
        {"acts", "forges a frame that is too long", "lost", "lost", "", -1,
         "its event pipe brought a frame larger than any message", alone, "timed_out"},
        // Its worker seems to say nothing any more, and has what was true to say behind it.
        {"acts", "forges a frame that does not go on", "failed", "timed_out", "SIGTERM", -1, "", alone},
        {"acts", "replays its worker's frames", "failed", "failed", "", 0, "1 == 2"},
        {"acts", "writes garbage and passes", "passed", "passed", "", 0, "", alone, "lost"},
        // Its failure lies in the shared memory, which is no descriptor any more.
        {"acts", "puts its output over every private descriptor", "failed", "failed", "", 0, "1 == 2", alone},

        // ---- does not end ----
        {"acts", "an endless loop", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "a deadlock", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "a read that nobody answers", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "a lost wake-up", "failed", "timed_out", "SIGTERM", -1},
        {"acts", "ignoring the request to end", "failed", "timed_out", "SIGKILL", -1},
        {"acts", "with all signals blocked", "failed", "timed_out", "SIGKILL", -1},
        {"acts", "stops itself", "failed", "timed_out", "SIGTERM", -1},

        // ---- leaves something behind ----
        {"endings", "leaves a process", "passed", "passed"},
        {"endings", "leaves a daemon", "passed", "passed"},
        {"endings", "waits for its process", "passed", "passed"},
        {"acts", "a grandchild that holds the pipes", "passed", "passed"},
        {"acts", "threads that go on", "passed", "passed"},
        {"acts", "two hundred processes", "passed", "passed"},
        {"endings", "a copy returns from the body", "passed", "passed"},
        {"endings", "a copy fails a check", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "a copy fails a requirement", "failed", "failed", "", 0, "1 == 2"},
        {"endings", "a copy crashes", "passed", "passed"},
        {"endings", "a copy exits", "passed", "passed"},
        {"endings", "waits for any child", "passed", "passed"},

        // ---- takes too much ----
        {"endings", "takes too much memory", "failed", "over_limit", "", 0, "bad_alloc"},
        {"endings", "takes too much memory in an assertion", "failed", "over_limit", "", 0, "bad_alloc"},
        {"endings", "takes little of its memory", "passed", "passed"},
        {"acts", "descriptors", "failed", "failed", "", 0, "1 == 2", never},
        {"acts", "processor time", "failed", "crashed", "?", -1, "", alone},
        {"acts", "file size", "failed", "crashed", "SIGXFSZ", -1, "", alone},
        // Where a limit of processes stands, which limits_test sets.
        {"acts", "processes without end", "skipped", "skipped"},
        {"acts", "processes without end that are nobody's", "skipped", "skipped"},
        {"acts", "ten million failing assertions", "failed", "failed"},
        {"acts", "a message of 100 MB", "failed", "failed", "", 0, "bytes left out"},
        {"acts", "a value of 100 MB", "failed", "failed", "", 0, "bytes left out"},
        {"acts", "many subcases", "passed", "passed"},
        {"acts", "a hundred thousand subcases", "passed", "passed"},
        {"floods", "prints 2 GB", "passed", "passed"},
        {"floods", "prints a gigabyte of lines", "passed", "passed"},
        {"hostile", "prints everything", "failed", "failed", "", 0, "false"},
        {"hostile", "fails with everything", "failed", "failed", "", 0, "false"},
        {"hostile", long_name(), "failed", "failed", "", 0, "false"},

        // ---- changes its surroundings ----
        {"acts", "a removed folder", "passed", "passed", "", 0, "", alone},
        {"leftovers", "a umask", "passed", "passed"},
        {"leftovers", "a locale", "passed", "passed"},
        {"leftovers", "a new variable", "passed", "passed"},
        {"leftovers", "a changed variable", "passed", "passed"},
        {"endings", "empties its environment", "passed", "passed", "", 0, "", alone},
        {"endings", "goes to another folder", "passed", "passed", "", 0, "", alone},
        {"endings", "ignores signals", "passed", "passed", "", 0, "", alone},
        {"endings", "becomes a session leader", "passed", "passed", "", 0, "", alone},
        {"acts", "a changed terminal", "passed", "passed"},
    };
    return table;
}

/// The acts of one child.
inline std::vector<act> acts_of(const std::string& program) {
    std::vector<act> found;
    std::copy_if(acts().begin(), acts().end(), std::back_inserter(found),
                 [&](const act& each) { return each.program == program; });
    return found;
}

inline const act& act_of(const std::string& program, const std::string& test) {
    const auto found = std::find_if(acts().begin(), acts().end(),
                                    [&](const act& each) { return each.program == program && each.test == test; });
    REQUIRE_MESSAGE(found != acts().end(), program << ": " << test << " has no expectation");
    return *found;
}

/// A filter expression for exactly this test.
inline std::string exactly(const std::string& name) {
    std::string filter = "name(";
    for (const char each : name) {
        const bool plain = std::isalnum(static_cast<unsigned char>(each)) != 0 || each == ' ';
        if (!plain) filter += '\\';
        filter += each;
    }
    return filter + ")";
}

/// What the attempt says somewhere of what went wrong.
inline bool says(const attempt_entry& attempt, const std::string& words) {
    return words.empty() || holds(attempt.reason, words) ||
           std::any_of(attempt.failures.begin(), attempt.failures.end(), [&](const failure_entry& each) {
               return holds(each.message + each.expression + each.expanded, words);
           });
}

/// `shared_process`: the end of its process may be another test's.
inline void check_act(const test_entry& test, const act& wanted, bool shared_process) {
    CAPTURE(wanted.test.substr(0, 100));
    const attempt_entry& last = test.last();
    CAPTURE(last.ending);
    CAPTURE(last.reason);
    if (!wanted.instead.empty() && last.ending == wanted.instead) return;
    CHECK(test.verdict == wanted.verdict);
    CHECK(last.ending == wanted.ending);
    const bool own_end = !shared_process || last.ending == "crashed" || last.ending == "exited";
    if (own_end) {
        if (wanted.signal != "?") CHECK(last.signal_name == wanted.signal);
        CHECK(last.exit_code == (test.verdict == "skipped" ? last.exit_code : wanted.exit_code));
    }
    CHECK(says(last, wanted.says));
}

/// The child, with the limits that the table counts on unless the arguments say others. A daemon is out of reach where
/// the system has no subreaper.
inline outcome run_acts(const std::string& program, const std::vector<std::string>& arguments) {
    command what;
    what.program = program;
    what.arguments = {"--timeout", "8s", "--grace", "300ms", "--color", "never"};
    what.arguments.insert(what.arguments.end(), arguments.begin(), arguments.end());
    what.may_leave_processes = is_portable();
    return run(what);
}

}  // namespace process_test
