#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/diagnosis.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/supervisor/flake_hunt.hpp>
#include <cordon/engine/supervisor/trials.hpp>
#include <cordon/engine/waves.hpp>

#include <string>
#include <utility>

namespace cordon::engine {

/// Finds flaky tests (--flake-detect).
class flake_session {
  public:
    flake_session(waves& with, const policy::setup_keys& setups) : with_(with), setups_(setups) {}

    void run(const vector<std::size_t>& tests) {
        detect(tests);
        with_.finish(stopped_because_, peak_rss_);
    }

  private:
    void detect(const vector<std::size_t>& tests) {
        policy::flake_goal goal;
        goal.runs = with_.chosen().flake_runs;
        goal.share = policy::share_of(with_.chosen().flake_time, tests.size(), with_.jobs());
        goal.patience = policy::patience_of(with_.chosen().flake_time, tests.size(), with_.jobs());
        supervisor::flake_hunt hunt(with_.list(), tests, goal, now() + with_.chosen().flake_time, with_.out());
        if (with_.chosen().flake_diagnose) hunt.hold_all();
        with_.run(tests, hunt);
        peak_rss_ = hunt.peak_rss();
        stopped_because_ = hunt.stopped_because();
        if (hunt.cut_short() != 0) tell_cut_short(hunt.cut_short());
        vector<flake_summary> found;
        for (const test_finished& each : hunt.held())
            found.push_back(hunt.summary(each.test));
        verify(hunt, found);
        if (with_.chosen().flake_diagnose) diagnosis(with_, hunt, setups_).run(found);
        for (std::size_t i = 0; i < found.size(); ++i)
            conclude(std::move(found[i]), hunt.held()[i]);
    }

    void tell_cut_short(std::size_t tests) {
        with_.out().on(
            notice{notice::level::warning,
                   "the time for finding flaky tests was up (--flake-time=" + duration_text(with_.chosen().flake_time) +
                       "): " + counted(tests, "test") + " had fewer runs than they should have"});
    }

    void conclude(flake_summary found, const test_finished& finished) {
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(test_finished(finished));
    }

    // ---- a command that shows it again ----

    /// Tries what a user would try, before recommending it.
    void verify(const supervisor::flake_hunt& hunt, vector<flake_summary>& found) {
        std::uint32_t first_number = 1;
        for (const flake_summary& each : found)
            first_number = std::max(first_number, hunt.evidence(each.test).given + 1);
        try_seeds(hunt, found, first_number);
        try_repetition(hunt, found, first_number);
    }

    /// The seed decides if a failed run's seed always fails and a passed one's never does.
    void try_seeds(const supervisor::flake_hunt& hunt, vector<flake_summary>& found, std::uint32_t first_number) {
        constexpr std::uint64_t tries = 6;
        supervisor::trials again(with_.list(), with_.out(), first_number);
        for (const flake_summary& each : found) {
            const policy::flake_evidence& seen = hunt.evidence(each.test);
            if (!seen.counts().mixed()) continue;
            again.add_runs(each.test, tries, 1, seen.failing_seed);
            again.add_runs(each.test, tries, 1, seen.passing_seed);
        }
        with_.run(again.tests(), again);
        std::size_t at = 0;
        for (std::size_t i = 0; i < found.size(); ++i) {
            if (!hunt.evidence(found[i].test).counts().mixed()) continue;
            const policy::run_counts failing = again.count(at, tries);
            const policy::run_counts passing = again.count(at + tries, tries);
            at += 2 * tries;
            const bool decides = failing.failures == tries && passing.runs == tries && passing.failures == 0;
            if (!decides) continue;
            found[i].category = "seed";
            found[i].explanation =
                "CORDON_SEED decides: with the seed of a failed run it always fails, with that of a "
                "passed one never";
            found[i].repro = with_.command(
                found[i].test, " --condition seed=" + std::to_string(*hunt.evidence(found[i].test).failing_seed));
            found[i].repro_runs = failing.runs;
            found[i].repro_failures = failing.failures;
        }
    }

    void try_repetition(const supervisor::flake_hunt& hunt, vector<flake_summary>& found, std::uint32_t first_number) {
        supervisor::trials again(with_.list(), with_.out(), first_number);
        for (flake_summary& each : found) {
            const policy::flake_evidence& seen = hunt.evidence(each.test);
            if (!each.repro.empty() || !seen.counts().mixed()) continue;
            each.repro_runs = policy::repro_runs(seen.counts(), seen.progress.cost(), verify_time);
            // What a start of the program decides takes many starts to show.
            const bool by_start = seen.differs_between_workers();
            if (by_start) each.repro_runs = std::min<std::uint64_t>(each.repro_runs, 40);
            again.add_runs(each.test, each.repro_runs, policy::turn_size(seen.progress), nullopt,
                           by_start ? isolate::exec : isolate::by_default);
        }
        with_.run(again.tests(), again);
        std::size_t at = 0;
        for (flake_summary& each : found) {
            if (!each.repro.empty() || !hunt.evidence(each.test).counts().mixed()) continue;
            const auto runs = static_cast<std::size_t>(each.repro_runs);
            const policy::run_counts counts = again.count(at, runs);
            at += runs;
            const bool by_start = hunt.evidence(each.test).differs_between_workers();
            each.repro = with_.command(
                each.test, std::string(by_start ? " --isolate=exec" : "") + " --flake-detect=" + std::to_string(runs));
            each.repro_runs = counts.runs;
            each.repro_failures = counts.failures;
        }
    }

    static constexpr duration verify_time = std::chrono::milliseconds(450);

    waves& with_;
    const policy::setup_keys setups_;
    std::string stopped_because_;
    std::uint64_t peak_rss_ = 0;
};

}  // namespace cordon::engine
