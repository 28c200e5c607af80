#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/exec/debugger_look.hpp>
#include <cordon/engine/exec/stop_clock.hpp>
#include <cordon/engine/exec/trace.hpp>
#include <cordon/engine/exec/workplace.hpp>
#include <cordon/engine/os/branch.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <chrono>
#include <cstdint>
#include <string>

namespace cordon::engine::exec {

/// Watches a process that the worker has made: looks at it when its time is up, asks it to end, and ends it. One object
/// watches one process after the other.
class process_watch {
  public:
    explicit process_watch(workplace& at) : at_(at) {}
    virtual ~process_watch() = default;
    process_watch(const process_watch&) = delete;
    process_watch& operator=(const process_watch&) = delete;

    bool running() const { return pid_ != 0; }

    /// The debugger's answers; null if none is at work.
    const os::descriptor* debugger() const { return debugger_.running() ? &debugger_.answers() : nullptr; }
    /// While one is at work. `speaks`: there are answers.
    void look_at_debugger(bool speaks) {
        if (speaks) debugger_.read();
        if (!debugger_.running()) clock_.debugged(now());
    }

    /// Asks it to end at `at`.
    void cancel(instant at) { clock_.stop(wire::stopped_by::cancelled, at); }

    // The user suspends the run, and resumes it.
    void suspend() const { os::stop_group(pid_); }
    void resume(instant suspended_at) {
        clock_.pause(suspended_at, now() - suspended_at);
        os::continue_group(pid_);
    }

    /// Its end, once a child has ended.
    optional<os::process_end> reap() {
        // A debugger does not count as a leftover of the process.
        if (debugger_.running() && os::has_ended(pid_)) debugger_.end();
        return os::reap(pid_);
    }

    /// Reads what it has printed.
    virtual void read_output() = 0;

    /// Limited, because a process that cannot be killed may print forever.
    void drain_output() {
        const capture& output = at_.output;
        for (int round = 0; round < 16 && os::anything_to_read(output.out().read, output.err().read); ++round) {
            read_output();
        }
    }

    /// After each wait. `suspended`: by the user, so its time stands still.
    virtual void look(bool suspended) = 0;
    /// When to look again, if nothing happens before.
    virtual deadline next_look() = 0;

    /// Ends it at once, and waits for its end.
    void kill() const {
        os::kill_group(pid_);
        os::kill_process(pid_);
        for (int round = 0; round < reaping_patience && !os::reap(pid_); ++round)
            os::pause_briefly();
    }

    /// It has ended, and all was said of it.
    void forget() { pid_ = 0; }

  protected:
    static constexpr duration first_look = std::chrono::milliseconds(10);

    CORDON_HOT void begin(os::process_id pid, instant forked) {
        pid_ = pid;
        forked_ = forked;
        clock_ = new_clock(forked);
        if (stop_signal_ != 0) stop_signal_ = 0;
    }

    /// Does what is due by the clock.
    void keep_time() {
        if (clock_.is_looking() && !looks_.is_waiting(at_.lane->hang)) clock_.answered(now());
        act(clock_.due(now()));
    }

    deadline next_by_clock() {
        deadline until = clock_.next();
        if (looks_.is_waiting(at_.lane->hang)) until = earlier(until, now() + look_for_answers);
        if (at_.outlet.has_unsent()) until = earlier(until, now() + workplace::flush_delay);
        return until;
    }

    /// Says what was seen of it in its crash, and when its time was up.
    void say_traces(std::uint32_t ticket);

    // Something else than the clock stops it too (--condition pulses): that says nothing of the test.
    virtual bool is_stopped_at_times() const { return false; }
    virtual void stop_no_more() {}

    workplace& at_;
    os::process_id pid_ = 0;
    instant forked_{};
    stop_clock clock_ = new_clock(instant());
    int stop_signal_ = 0;  ///< that it was stopped by when its time was up; as os::stop_signal_of()

  private:
    static constexpr duration grace_of_unknown = std::chrono::milliseconds(100);
    static constexpr duration look_for_answers = std::chrono::microseconds(500);
    static constexpr int reaping_patience = 20'000;  // of about 50 microseconds each

    stop_clock new_clock(instant made) const {
        const wire::configure& settings = at_.settings;
        return stop_clock(made, settings.grace, os::can_look_at_threads(), settings.on_timeout != timeout_view::stacks);
    }

    // The copy of it that runs while it waits. Its number may be wrong: a test can overwrite it.
    os::process_id innermost() const {
        const os::process_id copy = at_.lane->branch.load();
        return copy > 0 && os::is_in_group(copy, pid_) ? copy : pid_;
    }

    void act(stop_clock::action what);
    void look_at_limit(bool first);
    void ask_to_end();
    void note_stop();

    hang_looks looks_;
    debugger_look debugger_;
};

void process_watch::act(stop_clock::action what) {
    if (what == stop_clock::action::glance) looks_.glance(innermost(), at_.lane->running.load());
    if (what == stop_clock::action::look || what == stop_clock::action::look_again)
        look_at_limit(what == stop_clock::action::look);
    if (what == stop_clock::action::debug) {
        looks_.conclude(at_.lane->hang);
        debugger_.begin(at_.settings.on_timeout, pid_);
        look_at_debugger(false);
    }
    if (what == stop_clock::action::ask) ask_to_end();
    if (what == stop_clock::action::kill) os::kill_group(pid_);
}

void process_watch::look_at_limit(bool first) {
    if (first) note_stop();
    if (is_stopped_at_times()) os::continue_group(pid_);  // so that it can answer
    looks_.look(innermost(), at_.lane->running.load(), at_.lane->hang);
    if (!first) return;
    if (const optional<duration> next = looks_.until_next()) clock_.want_another_look(now() + *next);
}

// A stopped process receives the request when it is continued. Only a process that handles the request gets the grace
// time, and one for which this is unknown.
void process_watch::ask_to_end() {
    const bool interrupted = debugger_.running();
    debugger_.end();
    if (interrupted) os::continue_group(pid_);
    note_stop();
    stop_no_more();
    looks_.conclude(at_.lane->hang);
    const bool over_limit = clock_.why() != wire::stopped_by::cancelled;
    const os::answer_to_asking answer = over_limit ? os::answer_of(pid_) : os::answer_to_asking::unknown;
    os::ask_group_to_end(pid_);
    os::continue_group(pid_);
    if (answer == os::answer_to_asking::refuses) clock_.kill_by(now());
    if (answer == os::answer_to_asking::holds_back) clock_.kill_by(now() + grace_of_unknown);
}

void process_watch::note_stop() {
    if (stop_signal_ == 0 && !is_stopped_at_times() && clock_.why() != wire::stopped_by::cancelled)
        stop_signal_ = os::stop_signal_of(pid_);
}

void process_watch::say_traces(std::uint32_t ticket) {
    const wire::lane& lane = at_.lane;
    if (lane->crash.state.load() == crash_note::told) at_.outlet.say(trace_of_crash(ticket, lane->crash));
    for (wire::trace& each : looks_.take(lane->hang)) {
        each.ticket = ticket;
        at_.outlet.say(each);
    }
    constexpr std::size_t longest = 32 * 1024;
    const std::string shown = debugger_.take();
    for (std::size_t from = 0; from < shown.size(); from += longest)
        at_.outlet.say(wire::debugger_view{ticket, shown.substr(from, longest)});
}

}  // namespace cordon::engine::exec
