#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/queue.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/launch/agent_channel.hpp>
#include <cordon/engine/os/files.hpp>
#include <cordon/engine/os/helper_program.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/os/signal.hpp>
#include <cordon/engine/wire/agent_message.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::launch {

/// What every agent of a run must agree to.
struct agent_terms {
    std::string build;
    std::uint64_t list_hash = 0;
    std::uint64_t tests = 0;
    wire::agent_prepare prepare;
    duration silence = std::chrono::seconds(10);  ///< an agent that says nothing for so long is lost
};

/// One agent as its run sees it: the command that leads to it, the stream, and what is known about it. Starts the
/// command, and again if the agent is lost, a few times.
class agent_link {
  public:
    /// `command` leads to the program of the agent; `shown` is what the user has written.
    agent_link(const agent_terms& terms, vector<std::string> command, std::string shown)
        : terms_(terms), command_(std::move(command)), shown_(std::move(shown)) {}

    bool is_up() const { return at_ == phase::up; }
    /// It is not tried again.
    bool is_given_up() const { return at_ == phase::given_up; }
    /// Another build or another test list: the run must not begin.
    const std::string& mismatch() const { return mismatch_; }
    const std::string& host() const { return host_; }
    const std::string& shown() const { return shown_; }
    std::uint32_t processors() const { return processors_; }
    duration round_trip() const { return round_trip_; }
    /// What to add to a time of that machine's clock.
    duration offset() const { return offset_; }
    /// Why the agent was lost since the last call; empty if it was not.
    std::string take_loss() { return std::exchange(loss_, {}); }

    // ---- talking ----

    template <class Message>
    void send(const Message& what) {
        if (program_) channel_.out.add<wire::agent_order>(what);
    }

    static constexpr std::size_t watches = agent_channel::watches + 1;
    void add_watches(vector<os::watch>& to) {
        static const os::descriptor none;
        channel_.add_watches(program_ ? program_->answers() : none, program_ ? program_->questions() : none, to);
        to.push_back({program_ ? program_->errors().native() : os::no_handle, true, false, false});
    }
    void on_watches(const os::watch* first) {
        if (!program_) return;
        if (first[0].ready) channel_.read(program_->answers());
        if (first[2].ready) read_errors();
    }

    /// Passes on what has come, as receive(message). With `only_names` all but agent_named is kept for later.
    template <class Receiver>
    void hear(const Receiver& receive, bool only_names = false);

    /// Does what is due: calls the agent, asks whether it lives, notes that it is lost.
    void tend(instant at);
    deadline next_due() const { return due_; }
    void pause(bool paused) {
        send(wire::agent_pause{paused});
        if (program_) channel_.flush(program_->questions());
    }

    /// No more runs: the agent ends by itself.
    void part() {
        if (!program_) return;
        channel_.flush(program_->questions());
        program_->end_input();
    }
    /// True once its command has ended.
    bool has_parted() { return !program_ || program_->take_end().has_value() || !program_->usable(); }

  private:
    enum class phase : std::uint8_t {
        down,
        calling,   ///< the command was started
        checking,  ///< the agent has spoken
        up,
        ending,  ///< the stream has ended; its command will
        given_up
    };

    static constexpr duration beat_interval = std::chrono::seconds(1);
    static constexpr duration answer_limit = std::chrono::seconds(60);
    static constexpr duration patience_with_end = std::chrono::seconds(1);
    static constexpr std::uint32_t most_tries = 4;
    static constexpr std::size_t most_errors = 4096;

    void call(instant at);
    void lose(std::string why, instant at);
    void refuse(std::string why) {
        mismatch_ = std::move(why);
        at_ = phase::given_up;
        program_.reset();
    }
    void beat(instant at);
    void read_errors();
    std::string last_words() const;

    template <class Receiver>
    void pass(const wire::frame& from, const Receiver& receive);
    template <class Message>
    bool take_own(const Message&) {
        return false;
    }
    bool take_own(const wire::agent_hello& what);
    bool take_own(const wire::agent_ready& what);
    bool take_own(const wire::agent_beat& what);

    struct kept_frame {
        std::uint8_t type = 0;
        std::string payload;
    };

    const agent_terms& terms_;
    const vector<std::string> command_;
    const std::string shown_;
    phase at_ = phase::down;
    owned<os::helper_program> program_;
    agent_channel channel_;
    queue<kept_frame> kept_;
    std::string errors_;  // what its command has said on standard error before it was up
    std::string host_;
    std::uint32_t processors_ = 1;
    std::uint32_t tries_ = 0;
    std::uint32_t unanswered_ = 0;
    instant called_at_{};
    instant ended_at_{};
    deadline due_ = instant{};
    duration round_trip_{};
    duration offset_{};
    std::string mismatch_;
    std::string loss_;
};

// ---- talking ----

template <class Receiver>
void agent_link::hear(const Receiver& receive, bool only_names) {
    while (!only_names && !kept_.empty()) {
        const kept_frame next = std::move(kept_.front());
        kept_.pop_front();
        pass({wire::agent_version, next.type, 0, next.payload}, receive);
    }
    if (at_ == phase::calling && channel_.in.key()) {
        channel_.out.use_key(*channel_.in.key());
        at_ = phase::checking;
    }
    constexpr std::uint8_t named = wire::type_of<wire::agent_named, wire::agent_answer>();
    while (const optional<wire::frame> next = channel_.in.next()) {
        if (only_names && next->type != named) {
            kept_.push_back({next->type, std::string(next->payload)});
        } else {
            pass(*next, receive);
        }
        if (only_names || kept_.empty()) continue;
        return hear(receive);  // while a name was awaited, others came
    }
    if (channel_.in.damage() != nullptr && program_ && at_ != phase::given_up)
        lose(std::string("its stream brought ") + channel_.in.damage(), now());
}

template <class Receiver>
void agent_link::pass(const wire::frame& from, const Receiver& receive) {
    const bool understood = wire::dispatch<wire::agent_answer>(from, [&](auto& message) {
        if (!take_own(message) && at_ == phase::up) receive(message);
    });
    if (!understood && program_) lose("its stream brought a frame that holds no message", now());
}

bool agent_link::take_own(const wire::agent_hello& what) {
    if (at_ != phase::checking) return true;
    host_ = what.host;
    processors_ = std::max<std::uint32_t>(what.processors, 1);
    if (what.build != terms_.build) {
        refuse("the agent " + quoted(shown_) + " has another build of the program (" + what.architecture + " " +
               what.build + ", here " + terms_.build +
               "): copy this program there, or name its path there with --agent-program");
    } else {
        send(terms_.prepare);
    }
    return true;
}

bool agent_link::take_own(const wire::agent_ready& what) {
    if (at_ != phase::checking) return true;
    if (!what.trouble.empty()) {
        lose(what.trouble, now());
    } else if (what.list_hash != terms_.list_hash || what.tests != terms_.tests) {
        refuse("the agent " + quoted(shown_) + " has other tests (" + std::to_string(what.tests) + ", here " +
               std::to_string(terms_.tests) +
               "): values of TEST_CASE_PARAMS and tests of add_test must be the same on each machine");
    } else {
        beat(now());
    }
    return true;
}

// The clock of the other machine: its time was read in the middle of the round trip, more or less. The quickest trip
// tells it best.
bool agent_link::take_own(const wire::agent_beat& what) {
    const instant at = now();
    const duration took = at.time_since_epoch() - what.here;
    unanswered_ = 0;
    if (at_ == phase::checking) {
        at_ = phase::up;
        due_ = at + beat_interval;
        errors_.clear();
        round_trip_ = duration{0};
    }
    if (took <= duration{0} || at_ != phase::up) return true;
    const bool better = round_trip_ == duration{0} || took < round_trip_;
    if (better) offset_ = what.here + took / 2 - what.there;
    round_trip_ = better ? took : round_trip_ + (took - round_trip_) / 16;
    return true;
}

// ---- what is due ----

void agent_link::tend(instant at) {
    if (at_ == phase::given_up) return;
    if (program_ && (channel_.ended || channel_.broken) && at_ != phase::ending) {
        at_ = phase::ending;
        ended_at_ = at;
    }
    if (at_ == phase::ending) {
        due_ = at + std::chrono::milliseconds(20);
        const optional<os::process_end> end = program_->take_end();
        const bool tool_late = at - ended_at_ >= patience_with_end;
        if (end)
            return lose(end->by_signal ? "its command was ended by " + os::signal_name(end->code)
                                       : "its command ended with exit code " + std::to_string(end->code),
                        at);
        if (tool_late) lose("its stream ended", at);
        return;
    }
    if (at_ == phase::down && due_ && at >= *due_) return call(at);
    if (at_ == phase::calling || at_ == phase::checking) {
        due_ = called_at_ + answer_limit;
        // srun without -u does so.
        constexpr const char* half =
            "it began to answer, and no more came in a minute: does its command hold back what is no whole line?";
        if (at >= *due_) lose(channel_.in.has_begun() ? half : "it did not answer in a minute", at);
        return;
    }
    if (at_ != phase::up || at < *due_) return;
    // Beats are counted, not seconds: this process may itself have been stopped meanwhile.
    if (unanswered_ * beat_interval >= terms_.silence)
        return lose("it has said nothing for " + duration_text(terms_.silence), at);
    beat(at);
}

void agent_link::beat(instant at) {
    ++unanswered_;
    due_ = at + beat_interval;
    send(wire::agent_beat{at.time_since_epoch(), {}});
}

void agent_link::call(instant at) {
    channel_ = agent_channel();
    kept_ = queue<kept_frame>();
    errors_.clear();
    unanswered_ = 0;
    ++tries_;
    called_at_ = at;
    due_ = at + answer_limit;
    program_ = make_owned<os::helper_program>(command_, true);
    at_ = phase::calling;
    if (!program_->usable()) lose("no process could be started for its command", at);
}

void agent_link::lose(std::string why, instant at) {
    read_errors();
    const std::string words = last_words();
    loss_ = std::move(why) + (words.empty() ? "" : ": " + words);
    program_.reset();
    const bool again = tries_ < most_tries;
    at_ = again ? phase::down : phase::given_up;
    due_ = again ? deadline(at + beat_interval * (std::int64_t{1} << (tries_ - 1))) : deadline();
}

// What comes before the agent answers explains why it does not. What comes later is for the user.
void agent_link::read_errors() {
    if (!program_ || !program_->errors()) return;
    char text[4096];
    const os::read_outcome got = os::read_available(program_->errors(), text, sizeof text);
    if (at_ == phase::up) os::write_standard_error({text, got.bytes});
    errors_.append(text, got.bytes);
    if (errors_.size() > 2 * most_errors) errors_.erase(0, errors_.size() - most_errors);
    if (got.at_end) program_->end_errors();
}

/// The last lines that it has printed, on one line.
std::string agent_link::last_words() const {
    constexpr std::size_t most = 400;
    std::string text = errors_;
    if (text.find_first_not_of(" \r\n\t") == std::string::npos && !channel_.in.key()) text = channel_.in.banner();
    if (text.size() > most) text.erase(0, text.size() - most);
    std::string line;
    for (const char c : text) {
        const bool is_space = c == '\n' || c == '\r' || c == '\t' || c == ' ';
        if (!is_space) line += c;
        if (is_space && !line.empty() && line.back() != ' ') line += ' ';
    }
    while (!line.empty() && line.back() == ' ')
        line.pop_back();
    return printable(line);
}

}  // namespace cordon::engine::launch

CORDON_CHEAP_END
