#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/config.hpp>
#include <cordon/engine/exec/literal.hpp>
#include <cordon/engine/exec/stringify.hpp>

#include <cctype>
#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

// Remarks about a failed comparison, in addition to its two values.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

using text_writer = void (*)(text_sink&, const void*);

template <class T>
auto writer_of() {
    if constexpr (detail::is_known<T>) {
        return &detail::write_known<T>;
    } else {
        return &detail::write_any<T>;
    }
}

template <class... T>
bool is_one_of(text_writer write) {
    return ((write == writer_of<T>()) || ...);
}

bool is_integer_writer(text_writer write) {
    return is_one_of<signed char, unsigned char, short, unsigned short, int, unsigned, long, unsigned long, long long,
                     unsigned long long>(write);
}

/// A writer of cordon that returns for any value.
bool is_own_writer(text_writer write) {
    return is_integer_writer(write) ||
           is_one_of<bool, char, float, double, long double, wchar_t, char16_t, char32_t, char*, const char*,
                     decltype(nullptr), std::string, std::string_view>(write);
}

std::string address_text(const void* address) {
    detail::bounded_text text;
    text_sink out(text);
    detail::write_address(out, address);
    return text.take();
}

/// Compilers warn about "compared as unsigned int, ...".
std::string conversion_text(const std::string& before, const std::string& after) {
    if (!before.empty() && before[0] == '-') return "the sign was lost: " + before + " was compared as " + after;
    return before + " was compared as " + after;
}

std::string bytes_text(const unsigned char* at, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        append_hex(text, i == 0 ? "" : " ", at[i], 2);
    }
    return text;
}

/// For two values of one type.
std::string bytes_that_differ(const detail::comparison& seen) {
    const auto* left = static_cast<const unsigned char*>(seen.left.value);
    const auto* right = static_cast<const unsigned char*>(seen.right.value);
    if (left == right) return "both are the same object, which says that it is not equal to itself";
    std::size_t at = 0;
    while (at < seen.left_size && left[at] == right[at]) {
        ++at;
    }
    if (at == seen.left_size) return "both have the same text and the same bytes: their operator says that they differ";
    const std::size_t count = seen.left_size - at < 8 ? seen.left_size - at : 8;
    return "both have the same text; from byte " + std::to_string(at) + " of " + std::to_string(seen.left_size) +
           " on they are " + bytes_text(left + at, count) + " and " + bytes_text(right + at, count);
}

/// True for strings, containers and structs: their own bytes say nothing more.
bool shows_all(std::string_view text) {
    if (text.empty()) return false;
    if (text[0] == '[' || text[0] == '{' || text[0] == '"') return true;
    return text.back() == '}' && text.find("-byte object") == std::string_view::npos &&
           text.substr(text.size() - 2) != "{}";
}

/// The difference between two values with equal text.
std::string what_differs(const detail::comparison& seen, std::string_view text) {
    constexpr std::string_view cut = " bytes left out ...]";
    if (text.find(cut) != std::string_view::npos) return "the parts that were written are equal";
    if (text == "nan") return "nan is equal to nothing, not even to itself";
    const std::string_view left = parameter_name(seen.types, 'L');
    const std::string_view right = parameter_name(seen.types, 'R');
    const auto bare = [](std::string_view type) {
        if (type.substr(0, 6) == "const ") type.remove_prefix(6);
        while (!type.empty() && (type.back() == '&' || type.back() == ' '))
            type.remove_suffix(1);
        return type;
    };
    if (bare(left) != bare(right))
        return "both have the same text; the left one is of type " + std::string(bare(left)) +
               ", the right one of type " + std::string(bare(right));
    if (shows_all(text) && seen.left.value != seen.right.value)
        return "both have the same text: their operator says that they differ";
    return seen.left_size == seen.right_size ? bytes_that_differ(seen) : std::string();
}

bool ends_operand(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == ')' || c == ']' || c == '\'';
}

/// The index after the quoted text that begins at `at`.
std::size_t after_quotes(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at) {
        if (text[at] == '\\') ++at;
    }
    return at + 1;
}

/// True if an expression works with bits: & | ^ ~ << between operands, or a hexadecimal or binary number.
bool looks_at_bits(std::string_view expression) {
    char before = 0;  // the last character that is not a space
    for (std::size_t i = 0; i < expression.size();) {
        const char c = expression[i];
        const char next = i + 1 < expression.size() ? expression[i + 1] : '\0';
        if (c == '"' || (c == '\'' && !std::isdigit(static_cast<unsigned char>(before)))) {
            i = after_quotes(expression, i);
            before = c == '"' ? ' ' : c;
            continue;
        }
        if (c == '~' || c == '^') return true;
        if (c == '0' && (next == 'x' || next == 'X' || next == 'b' || next == 'B') && !ends_operand(before))
            return true;
        const bool twice = next == c;
        if ((c == '&' || c == '|') && twice) {
            before = ' ';
            i += 2;
            continue;
        }
        if ((c == '&' || c == '|' || (c == '<' && twice)) && ends_operand(before)) return true;
        if (c != ' ') before = c;
        ++i;
    }
    return false;
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
