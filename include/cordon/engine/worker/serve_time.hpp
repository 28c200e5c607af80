#pragma once

#include <cordon/engine/worker/serve.hpp>

// server: the time of what runs, and what is done when it is up.

namespace cordon::engine::worker {

// Tells the clock which test runs and since when. For a host, the setup is what is timed; once ready it runs without
// limit.
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

// The one that is asked to end has to be the one whose time is up. So that no other begins in its process meanwhile,
// the rest is withdrawn first; it goes on in another process.
void server::end_overdue() {
    if (paused_at_ || is_suspended_in_setup()) return;
    if (hosting()) leave_out_suspension();  // written before it is said that the run goes on
    const std::uint32_t running = lane_->running.load();
    if (active_->batch.size() > 1 && running != 0 && active_->clock.is_over_limit(now())) {
        const std::size_t claimed = std::min<std::size_t>(lane_.withdraw(1), active_->batch.size());
        if (active_->batch[claimed - 1].ticket != running) return;  // another one was about to begin
    }
    act(active_->clock.due(now()));
}

void server::act(stop_clock::action what) {
    if (what == stop_clock::action::look || what == stop_clock::action::look_again)
        looks_.look(active_->pid, lane_->hang);
    if (what == stop_clock::action::debug) {
        looks_.conclude(lane_->hang);
        debugger_.begin(settings_.on_timeout, active_->pid);
        look_at_debugger(false);
    }
    if (what == stop_clock::action::ask) {
        // A process that is stopped would not hear that it is asked.
        const bool interrupted = debugger_.running();
        debugger_.end();
        const bool pulsed = std::exchange(active_->stops, nullopt).has_value();
        if (interrupted || pulsed) os::continue_group(active_->pid);
        looks_.conclude(lane_->hang);
        os::ask_group_to_end(active_->pid);
    }
    if (what == stop_clock::action::kill) os::kill_group(active_->pid);
}

void server::stop_and_go(pulses::action what) const {
    if (what == pulses::action::stop) os::stop_group(active_->pid);
    if (what == pulses::action::go_on) os::continue_group(active_->pid);
}

void server::look_at_debugger(bool speaks) {
    if (speaks) debugger_.read();
    if (!debugger_.running()) active_->clock.debugged(now());
}

// While a setup runs nobody reads commands: what there is to know of the run stands in the lane.
bool server::is_suspended_in_setup() const { return hosting() && lane_->suspended.load() != 0; }

void server::leave_out_suspension() {
    const duration total(lane_->suspended_for.load());
    if (total <= active_->left_out) return;
    active_->clock.pause(now(), total - active_->left_out);
    active_->left_out = total;
}

}  // namespace cordon::engine::worker
