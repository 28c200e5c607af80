#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/variant.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/launch/bystander.hpp>
#include <cordon/engine/launch/local_port.hpp>
#include <cordon/engine/launch/run_time.hpp>
#include <cordon/engine/launch/symbolizer.hpp>
#include <cordon/engine/launch/worker_process.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/family.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/lineage.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/poll.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/run/port_factory.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/marker.hpp>
#include <cordon/engine/wire/temp_path.hpp>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <utility>

namespace cordon::engine::launch {

/// Workers as real processes: this program, started again.
class os_port : public local_port {
  public:
    /// `withheld` names environment variables that tests must not see: cordon's own options, shard settings of CI
    /// systems. If `capture` is false, workers and their tests print to this process's output.
    /// `wrapper` is the command of --wrap, which starts each worker.
    os_port(vector<std::string> withheld, bool capture, vector<std::string> wrapper, const run::port_wishes& wanted)
        : withheld_(std::move(withheld)),
          capture_(capture),
          wrapper_(std::move(wrapper)),
          many_tests_(wanted.many_tests),
          under_(wanted.under),
          hogs_(under_.hogs) {}

    /// All processes of its workers have ended now, or cannot be killed. Removes the folders that could not be removed
    /// before.
    ~os_port() override {
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (workers_[slot]) kill(slot);
        }
        workers_.clear();
        end_strays();
        for (const std::string& path : left_folders_)
            os::remove_folder(path).ignore();
    }

    result<std::int64_t> start(std::uint32_t slot) override {
        result<owned<worker_process>> made = worker_process::open();
        if (!made) return made.failure();
        const result<os::process_id> pid = spawn(*made.value());
        if (!pid) return pid.failure();
        made.value()->pid = pid.value();
        if (slot >= workers_.size()) workers_.resize(slot + 1);
        workers_[slot] = std::move(made.value());
        guardian_.watch_over(mark_);
        guardian_.note_worker(slot, pid.value());
        return pid.value();
    }

    void send(std::uint32_t slot, wire::command what) override {
        if (const auto* hello = what.get_if<wire::configure>()) workers_[slot]->keeps_folders = hello->keep_temp;
        std::string payload;
        what.visit([&](const auto& command) { wire::encode_payload(payload, command); });
        send_encoded(slot, static_cast<std::uint8_t>(what.index()), payload);
    }

    void finish(std::uint32_t slot) override {
        if (has_worker(slot)) workers_[slot]->commands.close();
    }

    void kill(std::uint32_t slot) override {
        worker_process& target = *workers_[slot];
        os::kill_group(target.pid);
        os::kill_process(target.pid);
        // After the worker, so that the worker cannot report this as the test's own end.
        if (!os::can_die_with_parent()) to_test_process(target, os::kill_group);
    }

    run::glimpse look(std::uint32_t slot) override {
        if (slot >= workers_.size() || !workers_[slot]) return {};
        const wire::lane lane = workers_[slot]->lane();
        duration started(lane->started.load());
        run_time_.adjust(started);
        return {lane->running.load(), lane->process.load(), started};
    }

    bool prepare_names(const vector<run::code_place>& places) override {
        if (!symbols_) symbols_ = make_owned<symbolizer>();
        return symbols_->prepare(places);
    }
    missing_lines lacks(const std::string& module) override {
        return symbols_ ? symbols_->lacks(module) : missing_lines::none;
    }
    vector<stack_frame> name(const run::code_place& place) override {
        if (!symbols_) symbols_ = make_owned<symbolizer>();
        return symbols_->name(place);
    }

    bool make_room() override { return guardian_.stand_down(); }
    void end_leftovers() override {
        if (mark_ == 0) os::end_orphans();
        end_strays();
    }

    run::machine_facts machine() const override {
        run::machine_facts facts = local_port::machine();
        facts.keeps_setups = os::can_fork();
        return facts;
    }

    /// Without the time while the run was suspended: nothing ages meanwhile.
    instant now() const override { return engine::now() - run_time_.suspended(); }

    status wait(deadline until, run::inbox& to) override {
        gather_watches();
        if (bystander_ != nullptr) bystander_->add_watches(watches_);
        if (until) *until += run_time_.suspended();
        status waited = os::wait_for(watches_.data(), watches_.size(), until);
        if (!waited) return waited;
        for (std::size_t i = 0; i < watched_.size(); ++i) {
            if (workers_[watched_[i]]) look_at(watched_[i], i * watches_per_worker, to);
        }
        if (bystander_ != nullptr) bystander_->on_watches(watches_.data() + watched_.size() * watches_per_worker);
        if (os::take_child_ended()) reap_children(to);
        int count = 0;
        if (const int signal = os::take_cancellation(count)) to.on_cancel(signal, count);
        if (os::take_status_request()) to.on_status_request();
        if (os::take_suspension()) suspend();
        return ok();
    }

  protected:
    bystander* bystander_ = nullptr;
    run_time run_time_;

    bool has_worker(std::uint32_t slot) const { return slot < workers_.size() && workers_[slot]; }
    std::size_t slots() const { return workers_.size(); }
    os::process_id pid_of(std::uint32_t slot) const { return workers_[slot]->pid; }

    void send_encoded(std::uint32_t slot, std::uint8_t type, std::string_view payload) {
        worker_process& to = *workers_[slot];
        std::string frame;
        codec::append_record(frame, wire::seal_of(to.key), type, ++to.commands_sent, payload);
        // A worker that cannot be written to is dying: its end will be seen.
        os::write_all(to.commands, frame).ignore();
    }
    /// Returns false if the frame holds no message.
    virtual bool hand_on(std::uint32_t slot, const wire::frame& frame, run::inbox& to) {
        optional<wire::report> message = wire::decode<wire::report>(frame);
        if (!message) return false;
        run_time_.adjust(*message);
        to.on_report(slot, *message);
        return true;
    }

    // The workers need not be stopped, because they only wait. A worker in a setup reads no commands. So its process is
    // stopped from here, and its clock finds the pause in the lane. For a worker that reads commands this changes
    // nothing.
    void begin_pause() {
        tell_all(wire::suspend());
        each_worker([](const worker_process& each) {
            each.block().suspended.store(1);
            to_test_process(each, os::stop_group);
        });
    }
    void end_pause(duration length) {
        each_worker([length](const worker_process& each) {
            each.block().suspended_for += length.count();
            each.block().suspended.store(0);
            to_test_process(each, os::continue_group);
        });
        tell_all(wire::resume());
    }

  private:
    static constexpr std::size_t watches_per_worker = 3;
    static constexpr std::uint32_t most_setups = 64;  // nested
    static constexpr int patience_to_remove = 100;    // of about 50 microseconds each
    // For a worker whose pipe another process writes to: reads no more than such a pipe can hold.
    static constexpr std::size_t most_rounds = 16;
    static constexpr std::size_t most_pending = 32 * 1024 * 1024;

    // Ctrl-Z reaches only this process, because every worker and every test leads its own group. Their tests are told
    // to stop.
    void suspend() {
        begin_pause();
        if (bystander_ != nullptr) bystander_->on_pause(true);
        const instant from = engine::now();
        os::stop_this_process();
        const duration length = engine::now() - from;
        run_time_.leave_out(from, length);
        if (bystander_ != nullptr) bystander_->on_pause(false);
        end_pause(length);
    }

    template <class Action>
    void each_worker(Action act) {
        for (const owned<worker_process>& each : workers_) {
            if (each) act(*each);
        }
    }

    template <class Command>
    void tell_all(const Command& what) {
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (workers_[slot] && workers_[slot]->commands) send(slot, what);
        }
    }

    // ---- starting ----

    result<os::process_id> spawn(worker_process& made) {
        wire::marker marker;
        marker.parent = os::own_process_id();
        marker.commands = os::number_of(made.far_commands.native());
        marker.events = os::number_of(made.far_events.native());
        marker.lane = made.memory.handle();
        marker.key = made.key;
        marker.wrapped = !wrapper_.empty();
        os::spawn_request request;
        request.arguments = os::own_arguments();
        request.wrapper = wrapper_;
        request.environment = worker_environment(wire::marker_text(marker));
        if (capture_) {
            request.output = made.far_out.native();
            // What a wrapper says is for the user: valgrind's findings, gdbserver's port.
            if (wrapper_.empty()) request.errors = made.far_err.native();
        }
        request.inherited = {os::handle_of(marker.commands), os::handle_of(marker.events), os::handle_of(marker.lane)};
        request.mark = mark_;
        request.fixed_addresses = under_.fixed_addresses;
        request.random_addresses = under_.random_addresses;
        result<os::process_id> pid = os::spawn_self(request);
        for (os::descriptor* end : {&made.far_commands, &made.far_events, &made.far_out, &made.far_err}) {
            end->close();
        }
        made.memory.close_object();
        return pid;
    }

    vector<std::string> worker_environment(const std::string& marker) const {
        vector<std::string> variables;
        for (std::string& variable : os::environment()) {
            if (!is_withheld(variable)) variables.push_back(std::move(variable));
        }
        variables.append(under_.variables.begin(), under_.variables.end());
        variables.push_back(std::string(wire::marker_name) + "=" + marker);
        const bool eager = many_tests_ && std::getenv("LD_BIND_NOW") == nullptr;
        if (eager && !os::link_eagerly().empty()) variables.push_back(os::link_eagerly());
        return variables;
    }

    bool is_withheld(const std::string& variable) const {
        const std::string_view name = std::string_view(variable).substr(0, variable.find('='));
        for (const std::string& each : under_.variables) {
            if (name == std::string_view(each).substr(0, each.find('='))) return true;
        }
        for (const std::string& each : withheld_) {
            if (name == each) return true;
        }
        return false;
    }

    // ---- listening ----

    void gather_watches() {
        watches_.clear();
        watched_.clear();
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (!workers_[slot]) continue;
            const worker_process& each = *workers_[slot];
            watched_.push_back(slot);
            watches_.push_back({each.events.native(), true, false, false});
            watches_.push_back({each.out.native(), true, false, false});
            watches_.push_back({each.err.native(), true, false, false});
        }
    }

    void look_at(std::uint32_t slot, std::size_t at, run::inbox& to) {
        worker_process& from = *workers_[slot];
        if (watches_[at + 1].ready) from.read_print(stream::out);
        if (watches_[at + 2].ready) from.read_print(stream::err);
        if (watches_[at].ready) read_events(slot, to);
    }

    // Reads a limited amount, so that no worker can delay the others.
    void read_events(std::uint32_t slot, run::inbox& to) {
        static char buffer[64 * 1024];
        worker_process& from = *workers_[slot];
        const os::read_outcome got = os::read_available(from.events, buffer, sizeof buffer);
        if (got.at_end) from.events.close();
        if (got.bytes == 0 || from.frames->pending() > most_pending) return;
        from.frames->feed({buffer, got.bytes});
        if (from.broken.empty()) deliver(slot, *from.frames, to);
        if (from.frames->damage() != nullptr) condemn(slot, from.frames->damage());
    }

    void deliver(std::uint32_t slot, wire::frame_reader& frames, run::inbox& to) {
        while (const optional<wire::frame> frame = frames.next()) {
            worker_process& from = *workers_[slot];
            if (frame->number <= from.last_sequence) continue;  // it is also in the journal that a dead worker left
            if (!take(slot, *frame, to)) return condemn(slot, "a frame that holds no message");
        }
    }

    bool take(std::uint32_t slot, const wire::frame& frame, run::inbox& to) {
        workers_[slot]->last_sequence = frame.number;
        return hand_on(slot, frame, to);
    }

    // The pipe of a dead worker held foreign bytes. The results of finished tests must not be lost with it: its own
    // frames are found by their numbers. If one is missing, the following ones could be misunderstood (an end without
    // the test's own report looks like a crash), so they are dropped.
    void salvage(std::uint32_t slot, wire::frame_reader& frames, run::inbox& to) {
        while (const optional<wire::frame> frame = frames.find(workers_[slot]->last_sequence + 1)) {
            if (!take(slot, *frame, to)) return;
        }
    }

    // The bytes are not from the worker: nothing it sends from now on can be trusted.
    void condemn(std::uint32_t slot, const char* why) {
        worker_process& from = *workers_[slot];
        if (!from.broken.empty()) return;
        from.broken = std::string("its event pipe brought ") + why;
        kill(slot);
    }

    // ---- endings ----

    void reap_children(run::inbox& to) {
        guardian_.look();
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (!workers_[slot]) continue;
            if (const optional<os::process_end> end = os::reap_only(workers_[slot]->pid)) conclude(slot, *end, to);
        }
        end_strays();
    }

    // Orphans of dead workers have become children of this process.
    void end_strays() const {
        vector<os::process_id> kept{guardian_.keeper()};
        for (const owned<worker_process>& each : workers_) {
            if (each && !each->is_gone) kept.push_back(each->pid);
        }
        os::end_strays(kept);
    }

    // Everything written before the end is in the pipe or in the journal now.
    void conclude(std::uint32_t slot, const os::process_end& end, run::inbox& to) {
        worker_process& from = *workers_[slot];
        // First of all, so that resources of its test are free when the test is retried.
        from.is_gone = true;
        guardian_.note_worker(slot, 0);
        if (!os::can_die_with_parent()) to_test_process(from, os::end_group);
        end_strays();
        for (std::size_t round = 0; is_readable(from.events) && (from.broken.empty() || round < most_rounds); ++round)
            read_events(slot, to);
        // The damage may be unnoticed so far, if the beginning of a frame has no continuation.
        const bool in_doubt = from.frames->pending() != 0;
        if (in_doubt) salvage(slot, *from.frames, to);
        recover_journal(slot, in_doubt, to);
        for (int round = 0; round < 16 && os::anything_to_read(from.out, from.err); ++round) {
            from.read_print(stream::out);
            from.read_print(stream::err);
        }
        remove_folders(from);
        run::worker_end how;
        how.pid = from.pid;
        how.by_signal = end.by_signal;
        how.code = end.code;
        how.last = look(slot);
        how.broken = from.broken;
        how.output = from.printed.take();
        const owned<worker_process> dead = std::move(workers_[slot]);
        to.on_worker_end(slot, how);
    }

    static bool is_readable(const os::descriptor& pipe) { return pipe && os::anything_to_read(pipe, pipe); }

    void recover_journal(std::uint32_t slot, bool in_doubt, run::inbox& to) {
        const worker_process& dead = *workers_[slot];
        wire::frame_reader frames(dead.key);
        frames.feed(dead.lane().journal());
        if (in_doubt) return salvage(slot, frames, to);
        deliver(slot, frames, to);
    }

    // Folders that a worker could not remove because it died in the middle of a test, possibly with setups around it.
    // The numbers come from memory that tests can write to, so they can only name folders of that worker.
    void remove_folders(const worker_process& dead) {
        const wire::lane lane = dead.lane();
        const std::uint32_t number = lane->temp_folder.load();
        if (number != 0 && !dead.keeps_folders) remove_folder(dead, lane->running.load(), number);
        const std::uint32_t hosts = std::min<std::uint32_t>(lane->hosts.load(), most_setups);
        for (std::uint32_t depth = 1; depth <= hosts; ++depth)
            remove_folder(dead, wire::ticket_of_setup(depth), 1);
    }

    // Processes of the test may live for a moment, or, as daemons, to the end of the run.
    void remove_folder(const worker_process& of, std::uint32_t ticket, std::uint32_t number) {
        std::string path = wire::temp_path(os::temp_root(), of.pid, ticket, number);
        status removed = os::remove_folder(path);
        for (int round = 0; !removed && round < patience_to_remove; ++round) {
            os::pause_briefly();
            removed = os::remove_folder(path);
        }
        left_folders_.push_back(std::move(path));
    }

    static void to_test_process(const worker_process& of, void (*how)(os::process_id)) {
        if (const os::process_id process = of.test_process()) how(process);
    }

    const vector<std::string> withheld_;
    const bool capture_;
    const vector<std::string> wrapper_;
    const bool many_tests_;
    const condition under_;
    const os::busy_processes hogs_;
    os::family_mark mark_ = os::new_family_mark();
    os::guardian guardian_;
    vector<owned<worker_process>> workers_;
    vector<std::string> left_folders_;  ///< of dead workers
    owned<symbolizer> symbols_;         ///< made for the first stack
    vector<os::watch> watches_;
    vector<std::uint32_t> watched_;
};

}  // namespace cordon::engine::launch
