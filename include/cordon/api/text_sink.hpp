#pragma once

#include <cordon/api/traits.hpp>

// Receives text, and writes the values whose form does not depend on the user's types. Functions without a body here
// are compiled once, with the engine.

namespace cordon {
namespace detail {
class bounded_text;
}  // namespace detail

/// Receives text. It accepts any amount and keeps a limited part of it.
class text_sink {
  public:
    explicit text_sink(detail::bounded_text& to) : target(to) {}

    void write(const char* text, size_t size);
    /// True if further text is dropped: a writer of many elements may stop.
    bool full() const;

    /// Writes text as it is, and every other value as reports show it.
    text_sink& operator<<(const char* text);
    text_sink& operator<<(char c);
    template <class T>
    text_sink& operator<<(const T& value);
    template <class T>
    text_sink& operator<<(const volatile T& value);

    detail::bounded_text& target;  ///< for cordon
};

namespace detail {

/// A value and the function that writes it. So code that is compiled once reports failures.
struct operand_text {
    void (*write)(text_sink&, const void*);
    const void* value;
};

/// Writes the T at `address`.
template <class T>
void write_any(text_sink& out, const void* address);

template <class T>
inline constexpr bool is_floating = is_one_of<T, float, double, long double>;
template <class T>
inline constexpr bool is_integer = is_one_of<T, int, unsigned, long, unsigned long, long long, unsigned long long,
                                             short, unsigned short, signed char, unsigned char>;
template <class T>
inline constexpr bool is_number = is_integer<T> || is_floating<T>;

/// Writes one of the language's own types: char as 'a', text quoted and escaped, floating point as the shortest text
/// that reads back as the same value. Compiled once for each, with the engine.
template <class T>
void write_known(text_sink& out, const void* address);
#if defined(__SIZEOF_INT128__)
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
#else
typedef int int128;
typedef unsigned uint128;
#endif
// The engine may use an older standard than the test. So nothing that depends on a newer standard is compiled once.
template <class T>
inline constexpr bool is_known =
    is_number<T> ||
    is_one_of<T, bool, char, wchar_t, char16_t, char32_t, char*, const char*, decltype(nullptr), int128, uint128>;

template <class T>
operand_text text_of(const T& value) {
    if constexpr (is_known<T>) {
        return {&write_known<T>, __builtin_addressof(value)};
    } else {
        return {&write_any<T>, __builtin_addressof(value)};
    }
}
template <class T>
void write_element(text_sink& out, const T& value) {
    const operand_text text = text_of(value);
    text.write(out, text.value);
}

/// A value that may change at any time is read once, when it is written.
template <class T>
void write_volatile(text_sink& out, const void* address) {
    const T now = *static_cast<const volatile T*>(address);
    write_element(out, now);
}
template <class T>
operand_text text_of(const volatile T& value) {
    return {&write_volatile<T>, const_cast<const T*>(__builtin_addressof(value))};
}

/// `width` is the size of the character in bytes, as for write_string.
void write_character(text_sink& out, const void* unit, size_t width);
void write_address(text_sink& out, const volatile void* address);
/// `width` is the size of one unit in bytes: 1 is UTF-8, 2 is UTF-16, 4 is UTF-32. Quoted and escaped.
void write_string(text_sink& out, const void* units, size_t count, size_t width);
/// The same for text that ends at a zero unit or after `most` units. Null is written as nullptr. Reads no unreadable
/// memory.
void write_zero_terminated(text_sink& out, const void* units, size_t width, size_t most = static_cast<size_t>(-1));
/// Writes the text, or the address if there is no text; or the address and the text that it points to.
void write_text_or_address(text_sink& out, const void* units, size_t width, size_t most);
void write_text_at(text_sink& out, const void* units, size_t width, size_t most);
/// `names` is the compiler's name of enumerator_names(). If `are_flags`, a value may be several enumerators.
void write_enum(text_sink& out, const char* names, long long value, bool are_flags);
/// `signature` is the compiler's name of signature_of<T>().
void write_exception(text_sink& out, const char* signature, const char* what);
void write_bytes(text_sink& out, const char* signature, const void* address, size_t size);
/// Names the type and the fields as far as they are known. `signature` may be empty, for a tuple; `names` is the
/// compiler's name of named_by<...>(), or empty.
void write_fields(text_sink& out, const char* signature, const char* names, const operand_text* fields, size_t count);
void write_error_code(text_sink& out, const char* category, int value, const char* message, size_t size);
/// Time since 1970, in UTC.
void write_time(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
/// The time of another clock, in seconds.
void write_clock_time(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
void write_duration(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
/// Passes a std::ostream that writes to `out`.
void write_streamed(text_sink& out, void (*stream)(std::ostream&, const void*), const void* address);

template <class T>
constexpr const char* signature_of() {
    return CORDON_SIGNATURE;
}

/// Begins a list in brackets: '[', '(', or '{'. '#' is '{' for elements without an order of their own: they are sorted
/// by their text, so that equal containers have equal texts.
void begin_list(text_sink& out, char form);
enum class turn : unsigned char { write, count, stop };
/// Call it before each element. It writes commas, and stops after enough elements.
turn next_turn(text_sink& out);
void end_list(text_sink& out);

template <class T>
void write_by_stream(text_sink& out, const T& value) {
    write_streamed(
        out, [](std::ostream& to, const void* from) { static_cast<void>(to << *static_cast<const T*>(from)); },
        __builtin_addressof(value));
}

template <class Write, class T>
void write_units(Write* write, text_sink& out, const T& duration) {
    const bool is_whole = !(static_cast<double>(static_cast<typename T::rep>(1) / 2) > 0);
    write(out, static_cast<double>(duration.count()), static_cast<long long>(duration.count()), is_whole,
          static_cast<long long>(T::period::num), static_cast<long long>(T::period::den));
}

/// `address` is the address of a pointer to Unit. If Extent is not 0, the pointer points into an array of that size.
template <class Unit, size_t Extent, void (*Write)(text_sink&, const void*, size_t, size_t)>
void write_text_pointer(text_sink& out, const void* address) {
    Write(out, *static_cast<const Unit* const*>(address), sizeof(Unit), Extent == 0 ? static_cast<size_t>(-1) : Extent);
}

}  // namespace detail
}  // namespace cordon
