#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/session_ledger.hpp>
#include <cordon/engine/analysis/session_phase.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/repeater.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Wraps the object that decides what runs, and enters the results into the ledger.
class ledger_keeper final : public run::repeater, public sink {
  public:
    /// `usual`: tests run without a changed condition. `phase`: for reports that follow the session, which began at
    /// `started`.
    ledger_keeper(run::repeater& asks, sink& out, session_ledger& ledger, bool usual, const session_phase& phase,
                  instant started)
        : asks_(asks), out_(out), ledger_(ledger), usual_(usual), phase_(phase), started_(started) {}

    vector<run::planned_run> next_turn(std::size_t test, instant now) override {
        vector<run::planned_run> turn = asks_.next_turn(test, now);
        for (const run::planned_run& each : turn) {
            if (usual_ && !is_usual(each)) set_apart_.push_back({each.test, each.number});
        }
        return turn;
    }
    select::verdict_decision verdict_on(std::size_t test, const std::string& why) override {
        return asks_.verdict_on(test, why);
    }
    bool is_worn_out(duration age, duration start) const override { return asks_.is_worn_out(age, start); }
    std::string stop_reason() const override { return asks_.stop_reason(); }

    /// Why the run has ended early; empty where it has not.
    const std::string& stopped_because() const { return stopped_because_; }

    void on(const event& happened) override {
        if (const auto* end = happened.get_if<run_finished>()) stopped_because_ = end->stopped_because;
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            if (usual_ && !was_set_apart(ended->result)) ledger_.add(ended->result);
        }
        if (const auto* now = happened.get_if<tick>()) {
            return out_.on(tick{now->at, now->runs, now->failures, phase_.in_words(started_ + now->at)});
        }
        out_.on(happened);
    }

  private:
    struct run_name {
        std::size_t test;
        std::uint32_t number;
    };

    static bool is_usual(const run::planned_run& run) {
        return !run.snapshot && !run.seed && (run.mode != isolate::shard || run.fresh);
    }

    bool was_set_apart(const attempt_result& run) {
        const auto same = [&run](const run_name& each) { return each.test == run.test && each.number == run.number; };
        const auto found = std::find_if(set_apart_.begin(), set_apart_.end(), same);
        if (found == set_apart_.end()) return false;
        *found = set_apart_.back();
        set_apart_.pop_back();
        return true;
    }

    run::repeater& asks_;
    sink& out_;
    session_ledger& ledger_;
    bool usual_;
    const session_phase& phase_;
    instant started_;
    std::string stopped_because_;
    vector<run_name> set_apart_;  // runs that were planned and have not ended
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
