#pragma once

#include <cstddef>
#include <string>
#include <string_view>

// Globs: `*` is any text, `?` any one byte, a backslash takes the next character as it is. There are no folders here,
// so `*` also matches '/'.

namespace cordon::engine {

/// True if `text` has a wildcard that is not escaped.
bool has_wildcard(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '*' || text[i] == '?') {
            return true;
        }
    }
    return false;
}

/// `glob` without its backslashes: the text that a glob without wildcards matches.
std::string unescape_glob(std::string_view glob) {
    std::string text;
    for (std::size_t i = 0; i < glob.size(); ++i) {
        if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
        text += glob[i];
    }
    return text;
}

/// A glob that matches only `text`. It is also valid as an argument in the filter language: name(...). Of the special
/// characters only those of `special` are taken as they are.
std::string escape_glob(std::string_view text, std::string_view special = "*?\\()") {
    std::string glob;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool edge = i == 0 || i + 1 == text.size();
        const bool trimmed = edge && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r');
        if (trimmed || special.find(text[i]) != std::string_view::npos) glob += '\\';
        glob += text[i];
    }
    return glob;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        c = lower(c);
    return out;
}

/// Whether upper and lower case of Latin letters differ.
enum class letter_case : bool { matters, ignored };

/// True if the whole of `text` matches. It only remembers the last star, which is enough. So the time is at most |glob|
/// * |text|, even for hostile globs.
bool glob_matches(std::string_view glob, std::string_view text, letter_case how = letter_case::matters) {
    const auto same = [how](char a, char b) { return a == b || (how == letter_case::ignored && lower(a) == lower(b)); };
    std::size_t g = 0, t = 0;
    std::size_t after_star = std::string_view::npos, star_took_to = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            after_star = ++g;
            star_took_to = t;
            continue;
        }
        const bool escaped = g + 1 < glob.size() && glob[g] == '\\';
        const std::size_t literal = g + (escaped ? 1 : 0);
        if (literal < glob.size() && (same(glob[literal], text[t]) || (!escaped && glob[literal] == '?'))) {
            g = literal + 1;
            ++t;
        } else if (after_star != std::string_view::npos) {
            g = after_star;
            t = ++star_took_to;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

}  // namespace cordon::engine
