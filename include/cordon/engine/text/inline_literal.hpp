#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// The literal of an inline snapshot and the value that it stands for.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

bool is_blank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

/// The value of a literal. If the literal begins with a line end and its last line is blank, these two do not belong to
/// the value, and the last line is the indentation that is removed from all others. A blank line may lack it.
std::string inline_value(std::string_view literal) {
    const std::size_t last = literal.rfind('\n');
    if (literal.empty() || literal.front() != '\n' || !is_blank(literal.substr(last + 1))) return std::string(literal);
    const std::string_view indent = literal.substr(last + 1);
    std::string value;
    for (std::size_t at = 1; at <= last;) {
        const std::size_t end = literal.find('\n', at);
        std::string_view line = literal.substr(at, end - at);
        if (line.substr(0, indent.size()) == indent) {
            line.remove_prefix(indent.size());
        } else if (is_blank(line)) {
            line = {};
        } else {
            return std::string(literal);
        }
        if (at != 1) value += '\n';
        value += line;
        at = end + 1;
    }
    return value;
}

/// True if a raw string literal can hold the text, and readers see all of it.
bool is_printable_text(std::string_view text) {
    while (!text.empty()) {
        const code_point next = first_code_point(text);
        if (!next.valid || (is_hidden(next.value) && next.value != '\n' && next.value != '\t')) return false;
        text.remove_prefix(next.size);
    }
    return true;
}

/// The value between a first and a last line end, each line indented.
std::string indented_block(std::string_view value, std::string_view indent) {
    std::string block;
    while (true) {
        const std::size_t end = value.find('\n');
        const std::string_view line = value.substr(0, end);
        block += '\n';
        if (!line.empty()) block.append(indent).append(line);
        if (end == std::string_view::npos) break;
        value.remove_prefix(end + 1);
    }
    return block.append("\n").append(indent);
}

/// A raw string literal with the shortest delimiter of underscores that does not occur; empty if there is none.
std::string raw_literal(std::string_view content) {
    for (std::size_t length = 0; length <= 16; ++length) {
        const std::string delimiter(length, '_');
        if (content.find(")" + delimiter + "\"") != std::string_view::npos) continue;
        return "R\"" + delimiter + "(" + std::string(content) + ")" + delimiter + "\"";
    }
    return {};
}

void append_escaped(std::string& out, std::string_view text) {
    for (char before = 0; !text.empty();) {
        const code_point next = first_code_point(text);
        const char c = text.front();
        if (c == '\n' || c == '\t' || c == '\r') {
            out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : "\\r";
        } else if (c == '"' || c == '\\' || (c == '?' && before == '?')) {
            out += '\\';
            out += c;
        } else if (next.valid && !is_hidden(next.value)) {
            out += text.substr(0, next.size);
        } else {
            for (const char byte : text.substr(0, next.size)) {
                const auto value = static_cast<unsigned char>(byte);
                for (const int shift : {6, 3, 0})
                    out.append(shift == 6 ? "\\" : "") += static_cast<char>('0' + (value >> shift & 7));
            }
        }
        before = c;
        text.remove_prefix(next.size);
    }
}

/// Ordinary literals with escapes, one for each line of the text.
std::string escaped_literal(std::string_view content, std::string_view indent) {
    const std::size_t first = content.find('\n');
    const bool several = first != std::string_view::npos && first + 1 != content.size();
    std::string literal;
    do {
        const std::size_t end = content.find('\n');
        const std::string_view line = content.substr(0, end == std::string_view::npos ? end : end + 1);
        if (several) literal.append("\n").append(indent);
        literal += '"';
        append_escaped(literal, line);
        literal += '"';
        content.remove_prefix(line.size());
    } while (!content.empty());
    return literal;
}

/// The source text of a literal with this value. `indent` is for further lines.
std::string inline_literal(const std::string& value, std::string_view indent) {
    const bool as_it_is = inline_value(value) == value;
    const bool plain = value.find_first_of("\"\\\n\t?") == std::string::npos;
    if (plain && is_printable_text(value)) return "\"" + value + "\"";
    if (is_printable_text(value)) {
        const bool one_line = as_it_is && value.find('\n') == std::string::npos;
        const std::string literal = raw_literal(one_line ? value : indented_block(value, indent));
        if (!literal.empty()) return literal;
    }
    return escaped_literal(as_it_is ? value : "\n" + value + "\n", indent);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
