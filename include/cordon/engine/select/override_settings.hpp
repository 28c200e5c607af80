#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/parse.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

// What a rule of --overrides may set. The names and meanings are those of the decorators.

CORDON_CHEAP_BEGIN

namespace cordon::engine::select {

/// `why` is the rule's issue and reason, for settings that reports show with a reason. Returns false, without a change,
/// if the value is not valid.
using override_setter = bool (*)(test_info& test, std::string_view value, std::string_view why);

struct override_row {
    std::string_view name;
    override_setter set;
    const char* expected;  ///< what a value may be
    bool decides;          ///< the test may pass or fail because of it
};

/// Without a value: on.
optional<bool> switch_of(std::string_view value) { return value.empty() ? optional<bool>(true) : parse_bool(value); }

template <bool test_info::*Field>
bool override_flag(test_info& test, std::string_view value, std::string_view why) {
    const optional<bool> on = switch_of(value);
    if (!on) return false;
    test.*Field = *on;
    test.failure_reason = *on ? why : std::string_view();
    return true;
}

template <optional<std::string_view> test_info::*Field>
bool override_reason(test_info& test, std::string_view value, std::string_view why) {
    const optional<bool> on = switch_of(value);
    if (!on) return false;
    test.*Field = *on ? optional<std::string_view>(why) : nullopt;
    return true;
}

template <optional<duration> test_info::*Field>
bool override_time(test_info& test, std::string_view value, std::string_view) {
    const optional<duration> time = parse_duration(value);
    if (!time) return false;
    test.*Field = *time;
    return true;
}

bool override_retries(test_info& test, std::string_view value, std::string_view) {
    const optional<std::uint64_t> count = parse_unsigned(value, 1000);
    if (!count) return false;
    test.retries = static_cast<std::uint32_t>(*count);
    return true;
}

bool override_expected_failures(test_info& test, std::string_view value, std::string_view why) {
    const optional<std::uint64_t> count = parse_unsigned(value, std::numeric_limits<std::uint32_t>::max());
    if (!count) return false;
    test.expected_failures = static_cast<std::uint32_t>(*count);
    test.failure_reason = *count != 0 ? why : std::string_view();
    return true;
}

bool override_memory_limit(test_info& test, std::string_view value, std::string_view) {
    const optional<std::uint64_t> size = parse_size(value);
    if (!size) return false;
    test.memory_limit = *size;
    return true;
}

constexpr const char* on_or_off = "nothing, on or off";
constexpr const char* some_time = "a duration such as 250ms, 2s, 1.5m, 1h, or seconds";

constexpr override_row override_rows[] = {
    {"quarantine", override_reason<&test_info::quarantine>, on_or_off, false},
    {"skip", override_reason<&test_info::skip>, on_or_off, false},
    {"should_fail", override_flag<&test_info::should_fail>, on_or_off, true},
    {"may_fail", override_flag<&test_info::may_fail>, on_or_off, true},
    {"expected_failures", override_expected_failures, "a whole number", true},
    {"retries", override_retries, "a whole number from 0 to 1000", false},
    {"timeout", override_time<&test_info::timeout>, some_time, true},
    {"slow_after", override_time<&test_info::slow_after>, some_time, false},
    {"memory_limit", override_memory_limit, "a size such as 512k, 64M, 2G, or bytes", true},
};

}  // namespace cordon::engine::select

CORDON_CHEAP_END
