#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/poll.hpp>

#include <cstddef>

namespace cordon::engine::exec {

/// What a worker waits for, by name. Not on the heap: what is written there after a fork is a page to copy, while the
/// stack's are copied anyway.
class watches {
  public:
    /// The ends come first: what is ready is looked at in this order, so a process whose end is seen has printed before
    /// its output is looked at.
    enum name : std::size_t { ends_of_children, commands, debugger, out, err };

    /// `what`: null if it is not waited for. `bytes`: false where only its end is of interest.
    void set(name which, const os::descriptor* what, bool bytes = true) {
        all_[which] = {what != nullptr ? what->native() : os::no_handle, bytes, false, false};
    }
    status wait(deadline until) { return os::wait_for(all_, count, until); }
    bool ready(name which) const { return all_[which].ready; }
    bool hung_up(name which) const { return all_[which].hung_up; }

  private:
    static constexpr std::size_t count = 5;

    os::watch all_[count];
};

}  // namespace cordon::engine::exec
