#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/codec/sealed.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

/// A frame is a sealed record that holds a message. `number` is counted by the sending side from 1.
using frame = codec::record;

inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t frame_header_size = codec::record_header_size;
/// No message is larger; a header that says so is damage.
inline constexpr std::size_t max_payload = 16 * 1024 * 1024;

/// Of the frames of one connection, which draws its key.
inline constexpr codec::seal seal_of(std::uint64_t key) { return {key, frame_version, max_payload}; }

/// Cuts a byte stream into frames and trusts none of it. Once damaged, a stream stays damaged: nobody should wait for
/// what it brings. What has come in can still be searched for honest frames, see find().
class frame_reader {
  public:
    explicit frame_reader(std::uint64_t key) : seal_(seal_of(key)) {}

    void feed(std::string_view bytes) {
        if (start_ != 0) {
            buffer_.erase(0, start_);
            start_ = 0;
        }
        buffer_ += bytes;
    }

    /// The next whole frame; nothing when more bytes are needed or the stream is damaged. Its payload is valid until
    /// the reader is fed again.
    optional<frame> next() {
        const std::string_view rest = std::string_view(buffer_).substr(start_);
        frame found;
        const codec::sight seen = damaged_ == nullptr ? codec::look(rest, seal_, found) : codec::sight::unfinished;
        if (damaged_ == nullptr) damaged_ = complaint(seen, found.version);
        if (damaged_ != nullptr || seen == codec::sight::unfinished) return nullopt;
        start_ += found.size();
        return found;
    }

    /// The frame of that number, wherever among the bytes that are there it begins: what somebody else wrote between
    /// the honest frames has no checksum under the key. What stands before it is passed over.
    optional<frame> find(std::uint64_t number) {
        const std::string_view all = buffer_;
        for (std::size_t at = start_; at + frame_header_size <= all.size(); ++at) {
            frame found;
            if (codec::number_at(all.data() + at) != number) continue;
            if (codec::look(all.substr(at), seal_, found) != codec::sight::record) continue;
            start_ = at + found.size();
            return found;
        }
        return nullopt;
    }

    /// Why the stream cannot be read on; null while it can.
    const char* damage() const { return damaged_; }
    /// Bytes of a frame that has not arrived whole.
    std::size_t pending() const { return buffer_.size() - start_; }

  private:
    /// Both sides are the same program, so any other version is a mistake.
    static const char* complaint(codec::sight seen, std::uint8_t version) {
        if (seen == codec::sight::no_record) return "bytes that are not a frame";
        if (version != 0 && version != frame_version) return "a frame of another protocol version";
        if (seen == codec::sight::too_large) return "a frame larger than any message";
        if (seen == codec::sight::wrong_sum) return "a frame's checksum is wrong";
        return nullptr;
    }

    codec::seal seal_;
    std::string buffer_;
    std::size_t start_ = 0;
    const char* damaged_ = nullptr;
};

}  // namespace cordon::engine::wire
