#pragma once

#include <cordon/engine/exec/serve.hpp>

// server: the time of the running test, and what happens at its limit.

namespace cordon::engine::exec {

// Tells the clock which test runs and when it began. In a host the setup is timed; after the setup it has no limit.
void server::follow_running_test() {
    if (active_->host_of) {
        leave_out_suspension();
        return active_->clock.follow(active_->forked.time_since_epoch(),
                                     host_is_ready() ? duration{0} : active_->setup_limit);
    }
    const duration started(lane_->started.load());
    const wire::work_item* item = running_item();
    if (item == nullptr && lane_->setting_up.load() != 0) return active_->clock.follow(started, settings_.setup_limit);
    if (item == nullptr) item = &active_->batch.front();
    active_->clock.follow(started, item->timeout);
}

// Only the test over its limit may be asked to end. So that no other test begins in its process meanwhile, the rest of
// the batch is withdrawn first; it continues in another process.
void server::end_overdue() {
    if (paused_at_ || is_suspended_in_setup()) return;
    if (hosting()) leave_out_suspension();  // written before the worker reports that the run continues
    const std::uint32_t running = lane_->running.load();
    if (active_->batch.size() > 1 && running != 0 && active_->clock.is_over_limit(now())) {
        const std::size_t claimed = std::min<std::size_t>(lane_.withdraw(1), active_->batch.size());
        if (active_->batch[claimed - 1].ticket != running) return;  // another test was about to begin
    }
    if (active_->clock.is_looking() && !looks_.is_waiting(lane_->hang)) active_->clock.answered(now());
    act(active_->clock.due(now()));
}

void server::act(stop_clock::action what) {
    if (what == stop_clock::action::glance) looks_.glance(active_->pid, lane_->running.load());
    if (what == stop_clock::action::look || what == stop_clock::action::look_again)
        look_at_limit(what == stop_clock::action::look);
    if (what == stop_clock::action::debug) {
        looks_.conclude(lane_->hang);
        debugger_.begin(settings_.on_timeout, active_->pid);
        look_at_debugger(false);
    }
    if (what == stop_clock::action::ask) ask_to_end();
    if (what == stop_clock::action::kill) os::kill_group(active_->pid);
}

void server::look_at_limit(bool first) {
    if (first) note_stop();
    if (active_->stops) os::continue_group(active_->pid);  // so that it can answer
    looks_.look(active_->pid, lane_->running.load(), lane_->hang);
    if (!first) return;
    if (const optional<duration> next = looks_.until_next()) active_->clock.want_another_look(now() + *next);
}

// A stopped process receives the request when it is continued. Only a process that handles the request gets the grace
// time, and one for which this is unknown.
void server::ask_to_end() {
    const bool interrupted = debugger_.running();
    debugger_.end();
    if (interrupted) os::continue_group(active_->pid);
    note_stop();
    active_->stops.reset();
    looks_.conclude(lane_->hang);
    const bool over_limit = active_->clock.why() != wire::stopped_by::cancelled;
    const os::answer_to_asking answer = over_limit ? os::answer_of(active_->pid) : os::answer_to_asking::unknown;
    os::ask_group_to_end(active_->pid);
    os::continue_group(active_->pid);
    if (answer == os::answer_to_asking::refuses) active_->clock.kill_by(now());
    if (answer == os::answer_to_asking::holds_back) active_->clock.kill_by(now() + grace_of_unknown);
}

// Pulses stop it too, which says nothing about the test.
void server::note_stop() {
    if (active_->stop_signal == 0 && !active_->stops && active_->clock.why() != wire::stopped_by::cancelled)
        active_->stop_signal = os::stop_signal_of(active_->pid);
}

void server::stop_and_go(pulses::action what) const {
    if (what == pulses::action::stop) os::stop_group(active_->pid);
    if (what == pulses::action::go_on) os::continue_group(active_->pid);
}

void server::look_at_debugger(bool speaks) {
    if (speaks) debugger_.read();
    if (!debugger_.running()) active_->clock.debugged(now());
}

// While a setup runs nobody reads commands. The lane says whether the run is suspended.
bool server::is_suspended_in_setup() const { return hosting() && lane_->suspended.load() != 0; }

void server::leave_out_suspension() {
    const duration total(lane_->suspended_for.load());
    if (total <= active_->left_out) return;
    active_->clock.pause(now(), total - active_->left_out);
    active_->left_out = total;
}

}  // namespace cordon::engine::exec
