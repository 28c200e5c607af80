#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstdint>
#include <string>

namespace cordon::engine::run {

/// What a worker does now, as far as its port can see. A test may have scribbled over what tells it, so it is never
/// trusted for a verdict alone.
struct glimpse {
    std::uint32_t ticket = 0;  ///< 0: nothing has begun
    std::int64_t process = 0;
    duration started{};  ///< steady-clock nanoseconds
};

/// A worker has ended, normally or not. All its messages came before.
struct worker_end {
    std::int64_t pid = 0;
    bool by_signal = false;
    int code = 0;
    glimpse last;            ///< what it was at
    std::string broken;      ///< why the port ended it; empty if it ended by itself
    bool with_host = false;  ///< its machine is lost: nothing is known about its test
    captured_output output;  ///< output of the worker itself, not of its tests
};

/// Receives everything that comes through the port.
class inbox {
  public:
    virtual ~inbox() = default;
    virtual void on_report(std::uint32_t slot, wire::report& what) = 0;
    virtual void on_worker_end(std::uint32_t slot, const worker_end& how) = 0;
    /// The user wants to end the run. `count` is the number of signals so far.
    virtual void on_cancel(int signal, int count) = 0;
    /// The user wants to know which tests run.
    virtual void on_status_request() = 0;
    /// For the user: a machine was lost, or found again.
    virtual void on_notice(const std::string&) {}
};

}  // namespace cordon::engine::run
