#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/lasting.hpp>
#include <cordon/engine/os/machine.hpp>

#include <atomic>
#include <cstdint>
#include <new>

namespace cordon::engine::worker {

/// The memory limit of the tests of this process, and whether it was met. A std::bad_alloc alone does not tell: anybody
/// may throw one. But operator new calls the new-handler exactly where it could get no memory.
class memory_limit {
  public:
    /// For the next test; 0 is no limit. `died_of_it`, in shared memory: where one says so that can say nothing else
    /// any more.
    CORDON_HOT void begin(std::uint64_t bytes, std::atomic<std::uint32_t>& died_of_it) {
        if (bytes != bytes_) os::limit_memory(bytes);
        if (bytes != 0 || bytes_ != 0) watch(bytes != 0);
        bytes_ = bytes;
        died_of_it_ = &died_of_it;
    }

    /// An allocation of this test has failed.
    bool was_met() const { return met_.load(std::memory_order_relaxed); }

    void say_died_of_it(std::uint32_t ticket) {
        if (died_of_it_ != nullptr) died_of_it_->store(ticket);
    }

  private:
    CORDON_COLD void watch(bool wanted) {
        met_.store(false, std::memory_order_relaxed);
        const bool watched = std::get_new_handler() == note;
        if (wanted && !watched) before_ = std::set_new_handler(note);
        if (!wanted && watched) std::set_new_handler(before_);
    }

    // operator new tries again when this returns, and then does what it would have done without: it throws, or calls
    // the program's own handler.
    static void note();

    std::uint64_t bytes_ = 0;  ///< that holds now
    std::atomic<bool> met_{false};
    std::new_handler before_ = nullptr;
    std::atomic<std::uint32_t>* died_of_it_ = nullptr;
};

memory_limit& limit_here = *make_lasting<memory_limit>();

void memory_limit::note() {
    limit_here.met_.store(true, std::memory_order_relaxed);
    std::set_new_handler(limit_here.before_);
}

}  // namespace cordon::engine::worker
