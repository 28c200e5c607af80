#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/exec/process_watch.hpp>
#include <cordon/engine/exec/setup_blocks.hpp>
#include <cordon/engine/exec/temp_folder.hpp>
#include <cordon/engine/exec/unwind.hpp>
#include <cordon/engine/os/coverage.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/signal.hpp>

#include <atomic>
#include <cstdint>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// The fork of a worker that takes its place: it runs setups, then serves the tests that want them. Here are both sides
/// of it: how the fork becomes the host, and how the worker watches it.
class host : public process_watch {
  public:
    using process_watch::process_watch;

    /// True: this process is the host now, its setups are done, and it goes on as a worker. False: there is one to be
    /// watched, or none could be made, which was said.
    bool start(const wire::enter& command) {
        const instant forked = now();
        left_out_ = duration(at_.lane->suspended_for.load());
        group_ = command.group;
        setup_limit_ = command.limit;
        at_.prepare_lane({});
        at_.outlet.flush();
        const os::process_id worker = os::own_process_id();
        const result<os::process_id> made = os::fork_process(os::fork_patience);
        if (!made) {
            at_.outlet.say(wire::trouble{0, os::describe(made.failure())});
            at_.outlet.flush();
            return false;
        }
        if (made.value() == 0) {
            become(worker, command, forked);
            return true;
        }
        begin(made.value(), forked);
        at_.lane->process.store(made.value());
        return false;
    }

    /// The commands have ended: the host sees it as well, and ends what it runs; it gets the usual grace to leave in
    /// order.
    void expect_end() { cancel(now() + at_.settings.grace); }

    // Output of a setup is for the tests that cannot run because of it. If the setup succeeded, nobody needs it.
    void read_output() override {
        at_.output.read_of_setup(at_.outlet);
        if (is_ready()) at_.output.drop();
    }

    void look(bool suspended) override {
        follow();
        if (suspended || is_suspended()) return;
        leave_out_suspension();  // written before it is said that the run goes on
        keep_time();
    }

    deadline next_look() override {
        if (is_suspended()) return now() + first_look;
        follow();
        return next_by_clock();
    }

    /// Says how it ended. Leaves the process where it can not go on without the host.
    void conclude(const os::process_end& end, bool quiet);

    /// Removes what its setups may have put in their folder.
    void remove_folder() const { os::remove_folder(setup_folder().path(1)).ignore(); }

  private:
    static constexpr int setup_failed_code = 3;
    static constexpr int host_died_code = 1;
    static constexpr std::uint32_t late_setup = ~std::uint32_t{0};  // no setup has this number

    void become(os::process_id worker, const wire::enter& command, instant forked);
    bool run_chosen_setups(const wire::enter& command) const;

    // The folder for the setups of the next host, or of this one. No test has this ticket.
    temp_folder::owner setup_folder() const {
        return {&at_.temp.root, at_.temp.worker, wire::ticket_of_setup(at_.hosts + 1)};
    }

    // A number of hosts, not a flag, because the host of this process may have made another one.
    bool is_ready() const { return at_.lane->hosts.load() > at_.hosts; }

    // The setup is what is timed; once ready the host runs without limit.
    void follow() {
        leave_out_suspension();
        clock_.follow(forked_.time_since_epoch(), is_ready() ? duration{0} : setup_limit_);
    }

    // While a setup runs nobody reads commands. The lane says whether the run is suspended.
    bool is_suspended() const { return at_.lane->suspended.load() != 0; }
    void leave_out_suspension() {
        const duration total(at_.lane->suspended_for.load());
        if (total <= left_out_) return;
        clock_.pause(now(), total - left_out_);
        left_out_ = total;
    }

    std::uint32_t group_ = 0;
    duration setup_limit_{};
    duration left_out_{};  ///< how long the run was suspended before this, for its clock
};

void host::become(os::process_id worker, const wire::enter& command, instant forked) {
    os::die_with_parent(worker);
    os::lead_own_group(0);
    os::adopt_orphans();
    if (at_.settings.on_timeout != timeout_view::stacks) os::allow_debuggers();
    at_.own_id = os::own_process_id();
    at_.ends_of_children.close();  // or it passes for one that handles signals
    at_.outlet.set_level(at_.lane.test_level());
    result<capture> own = capture::open(at_.settings);
    if (at_.settings.capture) os::redirect_output(at_.output.out().write, at_.output.err().write);
    if (!own) {
        at_.outlet.say(wire::trouble{0, os::describe(own.failure())});
        at_.outlet.flush();
        os::leave_now(setup_failed_code);
    }
    const setup_clock clock(at_.lane, forked, left_out_, command.limit);
    const bool succeeded = run_chosen_setups(command);
    const bool late = clock.is_late();
    if (late) at_.lane->setting_up.store(late_setup);
    if (!succeeded || late) {
        at_.outlet.flush();
        os::leave_with_coverage(setup_failed_code);
    }
    at_.output = std::move(own.value());
    at_.lane->hosts.store(++at_.hosts);
    at_.outlet.set_level(at_.lane.server_level());
    const std::uint32_t threads = os::thread_count();
    at_.may_fork = threads <= 1;
    at_.outlet.say(wire::setup_ready{command.group, threads});
    at_.outlet.flush();
}

bool host::run_chosen_setups(const wire::enter& command) const {
    static std::atomic<std::uint32_t> own_folder{0};  // the lane's belongs to the tests
    current_temp_folder().begin(setup_folder(), &own_folder);
    os::restore_signals();
    const bool succeeded = run_setups(setups_at(command.setups), at_.outlet, 0);
    watch_terminate();  // around a handler that a setup may have set
    os::hold_back_signals();
    at_.ends_of_children = os::watch_ends_of_children();
    os::hold_back_broken_pipes();
    return succeeded;
}

void host::conclude(const os::process_end& end, bool quiet) {
    at_.lane.end_holds_above(at_.outlet.level());
    const bool was_ready = is_ready();
    if (!was_ready) say_traces(0);
    if (!quiet) drain_output();
    at_.output.send(at_.outlet);
    at_.lane->hosts.store(at_.hosts);
    remove_folder();
    wire::left message;
    message.group = group_;
    message.by_signal = end.by_signal;
    message.code = end.code;
    message.clean = !end.by_signal && end.code == 0;
    const bool noticed_itself = !was_ready && at_.lane->setting_up.load() == late_setup;
    message.timed_out = clock_.why() == wire::stopped_by::timeout || noticed_itself;
    at_.outlet.say(message);
    at_.flush();
    // Commands that need the setup may be on their way: this process must not read them.
    if (was_ready && !message.clean) os::leave_now(host_died_code);
    forget();
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
