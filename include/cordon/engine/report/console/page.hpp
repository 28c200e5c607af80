#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/console/attempt_groups.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/past_words.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/wording.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// The text of the console report, the data about the run, and the lines of tests.
class console_page {
  public:
    explicit console_page(text::console_style chosen)
        : style(std::move(chosen)), look(text::theme_of(style)), counts(style.slowest) {}

    /// The first lines: a description of the run.
    void heading(const run_started& started);
    /// Word, time and name, without the end of the line.
    void verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took,
                      bool stands_out = false);
    /// After the name: the reason of a verdict, and that the test was slow.
    void remarks(const test_finished& test, std::string_view said_below = {});
    /// Below the verdict's line: the test's place and its ending in words.
    void details(const test_finished& test, const vector<attempt_group>& groups, std::size_t width);
    /// Above the failures of these attempts, if other attempts failed differently.
    void attempts_line(const attempt_group& group);
    /// With -v: the resources of the attempt.
    void measures(const attempt_result& attempt);

    std::string_view color_of(verdict what) const;
    duration slow_after(std::size_t test) const { return list->tests[test].slow_after.value_or(run.slow_after); }
    bool knows(std::size_t test) const { return list && test < list->tests.size(); }
    /// Dimmed text of the page itself.
    void add_dim(std::string_view words);

    const text::console_style style;
    const text::theme look;
    tally counts;
    run_info run;
    std::shared_ptr<const test_list> list;  ///< null before the run has started
    text::path_names paths;
    std::string text;

  private:
    void slow_remark(const test_finished& test);
};

void console_page::add_dim(std::string_view words) {
    text += look.dim;
    text += words;
    text += look.reset;
}

void console_page::heading(const run_started& started) {
    constexpr std::string_view modes[] = {"", "fork", "exec", "shard", "none", "rewind"};
    text += "  ";
    text += look.bold;
    text += "cordon";
    text += look.reset;
    text += "  " + counted(started.selected.size(), "test");
    if (run.filtered_out != 0) text += " (" + counted(run.filtered_out) + " filtered out)";

    std::string more;
    const auto add = [&](std::string_view words) { more.append(look.dot).append(words); };
    add(run.isolation == isolate::none ? "no isolation" : counted(run.jobs, "worker"));
    if (run.isolation != isolate::none) add(modes[static_cast<std::size_t>(run.isolation)]);
    if (run.shard) add("shard " + std::to_string(run.shard->index) + "/" + std::to_string(run.shard->count));
    if (run.shuffled) add("seed " + std::to_string(run.seed));
    add_dim(more);
    text += "\n\n";
}

void console_page::verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took,
                                bool stands_out) {
    text.append(word.size() < 9 ? 9 - word.size() : 0, ' ');
    text += color;
    text += word;
    text += look.reset;
    text += "  ";
    if (took.count() > 0) {
        append_duration_column(text, took);
    } else {
        text.append(7, ' ');
    }
    text += "  ";
    if (!knows(test)) return;
    const test_info& info = list->tests[test];
    constexpr std::size_t longest = 400;
    if (stands_out) text += look.bold;
    if (info.suite.size() + info.name.size() <= longest) {
        text::append_title(text, info, look.arrow);
    } else {
        std::string title;
        text::append_title(title, info, look.arrow);
        text += shortened(title, longest, look.ellipsis);
    }
    if (stands_out) text += look.reset;
}

void console_page::remarks(const test_finished& test, std::string_view said_below) {
    std::string remark;
    if (test.what == verdict::quarantined) remark = "quarantined";
    if (test.what == verdict::unexpected_pass) remark = "passed, though it was declared to fail";
    if (!test.reason.empty() && said_below.find(test.reason) == std::string_view::npos) {
        if (!remark.empty()) remark += ": ";
        append_printable(remark, test.reason);
    }
    if (!remark.empty()) add_dim("  (" + remark + ")");
    slow_remark(test);
}

void console_page::slow_remark(const test_finished& test) {
    const duration took = counts.time_of(test.test);
    if (took.count() == 0 || !knows(test.test)) return;
    const duration limit = slow_after(test.test);
    if (limit.count() <= 0 || took <= limit) return;
    text += look.yellow;
    text += "  slow: over " + duration_text(limit);
    text += look.reset;
}

void console_page::details(const test_finished& test, const vector<attempt_group>& groups, std::size_t width) {
    const attempt_group& last = groups.back();
    const std::string indent(width < 60 ? 4 : 20, ' ');
    text += indent;
    if (knows(test.test)) {
        std::string place;
        text::append_place(place, paths.name(list->tests[test.test].file), list->tests[test.test].line);
        add_dim(place.append(look.dot));
    }
    if (groups.size() == 1) {
        text += text::ending_in_words(*last.shown);
        if (last.numbers.back() > 1 || test.what == verdict::flaky)
            text += " (" + attempts_in_words(last.numbers) + ")";
    } else {
        text += "went wrong in " + counted(groups.size()) + " ways";
    }
    text += '\n';
    if (style.verbose && groups.size() == 1) {
        text += indent;
        measures(*last.shown);
        text += '\n';
    }
    if (test.earlier) {
        text += indent;
        text += text::past_in_words(*test.earlier, test.what, last.shown->how, last.shown->took);
        text += '\n';
    }
}

void console_page::attempts_line(const attempt_group& group) {
    text += "\n    ";
    text += look.bold;
    text += attempts_in_words(group.numbers);
    text += look.reset;
    text += ": " + text::ending_in_words(*group.shown) + "\n";
    if (!style.verbose) return;
    text += "      ";
    measures(*group.shown);
    text += '\n';
}

void console_page::measures(const attempt_result& attempt) {
    std::string used = counted(attempt.assertions, "assertion");
    const resource_usage& usage = attempt.usage;
    used += ", cpu " + duration_text(usage.user) + " user, " + duration_text(usage.system) + " system";
    if (usage.max_rss_bytes != 0) {
        used += ", " + size_text(usage.max_rss_bytes);
        used += ", " + counted(usage.minor_faults + usage.major_faults, "fault");
        used += ", " + counted(usage.voluntary_switches + usage.involuntary_switches) + " switches";
    }
    if (attempt.spawn.count() > 0) used += ", spawn " + duration_text(attempt.spawn);
    if (attempt.cleanup.count() > 0) used += ", clean-up " + duration_text(attempt.cleanup);
    used += ", slot " + std::to_string(attempt.slot);
    if (!attempt.host.empty()) used += " on " + attempt.host;
    if (attempt.pid != 0) used += ", pid " + std::to_string(attempt.pid);
    if (attempt.process_reused) used += ", after others in its process";
    add_dim(used);
}

std::string_view console_page::color_of(verdict what) const {
    switch (what) {
        case verdict::passed:
            return look.green;
        case verdict::failed:
        case verdict::unexpected_pass:
        case verdict::lost:
            return look.red;
        case verdict::flaky:
            return look.yellow;
        default:
            return look.dim;
    }
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
