#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/exec/capture.hpp>
#include <cordon/engine/exec/debugger_look.hpp>
#include <cordon/engine/exec/link.hpp>
#include <cordon/engine/exec/registry.hpp>
#include <cordon/engine/exec/resumption.hpp>
#include <cordon/engine/exec/test_process.hpp>
#include <cordon/engine/exec/trace.hpp>
#include <cordon/engine/exec/watched.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <cerrno>
#include <cstdlib>

namespace cordon::engine::exec {

/// A worker: executes commands, one test process at a time, until the command pipe closes. It runs no test itself, so
/// no test can damage the process that the next one is forked from.
class server {
  public:
    server(link& connection, command_reader& commands, const registered_tests& tests, wire::configure settings,
           capture output)
        : link_(connection),
          tests_(tests),
          settings_(std::move(settings)),
          commands_(commands),
          lane_(connection.lane()),
          outlet_(lane_, connection.events, lane_.server_level()),
          capture_(std::move(output)),
          temp_{os::temp_root(), settings_.worker, settings_.keep_temp},
          ends_(os::watch_ends_of_children()) {
        environment_of_tests().set_slot(settings_.slot);
    }

    /// Returns when the worker should exit.
    void serve() {
        // The state in which its tests begin; for a host, after its setups.
        if (looks_back(settings_)) os::remember_state(attention_to_leftovers(settings_));
        while (!done_) {
            obey();
            while (!active_ && !paused_at_ && (rest_.waits() || waiting_.size() > next_waiting_)) {
                start_next();
            }
            if (!active_ && ended_) return;
            if (!done_) wait();
        }
    }

  private:
    static constexpr duration first_look = std::chrono::milliseconds(10);
    static constexpr duration grace_of_unknown = std::chrono::milliseconds(100);
    static constexpr duration look_for_answers = std::chrono::microseconds(500);
    static constexpr duration flush_delay = std::chrono::milliseconds(2);

    void obey() {
        const auto obeyed = [this](auto& command) { carry_out(command); };
        while (!hosting() && commands_.next(obeyed)) {
        }
        if (commands_.damaged()) hang_up();
    }

    // While a host runs, the host reads the commands.
    bool hosting() const { return active_ && active_->host_of; }

    // True if several tests share the running process: then output must be sent when the test changes. Otherwise it is
    // kept until the process ends, because only then it is complete, and its limit applies to all of it.
    bool is_shared() const { return active_ && active_->batch.size() > 1; }

    void carry_out(wire::configure&) {}
    void carry_out(wire::run& command) { waiting_.append(command.items.begin(), command.items.end()); }
    void carry_out(wire::surrender&) { give_back(); }
    void carry_out(wire::cancel&) {
        give_back();
        if (active_) active_->clock.stop(wire::stopped_by::cancelled, now());
        if (rest_.waits()) give_up_rest();
    }
    void carry_out(wire::leave&) { done_ = true; }
    void carry_out(wire::suspend&) {
        if (paused_at_) return;
        paused_at_ = now();
        if (active_) os::stop_group(active_->pid);
    }
    void carry_out(wire::resume&) {
        if (!paused_at_) return;
        if (active_) {
            active_->clock.pause(*paused_at_, now() - *paused_at_);
            os::continue_group(active_->pid);
        }
        paused_at_.reset();
    }
    void carry_out(wire::ping&) {
        outlet_.say(wire::alive());
        outlet_.flush();
    }
    void carry_out(wire::enter& command) { start_host(command); }

    void give_back() {
        wire::returned back;
        if (active_ && active_->batch.size() > 1) {
            // The first item stays, begun or not: the end of the process is charged to it.
            const std::size_t kept = lane_.withdraw(1);
            for (std::size_t i = kept; i < active_->batch.size(); ++i) {
                back.tickets.push_back(active_->batch[i].ticket);
            }
            active_->batch.shorten(kept);
        }
        for (; next_waiting_ < waiting_.size(); ++next_waiting_) {
            back.tickets.push_back(waiting_[next_waiting_].ticket);
        }
        outlet_.say(back);
        outlet_.flush();
    }

    work_batch next_batch() {
        if (rest_.waits()) return rest_.batch();
        const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_);
        // Tests that may share a process share one; each other test gets its own.
        const auto ends_batch = [](const wire::work_item& item) { return item.mode != isolate::shard || item.fresh; };
        const auto to =
            from->mode == isolate::shard && may_fork_ ? std::find_if(from + 1, waiting_.end(), ends_batch) : from + 1;
        const work_batch batch(waiting_, next_waiting_, static_cast<std::size_t>(to - from));
        next_waiting_ += batch.size();
        return batch;
    }

    // Removes the items that are done. Called while nothing runs.
    void forget_done() {
        constexpr std::size_t many = 1024;
        if (next_waiting_ != waiting_.size() && next_waiting_ < many) return;
        const auto next = waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_);
        if (next == waiting_.end()) {
            waiting_.clear();  // keeps its memory
        } else {
            waiting_ = vector<wire::work_item>(next, waiting_.end());
        }
        next_waiting_ = 0;
    }

    CORDON_HOT void start_next() {
        const bool is_rest = rest_.waits();
        watched next{0, now(), new_clock(), next_batch(), nullopt, {}, nullopt, 0, {}};
        if (settings_.under.pulses != duration{0})
            next.stops.emplace(settings_.under.pulses, now(), next.batch.front().ticket);
        prepare_lane(next.batch);
        environment_of_tests().describe(*tests_.tests[next.batch.front().test], next.batch.front());
        const result<os::process_id> made = next.batch.front().mode == isolate::exec || !may_fork_
                                                ? execute_test(next.batch.front())
                                                : fork_test(next.batch);
        if (!made) {
            if (is_rest) return give_up_rest();
            for (const wire::work_item& item : next.batch) {
                outlet_.say(wire::trouble{item.ticket, os::describe(made.failure())});
            }
            forget_done();
            return outlet_.flush();
        }
        watch(std::move(next), made.value());
    }

    stop_clock new_clock() const {
        return stop_clock(now(), settings_.grace, os::can_look_at_threads(),
                          settings_.on_timeout != timeout_view::stacks);
    }

    void prepare_lane(const work_batch& batch) {
        lane_.offer(static_cast<std::uint32_t>(batch.size()));
        lane_->running.store(0);
        lane_->over.store(0);
        lane_->started.store(0);
        lane_->setting_up.store(0);
        lane_->captured.store(0);
        if (lane_->crash.state.load() != crash_note::nothing) lane_->crash.state.store(crash_note::nothing);
        capture_.relabel(batch.empty() ? 0 : batch.front().ticket);
    }

    void watch(watched next, os::process_id pid) {
        next.pid = pid;
        lane_->process.store(pid);
        active_ = std::move(next);
    }

    CORDON_HOT result<os::process_id> fork_test(const work_batch& batch) {
        if (errno != 0) errno = 0;  // a test finds none; here it costs no test a page
        result<os::process_id> made = os::fork_process(os::fork_patience);
        if (made && made.value() == 0) become_test(batch);
        return made;
    }

    // Writes to nothing that lies outside of this call's part of the stack: each page would have to be copied.
    [[noreturn]] CORDON_HOT void become_test(const work_batch& batch) const {
        os::die_with_parent(own_id_);
        if (has_own_terminal()) {
            os::lead_own_session();
        } else {
            os::lead_own_group(0);
        }
        os::restore_signals();
        if (settings_.on_timeout != timeout_view::stacks) os::allow_debuggers();
        if (settings_.capture) os::redirect_output(capture_.out().write, capture_.err().write);
        os::close_in_copy(link_.memory.object());
        os::close_in_copy(ends_);  // or it passes for one that handles signals
        if (!os::can_die_with_parent()) lane_->process.store(os::own_process_id());
        if (batch.size() == 1) os::expect_few_clock_reads();
        journal_outlet outlet(lane_, link_.events, lane_.test_level());
        test_process(tests_, lane_, outlet, temp_, looks_back(settings_))
            .run(batch, {&capture_.out().read, &capture_.err().read});
        leave_after_tests();
    }

    // In exec mode the test process is this program, started again. It reads its item from its own pipe, as a worker
    // reads commands.
    result<os::process_id> execute_test(const wire::work_item& item) {
        result<os::pipe_ends> commands = os::make_pipe();
        if (!commands) return commands.failure();
        std::string frames;
        wire::append_command(frames, link_.marker.key, 1, settings_);
        wire::append_command(frames, link_.marker.key, 2, wire::run{{item}});
        const status written = os::write_all(commands.value().write, frames);
        if (!written) return written.failure();
        wire::marker marker = link_.marker;
        marker.as = wire::marker::role::test_process;
        marker.parent = os::own_process_id();
        marker.commands = os::number_of(commands.value().read.native());
        os::spawn_request request;
        request.arguments = os::own_arguments();
        request.environment = os::environment();
        request.environment.push_back(std::string(wire::marker_name) + "=" + wire::marker_text(marker));
        if (settings_.capture) {
            request.output = capture_.out().write.native();
            request.errors = capture_.err().write.native();
        }
        request.new_session = has_own_terminal();
        request.inherited = {os::handle_of(marker.commands), os::handle_of(marker.events), os::handle_of(marker.lane)};
        request.patience = os::fork_patience;
        return os::spawn_self(request);
    }

    bool has_own_terminal() const { return settings_.terminal_columns != 0; }

    void start_host(const wire::enter& command) {
        const duration left_out(lane_->suspended_for.load());
        watched next{0, now(), new_clock(), {}, command.group, command.limit, nullopt, 0, left_out};
        prepare_lane({});
        outlet_.flush();
        const os::process_id worker = os::own_process_id();
        const result<os::process_id> made = os::fork_process(os::fork_patience);
        if (!made) {
            outlet_.say(wire::trouble{0, os::describe(made.failure())});
            return outlet_.flush();
        }
        if (made.value() == 0) become_host(worker, command);
        watch(std::move(next), made.value());
    }

    // The host replaces this worker: it runs the setups, then serves the tests that need them.
    [[noreturn]] void become_host(os::process_id worker, const wire::enter& command) {
        os::die_with_parent(worker);
        os::lead_own_group(0);
        os::adopt_orphans();
        if (settings_.on_timeout != timeout_view::stacks) os::allow_debuggers();
        active_.reset();
        own_id_ = os::own_process_id();
        ends_.close();
        outlet_.set_level(lane_.test_level());
        result<capture> own = capture::open(settings_);
        if (settings_.capture) os::redirect_output(capture_.out().write, capture_.err().write);
        if (!own) {
            outlet_.say(wire::trouble{0, os::describe(own.failure())});
            outlet_.flush();
            os::leave_now(setup_failed_code);
        }
        if (!run_chosen_setups(command)) {
            outlet_.flush();
            os::leave_with_coverage(setup_failed_code);
        }
        capture_ = std::move(own.value());
        lane_->hosts.store(++hosts_);
        outlet_.set_level(lane_.server_level());
        const std::uint32_t threads = os::thread_count();
        may_fork_ = threads <= 1;
        outlet_.say(wire::setup_ready{command.group, threads});
        outlet_.flush();
        serve();
        std::exit(0);
    }

    // The folder for the setups of the next host, or of this one. No test has this ticket.
    temp_folder::owner setup_folder() const { return {&temp_.root, temp_.worker, wire::ticket_of_setup(hosts_ + 1)}; }

    bool run_chosen_setups(const wire::enter& command) {
        static std::atomic<std::uint32_t> own_folder{0};  // the number in the lane belongs to the tests
        current_temp_folder().begin(setup_folder(), &own_folder);
        os::restore_signals();
        const bool succeeded = run_setups(setups_at(command.setups), outlet_, 0);
        watch_terminate();  // wraps a handler that a setup may have set
        os::hold_back_signals();
        ends_ = os::watch_ends_of_children();
        os::hold_back_broken_pipes();
        return succeeded;
    }

    // ---- waiting ----

    void wait() {
        const bool listen = !hosting();
        watch_for(watch_ends, active_ ? &ends_ : nullptr);
        watch_for(watch_commands, ended_ ? nullptr : &link_.commands, listen);
        watch_for(watch_debugger, debugger_.running() ? &debugger_.answers() : nullptr);
        watch_for(watch_out, active_ ? &capture_.out().read : nullptr);
        watch_for(watch_err, active_ ? &capture_.err().read : nullptr);
        const status waited = os::wait_for(watches_, all_watches, next_deadline());
        if (!waited) return hang_up();
        if (!ended_) look_at_commands(listen);
        if (active_) look_at_active();
    }

    void watch_for(std::size_t which, const os::descriptor* what, bool bytes = true) {
        watches_[which] = {what != nullptr ? what->native() : os::no_handle, bytes, false, false};
    }

    deadline next_deadline() {
        if (!active_ || paused_at_) return nullopt;
        if (is_suspended_in_setup()) return now() + first_look;
        follow_running_test();
        deadline until = active_->clock.next();
        if (active_->stops) until = earlier(until, active_->stops->next());
        if (looks_.is_waiting(lane_->hang)) until = earlier(until, now() + look_for_answers);
        // Nothing wakes this worker when the test begins: look again soon, to learn when its time limit starts.
        if (!hosting() && running_item() == nullptr) until = earlier(until, now() + first_look);
        // One wake-up of the supervisor can deliver the messages of many quick tests. A slow test must not delay them.
        const bool look_for_end = is_shared() && capture_.holds_output();
        if (outlet_.has_unsent() || look_for_end) until = earlier(until, now() + flush_delay);
        return until;
    }

    void look_at_commands(bool listening) {
        const os::watch& commands = watches_[watch_commands];
        if (listening) {
            if (commands.ready && !commands_.read()) ended_ = true;
            // The supervisor has ended and did not wait for the running test.
            if (ended_ && active_) hang_up();
        } else if (commands.hung_up) {
            // The host sees it too, and ends its test. It has the usual grace time to end normally.
            ended_ = true;
            active_->clock.stop(wire::stopped_by::cancelled, now() + settings_.grace);
        }
    }

    void look_at_active() {
        if (debugger_.running()) look_at_debugger(watches_[watch_debugger].ready);
        const bool printed = watches_[watch_out].ready || watches_[watch_err].ready;
        if (printed) read_output();
        if ((watches_[watch_ends].ready || !ends_) && os::take_child_ended(ends_)) {
            // A debugger does not count as a leftover of the process.
            if (debugger_.running() && os::has_ended(active_->pid)) debugger_.end();
            // What it printed was there before its end was seen; a terminal takes its time.
            const bool quiet = ends_ && !printed && !has_own_terminal();
            if (const optional<os::process_end> end = os::reap(active_->pid))
                return conclude(*end, quiet && end->survivors == 0);
        }
        if (is_shared() && capture_.is_overdue(lane_)) capture_.send(outlet_);
        follow_running_test();
        if (active_->stops) stop_and_go(active_->stops->due(now()));
        end_overdue();
        if (now() - last_flush_ >= flush_delay) flush();
    }

    // ---- its time, in serve_time.hpp ----

    void follow_running_test();
    void end_overdue();
    void act(stop_clock::action what);
    void look_at_limit(bool first);
    void ask_to_end();
    void note_stop();
    void stop_and_go(pulses::action what) const;
    void look_at_debugger(bool speaks);
    bool is_suspended_in_setup() const;
    void leave_out_suspension();

    // A number of hosts, not a flag, because the host of this process may have made another one.
    bool host_is_ready() const { return lane_->hosts.load() > hosts_; }

    const wire::work_item* running_item() const { return active_->item_of(lane_->running.load()); }

    void flush() {
        last_flush_ = now();
        outlet_.flush();
    }

    // ---- endings, in serve_end.hpp ----

    void conclude(const os::process_end& end, bool quiet);
    void read_output();
    void drain_output();
    wire::ended describe(const os::process_end& end, const wire::work_item& item, bool begun) const;
    void say_traces(std::uint32_t ticket);
    bool goes_on(wire::ended& message, const wire::work_item* begun);
    void give_up_rest();
    void requeue_unclaimed(bool begun);
    void conclude_host(const os::process_end& end, bool quiet);
    void remove_temp_folder(std::uint32_t ticket);
    [[noreturn]] void hang_up();

    static constexpr int setup_failed_code = 3;
    static constexpr int host_died_code = 1;
    static constexpr int reaping_patience = 20'000;  // each about 50 microseconds

    link& link_;
    const registered_tests& tests_;
    wire::configure settings_;
    command_reader& commands_;
    wire::lane lane_;
    journal_outlet outlet_;
    capture capture_;
    temp_policy temp_;
    vector<wire::work_item> waiting_;
    std::size_t next_waiting_ = 0;
    optional<watched> active_;
    resumption rest_;
    std::uint32_t hosts_ = 0;  ///< number of setups around this process
    hang_looks looks_;
    debugger_look debugger_;
    // Not on the heap: what is written there after a fork is a page to copy, while the stack's are copied anyway.
    // The ends come first: what is ready is looked at in this order, so a process whose end is seen has printed before
    // its output is looked at.
    enum : std::size_t { watch_ends, watch_commands, watch_debugger, watch_out, watch_err, all_watches };
    os::watch watches_[all_watches];
    os::descriptor ends_;  ///< of children; empty where the system has no such descriptor
    os::process_id own_id_ = os::own_process_id();
    instant last_flush_{};
    // A fork copies only one thread. Locks held by other threads stay locked in the copy. exec is slower, and safe.
    bool may_fork_ = os::thread_count() <= 1;
    deadline paused_at_;  ///< the time since when the run is suspended
    bool ended_ = false;  ///< the command pipe is closed
    bool done_ = false;   ///< `leave` came
};

}  // namespace cordon::engine::exec
