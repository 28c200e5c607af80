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

/// A worker that may be handed more tests.
struct worker_room {
    std::uint32_t slot = 0;
    std::size_t in_hand = 0;  ///< attempts that were sent to it and are not settled
    std::size_t slots = 1;    ///< of the run
    duration mean{};          ///< what an attempt cost so far; 0: not known
};

/// How often, when and why the tests of a run are run: once, and again after a failure; or again and again. A test that
/// is taken from the schedule has its turn: some runs, sent together to one worker. The kind of run says which they
/// are, and what becomes of the test afterwards.
class repeats {
  public:
    virtual ~repeats() = default;

    /// How many more tests from the schedule the worker is to be given now.
    virtual std::size_t share_of(const worker_room& worker) const = 0;
    /// The runs of a test whose turn has come, in order. None: the test is done, and has its verdict.
    virtual vector<planned_run> begin_turn(std::uint32_t slot, std::size_t test) = 0;
    /// A run of the test's turn is over.
    virtual void end_run(std::uint32_t slot, std::size_t test) = 0;
    /// The worker gives back runs of these tests' turns, which have not begun.
    virtual void take_back(std::uint32_t slot, const vector<std::size_t>& tests) = 0;
    /// The number of the test's next attempt, where it is not begin_turn() that gives it.
    virtual std::uint32_t next_attempt(std::size_t test) const = 0;
    /// How many attempts of the test there will be at most, as far as is known.
    virtual std::uint32_t most_attempts(std::size_t test) const = 0;

    /// Takes note of a result and passes it on. Returns why the run is to stop; empty: it is not.
    virtual std::string record(attempt_result what) = 0;
    /// The same for a test that could not be started because of its setup.
    virtual std::string record_unstartable(attempt_result what) = 0;
    /// The run ends before the test is done, for the reason `why`.
    virtual void settle_unfinished(std::size_t test, const std::string& why) = 0;

    /// What runs next depends on results, so that none may be kept waiting.
    virtual bool needs_results_at_once() const = 0;
    /// A test that still runs at the global timeout has reached its own limit with it; else it says nothing.
    virtual bool judges_by_end_of_time() const = 0;
    /// A worker that is held up gives back what it has not begun, so that idle ones can run it.
    virtual bool lets_workers_steal() const { return false; }
    /// The worker has done enough: a fresh one is to take its place.
    virtual bool is_worn_out(const worker_slot&) const { return false; }

    /// Tests wait to be tried again, outside of the schedule.
    virtual bool any_waiting() const { return false; }
    /// Nothing else is left to run: those whose time has come go into the schedule.
    virtual void release(instant) {}
    virtual deadline next_release() const { return {}; }
};

}  // namespace cordon::engine::run
