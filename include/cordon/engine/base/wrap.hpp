#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/width.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Breaks lines that are too long for a terminal between words.

CORDON_CHEAP_BEGIN

namespace cordon::engine {

/// Bytes of the color escape at the beginning of the text; 0: none.
std::size_t escape_size(std::string_view text) {
    if (text.substr(0, 2) != "\x1b[") return 0;
    const std::size_t end = text.find_first_not_of("0123456789;:", 2);
    return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t columns_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        if (const std::size_t escape = escape_size(text)) {
            text.remove_prefix(escape);
            continue;
        }
        const code_point next = first_code_point(text);
        columns += width_of(next.value);
        text.remove_prefix(next.size);
    }
    return columns;
}

/// The start of continuation lines: below the last column of text that follows two spaces, if it is in the first half.
std::size_t hanging_indent(std::string_view line, std::size_t columns) {
    std::size_t column = 0, indent = 0, blanks = 0;
    bool begun = false;
    while (!line.empty() && column < columns / 2) {
        if (const std::size_t escape = escape_size(line)) {
            line.remove_prefix(escape);
            continue;
        }
        const code_point next = first_code_point(line);
        if (next.value == U' ') {
            ++blanks;
        } else {
            if (!begun || blanks > 1) indent = column;
            begun = true;
            blanks = 0;
        }
        column += width_of(next.value);
        line.remove_prefix(next.size);
    }
    return indent;
}

/// The line, broken between words so that no part is wider than `columns`. A wider word stays whole. Continuation lines
/// start below the last column of text.
std::string wrapped(std::string_view line, std::size_t columns) {
    if (line.size() <= columns || columns_of(line) <= columns) return std::string(line);
    const std::size_t indent = hanging_indent(line, columns);
    std::string out;
    std::size_t used = 0;
    bool begun = false;  // this part contains a word
    while (!line.empty()) {
        const std::size_t blanks = std::min(line.find_first_not_of(' '), line.size());
        const std::size_t end = std::min(line.find(' ', blanks), line.size());
        const std::size_t width = columns_of(line.substr(blanks, end - blanks));
        if (begun && used > indent && used + blanks + width > columns && end != blanks) {
            out += '\n';
            out.append(indent, ' ');
            used = indent;
        } else {
            out.append(blanks, ' ');
            used += blanks;
        }
        out += line.substr(blanks, end - blanks);
        used += width;
        begun = begun || width != 0;
        line.remove_prefix(end);
    }
    return out;
}

}  // namespace cordon::engine

CORDON_CHEAP_END
