#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/timestamp.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/json_writer.hpp>
#include <cordon/engine/text/plain_text.hpp>

#include <algorithm>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The Common Test Report Format (https://ctrf.io), written while tests finish; the summary is at the end.
class ctrf_report final : public test_report {
  public:
    ctrf_report(show_output shown, text_output& output) : test_report(output), shown_(shown), json_(text_) {}

  private:
    enum status_word : std::uint8_t { passed, failed, skipped, pending, other_, status_count };
    static constexpr std::string_view words[] = {"passed", "failed", "skipped", "pending", "other"};

    void begin(const run_started& run) override;
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override;

    static status_word status_of(const test_finished& finished) {
        if (text::is_bad(finished)) return failed;
        switch (finished.what) {
            case verdict::passed:
            case verdict::flaky:
                return passed;
            case verdict::skipped:
                return skipped;
            case verdict::todo:
            case verdict::not_run:
                return pending;
            default:
                return other_;
        }
    }
    /// Whole milliseconds: the format allows no fractions.
    static std::int64_t whole_ms(duration value) { return (value.count() + 500'000) / 1'000'000; }

    void wrong(const test_finished& finished, const vector<attempt_result>& attempts, const attempt_result& telling);
    void retries(const test_finished& finished, const vector<attempt_result>& attempts);
    void lines(std::string_view key, std::string_view text);
    void whole_run(const run_finished& finished);

    show_output shown_;
    text::json_writer json_;
    std::uint64_t counts_[status_count] = {};
    std::uint64_t flaky_ = 0;
};

void ctrf_report::begin(const run_started& run) {
    json_.open('{');
    json_.key("reportFormat").string("CTRF");
    json_.key("specVersion").string("1.0.0");
    json_.key("generatedBy").string("cordon");
    json_.key("timestamp").string(run.info.started_at);
    json_.key("results").open('{');
    json_.key("tool").open('{');
    json_.key("name").string("cordon");
    json_.key("version").string(CORDON_VERSION);
    json_.close('}');
    json_.line();
    json_.key("tests").open('[');
}

void ctrf_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    const status_word status = status_of(finished);
    const attempt_result* telling = text::telling_attempt(attempts);
    ++counts_[status];
    json_.line();
    json_.open('{');
    json_.key("name").string(info.name.empty() ? "(no name)"
                                               : info.name);  // the format's schema needs at least one character
    json_.key("status").string(words[status]);
    json_.key("duration").number(whole_ms(text::time_of(attempts, run().repeats)));
    json_.key("rawStatus").string(name_of(finished.what));
    if (!info.suite.empty()) {
        json_.key("suite").open('[');
        std::string_view rest = info.suite;
        while (!rest.empty()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            json_.string(rest.substr(0, slash));
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        json_.close(']');
    }
    if (!info.file.empty()) {
        json_.key("filePath").string(info.file);
        json_.key("line").number(info.line);
    }
    if (!info.tags.empty()) {
        json_.key("tags").open('[');
        for (const std::string_view tag : info.tags)
            json_.string(tag);
        json_.close(']');
    }
    if (telling != nullptr) {
        json_.key("threadId").string(std::to_string(telling->slot));
        json_.key("retries").number(static_cast<std::uint64_t>(attempts.size() - 1));
    }
    if (finished.what == verdict::flaky) {
        ++flaky_;
        json_.key("flaky").boolean(true);
    }
    if (status != passed || finished.what == verdict::flaky)
        json_.key("message").string(text::verdict_in_words(finished, attempts));
    const std::string leaks = text::leak_warning(finished, attempts);
    if (!leaks.empty()) json_.key("message").string(leaks);
    if (telling != nullptr) wrong(finished, attempts, *telling);
    const std::string leaves = text::may_leave_in_words(finished);
    if (!leaves.empty()) {
        json_.key("extra").open('{');
        json_.key("quarantine").string(leaves);
        json_.close('}');
    }
    json_.close('}');
}

void ctrf_report::wrong(const test_finished& finished, const vector<attempt_result>& attempts,
                        const attempt_result& telling) {
    const std::string account = text::account_of(telling) + background();
    if (!account.empty()) json_.key("trace").string(account);
    if (attempts.size() > 1) retries(finished, attempts);
    if (!text::shows_output(shown_, finished.what)) return;
    lines("stdout", text::output_of(telling.output, stream::out));
    lines("stderr", text::output_of(telling.output, stream::err));
}

void ctrf_report::retries(const test_finished& finished, const vector<attempt_result>& attempts) {
    json_.key("retryAttempts").open('[');
    for (const attempt_result& each : attempts) {
        json_.open('{');
        json_.key("attempt").number(each.number);
        const bool good = each.how == ending::passed;
        json_.key("status").string(good ? "passed" : each.how == ending::skipped ? "skipped" : "failed");
        json_.key("duration").number(whole_ms(each.took));
        if (!good) json_.key("message").string(text::ending_in_words(each));
        const std::string account = text::account_of(each);
        if (!account.empty()) json_.key("trace").string(account);
        if (text::shows_output(shown_, finished.what)) {
            lines("stdout", text::output_of(each.output, stream::out));
            lines("stderr", text::output_of(each.output, stream::err));
        }
        json_.close('}');
    }
    json_.close(']');
}

void ctrf_report::lines(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    json_.key(key).open('[');
    while (!text.empty())
        json_.string(take_line(text));
    json_.close(']');
}

/// Readers of this format look at its tests. So a run that failed although no test failed has a test of its own.
void ctrf_report::whole_run(const run_finished& finished) {
    const bool told_by_tests = counts_[failed] != 0 && finished.cancelled_by == 0 && !finished.in_trouble;
    if (finished.against.empty() || told_by_tests) return;
    ++counts_[failed];
    json_.line();
    json_.open('{');
    json_.key("name").string("(the whole run)");
    json_.key("status").string(words[failed]);
    json_.key("duration").number(std::uint64_t{0});
    json_.key("message").string(printable(finished.against));
    json_.close('}');
}

void ctrf_report::end(const run_finished& finished) {
    whole_run(finished);
    json_.close(']');
    json_.line();
    json_.key("summary").open('{');
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < status_count; ++i) {
        json_.key(words[i]).number(counts_[i]);
        all += counts_[i];
    }
    json_.key("tests").number(all);
    json_.key("flaky").number(flaky_);
    const std::int64_t start = epoch_ms(run().started_at);
    json_.key("start").number(start);
    json_.key("stop").number(start + whole_ms(finished.took));
    json_.close('}');
    json_.line();
    json_.key("environment").open('{');
    json_.key("osPlatform").string(run().os);
    json_.key("extra").open('{');
    json_.key("arch").string(run().arch);
    json_.key("build_id").string(run().build_id);
    json_.key("seed").number(run().seed);
    json_.key("jobs").number(run().jobs);
    json_.close('}');
    json_.close('}');
    json_.close('}');
    json_.close('}');
    text_ += '\n';
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
