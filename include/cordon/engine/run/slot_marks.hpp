#pragma once

#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine::run {

/// A set of slots.
class slot_marks {
  public:
    explicit slot_marks(std::size_t slots) : marked_(slots) {}

    void add(std::uint32_t slot) {
        if (std::exchange(marked_[slot], true)) return;
        slots_.push_back(slot);
    }
    void add_all() {
        for (std::uint32_t slot = 0; slot < marked_.size(); ++slot)
            add(slot);
    }
    const vector<std::uint32_t>& slots() const { return slots_; }
    /// Empties the set, and returns what it was, in order.
    vector<std::uint32_t> take() {
        sort(slots_);
        for (const std::uint32_t slot : slots_)
            marked_[slot] = false;
        return std::exchange(slots_, {});
    }

  private:
    vector<bool> marked_;
    vector<std::uint32_t> slots_;
};

}  // namespace cordon::engine::run
