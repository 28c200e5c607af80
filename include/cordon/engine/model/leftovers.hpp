#pragma once

#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// Kinds of leftovers of a test. The first three are visible to other processes. The others are state of the test's
/// process, which matters if tests share a process.
enum class leftover_kind : std::uint8_t {
    process,         ///< was running when the test's process had ended; it was ended
    thread,          ///< beside the test's own
    descriptor,      ///< open, and was not before
    file,            ///< in its temporary folder, which is removed: told, but no fault
    working_folder,  ///< changed
    umask,
    locale,
    environment,  ///< a changed variable
    signal,       ///< handled, ignored or blocked otherwise
};
constexpr leftover_kind last_of(leftover_kind) { return leftover_kind::signal; }

inline constexpr std::string_view name_of(leftover_kind value) {
    constexpr std::string_view names[] = {"process", "thread", "descriptor",  "file",  "working_folder",
                                          "umask",   "locale", "environment", "signal"};
    return names[static_cast<std::size_t>(value)];
}

/// One leftover and its description: a command line, the target of a descriptor. May hold any bytes.
struct leftover {
    leftover_kind kind = leftover_kind::process;
    std::string what;

    template <class Archive>
    void fields(Archive& a) {
        a(named("kind", kind), named("what", what));
    }
};

/// The leftovers of an attempt; empty if there are none.
struct leftovers {
    static constexpr std::size_t most_kept = 1000;    ///< of each kind
    static constexpr std::size_t longest_text = 300;  ///< maximum size of an item's text in bytes

    vector<leftover> items;
    std::uint32_t processes = 0;  ///< the total, even if `items` holds fewer
    bool inside_seen = false;     ///< the test's process was looked at from inside: it got to its end, in order
    bool threads_seen = false;    ///< and the system tells of threads

    template <class Archive>
    void fields(Archive& a) {
        a(processes, items, inside_seen, threads_seen);
    }

    std::uint32_t count(leftover_kind kind) const {
        std::uint32_t found = 0;
        for (const leftover& each : items) {
            if (each.kind == kind) ++found;
        }
        return kind == leftover_kind::process && processes > found ? processes : found;
    }
    /// True for any leftover that the test should have removed.
    bool any_fault() const {
        for (const leftover& each : items) {
            if (each.kind != leftover_kind::file) return true;
        }
        return processes != 0;
    }
};

}  // namespace cordon::engine
