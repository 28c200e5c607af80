#pragma once

#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine {

/// Finds items, numbered from 0, by their hash. The items and their comparison belong to the caller, so one index type
/// serves all of them.
class hash_index {
  public:
    /// Reserves room for `count` items.
    explicit hash_index(std::size_t count = 0) {
        std::size_t size = 16;
        while (size < count * 2)
            size *= 2;
        slots_.resize(size);
    }

    /// Returns the number of the item for which same(number) is true, among those entered with this hash. If there is
    /// none, enters and returns `added`.
    template <typename Same>
    std::size_t find_or_enter(std::uint64_t hash, std::size_t added, Same&& same) {
        if ((entered_ + 1) * 2 > slots_.size()) grow();
        const std::uint32_t kept = static_cast<std::uint32_t>(hash >> 32);
        slot* at = home(kept);
        for (; at->place != 0; at = after(at)) {
            if (at->hash == kept && same(static_cast<std::size_t>(at->place - 1))) return at->place - 1;
        }
        *at = {static_cast<std::uint32_t>(added + 1), kept};
        ++entered_;
        return added;
    }

    void clear() {
        if (entered_ != 0) *this = hash_index();
    }

  private:
    struct slot {
        std::uint32_t place = 0;  ///< the number plus one; 0: free
        std::uint32_t hash = 0;
    };

    slot* home(std::uint32_t hash) { return &slots_[hash & (slots_.size() - 1)]; }
    slot* after(slot* at) { return at == &slots_.back() ? &slots_.front() : at + 1; }

    void grow() {
        vector<slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const slot& each : old) {
            if (each.place == 0) continue;
            slot* at = home(each.hash);
            while (at->place != 0)
                at = after(at);
            *at = each;
        }
    }

    vector<slot> slots_;
    std::size_t entered_ = 0;
};

}  // namespace cordon::engine
