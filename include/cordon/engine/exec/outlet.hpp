#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/copy.hpp>
#include <cordon/engine/exec/brief_lock.hpp>
#include <cordon/engine/os/descriptor.hpp>
#include <cordon/engine/os/process.hpp>
#include <cordon/engine/wire/lane.hpp>
#include <cordon/engine/wire/message.hpp>

#include <atomic>
#include <cstring>
#include <mutex>
#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// A message without its header. Most fit into the object itself, in memory that a test process writes anyway. A page
/// of the heap would have to be copied.
class payload_text {
  public:
    void clear() {
        size_ = 0;
        if (!long_.empty()) long_.clear();
    }
    void push_back(char each) {
        if (size_ < sizeof short_) {
            short_[size_++] = each;
        } else {
            lengthen();
            long_.push_back(each);
        }
    }
    payload_text& operator+=(std::string_view text) {
        if (text.size() <= sizeof short_ - size_) {
            copy_few(short_ + size_, text.data(), text.size());
            size_ += text.size();
        } else {
            lengthen();
            long_ += text;
        }
        return *this;
    }
    std::string_view text() const { return long_.empty() ? std::string_view(short_, size_) : long_; }

  private:
    CORDON_COLD void lengthen() {
        if (!long_.empty()) return;
        long_.assign(short_, size_);
        size_ = sizeof short_;  // nothing more goes there
    }

    char short_[128];
    std::size_t size_ = 0;
    std::string long_;  // kept for its capacity
};

/// Sends the messages of a worker or a test process.
class outlet {
  public:
    virtual ~outlet() = default;

    /// Every test sends this message. A separate function, so that all of its code lies in one place.
    CORDON_HOT CORDON_FLATTEN void say_end(const wire::finished& message) { say(message); }

    template <class Message>
    void say(const Message& message) {
        // A leftover thread of a test may fail an assertion while the test's end is being sent.
        const std::lock_guard<brief_lock> lock(mutex_);
        payload_.clear();
        wire::encode_payload(payload_, message);
        put(wire::type_of<Message, wire::report>(), payload_.text());
    }

    /// Sends a message that another outlet has encoded.
    void pass_on(std::uint8_t type, std::string_view payload) {
        const std::lock_guard<brief_lock> lock(mutex_);
        put(type, payload);
    }

    // ---- copies of this process, which the test makes ----

    /// Held during a fork. Otherwise another thread may hold it, and it stays locked in the copy.
    brief_lock& mutex() { return mutex_; }
    /// True if messages of a copy arrive. Otherwise its parent must send them.
    virtual bool reaches_from_copies() const { return false; }
    /// This process is a copy now.
    virtual void become_copy() {}
    /// All copies have ended. One may have died while it held the journal.
    virtual void end_copies() {}
    /// The process id of the innermost running copy, where somebody reads it; otherwise null.
    virtual std::atomic<std::int64_t>* running_copy() { return nullptr; }

  protected:
    virtual void put(std::uint8_t type, std::string_view payload) = 0;

  private:
    brief_lock mutex_;
    payload_text payload_;
};

/// Sends through the lane's journal to the event pipe.
class journal_outlet : public outlet {
  public:
    /// `level` is that of the process, for its holds of the lane.
    journal_outlet(wire::lane lane, const os::descriptor& events, std::uint32_t level)
        : lane_(lane), events_(events), level_(level) {}

    /// This process has changed, after a fork.
    void set_level(std::uint32_t level) { level_ = level; }
    std::uint32_t level() const { return level_; }

    /// Sends the content of the journal. Gives up if another process holds the journal for long; the journal keeps the
    /// content.
    void flush() {
        if (lane_.journal().empty()) return;
        const wire::lane::hold held = hold(patience_to_flush);
        if (held) send();
    }

    bool reaches_from_copies() const override { return true; }
    void become_copy() override { ++level_; }
    void end_copies() override { lane_.end_holds_above(level_); }
    std::atomic<std::int64_t>* running_copy() override { return &lane_->branch; }

    bool has_unsent() const { return !lane_.journal().empty(); }
    std::size_t unsent() const { return lane_.journal().size(); }

  private:
    static constexpr int patience_to_say = 100'000;  // each about 50 microseconds
    static constexpr int patience_to_flush = 1'000;

    wire::lane::hold hold(int patience) const { return wire::lane::hold(lane_, level_, os::pause_briefly, patience); }

    CORDON_HOT CORDON_FLATTEN void put(std::uint8_t type, std::string_view payload) override {
        const wire::lane::hold held = hold(patience_to_say);
        if (!held) return;
        if (!lane_.fits(payload.size())) send();
        if (lane_.fits(payload.size())) lane_.append(type, payload);
    }

    // If the pipe is gone (closed by a test, or the supervisor has ended), the journal stays full and later messages
    // are dropped. The worker has its own end of the pipe and sends the content.
    CORDON_COLD void send() {
        if (os::write_all(events_, lane_.journal())) lane_.clear();
    }

    wire::lane lane_;
    const os::descriptor& events_;
    std::uint32_t level_;
};

}  // namespace cordon::engine::exec
