#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <algorithm>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Finds commands that reproduce a flaky test's failure. Each is tried as the user will run it, before it is
/// recommended: first commands for one test alone; if they show nothing, all tests of this run.
class flake_commands {
  public:
    /// `selected` are the tests of this run.
    flake_commands(session_runner& with, const flake_hunt& hunt, const vector<std::size_t>& selected)
        : with_(with), hunt_(hunt), selected_(selected) {}

    void find(vector<flake_summary>& found) {
        vector<flake_summary*> flaky;
        for (flake_summary& each : found) {
            if (hunt_.evidence(each.test).counts().mixed()) flaky.push_back(&each);
            first_number_ = std::max(first_number_, hunt_.evidence(each.test).given + 1);
        }
        if (flaky.empty()) return;
        try_seeds(flaky);
        const instant end = with_.now() + budget();
        for (std::size_t i = 0; i < flaky.size(); ++i) {
            if (flaky[i]->repro.empty()) try_alone(*flaky[i], (end - with_.now()) / static_cast<int>(flaky.size() - i));
        }
        try_among(flaky);
    }

  private:
    static constexpr duration for_one = std::chrono::milliseconds(450);

    /// For each kind of command, for all tests together: time that fast tests do not need goes to slow ones.
    duration budget() const { return std::max<duration>(with_.chosen().flake_time / 2, std::chrono::seconds(2)); }

    const flake_evidence& evidence(const flake_summary& of) const { return hunt_.evidence(of.test); }

    // ---- the seed ----

    /// The seed decides if a failed run's seed always fails and a passed run's seed never does. All tests are checked
    /// at once. If a seed seems to decide, the command is tried by itself.
    void try_seeds(const vector<flake_summary*>& flaky) {
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(with_.now() + budget());
        vector<std::size_t> first;
        for (const flake_summary* each : flaky) {
            first.push_back(again.add_runs(each->test, tries, 1, evidence(*each).failing_seed));
            again.add_runs(each->test, tries, 1, evidence(*each).passing_seed);
        }
        with_.run(again.tests(), again);
        for (std::size_t i = 0; i < flaky.size(); ++i) {
            const run_counts failing = again.count(first[i], tries);
            const run_counts passing = again.count(first[i] + tries, tries);
            if (failing.failures == tries && passing.runs == tries && passing.failures == 0) try_seed(*flaky[i]);
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
        text::repeat_options way = given(of);
        way.conditions.push_back("seed=" + std::to_string(*seed));
        recommend(of, with_.command(of.test, way), seen);
    }

    // ---- many runs ----

    void try_alone(flake_summary& of, duration share) {
        if (share <= duration{0}) return;
        const flake_evidence& seen = evidence(of);
        std::uint64_t runs = repro_runs(seen.counts(), seen.progress.cost(), std::min(for_one, share));
        // An effect of the program's start needs many starts to show.
        if (seen.differs_between_workers()) runs = std::min<std::uint64_t>(runs, 40);
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(with_.now() + share);
        again.add_runs(of.test, runs, turn_size(seen.progress), nullopt, mode_of(of));
        with_.run(again.tests(), again);
        const run_counts counts = again.count(0, static_cast<std::size_t>(runs));
        if (counts.failures == 0) {
            of.alone_runs = counts.runs;
        } else {
            text::repeat_options way = given(of);
            way.runs = counts.runs;
            recommend(of, with_.command(of.test, way), counts);
        }
    }

    /// A test that does not fail alone may need the other tests at the same time: runs everything that this run has
    /// selected.
    void try_among(const vector<flake_summary*>& flaky) {
        constexpr duration enough = std::chrono::seconds(2);
        duration a_round{};
        for (const std::size_t test : selected_)
            a_round += hunt_.evidence(test).progress.cost();
        a_round /= static_cast<int>(with_.jobs());
        std::uint64_t runs = 0;
        for (const flake_summary* each : flaky) {
            if (each->alone_runs == 0) continue;
            runs = std::max(runs, repro_runs(evidence(*each).counts(), a_round, enough));
            // The tests beside it change from turn to turn, so it needs several turns.
            const auto affordable = static_cast<std::uint64_t>(enough / std::max(a_round, duration{1}));
            runs = std::max(runs, std::min(affordable, several_turns * turn_size(evidence(*each).progress)));
        }
        if (runs == 0 || selected_.size() < 2) return;
        fixed_runs again(with_.list(), with_.out(), first_number_);
        again.end_at(with_.now() + budget());
        vector<std::size_t> first(with_.list().tests.size());
        for (const std::size_t test : selected_) {
            if (select::is_never_started(with_.list().tests[test])) continue;
            first[test] = again.add_runs(test, runs, turn_size(hunt_.evidence(test).progress), nullopt);
        }
        with_.run(again.tests(), again);
        for (flake_summary* each : flaky) {
            if (each->alone_runs == 0) continue;
            const run_counts counts = again.count(first[each->test], static_cast<std::size_t>(runs));
            each->repro_runs = counts.runs;
            if (counts.failures == 0) continue;
            text::repeat_options way = given_here();
            way.runs = counts.runs;
            recommend(*each, with_.command_for_all(selected_, way), counts);
        }
    }

    // ---- the command line ----

    isolate mode_of(const flake_summary& of) const {
        return evidence(of).differs_between_workers() ? isolate::exec : isolate::by_default;
    }

    /// Options of this run that affect its runs.
    text::repeat_options given(const flake_summary& of) const {
        text::repeat_options way = given_here();
        way.jobs = 0;
        if (mode_of(of) == isolate::exec) way.mode = isolate::exec;
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

    static constexpr std::uint64_t tries = 6;
    static constexpr std::uint64_t several_turns = 8;

    session_runner& with_;
    const flake_hunt& hunt_;
    const vector<std::size_t>& selected_;
    std::uint32_t first_number_ = 1;  // attempts with other numbers than in the search have other seeds
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
