#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/codec/checksum.hpp>

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

// A frame: 24 bytes of header (little-endian), then the payload.
//
//   0  u16  magic 0xC0DE
//   2  u8   version of the protocol
//   3  u8   type of the message
//   4  u32  size of the payload in bytes
//   8  u64  sequence number, counted by the sending side from 1
//   16 u64  check sum of bytes 0..15 and the payload, under the connection's key

inline constexpr std::uint16_t frame_magic = 0xC0DE;
inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t frame_header_size = 24;
/// No message is larger; a header that says so is damage.
inline constexpr std::size_t max_payload = 16 * 1024 * 1024;

struct frame {
    std::uint8_t type = 0;
    std::uint64_t sequence = 0;
    std::string_view payload;  ///< valid until the reader is fed again
};

template <class Integer>
void store(char* to, Integer value) {
    for (std::size_t i = 0; i < sizeof value; ++i) {
        to[i] = static_cast<char>(value >> (8 * i));
    }
}

template <class Integer>
Integer load(const char* from) {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = static_cast<Integer>(
            value | static_cast<Integer>(static_cast<Integer>(static_cast<unsigned char>(from[i])) << (8 * i)));
    }
    return value;
}

CORDON_HOT inline std::uint64_t sum_of(const char* header, std::string_view payload, std::uint64_t key) {
    return codec::checksum(payload, codec::checksum({header, 16}, key));
}

/// Writes the header that belongs before `payload` to `header` (frame_header_size bytes).
CORDON_HOT inline void write_frame_header(char* header, std::uint64_t key, std::uint8_t type, std::uint64_t sequence,
                                          std::string_view payload) {
    const std::uint64_t start = frame_magic | std::uint32_t{frame_version} << 16 | std::uint32_t{type} << 24;
    store(header, start | std::uint64_t{payload.size()} << 32);
    store(header + 8, sequence);
    store(header + 16, sum_of(header, payload, key));
}

inline void append_frame(std::string& out, std::uint64_t key, std::uint8_t type, std::uint64_t sequence,
                         std::string_view payload) {
    char header[frame_header_size];
    write_frame_header(header, key, type, sequence, payload);
    out.append(header, sizeof header);
    out += payload;
}

/// Cuts a byte stream into frames and trusts none of it. Once damaged, a stream stays damaged: nobody should wait for
/// what it brings. What has come in can still be searched for honest frames, see find().
class frame_reader {
  public:
    explicit frame_reader(std::uint64_t key) : key_(key) {}

    void feed(std::string_view bytes) {
        if (start_ != 0) {
            buffer_.erase(0, start_);
            start_ = 0;
        }
        buffer_ += bytes;
    }

    /// The next whole frame; nothing when more bytes are needed or the stream is damaged.
    optional<frame> next() {
        const std::string_view rest = std::string_view(buffer_).substr(start_);
        if (damaged_ || rest.size() < frame_header_size || !header_is_sound(rest)) return nullopt;
        const auto size = load<std::uint32_t>(rest.data() + 4);
        if (rest.size() < frame_header_size + size) return nullopt;
        const std::string_view payload = rest.substr(frame_header_size, size);
        if (load<std::uint64_t>(rest.data() + 16) != sum_of(rest.data(), payload, key_)) {
            damaged_ = "a frame's check sum is wrong";
            return nullopt;
        }
        start_ += frame_header_size + size;
        return frame{static_cast<std::uint8_t>(rest[3]), load<std::uint64_t>(rest.data() + 8), payload};
    }

    /// The frame of that number, wherever among the bytes that are there it begins: what somebody else wrote between
    /// the honest frames has no check sum under the key. What stands before it is passed over.
    optional<frame> find(std::uint64_t sequence) {
        const std::string_view all = buffer_;
        for (std::size_t at = start_; at + frame_header_size <= all.size(); ++at) {
            const std::string_view rest = all.substr(at);
            if (load<std::uint16_t>(rest.data()) != frame_magic) continue;
            if (load<std::uint64_t>(rest.data() + 8) != sequence) continue;
            const auto size = load<std::uint32_t>(rest.data() + 4);
            if (rest.size() - frame_header_size < size) continue;
            const std::string_view payload = rest.substr(frame_header_size, size);
            const auto sum = load<std::uint64_t>(rest.data() + 16);
            if (sum != sum_of(rest.data(), payload, key_)) continue;
            start_ = at + frame_header_size + size;
            return frame{static_cast<std::uint8_t>(rest[3]), sequence, payload};
        }
        return nullopt;
    }

    /// Why the stream can not be read on; null while it can.
    const char* damage() const { return damaged_; }
    /// Bytes of a frame that has not arrived whole.
    std::size_t pending() const { return buffer_.size() - start_; }

  private:
    bool header_is_sound(std::string_view rest) {
        if (load<std::uint16_t>(rest.data()) != frame_magic) {
            damaged_ = "bytes that are no frame";
        } else if (static_cast<std::uint8_t>(rest[2]) != frame_version) {
            damaged_ = "a frame of another protocol version";
        } else if (load<std::uint32_t>(rest.data() + 4) > max_payload) {
            damaged_ = "a frame larger than any message";
        }
        return damaged_ == nullptr;
    }

    std::uint64_t key_;
    std::string buffer_;
    std::size_t start_ = 0;
    const char* damaged_ = nullptr;
};

}  // namespace cordon::engine::wire
