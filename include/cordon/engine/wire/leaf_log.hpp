#pragma once

#include <atomic>
#include <cstdint>

namespace cordon::engine::wire {

/// In a lane: which subcases of the running attempt have had their turn. When a test process ends in the middle of one,
/// a fresh process reads here what it is not to run again. Untouched by tests without subcases.
///
/// A subcase is known by a 64-bit hash of the path to it, which is the same in each process of a test.
struct leaf_log {
    static constexpr std::uint32_t capacity = 32 * 1024;  ///< a test with more does not go on

    std::atomic<std::uint32_t> ticket;  ///< of the attempt whose subcases these are; 0: there is nothing to go on with
    std::atomic<std::uint32_t> count;   ///< of those that are done
    std::atomic<std::uint64_t> inside;  ///< the one that has had its turn if the process ends now; 0: none
    std::uint64_t done[capacity];

    void note_done(std::uint64_t which) {
        const std::uint32_t at = count.load(std::memory_order_relaxed);
        if (at < capacity) done[at] = which;
        count.store(at < capacity ? at + 1 : capacity, std::memory_order_release);
    }
    /// The number of them that can be read.
    std::uint32_t known() const {
        const std::uint32_t seen = count.load(std::memory_order_acquire);
        return seen < capacity ? seen : capacity;
    }
    bool is_full() const { return known() == capacity; }
};

}  // namespace cordon::engine::wire
