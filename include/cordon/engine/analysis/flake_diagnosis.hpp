#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/name_cause.hpp>
#include <cordon/engine/analysis/order_diagnosis.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/suspect_runs.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <algorithm>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Finds out why tests are flaky (--flake-diagnose): runs them under one condition after another and compares each with
/// runs without a condition. Stable tests get the conditions that can reveal hidden problems: memory that was not set,
/// the time zone, the locale, the user's settings, other tests in their process.
class flake_diagnosis {
  public:
    flake_diagnosis(session_runner& with, const flake_hunt& hunt, const select::setup_keys& setups)
        : with_(with), hunt_(hunt), setups_(setups), runs_(with, hunt) {}

    void run(vector<flake_summary>& found) {
        for (flake_summary& each : found)
            add_suspect(each);
        if (runs_.all.empty()) return;
        runs_.begin();
        set_baselines();
        if (wants(condition_kind::alone)) try_alone();
        if (varies_all()) try_surroundings();
        for (const variation& each : conditions())
            if (!disturbs_timing(each)) try_condition(each);
        compare();
        for (const variation& each : conditions())
            if (disturbs_timing(each)) try_condition(each);
        if (wants(condition_kind::twins))
            vary(condition_kind::twins, [](const suspect& test) { return test.varies_by_itself(); });
        compare();
        if (varies_all()) look_closer();
        confirm();
        runs_.tell_left_out();
        for (suspect& each : runs_.all)
            explain(each);
        if (wants(condition_kind::order)) order_diagnosis(with_, hunt_, setups_).run(found, runs_.take_numbers(0));
        verify();
    }

  private:
    static constexpr std::size_t few = 8;  // tests that may be checked under every condition
    static constexpr duration start_cost = std::chrono::milliseconds(5);

    // ---- who is asked what ----

    bool varies_all() const { return with_.chosen().flake_conditions.empty(); }

    vector<variation> conditions() const {
        const run::variable_world can = with_.can_vary();
        vector<variation> usable;
        for (const variation& each : conditions_to_vary(with_.chosen().flake_conditions, can.fixed_addresses)) {
            const needs wants = row_of(each.kind)->wants;
            if (wants == needs::random_addresses && !can.addresses) continue;
            if (wants == needs::scheduling && !can.scheduling) continue;
            usable.push_back(each);
        }
        return usable;
    }

    bool wants(condition_kind arrangement) const {
        if (arrangement == condition_kind::twins && with_.jobs() < 2) return false;
        const vector<std::string>& chosen = with_.chosen().flake_conditions;
        return chosen.empty() || std::any_of(chosen.begin(), chosen.end(), [arrangement](const std::string& each) {
                   return each == name_of(arrangement);
               });
    }

    bool concerns(const suspect& test, const variation& what) const {
        const condition_row& row = *row_of(what.kind);
        if (test.by_time || test.by_others) return false;
        if (test.by_start) return row.may_be_of_start;
        if (!varies_all()) return true;
        if (disturbs_surroundings(what) && test.flaky) return test.moved_by_surroundings;
        if (test.flaky) return !disturbs_timing(what) || !is_plain(test.found->trials);
        const bool are_few = runs_.all.size() <= few;
        switch (row.asks) {
            case asks_stable::never:
                return false;
            case asks_stable::among_few:
                return are_few;
            case asks_stable::if_settings_moved:
                return are_few || test.moved_by_surroundings;
            case asks_stable::always:
                break;
        }
        return true;
    }

    void add_suspect(flake_summary& found) {
        const flake_evidence& seen = hunt_.evidence(found.test);
        if (found.runs == 0 || (!seen.counts().mixed() && found.failures != 0)) return;
        suspect made;
        made.found = &found;
        made.baseline = seen.counts();
        // The search ended because of its own results, the runs of the command did not. But a test without others
        // beside it may behave differently.
        if (found.category != flake_category::seed)
            made.baseline = joined_or_kept(made.baseline, {found.repro_runs, found.repro_failures});
        made.cost = seen.progress.cost();
        made.flaky = seen.counts().mixed();
        made.by_start = seen.differs_between_workers();
        made.by_time = seen.keeps_to_time();
        if (made.by_start) made.cost += start_cost;
        runs_.all.push_back(std::move(made));
    }

    static bool disturbs_timing(const variation& what) { return disturbs_what(what.kind, disturbs::timing); }
    static bool disturbs_surroundings(const variation& what) { return disturbs_what(what.kind, disturbs::environment); }
    /// A disturbed timing rarely makes a test always or never fail, so more runs are needed.
    static trial_share share_for(const variation& what) { return {disturbs_timing(what) ? 3 : 1, 0}; }

    // ---- one after the other ----

    /// Runs without a condition, in the same way as with conditions: the search has run the tests differently, and
    /// beside others.
    void set_baselines() {
        const vector<run_counts> counts = runs_.measure(
            with_.chosen().under, [](const suspect& each) { return each.flaky && !each.by_time; }, {2, 0});
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            suspect& each = runs_.all[i];
            if (counts[i].runs == 0) continue;
            if (!each.by_start) {
                each.by_others = fails_beside_others_only(each.baseline, counts[i]);
                if (!each.by_others) each.baseline = joined_baseline(each.baseline, counts[i]);
                continue;
            }
            // If many starts in a row have the same result, the start did not cause the difference.
            each.by_time = starts_keep_to_time(runs_.starts_failed(i), each.baseline.rate());
            each.by_start = !each.by_time;
            each.baseline = counts[i];
        }
    }

    /// First, because effects of other tests come and go with them: a test that fails because of others shows nothing
    /// else. Others share files and ports with a test, and keep the processors busy. So a test that fails less alone is
    /// run alone with processes that only keep the processors busy.
    void try_alone() {
        vary(condition_kind::alone, [](const suspect& test) { return test.varies_by_itself(); });
        compare();
        vary(condition_kind::alone_and_busy, [](const suspect& each) {
            const flake_trial* alone = each.find_trial(condition_kind::alone);
            return alone != nullptr && alone->moved && lowers(alone, each.baseline);
        });
        compare();
        for (suspect& each : runs_.all)
            each.by_others = each.by_others || is_for_others(each.found->trials, each.baseline);
    }

    /// All conditions of the environment at once; only if that has an effect, one after another. Stable tests are
    /// checked only for the user's settings, because zone and locale are tried in any case.
    void try_surroundings() {
        const auto is_flaky = [](const suspect& each) { return each.varies_by_itself() && !each.by_others; };
        const auto is_stable = [](const suspect& each) { return !each.flaky; };
        condition settings = condition_of("umask=077");
        add_condition(settings, "home=/nonexistent").ignore();
        note_moved(runs_.measure(changed_surroundings(), is_flaky));
        if (runs_.all.size() > few) note_moved(runs_.measure(settings, is_stable));
    }

    void note_moved(const vector<run_counts>& counts) {
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            suspect& each = runs_.all[i];
            if (counts[i].runs != 0)
                each.moved_by_surroundings = fisher_exact(counts[i], each.baseline) < threshold::worth_a_look;
        }
    }

    void try_condition(const variation& what) {
        if (runs_.has_time_for(what)) vary(what, [&](const suspect& test) { return concerns(test, what); });
    }

    void compare() {
        for (suspect& each : runs_.all)
            analysis::compare(each.found->trials, each.baseline);
    }

    template <class Wanted>
    void vary(const variation& what, Wanted wanted) {
        add(what, runs_.ask(what, wanted, share_for(what)));
    }

    void add(const variation& what, const vector<run_counts>& counts) {
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            if (counts[i].runs == 0) continue;
            flake_trial& to = trial_of(runs_.all[i], what);
            to.runs += counts[i].runs;
            to.failures += counts[i].failures;
        }
    }

    static flake_trial& trial_of(suspect& test, const variation& what) {
        if (flake_trial* known = test.find_trial(what)) return *known;
        test.found->trials.push_back({what, 0, 0});
        return test.found->trials.back();
    }

    bool is_explained(const suspect& test) const {
        if (test.found->category == flake_category::seed) return true;
        const named_cause cause = name_cause(hunt_.evidence(test.found->test), test.baseline, test.found->trials);
        return !row_of(category_of(cause.what)).leaves_conditions_open;
    }

    /// Flaky tests without an explanation, once more and in rounds, each under the conditions that changed its rate
    /// most so far. Few runs suggest the candidates, many runs decide. The last fifth of the time is for the next
    /// steps.
    void look_closer() {
        constexpr int rounds = 4;
        const instant last_round = runs_.last_start() - with_.chosen().flake_time;
        for (int round = 0; round < rounds && with_.now() < last_round; ++round) {
            vector<vector<variation>> asked(runs_.all.size());
            std::size_t open = 0;
            for (std::size_t i = 0; i < runs_.all.size(); ++i) {
                const suspect& each = runs_.all[i];
                if (!each.varies_by_itself() || each.by_others || is_explained(each)) continue;
                asked[i] = most_promising(each.found->trials, each.baseline);
                ++open;
            }
            if (open == 0) return;
            look_closer(asked, {3, open});
        }
    }

    /// `asked`: for each suspect, its conditions.
    void look_closer(const vector<vector<variation>>& asked, trial_share of) {
        const auto asked_of = [&](const suspect& test) -> const vector<variation>& {
            return asked[static_cast<std::size_t>(&test - runs_.all.data())];
        };
        vector<variation> conditions;
        for (const vector<variation>& each : asked) {
            for (const variation& text : each) {
                if (std::find(conditions.begin(), conditions.end(), text) == conditions.end())
                    conditions.push_back(text);
            }
        }
        const vector<run_counts> without = runs_.measure(
            with_.chosen().under, [&](const suspect& each) { return !asked_of(each).empty(); }, of);
        for (const variation& text : conditions) {
            const auto is_asked = [&](const suspect& each) {
                const vector<variation>& under = asked_of(each);
                return std::find(under.begin(), under.end(), text) != under.end();
            };
            add(text, runs_.ask(text, is_asked, of));
        }
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            suspect& each = runs_.all[i];
            each.baseline.add(without[i]);
            if (!asked[i].empty()) analysis::compare(each.found->trials, each.baseline);
        }
    }

    /// A condition that seems to change a rate must do so again, compared with a new baseline: the machine itself
    /// changes meanwhile.
    void confirm() {
        vector<variation> again;
        for (const suspect& each : runs_.all) {
            for (const flake_trial& trial : each.found->trials) {
                const bool known = std::find(again.begin(), again.end(), trial.condition) != again.end();
                if (trial.moved && !known) again.push_back(trial.condition);
            }
        }
        for (const variation& text : again)
            confirm(text);
    }

    void confirm(const variation& text) {
        const auto moved_by = [&text](const suspect& each) {
            flake_trial* trial = each.find_trial(text);
            return trial != nullptr && trial->moved && !each.by_others ? trial : nullptr;
        };
        const auto wanted = [&](const suspect& each) { return moved_by(each) != nullptr; };
        // A test that others disturb must be checked among all of them.
        const auto among = [&](const suspect& each) {
            return wanted(each) || (is_arrangement(text.kind) && each.varies_by_itself());
        };
        // In turn, and each time with new workers: what the time or a start decides then decides for both.
        constexpr int rounds = 3;
        trial_share share = share_for(text);
        share.rounds = rounds;
        vector<retrial> with(runs_.all.size()), without(runs_.all.size());
        for (int round = 0; round < rounds; ++round) {
            const bool by_worker = row_of(text.kind) != nullptr;
            add(with, runs_.ask(text, wanted, share), by_worker);
            add(without, runs_.measure(with_.chosen().under, among, share), by_worker);
        }
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            flake_trial* trial = moved_by(runs_.all[i]);
            if (trial == nullptr || with[i].runs.runs == 0) continue;
            trial->moved = is_confirmed(*trial, runs_.all[i].baseline, with[i], without[i]);
            trial->runs += with[i].runs.runs;
            trial->failures += with[i].runs.failures;
        }
    }

    void add(vector<retrial>& to, const vector<run_counts>& more, bool by_worker) const {
        for (std::size_t i = 0; i < to.size(); ++i)
            to[i].add(more[i], by_worker ? runs_.by_worker(i) : nullopt);
    }

    void explain(suspect& test) {
        flake_summary& found = *test.found;
        const bool by_seed = found.category == flake_category::seed;  // known for certain
        if (test.by_time && !by_seed) return found.set_cause(flake_cause::bursts_over_starts);
        const named_cause cause = name_cause(hunt_.evidence(found.test), test.baseline, found.trials);
        if (cause.shown_by != nullptr) test.shown_by = cause.shown_by->condition;
        const bool only_when_changed = !test.flaky && with_.ledger().counts(found.test).failures == 0;
        if (only_when_changed && cause.shown_by == nullptr) return found.trials.clear();
        if (by_seed || cause.what == flake_cause::none) return;
        const bool finds_nothing = category_of(cause.what) == flake_category::random;
        const bool not_all = finds_nothing && (runs_.left_something_out() || !with_.going());
        found.set_cause(not_all ? flake_cause::not_all_tried : cause.what);
        found.details.only_when_changed = only_when_changed;
    }

    // ---- the command that shows it ----

    /// The condition that raises the rate makes the better command. It is tried once more as a command.
    void verify() {
        for (const suspect& each : runs_.all) {
            if (with_.going() && each.shown_by && row_of(each.shown_by->kind) != nullptr) verify(each);
        }
    }

    void verify(const suspect& test) {
        constexpr std::uint64_t tries = 10;
        flake_summary& found = *test.found;
        const run_counts under = test.find_trial(*test.shown_by)->counts();
        if (!found.polluters.empty() || found.category == flake_category::seed) return;
        if (under.rate() <= test.baseline.rate()) return;
        text::repeat_options way;
        way.mode = test.by_start ? isolate::exec : isolate::by_default;
        way.conditions.push_back(test.shown_by->text);
        way.runs = std::max(tries, repro_runs(under, test.cost, suspect_runs::most_for_one));
        fixed_runs again(with_.list(), with_.out(), runs_.take_numbers(way.runs));
        again.add_runs(found.test, way.runs, 4, nullopt, way.mode);
        with_.run(again.tests(), again, again, condition_of(*test.shown_by));
        const run_counts counts = again.count(0, static_cast<std::size_t>(way.runs));
        if (counts.failures == 0 || counts.rate() < run_counts{found.repro_runs, found.repro_failures}.rate()) return;
        found.repro = with_.command(found.test, way);
        found.repro_runs = counts.runs;
        found.repro_failures = counts.failures;
        found.alone_runs = 0;
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    const select::setup_keys setups_;
    suspect_runs runs_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
