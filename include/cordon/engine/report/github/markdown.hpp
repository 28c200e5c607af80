#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/report/tally.hpp>
#include <cordon/engine/text/plain_text.hpp>
#include <cordon/engine/text/wording.hpp>

#include <algorithm>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::report {

/// Appends printable text so that Markdown shows it as plain text: no emphasis, link, cell, mention or HTML.
void append_markdown(std::string& out, std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]<>()#+-!|&~@:$\"'=";
    for (const char c : text) {
        if (special.find(c) == std::string_view::npos) {
            out += c == '\t' ? ' ' : c;
        } else {
            out += "&#";
            append_number(out, static_cast<unsigned char>(c));
            out += ';';
        }
    }
}

/// A run as a page of Markdown: the counts, a table of all tests that did not simply pass, and their details. Collected
/// while tests finish, and never longer than `most` bytes: GitHub shows nothing of a summary over 1 MiB.
class markdown_summary {
  public:
    void add(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts,
             const std::string& background, bool repeated) {
        if (const std::string leaves = text::may_leave_in_words(finished); !leaves.empty()) leaving(info, leaves);
        const std::string leaks = text::leak_warning(finished, attempts);
        if (!text::is_bad(finished) && finished.what != verdict::flaky && leaks.empty()) return;
        const attempt_result* telling = text::telling_attempt(attempts);
        if (rows_.size() < most / 2) {
            row(info, finished, leaks.empty() ? text::verdict_in_words(finished, attempts) : leaks, attempts, repeated);
        } else {
            ++rows_left_out_;
        }
        if (telling != nullptr) account(info, text::accounts_of(attempts) + background);
    }

    std::string text(const run_info& run, const tally& counts) const {
        std::string page = "### ";
        page += counts.bad() ? "\xE2\x9D\x8C " : "\xE2\x9C\x85 ";
        append_markdown(page, printable(text::program_name(run)));
        page += "\n\n" + counted(counts.selected(), "test") + " in " + duration_text(counts.wall()) + ": ";
        std::string_view separator;
        for (std::size_t i = 0; i < verdict_count; ++i) {
            const auto what = static_cast<verdict>(i);
            if (counts.count(what) == 0) continue;
            page += separator;
            page += counted(counts.count(what)) + " ";
            page += text::phrase_of(what);
            separator = ", ";
        }
        page += "\n\n";
        const std::string& why = counts.against().empty() ? counts.stopped_because() : counts.against();
        if (!why.empty()) {
            page += "**stopped:** ";
            append_markdown(page, printable(why));
            page += "\n\n";
        }
        if (!rows_.empty()) page += "| | test | | time |\n|---|---|---|---:|\n" + rows_;
        if (rows_left_out_ != 0) page += "\nand " + counted(rows_left_out_, "more test") + "\n";
        page += leaving_;
        if (leaving_left_out_ != 0) page += "\nand " + counted(leaving_left_out_, "more test") + "\n";
        page += accounts_;
        if (accounts_left_out_ != 0 && !accounts_.empty())
            page += "\nDetails of " + counted(accounts_left_out_, "more test") + " are in the log.\n";
        return page;
    }

  private:
    static constexpr std::size_t most = 900 * 1024;
    static constexpr std::size_t most_leaving = 32 * 1024;
    static constexpr std::size_t longest_account = 32 * 1024;

    void leaving(const test_info& info, const std::string& words) {
        if (leaving_.size() > most_leaving) {
            ++leaving_left_out_;
            return;
        }
        leaving_ += "\n- ";
        append_cell(leaving_, text::full_name_of(info), 300);
        leaving_ += " ";
        append_cell(leaving_, words, 300);
        leaving_ += "\n";
    }

    void row(const test_info& info, const test_finished& finished, const std::string& words,
             const vector<attempt_result>& attempts, bool repeated) {
        const attempt_result* telling = text::telling_attempt(attempts);
        const bool bad = text::is_bad(finished);
        rows_ += bad ? "| \xE2\x9D\x8C " : "| \xE2\x9A\xA0\xEF\xB8\x8F ";
        if (bad) {
            rows_ +=
                telling != nullptr && finished.what == verdict::failed ? name_of(telling->how) : name_of(finished.what);
        } else {
            rows_ += finished.what == verdict::flaky ? "flaky" : "leaks";
        }
        rows_ += " | ";
        append_cell(rows_, text::full_name_of(info), 300);
        rows_ += " | ";
        append_cell(rows_, words, 300);
        const text::source_place at = text::place_of(info, telling);
        if (!at.file.empty()) {
            rows_ += "<br>";
            append_cell(rows_, std::string(at.file) + ":" + std::to_string(at.line), 300);
        }
        rows_ += " | " + duration_text(text::time_of(attempts, repeated)) + " |\n";
    }

    static void append_cell(std::string& out, const std::string& text, std::size_t longest) {
        const std::string safe = printable(text);
        const std::size_t cut = code_point_start(safe, std::min(longest, safe.size()));
        append_markdown(out, std::string_view(safe).substr(0, cut));
        if (cut != safe.size()) out += "...";
    }

    /// A folded section. Its fence is longer than any fence in its content.
    void account(const test_info& info, std::string text) {
        if (text.empty()) return;
        if (text.size() > longest_account) text.resize(code_point_start(text, longest_account));
        if (accounts_.size() + text.size() > most / 2) {
            ++accounts_left_out_;
            return;
        }
        std::size_t longest = 2;
        std::size_t here = 0;
        for (const char c : text) {
            here = c == '`' ? here + 1 : 0;
            longest = std::max(longest, here);
        }
        const std::string fence(longest + 1, '`');
        std::string title = printable(text::full_name_of(info));
        title.resize(code_point_start(title, std::min<std::size_t>(title.size(), 300)));
        accounts_ += "\n<details><summary>";
        append_markdown(accounts_, title);
        accounts_ += "</summary>\n\n" + fence + "text\n" + text;
        if (text.back() != '\n') accounts_ += '\n';
        accounts_ += fence + "\n\n</details>\n";
    }

    std::string rows_;
    std::string leaving_;
    std::string accounts_;
    std::uint64_t rows_left_out_ = 0;
    std::uint64_t leaving_left_out_ = 0;
    std::uint64_t accounts_left_out_ = 0;
};

}  // namespace cordon::engine::report

CORDON_CHEAP_END
