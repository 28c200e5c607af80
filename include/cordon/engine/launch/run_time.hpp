#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>

namespace cordon::engine::launch {

/// The time of a run that may have been suspended: the steady clock without the stretches in which everything was
/// stopped. Workers and tests stamp what they say by the steady clock; here it becomes time of the run.
class run_time {
  public:
    /// Everything was stopped from `from` on, for so long.
    void leave_out(instant from, duration length) {
        gaps_.push_back({from.time_since_epoch(), length});
        suspended_ += length;
    }

    duration suspended() const { return suspended_; }

    /// An instant of the steady clock becomes one of the run. 0 means none, and stays.
    void adjust(duration& stamp) const {
        if (gaps_.empty() || stamp == duration{0}) return;
        duration left_out{};
        for (const gap& each : gaps_) {
            // What is stamped in a gap was on its way when everything stopped.
            if (stamp > each.from) left_out += std::min(each.length, stamp - each.from);
        }
        stamp -= left_out;
    }

    void adjust(wire::report& message) const {
        if (gaps_.empty()) return;
        if (auto* said = message.get_if<wire::finished>()) {
            adjust(said->started);
            adjust(said->ended);
        } else if (auto* end = message.get_if<wire::ended>()) {
            adjust(end->forked);
            adjust(end->started);
            adjust(end->gone);
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
