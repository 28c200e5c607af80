#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine {

/// splitmix64 (Steele, Lea, Flood 2014). The standard's distributions and shuffle differ between libraries, but a seed
/// must give the same order everywhere.
class random_source {
  public:
    explicit constexpr random_source(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15u;
        return mix_bits(state_);
    }

    /// Uniform in [0, bound), without the bias of a plain remainder. `bound` must not be 0.
    constexpr std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t uneven = (0 - bound) % bound;  // 2^64 mod bound
        std::uint64_t drawn = next();
        while (drawn < uneven)
            drawn = next();
        return drawn % bound;
    }

  private:
    std::uint64_t state_;
};

/// Fisher-Yates.
template <class T>
void shuffle(vector<T>& items, random_source& random) {
    for (std::size_t left = items.size(); left > 1; --left) {
        const std::size_t chosen = static_cast<std::size_t>(random.below(left));
        std::swap(items[left - 1], items[chosen]);
    }
}

}  // namespace cordon::engine
