#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>

// Numbers and text as written in source code.

namespace cordon::detail::stringify_detail {

void put(text_sink& out, std::string_view text) { out.write(text.data(), text.size()); }

template <class T>
void put_integer(text_sink& out, T value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.write(digits, static_cast<std::size_t>(end - digits));
}

void put_hex(text_sink& out, unsigned long long value) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
    put(out, "0x");
    out.write(digits, static_cast<std::size_t>(end - digits));
}

// An integral value gets a fraction: 1.0, not 1. Very large and very small values are shorter with an exponent.
template <class T>
void put_floating(text_sink& out, T value) {
    if (std::isnan(value)) return put(out, "nan");
    if (std::isinf(value)) return put(out, value < 0 ? "-inf" : "inf");
    const T size = std::fabs(value);
    const bool fixed = !(size > 0) || (size >= T(1e-4) && size < T(1e16));
    char digits[64];
    const auto form = fixed ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(digits, digits + sizeof digits, value, form).ptr;
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    put(out, text);
    if (fixed && text.find('.') == std::string_view::npos) put(out, ".0");
}

void put_utf8(text_sink& out, std::uint32_t c) {
    std::string bytes;
    engine::append_code_point(bytes, c);
    put(out, bytes);
}

void put_escape(text_sink& out, char kind, std::uint32_t value, int digits) {
    char text[16];
    const int size = std::snprintf(text, sizeof text, "\\%c%0*X", kind, digits, static_cast<unsigned>(value));
    out.write(text, static_cast<std::size_t>(size));
}

/// One code point as written in a literal with this quote; control characters become escapes.
void put_code_point(text_sink& out, std::uint32_t c, char quote) {
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
        const char text[] = {'\\', static_cast<char>(c)};
        out.write(text, 2);
    } else if (c < 0x20 || c == 0x7F) {
        constexpr std::string_view letters = "0......abtnvfr";
        if (c < letters.size() && letters[c] != '.') {
            const char text[] = {'\\', letters[c]};
            out.write(text, 2);
        } else {
            put_escape(out, 'x', c, 2);
        }
    } else if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) || engine::is_hidden(c)) {
        put_escape(out, c > 0xFFFF ? 'U' : 'u', c, c > 0xFFFF ? 8 : 4);
    } else {
        put_utf8(out, c);
    }
}

/// The length of the beginning that is written as it is.
std::size_t plain_run(std::string_view text, char quote) {
    const auto is_plain = [quote](char c) { return c >= 0x20 && c < 0x7F && c != quote && c != '\\'; };
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), is_plain) - text.begin());
}

void put_narrow(text_sink& out, std::string_view text, char quote) {
    while (true) {
        const std::size_t plain = plain_run(text, quote);
        put(out, text.substr(0, plain));
        text.remove_prefix(plain);
        if (text.empty()) return;
        const engine::code_point next = engine::first_code_point(text);
        if (next.valid) {
            put_code_point(out, next.value, quote);
        } else {
            for (std::size_t i = 0; i < next.size; ++i) {
                put_escape(out, 'x', static_cast<unsigned char>(text[i]), 2);
            }
        }
        text.remove_prefix(next.size);
    }
}

/// Reads a unit of 1, 2 or 4 bytes; it need not be aligned.
std::uint32_t unit_at(const void* units, std::size_t index, std::size_t width) {
    const char* at = static_cast<const char*>(units) + index * width;
    std::uint32_t value = 0;
    if (width == 1) return static_cast<unsigned char>(*at);
    if (width == 4) {
        std::memcpy(&value, at, 4);
        return value;
    }
    std::uint16_t half = 0;
    std::memcpy(&half, at, 2);
    return half;
}

void put_wide(text_sink& out, const void* units, std::size_t count, std::size_t width, char quote) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t c = unit_at(units, i, width);
        const std::uint32_t next = i + 1 < count ? unit_at(units, i + 1, width) : 0;
        if (width == 2 && c >= 0xD800 && c < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
            ++i;
        }
        put_code_point(out, c, quote);
    }
}

void put_text(text_sink& out, const void* units, std::size_t count, std::size_t width, char quote) {
    out.write(&quote, 1);
    if (width == 1) {
        put_narrow(out, {static_cast<const char*>(units), count}, quote);
    } else {
        put_wide(out, units, count, width, quote);
    }
    out.write(&quote, 1);
}

}  // namespace cordon::detail::stringify_detail
