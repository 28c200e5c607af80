#pragma once

#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/report/wording.hpp>

#include <cstddef>
#include <string>
#include <string_view>

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

/// How many tests have `text` in their full name, counted up to two.
std::size_t holders(const test_list& list, std::string_view text) {
    std::size_t found = 0;
    for (const test_info& test : list.tests) {
        const bool holds = test.name.find(text) != std::string_view::npos ||
                           (!test.suite.empty() && full_name_of(test).find(text) != std::string::npos);
        if (holds && ++found == 2) break;
    }
    return found;
}

/// A bare pattern means every test whose full name holds it: the name where that is enough, the full name where that
/// is, or nothing.
std::string pattern_of(const test_list& list, const test_info& test) {
    const std::string full = full_name_of(test);
    for (const std::string_view text : {test.name, std::string_view(full)}) {
        if (text.empty() || text.front() == '-' || holders(list, text) != 1) continue;
        std::string pattern;
        for (const char c : text) {
            if (c == '*' || c == '?' || c == '\\') pattern += '\\';
            pattern += c;
        }
        return pattern;
    }
    return {};
}

/// The same in the filter language, which can be exact where one test's name is a part of another's.
std::string filter_of(const test_info& test) {
    std::string expression = test.name.empty() ? "!name(?*)" : "name(" + escape_glob(test.name) + ")";
    return expression + (test.suite.empty() ? " & !suite(?*)" : " & suite(" + escape_glob(test.suite) + ")");
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
std::string rerun_command(std::string_view program, const test_list& list, const vector<std::size_t>& tests) {
    std::string command = shell_word(program);
    std::string patterns;
    for (const std::size_t test : tests) {
        const std::string pattern = rerun_detail::pattern_of(list, list.tests[test]);
        if (pattern.empty()) {
            patterns.clear();
            break;
        }
        patterns += ' ' + shell_word(pattern);
    }
    if (!patterns.empty()) return command + patterns;
    std::string expression;
    for (const std::size_t test : tests) {
        if (!expression.empty()) expression += " | ";
        expression += rerun_detail::filter_of(list.tests[test]);
    }
    return command + " -f " + shell_word(expression);
}

/// A command line that selects the same tests as these options, which have selected `tests`.
std::string rerun_selection(std::string_view program, const test_list& list, const options& chosen,
                            const vector<std::size_t>& tests) {
    // What a shard or the history leaves of them is not the same each time.
    if (chosen.shard || chosen.failed) return rerun_command(program, list, tests);
    std::string command = shell_word(program);
    for (const std::string& each : chosen.filters)
        command += " -f " + shell_word(each);
    for (const std::string& each : chosen.excludes)
        command += " -x " + shell_word(each);
    for (const std::string& each : chosen.patterns)
        command += ' ' + shell_word(each);
    return command;
}

}  // namespace cordon::engine::report
