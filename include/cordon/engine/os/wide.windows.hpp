#pragma once

// The only file that includes <windows.h>. Everything inside the engine is UTF-8; the system is called in UTF-16.

#if !defined(NOMINMAX)
#define NOMINMAX
#endif
#if !defined(WIN32_LEAN_AND_MEAN)
#define WIN32_LEAN_AND_MEAN
#endif
#include <windows.h>
// Macros that would change names in the user's code after this header, and in the engine.
#undef near
#undef far
#undef small
#undef ERROR
#undef IN
#undef OUT

#include <cordon/engine/os/native_handle.hpp>

#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::os {

namespace windows {

inline HANDLE as_handle(native_handle native) { return reinterpret_cast<HANDLE>(native); }
inline native_handle as_native(HANDLE handle) { return reinterpret_cast<native_handle>(handle); }

/// Invalid bytes become U+FFFD.
std::wstring wide(std::string_view text) {
    if (text.empty()) return {};
    const int size = static_cast<int>(text.size());
    std::wstring to(static_cast<std::size_t>(::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0)), L'\0');
    ::MultiByteToWideChar(CP_UTF8, 0, text.data(), size, &to[0], static_cast<int>(to.size()));
    return to;
}

std::string narrow(std::wstring_view text) {
    if (text.empty()) return {};
    const int size = static_cast<int>(text.size());
    const int bytes = ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
    std::string to(static_cast<std::size_t>(bytes), '\0');
    ::WideCharToMultiByte(CP_UTF8, 0, text.data(), size, &to[0], bytes, nullptr, nullptr);
    return to;
}

/// Calls fill(buffer, size), which returns the length, or a larger size that it needs, or 0 if it failed.
template <class Fill>
std::wstring filled(Fill fill) {
    std::wstring text(MAX_PATH, L'\0');
    for (int round = 0; round < 4; ++round) {
        const DWORD length = fill(&text[0], static_cast<DWORD>(text.size()));
        const bool fits = length < text.size();
        text.resize(length);
        if (fits) return text;
        text.resize(length + 1);
    }
    return {};
}

/// For calls of the system. A long path gets the prefix that lifts the limit of 260 characters.
std::wstring wide_path(std::string_view path) {
    constexpr std::size_t limit = 240;  // folders have a lower limit than files
    std::wstring given = wide(path);
    if (given.rfind(L"\\\\?\\", 0) == 0 || given.rfind(L"\\\\.\\", 0) == 0) return given;
    std::wstring full =
        filled([&](wchar_t* to, DWORD size) { return ::GetFullPathNameW(given.c_str(), size, to, nullptr); });
    if (full.size() < limit) return given;
    if (full.rfind(L"\\\\", 0) == 0) return L"\\\\?\\UNC" + full.substr(1);
    return L"\\\\?\\" + full;
}

/// A path from the system for the engine: '/' between folders, which the system accepts as well, and no prefix.
std::string neutral_path(std::wstring_view path) {
    constexpr std::wstring_view prefix = L"\\\\?\\";
    constexpr std::wstring_view share = L"\\\\?\\UNC\\";
    std::string text;
    if (path.substr(0, share.size()) == share) {
        text = "//" + narrow(path.substr(share.size()));
    } else {
        text = narrow(path.substr(0, prefix.size()) == prefix ? path.substr(prefix.size()) : path);
    }
    for (char& each : text) {
        if (each == '\\') each = '/';
    }
    return text;
}

/// The value of an environment variable; empty if it is not set.
std::string variable(const wchar_t* name) {
    return narrow(filled([&](wchar_t* to, DWORD size) { return ::GetEnvironmentVariableW(name, to, size); }));
}

/// A function of a library that is not always there, or that a program would otherwise have to be linked with. Null if
/// it does not exist. The library stays loaded.
template <class Function>
Function function_of(const wchar_t* library, const char* name) {
    HMODULE module = ::GetModuleHandleW(library);
    constexpr DWORD only_from_system_folder = 0x800;
    if (module == nullptr) module = ::LoadLibraryExW(library, nullptr, only_from_system_folder);
    if (module == nullptr) return nullptr;
    const FARPROC found = ::GetProcAddress(module, name);
    Function function = nullptr;
    static_assert(sizeof function == sizeof found, "both are pointers to functions");
    std::memcpy(&function, &found, sizeof found);
    return function;
}

}  // namespace windows

}  // namespace cordon::engine::os
