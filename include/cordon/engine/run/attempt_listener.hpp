#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::run {

/// Hears what becomes of attempts.
class attempt_listener {
  public:
    virtual ~attempt_listener() = default;
    /// Nothing more comes of an attempt that was in the slot's hands, in the turn of that test. `cost`: how long it
    /// took in all; nullopt where the attempt counts for nothing.
    virtual void on_attempt_over(std::uint32_t slot, std::size_t turn, optional<duration> cost) = 0;
    /// Its result, which may have had to wait for the names in its stacks.
    virtual void on_result(attempt_result what) = 0;
    /// Of a test that could not be started, because a setup that it needs has failed.
    virtual void on_unstartable(attempt_result what) = 0;
};

}  // namespace cordon::engine::run
