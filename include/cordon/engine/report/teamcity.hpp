#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <string>
#include <string_view>

namespace cordon::engine::report {

/// The value of an attribute. Other characters than ASCII are written as UTF-16 units, so that the build agent's
/// character set does not matter.
void append_value(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const code_point next = first_code_point(text);
        text.remove_prefix(next.size);
        const auto value = static_cast<std::uint32_t>(next.value);
        if (value == '\n') {
            out += "|n";
        } else if (value == '\r') {
            out += "|r";
        } else if (value == '|' || value == '\'' || value == '[' || value == ']') {
            out += '|';
            out += static_cast<char>(value);
        } else if (value >= 0x10000) {
            append_hex(out, "|0x", 0xD7C0 + (value >> 10), 4);
            append_hex(out, "|0x", 0xDC00 + (value & 0x3FF), 4);
        } else if (value >= 0x7F || (value < 0x20 && value != '\t')) {
            append_hex(out, "|0x", value, 4);
        } else {
            out += static_cast<char>(value);
        }
    }
}

/// TeamCity's service messages (https://www.jetbrains.com/help/teamcity/service-messages.html), written while tests
/// finish. Each attempt is a test; with retries TeamCity counts the last one of a name.
class teamcity_report final : public test_report {
  public:
    teamcity_report(show_output shown, text_output& output) : test_report(output), shown_(shown) {}

  private:
    void begin(const run_started& run) override {
        retries_ = false;
        // A test can print the word that ends this on purpose. It protects only against text that is printed by chance.
        if (run.info.prints_through)
            fence("##teamcity[disableServiceMessages]\n", "\n##teamcity[enableServiceMessages]\n");
        message("testCount");
        attribute("count", std::to_string(run.selected.size()));
        close();
        message("testSuiteStarted", "name", printable(text::program_name(run.info)));
        close();
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override {
        message("testSuiteFinished", "name", printable(text::program_name(run())));
        close();
        const std::string& why = finished.against.empty() ? finished.stopped_because : finished.against;
        if (why.empty()) return;
        message("buildProblem", "description", printable(why));
        close();
    }

    void message(std::string_view name) {
        text_ += "##teamcity[";
        text_ += name;
    }
    void message(std::string_view name, std::string_view key, std::string_view value) {
        message(name);
        attribute(key, value);
    }
    void attribute(std::string_view name, std::string_view value) {
        text_ += ' ';
        text_ += name;
        text_ += "='";
        append_value(text_, value);
        text_ += '\'';
    }
    void close() { text_ += "]\n"; }

    /// `words` describe the failure; for an attempt that did not fail, a warning, if any.
    void attempt(const std::string& name, const attempt_result& tried, bool bad, bool shows, std::string_view words,
                 const std::string& more);
    void failed(const std::string& name, const attempt_result& tried, std::string_view words, const std::string& more);
    void ignored(const std::string& name, std::string_view words);
    void output(const std::string& name, const captured_output& printed);

    show_output shown_;
    bool retries_ = false;
};

void teamcity_report::test(const test_info& info, const test_finished& finished,
                           const vector<attempt_result>& attempts) {
    const std::string name = printable(text::full_name_of(info));
    const std::string words = text::verdict_in_words(finished, attempts);
    const bool judged = text::is_bad(finished) || finished.what == verdict::passed || finished.what == verdict::flaky;
    if (!judged) return ignored(name, words);
    if (attempts.size() > 1 && !retries_) {
        retries_ = true;
        message("testRetrySupport", "enabled", "true");
        close();
    }
    const bool flaky = finished.what == verdict::flaky;
    const bool bad = text::is_bad(finished);
    const bool shows = text::shows_output(shown_, finished.what);
    std::string remark = bad || flaky ? words : text::leak_warning(finished, attempts);
    if (const std::string leaves = text::may_leave_in_words(finished); !leaves.empty())
        remark += (remark.empty() ? "" : "; ") + leaves;
    bool concluded = false;
    for (const attempt_result& each : attempts) {
        // TeamCity counts the last test of a name.
        const bool wrong = text::went_wrong(each);
        concluded = &each == attempts.end() - 1 && !(flaky && wrong && !bad);
        if (!concluded) {
            attempt(name, each, wrong, shows, wrong ? text::ending_in_words(each) : std::string(), {});
        } else {
            attempt(name, each, bad, shows, remark, background());
        }
    }
    if (!concluded) attempt(name, attempt_result(), bad, false, bad || flaky ? words : std::string(), background());
}

void teamcity_report::attempt(const std::string& name, const attempt_result& tried, bool bad, bool shows,
                              std::string_view words, const std::string& more) {
    message("testStarted", "name", name);
    close();
    if (shows) output(name, tried.output);
    if (bad) {
        failed(name, tried, words, more);
    } else if (!words.empty()) {
        message("testStdErr", "name", name);
        attribute("out", std::string(words) + "\n" + text::account_of(tried) + more);
        close();
    }
    message("testFinished", "name", name);
    attribute("duration", std::to_string(tried.took.count() > 0 ? (tried.took.count() + 500'000) / 1'000'000 : 0));
    close();
}

void teamcity_report::failed(const std::string& name, const attempt_result& tried, std::string_view words,
                             const std::string& more) {
    message("testFailed", "name", name);
    attribute("message", words);
    attribute("details", text::account_of(tried) + more);
    for (const failure& wrong : tried.failures) {
        if (!fails_test(wrong.kind)) continue;
        if (wrong.op == "==") {
            attribute("type", "comparisonFailure");
            attribute("expected", printable(wrong.right));
            attribute("actual", printable(wrong.left));
        }
        break;
    }
    close();
}

void teamcity_report::ignored(const std::string& name, std::string_view words) {
    message("testIgnored", "name", name);
    attribute("message", words);
    close();
}

void teamcity_report::output(const std::string& name, const captured_output& printed) {
    if (printed.empty()) return;
    for (const stream which : {stream::out, stream::err}) {
        const std::string lines = text::output_of(printed, which);
        if (lines.empty()) continue;
        message(which == stream::out ? "testStdOut" : "testStdErr", "name", name);
        attribute("out", lines);
        close();
    }
}

}  // namespace cordon::engine::report
