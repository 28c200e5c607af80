#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/rerun_advice.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <cstdio>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The end of the console report.
class summary_writer {
  public:
    summary_writer(std::string& out, const text::console_style& style, const text::theme& look, std::size_t width,
                   const run_info& run, const test_list& list, const tally& counts)
        : out_(out),
          style_(style),
          look_(look),
          width_(width),
          run_(run),
          list_(list),
          counts_(counts),
          paths_(run.folder, list) {}

    void write();

  private:
    struct entry {
        std::string word;
        std::string_view color;
        std::size_t test;
        std::string remark;
        std::string place{};  ///< before the remark
    };

    void section(std::string_view title);
    void noted(std::string_view title, std::string_view color, verdict which, verdict also);
    void row(const entry& line, std::size_t column);
    void rows(std::string_view title, const vector<entry>& lines);
    void left_behind();
    void leftovers_of(const leftovers& left);
    std::string title_of(std::size_t test) const;
    std::size_t column_for(const vector<entry>& lines) const;
    void leavers();
    void near_misses();
    void slowest();
    void rerun();
    void verdicts();
    void retries();
    void figures();
    void totals();
    void stopped();
    std::string flaky_against() const;
    std::string remark_on(const noted_test& test) const;
    std::string place_of(const noted_test& test) const;
    std::string beside_name(const entry& line, std::size_t room) const;
    duration slow_after(std::size_t test) const;

    std::string& out_;
    const text::console_style& style_;
    const text::theme& look_;
    std::size_t width_;
    const run_info& run_;
    const test_list& list_;
    const tally& counts_;
    text::path_names paths_;
};

void summary_writer::write() {
    if (!style_.quiet) {
        noted("Lost", look_.red, verdict::lost, verdict::lost);
        noted("Failed", look_.red, verdict::failed, verdict::unexpected_pass);
        // A search has told all of each in one line already.
        if (style_.verbose || !run_.repeats) noted("Flaky", look_.yellow, verdict::flaky, verdict::flaky);
        noted("Quarantined", look_.dim, verdict::quarantined, verdict::quarantined);
        leavers();
        if (style_.verbose) noted("Known", look_.dim, verdict::known_failure, verdict::known_failure);
        left_behind();
        near_misses();
        slowest();
        rerun();
        out_ += '\n';
    }
    stopped();
    verdicts();
    retries();
    figures();
}

void summary_writer::section(std::string_view title) {
    out_ += "\n  ";
    out_ += look_.bold;
    out_ += title;
    out_ += look_.reset;
    out_ += '\n';
}

void summary_writer::noted(std::string_view title, std::string_view color, verdict which, verdict also) {
    const std::size_t most = style_.verbose ? counts_.noted().size() : 30;
    std::size_t found = 0;
    vector<entry> lines;
    for (const noted_test& test : counts_.noted()) {
        if (test.what != which && test.what != also) continue;
        if (test.test >= list_.tests.size() || found++ >= most) continue;
        lines.push_back(
            {std::string(text::word_of(test.what, test.how)), color, test.test, remark_on(test), place_of(test)});
    }
    rows(title, lines);
    if (found > most) out_ += "           and " + counted(found - most) + " more\n";
}

void summary_writer::rows(std::string_view title, const vector<entry>& lines) {
    // A run of one test has already shown everything.
    if (lines.empty() || counts_.selected() == 1) return;
    section(title);
    const std::size_t column = column_for(lines);
    for (const entry& line : lines) {
        row(line, column);
    }
}

/// Passed tests with their leftovers. With --leaks=fail they are among the failed ones.
void summary_writer::left_behind() {
    if (counts_.leaky() == 0 || run_.leaks != leak_policy::warn) return;
    const std::size_t most = style_.verbose ? counts_.first_leaky().size() : 20;
    section("Left behind (--leaks=fail makes these failures)");
    std::size_t shown = 0;
    for (const leaky_test& each : counts_.first_leaky()) {
        if (each.test >= list_.tests.size() || shown == most) continue;
        ++shown;
        row({"leak", look_.yellow, each.test, text::leftovers_in_words(each.left)}, 0);
        leftovers_of(each.left);
    }
    if (counts_.leaky() > shown) out_ += "           and " + counted(counts_.leaky() - shown) + " more\n";
}

void summary_writer::leftovers_of(const leftovers& left) {
    const std::size_t most = style_.verbose ? left.items.size() : 5;
    std::size_t found = 0;
    for (const leftover& each : left.items) {
        if (each.kind == leftover_kind::file || found++ >= most) continue;
        out_ += "             ";
        out_ += look_.dim;
        out_ += shortened(text::leftover_in_words(each), std::max<std::size_t>(width_, 40) - 13, look_.ellipsis);
        out_ += look_.reset;
        out_ += '\n';
    }
    if (found > most) out_ += "             and " + counted(found - most) + " more\n";
}

/// The column of a section's remarks: after the longest name, but with enough room for them.
std::size_t summary_writer::column_for(const vector<entry>& lines) const {
    std::size_t longest = 0;
    for (const entry& line : lines) {
        longest = std::max(longest, width_of(title_of(line.test)));
    }
    return std::min<std::size_t>(longest, std::max<std::size_t>(width_ / 2, 20));
}

std::string summary_writer::title_of(std::size_t test) const {
    std::string title;
    text::append_title(title, list_.tests[test], look_.arrow);
    return title;
}

/// One line, never wider than the terminal: the remark is cut first, then the name.
void summary_writer::row(const entry& line, std::size_t column) {
    out_.append(line.word.size() < 9 ? 9 - line.word.size() : 0, ' ');
    out_ += line.color;
    out_ += line.word;
    if (!line.color.empty()) out_ += look_.reset;
    out_ += "  ";
    const std::size_t room = std::max<std::size_t>(width_, 40) - 11;
    const std::string title = shortened(title_of(line.test), room, look_.ellipsis);
    out_ += title;
    std::size_t used = width_of(title);
    const bool says_more = !line.remark.empty() || !line.place.empty();
    if (says_more && std::max(used, column) + 12 < room) {
        out_.append(column > used ? column - used + 2 : 2, ' ');
        used = std::max(used, column) + 2;
        out_ += look_.dim;
        out_ += beside_name(line, room - used);
        out_ += look_.reset;
    }
    out_ += '\n';
}

/// The place is cut on its left: file and line stay. The text after it gets the remaining room.
std::string summary_writer::beside_name(const entry& line, std::size_t room) const {
    if (line.place.empty()) return shortened(line.remark, room, look_.ellipsis);
    const std::size_t dot = line.remark.empty() ? 0 : width_of(look_.dot);
    const std::size_t wanted = width_of(line.remark) + dot;
    const std::size_t spare = room > wanted ? room - wanted : 0;
    std::string text = text::shortened_place(line.place, std::min(room, std::max(spare, room / 3)), look_.ellipsis);
    constexpr std::size_t least = 8;
    if (dot != 0 && width_of(text) + dot + least <= room) text.append(look_.dot).append(line.remark);
    return shortened(text, room, look_.ellipsis);
}

std::string summary_writer::remark_on(const noted_test& test) const {
    std::string remark;
    if (test.what == verdict::flaky && !test.repeated) remark = "failed, then passed";
    if (test.reason.empty()) return remark;
    if (!remark.empty()) remark += look_.dot;
    append_printable(remark, test.reason);
    return remark;
}

std::string summary_writer::place_of(const noted_test& test) const {
    const test_info& info = list_.tests[test.test];
    std::string place;
    text::append_place(place, paths_.name(test.file.empty() ? info.file : std::string_view(test.file)),
                       test.file.empty() ? info.line : test.line);
    return place;
}

/// Tests in quarantine that were stable.
void summary_writer::leavers() {
    vector<entry> lines;
    for (const stable_test& each : counts_.may_leave_quarantine()) {
        if (each.test >= list_.tests.size()) continue;
        lines.push_back({"pass", look_.green, each.test, text::stability_in_words(each.earlier)});
    }
    if (lines.empty()) return;
    section("May leave quarantine");
    const std::size_t column = column_for(lines);
    for (const entry& line : lines)
        row(line, column);
}

/// Passed tests that would exceed their time limit on a slower machine.
void summary_writer::near_misses() {
    if (counts_.near_misses() == 0 || run_.repeats) return;
    const std::size_t most = style_.verbose ? counts_.first_near_misses().size() : 20;
    section("Close to the time limit");
    std::size_t shown = 0;
    for (const near_miss& each : counts_.first_near_misses()) {
        if (shown == most) break;
        ++shown;
        const auto percent = each.took * 100 / each.limit;
        row({duration_text(each.took), look_.yellow, each.test,
             std::to_string(percent) + " % of " + duration_text(each.limit)},
            0);
    }
    if (counts_.near_misses() > shown) out_ += "           and " + counted(counts_.near_misses() - shown) + " more\n";
}

duration summary_writer::slow_after(std::size_t test) const {
    return list_.tests[test].slow_after.value_or(run_.slow_after);
}

void summary_writer::slowest() {
    const vector<timed_test> slow = counts_.slowest();
    // For a few tests, or tests that take no time, the slowest ones do not matter.
    if (slow.empty() || slow.front().took < std::chrono::milliseconds(1) || counts_.finished() <= slow.size()) return;
    vector<entry> lines;
    for (const timed_test& test : slow) {
        if (test.test >= list_.tests.size()) continue;
        const duration limit = slow_after(test.test);
        const bool over = limit.count() > 0 && test.took > limit;
        lines.push_back({duration_text(test.took), over ? look_.yellow : look_.dim, test.test,
                         over ? "slow: over " + duration_text(limit) : ""});
    }
    rows("Slowest", lines);
}

/// One line for a shell.
void summary_writer::rerun() {
    text::rerun_candidates of;
    of.some_were_not_run = counts_.count(verdict::not_run) != 0;
    for (const noted_test& test : counts_.noted()) {
        const bool failed =
            test.what == verdict::failed || test.what == verdict::unexpected_pass || test.what == verdict::lost;
        if ((!failed && test.what != verdict::flaky) || test.test >= list_.tests.size()) continue;
        of.all_failed = of.all_failed && failed;
        if (of.tests.empty()) of.leaf = test.leaf;
        of.tests.push_back(test.test);
    }
    if (of.tests.empty()) return;
    if (const std::string* command = counts_.command_for(of.tests.front())) of.shown_by = *command;
    constexpr std::size_t longest = 160;
    const text::rerun_line line = text::advise_rerun(run_, list_, of, std::max(width_, longest));
    const bool all = line.named == of.tests.size();
    section(all ? "Run again" : "Run the first " + std::to_string(line.named) + " of these again");
    out_ += "    " + line.command + "\n";
    if (!all) out_ += "    and " + counted(of.tests.size() - line.named) + " more\n";
}

void summary_writer::stopped() {
    const std::string& why = counts_.against().empty() ? counts_.stopped_because() : counts_.against();
    if (why.empty()) return;
    out_ += "  ";
    out_ += counts_.against().empty() ? look_.yellow : look_.red;
    append_printable(out_, why);
    out_ += look_.reset;
    out_ += '\n';
}

/// After the number of flaky tests, if they fail the run.
std::string summary_writer::flaky_against() const {
    const std::uint64_t all = counts_.count(verdict::flaky);
    const std::uint64_t against = counts_.flaky_against();
    const std::string& why = counts_.why_flaky_against();
    const std::string lead =
        all == against ? all == 1 ? "this fails" : "these fail" : counted(against) + " of them fail";
    constexpr std::string_view said = "this fails";
    const bool begins = why.compare(0, said.size(), said) == 0;
    return " - " + lead + printable(begins ? why.substr(said.size()) : ": " + why);
}

/// "  24 tests: 21 passed, 2 failed, 1 skipped"
void summary_writer::verdicts() {
    const bool bad = counts_.bad();
    out_ += "  ";
    out_ += look_.bold;
    out_ += counted(counts_.selected(), "test");
    out_ += look_.reset;
    std::string_view separator = ": ";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        if (counts_.count(what) == 0) continue;
        const bool against = what == verdict::flaky && counts_.flaky_against() != 0;
        const bool red =
            what == verdict::failed || what == verdict::lost || what == verdict::unexpected_pass || against;
        const bool green = what == verdict::passed && !bad;
        out_ += separator;
        out_ += red ? look_.red : green ? look_.green : what == verdict::flaky ? look_.yellow : std::string_view();
        out_ += counted(counts_.count(what));
        out_ += ' ';
        out_ += text::phrase_of(what);
        out_ += look_.reset;
        if (against) out_ += flaky_against();
        separator = ", ";
    }
    if (style_.quiet) {
        out_ += ", " + duration_text(counts_.wall());
    }
    out_ += '\n';
}

/// "  7 retries of 4 tests, 3 recovered . after fail: 5, 2 recovered . after timeout: 2, 1 recovered"
void summary_writer::retries() {
    const retry_figures& tried = counts_.retries();
    if (style_.quiet || tried.tests == 0) return;
    const auto recovered = [](const retry_figures::row& of) {
        return ", " + (of.recovered == 0 ? "none" : counted(of.recovered)) + " recovered";
    };
    std::string classes;
    bool several = false;
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        const retry_figures::row& row = tried.by_class[i];
        if (row.retries == 0) continue;
        several = row.retries != tried.all.retries;
        classes.append(look_.dot).append("after ").append(name_of(static_cast<retry_class>(i)));
        if (several) classes += ": " + counted(row.retries) + recovered(row);
    }
    out_ += "  retries: " + counted(tried.all.retries) + " in " + counted(tried.tests, "test") + recovered(tried.all);
    out_ += look_.dim;
    out_ += classes;
    out_ += look_.reset;
    out_ += '\n';
}

/// "  120 assertions, 3 failed . 4.21 s, 1.9 x faster than one by one . seed 42"
void summary_writer::figures() {
    if (style_.quiet) return;
    out_ += "  ";
    out_ += look_.dim;
    out_ += counted(counts_.assertions(), "assertion");
    if (counts_.runs() != 0) out_ += " in the runs shown, of " + counted(counts_.runs(), "run");
    if (counts_.failed_assertions() != 0) out_ += ", " + counted(counts_.failed_assertions()) + " failed";
    out_ += look_.dot;
    out_ += duration_text(counts_.wall());
    if (counts_.workers_started() != 0) {
        out_ += " on " + counted(counts_.workers_started() - counts_.workers_replaced(), "worker");
        char faster[32];
        std::snprintf(faster, sizeof faster, ", speed-up %.1f", counts_.speedup());
        if (counts_.speedup() >= 1.05) out_ += faster;
    }
    if (run_.shuffled) {
        out_ += look_.dot;
        out_ += "seed " + std::to_string(run_.seed);
    }
    out_ += look_.reset;
    out_ += '\n';
    if (style_.verbose) totals();
}

/// "  cpu 1.20 s (0.80 s user, 0.40 s system) . at most 3.5 MiB a process . 2 workers started, 0 replaced, spawn 0.09
/// ms"
void summary_writer::totals() {
    const duration user = counts_.user_time();
    const duration system = counts_.system_time();
    std::string text = "cpu " + duration_text(user + system) + " (" + duration_text(user) + " user, " +
                       duration_text(system) + " system)";
    if (counts_.peak_rss_bytes() != 0) {
        text += look_.dot;
        text += "at most " + size_text(counts_.peak_rss_bytes()) + " a process";
    }
    if (counts_.workers_started() != 0) {
        text += look_.dot;
        text += counted(counts_.workers_started(), "worker") + " started, " + counted(counts_.workers_replaced()) +
                " replaced, mean spawn " + duration_text(counts_.mean_spawn());
    }
    out_ += "  ";
    out_ += look_.dim;
    out_ += text;
    out_ += look_.reset;
    out_ += '\n';
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
