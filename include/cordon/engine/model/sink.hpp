#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/event.hpp>

namespace cordon::engine {

/// A consumer of events: a report format, a recorder, a listener.
class sink {
  public:
    virtual ~sink() = default;
    virtual void on(const event& happened) = 0;
    /// Called once after run_finished. An error makes the exit code 4; the other sinks continue.
    virtual status finish() { return ok(); }
};

}  // namespace cordon::engine
