#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/event_codec.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/codec/checksum.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/wire/frame.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// A recording: a header, then one frame for each event, to the end of the file. Numbers are little-endian.
//
//   header   0  8 bytes  "\x8A" "cordon\n"
//            8  u32      the format's number
//           12  u32      size of what follows
//           16  text     the version of cordon that wrote it
//
//   frame    0  u32      size of the payload
//            4  u32      the event's place in the variant of model/event.hpp
//            8  u64      check sum of bytes 0..7 and the payload, under a key that counts the frames
//           16           the payload, see codec.hpp
//
// docs/recording.md says what may change without a new number.

namespace cordon::engine::archive {

inline constexpr std::string_view magic =
    "\x8A"
    "cordon\n";
inline constexpr std::uint32_t format_number = 1;
inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t frame_header_size = 16;
/// An event that takes more than this can not be recorded, and a frame that says so is damage.
inline constexpr std::uint64_t largest_payload = 0x7FFFFFFF;

/// Frames that are missing, doubled or of another place do not pass.
constexpr std::uint64_t key_of(std::uint64_t number) { return 0xC0DE0000C0DEu + number; }

std::uint64_t sum_of(std::string_view head, std::string_view payload, std::uint64_t number) {
    return codec::checksum(payload, codec::checksum(head.substr(0, 8), key_of(number)));
}

void append_header(std::string& out) {
    constexpr std::string_view version = CORDON_VERSION;
    char numbers[8];
    wire::store(numbers, format_number);
    wire::store(numbers + 4, static_cast<std::uint32_t>(version.size()));
    out += magic;
    out.append(numbers, sizeof numbers);
    out += version;
}

/// Appends the `number`th event, counted from 0. False, and nothing appended, if it is too large.
bool append_event(std::string& out, std::uint64_t number, const event& what) {
    const std::size_t begin = out.size();
    out.append(frame_header_size, '\0');
    encoder write(out);
    what.visit([&](const auto& each) { const_cast<std::decay_t<decltype(each)>&>(each).fields(write); });
    const std::uint64_t size = out.size() - begin - frame_header_size;
    if (size > largest_payload) {
        out.resize(begin);
        return false;
    }
    char* head = &out[begin];
    wire::store(head, static_cast<std::uint32_t>(size));
    wire::store(head + 4, static_cast<std::uint32_t>(what.index()));
    const std::string_view payload = std::string_view(out).substr(begin + frame_header_size);
    wire::store(head + 8, sum_of({head, 8}, payload, number));
    return true;
}

/// Cuts the bytes of a recording into events, and trusts none of them.
class recording_reader {
  public:
    void feed(std::string_view bytes) {
        buffer_.erase(0, at_);
        at_ = 0;
        buffer_ += bytes;
    }

    /// The next event; nothing when more bytes are needed or damage() is not empty. The first is a run_started, and the
    /// tests that later ones speak of are in its list.
    optional<event> next() {
        optional<event> found;
        if (!damage_.empty() || (!past_header_ && !take_header())) return found;
        const std::string_view rest = std::string_view(buffer_).substr(at_);
        if (rest.size() < frame_header_size) return found;
        const std::uint64_t size = wire::load<std::uint32_t>(rest.data());
        if (size > largest_payload) return damaged("a frame larger than any event");
        if (rest.size() < frame_header_size + size) return found;
        const std::string_view payload = rest.substr(frame_header_size, static_cast<std::size_t>(size));
        if (wire::load<std::uint64_t>(rest.data() + 8) != sum_of(rest, payload, events_))
            return damaged("a check sum is wrong");
        decode(wire::load<std::uint32_t>(rest.data() + 4), payload, found);
        if (!found || !makes_sense(*found)) return damaged("an event that makes no sense");
        at_ += frame_header_size + payload.size();
        position_ += frame_header_size + payload.size();
        ++events_;
        return found;
    }

    /// Why it can not be read on; empty while it can. "is no recording", or what follows "is damaged".
    const std::string& damage() const { return damage_; }
    /// False until the header was read and understood: there is nothing to be had of such a file.
    bool is_recording() const { return past_header_; }
    /// Whole events so far.
    std::uint64_t events() const { return events_; }
    /// How many bytes they and the header take.
    std::uint64_t position() const { return position_; }
    /// Bytes after the last whole event.
    std::size_t pending() const { return buffer_.size() - at_; }

  private:
    static constexpr std::uint32_t most_slots = 1u << 16;  ///< many times what --jobs takes

    bool take_header() {
        const std::string_view rest = std::string_view(buffer_);
        const std::size_t known = rest.size() < magic.size() ? rest.size() : magic.size();
        if (rest.substr(0, known) != magic.substr(0, known)) damage_ = "it is no recording of cordon's";
        if (!damage_.empty() || rest.size() < header_size) return false;
        const auto format = wire::load<std::uint32_t>(rest.data() + 8);
        const auto size = wire::load<std::uint32_t>(rest.data() + 12);
        if (size > 64) damage_ = "its header is damaged";
        if (!damage_.empty() || rest.size() < header_size + size) return false;
        if (format == 0 || format > format_number) {
            damage_ = "it has format " + std::to_string(format) + ", written by cordon " +
                      std::string(rest.substr(header_size, size)) +
                      "; this is cordon " CORDON_VERSION ", which reads up to " + std::to_string(format_number);
            return false;
        }
        past_header_ = true;
        at_ = header_size + size;
        position_ = at_;
        return true;
    }

    static void decode(std::uint32_t type, std::string_view payload, optional<event>& to) {
        event::name_type(type, [&](auto* nothing) {
            std::remove_pointer_t<decltype(nothing)> value{};
            decoder read(payload);
            value.fields(read);
            if (read.complete()) to.emplace(std::move(value));
        });
    }

    bool makes_sense(const event& what) {
        if (const auto* run = what.get_if<run_started>()) {
            if (events_ != 0 || !run->list) return false;
            tests_ = run->list->tests.size();
            return are_tests(run->selected) && are_tests(run->unsharded);
        }
        if (events_ == 0) return false;
        if (const auto* begun = what.get_if<attempt_started>()) return begun->test < tests_ && begun->slot < most_slots;
        if (const auto* arrived = what.get_if<output_arrived>()) return arrived->test < tests_;
        if (const auto* ended = what.get_if<attempt_ended>())
            return ended->result.test < tests_ && ended->result.slot < most_slots;
        if (const auto* finished = what.get_if<test_finished>()) return finished->test < tests_;
        if (const auto* flake = what.get_if<flake_found>()) return flake->what.test < tests_;
        if (const auto* worker = what.get_if<worker_started>()) return worker->slot < most_slots;
        if (const auto* lost = what.get_if<worker_lost>()) return lost->slot < most_slots;
        return true;
    }
    bool are_tests(const vector<std::size_t>& indices) const {
        for (const std::size_t index : indices) {
            if (index >= tests_) return false;
        }
        return true;
    }

    optional<event> damaged(const char* how) {
        damage_ = "it is damaged after byte " + std::to_string(position_) + ": " + how;
        return nullopt;
    }

    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t position_ = 0;
    std::size_t tests_ = 0;
    bool past_header_ = false;
    std::string damage_;
};

}  // namespace cordon::engine::archive
