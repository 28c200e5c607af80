#pragma once

#include <cordon/api/property/code.hpp>
#include <cordon/engine/base/text.hpp>

#include <cmath>
#include <cstring>
#include <string>
#include <string_view>

// Definitions of the functions that api/property/code.hpp declares.

CORDON_CHEAP_BEGIN

namespace cordon::detail {

void write_integer_code(text_sink& out, unsigned long long bits, bool is_signed) {
    const auto value = static_cast<long long>(bits);
    if (!is_signed) {
        out << bits;
        if (value < 0) out << 'u';  // fits no signed type
    } else if (value != 0 && static_cast<unsigned long long>(value) == 0 - bits) {
        out << value + 1 << " - 1";  // its digits alone would be too large a number
    } else {
        out << value;
    }
}

void write_floating_code(text_sink& out, double value, bool single) {
    const char* const type = single ? "float" : "double";
    if (value == value && !std::isinf(value)) {
        single ? out << static_cast<float>(value) : out << value;
        return;
    }
    if (std::isinf(value) && value < 0) out << '-';
    out << "std::numeric_limits<" << type << ">::" << (std::isinf(value) ? "infinity()" : "quiet_NaN()");
}

/// The type T of "... [with T = TYPE]", "... [T = TYPE]".
std::string_view type_in(const char* signature) {
    std::string_view text(signature);
    const std::size_t at = text.find("T = ");
    if (at == std::string_view::npos) return "auto";
    text.remove_prefix(at + 4);
    std::size_t depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '<' || c == '(' || c == '[') ++depth;
        if (depth == 0 && (c == ';' || c == ']' || c == ',')) return text.substr(0, i);
        if (c == '>' || c == ')' || c == ']') --depth;
    }
    return text;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
}

/// As a user writes it.
void write_name(text_sink& out, std::string_view of_compiler) {
    std::string name(of_compiler);
    for (const char* nameless : {"{anonymous}::", "(anonymous namespace)::", "<unnamed>::"})
        replace_all(name, nameless, "");
    replace_all(name, "std::__cxx11::", "std::");
    replace_all(name, "std::__1::", "std::");
    replace_all(name, "std::basic_string<char>", "std::string");
    out.write(name.data(), name.size());
}

void write_type_code(text_sink& out, const char* signature) { write_name(out, type_in(signature)); }

void write_enumerator_code(text_sink& out, const char* name) {
    write_name(out, std::string_view(name, std::strcspn(name, "];,")));
}

/// One unit of a literal. Octal escapes have at most three digits, so that nothing after them can belong to them.
void write_unit_code(text_sink& out, unsigned long unit, std::size_t width, bool plain_bytes) {
    const char* const named = "\a\b\t\n\v\f\r\"\\";
    const char* const letters = "abtnvfr\"\\";
    if (const char* at = unit != 0 && unit < 128 ? std::strchr(named, static_cast<int>(unit)) : nullptr) {
        out << '\\' << letters[at - named];
    } else if (unit >= 32 && unit < 127) {
        out << static_cast<char>(unit);
    } else if (width == 1 && unit >= 128 && plain_bytes) {
        out << static_cast<char>(static_cast<unsigned char>(unit));
    } else if (unit < 256) {
        const char octal[] = {'\\', static_cast<char>('0' + unit / 64), static_cast<char>('0' + unit / 8 % 8),
                              static_cast<char>('0' + unit % 8)};
        out.write(octal, sizeof octal);
    } else {
        const std::string digits = engine::hexadecimal(unit).substr(2);
        const bool is_long = digits.size() > 4;
        if (unit >= 0xD800 && unit < 0xE000) {
            // Not a character: only \x may make it. The literal is closed and opened again, or digits might follow.
            out << "\\x" << digits.c_str() << "\" \"";
            return;
        }
        out << (is_long ? "\\U" : "\\u") << std::string((is_long ? 8 : 4) - digits.size(), '0').c_str()
            << digits.c_str();
    }
}

void write_string_code(text_sink& out, const void* units, size_t count, size_t width, const char* prefix,
                       const char* signature) {
    const auto* bytes = static_cast<const unsigned char*>(units);
    const bool valid = width == 1 && engine::is_utf8({static_cast<const char*>(units), count});
    bool has_zero = false;
    const auto unit_at = [&](size_t i) {
        unsigned long unit = 0;
        if (width == 1) unit = bytes[i];
        if (width == 2) unit = static_cast<const char16_t*>(units)[i];
        if (width == 4) unit = static_cast<const char32_t*>(units)[i];
        return unit;
    };
    for (size_t i = 0; i < count; ++i)
        has_zero = has_zero || unit_at(i) == 0;
    if (has_zero) write_type_code(out, signature);
    out << (has_zero ? "(" : "") << prefix << '"';
    for (size_t i = 0; i < count; ++i)
        write_unit_code(out, unit_at(i), width, valid);
    out << '"';
    if (has_zero) out << ", " << count << ')';
}

}  // namespace cordon::detail

CORDON_CHEAP_END
