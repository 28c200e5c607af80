#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/repeats.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/run_state.hpp>
#include <cordon/engine/select/batch.hpp>
#include <cordon/engine/select/retry_pace.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// Runs every test once, and retries failures as --retries says. A turn is one attempt.
class once_with_retries final : public repeats {
  public:
    once_with_retries(const run_context& of, const run_state& state, results& so_far, select::schedule& pending)
        : run_(of), state_(state), results_(so_far), schedule_(pending) {}

    std::size_t share_of(const worker_room& worker) const override {
        std::size_t wanted =
            select::batch_size(schedule_.pending() + worker.in_hand, static_cast<std::uint32_t>(worker.slots),
                               worker.mean, run_.settings.isolation);
        if (worker.round_trip != duration{0} && schedule_.pending() >= worker.slots)
            wanted += select::sent_ahead(worker.round_trip, worker.mean);
        const bool has_enough = worker.in_hand != 0 && worker.in_hand * 2 > wanted;
        return has_enough ? 0 : wanted - std::min(wanted, worker.in_hand);
    }
    vector<planned_run> begin_turn(std::uint32_t, std::size_t test) override {
        vector<planned_run> once(1);
        once.front().test = test;
        once.front().number = results_.next_attempt(test);
        return once;
    }
    void end_run(std::uint32_t slot, std::size_t) override { schedule_.done(slot); }
    void take_back(std::uint32_t slot, const vector<std::size_t>& tests) override { schedule_.put_back(slot, tests); }
    std::uint32_t next_attempt(std::size_t test) const override { return results_.next_attempt(test); }
    std::uint32_t most_attempts(std::size_t test) const override { return results_.most_attempts(test); }

    std::string record(attempt_result what) override;
    std::string record_unstartable(attempt_result what) override { return record(std::move(what)); }
    void settle_unfinished(std::size_t test, const std::string& why) override {
        if (state_.in_trouble) return results_.settle(test, {verdict::lost, why});
        results_.settle_unfinished(test, why);
    }

    bool needs_results_at_once() const override { return run_.chosen.fail_fast != 0; }
    bool judges_by_end_of_time() const override { return true; }
    bool lets_workers_steal() const override { return true; }

    bool any_waiting() const override { return !retries_.empty(); }
    void release(instant at) override;
    deadline next_release() const override;

  private:
    struct waiting_retry {
        std::size_t test = 0;
        instant due{};
    };

    duration delay_before_retry(std::size_t test) const {
        const std::uint32_t number = results_.next_attempt(test);
        return select::retry_delay(run_.chosen, results_.retries_so_far(test),
                                   random_source(run_.seed_of(test, number)));
    }

    const run_context& run_;
    const run_state& state_;
    results& results_;
    select::schedule& schedule_;
    vector<waiting_retry> retries_;
};

std::string once_with_retries::record(attempt_result what) {
    const std::size_t test = what.test;
    switch (results_.record(std::move(what))) {
        case results::next::settled:
            break;
        case results::next::repeat:
            schedule_.add(test);
            break;
        case results::next::retry:
            retries_.push_back({test, run_.now() + delay_before_retry(test)});
            break;
    }
    if (run_.chosen.fail_fast == 0 || results_.failed() < run_.chosen.fail_fast) return {};
    return "stopped after " + std::to_string(results_.failed()) + (results_.failed() == 1 ? " failure" : " failures") +
           " (--fail-fast)";
}

void once_with_retries::release(instant at) {
    for (const waiting_retry& each : std::exchange(retries_, {})) {
        if (each.due <= at) {
            schedule_.add(each.test);
        } else {
            retries_.push_back(each);
        }
    }
}

deadline once_with_retries::next_release() const {
    deadline until;
    for (const waiting_retry& each : retries_)
        until = earlier(until, each.due);
    return until;
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
