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

/// One attempt that a repeater wants.
struct planned_run {
    std::size_t test = 0;
    std::uint32_t number = 1;            ///< comes back in the attempt's result
    isolate mode = isolate::by_default;  ///< by_default: what holds for the test
    bool fresh = false;                  ///< shard mode: in a process of its own and of those that follow
    bool snapshot = false;               ///< shard mode: in a copy of the process as the runs before have left it
    optional<std::uint64_t> seed = {};   ///< of the attempt; nullopt: drawn from the run's and the number
};

/// Decides what runs when tests are run again and again, instead of once and after a failure. A test has its turn in
/// one worker, then goes back into the last half of the queue: so the runs of a test are spread over the session, and
/// beside ever other ones. One test is run beside itself only where the plan names it several times. What came of each
/// run is told by attempt_ended, as always.
class repeater {
  public:
    virtual ~repeater() = default;
    /// The test's turn has come. What its worker shall run, in order; nothing: the test is done.
    virtual vector<planned_run> next_turn(std::size_t test, instant now) = 0;
    /// On a test that is done, or whose turns the end of the run has cut short for the reason `why`.
    virtual select::verdict_decision verdict_on(std::size_t test, const std::string& why) = 0;
    /// Whether a worker has done enough. Forks of one worker share its addresses and whatever its start has drawn by
    /// lot, so runs have to be spread over many. `age` is since its start, which took `start` of it.
    virtual bool is_worn_out(duration age, duration start) const = 0;
    /// Asked after each run: not empty where nothing more is to begin, whatever turns were given. What runs may end.
    virtual std::string stop_reason() const { return {}; }
};

}  // namespace cordon::engine::run
