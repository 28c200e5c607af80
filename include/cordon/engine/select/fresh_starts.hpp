#pragma once

#include <cordon/engine/base/clock.hpp>

#include <algorithm>
#include <cstdint>

namespace cordon::engine::select {

/// Whether, and when, to start a worker again after one that finished no test. Pure: it gets the time. If a program
/// cannot start, the run ends soon: after three workers in a row that ended by themselves. A worker that was killed (by
/// a user, or by the system for lack of memory) says little about the program. If workers are killed before their first
/// message, new ones start at growing intervals, one at a time, for about 17 seconds. If they are killed later, up to
/// sixty start again within one or two seconds.
class fresh_starts {
  public:
    enum class fate : std::uint8_t { ended_by_itself, killed_before_it_spoke, killed_after_it_spoke };

    /// A worker, or the process of a setup, ended without finishing a test.
    void on_futile(fate how, instant at) {
        if (futile_ == 0) since_ = at;
        futile_ += how == fate::ended_by_itself ? weight_of_own_end : 1;
        if (how == fate::killed_before_it_spoke) not_before_ = at + pause_after(killed_starting_++);
        if (how == fate::killed_after_it_spoke) not_before_ = at + futile_ * step;
    }

    /// A test reached its end.
    void on_progress() {
        futile_ = killed_starting_ = 0;
        not_before_.reset();
    }

    /// True if starting another one is useless.
    bool is_hopeless() const { return futile_ >= most_futile || killed_starting_ >= most_killed_starting; }

    /// Workers are being killed while they start: try one at a time.
    bool is_probing() const { return killed_starting_ != 0; }

    bool may_start(instant at) const { return !not_before_ || at >= *not_before_; }
    deadline not_before() const { return not_before_; }

    std::uint32_t killed_starting() const { return killed_starting_; }
    duration spent(instant at) const { return at - since_; }

  private:
    static constexpr std::uint32_t weight_of_own_end = 20;
    static constexpr std::uint32_t most_futile = 60;
    static constexpr std::uint32_t most_killed_starting = 24;
    static constexpr duration step = std::chrono::microseconds(500);
    static constexpr duration first_pause = std::chrono::milliseconds(5);
    static constexpr duration longest_pause = std::chrono::seconds(1);

    static duration pause_after(std::uint32_t killed_before) {
        constexpr std::uint32_t doublings = 8;  // beyond the longest
        return std::min<duration>(longest_pause, first_pause * (1 << std::min(killed_before, doublings)));
    }

    std::uint32_t futile_ = 0;           // in a row, weighted
    std::uint32_t killed_starting_ = 0;  // in a row
    instant since_{};
    deadline not_before_;
};

}  // namespace cordon::engine::select
