#pragma once

#include <cordon/engine/exec/serve.hpp>

// server: the ends of its processes.

namespace cordon::engine::exec {

// `quiet`: it has printed nothing that was not read.
void server::conclude(const os::process_end& end, bool quiet) {
    lane_->process.store(0);  // the number may be reused from now on
    if (active_->host_of) return conclude_host(end, quiet);
    const wire::work_item* item = running_item();
    const bool begun = item != nullptr;
    wire::ended message = describe(end, begun ? *item : active_->batch.front(), begun);
    lane_.end_holds_above(outlet_.level());
    const std::uint32_t in_setup = begun ? 0 : lane_->setting_up.load();
    if (optional<failure> why = failure_by_setup(in_setup, message))
        outlet_.say(wire::failed_assertion{message.ticket, std::move(*why), wire::telling::whole});
    say_traces(message.ticket);
    if (!quiet) drain_output();
    if (!goes_on(message, item)) capture_.send(outlet_);  // if a test continues, all output is sent at its end
    outlet_.say(message);
    remove_temp_folder(message.ticket);
    requeue_unclaimed(begun);
    active_.reset();
    forget_done();
    if (next_waiting_ == waiting_.size() || now() - last_flush_ >= flush_delay) flush();
}

// Output of a setup is for the tests that cannot run because of it. If the setup succeeded, nobody needs it.
void server::read_output() {
    if (!hosting()) return capture_.read(lane_, outlet_);
    capture_.read_of_setup(outlet_);
    if (host_is_ready()) capture_.drop();
}

// A test whose process ended in the middle of a subcase: its other subcases continue.
bool server::goes_on(wire::ended& message, const wire::work_item* begun) {
    if (begun == nullptr || lane_->over.load() == begun->ticket || ended_ || done_) return false;
    message.goes_on = rest_.take(*begun, message, lane_->leaves);
    if (message.goes_on) lane_->out_of_memory.store(0);
    return message.goes_on;
}

// The run is cancelled, or no process can be started.
void server::give_up_rest() {
    capture_.send(outlet_);
    outlet_.say(rest_.give_up());
    flush();
}

// Limited, because a process that cannot be killed may print forever.
void server::drain_output() {
    for (int round = 0; round < 16 && os::anything_to_read(capture_.out().read, capture_.err().read); ++round) {
        read_output();
    }
}

wire::ended server::describe(const os::process_end& end, const wire::work_item& item, bool begun) const {
    wire::ended message;
    message.ticket = item.ticket;
    message.pid = active_->pid;
    message.by_signal = end.by_signal;
    const bool was_over = begun && !end.by_signal && lane_->over.load() == item.ticket;
    message.code = was_over && end.code == complete_exit_code ? 0 : end.code;
    message.cut_short = was_over && end.code == 0;
    message.why = active_->clock.why();
    const bool crashed = lane_->crash.state.load() == crash_note::told;
    message.out_of_memory =
        begun && (lane_->out_of_memory.load() == item.ticket || (crashed && lane_->crash.out_of_memory != 0));
    message.stop_signal = active_->stop_signal;
    message.forked = active_->forked.time_since_epoch();
    message.started = begun ? duration(lane_->started.load()) : duration{0};
    message.gone = now().time_since_epoch();
    message.usage = end.usage;
    message.orphans = end.survivors;
    message.orphan_commands = end.survivor_commands;
    return message;
}

void server::say_traces(std::uint32_t ticket) {
    if (lane_->crash.state.load() == crash_note::told) outlet_.say(trace_of_crash(ticket, lane_->crash));
    for (wire::trace& each : looks_.take(lane_->hang)) {
        each.ticket = ticket;
        outlet_.say(each);
    }
    constexpr std::size_t longest = 32 * 1024;
    const std::string shown = debugger_.take();
    for (std::size_t from = 0; from < shown.size(); from += longest)
        outlet_.say(wire::debugger_view{ticket, shown.substr(from, longest)});
}

// Items that a dead test process had not begun continue in a new one. The first item always counts as begun; otherwise
// a process that dies before its first test would be restarted forever.
void server::requeue_unclaimed(bool begun) {
    if (active_->batch.size() == 1) return;
    const std::size_t from = std::max<std::size_t>(lane_.withdraw(), begun ? 0 : 1);
    if (from >= active_->batch.size()) return;
    vector<wire::work_item> rest(active_->batch.begin() + from, active_->batch.end());
    rest.append(waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_), waiting_.end());
    active_->batch = {};
    waiting_ = std::move(rest);
    next_waiting_ = 0;
}

void server::conclude_host(const os::process_end& end, bool quiet) {
    lane_.end_holds_above(outlet_.level());
    const bool was_ready = host_is_ready();
    if (!was_ready) say_traces(0);
    if (!quiet) drain_output();
    capture_.send(outlet_);
    lane_->hosts.store(hosts_);
    os::remove_folder(setup_folder().path(1)).ignore();
    wire::left message;
    message.group = *active_->host_of;
    message.by_signal = end.by_signal;
    message.code = end.code;
    message.clean = !end.by_signal && end.code == 0;
    message.timed_out = active_->clock.why() == wire::stopped_by::timeout;
    outlet_.say(message);
    flush();
    // Commands that need the setup may be on their way: this process must not read them.
    if (was_ready && !message.clean) os::leave_now(host_died_code);
    active_.reset();
}

// Files that a test process leaves for removal are not kept for a failed test.
void server::remove_temp_folder(std::uint32_t ticket) {
    temp_.remove(lane_, ticket, lane_->over.load() != ticket, temp_policy::others::none);
}

// The supervisor has ended: the running test has nobody to report to.
void server::hang_up() {
    if (active_) {
        os::kill_group(active_->pid);
        os::kill_process(active_->pid);
        // So that it creates nothing in a folder that is being removed.
        for (int round = 0; round < reaping_patience && !os::reap(active_->pid); ++round)
            os::pause_briefly();
    }
    os::end_orphans();
    if (active_ && active_->host_of) os::remove_folder(setup_folder().path(1)).ignore();
    if (active_ && !active_->host_of) {
        const wire::work_item* item = running_item();
        remove_temp_folder(item != nullptr ? item->ticket : active_->batch.front().ticket);
    }
    os::leave_now(0);
}

}  // namespace cordon::engine::exec
