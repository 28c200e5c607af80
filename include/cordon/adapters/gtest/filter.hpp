#pragma once

#include <string>
#include <string_view>

namespace cordon::gtest_adapter {

/// Patterns of GoogleTest: * is any text, ? any character.
inline bool matches_glob(std::string_view pattern, std::string_view name) {
    std::size_t at = 0, here = 0, star = std::string_view::npos, tried = 0;
    while (here < name.size()) {
        if (at < pattern.size() && pattern[at] == '*') {
            star = at++;
            tried = here;
        } else if (at < pattern.size() && (pattern[at] == '?' || pattern[at] == name[here])) {
            ++at;
            ++here;
        } else if (star != std::string_view::npos) {
            at = star + 1;
            here = ++tried;
        } else {
            return false;
        }
    }
    while (at < pattern.size() && pattern[at] == '*')
        ++at;
    return at == pattern.size();
}

/// Several patterns, with ':' between them.
inline bool matches_any(std::string_view patterns, std::string_view name) {
    while (true) {
        const std::size_t end = patterns.find(':');
        if (matches_glob(patterns.substr(0, end), name)) return true;
        if (end == std::string_view::npos) return false;
        patterns.remove_prefix(end + 1);
    }
}

/// --gtest_filter: patterns, then perhaps '-' and patterns of tests to leave out.
inline bool is_selected(std::string_view filter, std::string_view name) {
    const std::size_t minus = filter.find('-');
    if (minus == std::string_view::npos) return matches_any(filter, name);
    return (minus == 0 || matches_any(filter.substr(0, minus), name)) && !matches_any(filter.substr(minus + 1), name);
}

inline bool is_disabled(std::string_view name) {
    return name.substr(0, 9) == "DISABLED_" || name.find("/DISABLED_") != std::string_view::npos;
}

}  // namespace cordon::gtest_adapter
