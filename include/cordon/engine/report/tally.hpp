#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/past_words.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// A failure in one line: "CHECK(a == b): 4 == 5".
inline std::string failure_in_brief(const failure& wrong) {
    const std::string message = wrong.message.substr(0, wrong.message.find('\n'));
    if (wrong.macro.empty()) return wrong.expression.empty() ? message : wrong.expression;
    if (wrong.expression.empty() || (wrong.kind == failure_kind::explicit_ && !message.empty()))
        return wrong.macro + (message.empty() ? "" : ": " + message);
    std::string text = wrong.macro + "(" + wrong.expression + ")";
    const std::string values = wrong.op.empty() ? std::string() : wrong.expanded();
    constexpr std::size_t brief = 60;
    if (!values.empty() && values.size() <= brief && values.find('\n') == std::string::npos)
        return text + ": " + values;
    return message.empty() ? text : text + ": " + message;
}

/// A test that a summary names: every test but passed, skipped and todo ones.
struct noted_test {
    std::size_t test = 0;
    verdict what = verdict::failed;
    ending how = ending::lost;  ///< of its last failed attempt
    std::uint32_t attempts = 0;
    bool repeated = false;  ///< from --flake-detect, not after a failure
    duration took{};
    std::string reason;     ///< of the verdict, or of that attempt
    std::string against{};  ///< test_finished::against
    std::string file;       ///< where it failed first in that attempt; empty when unknown
    std::uint32_t line = 0;
    bool tried_again = false;
    vector<std::string> leaf{};  ///< the only subcase that did not pass, for each failed attempt
};

/// The results of retries: in all, and by the class of the attempt before. Lost attempts, which are errors of cordon
/// itself, are a class too.
struct retry_figures {
    struct row {
        std::uint64_t retries = 0;
        std::uint64_t recovered = 0;  ///< tests that passed then, and whose verdict does not fail the run
    };
    std::uint64_t tests = 0;
    row all;
    row by_class[retry_class_count];
};

/// A passed test with leftovers.
struct leaky_test {
    std::size_t test = 0;
    leftovers left;
};

/// A test in quarantine that has been passing for long.
struct stable_test {
    std::size_t test = 0;
    test_past earlier;
};

struct timed_test {
    std::size_t test = 0;
    duration took{};
};

/// A passed test that used more than four fifths of its time limit.
struct near_miss {
    std::size_t test = 0;
    duration took{};
    duration limit{};
};

/// The time limit of a test in this run; 0: none.
inline duration limit_of(const test_info& test, const run_info& run) {
    return run.isolation == isolate::none ? duration{0} : test.timeout.value_or(run.timeout);
}

/// The figures of a run. Costs 8 bytes for each test of the program, and more only for noted tests.
class tally {
  public:
    explicit tally(std::size_t slowest_kept = 0) : slowest_kept_(slowest_kept) {}

    void on(const event& happened);

    std::uint64_t count(verdict what) const { return counts_[static_cast<std::size_t>(what)]; }
    /// Tests that make the run fail: failed ones, passes of tests that were declared to fail, and flaky ones that fail
    /// the run. Lost ones, which are errors of cordon itself, are counted separately.
    std::uint64_t failed() const { return count(verdict::failed) + count(verdict::unexpected_pass) + flaky_against_; }
    std::uint64_t flaky_against() const { return flaky_against_; }
    /// Why flaky tests fail the run, from the first one that does.
    const std::string& why_flaky_against() const { return why_flaky_against_; }
    /// True if the run failed.
    bool bad() const { return failed() + count(verdict::lost) != 0 || !against_.empty(); }
    std::uint64_t selected() const { return selected_; }
    /// Tests that have a verdict.
    std::uint64_t finished() const { return finished_; }
    std::uint64_t assertions() const { return assertions_; }
    std::uint64_t failed_assertions() const { return failed_assertions_; }
    std::uint64_t attempts() const { return attempts_; }
    const retry_figures& retries() const { return retries_; }
    /// Of repeated tests; attempts() counts only those that were reported in full.
    std::uint64_t runs() const { return runs_; }
    /// Of repeated tests, as of the last tick.
    std::uint64_t runs_so_far() const { return runs_so_far_; }
    std::uint64_t failures_so_far() const { return failures_so_far_; }
    /// What a session of repeated runs does now; empty in other runs.
    const std::string& phase() const { return phase_; }
    std::uint64_t workers_started() const { return workers_started_; }
    std::uint64_t workers_replaced() const { return workers_replaced_; }
    std::uint64_t peak_rss_bytes() const { return peak_rss_bytes_; }

    /// The time of all attempts of a test so far; for repeated tests the mean of the reported ones.
    duration time_of(std::size_t test) const {
        if (test >= time_.size()) return {};
        return duration(repeats_ && told_[test] > 1 ? time_[test] / told_[test] : time_[test]);
    }
    /// The mean over attempts with their own process.
    duration mean_spawn() const { return spawned_ == 0 ? duration{} : spawn_ / spawned_; }
    duration wall() const { return wall_; }
    /// Processor time of all attempts.
    duration user_time() const { return user_; }
    duration system_time() const { return system_; }
    /// The remaining time of the run, from the times of its tests in earlier runs and the speed of this one. Nothing if
    /// unknown.
    optional<duration> time_left(duration at) const;
    /// The time of all attempts divided by the time of the run; 0 before its end.
    double speedup() const { return wall_.count() > 0 ? seconds(busy_) / seconds(wall_) : 0; }

    /// The command that reproduces a flaky test's failure; null if there is none.
    const std::string* command_for(std::size_t test) const {
        for (const flake_command& each : commands_) {
            if (each.test == test) return &each.command;
        }
        return nullptr;
    }

    /// In the order in which they finished.
    const vector<noted_test>& noted() const { return noted_; }
    const vector<stable_test>& may_leave_quarantine() const { return stable_; }
    /// Slowest first.
    const vector<timed_test>& slowest() const { return slowest_; }

    /// Attempts that passed shortly before their time limit, and the first of them.
    std::uint64_t near_misses() const { return near_count_; }
    const vector<near_miss>& first_near_misses() const { return near_; }

    /// Attempts that passed with leftovers, and the first of them.
    std::uint64_t leaky() const { return leaky_count_; }
    const vector<leaky_test>& first_leaky() const { return leaky_; }

    int cancelled_by() const { return cancelled_by_; }
    const std::string& stopped_because() const { return stopped_because_; }
    /// run_finished::against
    const std::string& against() const { return against_; }

  private:
    struct flake_command {
        std::size_t test;
        std::string command;
    };

    static constexpr std::size_t most_leaky_kept = 1000;
    static constexpr std::size_t most_near_kept = 1000;

    void start(const run_started& run);
    void add(const attempt_result& attempt);
    void add_figures(const attempt_result& attempt);
    void look_at_limit(const attempt_result& attempt);
    void add(const test_finished& test);
    void note(const test_finished& test);
    void add_retry(const attempt_result& attempt);
    void add_recovery(const test_finished& test);
    void keep_if_slow(timed_test candidate);

    noted_test* trouble_of(std::size_t test);

    std::size_t slowest_kept_;
    std::uint64_t counts_[verdict_count] = {};
    std::uint64_t selected_ = 0;
    std::uint64_t finished_ = 0;
    std::uint64_t assertions_ = 0;
    std::uint64_t failed_assertions_ = 0;
    std::uint64_t attempts_ = 0;
    std::uint64_t workers_started_ = 0;
    std::uint64_t workers_replaced_ = 0;
    std::uint64_t peak_rss_bytes_ = 0;
    std::int64_t spawned_ = 0;
    duration spawn_{};
    duration busy_{};
    duration user_{};
    duration system_{};
    duration wall_{};
    vector<duration> expected_;  // by test, for tests that have not finished; empty: unknown
    duration last_end_{};        // of an attempt
    duration expected_left_{};
    duration expected_done_{};
    std::uint32_t jobs_ = 1;
    vector<duration::rep> time_;
    vector<std::int64_t> told_;  // attempts; only if tests are repeated
    vector<noted_test> noted_;
    vector<noted_test> open_;  // between a failed attempt and the verdict
    vector<timed_test> slowest_;
    vector<stable_test> stable_;
    retry_figures retries_;
    vector<std::size_t> repeated_;  // tests with a summary of repeated runs and failures, and without a verdict
    vector<flake_command> commands_;
    std::uint64_t runs_ = 0;
    std::uint64_t runs_so_far_ = 0;
    std::uint64_t failures_so_far_ = 0;
    std::string phase_;
    bool repeats_ = false;
    std::shared_ptr<const test_list> list_;
    run_info run_;
    vector<near_miss> near_;
    std::uint64_t near_count_ = 0;
    vector<leaky_test> leaky_;
    std::uint64_t leaky_count_ = 0;
    int cancelled_by_ = 0;
    std::string stopped_because_;
    std::string against_;
    std::uint64_t flaky_against_ = 0;
    std::string why_flaky_against_;
};

void tally::on(const event& happened) {
    if (const auto* ended = happened.get_if<attempt_ended>()) {
        add(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        add(*finished);
    } else if (const auto* worker = happened.get_if<worker_started>()) {
        ++workers_started_;
        if (worker->replacement) ++workers_replaced_;
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    } else if (const auto* now = happened.get_if<tick>()) {
        // A step that only explains counts no runs.
        if (now->runs != 0) {
            runs_so_far_ = now->runs;
            failures_so_far_ = now->failures;
        }
        phase_ = now->phase;
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        runs_ += flake->what.runs;
        if (flake->what.failures != 0) repeated_.push_back(flake->what.test);
        if (!flake->what.repro.empty()) commands_.push_back({flake->what.test, flake->what.repro});
    } else if (const auto* end = happened.get_if<run_finished>()) {
        wall_ = end->took;
        // A test without a verdict was not run: every selected test is counted once.
        if (finished_ < selected_) counts_[static_cast<std::size_t>(verdict::not_run)] += selected_ - finished_;
        cancelled_by_ = end->cancelled_by;
        stopped_because_ = end->stopped_because;
        against_ = end->against;
        peak_rss_bytes_ = std::max(peak_rss_bytes_, end->peak_rss_bytes);
    }
}

void tally::start(const run_started& run) {
    selected_ = run.selected.size();
    repeats_ = run.info.repeats;
    list_ = run.list;
    run_ = run.info;
    if (run.list) time_.assign(run.list->tests.size(), 0);
    told_.assign(repeats_ ? time_.size() : 0, 0);
    jobs_ = std::max<std::uint32_t>(run.info.jobs, 1);
    expected_.clear();
    if (run.expected.empty() || run.expected.size() != time_.size()) return;
    expected_.resize(time_.size());
    for (const std::size_t test : run.selected) {
        expected_[test] = run.expected[test];
        expected_left_ += expected_[test];
    }
}

void tally::look_at_limit(const attempt_result& attempt) {
    if (attempt.how != ending::passed || !list_ || attempt.test >= list_->tests.size()) return;
    const duration limit = limit_of(list_->tests[attempt.test], run_);
    if (limit == duration{0} || attempt.took <= limit / 5 * 4) return;
    ++near_count_;
    if (near_.size() < most_near_kept) near_.push_back({attempt.test, attempt.took, limit});
}

void tally::add_figures(const attempt_result& attempt) {
    ++attempts_;
    last_end_ = std::max(last_end_, attempt.started + attempt.took);
    assertions_ += attempt.assertions;
    failed_assertions_ += attempt.failed_assertions;
    peak_rss_bytes_ = std::max(peak_rss_bytes_, attempt.usage.max_rss_bytes);
    busy_ += attempt.took;
    if (attempt.spawn.count() > 0) {
        spawn_ += attempt.spawn;
        ++spawned_;
    }
    if (attempt.test < time_.size()) time_[attempt.test] += attempt.took.count();
    if (attempt.test < told_.size()) ++told_[attempt.test];
    if (attempt.number > 1 && !repeats_) add_retry(attempt);
    user_ += attempt.usage.user;
    system_ += attempt.usage.system;
}

void tally::add(const attempt_result& attempt) {
    add_figures(attempt);
    look_at_limit(attempt);
    if (attempt.how == ending::passed && attempt.left.any_fault()) {
        ++leaky_count_;
        if (leaky_.size() < most_leaky_kept) leaky_.push_back({attempt.test, attempt.left});
    }
    if (attempt.how == ending::passed || attempt.how == ending::skipped) return;

    noted_test* known = trouble_of(attempt.test);
    if (known == nullptr) {
        open_.emplace_back();
        known = &open_.back();
        known->test = attempt.test;
    }
    noted_test& so_far = *known;
    const vector<std::string> leaf = only_bad_leaf(attempt);
    so_far.leaf = so_far.attempts == 0 || so_far.leaf == leaf ? leaf : vector<std::string>();
    so_far.how = attempt.how;
    so_far.attempts = attempt.number;
    so_far.reason = attempt.reason;
    so_far.file.clear();
    so_far.line = 0;
    for (const failure& wrong : attempt.failures) {
        if (!fails_test(wrong.kind) || wrong.file.empty()) continue;
        so_far.file = wrong.file;
        so_far.line = wrong.line;
        if (so_far.reason.empty() && attempt.how == ending::failed) so_far.reason = failure_in_brief(wrong);
        break;
    }
}

void tally::add(const test_finished& test) {
    ++counts_[static_cast<std::size_t>(test.what)];
    ++finished_;
    if (!test.against.empty() && flaky_against_++ == 0) why_flaky_against_ = test.against;
    if (test.test < expected_.size()) {
        expected_left_ -= expected_[test.test];
        expected_done_ += std::exchange(expected_[test.test], duration{});
    }
    if (retries_.tests != 0) add_recovery(test);
    if (slowest_kept_ != 0) keep_if_slow({test.test, time_of(test.test)});
    switch (test.what) {
        case verdict::passed:
            if (test.earlier && text::may_leave_quarantine(*test.earlier))
                stable_.push_back({test.test, *test.earlier});
            break;
        case verdict::skipped:
        case verdict::todo:
        case verdict::not_run:
            break;
        default:
            note(test);
    }
}

void tally::add_retry(const attempt_result& attempt) {
    noted_test* const before = trouble_of(attempt.test);
    if (before == nullptr) return;
    if (!std::exchange(before->tried_again, true)) ++retries_.tests;
    ++retries_.all.retries;
    ++retries_.by_class[static_cast<std::size_t>(retry_class_of(before->how))].retries;
}

void tally::add_recovery(const test_finished& test) {
    if (test.what != verdict::flaky && test.what != verdict::passed) return;
    const noted_test* const before = trouble_of(test.test);
    if (before == nullptr || !before->tried_again) return;
    ++retries_.all.recovered;
    ++retries_.by_class[static_cast<std::size_t>(retry_class_of(before->how))].recovered;
}

optional<duration> tally::time_left(duration at) const {
    if (expected_.empty()) return nullopt;
    const duration longest = *std::max_element(expected_.begin(), expected_.end());
    // A busier machine is not ten times as slow, and the first tests say little about the others.
    constexpr duration trust = std::chrono::milliseconds(500);
    const double pace = seconds(busy_ + trust) / seconds(expected_done_ + trust);
    const double bounded = std::min(std::max(pace, 0.2), 5.0);
    const double work = std::max(seconds(expected_left_) / jobs_, seconds(longest)) * bounded;
    return from_seconds(std::max(0.0, work - seconds(std::max(at - last_end_, duration{}))));
}

void tally::note(const test_finished& test) {
    noted_test entry;
    if (noted_test* known = trouble_of(test.test)) {
        entry = std::move(*known);
        if (known != &open_.back()) *known = std::move(open_.back());
        open_.pop_back();
    } else {
        entry.how = test.what == verdict::unexpected_pass ? ending::passed : ending::lost;
    }
    const auto repeated = std::find(repeated_.begin(), repeated_.end(), test.test);
    entry.repeated = repeated != repeated_.end();
    if (entry.repeated) repeated_.erase(repeated);
    entry.test = test.test;
    entry.what = test.what;
    entry.took = time_of(test.test);
    // The reason of a failure says more than the number of failures.
    const bool by_count = test.what == verdict::flaky && !entry.repeated && !entry.reason.empty();
    const bool has_brief = entry.how == ending::failed && test.what == verdict::failed && !entry.reason.empty();
    if (has_brief && !test.reason.empty() && test.reason != entry.reason) {
        entry.reason += "; " + test.reason;
    } else if (!test.reason.empty() && !by_count) {
        entry.reason = test.reason;
    }
    entry.against = test.against;
    noted_.push_back(std::move(entry));
}

void tally::keep_if_slow(timed_test candidate) {
    if (candidate.took.count() <= 0) return;
    if (slowest_.size() < slowest_kept_) {
        slowest_.push_back(candidate);
    } else if (slowest_.back().took < candidate.took) {
        slowest_.back() = candidate;
    } else {
        return;
    }
    for (std::size_t i = slowest_.size() - 1; i > 0 && slowest_[i - 1].took < candidate.took; --i) {
        slowest_[i] = slowest_[i - 1];
        slowest_[i - 1] = candidate;
    }
}

noted_test* tally::trouble_of(std::size_t test) {
    for (std::size_t i = 0; i < open_.size(); ++i) {
        if (open_[i].test == test) return &open_[i];
    }
    return nullptr;
}

}  // namespace cordon::engine::report
