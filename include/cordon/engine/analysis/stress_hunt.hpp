#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/analysis/repeated_verdict.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/text.hpp>
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

/// When repeating tests ends.
struct stress_limits {
    std::uint64_t runs = 0;      ///< of each test; 0: any number
    deadline end;                ///< nothing begins after it
    std::uint64_t failures = 1;  ///< of all tests
};

/// Runs tests again and again, beside themselves, until one fails. Between the dispatcher and the reports: at the end
/// reports see the failed runs and a first run of each test; until then only figures, with each tick.
class stress_hunt final : public run::repeater, public sink {
  public:
    /// `says_figures`: also as lines now and then, for users without a bar.
    stress_hunt(const test_list& list, const vector<std::size_t>& tests, const stress_limits& limits, bool says_figures,
                sink& out)
        : list_(list), tests_(tests), limits_(limits), says_figures_(says_figures), out_(out) {
        place_.assign(list.tests.size(), none);
        for (const std::size_t test : tests) {
            if (select::is_never_started(list.tests[test])) continue;
            place_[test] = static_cast<std::uint32_t>(studies_.size());
            studies_.emplace_back();
            if (!is_tolerated(list.tests[test])) all_tolerated_ = false;
        }
    }

    /// The tests, each as often as needed to keep this many workers busy, even if there is only one test.
    vector<std::size_t> order_for(std::uint32_t workers) const {
        constexpr std::size_t in_hand = 2;  // one runs, the next is on its way
        const std::size_t count = std::max<std::size_t>(studies_.size(), 1);
        const std::size_t copies = (in_hand * workers + count - 1) / count;
        vector<std::size_t> order(tests_);
        for (std::size_t i = 1; i < copies; ++i) {
            for (const std::size_t test : tests_) {
                if (place_[test] != none) order.push_back(test);
            }
        }
        return order;
    }

    std::uint64_t runs() const { return runs_; }
    std::uint64_t failures() const { return failures_; }
    std::uint64_t peak_rss() const { return peak_rss_; }
    const std::string& stopped_because() const { return stopped_because_; }

    std::string figures(duration over) const { return text::stress_in_words({runs_, failures_}, tolerated_, over); }

    /// Reports the results of each test. Call it once, when the dispatcher is done.
    void conclude() {
        for (const std::size_t test : tests_) {
            if (place_[test] != none) conclude(test, studies_[place_[test]]);
        }
    }

    // ---- repeater ----

    vector<run::planned_run> next_turn(std::size_t test, instant now) override {
        study& of = studies_[place_[test]];
        if (is_over() || (limits_.end && now >= *limits_.end) || leads_nowhere(of.seen.progress)) return {};
        std::size_t count = turn_size(of.seen.progress);
        if (limits_.runs != 0) {
            const std::uint64_t left = limits_.runs - std::min<std::uint64_t>(limits_.runs, of.seen.given);
            count = static_cast<std::size_t>(std::min<std::uint64_t>(count, left));
        }
        vector<run::planned_run> turn(count);
        for (run::planned_run& each : turn) {
            each.test = test;
            each.number = ++of.seen.given;
        }
        return turn;
    }

    /// Held back: conclude() reports more.
    select::verdict_decision verdict_on(std::size_t, const std::string&) override { return {verdict::not_run, {}}; }
    bool is_worn_out(duration age, duration start) const override {
        return analysis::is_worn_out(age, start, workers_);
    }
    std::string stop_reason() const override {
        return is_over() ? text::stress_stopped_in_words(failures_) : std::string();
    }

    // ---- sink ----

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            add(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            if (place_[finished->test] == none) out_.on(happened);
        } else if (const auto* now = happened.get_if<tick>()) {
            tell_figures(now->at);
        } else if (const auto* started = happened.get_if<worker_started>()) {
            note_worker(*started);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            peak_rss_ = end->peak_rss_bytes;
            stopped_because_ = end->stopped_because;
        } else if (happened.get_if<attempt_started>() == nullptr) {
            out_.on(happened);
        }
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;
    static constexpr duration figures_interval = std::chrono::seconds(10);

    struct study {
        flake_evidence seen;
        select::attempt_summary last;
        vector<attempt_result> shown;
    };

    bool is_over() const { return failures_ >= limits_.failures; }

    /// True for a test that only skips itself, or that cordon cannot run.
    static bool leads_nowhere(const flake_progress& so_far) {
        return (so_far.skipped >= 3 && so_far.counts.runs == 0) || so_far.lost >= 3 + so_far.counts.runs / 10;
    }

    void add(const attempt_result& run) {
        study& of = studies_[place_[run.test]];
        const bool failed = run_failed(list_.tests[run.test], run);
        if (run.how != ending::lost || of.seen.progress.total() == 0) of.last = select::summary_of(run);
        ++runs_;
        if (failed) ++(is_tolerated(list_.tests[run.test]) && !all_tolerated_ ? tolerated_ : failures_);
        const std::uint64_t worker = run.slot < worker_of_.size() ? worker_of_[run.slot] : 0;
        if (of.seen.add(run, failed, worker)) of.shown.push_back(attempt_result(run));
    }

    /// Renewed workers are not reported: only each slot's first one, and replaced ones.
    void note_worker(const worker_started& started) {
        if (started.slot >= worker_of_.size()) worker_of_.resize(started.slot + 1);
        const bool first = worker_of_[started.slot] == 0;
        worker_of_[started.slot] = ++workers_;
        if (first || started.replacement) out_.on(worker_started(started));
    }

    void tell_figures(duration at) {
        out_.on(tick{at, runs_, failures_, {}});
        if (!says_figures_ || at - told_at_ < figures_interval) return;
        told_at_ = at;
        out_.on(notice{notice::level::info, duration_text(at) + ": " + figures(at)});
    }

    void conclude(std::size_t test, study& of) {
        // Runs at the same time end in any order.
        sort(of.shown, [](const attempt_result& a, const attempt_result& b) { return a.number < b.number; });
        for (attempt_result& each : of.shown) {
            each.of = each.number;  // no further one follows
            out_.on(attempt_started{test, each.number, each.slot, each.pid, each.started});
            out_.on(attempt_ended{std::move(each)});
        }
        const std::string why = stopped_because_.empty() ? std::string(text::no_time_for_stress) : stopped_because_;
        select::verdict_decision decision = judge_runs(list_.tests[test], of.seen, of.last, why);
        if (of.seen.counts().runs != 0) out_.on(flake_found{summary_of_runs(test, of.seen)});
        out_.on(test_finished{test, decision.what, std::move(decision.reason)});
    }

    const test_list& list_;
    vector<std::size_t> tests_;
    stress_limits limits_;
    bool says_figures_;
    sink& out_;
    vector<std::uint32_t> place_;  // by test, in studies_
    vector<study> studies_;
    vector<std::uint64_t> worker_of_;  // by slot
    std::uint64_t workers_ = 0;
    std::uint64_t runs_ = 0;
    std::uint64_t failures_ = 0;   // that it is stopped for
    std::uint64_t tolerated_ = 0;  // other ones
    bool all_tolerated_ = true;    // no other test is run: then it is these that somebody waits for
    duration told_at_{};
    std::uint64_t peak_rss_ = 0;
    std::string stopped_because_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
