#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/optional.hpp>

#include <cstdint>
#include <limits>
#include <string_view>

// Numbers as users write them. Independent of the locale, exact where a double is not, and strict: the whole text must
// be the number. Returns nullopt if it is not a number or does not fit.

namespace cordon::engine {

/// Longer than any run, and far from what a deadline can hold.
inline constexpr duration longest_duration = std::chrono::hours(24 * 365 * 100);

constexpr std::uint64_t most_u64 = std::numeric_limits<std::uint64_t>::max();

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Adds a * b to `sum`. Returns false if that overflows.
bool add_product(std::uint64_t& sum, std::uint64_t a, std::uint64_t b) {
    if (b != 0 && a > most_u64 / b) return false;
    if (a * b > most_u64 - sum) return false;
    sum += a * b;
    return true;
}

/// Removes the decimal digits at the front of `text` and returns their value.
optional<std::uint64_t> take_digits(std::string_view& text) {
    if (text.empty() || !is_digit(text.front())) return nullopt;
    std::uint64_t value = 0;
    while (!text.empty() && is_digit(text.front())) {
        std::uint64_t next = static_cast<std::uint64_t>(text.front() - '0');
        if (!add_product(next, value, 10)) return nullopt;
        value = next;
        text.remove_prefix(1);
    }
    return value;
}

/// A number such as 12, 1.5 or .5, split, so that nothing is rounded before the unit is known.
struct decimal {
    std::uint64_t whole = 0;
    std::string_view fraction;
};

optional<decimal> take_decimal(std::string_view& text) {
    decimal number;
    const bool starts_with_point = !text.empty() && text.front() == '.';
    if (!starts_with_point) {
        const optional<std::uint64_t> whole = take_digits(text);
        if (!whole) return nullopt;
        number.whole = *whole;
    }
    if (text.empty() || text.front() != '.') return number;
    text.remove_prefix(1);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits]))
        ++digits;
    if (digits == 0) return nullopt;
    number.fraction = text.substr(0, digits);
    text.remove_prefix(digits);
    return number;
}

/// True if it is exactly 0, not only close to it.
bool is_zero(const decimal& number) {
    return number.whole == 0 && number.fraction.find_first_not_of('0') == std::string_view::npos;
}

/// number * unit, rounded down. But a number that is not 0 gives at least 1, because 0 mostly means "no limit".
optional<std::uint64_t> scaled(const decimal& number, std::uint64_t unit) {
    std::uint64_t value = 0;
    if (!add_product(value, number.whole, unit)) return nullopt;
    std::uint64_t part = 0;
    std::uint64_t denominator = 1;
    for (char digit : number.fraction) {
        // More digits would not fit into the products below; the rest is less than a millionth of a unit.
        if (denominator == 1'000'000'000) break;
        part = part * 10 + static_cast<std::uint64_t>(digit - '0');
        denominator *= 10;
    }
    // unit * part / denominator in two steps, because the product may not fit.
    std::uint64_t fraction = unit / denominator * part;
    if (!add_product(fraction, unit % denominator * part / denominator, 1)) return nullopt;
    if (!add_product(value, fraction, 1)) return nullopt;
    if (value == 0 && !is_zero(number)) value = 1;
    return value;
}

struct unit_row {
    std::string_view name;
    std::uint64_t factor;
};

/// Removes the letters at the front of `text` and finds them among `units`; 0 if they are not there.
template <std::size_t N>
std::uint64_t take_unit(std::string_view& text, const unit_row (&units)[N]) {
    std::size_t letters = 0;
    while (letters < text.size() && !is_digit(text[letters]) && text[letters] != '.')
        ++letters;
    const std::string_view name = text.substr(0, letters);
    text.remove_prefix(letters);
    for (const unit_row& unit : units) {
        if (unit.name == name) return unit.factor;
    }
    return 0;
}

constexpr unit_row duration_units[] = {
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
};

constexpr unit_row size_units[] = {
    {"", 1},
    {"B", 1},
    {"k", 1ull << 10},
    {"K", 1ull << 10},
    {"kiB", 1ull << 10},
    {"KiB", 1ull << 10},
    {"M", 1ull << 20},
    {"MiB", 1ull << 20},
    {"G", 1ull << 30},
    {"GiB", 1ull << 30},
    {"T", 1ull << 40},
    {"TiB", 1ull << 40},
};

/// A whole decimal number of at most `most`.
optional<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t most = most_u64) {
    const optional<std::uint64_t> value = take_digits(text);
    if (!value || !text.empty() || *value > most) return nullopt;
    return value;
}

/// A seed: decimal, or hexadecimal with 0x.
optional<std::uint64_t> parse_seed(std::string_view text) {
    if (text.substr(0, 2) != "0x" && text.substr(0, 2) != "0X") return parse_unsigned(text);
    text.remove_prefix(2);
    if (text.empty() || text.size() > 16) return nullopt;
    std::uint64_t value = 0;
    for (char c : text) {
        const char lower = static_cast<char>(c | 0x20);
        const bool letter = lower >= 'a' && lower <= 'f';
        if (!letter && !is_digit(c)) return nullopt;
        value = value << 4 | static_cast<std::uint64_t>(letter ? lower - 'a' + 10 : c - '0');
    }
    return value;
}

/// `250ms`, `2s`, `1.5m`, `1h`, `2h30m` (larger units first), or plain seconds. At most longest_duration.
optional<duration> parse_duration(std::string_view text) {
    std::uint64_t total = 0;
    std::uint64_t last_unit = most_u64;
    do {
        const optional<decimal> number = take_decimal(text);
        if (!number) return nullopt;
        const bool plain = text.empty() && last_unit == most_u64;
        const std::uint64_t unit = plain ? 1'000'000'000 : take_unit(text, duration_units);
        if (unit == 0 || unit >= last_unit) return nullopt;
        last_unit = unit;
        const optional<std::uint64_t> part = scaled(*number, unit);
        if (!part || !add_product(total, *part, 1)) return nullopt;
    } while (!text.empty());
    if (total > static_cast<std::uint64_t>(longest_duration.count())) return nullopt;
    return duration(static_cast<duration::rep>(total));
}

/// `64M`, `1.5G`, `512k`, or bytes; units are powers of 1024. At most 2^63 - 1.
optional<std::uint64_t> parse_size(std::string_view text) {
    const optional<decimal> number = take_decimal(text);
    if (!number) return nullopt;
    const std::uint64_t unit = take_unit(text, size_units);
    if (unit == 0 || !text.empty()) return nullopt;
    if (unit == 1 && !number->fraction.empty()) return nullopt;
    const optional<std::uint64_t> size = scaled(*number, unit);
    if (!size || *size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return nullopt;
    return size;
}

/// A share from 0 to 1: `0.05` or `5%`.
optional<double> parse_rate(std::string_view text) {
    constexpr std::uint64_t unit = 1'000'000;
    const optional<decimal> number = take_decimal(text);
    if (!number || (!text.empty() && text != "%")) return nullopt;
    const optional<std::uint64_t> millionths = scaled(*number, unit);
    if (!millionths) return nullopt;
    const double rate = static_cast<double>(*millionths) / static_cast<double>(text.empty() ? unit : 100 * unit);
    if (rate > 1) return nullopt;
    return rate;
}

/// The number before a % sign, 5 or 0.5, in millionths of the whole; at most `most` hundredths.
optional<std::uint64_t> parse_percentage(std::string_view text, std::uint64_t most) {
    const optional<decimal> number = take_decimal(text);
    if (!number || !text.empty() || number->whole > most) return nullopt;
    return scaled(*number, 10'000);
}

/// 1, 0, true, false, yes, no, on, off.
optional<bool> parse_bool(std::string_view text) {
    if (text == "1" || text == "true" || text == "yes" || text == "on") return true;
    if (text == "0" || text == "false" || text == "no" || text == "off") return false;
    return nullopt;
}

}  // namespace cordon::engine
