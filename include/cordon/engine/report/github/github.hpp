#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/report/github/markdown.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::report {

/// The message of a command, or with `property` the value of a property.
void append_value(std::string& out, std::string_view text, bool property) {
    for (const char c : text) {
        const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        if (special) {
            constexpr char digits[] = "0123456789ABCDEF";
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        } else {
            out += c;
        }
    }
}

/// The log of a step of GitHub Actions: a group for each failed test, annotations on the lines of failures, and the
/// step's summary. The runner obeys a command at the beginning of any line. So it is told to stop before any text from
/// tests, and to continue by a random word that no test knows. If tests print to the log themselves, it is stopped as
/// long as they run.
class github_report final : public test_report {
  public:
    /// `summary` is GITHUB_STEP_SUMMARY; null if there is none.
    github_report(show_output shown, owned<text_output> summary, text_output& output)
        : test_report(output), shown_(shown), step_summary_(std::move(summary)) {}

    status finish() override {
        status done = test_report::finish();
        if (!step_summary_) return done;
        const status written = step_summary_->finish();
        if (!written && done) return written.failure();
        return done;
    }

  private:
    // GitHub shows this many annotations of a step and silently drops the rest.
    static constexpr std::size_t most_annotations = 10;

    void begin(const run_started& run) override {
        counts_.on(run_started(run));
        word_ = "cordon-";
        const std::uint64_t bits = mix_bits(run.info.nonce);
        append_hex(word_, "", static_cast<std::uint32_t>(bits >> 32), 8);
        append_hex(word_, "", static_cast<std::uint32_t>(bits), 8);
        text_ += "cordon: " + counted(run.selected.size(), "test") + " on " + counted(run.info.jobs, "worker") + "\n";
        if (!run.info.prints_through) return flush();
        // While tests run, their output cannot be separated from the report, so the report waits. If tests run in the
        // program itself, there is a moment after each test.
        fence("::stop-commands::" + word_ + "\n", "\n::" + word_ + "::\n");
        if (run.info.isolation != isolate::none) hold_back();
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override;
    void other(const event& happened) override {
        counts_.on(happened);
        const auto* said = happened.get_if<notice>();
        if (said == nullptr || said->how == notice::level::info) return;
        command(said->how == notice::level::error ? "error" : "warning", {}, "cordon", printable(said->text));
    }

    void command(std::string_view what, const text::source_place& at, std::string_view title, std::string_view message);
    /// Folded lines. Each has a mark in front, so that none begins with a command, even for readers that do not know
    /// the word.
    void group(std::string_view title, std::string_view lines);

    show_output shown_;
    owned<text_output> step_summary_;
    std::string word_;
    tally counts_;
    markdown_summary summary_;
    std::size_t errors_ = 0, warnings_ = 0, not_annotated_ = 0;
};

void github_report::command(std::string_view what, const text::source_place& at, std::string_view title,
                            std::string_view message) {
    std::size_t& count = what == "error" ? errors_ : warnings_;
    if (count == most_annotations) {
        ++not_annotated_;
        return;
    }
    ++count;
    text_ += "::";
    text_ += what;
    text_ += ' ';
    if (!at.file.empty()) {
        text_ += "file=";
        append_value(text_, printable(at.file), true);
        text_ += ",line=";
        append_number(text_, at.line);
        text_ += ',';
    }
    text_ += "title=";
    append_value(text_, title, true);
    text_ += "::";
    append_value(text_, message, false);
    text_ += '\n';
}

void github_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    for (const attempt_result& each : attempts)
        counts_.on(attempt_ended{attempt_result(each)});
    counts_.on(test_finished(finished));
    summary_.add(info, finished, attempts, background(), run().repeats);
    const bool flaky = finished.what == verdict::flaky;
    const bool bad = text::is_bad(finished);
    const bool wanted = shown_ == show_output::all && !attempts.empty() && !attempts.back().output.empty();
    const std::string leaks = text::leak_warning(finished, attempts);
    if (!bad && !flaky && !wanted && leaks.empty()) return;
    std::string title = printable(text::full_name_of(info));
    title.resize(code_point_start(title, std::min<std::size_t>(title.size(), 200)));
    const std::string words = leaks.empty() ? text::verdict_in_words(finished, attempts) : leaks;
    const attempt_result* telling = text::telling_attempt(attempts);
    std::string lines;
    for (const attempt_result& each : attempts) {
        const bool several = attempts.size() > 1;
        if (several && !text::went_wrong(each) && !wanted) continue;
        if (several) lines += text::attempt_title(each, attempts.size());
        lines += text::account_of(each);
        if (shown_ == show_output::never) continue;
        lines += text::output_of(each.output, stream::out);
        lines += text::output_of(each.output, stream::err);
    }
    lines += background();
    if (!lines.empty()) group(title + ": " + words, lines);
    if (!leaks.empty()) command("warning", text::place_of(info, telling), title, leaks);
    if (!bad && !flaky) return;
    std::string message = words;
    if (telling != nullptr) message += "\n" + text::account_of(*telling) + background();
    constexpr std::size_t longest = 4000;
    message.resize(code_point_start(message, std::min(longest, message.size())));
    while (!message.empty() && message.back() == '\n')
        message.pop_back();
    command(bad ? "error" : "warning", text::place_of(info, telling), title, message);
    if (streams()) flush();
}

void github_report::group(std::string_view title, std::string_view lines) {
    text_ += "::group::";
    append_value(text_, title, false);
    text_ += "\n::stop-commands::" + word_ + "\n";
    while (!lines.empty()) {
        text_ += "| ";
        text_ += take_line(lines);
        text_ += '\n';
    }
    text_ += "::" + word_ + "::\n::endgroup::\n";
}

void github_report::end(const run_finished& finished) {
    counts_.on(run_finished(finished));
    text_ += counted(counts_.selected(), "test") + ":";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        if (counts_.count(what) == 0) continue;
        text_ += " " + counted(counts_.count(what)) + " ";
        text_ += text::phrase_of(what);
        text_ += ';';
    }
    text_ += " " + duration_text(finished.took) + "\n";
    const std::string& why = finished.against.empty() ? finished.stopped_because : finished.against;
    if (!why.empty()) command("error", {}, "cordon", printable(why));
    if (not_annotated_ != 0)
        text_ += "::notice title=cordon::" + counted(not_annotated_, "more message") + " in the log above\n";
    if (step_summary_) step_summary_->write(summary_.text(run(), counts_));
}

}  // namespace cordon::engine::report
