#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// A process that ended before its attempt: another process continued with the test's other subcases.
struct piece {
    wire::ended process;
    ending how = ending::lost;
    std::string reason;
    vector<wire::trace> traces;
    std::string debugger_view;
    vector<std::string> path;  ///< path of the subcase in which it ended
    duration took{};
    std::uint64_t passed_assertions = 0;
};

/// Endings in which the process did not reach the end of the test.
inline bool is_end_of_process(ending how) {
    return how == ending::crashed || how == ending::timed_out || how == ending::exited || how == ending::over_limit;
}

/// `run_start` is on the steady clock.
inline void add_figures(attempt_result& to, const vector<piece>& pieces, duration run_start) {
    bool is_first = true;
    for (const piece& each : pieces) {
        if (each.process.is_copy) continue;  // the figures of the process that made it include its own
        const wire::ended& process = each.process;
        const duration began = process.started != duration{0} ? process.started : process.forked;
        if (is_first) to.started = began - run_start;
        if (is_first) to.spawn = std::max(duration{0}, began - process.forked);
        is_first = false;
        to.took += each.took;
        to.assertions += each.passed_assertions;
        to.usage += each.process.usage;
    }
}

inline std::string describe(const attempt_result& of) {
    std::string text = "a subcase ";
    if (of.how == ending::timed_out) text += "exceeded its time limit";
    if (of.how == ending::over_limit) text += "went over a limit";
    if (of.how == ending::exited) text += "ended the process with exit code " + std::to_string(of.exit_code);
    if (of.how == ending::crashed) text += "crashed";
    if (of.how == ending::crashed && of.signal != 0) text += ": " + of.signal_name + " (" + of.signal_meaning + ")";
    return of.reason.empty() ? text : text + ": " + of.reason;
}

/// The end of a process as a failure, if the attempt's own fields describe another one.
inline failure as_failure(const attempt_result& of, const vector<std::string>& path) {
    failure what;
    what.kind = failure_kind::process;
    what.subcase = path;
    what.message = describe(of);
    what.file = of.place.file;
    what.line = of.place.line;
    what.info = of.place.info;
    return what;
}

/// Moves the fields that describe the end of a process.
inline void take_end(attempt_result& to, attempt_result& from) {
    std::swap(to.how, from.how);
    std::swap(to.reason, from.reason);
    std::swap(to.signal, from.signal);
    std::swap(to.signal_name, from.signal_name);
    std::swap(to.signal_meaning, from.signal_meaning);
    std::swap(to.exit_code, from.exit_code);
    std::swap(to.pid, from.pid);
    std::swap(to.stacks, from.stacks);
    std::swap(to.place, from.place);
    std::swap(to.debugger_view, from.debugger_view);
}

}  // namespace cordon::engine::run
