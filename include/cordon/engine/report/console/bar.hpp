#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// An attempt that has begun and not ended.
struct running_attempt {
    std::size_t test;
    std::uint32_t number;
    duration since;
    bool announced;  ///< its slowness was reported
};

/// The live part at the bottom of a terminal: a bar with counts, and the tests that have been running for a while. Rows
/// are overwritten in place and never as wide as the terminal, so nothing flickers or wraps.
class live_bar {
  public:
    explicit live_bar(const text::theme& look) : look_(look) {}

    /// Appends the text that removes the display; the cursor is then at its beginning.
    void erase(std::string& out) {
        to_first_row(out);
        if (rows_ != 0) out += "\x1b[J";
        rows_ = 0;
    }

    void draw(std::string& out, std::size_t width, duration at, const tally& counts, const test_list& list,
              const vector<running_attempt>& running) {
        to_first_row(out);
        const std::size_t before = rows_;
        rows_ = 0;
        row(out, bar(width - 1, at, counts));
        if (!counts.phase().empty() && width > 8)
            row(out, "  " + std::string(look_.dim) + shortened(counts.phase(), width - 4, look_.ellipsis) +
                         std::string(look_.reset));
        std::size_t shown = 0;
        for (const running_attempt& attempt : running) {
            if (at - attempt.since < std::chrono::milliseconds(300)) break;  // sorted by their start
            if (shown++ == most_running) break;
            row(out, running_row(width - 1, at, list, attempt));
        }
        if (before > rows_) out += "\x1b[J";
    }

  private:
    static constexpr std::size_t most_running = 4;

    void to_first_row(std::string& out) const {
        if (rows_ == 0) return;
        out += '\r';
        if (rows_ == 1) return;
        out += "\x1b[";
        append_number(out, rows_ - 1);
        out += 'A';
    }

    void row(std::string& out, const std::string& text) {
        if (rows_ != 0) out += '\n';
        out += text;
        out += "\x1b[K";
        ++rows_;
    }

    std::string bar(std::size_t width, duration at, const tally& counts) const;
    std::string stripes(std::size_t columns, const tally& counts) const;
    std::string running_row(std::size_t width, duration at, const test_list& list,
                            const running_attempt& attempt) const;

    const text::theme& look_;
    std::size_t rows_ = 0;
};

/// "0.4 s", "12 s", "2m 05s": changes at most ten times a second, and only below ten seconds.
std::string age_text(duration value) {
    const auto tenths = static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0) / 100'000'000);
    std::string text;
    if (tenths < 100) {
        append_decimal(text, tenths, 1);
        return text + " s";
    }
    if (tenths >= 600) return duration_text(std::chrono::seconds(tenths / 10));
    append_number(text, tenths / 10);
    return text + " s";
}

std::string live_bar::bar(std::size_t width, duration at, const tally& counts) const {
    const bool repeats = counts.runs_so_far() != 0;
    const std::uint64_t runs = repeats ? counts.runs_so_far() : counts.finished();
    const std::uint64_t failed = repeats ? counts.failures_so_far() : counts.failed() + counts.count(verdict::lost);
    const std::string done =
        repeats ? counted(runs, "run") : counted(counts.finished()) + "/" + counted(counts.selected());
    const std::string bad = failed == 0 ? "" : counted(failed) + " failed";
    const std::string flaky = counts.count(verdict::flaky) == 0 ? "" : counted(counts.count(verdict::flaky)) + " flaky";
    const std::string age = age_text(at);
    const auto each_second = at.count() > 0 ? static_cast<double>(runs) / seconds(at) : 0.0;
    const optional<duration> remaining = counts.time_left(at);
    const bool worth_saying = remaining && *remaining >= std::chrono::seconds(2);
    const std::string left = worth_saying ? age_text(*remaining) + " left" : "";
    const std::string rate = each_second >= 1 ? counted(static_cast<std::uint64_t>(each_second)) + "/s" : "";

    // If the terminal is narrow, the least important parts are left out first.
    const std::string* parts[] = {&done, &bad, &age, &left, &flaky, &rate};
    const std::string_view colors[] = {"", look_.red, look_.dim, look_.dim, look_.yellow, look_.dim};
    constexpr std::size_t least = 10;
    std::size_t room = width > least + 2 ? width - least - 2 : 0;
    std::string text;
    for (std::size_t i = 0; i < 6; ++i) {
        if (parts[i]->empty() || parts[i]->size() + 2 > room) continue;
        room -= parts[i]->size() + 2;
        text += "  " + std::string(colors[i]) + *parts[i] + std::string(colors[i].empty() ? "" : look_.reset);
    }
    const std::size_t columns = std::min<std::size_t>(least + room, 40);
    return (width > least + 2 ? "  " + stripes(columns, counts) : "") + text;
}

std::string live_bar::stripes(std::size_t columns, const tally& counts) const {
    const std::uint64_t all = std::max<std::uint64_t>(counts.selected(), 1);
    const std::size_t filled = static_cast<std::size_t>(std::min(counts.finished(), all) * columns / all);
    std::string text(counts.bad() ? look_.red : look_.green);
    for (std::size_t i = 0; i < filled; ++i) {
        text += look_.full;
    }
    text += look_.reset;
    text += look_.dim;
    for (std::size_t i = filled; i < columns; ++i) {
        text += look_.empty;
    }
    text += look_.reset;
    return text;
}

std::string live_bar::running_row(std::size_t width, duration at, const test_list& list,
                                  const running_attempt& attempt) const {
    const std::string age = age_text(at - attempt.since);
    std::string title;
    if (attempt.test < list.tests.size()) text::append_title(title, list.tests[attempt.test], look_.arrow);
    if (attempt.number > 1) title += " (attempt " + std::to_string(attempt.number) + ")";
    const std::size_t pad = age.size() < 8 ? 8 - age.size() : 0;
    std::string text(2 + pad, ' ');
    text += look_.dim;
    text += age;
    text += look_.reset;
    const std::size_t used = 2 + pad + age.size() + 2;
    if (width <= used + 4) return text;
    return text + "  " + shortened(title, width - used, look_.ellipsis);
}

/// A line about the progress of a run, for a log that was silent for a while.
std::string heartbeat_line(const text::theme& look, std::size_t width, duration at, const tally& counts,
                           const test_list& list, const vector<running_attempt>& running) {
    const std::uint64_t failed = counts.failed() + counts.count(verdict::lost);
    std::string text = "   after " + age_text(at) + std::string(look.dot) + counted(counts.finished()) + "/" +
                       counted(counts.selected());
    if (failed != 0) text += std::string(look.dot) + counted(failed) + " failed";
    if (!counts.phase().empty()) return text + std::string(look.dot) + counts.phase();
    if (running.empty() || running.front().test >= list.tests.size()) return text;
    const running_attempt& oldest = running.front();  // sorted by their start
    std::string end = " for " + age_text(at - oldest.since);
    if (running.size() > 1) end += ", and " + counted(running.size() - 1, "other");
    text += std::string(look.dot) + "running: ";
    std::string title;
    text::append_title(title, list.tests[oldest.test], look.arrow);
    const std::size_t used = width_of(text) + end.size();
    return text + shortened(title, width > used + 20 ? width - used : 20, look.ellipsis) + end;
}

}  // namespace cordon::engine::report

CORDON_CHEAP_END
