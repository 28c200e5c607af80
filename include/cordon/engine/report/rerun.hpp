#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cordon::engine::report {

namespace rerun_detail {

void append_escaped(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F) {
        text_detail::append_hex(out, "\\x", byte, 2);
    } else {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
}

/// Whether a bare pattern selects this test and no other: a pattern means every test whose name holds it.
bool stands_alone(const test_list& list, std::size_t test) {
    const std::string_view name = list.tests[test].name;
    if (name.empty() || name.front() == '-' || name.find_first_of("*?[]\\") != std::string_view::npos) return false;
    for (std::size_t i = 0; i < list.tests.size(); ++i) {
        if (i != test && list.tests[i].name.find(name) != std::string_view::npos) return false;
    }
    return true;
}

/// name(...) of the filter language that matches exactly this name.
std::string exact_name(std::string_view name) {
    std::string expression = "name(";
    for (const char c : name) {
        if (std::string_view("*?[]\\()&|!").find(c) != std::string_view::npos) expression += '\\';
        expression += c;
    }
    return expression + ")";
}

}  // namespace rerun_detail

/// A word as a POSIX shell reads it back. Where the word cannot be printed it is written as $'\x1b', which the usual
/// interactive shells know.
std::string shell_word(std::string_view word) {
    constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    if (!word.empty() && word.find_first_not_of(safe) == std::string_view::npos) return std::string(word);
    const bool spelled = printable(word) != word;
    std::string quoted = spelled ? "$'" : "'";
    for (const char c : word) {
        if (spelled) {
            rerun_detail::append_escaped(quoted, c);
        } else if (c == '\'') {
            quoted += "'\\''";
        } else {
            quoted += c;
        }
    }
    return quoted + "'";
}

/// A command line that runs just these tests again.
std::string rerun_command(std::string_view program, const test_list& list, const std::vector<std::size_t>& tests) {
    bool bare = true;
    for (std::size_t i = 0; i < tests.size() && bare; ++i) {
        bare = rerun_detail::stands_alone(list, tests[i]);
    }
    std::string command = shell_word(program);
    if (bare) {
        for (const std::size_t test : tests) {
            command += ' ' + shell_word(list.tests[test].name);
        }
        return command;
    }
    std::string expression;
    for (const std::size_t test : tests) {
        if (!expression.empty()) expression += " | ";
        expression += rerun_detail::exact_name(list.tests[test].name);
    }
    return command + " -f " + shell_word(expression);
}

}  // namespace cordon::engine::report
