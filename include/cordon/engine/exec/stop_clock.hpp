#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/wire/message.hpp>

#include <algorithm>

namespace cordon::engine::exec {

/// When the worker ends a test process: a glance shortly before the limit, a look at the limit, a second look if the
/// first is not enough, maybe a debugger, TERM, the grace time, KILL. Pure: it gets the time and says what to do.
class stop_clock {
  public:
    /// `glance`: from outside; the process must not notice it, because its test may still end in time.
    enum class action { none, glance, look, look_again, debug, ask, kill };

    /// A process has this time to begin its first test. A dynamic linker may be slow; this is not the test's time
    /// limit.
    static constexpr duration start_limit = std::chrono::seconds(60);

    /// Answers to a look come at once, except on a busy machine: wait at most this time.
    static constexpr duration answer_time = std::chrono::milliseconds(500);

    /// The glance comes a tenth of the limit before it, within these bounds, and never before half of the limit.
    static constexpr duration least_ahead = std::chrono::milliseconds(20);
    static constexpr duration most_ahead = std::chrono::milliseconds(200);

    /// The time limit of a debugger.
    static constexpr duration debugger_limit = std::chrono::seconds(30);

    /// `looks`: look at the process before it is ended because of its time limit; never if there is no grace time.
    /// `debugs`: a debugger looks at it too.
    stop_clock(instant made, duration grace, bool looks, bool debugs = false)
        : made_(made), grace_(grace), looks_(looks && grace != duration{0}), debugs_(debugs) {}

    /// The running test, its start, and its limit (0: none). If `began` is zero, no test has begun.
    void follow(duration began, duration limit) {
        began_ = began;
        limit_ = limit;
    }

    /// Ends the process at `at`, in the same steps. The first reason stays.
    void stop(wire::stopped_by why, instant at) {
        if (why_ != wire::stopped_by::itself) return debugged(at);
        why_ = why;
        asked_due_ = at;
    }

    /// The process was stopped from outside, at `from` and for `length`: this time does not count.
    void pause(instant from, duration length) {
        pauses_.push_back({from, length});
        if (asked_due_) *asked_due_ += length;
        if (kill_at_) *kill_at_ += length;
    }

    /// The debugger has ended, or there is none.
    void debugged(instant at) {
        if (debugging_ && !asked_ && asked_due_) asked_due_ = std::min(*asked_due_, at);
    }

    /// All answers to the looks have come: no need to wait longer.
    void answered(instant at) {
        if (looking_ && !debugging_ && !asked_ && !look_again_at_) asked_due_ = std::min(*asked_due_, at);
    }

    /// The first look was not enough: another one comes at `at`.
    void want_another_look(instant at) {
        if (!looking_ || asked_) return;
        look_again_at_ = at;
        asked_due_ = at + answer_time;
    }

    /// The process was asked to end and must end until `at`.
    void kill_by(instant at) {
        if (asked_ && kill_at_) kill_at_ = std::min(*kill_at_, at);
    }

    /// True if the time limit has passed and due() has not been called since.
    bool is_over_limit(instant at) const { return !asked_ && !asked_due_ && limit_at() && at >= *limit_at(); }

    /// True between the look and the request to end.
    bool is_looking() const { return looking_ && !asked_; }

    action due(instant at) {
        if (is_over_limit(at)) {
            stop(began_ == duration{0} ? wire::stopped_by::start_limit : wire::stopped_by::timeout,
                 looks_ ? at + answer_time : at);
            looking_ = looks_;
            if (looks_) return action::look;
        }
        if (const deadline glance = glance_at(); glance && !asked_due_ && at >= *glance) {
            glanced_at_ = began_;
            return action::glance;
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

    /// The next time at which due() may return an action.
    deadline next() const {
        if (killed_) return nullopt;
        if (asked_) return kill_at_;
        if (asked_due_) return earlier(look_again_at_, asked_due_);
        return earlier(glance_at(), limit_at());
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

    // None for a test that had its glance, or has not begun.
    deadline glance_at() const {
        if (!looks_ || limit_ == duration{0} || began_ == duration{0} || glanced_at_ == began_) return nullopt;
        const duration ahead = std::min(std::max(limit_ / 10, least_ahead), most_ahead);
        return *limit_at() - std::min(ahead, limit_ / 2);
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
    bool looks_;
    bool debugs_;
    duration began_{};
    duration limit_{};
    wire::stopped_by why_ = wire::stopped_by::itself;
    duration glanced_at_{};  ///< `began_` of the test that had its glance
    deadline look_again_at_;
    deadline asked_due_;
    deadline kill_at_;
    vector<stretch> pauses_;
    bool looking_ = false;
    bool debugging_ = false;
    bool asked_ = false;
    bool killed_ = false;
};

}  // namespace cordon::engine::exec
