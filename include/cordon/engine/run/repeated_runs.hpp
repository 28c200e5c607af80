#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/repeats.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// Runs tests again and again, as a repeater says. After its turn a test goes back into the last half of the queue.
class repeated_runs final : public repeats {
  public:
    repeated_runs(const run_context& of, repeater& asks, std::size_t slots, results& so_far, select::schedule& pending)
        : run_(of), asks_(asks), results_(so_far), schedule_(pending), turns_(slots) {}

    std::size_t share_of(const worker_room& worker) const override;
    vector<planned_run> begin_turn(std::uint32_t slot, std::size_t test) override;
    void end_run(std::uint32_t slot, std::size_t test) override;
    void take_back(std::uint32_t slot, const vector<std::size_t>& tests) override {
        for (const std::size_t test : tests)
            end_run(slot, test);
    }
    std::uint32_t next_attempt(std::size_t test) const override { return results_.next_attempt(test); }
    std::uint32_t most_attempts(std::size_t test) const override { return results_.most_attempts(test); }

    std::string record(attempt_result what) override {
        results_.report(std::move(what));
        return asks_.stop_reason();
    }
    std::string record_unstartable(attempt_result what) override {
        const std::size_t test = what.test;
        std::string stop = record(std::move(what));
        results_.settle(test, asks_.verdict_on(test, {}));
        return stop;
    }
    void settle_unfinished(std::size_t test, const std::string& why) override {
        results_.settle(test, asks_.verdict_on(test, why));
    }

    bool needs_results_at_once() const override { return true; }
    bool judges_by_end_of_time() const override { return false; }
    bool is_worn_out(const worker_slot& worker) const override {
        return worker.greeted && asks_.is_worn_out(run_.now() - worker.started_at, worker.start_took);
    }

  private:
    struct turn {
        std::size_t test;
        std::size_t left;  ///< its runs that have not ended
    };

    const run_context& run_;
    repeater& asks_;
    results& results_;
    select::schedule& schedule_;
    vector<vector<turn>> turns_;  // by slot
    std::uint64_t turns_ended_ = 0;
};

// Turns have their own size, so a slot takes one at a time, or several short ones. The next one is sent while one runs,
// so that the worker does not wait.
std::size_t repeated_runs::share_of(const worker_room& worker) const {
    constexpr duration short_turn = std::chrono::milliseconds(1);
    const bool quick = worker.mean != duration{0} && worker.mean < short_turn;
    const std::size_t enough = quick ? 2 : 1;
    if (turns_[worker.slot].size() >= enough) return 0;
    const std::size_t share = schedule_.pending() / (2 * worker.slots);
    return quick ? std::max<std::size_t>(1, std::min<std::size_t>(share, 8)) : 1;
}

vector<planned_run> repeated_runs::begin_turn(std::uint32_t slot, std::size_t test) {
    vector<planned_run> runs = asks_.next_turn(test, run_.now());
    if (!runs.empty()) {
        turns_[slot].push_back({test, runs.size()});
        return runs;
    }
    schedule_.done(slot);
    results_.settle(test, asks_.verdict_on(test, {}));
    return {};
}

void repeated_runs::end_run(std::uint32_t slot, std::size_t test) {
    vector<turn>& turns = turns_[slot];
    const auto ended = std::find_if(turns.begin(), turns.end(), [test](const turn& each) { return each.test == test; });
    if (ended == turns.end() || --ended->left != 0) return;
    turns.erase(ended);
    schedule_.done(slot);
    schedule_.add_anywhere_late(test, mix_bits(run_.settings.seed + ++turns_ended_));
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
