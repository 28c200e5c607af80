#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/touch.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>

namespace cordon::engine::os {

/// Watches which files all processes of this machine make, write and remove in a few folders that tests share
/// (temporary files, home, working folder), and which local ports they hold. Linux only; elsewhere it sees nothing.
class touch_watch {
  public:
    touch_watch();
    ~touch_watch();
    touch_watch(const touch_watch&) = delete;
    touch_watch& operator=(const touch_watch&) = delete;

    /// Ends the watching. All that was seen, in order.
    vector<touch> finish();

  private:
    descriptor seen_;         // a line each
    process_id watcher_ = 0;  // 0 before it starts
};

/// False where a touch_watch sees nothing.
bool can_watch_touches();

}  // namespace cordon::engine::os
