#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/collision_check.hpp>
#include <cordon/engine/analysis/flake_commands.hpp>
#include <cordon/engine/analysis/flake_diagnosis.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/limit_check.hpp>
#include <cordon/engine/analysis/order_diagnosis.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Finds flaky tests (--flake-detect).
class flake_session {
  public:
    flake_session(session_runner& with, const select::setup_keys& setups) : with_(with), setups_(setups) {}

    void run(const vector<std::size_t>& tests) {
        const instant begin = with_.now();
        const optional<processor_times> before = with_.processors();
        detect(tests);
        if (with_.now() - begin >= least_for_load) tell_load(before);
        with_.finish(stopped_because_, peak_rss_);
    }

  private:
    void detect(const vector<std::size_t>& tests) {
        const instant begin = with_.now();
        const auto at = [&](double part) {
            return begin + std::chrono::duration_cast<duration>(with_.chosen().flake_time * part);
        };
        const duration time = at(search_part()) - begin;
        flake_goal goal;
        goal.runs = with_.chosen().flake_runs;
        goal.share = share_of(time, tests.size(), with_.jobs());
        goal.patience = patience_of(time, tests.size(), with_.jobs());
        flake_hunt hunt(with_.list(), tests, goal, at(search_part()), with_.out());
        with_.phase().doing = "searching";
        with_.phase().ends = at(1);
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
        limit_check(with_, hunt, with_.now() + (at(1) - with_.now()) / 6).run(found, first_of_limits);
        collision_check collisions(with_, hunt, with_.now() + (at(1) - with_.now()) / 4);
        if (looks_for_collisions()) collisions.run(found, first_of_collisions);
        flake_commands commands(with_, hunt, tests, at(1));
        with_.phase().doing = "trying seeds";
        commands.try_seeds(found, with_.now() + (at(1) - with_.now()) / 6);
        flake_diagnosis diagnosis(with_, hunt, collisions, at(0.72));
        if (with_.chosen().flake_diagnose) {
            diagnosis.run(found);
            with_.phase().doing = "tests after others in one process";
            if (wants_order()) order_diagnosis(with_, hunt, setups_, at(0.86)).run(found, diagnosis.next_number());
        }
        commands.find(found, hints(found, diagnosis, collisions), diagnosis.next_number() + 1'000'000);
        for (std::size_t i = 0; i < found.size(); ++i)
            conclude(std::move(found[i]), hunt.held()[i], hunt);
    }

    /// Of --flake-time, which bounds the whole session.
    double search_part() const { return with_.chosen().flake_diagnose ? 0.33 : 0.75; }

    bool wants_order() const {
        const vector<std::string>& chosen = with_.chosen().flake_conditions;
        return chosen.empty() ||
               std::find(chosen.begin(), chosen.end(), name_of(condition_kind::order)) != chosen.end();
    }

    /// Conditions that the user chose are all that is varied, and a chosen number of runs is all that is run.
    bool looks_for_collisions() const {
        const options& chosen = with_.chosen();
        return chosen.flake_conditions.empty() && (chosen.flake_diagnose || chosen.flake_runs == 0);
    }

    static vector<command_hint> hints(const vector<flake_summary>& found, const flake_diagnosis& diagnosis,
                                      const collision_check& collisions) {
        vector<command_hint> made;
        for (const flake_summary& each : found) {
            made.push_back(hint_for(each, diagnosis.known_about(each)));
            if (!made.back().partner) made.back().partner = collisions.partner_of(each.test);
        }
        return made;
    }

    /// The condition that raises the rate makes the better command.
    static command_hint hint_for(const flake_summary& found, const suspect* known) {
        command_hint hint;
        if (known != nullptr) {
            hint.partner = known->partner;
            hint.by_start = known->by_start;
        }
        for (const flake_trial& trial : found.trials) {
            const bool shows = known == nullptr || (known->shown_by && *known->shown_by == trial.condition) ||
                               (known->partner && trial.condition.kind == condition_kind::beside);
            if (!trial.moved || !shows || hint.shown_by || trial.condition.kind == condition_kind::order) continue;
            if (trial.counts().rate() <= trial.without.rate()) continue;
            hint.shown_by = trial.condition;
            hint.expected = trial.counts();
        }
        return hint;
    }

    /// Rates found on a busy machine are not those of an idle one.
    void tell_load(const optional<processor_times>& before) {
        const optional<processor_times> after = with_.processors();
        if (!before || !after) return with_.out().on(notice{notice::level::info, text::load_unknown});
        const processor_times spent = after->since(*before);
        const bool busy = spent.others() * 4 > spent.total();
        with_.out().on(notice{busy ? notice::level::warning : notice::level::info, text::load_in_words(spent, busy)});
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
            if (const attempt_result* shown = with_.ledger().first_failure(finished.test))
                show(*shown, hunt.evidence(finished.test).given);
            count_all_runs(found, all);
            found.signatures = with_.ledger().signatures(finished.test);
        }
        found.details.one_of_many = true;
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(finished);
    }

    /// Reports have seen no failed run of the test, and of the others some up to number `given`. A part of the session
    /// may have numbers of its own.
    void show(const attempt_result& failed, std::uint32_t given) {
        attempt_result shown(failed);
        shown.number = std::max(shown.number, given + 1);
        shown.of = shown.number;
        with_.out().on(attempt_started{shown.test, shown.number, shown.slot, shown.pid, shown.started});
        with_.out().on(attempt_ended{std::move(shown)});
    }

    // Far from the numbers of the search.
    static constexpr std::uint32_t first_of_limits = 400'000;
    static constexpr std::uint32_t first_of_collisions = 500'000;
    static constexpr duration least_for_load = std::chrono::seconds(1);  // systems count in steps of 10 ms

    session_runner& with_;
    const select::setup_keys setups_;
    std::string stopped_because_;
    std::uint64_t peak_rss_ = 0;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
