#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>

#include <string>
#include <string_view>

namespace cordon::engine {

/// The words of a command as a POSIX shell splits them: spaces separate; quotes and backslashes keep what they enclose.
/// Nothing is expanded. Returns nothing if a quote is not closed.
optional<vector<std::string>> shell_words(std::string_view line) {
    vector<std::string> words;
    bool in_word = false;
    char quote = 0;
    const auto add = [&](char c) {
        if (!in_word) words.emplace_back();
        in_word = true;
        if (c != 0) words.back() += c;
    };
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        const bool is_space = c == ' ' || c == '\t' || c == '\n';
        const bool has_next = i + 1 < line.size();
        const bool keeps_next = quote == 0 || (quote == '"' && has_next && (line[i + 1] == '"' || line[i + 1] == '\\'));
        if (c == '\\' && has_next && keeps_next) {
            add(line[++i]);
        } else if (quote != 0 ? c == quote : c == '\'' || c == '"') {
            quote = quote != 0 ? char(0) : c;
            add(0);
        } else if (is_space && quote == 0) {
            in_word = false;
        } else {
            add(c);
        }
    }
    if (quote != 0) return nullopt;
    return words;
}

}  // namespace cordon::engine
