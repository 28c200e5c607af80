#pragma once

#include <cordon/engine/base/queue.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::run {

/// The attempts behind the tickets. Forgets settled ones, so that memory depends on the attempts in flight, not on all
/// attempts of the run.
class ticket_book {
  public:
    struct entry {
        std::uint32_t test = 0;
        std::uint32_t number = 0;
        std::uint32_t turn = 0;  ///< the test of its turn
        std::uint64_t seed = 0;
        bool settled = false;
    };

    /// The ticket of a new attempt: 1, 2, ...
    std::uint32_t add(std::uint32_t test, std::uint32_t number, std::uint32_t turn, std::uint64_t seed = 0) {
        open_.push_back({test, number, turn, seed, false});
        return first_ + static_cast<std::uint32_t>(open_.size()) - 1;
    }

    /// For a ticket that is not settled.
    const entry& operator[](std::uint32_t ticket) const { return *(open_.begin() + (ticket - first_)); }

    void settle(std::uint32_t ticket) {
        (open_.begin() + (ticket - first_))->settled = true;
        while (!open_.empty() && open_.front().settled) {
            open_.pop_front();
            ++first_;
        }
    }

    std::size_t open() const { return open_.size(); }

  private:
    queue<entry> open_;
    std::uint32_t first_ = 1;  // 0 is not a ticket
};

}  // namespace cordon::engine::run
