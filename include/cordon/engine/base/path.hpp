#pragma once

#include <cordon/api/config.hpp>

#include <cstddef>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine {

// Paths as text. A recording made on one system is read on another, so the path itself tells its kind: one that begins
// with "C:\", "C:/" or "\\" is a Windows path, in which both slashes are separators.

bool is_windows_path(std::string_view path) {
    const auto slash = [path](std::size_t at) { return path[at] == '/' || path[at] == '\\'; };
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (path.size() >= 3 && letter(path[0]) && path[1] == ':' && slash(2)) return true;
    return path.substr(0, 2) == "\\\\";
}

/// For find_first_of() and similar functions.
std::string_view separators_of(std::string_view path) { return is_windows_path(path) ? "/\\" : "/"; }

bool is_absolute_path(std::string_view path) { return path.substr(0, 1) == "/" || is_windows_path(path); }

/// The part after the last separator; all of it if there is none.
std::string_view file_name_of(std::string_view path) {
    return path.substr(path.find_last_of(separators_of(path)) + 1);  // npos + 1 is 0
}

}  // namespace cordon::engine

CORDON_CHEAP_END
