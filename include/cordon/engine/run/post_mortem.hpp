#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/ending_of.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/run/attempt.hpp>
#include <cordon/engine/run/explain.hpp>
#include <cordon/engine/run/pieces.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/sanitizer.hpp>

#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// Makes the result of an attempt from its messages, in two steps: the facts that are known at once, and those that
/// need the names of functions.
class post_mortem {
  public:
    explicit post_mortem(const run_context& of) : run_(of) {}

    /// Decides the ending from all that was seen and completes the result. `done.result` must have the attempt's
    /// number. Returns true if the attempt says nothing about the test.
    bool examine(attempt& done, seen all) const;
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
    bool needs_assertion(std::size_t test) const;
    ended_as judge(attempt_result& result, seen& all) const;
    bool find(const attempt_result& result, ending how, seen& all) const;
    void name_signal(attempt_result& result) const;
    void cut_at_limit(attempt_result& result) const;
    void explain_end(attempt& done) const;
    void join_pieces(attempt& done, const vector<std::string>& last_path) const;
    attempt_result end_of(piece& ended, std::uint32_t slot) const;
    auto namer(std::uint32_t slot) const {
        return [this, slot](code_place place) {
            place.slot = slot;
            return run_.world.name(place);
        };
    }

    const run_context& run_;
    const machine_facts machine_ = run_.world.machine();
    bool lines_hinted_at_ = false;
};

bool post_mortem::examine(attempt& done, seen all) const {
    attempt_result& result = done.result;
    all.memory_limited = run_.settings_of(result.test).memory_limit != 0;
    all.asserted_nothing = needs_assertion(result.test) && done.asserted_nothing();
    ended_as what = judge(result, all);
    result.how = what.how;
    result.reason = std::move(what.reason);
    done.fill(run_.settings.started.time_since_epoch());
    // A process that did not reach its end was not checked. Without isolation nothing is checked.
    const bool looked = run_.chosen.leaks != leak_policy::ignore && run_.settings.isolation != isolate::none;
    result.left.inside_seen = done.said && looked;
    result.left.threads_seen = result.left.inside_seen && machine_.sees_threads;
    name_signal(result);
    cut_at_limit(result);
    return what.says_nothing;
}

// The engine checks the examples of a property itself.
bool post_mortem::needs_assertion(std::size_t test) const {
    const test_info& info = run_.list.tests[test];
    return !info.is_property && (info.require_assertions ? *info.require_assertions : run_.chosen.require_assertions);
}

// The output is searched only if the ending may depend on it.
ended_as post_mortem::judge(attempt_result& result, seen& all) const {
    const bool leaks_fail = run_.chosen.leaks == leak_policy::fail;
    all.left_something = leaks_fail && result.left.any_fault();
    const ended_as without = ending_of(all);
    if (!find(result, without.how, all)) return without;
    forget_symbolizer(result.left);
    all.left_something = leaks_fail && result.left.any_fault();
    return ending_of(all);
}

// Most sanitizers end the process with a report on standard error; UndefinedBehaviorSanitizer only reports. In a
// program without a sanitizer such a line is just output.
bool post_mortem::find(const attempt_result& result, ending how, seen& all) const {
    const bool ended_badly = how == ending::crashed || how == ending::exited || how == ending::exit_failure;
    const bool went_well = how == ending::passed || how == ending::leaked;
    if (result.output.empty() || (!ended_badly && !(went_well && machine_.reports_undefined))) return false;
    const std::string errors = result.output.text(stream::err);
    if (ended_badly) all.finding = sanitizer_finding(errors);
    all.signal_caught = !all.finding.empty() && caught_signal(errors);
    if (machine_.reports_undefined) all.undefined = undefined_behaviour(errors);
    if (ended_badly && all.finding.empty()) all.finding = all.undefined;
    return !all.finding.empty() || !all.undefined.empty();
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
    run::explain(traces, result, namer(result.slot));
}

void post_mortem::explain_end(attempt& done) const {
    attempt_result& result = done.result;
    run::explain(done.traces, result, namer(result.slot));
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
        ends.push_back(end_of(each, result.slot));
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
    seen found;
    if (result.reason.empty() && find(result, result.how, found)) {
        result.reason = std::move(found.finding);
        if (found.signal_caught && result.how == ending::exited) result.how = ending::crashed;
        forget_symbolizer(result.left);
    }
    add_figures(result, done.pieces, run_.settings.started.time_since_epoch());
}

// The parts of one process's result that describe its end.
attempt_result post_mortem::end_of(piece& ended, std::uint32_t slot) const {
    attempt alone;
    attempt_result& result = alone.result;
    result.slot = slot;
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

CORDON_CHEAP_END
