#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/run/attempt.hpp>
#include <cordon/engine/run/explain.hpp>
#include <cordon/engine/run/pieces.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/sanitizer.hpp>

#include <string>
#include <utility>

namespace cordon::engine::run {

/// Makes the result of an attempt from its messages, in two steps: the facts that are known at once, and those that
/// need the names of functions.
class post_mortem {
  public:
    explicit post_mortem(const run_context& of) : run_(of) {}

    /// `done.result` must have the attempt's number and ending.
    void examine(attempt& done) const;
    /// All places whose names explain() needs.
    static vector<code_place> places_in(const attempt& done);
    /// Adds stacks, the reasons that they give, and the endings of subcases.
    void explain(attempt& done) const;
    /// The same for a result that was made in another way.
    void explain(vector<wire::trace>& traces, attempt_result& result) const;
    /// Says once in a run why stacks have no lines, if a stack of this result has none. `module`:
    /// module_without_lines().
    void hint_at_lines(const std::string& module);

  private:
    void name_finding(attempt_result& result) const;
    void name_signal(attempt_result& result) const;
    void cut_at_limit(attempt_result& result) const;
    void explain_end(attempt& done) const;
    void join_pieces(attempt& done, const vector<std::string>& last_path) const;
    attempt_result end_of(piece& ended) const;
    vector<stack_frame> name(const code_place& place) const { return run_.world.name(place); }

    const run_context& run_;
    const machine_facts machine_ = run_.world.machine();
    bool lines_hinted_at_ = false;
};

void post_mortem::examine(attempt& done) const {
    attempt_result& result = done.result;
    done.fill(run_.settings.started.time_since_epoch());
    // A process that did not reach its end was not checked. Without isolation nothing is checked.
    const bool looked = run_.chosen.leaks != leak_policy::ignore && run_.settings.isolation != isolate::none;
    result.left.inside_seen = done.said && looked;
    result.left.threads_seen = result.left.inside_seen && machine_.sees_threads;
    name_finding(result);
    name_signal(result);
    cut_at_limit(result);
}

// Most sanitizers end the process with a report on standard error; UndefinedBehaviorSanitizer only reports. In a
// program without a sanitizer such a line is just output.
void post_mortem::name_finding(attempt_result& result) const {
    const bool ended_badly =
        result.how == ending::crashed || result.how == ending::exited || result.how == ending::exit_failure;
    const bool may_be_undefined = machine_.reports_undefined && (ended_badly || result.how == ending::passed);
    if (result.output.empty() || (!ended_badly && !may_be_undefined)) return;
    const std::string errors = result.output.text(stream::err);
    std::string found = ended_badly ? sanitizer_finding(errors) : std::string();
    if (found.empty() && may_be_undefined) found = undefined_behaviour(errors);
    if (found.empty()) return;
    if (result.how == ending::passed) result.how = ending::failed;
    if (result.reason.empty()) result.reason = std::move(found);
    forget_symbolizer(result.left);
}

void post_mortem::name_signal(attempt_result& result) const {
    if (result.signal == 0) return;
    const signal_facts known = run_.world.signal(result.signal);
    result.signal_name = known.name;
    result.signal_meaning = known.meaning;
}

// The time after the limit (the last look, the grace time) is not the test's time.
void post_mortem::cut_at_limit(attempt_result& result) const {
    const duration limit = run_.settings_of(result.test).timeout;
    if (result.how != ending::timed_out || limit == duration{0} || result.took <= limit) return;
    result.cleanup += result.took - limit;
    result.took = limit;
}

vector<code_place> post_mortem::places_in(const attempt& done) {
    vector<code_place> places = places_of(done.traces);
    for (const piece& each : done.pieces) {
        const vector<code_place> more = places_of(each.traces);
        places.append(more.begin(), more.end());
    }
    return places;
}

void post_mortem::explain(attempt& done) const {
    explain_end(done);
    const vector<std::string> last_path = done.leaves.path();
    done.fill_leaves();
    if (!done.pieces.empty()) join_pieces(done, last_path);
}

void post_mortem::explain(vector<wire::trace>& traces, attempt_result& result) const {
    name_signal(result);
    run::explain(traces, result, [this](const code_place& place) { return name(place); });
}

void post_mortem::explain_end(attempt& done) const {
    attempt_result& result = done.result;
    run::explain(done.traces, result, [this](const code_place& place) { return name(place); });
    if (const int stopped_by = done.stop_signal(); stopped_by != 0)
        result.reason = describe_stop(stopped_by, run_.world.signal(stopped_by));
    if (result.how == ending::crashed && done.process && done.process->out_of_memory)
        result.reason += std::string(result.reason.empty() ? "" : "; ") + "memory had been refused before";
}

// Attempts that continued in further processes after a subcase had ended one. Such an attempt has the worst ending of
// its subcases, the first one if several are equal. The other ends of processes become failures.
void post_mortem::join_pieces(attempt& done, const vector<std::string>& last_path) const {
    attempt_result& result = done.result;
    vector<attempt_result> ends;
    std::size_t shown = done.pieces.size();
    ending worst = ending::passed;
    for (piece& each : done.pieces) {
        ends.push_back(end_of(each));
        if (worst_of(worst, ends.back().how) == worst) continue;
        worst = ends.back().how;
        shown = ends.size() - 1;
    }
    const bool last_is_shown = worst_of(worst, result.how) != worst;
    const auto add_failure = [&result](const attempt_result& of, const vector<std::string>& path) {
        if (is_end_of_process(of.how)) result.failures.push_back(as_failure(of, path));
    };
    if (!last_is_shown) take_end(result, ends[shown]);
    for (std::size_t i = 0; i < ends.size(); ++i) {
        if (last_is_shown || i != shown) add_failure(ends[i], done.pieces[i].path);
    }
    if (!last_is_shown) add_failure(ends[shown], last_path);
    if (result.reason.empty()) name_finding(result);
    add_figures(result, done.pieces, run_.settings.started.time_since_epoch());
}

// The parts of one process's result that describe its end.
attempt_result post_mortem::end_of(piece& ended) const {
    attempt alone;
    attempt_result& result = alone.result;
    result.how = ended.how;
    result.reason = ended.reason;
    result.pid = ended.process.pid;
    result.exit_code = ended.process.by_signal ? -1 : ended.process.code;
    result.signal = ended.process.by_signal ? ended.process.code : 0;
    result.debugger_view = std::move(ended.debugger_view);
    name_signal(result);
    alone.process = ended.process;
    alone.traces = std::move(ended.traces);
    explain_end(alone);
    if (result.place.subcase.empty()) result.place.subcase = ended.path;
    return std::move(alone.result);
}

void post_mortem::hint_at_lines(const std::string& module) {
    if (lines_hinted_at_) return;
    const missing_lines lacks = module.empty() ? missing_lines::none : run_.world.lacks(module);
    if (lacks == missing_lines::none) return;
    lines_hinted_at_ = true;
    run_.say(notice::level::info, lacks == missing_lines::tool
                                      ? "stacks have no lines: install addr2line (binutils) or llvm-symbolizer to "
                                        "see them"
                                      : "stacks have no lines: compile with -g to see them");
}

}  // namespace cordon::engine::run
