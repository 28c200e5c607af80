#pragma once

#include <cordon/engine/base/text.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine {

/// Text of a user for a one-line message: in single quotes, controls as \xNN, other invisible characters as \uNNNN,
/// long text cut.
std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    const std::size_t cut = text.size() > longest ? code_point_start(text, longest) : text.size();
    std::string out = "'";
    for (std::size_t at = 0; at < cut;) {
        std::size_t end = at;
        while (end < cut && static_cast<unsigned char>(text[end]) >= 0x20) {
            ++end;
        }
        append_printable(out, text.substr(at, end - at));
        if (end < cut) append_hex(out, "\\x", static_cast<unsigned char>(text[end]), 2);
        at = end + 1;
    }
    return out + (cut < text.size() ? "...'" : "'");
}

}  // namespace cordon::engine
