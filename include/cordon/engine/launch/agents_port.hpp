#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/hash_index.hpp>
#include <cordon/engine/launch/agent_link.hpp>
#include <cordon/engine/launch/os_port.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

/// Workers on this machine and on those of agents. The first `local` slots are here; the others go round the agents.
class agents_port final : public os_port, private bystander {
  public:
    /// `jobs`: of each link. `links` must outlive it.
    agents_port(const wire::agent_begin& begin, const run::port_wishes& wanted, std::uint32_t local,
                vector<owned<agent_link>>& links, const vector<std::uint32_t>& jobs)
        : os_port(begin.withheld, begin.capture, begin.wrapper, wanted), begin_(begin), local_(local), links_(links) {
        bystander_ = this;
        begun_.resize(links.size());
        const std::uint32_t most = jobs.empty() ? 0 : *std::max_element(jobs.begin(), jobs.end());
        for (std::uint32_t slot = 0; slot < most; ++slot) {
            for (std::uint32_t link = 0; link < jobs.size(); ++link) {
                if (slot < jobs[link]) remote_.push_back(remote_worker(link, slot));
            }
        }
        slots_of_.resize(links.size());
        for (std::uint32_t i = 0; i < remote_.size(); ++i)
            slots_of_[remote_[i].link].push_back(i);
        for (std::uint32_t link = 0; link < links.size(); ++link)
            begin_if_up(link);
    }

    ~agents_port() override {
        for (const owned<agent_link>& each : links_) {
            each->send(wire::agent_end());
            each->pause(false);
        }
        bystander_ = nullptr;
    }

    bool may_start(std::uint32_t slot) const override {
        if (slot < local_) return true;
        const agent_link& link = *links_[remote_[slot - local_].link];
        return link.is_up() || (link.is_given_up() && nobody_is_left());
    }
    result<std::int64_t> start(std::uint32_t slot) override {
        if (slot < local_) return os_port::start(slot);
        remote_worker& worker = remote_[slot - local_];
        if (!links_[worker.link]->is_up()) return error{"reach an agent", 0, "all were tried"};
        worker = remote_worker(worker.link, worker.slot);
        worker.lives = true;
        links_[worker.link]->send(wire::agent_start{worker.slot});
        return std::int64_t{0};
    }
    void send(std::uint32_t slot, wire::command what) override {
        if (slot < local_) return os_port::send(slot, std::move(what));
        std::string payload;
        what.visit([&](const auto& command) { wire::encode_payload(payload, command); });
        if (agent_link* link = link_of_living(slot))
            link->send(wire::agent_tell{remote_[slot - local_].slot, static_cast<std::uint8_t>(what.index()), payload});
    }
    void finish(std::uint32_t slot) override {
        if (slot < local_) return os_port::finish(slot);
        if (agent_link* link = link_of_living(slot)) link->send(wire::agent_finish{remote_[slot - local_].slot});
    }
    void kill(std::uint32_t slot) override {
        if (slot < local_) return os_port::kill(slot);
        if (agent_link* link = link_of_living(slot)) link->send(wire::agent_kill{remote_[slot - local_].slot});
    }
    run::glimpse look(std::uint32_t slot) override {
        return slot < local_ ? os_port::look(slot) : remote_[slot - local_].seen;
    }
    std::string host_of(std::uint32_t slot) const override {
        return slot < local_ ? std::string() : links_[remote_[slot - local_].link]->host();
    }
    duration round_trip(std::uint32_t slot) const override {
        return slot < local_ ? duration{} : links_[remote_[slot - local_].link]->round_trip();
    }

    // ---- names ----

    bool prepare_names(const vector<run::code_place>& places) override;
    vector<stack_frame> name(const run::code_place& place) override;
    missing_lines lacks(const std::string& module) override {
        for (const named_place& each : named_) {
            if (each.told && each.place.module == module) return each.lacks;
        }
        return os_port::lacks(module);
    }

    status wait(deadline until, run::inbox& to) override {
        const duration suspended = run_time_.suspended();
        for (const owned<agent_link>& each : links_) {
            if (each->next_due()) until = earlier(until, *each->next_due() - suspended);
        }
        status waited = os_port::wait(until, to);
        if (!waited) return waited;
        for (std::uint32_t link = 0; link < links_.size(); ++link)
            look_after(link, to);
        return ok();
    }

  private:
    struct remote_worker {
        remote_worker(std::uint32_t of_link, std::uint32_t its_slot) : link(of_link), slot(its_slot) {}

        std::uint32_t link = 0;
        std::uint32_t slot = 0;  ///< of the agent
        bool lives = false;
        std::int64_t pid = 0;
        run::glimpse seen;
        std::string broken;
    };
    struct named_place {
        run::code_place place;
        std::uint32_t link = 0;
        bool asked = false;
        bool told = false;
        vector<stack_frame> frames;
        missing_lines lacks = missing_lines::none;
    };

    static constexpr duration patience_with_names = std::chrono::seconds(20);

    agent_link* link_of_living(std::uint32_t slot) {
        const remote_worker& worker = remote_[slot - local_];
        return worker.lives ? links_[worker.link].get() : nullptr;
    }
    bool nobody_is_left() const {
        return local_ == 0 && std::all_of(links_.begin(), links_.end(),
                                          [](const owned<agent_link>& each) { return each->is_given_up(); });
    }
    void begin_if_up(std::uint32_t link) {
        if (begun_[link] || !links_[link]->is_up()) return;
        begun_[link] = true;
        links_[link]->send(begin_);
    }

    // ---- the streams ----

    void add_watches(vector<os::watch>& to) override {
        for (const owned<agent_link>& each : links_)
            each->add_watches(to);
    }
    void on_watches(const os::watch* first) override {
        for (const owned<agent_link>& each : links_) {
            each->on_watches(first);
            first += agent_link::watches;
        }
    }
    void on_pause(bool paused) override {
        for (const owned<agent_link>& each : links_)
            each->pause(paused);
    }

    void look_after(std::uint32_t link, run::inbox& to) {
        links_[link]->hear([&](auto& message) { take(link, message, to); });
        links_[link]->tend(engine::now());
        begin_if_up(link);
        if (const std::string loss = links_[link]->take_loss(); !loss.empty()) lose(link, loss, to);
    }
    void lose(std::uint32_t link, const std::string& why, run::inbox& to);

    // ---- what comes in ----

    /// The index in remote_ of a slot of that agent, if it has a worker; else the number of all.
    std::uint32_t find(std::uint32_t link, std::uint32_t slot) const {
        const vector<std::uint32_t>& all = slots_of_[link];
        return slot < all.size() && remote_[all[slot]].lives ? all[slot] : static_cast<std::uint32_t>(remote_.size());
    }

    void take(std::uint32_t link, wire::agent_started& what, run::inbox&) {
        const std::uint32_t at = find(link, what.slot);
        if (at != remote_.size()) remote_[at].pid = what.pid;
    }
    void take(std::uint32_t link, wire::agent_said& what, run::inbox& to);
    void take(std::uint32_t link, wire::agent_gone& what, run::inbox& to);
    void take(std::uint32_t link, wire::agent_seen& what, run::inbox&) {
        for (const wire::agent_glimpse& each : what.workers)
            see(link, each);
    }
    void take(std::uint32_t link, wire::agent_named& what, run::inbox&) { learn(link, what); }
    template <class Message>
    void take(std::uint32_t, Message&, run::inbox&) {}

    void see(std::uint32_t link, const wire::agent_glimpse& what) {
        const std::uint32_t at = find(link, what.slot);
        if (at == remote_.size()) return;
        remote_[at].seen = {what.ticket, what.process, what.started};
        here(link, remote_[at].seen.started);
    }
    // A time of that machine as one of the run.
    void here(std::uint32_t link, duration& stamp) const {
        if (stamp == duration{0}) return;
        stamp += links_[link]->offset();
        run_time_.adjust(stamp);
    }

    void learn(std::uint32_t link, wire::agent_named& what);
    std::size_t find_place(const run::code_place& place);

    const wire::agent_begin begin_;
    const std::uint32_t local_;
    vector<owned<agent_link>>& links_;
    vector<bool> begun_;
    vector<remote_worker> remote_;
    vector<vector<std::uint32_t>> slots_of_;  // by link: indices in remote_
    vector<named_place> named_;
    hash_index place_index_;
};

void agents_port::take(std::uint32_t link, wire::agent_said& what, run::inbox& to) {
    const std::uint32_t at = find(link, what.slot);
    if (at == remote_.size()) return;
    optional<wire::report> report = wire::decode<wire::report>({wire::frame_version, what.type, 0, what.payload});
    if (!report) {
        remote_[at].broken = "its event pipe brought a frame that holds no message";
        return kill(local_ + at);
    }
    if (auto* hello = report->get_if<wire::hello>()) hello->process = remote_[at].pid;
    run_time_.each_stamp(*report, [&](duration& stamp) { here(link, stamp); });
    to.on_report(local_ + at, *report);
}

void agents_port::take(std::uint32_t link, wire::agent_gone& what, run::inbox& to) {
    const std::uint32_t at = find(link, what.last.slot);
    if (at == remote_.size()) return;
    see(link, what.last);
    run::worker_end how;
    how.pid = what.pid;
    how.by_signal = what.by_signal;
    how.code = what.code;
    how.last = remote_[at].seen;
    how.broken = what.broken.empty() ? remote_[at].broken : std::move(what.broken);
    how.output = std::move(what.output);
    remote_[at].lives = false;
    to.on_worker_end(local_ + at, how);
}

// Nothing more is known about its workers. They end by themselves.
void agents_port::lose(std::uint32_t link, const std::string& why, run::inbox& to) {
    begun_[link] = false;
    const agent_link& lost = *links_[link];
    std::size_t unfinished = 0;
    for (const std::uint32_t at : slots_of_[link]) {
        remote_worker& worker = remote_[at];
        if (!std::exchange(worker.lives, false)) continue;
        ++unfinished;
        run::worker_end how;
        how.pid = worker.pid;
        how.last = worker.seen;
        how.broken = "the agent " + quoted(lost.shown()) + " was lost: " + why;
        how.with_host = true;
        to.on_worker_end(local_ + at, how);
    }
    to.on_notice("the agent " + quoted(lost.shown()) + " was lost: " + why +
                 (unfinished != 0 ? "; its tests run elsewhere" : "") +
                 (lost.is_given_up() ? "; it is not tried again" : ""));
    for (named_place& each : named_) {
        if (each.link == link) each.told = true;
    }
}

// ---- names ----

std::size_t agents_port::find_place(const run::code_place& place) {
    const std::uint32_t link = remote_[place.slot - local_].link;
    const std::uint64_t hash = mix_bits(place.file_offset * 31 + fast_hash(place.module) + link);
    const std::size_t found = place_index_.find_or_enter(hash, named_.size(), [&](std::size_t at) {
        const named_place& each = named_[at];
        return each.link == link && each.place.file_offset == place.file_offset && each.place.module == place.module;
    });
    if (found == named_.size()) {
        named_.emplace_back();
        named_.back().place = place;
        named_.back().link = link;
    }
    return found;
}

bool agents_port::prepare_names(const vector<run::code_place>& places) {
    if (places.empty() || places.front().slot < local_) return os_port::prepare_names(places);
    bool ready = true;
    wire::agent_name question;
    for (const run::code_place& each : places) {
        named_place& known = named_[find_place(each)];
        if (!links_[known.link]->is_up()) known.told = true;
        ready = ready && known.told;
        if (known.told || std::exchange(known.asked, true)) continue;
        question.places.push_back({each.module, each.file_offset, each.address});
    }
    if (!question.places.empty()) links_[remote_[places.front().slot - local_].link]->send(question);
    return ready;
}

vector<stack_frame> agents_port::name(const run::code_place& place) {
    if (place.slot < local_) return os_port::name(place);
    const std::size_t at = find_place(place);
    agent_link& link = *links_[named_[at].link];
    const instant limit = engine::now() + patience_with_names;
    if (!named_[at].told) prepare_names({place});
    while (!named_[at].told && link.is_up() && engine::now() < limit) {
        vector<os::watch> watches;
        link.add_watches(watches);
        if (!os::wait_for(watches.data(), watches.size(), engine::now() + std::chrono::seconds(1))) break;
        link.on_watches(watches.data());
        link.hear(
            [&](auto& message) {
                if constexpr (std::is_same_v<std::decay_t<decltype(message)>, wire::agent_named>)
                    learn(named_[at].link, message);
            },
            true);
        if (watches[0].native == os::no_handle) break;
    }
    vector<stack_frame> frames(named_[at].frames);
    if (frames.empty()) frames.emplace_back();
    for (stack_frame& frame : frames) {
        frame.address = place.address;
        frame.module = place.module;
    }
    return frames;
}

void agents_port::learn(std::uint32_t link, wire::agent_named& what) {
    if (slots_of_[link].empty()) return;
    for (wire::agent_named_place& each : what.places) {
        const std::uint32_t slot = local_ + slots_of_[link].front();
        named_place& known = named_[find_place({each.place.module, each.place.file_offset, 0, slot})];
        known.told = true;
        known.frames = std::move(each.frames);
        known.lacks = each.lacks <= static_cast<std::uint8_t>(missing_lines::tool)
                          ? static_cast<missing_lines>(each.lacks)
                          : missing_lines::none;
    }
}

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
