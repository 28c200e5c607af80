#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/random.hpp>

#include <algorithm>
#include <cstdint>

namespace cordon::engine::exec {

/// When to stop and continue a test process, to see how the test behaves if it is not scheduled for a while
/// (--condition pulses). Pure: it gets the time and says what to do. Intervals are random, so that they do not align
/// with the test.
class pulses {
  public:
    enum class action { none, stop, go_on };

    /// `length` is the average length of a stop; 0: no stops.
    pulses(duration length, instant from, std::uint64_t seed) : length_(length), random_(seed) {
        if (length_ != duration{0}) next_ = from + drawn(longest_run);
    }

    action due(instant at) {
        if (!next_ || at < *next_) return action::none;
        stopped_ = !stopped_;
        next_ = at + (stopped_ ? length_ / 2 + drawn(length_) : drawn(longest_run));
        return stopped_ ? action::stop : action::go_on;
    }

    deadline next() const { return next_; }

  private:
    static constexpr duration longest_run = std::chrono::milliseconds(4);

    duration drawn(duration below) {
        const auto bound = static_cast<std::uint64_t>(std::max<std::int64_t>(below.count(), 1));
        return duration(static_cast<duration::rep>(random_.below(bound)));
    }

    duration length_;
    random_source random_;
    deadline next_;
    bool stopped_ = false;
};

}  // namespace cordon::engine::exec
