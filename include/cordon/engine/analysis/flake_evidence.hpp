#pragma once

#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/rhythm.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/select/retry.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

// The stored data about the runs of a test, and conclusions from them without experiments.

namespace cordon::engine::analysis {

/// Numbers and addresses in messages differ from run to run.
std::string without_numbers(std::string_view text) {
    constexpr std::size_t longest = 120;
    std::string kept;
    for (std::size_t i = 0; i < text.size() && kept.size() < longest && text[i] != '\n'; ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (!digit) {
            kept += text[i];
        } else if (kept.empty() || kept.back() != '#') {
            kept += '#';
        }
    }
    return kept;
}

std::string describe(const failure& wrong) {
    std::string text;
    if (!wrong.expression.empty()) {
        text = wrong.macro + "(" + wrong.expression + ")";
    } else {
        text = without_numbers(wrong.message);
        if (!wrong.macro.empty()) text = wrong.macro + (text.empty() ? "" : ": " + text);
    }
    if (!wrong.file.empty()) text += " at " + wrong.file + ":" + std::to_string(wrong.line);
    return text;
}

/// " in parse (parse.cpp:41) < the test (tests.cpp:9)": the innermost calls with names.
std::string top_frames(const attempt_result& attempt) {
    constexpr std::size_t most = 3;
    std::string text;
    if (attempt.stacks.empty()) return text;
    std::size_t shown = 0;
    for (const stack_frame& frame : attempt.stacks.front().frames) {
        if (frame.function.empty()) continue;
        text += shown == 0 ? " in " : " < ";
        text += frame.function;
        if (frame.line != 0)
            text += " (" + std::string(file_name_of(frame.file)) + ":" + std::to_string(frame.line) + ")";
        if (++shown == most) break;
    }
    return text;
}

/// The kind of failure: the ending, the place of a crash, and the first problem.
std::string signature_of(const attempt_result& attempt) {
    std::string text;
    if (attempt.how != ending::failed) text = std::string(name_of(attempt.how));
    if (!attempt.signal_name.empty() && attempt.how != ending::timed_out) text += ": " + attempt.signal_name;
    if (attempt.how == ending::exited || attempt.how == ending::exit_failure) {
        if (attempt.signal == 0) text += " with code " + std::to_string(attempt.exit_code);
    }
    if (attempt.how == ending::over_limit) text += ": " + attempt.reason;
    if (attempt.how == ending::crashed) text += top_frames(attempt);
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::warning) continue;
        return text + (text.empty() ? "" : ", ") + describe(wrong);
    }
    return text.empty() ? "failed" : text;
}

/// The number of failures of each kind.
class signature_counts {
  public:
    /// The most frequent first.
    const vector<flake_signature>& all() const { return signatures_; }

    /// True if it is one of the first of its kind. Further kinds are counted as "others".
    bool add(std::string text) {
        std::size_t i = place_of(text);
        if (i == signatures_.size() && signatures_.size() + 1 >= most_signatures) {
            text = "others";
            i = place_of(text);
        }
        if (i == signatures_.size()) signatures_.push_back({std::move(text), 0});
        const bool kept = ++signatures_[i].count <= kept_of_each;
        while (i > 0 && signatures_[i - 1].count < signatures_[i].count) {
            std::swap(signatures_[i - 1], signatures_[i]);
            --i;
        }
        return kept;
    }

  private:
    static constexpr std::size_t most_signatures = 8;
    static constexpr std::uint64_t kept_of_each = 2;

    std::size_t place_of(const std::string& text) const {
        std::size_t i = 0;
        while (i < signatures_.size() && signatures_[i].text != text)
            ++i;
        return i;
    }

    vector<flake_signature> signatures_;
};

/// The data about one test. Its size does not grow with the number of runs.
class flake_evidence {
  public:
    flake_progress progress;
    std::uint32_t given = 0;  ///< runs that were handed out
    rhythm times;
    duration worked{};  ///< processor time of the processes of all runs
    optional<std::uint64_t> failing_seed, passing_seed;

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
        return signatures_.add(signature_of(run)) || progress.counts.runs == 1;
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
        constexpr double significant = 0.01;
        return after_failure_.rate() > after_pass_.rate() && fisher_exact(after_failure_, after_pass_) < significant;
    }

    bool workers_agree_within() const {
        constexpr double significant = 0.001;
        if (!progress.counts.mixed()) return false;
        agreement chance(progress.counts.rate());
        for (const group& each : groups_) {
            if (each.failures != 0 && each.failures != each.runs) return false;
            chance.add(each.runs);
        }
        return chance.chance() < significant;
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

/// The conclusion from the runs of a test: its category and what it means.
struct runs_say {
    std::string_view category;
    std::string_view explanation;
};

constexpr std::string_view long_period =
    "its failures come in bursts, in different starts of the program: it depends on the time of day, or on "
    "something outside that changes";

runs_say diagnose_runs(const flake_evidence& seen) {
    const run_counts& counts = seen.counts();
    if (counts.runs == 0) return {"not_run", ""};
    if (counts.failures == 0) return {"stable", ""};
    if (!counts.mixed()) return {"failing", "it fails every time: a plain failure, not a flaky test"};
    // Before the clock: workers follow each other, so a difference between them also comes at certain times.
    if (seen.differs_between_workers()) {
        return {"start_up",
                "runs agree within one start of the program and differ between starts: it depends on addresses, hash "
                "seeds or random values of static initializers"};
    }
    if (seen.keeps_to_time()) return {"clock", long_period};
    if (seen.times.period() != duration{0})
        return {"clock", "its failures keep to a moment of a period: it depends on the time of day"};
    if (seen.all_failures_are(ending::timed_out))
        return {
            "timeout",
            "all failures are timeouts: it waits for something that sometimes never happens, or its limit is tight"};
    if (seen.all_failures_are(ending::crashed))
        return {"crash", "all failures are crashes: look for a race or for wrong use of memory"};
    return {"flaky", ""};
}

/// "0 of 60: under 4.9 %", "7 of 60: 11.7 % (5.8 to 22.2 %)".
std::string counts_in_words(const run_counts& seen) {
    std::string text = std::to_string(seen.failures) + " of " + std::to_string(seen.runs);
    if (seen.runs == 0) return text;
    if (seen.failures == 0) return text + ": under " + rate_text(bound_without_failures(seen.runs));
    if (!seen.mixed()) return text;
    const interval where = wilson(seen);
    return text + ": " + rate_text(seen.rate()) + ", 95 % sure from " + rate_text(where.low) + " to " +
           rate_text(where.high);
}

}  // namespace cordon::engine::analysis
