#pragma once

#include <cordon/engine/model/stack_note.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::exec {

/// What a branch is for. `counted`: a block of the test. `trial`: a block whose failures and assertions do not count.
/// `leaf`: a subcase, to the end of the test. `whole`: the whole test, as a trial.
enum class branch_kind : std::uint8_t { counted, trial, leaf, whole };

/// In shared memory: the words of a branch (see branch.hpp) to the process that made it. They survive its death. The
/// test may overwrite them, so readers check all bounds.
struct branch_note {
    static constexpr std::uint32_t room = 1024 * 1024;

    enum : std::uint32_t {
        runs,      ///< or its process ended before its work did
        returned,  ///< its work is done
        left,      ///< a REQUIRE or SKIP left it
        threw,     ///< an exception left it; `text` describes it
    };

    std::atomic<std::uint32_t> state;
    std::atomic<std::uint32_t> bad;            ///< something failed
    std::atomic<std::uint32_t> skipped;        ///< `text` is the reason
    std::atomic<std::uint32_t> skips_all;      ///< outside of all subcases
    std::atomic<std::uint32_t> unsure;         ///< of a leaf: there may be more subcases than the answer has
    std::atomic<std::uint32_t> met_choice;     ///< of a leaf: see subcase_tree
    std::atomic<std::uint32_t> out_of_memory;  ///< the ticket of the test, if the process died of its memory limit
    std::atomic<std::uint64_t> passed;         ///< assertions
    std::atomic<std::uint64_t> failed;         ///< assertions
    std::atomic<std::uint64_t> dropped;        ///< failures that were only counted
    std::atomic<std::uint64_t> reported;
    std::atomic<std::uint64_t> reported_bytes;
    std::atomic<std::uint32_t> check;     ///< of a replica: its block is that of the test's exit check of this number
    std::atomic<std::uint32_t> is_copy;   ///< of a replica: it has reached that
    std::atomic<std::uint32_t> used;      ///< bytes of messages
    std::atomic<std::uint32_t> answered;  ///< bytes of the answer
    char text[8 * 1024];
    crash_note crash;
    char answer[64 * 1024];
    char messages[room];  ///< of an outlet whose messages do not arrive from copies: size, type, payload

    void clear() {
        state = bad = skipped = skips_all = unsure = met_choice = out_of_memory = check = is_copy = used = answered = 0;
        passed = failed = dropped = reported = reported_bytes = 0;
        text[0] = '\0';
        crash.state = crash_note::nothing;
    }

    /// Keeps the first part of a long text.
    void say(std::string_view words) {
        const std::size_t size = words.size() < sizeof text ? words.size() : sizeof text - 1;
        std::memcpy(text, words.data(), size);
        text[size] = '\0';
    }
    std::string said() const { return std::string(text, ::strnlen(text, sizeof text)); }

    void count_failure(bool of_assertion) {
        if (of_assertion) failed.fetch_add(1);
        bad.store(1);
    }

    /// Appends a message. False: there is no room.
    bool append(std::uint8_t type, std::string_view payload) {
        const std::uint32_t at = used.load();
        if (at > room || payload.size() + head > room - at) return false;
        const auto size = static_cast<std::uint32_t>(payload.size());
        std::memcpy(messages + at, &size, sizeof size);
        messages[at + sizeof size] = static_cast<char>(type);
        std::memcpy(messages + at + head, payload.data(), size);
        used.store(at + static_cast<std::uint32_t>(head) + size);
        return true;
    }

    /// Calls take(type, payload) for each message.
    template <class Receiver>
    void read(Receiver take) const {
        const std::uint32_t end = used.load();
        std::size_t at = 0;
        while (end <= room && at + head <= end) {
            std::uint32_t size = 0;
            std::memcpy(&size, messages + at, sizeof size);
            if (size > end - at - head) return;
            take(static_cast<std::uint8_t>(messages[at + sizeof size]), std::string_view(messages + at + head, size));
            at += head + size;
        }
    }

  private:
    static constexpr std::size_t head = sizeof(std::uint32_t) + 1;
};

}  // namespace cordon::engine::exec
