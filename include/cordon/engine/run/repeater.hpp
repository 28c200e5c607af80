#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/select/retry.hpp>

#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// One attempt requested by a repeater.
struct planned_run {
    std::size_t test = 0;
    std::uint32_t number = 1;            ///< comes back in the attempt's result
    isolate mode = isolate::by_default;  ///< by_default: the test's own mode
    bool fresh = false;                  ///< shard mode: in a process of its own and of those that follow
    bool snapshot = false;               ///< shard mode: in a copy of the process as the runs before have left it
    optional<std::uint64_t> seed = {};   ///< of the attempt; nullopt: drawn from the run's and the number
};

/// Decides what runs if tests are repeated, instead of running once and after a failure. A test has its turn in one
/// worker and then goes back to a random place in the last half of the queue. So its runs are spread over the session,
/// with different neighbors each time. A test runs beside itself only if the plan names it several times. As always,
/// attempt_ended reports each run.
class repeater {
  public:
    virtual ~repeater() = default;
    /// It is the test's turn. Returns the runs for its worker, in order; nothing: the test is done.
    virtual vector<planned_run> next_turn(std::size_t test, instant now) = 0;
    /// Called for a test that is done, or whose turns were cut short by the end of the run for the reason `why`.
    virtual select::verdict_decision verdict_on(std::size_t test, const std::string& why) = 0;
    /// True if a worker should be replaced. Forks of one worker share its addresses and all random values of its start,
    /// so runs must be spread over many workers. `age` counts from the worker's start, which took `start`.
    virtual bool is_worn_out(duration age, duration start) const = 0;
    /// Asked after each run. If not empty, no more runs begin; running ones may end.
    virtual std::string stop_reason() const { return {}; }
};

}  // namespace cordon::engine::run
