#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/exec/approx.hpp>
#include <cordon/engine/exec/captures.hpp>
#include <cordon/engine/exec/guarded_text.hpp>
#include <cordon/engine/exec/literal.hpp>
#include <cordon/engine/exec/text_sink.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

// Definitions of the functions that api/stringify.hpp declares.

namespace cordon::detail {

namespace stringify_detail {

/// A text that this thread has written has an address or the bytes of an object, which may differ in each process.
CORDON_THREAD_LOCAL bool shows_memory = false;

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
#undef CORDON_WRITE_CHARACTER_

void write_character(text_sink& out, const void* unit, size_t width) {
    stringify_detail::put_text(out, unit, 1, width, '\'');
}

template <>
void write_any<bool>(text_sink& out, const void* address) {
    // An uninitialized bool may hold any byte, and such a byte must not be read as a bool.
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
        stringify_detail::shows_memory = true;
        stringify_detail::put_hex(out, reinterpret_cast<std::uintptr_t>(address));
    }
}

void write_string(text_sink& out, const void* units, size_t count, size_t width) {
    stringify_detail::put_text(out, units, count, width, '"');
}

void write_zero_terminated(text_sink& out, const void* units, size_t width, size_t most) {
    if (units == nullptr) {
        out << "nullptr";
        return;
    }
    const stringify_detail::guarded_text text = stringify_detail::read_text(units, width, most);
    if (text.bytes.empty() && !text.ended) {
        stringify_detail::put_hex(out, reinterpret_cast<std::uintptr_t>(units));
        return static_cast<void>(out << " (no memory that can be read)");
    }
    write_string(out, text.bytes.data(), text.bytes.size() / width, width);
    if (!text.ended) out << (text.unreadable ? " (then memory that cannot be read)" : " (and more: no end was found)");
}

void write_text_or_address(text_sink& out, const void* units, size_t width, size_t most) {
    if (units == nullptr) return static_cast<void>(out << "nullptr");
    const stringify_detail::guarded_text text = stringify_detail::read_text(units, width, most);
    if (text.ended && stringify_detail::reads_as_text(text.bytes, width))
        return write_string(out, text.bytes.data(), text.bytes.size() / width, width);
    write_address(out, units);
}

void write_text_at(text_sink& out, const void* units, size_t width, size_t most) {
    if (units == nullptr) return static_cast<void>(out << "nullptr");
    stringify_detail::put_hex(out, reinterpret_cast<std::uintptr_t>(units));
    const stringify_detail::guarded_text text = stringify_detail::read_text(units, width, most);
    if (!text.ended || !stringify_detail::reads_as_text(text.bytes, width)) return;
    out << ' ';
    write_string(out, text.bytes.data(), text.bytes.size() / width, width);
}

void write_time(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den) {
    char text[64];
    if (is_whole && stringify_detail::as_utc(text, whole, num, den)) return stringify_detail::put(out, text);
    write_duration(out, count, whole, is_whole, num, den);
    out << " since 1970";
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
    const std::string_view name = stringify_detail::type_name(signature);
    if (const char* word = stringify_detail::word_for(name)) return static_cast<void>(out << word);
    stringify_detail::put(out, name);
    if (size == 0) return static_cast<void>(out << "{}");
    stringify_detail::shows_memory = true;
    out << '{';
    stringify_detail::put_integer(out, size);
    out << "-byte object";
    const char* bytes = static_cast<const char*>(address);
    for (std::size_t at = 0; at < std::min(size, shown);) {
        at += stringify_detail::put_part(out, bytes + at, std::min(size, shown) - at);
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
    // The grouping of a global locale must not change a number.
    lent.imbue(std::locale::classic());
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

}  // namespace cordon::detail
