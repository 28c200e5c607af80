#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/ending_of.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/run/leaf_track.hpp>
#include <cordon/engine/run/leaf_ways.hpp>
#include <cordon/engine/run/pieces.hpp>
#include <cordon/engine/wire/announced_failure.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::run {

/// One attempt: collects all messages with its ticket until no more can come.
struct attempt {
    std::uint32_t ticket = 0;
    attempt_result result;
    optional<wire::finished> said;
    optional<wire::ended> process;
    vector<wire::trace> traces;  ///< one of a crash, up to two of a timeout, one of each exception that left it
    leaf_track leaves;
    leaf_track other_way;    ///< of the run that forked, with --subcases=both
    vector<piece> pieces;    ///< processes that ended before the test did, in order
    bool announced = false;  ///< its attempt_started was sent
    bool output_complete = false;
    bool moved_on = false;  ///< its process has begun another test, or has ended

    void on(wire::failed_assertion& what) { wire::take_failure(result.failures, std::move(what)); }
    void on(wire::left_behind& what) {
        for (auto& [kind, text] : what.items) {
            result.left.items.push_back({kind, std::move(text)});
        }
    }
    void on(wire::output& what) {
        result.output.dropped += what.dropped_before;
        result.output.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
    }

    /// The signal that had stopped its process at the time limit; 0: none.
    int stop_signal() const { return process && result.how == ending::timed_out ? process->stop_signal : 0; }
    void on(wire::trace& what) { traces.push_back(std::move(what)); }
    void on(wire::debugger_view& what) { result.debugger_view += what.text; }
    void on(wire::snapshot_met& what) { result.snapshots.met.push_back(what.name); }
    void on(wire::snapshot_changed& what) { result.snapshots.add(std::move(what.what)); }
    void on(wire::entered& what) { leaves.on(what); }
    void on(const wire::pass_over& what) { leaves.on(what); }

    /// With --subcases=both.
    void on(const wire::of_other_way& what) {
        optional<wire::report> message = wire::decode<wire::report>({wire::frame_version, what.type, 0, what.payload});
        if (!message) return;
        if (auto* inner = message->get_if<wire::entered>()) other_way.on(*inner);
        if (auto* over = message->get_if<wire::pass_over>()) other_way.on(*over);
        if (auto* end = message->get_if<wire::ended>()) {
            seen all;
            all.process = seen::process_end{end->by_signal, end->code, false, stopped_by::itself};
            other_way.end_copy(ending_of(all).how, end->gone - end->started);
        }
    }

    /// Leftovers that the worker found belong to the attempt too.
    void on(wire::ended& what) {
        result.left.processes += what.orphans;
        for (std::string& command : what.orphan_commands) {
            result.left.items.push_back({leftover_kind::process, std::move(command)});
        }
        process = std::move(what);
    }

    /// What the test reported and what its worker saw of its last process, for ending_of().
    seen what_was_seen() const {
        seen all;
        if (said) {
            all.said = said->how;
            all.skipped_because = said->reason;
        }
        if (process)
            all.process = seen::process_end{process->by_signal, process->code, process->cut_short, process->why};
        all.failure_known = has_failure();
        all.memory_refused = said ? said->out_of_memory : process && process->out_of_memory;
        return all;
    }

    /// No assertion ran, not even a WARN that failed.
    bool asserted_nothing() const {
        bool none = said && said->assertions == 0;
        for (const piece& each : pieces)
            none = none && each.passed_assertions == 0;
        for (const failure& each : result.failures)
            none = none && each.macro.empty();
        return none;
    }

    /// Its process has ended, and another one continues the test. `limits`: of time and memory.
    void go_on(duration time_limit, std::uint64_t memory_limit) {
        seen all = what_was_seen();
        all.memory_limited = memory_limit != 0;
        const ended_as what = ending_of(all);
        piece ended;
        ended.how = what.how;
        ended.reason = what.reason;
        const duration began = process->started != duration{0} ? process->started : process->forked;
        ended.took = process->gone - began;
        if (what.how == ending::timed_out && time_limit != duration{0}) ended.took = std::min(ended.took, time_limit);
        ended.path = leaves.path();
        ended.passed_assertions = leaves.passed_assertions();
        ended.traces = std::exchange(traces, {});
        ended.debugger_view = std::exchange(result.debugger_view, {});
        ended.process = std::move(*process);
        if (ended.process.is_copy) {
            leaves.end_copy(what.how, ended.took);
        } else {
            leaves.end(what.how, ended.took);
            leaves.begin_again();
        }
        process.reset();
        pieces.push_back(std::move(ended));
    }

    /// True if no more messages can come.
    bool complete() const { return process || (said && moved_on && (!said->has_output || output_complete)); }

    /// Sets the ending of each subcase; `result` must have the ending of the last process.
    void fill_leaves() {
        const bool stopped = leaves.any() && (!said || leaves.in_pass());
        if (stopped && result.place.subcase.empty() && is_end_of_process(result.how))
            result.place.subcase = leaves.path();
        if (stopped) leaves.end(result.how == ending::passed ? ending::failed : result.how, result.took);
        result.leaves_cut = stopped;
        result.leaves = leaves.take();
        if (other_way.any() && !stopped) compare_ways(result, other_way.take());
    }

    /// Computes the rest from the collected parts. `run_start` is the start of the run on the steady clock.
    void fill(duration run_start) {
        if (said) {
            // More failures than the test itself counted: from a process that it forked, or after its end.
            const std::uint64_t unknown = count_failed() - std::min(count_failed(), said->failed_assertions);
            result.assertions = said->assertions + unknown;
            result.failed_assertions = said->failed_assertions + unknown;
            result.failures_dropped = said->failures_dropped;
            result.started = said->started - run_start;
            result.took = said->ended - said->started;
            result.process_reused = said->process_reused;
        }
        const bool is_counted = said && said->pid != 0;
        if (is_counted) {
            result.pid = said->pid;
            result.usage = said->usage;
            if (moved_on) result.exit_code = 0;  // its process would have ended so
        }
        if (!process) return;
        result.process_reused = result.process_reused || process->process_reused;
        result.pid = process->pid;
        result.exit_code = process->by_signal ? no_exit_code : process->code;
        result.signal = process->by_signal ? process->code : 0;
        result.exit_cut_short = process->cut_short;
        if (!is_counted) result.usage = process->usage;
        const duration began = said                              ? said->started
                               : process->started != duration{0} ? process->started
                                                                 : process->forked;
        result.started = began - run_start;
        result.spawn = std::max(duration{0}, began - process->forked);
        // If the test reached its end in time but its process did not end, its time is the time until the process was
        // ended.
        const bool ended_itself = said && result.how != ending::timed_out;
        if (ended_itself) {
            result.cleanup = process->gone - said->ended;
        } else {
            result.took = process->gone - began;
        }
        if (!said) {
            result.failed_assertions = count_failed();
            result.assertions = result.failed_assertions + leaves.passed_assertions();
        }
    }

  private:
    bool has_failure() const {
        return std::any_of(result.failures.begin(), result.failures.end(),
                           [](const failure& each) { return fails_test(each.kind); });
    }
    std::uint64_t count_failed() const {
        std::uint64_t count = 0;
        for (const failure& each : result.failures) {
            if (fails_test(each.kind) && !each.macro.empty()) ++count;
        }
        return count;
    }
};

}  // namespace cordon::engine::run
