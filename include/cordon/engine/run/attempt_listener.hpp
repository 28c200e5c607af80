#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::run {

/// Receives the results of attempts.
class attempt_listener {
  public:
    virtual ~attempt_listener() = default;
    /// An attempt of the slot has ended, in the turn of that test. `cost` is its whole time; nullopt if the attempt
    /// does not count.
    virtual void on_attempt_over(std::uint32_t slot, std::size_t turn, optional<duration> cost) = 0;
    /// Its result. It may have waited for the names in its stacks.
    virtual void on_result(attempt_result what) = 0;
    /// The result of a test that could not start, because a setup that it needs has failed.
    virtual void on_unstartable(attempt_result what) = 0;
};

}  // namespace cordon::engine::run
