#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/poll.hpp>

namespace cordon::engine::launch {

/// Somebody who waits together with the port: the streams to agents, or an agent's stream to its run.
class bystander {
  public:
    virtual ~bystander() = default;
    virtual void add_watches(vector<os::watch>& to) = 0;
    /// `first`: the first of them, after the wait.
    virtual void on_watches(const os::watch* first) = 0;
    /// The user suspends or continues the run.
    virtual void on_pause(bool paused) = 0;
};

}  // namespace cordon::engine::launch
