#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/text/output_lines.hpp>
#include <cordon/engine/text/path_names.hpp>
#include <cordon/engine/text/stack.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/values.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// The names of the two sides of a failed comparison.
value_writer::sides sides_of(const failure& wrong) {
    if (wrong.is_by_matcher()) return {"value", "expected"};
    if (wrong.macro.find("_SNAPSHOT") != std::string::npos) return {"value", "snapshot"};
    const bool of_words = wrong.macro.find("_THROWS_WITH") != std::string::npos;
    return of_words ? value_writer::sides{"actual", "expected"} : value_writer::sides{};
}

/// "that left == right is false", of a comparison that is true and should not be. Else empty.
std::string expected_in_words(const failure& wrong) {
    if (wrong.op.empty() || wrong.macro.find("_FALSE") == std::string::npos) return {};
    return "that left " + wrong.op + " right is false";
}

/// Writes the failures of one attempt, then its output.
class failure_writer {
  public:
    failure_writer(std::string& out, const console_style& style, const theme& look, std::size_t width,
                   path_names paths = {})
        : out_(out), style_(style), look_(look), paths_(std::move(paths)), values_(out, look, width, style.verbose) {}

    /// All failures of an attempt, including those of WARN.
    void failures(const attempt_result& attempt);
    /// The leftovers of the attempt.
    void left_behind(const leftovers& left);
    /// The place of a test that crashed or hung.
    void stacks(const attempt_result& attempt);
    /// The output of the attempt: each line with the label of its stream, in order of arrival.
    void output(const captured_output& printed);

  private:
    void one(const failure& wrong);
    void heading(const failure& wrong, std::string_view& message);
    void values(const failure& wrong);
    void subcase(const vector<std::string>& names);
    void debugger_view(std::string_view shown);
    void leaves(const attempt_result& attempt);
    void output_line(std::string_view label, std::string_view color, std::string_view text);
    void output_gap(const std::string& what);

    std::string& out_;
    const console_style& style_;
    const theme& look_;
    path_names paths_;
    value_writer values_;
};

void failure_writer::failures(const attempt_result& attempt) {
    const std::size_t most = style_.verbose ? 1000 : 20;
    std::uint64_t left_out = attempt.failures_dropped;
    std::size_t shown[2] = {};  // logged texts and failures, so that one does not displace the other
    for (const failure& each : attempt.failures) {
        if (shown[each.kind == failure_kind::log ? 0 : 1]++ < most) {
            one(each);
        } else {
            ++left_out;
        }
    }
    if (left_out != 0) {
        out_ += "\n    [... " +
                counted(left_out, shown[1] > most || shown[0] <= most ? "more failure" : "more logged text") +
                " left out ...]\n";
    }
}

void failure_writer::left_behind(const leftovers& left) {
    const std::size_t most = style_.verbose ? left.items.size() : 10;
    std::size_t shown = 0;
    for (const leftover& each : left.items) {
        if (each.kind == leftover_kind::file) continue;
        if (shown == 0) out_ += '\n';
        if (++shown <= most) values_.labelled("left", leftover_in_words(each));
    }
    if (shown > most) values_.labelled("", counted(shown - most) + " more");
}

void failure_writer::one(const failure& wrong) {
    out_ += '\n';
    std::string_view message = wrong.message;
    heading(wrong, message);
    subcase(wrong.subcase);
    values(wrong);
    if (!message.empty()) {
        const bool begun_above = message.size() != wrong.message.size();
        const char* label = wrong.kind == failure_kind::exception ? "exception"
                            : wrong.is_by_matcher()               ? "because"
                                                                  : "message";
        values_.labelled(begun_above ? "" : label, message);
    }
    for (const std::string& line : wrong.info) {
        values_.labelled("info", line);
    }
}

/// "tests/a.cpp:12  CHECK(a == b)". Without a macro, the first line of the message is used as the heading and removed.
void failure_writer::heading(const failure& wrong, std::string_view& message) {
    out_ += "    ";
    if (!wrong.file.empty()) {
        out_ += look_.cyan;
        append_place(out_, paths_.name(wrong.file), wrong.line);
        out_ += look_.reset;
        out_ += "  ";
    }
    if (wrong.kind == failure_kind::warning) {
        out_ += look_.yellow;
        out_ += "warning  ";
        out_ += look_.reset;
    }
    if (wrong.kind == failure_kind::log) {
        out_ += look_.dim;
        out_ += "log  ";
        out_ += look_.reset;
    }
    if (wrong.macro.empty()) {
        const std::string_view what =
            wrong.expression.empty() ? take_line(message) : std::string_view(wrong.expression);
        append_printable(out_, what.empty() ? name_of(wrong.kind) : what);
    } else {
        append_printable(out_, wrong.macro);
        // FAIL("why"): its argument is the message, which follows.
        const bool said_below = wrong.kind == failure_kind::explicit_ && !message.empty();
        if (!wrong.expression.empty() && !said_below) {
            out_ += '(';
            append_printable(out_, wrong.expression);
            out_ += ')';
        }
    }
    out_ += '\n';
}

void failure_writer::values(const failure& wrong) {
    if (wrong.is_by_matcher()) {
        values_.labelled("value", wrong.left);
        values_.labelled("expected", wrong.right);
    } else if (!wrong.op.empty()) {
        values_.comparison(wrong.left, wrong.op, wrong.right, sides_of(wrong), expected_in_words(wrong));
    } else if (!wrong.left.empty()) {
        values_.labelled("value", wrong.left);
    }
}

void failure_writer::stacks(const attempt_result& attempt) {
    const std::size_t most = style_.verbose ? 1000 : 16;
    if (!attempt.stacks.empty()) out_ += '\n';
    for (const thread_stack& each : attempt.stacks) {
        if (!each.doing.empty()) {
            std::string text = std::to_string(each.thread) + " " + each.name + (each.name.empty() ? "" : " ");
            text += each.doing;
            if (each.cpu.count() >= 0) text += ", cpu " + duration_text(each.cpu);
            values_.labelled("thread", text);
        }
        if (!each.frames.empty()) values_.labelled("stack", stack_text(each.frames, most, paths_));
    }
    const test_place& place = attempt.place;
    if (!place.file.empty()) {
        std::string text = place.macro + (place.expression.empty() ? "" : "(" + place.expression + ")") + "  ";
        append_place(text, paths_.name(place.file), place.line);
        values_.labelled("passed", text);
    }
    subcase(place.subcase);
    for (const std::string& line : place.info)
        values_.labelled("info", line);
    if (!attempt.host.empty()) values_.labelled("machine", attempt.host);
    debugger_view(attempt.debugger_view);
    leaves(attempt);
}

/// The number of subcases with each ending, for a test that needed several processes or did not run all.
void failure_writer::leaves(const attempt_result& attempt) {
    std::size_t counts[10] = {};
    for (const leaf_result& each : attempt.leaves)
        ++counts[static_cast<std::size_t>(each.how)];
    const std::size_t in_order = counts[static_cast<std::size_t>(ending::passed)] +
                                 counts[static_cast<std::size_t>(ending::failed)] +
                                 counts[static_cast<std::size_t>(ending::skipped)];
    if (in_order == attempt.leaves.size()) return;
    std::string text;
    for (std::size_t i = 0; i < std::size(counts); ++i) {
        if (counts[i] == 0) continue;
        text += (text.empty() ? "" : ", ") + counted(counts[i]) + " ";
        for (const char letter : name_of(static_cast<ending>(i)))
            text += letter == '_' ? ' ' : letter;
    }
    if (attempt.leaves_cut) text += "; others did not run";
    values_.labelled("subcases", text);
}

void failure_writer::debugger_view(std::string_view shown) {
    if (shown.empty()) return;
    std::size_t left = style_.verbose ? shown.size() : 200;
    out_ += '\n';
    for (; !shown.empty() && left > 0; --left)
        output_line("debug ", look_.dim, take_line(shown));
    if (!shown.empty()) output_gap("more; -v shows it");
}

void failure_writer::subcase(const vector<std::string>& names) {
    if (names.empty()) return;
    std::string path;
    for (const std::string& name : names) {
        if (!path.empty()) path += look_.arrow;
        path += name;
    }
    values_.labelled("subcase", path);
}

void failure_writer::output(const captured_output& printed) {
    std::size_t total = 0;
    const auto count = [&](stream, std::string_view) { ++total; };
    each_output_line(printed, count, [](std::uint64_t) {});
    if (total == 0 && !printed.truncated()) return;

    const std::size_t head = style_.verbose ? total : 20;
    const std::size_t tail = 60;
    std::size_t at = 0;
    out_ += '\n';
    const auto show = [&](stream from, std::string_view text) {
        const std::size_t index = at++;
        if (total > head + tail && index >= head && index < total - tail) {
            if (index == head) output_gap(counted(total - head - tail, "line") + " left out; -v shows them");
            return;
        }
        const bool err = from == stream::err;
        output_line(err ? "stderr" : "stdout", err ? look_.yellow : look_.dim, text);
    };
    each_output_line(printed, show, [&](std::uint64_t bytes) { output_gap(counted(bytes, "byte") + " left out"); });
}

void failure_writer::output_line(std::string_view label, std::string_view color, std::string_view text) {
    constexpr std::size_t most_bytes = 2000;
    out_ += "    ";
    out_ += color;
    out_ += label;
    out_ += ' ';
    out_ += look_.line;
    out_ += look_.reset;
    out_ += ' ';
    const std::size_t cut = text.size() > most_bytes ? code_point_start(text, most_bytes) : text.size();
    const std::size_t before = out_.size();
    append_printable(out_, text.substr(0, cut), style_.color ? color_escapes::kept : color_escapes::dropped, true);
    if (style_.color && out_.find('\x1b', before) != std::string::npos) out_ += look_.reset;
    if (cut != text.size()) out_ += " [... " + counted(text.size() - cut, "byte") + " left out ...]";
    out_ += '\n';
}

void failure_writer::output_gap(const std::string& what) {
    out_ += "           ";
    out_ += look_.line;
    out_ += " [... " + what + " ...]\n";
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
