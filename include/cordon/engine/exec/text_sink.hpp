#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/base/utf8.hpp>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

// Receives the text of the user's values. It accepts everything and keeps a limited part.

namespace cordon::detail {

/// Text of any length; its beginning and end are kept.
class bounded_text {
  public:
    static constexpr std::size_t limit = 64 * 1024;
    static constexpr std::size_t tail_size = 16 * 1024;

    void append(const char* text, std::size_t size) {
        const std::size_t fits = std::min(size, limit - head_.size());
        head_.append(text, fits);
        tail_.append(text + fits, size - fits);
        if (tail_.size() <= 2 * tail_size) return;
        dropped_ += tail_.size() - tail_size;
        tail_.erase(0, tail_.size() - tail_size);
    }

    bool full() const { return !tail_.empty(); }

    std::string take() {
        if (tail_.empty()) return std::move(head_);
        // The dropped text is head_ from `limit - tail_size` on, the text that left tail_, and tail_ without its last
        // tail_size bytes.
        std::string all = head_.substr(limit - tail_size) + tail_;
        const std::size_t head_end = engine::code_point_start(head_, limit - tail_size);
        std::size_t tail_start = all.size() - tail_size;
        while (tail_start < all.size() && (static_cast<unsigned char>(all[tail_start]) & 0xC0) == 0x80) {
            ++tail_start;
        }
        const std::size_t left_out = dropped_ + tail_start + (limit - tail_size - head_end);
        return head_.substr(0, head_end) + "[... " + std::to_string(left_out) + " bytes left out ...]" +
               all.substr(tail_start);
    }

  private:
    std::string head_;
    std::string tail_;
    std::size_t dropped_ = 0;
};

}  // namespace cordon::detail

namespace cordon {

void text_sink::write(const char* text, size_t size) { target_.append(text, size); }
bool text_sink::full() const { return target_.full(); }

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
std::string written(const detail::operand_text& what) {
    detail::bounded_text text;
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
#endif
    return text.take();
}

}  // namespace cordon::engine::exec
