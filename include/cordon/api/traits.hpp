#pragma once

#include <cordon/api/config.hpp>

// Type properties that cordon needs, without a standard header: <type_traits> would cost a test file more than all of
// cordon.

#if __has_include(<bits/c++config.h>) && !defined(CORDON_CONFIG_STD_HEADERS)
// libstdc++: declared as in its <iosfwd>.
#pragma GCC visibility push(default)
namespace std {
template <class>
struct char_traits;
template <class, class>
class basic_ostream;
typedef basic_ostream<char, char_traits<char>> ostream;
}  // namespace std
#pragma GCC visibility pop
#else
#include <iosfwd>
#endif

namespace cordon {

class text_sink;

namespace detail {

template <class T>
T declare() noexcept;

template <bool, class>
struct enable {};
template <class T>
struct enable<true, T> {
    using type = T;
};
template <bool Condition, class T = void>
using only_if = typename enable<Condition, T>::type;

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
template <class T>
inline constexpr bool is_enum = __is_enum(T);
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

template <class T, class... U>
inline constexpr bool is_one_of = (is_same<T, U> || ...);
/// Written as text, not as a number. `signed char` and `unsigned char` are numbers.
template <class T>
#if defined(__cpp_char8_t)
inline constexpr bool is_text_unit = is_one_of<bare<T>, char, char8_t, wchar_t, char16_t, char32_t>;
#else
inline constexpr bool is_text_unit = is_one_of<bare<T>, char, wchar_t, char16_t, char32_t>;
#endif

/// Orders overloads: the one with the largest N that compiles is chosen.
template <int N>
struct rank : rank<N - 1> {};
template <>
struct rank<0> {};

/// Lets unqualified get<I>(...) parse as a template before C++20. The real function comes from the argument's
/// namespace.
template <size_t>
void get(rank<0>);

void take_text(const char*);

/// Converts to a stream, but no template can deduce a type from it.
struct stream_probe {
    operator std::ostream&() const;
};

template <class T, class Stream, size_t = sizeof(Stream)>
Stream& stream_for(int);
template <class T, class>
stream_probe& stream_for(long);
/// The stream type for the question whether a T can be printed. Before <ostream> is included, templates that print (for
/// example a bitset's) are declared but would not compile. So only functions that name std::ostream itself count.
template <class T>
using stream_of = decltype(stream_for<T, std::ostream>(0));

}  // namespace detail
}  // namespace cordon
