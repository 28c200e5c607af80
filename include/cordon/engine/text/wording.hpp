#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// "SIGSEGV (invalid memory reference)", or "signal 11" if its name is unknown.
std::string signal_in_words(const attempt_result& attempt) {
    if (attempt.signal_name.empty()) return "signal " + std::to_string(attempt.signal);
    if (attempt.signal_meaning.empty()) return attempt.signal_name;
    return attempt.signal_name + " (" + attempt.signal_meaning + ")";
}

std::string with_reason(std::string text, std::string_view reason) {
    if (!reason.empty()) {
        text += ": ";
        append_printable(text, reason);
    }
    return text;
}

bool failed_in_setup(const attempt_result& attempt) {
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::setup) return true;
    }
    return false;
}

std::string setup_in_words(const attempt_result& attempt) {
    switch (attempt.how) {
        case ending::crashed:
            return "its setup crashed: " + signal_in_words(attempt);
        case ending::timed_out:
            return "its setup did not end in time";
        case ending::exited:
            return "its setup exited with code " + std::to_string(attempt.exit_code);
        default:
            return with_reason("its setup failed", attempt.reason);
    }
}

std::string failed_in_words(const attempt_result& attempt) {
    if (attempt.failed_assertions != 0) {
        return counted(attempt.failed_assertions) + " of " + counted(attempt.assertions, "assertion") + " failed";
    }
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::exception) return with_reason("an exception left the test", attempt.reason);
    }
    return with_reason("failed", attempt.reason);
}

std::string exit_failure_in_words(const attempt_result& attempt) {
    std::string text = "passed, but its process then ended with ";
    text += attempt.signal != 0 ? signal_in_words(attempt) : "code " + std::to_string(attempt.exit_code);
    return with_reason(text, attempt.reason);
}

std::string_view word_for(leftover_kind kind, bool one) {
    constexpr std::string_view names[][2] = {
        {"a process", " processes"}, {"a thread", " threads"},       {"a descriptor", " descriptors"},
        {"a file", " files"},        {"another working folder", ""}, {"another umask", ""},
        {"another locale", ""},      {"a variable", " variables"},   {"a changed signal", " changed signals"},
    };
    return names[static_cast<std::size_t>(kind)][one ? 0 : 1];
}

std::string crash_in_words(const attempt_result& attempt) {
    return with_reason(attempt.signal != 0 ? "crashed: " + signal_in_words(attempt) : "crashed", attempt.reason);
}

/// "a process and 2 descriptors": leftovers that count, by kind.
std::string leftovers_in_words(const leftovers& left) {
    vector<std::string> parts;
    for (int i = 0; i <= static_cast<int>(leftover_kind::signal); ++i) {
        const auto kind = static_cast<leftover_kind>(i);
        const std::uint32_t count = left.count(kind);
        if (count == 0 || kind == leftover_kind::file) continue;
        const std::string_view word = word_for(kind, count == 1);
        parts.push_back(count == 1 ? std::string(word) : counted(count) + std::string(word));
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

/// "sleep 100 (4711)", "descriptor 3 (/dev/null)": one leftover, safe to print.
std::string leftover_in_words(const leftover& left) {
    constexpr std::string_view lead[] = {"process ", "thread ", "descriptor ", "file ",  "working folder ",
                                         "umask ",   "locale ", "variable ",   "signal "};
    std::string text(lead[static_cast<std::size_t>(left.kind)]);
    append_printable(text, left.what);
    return text;
}

/// The ending of an attempt in words: "timed out after 2.00 s".
std::string ending_in_words(const attempt_result& attempt) {
    if (failed_in_setup(attempt)) return setup_in_words(attempt);
    switch (attempt.how) {
        case ending::passed:
            return "passed";
        case ending::failed:
            return failed_in_words(attempt);
        case ending::crashed:
            return crash_in_words(attempt);
        case ending::timed_out:
            return with_reason("timed out after " + duration_text(attempt.took), attempt.reason);
        case ending::exited:
            return with_reason("exited with code " + std::to_string(attempt.exit_code) + " before its end",
                               attempt.reason);
        case ending::exit_failure:
            return exit_failure_in_words(attempt);
        case ending::leaked:
            return with_reason("left behind " + leftovers_in_words(attempt.left), attempt.reason);
        case ending::over_limit:
            return with_reason("went over a limit", attempt.reason);
        case ending::skipped:
            return with_reason("skipped", attempt.reason);
        case ending::lost:
            return with_reason("lost (an error of cordon itself)", attempt.reason);
    }
    return {};
}

/// The word at the beginning of a test's line; at most 7 columns. An ending says more than "failed".
std::string_view word_of(verdict what, ending how) {
    constexpr std::string_view failed[] = {"FAIL", "FAIL", "CRASH", "TIMEOUT", "EXIT",
                                           "EXIT", "LEAK", "LIMIT", "FAIL",    "LOST"};
    constexpr std::string_view words[] = {"pass",  "FAIL", "FLAKY", "known", "XPASS",
                                          "known", "skip", "todo",  "-",     "LOST"};
    if (what == verdict::failed) return failed[static_cast<std::size_t>(how)];
    return words[static_cast<std::size_t>(what)];
}

/// A verdict in a sentence: "2 failed", "1 known failure".
std::string_view phrase_of(verdict what) {
    constexpr std::string_view phrases[] = {"passed",      "failed",  "flaky", "known to fail", "passed unexpectedly",
                                            "quarantined", "skipped", "to do", "not run",       "lost"};
    return phrases[static_cast<std::size_t>(what)];
}

/// "suite/name": the name in patterns and lists.
std::string full_name_of(const test_info& test) {
    std::string full(test.suite);
    if (!full.empty()) full += '/';
    full += test.name;
    return full;
}

/// "suite > name", safe to print.
void append_title(std::string& out, const test_info& test, std::string_view arrow) {
    if (!test.suite.empty()) {
        append_printable(out, test.suite);
        out += arrow;
    }
    append_printable(out, test.name);
}

void append_place(std::string& out, std::string_view file, std::uint32_t line) {
    append_printable(out, file);
    out += ':';
    append_number(out, line);
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
