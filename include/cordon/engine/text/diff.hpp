#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Differences between two values as text, in limited time and memory. If two texts differ too much for a shortest edit,
// the parts between their common ends are replaced as a whole.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

enum class edit : std::uint8_t { keep, remove, insert };

/// One step from the left side to the right. `left` and `right` are its indices. A removal consumes left, an insertion
/// right, a keep both.
struct diff_step {
    edit what;
    std::size_t left;
    std::size_t right;
};

using text_parts = vector<std::string_view>;

/// Furthest reaching paths of Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986): one row for each number
/// of edits, kept for the way back. Row d holds x for the diagonals -d, -d+2, ..., d. The rows are stored one after
/// another.
class greedy {
  public:
    greedy(const std::string_view* left, std::size_t n, const std::string_view* right, std::size_t m)
        : left_(left), right_(right), n_(static_cast<std::int64_t>(n)), m_(static_cast<std::int64_t>(m)) {}

    /// Returns false if more than `most` edits are needed.
    bool search(std::int64_t most) {
        for (std::int64_t d = 0; d <= most; ++d) {
            rows_.resize(place(d + 1, -d - 1));
            for (std::int64_t k = -d; k <= d; k += 2) {
                if (extend(d, k)) {
                    edits_ = d;
                    return true;
                }
            }
        }
        return false;
    }

    /// The steps from the last to the first, after a successful search. Indices count from `base`.
    vector<diff_step> reversed_steps(std::size_t base) const {
        vector<diff_step> reversed;
        std::int64_t x = n_;
        std::int64_t y = m_;
        const auto add = [&](edit what) {
            reversed.push_back({what, base + static_cast<std::size_t>(x), base + static_cast<std::size_t>(y)});
        };
        for (std::int64_t d = edits_; d > 0; --d) {
            const std::int64_t k = x - y;
            const bool down = comes_down(d, k);
            const std::int64_t before = at(d - 1, down ? k + 1 : k - 1);
            const std::int64_t start = down ? before : before + 1;
            while (x > start) {
                --x, --y;
                add(edit::keep);
            }
            down ? --y : --x;
            add(down ? edit::insert : edit::remove);
        }
        while (x > 0) {
            --x, --y;
            add(edit::keep);
        }
        return reversed;
    }

  private:
    static std::size_t place(std::int64_t d, std::int64_t k) {
        return static_cast<std::size_t>(d * (d + 1) / 2 + (k + d) / 2);
    }

    std::int64_t at(std::int64_t d, std::int64_t k) const { return rows_[place(d, k)]; }

    bool comes_down(std::int64_t d, std::int64_t k) const {
        return k == -d || (k != d && at(d - 1, k - 1) < at(d - 1, k + 1));
    }

    bool extend(std::int64_t d, std::int64_t k) {
        std::int64_t x = d == 0 ? 0 : comes_down(d, k) ? at(d - 1, k + 1) : at(d - 1, k - 1) + 1;
        std::int64_t y = x - k;
        while (x < n_ && y < m_ && left_[x] == right_[y]) {
            ++x, ++y;
        }
        rows_[place(d, k)] = x;
        return x >= n_ && y >= m_;
    }

    const std::string_view* left_;
    const std::string_view* right_;
    std::int64_t n_;
    std::int64_t m_;
    std::int64_t edits_ = 0;
    vector<std::int64_t> rows_;
};

/// The steps that turn `left` into `right`: a shortest edit if few edits are enough, else as described above.
vector<diff_step> difference(const text_parts& left, const text_parts& right) {
    std::size_t head = 0;
    const std::size_t shorter = std::min(left.size(), right.size());
    while (head < shorter && left[head] == right[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
        ++tail;
    }
    const std::size_t n = left.size() - head - tail;
    const std::size_t m = right.size() - head - tail;

    vector<diff_step> steps;
    for (std::size_t i = 0; i < head; ++i) {
        steps.push_back({edit::keep, i, i});
    }
    // At most about four million comparisons and a megabyte of rows.
    const std::size_t most = std::min<std::size_t>(400, 4'000'000 / (n + m + 1));
    greedy middle(left.data() + head, n, right.data() + head, m);
    if (middle.search(static_cast<std::int64_t>(most))) {
        const vector<diff_step> reversed = middle.reversed_steps(head);
        for (std::size_t i = reversed.size(); i-- > 0;) {
            steps.push_back(reversed[i]);
        }
    } else {
        for (std::size_t i = 0; i < n; ++i) {
            steps.push_back({edit::remove, head + i, head});
        }
        for (std::size_t i = 0; i < m; ++i) {
            steps.push_back({edit::insert, head + n, head + i});
        }
    }
    for (std::size_t i = 0; i < tail; ++i) {
        steps.push_back({edit::keep, head + n + i, head + m + i});
    }
    return steps;
}

/// The part in which two texts differ: both are equal up to `begin`, and from `left_end`, `right_end` on. Never splits
/// a code point.
struct differing_stretch {
    std::size_t begin;
    std::size_t left_end;
    std::size_t right_end;
};

differing_stretch stretch_between(std::string_view left, std::string_view right) {
    const std::size_t shorter = std::min(left.size(), right.size());
    std::size_t begin = 0;
    while (begin < shorter && left[begin] == right[begin]) {
        ++begin;
    }
    begin = std::min(code_point_start(left, begin), code_point_start(right, begin));
    std::size_t same = 0;
    while (same < shorter - begin && left[left.size() - 1 - same] == right[right.size() - 1 - same]) {
        ++same;
    }
    while (same > 0 && code_point_start(left, left.size() - same) != left.size() - same) {
        --same;
    }
    return {begin, left.size() - same, right.size() - same};
}

/// The lines of a text with their line ends, so that a missing last one counts as a difference.
text_parts lines_of(std::string_view text) {
    text_parts lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Appends the character of the escape after a backslash. Returns the number of characters of the escape.
std::size_t append_unescaped(std::string& out, std::string_view escape) {
    constexpr std::string_view names = "ntr0abfv\"'\\";
    constexpr std::string_view values("\n\t\r\0\a\b\f\v\"'\\", 11);
    const std::size_t found = escape.empty() ? std::string_view::npos : names.find(escape[0]);
    if (found != std::string_view::npos) {
        out += values[found];
        return 1;
    }
    if (escape.size() >= 3 && escape[0] == 'x' && hex_digit(escape[1]) >= 0 && hex_digit(escape[2]) >= 0) {
        out += static_cast<char>(hex_digit(escape[1]) * 16 + hex_digit(escape[2]));
        return 3;
    }
    const std::size_t digits = escape.empty() ? 0 : escape[0] == 'u' ? 4 : escape[0] == 'U' ? 8 : 0;
    std::uint32_t value = 0;
    bool is_number = digits != 0 && escape.size() > digits;
    for (std::size_t i = 1; is_number && i <= digits; ++i) {
        is_number = hex_digit(escape[i]) >= 0;
        value = value << 4 | static_cast<std::uint32_t>(hex_digit(escape[i]));
    }
    if (is_number && value <= 0x10FFFF && (value < 0xD800 || value > 0xDFFF)) {
        append_code_point(out, value);
        return digits + 1;
    }
    out += '\\';
    return 0;
}

bool is_open(char c) { return c == '{' || c == '[' || c == '('; }
bool is_close(char c) { return c == '}' || c == ']' || c == ')'; }

/// The index after the quoted text that begins at `at`; npos if it has no end.
std::size_t after_quotes(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

/// The text of a quoted value ("\"a\\n\""). Returns false if the value is not a quoted string.
bool unquote(std::string_view value, std::string& text) {
    if (value.size() < 2 || value.front() != '"') return false;
    if (after_quotes(value, 0) != value.size()) return false;
    value = value.substr(1, value.size() - 2);
    text.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\') {
            i += append_unescaped(text, value.substr(i + 1));
        } else {
            text += value[i];
        }
    }
    return true;
}

/// A part of a literal as the text that it stands for.
std::string unescaped(std::string_view part) {
    std::string text;
    return unquote("\"" + std::string(part) + "\"", text) ? text : std::string(part);
}

/// The elements of a container's text ("{1, 2}", "[1, 2]" or "(1, 2)"). Returns false if the value does not look like
/// one.
bool split_elements(std::string_view value, text_parts& elements) {
    constexpr std::string_view pairs = "{}[]()";
    const std::size_t open = value.size() < 2 ? std::string_view::npos : pairs.find(value.front());
    if (open == std::string_view::npos || open % 2 != 0 || value.back() != pairs[open + 1]) return false;
    value = value.substr(1, value.size() - 2);
    elements.clear();
    std::size_t begin = 0;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < value.size();) {
        const char c = value[i];
        if (c == '"' || c == '\'') {
            i = after_quotes(value, i);
            if (i == std::string_view::npos) return false;
            continue;
        }
        if (is_close(c) && depth-- == 0) return false;
        if (is_open(c)) ++depth;
        if (c == ',' && depth == 0) {
            elements.push_back(value.substr(begin, i - begin));
            begin = std::min(value.size(), value.find_first_not_of(' ', i + 1));
            i = begin;
            continue;
        }
        ++i;
    }
    if (depth != 0) return false;
    if (begin < value.size()) elements.push_back(value.substr(begin));
    return true;
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
