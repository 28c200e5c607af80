#pragma once

#include <cordon/engine/model/flake_category.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace cordon::engine {

/// Why a test is in its category, as far as its runs show. text/flake_cause.hpp has a sentence for each.
enum class flake_cause : std::uint8_t {
    none,
    // From the runs alone.
    fails_always,
    drawn_at_start,
    bursts_over_starts,
    period,
    all_timeouts,
    all_crashes,
    seed_decides,
    later_runs_differ,
    // From conditions that change the rate.
    heap_memory,
    local_variable,
    addresses,
    seed_of_attempt,
    time_zone,
    locale,
    surroundings,
    descriptors,
    few_processors,
    beside_another,
    shared_outside,
    drawn_at_start_not_addresses,
    period_unmoved,
    bursts_unmoved,
    late_timers,
    fixed_wait,
    tight_limit,
    not_scheduled,
    busy_processors,
    delays,
    one_processor_helps,
    interrupted_threads,
    slow_threads_help,
    nothing_moves_it,
    too_few_runs,
    not_all_tried,
    // From other tests in its process.
    no_result_alone,
    unsteady_alone,
    fails_after_all,
    passes_after_all,
    spoiled_by_others,
    needs_others,
};
constexpr flake_cause last_of(flake_cause) { return flake_cause::needs_others; }

struct flake_cause_row {
    flake_cause what;
    flake_category category;
};

/// In the order of the enumeration.
constexpr flake_cause_row flake_causes[] = {
    {flake_cause::none, flake_category::flaky},
    {flake_cause::fails_always, flake_category::failing},
    {flake_cause::drawn_at_start, flake_category::start_up},
    {flake_cause::bursts_over_starts, flake_category::clock},
    {flake_cause::period, flake_category::clock},
    {flake_cause::all_timeouts, flake_category::timeout},
    {flake_cause::all_crashes, flake_category::crash},
    {flake_cause::seed_decides, flake_category::seed},
    {flake_cause::later_runs_differ, flake_category::flaky},
    {flake_cause::heap_memory, flake_category::uninitialised},
    {flake_cause::local_variable, flake_category::uninitialised},
    {flake_cause::addresses, flake_category::address},
    {flake_cause::seed_of_attempt, flake_category::seed},
    {flake_cause::time_zone, flake_category::time_zone},
    {flake_cause::locale, flake_category::locale},
    {flake_cause::surroundings, flake_category::environment},
    {flake_cause::descriptors, flake_category::descriptors},
    {flake_cause::few_processors, flake_category::processors},
    {flake_cause::beside_another, flake_category::interference},
    {flake_cause::shared_outside, flake_category::interference},
    {flake_cause::drawn_at_start_not_addresses, flake_category::start_up},
    {flake_cause::period_unmoved, flake_category::clock},
    {flake_cause::bursts_unmoved, flake_category::clock},
    {flake_cause::late_timers, flake_category::timing},
    {flake_cause::fixed_wait, flake_category::timing},
    {flake_cause::tight_limit, flake_category::timing},
    {flake_cause::not_scheduled, flake_category::timing},
    {flake_cause::busy_processors, flake_category::timing},
    {flake_cause::delays, flake_category::timing},
    {flake_cause::one_processor_helps, flake_category::race},
    {flake_cause::interrupted_threads, flake_category::race},
    {flake_cause::slow_threads_help, flake_category::race},
    {flake_cause::nothing_moves_it, flake_category::unexplained},
    {flake_cause::too_few_runs, flake_category::unexplained},
    {flake_cause::not_all_tried, flake_category::unexplained},
    {flake_cause::no_result_alone, flake_category::flaky},
    {flake_cause::unsteady_alone, flake_category::flaky},
    {flake_cause::fails_after_all, flake_category::failing},
    {flake_cause::passes_after_all, flake_category::stable},
    {flake_cause::spoiled_by_others, flake_category::victim},
    {flake_cause::needs_others, flake_category::brittle},
};
static_assert(std::size(flake_causes) == static_cast<std::size_t>(last_of(flake_cause())) + 1, "a row each");

inline constexpr flake_category category_of(flake_cause value) {
    return flake_causes[static_cast<std::size_t>(value)].category;
}

}  // namespace cordon::engine
