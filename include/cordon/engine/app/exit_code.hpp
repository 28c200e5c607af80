#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <array>
#include <cstddef>

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

constexpr int exit_passed = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;
constexpr int exit_nothing_selected = 3;
constexpr int exit_trouble = 4;
constexpr int exit_signal_base = 128;

/// The results of a run that decide its exit code.
struct run_summary {
    std::size_t selected = 0;                           ///< before sharding: plan::selected
    std::array<std::size_t, verdict_count> verdicts{};  ///< number of tests with each verdict
    int cancelled_by = 0;                               ///< the signal, or 0
    bool report_failed = false;                         ///< a report could not be written
    std::size_t flaky_against = 0;                      ///< flaky tests that fail the run, as run_judge says
};

/// The order of precedence. A cancelled run comes first. A report that could not be written comes before failed tests,
/// because its reader would find an old report or none. A lost test never hides a failed one. Tests that did not run
/// because of the global timeout make the run fail.
int exit_code_of(const run_summary& run, const options& chosen) {
    const auto count = [&run](verdict what) { return run.verdicts[static_cast<std::size_t>(what)]; };
    if (run.cancelled_by != 0) return exit_signal_base + run.cancelled_by;
    if (run.report_failed) return exit_trouble;
    if (run.selected == 0) return chosen.allow_empty ? exit_passed : exit_nothing_selected;
    const int failed = chosen.exit_zero ? exit_passed : exit_failed;
    if (count(verdict::failed) + count(verdict::unexpected_pass) != 0) return failed;
    if (run.flaky_against != 0) return failed;
    if (count(verdict::lost) != 0) return exit_trouble;
    if (count(verdict::not_run) != 0) return exit_failed;
    const std::size_t skipped = count(verdict::skipped) + count(verdict::todo);
    std::size_t all = 0;
    for (const std::size_t each : run.verdicts)
        all += each;
    return skipped != 0 && skipped == all ? static_cast<int>(chosen.skip_code) : exit_passed;
}

}  // namespace cordon::engine::app

CORDON_CHEAP_END
