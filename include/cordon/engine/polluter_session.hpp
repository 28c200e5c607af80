#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/policy/order.hpp>
#include <cordon/engine/policy/polluter.hpp>
#include <cordon/engine/report/wording.hpp>
#include <cordon/engine/supervisor/trials.hpp>
#include <cordon/engine/waves.hpp>

#include <algorithm>
#include <string>
#include <utility>

namespace cordon::engine {

/// Finds out what other tests do to one (--find-polluter). Where a test has run in a process, forked copies of that
/// process show what another test then does, and the process itself goes on: one pass through all tests shows after
/// which of them the victim's result changes.
class polluter_session {
  public:
    polluter_session(waves& with, const policy::setup_keys& setups) : with_(with), setups_(setups) {}

    /// `order`: the tests that may have to do with it, as they are to run.
    void run(std::size_t victim, const vector<std::size_t>& order) {
        flake_summary found = examine(victim, order);
        const bool fails_alone =
            role_ == policy::order_role::brittle || (role_ == policy::order_role::independent && found.failures != 0);
        const bool depends = role_ != policy::order_role::independent && role_ != policy::order_role::unsteady;
        show_one_run(victim);
        test_finished end;
        end.test = victim;
        end.what = fails_alone ? verdict::failed : depends || found.failures != 0 ? verdict::flaky : verdict::passed;
        end.reason = in_short();
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(end);
        with_.finish({}, 0);
    }

    /// What is found, without a verdict on it.
    flake_summary examine(std::size_t victim, const vector<std::size_t>& order) {
        victim_ = victim;
        others_.clear();
        for (const std::size_t test : order) {
            const bool runs = !policy::is_never_started(with_.list().tests[test]);
            if (test != victim && runs) others_.push_back(test);
        }
        flake_summary found;
        found.test = victim;
        const policy::run_counts alone = run_alone();
        found.runs = alone.runs;
        found.failures = alone.failures;
        const policy::interval where = policy::wilson(alone);
        found.low = where.low;
        found.high = where.high;
        if (alone.mixed() || alone.runs == 0) return unsteady(std::move(found));
        fails_alone_ = alone.failures != 0;
        look_at_pairs();
        if (single_.empty()) look_at_rows();
        if (single_.empty() && group_.empty()) return independent(std::move(found));
        role_ = fails_alone_ ? policy::order_role::brittle : policy::order_role::victim;
        look_for_reversers();
        describe(found);
        tell_limits(found);
        verify(found);
        verify_contrast(found);
        return found;
    }

    policy::order_role role() const { return role_; }

    /// Tests one after another in a process of their own.
    static vector<supervisor::planned_run> row_of(const vector<std::size_t>& tests) {
        vector<supervisor::planned_run> row;
        for (const std::size_t test : tests) {
            supervisor::planned_run next;
            next.test = test;
            next.mode = isolate::shard;
            next.fresh = row.empty();
            row.push_back(next);
        }
        return row;
    }

  private:
    static constexpr std::uint64_t tries = 10;
    static constexpr const char* in_one_process = " --isolate=shard -j1";
    static constexpr std::size_t most_for_reversers = 2000;

    static void append_snapshot(vector<supervisor::planned_run>& row, std::size_t test) {
        supervisor::planned_run copy;
        copy.test = test;
        copy.mode = isolate::shard;
        copy.snapshot = true;
        row.push_back(copy);
    }
    vector<std::size_t> with_victim(vector<std::size_t> tests) const {
        tests.push_back(victim_);
        return tests;
    }

    policy::run_counts run_alone() {
        supervisor::trials alone(with_.list(), with_.out());
        for (std::uint64_t i = 0; i < tries; ++i)
            alone.add_turn(victim_, row_of(with_victim({})));
        with_.run(alone.tests(), alone);
        return alone.count(0, tries);
    }

    /// Each of the others, and then the victim: finds all that change its result by themselves.
    void look_at_pairs() {
        supervisor::trials pairs(with_.list(), with_.out());
        for (const std::size_t other : others_) {
            vector<std::size_t> one;
            one.push_back(other);
            pairs.add_turn(other, row_of(with_victim(one)));
        }
        with_.run(pairs.tests(), pairs);
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (!ended_in_order(pairs[2 * i])) continue;  // its process was gone before the victim's turn
            const supervisor::trials::outcome& after = pairs[2 * i + 1];
            if (after.ran && after.failed != fails_alone_) single_.push_back(others_[i]);
        }
        // What also changes the result at another try does so by itself, and not by accident.
        single_ = confirmed(single_);
    }

    static bool ended_in_order(const supervisor::trials::outcome& of) {
        return of.how == ending::passed || of.how == ending::failed || of.how == ending::skipped;
    }

    vector<std::size_t> confirmed(const vector<std::size_t>& candidates) {
        vector<std::size_t> kept;
        for (const std::size_t each : candidates) {
            vector<std::size_t> one;
            one.push_back(each);
            if (changes(one)) kept.push_back(each);
        }
        return kept;
    }

    /// Whether the victim's result is another one after these, three times out of three.
    bool changes(const vector<std::size_t>& before) {
        constexpr std::size_t times = 3;
        supervisor::trials tried(with_.list(), with_.out());
        const vector<supervisor::planned_run> row = row_of(with_victim(before));
        for (std::size_t i = 0; i < times; ++i)
            tried.add_turn(victim_, row);
        with_.run(tried.tests(), tried);
        for (std::size_t i = 1; i <= times; ++i) {
            const supervisor::trials::outcome& last = tried[i * row.size() - 1];
            if (!last.ran || last.failed == fails_alone_) return false;
        }
        return true;
    }

    /// No test does it alone: several together may. One pass through all of them, with a copy of the process for the
    /// victim after each, shows where its result changes; then the tests up to there are made fewer.
    void look_at_rows() {
        for (int reversed = 0; reversed < 2 && group_.empty(); ++reversed) {
            vector<std::size_t> row = others_;
            if (reversed != 0) std::reverse(row.begin(), row.end());
            if (const optional<std::size_t> at = first_change(row)) {
                row.resize(*at + 1);
                make_smaller(row);
            }
        }
    }

    optional<std::size_t> first_change(const vector<std::size_t>& row) {
        vector<supervisor::planned_run> runs;
        for (const std::size_t test : row) {
            supervisor::planned_run next;
            next.test = test;
            next.mode = isolate::shard;
            next.fresh = runs.empty();
            runs.push_back(next);
            append_snapshot(runs, victim_);
        }
        supervisor::trials pass(with_.list(), with_.out());
        pass.add_turn(victim_, std::move(runs));
        with_.run(pass.tests(), pass);
        vector<bool> failed;
        for (std::size_t i = 0; i < row.size() && ended_in_order(pass[2 * i]); ++i) {
            const supervisor::trials::outcome& seen = pass[2 * i + 1];
            failed.push_back(seen.ran ? seen.failed : fails_alone_);
        }
        const policy::order_flips flips = policy::flips_of(fails_alone_, failed);
        const vector<std::size_t>& changed = fails_alone_ ? flips.to_passed : flips.to_failed;
        if (!changed.empty()) return changed.front();
        // Copies may not show what a whole process would: threads are not copied.
        if (!row.empty() && changes(row)) return row.size() - 1;
        return nullopt;
    }

    void make_smaller(const vector<std::size_t>& row) {
        vector<std::size_t> places(row.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = i;
        const auto tests_at = [&row](const vector<std::size_t>& which) {
            vector<std::size_t> tests;
            for (const std::size_t place : which)
                tests.push_back(row[place]);
            return tests;
        };
        if (!changes(row)) return;
        group_ = tests_at(policy::needed_part(
            places, {}, [&](const vector<std::size_t>& some) { return with_.going() && changes(tests_at(some)); }));
    }

    /// Tests that undo what the first of the found ones does.
    void look_for_reversers() {
        if (others_.size() > most_for_reversers) return;
        const vector<std::size_t> cause = this->cause();
        supervisor::trials tried(with_.list(), with_.out());
        vector<std::size_t> between;
        vector<std::size_t> ends;
        for (const std::size_t other : others_) {
            if (std::find(cause.begin(), cause.end(), other) != cause.end()) continue;
            vector<std::size_t> row(cause);
            row.push_back(other);
            const std::size_t first = tried.add_turn(other, row_of(with_victim(row)));
            between.push_back(other);
            ends.push_back(first + row.size());
        }
        with_.run(tried.tests(), tried);
        for (std::size_t i = 0; i < between.size(); ++i) {
            const supervisor::trials::outcome& last = tried[ends[i]];
            if (ended_in_order(tried[ends[i] - 1]) && last.ran && last.failed == fails_alone_)
                reversers_.push_back(between[i]);
        }
    }

    vector<std::size_t> cause() const {
        if (single_.empty()) return group_;
        vector<std::size_t> first;
        first.push_back(single_.front());
        return first;
    }

    // ---- what to say of it ----

    std::string in_short() const {
        if (role_ == policy::order_role::unsteady) return "passes and fails alone";
        if (role_ == policy::order_role::independent)
            return fails_alone_ ? "fails alone, and after each other test" : "does not depend on other tests";
        const std::string after =
            single_.empty() ? counted(group_.size(), "other test") : "\"" + name_of(single_.front()) + "\"";
        return fails_alone_ ? "fails alone, passes after " + after : "passes alone, fails after " + after;
    }

    flake_summary unsteady(flake_summary found) {
        role_ = policy::order_role::unsteady;
        found.category = "flaky";
        found.explanation = found.runs == 0 ? "it has no result alone, so nothing can be said of others"
                                            : "it fails and passes alone already, " + counted(found.failures) + " of " +
                                                  counted(found.runs) +
                                                  " times: look into that first, with --flake-detect. Whether it fails "
                                                  "more often after other tests was not looked at";
        return found;
    }

    flake_summary independent(flake_summary found) {
        role_ = policy::order_role::independent;
        found.category = found.failures != 0 ? "failing" : "stable";
        found.explanation = found.failures != 0
                                ? "it fails alone and after each of the other tests: a plain failure"
                                : "it passes alone, after each of the other tests, and after the row of "
                                  "them all, in both directions";
        return found;
    }

    std::string name_of(std::size_t test) const { return report::full_name_of(with_.list().tests[test]); }

    vector<std::string> names_of(const vector<std::size_t>& tests) const {
        vector<std::string> names;
        for (const std::size_t test : tests)
            names.push_back(name_of(test));
        return names;
    }

    void describe(flake_summary& found) const {
        const vector<std::size_t> doing = single_.empty() ? group_ : single_;
        const std::string which = "only all of the " + counted(group_.size(), "test") + " named together do it";
        if (fails_alone_) {
            found.category = "brittle";
            found.explanation = "it fails alone, and passes in a process in which another test has run before: " +
                                std::string(single_.size() > 1 ? "each of the tests named is enough"
                                            : single_.empty()  ? which
                                                               : "the one named");
            found.state_setters = names_of(doing);
            found.polluters = names_of(reversers_);
            return;
        }
        found.category = "victim";
        found.explanation =
            "it passes alone, and fails in a process in which another test has left something behind: " +
            std::string(single_.size() > 1 ? "each of the tests named is enough"
                        : single_.empty()  ? which
                                           : "the one named");
        found.polluters = names_of(doing);
        found.cleaners = names_of(reversers_);
    }

    void tell_limits(flake_summary& found) const {
        if (others_.size() <= most_for_reversers) return;
        found.explanation += "; what undoes that was not looked for among " + counted(others_.size()) +
                             " tests: only up to " + counted(most_for_reversers) + " are";
    }

    // ---- the command that shows it ----

    void verify(flake_summary& found) {
        vector<std::size_t> row = with_victim(cause());
        if (role_ == policy::order_role::brittle) row = with_victim({});
        const policy::run_counts seen = tried(row);
        found.repro_runs = seen.runs;
        found.repro_failures = seen.failures;
        const optional<std::string> order = order_option(row);
        if (order) {
            if (seen.failures != 0) found.repro = with_.command(row, in_one_process + *order);
        } else {
            found.explanation += "; no order that can be asked for runs just these so: there is no command to show it";
        }
    }

    /// The row in which it is otherwise: what a brittle test needs before it, and a cleaner between polluter and
    /// victim.
    void verify_contrast(flake_summary& found) {
        vector<vector<std::size_t>> rows;
        if (fails_alone_) {
            for (const std::size_t setter : single_)
                rows.push_back({setter, victim_});
            if (single_.empty()) rows.push_back(with_victim(group_));
        }
        for (const std::size_t cleaner : fails_alone_ ? vector<std::size_t>() : reversers_) {
            rows.push_back(cause());
            rows.back().push_back(cleaner);
            rows.back().push_back(victim_);
        }
        constexpr std::size_t most = 5;
        for (std::size_t i = 0; i < rows.size() && i < most; ++i) {
            const optional<std::string> order = order_option(rows[i]);
            if (!order) continue;
            const policy::run_counts seen = tried(rows[i]);
            if (seen.runs == 0 || seen.failures != 0) continue;
            found.contrasts.push_back({with_.command(rows[i], in_one_process + *order), seen.runs, 0});
            return;
        }
        if (!rows.empty() && with_.going())
            found.explanation += "; no command that runs " + std::string(fails_alone_ ? "what it needs" : "a cleaner") +
                                 " before it was found to make it pass";
    }

    /// What becomes of the last of these, in processes in which the others have run before it.
    policy::run_counts tried(const vector<std::size_t>& row) {
        supervisor::trials again(with_.list(), with_.out());
        const vector<supervisor::planned_run> runs = row_of(row);
        for (std::uint64_t i = 0; i < tries; ++i)
            again.add_turn(victim_, runs);
        with_.run(again.tests(), again);
        policy::run_counts seen;
        for (std::uint64_t i = 1; i <= tries; ++i) {
            const supervisor::trials::outcome& last = again[i * row.size() - 1];
            if (last.ran) seen.add(last.failed);
        }
        return seen;
    }

    /// An order that the command line can ask for, in which these run as they stand here.
    optional<std::string> order_option(const vector<std::size_t>& row) const {
        constexpr std::uint64_t most_seeds = 2000;
        if (runs_so(row, test_order::declared, 0)) return std::string();
        if (runs_so(row, test_order::name, 0)) return std::string(" --order=name");
        for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) {
            if (runs_so(row, test_order::random, seed)) return " --order=random --seed=" + std::to_string(seed);
        }
        return nullopt;
    }

    bool runs_so(const vector<std::size_t>& row, test_order how, std::uint64_t seed) const {
        std::size_t next = 0;
        for (const std::size_t test : policy::order_of(with_.list(), how, seed, setups_)) {
            const auto at = std::find(row.begin(), row.end(), test);
            if (at == row.end()) continue;
            if (at != row.begin() + static_cast<std::ptrdiff_t>(next)) return false;
            ++next;
        }
        return next == row.size();
    }

    /// Reports show one run of the victim in full: a failed one, if it can be made to fail.
    void show_one_run(std::size_t victim) {
        supervisor::trials last(with_.list(), with_.out());
        vector<std::size_t> row = with_victim({});
        if (role_ == policy::order_role::victim) row = with_victim(cause());
        const std::size_t first = last.add_turn(victim, row_of(row));
        last.show(first + row.size() - 1);
        with_.run(last.tests(), last);
    }

    waves& with_;
    const policy::setup_keys setups_;
    std::size_t victim_ = 0;
    bool fails_alone_ = false;
    policy::order_role role_ = policy::order_role::independent;
    vector<std::size_t> others_;
    vector<std::size_t> single_;  // each of them changes the victim's result
    vector<std::size_t> group_;   // together they do; only where none does alone
    vector<std::size_t> reversers_;
};

}  // namespace cordon::engine
