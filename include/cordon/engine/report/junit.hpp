#pragma once

#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/xml.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/wording.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Seconds with three decimals, the maximum of Surefire's schema.
void append_seconds(std::string& out, duration value) {
    const std::uint64_t micros = value.count() > 0 ? static_cast<std::uint64_t>(value.count()) / 1000 : 0;
    append_decimal(out, (micros + 500) / 1000, 3);
}

/// Turns "a/b" into "a.b": readers of this format sort tests by packages and classes.
std::string class_of(const test_info& test, std::string_view program) {
    if (test.suite.empty()) return printable(program);
    std::string name = printable(test.suite);
    for (char& c : name) {
        if (c == '/') c = '.';
    }
    return name;
}

/// One <testsuite> for the schema of Maven's Surefire, which Jenkins, GitLab, Azure and others read. Its counts are at
/// the beginning, so the tests are kept as text (about 150 bytes each) until the run is over.
class junit_report final : public test_report {
  public:
    junit_report(show_output shown, text_output& output) : test_report(output), shown_(shown) { hold_back(); }

  private:
    void begin(const run_started&) override {}
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& run) override;
    void other(const event& happened) override {
        if (const auto* said = happened.get_if<notice>())
            notices_.push_back(std::string(name_of(said->how)) + ": " + printable(said->text));
    }

    void attribute(std::string_view name, std::string_view value);
    void element(std::string_view name, std::string_view text);
    /// <failure> and <error>; for attempts before the last <rerunFailure>, <flakyError> and so on.
    void wrong(std::string_view element, const attempt_result& attempt, std::string_view message, bool nested,
               const std::string& more = {});
    void skipped(std::string_view message, const attempt_result* telling);
    void whole_run(const run_finished& finished);
    void details(const test_finished& finished, const vector<attempt_result>& attempts);
    void earlier(std::string_view prefix, const vector<attempt_result>& attempts, const attempt_result* but,
                 bool errors, std::string_view remark = {});
    /// The output; `remarks` are added to standard error.
    void output(const captured_output& printed, const std::string& remarks = {});
    static bool is_error(const attempt_result& attempt) { return attempt.how != ending::failed; }
    static bool counts(const attempt_result& attempt) {
        return attempt.how != ending::passed && attempt.how != ending::skipped;
    }

    show_output shown_;
    vector<std::string> notices_;
    vector<std::string> cases_;  // each about 64 KiB
    std::uint64_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
};

void junit_report::attribute(std::string_view name, std::string_view value) {
    text_ += ' ';
    text_ += name;
    text_ += "=\"";
    append_xml(text_, value);
    text_ += '"';
}

void junit_report::element(std::string_view name, std::string_view text) {
    text_ += '<';
    text_ += name;
    text_ += '>';
    append_xml(text_, text);
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

void junit_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    ++tests_;
    text_ += "  <testcase name=\"";
    append_xml(text_, is_plain(info.name) ? std::string_view(info.name) : printable(info.name));
    text_ += '"';
    attribute("classname", class_of(info, text::program_name(run())));
    text_ += " time=\"";
    append_seconds(text_, text::time_of(attempts, run().repeats));
    text_ += '"';
    const std::size_t before = text_.size();
    text_ += ">\n";
    details(finished, attempts);
    if (text_.size() == before + 2) {
        text_.resize(before);
        text_ += "/>\n";
    } else {
        text_ += "  </testcase>\n";
    }
    if (text_.size() < 64 * 1024) return;
    cases_.push_back(std::move(text_));
    text_ = {};
}

void junit_report::details(const test_finished& finished, const vector<attempt_result>& attempts) {
    const attempt_result* telling = text::telling_attempt(attempts);
    const std::string words = text::verdict_in_words(finished, attempts);
    const bool bad = text::is_bad(finished);
    const attempt_result none;
    const attempt_result& shown = telling != nullptr ? *telling : none;
    const bool flaky = finished.what == verdict::flaky;
    const bool error = finished.what == verdict::lost || (finished.what == verdict::failed && is_error(shown));
    const bool retried = bad && telling != nullptr && counts(*telling);
    if (bad && !error) wrong("failure", shown, words, false, background());
    if (retried) earlier("rerun", attempts, telling, false);
    if (flaky && !bad) earlier("flaky", attempts, nullptr, false, finished.reason);
    if (!bad && finished.what != verdict::passed && !flaky) skipped(words, telling);
    if (error) wrong("error", shown, words, false, background());
    if (retried) earlier("rerun", attempts, telling, true);
    if (flaky && !bad) earlier("flaky", attempts, nullptr, true, finished.reason);
    if (bad) ++(error ? errors_ : failures_);
    const captured_output silence;
    const bool shows = !attempts.empty() && text::shows_output(shown_, finished.what);
    const std::string leaks = text::leak_warning(finished, attempts);
    const std::string leaves = text::may_leave_in_words(finished);
    output(!shows  ? silence
           : flaky ? attempts.back().output
                   : shown.output,
           (leaks.empty() ? leaks : leaks + "\n" + text::account_of(attempts.back())) +
               (leaves.empty() ? leaves : leaves + "\n"));
}

void junit_report::earlier(std::string_view prefix, const vector<attempt_result>& attempts, const attempt_result* but,
                           bool errors, std::string_view remark) {
    for (const attempt_result& each : attempts) {
        if (&each == but || !counts(each) || is_error(each) != errors) continue;
        std::string message = "attempt " + std::to_string(each.number) + ": " + text::ending_in_words(each);
        if (!remark.empty()) message += " (" + printable(remark) + ")";
        const bool telling = &each == text::telling_attempt(attempts) && but == nullptr;
        wrong(std::string(prefix) + (errors ? "Error" : "Failure"), each, message, true,
              telling ? background() : std::string());
    }
}

void junit_report::wrong(std::string_view name, const attempt_result& attempt, std::string_view message, bool nested,
                         const std::string& more) {
    text_ += "    <";
    text_ += name;
    attribute("message", message);
    attribute("type", attempt.how == ending::passed ? "unexpected_pass" : name_of(attempt.how));
    text_ += '>';
    if (nested) {
        element("stackTrace", text::account_of(attempt) + more);
        if (shown_ != show_output::never) output(attempt.output);
    } else {
        append_xml(text_, text::account_of(attempt) + more);
    }
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

/// A tolerated failure is still a failure, and its reader needs the details.
void junit_report::skipped(std::string_view message, const attempt_result* telling) {
    ++skipped_;
    text_ += "    <skipped";
    attribute("message", message);
    const std::string account = telling != nullptr && text::went_wrong(*telling)
                                    ? text::ending_in_words(*telling) + "\n" + text::account_of(*telling) + background()
                                    : std::string();
    if (account.empty()) {
        text_ += "/>\n";
        return;
    }
    text_ += '>';
    append_xml(text_, account);
    text_ += "</skipped>\n";
}

/// Readers of this format look at its cases. So a run that failed although no test failed has a case of its own.
void junit_report::whole_run(const run_finished& finished) {
    const bool told_by_tests = failures_ + errors_ != 0 && finished.cancelled_by == 0 && !finished.in_trouble;
    if (finished.against.empty() || told_by_tests) return;
    ++tests_;
    ++errors_;
    text_ += "  <testcase name=\"(the whole run)\"";
    attribute("classname", printable(text::program_name(run())));
    text_ += " time=\"0.000\">\n    <error";
    attribute("message", printable(finished.against));
    attribute("type", finished.cancelled_by != 0 ? "cancelled" : finished.in_trouble ? "trouble" : "not_run");
    text_ += "/>\n  </testcase>\n";
}

void junit_report::output(const captured_output& printed, const std::string& remarks) {
    if (printed.empty() && remarks.empty()) return;
    const std::string out = text::output_of(printed, stream::out);
    const std::string err = text::output_of(printed, stream::err) + remarks;
    if (!out.empty()) element("system-out", out);
    if (!err.empty()) element("system-err", err);
}

void junit_report::end(const run_finished& finished) {
    whole_run(finished);
    cases_.push_back(std::move(text_));
    text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite";
    attribute("name", printable(text::program_name(run())));
    text_ += " time=\"";
    append_seconds(text_, finished.took);
    text_ += '"';
    attribute("tests", std::to_string(tests_));
    attribute("errors", std::to_string(errors_));
    attribute("skipped", std::to_string(skipped_));
    attribute("failures", std::to_string(failures_));
    text_ += ">\n  <properties>\n";
    const auto property = [this](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_ += "    <property";
        attribute("name", name);
        attribute("value", value);
        text_ += "/>\n";
    };
    property("started_at", printable(run().started_at));
    property("seed", std::to_string(run().seed));
    property("jobs", std::to_string(run().jobs));
    property("build_id", printable(run().build_id));
    property("os", printable(run().os));
    property("arch", printable(run().arch));
    property("stopped_because", printable(finished.stopped_because));
    for (const std::string& each : notices_)
        property("notice", each);
    text_ += "  </properties>\n";
    flush();
    for (std::string& each : cases_) {
        text_ = std::move(each);
        flush();
    }
    text_ = "</testsuite>\n";
}

}  // namespace cordon::engine::report
