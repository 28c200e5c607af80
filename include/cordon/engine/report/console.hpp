#pragma once

#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/report/console_bar.hpp>
#include <cordon/engine/report/console_failure.hpp>
#include <cordon/engine/report/console_style.hpp>
#include <cordon/engine/report/console_summary.hpp>
#include <cordon/engine/report/sink.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/report/wording.hpp>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cordon::engine::report {

/// The report for people. Text is gathered and written in batches: when something failed, at a tick, when 32 KiB are
/// full, at the end. Keeps nothing of a test that passed.
class console final : public sink {
  public:
    console(console_style style, text_output& output)
        : style_(std::move(style)), look_(theme_of(style_)), output_(output), counts_(style_.slowest), bar_(look_) {
        live_ = style_.progress == progress_choice::bar && !style_.quiet;
    }

    void on(const event& happened) override;
    status finish() override {
        flush();
        return output_.finish();
    }

  private:
    /// The last attempt of a test that there is something to say about, kept until the verdict is known.
    struct kept_attempt {
        attempt_result result;
        std::string earlier;  ///< lines on the attempts before it
    };
    struct live_output {
        std::size_t test;
        line_joiner lines;
    };

    void start(const run_started& run);
    void begin(const attempt_started& attempt);
    void end(const attempt_result& attempt);
    void conclude(const test_finished& test);
    void conclude_with(const test_finished& test, const kept_attempt& kept);
    void print_live(const output_arrived& arrived);
    void finish_live(std::size_t test);
    void say(const notice& what);
    void say_lost(const worker_lost& worker);
    void pass_time(const tick& now);
    void sum_up();

    bool wants_line(verdict what) const;
    bool wants_details(verdict what) const;
    bool wants_output(verdict what) const;
    bool worth_keeping(const attempt_result& attempt) const;
    void keep(const attempt_result& attempt);
    void retry_line(const attempt_result& attempt);
    void verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took);
    void remarks(const test_finished& test);
    void slow_remark(const test_finished& test);
    void details(const test_finished& test, const kept_attempt& kept);
    void measures(std::string_view indent, const attempt_result& attempt);
    void live_line(std::size_t test, stream from, std::string_view text);
    void blank_line();
    std::string_view color_of(verdict what) const;
    duration slow_after(std::size_t test) const;

    std::size_t width();
    void flush();

    static constexpr std::size_t batch = 32 * 1024;

    console_style style_;
    theme look_;
    text_output& output_;
    tally counts_;
    live_bar bar_;
    bool live_ = false;
    bool after_blank_ = true;
    std::string text_;
    run_info run_;
    std::shared_ptr<const test_list> list_ = std::make_shared<test_list>();
    std::vector<running_attempt> running_;
    std::vector<kept_attempt> kept_;
    std::vector<live_output> printing_;
    duration at_{};
};

/// The console report. `output` must outlive it.
std::unique_ptr<sink> make_console(console_style style, text_output& output) {
    return std::make_unique<console>(std::move(style), output);
}

void console::on(const event& happened) {
    counts_.on(happened);
    if (const auto* begun = std::get_if<attempt_started>(&happened)) {
        begin(*begun);
    } else if (const auto* ended = std::get_if<attempt_ended>(&happened)) {
        end(ended->result);
    } else if (const auto* finished = std::get_if<test_finished>(&happened)) {
        conclude(*finished);
    } else if (const auto* now = std::get_if<tick>(&happened)) {
        pass_time(*now);
    } else if (const auto* arrived = std::get_if<output_arrived>(&happened)) {
        print_live(*arrived);
    } else if (const auto* said = std::get_if<notice>(&happened)) {
        say(*said);
    } else if (const auto* lost = std::get_if<worker_lost>(&happened)) {
        say_lost(*lost);
    } else if (const auto* run = std::get_if<run_started>(&happened)) {
        start(*run);
    } else if (std::get_if<run_finished>(&happened) != nullptr) {
        sum_up();
    }
    if (text_.size() >= batch) flush();
}

void console::start(const run_started& run) {
    run_ = run.info;
    if (run.list) list_ = run.list;
    if (style_.quiet) return;
    constexpr std::string_view modes[] = {"", "fork", "exec", "shard", "none"};
    text_ += "  ";
    text_ += look_.bold;
    text_ += "cordon";
    text_ += look_.reset;
    text_ += "  " + counted(run.selected.size(), "test");
    if (run_.filtered_out != 0) text_ += " (" + counted(run_.filtered_out) + " filtered out)";
    text_ += look_.dim;
    text_ += look_.dot;
    text_ += run_.isolation == isolate::none ? "no isolation" : counted(run_.jobs, "worker");
    if (run_.isolation != isolate::none) {
        text_ += look_.dot;
        text_ += modes[static_cast<std::size_t>(run_.isolation)];
    }
    if (run_.shard) {
        text_ += look_.dot;
        text_ += "shard " + std::to_string(run_.shard->index) + "/" + std::to_string(run_.shard->count);
    }
    if (style_.seed_matters) {
        text_ += look_.dot;
        text_ += "seed " + std::to_string(run_.seed);
    }
    text_ += look_.reset;
    text_ += "\n\n";
    after_blank_ = true;
    flush();
}

void console::begin(const attempt_started& attempt) {
    running_.push_back({attempt.test, attempt.number, attempt.at, false});
}

void console::end(const attempt_result& attempt) {
    for (std::size_t i = 0; i < running_.size(); ++i) {
        if (running_[i].test != attempt.test) continue;
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    if (!printing_.empty()) finish_live(attempt.test);
    if (worth_keeping(attempt)) keep(attempt);
}

bool console::worth_keeping(const attempt_result& attempt) const {
    if (attempt.how != ending::passed && attempt.how != ending::skipped) return true;
    return style_.verbose || (style_.output == show_output::all && !attempt.output.empty());
}

void console::keep(const attempt_result& attempt) {
    const bool good = attempt.how == ending::passed;
    for (kept_attempt& known : kept_) {
        if (known.result.test != attempt.test) continue;
        if (good) return;  // flaky: what went wrong is what there is to show
        known.earlier += "attempt " + std::to_string(known.result.number) + " " + ending_in_words(known.result) + "\n";
        known.result = attempt;
        return;
    }
    kept_.push_back({attempt, {}});
    if (!good && attempt.number < attempt.of) retry_line(attempt);
}

void console::retry_line(const attempt_result& attempt) {
    if (style_.quiet || style_.progress != progress_choice::lines) return;
    const std::string word = "try " + std::to_string(attempt.number) + "/" + std::to_string(attempt.of);
    verdict_line(word, look_.yellow, attempt.test, attempt.took);
    text_ += look_.dim;
    text_ += "  " + ending_in_words(attempt);
    text_ += look_.reset;
    text_ += '\n';
}

void console::conclude(const test_finished& test) {
    const auto kept = std::find_if(kept_.begin(), kept_.end(),
                                   [&](const kept_attempt& candidate) { return candidate.result.test == test.test; });
    if (kept != kept_.end()) {
        const kept_attempt last = std::move(*kept);
        if (kept != kept_.end() - 1) *kept = std::move(kept_.back());
        kept_.pop_back();
        return conclude_with(test, last);
    }
    if (!wants_line(test.what)) return;
    const ending how = test.what == verdict::lost ? ending::lost : ending::passed;
    verdict_line(word_of(test.what, how), color_of(test.what), test.test, counts_.time_of(test.test));
    if (test.what != verdict::passed || !test.reason.empty()) remarks(test);
    slow_remark(test);
    text_ += '\n';
    if (wants_details(test.what)) flush();
}

void console::conclude_with(const test_finished& test, const kept_attempt& kept) {
    const bool shows_output = wants_output(test.what) && !kept.result.output.empty();
    const bool shows_failures =
        !kept.result.failures.empty() && (wants_details(test.what) || (style_.verbose && !style_.quiet));
    if (!wants_line(test.what) && !shows_output) return;
    const bool block = shows_output || shows_failures || wants_details(test.what);
    if (block) blank_line();
    verdict_line(word_of(test.what, kept.result.how), color_of(test.what), test.test, counts_.time_of(test.test));
    remarks(test);
    slow_remark(test);
    if (!block && style_.verbose) measures("  ", kept.result);
    text_ += '\n';
    if (!block) return;
    details(test, kept);
    failure_writer writer(text_, style_, look_, width());
    if (shows_failures) writer.failures(kept.result);
    if (shows_output) writer.output(kept.result.output);
    blank_line();
    flush();
}

/// Under the verdict's line: where the test is and how it ended, in words.
void console::details(const test_finished& test, const kept_attempt& kept) {
    const std::size_t indent = width() < 60 ? 4 : 20;
    text_.append(indent, ' ');
    text_ += look_.dim;
    if (test.test < list_->tests.size()) {
        append_place(text_, list_->tests[test.test].file, list_->tests[test.test].line);
        text_ += look_.dot;
    }
    text_ += look_.reset;
    text_ += ending_in_words(kept.result);
    if (kept.result.number > 1 || test.what == verdict::flaky) {
        text_ += " (attempt " + std::to_string(kept.result.number) + ")";
    }
    text_ += '\n';
    if (style_.verbose) {
        measures(std::string(indent, ' '), kept.result);
        text_ += '\n';
    }
    std::string_view earlier = kept.earlier;
    while (!earlier.empty()) {
        text_.append(indent, ' ');
        text_ += look_.dim;
        text_ += take_line(earlier);
        text_ += look_.reset;
        text_ += '\n';
    }
}

void console::verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took) {
    text_.append(word.size() < 9 ? 9 - word.size() : 0, ' ');
    text_ += color;
    text_ += word;
    if (!color.empty()) text_ += look_.reset;
    text_ += "  ";
    if (took.count() > 0) {
        append_duration_column(text_, took);
    } else {
        text_.append(7, ' ');
    }
    text_ += "  ";
    if (test >= list_->tests.size()) return;
    const test_info& info = list_->tests[test];
    constexpr std::size_t longest = 400;
    if (info.suite.size() + info.name.size() <= longest) return append_title(text_, info, look_.arrow);
    std::string title;
    append_title(title, info, look_.arrow);
    text_ += shortened(title, longest, look_.ellipsis);
    after_blank_ = false;
}

void console::remarks(const test_finished& test) {
    std::string remark;
    if (test.what == verdict::quarantined) remark = "quarantined";
    if (test.what == verdict::unexpected_pass) remark = "passed, though it was declared to fail";
    if (!test.reason.empty()) {
        if (!remark.empty()) remark += ": ";
        append_printable(remark, test.reason);
    }
    if (remark.empty()) return;
    text_ += look_.dim;
    text_ += "  (" + remark + ")";
    text_ += look_.reset;
}

void console::slow_remark(const test_finished& test) {
    const duration took = counts_.time_of(test.test);
    if (took.count() == 0 || test.test >= list_->tests.size()) return;
    const duration limit = slow_after(test.test);
    if (limit.count() <= 0 || took <= limit) return;
    text_ += look_.yellow;
    text_ += "  slow: over " + duration_text(limit);
    text_ += look_.reset;
}

/// With -v: what the attempt used.
void console::measures(std::string_view indent, const attempt_result& attempt) {
    text_ += indent;
    text_ += look_.dim;
    text_ += counted(attempt.assertions, "assertion");
    text_ += ", cpu " + duration_text(attempt.usage.user + attempt.usage.system);
    if (attempt.usage.max_rss_bytes != 0) text_ += ", " + size_text(attempt.usage.max_rss_bytes);
    if (attempt.spawn.count() > 0) text_ += ", spawn " + duration_text(attempt.spawn);
    text_ += ", slot " + std::to_string(attempt.slot);
    if (attempt.pid != 0) text_ += ", pid " + std::to_string(attempt.pid);
    text_ += look_.reset;
}

bool console::wants_details(verdict what) const {
    switch (what) {
        case verdict::failed:
        case verdict::unexpected_pass:
        case verdict::flaky:
        case verdict::lost:
            return true;
        default:
            return false;
    }
}

bool console::wants_line(verdict what) const {
    if (wants_details(what)) return true;
    if (style_.quiet) return false;
    const bool every = style_.progress != progress_choice::bar && style_.progress != progress_choice::none;
    if (what == verdict::passed) return every;
    return what == verdict::not_run ? every && style_.verbose : every || style_.verbose;
}

bool console::wants_output(verdict what) const {
    if (style_.output == show_output::all) return true;
    return style_.output == show_output::failed && wants_details(what);
}

std::string_view console::color_of(verdict what) const {
    switch (what) {
        case verdict::passed:
            return look_.green;
        case verdict::failed:
        case verdict::unexpected_pass:
        case verdict::lost:
            return look_.red;
        case verdict::flaky:
            return look_.yellow;
        default:
            return look_.dim;
    }
}

duration console::slow_after(std::size_t test) const { return list_->tests[test].slow_after.value_or(run_.slow_after); }

// ---- output of running tests ----

void console::print_live(const output_arrived& arrived) {
    if (style_.output != show_output::live) return;
    auto found = std::find_if(printing_.begin(), printing_.end(),
                              [&](const live_output& candidate) { return candidate.test == arrived.test; });
    if (found == printing_.end()) {
        printing_.push_back({arrived.test, {}});
        found = printing_.end() - 1;
    }
    found->lines.add(arrived.from, arrived.text,
                     [&](stream from, std::string_view line) { live_line(arrived.test, from, line); });
}

void console::finish_live(std::size_t test) {
    for (std::size_t i = 0; i < printing_.size(); ++i) {
        if (printing_[i].test != test) continue;
        printing_[i].lines.finish([&](stream from, std::string_view line) { live_line(test, from, line); });
        printing_.erase(printing_.begin() + static_cast<std::ptrdiff_t>(i));
        return;
    }
}

void console::live_line(std::size_t test, stream from, std::string_view text) {
    std::string title;
    if (test < list_->tests.size()) append_title(title, list_->tests[test], look_.arrow);
    text_ += "  ";
    text_ += from == stream::err ? look_.yellow : look_.dim;
    text_ += shortened(title, std::max<std::size_t>(width() / 3, 12), look_.ellipsis);
    text_ += ' ';
    text_ += look_.line;
    text_ += look_.reset;
    text_ += ' ';
    append_printable(text_, text, style_.color ? color_escapes::kept : color_escapes::dropped, true);
    if (style_.color) text_ += look_.reset;
    text_ += '\n';
    if (text_.size() >= batch) flush();
}

// ---- what belongs to no test ----

void console::say(const notice& what) {
    if (style_.quiet && what.how == notice::level::info) return;
    text_ += "  ";
    if (what.how != notice::level::info) {
        const bool error = what.how == notice::level::error;
        text_ += error ? look_.red : look_.yellow;
        text_ += error ? "error: " : "warning: ";
        text_ += look_.reset;
    }
    append_printable(text_, what.text);
    text_ += '\n';
    flush();
}

void console::say_lost(const worker_lost& worker) {
    if (!style_.verbose) return;
    say({notice::level::info, "worker " + std::to_string(worker.slot) + " (pid " + std::to_string(worker.pid) +
                                  ") ended early: " + worker.reason});
}

/// A line for each test that runs for longer than it should, once; then everything that is waiting goes out.
void console::pass_time(const tick& now) {
    at_ = now.at;
    for (running_attempt& attempt : running_) {
        if (live_ || style_.quiet || attempt.announced || attempt.test >= list_->tests.size()) continue;
        const duration limit = slow_after(attempt.test);
        if (style_.progress == progress_choice::none || limit.count() <= 0 || now.at - attempt.since <= limit) continue;
        attempt.announced = true;
        verdict_line("slow", look_.yellow, attempt.test, now.at - attempt.since);
        text_ += "  still running\n";
    }
    if (live_ || !text_.empty()) flush();
}

void console::sum_up() {
    live_ = false;
    const bool blank = text_.empty() && after_blank_;
    summary_writer(text_, style_, look_, width(), run_, *list_, counts_).write();
    if (blank && !text_.empty() && text_.front() == '\n') text_.erase(0, 1);
    flush();
}

// ---- writing ----

std::size_t console::width() {
    const std::size_t now = output_.columns();
    return now != 0 ? now : style_.width;
}

void console::blank_line() {
    if (text_.size() >= 2 && text_[text_.size() - 1] == '\n' && text_[text_.size() - 2] == '\n') return;
    if (text_.empty() && after_blank_) return;
    text_ += '\n';
}

/// One call to write, also where the bar has to make room for text and come back.
void console::flush() {
    const bool ends_blank = text_.size() >= 2 && text_[text_.size() - 2] == '\n';
    if (!text_.empty()) after_blank_ = ends_blank;
    std::string batch_text;
    bar_.erase(batch_text);
    batch_text += text_;
    text_.clear();
    if (live_) bar_.draw(batch_text, std::max<std::size_t>(width(), 20), at_, counts_, *list_, running_);
    if (!batch_text.empty()) output_.write(batch_text);
}

}  // namespace cordon::engine::report
