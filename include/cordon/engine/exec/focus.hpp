#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/text/diff.hpp>
#include <cordon/engine/text/literal_gaps.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Shortens the texts of two values to the part in which they differ, before they are sent.

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

constexpr std::size_t focus_limit = 30 * 1024;
/// The bytes that are compared.
constexpr std::size_t focus_reach = 16 * 1024 * 1024;

/// A walk over the elements of the text of a list, "[1, 2]" or "{1, 2}".
class element_walk {
  public:
    explicit element_walk(std::string_view list) : list_(list) {}

    std::size_t start() const { return start_; }
    /// True at the end of the list.
    bool ended() const { return start_ >= list_.size(); }

    /// Goes to the next element.
    void advance() {
        int depth = 0;
        for (std::size_t i = start_; i < list_.size();) {
            const char c = list_[i];
            if (c == '"' || c == '\'') {
                i = text::after_quotes(list_, i);
                continue;
            }
            if (c == ',' && depth == 0) {
                start_ = i + 2;
                return;
            }
            depth += text::is_open(c) ? 1 : text::is_close(c) ? -1 : 0;
            ++i;
        }
        start_ = list_.size();
    }

  private:
    std::string_view list_;
    std::size_t start_ = 1;
};

/// Elements before the first difference and after the last become a number.
class list_focus {
  public:
    /// `same_head`, `same_tail`: the lengths of the common beginning and end of both sides.
    list_focus(std::string_view list, std::size_t same_head, std::size_t same_tail)
        : list_(list), same_head_(same_head), same_tail_(same_tail) {}

    std::string shortened() const {
        std::string out(1, list_[0]);
        element_walk at = first_shown(out);
        while (!at.ended()) {
            const std::size_t begin = at.start();
            const bool is_equal = begin >= list_.size() - same_tail_;
            if (is_equal || out.size() > focus_limit - 100) {
                return out + "... " + std::to_string(rest(at)) + (is_equal ? " equal" : " more") + list_.back();
            }
            at.advance();
            out += list_.substr(begin, at.start() - begin);
        }
        return out;
    }

  private:
    static constexpr std::size_t context = 3;

    element_walk first_shown(std::string& out) const {
        element_walk ahead(list_);
        element_walk behind(list_);
        std::size_t skipped = 0;
        for (std::size_t passed = 0; !ahead.ended(); ++passed) {
            element_walk next = ahead;
            next.advance();
            if (next.start() > same_head_) break;
            ahead = next;
            if (passed < context) continue;
            behind.advance();
            ++skipped;
        }
        if (skipped < 2) return element_walk(list_);
        out += "... " + std::to_string(skipped) + " equal, ";
        return behind;
    }

    static std::size_t rest(element_walk at) {
        std::size_t count = 0;
        for (; !at.ended(); ++count)
            at.advance();
        return count;
    }

    std::string_view list_;
    std::size_t same_head_;
    std::size_t same_tail_;
};

bool is_list(std::string_view text) {
    return text.size() > 2 && (text[0] == '[' || text[0] == '{') && text::is_close(text.back());
}

/// Cuts a common beginning of two texts, at an equal place; of a text in one line also what stands far behind the
/// difference.
void cut_far_parts(std::string& left, std::string& right, std::size_t same) {
    constexpr std::size_t context = 4 * 1024;
    std::size_t begin = 1;
    if (same >= 2 * context) {
        const std::size_t line = left.find("\\n", same - context);
        begin = line < same ? line + 2 : text::place_for_gap(left, same - context);
    }
    for (std::string* each : {&left, &right}) {
        std::size_t end = each->size() - 1;
        const bool is_line = each->find("\\n", begin) == std::string::npos && each->find('\n') == std::string::npos;
        if (is_line && end > same + 2 * context) end = text::place_for_gap(*each, same + 2 * context);
        *each = text::with_gaps(*each, begin, end);
    }
}

/// If one of the texts is long, keeps the neighborhood of the difference in both.
void focus_on_difference(std::string& left, std::string& right) {
    if (left.size() <= focus_limit && right.size() <= focus_limit) return;
    const std::size_t shorter = std::min(left.size(), right.size());
    std::size_t head = 0;
    while (head < shorter && left[head] == right[head])
        ++head;
    std::size_t tail = 0;
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail])
        ++tail;
    if (head == shorter && left.size() == right.size()) return;
    if (is_list(left) && is_list(right)) {
        left = list_focus(left, head, tail).shortened();
        right = list_focus(right, head, tail).shortened();
    } else {
        cut_far_parts(left, right, head);
    }
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
