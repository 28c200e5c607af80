#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// The first code point of some bytes. If they are not UTF-8, `value` is U+FFFD and `size` the length of the broken
/// sequence (Unicode's "maximal subpart"), never 0.
struct code_point {
    char32_t value;
    std::size_t size;
    bool valid;
};

/// `text` must not be empty.
code_point first_code_point(std::string_view text) {
    constexpr char32_t replacement = 0xFFFD;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    if (lead < 0xC2 || lead > 0xF4) return {replacement, 1, false};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    // Limits of the second byte exclude overlong forms, surrogates and values above U+10FFFF (Unicode, table 3-7).
    std::uint32_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    std::uint32_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    std::uint32_t value = lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if (i >= text.size() || byte(i) < low || byte(i) > high) return {replacement, i, false};
        value = value << 6 | (byte(i) & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return {value, size, true};
}

/// True if every byte is a printable ASCII character: such text can be shown, measured and cut byte by byte.
bool is_plain(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c - 0x20) > 0x5E) return false;
    }
    return true;
}

void append_code_point(std::string& out, char32_t value) {
    const auto add = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
    const auto code = static_cast<std::uint32_t>(value);
    if (code < 0x80) return add(code);
    if (code < 0x800) {
        add(0xC0 | code >> 6);
    } else if (code < 0x10000) {
        add(0xE0 | code >> 12);
        add(0x80 | (code >> 6 & 0x3F));
    } else {
        add(0xF0 | code >> 18);
        add(0x80 | (code >> 12 & 0x3F));
        add(0x80 | (code >> 6 & 0x3F));
    }
    add(0x80 | (code & 0x3F));
}

/// Appends text with each broken sequence replaced by U+FFFD.
void append_utf8(std::string& out, std::string_view text) {
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const code_point next = first_code_point(text.substr(at, 4));
        if (!next.valid) {
            out.append(text, begin, at - begin);
            out += "\xEF\xBF\xBD";
            begin = at + next.size;
        }
        at += next.size;
    }
    out.append(text, begin, std::string_view::npos);
}

/// True if all of it is UTF-8.
bool is_utf8(std::string_view text) {
    while (!text.empty()) {
        const code_point next = first_code_point(text.substr(0, 4));
        if (!next.valid) return false;
        text.remove_prefix(next.size);
    }
    return true;
}

/// The number of code points of text that is UTF-8.
std::size_t code_points_in(std::string_view text) {
    std::size_t count = 0;
    for (const char c : text) {
        if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++count;
    }
    return count;
}

/// `at`, or the nearest earlier position that is not inside a code point.
std::size_t code_point_start(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        --at;
    }
    return at;
}

}  // namespace cordon::engine
