#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>

namespace cordon::engine::worker {

/// When the worker ends a test process: two looks at it where its time is up, maybe a debugger's, TERM, a grace, KILL.
/// Pure: told the time, it says what to do.
class stop_clock {
  public:
    enum class action { none, look, look_again, debug, ask, kill };

    /// A process is given this long to begin its first test: a dynamic linker may be slow, a limit of the test's own it
    /// is not.
    static constexpr duration start_limit = std::chrono::seconds(60);

    /// What a look asks for needs a moment to come in.
    static constexpr duration answer_time = std::chrono::milliseconds(50);

    /// How long a debugger may take.
    static constexpr duration debugger_limit = std::chrono::seconds(30);

    /// `looks`: the process shall be looked at before it is ended for want of time. Never where there is no grace.
    /// `debugs`: a debugger shall look at it then as well.
    stop_clock(instant made, duration grace, bool looks, bool debugs = false)
        : made_(made),
          grace_(grace),
          between_looks_(looks ? std::min<duration>(grace / 2, std::chrono::seconds(1)) : duration{0}),
          debugs_(debugs) {}

    /// The test that runs, from when on, and for how long it may (0: without limit). `began` zero: none has begun.
    void follow(duration began, duration limit) {
        began_ = began;
        limit_ = limit;
    }

    /// Ends the process at `at`, in the same way. The first reason stays.
    void stop(wire::stopped_by why, instant at) {
        if (why_ != wire::stopped_by::itself) return debugged(at);
        why_ = why;
        asked_due_ = at;
    }

    /// The process was stopped, through no doing of its own, from `from` on and for `length`: that does not count.
    void pause(instant from, duration length) {
        pauses_.push_back({from, length});
        if (asked_due_) *asked_due_ += length;
        if (kill_at_) *kill_at_ += length;
    }

    /// The debugger is done, or there is none.
    void debugged(instant at) {
        if (debugging_ && !asked_ && asked_due_) asked_due_ = std::min(*asked_due_, at);
    }

    /// Its time is up, and due() has not been told yet.
    bool is_over_limit(instant at) const { return !asked_ && !asked_due_ && limit_at() && at >= *limit_at(); }

    action due(instant at) {
        if (is_over_limit(at)) {
            const bool looks = between_looks_ != duration{0};
            if (looks) look_again_at_ = at + between_looks_;
            stop(began_ == duration{0} ? wire::stopped_by::start_limit : wire::stopped_by::timeout,
                 looks ? *look_again_at_ + answer_time : at);
            if (looks) return action::look;
        }
        if (look_again_at_ && at >= *look_again_at_) {
            look_again_at_.reset();
            return action::look_again;
        }
        if (!asked_ && asked_due_ && at >= *asked_due_) {
            const bool in_time = why_ != wire::stopped_by::timeout && why_ != wire::stopped_by::start_limit;
            if (debugs_ && !debugging_ && !in_time) {
                debugging_ = true;
                *asked_due_ = at + debugger_limit;
                return action::debug;
            }
            asked_ = true;
            kill_at_ = at + grace_;
            return action::ask;
        }
        if (asked_ && !killed_ && at >= *kill_at_) {
            killed_ = true;
            return action::kill;
        }
        return action::none;
    }

    /// The next instant at which due() may have something to say.
    deadline next() const {
        if (killed_) return nullopt;
        if (asked_) return kill_at_;
        return earlier(look_again_at_, asked_due_ ? asked_due_ : limit_at());
    }

    wire::stopped_by why() const { return why_; }

  private:
    struct stretch {
        instant from;
        duration length;
    };

    deadline limit_at() const {
        if (limit_ == duration{0}) return nullopt;
        const bool begun = began_ != duration{0};
        const instant from = begun ? instant(began_) : made_;
        return from + (begun ? limit_ : std::max(limit_, start_limit)) + paused_since(from);
    }

    duration paused_since(instant from) const {
        duration sum{};
        for (const stretch& each : pauses_) {
            if (each.from >= from) sum += each.length;
        }
        return sum;
    }

    instant made_;
    duration grace_;
    duration between_looks_;
    bool debugs_;
    duration began_{};
    duration limit_{};
    wire::stopped_by why_ = wire::stopped_by::itself;
    deadline look_again_at_;
    deadline asked_due_;
    deadline kill_at_;
    vector<stretch> pauses_;
    bool debugging_ = false;
    bool asked_ = false;
    bool killed_ = false;
};

}  // namespace cordon::engine::worker
