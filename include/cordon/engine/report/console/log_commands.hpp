#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::report {

/// Whether nothing stands before a place in its line, or what a reader may take for blanks: of these there are many.
bool begins_line(std::string_view text, std::size_t at) {
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t' || static_cast<unsigned char>(text[at - 1]) >= 0x80))
        --at;
    return at == 0 || text[at - 1] == '\n';
}

/// Where in the text the next command begins that a CI system would obey, from `at` on.
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

/// Spells out what a CI system would obey in a log, in whole lines of it: Azure and GitHub heed `##vso[` and `##[`
/// wherever they stand in a line, GitHub also `::` at its beginning.
void disarm_log_commands(std::string& text) {
    std::size_t at = next_command(text, 0);
    if (at == text.size()) return;
    std::string safe(text, 0, at);
    while (at != text.size()) {
        // The second character: what is left of the first two is no longer a command's beginning.
        safe += text[at];
        safe += text[at] == '#' ? "\\x23" : "\\x3a";
        const std::size_t from = at + 2;
        at = next_command(text, from);
        safe.append(text, from, at - from);
    }
    text = std::move(safe);
}

}  // namespace cordon::engine::report
