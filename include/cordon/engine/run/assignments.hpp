#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/attempts.hpp>
#include <cordon/engine/run/repeats.hpp>
#include <cordon/engine/run/results.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/worker_pool.hpp>
#include <cordon/engine/run/worker_setups.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// Assigns tests to workers: takes tests from the schedule, lets the worker enter the setups that they need, sends
/// them, and takes back tests that have not begun.
class assignments {
  public:
    assignments(const run_context& of, repeats& kind, const results& so_far, select::schedule& pending,
                worker_pool& workers, attempts& made)
        : run_(of),
          kind_(kind),
          results_(so_far),
          schedule_(pending),
          pool_(workers),
          attempts_(made),
          setups_(of, workers),
          slots_(workers.size()) {
        for (std::uint32_t slot = 0; slot < slots_.size(); ++slot)
            recount(slot);
    }

    /// True if the worker holds or was sent tests, or is on its way into a setup.
    bool is_busy(std::uint32_t slot) const {
        return attempts_.in_hand(slot) != 0 || !slots_[slot].held.empty() || pool_[slot].is_switching();
    }
    bool nobody_is_busy() const { return busy_ == 0; }
    bool anybody_is_free() const { return busy_ != slots_.size(); }
    /// Anything about the slot may have changed: counts it again. The caller does so before it asks about all workers.
    void recount(std::uint32_t slot);

    /// Gives the worker as much work as it has room for. Retires a worker that there is no room for.
    void feed(std::uint32_t slot);
    /// True if tests were settled while they were handed out, so that no message will come about them.
    bool take_again() { return std::exchange(again_, false); }
    /// The run stops: running tests may end, but the worker begins no others.
    void withdraw(std::uint32_t slot);
    /// The run is cancelled: the running test is ended too.
    void cancel(std::uint32_t slot);

    // ---- taking work back ----

    /// True if some workers are idle and others have more tests than they run.
    bool could_steal() const {
        return idle_ != 0 && laden_ != 0 && schedule_.pending() == 0 && kind_.lets_workers_steal();
    }
    /// If one test occupies a worker, the worker gives its other tests back.
    void steal(instant at);
    static constexpr duration steal_after = std::chrono::milliseconds(5);

    // ---- what comes in ----

    template <class Word>
    void hear(std::uint32_t slot, Word& what);
    void hear(std::uint32_t, wire::alive&) {}  // the caller notes for every message that the worker answers
    void hear(std::uint32_t slot, wire::setup_ready& what);
    void hear(std::uint32_t slot, wire::left& what);
    void hear(std::uint32_t slot, wire::returned& what);
    void hear(std::uint32_t slot, wire::trouble& what);
    void on_hello(const wire::hello& what) {
        if (what.threads > 1) setups_.note_threads("a static initializer");
    }
    void on_attempt_over(std::uint32_t slot, optional<duration> cost);
    void on_worker_end(std::uint32_t slot, const worker_end& how);

  private:
    struct hands {
        vector<std::size_t> held;  ///< taken from the schedule; they wait for their setups
        instant quiet_since{};     ///< when something was last settled or sent
        bool asked_to_surrender = false;
        bool crowded = false;                            ///< other workers existed when its items were sent
        bool busy = false, idle = false, laden = false;  ///< as counted
    };

    // Unknown ticket: the message is forged or corrupt.
    void distrust(std::uint32_t slot) { pool_.condemn(slot, "it reported on a test that it was not given"); }

    void keep_suspects_alone(std::uint32_t slot, vector<std::size_t>& tests);
    void go_on(std::uint32_t slot);
    void send_held(std::uint32_t slot);
    void fail_held(std::uint32_t slot);
    void surrender(std::uint32_t slot);
    void take_back(std::uint32_t slot, const vector<std::uint32_t>& tickets) {
        kind_.take_back(slot, attempts_.take_back(slot, tickets));
    }
    void abandon(std::uint32_t slot, const std::string& reason, std::uint32_t running) {
        take_back(slot, attempts_.abandon(slot, reason, running));
    }
    void lose_setup(std::uint32_t slot, const wire::left& how);
    bool may_go_elsewhere(std::uint32_t slot, std::uint32_t running);
    void drop_held(std::uint32_t slot) { schedule_.put_back(slot, std::exchange(slots_[slot].held, {})); }

    const run_context& run_;
    repeats& kind_;
    const results& results_;
    select::schedule& schedule_;
    worker_pool& pool_;
    attempts& attempts_;
    worker_setups setups_;
    vector<hands> slots_;
    // Of slots_, so that nothing has to look at all of thousands of workers for each message.
    std::size_t busy_ = 0;
    std::size_t idle_ = 0;   // not busy, and not spared
    std::size_t laden_ = 0;  // they have more tests than they run, and were not told to give them back
    static constexpr std::uint8_t most_hosts_lost = 3;
    vector<std::uint8_t> hosts_lost_;  // by test that ran there; empty until the first is lost
    duration mean_{};                  // the present average cost of an attempt
    bool again_ = false;
};

void assignments::recount(std::uint32_t slot) {
    hands& of = slots_[slot];
    const auto count = [](std::size_t& all, bool& counted, bool now) {
        all += std::size_t{now} - std::size_t{std::exchange(counted, now)};
    };
    const bool busy = is_busy(slot);
    count(busy_, of.busy, busy);
    count(idle_, of.idle, !busy && !pool_[slot].spared);
    count(laden_, of.laden, attempts_.in_hand(slot) > 1 && !of.asked_to_surrender);
}

// ---- handing out ----

void assignments::feed(std::uint32_t slot) {
    const worker_slot& worker = pool_[slot];
    if (!worker.can_be_sent_to()) return;
    const std::size_t in_hand = attempts_.in_hand(slot);
    if (worker.spared && in_hand > 1) return surrender(slot);
    const bool goes = worker.spared || kind_.is_worn_out(worker);
    if (goes && !is_busy(slot)) return pool_.retire(slot);
    if (goes || slots_[slot].asked_to_surrender) return;
    const std::size_t share = kind_.share_of({slot, in_hand, slots_.size(), mean_, run_.world.round_trip(slot)});
    if (share == 0) return;
    vector<std::size_t> tests = schedule_.take(slot, share);
    keep_suspects_alone(slot, tests);
    if (tests.empty()) return;
    slots_[slot].held = std::move(tests);
    go_on(slot);
}

// If an attempt was lost, the test may take its worker down again, or another test took the worker down. So its last
// attempt shares a worker with no other test.
void assignments::keep_suspects_alone(std::uint32_t slot, vector<std::size_t>& tests) {
    const bool works = attempts_.in_hand(slot) != 0;
    const auto is_suspect = [this](std::size_t test) { return results_.was_lost(test); };
    const bool behind_one = works && is_suspect(attempts_.current_test(slot));
    const auto first = behind_one ? tests.begin() : std::find_if(tests.begin(), tests.end(), is_suspect);
    const bool may_go = first == tests.begin() && !works;
    const auto kept = may_go && first != tests.end() ? first + 1 : first;
    if (kept == tests.end()) return;
    schedule_.put_back(slot, vector<std::size_t>(kept, tests.end()));
    tests.resize(static_cast<std::size_t>(kept - tests.begin()));
}

// Brings the worker one step closer to running its items.
void assignments::go_on(std::uint32_t slot) {
    if (slots_[slot].held.empty()) return;
    switch (setups_.go_towards(slot, slots_[slot].held.front())) {
        case worker_setups::step::there:
            return send_held(slot);
        case worker_setups::step::under_way:
            return;
        case worker_setups::step::impossible:
            return fail_held(slot);
    }
}

void assignments::send_held(std::uint32_t slot) {
    hands& of = slots_[slot];
    of.crowded = pool_.others_work(slot) || (of.crowded && attempts_.in_hand(slot) != 0);
    wire::run batch;
    batch.items.reserve(of.held.size());
    for (const std::size_t test : std::exchange(of.held, {})) {
        const vector<planned_run> turn = kind_.begin_turn(slot, test);
        if (turn.empty()) again_ = true;
        for (const planned_run& run : turn)
            batch.items.push_back(attempts_.hand_out(slot, run, test));
    }
    if (batch.items.empty()) return;
    of.quiet_since = run_.now();
    run_.world.send(slot, batch);
}

void assignments::fail_held(std::uint32_t slot) {
    again_ = true;
    for (const std::size_t test : std::exchange(slots_[slot].held, {})) {
        vector<wire::trace> traces;
        attempt_result result = setups_.failure_for(test, traces);
        schedule_.done(slot);
        attempts_.fail_unstarted(slot, test, std::move(result), traces);
    }
}

void assignments::withdraw(std::uint32_t slot) {
    drop_held(slot);
    // With --fail-fast a worker may still wait for the word to begin the last one.
    const std::size_t runs = run_.chosen.fail_fast != 0 ? 0 : 1;
    if (attempts_.in_hand(slot) > runs) surrender(slot);
}

void assignments::cancel(std::uint32_t slot) {
    drop_held(slot);
    if (pool_[slot].can_be_sent_to() && is_busy(slot)) run_.world.send(slot, wire::cancel{});
    if (pool_[slot].is_switching()) run_.world.kill(slot);
}

// ---- taking work back ----

void assignments::steal(instant at) {
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
        if (!slots_[slot].laden || at - slots_[slot].quiet_since < steal_after) continue;
        surrender(slot);
        recount(slot);
    }
}

void assignments::surrender(std::uint32_t slot) {
    // What a dead worker still had said may stop the run before its tests are taken back.
    if (!pool_[slot].has_worker() || std::exchange(slots_[slot].asked_to_surrender, true)) return;
    run_.world.send(slot, wire::surrender{});
}

// ---- what comes in ----

template <class Word>
void assignments::hear(std::uint32_t slot, Word& what) {
    if (what.ticket == 0 && setups_.hear(slot, what)) return;
    if (!attempts_.owns(slot, what.ticket)) return distrust(slot);
    attempts_.hear(slot, what);
}

void assignments::hear(std::uint32_t slot, wire::setup_ready& what) {
    if (setups_.on_ready(slot, what) == worker_setups::change::happened) go_on(slot);
}

void assignments::hear(std::uint32_t slot, wire::left& what) {
    switch (setups_.on_left(slot, what)) {
        case worker_setups::change::none:
            return;
        case worker_setups::change::happened:
            return go_on(slot);
        case worker_setups::change::lost:
            return lose_setup(slot, what);
    }
}

// The process of a setup has ended while tests still had to run in it. Commands on their way to it would now reach the
// worker, which must not run them without the setup. So the worker ends too.
void assignments::lose_setup(std::uint32_t slot, const wire::left& how) {
    const std::string reason = "the process that its setup ran in " + run_.describe_end(how.by_signal, how.code);
    abandon(slot, reason, run_.world.look(slot).ticket);
    drop_held(slot);
    pool_.begin_switch(slot);
    pool_.condemn(slot, reason);
}

void assignments::hear(std::uint32_t slot, wire::returned& what) {
    slots_[slot].asked_to_surrender = false;
    slots_[slot].quiet_since = run_.now();
    take_back(slot, what.tickets);
}

// A process could not be created.
void assignments::hear(std::uint32_t slot, wire::trouble& what) {
    const bool of_setup = what.ticket == 0;
    if (of_setup && setups_.is_entering(slot) && (pool_.others_work(slot) || run_.world.make_room())) {
        setups_.postpone(slot);
        drop_held(slot);
        if (pool_.others_work(slot)) pool_.make_room(slot, what.text);
        return;
    }
    if (of_setup) {
        run_.say(notice::level::warning, "worker " + std::to_string(slot) + ": " + what.text);
        return pool_.condemn(slot, what.text);
    }
    if (!attempts_.owns(slot, what.ticket)) return distrust(slot);
    if (run_.world.make_room()) return take_back(slot, {what.ticket});
    if (!slots_[slot].crowded && !pool_.others_work(slot)) return attempts_.lose(slot, what.ticket, what.text);
    // The attempt has not begun, because other processes use the resources.
    take_back(slot, {what.ticket});
    pool_.make_room(slot, what.text);
}

// A moving average, so that batches follow the present cost of tests.
void assignments::on_attempt_over(std::uint32_t slot, optional<duration> cost) {
    slots_[slot].quiet_since = run_.now();
    if (cost) mean_ = mean_ == duration{0} ? *cost : mean_ + (*cost - mean_) / 8;
}

// A test may bring its machine down, so it does not get all of them.
bool assignments::may_go_elsewhere(std::uint32_t slot, std::uint32_t running) {
    if (!attempts_.owns(slot, running)) return true;
    const std::size_t test = attempts_.test_of(running);
    if (hosts_lost_.empty()) hosts_lost_.resize(run_.list.tests.size());
    return ++hosts_lost_[test] < most_hosts_lost;
}

void assignments::on_worker_end(std::uint32_t slot, const worker_end& how) {
    slots_[slot].asked_to_surrender = false;
    const optional<std::string> lost = pool_.on_end(slot, how);
    setups_.on_worker_end(slot, how, !lost);
    if (!lost) return;
    const bool again = how.with_host && may_go_elsewhere(slot, how.last.ticket);
    if (again) take_back(slot, attempts_.forsake(slot));
    if (!again) abandon(slot, *lost, how.last.ticket);
    pool_.judge_end(slot, how);
    drop_held(slot);
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
