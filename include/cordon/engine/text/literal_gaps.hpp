#pragma once

#include <cordon/engine/text/diff.hpp>

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>

// Literals without their beginning, their end, or both: a gap says how many bytes of the text are left out.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

std::string gap_text(std::size_t bytes) { return "[... " + std::to_string(bytes) + " bytes left out ...]"; }

/// A literal's bytes in [begin, end) of its text, which has quotes around it, with gaps for the rest.
std::string with_gaps(std::string_view literal, std::size_t begin, std::size_t end) {
    const auto gap = [&](std::size_t from, std::size_t to) {
        return from == to ? std::string() : gap_text(unescaped(literal.substr(from, to - from)).size());
    };
    std::string out(1, literal.front());
    out += gap(1, begin);
    out += literal.substr(begin, end - begin);
    out += gap(end, literal.size() - 1);
    return out + literal.back();
}

/// A position near `at` and not behind it that is not inside an escape or a code point.
std::size_t place_for_gap(std::string_view literal, std::size_t at) {
    std::string unused;
    for (std::size_t i = 1;;) {
        const std::size_t escape = literal.find('\\', i);
        if (escape >= at) return code_point_start(literal, at);
        i = escape + 1 + append_unescaped(unused, literal.substr(escape + 1, 9));
        if (i > at) return escape;
    }
}

struct literal_gaps {
    bool are_known = true;  ///< false: there is a gap elsewhere
    std::size_t before = 0;
    std::size_t after = 0;
};

/// Removes the gaps from both ends of a text.
literal_gaps take_gaps(std::string& text) {
    constexpr std::string_view begin = "[... ";
    constexpr std::string_view end = " bytes left out ...]";
    literal_gaps gaps;
    const auto take = [&](std::size_t at, std::size_t size) {
        std::size_t bytes = 0;
        std::from_chars(text.data() + at + begin.size(), text.data() + at + size, bytes);
        text.erase(at, size);
        return bytes;
    };
    const std::size_t first = text.find(end);
    if (first != std::string::npos && text.rfind(begin, 0) == 0) gaps.before = take(0, first + end.size());
    const std::size_t last = text.rfind(begin);
    if (last != std::string::npos && text.find(end, last) == text.size() - end.size())
        gaps.after = take(last, text.size() - last);
    gaps.are_known = text.find(end) == std::string::npos;
    return gaps;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
