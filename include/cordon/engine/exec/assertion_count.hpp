#pragma once

#include <cordon/api/check.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/brief_lock.hpp>

#include <algorithm>
#include <cstdint>
#include <mutex>

namespace cordon::detail {

// Constant-initialized, so the compiler needs no guard for each use.
CORDON_THREAD_LOCAL thread_tally current_thread = {0, nullptr, false};

}  // namespace cordon::detail

namespace cordon::engine::exec {

/// What this thread holds shall end with it. Defined where all of it is known.
void hold_until_thread_ends();

/// The passed assertions of all threads. Each thread has its own count; this class sums them.
class assertion_count {
  public:
    void adopt(detail::thread_tally* tally) {
        const std::lock_guard<brief_lock> lock(mutex_);
        living_.push_back(tally);
    }
    void fold(detail::thread_tally* tally) {
        const std::lock_guard<brief_lock> lock(mutex_);
        folded_ += tally->passed;
        living_.erase(std::remove(living_.begin(), living_.end(), tally), living_.end());
    }
    CORDON_HOT std::uint64_t total() {
        const std::lock_guard<brief_lock> lock(mutex_);
        std::uint64_t sum = folded_;
        for (const detail::thread_tally* tally : living_) {
            sum += CORDON_LOAD_(tally->passed);
        }
        return sum;
    }

    /// The sum of a branch.
    void add(std::uint64_t passed) {
        const std::lock_guard<brief_lock> lock(mutex_);
        folded_ += passed;
    }
    brief_lock& mutex() { return mutex_; }

  private:
    brief_lock mutex_;
    vector<detail::thread_tally*> living_;
    std::uint64_t folded_ = 0;
};

}  // namespace cordon::engine::exec
