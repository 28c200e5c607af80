#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/codec/sealed.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

/// A frame is a sealed record with a message. The sender counts `number` from 1.
using frame = codec::record;

inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t frame_header_size = codec::record_header_size;
/// The maximum size; a larger one in a header is damage.
inline constexpr std::size_t max_payload = 16 * 1024 * 1024;

/// For the frames of one connection, which has a random key.
inline constexpr codec::seal seal_of(std::uint64_t key) { return {key, frame_version, max_payload}; }

/// Splits a byte stream into frames and trusts none of it. After damage a stream stays damaged, because nobody should
/// wait for its data. The bytes that have come can still be searched for valid frames, see find().
class frame_reader {
  public:
    explicit frame_reader(std::uint64_t key) : frame_reader(seal_of(key)) {}
    explicit frame_reader(const codec::seal& under) : seal_(under) {}

    void feed(std::string_view bytes) {
        if (start_ != 0) {
            buffer_.erase(0, start_);
            start_ = 0;
        }
        buffer_ += bytes;
    }

    /// The next complete frame; nothing if more bytes are needed or the stream is damaged. Its payload is valid until
    /// the reader gets more bytes.
    optional<frame> next() {
        const std::string_view rest = std::string_view(buffer_).substr(start_);
        frame found;
        const codec::sight seen = damaged_ == nullptr ? codec::look(rest, seal_, found) : codec::sight::unfinished;
        if (damaged_ == nullptr) damaged_ = complaint(seen, found.version);
        if (damaged_ != nullptr || seen == codec::sight::unfinished) return nullopt;
        start_ += found.size();
        return found;
    }

    /// Finds the frame with that number anywhere in the available bytes: foreign bytes between the frames have no
    /// checksum under the key. Skips the bytes before it.
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

    /// Why reading cannot continue; null while it can.
    const char* damage() const { return damaged_; }
    /// Bytes of an incomplete frame.
    std::size_t pending() const { return buffer_.size() - start_; }

  private:
    /// Both sides are the same program, so another version is an error.
    const char* complaint(codec::sight seen, std::uint8_t version) const {
        if (seen == codec::sight::no_record) return "bytes that are not a frame";
        if (version != 0 && version != seal_.version) return "a frame of another protocol version";
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
