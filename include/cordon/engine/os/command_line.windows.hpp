#pragma once

#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/os/wide.windows.hpp>

#include <string>
#include <string_view>

// Arguments and environment as the system passes them to a program: one text each.

namespace cordon::engine::os::windows {

/// As CommandLineToArgvW and the C libraries take it apart: backslashes count only before a quotation mark.
void append_argument(std::wstring& line, const std::wstring& argument) {
    if (!line.empty()) line += L' ';
    if (!argument.empty() && argument.find_first_of(L" \t\n\v\"") == std::wstring::npos) {
        line += argument;
        return;
    }
    line += L'"';
    std::size_t backslashes = 0;
    for (const wchar_t each : argument) {
        if (each == L'\\') {
            ++backslashes;
            continue;
        }
        line.append(each == L'"' ? backslashes * 2 + 1 : backslashes, L'\\');
        backslashes = 0;
        line += each;
    }
    line.append(backslashes * 2, L'\\');
    line += L'"';
}

std::wstring command_line_of(const vector<std::string>& arguments) {
    std::wstring line;
    for (const std::string& each : arguments)
        append_argument(line, wide(each));
    return line;
}

/// The words of this process's command line, as the C libraries take it apart.
vector<std::string> parse_command_line(std::wstring_view line) {
    vector<std::string> words;
    std::wstring word;
    bool quoted = false;
    bool begun = false;
    std::size_t i = 0;
    // The program's name has no escapes.
    while (i < line.size() && (quoted || (line[i] != L' ' && line[i] != L'\t'))) {
        if (line[i] == L'"') {
            quoted = !quoted;
        } else {
            word += line[i];
        }
        ++i;
    }
    words.push_back(narrow(word));
    word.clear();
    for (quoted = false; i < line.size(); ++i) {
        std::size_t backslashes = 0;
        while (i < line.size() && line[i] == L'\\') {
            ++backslashes;
            ++i;
        }
        const bool at_quote = i < line.size() && line[i] == L'"';
        word.append(at_quote ? backslashes / 2 : backslashes, L'\\');
        begun = begun || backslashes != 0;
        if (i == line.size()) break;
        if (at_quote && backslashes % 2 == 0) {
            begun = true;
            if (quoted && i + 1 < line.size() && line[i + 1] == L'"') {
                word += L'"';
                ++i;
            } else {
                quoted = !quoted;
            }
        } else if (!quoted && (line[i] == L' ' || line[i] == L'\t')) {
            if (begun) words.push_back(narrow(word));
            word.clear();
            begun = false;
        } else {
            word += line[i];
            begun = true;
        }
    }
    if (begun) words.push_back(narrow(word));
    return words;
}

std::wstring environment_block(const vector<std::string>& variables) {
    vector<std::wstring> all;
    for (const std::string& each : variables) {
        if (!each.empty()) all.push_back(wide(each));  // an empty one would end the block
    }
    // The system expects this order.
    sort(all, [](const std::wstring& a, const std::wstring& b) {
        return ::CompareStringOrdinal(a.data(), static_cast<int>(a.find(L'=')), b.data(),
                                      static_cast<int>(b.find(L'=')), TRUE) == CSTR_LESS_THAN;
    });
    std::wstring block;
    for (const std::wstring& each : all)
        block.append(each.c_str(), each.size() + 1);
    block += L'\0';
    return block;
}

}  // namespace cordon::engine::os::windows
