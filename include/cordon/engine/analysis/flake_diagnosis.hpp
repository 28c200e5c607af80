#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/collision_check.hpp>
#include <cordon/engine/analysis/confirm_trials.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/name_cause.hpp>
#include <cordon/engine/analysis/pair_check.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/suspect_runs.hpp>
#include <cordon/engine/analysis/world_check.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Finds out why tests are flaky (--flake-diagnose): runs them under one condition after another and compares each with
/// runs without a condition, within a time. Tests that never fail are run in a changed world.
class flake_diagnosis {
  public:
    flake_diagnosis(session_runner& with, const flake_hunt& hunt, const collision_check& collisions, instant end)
        : with_(with), hunt_(hunt), collisions_(collisions), runs_(with, hunt, end) {}

    void run(vector<flake_summary>& found) {
        for (flake_summary& each : found)
            add_suspect(each);
        check_world(found);
        if (runs_.all.empty()) return;
        explore(found);
        confirm_trials(with_, hunt_, runs_).run();
        look_closer();
        for (suspect& each : runs_.all)
            explain(each);
    }

    /// The condition that shows the cause of that test, and the other test; each may be missing.
    const suspect* known_about(const flake_summary& test) const {
        for (const suspect& each : runs_.all)
            if (each.found == &test) return &each;
        return nullptr;
    }

    /// Further runs must have other numbers.
    std::uint32_t next_number() { return runs_.take_numbers(0); }

  private:
    /// Few runs under everything suggest what to look at; a part of the time is left to see it again.
    void explore(vector<flake_summary>& found) {
        const instant end = runs_.end();
        runs_.end_at(with_.now() + runs_.part(0.7));
        if (varies_all()) try_pairs(found);
        set_baselines();
        const auto has_neighbor = [this](const suspect& test) {
            return !pair_check::suspects_of(hunt_.evidence(test.found->test)).empty();
        };
        if (wants(condition_kind::alone)) try_alone(has_neighbor);
        if (varies_all()) {
            try_group(condition_kind::delays, 0.2);
            try_one_processor(0.25);
            try_group(condition_kind::memory, 0.12);
            // It is what it was when the test failed.
            try_group(condition_kind::environment, 0.06);
        }
        try_conditions(0);
        if (wants(condition_kind::alone)) try_alone([this](const suspect& test) { return !is_explained(test); });
        for (int round = 1; round < rounds; ++round)
            try_conditions(round);
        if (wants(condition_kind::twins)) try_twins();
        compare();
        runs_.end_at(end);
    }

    static constexpr int rounds = 3;

    /// What is left of the time goes to those that are not explained, under the conditions that changed them most.
    void look_closer() {
        duration before{};
        duration left = runs_.part(1);
        // Ends if there is time for no run more.
        while (left > std::chrono::milliseconds(500) && left != before && with_.going()) {
            const instant end = runs_.end();
            runs_.end_at(with_.now() + runs_.part(0.6));
            const bool some = try_conditions(rounds - 1);
            runs_.end_at(end);
            if (!some) return;
            confirm_trials(with_, hunt_, runs_).run();
            before = std::exchange(left, runs_.part(1));
        }
    }

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
        if (test.by_time || test.by_others || test.partner) return false;
        if (test.by_start) return row_of(what.kind)->may_be_of_start;
        if (!varies_all()) return true;
        const condition_kind group = group_of(what.kind);
        const condition_kind decisive = decisive_group(test);
        return decisive == condition_kind::unknown ? !is_without_effect(test, group) : group == decisive;
    }

    /// A group with an effect beyond doubt: nothing else needs to be tried.
    static condition_kind decisive_group(const suspect& test) {
        for (const condition_kind group : condition_groups) {
            const flake_trial* tried = test.find_trial(group);
            if (tried == nullptr || tried->counts().rate() <= test.baseline.rate()) continue;
            if (fisher_exact(tried->counts(), test.baseline) < threshold::beyond_doubt) return group;
        }
        return condition_kind::unknown;
    }

    void add_suspect(flake_summary& found) {
        const flake_evidence& seen = hunt_.evidence(found.test);
        if (!seen.counts().mixed()) return;
        suspect made;
        made.found = &found;
        made.baseline = seen.counts();
        made.cost = seen.progress.cost();
        made.by_start = seen.differs_between_workers();
        made.by_time = seen.keeps_to_time();
        made.partner = collisions_.partner_of(found.test);
        if (made.by_start) made.cost += hunt_.start_cost();
        runs_.all.push_back(std::move(made));
    }

    /// All conditions of the group together were tried, and made no difference.
    static bool is_without_effect(const suspect& test, condition_kind group) {
        const flake_trial* tried = test.find_trial(group);
        return tried != nullptr && fisher_exact(tried->counts(), test.baseline) >= threshold::worth_a_look;
    }

    // ---- tests that never fail ----

    /// Chosen conditions are all tried on all tests; otherwise those that may decide, and then those that delay.
    void check_world(vector<flake_summary>& found) {
        vector<variation> worth, delays;
        for (const variation& each : conditions()) {
            const condition_row& row = *row_of(each.kind);
            if (!varies_all() || row.may_decide) {
                worth.push_back(each);
            } else if (row.what == disturbs::timing) {
                delays.push_back(each);
            }
        }
        worth.append(delays.begin(), delays.end());
        const instant end = runs_.all.empty() ? runs_.end() : with_.now() + runs_.part(0.3);
        const std::uint32_t next = world_check(with_, hunt_, end).run(found, worth, runs_.take_numbers(0));
        runs_.take_numbers(next - runs_.take_numbers(0));
    }

    // ---- one after the other ----

    /// Runs without a condition, in the same way as with conditions: the search has run the tests differently, and
    /// beside others.
    void set_baselines() {
        runs_.tell("without a condition");
        const vector<run_counts> counts = runs_.measure(
            with_.chosen().under, [](const suspect& each) { return !each.by_time && !each.partner; }, runs_.part(0.18),
            0.5);
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            suspect& each = runs_.all[i];
            if (counts[i].runs == 0) {
                // The time may have decided, which only fresh starts tell.
                each.by_start = false;
                continue;
            }
            if (!each.by_start) {
                each.by_others = fails_beside_others_only(each.baseline, counts[i]);
                if (!each.by_others) each.baseline = joined_baseline(each.baseline, counts[i]);
                continue;
            }
            // If many starts in a row have the same result, the start did not cause the difference.
            each.by_time = starts_keep_to_time(runs_.starts_failed(i), each.baseline.rate());
            // Starts that do not differ do not show that it is the start.
            each.by_start = !each.by_time && counts[i].mixed();
            each.baseline = counts[i];
        }
    }

    /// Rare failures first: among many tests two that collide rarely meet.
    void try_pairs(vector<flake_summary>& found) {
        if (with_.jobs() < 2) return;
        vector<suspect*> asked;
        for (suspect& each : runs_.all)
            if (each.varies_by_itself()) asked.push_back(&each);
        sort(asked, [](const suspect* a, const suspect* b) { return a->baseline.rate() < b->baseline.rate(); });
        const instant end = with_.now() + runs_.part(0.2);
        for (std::size_t i = 0; i < asked.size() && with_.now() < end; ++i) {
            runs_.tell("beside the test that it failed beside");
            pair_check(with_, hunt_, runs_, found).run(*asked[i], end);
        }
    }

    /// Effects of other tests come and go with them: a test that fails because of others shows nothing else. Others
    /// share files and ports with a test, and keep the processors busy. So a test that fails less alone is run alone
    /// with processes that only keep the processors busy.
    template <class Choose>
    void try_alone(Choose chooses) {
        runs_.tell("alone");
        const auto wanted = [&](const suspect& test) {
            const bool asked = test.by_others || test.partner || test.find_trial(condition_kind::alone) != nullptr;
            return test.varies_by_itself() && !asked && chooses(test);
        };
        vary(condition_kind::alone, wanted, runs_.part(0.2), 0.5);
        compare();
        vary(
            condition_kind::alone_and_busy,
            [](const suspect& each) {
                const flake_trial* alone = each.find_trial(condition_kind::alone);
                const bool asked = each.find_trial(condition_kind::alone_and_busy) != nullptr;
                return alone != nullptr && !asked && alone->moved && lowers(alone, each.baseline);
            },
            runs_.part(0.15), 0.5);
        compare();
        for (suspect& each : runs_.all)
            each.by_others = each.by_others || is_for_others(each.found->trials, each.baseline);
    }

    /// All conditions of a group at once; only if that has an effect, one after another.
    /// All conditions of a group at once, if the system offers all of them.
    void try_group(condition_kind group, double part) {
        const vector<variation> offered = conditions();
        for (const std::string& each : conditions_in(variation(group))) {
            const auto is_it = [kind = variation(each).kind](const variation& other) { return other.kind == kind; };
            if (std::none_of(offered.begin(), offered.end(), is_it)) return;
        }
        runs_.tell("all " + std::string(name_of(group)) + " at once");
        add(variation(group), runs_.measure(condition_of(group), is_undecided, runs_.part(part), 0.4));
    }

    /// Threads that race need two: that most flaky tests are asked before all else is worth its time.
    void try_one_processor(double part) {
        for (const variation& each : conditions()) {
            if (each.kind != condition_kind::cpus) continue;
            runs_.tell(each.text);
            vary(each, is_undecided, runs_.part(part), 0.5);
        }
    }

    static bool is_undecided(const suspect& each) {
        return each.varies_by_itself() && !each.by_others && !each.partner &&
               decisive_group(each) == condition_kind::unknown;
    }

    /// First all of them with a few runs; then, with more runs each time, those that changed the rate most. Few runs
    /// suggest the candidates, many runs decide.
    /// Returns false if there is nothing to ask.
    bool try_conditions(int round) {
        constexpr double parts[rounds] = {0.45, 0.4, 0.6};
        const vector<variation> all = conditions();
        vector<vector<variation>> asked;
        std::size_t asks = 0;
        for (const suspect& each : runs_.all) {
            asked.push_back(asked_of(each, all, round));
            if (!asked.back().empty()) asks += asked.back().size() + (round == 0 ? 0 : 1);
        }
        if (asks == 0) return false;
        const auto share = [&](std::size_t of, duration time) {
            return time * static_cast<std::int64_t>(of) / static_cast<std::int64_t>(asks);
        };
        const duration time = runs_.part(parts[round]);
        if (round != 0) more_without(asked, share(runs_.all.size(), time));
        for (const variation& what : all) {
            const auto is_asked = [&](const suspect& each) {
                const vector<variation>& under = asked[static_cast<std::size_t>(&each - runs_.all.data())];
                return std::find(under.begin(), under.end(), what) != under.end();
            };
            const auto count = static_cast<std::size_t>(std::count_if(runs_.all.begin(), runs_.all.end(), is_asked));
            if (count == 0 || !runs_.has_time()) continue;
            runs_.tell(what.text);
            vary(what, is_asked, share(count, time), round == 0 ? 0.4 : 1);
        }
        compare();
        return true;
    }

    vector<variation> asked_of(const suspect& test, const vector<variation>& all, int round) const {
        vector<variation> asked;
        if (round != 0 && is_explained(test)) return asked;
        const vector<variation> promising = most_promising(test.found->trials, test.baseline);
        for (const variation& each : all) {
            if (!concerns(test, each)) continue;
            const flake_trial* known = test.find_trial(each);
            const bool is_open = known == nullptr || known->runs < 2 * trial_runs(test.baseline);
            const bool may_tell = std::find(promising.begin(), promising.end(), each) != promising.end();
            if (known == nullptr || (may_tell && is_open)) asked.push_back(each);
        }
        return asked;
    }

    /// Between the conditions: the machine itself changes meanwhile.
    void more_without(const vector<vector<variation>>& asked, duration within) {
        runs_.tell("without a condition");
        const vector<run_counts> without = runs_.measure(
            with_.chosen().under,
            [&](const suspect& each) { return !asked[static_cast<std::size_t>(&each - runs_.all.data())].empty(); },
            within);
        for (std::size_t i = 0; i < runs_.all.size(); ++i)
            runs_.all[i].baseline.add(without[i]);
    }

    void try_twins() {
        runs_.tell("beside itself");
        vary(
            condition_kind::twins,
            [&](const suspect& test) { return test.varies_by_itself() && !test.partner && !is_explained(test); },
            runs_.part(0.8), 0.5);
    }

    void compare() {
        for (suspect& each : runs_.all)
            analysis::compare(each.found->trials, each.baseline);
    }

    template <class Wanted>
    void vary(const variation& what, Wanted wanted, duration within, double times = 1) {
        add(what, runs_.ask(what, wanted, within, times));
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
        test.found->trials.emplace_back();
        test.found->trials.back().condition = what;
        return test.found->trials.back();
    }

    bool is_explained(const suspect& test) const {
        if (test.found->category == flake_category::seed || test.partner) return true;
        const named_cause cause = name_cause(hunt_.evidence(test.found->test), test.baseline, test.found->trials);
        return !row_of(category_of(cause.what)).leaves_conditions_open;
    }

    // ---- what it means ----

    void explain(suspect& test) {
        flake_summary& found = *test.found;
        note_untried(test);
        if (found.category == flake_category::seed) return;  // known for certain
        if (test.by_time) return found.set_cause(flake_cause::bursts_over_starts);
        if (test.partner) return found.set_cause(flake_cause::beside_another);
        const named_cause cause = name_cause(hunt_.evidence(found.test), test.baseline, found.trials);
        if (cause.shown_by != nullptr) test.shown_by = cause.shown_by->condition;
        if (cause.what == flake_cause::none) return;
        const bool finds_nothing = cause.what == flake_cause::nothing_moves_it;
        const bool seems_of_start = category_of(cause.what) == flake_category::start_up && !test.by_start;
        const bool not_all = seems_of_start || (finds_nothing && (!found.not_tried.empty() || !with_.going()));
        found.set_cause(not_all ? flake_cause::not_all_tried : cause.what);
    }

    /// What was not tried is told as that.
    void note_untried(suspect& test) const {
        for (const variation& each : conditions()) {
            const bool in_group = varies_all() && is_without_effect(test, group_of(each.kind));
            if (!in_group && test.find_trial(each) == nullptr) test.found->not_tried.push_back(each.text);
        }
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    const collision_check& collisions_;
    suspect_runs runs_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
