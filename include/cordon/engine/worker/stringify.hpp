#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/base/utf8.hpp>
#include <cordon/engine/worker/approx.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

// Definitions of what api/stringify.hpp declares.

namespace cordon::detail {

/// Text of any length, of which the beginning and the end are kept.
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
        // What was cut off is head_ from `limit - tail_size` on, what fell out of tail_, and tail_ without its last
        // tail_size.
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

namespace cordon::detail {

namespace stringify_detail {

void put(text_sink& out, std::string_view text) { out.write(text.data(), text.size()); }

template <class T>
void put_integer(text_sink& out, T value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.write(digits, static_cast<std::size_t>(end - digits));
}

void put_hex(text_sink& out, unsigned long long value) {
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, 16).ptr;
    put(out, "0x");
    out.write(digits, static_cast<std::size_t>(end - digits));
}

// As text an integer would look like one: 1.0, not 1. Very large and very small values are shorter with an exponent.
template <class T>
void put_floating(text_sink& out, T value) {
    if (std::isnan(value)) return put(out, "nan");
    if (std::isinf(value)) return put(out, value < 0 ? "-inf" : "inf");
    const T size = std::fabs(value);
    const bool fixed = !(size > 0) || (size >= T(1e-4) && size < T(1e16));
    char digits[64];
    const auto form = fixed ? std::chars_format::fixed : std::chars_format::scientific;
    const auto end = std::to_chars(digits, digits + sizeof digits, value, form).ptr;
    const std::string_view text(digits, static_cast<std::size_t>(end - digits));
    put(out, text);
    if (fixed && text.find('.') == std::string_view::npos) put(out, ".0");
}

void put_utf8(text_sink& out, std::uint32_t c) {
    char bytes[4];
    std::size_t n = 0;
    if (c < 0x80) {
        bytes[n++] = static_cast<char>(c);
    } else if (c < 0x800) {
        bytes[n++] = static_cast<char>(0xC0 | c >> 6);
        bytes[n++] = static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        bytes[n++] = static_cast<char>(0xE0 | c >> 12);
        bytes[n++] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = static_cast<char>(0x80 | (c & 0x3F));
    } else {
        bytes[n++] = static_cast<char>(0xF0 | c >> 18);
        bytes[n++] = static_cast<char>(0x80 | (c >> 12 & 0x3F));
        bytes[n++] = static_cast<char>(0x80 | (c >> 6 & 0x3F));
        bytes[n++] = static_cast<char>(0x80 | (c & 0x3F));
    }
    out.write(bytes, n);
}

void put_escape(text_sink& out, char kind, std::uint32_t value, int digits) {
    char text[16];
    const int size = std::snprintf(text, sizeof text, "\\%c%0*X", kind, digits, static_cast<unsigned>(value));
    out.write(text, static_cast<std::size_t>(size));
}

/// One code point as it stands in a literal with this quote; control characters become escapes.
void put_code_point(text_sink& out, std::uint32_t c, char quote) {
    if (c == static_cast<unsigned char>(quote) || c == '\\') {
        const char text[] = {'\\', static_cast<char>(c)};
        out.write(text, 2);
    } else if (c < 0x20 || c == 0x7F) {
        constexpr std::string_view letters = "0......abtnvfr";
        if (c < letters.size() && letters[c] != '.') {
            const char text[] = {'\\', letters[c]};
            out.write(text, 2);
        } else {
            put_escape(out, 'x', c, 2);
        }
    } else if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) {
        put_escape(out, c > 0xFFFF ? 'U' : 'u', c, c > 0xFFFF ? 8 : 4);
    } else {
        put_utf8(out, c);
    }
}

void put_narrow(text_sink& out, std::string_view text, char quote) {
    while (!text.empty()) {
        const engine::code_point next = engine::first_code_point(text);
        if (next.valid) {
            put_code_point(out, next.value, quote);
        } else {
            for (std::size_t i = 0; i < next.size; ++i) {
                put_escape(out, 'x', static_cast<unsigned char>(text[i]), 2);
            }
        }
        text.remove_prefix(next.size);
    }
}

/// Reads a unit of 1, 2 or 4 bytes from anywhere.
std::uint32_t unit_at(const void* units, std::size_t index, std::size_t width) {
    const char* at = static_cast<const char*>(units) + index * width;
    std::uint32_t value = 0;
    if (width == 1) return static_cast<unsigned char>(*at);
    if (width == 4) {
        std::memcpy(&value, at, 4);
        return value;
    }
    std::uint16_t half = 0;
    std::memcpy(&half, at, 2);
    return half;
}

void put_wide(text_sink& out, const void* units, std::size_t count, std::size_t width, char quote) {
    for (std::size_t i = 0; i < count; ++i) {
        std::uint32_t c = unit_at(units, i, width);
        const std::uint32_t next = i + 1 < count ? unit_at(units, i + 1, width) : 0;
        if (width == 2 && c >= 0xD800 && c < 0xDC00 && next >= 0xDC00 && next < 0xE000) {
            c = 0x10000 + ((c - 0xD800) << 10) + (next - 0xDC00);
            ++i;
        }
        put_code_point(out, c, quote);
    }
}

void put_text(text_sink& out, const void* units, std::size_t count, std::size_t width, char quote) {
    out.write(&quote, 1);
    if (width == 1) {
        put_narrow(out, {static_cast<const char*>(units), count}, quote);
    } else {
        put_wide(out, units, count, width, quote);
    }
    out.write(&quote, 1);
}

/// "T" out of the compiler's name of signature_of<T>(): "constexpr const char* ...signature_of() [with T = T]" or
/// "... [T = T]".
std::string_view type_name(std::string_view signature) {
    const std::size_t start = signature.find("T = ");
    if (start == std::string_view::npos) return "object";
    signature.remove_prefix(start + 4);
    // GCC may append "; other = ..."; a type's own name holds no semicolon outside of "(anonymous ...)" forms.
    return signature.substr(0, std::min(signature.find(';'), signature.rfind(']')));
}

class sink_buffer : public std::streambuf {
  public:
    explicit sink_buffer(text_sink& out) : out_(out) {}

  private:
    int_type overflow(int_type c) override {
        if (!traits_type::eq_int_type(c, traits_type::eof())) out_ << traits_type::to_char_type(c);
        return traits_type::not_eof(c);
    }
    std::streamsize xsputn(const char* text, std::streamsize size) override {
        out_.write(text, static_cast<std::size_t>(size));
        return size;
    }

    text_sink& out_;
};

}  // namespace stringify_detail

#define CORDON_WRITE_INTEGER_(T)                                             \
    template <>                                                              \
    void write_any<T>(text_sink & out, const void* address) {                \
        stringify_detail::put_integer(out, *static_cast<const T*>(address)); \
    }
CORDON_WRITE_INTEGER_(signed char)
CORDON_WRITE_INTEGER_(unsigned char)
CORDON_WRITE_INTEGER_(short)
CORDON_WRITE_INTEGER_(unsigned short)
CORDON_WRITE_INTEGER_(int)
CORDON_WRITE_INTEGER_(unsigned)
CORDON_WRITE_INTEGER_(long)
CORDON_WRITE_INTEGER_(unsigned long)
CORDON_WRITE_INTEGER_(long long)
CORDON_WRITE_INTEGER_(unsigned long long)
#undef CORDON_WRITE_INTEGER_

#define CORDON_WRITE_FLOATING_(T)                                             \
    template <>                                                               \
    void write_any<T>(text_sink & out, const void* address) {                 \
        stringify_detail::put_floating(out, *static_cast<const T*>(address)); \
    }
CORDON_WRITE_FLOATING_(float)
CORDON_WRITE_FLOATING_(double)
CORDON_WRITE_FLOATING_(long double)
#undef CORDON_WRITE_FLOATING_

#define CORDON_WRITE_CHARACTER_(T)                                    \
    template <>                                                       \
    void write_any<T>(text_sink & out, const void* address) {         \
        stringify_detail::put_text(out, address, 1, sizeof(T), '\''); \
    }
CORDON_WRITE_CHARACTER_(char)
CORDON_WRITE_CHARACTER_(wchar_t)
CORDON_WRITE_CHARACTER_(char16_t)
CORDON_WRITE_CHARACTER_(char32_t)
#if defined(__cpp_char8_t)
CORDON_WRITE_CHARACTER_(char8_t)
#endif
#undef CORDON_WRITE_CHARACTER_

template <>
void write_any<bool>(text_sink& out, const void* address) {
    // An uninitialised bool may hold any byte, which must not be read as a bool.
    unsigned char byte = 0;
    std::memcpy(&byte, address, 1);
    out << (byte != 0 ? "true" : "false");
}

template <>
void write_any<decltype(nullptr)>(text_sink& out, const void*) {
    out << "nullptr";
}

template <>
void write_any<const char*>(text_sink& out, const void* address) {
    write_zero_terminated(out, *static_cast<const char* const*>(address), 1);
}

template <>
void write_any<char*>(text_sink& out, const void* address) {
    write_zero_terminated(out, *static_cast<char* const*>(address), 1);
}

#if defined(__SIZEOF_INT128__)
template <>
void write_any<uint128>(text_sink& out, const void* address) {
    uint128 rest = *static_cast<const uint128*>(address);
    char digits[40];
    char* first = digits + sizeof digits;
    do {
        *--first = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    out.write(first, static_cast<std::size_t>(digits + sizeof digits - first));
}

template <>
void write_any<int128>(text_sink& out, const void* address) {
    const int128 value = *static_cast<const int128*>(address);
    const uint128 size = value < 0 ? -static_cast<uint128>(value) : static_cast<uint128>(value);
    if (value < 0) out << '-';
    write_any<uint128>(out, &size);
}
#endif

void write_address(text_sink& out, const volatile void* address) {
    if (address == nullptr) {
        out << "nullptr";
    } else {
        stringify_detail::put_hex(out, reinterpret_cast<std::uintptr_t>(address));
    }
}

void write_string(text_sink& out, const void* units, size_t count, size_t width) {
    stringify_detail::put_text(out, units, count, width, '"');
}

void write_zero_terminated(text_sink& out, const void* units, size_t width) {
    if (units == nullptr) {
        out << "nullptr";
        return;
    }
    std::size_t count = 0;
    while (stringify_detail::unit_at(units, count, width) != 0) {
        ++count;
    }
    write_string(out, units, count, width);
}

void write_enum(text_sink& out, const char* signature, long long value, bool is_unsigned) {
    const std::string_view name = stringify_detail::type_name(signature);
    if (name == "std::byte") return stringify_detail::put_hex(out, static_cast<unsigned long long>(value));
    stringify_detail::put(out, name);
    out << '(';
    if (is_unsigned) {
        stringify_detail::put_integer(out, static_cast<unsigned long long>(value));
    } else {
        stringify_detail::put_integer(out, value);
    }
    out << ')';
}

void write_exception(text_sink& out, const char* signature, const char* what) {
    stringify_detail::put(out, stringify_detail::type_name(signature));
    out << '(';
    write_zero_terminated(out, what, 1);
    out << ')';
}

void write_bytes(text_sink& out, const char* signature, const void* address, size_t size) {
    constexpr std::size_t shown = 16;
    constexpr char hex[] = "0123456789abcdef";
    stringify_detail::put(out, stringify_detail::type_name(signature));
    out << '{';
    stringify_detail::put_integer(out, size);
    out << "-byte object";
    const unsigned char* bytes = static_cast<const unsigned char*>(address);
    for (std::size_t i = 0; i < std::min(size, shown); ++i) {
        const char text[] = {' ', hex[bytes[i] >> 4], hex[bytes[i] & 15]};
        out.write(text, sizeof text);
    }
    out << (size > shown ? " ...}" : "}");
}

void write_duration(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den) {
    struct unit {
        long long num;
        long long den;
        const char* name;
    };
    constexpr unit units[] = {{1, 1000000000, "ns"}, {1, 1000000, "us"}, {1, 1000, "ms"}, {1, 1, "s"},
                              {60, 1, "min"},        {3600, 1, "h"},     {86400, 1, "d"}};
    if (is_whole) {
        stringify_detail::put_integer(out, whole);
    } else {
        stringify_detail::put_floating(out, count);
    }
    for (const unit& each : units) {
        if (each.num == num && each.den == den) return static_cast<void>(out << each.name);
    }
    out << " * ";
    stringify_detail::put_integer(out, num);
    out << '/';
    stringify_detail::put_integer(out, den);
    out << 's';
}

void write_streamed(text_sink& out, void (*stream)(std::ostream&, const void*), const void* address) {
    stringify_detail::sink_buffer buffer(out);
    std::ostream lent(&buffer);
    lent.setf(std::ios_base::boolalpha);
    stream(lent, address);
}

list_writer::list_writer(text_sink& out, char open, char close) : out_(out), close_(close) { out_ << open; }

list_writer::~list_writer() {
    if (left_out_ != 0) {
        out_ << (seen_ == 0 ? "... " : ", ... ");
        stringify_detail::put_integer(out_, left_out_);
        out_ << (tired() ? " or more" : " more");
    }
    out_ << close_;
}

bool list_writer::next() {
    constexpr std::size_t most_shown = 100;
    if (seen_ == most_shown || left_out_ != 0 || out_.full()) {
        ++left_out_;
        return false;
    }
    if (seen_++ != 0) out_ << ", ";
    return true;
}

bool list_writer::tired() const {
    constexpr std::size_t most_counted = 1000000;
    return left_out_ >= most_counted;
}

/// "a, b(1, 2)" and its values as "a := 1, b(1, 2) := 3". Where the names cannot be told apart (commas between angle
/// brackets), all of them stand in front.
void write_captures(text_sink& out, const char* names, const operand_text* values, size_t count) {
    std::string_view rest = names;
    std::string_view parts[16];
    std::size_t found = 0;
    int depth = 0;
    char quote = 0;
    std::size_t begin = 0;
    const auto add = [&](std::size_t end) {
        std::string_view part = rest.substr(begin, end - begin);
        while (!part.empty() && part.front() == ' ')
            part.remove_prefix(1);
        if (found < 16) parts[found] = part;
        ++found;
        begin = end + 1;
    };
    for (std::size_t i = 0; i < rest.size(); ++i) {
        const char c = rest[i];
        if (quote != 0) {
            if (c == '\\') ++i;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth;
        } else if (c == ',' && depth == 0) {
            add(i);
        }
    }
    add(rest.size());
    const bool matched = found == count && found <= 16;
    if (!matched) {
        stringify_detail::put(out, rest);
        out << " := ";
    }
    for (std::size_t i = 0; i < count; ++i) {
        if (i != 0) out << ", ";
        if (matched) {
            stringify_detail::put(out, parts[i]);
            out << " := ";
        }
        values[i].write(out, values[i].value);
    }
}

}  // namespace cordon::detail

namespace cordon::engine::worker {

/// The text of an operand or a message. Code of the user's runs in here: what it throws becomes part of the text.
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

}  // namespace cordon::engine::worker
