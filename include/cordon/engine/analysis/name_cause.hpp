#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/flake.hpp>

// The cause of a flaky test, from the conditions that change its failure rate. Pure functions.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The named cause, and the condition that shows it (null if none does).
struct named_cause {
    flake_cause what = flake_cause::none;
    const flake_trial* shown_by = nullptr;
};

/// The cause that a condition with an effect points to.
named_cause sign_of(const flake_trial* trial) { return {row_of(trial->condition.kind)->shows, trial}; }

/// All data about a flaky test, and the conditions that changed its rate: null if one did not.
struct flake_case {
    const flake_evidence& seen;
    const run_counts& baseline;
    const vector<flake_trial>& trials;
    const flake_trial* hogs = of(condition_kind::hogs);
    const flake_trial* slack = of(condition_kind::timer_slack);
    const flake_trial* pulses = of(condition_kind::pulses);
    const flake_trial* one = of(condition_kind::cpus);
    const flake_trial* twins = of(condition_kind::twins);
    const flake_trial* alone = of(condition_kind::alone);
    bool by_load = is_moved_by_load(trials);

    const flake_trial* of(condition_kind kind) const { return mover(trials, kind); }
    bool is_raised_by(const flake_trial* trial) const { return raises(trial, baseline); }
    bool suffers_from_itself() const { return is_raised_by(twins) && !is_raised_by(hogs); }
    bool is_well_alone() const { return alone != nullptr && alone->failures == 0 && !by_load; }
};

/// None: no cause is named.
named_cause named_by_memory(const flake_case& test, bool only_what_decides) {
    for (const condition_kind kind : {condition_kind::malloc, condition_kind::stack, condition_kind::addresses}) {
        const flake_trial* memory = test.of(kind);
        if (memory == nullptr) continue;
        if (!only_what_decides) return sign_of(memory);
        // It may pass always only because the effects of others, or of the time, come at another moment.
        const bool comes_and_goes =
            test.suffers_from_itself() || test.is_well_alone() || test.seen.times.comes_in_bursts();
        if (fails_always(*memory) || (memory->failures == 0 && !comes_and_goes)) return sign_of(memory);
    }
    return {};
}

named_cause named_by_surroundings(const flake_case& test, bool only_what_decides) {
    for (const condition_kind kind : {condition_kind::tz, condition_kind::locale, condition_kind::home,
                                      condition_kind::umask, condition_kind::folder}) {
        const flake_trial* each = test.of(kind);
        if (each != nullptr && (!only_what_decides || fails_always(*each))) return sign_of(each);
    }
    return {};
}

named_cause named_by_the_seed(const flake_case& test) {
    const flake_trial* seed = test.of(condition_kind::seed);
    return seed != nullptr && decides(*seed) ? sign_of(seed) : named_cause{};
}

named_cause named_by_itself(const flake_case& test) {
    return test.suffers_from_itself() ? named_cause{flake_cause::shared_outside, test.twins} : named_cause{};
}

named_cause named_by_the_clock(const flake_case& test) {
    // Before the clock: workers follow each other, so a difference between them also comes at certain times.
    if (test.seen.differs_between_workers()) return {flake_cause::drawn_at_start_not_addresses};
    if (test.seen.times.period() != duration{0}) return {flake_cause::period_unmoved};
    return {};
}

named_cause named_by_others(const flake_case& test) {
    const bool delayed =
        test.is_raised_by(test.slack) || test.is_raised_by(test.hogs) || test.is_raised_by(test.pulses);
    const bool by_others = is_for_others(test.trials, test.baseline) || (test.is_well_alone() && !delayed);
    return by_others ? named_cause{flake_cause::shared_outside, test.alone} : named_cause{};
}

named_cause named_by_one_processor(const flake_case& test) {
    if (!lowers(test.one, test.baseline)) return {};
    if (test.seen.mostly_waits()) return {flake_cause::fixed_wait, test.one};
    if (test.seen.never_waits()) return {flake_cause::tight_limit, test.one};
    return {flake_cause::one_processor_helps, test.one};
}

named_cause named_by_timing(const flake_case& test) {
    if (test.is_raised_by(test.slack)) return {flake_cause::late_timers, test.slack};
    if (const named_cause cause = named_by_one_processor(test); cause.what != flake_cause::none) return cause;
    for (const flake_trial* each : {test.pulses, test.hogs, test.one}) {
        if (!test.is_raised_by(each)) continue;
        const bool races = test.seen.keeps_threads_busy();
        return {races ? flake_cause::interrupted_threads : flake_cause::not_scheduled, each};
    }
    for (const flake_trial* each : {test.hogs, test.pulses, test.slack}) {
        if (each != nullptr) return {flake_cause::slow_threads_help, each};
    }
    if (test.alone != nullptr && test.by_load) return {flake_cause::busy_processors, test.alone};
    return {};
}

named_cause named_by_being_alone(const flake_case& test) {
    return test.alone != nullptr ? named_cause{flake_cause::shared_outside, test.alone} : named_cause{};
}

named_cause named_by_bursts(const flake_case& test) {
    return {test.seen.times.comes_in_bursts() ? flake_cause::bursts_unmoved : flake_cause::none};
}

named_cause named_by_delays(const flake_case& test) {
    const run_counts delayed = under_delays(test.trials);
    if (delayed.rate() <= test.baseline.rate()) return {};
    if (fisher_exact(delayed, test.baseline) >= threshold::delays_together) return {};
    return {flake_cause::delays, worst_delay(test.trials)};
}

/// All of a group at once, where no condition of it was tried with enough runs.
named_cause named_by_group(const flake_case& test) {
    if (const flake_trial* each = test.of(condition_kind::delays); test.is_raised_by(each)) {
        const bool races = test.seen.keeps_threads_busy();
        return {races ? flake_cause::interrupted_threads : flake_cause::delays, each};
    }
    if (const flake_trial* each = test.of(condition_kind::delays); each != nullptr)
        return {flake_cause::slow_threads_help, each};
    if (const flake_trial* each = test.of(condition_kind::memory); each != nullptr && decides(*each))
        return {flake_cause::heap_memory, each};
    if (const flake_trial* each = test.of(condition_kind::environment); each != nullptr)
        return {flake_cause::surroundings, each};
    return {};
}

named_cause named_by_little_else(const flake_case& test) {
    if (const flake_trial* files = test.of(condition_kind::open_files); files != nullptr) return sign_of(files);
    if (!test.seen.counts().mixed()) return {};
    if (const flake_cause runs_say = cause_of_runs(test.seen); runs_say != flake_cause::none) return {runs_say};
    return {would_show(test.trials, test.baseline) ? flake_cause::nothing_moves_it : flake_cause::too_few_runs};
}

/// One factor after another, the most informative first. `trials` have been compared with the baseline.
named_cause name_cause(const flake_evidence& seen, const run_counts& baseline, const vector<flake_trial>& trials) {
    using question = named_cause (*)(const flake_case&);
    constexpr question questions[] = {
        [](const flake_case& test) { return named_by_memory(test, true); },
        named_by_the_seed,
        named_by_itself,
        [](const flake_case& test) { return named_by_surroundings(test, true); },
        named_by_the_clock,
        named_by_others,
        named_by_timing,
        named_by_being_alone,
        named_by_bursts,
        [](const flake_case& test) { return named_by_memory(test, false); },
        [](const flake_case& test) { return named_by_surroundings(test, false); },
        named_by_group,
        named_by_delays,
        named_by_little_else,
    };
    const flake_case test{seen, baseline, trials};
    for (const question ask : questions) {
        if (const named_cause cause = ask(test); cause.what != flake_cause::none) return cause;
    }
    return {};
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
