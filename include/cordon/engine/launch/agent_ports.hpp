#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/shell_words.hpp>
#include <cordon/engine/launch/agent.hpp>
#include <cordon/engine/launch/agents_port.hpp>
#include <cordon/engine/launch/local_ports.hpp>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

/// Identifies the program's file on all machines: the linker's build id, or else a hash of the file's bytes.
std::string portable_build_id() {
    std::string linked = os::linked_build_id();
    if (!linked.empty()) return linked;
    const std::string path = os::own_file();
    result<os::descriptor> file = os::open_file(path);
    std::uint64_t hash = 0;
    static char part[64 * 1024];
    while (file) {
        const result<std::size_t> got = os::read_some(file.value(), part, sizeof part, path);
        if (!got || got.value() == 0) break;
        hash = fast_hash({part, got.value()}, hash);
    }
    return "hash-" + hexadecimal(hash);
}

/// Ports to this machine and to the agents of --agent. Runs that follow one another have the same agents.
class agent_ports final : public local_ports {
  public:
    agent_ports(const test_list& tests, const options& chosen, vector<std::string> withheld)
        : local_ports(tests, chosen, withheld), tests_(tests), chosen_(chosen), withheld_(std::move(withheld)) {}

    ~agent_ports() override {
        for (const owned<agent_link>& each : links_)
            each->part();
        const instant limit = engine::now() + patience_with_end;
        while (!have_parted() && engine::now() < limit)
            wait(engine::now() + std::chrono::milliseconds(20));
    }

    /// Reaches the agents. Fails if one has another program, or if there is nobody to run tests.
    status connect() {
        if (chosen_.agents.empty()) return ok();
        terms_.build = portable_build_id();
        terms_.list_hash = tests_.hash;
        terms_.tests = tests_.tests.size();
        terms_.prepare = {vector<std::string>(os::own_arguments()), os::current_folder()};
        terms_.silence = chosen_.agent_timeout;
        for (const std::string& line : chosen_.agents)
            links_.push_back(make_owned<agent_link>(terms_, command_of(line), line));
        vector<std::uint32_t> losses(links_.size());
        while (!all_settled(losses)) {
            deadline until;
            for (const owned<agent_link>& each : links_)
                until = earlier(until, each->next_due());
            wait(until);
            if (os::cancellations() != 0) return error{{}, 0, "cancelled before all agents had answered"};
            for (std::size_t i = 0; i < links_.size(); ++i) {
                tend(*links_[i], losses[i]);
                if (!links_[i]->mismatch().empty()) return error{{}, 0, links_[i]->mismatch()};
            }
        }
        count_slots();
        if (slots_ != 0 || !chosen_.no_local_jobs) return ok();
        return error{{}, 0, "there is nobody to run tests: " + troubles_.front()};
    }

    std::uint32_t slots() const { return slots_; }
    /// Agents that could not be reached, in words.
    const vector<std::string>& troubles() const { return troubles_; }

    owned<run::port> make(const run::port_wishes& wanted) override {
        if (links_.empty()) return local_ports::make(wanted);
        wire::agent_begin begin;
        begin.isolation = wanted.isolation;
        begin.many_tests = wanted.many_tests;
        begin.capture = chosen_.capture;
        begin.wrapper = vector<std::string>(chosen_.wrapper);
        begin.withheld = vector<std::string>(withheld_);
        begin.silence = chosen_.agent_timeout;
        return make_owned<agents_port>(begin, wanted, local_jobs(), links_, jobs_);
    }

    std::uint32_t local_jobs() const {
        if (chosen_.no_local_jobs) return 0;
        return chosen_.jobs != 0 ? chosen_.jobs : os::usable_processors();
    }

  private:
    static constexpr duration patience_with_end = std::chrono::seconds(3);
    static constexpr std::uint32_t most_losses = 2;

    vector<std::string> command_of(const std::string& line) const {
        vector<std::string> words = shell_words(line).value_or({});
        words.push_back(chosen_.agent_program.empty() ? os::own_file() : chosen_.agent_program);
        words.emplace_back(agent_option);
        return words;
    }

    bool all_settled(const vector<std::uint32_t>& losses) const {
        for (std::size_t i = 0; i < links_.size(); ++i) {
            if (!links_[i]->is_up() && losses[i] < most_losses) return false;
        }
        return true;
    }

    void tend(agent_link& link, std::uint32_t& losses) {
        link.hear([](auto&) {});
        if (losses < most_losses) link.tend(engine::now());
        const std::string loss = link.take_loss();
        if (!loss.empty() && ++losses == most_losses)
            troubles_.push_back("the agent " + quoted(link.shown()) + " could not be reached: " + loss);
    }

    void wait(deadline until) {
        vector<os::watch> watches;
        for (const owned<agent_link>& each : links_)
            each->add_watches(watches);
        os::wait_for(watches.data(), watches.size(), until).ignore();
        const os::watch* first = watches.data();
        for (const owned<agent_link>& each : links_) {
            each->on_watches(first);
            first += agent_link::watches;
        }
    }

    bool have_parted() const {
        bool all = true;
        for (const owned<agent_link>& each : links_)
            all = each->has_parted() && all;
        return all;
    }

    void count_slots() {
        constexpr std::uint32_t most = 4096;
        for (const owned<agent_link>& each : links_) {
            const std::uint32_t wanted = chosen_.agent_jobs != 0 ? chosen_.agent_jobs : each->processors();
            jobs_.push_back(each->is_up() ? std::min(wanted, most) : 0);
            slots_ += jobs_.back();
        }
    }

    const test_list& tests_;
    const options& chosen_;
    const vector<std::string> withheld_;
    agent_terms terms_;
    vector<owned<agent_link>> links_;
    vector<std::uint32_t> jobs_;  // of each link
    std::uint32_t slots_ = 0;
    vector<std::string> troubles_;
};

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
