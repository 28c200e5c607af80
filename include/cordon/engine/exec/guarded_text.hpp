#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/exec/literal.hpp>
#include <cordon/engine/os/own_memory.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

// Reads memory that may not match its type.

CORDON_CHEAP_BEGIN

namespace cordon::detail::stringify_detail {

/// Text at an address: bytes up to the zero unit, or to the end of readable memory.
struct guarded_text {
    std::string bytes;
    bool ended = false;       ///< by a zero, or by the extent of its array
    bool unreadable = false;  ///< the memory ended first
};

/// The position of a zero among the units, in bytes.
std::size_t end_of_text(std::string_view bytes, std::size_t width) {
    for (std::size_t at = 0; at + width <= bytes.size(); at += width) {
        if (unit_at(bytes.data(), at / width, width) == 0) return at;
    }
    return std::string_view::npos;
}

/// Reads at most `most` units, and no more than reports show.
guarded_text read_text(const void* units, std::size_t width, std::size_t most) {
    constexpr std::size_t longest = 1024 * 1024;
    constexpr std::size_t piece = 4096;
    const std::size_t limit = most < longest / width ? most * width : longest;
    guarded_text text;
    while (text.bytes.size() < limit) {
        const std::size_t before = text.bytes.size();
        const std::size_t wanted = std::min(piece, limit - before);
        text.bytes.resize(before + wanted);
        const std::size_t got =
            engine::os::copy_own_memory(static_cast<const char*>(units) + before, &text.bytes[before], wanted);
        text.bytes.resize(before + got / width * width);
        const std::size_t end = end_of_text(std::string_view(text.bytes).substr(before), width);
        text.ended = end != std::string_view::npos;
        text.unreadable = got != wanted && !text.ended;
        if (text.ended) text.bytes.resize(before + end);
        if (text.ended || text.unreadable) return text;
    }
    text.ended = limit != longest;
    return text;
}

/// True if the bytes look like text: valid, with no escapes except line ends and tabs.
bool reads_as_text(std::string_view bytes, std::size_t width) {
    const auto fits = [](std::uint32_t c) {
        return c == '\n' || c == '\t' || c == '\r' || (c <= 0x10FFFF && !engine::is_hidden(c));
    };
    if (width != 1) {
        for (std::size_t i = 0; i < bytes.size() / width; ++i) {
            if (!fits(unit_at(bytes.data(), i, width))) return false;
        }
        return true;
    }
    while (!bytes.empty()) {
        const engine::code_point next = engine::first_code_point(bytes);
        if (!next.valid || !fits(next.value)) return false;
        bytes.remove_prefix(next.size);
    }
    return true;
}

/// Writes the first bytes of a value without text, and returns their number. A pointer to readable memory differs from
/// run to run, so it is only named.
std::size_t put_part(text_sink& out, const char* at, std::size_t left) {
    constexpr char hex[] = "0123456789abcdef";
    std::uintptr_t word = 0;
    char there = 0;
    if (left >= sizeof word && reinterpret_cast<std::uintptr_t>(at) % alignof(void*) == 0) {
        std::memcpy(&word, at, sizeof word);
        if (word >= 4096 && engine::os::copy_own_memory(reinterpret_cast<const void*>(word), &there, 1) == 1) {
            put(out, " (pointer)");
            return sizeof word;
        }
    }
    const auto byte = static_cast<unsigned char>(*at);
    const char text[] = {' ', hex[byte >> 4], hex[byte & 15]};
    out.write(text, sizeof text);
    return 1;
}

/// Values of the standard library and of the language that are known by the names of their types; null for others.
const char* word_for(std::string_view name, const void* address, std::size_t size) {
    const auto ends = [&](std::string_view end) {
        return name.substr(0, 5) == "std::" && name.size() >= end.size() &&
               name.substr(name.size() - end.size()) == end;
    };
    if (ends("::nullopt_t")) return "nullopt";
    if (ends("::monostate")) return "monostate";
    if (ends("_ordering") && size == 1) {
        const signed char order = *static_cast<const signed char*>(address);
        const char* const same = ends("::strong_ordering") ? "equal" : "equivalent";
        return order == 0 ? same : order == -1 ? "less" : order == 1 ? "greater" : "unordered";
    }
    // Null is -1 in a pointer to data, and 0 in one to a function.
    const bool to_data = name.size() > 3 && name.substr(name.size() - 3) == "::*";
    if (!to_data && name.find("::*)") == std::string_view::npos) return nullptr;
    std::intptr_t first = 0;
    std::memcpy(&first, address, std::min(size, sizeof first));
    return first == (to_data ? -1 : 0) ? "nullptr" : nullptr;
}

/// Writes a count of num/den seconds since 1970 as "2024-05-06T07:08:09.25Z". Returns false outside the years 1 to
/// 9999.
bool as_utc(char (&text)[64], long long count, long long num, long long den) {
    constexpr long long nanos_a_second = 1000000000;
    constexpr long long farthest = 300000000000;  // seconds
    if (num <= 0 || den <= 0 || nanos_a_second % den != 0 || num > farthest) return false;
    const long long whole = count / den - (count % den < 0 ? 1 : 0);
    const long long part = count - whole * den;
    if (whole > farthest / num || whole < -farthest / num || (den != 1 && num != 1)) return false;
    const long long seconds = whole * num;
    // Days to a date: civil_from_days in "chrono-Compatible Low-Level Date Algorithms" by Howard Hinnant.
    const long long days = (seconds >= 0 ? seconds : seconds - 86399) / 86400 + 719468;
    const long long era = (days >= 0 ? days : days - 146096) / 146097;
    const long long day_of_era = days - era * 146097;
    const long long year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const long long day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const long long month_from_march = (5 * day_of_year + 2) / 153;
    const long long day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    const long long month = month_from_march < 10 ? month_from_march + 3 : month_from_march - 9;
    const long long year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    if (year < 1 || year > 9999) return false;
    const long long second_of_day = seconds - (days - 719468) * 86400;
    int size = std::snprintf(text, sizeof text, "%04lld-%02lld-%02lldT%02lld:%02lld:%02lld", year, month, day,
                             second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
    if (part != 0) {
        size += std::snprintf(text + size, sizeof text - static_cast<std::size_t>(size), ".%09lld",
                              part * (nanos_a_second / den));
        while (text[size - 1] == '0')
            --size;
    }
    text[size] = 'Z';
    text[size + 1] = '\0';
    return true;
}

}  // namespace cordon::detail::stringify_detail

CORDON_CHEAP_END
