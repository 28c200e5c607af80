#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine {

/// What a user typed, for a message of one line: in single quotes, control characters as \xNN, long text cut.
std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "'";
    for (char c : text.substr(0, longest)) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            out += c;
        } else {
            out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out + (text.size() > longest ? "...'" : "'");
}

}  // namespace cordon::engine
