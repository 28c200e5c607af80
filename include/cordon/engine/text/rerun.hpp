#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/text/shell.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// The number of tests that a pattern selects, counted up to two.
template <class Selects>
std::size_t count_selected(const test_list& list, Selects selects) {
    std::size_t found = 0;
    for (const test_info& test : list.tests) {
        if (selects(test, test.suite.empty() ? std::string(test.name) : full_name_of(test)) && ++found == 2) break;
    }
    return found;
}

/// The shortest pattern that selects only this test: a plain one if no other full name contains it, else an exact one,
/// with or without the suite. Empty if no pattern does, or if the shells differ about one of its characters. A program
/// may read plain words as Catch2 does, so that a name with its special characters is exact, too.
std::string pattern_of(const test_list& list, const test_info& test) {
    const std::string full = full_name_of(test);
    if (cannot_be_quoted(full)) return {};
    for (const std::string_view text : {test.name, std::string_view(full)}) {
        const auto holds = [text](const test_info&, const std::string& of) {
            return of.find(text) != std::string::npos;
        };
        const bool plain = !text.empty() && std::string_view("-=@~ ").find(text.front()) == std::string_view::npos &&
                           text.back() != ' ' && text.find_first_of("*?\\,[]\"") == std::string_view::npos;
        if (plain && count_selected(list, holds) == 1) return std::string(text);
        const auto is = [text](const test_info& other, const std::string& of) {
            return other.name == text || of == text;
        };
        if (count_selected(list, is) == 1) return "=" + std::string(text);
    }
    return {};
}

/// The same in the filter language, which can be exact if one test's name is a part of another's.
std::string filter_of(const test_info& test) {
    const auto glob = [](std::string_view name) { return without_special(escape_glob(name)); };
    std::string expression = test.name.empty() ? "!name(?*)" : "name(" + glob(test.name) + ")";
    return expression + (test.suite.empty() ? " & !suite(?*)" : " & suite(" + glob(test.suite) + ")");
}

/// A command that runs some of several tests.
struct rerun_line {
    std::string command;
    std::size_t named = 0;  ///< number of tests in it
};

/// A command that runs the first of these tests: as many as fit into `longest` bytes, at least one. `options` are at
/// its end.
rerun_line rerun_of_first(std::string_view program, const test_list& list, const vector<std::size_t>& tests,
                          const std::string& options, std::size_t longest) {
    rerun_line line;
    std::string patterns, expression;
    bool all_have_one = true;
    for (const std::size_t test : tests) {
        const std::string pattern = pattern_of(list, list.tests[test]);
        all_have_one = all_have_one && !pattern.empty();
        patterns += ' ' + shell_word(pattern);
        expression += (expression.empty() ? "" : " | ") + filter_of(list.tests[test]);
        const std::string next =
            program_word(program) + (all_have_one ? patterns : " -f " + shell_word(expression)) + options;
        if (line.named != 0 && next.size() > longest) break;
        line.command = next;
        ++line.named;
    }
    return line;
}

/// A command line that runs exactly these tests again.
std::string rerun_command(std::string_view program, const test_list& list, const vector<std::size_t>& tests) {
    return rerun_of_first(program, list, tests, {}, static_cast<std::size_t>(-1)).command;
}

/// A command line that runs these tests in this order, one after another in one process. Empty if they cannot be named
/// one by one, or if there are too many to read.
std::string rerun_in_order(std::string_view program, const test_list& list, const vector<std::size_t>& tests) {
    constexpr std::size_t most = 100;
    if (tests.size() > most) return {};
    std::string command = program_word(program);
    for (const std::size_t test : tests) {
        const std::string pattern = pattern_of(list, list.tests[test]);
        if (pattern.empty()) return {};
        command += ' ' + shell_word(pattern);
    }
    return command + " --isolate=shard -j1" + (tests.size() > 1 ? " --order given" : "");
}

/// How a command repeats runs of a session.
struct repeat_options {
    std::uint32_t jobs = 0;  ///< 0: as it comes
    isolate mode = isolate::by_default;
    vector<std::string> conditions;  ///< as --condition takes them
    std::uint64_t runs = 0;          ///< of each test; 0: one usual run
};

/// The options, each with a space before it.
std::string repeat_options_in_words(const repeat_options& way) {
    std::string text = way.jobs == 0 ? std::string() : " -j" + std::to_string(way.jobs);
    if (way.mode != isolate::by_default && way.mode != isolate::none)
        text += " --isolate=" + std::string(name_of(way.mode));
    for (const std::string& each : way.conditions)
        text += " --condition " + shell_word(each);
    if (way.runs != 0) text += " --flake-detect=" + std::to_string(way.runs);
    return text;
}

/// A command line that selects the same tests as these options; `tests` are the tests that they have selected.
std::string rerun_selection(std::string_view program, const test_list& list, const options& chosen,
                            const vector<std::size_t>& tests) {
    // A shard, or the history, may select other tests next time.
    if (chosen.shard || chosen.failed) return rerun_command(program, list, tests);
    std::string command = program_word(program);
    for (const std::string& each : chosen.filters)
        command += " -f " + shell_word(each);
    for (const std::string& each : chosen.excludes)
        command += " -x " + shell_word(each);
    for (const std::string& each : chosen.patterns)
        command += ' ' + shell_word(each);
    return command;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
