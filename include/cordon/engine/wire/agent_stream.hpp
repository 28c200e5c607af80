#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/wire/agent_message.hpp>
#include <cordon/engine/wire/frame.hpp>
#include <cordon/engine/wire/message.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

// The byte stream between a run and an agent. The agent begins with a line: magic bytes and 16 hexadecimal digits, the
// key of all frames in both directions. What comes before that line is a banner: a login shell's greeting, output of
// the program's static initializers. docs/past-one-machine.md describes the stream.

namespace cordon::engine::wire {

/// Bytes that no text has.
inline constexpr std::string_view agent_magic =
    "\x8A\xC0"
    "cordon-agent 1 ";
inline constexpr std::size_t agent_title_size = agent_magic.size() + 17;

inline std::string agent_title(std::uint64_t key) {
    std::string title(agent_magic);
    for (int shift = 60; shift >= 0; shift -= 4)
        title += "0123456789abcdef"[key >> shift & 15];
    return title + "\n";
}

/// Reads the key from a complete title. Returns nothing if the bytes are not a title.
inline optional<std::uint64_t> key_of_title(std::string_view title) {
    std::uint64_t key = 0;
    for (const char digit : title.substr(agent_magic.size(), 16)) {
        const std::size_t value = std::string_view("0123456789abcdef").find(digit);
        if (value == std::string_view::npos) return nullopt;
        key = key << 4 | value;
    }
    if (title.size() != agent_title_size || title.back() != '\n') return nullopt;
    return key;
}

/// One direction of the stream, as its reader sees it. Trusts nothing; after damage nothing more comes.
class agent_reader {
  public:
    /// Of a stream that begins with a title.
    agent_reader() = default;
    /// Of the other direction, which has none.
    explicit agent_reader(std::uint64_t key) { frames_.emplace(agent_seal_of(key)); }

    void feed(std::string_view bytes) {
        if (frames_) return frames_->feed(bytes);
        if (damage() != nullptr) return;
        banner_ += bytes;
        find_title();
    }

    /// The key, once the title has come.
    const optional<std::uint64_t>& key() const { return key_; }
    /// What came before the title.
    const std::string& banner() const { return banner_; }
    /// The agent has said that it is one.
    bool has_begun() const { return static_cast<bool>(frames_); }

    /// The next frame; its payload is valid until more is fed.
    optional<frame> next() {
        optional<frame> found;
        if (!frames_ || damage() != nullptr) return found;
        found = frames_->next();
        if (found && found->number != ++last_) {
            lost_ = true;
            found.reset();
        }
        return found;
    }

    /// Why reading cannot continue; null while it can.
    const char* damage() const {
        if (lost_) return "frames that are missing, doubled or not in order";
        if (!frames_) return banner_.size() > longest_banner ? "a megabyte of text and no answer" : nullptr;
        return frames_->damage();
    }

  private:
    static constexpr std::size_t longest_banner = 1 << 20;

    void find_title() {
        std::size_t at = banner_.find(agent_magic, searched_);
        while (at != std::string::npos && banner_.size() - at >= agent_title_size) {
            key_ = key_of_title(std::string_view(banner_).substr(at, agent_title_size));
            if (key_) break;
            at = banner_.find(agent_magic, at + 1);
        }
        if (!key_) {
            const std::size_t tail = banner_.size() < agent_magic.size() ? banner_.size() : agent_magic.size() - 1;
            searched_ = at != std::string::npos ? at : banner_.size() - tail;
            return;
        }
        frames_.emplace(agent_seal_of(*key_));
        frames_->feed(std::string_view(banner_).substr(at + agent_title_size));
        banner_.resize(at);
    }

    std::string banner_;
    std::size_t searched_ = 0;
    optional<std::uint64_t> key_;
    optional<frame_reader> frames_;
    std::uint64_t last_ = 0;
    bool lost_ = false;
};

/// One direction of the stream, as its writer sees it: what is still to be written.
class agent_writer {
  public:
    void use_key(std::uint64_t key) { key_ = key; }

    /// `Variant` is agent_order or agent_answer.
    template <class Variant, class Message>
    void add(const Message& message) {
        std::string payload;
        encode_payload(payload, message);
        codec::append_record(pending_, agent_seal_of(key_), type_of<Message, Variant>(), ++sent_, payload);
    }
    void add_title() { pending_ += agent_title(key_); }

    std::string_view pending() const { return std::string_view(pending_).substr(written_); }
    void drop(std::size_t written) {
        written_ += written;
        if (written_ * 2 < pending_.size()) return;
        pending_.erase(0, written_);
        written_ = 0;
    }

  private:
    std::uint64_t key_ = 0;
    std::uint64_t sent_ = 0;
    std::string pending_;
    std::size_t written_ = 0;
};

}  // namespace cordon::engine::wire

CORDON_CHEAP_END
