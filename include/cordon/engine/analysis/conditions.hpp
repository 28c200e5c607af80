#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/condition.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

// The conditions for tests, and what it means if a condition changes a test's failure rate.

namespace cordon::engine::analysis {

/// The kind of disturbance of a condition.
enum class disturbs : std::uint8_t { timing, memory, lots, environment };

struct condition_row {
    const char* name;
    const char* value;     ///< as help shows it
    const char* standard;  ///< the default value
    disturbs what;
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
    {"cpus", "N", "1", disturbs::timing, "use only N processors", set_count<&condition::for_worker::processors, 4096>},
    {"hogs", "N", "4", disturbs::timing, "N busy processes beside the tests", set_hogs},
    {"nice", "N", "19", disturbs::timing, "run with lower priority", set_count<&condition::for_worker::niceness, 19>},
    {"timer-slack", "DUR", "20ms", disturbs::timing, "timers and sleeps end up to DUR late",
     set_duration<&condition::for_worker::timer_slack>},
    {"pulses", "DUR", "10ms", disturbs::timing, "tests are stopped for about DUR, again and again",
     set_duration<&condition::for_worker::pulses>},
    {"addresses", "fixed|random", "fixed", disturbs::lots,
     "fixed: no address randomization; random: randomization, if it is off", set_addresses},
    {"malloc", "BYTE", "165", disturbs::memory, "memory from malloc and freed memory is filled with BYTE", set_malloc},
    {"stack", "BYTE", "165", disturbs::memory, "unused stack is filled with BYTE",
     set_count<&condition::for_worker::stack_fill, 255, 1>},
    {"seed", "N", "1", disturbs::lots, "CORDON_SEED of every attempt", set_seed},
    {"tz", "ZONE", "<+1345>-13:45", disturbs::environment, "the time zone, TZ", set_time_zone},
    {"locale", "NAME", "C", disturbs::environment, "the locale, LC_ALL", set_locale},
    {"home", "PATH", "/nonexistent", disturbs::environment, "the home folder, HOME", set_home},
    {"umask", "MODE", "077", disturbs::environment, "the mask of new files' permissions", set_file_mask},
    {"folder", "PATH", "/", disturbs::environment, "the working folder", set_folder},
    {"open-files", "N", "32", disturbs::environment, "a process may open only N files",
     set_count<&condition::for_worker::open_files, 1'000'000>},
};

/// True for the other variations of --flake-diagnose, which change how a test runs: with no other test beside it,
/// beside itself, after others in one process.
inline bool is_arrangement(std::string_view name) { return name == "alone" || name == "twins" || name == "order"; }

/// Separates load from other effects of tests: alone, beside processes that only keep processors busy.
constexpr std::string_view alone_and_busy = "alone, hogs=4";

/// One line for each condition.
std::string conditions_in_words() {
    std::string text;
    const auto line = [&text](std::string name, std::string_view words) {
        constexpr std::size_t width = 18;
        name.resize(std::max(width, name.size() + 1), ' ');
        text.append(name).append(words).append("\n");
    };
    for (const condition_row& row : condition_table) {
        line(std::string(row.name) + "=" + row.value, row.line);
        if (std::string_view(row.value) != row.standard) line("", std::string("default: ") + row.standard);
    }
    text += "\nOnly with --flake-diagnose:\n";
    line("alone", "with no other test beside it, as if it were the only one selected");
    line("twins", "beside itself (--stress)");
    line("order", "after all others in one process, in several orders (--isolate=shard --order=random)");
    return text;
}

std::string condition_names() {
    std::string names;
    for (const condition_row& row : condition_table) {
        if (!names.empty()) names += ", ";
        names += row.name;
    }
    return names;
}

/// Completes "hogs" to "hogs=4".
std::string with_value(std::string_view text) {
    std::string full(text);
    for (const condition_row& row : condition_table) {
        if (text == row.name) full.append("=").append(row.standard);
    }
    return full;
}

/// Adds `NAME` or `NAME=VALUE`. The error says what was expected.
status add_condition(condition& to, std::string_view text) {
    const std::size_t sign = std::min(text.find('='), text.size());
    const std::string_view name = text.substr(0, sign);
    vector<std::string_view> names;
    for (const condition_row& row : condition_table) {
        names.push_back(row.name);
        if (name != row.name) continue;
        const std::string_view value = sign < text.size() ? text.substr(sign + 1) : std::string_view(row.standard);
        if (row.apply(to, value)) return ok();
        return error{"condition", 0,
                     std::string(row.name) + "=" + row.value + ", such as " + row.name + "=" + row.standard};
    }
    const std::string_view near = nearest(name, names);
    return error{"condition", 0,
                 "one of " + condition_names() + (near.empty() ? "" : "; did you mean " + std::string(near) + "?")};
}

/// The values that --flake-diagnose tries by default.
constexpr std::string_view worth_trying[] = {"cpus=1",           "hogs=4",
                                             "timer-slack=20ms", "pulses=10ms",
                                             "addresses=fixed",  "seed=1",
                                             "malloc=165",       "stack=165",
                                             "tz=<+1345>-13:45", "tz=<-11>11",
                                             "locale=C",         "locale=tr_TR.UTF-8",
                                             "umask=077",        "home=/nonexistent",
                                             "folder=/",         "open-files=32"};

/// "hogs" for "hogs=4".
inline std::string_view condition_name(std::string_view text) { return text.substr(0, text.find('=')); }

/// True if the condition `text` disturbs that.
bool disturbs_what(std::string_view text, disturbs what) {
    for (const condition_row& row : condition_table) {
        if (condition_name(text) == row.name) return row.what == what;
    }
    return false;
}

/// All conditions of the environment at once, each with the last of its default values.
condition changed_surroundings() {
    condition all;
    std::string_view name;
    for (std::size_t i = std::size(worth_trying); i-- > 0;) {
        const std::string_view each = worth_trying[i];
        if (!disturbs_what(each, disturbs::environment) || condition_name(each) == name) continue;
        name = condition_name(each);
        add_condition(all, each).ignore();
    }
    return all;
}

/// The conditions for --flake-diagnose: the chosen ones, each once, with its value or with all default values; without
/// any chosen ones, all that are worth their time. `addresses_are_fixed`: already for this process, so that
/// randomization is the variation.
vector<std::string> conditions_to_vary(const vector<std::string>& chosen, bool addresses_are_fixed = false) {
    vector<std::string> wanted;
    const auto want = [&wanted](std::string text) {
        if (std::find(wanted.begin(), wanted.end(), text) == wanted.end()) wanted.push_back(std::move(text));
    };
    const auto worth = [addresses_are_fixed](std::string_view text) {
        return std::string(addresses_are_fixed && text == "addresses=fixed" ? "addresses=random" : text);
    };
    for (const std::string_view each : worth_trying) {
        if (chosen.empty()) want(worth(each));
    }
    for (const std::string& each : chosen) {
        if (is_arrangement(each)) continue;
        bool has_values = false;
        for (const std::string_view known : worth_trying) {
            if (condition_name(known) != each) continue;
            want(worth(known));
            has_values = true;
        }
        if (!has_values) want(with_value(each));
    }
    return wanted;
}

}  // namespace cordon::engine::analysis
