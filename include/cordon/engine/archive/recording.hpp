#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/codec/codec.hpp>
#include <cordon/engine/codec/sealed.hpp>
#include <cordon/engine/codec/title.hpp>
#include <cordon/engine/model/event.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// A recording: a title (codec/title.hpp), then a sealed record for each event, to the end of the file. A record's type
// is the event's place in the variant of model/event.hpp, its number counts the events from 0, its payload is the event
// as codec::form::lasting. docs/recording.md says what may change without a new version.

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

inline constexpr std::string_view recording_kind = "cordon-recording";
inline constexpr std::uint8_t recording_version = 1;
/// An event that takes more than this cannot be recorded, and a record that says so is damage.
inline constexpr std::uint32_t largest_payload = 0x7FFFFFFF;
inline constexpr codec::seal recording_seal{0x9E37C0DE0000C0DEu, recording_version, largest_payload};

/// Appends event number `number`, counted from 0. Returns false, and appends nothing, if it is too large.
bool append_event(std::string& out, std::uint64_t number, const event& what) {
    const std::size_t begin = out.size();
    out.append(codec::record_header_size, '\0');
    codec::encoder<std::string, codec::form::lasting> write(out);
    what.visit([&](const auto& each) { write(each); });
    const std::string_view payload = std::string_view(out).substr(begin + codec::record_header_size);
    if (payload.size() > largest_payload) {
        out.resize(begin);
        return false;
    }
    codec::write_record_header(&out[begin], recording_seal, static_cast<std::uint8_t>(what.index()), number, payload);
    return true;
}

/// Splits the bytes of a recording into events, and trusts none of them.
class recording_reader {
  public:
    void feed(std::string_view bytes) {
        buffer_.erase(0, at_);
        at_ = 0;
        buffer_ += bytes;
    }

    /// The next event. Nothing if more bytes are needed or damage() is not empty. The first is a run_started; later
    /// events refer to tests in its list.
    optional<event> next() {
        optional<event> found;
        if (!damage_.empty() || (!past_title_ && !take_title())) return found;
        const std::string_view rest = std::string_view(buffer_).substr(at_);
        codec::record next;
        const codec::sight seen = codec::look(rest, recording_seal, next);
        if (seen == codec::sight::unfinished) return found;
        if (seen == codec::sight::no_record) return damaged("bytes that are no event");
        if (seen == codec::sight::too_large) return damaged("a record larger than any event");
        if (seen == codec::sight::wrong_sum) return damaged("a checksum is wrong");
        if (next.number != events_) return damaged("events are missing, doubled or not in order");
        if (next.version > recording_version) return refuse(next.version);
        decode(next, found);
        if (!found || !makes_sense(*found)) return damaged("an invalid event");
        at_ += next.size();
        position_ += next.size();
        ++events_;
        return found;
    }

    /// Why reading cannot continue; empty while it can. "is not a recording", or the rest of "is damaged".
    const std::string& damage() const { return damage_; }
    /// False until the title was read and understood: there is nothing to be had of such a file.
    bool is_recording() const { return past_title_; }
    /// Complete events so far.
    std::uint64_t events() const { return events_; }
    /// How many bytes they and the title take.
    std::uint64_t position() const { return position_; }
    /// Bytes after the last complete event.
    std::size_t pending() const { return buffer_.size() - at_; }

  private:
    static constexpr std::string_view unreleased =
        "\x8A"
        "cordon\n";
    static constexpr std::uint32_t most_slots = 1u << 16;  ///< much more than --jobs allows

    bool take_title() {
        if (!codec::may_be_titled(buffer_, recording_kind)) {
            const bool is_old = std::string_view(buffer_).substr(0, unreleased.size()) == unreleased;
            damage_ = is_old ? "it is a recording from before cordon's first release: record it again"
                             : "it is not a recording of cordon";
        }
        if (!damage_.empty() || buffer_.size() < codec::title_size) return false;
        past_title_ = true;
        title_ = buffer_.substr(0, codec::title_size);
        position_ = codec::title_size;
        at_ = codec::title_size;
        return true;
    }

    static void decode(const codec::record& from, optional<event>& to) {
        event::name_type(from.type, [&](auto* nothing) {
            std::remove_pointer_t<decltype(nothing)> value{};
            codec::decoder<codec::form::lasting> read(from.payload);
            read(value);
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

    optional<event> refuse(unsigned version) {
        damage_ = "it " + codec::newer_in_words(title_, recording_kind, version, recording_version);
        return nullopt;
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
    bool past_title_ = false;
    std::string title_;
    std::string damage_;
};

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
