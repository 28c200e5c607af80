#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/stress_hunt.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Runs tests again and again until one fails (--stress).
class stress_session {
  public:
    explicit stress_session(session_runner& with) : with_(with) {}

    /// `says_figures`: no user watches a bar.
    void run(const vector<std::size_t>& tests, bool says_figures) {
        const options& chosen = with_.chosen();
        const instant begin = with_.now();
        stress_limits limits;
        limits.runs = chosen.stress_runs;
        if (chosen.stress_time != duration{0}) limits.end = begin + chosen.stress_time;
        limits.failures = std::max<std::uint32_t>(1, chosen.fail_fast);
        stress_hunt hunt(with_.list(), tests, limits, says_figures, with_.out());
        with_.run(hunt.order_for(with_.jobs()), hunt);
        const duration took = with_.now() - begin;
        hunt.conclude();
        with_.out().on(notice{notice::level::info, hunt.figures(took)});
        with_.finish(hunt.stopped_because(), hunt.peak_rss());
    }

  private:
    session_runner& with_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
