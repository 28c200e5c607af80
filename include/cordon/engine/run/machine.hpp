#pragma once

#include <string>
#include <string_view>

namespace cordon::engine::run {

/// The facts about the tests' machine that a run needs. They come from the port, because it need not be this machine.
struct machine_facts {
    bool sees_threads = false;       ///< threads that a test left running can be told
    bool reports_undefined = false;  ///< the program was built to report undefined behavior
    bool keeps_setups = true;        ///< a worker runs a setup once, for many tests; else each process runs its own
};

/// A signal of that machine.
struct signal_facts {
    std::string name;              ///< "SIGSEGV", "SIGRTMIN+2"; "signal 99" for a number without a name
    std::string_view meaning;      ///< to a reader of a report: "invalid memory reference"; may be empty
    bool from_others = false;      ///< a process is sent it by others, and not for something that it did
    bool kills = false;            ///< no process can refuse it
    bool from_keyboard = false;    ///< Ctrl-C sends it
    bool guards_terminal = false;  ///< stops a process that uses a terminal from the background
};

}  // namespace cordon::engine::run
