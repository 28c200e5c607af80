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

/// A glob that matches only `text`. It is also valid as an argument in the filter language: name(...).
std::string escape_glob(std::string_view text) {
    std::string glob;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool edge = i == 0 || i + 1 == text.size();
        const bool trimmed = edge && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r');
        if (trimmed || std::string_view("*?\\()").find(text[i]) != std::string_view::npos) glob += '\\';
        glob += text[i];
    }
    return glob;
}

/// True if the whole of `text` matches. It only remembers the last star, which is enough. So the time is at most |glob|
/// * |text|, even for hostile globs.
bool glob_matches(std::string_view glob, std::string_view text) {
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
        if (literal < glob.size() && (glob[literal] == text[t] || (!escaped && glob[literal] == '?'))) {
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
