#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/launch/agent_channel.hpp>
#include <cordon/engine/launch/os_port.hpp>
#include <cordon/engine/os/machine.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/os/surroundings.hpp>

#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

/// The word after the program in the command of --agent.
inline constexpr std::string_view agent_option = "--serve-agent";

/// This process as an agent: runs workers for the run at the other end of its standard input and output.
class agent final : private bystander, private run::inbox {
  public:
    /// Makes the test list that belongs to a command line.
    using list_maker = wire::agent_ready (*)(const vector<std::string>& arguments);

    agent(os::pipe_ends stream, list_maker make_list, const std::string& build)
        : stream_(std::move(stream)), make_list_(make_list) {
        const std::uint64_t key = os::entropy();
        channel_.in = wire::agent_reader(key);
        channel_.out.use_key(key);
        channel_.out.add_title();
        say(wire::agent_hello{build, os::host_name(), os::architecture(), os::usable_processors()});
    }

    /// Until the run ends, or is gone.
    void serve() {
        while (!over_) {
            wait();
            take_orders();
            if (port_) tell_glimpses();
            if (port_) tell_names();
            over_ = over_ || channel_.ended || channel_.broken || channel_.in.damage() != nullptr || is_forsaken();
        }
    }

  private:
    /// A worker's frames go on as they are.
    class relay final : public os_port {
      public:
        relay(agent& to, const wire::agent_begin& how)
            : os_port(how.withheld, how.capture, how.wrapper, {how.isolation, how.many_tests, {}}), to_(to) {
            bystander_ = &to;
        }
        using os_port::begin_pause;
        using os_port::end_pause;
        using os_port::has_worker;
        using os_port::pid_of;
        using os_port::send_encoded;
        using os_port::slots;

        bool hand_on(std::uint32_t slot, const wire::frame& frame, run::inbox&) override {
            // What ran in a setup that has ended.
            if (frame.type == wire::type_of<wire::left, wire::report>()) to_.say_glimpse(slot);
            to_.say(wire::agent_said{slot, frame.type, frame.payload});
            return true;
        }

      private:
        agent& to_;
    };

    static constexpr duration glimpse_interval = std::chrono::milliseconds(200);
    static constexpr duration tick = std::chrono::seconds(1);
    static constexpr std::size_t most_pending = 16 * 1024 * 1024;
    static constexpr std::uint32_t most_slots = 4096;

    template <class Message>
    void say(const Message& what) {
        channel_.out.add<wire::agent_answer>(what);
    }

    // ---- waiting ----

    void wait() {
        drain();
        if (port_) {
            const duration pause = names_.empty() ? glimpse_interval : duration(std::chrono::milliseconds(5));
            over_ = !port_->wait(port_->now() + pause, *this) || over_;
            return;
        }
        vector<os::watch> watches;
        add_watches(watches);
        over_ = !os::wait_for(watches.data(), watches.size(), now() + tick) || over_;
        on_watches(watches.data());
        int count = 0;
        over_ = over_ || os::take_cancellation(count) != 0;
    }

    // The run does not read as fast as tests print: they have to wait.
    void drain() {
        while (channel_.out.pending().size() > most_pending && !channel_.broken && !is_forsaken()) {
            vector<os::watch> watches;
            add_watches(watches);
            if (!os::wait_for(watches.data(), watches.size(), now() + tick)) return;
            on_watches(watches.data());
        }
    }

    void add_watches(vector<os::watch>& to) override { channel_.add_watches(stream_.read, stream_.write, to); }
    void on_watches(const os::watch* first) override {
        if (first[0].ready) channel_.read(stream_.read);
    }
    void on_pause(bool) override {}

    /// Looks are counted, not seconds: this process may itself have been stopped.
    bool is_forsaken() {
        const instant at = now();
        if (std::exchange(channel_.heard, false) || paused_) unheard_ = 0;
        if (at - looked_at_ < tick) return false;
        looked_at_ = at;
        return silence_ != duration{0} && ++unheard_ * tick > 2 * silence_;
    }

    // ---- orders ----

    void take_orders() {
        while (const optional<wire::frame> next = channel_.in.next()) {
            const bool understood = wire::dispatch<wire::agent_order>(*next, [this](auto& order) { take(order); });
            if (!understood) over_ = true;
        }
    }

    void take(wire::agent_prepare& what) {
        if (!what.folder.empty()) os::change_folder(what.folder).ignore();
        say(make_list_(what.arguments));
    }
    void take(wire::agent_begin& what) {
        silence_ = what.silence;
        port_.reset();
        seen_.clear();
        names_.clear();
        port_ = make_owned<relay>(*this, what);
    }
    void take(wire::agent_end&) {
        if (port_) port_->end_leftovers();
        port_.reset();
    }
    void take(wire::agent_start& what) {
        if (!port_ || what.slot >= most_slots || port_->has_worker(what.slot)) return;
        const result<std::int64_t> made = port_->start(what.slot);
        if (made) return say(wire::agent_started{what.slot, made.value()});
        wire::agent_gone failed;
        failed.last.slot = what.slot;
        failed.broken = os::describe(made.failure());
        say(failed);
    }
    void take(wire::agent_tell& what) {
        if (!port_ || !port_->has_worker(what.slot)) return;
        if (what.type != wire::type_of<wire::configure, wire::command>())
            return port_->send_encoded(what.slot, what.type, what.payload);
        optional<wire::command> first = wire::decode<wire::command>({wire::frame_version, what.type, 0, what.payload});
        if (!first) return;
        first->get_if<wire::configure>()->worker = port_->pid_of(what.slot);
        port_->send(what.slot, std::move(*first));
    }
    void take(wire::agent_finish& what) {
        if (port_) port_->finish(what.slot);
    }
    void take(wire::agent_kill& what) {
        if (port_ && port_->has_worker(what.slot)) port_->kill(what.slot);
    }
    void take(wire::agent_name& what) {
        for (wire::agent_place& each : what.places)
            names_.push_back({std::move(each.module), each.file_offset, each.address});
    }
    void take(wire::agent_beat& what) { say(wire::agent_beat{what.here, now().time_since_epoch()}); }
    void take(wire::agent_pause& what) {
        if (!port_ || std::exchange(paused_, what.paused) == what.paused) return;
        if (what.paused) {
            paused_at_ = now();
            port_->begin_pause();
        } else {
            port_->end_pause(now() - paused_at_);
        }
    }

    // ---- telling ----

    wire::agent_glimpse glimpse_of(std::uint32_t slot) {
        const run::glimpse seen = port_->look(slot);
        return {slot, seen.ticket, seen.process, seen.started};
    }
    void say_glimpse(std::uint32_t slot) {
        wire::agent_seen one;
        one.workers.push_back(glimpse_of(slot));
        say(one);
    }
    void tell_glimpses() {
        const instant at = now();
        if (at - told_at_ < glimpse_interval) return;
        told_at_ = at;
        wire::agent_seen all;
        seen_.resize(port_->slots());
        for (std::uint32_t slot = 0; slot < seen_.size(); ++slot) {
            const wire::agent_glimpse each = glimpse_of(slot);
            if (std::exchange(seen_[slot], each.ticket) != each.ticket) all.workers.push_back(each);
        }
        if (!all.workers.empty()) say(all);
    }
    void tell_names() {
        if (names_.empty() || !port_->prepare_names(names_)) return;
        wire::agent_named answer;
        for (const run::code_place& each : std::exchange(names_, {})) {
            answer.places.push_back({{each.module, each.file_offset, each.address},
                                     port_->name(each),
                                     static_cast<std::uint8_t>(port_->lacks(each.module))});
        }
        say(answer);
    }

    void on_report(std::uint32_t, wire::report&) override {}
    void on_worker_end(std::uint32_t slot, const run::worker_end& how) override {
        wire::agent_gone gone;
        gone.last = {slot, how.last.ticket, how.last.process, how.last.started};
        gone.pid = how.pid;
        gone.by_signal = how.by_signal;
        gone.code = how.code;
        gone.broken = how.broken;
        gone.output = how.output;
        say(gone);
    }
    void on_cancel(int, int) override { over_ = true; }
    void on_status_request() override {}

    os::pipe_ends stream_;
    const list_maker make_list_;
    agent_channel channel_;
    owned<relay> port_;
    bool over_ = false;
    bool paused_ = false;
    instant paused_at_{};
    duration silence_{};
    std::uint32_t unheard_ = 0;
    instant looked_at_{};
    instant told_at_{};
    vector<std::uint32_t> seen_;  // by slot: the ticket that was told
    vector<run::code_place> names_;
};

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
