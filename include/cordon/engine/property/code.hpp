#pragma once

#include <cordon/api/property/code.hpp>
#include <cordon/engine/base/compiler_names.hpp>
#include <cordon/engine/base/text.hpp>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
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

void write_type_code(text_sink& out, const char* signature) { out << engine::type_of(signature); }

bool write_enumerator_code(text_sink& out, const char* names, long long value) {
    const std::string_view name = engine::enumerator_of(engine::values_in(names), value);
    if (name.empty()) return false;
    out << engine::plain_name(name);
    return true;
}

enumerator_numbers enumerators_in(const char* names) {
    const engine::vector<std::string_view> values = engine::values_in(names);
    enumerator_numbers all = {};
    for (std::size_t i = 0; i < values.size() && all.count < std::size(all.numbers); ++i) {
        // A number that is too large for the type is one of its other values.
        const bool is_known = std::find(values.begin(), values.begin() + i, values[i]) != values.begin() + i;
        if (!is_known && engine::is_enumerator(values[i])) all.numbers[all.count++] = engine::number_at(i);
    }
    return all;
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
