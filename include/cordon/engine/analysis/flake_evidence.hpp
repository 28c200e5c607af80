#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/neighbors.hpp>
#include <cordon/engine/analysis/rhythm.hpp>
#include <cordon/engine/analysis/signature_counts.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/select/retry.hpp>
#include <cordon/engine/text/failure_signature.hpp>

#include <array>
#include <cstdint>

// The stored data about the runs of a test, and conclusions from them without experiments.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The data about one test. Its size does not grow with the number of runs.
class flake_evidence {
  public:
    flake_progress progress;
    std::uint32_t given = 0;  ///< runs that were handed out
    rhythm times;
    duration worked{};  ///< processor time of the processes of all runs
    optional<std::uint64_t> failing_seed, passing_seed;
    neighbor_counts beside;  ///< the tests that ran beside it when it failed

    const run_counts& counts() const { return progress.counts; }
    const vector<flake_signature>& signatures() const { return signatures_.all(); }
    std::uint64_t workers() const { return workers_; }

    /// Adds a finished run. `worker` identifies the process it was forked from. Returns true if its details should be
    /// kept: for the first run, and for some failures of each kind.
    bool add(const attempt_result& run, bool failed, std::uint64_t worker) {
        progress.spent += run.took + run.spawn + run.cleanup;
        if (run.how == ending::lost) return ++progress.lost == 1;
        if (run.how == ending::skipped) return ++progress.skipped + progress.counts.runs == 1;
        progress.counts.add(failed);
        add_to_group(failed, worker);
        failed_before_ = failed;
        (failed ? failing_seed : passing_seed) = run.seed;
        times.add(run.started, failed);
        if (run.usage.voluntary_switches > of_its_end) ++waits_;
        worked += run.usage.user + run.usage.system;
        if (!failed) {
            add_pass(run);
            return progress.counts.runs == 1;
        }
        ++endings_[static_cast<std::size_t>(run.how)];
        return signatures_.add(text::signature_of(run)) || progress.counts.runs == 1;
    }

    /// True if the test is one thread that never waits, in nearly all of its runs.
    bool never_waits() const { return progress.total() != 0 && waits_ * 5 < progress.total(); }

    /// True if the test mostly waits: for time to pass, or for others.
    bool mostly_waits() const { return worked > duration{0} && worked * 2 < progress.spent; }

    /// True if the test has threads that work all the time, in most of the passed runs: it waits for at most one thing,
    /// such as the end of the last thread, and its processors work. The cost of its process's start and end does not
    /// count.
    bool keeps_threads_busy() const {
        return !never_waits() && passes_that_work_ * 2 > progress.counts.runs - progress.counts.failures &&
               own_work_ * 5 > in_test_ * 2;
    }

    /// True if every failure had this ending.
    bool all_failures_are(ending how) const {
        return progress.counts.failures != 0 && endings_[static_cast<std::size_t>(how)] == progress.counts.failures;
    }

    /// True if the runs of each worker agree and workers differ: a random value of the worker's start decides.
    bool differs_between_workers() const { return workers_agree_within() && !fresh_ones_follow(); }

    /// The same, but a new worker repeats the result of the run before it: the time decides, in periods longer than a
    /// worker's life.
    bool keeps_to_time() const { return workers_agree_within() && fresh_ones_follow(); }

  private:
    void add_pass(const attempt_result& run) {
        if (run.usage.voluntary_switches <= of_its_end + 1) ++passes_that_work_;
        own_work_ += run.usage.user + run.usage.system - run.spawn - run.cleanup;
        in_test_ += run.took;
    }

    bool fresh_ones_follow() const {
        return after_failure_.rate() > after_pass_.rate() &&
               fisher_exact(after_failure_, after_pass_) < threshold::fresh_worker_follows;
    }

    bool workers_agree_within() const {
        if (!progress.counts.mixed()) return false;
        agreement chance(progress.counts.rate());
        for (const group& each : groups_) {
            if (each.failures != 0 && each.failures != each.runs) return false;
            chance.add(each.runs);
        }
        return chance.chance() < threshold::workers_agree;
    }

    static constexpr std::uint64_t of_its_end = 1;  // every process gives up its processor once, at its end
    static constexpr std::size_t most_groups = 256;

    struct group {
        std::uint64_t worker;
        std::uint32_t runs;
        std::uint32_t failures;
    };

    void add_to_group(bool failed, std::uint64_t worker) {
        for (std::size_t i = groups_.size(); i-- > 0;) {
            if (groups_[i].worker != worker) continue;
            ++groups_[i].runs;
            groups_[i].failures += failed ? 1 : 0;
            return;
        }
        if (groups_.size() < most_groups) {
            ++workers_;
            if (workers_ > 1) (failed_before_ ? after_failure_ : after_pass_).add(failed);
            groups_.push_back({worker, 1, failed ? 1u : 0u});
        } else if (uncounted_ != worker) {
            ++workers_;
            uncounted_ = worker;
        }
    }

    signature_counts signatures_;
    vector<group> groups_;
    run_counts after_failure_, after_pass_;  // the first run in each worker, by the result of the run before it
    bool failed_before_ = false;
    std::array<std::uint64_t, 10> endings_{};
    std::uint64_t waits_ = 0;             // runs in which it gave up its processor
    std::uint64_t passes_that_work_ = 0;  // passed runs that gave it up at most once
    duration own_work_{}, in_test_{};     // of those that passed: processor time, and time
    std::uint64_t workers_ = 0;
    std::uint64_t uncounted_ = 0;  // the last worker without a group, beyond the maximum number of groups
};

/// True if failures of the test are known: they neither stop a run nor decide its exit code.
bool is_tolerated(const test_info& test) { return test.quarantine || test.may_fail; }

/// True if a run counts against the test: for a test that should fail, a pass does. A test that may fail still has a
/// rate.
bool run_failed(const test_info& test, const attempt_result& run) {
    const bool counts_failures = test.may_fail && !test.should_fail && test.expected_failures == 0;
    if (!select::is_declared(test) || counts_failures) return select::is_failure(run.how);
    test_info alone;  // without quarantine, which matters for the verdict, not for the runs
    alone.should_fail = test.should_fail;
    alone.may_fail = test.may_fail;
    alone.expected_failures = test.expected_failures;
    vector<select::attempt_summary> one;
    one.push_back(select::summary_of(run));
    const verdict what = select::judge(alone, one).what;
    return what == verdict::failed || what == verdict::unexpected_pass;
}

/// The cause that the runs alone show; none: only the number of failures is known.
flake_cause cause_of_runs(const flake_evidence& seen) {
    const run_counts& counts = seen.counts();
    if (counts.failures == 0) return flake_cause::none;
    if (!counts.mixed()) return flake_cause::fails_always;
    // Before the clock: workers follow each other, so a difference between them also comes at certain times.
    if (seen.differs_between_workers()) return flake_cause::drawn_at_start;
    if (seen.keeps_to_time()) return flake_cause::bursts_over_starts;
    if (seen.times.period() != duration{0}) return flake_cause::period;
    if (seen.all_failures_are(ending::timed_out)) return flake_cause::all_timeouts;
    if (seen.all_failures_are(ending::crashed)) return flake_cause::all_crashes;
    return flake_cause::none;
}

/// The category if there is no cause.
flake_category category_by_counts(const run_counts& counts) {
    if (counts.runs == 0) return flake_category::not_run;
    return counts.failures == 0 ? flake_category::stable : flake_category::flaky;
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
