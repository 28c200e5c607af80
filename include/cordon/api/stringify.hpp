#pragma once

#include <cordon/api/config.hpp>
#include <cordon/api/traits.hpp>

// A value as text. The first of these that applies to its type decides:
//   1. void to_text(cordon::text_sink&, const T&), found in T's namespace or in cordon
//   2. cordon's own form for the language's types, strings, smart pointers and durations
//   3. operator<<(std::ostream&, const T&)
//   4. its structure: optional, variant, container, pair, tuple, exception
//   5. its name and its bytes
// Functions without a body here are compiled once, with the engine.

namespace cordon {
namespace detail {
class bounded_text;
}

/// Receives text. It accepts any amount and keeps a limited part of it.
class text_sink {
  public:
    explicit text_sink(detail::bounded_text& target) : target_(target) {}
    text_sink(const text_sink&) = delete;
    text_sink& operator=(const text_sink&) = delete;

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

  private:
    detail::bounded_text& target_;
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
operand_text text_of(const T& value) {
    return {&write_any<T>, __builtin_addressof(value)};
}

/// A value that may change at any time is read once, when it is written.
template <class T>
operand_text text_of(const volatile T& value) {
    return {[](text_sink& out, const void* address) {
                const T now = *static_cast<const volatile T*>(address);
                write_any<T>(out, __builtin_addressof(now));
            },
            const_cast<const T*>(__builtin_addressof(value))};
}

// The language's own types: char as 'a', text quoted and escaped, floating point as the shortest text that reads back
// as the same value.
#define CORDON_COMPILED_ONCE_(T) \
    template <>                  \
    void write_any<T>(text_sink&, const void*);
CORDON_COMPILED_ONCE_(bool)
CORDON_COMPILED_ONCE_(char)
CORDON_COMPILED_ONCE_(signed char)
CORDON_COMPILED_ONCE_(unsigned char)
CORDON_COMPILED_ONCE_(short)
CORDON_COMPILED_ONCE_(unsigned short)
CORDON_COMPILED_ONCE_(int)
CORDON_COMPILED_ONCE_(unsigned)
CORDON_COMPILED_ONCE_(long)
CORDON_COMPILED_ONCE_(unsigned long)
CORDON_COMPILED_ONCE_(long long)
CORDON_COMPILED_ONCE_(unsigned long long)
CORDON_COMPILED_ONCE_(float)
CORDON_COMPILED_ONCE_(double)
CORDON_COMPILED_ONCE_(long double)
CORDON_COMPILED_ONCE_(wchar_t)
CORDON_COMPILED_ONCE_(char16_t)
CORDON_COMPILED_ONCE_(char32_t)
CORDON_COMPILED_ONCE_(char*)
CORDON_COMPILED_ONCE_(const char*)
CORDON_COMPILED_ONCE_(decltype(nullptr))
#if defined(__SIZEOF_INT128__)
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
CORDON_COMPILED_ONCE_(int128)
CORDON_COMPILED_ONCE_(uint128)
#endif
#undef CORDON_COMPILED_ONCE_

/// `width` is the size of the character in bytes, as for write_string.
void write_character(text_sink& out, const void* unit, size_t width);
// The engine may use an older standard than the test. So nothing that depends on a newer standard is compiled once.
#if defined(__cpp_char8_t)
template <>
inline void write_any<char8_t>(text_sink& out, const void* address) {
    write_character(out, address, 1);
}
#endif

void write_address(text_sink& out, const volatile void* address);
/// `width` is the size of one unit in bytes: 1 is UTF-8, 2 is UTF-16, 4 is UTF-32. Quoted and escaped.
void write_string(text_sink& out, const void* units, size_t count, size_t width);
/// The same for text that ends at a zero unit or after `most` units. Null is written as nullptr. Reads no unreadable
/// memory.
void write_zero_terminated(text_sink& out, const void* units, size_t width, size_t most = static_cast<size_t>(-1));
/// Writes the text, or the address if there is no text; or the address and the text that it points to.
void write_text_or_address(text_sink& out, const void* units, size_t width, size_t most);
void write_text_at(text_sink& out, const void* units, size_t width, size_t most);
/// `signature` is the compiler's name of a function template for that type.
void write_enum(text_sink& out, const char* signature, long long value, bool is_unsigned);
void write_exception(text_sink& out, const char* signature, const char* what);
void write_bytes(text_sink& out, const char* signature, const void* address, size_t size);
/// Time since 1970, in UTC.
void write_time(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
void write_duration(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
/// Passes a std::ostream that writes to `out`.
void write_streamed(text_sink& out, void (*stream)(std::ostream&, const void*), const void* address);

template <class T>
constexpr const char* signature_of() {
    return CORDON_SIGNATURE;
}

/// Writes brackets and commas, and stops after enough elements.
class list_writer {
  public:
    list_writer(text_sink& out, char open, char close);
    ~list_writer();
    list_writer(const list_writer&) = delete;
    list_writer& operator=(const list_writer&) = delete;

    /// True: write the next element now. False: the element is only counted.
    bool next();
    /// True if so many elements were counted that their exact number does not matter.
    bool tired() const;

  private:
    text_sink& out_;
    size_t seen_ = 0;
    size_t left_out_ = 0;
    char close_;
};

template <class T>
void write_element(text_sink& out, const T& value) {
    write_any<T>(out, __builtin_addressof(value));
}

template <class T>
void write_by_stream(text_sink& out, const T& value) {
    write_streamed(
        out,
        [](std::ostream& stream, const void* address) { static_cast<void>(stream << *static_cast<const T*>(address)); },
        __builtin_addressof(value));
}

template <class Write, class T>
void write_units(Write* write, text_sink& out, const T& duration) {
    const bool is_whole = !(static_cast<double>(static_cast<typename T::rep>(1) / 2) > 0);
    write(out, static_cast<double>(duration.count()), static_cast<long long>(duration.count()), is_whole,
          static_cast<long long>(T::period::num), static_cast<long long>(T::period::den));
}

/// `address` is the address of a pointer to Unit. If Extent is not 0, the pointer points into an array of that size.
template <class Unit, size_t Extent>
void write_text_array(text_sink& out, const void* address) {
    write_zero_terminated(out, *static_cast<const Unit* const*>(address), sizeof(Unit), Extent);
}
template <class Unit, size_t Extent, void (*Write)(text_sink&, const void*, size_t, size_t)>
void write_text_pointer(text_sink& out, const void* address) {
    Write(out, *static_cast<const Unit* const*>(address), sizeof(Unit), Extent == 0 ? static_cast<size_t>(-1) : Extent);
}

// ---- 4, 5: what a type's structure says ----

template <class T>
void write_other(rank<0>, text_sink& out, const T& value) {
    // The byte of an empty class has no meaning.
    write_bytes(out, signature_of<T>(), __builtin_addressof(value), __is_empty(T) ? 0 : sizeof(T));
}

template <class T>
auto write_other(rank<1>, text_sink& out, const T& value) -> decltype(take_text(value.what())) {
    write_exception(out, signature_of<T>(), value.what());
}

template <class T>
auto write_since(rank<0>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch())) {
    write_element(out, time.time_since_epoch());
}
/// The clock of calendar time.
template <class T>
auto write_since(rank<1>, text_sink& out, const T& time) -> decltype(void(T::clock::to_time_t(time))) {
    write_units(&write_time, out, time.time_since_epoch());
}

template <class T>
auto write_other(rank<2>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch().count())) {
    write_since(rank<1>(), out, time);
}

template <class T, size_t... I>
void write_tuple(text_sink& out, const T& tuple, indices<I...>) {
    list_writer list(out, '(', ')');
    (void(list.next() ? write_element(out, get<I>(tuple)) : void()), ...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<3>, text_sink& out, const T<First, Rest...>& tuple)
    -> decltype(void(get<sizeof...(Rest)>(tuple))) {
    write_tuple(out, tuple, make_indices<sizeof...(Rest) + 1>());
}

template <class T>
auto write_other(rank<4>, text_sink& out, const T& pair) -> decltype(void(pair.first), void(pair.second)) {
    list_writer list(out, '(', ')');
    if (list.next()) write_element(out, pair.first);
    if (list.next()) write_element(out, pair.second);
}

template <class T>
void write_elements(text_sink& out, T& container) {
    list_writer list(out, '[', ']');
    auto end = container.end();
    for (auto at = container.begin(); at != end && !list.tired(); ++at) {
        if (list.next()) write_element(out, *at);
    }
}

// A container that contains its own type (a path, some JSON values) would never end.
template <class T>
auto write_other(rank<5>, text_sink& out, const T& container)
    -> only_if<!is_same<bare<decltype(*container.begin())>, T>, decltype(void(container.begin() != container.end()))> {
    write_elements(out, container);
}

// A view that changes when it is iterated (std::views::filter) is cheap to copy.
template <class T>
auto write_other(rank<3>, text_sink& out, const T& view)
    -> decltype(void(declare<T&>().begin() != declare<T&>().end()), void(T(view)),
                void(declare<only_if<!is_same<bare<decltype(*declare<T&>().begin())>, T>, T*>>())) {
    T copy(view);
    write_elements(out, copy);
}

template <class T>
auto write_other(rank<1>, text_sink& out, const T& order) -> decltype(void(T::equivalent), void(T::less)) {
    const char* const word = order == T::equivalent ? "equivalent"
                             : order == T::less     ? "less"
                             : order == T::greater  ? "greater"
                                                    : "unordered";
    out << word;
}

template <class T>
auto write_other(rank<6>, text_sink& out, const T& map)
    -> decltype(void(map.begin()->second), void(declare<typename T::mapped_type*>())) {
    list_writer list(out, '{', '}');
    auto end = map.end();
    for (auto at = map.begin(); at != end && !list.tired(); ++at) {
        if (!list.next()) continue;
        write_element(out, at->first);
        out.write(": ", 2);
        write_element(out, at->second);
    }
}

template <class T, size_t... I>
void write_alternative(text_sink& out, const T& variant, indices<I...>) {
    (void(variant.index() == I ? write_element(out, get<I>(variant)) : void()), ...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<7>, text_sink& out, const T<First, Rest...>& variant)
    -> decltype(void(variant.valueless_by_exception()), void(get<sizeof...(Rest)>(variant))) {
    if (variant.valueless_by_exception()) {
        out.write("valueless", 9);
    } else {
        write_alternative(out, variant, make_indices<sizeof...(Rest) + 1>());
    }
}

template <class T>
void write_absence(rank<0>, text_sink& out, const T&) {
    out.write("nullopt", 7);
}
template <class T>
auto write_absence(rank<1>, text_sink& out, const T& expected) -> decltype(void(expected.error())) {
    out.write("unexpected(", 11);
    write_element(out, expected.error());
    out.write(")", 1);
}

template <class T>
auto write_other(rank<8>, text_sink& out, const T& optional)
    -> decltype(void(static_cast<bool>(optional.has_value())), void(*optional)) {
    if (optional.has_value()) {
        write_element(out, *optional);
    } else {
        write_absence(rank<1>(), out, optional);
    }
}

/// An element of vector<bool> or of a bitset.
template <class T>
auto write_other(rank<9>, text_sink& out, const T& flag)
    -> decltype(void(const_cast<T&>(flag).flip()), void(static_cast<bool>(flag))) {
    write_element(out, static_cast<bool>(flag));
}

// ---- 3: operator<< ----

template <class T>
auto write_other(rank<10>, text_sink& out, const T& value) -> decltype(void(declare<stream_of<T>>() << value)) {
    write_by_stream(out, value);
}

// ---- 2: cordon's own forms of some classes, of enums, pointers and arrays ----

template <class T>
void write_own(rank<0>, text_sink& out, const T& value) {
    write_bytes(out, signature_of<T>(), __builtin_addressof(value), sizeof(T));
}

template <class T, class C>
void write_own(rank<1>, text_sink& out, T C::*const& member) {
    if (member == nullptr) {
        out.write("nullptr", 7);
    } else {
        write_own(rank<0>(), out, member);
    }
}

template <class T>
void write_own(rank<1>, text_sink& out, T* const& pointer) {
    if constexpr (is_text_unit<T>) {
        write_zero_terminated(out, pointer, sizeof(T));
    } else {
        write_address(out, reinterpret_cast<const volatile void*>(pointer));
    }
}

template <class T, size_t N>
void write_own(rank<1>, text_sink& out, const T (&array)[N]) {
    if constexpr (is_text_unit<T>) {
        size_t size = 0;
        while (size < N && array[size] != T())
            ++size;
        write_string(out, array, size, sizeof(T));
    } else {
        list_writer list(out, '[', ']');
        for (const T& each : array) {
            if (list.next()) write_element(out, each);
        }
    }
}

template <class T>
auto write_enumerator(rank<0>, text_sink& out, const T& value) {
    using number = __underlying_type(T);
    constexpr bool is_unsigned = static_cast<number>(-1) > static_cast<number>(0);
    write_enum(out, signature_of<T>(), static_cast<long long>(static_cast<number>(value)), is_unsigned);
}
template <class T>
auto write_enumerator(rank<1>, text_sink& out, const T& value) -> decltype(void(declare<stream_probe&>() << value)) {
    write_by_stream(out, value);
}

template <class T>
auto write_own(rank<1>, text_sink& out, const T& value) -> only_if<is_enum<T>> {
    write_enumerator(rank<1>(), out, value);
}

template <class T>
auto write_own(rank<1>, text_sink& out, const T& value) -> only_if<is_object<T>> {
    write_other(rank<10>(), out, value);
}

template <class T>
auto write_own(rank<2>, text_sink& out, const T& duration)
    -> decltype(void(duration.count()), void(T::period::num), void(declare<typename T::rep*>())) {
    write_units(&write_duration, out, duration);
}

template <class T>
auto write_own(rank<3>, text_sink& out, const T& pointer)
    -> decltype(void(declare<typename T::element_type*>()), write_address(out, pointer.get())) {
    write_address(out, pointer.get());
}

template <class T>
auto write_own(rank<4>, text_sink& out, const T& string)
    -> decltype(void(declare<typename T::traits_type*>()), void(T::npos), void(string.data()), void(string.size())) {
    write_string(out, string.data(), string.size(), sizeof(typename T::value_type));
}

// ---- 1: the user's to_text ----

template <class T>
auto write_own(rank<5>, text_sink& out, const T& value) -> decltype(void(to_text(out, value))) {
    to_text(out, value);
}

template <class T>
void write_any(text_sink& out, const void* address) {
    write_own(rank<5>(), out, *static_cast<const T*>(address));
}

// ---- what text_sink prints as it is ----

template <class T>
void write_plain(rank<0>, text_sink& out, const T& value) {
    write_any<T>(out, __builtin_addressof(value));
}
template <class T>
auto write_plain(rank<1>, text_sink& out, const T& string)
    -> decltype(void(T::npos), out.write(string.data(), string.size())) {
    out.write(string.data(), string.size());
}

}  // namespace detail

template <class T>
text_sink& text_sink::operator<<(const volatile T& value) {
    const T now = value;
    return *this << now;
}

template <class T>
text_sink& text_sink::operator<<(const T& value) {
    detail::write_plain(detail::rank<1>(), *this, value);
    return *this;
}

}  // namespace cordon
