#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/path.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/failure.hpp>
#include <cordon/engine/text/flake.hpp>
#include <cordon/engine/text/output_lines.hpp>
#include <cordon/engine/text/past_words.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Texts for people in reports for machines. They are lines of printable UTF-8: control characters of tests are spelled
// out and colors removed. So a format only needs to escape its own special characters.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// The place where an attempt first went wrong: the place of a failure, else the line in the test's file that its stack
/// shows, else the test's own place.
struct source_place {
    std::string_view file;
    std::uint32_t line = 0;
};

/// True if a path given to a compiler names the file of a stack, whose path may be longer.
bool names_file(std::string_view given, std::string_view path) {
    while (given.substr(0, 3) == "../")
        given.remove_prefix(3);
    if (given.empty() || path.size() < given.size() || path.substr(path.size() - given.size()) != given) return false;
    if (path.size() == given.size() || is_absolute_path(given)) return true;
    return separators_of(path).find(path[path.size() - given.size() - 1]) != std::string_view::npos;
}

std::uint32_t line_of_stack(const test_info& test, const attempt_result& attempt) {
    for (const thread_stack& thread : attempt.stacks) {
        for (const stack_frame& frame : thread.frames) {
            if (frame.line != 0 && names_file(test.file, frame.file)) return frame.line;
        }
    }
    return 0;
}

source_place place_of(const test_info& test, const attempt_result* attempt) {
    if (attempt != nullptr) {
        for (const failure& wrong : attempt->failures) {
            if (fails_test(wrong.kind) && !wrong.file.empty()) return {wrong.file, wrong.line};
        }
        if (const std::uint32_t line = line_of_stack(test, *attempt); line != 0) return {test.file, line};
    }
    return {test.file, test.line};
}

/// Lines of the console report without its margin.
std::string without_margin(std::string_view text) {
    text.remove_prefix(std::min(text.find_first_not_of('\n'), text.size()));
    std::string lines;
    while (!text.empty()) {
        std::string_view line = take_line(text);
        if (line.substr(0, 4) == "    ") line.remove_prefix(4);
        lines += line;
        lines += '\n';
    }
    return lines;
}

/// The problems of an attempt, as the console shows them: failures with their values, differences and messages, and its
/// leftovers.
std::string account_of(const attempt_result& attempt) {
    console_style style;
    const theme look = theme_of(style);
    std::string text;
    failure_writer writer(text, style, look, 100);
    writer.failures(attempt);
    writer.stacks(attempt);
    writer.left_behind(attempt.left);
    return without_margin(text);
}

/// What is known of the end of an attempt besides its failures: stacks and leftovers.
std::string circumstances_of(const attempt_result& attempt) {
    console_style style;
    const theme look = theme_of(style);
    std::string text;
    failure_writer writer(text, style, look, 100);
    writer.stacks(attempt);
    writer.left_behind(attempt.left);
    return without_margin(text);
}

/// The program name of a run: "./tests" without its folders.
std::string_view program_name(const run_info& run) {
    return run.program.empty() ? std::string_view("tests") : file_name_of(run.program);
}

constexpr std::size_t head_size = 16 * 1024;
constexpr std::size_t tail_size = 48 * 1024;

/// Cuts long text; its beginning and end stay.
void cut(std::string& text) {
    if (text.size() <= head_size + tail_size) return;
    const std::size_t head = code_point_start(text, head_size);
    const std::size_t tail = code_point_start(text, text.size() - tail_size);
    std::string gap = "\n[... " + counted(tail - head, "byte") + " left out ...]\n";
    text = text.substr(0, head) + gap + text.substr(tail);
}

/// The output of a test to one stream, about 64 KiB at most.
std::string output_of(const captured_output& output, stream which) {
    std::string text;
    bool shown = false;
    each_output_line(
        output,
        [&](stream from, std::string_view line) {
            if (from != which) return;
            append_printable(text, line, color_escapes::dropped, true);
            text += '\n';
            shown = true;
        },
        [&](std::uint64_t bytes) { text += "[... " + counted(bytes, "byte") + " left out ...]\n"; });
    if (!shown) text.clear();
    cut(text);
    return text;
}

/// True if a report for machines should contain a test's output.
bool shows_output(show_output which, verdict what) {
    if (which == show_output::never) return false;
    return which == show_output::all || (what != verdict::passed && what != verdict::skipped);
}

/// The most informative attempt: the last failed one, else the last one; null if there is none.
const attempt_result* telling_attempt(const vector<attempt_result>& attempts) {
    const attempt_result* found = nullptr;
    for (const attempt_result& each : attempts) {
        if (found == nullptr || each.how != ending::passed || found->how == ending::passed) found = &each;
    }
    return found;
}

/// The leftovers of a passed test in one line; empty if there are none that count.
std::string leak_warning(const test_finished& finished, const vector<attempt_result>& attempts) {
    if (finished.what != verdict::passed || attempts.empty() || !attempts.back().left.any_fault()) return {};
    return "left behind " + leftovers_in_words(attempts.back().left);
}

/// For a test in quarantine that passed long enough to leave it; else empty.
std::string may_leave_in_words(const test_finished& finished) {
    if (finished.what != verdict::passed || !finished.earlier || !may_leave_quarantine(*finished.earlier)) return {};
    return "may leave quarantine: " + stability_in_words(*finished.earlier);
}

/// Lines about earlier or repeated runs of a test that went wrong; often none. `repeated` may be null.
std::string background_of(const test_finished& finished, const attempt_result* telling, const flake_summary* repeated) {
    std::string text;
    if (finished.earlier && telling != nullptr && finished.what != verdict::passed) {
        const std::string past = past_in_words(*finished.earlier, finished.what, telling->how, telling->took);
        if (!past.empty()) text = "    earlier   " + past + "\n";
    }
    constexpr std::size_t narrow = 40;
    if (repeated != nullptr) write_flake(text, *repeated, theme_of(console_style()), narrow);
    return without_margin(text);
}

/// True if an attempt says something about a test that did not simply pass.
bool went_wrong(const attempt_result& attempt) {
    return attempt.how != ending::passed && attempt.how != ending::skipped;
}

/// "attempt 2 of 3: crashed: SIGSEGV (...)": the title of one of several attempts.
std::string attempt_title(const attempt_result& attempt, std::size_t of) {
    return "attempt " + std::to_string(attempt.number) +
           (attempt.number <= of ? " of " + std::to_string(of) : std::string()) + ": " + ending_in_words(attempt) +
           "\n";
}

/// The problems of each attempt; with titles if there are several.
std::string accounts_of(const vector<attempt_result>& attempts) {
    std::string text;
    for (const attempt_result& each : attempts) {
        if (!went_wrong(each) && attempts.size() > 1) continue;
        if (attempts.size() > 1) text += attempt_title(each, attempts.size());
        text += account_of(each);
    }
    return text;
}

/// The output of the attempts to one stream; with titles if there are several.
std::string outputs_of(const vector<attempt_result>& attempts, stream which) {
    std::string text;
    for (const attempt_result& each : attempts) {
        const std::string lines = output_of(each.output, which);
        if (lines.empty()) continue;
        if (attempts.size() > 1) text += attempt_title(each, attempts.size());
        text += lines;
    }
    return text;
}

/// The sum over all attempts; for repeated runs (`repeated`) their mean.
duration time_of(const vector<attempt_result>& attempts, bool repeated) {
    duration all{};
    for (const attempt_result& each : attempts)
        all += each.took;
    return repeated && !attempts.empty() ? all / static_cast<std::int64_t>(attempts.size()) : all;
}

/// True if a test makes the run fail.
bool is_bad(const test_finished& finished) {
    return finished.what == verdict::failed || finished.what == verdict::unexpected_pass ||
           finished.what == verdict::lost || !finished.against.empty();
}

/// A test's verdict in one line: the ending of its most informative attempt, or why that did not decide.
std::string verdict_in_words(const test_finished& finished, const vector<attempt_result>& attempts) {
    const attempt_result* telling = telling_attempt(attempts);
    if (finished.what == verdict::failed && telling != nullptr) {
        const std::string ended = ending_in_words(*telling);
        return finished.reason.empty() || finished.reason == telling->reason
                   ? ended
                   : ended + "; " + printable(finished.reason);
    }
    if (finished.what == verdict::lost && finished.reason.empty() && telling != nullptr)
        return ending_in_words(*telling);
    std::string text(phrase_of(finished.what));
    if (!finished.reason.empty()) text += ": " + printable(finished.reason);
    if (!finished.against.empty()) text += "; " + printable(finished.against);
    if (finished.what == verdict::flaky && telling != nullptr) text += "; " + ending_in_words(*telling);
    return text;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
