#pragma once

#include <atomic>
#include <cstdint>

namespace cordon::engine::wire {

/// In a lane: the subcases of the running attempt that are done. If a test process ends in the middle of a subcase, a
/// new process reads here what it must not run again. Tests without subcases do not touch it. A subcase is known by a
/// 64-bit hash of its path, which is the same in each process of a test.
struct leaf_log {
    static constexpr std::uint32_t capacity = 32 * 1024;  ///< a test with more subcases does not continue

    std::uint64_t done[capacity];
    std::atomic<std::uint32_t> ticket;  ///< of the attempt with these subcases; 0: nothing to continue
    std::atomic<std::uint32_t> count;   ///< of those that are done
    std::atomic<std::uint64_t> inside;  ///< the subcase that is done if the process ends now; 0: none

    void note_done(std::uint64_t which) {
        const std::uint32_t at = count.load(std::memory_order_relaxed);
        if (at < capacity) done[at] = which;
        count.store(at < capacity ? at + 1 : capacity, std::memory_order_release);
    }
    /// The number of readable hashes.
    std::uint32_t known() const {
        const std::uint32_t seen = count.load(std::memory_order_acquire);
        return seen < capacity ? seen : capacity;
    }
    bool is_full() const { return known() == capacity; }
};

}  // namespace cordon::engine::wire
