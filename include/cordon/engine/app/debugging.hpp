#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/own_state.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>

#include <chrono>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

// The command that the debugger runs: this program with its arguments, in one process, without --debug.
vector<std::string> program_to_debug() {
    vector<std::string> arguments;
    for (const std::string& each : os::own_arguments()) {
        const bool asks = each == "--debug" || each.rfind("--debug=", 0) == 0;
        if (!asks || arguments.empty()) arguments.push_back(each);
    }
    arguments.emplace_back("--isolate=none");
    os::unset_environment("CORDON_DEBUG");
    return arguments;
}

/// The beginning of the command, by debugger_choice. gdbserver chooses a free port.
vector<std::string> debugger_words(debugger_choice which) {
    if (which == debugger_choice::lldb) return {"lldb", "-o", "run", "--"};
    if (which == debugger_choice::gdbserver) return {"gdbserver", "localhost:0"};
    return {"gdb", "-q", "-ex", "run", "--args"};
}

vector<std::string> command_of(debugger_choice which) {
    vector<std::string> command = debugger_words(which);
    for (std::string& each : program_to_debug()) {
        command.push_back(std::move(each));
    }
    return command;
}

/// Becomes the debugger, which runs this program with its one selected test. Returns only if that fails.
error become_debugger(debugger_choice which) {
    if (which != debugger_choice::automatic) return os::execute_program(command_of(which));
    error first = os::execute_program(command_of(debugger_choice::gdb));
    os::execute_program(command_of(debugger_choice::lldb));
    first.detail = "gdb or lldb";
    return first;
}

/// Prints the process id and waits until a debugger has attached. If the system cannot tell, the process stops itself;
/// the debugger continues it.
void wait_for_debugger(bool system_tells) {
    const std::string id = std::to_string(os::own_process_id());
    os::allow_debuggers();
    os::write_standard_error("cordon: waiting for a debugger: gdb -p " + id + ", or lldb -p " + id + "\n");
    if (!system_tells) return os::stop_this_process();
    while (!os::under_debugger()) {
        os::wait_for(nullptr, 0, now() + std::chrono::milliseconds(50)).ignore();
    }
}

/// Does what --debug and --wait-for-debugger ask for, before the tests run. Fails if that is impossible. Does not
/// return if a debugger takes over.
status debug_as_asked(const options& chosen, std::size_t selected) {
    if (chosen.debugger != debugger_choice::none) {
        if (selected == 1) return error{{}, 0, "cannot " + os::describe(become_debugger(chosen.debugger))};
        return error{{}, 0, "--debug is for one test, and " + std::to_string(selected) + " are selected"};
    }
    if (chosen.wait_for_debugger) wait_for_debugger(os::can_see_threads());
    return ok();
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
