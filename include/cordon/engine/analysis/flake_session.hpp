#pragma once

#include <cordon/engine/analysis/flake_commands.hpp>
#include <cordon/engine/analysis/flake_diagnosis.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <string>
#include <utility>

namespace cordon::engine::analysis {

/// Finds flaky tests (--flake-detect).
class flake_session {
  public:
    flake_session(session_runner& with, const select::setup_keys& setups) : with_(with), setups_(setups) {}

    void run(const vector<std::size_t>& tests) {
        detect(tests);
        with_.finish(stopped_because_, peak_rss_);
    }

  private:
    void detect(const vector<std::size_t>& tests) {
        flake_goal goal;
        goal.runs = with_.chosen().flake_runs;
        goal.share = share_of(with_.chosen().flake_time, tests.size(), with_.jobs());
        goal.patience = patience_of(with_.chosen().flake_time, tests.size(), with_.jobs());
        flake_hunt hunt(with_.list(), tests, goal, with_.now() + with_.chosen().flake_time, with_.out());
        // Later steps may see a test fail that passed in the whole search.
        hunt.hold_all();
        with_.run(tests, hunt);
        with_.ledger().keep_first_failures();
        peak_rss_ = hunt.peak_rss();
        stopped_because_ = hunt.stopped_because();
        if (hunt.cut_short() != 0) tell_cut_short(hunt.cut_short());
        vector<flake_summary> found;
        for (const test_finished& each : hunt.held())
            found.push_back(hunt.summary(each.test));
        flake_commands(with_, hunt, tests).find(found);
        if (with_.chosen().flake_diagnose) flake_diagnosis(with_, hunt, setups_).run(found);
        for (std::size_t i = 0; i < found.size(); ++i)
            conclude(std::move(found[i]), hunt.held()[i], hunt);
    }

    void tell_cut_short(std::size_t tests) {
        with_.out().on(notice{notice::level::warning, text::cut_short_in_words(with_.chosen().flake_time, tests)});
    }

    /// Every failure that the session sees counts, even if it was looking for something else. If the number of runs was
    /// given, the figures remain those of these runs, unless the others contradict.
    void conclude(flake_summary found, test_finished finished, const flake_hunt& hunt) {
        const run_counts& all = with_.ledger().counts(finished.test);
        const bool as_asked = with_.chosen().flake_runs != 0;
        const bool settled = as_asked && (hunt.evidence(finished.test).counts().mixed() || !all.mixed());
        if (!settled && all.runs > found.runs) {
            select::verdict_decision decision = hunt.verdict_by(finished.test, all);
            finished.what = decision.what;
            finished.reason = std::move(decision.reason);
            if (const attempt_result* shown = with_.ledger().first_failure(finished.test)) show(*shown);
            count_all_runs(found, all);
            found.signatures = with_.ledger().signatures(finished.test);
        }
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(finished);
    }

    /// Reports have seen no failed run of the test.
    void show(const attempt_result& failed) {
        attempt_result shown(failed);
        shown.of = shown.number;
        with_.out().on(attempt_started{shown.test, shown.number, shown.slot, shown.pid, shown.started});
        with_.out().on(attempt_ended{std::move(shown)});
    }

    session_runner& with_;
    const select::setup_keys setups_;
    std::string stopped_because_;
    std::uint64_t peak_rss_ = 0;
};

}  // namespace cordon::engine::analysis
