#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/run/repeater.hpp>
#include <cordon/engine/run/worker_slot.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// A worker that may get more tests.
struct worker_room {
    std::uint32_t slot = 0;
    std::size_t in_hand = 0;  ///< number of attempts that were sent to it and are not settled
    std::size_t slots = 1;    ///< of the run
    duration mean{};          ///< what an attempt cost so far; 0: not known
    duration round_trip{};    ///< of a command and its answer
};

/// How often, when and why tests run: once and again after a failure, or again and again. A test that is taken from the
/// schedule has its turn: some runs, sent together to one worker. The kind of run decides which runs, and what happens
/// to the test afterwards.
class repeats {
  public:
    virtual ~repeats() = default;

    /// How many more tests from the schedule the worker should get now.
    virtual std::size_t share_of(const worker_room& worker) const = 0;
    /// It is the test's turn. Returns its runs, in order. None: the test is done, and has its verdict.
    virtual vector<planned_run> begin_turn(std::uint32_t slot, std::size_t test) = 0;
    /// A run of the test's turn has ended.
    virtual void end_run(std::uint32_t slot, std::size_t test) = 0;
    /// The worker returns runs of these tests' turns that have not begun.
    virtual void take_back(std::uint32_t slot, const vector<std::size_t>& tests) = 0;
    /// The number of the test's next attempt, if begin_turn() does not give it.
    virtual std::uint32_t next_attempt(std::size_t test) const = 0;
    /// The maximum number of the test's attempts, as far as it is known.
    virtual std::uint32_t most_attempts(std::size_t test) const = 0;

    /// Stores a result and passes it on. Returns why the run must stop; empty: it continues.
    virtual std::string record(attempt_result what) = 0;
    /// The same for a test that could not start because of its setup.
    virtual std::string record_unstartable(attempt_result what) = 0;
    /// The run ends before the test is done, for the reason `why`.
    virtual void settle_unfinished(std::size_t test, const std::string& why) = 0;

    /// True if results decide what runs next, so that none may be delayed.
    virtual bool needs_results_at_once() const = 0;
    /// True if a test that runs at the global timeout has exceeded its limit; otherwise this says nothing about it.
    virtual bool judges_by_end_of_time() const = 0;
    /// True if a worker that is held up returns tests that have not begun, for idle workers.
    virtual bool lets_workers_steal() const { return false; }
    /// True if the worker should be replaced by a new one.
    virtual bool is_worn_out(const worker_slot&) const { return false; }

    /// True if tests outside the schedule wait for a retry.
    virtual bool any_waiting() const { return false; }
    /// Nothing else is left to run: puts tests whose delay is over into the schedule.
    virtual void release(instant) {}
    virtual deadline next_release() const { return {}; }
};

}  // namespace cordon::engine::run
