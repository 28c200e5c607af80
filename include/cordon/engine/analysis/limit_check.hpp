#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Runs tests alone that were always over their time limit. On a busy machine a limit that is enough elsewhere is
/// short: a test that keeps it alone does not fail, it depends on the load.
class limit_check {
  public:
    limit_check(session_runner& with, const flake_hunt& hunt, instant end) : with_(with), hunt_(hunt), end_(end) {}

    /// Puts what it finds into the summaries. Runs are numbered from `first_number`.
    void run(vector<flake_summary>& found, std::uint32_t first_number) {
        vector<flake_summary*> asked;
        for (flake_summary& each : found)
            if (is_always_over_limit(each)) asked.push_back(&each);
        if (asked.empty() || with_.jobs() < 2 || !with_.going()) return;
        sort(asked, [this](const flake_summary* a, const flake_summary* b) { return cost(*a) < cost(*b); });
        with_.phase().doing = "alone: tests that were always over their time limit";
        fixed_runs alone(with_.list(), with_.out(), first_number);
        alone.end_at(end_);
        vector<std::size_t> first;
        for (const flake_summary* each : asked)
            first.push_back(alone.add_runs(each->test, tries, 1, nullopt));
        with_.run(alone.tests(), alone, alone, with_.chosen().under, 1);
        for (std::size_t i = 0; i < asked.size(); ++i)
            judge(*asked[i], alone.count(first[i], tries));
    }

  private:
    static constexpr std::uint64_t tries = 3;

    duration cost(const flake_summary& test) const { return hunt_.evidence(test.test).progress.cost(); }

    bool is_always_over_limit(const flake_summary& test) const {
        const flake_evidence& seen = hunt_.evidence(test.test);
        return seen.counts().failures == seen.counts().runs && seen.all_failures_are(ending::timed_out);
    }

    void judge(flake_summary& test, const run_counts& alone) const {
        const run_counts beside = test.counts();
        if (alone.passes() == 0) return;
        const double chance = fisher_exact(alone, beside);
        // A single run that passed shows that it is flaky, not why.
        const bool shows = chance < threshold::worth_a_look;
        test.trials.push_back({condition_kind::alone, alone.runs, alone.failures, chance, shows, beside});
        test.set_cause(shows ? flake_cause::busy_processors : flake_cause::all_timeouts);
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    instant end_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
