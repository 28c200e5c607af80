#pragma once

#include <cordon/api/config.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/matchers/plain_text.hpp>
#include <cordon/api/matchers/regex.hpp>
CORDON_SILENCE_END

#include <cordon/engine/base/regex.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/exec/refuse_matcher.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Texts of matchers.

CORDON_CHEAP_BEGIN

namespace cordon::detail::matching {

char small_letter(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

bool same_bytes(const char* a, const char* b, std::size_t size, matchers::text_case letters) {
    if (letters == matchers::text_case::kept) return std::string_view(a, size) == std::string_view(b, size);
    for (std::size_t i = 0; i < size; ++i) {
        if (small_letter(a[i]) != small_letter(b[i])) return false;
    }
    return true;
}

bool has_text(text_bytes value, const expected_text& expected) noexcept {
    const text_bytes wanted = expected.text;
    if (value.data == nullptr || wanted.data == nullptr)
        return value.data == wanted.data && expected.where == extent::whole;
    if (value.size < wanted.size || (expected.where == extent::whole && value.size != wanted.size)) return false;
    const std::size_t last = value.size - wanted.size;
    if (expected.where == extent::inside) {
        for (std::size_t at = 0; at <= last; ++at) {
            if (same_bytes(value.data + at, wanted.data, wanted.size, expected.letters)) return true;
        }
        return false;
    }
    const std::size_t at = expected.where == extent::end ? last : 0;
    return same_bytes(value.data + at, wanted.data, wanted.size, expected.letters);
}

void describe_text(text_sink& out, const expected_text& expected) {
    constexpr const char* words[] = {"is equal to ", "contains ", "starts with ", "ends with "};
    out << words[static_cast<std::size_t>(expected.where)];
    if (expected.text.data == nullptr) {
        out << "nullptr";
    } else {
        write_string(out, expected.text.data, expected.text.size, 1);
    }
    if (expected.letters == matchers::text_case::ignored) out << ", ignoring case";
}

std::string_view view_of(text_bytes text) { return {text.data, text.size}; }

/// Quotes the text from `at` on, up to a length that is easy to compare by eye.
void quote_from(text_sink& out, std::string_view text, std::size_t at) {
    constexpr std::size_t longest = 40;
    at = engine::code_point_start(text, at);
    const std::size_t end = text.size() - at > longest ? engine::code_point_start(text, at + longest) : text.size();
    write_string(out, text.data() + at, end - at, 1);
    if (end != text.size()) out << "...";
}

/// The first byte that differs, or the size of the shorter text.
std::size_t first_difference(std::string_view a, std::string_view b, matchers::text_case letters) {
    std::size_t at = 0;
    while (at < a.size() && at < b.size() && same_bytes(&a[at], &b[at], 1, letters))
        ++at;
    return at;
}

void explain_text(text_sink& out, text_bytes value, const expected_text& expected) {
    if (value.data == nullptr || expected.text.data == nullptr) return;
    const std::string_view text = view_of(value);
    const std::string_view wanted = view_of(expected.text);
    if (has_text(value, {expected.text, expected.where, matchers::text_case::ignored})) {
        out << "only the case of letters differs";
        if (expected.where != extent::whole && expected.where != extent::start) return;
        out << ": ";
    } else if (expected.where == extent::inside) {
        return;
    }
    if (expected.where == extent::end) {
        out << "it ends with ";
        return quote_from(out, text, text.size() - std::min(text.size(), wanted.size()));
    }
    const std::size_t at = engine::code_point_start(text, first_difference(text, wanted, expected.letters));
    out << "at index " << at << " it ";
    if (at == text.size()) {
        out << "ends, and ";
        quote_from(out, wanted, at);
        out << " is missing";
        return;
    }
    out << "is ";
    quote_from(out, text, at);
    out << ", not ";
    if (at == wanted.size()) {
        out << "its end";
    } else {
        quote_from(out, wanted, at);
    }
}

// ---- regular expressions ----

engine::result<engine::regex> parsed(const regex_pattern& pattern) {
    return engine::parse_regex(pattern.text.data == nullptr ? std::string_view() : view_of(pattern.text));
}

void check_pattern(const regex_pattern& pattern) {
    const engine::result<engine::regex> made = parsed(pattern);
    if (made) return;
    refuse("the regular expression \"" + std::string(view_of(pattern.text)) + "\" is wrong: " + made.failure().detail);
}

bool has_pattern(text_bytes value, const regex_pattern& pattern) {
    const engine::result<engine::regex> made = parsed(pattern);
    if (value.data == nullptr || !made) return false;
    return made.value().is_in(view_of(value), {pattern.whole, pattern.letters == matchers::text_case::ignored});
}

void describe_pattern(text_sink& out, const regex_pattern& pattern) {
    out << (pattern.whole ? "matches the regular expression " : "contains a match of the regular expression ");
    write_string(out, pattern.text.data, pattern.text.size, 1);
    if (pattern.letters == matchers::text_case::ignored) out << ", ignoring case";
}

}  // namespace cordon::detail::matching

CORDON_CHEAP_END
