#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/text/json_packing.hpp>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::text {

/// True if a text needs no escapes in a JSON string, as most texts: ASCII without special characters.
bool is_plain_json(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101u;
    constexpr std::uint64_t tops = ones << 7;
    const auto has_zero = [](std::uint64_t word) { return (word - ones) & ~word; };
    std::uint64_t special = 0;
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        special |= word | (word + ones) | ((word - (ones << 5)) & ~word);  // not ASCII, DEL, controls
        special |= has_zero(word ^ ones * '"') | has_zero(word ^ ones * '\\');
    }
    bool plain = (special & tops) == 0;
    for (; at < text.size(); ++at) {
        const char c = text[at];
        plain = plain & (static_cast<unsigned char>(c - 0x20) < 0x5F) & (c != '"') & (c != '\\');
    }
    return plain;
}

/// \u and the UTF-16 units of a code point.
void append_escape(std::string& out, char32_t value) {
    const auto code = static_cast<std::uint32_t>(value);
    if (code < 0x10000) return append_hex(out, "\\u", code, 4);
    append_hex(out, "\\u", 0xD800 + ((code - 0x10000) >> 10), 4);
    append_hex(out, "\\u", 0xDC00 + (code & 0x3FF), 4);
}

void append_special(std::string& out, char32_t value) {
    switch (value) {
        case '"':
            out += "\\\"";
            break;
        case '\\':
            out += "\\\\";
            break;
        case '\n':
            out += "\\n";
            break;
        case '\t':
            out += "\\t";
            break;
        default:
            append_escape(out, value);
    }
}

/// Appends any bytes as the content of a JSON string in UTF-8. Bytes that are not UTF-8 become U+FFFD. Controls and
/// characters that are invisible or change the direction of text become \u escapes.
void append_json_text(std::string& out, std::string_view text) {
    if (is_plain_json(text)) {
        out.append(text.data(), text.size());
        return;
    }
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const code_point next = first_code_point(text.substr(at, 4));
        const bool special = next.value == '"' || next.value == '\\' || is_hidden(next.value);
        if (special || !next.valid) {
            out.append(text.data() + begin, at - begin);
            special ? append_special(out, next.value) : static_cast<void>(out += "\xEF\xBF\xBD");
            begin = at + next.size;
        }
        at += next.size;
    }
    out.append(text.data() + begin, text.size() - begin);
}

/// The same as a whole JSON string.
void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    append_json_text(out, text);
    out += '"';
}

/// Writes JSON token by token, with commas. It checks nothing: the caller must close what it opens. With a packing,
/// which several writers of one document may share, the output is packed.
class json_writer {
  public:
    explicit json_writer(std::string& out, json_packing* packing = nullptr) : out_(out), packing_(packing) {}

    bool packs() const { return packing_ != nullptr; }

    /// The name of a member. It must consist of letters, digits and similar characters, because it is not escaped.
    json_writer& key(std::string_view name);
    void open(char bracket);
    void close(char bracket);
    void null() { token("null"); }
    void boolean(bool value) { token(value ? "true" : "false"); }
    void string(std::string_view value);
    /// Text, or null if it is empty.
    void string_or_null(std::string_view value) { value.empty() ? null() : string(value); }
    void number(std::uint64_t value);
    void number(std::int64_t value);
    void number(std::uint32_t value) { number(static_cast<std::uint64_t>(value)); }
    void number(int value) { number(static_cast<std::int64_t>(value)); }
    /// Three decimals. A value that JSON cannot express becomes null.
    void number(double value) {
        if (!std::isfinite(value) || value < 0 || value > 1e15) return null();
        comma();
        append_decimal(out_, static_cast<std::uint64_t>(value * 1000 + 0.5), 3);
    }
    /// A rate or probability from 0 to 1: nine decimals.
    void share(double value) {
        comma();
        const double within = value > 0 ? (value < 1 ? value : 1) : 0;
        append_decimal(out_, static_cast<std::uint64_t>(within * 1e9 + 0.5), 9);
    }
    /// A duration as a number of milliseconds, exact to the nanosecond (packed: microsecond), without trailing zeros.
    void milliseconds(duration value);
    /// Text that is already JSON.
    void raw(std::string_view json) { token(json); }
    /// For readability: the next token begins on a new line.
    void line() { pending_line_ = true; }

  private:
    static constexpr std::uint64_t largest_exact = 1ull << 53;

    /// A short token is built here first: each call that extends the text costs as much as a dozen characters.
    struct draft {
        char text[96];
        std::size_t size = 0;

        void add(char c) { text[size++] = c; }
        void add(std::string_view more) {
            std::memcpy(text + size, more.data(), more.size());
            size += more.size();
        }
        void add_digits(std::uint64_t value, unsigned decimals = 0) {
            size += write_decimal(text + size, value, decimals);
        }
    };
    static constexpr std::size_t shortest_long = 80;

    void packed_string(std::string_view value);
    /// Writes the separator before a token.
    void begin(draft& next) {
        if (!first_) next.add(',');
        if (pending_line_) {
            next.add('\n');
        } else if (!first_ && packing_ == nullptr) {
            next.add(' ');
        }
        pending_line_ = false;
        first_ = false;
    }
    void comma() {
        draft next;
        begin(next);
        append(next);
    }
    void append(const draft& next) { out_.append(next.text, next.size); }
    void token(std::string_view text);

    std::string& out_;
    json_packing* packing_;
    bool first_ = true;
    bool pending_line_ = false;
};

json_writer& json_writer::key(std::string_view name) {
    if (packing_ != nullptr) {
        packing_->key(name);
        return *this;
    }
    draft next;
    begin(next);
    next.add('"');
    next.add(name.substr(0, shortest_long));
    next.add("\": ");
    append(next);
    first_ = true;
    return *this;
}

void json_writer::token(std::string_view text) {
    draft next;
    begin(next);
    const bool is_short = text.size() < shortest_long;
    if (is_short) next.add(text);
    append(next);
    if (!is_short) out_ += text;
}

void json_writer::string(std::string_view value) {
    draft next;
    begin(next);
    if (value.size() >= shortest_long || !is_plain_json(value)) {
        append(next);
        packing_ == nullptr ? append_json_string(out_, value) : packed_string(value);
        return;
    }
    next.add('"');
    next.add(value);
    next.add('"');
    append(next);
}

void json_writer::number(std::uint64_t value) {
    draft next;
    begin(next);
    const bool quote = packing_ != nullptr && value > largest_exact;
    if (quote) next.add('"');
    next.add_digits(value);
    if (quote) next.add('"');
    append(next);
}

void json_writer::number(std::int64_t value) {
    draft next;
    begin(next);
    if (value < 0) next.add('-');
    next.add_digits(value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
    append(next);
}

void json_writer::open(char bracket) {
    draft next;
    begin(next);
    next.add(packing_ == nullptr ? bracket : '[');
    append(next);
    first_ = true;
    if (packing_ != nullptr && bracket == '{') packing_->open();
}

void json_writer::close(char bracket) {
    if (packing_ == nullptr) {
        out_ += bracket;
    } else {
        draft next;
        begin(next);
        next.add_digits(bracket == '}' ? packing_->close() : 0);
        next.add(']');
        append(next);
    }
    first_ = false;
}

void json_writer::packed_string(std::string_view value) {
    out_ += '"';
    packing_->cut(
        value, [&](std::string_view kept) { append_json_text(out_, kept); },
        [&](std::size_t bytes) {
            out_ += "\\n[... ";
            append_number(out_, bytes);
            out_ += " bytes left out of this page ...]\\n";
        });
    out_ += '"';
}

void json_writer::milliseconds(duration value) {
    draft next;
    begin(next);
    std::int64_t count = value.count();
    if (count < 0) next.add('-');
    const auto nanos = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    packing_ == nullptr ? next.add_digits(nanos, 6) : next.add_digits((nanos + 500) / 1000, 3);
    while (next.text[next.size - 1] == '0')
        --next.size;
    if (next.text[next.size - 1] == '.') --next.size;
    append(next);
}

}  // namespace cordon::engine::text
