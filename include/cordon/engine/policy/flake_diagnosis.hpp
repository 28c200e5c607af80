#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/policy/conditions.hpp>
#include <cordon/engine/policy/flake_evidence.hpp>
#include <cordon/engine/policy/statistics.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What it means that conditions move the rate at which a test fails. Pure functions.

namespace cordon::engine::policy {

/// A comparison is trusted from here on, after Holm's correction.
constexpr double significant = 0.02;

/// How many runs a test gets under each condition: for one that is flaky, enough to see that its failures, or its
/// passes, are gone; as many as fit into `within`, but at least a dozen.
std::uint64_t trial_runs(const run_counts& baseline, duration cost, duration within) {
    const auto affordable = static_cast<std::uint64_t>(within / std::max(cost, duration{1}));
    if (!baseline.mixed()) return std::max<std::uint64_t>(3, std::min<std::uint64_t>(affordable, 12));
    const double rarer = std::min(baseline.rate(), 1 - baseline.rate());
    const auto wanted = static_cast<std::uint64_t>(std::min(14 / rarer, 400.0));
    return std::max<std::uint64_t>(12, std::min(std::max<std::uint64_t>(wanted, 60), affordable));
}

namespace flake_diagnosis_detail {

/// Of the two kinds of questions: what is set up around the test, or what happens while it runs.
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

}  // namespace flake_diagnosis_detail

/// Judges all conditions of a test against its baseline, each of the two kinds of conditions as one set of comparisons.
/// `chance` and `moved` are filled in.
void compare(vector<flake_trial>& trials, const run_counts& baseline) {
    flake_diagnosis_detail::compare_those(trials, baseline, false);
    flake_diagnosis_detail::compare_those(trials, baseline, true);
}

namespace flake_diagnosis_detail {

/// The condition of that name that moves the rate most clearly; null if none does.
const flake_trial* mover(const vector<flake_trial>& trials, std::string_view name) {
    const flake_trial* best = nullptr;
    for (const flake_trial& each : trials) {
        if (condition_name(each.condition) == name && each.moved && (best == nullptr || each.chance < best->chance))
            best = &each;
    }
    return best;
}

double rate_of(const flake_trial& trial) { return run_counts{trial.runs, trial.failures}.rate(); }

bool raises(const flake_trial* trial, const run_counts& baseline) {
    return trial != nullptr && rate_of(*trial) > baseline.rate();
}
bool lowers(const flake_trial* trial, const run_counts& baseline) {
    return trial != nullptr && rate_of(*trial) < baseline.rate();
}

}  // namespace flake_diagnosis_detail

/// Whether a condition under which the test never fails would have been noticed, and one under which it always does: a
/// test that nearly always fails, as on a machine that is too busy for it, can not be seen to fail more.
bool would_show(const vector<flake_trial>& trials, const run_counts& baseline) {
    constexpr double comparisons = 10;
    bool less = false;
    bool more = false;
    for (const flake_trial& each : trials) {
        less = less || fisher_exact({each.runs, 0}, baseline) < significant / comparisons;
        more = more || fisher_exact({each.runs, each.runs}, baseline) < significant / comparisons;
    }
    return less && more;
}

/// The cause that is named, and the condition that shows it (null where none does).
struct named_cause {
    std::string_view category;
    std::string_view explanation;
    const flake_trial* shown_by = nullptr;
};

named_cause interference(const flake_trial* shown_by) {
    return {"interference",
            "it depends on what other tests do at the same time or have done before, outside of its process: a file, a "
            "port, a lock",
            shown_by};
}

/// One factor after the other, the most telling first. `trials` have been compared with the baseline.
named_cause name_cause(const flake_evidence& seen, const run_counts& baseline, const vector<flake_trial>& trials) {
    using namespace flake_diagnosis_detail;
    const auto by = [&trials](std::string_view name) { return mover(trials, name); };
    if (const flake_trial* memory = by("malloc"); memory != nullptr)
        return {"uninitialised", "it reads heap memory that was not set, or was freed", memory};
    if (const flake_trial* memory = by("stack"); memory != nullptr)
        return {"uninitialised", "it reads a local variable that was not set", memory};
    if (const flake_trial* addresses = by("addresses"); addresses != nullptr) {
        return {"address",
                "it depends on where things lie in memory: the order of pointers, a pointer as a hash or a "
                "seed, memory that is used wrongly",
                addresses};
    }
    if (const flake_trial* seed = by("seed"); seed != nullptr)
        return {"seed", "CORDON_SEED decides whether it fails", seed};
    const flake_trial* hogs = by("hogs");
    const flake_trial* twins = by("twins");
    if (raises(twins, baseline) && !raises(hogs, baseline)) return interference(twins);
    if (const flake_trial* zone = by("tz"); zone != nullptr) return {"time_zone", "it depends on the time zone", zone};
    if (const flake_trial* locale = by("locale"); locale != nullptr)
        return {"locale", "it depends on the locale", locale};
    for (const std::string_view name : {"home", "umask", "folder"}) {
        if (const flake_trial* each = by(name); each != nullptr)
            return {"environment", "it depends on what is set up outside of it", each};
    }
    // Before the clock: workers follow one another, so what differs between them also comes at certain times.
    if (seen.differs_between_workers()) {
        return {"start_up",
                "runs agree within one start of the program and differ between starts, and not because of "
                "addresses: a static initialiser draws by lot, or reads a clock"};
    }
    if (seen.times.period() != duration{0}) {
        return {"clock",
                "nothing that was varied moves it, but its failures keep to a moment of a period: it depends on "
                "the time of day"};
    }
    const flake_trial* slack = by("timer-slack");
    const flake_trial* one = by("cpus");
    const flake_trial* pulses = by("pulses");
    const flake_trial* alone = by("alone");
    const bool by_others = alone != nullptr && alone->failures == 0 && !raises(slack, baseline) &&
                           !raises(hogs, baseline) && !raises(pulses, baseline);
    if (by_others) return interference(alone);
    if (raises(slack, baseline)) {
        return {"timing",
                "it fails when sleeps and timers end late: it waits for a fixed time for something that takes "
                "as long as it takes, or its limit is tight",
                slack};
    }
    if (lowers(one, baseline) && seen.mostly_waits()) {
        return {"timing",
                "it mostly sleeps, and fails less on one processor: it waits for a fixed time for something that "
                "takes as long as it takes",
                one};
    }
    if (lowers(one, baseline)) {
        return {"race",
                "it fails less on one processor: threads or processes get in each other's way where they run at "
                "the same time",
                one};
    }
    for (const flake_trial* each : {pulses, hogs, one}) {
        if (raises(each, baseline)) {
            return {"timing",
                    "it fails when it is not scheduled at once: it counts on something being done in time, or "
                    "in a certain order",
                    each};
        }
    }
    for (const flake_trial* each : {hogs, pulses, slack}) {
        if (each != nullptr)
            return {"race", "it fails less when threads are slowed down: they get in each other's way", each};
    }
    if (alone != nullptr) return interference(alone);
    if (const flake_trial* files = by("open-files"); files != nullptr)
        return {"descriptors", "it runs out of descriptors", files};
    if (seen.times.comes_in_bursts()) {
        return {"clock",
                "nothing that was varied moves it, but its failures come in bursts: it depends on the time of "
                "day, or on something outside that comes and goes"};
    }
    const flake_diagnosis runs_say = diagnose_runs(seen);
    if (runs_say.category != "flaky") return {runs_say.category, runs_say.explanation};
    if (!would_show(trials, baseline))
        return {"unexplained", "not explained: nothing moves it, but at its rate that takes more runs to tell"};
    return {"random",
            "nothing that was varied moves it: it draws by lot itself, from a random device or a clock, and "
            "takes no seed from CORDON_SEED"};
}

}  // namespace cordon::engine::policy
