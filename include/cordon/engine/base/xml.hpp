#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// Appends printable UTF-8 as XML text or as the value of an attribute. XML 1.0 cannot express U+FFFE and U+FFFF.
void append_xml(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\xEF':
                if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
                    out += "\xEF\xBF\xBD";
                    i += 2;
                    break;
                }
                [[fallthrough]];
            default:
                out += c;
        }
    }
}

/// XML 1.0 cannot express controls, U+FFFE and U+FFFF.
bool fits_in_xml(char32_t value) {
    if (value < 0x20) return value == '\t' || value == '\n' || value == '\r';
    return value != 0xFFFE && value != 0xFFFF;
}

/// The text as a reader of XML gets it from append_exact_xml: only what XML cannot express is spelled out.
std::string spelled_for_xml(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const code_point next = first_code_point(text.substr(0, 4));
        if (next.valid && fits_in_xml(next.value)) {
            out += text.substr(0, next.size);
        } else if (next.valid) {
            append_spelled(out, next.value);
        } else {
            for (std::size_t i = 0; i < next.size; ++i)
                append_hex(out, "\\x", static_cast<unsigned char>(text[i]), 2);
        }
        text.remove_prefix(next.size);
    }
    return out;
}

enum class xml_lines : bool { kept, escaped };

/// Appends text from which a reader gets the same back, as far as XML can express it. What nobody would see (see
/// is_hidden) is written as a reference. The ends of lines must be escaped in attributes.
void append_exact_xml(std::string& out, std::string_view text, xml_lines lines = xml_lines::escaped) {
    if (is_plain(text)) return append_xml(out, text);
    const std::string spelled = spelled_for_xml(text);
    std::string_view rest = spelled;
    while (!rest.empty()) {
        const code_point next = first_code_point(rest.substr(0, 4));
        const bool line = (next.value == '\n' || next.value == '\t') && lines == xml_lines::kept;
        if (is_hidden(next.value) && !line) {
            out += "&#" + std::to_string(static_cast<std::uint32_t>(next.value)) + ";";
        } else {
            append_xml(out, rest.substr(0, next.size));
        }
        rest.remove_prefix(next.size);
    }
}

}  // namespace cordon::engine
