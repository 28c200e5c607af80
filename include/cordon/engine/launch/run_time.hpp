#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>

namespace cordon::engine::launch {

/// The time of a run that may have been suspended: the steady clock without the pauses. Workers and tests use the
/// steady clock; this class converts their times.
class run_time {
  public:
    /// Everything was stopped at `from`, for `length`.
    void leave_out(instant from, duration length) {
        gaps_.push_back({from.time_since_epoch(), length});
        suspended_ += length;
    }

    duration suspended() const { return suspended_; }

    /// Converts a time of the steady clock to a time of the run. 0 means none, and stays.
    void adjust(duration& stamp) const {
        if (gaps_.empty() || stamp == duration{0}) return;
        duration left_out{};
        for (const gap& each : gaps_) {
            // A time inside a pause belongs to a message that was on its way when everything stopped.
            if (stamp > each.from) left_out += std::min(each.length, stamp - each.from);
        }
        stamp -= left_out;
    }

    void adjust(wire::report& message) const {
        if (gaps_.empty()) return;
        each_stamp(message, [this](duration& stamp) { adjust(stamp); });
    }

    /// Calls `use` with each time of the steady clock in the message.
    template <class Use>
    static void each_stamp(wire::report& message, const Use& use) {
        if (auto* said = message.get_if<wire::finished>()) {
            use(said->started);
            use(said->ended);
        } else if (auto* end = message.get_if<wire::ended>()) {
            use(end->forked);
            use(end->started);
            use(end->gone);
        }
    }

  private:
    struct gap {
        duration from;
        duration length;
    };

    vector<gap> gaps_;
    duration suspended_{};
};

}  // namespace cordon::engine::launch
