#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/text/diff.hpp>
#include <cordon/engine/text/literal_gaps.hpp>
#include <cordon/engine/text/style.hpp>
#include <cordon/engine/text/value_diff.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// Writes the two sides of a comparison so that the difference is visible at a glance.
class value_writer {
  public:
    static constexpr std::size_t label_indent = 6;
    static constexpr std::size_t label_width = 10;
    /// Two values whose texts are together no longer are shown in one line.
    static constexpr std::size_t shortest_pair = 24;

    value_writer(std::string& out, const theme& look, std::size_t width, bool verbose)
        : out_(out), look_(look), verbose_(verbose) {
        constexpr std::size_t narrowest = 24;
        const std::size_t indent = label_indent + label_width;
        room_ = width > indent + narrowest ? width - indent : narrowest;
    }

    struct sides {
        std::string_view left = "left";
        std::string_view right = "right";
    };
    /// The two sides with the operator between, in one line if they are short. `expected` says in words what was
    /// expected, if that is not a true comparison.
    void comparison(std::string_view left, std::string_view op, std::string_view right, const sides& names,
                    std::string_view expected = {});

    /// A label and text of any length; further lines are indented below the first.
    void labelled(std::string_view label, std::string_view text, std::string_view color = {});

  private:
    void label(std::string_view text);
    void plain_comparison(std::string_view left, std::string_view op, std::string_view right);
    void sizes(std::string_view left, std::string_view right);
    void line_diff(std::string_view left, std::string_view right);
    bool structured(std::string_view left, std::string_view right);
    void differences(const difference_finder& all);
    void difference_at(const value_difference& one);
    void counts(std::string_view left, std::string_view right);
    void code_points(std::string_view left, std::string_view right, bool are_literals);
    void steps(const vector<diff_step>& all, const text_parts& left, const text_parts& right, std::size_t base,
               std::size_t context);
    void step(const diff_step& what, const text_parts& left, const text_parts& right, std::size_t base);
    void equal_parts(std::size_t count);
    void pair(std::string_view left, std::string_view right);
    void side(std::string_view name, std::string_view text, std::size_t begin, std::size_t end, std::string_view color);
    void marks(std::string_view left, std::string_view right, differing_stretch where);
    /// The neighborhood of the difference in both texts, each not wider than `room`, and the difference in it.
    differing_stretch cut(std::string& left, std::string& right, std::size_t room) const;

    std::string& out_;
    const theme& look_;
    bool verbose_;
    std::size_t room_;
    sides names_;
};

void value_writer::label(std::string_view text) {
    out_.append(label_indent, ' ');
    out_ += look_.dim;
    out_ += text;
    out_ += look_.reset;
    out_.append(text.size() < label_width ? label_width - text.size() : 1, ' ');
}

void value_writer::labelled(std::string_view name, std::string_view text, std::string_view color) {
    const std::size_t most_lines = verbose_ ? 2000 : 40;
    const std::size_t most_bytes = verbose_ ? 64 * 1024 : 4000;
    std::size_t line = 0;
    do {
        if (line == most_lines) {
            out_.append(label_indent + label_width, ' ');
            out_ += "[... " + counted(text.size(), "byte") + " left out ...]\n";
            return;
        }
        if (line == 0) {
            label(name);
        } else {
            out_.append(label_indent + label_width, ' ');
        }
        const std::string_view whole = take_line(text);
        const std::size_t cut = whole.size() > most_bytes ? code_point_start(whole, most_bytes) : whole.size();
        out_ += color;
        append_printable(out_, whole.substr(0, cut));
        if (!color.empty()) out_ += look_.reset;
        if (cut != whole.size()) out_ += " [... " + counted(whole.size() - cut, "byte") + " left out ...]";
        out_ += '\n';
        ++line;
    } while (!text.empty());
}

/// Both in one line if they fit, without searching for the difference.
void value_writer::plain_comparison(std::string_view left, std::string_view op, std::string_view right) {
    const bool broken = left.find('\n') != std::string_view::npos || right.find('\n') != std::string_view::npos;
    std::string both;
    both.append(left).append(" ").append(op).append(" ").append(right);
    if (!broken && width_of(both) <= room_) return labelled("values", both);
    labelled(names_.left, left);
    labelled(names_.right, right);
}

void value_writer::comparison(std::string_view left, std::string_view op, std::string_view right, const sides& names,
                              std::string_view expected) {
    names_ = names;
    if (op != "==" || !expected.empty()) plain_comparison(left, op, right);
    if (!expected.empty()) labelled("expected", expected);
    if (op != "==" || !expected.empty()) return;
    const bool broken = left.find('\n') != std::string_view::npos || right.find('\n') != std::string_view::npos;
    std::string left_text;
    std::string right_text;
    if (unquote(left, left_text) && unquote(right, right_text)) {
        const bool lines = left_text.find('\n') != std::string::npos || right_text.find('\n') != std::string::npos;
        return lines ? line_diff(left_text, right_text) : pair(left, right);
    }
    if (broken) return line_diff(left, right);
    if (structured(left, right)) return;
    const bool is_list = !left.empty() && (left[0] == '[' || left[0] == '{');
    if (!is_list && left.size() + right.size() <= shortest_pair) {
        return labelled("values", std::string(left) + " == " + std::string(right));
    }
    pair(left, right);
}

/// Containers, structs and tuples. Returns false if the place of the difference is seen without words.
bool value_writer::structured(std::string_view left, std::string_view right) {
    difference_finder all(verbose_ ? 2000 : 10);
    if (!all.search(left, right) || all.count() == 0) return false;
    const bool fits = width_of(left) <= room_ && width_of(right) <= room_;
    const std::string& path = all.found()[0].path;
    const bool is_flat = all.count() == 1 && (path.empty() || path.find_first_of(".[", 1) == std::string::npos);
    if (fits && (is_flat || left.size() + right.size() <= shortest_pair)) return false;
    if (fits || verbose_) {
        labelled(names_.left, left);
        labelled(names_.right, right);
    } else {
        counts(left, right);
    }
    differences(all);
    return true;
}

void value_writer::counts(std::string_view left, std::string_view right) {
    const std::size_t a = elements_in(parts_of(left).parts);
    const std::size_t b = elements_in(parts_of(right).parts);
    if (a == b) return;
    labelled("sizes", counted(a) + " and " + counted(b, "element"));
}

void value_writer::differences(const difference_finder& all) {
    label("differ");
    bool first = true;
    for (const value_difference& one : all.found()) {
        if (!first) out_.append(label_indent + label_width, ' ');
        first = false;
        difference_at(one);
    }
    if (all.count() == all.found().size()) return;
    out_.append(label_indent + label_width, ' ');
    out_ +=
        "and " + counted(all.count() - all.found().size(), "more difference") + (verbose_ ? "\n" : "; -v shows them\n");
}

/// "[2].name  "a" != "b"", or each side in its own line if they are long.
void value_writer::difference_at(const value_difference& one) {
    const auto colored = [&](std::string_view color, const std::string& text) {
        out_.append(color).append(text);
        if (!color.empty()) out_ += look_.reset;
    };
    std::string left = printable(one.left);
    std::string right = printable(one.right);
    std::string path = shortened(printable(one.path), room_ / 2, look_.ellipsis);
    if (!path.empty()) path += "  ";
    out_ += path;
    if (one.left.data() == nullptr || one.right.data() == nullptr) {
        const bool is_left = one.right.data() == nullptr;
        const std::string text =
            shortened(is_left ? left : right, std::max<std::size_t>(room_ / 2, 20), look_.ellipsis);
        colored(is_left ? look_.red : look_.green, text);
        out_ += ", not in " + std::string(is_left ? names_.right : names_.left) + "\n";
        return;
    }
    if (width_of(path) + width_of(left) + width_of(right) + 4 <= room_) {
        colored(look_.red, left);
        out_ += " != ";
        colored(look_.green, right);
        out_ += '\n';
        return;
    }
    cut(left, right, room_ - 2);
    for (const bool is_left : {true, false}) {
        out_ += '\n';
        out_.append(label_indent + label_width, ' ');
        colored(is_left ? look_.red : look_.green, (is_left ? "- " + left : "+ " + right));
    }
    out_ += '\n';
}

void value_writer::line_diff(std::string_view left, std::string_view right) {
    const text_parts left_lines = lines_of(left);
    const text_parts right_lines = lines_of(right);
    label("diff");
    out_ += look_.red;
    out_ += "- ";
    out_ += names_.left;
    out_ += look_.reset;
    out_ += "  ";
    out_ += look_.green;
    out_ += "+ ";
    out_ += names_.right;
    out_ += look_.reset;
    out_ += '\n';
    steps(difference(left_lines, right_lines), left_lines, right_lines, 1, 3);
}

void value_writer::equal_parts(std::size_t count) {
    out_.append(label_indent + label_width - 2, ' ');
    out_ += look_.dim;
    out_ += look_.ellipsis;
    out_ += ' ' + counted(count) + " equal";
    out_ += look_.reset;
    out_ += '\n';
}

/// Changes with `context` equal parts around them. In each group of changes removals come first.
void value_writer::steps(const vector<diff_step>& all, const text_parts& left, const text_parts& right,
                         std::size_t base, std::size_t context) {
    std::size_t budget = verbose_ ? 2000 : 60;
    std::size_t at = 0;
    while (at < all.size() && budget > 0) {
        std::size_t end = at;
        const bool same = all[at].what == edit::keep;
        while (end < all.size() && (all[end].what == edit::keep) == same) {
            ++end;
        }
        const std::size_t before = at == 0 ? 0 : context;
        const std::size_t after = end == all.size() ? 0 : context;
        if (!same) {
            for (const edit wanted : {edit::remove, edit::insert}) {
                for (std::size_t i = at; i < end && budget > 0; ++i) {
                    if (all[i].what != wanted) continue;
                    step(all[i], left, right, base);
                    --budget;
                }
            }
        } else {
            const bool hide = end - at > before + after + 1;
            for (std::size_t i = at; i < end; ++i) {
                if (hide && i == at + before) {
                    equal_parts(end - at - before - after);
                    i = end - after;
                    if (i == end) break;
                }
                step(all[i], left, right, base);
            }
        }
        at = end;
    }
    if (at < all.size() || budget == 0) {
        out_.append(label_indent + label_width, ' ');
        out_ += "[... the rest of the differences is left out ...]\n";
    }
}

void value_writer::step(const diff_step& what, const text_parts& left, const text_parts& right, std::size_t base) {
    const bool inserted = what.what == edit::insert;
    std::string_view text = inserted ? right[what.right] : left[what.left];
    const std::string number = std::to_string((inserted ? what.right : what.left) + base);
    out_.append(label_indent + (number.size() < label_width - 3 ? label_width - 3 - number.size() : 0), ' ');
    out_ += look_.dim;
    out_ += number;
    out_ += look_.reset;
    const std::string_view color = what.what == edit::keep ? std::string_view() : inserted ? look_.green : look_.red;
    out_ += color;
    out_ += what.what == edit::keep ? "   " : inserted ? " + " : " - ";
    const bool ended = !text.empty() && text.back() == '\n';
    if (ended) text.remove_suffix(1);
    constexpr std::size_t most_bytes = 4000;
    std::string shown = shortened(printable(text.substr(0, most_bytes)), 2 * room_, look_.ellipsis);
    // Spaces at the end of a changed line would be invisible.
    if (what.what != edit::keep && !shown.empty() && shown.back() == ' ') shown.replace(shown.size() - 1, 1, "\\x20");
    out_ += shown;
    if (!color.empty()) out_ += look_.reset;
    if (base == 1 && !ended && what.what != edit::keep) out_ += " (no line end)";
    out_ += '\n';
}

differing_stretch value_writer::cut(std::string& left, std::string& right, std::size_t room) const {
    const differing_stretch where = stretch_between(left, right);
    if (width_of(left) <= room && width_of(right) <= room) return where;
    const std::size_t begin = where.begin > room / 3 ? code_point_start(left, where.begin - room / 3) : 0;
    const std::string lead = begin == 0 ? "" : std::string(look_.ellipsis);
    left = shortened(lead + left.substr(begin), room, look_.ellipsis);
    right = shortened(lead + right.substr(begin), room, look_.ellipsis);
    const auto moved = [&](std::size_t at, const std::string& in) {
        return std::min(at - begin + lead.size(), in.size());
    };
    return {moved(where.begin, left), moved(where.left_end, left), moved(where.right_end, right)};
}

/// Each in its own line, cut to the neighborhood of the difference, which is marked below.
void value_writer::pair(std::string_view left, std::string_view right) {
    std::string left_shown = printable(left);
    std::string right_shown = printable(right);
    const bool fits = width_of(left_shown) <= room_ && width_of(right_shown) <= room_;
    if (verbose_ && !fits) {
        labelled(names_.left, left);
        labelled(names_.right, right);
    }
    const differing_stretch where = cut(left_shown, right_shown, room_);
    side(names_.left, left_shown, where.begin, where.left_end, look_.red);
    side(names_.right, right_shown, where.begin, where.right_end, look_.green);
    marks(left_shown, right_shown, where);
    code_points(std::string_view(left_shown).substr(where.begin, where.left_end - where.begin),
                std::string_view(right_shown).substr(where.begin, where.right_end - where.begin),
                !left.empty() && left.front() == '"');
    if (!fits) sizes(left, right);
}

/// "U+0065 U+0301"; "byte E9" for what is not UTF-8.
std::string code_points_text(std::string_view text) {
    std::string all;
    while (!text.empty()) {
        const code_point next = first_code_point(text);
        const unsigned value = next.valid ? static_cast<unsigned>(next.value) : static_cast<unsigned char>(text[0]);
        char digits[16];
        const int size = std::snprintf(digits, sizeof digits, next.valid ? " U+%04X" : " byte %02X", value);
        all.append(digits, static_cast<std::size_t>(size));
        text.remove_prefix(next.valid ? next.size : 1);
    }
    return all.empty() ? "nothing" : all.substr(1);
}

/// Characters that look alike differ in their code points.
void value_writer::code_points(std::string_view left, std::string_view right, bool are_literals) {
    constexpr std::size_t most = 8;
    if (is_plain(left) && is_plain(right)) return;
    if (code_points_in(left) > most || code_points_in(right) > most) return;
    const auto text = [&](std::string_view part) { return are_literals ? unescaped(part) : std::string(part); };
    labelled("unicode", code_points_text(text(left)) + " and " + code_points_text(text(right)));
}

/// For two texts only: the size of another value's text means nothing.
void value_writer::sizes(std::string_view left, std::string_view right) {
    std::string left_text;
    std::string right_text;
    if (!unquote(left, left_text) || !unquote(right, right_text)) return;
    const literal_gaps left_gaps = take_gaps(left_text);
    const literal_gaps right_gaps = take_gaps(right_text);
    if (!left_gaps.are_known || !right_gaps.are_known || left_gaps.before != right_gaps.before) return;
    const std::size_t same = stretch_between(left_text, right_text).begin;
    const std::string_view alike = std::string_view(left_text).substr(0, same);
    label("sizes");
    const bool cut = left_gaps.before + left_gaps.after + right_gaps.after != 0;
    if (cut || !is_utf8(left_text) || !is_utf8(right_text)) {
        out_ += counted(left_gaps.before + left_text.size() + left_gaps.after) + " and " +
                counted(right_gaps.before + right_text.size() + right_gaps.after, "byte") + ", alike up to byte " +
                counted(left_gaps.before + same) + "\n";
        return;
    }
    out_ += counted(code_points_in(left_text)) + " and " + counted(code_points_in(right_text), "character") +
            ", alike up to character " + counted(code_points_in(alike)) + "\n";
}

void value_writer::side(std::string_view name, std::string_view text, std::size_t begin, std::size_t end,
                        std::string_view color) {
    label(name);
    out_ += text.substr(0, begin);
    if (begin != end) {
        out_ += color;
        out_ += text.substr(begin, end - begin);
        if (!color.empty()) out_ += look_.reset;
    }
    out_ += text.substr(end);
    out_ += '\n';
}

void value_writer::marks(std::string_view left, std::string_view right, differing_stretch where) {
    const std::size_t longer = std::max(width_of(left.substr(where.begin, where.left_end - where.begin)),
                                        width_of(right.substr(where.begin, where.right_end - where.begin)));
    const std::size_t whole = std::max(width_of(left), width_of(right));
    // Marks below nearly everything do not help.
    if (longer == 0 || longer * 4 > whole * 3) return;
    out_.append(label_indent + label_width + width_of(left.substr(0, where.begin)), ' ');
    out_ += look_.yellow;
    out_.append(longer, '^');
    out_ += look_.reset;
    out_ += '\n';
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
