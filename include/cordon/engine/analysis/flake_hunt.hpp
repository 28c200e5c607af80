#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/repeated_verdict.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/repeater.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Looks for flaky tests: decides the runs of every test. Between the dispatcher and the reports: reports see some runs
/// of a test, then its summary and its verdict. Verdicts that need further examination are held back.
class flake_hunt final : public run::repeater, public sink {
  public:
    /// `end`: no test gets another turn after it.
    flake_hunt(const test_list& list, const vector<std::size_t>& tests, flake_goal goal, instant end, sink& out)
        : list_(list), goal_(goal), end_(end), out_(out) {
        place_.assign(list.tests.size(), none);
        for (const std::size_t test : tests) {
            place_[test] = static_cast<std::uint32_t>(studies_.size());
            studies_.emplace_back();
        }
    }

    /// Holds back all verdicts, not only those on tests that passed and failed.
    void hold_all() { holds_all_ = true; }

    const flake_evidence& evidence(std::size_t test) const { return studies_[place_[test]].seen; }
    const vector<test_finished>& held() const { return held_; }
    std::uint64_t peak_rss() const { return peak_rss_; }
    const std::string& stopped_because() const { return stopped_because_; }
    /// The number of tests with fewer runs than planned, because the time was over.
    std::size_t cut_short() const { return cut_short_; }
    std::uint64_t runs() const { return runs_; }
    /// The time that a start of the program took at most.
    duration start_cost() const { return start_cost_; }

    flake_summary summary(std::size_t test) const { return summary_of_runs(test, evidence(test)); }

    // ---- repeater ----

    vector<run::planned_run> next_turn(std::size_t test, instant now) override {
        flake_evidence& seen = studies_[place_[test]].seen;
        flake_goal goal = goal_;
        vector<run::planned_run> turn;
        if (!wants_more_runs(seen.progress, goal)) return turn;
        goal.time_is_up = now >= end_;
        if (goal.time_is_up) {
            ++cut_short_;
            return turn;
        }
        std::size_t count = turn_size(seen.progress);
        const std::uint64_t left = goal.runs - seen.progress.total();
        if (goal.runs != 0 && left < count) count = static_cast<std::size_t>(left);
        turn.resize(count);
        for (run::planned_run& each : turn) {
            each.test = test;
            each.number = ++seen.given;
        }
        return turn;
    }

    /// The verdict on a test from all its usual runs, if other steps than the search have also run it.
    select::verdict_decision verdict_by(std::size_t test, const run_counts& all) const {
        return judge_counts(list_.tests[test], all, studies_[place_[test]].last);
    }

    select::verdict_decision verdict_on(std::size_t test, const std::string& why) override {
        const study& of = studies_[place_[test]];
        return judge_runs(list_.tests[test], of.seen, of.last,
                          why.empty() ? std::string(text::no_time_to_search) : why);
    }

    bool is_worn_out(duration age, duration start) const override {
        start_cost_ = std::max(start_cost_, start);
        return analysis::is_worn_out(age, start, workers_);
    }

    // ---- sink ----

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            add(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            conclude(*finished);
        } else if (const auto* now = happened.get_if<tick>()) {
            out_.on(tick{now->at, runs_, failures_, now->phase});
        } else if (const auto* started = happened.get_if<worker_started>()) {
            note_worker(*started);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            peak_rss_ = end->peak_rss_bytes;
            stopped_because_ = end->stopped_because;
        } else if (const auto* begun = happened.get_if<attempt_started>()) {
            nearby_.began(*begun);
        } else {
            out_.on(happened);
        }
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct study {
        flake_evidence seen;
        select::attempt_summary last;
    };

    void add(const attempt_result& run) {
        study& of = studies_[place_[run.test]];
        const bool failed = run_failed(list_.tests[run.test], run);
        if (run.how != ending::lost || of.seen.progress.total() == 0) of.last = select::summary_of(run);
        ++runs_;
        if (failed) ++failures_;
        nearby_.ended(run);
        if (failed) nearby_.for_each_beside(run, [&of](std::size_t other) { of.seen.beside.add(other); });
        const std::uint64_t worker = run.slot < worker_of_.size() ? worker_of_[run.slot] : 0;
        if (!of.seen.add(run, failed, worker)) return;
        // Only the copies are limited: one for some kinds of failures.
        out_.on(attempt_started{run.test, run.number, run.slot, run.pid, run.started});
        attempt_result shown(run);
        shown.of = shown.number;
        out_.on(attempt_ended{std::move(shown)});
    }

    // Renewed workers are not reported: only each slot's first one, and replaced ones.
    void note_worker(const worker_started& started) {
        if (started.slot >= worker_of_.size()) worker_of_.resize(started.slot + 1);
        const bool first = worker_of_[started.slot] == 0;
        worker_of_[started.slot] = ++workers_;
        if (first || started.replacement) out_.on(worker_started(started));
    }

    void conclude(const test_finished& finished) {
        if (place_[finished.test] == none) return out_.on(test_finished(finished));
        const run_counts& counts = evidence(finished.test).counts();
        if (counts.mixed() || (holds_all_ && counts.runs != 0)) return held_.push_back(finished);
        if (counts.runs != 0) out_.on(flake_found{summary(finished.test)});
        out_.on(test_finished(finished));
    }

    const test_list& list_;
    flake_goal goal_;
    instant end_;
    sink& out_;
    bool holds_all_ = false;
    vector<std::uint32_t> place_;  // by test, in studies_
    vector<study> studies_;
    neighborhood nearby_;
    vector<test_finished> held_;
    vector<std::uint64_t> worker_of_;  // by slot
    std::uint64_t workers_ = 0;
    mutable duration start_cost_{};
    std::uint64_t runs_ = 0;
    std::uint64_t failures_ = 0;
    std::size_t cut_short_ = 0;
    std::uint64_t peak_rss_ = 0;
    std::string stopped_because_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
