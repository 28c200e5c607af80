#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/run/run_state.hpp>
#include <cordon/engine/run/worker_ends.hpp>
#include <cordon/engine/run/worker_slot.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::run {

/// The workers of a run: starts, watches and ends them. Knows nothing about tests.
class worker_pool {
  public:
    worker_pool(const run_context& of, const run_state& state, std::size_t slots)
        : run_(of), state_(state), slots_(slots), ends_(of) {}

    std::size_t size() const { return slots_.size(); }
    const worker_slot& operator[](std::size_t index) const { return slots_[index]; }
    bool others_work(std::uint32_t index) const;

    // ---- starting ----

    bool may_start(std::uint32_t index) const;
    /// Returns why the run cannot continue, if it cannot.
    optional<std::string> start(std::uint32_t index);
    /// The worker has sent its first message. Reports it.
    void on_hello(std::uint32_t index, const wire::hello& what);
    /// True if since the last call something has changed for all workers that allows handing out work at once.
    bool take_again() { return std::exchange(again_, false); }

    // ---- a worker's life ----

    void on_word(std::uint32_t index) { slots_[index].heard = true; }
    /// An attempt, or a setup that failed, reached its end in the worker.
    void on_progress(std::uint32_t index);
    void on_setup_tried(std::uint32_t index) { slots_[index].fruitful = true; }
    void begin_switch(std::uint32_t index);
    void end_switch(std::uint32_t index);
    void on_setup_entered(std::uint32_t index);
    /// The worker cannot be trusted any more. Its end will be reported.
    void condemn(std::uint32_t index, std::string reason);
    /// The worker ends normally, and a new one may replace it.
    void retire(std::uint32_t index);
    /// Checks the workers that are due. `is_busy(index)`: the worker has work.
    template <class IsBusy>
    void look_after(instant at, const IsBusy& is_busy);
    /// The time of the next look_after(). `busy`: some worker is busy.
    deadline next_look(bool busy) const;

    // ---- ends ----

    /// The worker's process has ended. Returns why it is lost; nullopt if it was told to end.
    optional<std::string> on_end(std::uint32_t index, const worker_end& how);
    /// For a lost worker, after its attempts are settled: was it of any use?
    void judge_end(std::uint32_t index, const worker_end& how);
    void kill_all();
    /// Ends all workers and waits for them.
    void see_off(inbox& to);

    // ---- the system's limits ----

    /// A process could not be created on the machine of that slot: the run continues with fewer workers there for a
    /// while.
    void make_room(std::uint32_t index, const std::string& why);

  private:
    static constexpr duration start_limit = std::chrono::seconds(60);
    static constexpr duration leave_limit = std::chrono::seconds(10);
    static constexpr duration pulse_interval = std::chrono::seconds(1);
    static constexpr std::uint32_t most_unanswered = 10;
    static constexpr duration first_scarcity = std::chrono::seconds(1);

    bool any_worker() const {
        return std::any_of(slots_.begin(), slots_.end(), [](const worker_slot& each) { return each.has_worker(); });
    }
    wire::configure greeting(std::uint32_t index) const;
    void check_limits(instant at);
    void feel_pulse(std::uint32_t index, instant at, bool is_busy);
    bool is_stuck_in_setup(const worker_slot& which, instant at) const;

    const run_context& run_;
    const run_state& state_;
    vector<worker_slot> slots_;
    worker_ends ends_;
    instant last_pulse_{};
    deadline limits_due_;     // when a worker that starts or leaves may reach its limit
    deadline room_again_at_;  // when to try the spared slots again
    duration scarcity_ = first_scarcity;
    bool again_ = false;
};

bool worker_pool::others_work(std::uint32_t index) const {
    for (std::uint32_t other = 0; other < slots_.size(); ++other) {
        if (other != index && slots_[other].has_worker()) return true;
    }
    return false;
}

// ---- starting ----

bool worker_pool::may_start(std::uint32_t index) const {
    const select::fresh_starts& fresh_starts = ends_.fresh_starts();
    if (slots_[index].has_worker() || (slots_[index].spared && others_work(index))) return false;
    if (!fresh_starts.may_start(run_.now()) || !run_.world.may_start(index)) return false;
    // A single living worker can run all tests.
    if (fresh_starts.is_hopeless() && others_work(index)) return false;
    const auto is_awaited = [](const worker_slot& each) { return each.is_awaited(); };
    return !fresh_starts.is_probing() || std::none_of(slots_.begin(), slots_.end(), is_awaited);
}

optional<std::string> worker_pool::start(std::uint32_t index) {
    if (ends_.fresh_starts().is_hopeless()) return ends_.no_progress();
    const result<std::int64_t> made = run_.world.start(index);
    if (!made) {
        again_ = run_.world.make_room();
        if (again_) return nullopt;
        std::string why = run_.world.describe(made.failure());
        if (!others_work(index)) return why;
        make_room(index, why);
        return nullopt;
    }
    worker_slot fresh;
    fresh.now_in = worker_slot::phase::starting;
    fresh.pid = made.value();
    fresh.started_at = run_.now();
    fresh.starts = slots_[index].starts + 1;
    fresh.renewed = slots_[index].renewed;
    slots_[index] = std::move(fresh);
    limits_due_ = earlier(limits_due_, slots_[index].started_at + start_limit);
    run_.world.send(index, greeting(index));
    return nullopt;
}

// The first message to a worker: the settings of the whole run.
wire::configure worker_pool::greeting(std::uint32_t index) const {
    const options& chosen = run_.chosen;
    wire::configure hello;
    hello.list_hash = run_.list.hash;
    hello.slot = index;
    hello.worker = slots_[index].pid;
    hello.grace = chosen.grace;
    hello.setup_limit = chosen.timeout;
    hello.output_limit = chosen.output_limit;
    hello.live_output = chosen.output == show_output::live;
    hello.keep_temp = chosen.keep_temp;
    hello.capture = chosen.capture;
    hello.terminal_columns = chosen.terminal_columns;
    hello.terminal_rows = chosen.terminal_rows;
    hello.leaks = chosen.leaks;
    hello.on_timeout = chosen.on_timeout;
    hello.environment = chosen.environment;
    hello.under = run_.under().worker;
    hello.subcases = chosen.subcases;
    hello.snapshots = chosen.snapshots;
    hello.way = chosen.way;
    hello.one_by_one = chosen.fail_fast != 0;
    hello.wrapper = chosen.wrapper;
    return hello;
}

void worker_pool::on_hello(std::uint32_t index, const wire::hello& what) {
    worker_slot& from = slots_[index];
    from.greeted = true;
    if (what.process != 0) from.pid = what.process;
    if (from.now_in == worker_slot::phase::starting) from.now_in = worker_slot::phase::ready;
    from.start_took = run_.now() - from.started_at;
    const bool replacement = from.starts > 1 && !std::exchange(from.renewed, false);
    run_.out.on(
        worker_started{index, from.pid, run_.elapsed(), from.start_took, replacement, run_.world.host_of(index)});
}

// ---- a worker's life ----

void worker_pool::on_progress(std::uint32_t index) {
    slots_[index].fruitful = true;
    ends_.on_progress();
}

void worker_pool::begin_switch(std::uint32_t index) {
    slots_[index].now_in = worker_slot::phase::switching;
    slots_[index].switching_since = run_.now();
}

void worker_pool::end_switch(std::uint32_t index) {
    if (slots_[index].is_switching()) slots_[index].now_in = worker_slot::phase::ready;
}

void worker_pool::on_setup_entered(std::uint32_t index) {
    slots_[index].now_in = worker_slot::phase::ready;
    slots_[index].fruitful = false;
}

void worker_pool::condemn(std::uint32_t index, std::string reason) {
    if (slots_[index].condemned.empty()) slots_[index].condemned = std::move(reason);
    run_.world.kill(index);
}

void worker_pool::retire(std::uint32_t index) {
    worker_slot& target = slots_[index];
    target.now_in = worker_slot::phase::leaving;
    target.retired_at = run_.now();
    limits_due_ = earlier(limits_due_, *target.retired_at + leave_limit);
    target.renewed = true;
    run_.world.finish(index);
}

template <class IsBusy>
void worker_pool::look_after(instant at, const IsBusy& is_busy) {
    const bool pulses_due = at - last_pulse_ >= pulse_interval;
    if (pulses_due) last_pulse_ = at;
    for (std::uint32_t index = 0; pulses_due && index < slots_.size(); ++index)
        feel_pulse(index, at, is_busy(index));
    if (limits_due_ && at >= *limits_due_) check_limits(at);
    if (!room_again_at_ || at < *room_again_at_) return;
    // The processes that used the resources, of tests or of other programs, may have ended.
    room_again_at_.reset();
    for (worker_slot& each : slots_)
        each.spared = false;
    again_ = true;
}

void worker_pool::check_limits(instant at) {
    limits_due_.reset();
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        worker_slot& each = slots_[index];
        if (each.is_awaited() && at - each.started_at >= start_limit) {
            each.started_at = at;
            condemn(index, "it did not speak in time");
        }
        if (each.retired_at && at - *each.retired_at >= leave_limit) {
            each.retired_at.reset();
            run_.world.kill(index);
        }
        if (each.is_awaited()) limits_due_ = earlier(limits_due_, each.started_at + start_limit);
        if (each.retired_at) limits_due_ = earlier(limits_due_, *each.retired_at + leave_limit);
    }
}

// A worker answers at once, whatever its test does. If it does not answer, it was stopped from outside, or it hangs.
// Looks are counted, not seconds: if this process was itself stopped, it reads all messages that came meanwhile before
// the next look.
void worker_pool::feel_pulse(std::uint32_t index, instant at, bool is_busy) {
    worker_slot& each = slots_[index];
    const bool heard = std::exchange(each.heard, false);
    if (is_stuck_in_setup(each, at)) {
        each.switching_since = at;
        condemn(index, "its setup did not end at its time limit");
    }
    if (heard || !each.greeted || !each.can_be_sent_to() || !is_busy) {
        each.unanswered = 0;
    } else if (++each.unanswered > most_unanswered) {
        each.unanswered = 0;
        condemn(index, "it did not answer for " + std::to_string(most_unanswered) + " seconds: was it stopped?");
    } else {
        run_.world.send(index, wire::ping{});
    }
}

// No message may be sent to a worker while a setup runs. The worker applies the setup's time limit itself. If it does
// not, the worker hangs.
bool worker_pool::is_stuck_in_setup(const worker_slot& which, instant at) const {
    const duration limit = run_.chosen.timeout;
    return which.is_switching() && limit != duration{0} &&
           at - which.switching_since > limit + run_.chosen.grace + start_limit;
}

deadline worker_pool::next_look(bool busy) const {
    deadline until = earlier(room_again_at_, limits_due_);
    if (busy) until = earlier(until, last_pulse_ + pulse_interval);
    const select::fresh_starts& fresh_starts = ends_.fresh_starts();
    if (fresh_starts.not_before() && !fresh_starts.may_start(run_.now()))
        until = earlier(until, fresh_starts.not_before());
    return until;
}

// ---- ends ----

optional<std::string> worker_pool::on_end(std::uint32_t index, const worker_end& how) {
    worker_slot& from = slots_[index];
    const bool was_told = std::exchange(from.now_in, worker_slot::phase::absent) == worker_slot::phase::leaving;
    from.retired_at.reset();
    if (was_told) {
        if (how.by_signal || how.code != 0) ends_.report_bad_leave(index, how);
        return nullopt;
    }
    // It may have ended with the run.
    if (!from.greeted && !state_.stopping && !how.with_host) ends_.report_early(from, how);
    const std::string& known = worker_ends::known_reason(from, how);
    std::string reason =
        !known.empty() ? "its worker was ended: " + known : "its worker " + run_.describe_end(how.by_signal, how.code);
    run_.out.on(worker_lost{index, how.pid, run_.elapsed(), reason});
    return reason;
}

void worker_pool::judge_end(std::uint32_t index, const worker_end& how) {
    if (!slots_[index].fruitful && !how.with_host) ends_.on_futile(slots_[index], how);
}

void worker_pool::kill_all() {
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        if (slots_[index].has_worker()) run_.world.kill(index);
    }
}

void worker_pool::see_off(inbox& to) {
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        if (!slots_[index].has_worker()) continue;
        slots_[index].now_in = worker_slot::phase::leaving;
        run_.world.finish(index);
    }
    const instant limit = run_.now() + leave_limit;
    while (any_worker()) {
        const instant at = run_.now();
        if (at >= limit) kill_all();
        if (!run_.world.wait(at < limit ? limit : at + std::chrono::seconds(1), to)) break;
        if (run_.now() >= limit + leave_limit) break;
    }
    run_.world.end_leftovers();
}

// ---- the system's limits ----

// A worker, or a process for a setup or a test, could not be created. Half of the workers of that machine are removed
// after they end their tests: their tests, and the files that this process must still open, need about as much as they
// do. One stays if no other machine has any.
void worker_pool::make_room(std::uint32_t index, const std::string& why) {
    const std::string host = run_.world.host_of(index);
    if (state_.stopping || (host.empty() && run_.world.make_room())) return;
    vector<worker_slot*> there;
    std::size_t workers = 0;
    std::size_t elsewhere = 0;
    for (std::uint32_t slot = 0; slot < slots_.size(); ++slot) {
        const bool has_worker = slots_[slot].has_worker();
        if (run_.world.host_of(slot) != host) {
            if (has_worker) ++elsewhere;
            continue;
        }
        if (has_worker && slots_[slot].spared) return;  // room is being made
        if (has_worker) ++workers;
        there.push_back(&slots_[slot]);
    }
    const std::size_t kept = elsewhere != 0 ? workers / 2 : (workers + 1) / 2;
    std::size_t seen = 0;
    for (worker_slot* each : there)
        each->spared = !each->has_worker() || seen++ >= kept;
    again_ = true;
    if (scarcity_ == first_scarcity) {
        const std::string option = host.empty() ? "--jobs" : "--agent-jobs";
        run_.say(notice::level::warning,
                 "no room for " + counted(there.size(), "worker") + (host.empty() ? "" : " on " + host) + " (" + why +
                     "): the run continues with fewer; raise the limit (ulimit), or lower " + option);
    }
    room_again_at_ = run_.now() + scarcity_;
    scarcity_ *= 2;
}

}  // namespace cordon::engine::run

CORDON_CHEAP_END
