#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/wrap.hpp>
#include <cordon/engine/model/sink.hpp>
#include <cordon/engine/report/console/bar.hpp>
#include <cordon/engine/report/console/log_commands.hpp>
#include <cordon/engine/report/console/page.hpp>
#include <cordon/engine/report/console/summary.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/failure.hpp>
#include <cordon/engine/text/flake.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The report for people. Text is collected and written in batches: when something failed, at a tick, at 32 KiB, at the
/// end. Keeps nothing about passed tests.
class console final : public sink {
  public:
    console(text::console_style style, text_output& output)
        : page_(std::move(style)), output_(output), bar_(page_.look) {}

    void on(const event& happened) override;
    status finish() override {
        flush();
        return ok();
    }

  private:
    /// The attempts of a test that will be shown, until its verdict is known.
    struct kept_attempts {
        std::size_t test;
        vector<attempt_result> attempts;
    };
    struct parts_shown {
        bool failures, details, output;
    };
    struct live_output {
        std::size_t test;
        text::line_joiner lines;
    };

    void start(const run_started& run);
    void begin(const attempt_started& attempt);
    void end(const attempt_result& attempt);
    void conclude(const test_finished& test);
    void conclude_with(const test_finished& test, const kept_attempts& kept);
    void write_attempts(const vector<attempt_group>& groups, const parts_shown& shown);
    void print_live(const output_arrived& arrived);
    void finish_live(std::size_t test);
    void say(const notice& what);
    const flake_summary* flake_of(std::size_t test) const;
    void say_lost(const worker_lost& worker);
    void pass_time(const tick& now);
    void show_life();
    void sum_up();

    bool is_told_shortly(const flake_summary& flake) const;
    bool wants_line(verdict what) const;
    bool wants_details(verdict what) const;
    bool wants_output(verdict what) const;
    bool worth_keeping(const attempt_result& attempt) const;
    void keep(const attempt_result& attempt);
    void retry_line(const attempt_result& attempt);
    void live_line(std::size_t test, stream from, std::string_view text);
    bool ends_blank() const;
    void blank_line();

    std::size_t width();
    void flush();
    std::string for_terminal(std::string_view text, std::size_t columns) const;

    static constexpr std::size_t batch = 32 * 1024;

    console_page page_;
    text_output& output_;
    live_bar bar_;
    bool live_ = false;
    bool after_blank_ = true;  ///< the last text ended with an empty line
    vector<running_attempt> running_;
    vector<kept_attempts> kept_;
    vector<live_output> printing_;
    vector<flake_summary> flakes_;  // of tests without a verdict
    duration at_{};
    duration spoke_at_{};
};

/// The console report. `output` must outlive it.
owned<sink> make_console(text::console_style style, text_output& output) {
    return owned<sink>(new console(std::move(style), output));
}

void console::on(const event& happened) {
    page_.counts.on(happened);
    if (const auto* begun = happened.get_if<attempt_started>()) {
        begin(*begun);
    } else if (const auto* ended = happened.get_if<attempt_ended>()) {
        end(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        conclude(*finished);
        if (const flake_summary* told = flake_of(finished->test)) flakes_.erase(told);
    } else if (const auto* now = happened.get_if<tick>()) {
        pass_time(*now);
    } else if (const auto* arrived = happened.get_if<output_arrived>()) {
        print_live(*arrived);
    } else if (const auto* said = happened.get_if<notice>()) {
        say(*said);
    } else if (const auto* lost = happened.get_if<worker_lost>()) {
        say_lost(*lost);
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        if (flake->what.failures != 0 || flake->what.has_cause()) flakes_.push_back(flake_summary(flake->what));
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    } else if (happened.get_if<run_finished>() != nullptr) {
        sum_up();
    }
    if (page_.text.size() >= batch) flush();
}

void console::start(const run_started& run) {
    page_.run = run_info(run.info);
    page_.list = run.list;
    if (run.list) page_.paths = text::path_names(run.info.folder, *run.list);
    live_ = page_.list && page_.style.progress == progress_choice::bar && !page_.style.quiet;
    if (page_.style.quiet) return;
    page_.heading(run);
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
    return page_.style.verbose || (page_.style.output == show_output::all && !attempt.output.empty());
}

void console::keep(const attempt_result& attempt) {
    const bool good = attempt.how == ending::passed;
    if (!good && attempt.number < attempt.of) retry_line(attempt);
    for (kept_attempts& known : kept_) {
        if (known.test != attempt.test) continue;
        if (!good) known.attempts.push_back(attempt_result(attempt));  // of a flaky test, the failures are shown
        return;
    }
    kept_.push_back({attempt.test, {attempt}});
}

void console::retry_line(const attempt_result& attempt) {
    if (page_.style.quiet || page_.style.progress != progress_choice::lines) return;
    const std::string word = "try " + std::to_string(attempt.number) + "/" + std::to_string(attempt.of);
    page_.verdict_line(word, page_.look.yellow, attempt.test, attempt.took);
    page_.add_dim("  " + text::ending_in_words(attempt));
    page_.text += '\n';
}

void console::conclude(const test_finished& test) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        if (kept_[i].test != test.test) continue;
        const kept_attempts last = std::move(kept_[i]);
        if (i + 1 != kept_.size()) kept_[i] = std::move(kept_.back());
        kept_.pop_back();
        return conclude_with(test, last);
    }
    if (!wants_line(test.what)) return;
    const ending how = test.what == verdict::lost ? ending::lost : ending::passed;
    const flake_summary* const flake = flake_of(test.test);
    page_.verdict_line(text::word_of(test.what, how), page_.color_of(test.what), test.test,
                       page_.counts.time_of(test.test));
    page_.remarks(test);
    const bool is_short = flake != nullptr && is_told_shortly(*flake);
    if (is_short) text::write_flake_shortly(page_.text, *flake, page_.look, page_.paths);
    page_.text += '\n';
    if (flake != nullptr && !is_short)
        text::write_flake(page_.text, *flake, page_.look, width(), page_.paths, page_.style.verbose);
    if (wants_details(test.what)) flush();
}

void console::conclude_with(const test_finished& test, const kept_attempts& kept) {
    const attempt_result& last = *text::telling_attempt(kept.attempts);
    parts_shown shown{false, wants_details(test.what), false};
    for (const attempt_result& each : kept.attempts) {
        shown.output = shown.output || (wants_output(test.what) && !each.output.empty());
        shown.failures = shown.failures ||
                         (!each.failures.empty() && (shown.details || (page_.style.verbose && !page_.style.quiet)));
    }
    if (!wants_line(test.what) && !shown.output) return;
    const flake_summary* const flake = flake_of(test.test);
    if (test.what == verdict::flaky && flake != nullptr && is_told_shortly(*flake)) {
        page_.verdict_line(text::word_of(test.what, last.how), page_.color_of(test.what), test.test, {}, true);
        page_.remarks(test);
        text::write_flake_shortly(page_.text, *flake, page_.look, page_.paths);
        page_.text += '\n';
        return flush();
    }
    const bool block = shown.output || shown.failures || shown.details;
    if (block) blank_line();
    page_.verdict_line(text::word_of(test.what, last.how), page_.color_of(test.what), test.test,
                       page_.counts.time_of(test.test), shown.details);
    page_.remarks(test, block ? std::string_view(text::ending_in_words(last)) : std::string_view());
    if (!block && page_.style.verbose) {
        page_.text += "  ";
        page_.measures(last);
    }
    page_.text += '\n';
    if (!block) {
        // It passes here, and fails in a changed world.
        if (flake != nullptr)
            text::write_flake(page_.text, *flake, page_.look, width(), page_.paths, page_.style.verbose);
        return;
    }
    const vector<attempt_group> groups = groups_of(kept.attempts);
    page_.details(test, groups, width());
    if (flake != nullptr) text::write_flake(page_.text, *flake, page_.look, width(), page_.paths, page_.style.verbose);
    write_attempts(groups, shown);
    blank_line();
    flush();
}

/// A search may find many: one line each. A question about one test is answered in full.
bool console::is_told_shortly(const flake_summary& flake) const {
    return !page_.style.verbose && flake.details.one_of_many;
}

/// The failures of a few kinds of attempts, each kind once.
void console::write_attempts(const vector<attempt_group>& groups, const parts_shown& shown) {
    const std::size_t most = page_.style.verbose ? groups.size() : 3;
    text::failure_writer writer(page_.text, page_.style, page_.look, width(), page_.paths);
    for (std::size_t i = 0; i < groups.size() && i < most; ++i) {
        const attempt_result& attempt = *groups[i].shown;
        if (groups.size() > 1) page_.attempts_line(groups[i]);
        if (shown.failures) writer.failures(attempt);
        if (shown.details) writer.stacks(attempt);
        if (shown.details) writer.left_behind(attempt.left);
        if (shown.output) writer.output(attempt.output);
    }
    if (groups.size() > most)
        page_.text += "\n    [... " + counted(groups.size() - most) + " more ways left out; -v shows them ...]\n";
}

const flake_summary* console::flake_of(std::size_t test) const {
    for (const flake_summary& each : flakes_) {
        if (each.test == test) return &each;
    }
    return nullptr;
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
    if (page_.style.quiet) return false;
    const bool every = page_.style.progress != progress_choice::bar && page_.style.progress != progress_choice::none;
    if (what == verdict::passed) return every;
    return what == verdict::not_run ? every && page_.style.verbose : every || page_.style.verbose;
}

bool console::wants_output(verdict what) const {
    if (page_.style.output == show_output::all) return true;
    return page_.style.output == show_output::failed && wants_details(what);
}

// ---- output of running tests ----

void console::print_live(const output_arrived& arrived) {
    if (page_.style.output != show_output::live) return;
    std::size_t i = 0;
    while (i < printing_.size() && printing_[i].test != arrived.test) {
        ++i;
    }
    if (i == printing_.size()) printing_.push_back({arrived.test, {}});
    printing_[i].lines.add(arrived.from, arrived.text,
                           [&](stream from, std::string_view line) { live_line(arrived.test, from, line); });
}

void console::finish_live(std::size_t test) {
    for (std::size_t i = 0; i < printing_.size(); ++i) {
        if (printing_[i].test != test) continue;
        printing_[i].lines.finish([&](stream from, std::string_view line) { live_line(test, from, line); });
        if (i + 1 != printing_.size()) printing_[i] = std::move(printing_.back());
        printing_.pop_back();
        return;
    }
}

void console::live_line(std::size_t test, stream from, std::string_view text) {
    std::string title;
    if (page_.knows(test)) text::append_title(title, page_.list->tests[test], page_.look.arrow);
    page_.text += "  ";
    page_.text += from == stream::err ? page_.look.yellow : page_.look.dim;
    page_.text += shortened(title, std::max<std::size_t>(width() / 3, 12), page_.look.ellipsis);
    page_.text += ' ';
    page_.text += page_.look.line;
    page_.text += page_.look.reset;
    page_.text += ' ';
    append_printable(page_.text, text, page_.style.color ? color_escapes::kept : color_escapes::dropped, true);
    if (page_.style.color) page_.text += page_.look.reset;
    page_.text += '\n';
    if (page_.text.size() >= batch) flush();
}

// ---- what belongs to no test ----

void console::say(const notice& what) {
    page_.text += "  ";
    if (what.how != notice::level::info) {
        const bool error = what.how == notice::level::error;
        page_.text += error ? page_.look.red : page_.look.yellow;
        page_.text += error ? "error: " : "warning: ";
        page_.text += page_.look.reset;
    }
    append_printable(page_.text, what.text);
    page_.text += '\n';
    flush();
}

void console::say_lost(const worker_lost& worker) {
    if (!page_.style.verbose) return;
    say({notice::level::info, "worker " + std::to_string(worker.slot) + " (pid " + std::to_string(worker.pid) +
                                  ") ended early: " + worker.reason});
}

/// Reports each slow test once, then writes everything that waits.
void console::pass_time(const tick& now) {
    at_ = now.at;
    for (running_attempt& attempt : running_) {
        if (live_ || page_.style.quiet || attempt.announced || !page_.knows(attempt.test)) continue;
        const duration limit = page_.slow_after(attempt.test);
        if (page_.style.progress == progress_choice::none || limit.count() <= 0 || now.at - attempt.since <= limit)
            continue;
        attempt.announced = true;
        page_.verdict_line("slow", page_.look.yellow, attempt.test, now.at - attempt.since);
        page_.text += "  still running\n";
    }
    show_life();
    if (live_ || !page_.text.empty()) flush();
}

/// A log that is silent for long looks like a hanging run, to people and to CI systems.
void console::show_life() {
    const duration silence = page_.style.heartbeat;
    if (!page_.text.empty()) {
        spoke_at_ = at_;
    } else if (page_.list && page_.style.progress == progress_choice::lines && !page_.style.quiet &&
               silence.count() != 0 && at_ - spoke_at_ >= silence) {
        page_.text += heartbeat_line(page_.look, width(), at_, page_.counts, *page_.list, running_) + "\n";
        spoke_at_ = at_;
    }
}

void console::sum_up() {
    live_ = false;
    if (!page_.list) return;
    const std::size_t before = page_.text.size();
    const bool blank = ends_blank();
    summary_writer(page_.text, page_.style, page_.look, width(), page_.run, *page_.list, page_.counts).write();
    if (blank && page_.text[before] == '\n') page_.text.erase(before, 1);
    flush();
}

// ---- writing ----

std::size_t console::width() {
    const std::size_t now = output_.columns();
    return now != 0 ? now : page_.style.width;
}

bool console::ends_blank() const {
    const std::string& text = page_.text;
    if (text.empty()) return after_blank_;
    return text.size() >= 2 && text[text.size() - 1] == '\n' && text[text.size() - 2] == '\n';
}

void console::blank_line() {
    if (!ends_blank()) page_.text += '\n';
}

/// One write, even if the bar must be removed and drawn again.
void console::flush() {
    after_blank_ = ends_blank();
    if (!page_.text.empty()) spoke_at_ = at_;
    std::string batch_text;
    // Rows that stay are overwritten: text that is not removed first cannot flicker.
    if (!live_ || !page_.text.empty()) bar_.erase(batch_text);
    if (page_.style.progress != progress_choice::bar) disarm_log_commands(page_.text);
    const std::size_t columns = output_.columns();
    batch_text += columns != 0 ? for_terminal(page_.text, columns) : page_.text;
    page_.text.clear();
    if (live_) bar_.draw(batch_text, std::max<std::size_t>(width(), 20), at_, page_.counts, *page_.list, running_);
    if (!batch_text.empty()) output_.write(batch_text);
}

/// A terminal would break long lines inside words. Output of tests stays unchanged, and so do commands, because a shell
/// reads them line by line.
std::string console::for_terminal(std::string_view text, std::size_t columns) const {
    const std::string mark = ' ' + std::string(page_.look.line);
    const std::string command =
        ' ' + text::program_word(text::path_names::program(page_.run.program, page_.run.folder)) + ' ';
    constexpr std::size_t narrowest = 20;
    std::string broken;
    while (!text.empty()) {
        const bool ended = text.find('\n') != std::string_view::npos;
        const std::string_view line = take_line(text);
        const bool as_it_is = line.find(mark) < 60 || line.find(command) != std::string_view::npos;
        broken += as_it_is ? std::string(line) : wrapped(line, std::max(columns, narrowest));
        if (ended) broken += '\n';
    }
    return broken;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
