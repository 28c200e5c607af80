#pragma once

#include <cordon/engine/run/dispatcher.hpp>

// dispatcher: attempts that went on in further processes, after a subcase had ended one.

namespace cordon::engine::run {

// What is told of an attempt is the worst that came of its subcases, the first where several are as bad. The other ends
// of processes are failures beside it.
void dispatcher::join_pieces(attempt& done, const vector<std::string>& last_path) {
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
    add_figures(result, done.pieces, settings_.started.time_since_epoch());
}

// Of one of its processes, only what tells of its end.
attempt_result dispatcher::end_of(piece& ended) {
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
    explain_end(alone, result);
    if (result.place.subcase.empty()) result.place.subcase = ended.path;
    return std::move(alone.result);
}

}  // namespace cordon::engine::run
