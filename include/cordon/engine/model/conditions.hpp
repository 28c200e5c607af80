#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/condition.hpp>
#include <cordon/engine/model/flake_cause.hpp>
#include <cordon/engine/model/variation.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

// The conditions for tests, and what it means if a condition changes a test's failure rate.

namespace cordon::engine {

/// The kind of disturbance of a condition.
enum class disturbs : std::uint8_t { timing, memory, randomness, environment };

/// What it needs from the system.
enum class needs : std::uint8_t { nothing, scheduling, random_addresses };

struct condition_row {
    condition_kind kind;
    const char* value;     ///< as help shows it
    const char* standard;  ///< the default value
    disturbs what;
    needs wants;
    bool may_decide;       ///< tests that never fail by themselves are checked too: it does more than to delay them
    bool may_be_of_start;  ///< random values of the program's start may depend on it
    flake_cause shows;     ///< what it is a sign of where it decides; none: that depends on more
    const char* line;
    /// Stores the value. Returns false if it is invalid.
    bool (*apply)(condition& to, std::string_view value);
};

template <std::uint32_t condition::for_worker::*Field, std::uint32_t Most, std::uint32_t Offset = 0>
bool set_count(condition& to, std::string_view value) {
    const optional<std::uint64_t> count = parse_unsigned(value, Most);
    if (!count) return false;
    to.worker.*Field = static_cast<std::uint32_t>(*count) + Offset;
    return true;
}

template <duration condition::for_worker::*Field>
bool set_duration(condition& to, std::string_view value) {
    const optional<duration> read = parse_duration(value);
    if (!read || *read <= duration{0} || *read > std::chrono::seconds(10)) return false;
    to.worker.*Field = *read;
    return true;
}

bool set_variable(condition& to, const char* name, std::string_view value) {
    to.variables.push_back(std::string(name) + "=" + std::string(value));
    return true;
}

bool set_hogs(condition& to, std::string_view value) {
    const optional<std::uint64_t> count = parse_unsigned(value, 256);
    if (!count || *count == 0) return false;
    to.hogs = static_cast<std::uint32_t>(*count);
    return true;
}

bool set_addresses(condition& to, std::string_view value) {
    to.fixed_addresses = value == "fixed";
    to.random_addresses = value == "random";
    return to.fixed_addresses || to.random_addresses;
}

bool set_malloc(condition& to, std::string_view value) {
    const optional<std::uint64_t> byte = parse_unsigned(value, 255);
    // Memory in a thread's cache would not be filled.
    return byte && *byte != 0 && set_variable(to, "MALLOC_PERTURB_", value) &&
           set_variable(to, "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0");
}

bool set_seed(condition& to, std::string_view value) {
    to.seed = parse_seed(value);
    return to.seed.has_value();
}

bool set_file_mask(condition& to, std::string_view value) {
    std::uint32_t mask = 0;
    for (const char digit : value) {
        if (digit < '0' || digit > '7') return false;
        mask = mask * 8 + static_cast<std::uint32_t>(digit - '0');
    }
    if (value.empty() || mask > 0777) return false;
    to.worker.file_mask = mask + 1;
    return true;
}

bool set_folder(condition& to, std::string_view value) {
    to.worker.folder = value;
    return !value.empty();
}

bool set_time_zone(condition& to, std::string_view value) { return set_variable(to, "TZ", value); }
bool set_locale(condition& to, std::string_view value) { return set_variable(to, "LC_ALL", value); }
bool set_home(condition& to, std::string_view value) { return set_variable(to, "HOME", value); }

constexpr condition_row condition_table[] = {
    {condition_kind::cpus, "N", "1", disturbs::timing, needs::scheduling, true, false, flake_cause::few_processors,
     "use only N processors", set_count<&condition::for_worker::processors, 4096>},
    {condition_kind::hogs, "N", "4", disturbs::timing, needs::nothing, false, false, flake_cause::none,
     "N busy processes beside the tests", set_hogs},
    {condition_kind::nice, "N", "19", disturbs::timing, needs::nothing, false, false, flake_cause::none,
     "run with lower priority", set_count<&condition::for_worker::niceness, 19>},
    {condition_kind::timer_slack, "DUR", "20ms", disturbs::timing, needs::scheduling, false, false, flake_cause::none,
     "timers and sleeps end up to DUR late", set_duration<&condition::for_worker::timer_slack>},
    {condition_kind::pulses, "DUR", "10ms", disturbs::timing, needs::nothing, false, false, flake_cause::none,
     "tests are stopped for about DUR, again and again", set_duration<&condition::for_worker::pulses>},
    {condition_kind::addresses, "fixed|random", "fixed", disturbs::randomness, needs::random_addresses, true, true,
     flake_cause::addresses, "fixed: no address randomization; random: randomization, if it is off", set_addresses},
    {condition_kind::malloc, "BYTE", "165", disturbs::memory, needs::nothing, true, true, flake_cause::heap_memory,
     "memory from malloc and freed memory is filled with BYTE", set_malloc},
    {condition_kind::stack, "BYTE", "165", disturbs::memory, needs::nothing, true, true, flake_cause::local_variable,
     "unused stack is filled with BYTE", set_count<&condition::for_worker::stack_fill, 255, 1>},
    {condition_kind::seed, "N", "1", disturbs::randomness, needs::nothing, false, true, flake_cause::seed_of_attempt,
     "CORDON_SEED of every attempt", set_seed},
    {condition_kind::tz, "ZONE", "<+1345>-13:45", disturbs::environment, needs::nothing, true, false,
     flake_cause::time_zone, "the time zone, TZ", set_time_zone},
    {condition_kind::locale, "NAME", "C", disturbs::environment, needs::nothing, true, false, flake_cause::locale,
     "the locale, LC_ALL", set_locale},
    {condition_kind::home, "PATH", "/nonexistent", disturbs::environment, needs::nothing, true, false,
     flake_cause::surroundings, "the home folder, HOME", set_home},
    {condition_kind::umask, "MODE", "077", disturbs::environment, needs::nothing, true, false,
     flake_cause::surroundings, "the mask of new files' permissions", set_file_mask},
    {condition_kind::folder, "PATH", "/", disturbs::environment, needs::nothing, true, false, flake_cause::surroundings,
     "the working folder", set_folder},
    {condition_kind::open_files, "N", "32", disturbs::environment, needs::nothing, true, false,
     flake_cause::descriptors, "a process may open only N files",
     set_count<&condition::for_worker::open_files, 1'000'000>},
};

/// Null for an arrangement, which is not a condition.
inline const condition_row* row_of(condition_kind kind) {
    for (const condition_row& row : condition_table)
        if (row.kind == kind) return &row;
    return nullptr;
}

/// One line for each condition.
std::string conditions_in_words() {
    std::string text;
    const auto line = [&text](std::string name, std::string_view words) {
        constexpr std::size_t width = 18;
        name.resize(std::max(width, name.size() + 1), ' ');
        text.append(name).append(words).append("\n");
    };
    for (const condition_row& row : condition_table) {
        line(std::string(name_of(row.kind)) + "=" + row.value, row.line);
        if (std::string_view(row.value) != row.standard) line("", std::string("default: ") + row.standard);
    }
    text += "\nOnly with --flake-diagnose:\n";
    line("alone", "with no other test beside it, as if it were the only one selected");
    line("twins", "beside itself (--stress)");
    line("order", "after all others in one process, in several orders (--isolate=shard --order=random)");
    return text;
}

std::string names_of_conditions() {
    std::string names;
    for (const condition_row& row : condition_table) {
        if (!names.empty()) names += ", ";
        names += name_of(row.kind);
    }
    return names;
}

/// Completes "hogs" to "hogs=4".
variation with_value(const variation& what) {
    const condition_row* row = row_of(what.kind);
    if (row == nullptr || what.text != name_of(what.kind)) return what;
    return what.text + "=" + row->standard;
}

/// Adds `NAME` or `NAME=VALUE`. The error says what was expected.
status add_condition(condition& to, std::string_view text) {
    const std::size_t sign = std::min(text.find('='), text.size());
    const std::string_view name = text.substr(0, sign);
    vector<std::string_view> names;
    for (const condition_row& row : condition_table) {
        names.push_back(name_of(row.kind));
        if (name != name_of(row.kind)) continue;
        const std::string_view value = sign < text.size() ? text.substr(sign + 1) : std::string_view(row.standard);
        if (row.apply(to, value)) return ok();
        const std::string given = std::string(name) + "=";
        return error{"condition", 0, given + row.value + ", such as " + given + row.standard};
    }
    const std::string_view near = nearest(name, names);
    return error{"condition", 0,
                 "one of " + names_of_conditions() + (near.empty() ? "" : "; did you mean " + std::string(near) + "?")};
}

/// The values that --flake-diagnose tries by default.
constexpr std::string_view worth_trying[] = {
    "cpus=1",     "hogs=4",       "timer-slack=20ms",   "pulses=10ms",      "addresses=fixed",
    "seed=1",     "malloc=165",   "stack=165",          "tz=<+1345>-13:45", "tz=CET-1CEST,M3.5.0,M10.5.0/3",
    "tz=<-11>11", "locale=C",     "locale=tr_TR.UTF-8", "umask=077",        "home=/nonexistent",
    "folder=/",   "open-files=32"};

inline bool disturbs_what(condition_kind kind, disturbs what) {
    const condition_row* row = row_of(kind);
    return row != nullptr && row->what == what;
}

/// The conditions that a group stands for: for `delays`, those that make a test late, and nothing else slow.
bool is_in_group(condition_kind kind, condition_kind group) {
    switch (group) {
        case condition_kind::environment:
            return disturbs_what(kind, disturbs::environment);
        case condition_kind::memory:
            return disturbs_what(kind, disturbs::memory);
        case condition_kind::delays:
            return kind == condition_kind::timer_slack || kind == condition_kind::pulses;
        default:
            return false;
    }
}

inline constexpr condition_kind condition_groups[] = {condition_kind::delays, condition_kind::memory,
                                                      condition_kind::environment};

inline condition_kind group_of(condition_kind kind) {
    for (const condition_kind group : condition_groups)
        if (is_in_group(kind, group)) return group;
    return condition_kind::unknown;
}

/// The conditions that a variation changes, each as written for --condition: of a group, each with the last of its
/// values that are worth trying; none for an arrangement.
vector<std::string> conditions_in(const variation& what) {
    vector<std::string> all;
    if (row_of(what.kind) != nullptr) all.push_back(what.text);
    condition_kind last = condition_kind::unknown;
    for (std::size_t i = std::size(worth_trying); i-- > 0;) {
        const variation each(worth_trying[i]);
        if (!is_in_group(each.kind, what.kind) || each.kind == last) continue;
        last = each.kind;
        all.push_back(each.text);
    }
    return all;
}

inline condition condition_of(const variation& what) {
    condition made;
    for (const std::string& each : conditions_in(what))
        add_condition(made, each).ignore();
    return made;
}

/// The conditions for --flake-diagnose: the chosen ones, each once, with its value or with all default values; without
/// any chosen ones, all that are worth their time. `addresses_are_fixed`: already for this process, so that
/// randomization is the variation.
vector<variation> conditions_to_vary(const vector<std::string>& chosen, bool addresses_are_fixed = false) {
    vector<variation> wanted;
    const auto want = [&wanted](const variation& what) {
        if (std::find(wanted.begin(), wanted.end(), what) == wanted.end()) wanted.push_back(what);
    };
    const auto worth = [addresses_are_fixed](std::string_view text) {
        return variation(addresses_are_fixed && text == "addresses=fixed" ? "addresses=random" : text);
    };
    for (const std::string_view each : worth_trying) {
        if (chosen.empty()) want(worth(each));
    }
    for (const std::string& text : chosen) {
        const variation each(text);
        if (is_arrangement(each.kind)) continue;
        bool has_values = false;
        for (const std::string_view known : worth_trying) {
            if (variation(known).kind != each.kind || text != name_of(each.kind)) continue;
            want(worth(known));
            has_values = true;
        }
        if (!has_values) want(with_value(each));
    }
    return wanted;
}

}  // namespace cordon::engine
