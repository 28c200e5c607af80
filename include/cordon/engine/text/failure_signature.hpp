#pragma once

#include <cordon/engine/base/path.hpp>
#include <cordon/engine/model/outcome.hpp>

#include <cstddef>
#include <string>
#include <string_view>

// What tells failures of one test apart, whatever differs from run to run.

namespace cordon::engine::text {

/// Numbers and addresses in messages differ from run to run.
std::string without_numbers(std::string_view text) {
    constexpr std::size_t longest = 120;
    std::string kept;
    for (std::size_t i = 0; i < text.size() && kept.size() < longest && text[i] != '\n'; ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (!digit) {
            kept += text[i];
        } else if (kept.empty() || kept.back() != '#') {
            kept += '#';
        }
    }
    return kept;
}

std::string describe_failure(const failure& wrong) {
    std::string text;
    if (!wrong.expression.empty()) {
        text = wrong.macro + "(" + wrong.expression + ")";
    } else {
        text = without_numbers(wrong.message);
        if (!wrong.macro.empty()) text = wrong.macro + (text.empty() ? "" : ": " + text);
    }
    if (!wrong.file.empty()) text += " at " + wrong.file + ":" + std::to_string(wrong.line);
    return text;
}

/// " in parse (parse.cpp:41) < the test (tests.cpp:9)": the innermost calls with names.
std::string top_frames(const attempt_result& attempt) {
    constexpr std::size_t most = 3;
    std::string text;
    if (attempt.stacks.empty()) return text;
    std::size_t shown = 0;
    for (const stack_frame& frame : attempt.stacks.front().frames) {
        if (frame.function.empty()) continue;
        text += shown == 0 ? " in " : " < ";
        text += frame.function;
        if (frame.line != 0)
            text += " (" + std::string(file_name_of(frame.file)) + ":" + std::to_string(frame.line) + ")";
        if (++shown == most) break;
    }
    return text;
}

/// The kind of failure: the ending, the place of a crash, and the first problem.
std::string signature_of(const attempt_result& attempt) {
    std::string text;
    if (attempt.how != ending::failed) text = std::string(name_of(attempt.how));
    if (!attempt.signal_name.empty() && attempt.how != ending::timed_out) text += ": " + attempt.signal_name;
    if (attempt.how == ending::exited || attempt.how == ending::exit_failure) {
        if (attempt.signal == 0) text += " with code " + std::to_string(attempt.exit_code);
    }
    if (attempt.how == ending::over_limit) text += ": " + attempt.reason;
    if (attempt.how == ending::crashed) text += top_frames(attempt);
    for (const failure& wrong : attempt.failures) {
        if (!fails_test(wrong.kind)) continue;
        return text + (text.empty() ? "" : ", ") + describe_failure(wrong);
    }
    return text.empty() ? "failed" : text;
}

}  // namespace cordon::engine::text
