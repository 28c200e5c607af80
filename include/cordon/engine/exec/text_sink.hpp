#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/text/diff.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

// Receives the text of the user's values. It accepts everything and keeps a limited part.

namespace cordon::detail {

/// Text of any length; its beginning and end are kept.
class bounded_text {
  public:
    static constexpr std::size_t limit = 64 * 1024;
    static constexpr std::size_t tail_size = 16 * 1024;

    /// Lists show their first `most_elements` elements.
    explicit bounded_text(std::size_t most_bytes = limit, std::size_t most_elements = 100)
        : most_bytes_(most_bytes), most_elements_(most_elements) {}

    void append(const char* text, std::size_t size) {
        const std::size_t fits = std::min(size, most_bytes_ - head_.size());
        head_.append(text, fits);
        tail_.append(text + fits, size - fits);
        if (tail_.size() <= 2 * tail_size) return;
        dropped_ += tail_.size() - tail_size;
        tail_.erase(0, tail_.size() - tail_size);
    }

    bool full() const { return !tail_.empty(); }

    /// `form`: as for begin_list() of api/text_sink.hpp.
    void begin_list(char form) {
        lists_.push_back({form, head_.size(), 0, 0, 0});
        put(form == '#' ? "{" : std::string_view(&form, 1));
    }

    turn next_turn() {
        constexpr std::size_t most_counted = 1000000;
        open_list& list = lists_.back();
        if (list.shown == most_elements_ || list.left_out != 0 || full())
            return ++list.left_out < most_counted ? turn::count : turn::stop;
        if (list.shown++ != 0) put(", ");
        list.element = size();
        return turn::write;
    }

    void end_list() {
        constexpr std::size_t most_counted = 1000000;
        const open_list list = lists_.back();
        lists_.pop_back();
        if (list.left_out != 0) {
            put(list.shown == 0 ? "... " : ", ... ");
            put(std::to_string(list.left_out) + (list.left_out < most_counted ? " more" : " or more"));
        }
        put(list.form == '[' ? "]" : list.form == '(' ? ")" : "}");
        if (list.form == '#') sort_list(list.start);
    }

    /// True where an element of a container begins that is no set and no map.
    bool at_element_of_sequence() const {
        return !lists_.empty() && lists_.back().form == '[' && lists_.back().element == size();
    }

    /// After an exception.
    void end_lists() {
        while (!lists_.empty())
            end_list();
    }

    std::string take() {
        if (tail_.empty()) return std::move(head_);
        // The dropped text is head_ from `most_bytes_ - tail_size` on, the text that left tail_, and tail_ without its
        // last tail_size bytes.
        std::string all = head_.substr(most_bytes_ - tail_size) + tail_;
        const std::size_t head_end = engine::code_point_start(head_, most_bytes_ - tail_size);
        std::size_t tail_start = all.size() - tail_size;
        while (tail_start < all.size() && (static_cast<unsigned char>(all[tail_start]) & 0xC0) == 0x80) {
            ++tail_start;
        }
        const std::size_t left_out = dropped_ + tail_start + (most_bytes_ - tail_size - head_end);
        return head_.substr(0, head_end) + "[... " + std::to_string(left_out) + " bytes left out ...]" +
               all.substr(tail_start);
    }

  private:
    struct open_list {
        char form;
        std::size_t start;
        std::size_t shown;
        std::size_t left_out;
        std::size_t element;  ///< where the last one begins
    };

    void put(std::string_view text) { append(text.data(), text.size()); }
    std::size_t size() const { return head_.size() + dropped_ + tail_.size(); }

    /// Sorts the elements of the list that begins at `start` and ends here.
    void sort_list(std::size_t start) {
        engine::text::text_parts parts;
        if (full() || !engine::text::split_elements(std::string_view(head_).substr(start), parts)) return;
        std::sort(parts.begin(), parts.end(), precedes);
        std::string list(1, head_[start]);
        for (const std::string_view part : parts)
            list.append(list.size() == 1 ? "" : ", ").append(part);
        list += head_.back();
        head_.replace(start, std::string::npos, list);
    }

    /// Numbers by their size. The number of elements left out stays at the end.
    static bool precedes(std::string_view a, std::string_view b) {
        const auto rank_of = [](std::string_view text) {
            const std::size_t digits = std::min(text.find_first_not_of("0123456789"), text.size());
            return text.substr(0, 4) == "... " ? std::string_view::npos : digits;
        };
        const std::size_t left = rank_of(a);
        const std::size_t right = rank_of(b);
        return left != right ? left < right : a < b;
    }

    std::size_t most_bytes_;
    std::size_t most_elements_;
    engine::vector<open_list> lists_;
    std::string head_;
    std::string tail_;
    std::size_t dropped_ = 0;
};

}  // namespace cordon::detail

namespace cordon {

void text_sink::write(const char* text, size_t size) { target.append(text, size); }
bool text_sink::full() const { return target.full(); }

text_sink& text_sink::operator<<(const char* text) {
    if (text == nullptr) text = "nullptr";
    write(text, std::strlen(text));
    return *this;
}

text_sink& text_sink::operator<<(char c) {
    write(&c, 1);
    return *this;
}

}  // namespace cordon

namespace cordon::engine::exec {

/// The text of an operand or a message. This runs the user's code; if it throws, the exception becomes part of the
/// text.
std::string written(const detail::operand_text& what, detail::bounded_text text = detail::bounded_text()) {
    text_sink out(text);
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
    what.write(out, what.value);
#else
    try {
        what.write(out, what.value);
    } catch (const std::exception& caught) {
        out << "{writing it threw: " << caught.what() << '}';
    } catch (...) {
        out << "{writing it threw}";
    }
    text.end_lists();
#endif
    return text.take();
}

}  // namespace cordon::engine::exec
