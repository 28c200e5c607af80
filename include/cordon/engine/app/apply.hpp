#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/app/option_row.hpp>
#include <cordon/engine/app/shard_environment.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/regex.hpp>
#include <cordon/engine/base/shell_words.hpp>
#include <cordon/engine/base/spelling.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/report/formats.hpp>
#include <cordon/engine/select/filter.hpp>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Checks and stores the values of options. The table's `apply` column points to these functions.

CORDON_CHEAP_BEGIN

namespace cordon::engine::app {

error expected(std::string what) { return {"command line", 0, "expected " + std::move(what)}; }

vector<std::string_view> words_of(std::string_view text) {
    vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// Words of other test frameworks for the same values.
constexpr std::string_view synonyms[][2] = {
    {"decl", "declared"},   {"file", "declared"}, {"lex", "name"},     {"shuffle", "random"}, {"xml", "junit"},
    {"compact", "console"}, {"text", "console"},  {"yes", "always"},   {"ansi", "always"},    {"no", "never"},
    {"on", "always"},       {"off", "never"},     {"process", "fork"}, {"thread", "none"},
};

std::string_view meant_by(std::string_view written, const vector<std::string_view>& words) {
    for (const auto& [theirs, ours] : synonyms) {
        if (written == theirs && std::find(words.begin(), words.end(), ours) != words.end()) return ours;
    }
    return nearest_or_longer(written, words);
}

/// Writes "a, b or c", and the word nearest to the given one.
error expected_one_of(const vector<std::string_view>& words, std::string_view written) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) list += i + 1 == words.size() ? " or " : ", ";
        list += words[i];
    }
    const std::string_view near = meant_by(written, words);
    if (!near.empty()) list += "; did you mean " + quoted(near) + "?";
    return expected(list);
}

/// Index of the given word among `words`; their number if it is not one of them.
std::size_t choice_of(std::string_view written, const vector<std::string_view>& words) {
    std::size_t index = 0;
    while (index < words.size() && words[index] != written)
        ++index;
    return index;
}

/// The words of the table are in the order of the enumeration.
template <auto Field>
status set_choice(options& chosen, const setting& given) {
    const vector<std::string_view> words = words_of(given.row.choices);
    const std::size_t index = choice_of(given.value, words);
    if (index == words.size()) return expected_one_of(words, given.value);
    chosen.*Field = static_cast<std::decay_t<decltype(chosen.*Field)>>(index);
    return ok();
}

template <bool options::*Field, bool Meaning = true>
status set_flag(options& chosen, const setting& given) {
    const optional<bool> on = parse_bool(given.value);
    if (!on) return expected("true or false");
    chosen.*Field = *on == Meaning;
    return ok();
}

template <duration options::*Field>
status set_duration(options& chosen, const setting& given) {
    const optional<duration> value = parse_duration(given.value);
    if (!value) return expected("a duration such as 250ms, 2s, 1.5m, 1h, or seconds");
    chosen.*Field = *value;
    return ok();
}

template <std::uint64_t options::*Field>
status set_size(options& chosen, const setting& given) {
    const optional<std::uint64_t> value = parse_size(given.value);
    if (!value) return expected("a size such as 512k, 64M, 2G, or bytes");
    chosen.*Field = *value;
    return ok();
}

template <std::uint32_t options::*Field, std::uint32_t Most>
status set_count(options& chosen, const setting& given) {
    const optional<std::uint64_t> value = parse_unsigned(given.value, Most);
    if (!value) return expected("a whole number from 0 to " + std::to_string(Most));
    chosen.*Field = static_cast<std::uint32_t>(*value);
    return ok();
}

template <std::string options::*Field>
status set_text(options& chosen, const setting& given) {
    if (given.value.empty()) return expected("a text that is not empty");
    chosen.*Field = given.value;
    return ok();
}

template <vector<std::string> options::*Field>
status add_text(options& chosen, const setting& given) {
    (chosen.*Field).emplace_back(given.value);
    return ok();
}

status add_filter(options& chosen, const setting& given) {
    const result<select::filter> parsed = select::parse_filter(given.value);
    if (!parsed) return error{"command line", 0, parsed.failure().detail};
    chosen.filters.emplace_back(given.value);
    return ok();
}

constexpr std::uint32_t most_jobs = 4096;

status set_jobs(options& chosen, const setting& given) {
    const optional<std::uint64_t> value = parse_unsigned(given.value, most_jobs);
    const bool is_auto = given.value == "auto";
    if (!is_auto && !value) return expected("a whole number from 1 to " + std::to_string(most_jobs) + ", or auto");
    chosen.jobs = is_auto ? 0 : static_cast<std::uint32_t>(*value);
    chosen.no_local_jobs = !is_auto && *value == 0;
    return ok();
}

status set_wrapper(options& chosen, const setting& given) {
    const optional<vector<std::string>> words = shell_words(given.value);
    if (!words) return expected("a command with all quotes closed");
    if (words->empty()) return expected("a command, such as 'valgrind --error-exitcode=1'");
    chosen.wrapper = vector<std::string>(*words);
    return ok();
}

status set_seed(options& chosen, const setting& given) {
    chosen.seed = parse_seed(given.value);
    return chosen.seed ? ok() : expected("a whole number below 2^64, or one in hexadecimal with 0x");
}

optional<shard_choice> parse_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return nullopt;
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const optional<std::uint64_t> index = parse_unsigned(text.substr(0, slash), most);
    const optional<std::uint64_t> count = parse_unsigned(text.substr(slash + 1), most);
    if (!index || !count || *index == 0 || *index > *count) return nullopt;
    shard_choice shard;
    shard.index = static_cast<std::uint32_t>(*index);
    shard.count = static_cast<std::uint32_t>(*count);
    return shard;
}

/// `auto`, or `auto/N` if no system says how many parts there are.
status set_shard_from_environment(options& chosen, environment_lookup lookup, optional<std::uint64_t> told) {
    chosen.shard_status_file = value_of(lookup, "TEST_SHARD_STATUS_FILE");
    if (chosen.shard_status_file.empty()) chosen.shard_status_file = value_of(lookup, "GTEST_SHARD_STATUS_FILE");
    const result<found_shard> found = find_shard(lookup, told);
    if (!found) return found.failure();
    chosen.shard = found.value().part;
    chosen.shard_not_found = found.value().nobody_spoke;
    return ok();
}

error expected_shard() { return expected("I/N with I from 1 to N, hash:I/N, time:I/N, or auto, or auto/N"); }

status set_shard(options& chosen, const setting& given) {
    const std::string_view method = given.value.substr(0, given.value.find(':') + 1);
    const bool by_hash = method == "hash:";
    const bool by_time = method == "time:";
    const std::string_view rest = given.value.substr(by_hash || by_time ? method.size() : 0);
    constexpr std::string_view counted_auto = "auto/";
    if (rest == "auto" || rest.substr(0, counted_auto.size()) == counted_auto) {
        const bool counted = rest != "auto";
        const optional<std::uint64_t> told =
            counted ? parse_unsigned(rest.substr(counted_auto.size()), most_shards) : nullopt;
        if (counted && (!told || *told == 0)) return expected_shard();
        if (status set = set_shard_from_environment(chosen, given.lookup, told); !set) return set;
    } else {
        chosen.shard = parse_shard(rest);
        if (!chosen.shard) return expected_shard();
    }
    if (chosen.shard) {
        chosen.shard->by_hash = by_hash;
        chosen.shard->by_time = by_time;
    }
    return ok();
}

status set_debug(options& chosen, const setting& given) {
    const vector<std::string_view> names = words_of(given.row.choices);
    const std::size_t index = choice_of(given.value, names);
    const optional<bool> on = parse_bool(given.value);
    if (given.value.empty() || on) {
        chosen.debugger = on.value_or(true) ? debugger_choice::automatic : debugger_choice::none;
        return ok();
    }
    if (index == names.size()) return expected_one_of(names, given.value);
    constexpr debugger_choice choices[] = {debugger_choice::gdb, debugger_choice::lldb, debugger_choice::gdbserver};
    chosen.debugger = choices[index];
    return ok();
}

status set_fail_fast(options& chosen, const setting& given) {
    const optional<std::uint64_t> count = parse_unsigned(given.value, std::numeric_limits<std::uint32_t>::max());
    const optional<bool> on = parse_bool(given.value);
    if (!given.value.empty() && !count && !on) return expected("a whole number; 0 runs all tests");
    chosen.fail_fast = static_cast<std::uint32_t>(count.value_or(on.value_or(true) ? 1 : 0));
    return ok();
}

status add_environment(options& chosen, const setting& given) {
    const std::size_t sign = given.value.find('=');
    if (sign == 0 || sign == std::string_view::npos) return expected("NAME=VALUE");
    chosen.environment.emplace_back(given.value.substr(0, sign), given.value.substr(sign + 1));
    return ok();
}

/// The formats that may follow `--report`, for help.
std::string report_formats() {
    std::string names;
    for (const std::string_view name : report::format_names()) {
        if (!names.empty()) names += ' ';
        names += name;
    }
    return names;
}

status set_stress(options& chosen, const setting& given) {
    const optional<std::uint64_t> runs = parse_unsigned(given.value, 1'000'000'000);
    const optional<bool> on = parse_bool(given.value);
    const optional<duration> time = runs ? nullopt : parse_duration(given.value);
    if (!given.value.empty() && !runs && !on && !time) return expected("a number of runs, or a duration with its unit");
    // No test would run, and the result would be a pass.
    if (runs.value_or(1) == 0 || time.value_or(duration{1}) <= duration{0})
        return expected("at least 1 run, a duration over 0, or off");
    chosen.stress = given.value.empty() || on.value_or(true);
    chosen.stress_runs = runs.value_or(0);
    chosen.stress_time = time.value_or(duration{0});
    return ok();
}

status set_flake_detect(options& chosen, const setting& given) {
    const optional<std::uint64_t> runs = parse_unsigned(given.value, 1'000'000'000);
    const optional<bool> on = parse_bool(given.value);
    if (!given.value.empty() && !runs && !on) return expected("a whole number of runs");
    if (runs.value_or(1) == 0) return expected("at least 1 run, no number for as many as each test needs, or off");
    chosen.flake_detect = given.value.empty() || on.value_or(true);
    chosen.flake_runs = static_cast<std::uint32_t>(runs.value_or(0));
    return ok();
}

/// Without a value: all conditions. Otherwise the conditions to vary, separated by commas.
status set_flake_diagnose(options& chosen, const setting& given) {
    const optional<bool> on = parse_bool(given.value);
    chosen.flake_diagnose = given.value.empty() || on.value_or(true);
    chosen.flake_conditions.clear();
    std::string_view rest = on ? std::string_view() : given.value;
    while (!rest.empty()) {
        const std::size_t comma = std::min(rest.find(','), rest.size());
        const std::string_view name = rest.substr(0, comma);
        rest.remove_prefix(std::min(comma + 1, rest.size()));
        condition tried;
        if (const status known = engine::add_condition(tried, name);
            !known && !is_arrangement(condition_kind_named(name)))
            return expected(known.failure().detail);
        chosen.flake_conditions.emplace_back(name);
    }
    return ok();
}

status add_condition(options& chosen, const setting& given) {
    const status added = engine::add_condition(chosen.under, given.value);
    if (!added) return expected(added.failure().detail);
    chosen.conditions.emplace_back(given.value);
    return ok();
}

status set_flaky(options& chosen, const setting& given) {
    chosen.flaky_given = true;
    return set_choice<&options::flaky>(chosen, given);
}

status set_flaky_new(options& chosen, const setting& given) {
    if (given.value != "pass" && given.value != "fail") return expected("pass or fail");
    chosen.new_flakes_fail = given.value == "fail";
    return ok();
}

status set_flake_threshold(options& chosen, const setting& given) {
    const optional<double> rate = parse_rate(given.value);
    if (!rate) return expected("a rate such as 0.05 or 5%");
    chosen.flake_threshold = *rate;
    chosen.flake_threshold_given = true;
    return ok();
}

status add_report(options& chosen, const setting& given) {
    const std::size_t sign = std::min(given.value.find('='), given.value.size());
    const std::string_view format = given.value.substr(0, sign);
    const report::format* known = report::find_format(format);
    if (known == nullptr) return expected_one_of(report::format_names(), format);
    std::string path(given.value.substr(std::min(sign + 1, given.value.size())));
    if (sign < given.value.size() && path.empty()) return expected("a path after the =");
    if (path == "-") path.clear();
    const bool writes = known->how != report::delivery::nowhere;
    if (!writes && !path.empty()) return expected("no path: this report writes none");
    for (const report_choice& other : chosen.reports) {
        if (!writes || report::find_format(other.format)->how == report::delivery::nowhere) continue;
        if (other.path != path) continue;
        return expected("another place: the report " + quoted(other.format) + " goes there already");
    }
    chosen.reports.push_back({std::string(format), std::move(path)});
    return ok();
}

status set_history(options& chosen, const setting& given) {
    constexpr std::string_view reading = "read:";
    history_choice history;
    history.off = given.value == "off";
    history.read_only = given.value.substr(0, reading.size()) == reading;
    if (!history.off) history.path = given.value.substr(history.read_only ? reading.size() : 0);
    if (history.path.empty() && !history.off) return expected("a path, read:PATH, or off");
    chosen.history = std::move(history);
    return ok();
}

status set_record(options& chosen, const setting& given) {
    if (given.value.empty() || given.value == "-") return expected("a path");
    chosen.record = given.value;
    return ok();
}

status add_replay(options& chosen, const setting& given) {
    if (given.value.empty()) return expected("a path");
    chosen.replays.emplace_back(given.value);
    return ok();
}

status add_retry_message(options& chosen, std::string_view expression) {
    if (expression.empty()) return expected("a regular expression after message:");
    const result<regex> read = parse_regex(expression);
    if (!read)
        return error{"command line", 0, "in the expression " + quoted(expression) + ": " + read.failure().detail};
    chosen.retry_on.messages.emplace_back(expression);
    return ok();
}

status add_retry_cause(options& chosen, std::string_view word) {
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        if (word != name_of(static_cast<retry_class>(i)) && word != "all") continue;
        chosen.retry_on.classes[i] = true;
        if (word != "all") return ok();
    }
    if (word == "all") return ok();
    return expected_one_of(words_of("fail crash timeout exit limit lost all message:REGEX"), word);
}

/// An expression may contain commas, so it extends to the end.
status add_retry_causes(options& chosen, const setting& given) {
    constexpr std::string_view message = "message:";
    std::string_view rest = given.value;
    while (true) {
        if (rest.substr(0, message.size()) == message) return add_retry_message(chosen, rest.substr(message.size()));
        const std::size_t end = std::min(rest.find(','), rest.size());
        if (status added = add_retry_cause(chosen, rest.substr(0, end)); !added) return added;
        if (end == rest.size()) return ok();
        rest.remove_prefix(end + 1);
    }
}

status set_backoff(options& chosen, const setting& given) {
    constexpr std::string_view growing = "exponential:";
    if (given.value == "fixed" || given.value == "exponential") {
        chosen.backoff = given.value == "fixed" ? retry_backoff::fixed : retry_backoff::exponential;
        return ok();
    }
    const bool has_factor = given.value.substr(0, growing.size()) == growing;
    std::string_view factor = given.value.substr(has_factor ? growing.size() : 0);
    const optional<decimal> number = take_decimal(factor);
    const std::uint64_t value = number ? scaled(*number, 1000).value_or(0) : 0;
    if (!has_factor || !factor.empty() || value < 1000 || value > 100'000)
        return expected("fixed, exponential or exponential:FACTOR with a factor from 1 to 100");
    chosen.backoff = retry_backoff::exponential;
    chosen.backoff_thousandths = static_cast<std::uint32_t>(value);
    return ok();
}

status set_retry_budget(options& chosen, const setting& given) {
    std::string_view number = given.value;
    const bool percent = !number.empty() && number.back() == '%';
    if (percent) number.remove_suffix(1);
    constexpr std::uint64_t most = 1'000'000;
    const optional<std::uint64_t> value = percent ? parse_percentage(number, most) : parse_unsigned(number, most);
    if (!value) return expected("a number of retries, or a share of the tests such as 5% or 0.5%");
    chosen.budget = retry_budget{static_cast<double>(*value) / (percent ? 10'000 : 1), percent};
    return ok();
}

status set_quiet(options& chosen, const setting& given) {
    if (status set = set_flag<&options::quiet>(chosen, given); !set) return set;
    if (chosen.quiet) chosen.verbose = false;
    return ok();
}

status set_verbose(options& chosen, const setting& given) {
    if (status set = set_flag<&options::verbose>(chosen, given); !set) return set;
    if (chosen.verbose) chosen.quiet = false;
    return ok();
}

status set_help(options& chosen, const setting& given) {
    chosen.help = true;
    chosen.help_topic = given.value;
    return ok();
}

status set_version(options& chosen, const setting& given) { return set_flag<&options::version>(chosen, given); }

}  // namespace cordon::engine::app

CORDON_CHEAP_END
