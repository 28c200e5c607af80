#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/exec/process_life.hpp>
#include <cordon/engine/exec/process_watch.hpp>
#include <cordon/engine/exec/pulses.hpp>
#include <cordon/engine/exec/setup_blocks.hpp>
#include <cordon/engine/exec/work_batch.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace cordon::engine::exec {

/// Watches the process of a running test, or of a batch of them.
class test_watch : public process_watch {
  public:
    using process_watch::process_watch;

    CORDON_HOT void begin(os::process_id pid, instant forked, const work_batch& batch) {
        process_watch::begin(pid, forked);
        at_.lane->process.store(pid);
        batch_ = batch;
        stops_.reset();
        if (at_.settings.under.pulses != duration{0})
            stops_.emplace(at_.settings.under.pulses, forked, batch.front().ticket);
    }

    const work_batch& batch() const { return batch_; }
    /// The item that runs or ran last; null before the first.
    const wire::work_item* item() const { return batch_.item_of(at_.lane->running.load()); }

    /// Takes back what has not begun, and hands each item to take(item).
    template <class Receiver>
    void withdraw(Receiver take) {
        if (!is_shared()) return;
        // The first item stays, begun or not: the end of the process is charged to it.
        const std::size_t kept = at_.lane.withdraw(1);
        for (std::size_t i = kept; i < batch_.size(); ++i)
            take(batch_[i]);
        batch_.shorten(kept);
    }

    void read_output() override { at_.output.read(at_.lane, at_.outlet); }

    void look(bool suspended) override {
        if (is_shared() && at_.output.is_overdue(at_.lane)) at_.output.send(at_.outlet);
        follow();
        if (stops_) stop_and_go(stops_->due(now()));
        if (!suspended && is_right_one()) keep_time();
    }

    deadline next_look() override {
        follow();
        deadline until = next_by_clock();
        if (stops_) until = earlier(until, stops_->next());
        // Nothing wakes this worker when the test begins: look again soon, to learn when its time limit starts.
        if (item() == nullptr) until = earlier(until, now() + first_look);
        // One wake-up of the supervisor can deliver the messages of many quick tests. A slow test must not delay them.
        if (is_shared() && at_.output.holds_output()) until = earlier(until, now() + workplace::flush_delay);
        return until;
    }

    /// Says how its setup ended it, if one did, and what was seen of it.
    void say_findings(const wire::ended& end) {
        const std::uint32_t in_setup = item() != nullptr ? 0 : at_.lane->setting_up.load();
        if (optional<failure> why = failure_by_setup(in_setup, end))
            at_.outlet.say(wire::failed_assertion{end.ticket, std::move(*why), wire::telling::whole});
        say_traces(end.ticket);
    }

    wire::ended describe(const os::process_end& end) const;

  private:
    // True if several tests share the running process: then output must be sent when the test changes. Otherwise it is
    // kept until the process ends, because only then it is complete, and its limit applies to all of it.
    bool is_shared() const { return batch_.size() > 1; }

    // Tells the clock which test runs and since when.
    void follow() {
        const duration started(at_.lane->started.load());
        const wire::work_item* running = item();
        if (running == nullptr && at_.lane->setting_up.load() != 0)
            return clock_.follow(started, at_.settings.setup_limit);
        if (running == nullptr) running = &batch_.front();
        clock_.follow(started, running->timeout);
    }

    // Only the test over its limit may be asked to end. So that no other test begins in its process meanwhile, the rest
    // of the batch is withdrawn first; it continues in another process.
    bool is_right_one() {
        const std::uint32_t running = at_.lane->running.load();
        if (!is_shared() || running == 0 || !clock_.is_over_limit(now())) return true;
        const std::size_t claimed = std::min<std::size_t>(at_.lane.withdraw(1), batch_.size());
        return batch_[claimed - 1].ticket == running;  // else another one was about to begin
    }

    bool is_stopped_at_times() const override { return stops_.has_value(); }
    void stop_no_more() override { stops_.reset(); }
    void stop_and_go(pulses::action what) const {
        if (what == pulses::action::stop) os::stop_group(pid_);
        if (what == pulses::action::go_on) os::continue_group(pid_);
    }

    work_batch batch_;
    optional<pulses> stops_;
};

wire::ended test_watch::describe(const os::process_end& end) const {
    const wire::lane& lane = at_.lane;
    const bool begun = item() != nullptr;
    wire::ended message;
    message.ticket = begun ? item()->ticket : batch_.front().ticket;
    message.pid = pid_;
    message.by_signal = end.by_signal;
    const bool was_over = begun && !end.by_signal && lane->over.load() == message.ticket;
    message.code = was_over && end.code == complete_exit_code ? 0 : end.code;
    message.cut_short = was_over && end.code == 0;
    message.why = clock_.why();
    const bool crashed = lane->crash.state.load() == crash_note::told;
    message.out_of_memory =
        begun && (lane->out_of_memory.load() == message.ticket || (crashed && lane->crash.out_of_memory != 0));
    message.stop_signal = stop_signal_;
    message.forked = forked_.time_since_epoch();
    message.started = begun ? duration(lane->started.load()) : duration{0};
    message.gone = now().time_since_epoch();
    message.usage = end.usage;
    message.process_reused = begun && item()->ticket != batch_.front().ticket;
    message.orphans = end.survivors;
    message.orphan_commands = end.survivor_commands;
    return message;
}

}  // namespace cordon::engine::exec
