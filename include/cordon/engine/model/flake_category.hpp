#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace cordon::engine {

/// The result of repeated runs of a test. docs/flaky-tests.md describes each.
enum class flake_category : std::uint8_t {
    not_run,
    stable,
    failing,
    flaky,
    timeout,
    crash,
    seed,
    start_up,
    victim,
    brittle,
    uninitialised,
    address,
    time_zone,
    locale,
    environment,
    timing,
    race,
    interference,
    descriptors,
    processors,
    clock,
    unexplained,
};
constexpr flake_category last_of(flake_category) { return flake_category::unexplained; }

struct flake_category_row {
    flake_category what;
    std::string_view name;  ///< in reports
    /// Other tests may be the cause: the order of tests is examined too.
    bool leaves_order_open;
    /// No condition has shown anything: the test deserves more runs under them.
    bool leaves_conditions_open;
};

/// In the order of the enumeration.
constexpr flake_category_row flake_categories[] = {
    {flake_category::not_run, "not_run", false, false},
    {flake_category::stable, "stable", true, false},
    {flake_category::failing, "failing", true, false},
    {flake_category::flaky, "flaky", true, false},
    {flake_category::timeout, "timeout", false, false},
    {flake_category::crash, "crash", false, false},
    {flake_category::seed, "seed", false, false},
    {flake_category::start_up, "start_up", true, false},
    {flake_category::victim, "victim", false, false},
    {flake_category::brittle, "brittle", false, false},
    {flake_category::uninitialised, "uninitialised", false, false},
    {flake_category::address, "address", false, false},
    {flake_category::time_zone, "time_zone", false, false},
    {flake_category::locale, "locale", false, false},
    {flake_category::environment, "environment", false, false},
    {flake_category::timing, "timing", false, false},
    {flake_category::race, "race", false, false},
    {flake_category::interference, "interference", true, false},
    {flake_category::descriptors, "descriptors", false, false},
    {flake_category::processors, "processors", false, false},
    {flake_category::clock, "clock", false, false},
    {flake_category::unexplained, "unexplained", true, true},
};
static_assert(std::size(flake_categories) == static_cast<std::size_t>(last_of(flake_category())) + 1, "a row each");

inline constexpr const flake_category_row& row_of(flake_category value) {
    return flake_categories[static_cast<std::size_t>(value)];
}
inline constexpr std::string_view name_of(flake_category value) { return row_of(value).name; }

}  // namespace cordon::engine
