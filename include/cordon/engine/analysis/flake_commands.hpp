#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/suspect_runs.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <algorithm>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// What is known about a test that a command should show.
struct command_hint {
    optional<variation> shown_by;   ///< the condition under which it fails, or fails more
    optional<std::size_t> partner;  ///< the test beside which it fails
    bool by_start = false;          ///< what a start of the program draws decides
    run_counts expected;            ///< its runs in that way
};

/// Finds commands that reproduce a flaky test's failure. Each is tried as the user will run it before it is
/// recommended, twice and from new workers: what happened to be drawn at the start of one worker must not decide. A
/// command makes so many runs that it shows a failure in 19 of 20 cases, or there is none.
class flake_commands {
  public:
    /// `selected` are the tests of this run. Nothing begins after `end`.
    flake_commands(session_runner& with, const flake_hunt& hunt, const vector<std::size_t>& selected, instant end)
        : with_(with), hunt_(hunt), selected_(selected), end_(end) {}

    /// Tests for which the seed decides; what else explains them need not be looked for.
    void try_seeds(vector<flake_summary>& found, instant until) {
        vector<flake_summary*> flaky;
        for (flake_summary& each : found) {
            first_number_ = std::max(first_number_, hunt_.evidence(each.test).given + 1);
            if (hunt_.evidence(each.test).counts().mixed()) flaky.push_back(&each);
        }
        if (!flaky.empty()) try_seeds_of(flaky, until);
    }

    /// For each test that fails in some way and has no command; `hints` has a row for each test.
    void find(vector<flake_summary>& found, const vector<command_hint>& hints, std::uint32_t first_number) {
        first_number_ = std::max(first_number_, first_number);
        vector<flake_summary*> open;
        vector<const command_hint*> known;
        for (std::size_t i = 0; i < found.size(); ++i) {
            const bool fails = with_.ledger().counts(found[i].test).mixed() || hints[i].shown_by;
            if (!fails || !found[i].repro.empty()) continue;
            open.push_back(&found[i]);
            known.push_back(&hints[i]);
        }
        // The last third is for what fails only among the others.
        const instant end = end_ - std::max(end_ - with_.now(), duration{}) / 3;
        try_pairs(open, known, end);
        while (!waiting_.empty() && with_.going() && with_.now() < end)
            try_batch(end);
        try_among(open);
    }

  private:
    /// A command is worth printing if it failed this often when it was tried: then it fails at least once in 95 of 100
    /// cases.
    static constexpr std::uint64_t sure = 3;
    static constexpr std::uint64_t aimed_at = 7;
    static constexpr std::uint64_t tries = 6;
    static constexpr std::uint64_t several_turns = 8;

    const flake_evidence& evidence(const flake_summary& of) const { return hunt_.evidence(of.test); }

    static bool holds(const run_counts& first, const run_counts& second) {
        return first.failures != 0 && second.failures != 0 && first.failures + second.failures >= sure;
    }

    // ---- the seed ----

    /// The seed decides if a failed run's seed always fails and a passed run's seed never does. All tests are checked
    /// at once. If a seed seems to decide, the command is tried by itself.
    void try_seeds_of(const vector<flake_summary*>& flaky, instant until) {
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(until);
        vector<std::size_t> first;
        for (const flake_summary* each : flaky) {
            const bool is_dear = evidence(*each).progress.cost() > std::chrono::milliseconds(100);
            const std::uint64_t times = is_dear ? tries / 2 : tries;
            first.push_back(again.add_runs(each->test, times, 1, evidence(*each).failing_seed));
            again.add_runs(each->test, times, 1, evidence(*each).passing_seed);
        }
        with_.run(again.tests(), again);
        for (std::size_t i = 0; i < flaky.size(); ++i) {
            const bool is_dear = evidence(*flaky[i]).progress.cost() > std::chrono::milliseconds(100);
            const std::size_t times = is_dear ? tries / 2 : tries;
            const run_counts failing = again.count(first[i], times);
            const run_counts passing = again.count(first[i] + times, times);
            if (failing.failures == times && passing.runs == times && passing.failures == 0) try_seed(*flaky[i]);
        }
    }

    void try_seed(flake_summary& of) {
        const optional<std::uint64_t> seed = evidence(of).failing_seed;
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.add_runs(of.test, tries, 1, seed);
        with_.run(again.tests(), again);
        const run_counts seen = again.count(0, tries);
        if (seen.failures != tries) return;
        of.set_cause(flake_cause::seed_decides);
        text::repeat_options way = given(false);
        way.conditions.push_back("seed=" + std::to_string(*seed));
        recommend(of, with_.command(of.test, way), seen);
    }

    // ---- one test ----

    /// A command that was not tried yet.
    struct candidate {
        flake_summary* of;
        const command_hint* hint;
        optional<variation> under;  ///< nothing: as usual
        text::repeat_options way;
    };

    void want(flake_summary& of, const command_hint& hint, const optional<variation>& under) {
        candidate made{&of, &hint, under, given(hint.by_start || evidence(of).differs_between_workers())};
        if (under)
            for (std::string& each : conditions_in(*under))
                made.way.conditions.push_back(std::move(each));
        waiting_.push_back(std::move(made));
    }

    /// Pairs have a run of their own; all others wait for a batch.
    void try_pairs(const vector<flake_summary*>& open, const vector<const command_hint*>& known, instant end) {
        for (std::size_t i = 0; i < open.size(); ++i) {
            const bool varied = known[i]->shown_by && !conditions_in(*known[i]->shown_by).empty();
            if (known[i]->partner) {
                if (with_.going())
                    try_beside(*open[i], *known[i], (end - with_.now()) / static_cast<int>(open.size() - i));
            } else if (varied) {
                want(*open[i], *known[i], known[i]->shown_by);
            } else {
                want(*open[i], *known[i], nullopt);
            }
        }
    }

    /// All commands under the first one's condition, one after the other, so that each test is alone. Twice, each time
    /// from new workers. A test whose command does not hold is tried as usual in the next batch.
    void try_batch(instant end) {
        vector<candidate> batch, others;
        const optional<variation> under = waiting_.front().under;
        for (candidate& each : waiting_)
            (each.under == under ? batch : others).push_back(std::move(each));
        const auto share =
            static_cast<std::int64_t>(batch.size()) * 100 / static_cast<std::int64_t>(batch.size() + others.size());
        const duration within = (end - with_.now()) * share / 100;
        waiting_ = std::move(others);
        run_shares shares(within);
        for (const candidate& each : batch) {
            const run_counts expected = under ? each.hint->expected : evidence(*each.of).counts();
            shares.add(wanted_runs(expected), cost_of(each));
        }
        const vector<std::uint64_t> runs = shares.divided();
        with_.phase().doing = "trying commands";
        const vector<run_counts> first = half(batch, runs, under, within);
        const vector<run_counts> second = half(batch, runs, under, within);
        for (std::size_t i = 0; i < batch.size(); ++i)
            conclude(batch[i], first[i], second[i]);
    }

    void conclude(candidate& tried, const run_counts& first, const run_counts& second) {
        const run_counts all{first.runs + second.runs, first.failures + second.failures};
        flake_summary& of = *tried.of;
        if (holds(first, second)) {
            of.alone_runs = of.alone_failures = 0;
            tried.way.runs = all.runs;
            return recommend(of, with_.command(of.test, tried.way), all);
        }
        if (!tried.under) {
            of.alone_runs = all.runs;
            of.alone_failures = all.failures;
        } else if (with_.ledger().counts(of.test).mixed()) {
            want(of, *tried.hint, nullopt);
        }
    }

    duration cost_of(const candidate& of) const {
        const duration start = of.way.mode == isolate::exec ? hunt_.start_cost() : duration{};
        return std::max<duration>(evidence(*of.of).progress.cost() + start, duration{1});
    }

    /// Runs that show enough failures; ten show whether it fails each time.
    static std::uint64_t wanted_runs(const run_counts& expected) {
        const double rate = std::max(expected.rate(), 1e-6);
        const auto wanted = static_cast<std::uint64_t>(std::min(static_cast<double>(aimed_at) / rate, 1e6)) + 1;
        return std::max<std::uint64_t>(10, wanted);
    }

    vector<run_counts> half(const vector<candidate>& batch, const vector<std::uint64_t>& runs,
                            const optional<variation>& under, duration within) {
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(std::min(end_, with_.now() + within));
        vector<std::size_t> first;
        for (std::size_t i = 0; i < batch.size(); ++i) {
            const std::uint64_t some = (runs[i] + 1) / 2;
            const std::size_t a_turn = turn_size(evidence(*batch[i].of).progress);
            first.push_back(again.add_runs(batch[i].of->test, some, a_turn, nullopt, batch[i].way.mode));
            first_number_ += static_cast<std::uint32_t>(some);
        }
        with_.run(again.tests(), again, again, under ? condition_of(*under) : with_.chosen().under, 1);
        vector<run_counts> counts;
        for (std::size_t i = 0; i < batch.size(); ++i)
            counts.push_back(again.count(first[i], static_cast<std::size_t>((runs[i] + 1) / 2)));
        return counts;
    }

    // ---- several tests ----

    void try_beside(flake_summary& of, const command_hint& hint, duration share) {
        const std::size_t partner = *hint.partner;
        const duration slower = std::max(hunt_.evidence(partner).progress.cost(), evidence(of).progress.cost());
        const auto affordable = static_cast<std::uint64_t>(std::max(share, duration{}) / std::max(slower, duration{1}));
        text::repeat_options way = given_here();
        way.jobs = 2;
        // How often the two meet is chance.
        way.runs = std::min<std::uint64_t>(2 * wanted_runs(hint.expected), affordable + 10);
        way.runs += way.runs % 2;
        vector<std::size_t> both;
        both.push_back(of.test);
        both.push_back(partner);
        const run_counts first = run_all(both, way.runs / 2)[of.test];
        const run_counts second = run_all(both, way.runs / 2)[of.test];
        if (!holds(first, second)) return;
        recommend(of, with_.command(both, way), {first.runs + second.runs, first.failures + second.failures});
    }

    /// A test that does not fail alone may need the other tests at the same time: runs everything that this run has
    /// selected.
    void try_among(const vector<flake_summary*>& open) {
        const duration enough = std::max(end_ - with_.now(), duration{}) / 2;
        duration a_round{1};
        for (const std::size_t test : selected_)
            a_round += hunt_.evidence(test).progress.cost();
        a_round /= static_cast<int>(with_.jobs());
        std::uint64_t runs = 0;
        for (const flake_summary* each : open) {
            if (each->alone_runs == 0 || !each->repro.empty()) continue;
            const auto affordable = static_cast<std::uint64_t>(enough / a_round);
            runs = std::max(runs, std::min(affordable, wanted_runs(evidence(*each).counts())));
            // The tests beside it change from turn to turn, so it needs several turns.
            runs = std::max(runs, std::min(affordable, several_turns * turn_size(evidence(*each).progress)));
        }
        if (runs == 0 || selected_.size() < 2 || a_round * static_cast<std::int64_t>(runs) > 2 * enough) return;
        text::repeat_options way = given_here();
        way.runs = 2 * ((runs + 1) / 2);
        vector<run_counts> halves[2];
        for (vector<run_counts>& each : halves)
            each = run_all(selected_, (runs + 1) / 2);
        for (flake_summary* each : open) {
            if (each->alone_runs == 0 || !each->repro.empty()) continue;
            const run_counts& first = halves[0][each->test];
            const run_counts& second = halves[1][each->test];
            each->repro_runs = first.runs + second.runs;
            each->repro_failures = first.failures + second.failures;
            if (holds(first, second)) each->repro = with_.command_for_all(selected_, way);
        }
    }

    /// By number of the test.
    vector<run_counts> run_all(const vector<std::size_t>& tests, std::uint64_t runs) {
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(end_);
        vector<std::size_t> first(with_.list().tests.size());
        for (const std::size_t test : tests) {
            if (select::is_never_started(with_.list().tests[test])) continue;
            first[test] = again.add_runs(test, runs, turn_size(hunt_.evidence(test).progress), nullopt);
        }
        first_number_ += static_cast<std::uint32_t>(runs * tests.size());
        with_.run(again.tests(), again);
        vector<run_counts> counts(with_.list().tests.size());
        for (const std::size_t test : tests)
            if (!select::is_never_started(with_.list().tests[test]))
                counts[test] = again.count(first[test], static_cast<std::size_t>(runs));
        return counts;
    }

    // ---- the command line ----

    /// Options of this run that affect its runs. `starts`: each run needs a start of the program.
    text::repeat_options given(bool starts) const {
        text::repeat_options way = given_here();
        way.jobs = 0;
        if (starts) way.mode = isolate::exec;
        return way;
    }
    text::repeat_options given_here() const {
        text::repeat_options way;
        way.jobs = with_.chosen().jobs;
        way.mode = with_.chosen().isolation;
        way.conditions = with_.chosen().conditions;
        return way;
    }

    static void recommend(flake_summary& of, std::string command, const run_counts& tried) {
        of.repro = std::move(command);
        of.repro_runs = tried.runs;
        of.repro_failures = tried.failures;
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    const vector<std::size_t>& selected_;
    instant end_;
    vector<candidate> waiting_;
    std::uint32_t first_number_ = 1;  // attempts with other numbers than in the search have other seeds
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
