#pragma once

#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/run/repeater.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::analysis {

/// What all runs of a session came to, test by test, whichever part of the session asked for them. Only runs as a usual
/// one count: in the world as it is, with a seed of their own, not beside themselves, not after other tests in one
/// process.
class session_ledger {
  public:
    explicit session_ledger(const test_list& list) : list_(list) {}

    const analysis::run_counts& counts(std::size_t test) const {
        static const analysis::run_counts none;
        return test < counts_.size() ? counts_[test] : none;
    }

    /// In which ways it failed.
    const vector<flake_signature>& signatures(std::size_t test) const { return signatures_[test].all(); }

    /// From now on the first failed run of a test that had none is kept: the reports have not seen one.
    void keep_first_failures() { keeps_ = true; }
    /// Null where there is none.
    const attempt_result* first_failure(std::size_t test) const {
        for (const attempt_result& each : kept_) {
            if (each.test == test) return &each;
        }
        return nullptr;
    }

    void add(const attempt_result& run) {
        if (run.how == ending::lost || run.how == ending::skipped || run.test >= list_.tests.size()) return;
        if (counts_.empty()) counts_.resize(list_.tests.size());
        if (signatures_.empty()) signatures_.resize(list_.tests.size());
        analysis::run_counts& known = counts_[run.test];
        const bool failed = analysis::run_failed(list_.tests[run.test], run);
        if (failed && keeps_ && known.failures == 0) kept_.push_back(attempt_result(run));
        known.add(failed);
        if (failed) signatures_[run.test].add(analysis::signature_of(run));
    }

  private:
    const test_list& list_;
    vector<analysis::run_counts> counts_;  // by test; empty until the first run
    vector<analysis::signature_counts> signatures_;
    vector<attempt_result> kept_;
    bool keeps_ = false;
};

/// Stands around whatever decides what is run, and enters into the ledger what comes of it.
class witness final : public run::repeater, public sink {
  public:
    /// `usual`: the world that the tests run in is not changed.
    witness(run::repeater& asks, sink& out, session_ledger& ledger, bool usual)
        : asks_(asks), out_(out), ledger_(ledger), usual_(usual) {}

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

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            if (usual_ && !was_set_apart(ended->result)) ledger_.add(ended->result);
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
    vector<run_name> set_apart_;  // runs that were planned and have not ended
};

}  // namespace cordon::engine::analysis
