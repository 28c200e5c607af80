#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine {

/// The result that a test reports at its own end. `late`: after its time limit, whatever its result was.
enum class finish : std::uint8_t { passed, failed, skipped, late };
constexpr finish last_of(finish) { return finish::late; }

/// Why a worker ended a test's process.
enum class stopped_by : std::uint8_t { itself, timeout, start_limit, cancelled };
constexpr stopped_by last_of(stopped_by) { return stopped_by::cancelled; }

/// All that was seen of an attempt, of one process of an attempt, or of a setup. The test, its worker and the run each
/// report a part of it; only ending_of() draws a conclusion.
struct seen {
    /// How its process ended.
    struct process_end {
        bool by_signal = false;
        int code = 0;            ///< exit code or signal
        bool cut_short = false;  ///< it exited with code 0 before all exit handlers had run
        stopped_by why = stopped_by::itself;
    };

    // What the test reported.
    optional<finish> said;        ///< its own result; nullopt: it did not reach its end
    std::string skipped_because;  ///< with `skipped`
    bool failure_known = false;   ///< an assertion failed; the test itself need not know

    // What its worker saw.
    optional<process_end> process;  ///< nullopt: other tests run in it, or nobody saw it end
    bool memory_refused = false;    ///< a failed allocation ended the test or its process

    // What the run knows.
    bool memory_limited = false;
    bool asserted_nothing = false;       ///< no assertion ran, in a test that needs one
    bool left_something = false;         ///< leftovers, in a run in which they fail a test
    std::string finding;                 ///< a report of a sanitizer that ends the process; empty: none
    bool signal_caught = false;          ///< by that sanitizer, which then exits
    std::string undefined;               ///< a report of undefined behavior; empty: none
    optional<std::string> lost_because;  ///< no more messages of it can come
    bool run_stops = false;
    bool time_is_up = false;          ///< the global timeout was reached, and counts as the test's limit
    std::string run_stopped_because;  ///< if the run stops
};

/// How an attempt ended.
struct ended_as {
    ending how = ending::lost;
    std::string reason;         ///< may be empty
    bool says_nothing = false;  ///< the run was stopped: this says nothing about the test
};

// The run was stopped, and the attempt with it.
ended_as ended_with_run(const seen& all) {
    if (all.time_is_up) return {ending::timed_out, all.run_stopped_because, false};
    return {ending::lost, all.run_stopped_because, true};
}

// It did not reach its end.
ended_as ended_without_word(const seen& all) {
    if (!all.process) return {ending::lost, "its worker died", false};
    if (all.memory_refused && all.memory_limited) return {ending::over_limit, "memory limit", false};
    const bool by_signal = all.process->by_signal || all.signal_caught;
    return {by_signal ? ending::crashed : ending::exited, all.finding, false};
}

// It reported that it passed or was skipped. That counts only if the process then ended normally. If the run was
// cancelled, the run has ended the process.
ended_as ended_with_good_word(const seen& all) {
    const bool skipped = *all.said == finish::skipped;
    const bool by_itself = all.process && all.process->why == stopped_by::itself;
    if (by_itself && (all.process->by_signal || all.process->code != 0))
        return {ending::exit_failure, skipped ? "after SKIP" : all.finding, false};
    if (by_itself && all.process->cut_short)
        return {ending::exit_failure, "an exit handler or a destructor ended it before the others had run", false};
    if (all.failure_known) return {ending::failed, {}, false};
    if (skipped) return {ending::skipped, all.skipped_because, false};
    if (!all.undefined.empty()) return {ending::failed, all.undefined, false};
    if (all.asserted_nothing) return {ending::failed, "no assertion ran in it", false};
    if (all.left_something) return {ending::leaked, {}, false};
    return {ending::passed, {}, false};
}

/// How it ended: the first row of the table in docs/run-loop.md that fits.
ended_as ending_of(const seen& all) {
    if (all.lost_because) return all.run_stops ? ended_with_run(all) : ended_as{ending::lost, *all.lost_because, false};
    const stopped_by why = all.process ? all.process->why : stopped_by::itself;
    if (why == stopped_by::cancelled && !all.said) return ended_with_run(all);
    const bool late = all.said && *all.said == finish::late;  // its worker need not have noticed it
    if (why == stopped_by::timeout || late) return {ending::timed_out, {}, false};
    if (why == stopped_by::start_limit) return {ending::timed_out, "its process did not begin the test", false};
    if (!all.said) return ended_without_word(all);
    if (*all.said != finish::failed) return ended_with_good_word(all);
    if (all.memory_refused && all.memory_limited) return {ending::over_limit, "memory limit", false};
    return {ending::failed, {}, false};
}

}  // namespace cordon::engine
