#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/flake.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

// Runs under conditions, compared with runs without a condition. Pure functions.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The number of runs of a flaky test under a condition that show that its failures, or its passes, are gone.
std::uint64_t trial_runs(const run_counts& baseline) {
    constexpr double most = 400;
    const double rarer = std::min(baseline.rate(), 1 - baseline.rate());
    return std::max<std::uint64_t>(60, static_cast<std::uint64_t>(std::min(14 / std::max(rarer, 1e-6), most)));
}

/// The results of a test without a condition. In the search its neighbors change, and so do their effects. `fresh` are
/// runs among the same tests as under the conditions, so only they count if the two differ.
run_counts joined_baseline(const run_counts& search, const run_counts& fresh) {
    if (fresh.runs == 0) return search;
    if (fisher_exact(search, fresh) < threshold::alike) return fresh;
    return {search.runs + fresh.runs, search.failures + fresh.failures};
}

/// Further runs of a baseline count too, if they agree with it.
run_counts joined_or_kept(const run_counts& known, const run_counts& more) {
    if (fisher_exact(known, more) < threshold::alike) return known;
    return {known.runs + more.runs, known.failures + more.failures};
}

/// It failed in the search and hardly fails among only the flaky tests: it needs the stable tests to fail.
bool fails_beside_others_only(const run_counts& search, const run_counts& fresh) {
    return fresh.runs != 0 && fresh.rate() < search.rate() / 3 &&
           fisher_exact(search, fresh) < threshold::changed_meanwhile;
}

/// Separates two kinds of questions: the environment of the test, or events while it runs.
bool asks_for_environment(const flake_trial& trial) {
    return disturbs_what(trial.condition.kind, disturbs::environment) ||
           trial.condition.kind == condition_kind::environment;
}

/// Several conditions at once.
bool is_group(condition_kind kind) {
    return std::find(std::begin(condition_groups), std::end(condition_groups), kind) != std::end(condition_groups);
}

/// It is not one of several that are compared with the same runs: a pair is compared with the test alone.
bool has_own_comparison(const flake_trial& trial) { return trial.condition.kind == condition_kind::beside; }

void compare_those(vector<flake_trial>& trials, const run_counts& baseline, bool environment) {
    vector<double> chances;
    const auto belongs = [environment](const flake_trial& each) {
        return !has_own_comparison(each) && asks_for_environment(each) == environment;
    };
    for (const flake_trial& each : trials) {
        if (belongs(each)) chances.push_back(fisher_exact(each.counts(), baseline));
    }
    const vector<double> adjusted = holm(chances);
    std::size_t at = 0;
    for (flake_trial& each : trials) {
        if (!belongs(each)) continue;
        each.without = baseline;
        each.chance = adjusted[at++];
        each.moved = each.chance < threshold::significant;
    }
}

/// Compares each condition of a test with its baseline; each of the two kinds of conditions is one set of comparisons.
/// Sets `chance` and `moved`.
void compare(vector<flake_trial>& trials, const run_counts& baseline) {
    compare_those(trials, baseline, false);
    compare_those(trials, baseline, true);
}

/// Or nearly always.
bool fails_always(const flake_trial& trial) { return trial.counts().rate() >= threshold::nearly_always; }

/// True if it nearly always fails under this condition, or never: the condition decides. A condition for memory also
/// shifts a test's timing, and so changes the rate of a race a little.
bool decides(const flake_trial& trial) { return fails_always(trial) || trial.failures == 0; }

/// A condition that decides has nothing to do with timing, so no disturbance of timing needs to be tried.
bool is_plain(const vector<flake_trial>& trials) {
    return std::any_of(trials.begin(), trials.end(), [](const flake_trial& each) {
        return each.moved && decides(each) && !disturbs_what(each.condition.kind, disturbs::timing) &&
               !is_arrangement(each.condition.kind);
    });
}

/// Of conditions without a clear effect, those with the largest effect: they deserve more runs.
vector<variation> most_promising(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr std::size_t most = 5;
    struct candidate {
        double chance;
        const variation* what;
    };
    vector<candidate> all;
    for (const flake_trial& each : trials)
        if (!has_own_comparison(each) && !is_group(each.condition.kind))
            all.push_back({fisher_exact(each.counts(), baseline), &each.condition});
    sort(all, [](const candidate& a, const candidate& b) { return a.chance < b.chance; });
    vector<variation> names;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        names.push_back(*all[i].what);
    return names;
}

/// The trial of that kind with the clearest effect; null if none has one.
const flake_trial* mover(const vector<flake_trial>& trials, condition_kind kind) {
    const flake_trial* best = nullptr;
    for (const flake_trial& each : trials) {
        if (each.condition.kind == kind && each.moved && (best == nullptr || each.chance < best->chance)) best = &each;
    }
    return best;
}

double rate_of(const flake_trial& trial) { return trial.counts().rate(); }

const flake_trial* trial_of(const vector<flake_trial>& trials, condition_kind kind) {
    for (const flake_trial& each : trials) {
        if (each.condition.kind == kind) return &each;
    }
    return nullptr;
}

/// True if a test that fails less without others does so because their load is missing: it fails again with that load
/// alone.
bool is_moved_by_load(const vector<flake_trial>& trials) {
    const flake_trial* alone = trial_of(trials, condition_kind::alone);
    const flake_trial* busy = trial_of(trials, condition_kind::alone_and_busy);
    if (alone == nullptr || busy == nullptr || rate_of(*busy) <= rate_of(*alone)) return false;
    return fisher_exact(busy->counts(), alone->counts()) < threshold::significant;
}

/// Their load alone was tried, and with it the test fails as rarely as without.
bool is_load_ruled_out(const vector<flake_trial>& trials, const run_counts& baseline) {
    const flake_trial* busy = trial_of(trials, condition_kind::alone_and_busy);
    return busy != nullptr && rate_of(*busy) < baseline.rate() &&
           fisher_exact(busy->counts(), baseline) < threshold::significant;
}

/// True for a condition that delays a test. Each may make a test that depends on time fail a little more often.
bool delays(condition_kind kind) { return is_in_group(kind, condition_kind::delays) || kind == condition_kind::delays; }

/// The delay under which it fails most often; null if none was tried.
const flake_trial* worst_delay(const vector<flake_trial>& trials) {
    const flake_trial* most = nullptr;
    for (const flake_trial& each : trials) {
        if (delays(each.condition.kind) && (most == nullptr || rate_of(each) > rate_of(*most))) most = &each;
    }
    return most;
}

bool raises(const flake_trial* trial, const run_counts& baseline) {
    return trial != nullptr && rate_of(*trial) > baseline.rate();
}
bool lowers(const flake_trial* trial, const run_counts& baseline) {
    return trial != nullptr && rate_of(*trial) < baseline.rate();
}

/// It fails because of other tests, never without them, and not because of their load.
bool is_for_others(const vector<flake_trial>& trials, const run_counts& baseline) {
    const flake_trial* alone = trial_of(trials, condition_kind::alone);
    return alone != nullptr && alone->moved && alone->failures == 0 && is_load_ruled_out(trials, baseline);
}

/// True if a condition that seemed to change a rate has done so again; `with` and `without` are new counts. Either they
/// show it alone, or they do not contradict it and all counts together are beyond doubt. Rare failures need this.
bool moves_again(const flake_trial& trial, const run_counts& baseline, const run_counts& with,
                 const run_counts& without) {
    const run_counts before = trial.counts();
    const bool raised = before.rate() > baseline.rate();
    // It moved far towards the baseline: something else was different before.
    const bool fell_back = raised ? with.rate() < before.rate() : with.rate() > before.rate();
    if (fell_back && fisher_exact(with, before) < threshold::changed_meanwhile) return false;
    const bool same_way = raised ? with.rate() > without.rate() : with.rate() < without.rate();
    // If the baseline itself is another one now, only the new counts say anything, and have to say it clearly.
    const bool drifted = fisher_exact(without, baseline) < threshold::changed_meanwhile;
    if (drifted) return same_way && fisher_exact(with, without) < threshold::significant;
    if (same_way && fisher_exact(with, without) < threshold::again) return true;
    const bool against = raised ? with.rate() < without.rate() : with.rate() > without.rate();
    const run_counts all_with{before.runs + with.runs, before.failures + with.failures};
    const run_counts all_without{baseline.runs + without.runs, baseline.failures + without.failures};
    return !against && fisher_exact(all_with, all_without) < threshold::beyond_doubt;
}

/// Runs in several rounds, and the workers that made them.
struct retrial {
    run_counts runs;
    run_counts workers;  ///< whose runs all failed, among all
    bool agree = true;   ///< the runs of each worker have one result
    int rounds_raised = 0, rounds_lowered = 0;

    void compare_round(const run_counts& changed, const run_counts& usual) {
        if (changed.runs == 0 || usual.runs == 0) return;
        if (changed.rate() > usual.rate()) ++rounds_raised;
        if (changed.rate() < usual.rate()) ++rounds_lowered;
    }

    void add(const run_counts& more, const optional<run_counts>& by_worker) {
        runs.add(more);
        agree = agree && by_worker;
        if (by_worker) workers.add(*by_worker);
    }
};

/// The same. If the runs of each worker agree, and some failed, each worker counts once: the start of a worker may have
/// decided for all of its runs.
bool is_confirmed(const flake_trial& trial, const run_counts& baseline, const retrial& with, const retrial& without) {
    if (!moves_again(trial, baseline, with.runs, without.runs)) return false;
    // Bursts of failures come and go: no round may show the opposite.
    const bool raised = trial.counts().rate() > baseline.rate();
    if ((raised ? with.rounds_lowered : with.rounds_raised) != 0) return false;
    const bool some_failed = with.workers.failures + without.workers.failures != 0;
    if (!with.agree || !without.agree || !some_failed) return true;
    return fisher_exact(with.workers, without.workers) < threshold::again;
}

/// The results under all delays together.
run_counts under_delays(const vector<flake_trial>& trials) {
    run_counts all;
    for (const flake_trial& each : trials) {
        if (delays(each.condition.kind)) all.add(each.counts());
    }
    return all;
}

/// It passed and failed under every condition, and all delays together make no difference.
bool does_both_always(const vector<flake_trial>& trials, const run_counts& baseline) {
    std::size_t varied = 0;
    for (const flake_trial& each : trials) {
        if (asks_for_environment(each) || has_own_comparison(each)) continue;
        if (each.condition.kind == condition_kind::alone_and_busy) continue;
        if (each.failures == 0 || each.failures == each.runs) return false;
        ++varied;
    }
    return varied >= 6 && fisher_exact(under_delays(trials), baseline) > threshold::no_difference;
}

/// True if the runs would have shown a condition that prevents the failure, and one that always causes it. A test that
/// nearly always fails, for example on an overloaded machine, cannot be seen to fail more.
bool would_show(const vector<flake_trial>& trials, const run_counts& baseline) {
    if (does_both_always(trials, baseline)) return true;
    bool less = false;
    bool more = false;
    for (const flake_trial& each : trials) {
        less = less || fisher_exact({each.runs, 0}, baseline) < threshold::among_comparisons;
        more = more || fisher_exact({each.runs, each.runs}, baseline) < threshold::among_comparisons;
    }
    return less && more;
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
