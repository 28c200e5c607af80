#pragma once

#include <cordon/api/config.hpp>

// What cordon must know of a type, without a standard header: including <type_traits> would cost a test file more than
// all of cordon does.

#if __has_include(<bits/c++config.h>) && !defined(CORDON_CONFIG_STD_HEADERS)
// libstdc++. Declared as its <iosfwd> does.
namespace std __attribute__((__visibility__("default"))) {
    template <class>
    struct char_traits;
    template <class, class>
    class basic_ostream;
    typedef basic_ostream<char, char_traits<char>> ostream;
}  // namespace )
#else
#include <iosfwd>
#endif

namespace cordon {

class text_sink;

namespace detail {

template <class T>
T declare() noexcept;

template <bool>
struct enable {};
template <>
struct enable<true> {
    using type = int;
};

template <class A, class B>
inline constexpr bool is_same = false;
template <class A>
inline constexpr bool is_same<A, A> = true;

template <class T>
struct bare_type {
    using type = T;
};
template <class T>
struct bare_type<const T> : bare_type<T> {};
template <class T>
struct bare_type<volatile T> : bare_type<T> {};
template <class T>
struct bare_type<const volatile T> : bare_type<T> {};
template <class T>
struct bare_type<T&> : bare_type<T> {};
template <class T>
struct bare_type<T&&> : bare_type<T> {};
/// Without reference, const and volatile.
template <class T>
using bare = typename bare_type<T>::type;

template <class T>
inline constexpr bool is_object = __is_class(T) || __is_union(T);
/// Passed by value: a copy costs nothing, and a static constant needs no definition to be looked at.
template <class T>
using if_scalar = typename enable<!is_object<T>>::type;
template <class T>
using if_object = typename enable<is_object<T>>::type;

template <class T>
inline constexpr bool is_pointer = false;
template <class T>
inline constexpr bool is_pointer<T*> = true;

// const is ignored on functions, and on references.
template <class T>
inline constexpr bool is_function = is_same<const T, T>;
template <class T>
inline constexpr bool is_function<const T> = false;

template <size_t... I>
struct indices {};
template <size_t N, size_t... I>
struct indices_up_to : indices_up_to<N - 1, N - 1, I...> {};
template <size_t... I>
struct indices_up_to<0, I...> {
    using type = indices<I...>;
};
template <size_t N>
using make_indices = typename indices_up_to<N>::type;

/// Written as text, not as a number. `signed char` and `unsigned char` are numbers.
template <class T>
inline constexpr bool is_text_unit = false;
template <class T>
inline constexpr bool is_text_unit<const T> = is_text_unit<T>;
template <>
inline constexpr bool is_text_unit<char> = true;
template <>
inline constexpr bool is_text_unit<wchar_t> = true;
template <>
inline constexpr bool is_text_unit<char16_t> = true;
template <>
inline constexpr bool is_text_unit<char32_t> = true;
#if defined(__cpp_char8_t)
template <>
inline constexpr bool is_text_unit<char8_t> = true;
#endif

struct yes {
    static constexpr bool value = true;
};
struct no {
    static constexpr bool value = false;
};

// CORDON_TRAIT_(name, expression): whether the expression compiles for `const T& value`.
#define CORDON_TRAIT_(name, ...)                                         \
    template <class T>                                                   \
    auto test_##name(const T& value, int)->decltype(__VA_ARGS__, yes()); \
    template <class T>                                                   \
    no test_##name(const T&, long);                                      \
    template <class T>                                                   \
    inline constexpr bool name = decltype(test_##name<T>(declare<const T&>(), 0))::value;

/// Lets unqualified get<I>(...) be parsed as a template before C++20; the real one comes from the argument's namespace.
template <size_t>
void get(no);

void take_number(long long);
void take_text(const char*);

CORDON_TRAIT_(has_to_text, void(to_text(declare<text_sink&>(), value)))
CORDON_TRAIT_(has_mapped_type, void(declare<typename T::mapped_type*>()))
CORDON_TRAIT_(is_string, void(declare<typename T::traits_type*>()), void(value.data()), void(value.size()),
              void(T::npos))
CORDON_TRAIT_(is_smart_pointer, void(declare<typename T::element_type*>()), void(value.get() == nullptr),
              void(static_cast<bool>(value)))
CORDON_TRAIT_(is_duration, void(declare<typename T::rep*>()), void(value.count()), void(T::period::num),
              void(T::period::den))
CORDON_TRAIT_(is_time_point, void(value.time_since_epoch().count()))
CORDON_TRAIT_(is_flag_reference, void(const_cast<T&>(value).flip()), void(static_cast<bool>(value)))
CORDON_TRAIT_(has_what, take_text(value.what()))
CORDON_TRAIT_(is_optional, void(static_cast<bool>(value.has_value())), void(*value))
CORDON_TRAIT_(has_error, void(value.error()))
CORDON_TRAIT_(has_index, void(value.index()), void(value.valueless_by_exception()))
CORDON_TRAIT_(has_elements, void(++declare<decltype(value.begin())&>()), void(*value.begin()),
              void(value.begin() != value.end()))
CORDON_TRAIT_(is_pair, void(value.first), void(value.second))
CORDON_TRAIT_(converts_to_number, take_number(value))

template <class T, bool = is_string<T>>
inline constexpr bool is_narrow_string = false;
template <class T>
inline constexpr bool is_narrow_string<T, true> = is_same<bare<typename T::value_type>, char>;

// A container of itself (a path, some JSON values) would never end.
template <class T, bool = has_elements<T>>
inline constexpr bool is_container = false;
template <class T>
inline constexpr bool is_container<T, true> = !is_same<bare<decltype(*declare<const T&>().begin())>, T>;

template <class T>
inline constexpr size_t arity = 0;
template <template <class...> class T, class... A>
inline constexpr size_t arity<T<A...>> = sizeof...(A);

CORDON_TRAIT_(has_first_and_last, void(get<0>(value)), void(get<arity<T> - 1>(value)))
template <class T, bool = arity<T> != 0>
inline constexpr bool is_tuple = false;
template <class T>
inline constexpr bool is_tuple<T, true> = has_first_and_last<T>;

template <class T, bool = has_index<T>>
inline constexpr bool is_variant = false;
template <class T>
inline constexpr bool is_variant<T, true> = is_tuple<T>;

/// Converts to a stream, but no template can deduce from it.
struct stream_probe {
    operator std::ostream&() const;
};

// Before <ostream> is included, templates that print (a bitset's) are declared but would not compile: only functions
// that name std::ostream itself are asked. The same for plain enums, which the stream would take for numbers.
template <class T, class Stream, size_t = sizeof(Stream)>
Stream& stream_for(int);
template <class T, class>
stream_probe stream_for(long);

template <class T, bool = __is_enum(T) && converts_to_number<T>>
struct stream_type {
    using type = decltype(stream_for<T, std::ostream>(0));
};
template <class T>
struct stream_type<T, true> {
    using type = stream_probe;
};
CORDON_TRAIT_(is_streamable, void(declare<typename stream_type<T>::type>() << value))

#undef CORDON_TRAIT_

}  // namespace detail
}  // namespace cordon
