#pragma once

#include <cordon/api/stringify.hpp>
#include <cordon/engine/base/compiler_names.hpp>
#include <cordon/engine/exec/approx.hpp>
#include <cordon/engine/exec/captures.hpp>
#include <cordon/engine/exec/enumerators.hpp>
#include <cordon/engine/exec/errno_names.hpp>
#include <cordon/engine/exec/guarded_text.hpp>
#include <cordon/engine/exec/literal.hpp>
#include <cordon/engine/exec/text_sink.hpp>
#include <cordon/engine/os/process.hpp>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>
#include <typeinfo>

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

/// A stream that prints values of the user.
void prepare(std::ostream& stream) {
    stream.imbue(std::locale::classic());  // the grouping of a global locale must not change a number
    stream.setf(std::ios_base::boolalpha);
}

}  // namespace stringify_detail

namespace stringify_detail {

void put_byte(text_sink& out, unsigned char value) {
    constexpr char hex[] = "0123456789abcdef";
    const char text[] = {'0', 'x', hex[value >> 4], hex[value & 15]};
    out.write(text, sizeof text);
}

#if defined(__SIZEOF_INT128__)
void put_integer(text_sink& out, uint128 rest) {
    char digits[40];
    char* first = digits + sizeof digits;
    do {
        *--first = static_cast<char>('0' + static_cast<int>(rest % 10));
        rest /= 10;
    } while (rest != 0);
    out.write(first, static_cast<std::size_t>(digits + sizeof digits - first));
}

void put_integer(text_sink& out, int128 value) {
    if (value < 0) out << '-';
    put_integer(out, value < 0 ? -static_cast<uint128>(value) : static_cast<uint128>(value));
}
#endif

}  // namespace stringify_detail

// Libraries with tests use them.
CORDON_SILENCE_BEGIN
template <class T>
void write_known(text_sink& out, const void* address) {
    using namespace stringify_detail;
    if constexpr (is_same<T, bool>) {
        // An uninitialized bool may hold any byte, and such a byte must not be read as a bool.
        unsigned char byte = 0;
        std::memcpy(&byte, address, 1);
        out << (byte != 0 ? "true" : "false");
    } else if constexpr (is_same<T, decltype(nullptr)>) {
        out << "nullptr";
    } else if constexpr (is_text_unit<T>) {
        put_text(out, address, 1, sizeof(T), '\'');
    } else if constexpr (is_floating<T>) {
        put_floating(out, *static_cast<const T*>(address));
    } else if constexpr (is_one_of<T, char*, const char*>) {
        write_zero_terminated(out, *static_cast<const T*>(address), 1);
    } else {
        const T value = *static_cast<const T*>(address);
        const bool is_byte = is_same<T, unsigned char> && out.target.at_element_of_sequence();
        is_byte ? put_byte(out, static_cast<unsigned char>(value)) : put_integer(out, value);
    }
}

#define CORDON_KNOWN_(T) template void write_known<T>(text_sink&, const void*);
CORDON_KNOWN_(bool)
CORDON_KNOWN_(char)
CORDON_KNOWN_(signed char)
CORDON_KNOWN_(unsigned char)
CORDON_KNOWN_(short)
CORDON_KNOWN_(unsigned short)
CORDON_KNOWN_(int)
CORDON_KNOWN_(unsigned)
CORDON_KNOWN_(long)
CORDON_KNOWN_(unsigned long)
CORDON_KNOWN_(long long)
CORDON_KNOWN_(unsigned long long)
CORDON_KNOWN_(float)
CORDON_KNOWN_(double)
CORDON_KNOWN_(long double)
CORDON_KNOWN_(wchar_t)
CORDON_KNOWN_(char16_t)
CORDON_KNOWN_(char32_t)
CORDON_KNOWN_(char*)
CORDON_KNOWN_(const char*)
CORDON_KNOWN_(decltype(nullptr))
#if defined(__SIZEOF_INT128__)
CORDON_KNOWN_(int128)
CORDON_KNOWN_(uint128)
#endif
#undef CORDON_KNOWN_
CORDON_SILENCE_END

void write_character(text_sink& out, const void* unit, size_t width) {
    stringify_detail::put_text(out, unit, 1, width, '\'');
}

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

void write_clock_time(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den) {
    constexpr std::uint64_t nanos = 1000000000;
    const bool is_part = is_whole && num == 1 && den > 1 && nanos % static_cast<std::uint64_t>(den) == 0;
    if (!is_part) return write_duration(out, count, whole, is_whole, num, den);
    const auto parts = static_cast<std::uint64_t>(den);
    const std::uint64_t size = whole < 0 ? -static_cast<std::uint64_t>(whole) : static_cast<std::uint64_t>(whole);
    if (whole < 0) out << '-';
    stringify_detail::put_integer(out, size / parts);
    std::string fraction = std::to_string(nanos + size % parts * (nanos / parts)).substr(1);
    fraction.erase(fraction.find_last_not_of('0') + 1);
    if (!fraction.empty()) stringify_detail::put(out, "." + fraction);
    out << 's';
}

void write_enum(text_sink& out, const char* names, long long value, bool are_flags) {
    const std::string_view type = engine::parameter_name(names, 'E');
    if (type == "std::byte") return stringify_detail::put_byte(out, static_cast<unsigned char>(value));
    if (stringify_detail::put_enumerators(out, names, value, are_flags)) return;
    stringify_detail::put(out, engine::plain_name(type));
    out << '(';
    // The compiler wrote some negative values.
    if (value < 0 && std::strstr(names, ")-") == nullptr) {
        stringify_detail::put_integer(out, static_cast<unsigned long long>(value));
    } else {
        stringify_detail::put_integer(out, value);
    }
    out << ')';
}

void write_fields(text_sink& out, const char* signature, const char* names, const operand_text* fields, size_t count) {
    const bool is_tuple = *signature == '\0';
    const engine::vector<std::string_view> named = engine::field_names(names);
    if (!is_tuple) stringify_detail::put(out, engine::without_scope(engine::type_of(signature)));
    begin_list(out, is_tuple ? '(' : '{');
    for (size_t i = 0; i < count && next_turn(out) == turn::write; ++i) {
        if (named.size() == count) {
            out << '.';
            stringify_detail::put(out, named[i]);
            out << " = ";
        }
        fields[i].write(out, fields[i].value);
    }
    end_list(out);
}

void write_error_code(text_sink& out, const char* category, int value, const char* message, size_t size) {
    const std::string_view domain = category;
    stringify_detail::put(out, domain);
    out << ':';
    stringify_detail::put_integer(out, value);
    const char* const name = domain == "generic" || domain == "system" ? stringify_detail::errno_name(value) : nullptr;
    if (name != nullptr) out << ' ' << name;
    out << ' ';
    write_string(out, message, size, 1);
}

void write_exception(text_sink& out, const char* signature, const char* what) {
    stringify_detail::put(out, engine::type_of(signature));
    out << '(';
    write_zero_terminated(out, what, 1);
    out << ')';
}

void write_bytes(text_sink& out, const char* signature, const void* address, size_t size) {
    constexpr std::size_t shown = 16;
    const std::string name = engine::type_of(signature);
    if (const char* word = stringify_detail::word_for(name, address, size)) return static_cast<void>(out << word);
    if (name == "std::type_info")
        return stringify_detail::put(out, engine::os::readable_name(*static_cast<const std::type_info*>(address)));
    if (size == sizeof(void*) && name.find("iterator") != std::string::npos) {
        std::uintptr_t at = 0;
        std::memcpy(&at, address, sizeof at);
        out << "iterator ";
        return stringify_detail::put_hex(out, at);
    }
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
    stringify_detail::prepare(lent);
    stream(lent, address);
}

void begin_list(text_sink& out, char form) { out.target.begin_list(form); }
turn next_turn(text_sink& out) { return out.target.next_turn(); }
void end_list(text_sink& out) { out.target.end_list(); }

}  // namespace cordon::detail
