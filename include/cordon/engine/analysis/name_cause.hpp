#pragma once

#include <cordon/engine/analysis/conditions.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

// The cause of a flaky test, from the conditions that change its failure rate. Pure functions.

namespace cordon::engine::analysis {

/// A comparison is significant below this value, after Holm's correction.
constexpr double significant = 0.02;

/// The number of runs of a test under each condition. For a flaky test: enough to see that its failures, or its passes,
/// are gone. At most as many as fit into `within`, but at least a dozen.
std::uint64_t trial_runs(const run_counts& baseline, duration cost, duration within) {
    const auto affordable = static_cast<std::uint64_t>(within / std::max(cost, duration{1}));
    if (!baseline.mixed()) return std::max<std::uint64_t>(3, std::min<std::uint64_t>(affordable, 12));
    const double rarer = std::min(baseline.rate(), 1 - baseline.rate());
    const auto wanted = static_cast<std::uint64_t>(std::min(14 / rarer, 400.0));
    return std::max<std::uint64_t>(12, std::min(std::max<std::uint64_t>(wanted, 60), affordable));
}

/// The results of a test without a condition. In the search its neighbors change, and so do their effects. `fresh` are
/// runs among the same tests as under the conditions, so only they count if the two differ.
run_counts joined_baseline(const run_counts& search, const run_counts& fresh) {
    constexpr double alike = 0.1;
    if (fresh.runs == 0) return search;
    if (fisher_exact(search, fresh) < alike) return fresh;
    return {search.runs + fresh.runs, search.failures + fresh.failures};
}

/// It failed in the search and hardly fails among only the flaky tests: it needs the stable tests to fail.
bool fails_beside_others_only(const run_counts& search, const run_counts& fresh) {
    constexpr double likely = 0.01;
    return fresh.runs != 0 && fresh.rate() < search.rate() / 3 && fisher_exact(search, fresh) < likely;
}

/// Separates two kinds of questions: the environment of the test, or events while it runs.
bool asks_for_environment(const flake_trial& trial) { return disturbs_what(trial.condition, disturbs::environment); }

void compare_those(vector<flake_trial>& trials, const run_counts& baseline, bool environment) {
    vector<double> chances;
    for (const flake_trial& each : trials) {
        if (asks_for_environment(each) == environment)
            chances.push_back(fisher_exact({each.runs, each.failures}, baseline));
    }
    const vector<double> adjusted = holm(chances);
    std::size_t at = 0;
    for (flake_trial& each : trials) {
        if (asks_for_environment(each) != environment) continue;
        each.chance = adjusted[at++];
        each.moved = each.chance < significant;
    }
}

/// Compares each condition of a test with its baseline; each of the two kinds of conditions is one set of comparisons.
/// Sets `chance` and `moved`.
void compare(vector<flake_trial>& trials, const run_counts& baseline) {
    compare_those(trials, baseline, false);
    compare_those(trials, baseline, true);
}

/// Or nearly always.
bool fails_always(const flake_trial& trial) {
    constexpr double nearly = 0.9;
    return run_counts{trial.runs, trial.failures}.rate() >= nearly;
}

/// True if it nearly always fails under this condition, or never: the condition decides. A condition for memory also
/// shifts a test's timing, and so changes the rate of a race a little.
bool decides(const flake_trial& trial) { return fails_always(trial) || trial.failures == 0; }

/// A condition that decides has nothing to do with timing, so no disturbance of timing needs to be tried.
bool is_plain(const vector<flake_trial>& trials) {
    return std::any_of(trials.begin(), trials.end(), [](const flake_trial& each) {
        return each.moved && decides(each) && !disturbs_what(each.condition, disturbs::timing) &&
               !is_arrangement(each.condition);
    });
}

/// Of conditions without a clear effect, those with the largest effect: they deserve more runs.
vector<std::string> most_promising(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr std::size_t most = 5;
    struct candidate {
        double chance;
        const std::string* name;
    };
    vector<candidate> all;
    for (const flake_trial& each : trials)
        all.push_back({fisher_exact({each.runs, each.failures}, baseline), &each.condition});
    std::stable_sort(all.begin(), all.end(),
                     [](const candidate& a, const candidate& b) { return a.chance < b.chance; });
    vector<std::string> names;
    for (std::size_t i = 0; i < std::min(most, all.size()); ++i)
        names.push_back(*all[i].name);
    return names;
}

/// The condition of that name with the clearest effect; null if none has one.
const flake_trial* mover(const vector<flake_trial>& trials, std::string_view name) {
    const flake_trial* best = nullptr;
    for (const flake_trial& each : trials) {
        if (condition_name(each.condition) == name && each.moved && (best == nullptr || each.chance < best->chance))
            best = &each;
    }
    return best;
}

double rate_of(const flake_trial& trial) { return run_counts{trial.runs, trial.failures}.rate(); }

const flake_trial* trial_under(const vector<flake_trial>& trials, std::string_view condition) {
    for (const flake_trial& each : trials) {
        if (each.condition == condition) return &each;
    }
    return nullptr;
}

/// True if a test that fails less without others does so because their load is missing: it fails again with that load
/// alone.
bool is_moved_by_load(const vector<flake_trial>& trials) {
    constexpr double likely = 0.02;
    const flake_trial* alone = trial_under(trials, "alone");
    const flake_trial* busy = trial_under(trials, alone_and_busy);
    if (alone == nullptr || busy == nullptr || rate_of(*busy) <= rate_of(*alone)) return false;
    return fisher_exact({busy->runs, busy->failures}, {alone->runs, alone->failures}) < likely;
}

/// Their load alone was tried, and with it the test fails as rarely as without.
bool is_load_ruled_out(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr double likely = 0.02;
    const flake_trial* busy = trial_under(trials, alone_and_busy);
    return busy != nullptr && rate_of(*busy) < baseline.rate() &&
           fisher_exact({busy->runs, busy->failures}, baseline) < likely;
}

/// The condition of these under which it fails most often.
const flake_trial* most_of(const vector<flake_trial>& trials, std::initializer_list<std::string_view> names) {
    const flake_trial* most = nullptr;
    for (const flake_trial& each : trials) {
        const bool named = std::find(names.begin(), names.end(), condition_name(each.condition)) != names.end();
        if (named && (most == nullptr || rate_of(each) > rate_of(*most))) most = &each;
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
    const flake_trial* alone = trial_under(trials, "alone");
    return alone != nullptr && alone->moved && alone->failures == 0 && is_load_ruled_out(trials, baseline);
}

/// True if a condition that seemed to change a rate has done so again; `with` and `without` are new counts. Either they
/// show it alone, or they do not contradict it and all counts together are beyond doubt. Rare failures need this.
bool moves_again(const flake_trial& trial, const run_counts& baseline, const run_counts& with,
                 const run_counts& without) {
    constexpr double likely = 0.2;
    constexpr double certain = 0.001;
    constexpr double unlike = 0.01;
    const run_counts before{trial.runs, trial.failures};
    const bool raised = before.rate() > baseline.rate();
    // It moved far towards the baseline: something else was different before.
    const bool fell_back = raised ? with.rate() < before.rate() : with.rate() > before.rate();
    if (fell_back && fisher_exact(with, before) < unlike) return false;
    const bool same_way = raised ? with.rate() > without.rate() : with.rate() < without.rate();
    if (same_way && fisher_exact(with, without) < likely) return true;
    const bool against = raised ? with.rate() < without.rate() : with.rate() > without.rate();
    const run_counts all_with{before.runs + with.runs, before.failures + with.failures};
    const run_counts all_without{baseline.runs + without.runs, baseline.failures + without.failures};
    return !against && fisher_exact(all_with, all_without) < certain;
}

/// Runs under conditions that delay a test. Each may make a test that depends on time fail a little more often.
run_counts under_delays(const vector<flake_trial>& trials) {
    run_counts all;
    for (const flake_trial& each : trials) {
        const std::string_view name = condition_name(each.condition);
        if (name != "hogs" && name != "timer-slack" && name != "pulses") continue;
        all.runs += each.runs;
        all.failures += each.failures;
    }
    return all;
}

/// It passed and failed under every condition, and all delays together make no difference.
bool does_both_always(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr double likely = 0.05;
    std::size_t varied = 0;
    for (const flake_trial& each : trials) {
        if (asks_for_environment(each) || each.condition == alone_and_busy) continue;
        if (each.failures == 0 || each.failures == each.runs) return false;
        ++varied;
    }
    return varied >= 6 && fisher_exact(under_delays(trials), baseline) > likely;
}

/// True if the runs would have shown a condition that prevents the failure, and one that always causes it. A test that
/// nearly always fails, for example on an overloaded machine, cannot be seen to fail more.
bool would_show(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr double comparisons = 10;
    if (does_both_always(trials, baseline)) return true;
    bool less = false;
    bool more = false;
    for (const flake_trial& each : trials) {
        less = less || fisher_exact({each.runs, 0}, baseline) < significant / comparisons;
        more = more || fisher_exact({each.runs, each.runs}, baseline) < significant / comparisons;
    }
    return less && more;
}

/// The named cause, and the condition that shows it (null if none does).
struct named_cause {
    std::string_view category;
    std::string_view explanation;
    const flake_trial* shown_by = nullptr;
};

named_cause interference(const flake_trial* shown_by) {
    return {"interference",
            "it depends on other tests that run at the same time or ran before, through something outside its process: "
            "a file, a port, a lock",
            shown_by};
}

named_cause of_memory(const flake_trial* shown_by) {
    const std::string_view what = condition_name(shown_by->condition);
    if (what == "malloc") return {"uninitialised", "it reads heap memory that was not set, or was freed", shown_by};
    if (what == "stack") return {"uninitialised", "it reads a local variable that was not set", shown_by};
    return {
        "address",
        "it depends on addresses in memory: the order of pointers, a pointer used as a hash or a seed, wrong use of "
        "memory",
        shown_by};
}

constexpr std::string_view surroundings[] = {"tz", "locale", "home", "umask", "folder"};

named_cause of_surroundings(const flake_trial* shown_by) {
    const std::string_view what = condition_name(shown_by->condition);
    if (what == "tz") return {"time_zone", "it depends on the time zone", shown_by};
    if (what == "locale") return {"locale", "it depends on the locale", shown_by};
    return {"environment", "it depends on its environment", shown_by};
}

/// All data about a flaky test, and the conditions that changed its rate: null if one did not.
struct flake_case {
    const flake_evidence& seen;
    const run_counts& baseline;
    const vector<flake_trial>& trials;
    const flake_trial* hogs = of("hogs");
    const flake_trial* slack = of("timer-slack");
    const flake_trial* pulses = of("pulses");
    const flake_trial* one = of("cpus");
    const flake_trial* twins = of("twins");
    const flake_trial* alone = of("alone");
    bool by_load = is_moved_by_load(trials);

    const flake_trial* of(std::string_view name) const { return mover(trials, name); }
    bool is_raised_by(const flake_trial* trial) const { return raises(trial, baseline); }
    bool suffers_from_itself() const { return is_raised_by(twins) && !is_raised_by(hogs); }
    bool is_well_alone() const { return alone != nullptr && alone->failures == 0 && !by_load; }
};

/// No category: no cause is named.
named_cause named_by_memory(const flake_case& test, bool only_what_decides) {
    for (const std::string_view name : {"malloc", "stack", "addresses"}) {
        const flake_trial* memory = test.of(name);
        if (memory == nullptr) continue;
        if (!only_what_decides) return of_memory(memory);
        // It may pass always only because the effects of others come at another moment.
        const bool spoiled_by_others = test.suffers_from_itself() || test.is_well_alone();
        if (fails_always(*memory) || (memory->failures == 0 && !spoiled_by_others)) return of_memory(memory);
    }
    return {};
}

named_cause named_by_surroundings(const flake_case& test, bool only_what_decides) {
    for (const std::string_view name : surroundings) {
        const flake_trial* each = test.of(name);
        if (each != nullptr && (!only_what_decides || fails_always(*each))) return of_surroundings(each);
    }
    return {};
}

named_cause named_by_the_clock(const flake_case& test) {
    // Before the clock: workers follow each other, so a difference between them also comes at certain times.
    if (test.seen.differs_between_workers()) {
        return {"start_up",
                "runs agree within one start of the program and differ between starts, and not because of addresses: a "
                "static initializer uses a random value, or reads a clock"};
    }
    if (test.seen.times.period() != duration{0}) {
        return {
            "clock",
            "no condition changes its failure rate, but its failures keep to a moment of a period: it depends on the "
            "time of day"};
    }
    return {};
}

named_cause named_by_one_processor(const flake_case& test) {
    if (!lowers(test.one, test.baseline)) return {};
    if (test.seen.mostly_waits()) {
        return {"timing",
                "it mostly sleeps, and fails less on one processor: it waits a fixed time for work that has no fixed "
                "duration",
                test.one};
    }
    if (test.seen.never_waits()) {
        return {"timing", "it never waits, and fails less on one processor: its limit is tight", test.one};
    }
    return {"race",
            "it fails less on one processor: threads or processes disturb each other when they run at the same "
            "time",
            test.one};
}

named_cause named_by_timing(const flake_case& test) {
    if (test.is_raised_by(test.slack)) {
        return {"timing",
                "it fails when sleeps and timers end late: it waits a fixed time for work that has no fixed duration, "
                "or its limit is tight",
                test.slack};
    }
    if (const named_cause cause = named_by_one_processor(test); !cause.category.empty()) return cause;
    for (const flake_trial* each : {test.pulses, test.hogs, test.one}) {
        if (!test.is_raised_by(each)) continue;
        if (test.seen.keeps_threads_busy()) {
            return {"race", "it fails more if its busy threads are interrupted: they disturb each other", each};
        }
        return {"timing",
                "it fails when it is not scheduled at once: it assumes that something happens in time, or in a certain "
                "order",
                each};
    }
    for (const flake_trial* each : {test.hogs, test.pulses, test.slack}) {
        if (each != nullptr)
            return {"race", "it fails less when threads are slowed down: they disturb each other", each};
    }
    if (test.alone != nullptr && test.by_load) {
        return {"timing",
                "it fails when the processors are busy: it assumes that something happens in time, or in a certain "
                "order",
                test.alone};
    }
    return {};
}

named_cause named_by_delays(const flake_case& test) {
    const run_counts delayed = under_delays(test.trials);
    if (delayed.rate() <= test.baseline.rate() || fisher_exact(delayed, test.baseline) >= significant / 2) return {};
    return {"timing",
            "it fails when it is delayed: it assumes that something happens in time, or in a certain "
            "order",
            most_of(test.trials, {"hogs", "timer-slack", "pulses"})};
}

named_cause named_by_little_else(const flake_case& test) {
    if (const flake_trial* files = test.of("open-files"); files != nullptr)
        return {"descriptors", "it runs out of descriptors", files};
    if (test.seen.times.comes_in_bursts()) {
        return {
            "clock",
            "no condition changes its failure rate, but its failures come in bursts: it depends on the time of day, "
            "or on something outside that changes"};
    }
    const runs_say says = diagnose_runs(test.seen);
    if (says.category != "flaky") return {says.category, says.explanation};
    if (!would_show(test.trials, test.baseline))
        return {"unexplained", "not explained: nothing moves it, but at its rate that takes more runs to tell"};
    return {"random",
            "nothing that was varied moves it: it draws by lot itself, from a random device or a clock, and takes no "
            "seed from CORDON_SEED"};
}

/// One factor after another, the most informative first. `trials` have been compared with the baseline.
named_cause name_cause(const flake_evidence& seen, const run_counts& baseline, const vector<flake_trial>& trials) {
    const flake_case test{seen, baseline, trials};
    named_cause cause = named_by_memory(test, true);
    const auto or_else = [&cause](auto next) {
        if (cause.category.empty()) cause = next();
    };
    or_else([&]() -> named_cause {
        const flake_trial* seed = test.of("seed");
        if (seed == nullptr || !decides(*seed)) return {};
        return {"seed", "CORDON_SEED decides whether it fails", seed};
    });
    or_else([&] { return test.suffers_from_itself() ? interference(test.twins) : named_cause{}; });
    or_else([&] { return named_by_surroundings(test, true); });
    or_else([&] { return named_by_the_clock(test); });
    or_else([&] {
        const bool delayed =
            test.is_raised_by(test.slack) || test.is_raised_by(test.hogs) || test.is_raised_by(test.pulses);
        const bool by_others = is_for_others(trials, baseline) || (test.is_well_alone() && !delayed);
        return by_others ? interference(test.alone) : named_cause{};
    });
    or_else([&] { return named_by_timing(test); });
    or_else([&] { return test.alone != nullptr ? interference(test.alone) : named_cause{}; });
    or_else([&] { return named_by_memory(test, false); });
    or_else([&] { return named_by_surroundings(test, false); });
    or_else([&] { return named_by_delays(test); });
    or_else([&] { return named_by_little_else(test); });
    return cause;
}

}  // namespace cordon::engine::analysis
