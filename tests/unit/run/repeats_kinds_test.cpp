#include <cordon/engine/run/once_with_retries.hpp>
#include <cordon/engine/run/repeated_runs.hpp>
#include <cordon/engine/run/schedule_of.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "fake_world.hpp"

using namespace fake;

namespace {

/// All that a kind of repeats stands on, for three tests.
struct ground {
    scenario of{3};
    options chosen;
    plan what;
    world around{of.plays};
    witness seen;
    run::run_state state;
    run::run_context context;
    run::results so_far;
    select::schedule pending;

    explicit ground(options wanted = {})
        : chosen(std::move(wanted)),
          what(everything()),
          context{of.list, what, of.setups, chosen, settings(around), around, seen},
          so_far(of.list, chosen, cordon::isolate::fork, 3, seen),
          pending(run::schedule_of(context)) {
        seen.counts_every_attempt = false;
    }

    static plan everything() {
        plan all;
        all.order = {0, 1, 2};
        return all;
    }
    static run::run_settings settings(const world& at) {
        run::run_settings made;
        made.started = at.now();
        return made;
    }

    /// A test has begun and ended so.
    attempt_result ended(std::size_t test, std::uint32_t number, ending how) {
        seen.on(attempt_started{test, number, 0, 0, duration{0}});
        attempt_result made;
        made.test = test;
        made.number = made.of = number;
        made.how = how;
        return made;
    }
};

/// Two runs a turn, `turns` times.
class pairs : public run::repeater {
  public:
    std::uint32_t turns = 1;
    std::string stop;
    cordon::engine::vector<run::planned_run> next_turn(std::size_t test, instant) override {
        cordon::engine::vector<run::planned_run> both;
        if (turns == 0) return both;
        --turns;
        both.resize(2);
        for (run::planned_run& each : both)
            each.test = test;
        return both;
    }
    select::verdict_decision verdict_on(std::size_t, const std::string& why) override {
        return {why.empty() ? verdict::passed : verdict::not_run, why};
    }
    bool is_worn_out(duration age, duration) const override { return age > ms(10); }
    std::string stop_reason() const override { return stop; }
};

}  // namespace

TEST_CASE("once: a turn is the next attempt, and a failed one waits for its retry outside of the schedule") {
    options chosen;
    chosen.retries = 1;
    chosen.retry_delay = ms(100);
    ground on(chosen);
    run::once_with_retries kind(on.context, on.state, on.so_far, on.pending);
    CHECK(on.pending.take(0, 1).front() == 0);
    CHECK(kind.begin_turn(0, 0).size() == 1);
    CHECK(kind.begin_turn(0, 0).front().number == 1);
    kind.end_run(0, 0);
    CHECK(kind.record(on.ended(0, 1, ending::failed)).empty());
    CHECK(kind.any_waiting());
    CHECK(on.pending.pending() == 2);
    REQUIRE(kind.next_release());
    kind.release(*kind.next_release() - ms(1));
    CHECK(kind.any_waiting());
    kind.release(*kind.next_release());
    CHECK_FALSE(kind.any_waiting());
    CHECK(on.pending.pending() == 3);
    CHECK(kind.begin_turn(0, 0).front().number == 2);
    CHECK(kind.record(on.ended(0, 2, ending::passed)).empty());
    CHECK(on.seen.verdict_of(0) == verdict::flaky);
}

TEST_CASE("once: a lost attempt is pending again at once, and the second one is the verdict") {
    ground on;
    run::once_with_retries kind(on.context, on.state, on.so_far, on.pending);
    on.pending.take(0, 1);
    kind.record(on.ended(0, 1, ending::lost));
    CHECK(on.pending.pending() == 3);
    CHECK_FALSE(kind.any_waiting());
    kind.record(on.ended(0, 2, ending::lost));
    CHECK(on.seen.verdict_of(0) == verdict::lost);
}

TEST_CASE("once: what a worker gives back goes to its old place") {
    ground on;
    run::once_with_retries kind(on.context, on.state, on.so_far, on.pending);
    CHECK(on.pending.take(0, 2).size() == 2);
    kind.take_back(0, {0, 1});
    CHECK(on.pending.take(1, 1).front() == 0);
}

TEST_CASE("once: enough failures stop the run") {
    options chosen;
    chosen.fail_fast = 2;
    ground on(chosen);
    run::once_with_retries kind(on.context, on.state, on.so_far, on.pending);
    CHECK(kind.needs_results_at_once());
    CHECK(kind.record(on.ended(0, 1, ending::failed)).empty());
    CHECK(kind.record(on.ended(1, 1, ending::failed)) == "stopped after 2 failures (--fail-fast)");
}

TEST_CASE("once: a test without an attempt was not run, or is lost where cordon was in trouble") {
    for (const bool in_trouble : {false, true}) {
        ground on;
        on.state.in_trouble = in_trouble;
        run::once_with_retries kind(on.context, on.state, on.so_far, on.pending);
        kind.settle_unfinished(1, "why");
        CHECK(on.seen.verdict_of(1) == (in_trouble ? verdict::lost : verdict::not_run));
        CHECK(on.seen.reasons.at(1) == "why");
    }
}

TEST_CASE("repeated: a test is pending again when all runs of its turn are over or were given back") {
    ground on;
    pairs wanted;
    run::repeated_runs kind(on.context, wanted, 1, on.so_far, on.pending);
    CHECK(kind.share_of({0, 0, 1, duration{0}}) == 1);
    on.pending.take(0, 1);
    CHECK(kind.begin_turn(0, 0).size() == 2);
    CHECK(kind.share_of({0, 2, 1, duration{0}}) == 0);
    kind.end_run(0, 0);
    CHECK(on.pending.pending() == 2);
    kind.take_back(0, {0});
    CHECK(on.pending.pending() == 3);
    CHECK(on.pending.idle());
}

TEST_CASE("repeated: a test of which no run is wanted is settled by the repeater") {
    ground on;
    pairs wanted;
    wanted.turns = 0;
    run::repeated_runs kind(on.context, wanted, 1, on.so_far, on.pending);
    on.pending.take(0, 1);
    CHECK(kind.begin_turn(0, 0).empty());
    CHECK(on.seen.verdict_of(0) == verdict::passed);
    CHECK(on.pending.idle());
    kind.settle_unfinished(1, "why");
    CHECK(on.seen.verdict_of(1) == verdict::not_run);
}

TEST_CASE("repeated: the repeater stops the run, and a test that could not be started has its verdict") {
    ground on;
    pairs wanted;
    run::repeated_runs kind(on.context, wanted, 1, on.so_far, on.pending);
    CHECK(kind.record(on.ended(0, 1, ending::failed)).empty());
    CHECK(on.seen.verdicts.count(0) == 0);
    wanted.stop = "found";
    CHECK(kind.record_unstartable(on.ended(1, 1, ending::failed)) == "found");
    CHECK(on.seen.verdicts.count(1) == 1);
}

TEST_CASE("repeated: a worker is worn out when the repeater says so, once it has spoken") {
    ground on;
    pairs wanted;
    run::repeated_runs kind(on.context, wanted, 1, on.so_far, on.pending);
    run::worker_slot worker;
    worker.started_at = on.around.now() - ms(11);
    CHECK_FALSE(kind.is_worn_out(worker));
    worker.greeted = true;
    CHECK(kind.is_worn_out(worker));
    worker.started_at = on.around.now() - ms(9);
    CHECK_FALSE(kind.is_worn_out(worker));
}
