#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/neighbors.hpp>
#include <cordon/engine/analysis/suspect_runs.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/rerun.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// A difference that is worth a second look: new runs have to show it again.
bool is_far_more(const run_counts& with, const run_counts& without) {
    return with.rate() > 2 * without.rate() && fisher_exact(with, without) < threshold::again / 10;
}

/// The finding that a test fails beside another one.
void note_collision(const session_runner& with, flake_summary& to, std::size_t beside, const run_counts& met,
                    const run_counts& without) {
    flake_trial made;
    made.condition.kind = condition_kind::beside;
    made.condition.text = "beside " + text::full_name_of(with.list().tests[beside]);
    made.runs = met.runs;
    made.failures = met.failures;
    made.without = without;
    made.chance = fisher_exact(met, without);
    made.moved = true;
    to.trials.push_back(made);
    to.set_cause(flake_cause::beside_another);
}

/// Runs a flaky test beside the one test that was beside it when it failed, and alone. Two tests that use the same file
/// or port rarely meet among many; when they meet on purpose, they collide.
class pair_check {
  public:
    pair_check(session_runner& with, const flake_hunt& hunt, suspect_runs& runs, vector<flake_summary>& found)
        : with_(with), hunt_(hunt), runs_(runs), found_(found) {}

    /// Tests that were beside it too often for chance when it failed. With few failures each of them is a suspect.
    static vector<std::size_t> suspects_of(const flake_evidence& seen) {
        vector<std::size_t> likely;
        for (const neighbor_counts::row& each : seen.beside.most_frequent()) {
            const bool often = each.times * 5 >= seen.counts().failures * 3;
            if (often && likely.size() < most) likely.push_back(each.test);
        }
        return likely;
    }

    void run(suspect& test, instant end) {
        if (test.partner) return;  // it is the other one of a pair
        for (const std::size_t other : suspects_of(hunt_.evidence(test.found->test))) {
            if (with_.now() >= end || !with_.going() || collides(test, other, end)) return;
        }
    }

  private:
    static constexpr std::size_t most = 2;
    static constexpr std::uint64_t meetings = 20;  // a round
    static constexpr int most_rounds = 3;

    /// Results of both while they run all the time, so that each run of one is beside a run of the other.
    struct meeting {
        run_counts of_test, of_other;
        void add(const meeting& more) {
            of_test.add(more.of_test);
            of_other.add(more.of_other);
        }
    };

    /// Asks for more runs of one of them until the difference is clear; a few times.
    template <class Ask>
    bool becomes_clear(const run_counts& with, const run_counts& without, instant end, const Ask& ask) {
        for (int round = 0; round < most_rounds && with_.now() < end && !is_far_more(with, without); ++round) {
            ask();
            if (with.runs != 0 && with.failures == 0) return false;
        }
        return is_far_more(with, without);
    }

    bool collides(suspect& test, std::size_t other, instant end) {
        // Not compared with the search: late in it only flaky tests run, so the two may have met often.
        meeting met;
        run_counts alone;
        const auto meet_and_part = [&] {
            met.add(together(test, other, end));
            if (met.of_test.failures != 0) alone.add(by_itself(test.found->test, with_.chosen().under, end));
        };
        if (!becomes_clear(met.of_test, alone, end, meet_and_part)) return false;
        // The other one may do no more than to keep a processor busy.
        run_counts busy;
        const auto be_busy = [&] { busy.add(by_itself(test.found->test, condition_of("hogs=4"), end)); };
        if (!becomes_clear(met.of_test, busy, end, be_busy)) return false;
        meeting again;
        if (!becomes_clear(again.of_test, alone, end, [&] { again.add(together(test, other, end)); })) return false;
        met.add(again);
        note_collision(with_, *test.found, other, met.of_test, alone);
        test.partner = other;
        note_other(other, test.found->test, met.of_other, end);
        return true;
    }

    /// The other one may fail as well.
    void note_other(std::size_t other, std::size_t test, const run_counts& met, instant end) {
        if (met.failures < 3) return;
        run_counts alone;
        if (!becomes_clear(met, alone, end, [&] { alone.add(by_itself(other, with_.chosen().under, end)); })) return;
        for (flake_summary& each : found_)
            if (each.test == other) note_collision(with_, each, test, met, alone);
        for (suspect& each : runs_.all)
            if (each.found->test == other) each.partner = test;
    }

    meeting together(const suspect& test, std::size_t other, instant end) {
        const duration of_other = std::max(hunt_.evidence(other).progress.cost(), duration{1});
        const auto for_other = static_cast<std::uint64_t>(test.cost * static_cast<std::int64_t>(meetings) / of_other);
        const std::uint64_t others = std::min<std::uint64_t>(for_other + meetings, 200);
        fixed_runs tried(with_.list(), with_.out(), runs_.take_numbers(meetings + others));
        tried.end_at(end);
        tried.add_runs(test.found->test, meetings, 1, nullopt);
        const std::size_t first = tried.add_runs(other, others, 1, nullopt);
        with_.run(tried.tests(), tried);
        return {tried.count(0, meetings), tried.count(first, static_cast<std::size_t>(others))};
    }

    run_counts by_itself(std::size_t test, const condition& under, instant end) {
        fixed_runs tried(with_.list(), with_.out(), runs_.take_numbers(meetings));
        tried.end_at(end);
        tried.add_runs(test, meetings, 1, nullopt);
        with_.run(tried.tests(), tried, tried, under, 1);
        return tried.count(0, meetings);
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    suspect_runs& runs_;
    vector<flake_summary>& found_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
