#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Words for the shells of the machine whose run is reported, which need not be this one. So a recording gives the same
// reports everywhere.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

bool quotes_for_windows = false;

/// From now on, for the usual shells of that system (run_info::os).
void quote_for(std::string_view system) { quotes_for_windows = system == "windows"; }

// Between double quotes, cmd and PowerShell differ about these. No quoting is right in both.
constexpr std::string_view special_on_windows = "\"$`%!";

bool is_special_on_windows(char c) {
    return special_on_windows.find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20;
}

/// True if no quoting of that text is right in each shell.
bool cannot_be_quoted(std::string_view text) {
    return quotes_for_windows && std::any_of(text.begin(), text.end(), is_special_on_windows);
}

/// A glob with "?" for each character that the shells differ about.
std::string without_special(std::string glob) {
    if (quotes_for_windows) std::replace_if(glob.begin(), glob.end(), is_special_on_windows, '?');
    return glob;
}

/// In double quotes, which also are those of CommandLineToArgvW: backslashes count only before a quotation mark.
std::string windows_word(std::string_view word) {
    constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:+\\=";
    if (!word.empty() && word.front() != '=' && word.find_first_not_of(safe) == std::string_view::npos)
        return std::string(word);
    std::string quoted = "\"";
    std::size_t backslashes = 0;
    for (const char c : word) {
        if (c == '"') quoted.append(backslashes + 1, '\\');
        backslashes = c == '\\' ? backslashes + 1 : 0;
        quoted += c;
    }
    return quoted.append(backslashes, '\\') + "\"";
}

void append_escaped(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F) {
        append_hex(out, "\\x", byte, 2);
    } else {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
}

/// A word quoted for a shell. A POSIX shell: a word that cannot be printed is written as $'\x1b', which the usual
/// interactive shells understand. Windows: for cmd and PowerShell, as programs take their command line apart.
std::string shell_word(std::string_view word) {
    if (quotes_for_windows) return windows_word(word);
    constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    // A shell may take a word that begins with "=" for the path of a command.
    if (!word.empty() && word.front() != '=' && word.find_first_not_of(safe) == std::string_view::npos)
        return std::string(word);
    const bool spelled = printable(word) != word;
    std::string quoted = spelled ? "$'" : "'";
    for (const char c : word) {
        if (spelled) {
            append_escaped(quoted, c);
        } else if (c == '\'') {
            quoted += "'\\''";
        } else {
            quoted += c;
        }
    }
    return quoted + "'";
}

/// Words as one line for a shell.
std::string shell_line(const vector<std::string>& words) {
    std::string line;
    for (const std::string& each : words)
        line += (line.empty() ? "" : " ") + shell_word(each);
    return line;
}

/// The program as the first word of a command. cmd takes "./tests" for a program "." with an option.
std::string program_word(std::string_view program) {
    std::string path(program);
    if (quotes_for_windows) std::replace(path.begin(), path.end(), '/', '\\');
    return shell_word(path);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
