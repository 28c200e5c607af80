#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// TAP version 14 (https://testanything.org/tap-version-14-specification.html), written while tests finish.
class tap_report final : public test_report {
  public:
    tap_report(show_output shown, text_output& output) : test_report(output), shown_(shown) {}

  private:
    void begin(const run_started& run) override {
        text_ += "TAP version 14\n1..";
        append_number(text_, run.selected.size());
        text_ += '\n';
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& run) override {
        if (stopped_ || !run.against.empty())
            append_line("Bail out! ", run.against.empty() ? "the run ended early" : run.against);
    }

    /// A description or a reason: `#` and `\` have a meaning there.
    void append_escaped(std::string_view text) {
        for (const char c : text) {
            if (c == '#' || c == '\\') text_ += '\\';
            text_ += c;
        }
    }
    void append_line(std::string_view lead, std::string_view text) {
        text_ += lead;
        append_escaped(printable(text));
        text_ += '\n';
    }
    void directive(std::string_view word, std::string_view reason) {
        text_ += word;
        if (reason.empty()) return;
        text_ += ' ';
        append_escaped(printable(reason));
    }
    void details(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts);
    void key(std::string_view name) {
        text_ += "  ";
        text_ += name;
        text_ += ": ";
    }
    void items(std::string_view name, std::string_view lines);

    show_output shown_;
    std::uint64_t number_ = 0;
    bool stopped_ = false;
};

void tap_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    if (finished.what == verdict::not_run) {
        stopped_ = true;  // not a line for each: the "Bail out!" line is for all
        return;
    }
    const bool todo = finished.what == verdict::todo || finished.what == verdict::known_failure ||
                      finished.what == verdict::quarantined;
    text_ += text::is_bad(finished) || todo ? "not ok " : "ok ";
    append_number(text_, ++number_);
    text_ += " - ";
    std::string title;
    text::append_title(title, info, " > ");
    append_escaped(title);
    if (finished.what == verdict::skipped) directive(" # SKIP", finished.reason);
    if (todo)
        directive(" # TODO", finished.what == verdict::todo ? finished.reason : text::verdict_in_words(finished, {}));
    text_ += '\n';
    details(info, finished, attempts);
}

/// The YAML block. Texts are JSON strings, which are also YAML.
void tap_report::details(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    if (attempts.empty() && !text::is_bad(finished)) return;
    text_ += "  ---\n";
    key("duration_ms");
    text::json_writer(text_).milliseconds(text::time_of(attempts, run().repeats));
    text_ += '\n';
    const bool plain = finished.what == verdict::passed || finished.what == verdict::skipped;
    if (!plain) {
        const attempt_result* telling = text::telling_attempt(attempts);
        const text::source_place at = text::place_of(info, telling);
        key("verdict");
        text_ += name_of(finished.what);
        text_ += '\n';
        key("message");
        text::append_json_string(text_, text::verdict_in_words(finished, attempts));
        text_ += '\n';
        key("file");
        text::append_json_string(text_, at.file);
        text_ += '\n';
        key("line");
        append_number(text_, at.line);
        text_ += '\n';
        if (attempts.size() > 1) {
            std::string endings;
            for (const attempt_result& each : attempts)
                endings.append(name_of(each.how)).append("\n");
            items("attempts", endings);
        }
        items("failures", text::accounts_of(attempts));
        items("background", background());
    }
    items("warnings", text::leak_warning(finished, attempts));
    items("notes", text::may_leave_in_words(finished));
    if (!attempts.empty() && text::shows_output(shown_, finished.what)) {
        items("stdout", text::outputs_of(attempts, stream::out));
        items("stderr", text::outputs_of(attempts, stream::err));
    }
    text_ += "  ...\n";
}

/// A list with one item for each line: some readers do not support blocks of text.
void tap_report::items(std::string_view name, std::string_view lines) {
    if (lines.empty()) return;
    text_ += "  ";
    text_ += name;
    text_ += ":\n";
    while (!lines.empty()) {
        text_ += "    - ";
        text::append_json_string(text_, take_line(lines));
        text_ += '\n';
    }
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
