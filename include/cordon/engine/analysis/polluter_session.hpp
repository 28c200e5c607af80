#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/order_command.hpp>
#include <cordon/engine/analysis/order_runs.hpp>
#include <cordon/engine/analysis/polluter.hpp>
#include <cordon/engine/analysis/repeated_verdict.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/select/order.hpp>
#include <cordon/engine/text/flake_cause.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Finds out how other tests affect one (--find-polluter). If a test has run in a process, forked copies of that
/// process show what another test then does, and the process itself continues. So one pass through all tests shows
/// after which of them the victim's result changes. If the victim passes and fails alone, rates are compared.
class polluter_session {
  public:
    /// `order`: the tests that may affect the victim, in the order of their run. `within`: the time for comparing rates
    /// of a victim that is flaky alone. `is_quick`: of steady effects, one look at each test is enough.
    polluter_session(session_runner& with, const select::setup_keys& setups, std::size_t victim,
                     const vector<std::size_t>& order, duration within, bool is_quick = false)
        : with_(with), setups_(setups), within_(within), is_quick_(is_quick), runs_(with, victim), victim_(victim) {
        for (const std::size_t test : order) {
            const bool runs = !select::is_never_started(with_.list().tests[test]);
            if (test != victim && runs) others_.push_back(test);
        }
    }

    void run() {
        flake_summary found = examine();
        const run_counts& usual = with_.ledger().counts(victim_);
        const run_counts alone = usual.runs > found.runs ? usual : found.counts();
        const std::string reason = text::dependence_in_short(found, alone);
        count_all_runs(found, alone);
        const select::verdict_decision decision = verdict_by(alone, reason);
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(test_finished{victim_, decision.what, decision.reason});
        with_.finish({}, 0);
    }

    /// Returns the findings, without a verdict on them.
    flake_summary examine() {
        run_alone();
        if (alone_.runs != 0) look_at_others();
        flake_summary found;
        found.test = victim_;
        set_counts(found, alone_);
        found.details.before = alone_;
        found.details.too_slow = too_slow_;
        name_role(found);
        if (!depends()) return found;
        look_for_reversers();
        describe(found);
        verify(found);
        verify_contrast(found);
        return found;
    }

    order_role role() const { return role_; }

  private:
    bool depends() const { return role_ == order_role::victim || role_ == order_role::brittle; }

    /// `alone`: all usual runs of the session.
    select::verdict_decision verdict_by(const run_counts& alone, const std::string& reason) {
        // What was not looked into to its end is not known to be fine.
        if (!depends() && !with_.going()) {
            select::verdict_decision decision = with_.cut_off();
            if (alone.failures == 0) return decision;
            return {alone.mixed() ? verdict::flaky : verdict::failed, text::cut_off_in_words(alone, decision.reason)};
        }
        const ending shown = show_one_run();
        if (alone.runs == 0) return {shown == ending::skipped ? verdict::skipped : verdict::lost, reason};
        const bool fails_alone = !alone.mixed() && alone.failures != 0 && role_ != order_role::victim;
        if (fails_alone) return {verdict::failed, reason};
        return {depends() || alone.failures != 0 ? verdict::flaky : verdict::passed, reason};
    }

    using row = order_runs::row;

    static constexpr std::uint64_t tries = 10;

    bool is_steady() const { return !alone_.mixed(); }
    bool fails_alone() const { return is_steady() && alone_.failures != 0; }

    void run_alone() {
        const instant begun = with_.now();
        add_alone(runs_.after({}, tries));
        cost_ = (with_.now() - begun) / static_cast<std::int64_t>(tries);
        if (!is_steady()) settle_rate();
    }

    /// Enough runs for a comparison.
    void settle_rate() {
        if (alone_.runs < threshold::most_pairs) add_alone(runs_.after({}, threshold::most_pairs - alone_.runs));
    }

    /// Determining a rate takes more runs, so it needs a limit.
    void add_alone(const run_counts& more) {
        const bool was_steady = is_steady();
        alone_.add(more);
        if (was_steady && !is_steady()) runs_.end_at(with_.now() + within_);
    }

    void look_at_others() {
        const bool seemed_steady = is_steady();
        look_at_pairs();
        if (single_.empty()) look_at_rows();
        if (is_steady() || !seemed_steady || !single_.empty() || !group_.empty()) return;
        // Only now it has also had the other result alone.
        settle_rate();
        look_at_pairs();
        if (single_.empty()) look_at_rows();
    }

    /// True if the victim has another result after these tests than alone.
    bool differs_after(const row& before, std::size_t candidates, order_pairs& pairs) {
        const order_finding found = runs_.compare({}, before, is_steady(), candidates, pairs);
        add_alone(pairs.without);
        return found == order_finding::moved;
    }

    /// How often each of this many rows of that length is run, to find those that deserve more runs.
    std::uint64_t glances(std::size_t rows, std::size_t length, bool steady) const {
        constexpr std::uint64_t most = 20;
        const std::uint64_t most_steady = is_quick_ ? 1 : 5;
        const duration time = within_ * static_cast<std::int64_t>(with_.jobs()) / 4;
        const duration one = std::max(cost_, duration{1}) * static_cast<std::int64_t>(length);
        const std::uint64_t times = static_cast<std::uint64_t>(time / one) / std::max<std::uint64_t>(rows, 1);
        return steady ? std::max<std::uint64_t>(1, std::min(most_steady, times)) : std::min(most, times);
    }

    /// Each of the others, then the victim: finds all tests that change its result alone.
    void look_at_pairs() {
        const std::uint64_t times = glances(others_.size(), 2, is_steady());
        constexpr std::uint64_t too_few = 5;
        if (!is_steady() && times < too_few) {
            too_slow_ = true;
            return;
        }
        const vector<run_counts> seen = runs_.after_each(each_alone(others_), times);
        vector<std::size_t> candidates;
        in_rows_.clear();
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (may_depend(seen[i], alone_)) candidates.push_back(others_[i]);
            if (seen[i].runs != 0) in_rows_.push_back(others_[i]);
        }
        // A test that changes the result again does so by itself, not by accident.
        vector<std::size_t> lowering;
        for (const std::size_t each : candidates) {
            row one;
            one.push_back(each);
            order_pairs pairs;
            if (!differs_after(one, candidates.size(), pairs)) continue;
            if (single_.empty() && (pairs.raised() || lowering.empty())) first_seen_ = pairs;
            (pairs.raised() ? single_ : lowering).push_back(each);
        }
        raised_ = !single_.empty();
        if (single_.empty()) single_ = std::move(lowering);
    }

    static vector<row> each_alone(const vector<std::size_t>& tests) {
        vector<row> rows;
        for (const std::size_t test : tests) {
            rows.emplace_back();
            rows.back().push_back(test);
        }
        return rows;
    }

    /// True if the victim has another result after these. `any_way`: more failures or fewer.
    bool changes(const row& before, bool any_way = false) {
        order_pairs pairs;
        if (!differs_after(before, 1, pairs)) return false;
        if (!any_way && pairs.raised() != raised_) return false;
        raised_ = pairs.raised();
        first_seen_ = pairs;
        return true;
    }

    /// No single test has the effect; several together may. One pass through all of them, with a copy of the process
    /// for the victim after each, shows where its result changes. Then the tests up to there are reduced.
    void look_at_rows() {
        if (in_rows_.empty()) return;
        for (int reversed = 0; reversed < 2 && group_.empty() && single_.empty(); ++reversed) {
            row all = in_rows_;
            if (reversed != 0) std::reverse(all.begin(), all.end());
            if (const optional<std::size_t> at = first_change(all)) {
                all.resize(*at + 1);
                make_smaller(all);
            }
        }
    }

    optional<std::size_t> first_change(const row& all) {
        if (is_steady()) {
            const order_flips flips = flips_of(fails_alone(), runs_.along(all, fails_alone()));
            const vector<std::size_t>& changed = fails_alone() ? flips.to_passed : flips.to_failed;
            if (!changed.empty()) return changed.front();
        }
        // Copies may not show everything: threads are not copied.
        if (changes(all, true)) return all.size() - 1;
        return nullopt;
    }

    void make_smaller(const row& all) {
        vector<std::size_t> places(all.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = i;
        const auto tests_at = [&all](const vector<std::size_t>& which) {
            row tests;
            for (const std::size_t place : which)
                tests.push_back(all[place]);
            return tests;
        };
        if (!changes(all, true)) return;
        group_ = tests_at(needed_part(
            places, {}, [&](const vector<std::size_t>& some) { return runs_.has_time() && changes(tests_at(some)); }));
        not_made_smaller_ = !runs_.has_time();
        // A test with a rare effect may have been missed among the pairs.
        if (group_.size() == 1) single_ = std::move(group_);
    }

    /// Tests that undo the effect of the first one found.
    void look_for_reversers() {
        if (others_.size() > most_asked_to_undo) return;
        const row cause = this->cause();
        const std::uint64_t times = glances(others_.size(), cause.size() + 2, !first_seen_.with.mixed());
        if (times == 0) return;
        vector<std::size_t> between;
        vector<row> rows;
        for (const std::size_t other : others_) {
            if (std::find(cause.begin(), cause.end(), other) != cause.end()) continue;
            between.push_back(other);
            rows.push_back(cause);
            rows.back().push_back(other);
        }
        const vector<run_counts> seen = runs_.after_each(rows, times);
        vector<std::size_t> candidates;
        for (std::size_t i = 0; i < between.size(); ++i)
            if (may_depend(seen[i], first_seen_.with)) candidates.push_back(i);
        for (const std::size_t i : candidates) {
            order_pairs pairs;
            const bool steady = !first_seen_.with.mixed();
            const order_finding found = runs_.compare(cause, rows[i], steady, candidates.size(), pairs);
            if (found == order_finding::moved && pairs.raised() != raised_) reversers_.push_back(between[i]);
        }
    }

    row cause() const {
        if (single_.empty()) return group_;
        row first;
        first.push_back(single_.front());
        return first;
    }

    // ---- what was found ----

    void name_role(flake_summary& found) {
        if (!with_.going() && single_.empty() && group_.empty()) {
            role_ = order_role::unsteady;
            found.category = category_by_counts(alone_);
            return;
        }
        if (alone_.runs == 0) return name_role(found, order_role::unsteady, flake_cause::no_result_alone);
        if (!single_.empty() || !group_.empty()) {
            if (raised_) return name_role(found, order_role::victim, flake_cause::spoiled_by_others);
            return name_role(found, order_role::brittle, flake_cause::needs_others);
        }
        if (!is_steady()) return name_role(found, order_role::unsteady, flake_cause::unsteady_alone);
        name_role(found, order_role::independent,
                  fails_alone() ? flake_cause::fails_after_all : flake_cause::passes_after_all);
    }
    void name_role(flake_summary& found, order_role role, flake_cause cause) {
        role_ = role;
        found.set_cause(cause);
    }

    vector<std::string> names_of(const vector<std::size_t>& tests) const {
        vector<std::string> names;
        for (const std::size_t test : tests)
            names.push_back(text::full_name_of(with_.list().tests[test]));
        return names;
    }

    void describe(flake_summary& found) const {
        (raised_ ? found.polluters : found.state_setters) = names_of(single_.empty() ? group_ : single_);
        (raised_ ? found.cleaners : found.polluters) = names_of(reversers_);
        found.details.after = first_seen_.with;
        found.details.together = single_.empty();
        found.details.may_be_fewer = not_made_smaller_;
        found.details.not_asked = others_.size() > most_asked_to_undo ? others_.size() : 0;
    }

    // ---- the command that shows it ----

    /// Enough runs to show whether a command works.
    std::uint64_t shows_in() const { return is_steady() && !first_seen_.with.mixed() ? tries : threshold::most_pairs; }

    void verify(flake_summary& found) {
        const row before = role_ == order_role::brittle ? row() : cause();
        shown_ = runs_.after(before, shows_in());
        found.repro_runs = shown_.runs;
        found.repro_failures = shown_.failures;
        std::string command = order_command(with_, setups_, runs_.with_test(before));
        found.details.no_command = command.empty();
        if (shown_.failures != 0) found.repro = std::move(command);
    }

    /// The row with the opposite result: a state setter before a brittle test, or a cleaner between polluter and
    /// victim.
    void verify_contrast(flake_summary& found) {
        vector<row> rows;
        if (!raised_) {
            rows = each_alone(single_);
            if (single_.empty()) rows.push_back(group_);
        }
        for (const std::size_t cleaner : raised_ ? reversers_ : vector<std::size_t>()) {
            rows.push_back(cause());
            rows.back().push_back(cleaner);
        }
        constexpr std::size_t most = 5;
        for (std::size_t i = 0; i < rows.size() && i < most; ++i) {
            std::string command = order_command(with_, setups_, runs_.with_test(rows[i]));
            if (command.empty()) continue;
            const run_counts seen = runs_.after(rows[i], shows_in());
            if (!is_unlike(seen)) continue;
            found.contrasts.push_back({std::move(command), seen.runs, seen.failures});
            return;
        }
        found.details.no_contrast = !rows.empty() && runs_.has_time();
    }

    bool is_unlike(const run_counts& seen) const {
        if (seen.runs == 0 || seen.rate() >= shown_.rate()) return false;
        return seen.failures == 0 || fisher_exact(seen, shown_) < threshold::significant;
    }

    /// Reports show one run of the victim in full: a failed one, if possible. Returns how it ended.
    ending show_one_run() {
        fixed_runs last(with_.list(), with_.out());
        const row all = runs_.with_test(role_ == order_role::victim ? cause() : row());
        const std::size_t first = last.add_turn(victim_, order_runs::row_of(all));
        last.show(first + all.size() - 1);
        with_.run(last.tests(), last);
        return last[first + all.size() - 1].how;
    }

    session_runner& with_;
    const select::setup_keys setups_;
    const duration within_;
    const bool is_quick_;
    order_runs runs_;
    const std::size_t victim_;
    run_counts alone_;
    duration cost_{};      // of a run alone
    bool raised_ = false;  // after others it fails although it did not, or more often
    order_role role_ = order_role::independent;
    bool too_slow_ = false;
    bool not_made_smaller_ = false;
    vector<std::size_t> others_;
    vector<std::size_t> in_rows_;  // tests after which the victim can run in the same process
    vector<std::size_t> single_;   // each of them changes the victim's result
    vector<std::size_t> group_;    // together they do; only where none does alone
    order_pairs first_seen_;       // alone, and after the first of those or all of these
    run_counts shown_;             // by the command
    vector<std::size_t> reversers_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
