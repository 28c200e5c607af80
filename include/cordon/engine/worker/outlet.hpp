#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <mutex>
#include <string>

namespace cordon::engine::worker {

/// Where the messages of a worker or a test process go.
class outlet {
  public:
    virtual ~outlet() = default;

    template <class Message>
    void say(const Message& message) {
        // A thread that a test has left behind may fail an assertion while the test's end is being said.
        const std::lock_guard<std::mutex> lock(mutex_);
        payload_.clear();
        wire::encode_payload(payload_, message);
        put(wire::type_of<Message, wire::report>(), payload_);
    }

  protected:
    virtual void put(std::uint8_t type, const std::string& payload) = 0;

  private:
    std::mutex mutex_;
    std::string payload_;  // kept for its capacity
};

/// Through the lane's journal to the event pipe.
class journal_outlet : public outlet {
  public:
    /// `level`: of the process, for its holds of the lane.
    journal_outlet(wire::lane lane, const os::descriptor& events, std::uint32_t level)
        : lane_(lane), events_(events), level_(level) {}

    /// This process is another one now, after a fork.
    void set_level(std::uint32_t level) { level_ = level; }
    std::uint32_t level() const { return level_; }

    /// Sends what is in the journal. Gives up (the journal keeps it) if another process has held the journal for long.
    void flush() {
        if (lane_.journal().empty()) return;
        const wire::lane::hold held = hold(patience_to_flush);
        if (held) send();
    }

    bool has_unsent() const { return !lane_.journal().empty(); }
    std::size_t unsent() const { return lane_.journal().size(); }

  private:
    static constexpr int patience_to_say = 100'000;  // of about 50 microseconds each
    static constexpr int patience_to_flush = 1'000;

    wire::lane::hold hold(int patience) const { return wire::lane::hold(lane_, level_, os::pause_briefly, patience); }

    CORDON_HOT void put(std::uint8_t type, const std::string& payload) override {
        const wire::lane::hold held = hold(patience_to_say);
        if (!held) return;
        if (!lane_.fits(payload.size())) send();
        if (lane_.fits(payload.size())) lane_.append(type, payload);
    }

    // When the pipe is gone (closed by a test, or the supervisor died) the journal stays full and what comes later is
    // dropped; the worker has a pipe end of its own and sends it on.
    void send() {
        if (os::write_all(events_, lane_.journal())) lane_.clear();
    }

    wire::lane lane_;
    const os::descriptor& events_;
    std::uint32_t level_;
};

}  // namespace cordon::engine::worker
