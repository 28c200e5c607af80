#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/text_output.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/report/brief/causes.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/report/test_report.hpp>
#include <cordon/engine/text/failure.hpp>
#include <cordon/engine/text/failure_signature.hpp>
#include <cordon/engine/text/output_lines.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/rerun_advice.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// At most `most` bytes of a line; "..." marks a cut.
std::string clipped(std::string_view line, std::size_t most) {
    if (line.size() <= most) return std::string(line);
    return std::string(line.substr(0, code_point_start(line, most - 3))) + "...";
}

/// The last lines of an attempt's output, safe to print.
std::string last_output_of(const captured_output& output) {
    constexpr std::size_t most = 3;
    vector<std::string> last;
    text::each_output_line(
        output,
        [&last](stream from, std::string_view line) {
            if (line.empty()) return;
            if (last.size() == most) last.erase(last.begin());
            last.push_back(std::string(name_of(from)) + " | ");
            append_printable(last.back(), line.substr(0, code_point_start(line, 200)), color_escapes::dropped, true);
        },
        [](std::uint64_t) {});
    std::string text;
    for (const std::string& each : last)
        text += each + '\n';
    return text;
}

/// For coding agents and short logs: what failed, where, why and how to run it again. At most 2 kB, whatever the
/// run. Contains no times, so that equal runs have equal reports.
class brief_report final : public test_report {
  public:
    static constexpr std::size_t usual_size = 2000;

    explicit brief_report(text_output& output, std::size_t most_bytes = usual_size)
        : test_report(output), most_bytes_(most_bytes) {
        hold_back();
    }

  private:
    void begin(const run_started& run) override {
        paths_ = text::path_names(run.info.folder, list());
        selected_ = run.selected.size();
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void other(const event& happened) override;
    void end(const run_finished& run) override;

    cause cause_of(const test_info& info, const test_finished& finished, const attempt_result* telling) const;
    std::string why_of(const test_info& info, const test_finished& finished, const attempt_result* telling) const;
    std::string details_of(const test_info& info, const attempt_result* telling) const;
    std::string ending_without_times(const test_info& info, const attempt_result& attempt) const;
    void note_rerun(const test_finished& finished, const attempt_result* telling);
    std::string verdicts() const;
    std::string heading(const run_finished& run) const;
    std::string advice() const;
    std::string names_of(const cause& which) const;
    std::string entry(const cause& which, std::size_t lines) const;
    void write_causes(const vector<cause>& all, std::size_t room);

    std::size_t most_bytes_;
    text::path_names paths_;
    std::uint64_t counts_[verdict_count] = {};
    std::uint64_t selected_ = 0;
    std::uint64_t finished_ = 0;
    causes causes_;
    text::rerun_candidates again_;
    vector<std::string> notices_;  // the first ones
    std::uint64_t more_notices_ = 0;
};

// ---- while tests finish ----

void brief_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    ++counts_[static_cast<std::size_t>(finished.what)];
    ++finished_;
    if (!text::is_bad(finished) && finished.what != verdict::flaky) return;
    const attempt_result* telling = text::telling_attempt(attempts);
    causes_.add(cause_of(info, finished, telling));
    note_rerun(finished, telling);
}

void brief_report::note_rerun(const test_finished& finished, const attempt_result* telling) {
    again_.all_failed = again_.all_failed && finished.what != verdict::flaky;
    if (again_.tests.empty()) {
        if (telling != nullptr) again_.leaf = only_bad_leaf(*telling);
        again_.shown_by = repro();
    }
    again_.tests.push_back(finished.test);
}

void brief_report::other(const event& happened) {
    const auto* told = happened.get_if<notice>();
    if (told == nullptr || told->how == notice::level::info) return;
    constexpr std::size_t most = 2;
    constexpr std::size_t longest = 120;
    if (notices_.size() == most) {
        ++more_notices_;
        return;
    }
    std::string_view text = told->text;
    notices_.push_back(std::string(name_of(told->how)) + ": " + clipped(printable(take_line(text)), longest));
}

std::string brief_report::ending_without_times(const test_info& info, const attempt_result& attempt) const {
    if (attempt.how == ending::timed_out && !text::failed_in_setup(attempt))
        return "timed out (limit " + duration_text(limit_of(info, run())) + ")";
    std::string text = text::ending_in_words(attempt);
    if (attempt.how == ending::crashed) append_printable(text, text::top_frames(attempt));
    return text;
}

/// One line: the first failure, or how the test ended.
std::string brief_report::why_of(const test_info& info, const test_finished& finished,
                                 const attempt_result* telling) const {
    std::string why;
    if (finished.what == verdict::flaky) why = "flaky: ";
    if (finished.what == verdict::unexpected_pass || telling == nullptr)
        return why + text::verdict_in_words(finished, {});
    if (telling->how != ending::failed || text::failed_in_setup(*telling)) {
        why += ending_without_times(info, *telling);
    } else {
        const failure* first = nullptr;
        for (const failure& wrong : telling->failures) {
            if (first == nullptr && fails_test(wrong.kind)) first = &wrong;
        }
        why += first != nullptr ? printable(failure_in_brief(*first)) : text::ending_in_words(*telling);
    }
    if (!finished.against.empty()) why += "; " + printable(finished.against);
    return why;
}

cause brief_report::cause_of(const test_info& info, const test_finished& finished,
                             const attempt_result* telling) const {
    cause found;
    found.why = why_of(info, finished, telling);
    found.fails_the_run = text::is_bad(finished);
    const std::string kind = std::string(name_of(finished.what)) + ' ';
    found.signature = kind + (telling != nullptr ? text::signature_of(*telling) : found.why);
    found.alike = kind + found.why;
    found.tests.push_back(finished.test);
    found.details = details_of(info, telling);
    if (run().repeats) found.details += background();
    return found;
}

/// Failures, stack and the last lines of output, without process ids and times.
std::string brief_report::details_of(const test_info& info, const attempt_result* telling) const {
    constexpr std::size_t most = 1500;  // the rest is not shown anyway
    if (telling == nullptr) return {};
    attempt_result kept;
    kept.failures = vector<failure>(telling->failures);
    kept.place = telling->place;
    if (!telling->stacks.empty()) {
        kept.stacks.push_back(thread_stack(telling->stacks.front()));
        kept.stacks.back().doing.clear();
    }
    const text::console_style style;
    const text::theme look = text::theme_of(style);
    std::string text;
    text::failure_writer writer(text, style, look, 100, paths_);
    writer.failures(kept);
    writer.stacks(kept);
    text = text::without_margin(text);
    if (text.empty()) {
        const text::source_place at = text::place_of(info, telling);
        text::append_place(text, paths_.name(at.file), at.line);
        text += '\n';
    }
    if (text.size() > most) text.resize(code_point_start(text, most));
    return text + last_output_of(telling->output);
}

// ---- at the end ----

/// "24 tests: 21 passed, 2 failed"
std::string brief_report::verdicts() const {
    std::string text = counted(selected_, "test");
    std::string_view separator = ": ";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        if (counts_[i] == 0) continue;
        text += separator;
        text += counted(counts_[i]) + ' ';
        text += text::phrase_of(static_cast<verdict>(i));
        separator = ", ";
    }
    return text + '\n';
}

std::string brief_report::heading(const run_finished& run) const {
    constexpr std::size_t longest = 150;
    std::string text = verdicts();
    const std::string& stopped = run.against.empty() ? run.stopped_because : run.against;
    if (!stopped.empty()) text += clipped(printable(stopped), longest) + '\n';
    for (const std::string& each : notices_)
        text += each + '\n';
    if (more_notices_ != 0) text += "and " + counted(more_notices_, "more message") + '\n';
    return text;
}

/// How to run the tests again, and how to learn more.
std::string brief_report::advice() const {
    const std::size_t longest = most_bytes_ * 3 / 20;
    if (again_.tests.empty()) return {};
    const text::rerun_line line = text::advise_rerun(run(), list(), again_, longest);
    const bool fits = line.command.size() <= longest * 2;
    std::string text = "\n";
    if (line.named == again_.tests.size()) {
        text += "run again: ";
    } else {
        text += "run the first " + (line.named == 1 ? std::string() : counted(line.named) + " ") + "again: ";
    }
    text += (fits ? line.command : "this program, with --failed") + "\n";
    return text + "all details: add --report console, or -v for whole values and output\n";
}

/// "suite/first, suite/second and 3 more"
std::string brief_report::names_of(const cause& which) const {
    constexpr std::size_t most = 3;
    constexpr std::size_t longest = 60;
    std::string text;
    for (std::size_t i = 0; i < which.tests.size() && i < most; ++i) {
        if (i != 0) text += ", ";
        text += clipped(printable(text::full_name_of(list().tests[which.tests[i]])), longest);
    }
    if (which.tests.size() > most) text += " and " + counted(which.tests.size() - most) + " more";
    return text;
}

/// A cause with this many lines of details.
std::string brief_report::entry(const cause& which, std::size_t lines) const {
    constexpr std::size_t longest = 140;
    std::string text = "\n";
    if (which.tests.size() > 1) text += counted(which.tests.size(), "test") + ": ";
    text += clipped(which.why, longest) + "\n  " + names_of(which) + "\n";
    std::string_view rest = which.details;
    while (lines > 0 && !rest.empty()) {
        const std::string_view line = take_line(rest);
        if (line.empty()) continue;
        text += "  " + clipped(line, longest) + "\n";
        --lines;
    }
    return text;
}

/// As many causes as fit, with fewer details for later ones.
void brief_report::write_causes(const vector<cause>& all, std::size_t room) {
    constexpr std::size_t for_the_rest = 50;
    std::size_t shown = 0;
    std::size_t left = again_.tests.size();
    for (; shown < all.size(); ++shown) {
        const std::size_t reserved = shown + 1 == all.size() ? 0 : for_the_rest;
        // The first cause may use half of the space, so that others are not lost.
        std::size_t lines = 12;
        std::string text = entry(all[shown], lines);
        const std::size_t share = std::max<std::size_t>(room / (all.size() - shown == 1 ? 1 : 2), 200);
        while (lines > 0 && text.size() > share)
            text = entry(all[shown], --lines);
        if (text.size() + reserved > room) break;
        room -= text.size();
        text_ += text;
        left -= all[shown].tests.size();
    }
    if (shown == all.size()) return;
    text_ += "\nand " + counted(all.size() - shown, "more cause") + " in " + counted(left, "test") + "\n";
}

void brief_report::end(const run_finished& run) {
    if (finished_ < selected_) counts_[static_cast<std::size_t>(verdict::not_run)] += selected_ - finished_;
    again_.some_were_not_run = counts_[static_cast<std::size_t>(verdict::not_run)] != 0;
    sort(again_.tests);
    text_ = heading(run);
    const std::string after = advice();
    const std::size_t used = text_.size() + after.size();
    write_causes(causes_.settle(), used < most_bytes_ ? most_bytes_ - used : 0);
    text_ += after;
    if (text_.size() > most_bytes_) text_ = clipped(text_, most_bytes_ - 1) + '\n';
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
