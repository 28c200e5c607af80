#pragma once

#include <cordon/engine/base/fields.hpp>

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

namespace cordon::engine {

/// Variations of the runs of a test: conditions (model/conditions.hpp has a row for each), and the arrangement of the
/// test among others.
enum class condition_kind : std::uint8_t {
    cpus,
    hogs,
    nice,
    timer_slack,
    pulses,
    addresses,
    malloc,
    stack,
    seed,
    tz,
    locale,
    home,
    umask,
    folder,
    open_files,
    // Arrangements: only for --flake-diagnose.
    alone,           ///< with no other test beside it
    alone_and_busy,  ///< alone, beside processes that only keep processors busy: separates load from other effects of
                     ///< tests
    twins,           ///< beside itself
    beside,          ///< beside one other test, all the time
    order,           ///< after others in one process
    // Several conditions at once: only if that changes anything, each is tried.
    environment,
    delays,
    memory,
    unknown,
};
constexpr condition_kind last_of(condition_kind) { return condition_kind::unknown; }

/// In the order of the enumeration.
constexpr std::string_view condition_names[] = {
    "cpus",          "hogs",  "nice",   "timer-slack", "pulses",      "addresses", "malloc",     "stack",
    "seed",          "tz",    "locale", "home",        "umask",       "folder",    "open-files", "alone",
    "alone, hogs=4", "twins", "beside", "order",       "environment", "delays",    "memory",     ""};
static_assert(std::size(condition_names) == static_cast<std::size_t>(condition_kind::unknown) + 1, "one each");

inline constexpr std::string_view name_of(condition_kind value) {
    return condition_names[static_cast<std::size_t>(value)];
}

inline constexpr bool is_arrangement(condition_kind value) {
    return value == condition_kind::alone || value == condition_kind::twins || value == condition_kind::beside ||
           value == condition_kind::order;
}

inline constexpr condition_kind condition_kind_named(std::string_view name) {
    std::size_t i = 0;
    while (i + 1 < std::size(condition_names) && condition_names[i] != name)
        ++i;
    return static_cast<condition_kind>(i);
}

/// One variation: "hogs=4", "alone".
struct variation {
    condition_kind kind = condition_kind::unknown;
    std::string text;  ///< as written for --condition

    variation() = default;
    variation(condition_kind of) : kind(of), text(name_of(of)) {}
    variation(std::string_view written) : kind(condition_kind_named(written)), text(written) {
        if (kind == condition_kind::unknown) kind = condition_kind_named(written.substr(0, written.find('=')));
    }
    variation(const char* written) : variation(std::string_view(written)) {}
    variation(const std::string& written) : variation(std::string_view(written)) {}

    template <class Archive>
    void fields(Archive& a) {
        a(kind, named("condition", text));
    }

    friend bool operator==(const variation& a, const variation& b) { return a.text == b.text; }
    friend bool operator!=(const variation& a, const variation& b) { return a.text != b.text; }
};

}  // namespace cordon::engine
