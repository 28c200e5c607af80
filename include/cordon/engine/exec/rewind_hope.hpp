#pragma once

#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>

namespace cordon::engine::exec {

/// Learns whether the tests of a worker leave their process as it can be rewound. To remember a process costs as much
/// as a part of a fork, in vain if its first test uses it up. Tests that follow one another are often alike: so after
/// such a test, some run without it, and each time more, unless attempts before it have saved more than it has cost.
/// A test that has used its process up is expected to do so when it runs again.
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
        if (offered <= 1) return;
        if (ran > 1) {
            saved_ = std::min(saved_ + ran - 1, most_saved);
            next_pause_ = shortest;
        } else if (saved_ > 0) {
            --saved_;
        } else {
            pause_ = next_pause_;
            next_pause_ = std::min(next_pause_ * shortest, longest);
        }
    }

    /// The process of this test could not be rewound after it.
    void note_user(std::size_t test) {
        if (users_.size() <= test) users_.resize(test + 1);
        users_[test] = true;
    }
    bool is_user(std::size_t test) const { return test < users_.size() && users_[test]; }

  private:
    static constexpr std::size_t most_saved = 4;
    static constexpr unsigned shortest = 8;
    static constexpr unsigned longest = 512;

    bool always_;
    vector<bool> users_;     ///< by the numbers of tests
    std::size_t saved_ = 0;  ///< forks; an attempt in vain costs about one
    unsigned pause_ = 0;
    unsigned next_pause_ = shortest;
};

}  // namespace cordon::engine::exec
