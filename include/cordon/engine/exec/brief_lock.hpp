#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/process.hpp>

#include <atomic>

namespace cordon::engine::exec {

/// A lock that is nearly always free and never held for long. Unlike std::mutex it leads a test's process into no page
/// of the thread library.
class brief_lock {
  public:
    CORDON_HOT void lock() {
        if (taken_.exchange(true, std::memory_order_acquire)) wait();
    }
    /// Gives up after some time. For a signal handler, which may have interrupted the thread that holds the lock.
    CORDON_COLD bool lock_or_give_up() {
        constexpr int most_pauses = 1000;
        for (int i = 0; taken_.exchange(true, std::memory_order_acquire); ++i) {
            if (i == most_pauses) return false;
            os::pause_briefly();
        }
        return true;
    }
    CORDON_HOT void unlock() { taken_.store(false, std::memory_order_release); }

  private:
    CORDON_COLD void wait() {
        do {
            os::pause_briefly();
        } while (taken_.exchange(true, std::memory_order_acquire));
    }

    std::atomic<bool> taken_{false};
};

}  // namespace cordon::engine::exec
