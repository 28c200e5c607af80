#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine {

// ---- numbers ----

void append_number(std::string& out, std::uint64_t value) {
    char digits[20];
    char* first = digits + sizeof digits;
    do {
        *--first = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    out.append(first, static_cast<std::size_t>(digits + sizeof digits - first));
}

/// A number for people: "1,204".
std::string counted(std::uint64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, 1, ',');
    }
    return digits;
}

/// "1 test", "1,204 tests".
std::string counted(std::uint64_t value, std::string_view noun) {
    std::string text = counted(value);
    text += ' ';
    text += noun;
    if (value != 1) text += 's';
    return text;
}

/// "0x2a"
inline std::string hexadecimal(std::uint64_t value) {
    std::string text;
    do {
        text.insert(text.begin(), "0123456789abcdef"[value & 0xF]);
        value >>= 4;
    } while (value != 0);
    return "0x" + text;
}

/// Writes value / 10^decimals with that many decimals, at most 20, in up to 42 characters. Returns their number.
std::size_t write_decimal(char* to, std::uint64_t value, unsigned decimals) {
    char digits[48];
    char* const end = digits + sizeof digits;
    char* first = end;
    for (unsigned i = 0; i < decimals; ++i, value /= 10) {
        *--first = static_cast<char>('0' + value % 10);
    }
    if (decimals != 0) *--first = '.';
    do {
        *--first = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    const auto size = static_cast<std::size_t>(end - first);
    std::memcpy(to, first, size);
    return size;
}

void append_decimal(std::string& out, std::uint64_t value, unsigned decimals) {
    char text[48];
    out.append(text, write_decimal(text, value, decimals));
}

/// Three significant digits of value / 1000: "1.23", "12.3", "123". Rounds half up; below 1000.0.
void append_three_digits(std::string& out, std::uint64_t thousandths) {
    if (thousandths < 9'995) {
        append_decimal(out, (thousandths + 5) / 10, 2);
    } else if (thousandths < 99'950) {
        append_decimal(out, (thousandths + 50) / 100, 1);
    } else {
        append_decimal(out, (thousandths + 500) / 1000, 0);
    }
}

void append_two_digits(std::string& out, std::uint64_t value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

/// "0.08 ms", "1.23 ms", "12.3 s", "2m 05s", "1h 02m": at most 7 columns below 100 hours. Negative counts as 0.
void append_duration(std::string& out, duration value) {
    const std::uint64_t micros = value.count() > 0 ? static_cast<std::uint64_t>(value.count() + 500) / 1000 : 0;
    if (micros < 999'500) {
        append_three_digits(out, micros);
        out += " ms";
    } else if (micros < 59'950'000) {
        append_three_digits(out, (micros + 500) / 1000);
        out += " s";
    } else {
        const std::uint64_t whole = (micros + 500'000) / 1'000'000;
        const bool hours = whole >= 3600;
        append_number(out, hours ? whole / 3600 : whole / 60);
        out += hours ? "h " : "m ";
        append_two_digits(out, hours ? whole / 60 % 60 : whole % 60);
        out += hours ? 'm' : 's';
    }
}

std::string duration_text(duration value) {
    std::string text;
    append_duration(text, value);
    return text;
}

/// The same as duration_text, right-aligned to the 7 columns of a table.
void append_duration_column(std::string& out, duration value) {
    const std::size_t before = out.size();
    append_duration(out, value);
    const std::size_t size = out.size() - before;
    if (size < 7) out.insert(before, 7 - size, ' ');
}

/// A share between 0 and 1 in percent: "12.5 %", "4.9 %", "0.12 %", "0.0012 %".
std::string rate_text(double rate) {
    const auto millionths = static_cast<std::uint64_t>(std::min(std::max(rate, 0.0), 1.0) * 1e6 + 0.5);
    std::string text;
    if (millionths >= 9'950) {
        append_decimal(text, (millionths + 500) / 1000, 1);
    } else if (millionths >= 100) {
        append_decimal(text, (millionths + 50) / 100, 2);
    } else {
        append_decimal(text, millionths, 4);
    }
    return text + " %";
}

/// "512 B", "1.50 KiB", "24.0 MiB".
std::string size_text(std::uint64_t bytes) {
    constexpr const char* units[] = {" KiB", " MiB", " GiB", " TiB"};
    std::string text;
    if (bytes < 1024) {
        append_number(text, bytes);
        return text + " B";
    }
    std::size_t unit = 0;
    while (bytes >= 1024 * 1024 - 512 && unit < 3) {
        bytes /= 1024;
        ++unit;
    }
    append_three_digits(text, bytes * 1000 / 1024);
    return text + units[unit];
}

// ---- bytes that a test made, for the eyes of a user ----
//
// A terminal obeys what it is sent: it moves the cursor, changes its title, answers questions as if the user had typed.
// So whatever comes from a test is shown with its control characters spelled out.

void append_hex(std::string& out, std::string_view lead, std::uint32_t value, int digits) {
    out += lead;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out += "0123456789abcdef"[value >> shift & 15];
    }
}

/// Characters that must not be shown: controls, marks that change the direction of text, and invisible ones (Unicode's
/// categories Cc, Cf, Zl, Zp and Default_Ignorable_Code_Point, except those that shape their neighbors; see
/// is_shaping).
constexpr char32_t hidden[][2] = {
    {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},     {0x600, 0x605},     {0x61C, 0x61C},   {0x6DD, 0x6DD},
    {0x70F, 0x70F},     {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},   {0x200B, 0x200B}, {0x200E, 0x200F},
    {0x2028, 0x202E},   {0x2060, 0x206F},   {0x3164, 0x3164},   {0xFEFF, 0xFEFF},   {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB},
    {0x13430, 0x1343F}, {0x1BCA0, 0x1BCA3}, {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF},
};

/// None of these may reach a terminal or a reader.
bool is_hidden(char32_t value) {
    if (value < 0x7F) return value < 0x20;
    for (const auto& range : hidden) {
        if (value <= range[1]) return value >= range[0];
    }
    return false;
}

/// A joiner or a variation selector: visible in an emoji or Persian text, invisible between Latin letters.
bool is_shaping(char32_t value) { return value == 0x200C || value == 0x200D || (value >= 0xFE00 && value <= 0xFE0F); }

void append_spelled(std::string& out, char32_t value) {
    switch (value) {
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto code = static_cast<std::uint32_t>(value);
    if (code > 0xFFFF) return append_hex(out, "\\U", code, 8);
    append_hex(out, code < 0x100 ? "\\x" : "\\u", code, code < 0x100 ? 2 : 4);
}

/// True if the first code point of `rest`, after the text `before`, would be invisible.
bool is_unseen(const code_point& next, std::string_view before, std::string_view rest) {
    if (is_hidden(next.value)) return true;
    if (!is_shaping(next.value)) return false;
    // Only a joiner depends on the next character.
    const auto beyond_ascii = [](char c) { return (static_cast<unsigned char>(c) & 0x80) != 0; };
    const bool joins = next.value < 0xFE00;
    return before.empty() || !beyond_ascii(before.back()) ||
           (joins && (rest.size() <= next.size || !beyond_ascii(rest[next.size])));
}

/// The length of the color escape (SGR: ESC [ digits ; m) at the beginning of text, or 0.
std::size_t color_escape_size(std::string_view text) {
    if (text.size() < 3 || text[0] != '\x1b' || text[1] != '[') return 0;
    constexpr std::size_t longest = 32;
    for (std::size_t i = 2; i < text.size() && i < longest; ++i) {
        const char c = text[i];
        if (c == 'm') return i + 1;
        if (!(c >= '0' && c <= '9') && c != ';' && c != ':') return 0;
    }
    return 0;
}

enum class color_escapes : std::uint8_t { spelled, kept, dropped };

/// Appends text so that it stays on one line and cannot control a terminal: controls (\x1b, \n, \u202e) and bytes that
/// are not UTF-8 (\xff) are spelled out. `tabs` says whether a tab stays.
void append_printable(std::string& out, std::string_view text, color_escapes colors = color_escapes::spelled,
                      bool tabs = false) {
    if (is_plain(text)) {
        out += text;
        return;
    }
    std::size_t at = 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        const std::size_t color = colors == color_escapes::spelled ? 0 : color_escape_size(rest);
        if (color != 0) {
            if (colors == color_escapes::kept) out += rest.substr(0, color);
            at += color;
            continue;
        }
        const code_point next = first_code_point(rest.substr(0, 4));
        if (!next.valid) {
            for (std::size_t i = 0; i < next.size; ++i) {
                append_hex(out, "\\x", static_cast<unsigned char>(rest[i]), 2);
            }
        } else if (is_unseen(next, out, rest) && !(tabs && next.value == '\t')) {
            append_spelled(out, next.value);
        } else {
            out += rest.substr(0, next.size);
        }
        at += next.size;
    }
}

std::string printable(std::string_view text) {
    std::string shown;
    append_printable(shown, text);
    return shown;
}

/// Removes the first line from text and returns it without its end (\n or \r\n).
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

}  // namespace cordon::engine
