#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/analysis/flake_plan.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/repeater.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// A fixed list of runs and their results. Reports see only notices.
class fixed_runs final : public run::repeater, public sink {
  public:
    struct outcome {
        bool ran = false;  ///< it ended neither lost nor skipped
        bool failed = false;
        ending how = ending::lost;
        std::uint64_t worker = 0;  ///< counts the workers of this object
        duration from{}, until{};  ///< since the start of the session, its clean-up included
    };

    /// `first_number` is the number of the first run. Attempts with other numbers have other seeds.
    fixed_runs(const test_list& list, sink& out, std::uint32_t first_number = 1)
        : list_(list), out_(out), first_number_(first_number), turns_(list.tests.size()) {}

    /// Adds a turn for the test; its runs may belong to other tests. Returns the index of the first result.
    std::size_t add_turn(std::size_t test, vector<run::planned_run> runs) {
        const std::size_t first = outcomes_.size();
        for (run::planned_run& each : runs) {
            each.number = first_number_ + static_cast<std::uint32_t>(outcomes_.size());
            outcomes_.emplace_back();
        }
        const bool has_turns = !turns_[test].empty();
        turns_[test].push_back(std::move(runs));
        if (has_turns) return first;
        for (const std::size_t known : tests_) {
            if (known == test) return first;
        }
        tests_.push_back(test);
        return first;
    }

    /// Adds this many runs of one test, in turns of `a_turn`.
    std::size_t add_runs(std::size_t test, std::uint64_t count, std::size_t a_turn, optional<std::uint64_t> seed,
                         isolate mode = isolate::by_default) {
        const std::size_t first = outcomes_.size();
        while (count != 0) {
            vector<run::planned_run> turn(static_cast<std::size_t>(std::min<std::uint64_t>(count, a_turn)));
            count -= turn.size();
            for (run::planned_run& each : turn) {
                each.test = test;
                each.seed = seed;
                each.mode = mode;
            }
            add_turn(test, std::move(turn));
        }
        return first;
    }

    /// The tests that have turns.
    const vector<std::size_t>& tests() const { return tests_; }
    const outcome& operator[](std::size_t index) const { return outcomes_[index]; }
    run_counts count(std::size_t first, std::size_t runs) const {
        run_counts counts;
        for (std::size_t i = first; i < first + runs; ++i) {
            if (outcomes_[i].ran) counts.add(outcomes_[i].failed);
        }
        return counts;
    }

    /// For each of them that ran: did it fail? In order.
    vector<bool> failures(std::size_t first, std::size_t runs) const {
        vector<bool> failed;
        for (std::size_t i = first; i < first + runs; ++i) {
            if (outcomes_[i].ran) failed.push_back(outcomes_[i].failed);
        }
        return failed;
    }

    /// The workers whose runs of these failed, among those that made any; nothing if the runs of one worker differ.
    optional<run_counts> count_workers(std::size_t first, std::size_t runs) const {
        run_counts counts;
        for (std::size_t i = first; i < first + runs; ++i) {
            if (!outcomes_[i].ran) continue;
            std::size_t other = first;
            while (!outcomes_[other].ran || outcomes_[other].worker != outcomes_[i].worker)
                ++other;
            if (other == i) counts.add(outcomes_[i].failed);
            if (outcomes_[other].failed != outcomes_[i].failed) return nullopt;
        }
        return counts;
    }

    /// No run begins after this time; those that have not begun are not counted.
    void end_at(instant until) { until_ = until; }

    /// Reports should see this run, as the test's first.
    void show(std::size_t index) { shown_ = index; }

    vector<run::planned_run> next_turn(std::size_t test, instant now) override {
        if (turns_[test].empty() || (until_ && now >= *until_)) return {};
        vector<run::planned_run> next = std::move(turns_[test].front());
        turns_[test].pop_front();
        return next;
    }
    select::verdict_decision verdict_on(std::size_t, const std::string&) override { return {verdict::passed, {}}; }
    bool is_worn_out(duration age, duration start) const override {
        return analysis::is_worn_out(age, start, workers_);
    }

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            const attempt_result& run = ended->result;
            const std::size_t index = run.number - first_number_;
            if (index >= outcomes_.size()) return;
            outcomes_[index].ran = run.how != ending::lost && run.how != ending::skipped;
            outcomes_[index].failed = run_failed(list_.tests[run.test], run);
            outcomes_[index].how = run.how;
            outcomes_[index].from = run.started - run.spawn;
            outcomes_[index].until = run.started + run.took + run.cleanup;
            outcomes_[index].worker = run.slot < worker_of_.size() ? worker_of_[run.slot] : 0;
            if (index == shown_) pass_on(run);
        } else if (const auto* started = happened.get_if<worker_started>()) {
            if (started->slot >= worker_of_.size()) worker_of_.resize(started->slot + 1);
            worker_of_[started->slot] = ++workers_;
        } else if (happened.get_if<notice>() != nullptr || happened.get_if<tick>() != nullptr) {
            out_.on(happened);
        }
    }

  private:
    void pass_on(const attempt_result& run) {
        attempt_result shown(run);
        shown.number = shown.of = 1;
        out_.on(attempt_started{shown.test, 1, shown.slot, shown.pid, shown.started});
        out_.on(attempt_ended{std::move(shown)});
    }

    const test_list& list_;
    sink& out_;
    std::uint32_t first_number_;
    vector<queue<vector<run::planned_run>>> turns_;  // by test
    vector<std::size_t> tests_;
    vector<outcome> outcomes_;
    deadline until_;
    std::uint64_t workers_ = 0;
    vector<std::uint64_t> worker_of_;  // by slot
    std::size_t shown_ = static_cast<std::size_t>(-1);
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
