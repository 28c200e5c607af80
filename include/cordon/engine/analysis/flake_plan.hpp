#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// How many runs a test gets in a search for flaky tests. Pure functions of the results so far.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The results of the runs of one test.
struct flake_progress {
    run_counts counts;
    std::uint64_t skipped = 0;  ///< runs that said SKIP
    std::uint64_t lost = 0;     ///< cordon's own trouble
    duration spent{};           ///< by all of its runs, with their processes

    std::uint64_t total() const { return counts.runs + skipped; }
    duration cost() const {
        return total() + lost == 0 ? duration{0} : spent / static_cast<std::int64_t>(total() + lost);
    }
};

/// The runs that a test may have.
struct flake_goal {
    std::uint64_t runs = 0;  ///< exactly this number of runs; 0: depends on results and cost
    duration share{};        ///< of the session's time that a test may have even if nothing new comes of it
    bool time_is_up = false;
    duration patience{};  ///< the time for a fast test to show a failure rate of 1 in 1,000
};

/// Runs of a slow test that passes all of them: show a rate of 1 % in 19 of 20 cases.
constexpr std::uint64_t careful_runs = 300;
/// Number of failures, and of passes, after which the rate is known well enough (to about half of itself).
constexpr std::uint64_t enough_of_both = 10;
constexpr std::uint64_t enough_failures = 10;
/// A test that always fails and takes this long is no longer asked after a few runs.
constexpr duration dear_failure = std::chrono::milliseconds(400);
constexpr std::uint64_t enough_dear_failures = 4;
/// Shows a failure in 1,000 runs with 99 % confidence: `runs_needed(0.001, 0.99)`.
constexpr std::uint64_t rare_runs = 4603;
/// How many times its share a slow test may use to reach `careful_runs`.
constexpr int careful_shares = 20;

/// True if the test should have more runs. A test that passes: at least as many as the sequential test needs (60), as
/// many as fit into its share, and up to 300. A slow test leaves the others their time, and gets more if any is left. A
/// test that always fails: ten, or as many as fit into its share, up to 60; four if each costs much, such as a time
/// limit. A test that does both is flaky, and only its rate is determined.
bool wants_more_runs(const flake_progress& so_far, const flake_goal& goal) {
    constexpr std::uint64_t most_lost = 3;
    constexpr std::uint64_t most_skipped = 3;
    const run_counts& counts = so_far.counts;
    if (goal.time_is_up) return false;
    if (so_far.lost >= most_lost + counts.runs / 10) return false;
    if (goal.runs != 0) return so_far.total() < goal.runs;
    if (so_far.skipped >= most_skipped && counts.runs == 0) return false;
    const bool has_share = so_far.spent < goal.share;
    const sequential_test test;
    if (counts.mixed()) {
        if (std::min(counts.failures, counts.passes()) >= enough_of_both) return false;
        if (has_share) return true;
        const bool open = test.decide(counts.failures, counts.passes()) == sequential_test::decision::open;
        return open && so_far.total() < careful_runs && so_far.spent < goal.share * careful_shares;
    }
    if (counts.failures != 0) {
        if (so_far.cost() > dear_failure) return counts.failures < enough_dear_failures;
        if (counts.failures < enough_failures) return true;
        return has_share && test.decide(0, counts.failures) == sequential_test::decision::open;
    }
    // Extra time for a passing test: other tests use theirs to determine a rate.
    const bool has_more = so_far.spent < goal.share * 3 / 2;
    if (test.decide(0, counts.passes()) == sequential_test::decision::open || has_more) return true;
    // A fast test gets all runs that can show a rare failure, even on a busy machine.
    const bool is_fast = so_far.cost() * static_cast<std::int64_t>(rare_runs) < goal.patience;
    if (is_fast && so_far.total() < rare_runs) return true;
    return so_far.total() < careful_runs && so_far.spent < goal.share * careful_shares;
}

/// The number of runs in a turn: a few milliseconds of work, so that the cost of a turn does not matter. If they are
/// cheap, at least two in one worker, because only they show whether runs agree within a worker.
std::size_t turn_size(const flake_progress& so_far) {
    constexpr duration turn = std::chrono::milliseconds(4);
    constexpr duration long_run = std::chrono::milliseconds(20);
    constexpr std::int64_t most = 64;
    const duration cost = so_far.cost();
    if (cost == duration{0} || cost > long_run) return 1;
    return static_cast<std::size_t>(std::max<std::int64_t>(2, std::min<std::int64_t>(turn / cost, most)));
}

/// The share of each test in a session of `cap` with this many workers. At most 0.7 s, which is thousands of runs of a
/// fast test. Half of the session is reserved for slow tests.
duration share_of(duration cap, std::size_t tests, std::uint32_t workers) {
    constexpr duration most = std::chrono::milliseconds(700);
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(tests, 1));
    return std::min(most, cap * static_cast<std::int64_t>(workers) / (2 * count));
}

/// The most time for a fast test: seconds if the session has few tests; never so much that less than a quarter of the
/// session remains.
duration patience_of(duration cap, std::size_t tests, std::uint32_t workers) {
    constexpr duration most = std::chrono::seconds(4);
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(tests, 1));
    return std::min(most, cap * static_cast<std::int64_t>(workers) * 3 / (4 * count));
}

/// True if a worker should be replaced. A new one costs its start, so it works about forty times as long. The first
/// ones work less, because even a short session needs several; later ones work longer and longer.
bool is_worn_out(duration age, duration start, std::uint64_t workers_so_far) {
    constexpr std::size_t early = 12;
    constexpr std::size_t many = 32;
    constexpr duration least = std::chrono::milliseconds(5);
    constexpr duration most = std::chrono::milliseconds(500);
    const auto later = static_cast<std::int64_t>(40 + 40 * workers_so_far / many);
    const duration life = start * (workers_so_far < early ? 6 : later);
    return age > std::min(most, std::max(least, life));
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
