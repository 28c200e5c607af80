#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// True if only spaces, or characters that a reader may take for spaces, precede this place in its line.
bool begins_line(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || static_cast<unsigned char>(text[at - 1]) >= 0x80))
        --at;
    return at == 0 || text[at - 1] == '\n';
}

/// The position of the next command that a CI system would obey, from `at` on.
std::size_t next_command(std::string_view text, std::size_t at) {
    for (; at < text.size(); ++at) {
        at = text.find_first_of("#:", at);
        if (at == std::string_view::npos) break;
        const std::string_view rest = text.substr(at);
        if (rest.substr(0, 2) == "##") {
            for (const std::string_view command : {"##[", "##vso[", "##teamcity["}) {
                if (rest.substr(0, command.size()) == command) return at;
            }
        } else if (rest.substr(0, 2) == "::" && begins_line(text, at)) {
            return at;
        }
    }
    return text.size();
}

/// Spells out commands that a CI system would obey in a log, in whole lines: Azure and GitHub obey `##vso[` and `##[`
/// anywhere in a line, GitHub also `::` at its beginning.
void disarm_log_commands(std::string& text) {
    std::size_t at = next_command(text, 0);
    if (at == text.size()) return;
    std::string safe(text, 0, at);
    while (at != text.size()) {
        // The second character: without it the rest no longer begins a command.
        safe += text[at];
        safe += text[at] == '#' ? "\\x23" : "\\x3a";
        const std::size_t from = at + 2;
        at = next_command(text, from);
        safe.append(text, from, at - from);
    }
    text = std::move(safe);
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
