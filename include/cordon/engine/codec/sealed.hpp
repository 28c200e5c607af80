#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/codec/bytes.hpp>
#include <cordon/engine/codec/checksum.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// A sealed record: a header of 24 bytes, little-endian, then the payload. Frames between processes, the events of a
// recording and the runs of a history are such records. The header is the same in every version.
//
//   0  u16  mark 0xC0DE
//   2  u8   version of the payload
//   3  u8   type of the payload
//   4  u32  size of the payload in bytes
//   8  u64  number, counted by the writer
//   16 u64  checksum of bytes 0..15 and of the payload, under a key

namespace cordon::engine::codec {

inline constexpr std::uint16_t record_mark = 0xC0DE;
inline constexpr std::size_t record_header_size = 24;

/// The common properties of the records of one stream.
struct seal {
    std::uint64_t key;
    std::uint8_t version;   ///< of what this program writes
    std::uint32_t largest;  ///< maximum size of a payload in bytes; a header with more is damaged
};

struct record {
    std::uint8_t version = 0;
    std::uint8_t type = 0;
    std::uint64_t number = 0;
    std::string_view payload;

    std::size_t size() const { return record_header_size + payload.size(); }
};

CORDON_HOT inline std::uint64_t sum_of(const char* header, std::string_view payload, std::uint64_t key) {
    return checksum(payload, checksum({header, 16}, key));
}

/// Writes the header that belongs before `payload` to `header` (record_header_size bytes).
CORDON_HOT inline void write_record_header(char* header, const seal& under, std::uint8_t type, std::uint64_t number,
                                           std::string_view payload) {
    const std::uint64_t start = record_mark | std::uint32_t{under.version} << 16 | std::uint32_t{type} << 24;
    store(header, start | std::uint64_t{payload.size()} << 32);
    store(header + 8, number);
    store(header + 16, sum_of(header, payload, under.key));
}

inline void append_record(std::string& out, const seal& under, std::uint8_t type, std::uint64_t number,
                          std::string_view payload) {
    char header[record_header_size];
    write_record_header(header, under, type, number, payload);
    out.append(header, sizeof header);
    out += payload;
}

/// From the header of a possible record.
inline std::uint64_t number_at(const char* header) { return load<std::uint64_t>(header + 8); }

/// What is at the front of some bytes.
enum class sight : std::uint8_t { record, unfinished, no_record, too_large, wrong_sum };

/// Looks for a record at the front, and trusts nothing. The version is not checked, but always returned if there is a
/// header. The rest of `found` is valid only for a complete record.
inline sight look(std::string_view bytes, const seal& under, record& found) {
    if (bytes.size() < record_header_size) return sight::unfinished;
    if (load<std::uint16_t>(bytes.data()) != record_mark) return sight::no_record;
    found.version = static_cast<std::uint8_t>(bytes[2]);
    const auto size = load<std::uint32_t>(bytes.data() + 4);
    if (size > under.largest) return sight::too_large;
    if (bytes.size() - record_header_size < size) return sight::unfinished;
    const std::string_view payload = bytes.substr(record_header_size, size);
    if (load<std::uint64_t>(bytes.data() + 16) != sum_of(bytes.data(), payload, under.key)) return sight::wrong_sum;
    found.type = static_cast<std::uint8_t>(bytes[3]);
    found.number = number_at(bytes.data());
    found.payload = payload;
    return sight::record;
}

}  // namespace cordon::engine::codec
