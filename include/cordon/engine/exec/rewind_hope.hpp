#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::exec {

/// Learns whether the tests of a worker leave their process as it can be rewound. To remember a process costs as much
/// as a part of a fork, in vain if its first test uses it up. Tests that follow one another are often alike: so after
/// such tests in a row, twice as many run without it each time, up to a limit.
class rewind_hope {
  public:
    /// `always`: tries it each time. For tests of cordon.
    explicit rewind_hope(bool always = false) : always_(always) {}

    /// Asked for each process. False: its test shall have it alone.
    bool is_worth_trying() {
        if (always_ || pause_ == 0) return true;
        --pause_;
        return false;
    }

    /// A process that could be rewound has run `ran` of `offered` tests.
    void learn(std::size_t ran, std::size_t offered) {
        if (ran > 1 || offered <= 1) {
            in_a_row_ = 0;
            return;
        }
        ++in_a_row_;
        if (in_a_row_ >= few) pause_ = std::min(1u << std::min(in_a_row_, 10u), longest);
    }

  private:
    static constexpr unsigned few = 2;
    static constexpr unsigned longest = 512;

    bool always_;
    unsigned in_a_row_ = 0;
    unsigned pause_ = 0;
};

}  // namespace cordon::engine::exec
