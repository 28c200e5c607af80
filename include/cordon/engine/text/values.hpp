#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/base/width.hpp>
#include <cordon/engine/text/diff.hpp>
#include <cordon/engine/text/style.hpp>

#include <algorithm>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// Writes the two sides of a comparison so that the difference is visible at a glance.
class value_writer {
  public:
    static constexpr std::size_t label_indent = 6;
    static constexpr std::size_t label_width = 10;

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
    void element_diff(const text_parts& left, const text_parts& right);
    void steps(const vector<diff_step>& all, const text_parts& left, const text_parts& right, std::size_t base,
               std::size_t context);
    void step(const diff_step& what, const text_parts& left, const text_parts& right, std::size_t base);
    void equal_parts(std::size_t count);
    void pair(std::string_view left, std::string_view right);
    void side(std::string_view name, std::string_view text, std::size_t begin, std::size_t end, std::string_view color);
    void marks(std::string_view left, std::string_view right, differing_stretch where);

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
    constexpr std::size_t most_bytes = 4000;
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
    text_parts left_parts;
    text_parts right_parts;
    const bool containers = split_elements(left, left_parts) && split_elements(right, right_parts);
    const bool fits = width_of(left) <= room_ && width_of(right) <= room_;
    if (containers && !fits) return element_diff(left_parts, right_parts);
    if (!containers && left.size() + right.size() <= 24) {
        return labelled("values", std::string(left) + " == " + std::string(right));
    }
    pair(left, right);
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

void value_writer::element_diff(const text_parts& left, const text_parts& right) {
    label("diff");
    out_ += look_.red;
    out_ += "- left";
    out_ += look_.reset;
    out_ += " (" + counted(left.size(), "element") + ")  ";
    out_ += look_.green;
    out_ += "+ right";
    out_ += look_.reset;
    out_ += " (" + counted(right.size()) + ")\n";
    steps(difference(left, right), left, right, 0, 1);
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

/// Each in its own line, cut to the neighborhood of the difference, which is marked below.
void value_writer::pair(std::string_view left, std::string_view right) {
    const std::string left_shown = printable(left);
    const std::string right_shown = printable(right);
    differing_stretch where = stretch_between(left_shown, right_shown);
    const bool fits = width_of(left_shown) <= room_ && width_of(right_shown) <= room_;
    if (fits) {
        side(names_.left, left_shown, where.begin, where.left_end, look_.red);
        side(names_.right, right_shown, where.begin, where.right_end, look_.green);
        return marks(left_shown, right_shown, where);
    }
    std::size_t cut = where.begin > room_ / 3 ? code_point_start(left_shown, where.begin - room_ / 3) : 0;
    const std::string lead = cut == 0 ? "" : std::string(look_.ellipsis);
    const std::string left_cut = shortened(lead + left_shown.substr(cut), room_, look_.ellipsis);
    const std::string right_cut = shortened(lead + right_shown.substr(cut), room_, look_.ellipsis);
    const auto moved = [&](std::size_t at, const std::string& in) {
        return std::min(at - cut + lead.size(), in.size());
    };
    const differing_stretch shown{moved(where.begin, left_cut), moved(where.left_end, left_cut),
                                  moved(where.right_end, right_cut)};
    side(names_.left, left_cut, shown.begin, shown.left_end, look_.red);
    side(names_.right, right_cut, shown.begin, shown.right_end, look_.green);
    marks(left_cut, right_cut, shown);
    sizes(left, right);
}

/// For two texts only: the size of another value's text means nothing.
void value_writer::sizes(std::string_view left, std::string_view right) {
    constexpr std::string_view gap = " bytes left out ...]";
    std::string left_text;
    std::string right_text;
    if (left.find(gap) != std::string_view::npos || right.find(gap) != std::string_view::npos) return;
    if (!unquote(left, left_text) || !unquote(right, right_text)) return;
    const std::size_t same = stretch_between(left_text, right_text).begin;
    const std::string_view alike = std::string_view(left_text).substr(0, same);
    label("sizes");
    if (!is_utf8(left_text) || !is_utf8(right_text)) {
        out_ += counted(left_text.size()) + " and " + counted(right_text.size(), "byte") + ", alike up to byte " +
                counted(same) + "\n";
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
