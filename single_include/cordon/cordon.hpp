// cordon 0.1.0: C++ tests, each in a process of its own.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/cordon.hpp ----

// cordon: a test framework in one header, in which every test runs in a process of its own.
//
//     #define CORDON_MAIN          // in exactly one file of the program
//     #include <cordon/cordon.hpp>
//
//     TEST_CASE("sum adds") { CHECK(sum(2, 2) == 4); }

// ---- cordon/api/config.hpp ----

#include <stddef.h>

#define CORDON_VERSION_MAJOR 0
#define CORDON_VERSION_MINOR 1
#define CORDON_VERSION_PATCH 0
#define CORDON_VERSION "0.1.0"

#if defined(_MSVC_LANG)
#define CORDON_CPLUSPLUS _MSVC_LANG
#else
#define CORDON_CPLUSPLUS __cplusplus
#endif

#if CORDON_CPLUSPLUS < 201703L
#error "cordon needs C++17: compile with -std=c++17 or newer"
#endif

// Exceptions are found from the compiler's own macros; CORDON_CONFIG_NO_EXCEPTIONS states it by hand.
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

#if defined(__GNUC__)
#define CORDON_COLD __attribute__((cold, noinline))
// What each forked test process goes through. The compiler puts it together, so that it lies in few pages: a forked
// process pays for every page that it is the first to touch.
#define CORDON_HOT __attribute__((hot))
#define CORDON_LIKELY(x) __builtin_expect(static_cast<bool>(x), 1)
// Constant-initialised thread-local data. Unlike `extern thread_local`, it is reached without a call that asks whether
// an initialiser must run first: a passing assertion costs half as much.
#define CORDON_THREAD_LOCAL __thread
#else
#define CORDON_COLD
#define CORDON_HOT
#define CORDON_LIKELY(x) (x)
#define CORDON_THREAD_LOCAL __declspec(thread)
#endif

// The enclosing function with its template arguments, as text.
#if defined(_MSC_VER) && !defined(__clang__)
#define CORDON_SIGNATURE __FUNCSIG__
#else
#define CORDON_SIGNATURE __PRETTY_FUNCTION__
#endif

// Around the light headers. Comparisons that mean what the user wrote warn in the user's code, not a second time inside
// of cordon; and a user may call a global variable what cordon calls a parameter.
#if defined(__clang__)
#define CORDON_SILENCE_BEGIN                                                                                       \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wsign-compare\"")                        \
        _Pragma("clang diagnostic ignored \"-Wfloat-equal\"") _Pragma("clang diagnostic ignored \"-Wconversion\"") \
            _Pragma("clang diagnostic ignored \"-Wsign-conversion\"")                                              \
                _Pragma("clang diagnostic ignored \"-Wdouble-promotion\"")                                         \
                    _Pragma("clang diagnostic ignored \"-Wenum-compare\"")                                         \
                        _Pragma("clang diagnostic ignored \"-Wshadow\"")
#define CORDON_SILENCE_END _Pragma("clang diagnostic pop")
#elif defined(__GNUC__)
#define CORDON_SILENCE_BEGIN                                                                                   \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wsign-compare\"")                        \
        _Pragma("GCC diagnostic ignored \"-Wfloat-equal\"") _Pragma("GCC diagnostic ignored \"-Wconversion\"") \
            _Pragma("GCC diagnostic ignored \"-Wsign-conversion\"")                                            \
                _Pragma("GCC diagnostic ignored \"-Wdouble-promotion\"")                                       \
                    _Pragma("GCC diagnostic ignored \"-Wenum-compare\"")                                       \
                        _Pragma("GCC diagnostic ignored \"-Wbool-compare\"")                                   \
                            _Pragma("GCC diagnostic ignored \"-Wextra\"")                                      \
                                _Pragma("GCC diagnostic ignored \"-Wuseless-cast\"")                           \
                                    _Pragma("GCC diagnostic ignored \"-Wshadow\"")
#define CORDON_SILENCE_END _Pragma("GCC diagnostic pop")
#else
#define CORDON_SILENCE_BEGIN
#define CORDON_SILENCE_END
#endif

#define CORDON_CONCAT_(a, b) a##b
#define CORDON_CONCAT(a, b) CORDON_CONCAT_(a, b)
#define CORDON_UNIQUE(prefix) CORDON_CONCAT(prefix, __COUNTER__)

CORDON_SILENCE_BEGIN

// ---- cordon/api/approx.hpp ----

// ---- cordon/api/stringify.hpp ----

// ---- cordon/api/traits.hpp ----

// What cordon must know of a type, without a standard header: including <type_traits> would cost a test file more than
// all of cordon does.

#if __has_include(<bits/c++config.h>) && !defined(CORDON_CONFIG_STD_HEADERS)
// libstdc++. Declared as its <iosfwd> does.
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

/// Orders overloads: of those that compile, the one with the largest N is taken.
template <int N>
struct rank : rank<N - 1> {};
template <>
struct rank<0> {};

/// Lets unqualified get<I>(...) be parsed as a template before C++20; the real one comes from the argument's namespace.
template <size_t>
void get(rank<0>);

void take_text(const char*);

/// Converts to a stream, but no template can deduce from it.
struct stream_probe {
    operator std::ostream&() const;
};

template <class T, class Stream, size_t = sizeof(Stream)>
Stream& stream_for(int);
template <class T, class>
stream_probe& stream_for(long);
/// What to ask whether a T can be printed. Before <ostream> is included, templates that print (a bitset's) are declared
/// but would not compile: only functions that name std::ostream itself count.
template <class T>
using stream_of = decltype(stream_for<T, std::ostream>(0));

}  // namespace detail
}  // namespace cordon

// A value as text. What a type looks like is decided in this order:
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

/// Where text goes. It takes any amount and keeps a bounded part of it.
class text_sink {
  public:
    explicit text_sink(detail::bounded_text& target) : target_(target) {}
    text_sink(const text_sink&) = delete;
    text_sink& operator=(const text_sink&) = delete;

    void write(const char* text, size_t size);
    /// True once text is being left out: whoever writes element after element may stop.
    bool full() const;

    /// Text as it is, everything else as a report shows it.
    text_sink& operator<<(const char* text);
    text_sink& operator<<(char c);
    template <class T>
    text_sink& operator<<(const T& value);

  private:
    detail::bounded_text& target_;
};

namespace detail {

/// Text that somebody else owns. Converts from a literal and from whatever has data() and size().
struct text_view {
    text_view(const char* text) : data(text), size(__builtin_strlen(text)) {}
    template <class S, class = decltype(declare<const S&>().data())>
    text_view(const S& text) : data(text.data()), size(text.size()) {}

    const char* data;
    size_t size;
};

/// A value with the function that writes it, so that failures are reported by code compiled once.
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

/// A callable that writes: what INFO and the message forms pass on.
template <class F>
operand_text text_by(const F& writer) {
    return {[](text_sink& out, const void* address) { (*static_cast<const F*>(address))(out); }, &writer};
}

// The language's own types; char as 'a', text quoted and escaped, floating point as the shortest text that reads back
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
#if defined(__cpp_char8_t)
CORDON_COMPILED_ONCE_(char8_t)
#endif
#if defined(__SIZEOF_INT128__)
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;
CORDON_COMPILED_ONCE_(int128)
CORDON_COMPILED_ONCE_(uint128)
#endif
#undef CORDON_COMPILED_ONCE_

void write_address(text_sink& out, const volatile void* address);
/// `width` is the size of one unit in bytes: 1 is UTF-8, 2 is UTF-16, 4 is UTF-32. Quoted and escaped.
void write_string(text_sink& out, const void* units, size_t count, size_t width);
/// The same of text that ends with a unit of zero; null is written as nullptr.
void write_zero_terminated(text_sink& out, const void* units, size_t width);
/// `signature` is the compiler's name of a function template instantiated for the type in question.
void write_enum(text_sink& out, const char* signature, long long value, bool is_unsigned);
void write_exception(text_sink& out, const char* signature, const char* what);
void write_bytes(text_sink& out, const char* signature, const void* address, size_t size);
void write_duration(text_sink& out, double count, long long whole, bool is_whole, long long num, long long den);
/// Lends a std::ostream that writes to `out`.
void write_streamed(text_sink& out, void (*stream)(std::ostream&, const void*), const void* address);

template <class T>
constexpr const char* signature_of() {
    return CORDON_SIGNATURE;
}

/// Writes brackets and commas, and says when enough elements were shown.
class list_writer {
  public:
    list_writer(text_sink& out, char open, char close);
    ~list_writer();
    list_writer(const list_writer&) = delete;
    list_writer& operator=(const list_writer&) = delete;

    /// True: write the next element now. False: it is only counted.
    bool next();
    /// True when so many elements were only counted that nobody needs to know their number.
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

// ---- 4, 5: what a type's structure says ----

template <class T>
void write_other(rank<0>, text_sink& out, const T& value) {
    write_bytes(out, signature_of<T>(), __builtin_addressof(value), sizeof(T));
}

template <class T>
auto write_other(rank<1>, text_sink& out, const T& value) -> decltype(take_text(value.what())) {
    write_exception(out, signature_of<T>(), value.what());
}

template <class T>
auto write_other(rank<2>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch().count())) {
    write_element(out, time.time_since_epoch());
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

// A container of itself (a path, some JSON values) would never end.
template <class T>
auto write_other(rank<5>, text_sink& out, const T& container)
    -> only_if<!is_same<bare<decltype(*container.begin())>, T>, decltype(void(container.begin() != container.end()))> {
    list_writer list(out, '[', ']');
    auto end = container.end();
    for (auto at = container.begin(); at != end && !list.tired(); ++at) {
        if (list.next()) write_element(out, *at);
    }
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
    const bool is_whole = !(static_cast<double>(static_cast<typename T::rep>(1) / 2) > 0);
    write_duration(out, static_cast<double>(duration.count()), static_cast<long long>(duration.count()), is_whole,
                   static_cast<long long>(T::period::num), static_cast<long long>(T::period::den));
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
text_sink& text_sink::operator<<(const T& value) {
    detail::write_plain(detail::rank<1>(), *this, value);
    return *this;
}

}  // namespace cordon

namespace cordon {

/// Compares equal to values that are near: |a - b| < epsilon * (scale + max(|a|, |b|)), or at most `margin` apart.
/// `<` and `>` are false for values that are near, `<=` and `>=` are true. Nothing is near a NaN, and only itself to an
/// infinity.
class Approx {
  public:
    explicit constexpr Approx(double value) : value_(value) {}

    /// The same tolerances around another value.
    constexpr Approx operator()(double value) const {
        Approx other = *this;
        other.value_ = value;
        return other;
    }

    /// Relative tolerance; 100 times the relative precision of float unless told otherwise.
    constexpr Approx& epsilon(double relative) {
        epsilon_ = relative;
        return *this;
    }
    /// Absolute tolerance; 0 unless told otherwise.
    constexpr Approx& margin(double absolute) {
        margin_ = absolute;
        return *this;
    }
    /// Size that values are taken to have when they are smaller; 1 unless told otherwise.
    constexpr Approx& scale(double size) {
        scale_ = size;
        return *this;
    }

    constexpr double value() const { return value_; }
    bool near(double other) const;

    friend bool operator==(double other, const Approx& approx);
    friend bool operator!=(double other, const Approx& approx);
    friend bool operator<(double other, const Approx& approx);
    friend bool operator>(double other, const Approx& approx);
    friend bool operator<=(double other, const Approx& approx);
    friend bool operator>=(double other, const Approx& approx);
    friend bool operator==(const Approx& approx, double other);
    friend bool operator!=(const Approx& approx, double other);
    friend bool operator<(const Approx& approx, double other);
    friend bool operator>(const Approx& approx, double other);
    friend bool operator<=(const Approx& approx, double other);
    friend bool operator>=(const Approx& approx, double other);

    friend void to_text(text_sink& out, const Approx& approx);

  private:
    double value_;
    double epsilon_ = 1.1920928955078125e-7 * 100;
    double margin_ = 0;
    double scale_ = 1;
};

}  // namespace cordon

// ---- cordon/api/macros.hpp ----

// ---- cordon/api/expansion.hpp ----

// ---- cordon/api/expression.hpp ----

// ---- cordon/api/check.hpp ----

// What the assertion macros call. Defined by the engine (engine/worker/hooks.hpp); a test file sees declarations only.

namespace cordon::detail {

enum class severity : unsigned char { warn, check, require };

/// One assertion in the source; the macros make one constant per place.
struct assertion_site {
    const char* file;
    const char* macro;
    const char* expression;
    unsigned line;
    severity level;
    /// The assertion wants the expression to be false (CHECK_FALSE).
    bool negated;
};

/// What became of one assertion. `pending`: its expression ended without an exception, and no operand was looked at.
enum class outcome : unsigned char { failed, passed, pending };

/// What one thread has asserted. Constant-initialised, so that a passing assertion costs two plain stores.
struct thread_tally {
    unsigned long long passed;
    const assertion_site* last;
    bool adopted;
};

extern CORDON_THREAD_LOCAL thread_tally current_thread;

// Each of these records a failed assertion, whatever its severity, and returns: the macros of the REQUIRE family call
// leave_test() afterwards, outside of their try block. None of them throws.
void fail_comparison(const assertion_site& site, const char* op, operand_text left, operand_text right) noexcept;
void fail_value(const assertion_site& site, operand_text value) noexcept;
/// For assertions with no operands. `what` says what went wrong.
void fail_plain(const assertion_site& site, const char* what) noexcept;
/// FAIL, FAIL_CHECK: as fail_plain, with the user's text.
void fail_message(const assertion_site& site, operand_text message) noexcept;

/// A REQUIRE has failed: leaves the test by exception, or, without exceptions, by a jump (test thread) or by ending the
/// test's process (any other thread).
[[noreturn]] void leave_test();
/// Leaves the test with the ending `skipped`.
[[noreturn]] void skip_test(const assertion_site& site, operand_text reason);

// Called in a catch (...) block around an assertion's expression. What is not the user's (leave_test inside of the
// expression, a skip) is thrown on.

/// The expression threw where it should not: records the current exception as the assertion's failure.
void fail_by_exception(const assertion_site& site);
/// The expression threw, as _THROWS wants: counts as passed.
void pass_by_exception(const assertion_site& site);
/// An exception of another type than _THROWS_AS wants: records a failure that names both. `expected` is the wanted type
/// as written.
void fail_wrong_exception(const assertion_site& site, const char* expected);
/// _THROWS_WITH: passes or fails by the current exception's text, which is what(), or a thrown string.
outcome check_exception_text(const assertion_site& site, text_view expected);

/// First assertion of a thread other than the test's own: its counts are folded in when the thread ends.
void adopt_thread() noexcept;

inline outcome pass(const assertion_site& site) noexcept {
    thread_tally& tally = current_thread;
    if (!CORDON_LIKELY(tally.adopted)) {
        adopt_thread();
    }
    // Relaxed atomic stores compile to plain ones; the engine sums the tallies of threads that still run.
    __atomic_store_n(&tally.passed, tally.passed + 1, __ATOMIC_RELAXED);
    __atomic_store_n(&tally.last, &site, __ATOMIC_RELAXED);
    return outcome::passed;
}

/// SUBCASE: whether this pass through the test enters the block. Leaving is the destructor's business. The name is
/// copied.
class subcase {
  public:
    subcase(text_view name, const char* file, unsigned line);
    ~subcase();
    subcase(const subcase&) = delete;
    subcase& operator=(const subcase&) = delete;
    explicit operator bool() const { return entered_; }

  private:
    bool entered_;
};

/// An INFO or CAPTURE in scope, or the text of a _MESSAGE assertion. Its text is written only when something fails
/// while it is alive. When an exception of the user's ends the scope, the engine keeps the text for the failure to
/// come.
class info_scope {
  public:
    /// `owner`: the assertion whose message this is; null for INFO and CAPTURE, which belong to every failure.
    info_scope(operand_text text, const assertion_site* owner);
    ~info_scope();
    info_scope(const info_scope&) = delete;
    info_scope& operator=(const info_scope&) = delete;

    operand_text text;
    const assertion_site* owner;
    info_scope* outer;
};

}  // namespace cordon::detail

// The operands of  CHECK(a == b). The macro writes  site << a == b : since << binds tighter than a comparison, the site
// takes hold of `a`, and the comparison that follows sees both. What binds tighter than << (a + b, !a, a.b) is done by
// then; a shift by the user is redone with a value.

namespace cordon::detail {

template <class... T>
inline constexpr bool never = false;

/// Passed by value: a copy costs nothing, and a static constant needs no definition to be looked at.
template <class T>
using if_scalar = only_if<!is_object<T>, int>;
template <class T>
using if_object = only_if<is_object<T>, int>;

/// Comparing two of these cannot throw, which spares the assertion its exception handler.
template <class T>
inline constexpr bool is_plain = !is_object<T> && !is_enum<T>;

/// The left operand. T is a reference for objects, a value for scalars.
template <class T>
struct left_operand {
    T value;
    const assertion_site& site;

    /// The whole expression was this operand.
    operator outcome() const {
        if (CORDON_LIKELY(static_cast<bool>(value) != site.negated)) return pass(site);
        fail_value(site, text_of(value));
        return outcome::failed;
    }
};

template <class T, if_scalar<T> = 0>
left_operand<T> operator<<(const assertion_site& site, T value) noexcept {
    return {value, site};
}
template <class T, if_object<T> = 0>
left_operand<const T&> operator<<(const assertion_site& site, const T& value) noexcept {
    return {value, site};
}

/// A comparison's bad end. By value for scalars: taking their addresses in here leaves them in registers where the
/// comparison is made.
template <class L, class R>
CORDON_COLD outcome fail_operands(const assertion_site& site, const char* op, L left, R right) noexcept {
    fail_comparison(site, op, text_of(left), text_of(right));
    return outcome::failed;
}

template <class T>
outcome refuse_chain() {
    static_assert(never<T>, "a comparison of a comparison: put brackets around it");
    return outcome::failed;
}

#define CORDON_COMPARISON_(op)                                                                                  \
    template <class L, class R, if_scalar<R> = 0>                                                               \
    outcome operator op(left_operand<L> left, R right) noexcept(is_plain<L> && is_plain<R>) {                   \
        if (CORDON_LIKELY(static_cast<bool>(left.value op right) != left.site.negated)) return pass(left.site); \
        return fail_operands<L, R>(left.site, #op, left.value, right);                                          \
    }                                                                                                           \
    template <class L, class R, if_object<R> = 0>                                                               \
    outcome operator op(left_operand<L> left, const R& right) {                                                 \
        if (CORDON_LIKELY(static_cast<bool>(left.value op right) != left.site.negated)) return pass(left.site); \
        return fail_operands<L, const R&>(left.site, #op, left.value, right);                                   \
    }                                                                                                           \
    template <class T>                                                                                          \
    outcome operator op(outcome, const T&) {                                                                    \
        return refuse_chain<T>();                                                                               \
    }
CORDON_COMPARISON_(==)
CORDON_COMPARISON_(!=)
CORDON_COMPARISON_(<)
CORDON_COMPARISON_(<=)
CORDON_COMPARISON_(>)
CORDON_COMPARISON_(>=)
#undef CORDON_COMPARISON_

// A pointer against NULL or 0, which are no longer null pointer constants once they are passed on.
#define CORDON_NULL_COMPARISON_(op)                                        \
    template <class L, class R, only_if<is_one_of<R, int, long>, int> = 0> \
    outcome operator op(left_operand<L*> left, R address) {                \
        return left op reinterpret_cast<L*>(static_cast<size_t>(address)); \
    }
CORDON_NULL_COMPARISON_(==)
CORDON_NULL_COMPARISON_(!=)
#undef CORDON_NULL_COMPARISON_

#if defined(__cpp_impl_three_way_comparison) && defined(__cpp_concepts)
// std::strong_ordering and its kin compare with a literal 0 only. (a <=> b) stands in brackets.
#define CORDON_ORDERING_COMPARISON_(op)                                                    \
    template <class L>                                                                     \
    requires requires { L::equivalent, L::less, L::greater; }                              \
    outcome operator op(left_operand<const L&> left, int zero) {                           \
        if (CORDON_LIKELY((left.value op 0) != left.site.negated)) return pass(left.site); \
        return fail_operands<const L&, int>(left.site, #op, left.value, zero);             \
    }
CORDON_ORDERING_COMPARISON_(==)
CORDON_ORDERING_COMPARISON_(!=)
CORDON_ORDERING_COMPARISON_(<)
CORDON_ORDERING_COMPARISON_(<=)
CORDON_ORDERING_COMPARISON_(>)
CORDON_ORDERING_COMPARISON_(>=)
#undef CORDON_ORDERING_COMPARISON_
#endif

// These bind no tighter than <<, so they have to be done here: the result becomes the left operand.
#define CORDON_ARITHMETIC_(op)                                                              \
    template <class L, class R>                                                             \
    auto operator op(left_operand<L> left, const R& right) {                                \
        return left_operand<decltype(left.value op right)>{left.value op right, left.site}; \
    }
CORDON_ARITHMETIC_(<<)
CORDON_ARITHMETIC_(>>)
CORDON_ARITHMETIC_(&)
CORDON_ARITHMETIC_(|)
CORDON_ARITHMETIC_(^)
#undef CORDON_ARITHMETIC_

#define CORDON_REFUSED_(op, message)                        \
    template <class L, class R>                             \
    outcome operator op(const left_operand<L>&, const R&) { \
        static_assert(never<L>, message);                   \
        return outcome::failed;                             \
    }                                                       \
    template <class T>                                      \
    outcome operator op(outcome, const T&) {                \
        static_assert(never<T>, message);                   \
        return outcome::failed;                             \
    }
CORDON_REFUSED_(&&, "&& at the top of an assertion: put brackets around it, or make two assertions")
CORDON_REFUSED_(||, "|| at the top of an assertion: put brackets around it")
#undef CORDON_REFUSED_

template <class L, class R>
outcome operator,(const left_operand<L>&, const R&) {
    static_assert(never<L>, "a comma at the top of an assertion: put brackets around it");
    return outcome::failed;
}
template <class T>
outcome operator,(outcome, const T&) {
    static_assert(never<T>, "a comma at the top of an assertion: put brackets around it");
    return outcome::failed;
}

/// For the macros that name their comparison: CHECK_EQ(a, b) is compare<eq>(site, a, b).
template <class Op, class L, class R>
outcome compare(const assertion_site& site, const L& left, const R& right) noexcept(is_plain<L>&& is_plain<R>) {
    return Op::apply(site << left, right);
}

#define CORDON_NAMED_COMPARISON_(name, op)                    \
    struct name {                                             \
        template <class L, class R>                           \
        static outcome apply(const L& left, const R& right) { \
            return left op right;                             \
        }                                                     \
    };
CORDON_NAMED_COMPARISON_(eq, ==)
CORDON_NAMED_COMPARISON_(ne, !=)
CORDON_NAMED_COMPARISON_(lt, <)
CORDON_NAMED_COMPARISON_(le, <=)
CORDON_NAMED_COMPARISON_(gt, >)
CORDON_NAMED_COMPARISON_(ge, >=)
#undef CORDON_NAMED_COMPARISON_

// ---- what the _THROWS and _NOTHROW macros say ----

template <class T>
struct catch_type {
    using type = const T&;
};
template <class T>
struct catch_type<T&> : catch_type<T> {};
template <class T>
struct catch_type<T&&> : catch_type<T> {};
/// How _THROWS_AS(expression, T) catches.
template <class T>
using catch_of = typename catch_type<T>::type;

inline outcome when_thrown(const assertion_site& site) {
    pass_by_exception(site);
    return outcome::passed;
}
inline outcome when_wrong(const assertion_site& site, const char* expected) {
    fail_wrong_exception(site, expected);
    return outcome::failed;
}

/// After the try block of a _THROWS: `missing` is the failure when nothing was thrown.
inline void conclude_throwing(const assertion_site& site, outcome result, const char* missing) {
    if (result == outcome::passed) return;
    if (result == outcome::pending) fail_plain(site, missing);
    if (site.level == severity::require) leave_test();
}

}  // namespace cordon::detail

// ---- cordon/api/logging.hpp ----

// What INFO, CAPTURE and the message forms put together. Nothing of it runs before something fails.

namespace cordon::detail {

/// Takes  "a " << 1  and  "a ", 1 : the macros write  message{out} << arguments .
struct message {
    text_sink& out;

    template <class T>
    const message& operator<<(const T& part) const {
        out << part;
        return *this;
    }
    template <class T>
    const message& operator,(const T& part) const {
        out << part;
        return *this;
    }
};

/// An info_scope together with the function that writes its text.
template <class F>
class written_info {
  public:
    written_info(const F& writer, const assertion_site* owner) : writer_(writer), scope_(text_by(writer_), owner) {}
    written_info(const written_info&) = delete;
    written_info& operator=(const written_info&) = delete;

  private:
    F writer_;
    info_scope scope_;
};

template <class F>
written_info<F> info_by(const F& writer, const assertion_site* owner = nullptr) {
    return {writer, owner};
}

/// "a, b(1, 2)" and two values as "a := 1, b(1, 2) := 3".
void write_captures(text_sink& out, const char* names, const operand_text* values, size_t count);

template <class... T>
void capture(text_sink& out, const char* names, const T&... values) {
    const operand_text texts[] = {text_of(values)...};
    write_captures(out, names, texts, sizeof...(T));
}

}  // namespace cordon::detail

// ---- cordon/api/test_case.hpp ----

// ---- cordon/api/location.hpp ----

namespace cordon {

/// A place in the user's source. `file` is what the compiler calls it (`__FILE__`) and lives as long as the program.
struct location {
    const char* file;
    unsigned line;
};

}  // namespace cordon

namespace cordon {

/// What a test runs in; see docs/isolation.md. `by_default` leaves the choice to the command line.
enum class isolate : unsigned char { by_default, fork, exec, shard, none };

namespace detail {

enum class decoration : unsigned char {
    name,
    tag,
    description,
    timeout,
    slow_after,
    retries,
    skip,
    todo,
    only,
    should_fail,
    may_fail,
    expected_failures,
    quarantine,
    serial,
    exclusive,
    threads,
    resource,
    memory_limit,
    isolation,
};

/// One argument of TEST_CASE or TEST_SUITE: its name, or a decorator. Text must live as long as the program.
struct decorator {
    constexpr decorator(const char* name) : kind(decoration::name), text(name), number(0) {}
    constexpr decorator(decoration kind_, const char* text_, double number_)
        : kind(kind_), text(text_), number(number_) {}

    decoration kind;
    const char* text;
    double number;
};

/// The decorators, as names that are in scope only between the brackets of TEST_CASE and TEST_SUITE: a class scope
/// hides whatever the user calls `tag` or `timeout`, and brings nothing into the body of the test. Names are declared
/// in brackets, so that a macro of the user's with such a name is left alone.
struct decorator_scope {
    static constexpr decorator(tag)(const char* name) { return {decoration::tag, name, 0}; }
    static constexpr decorator(description)(const char* text) { return {decoration::description, text, 0}; }
    /// Seconds; 0 switches the limit off.
    static constexpr decorator(timeout)(double seconds) { return {decoration::timeout, nullptr, seconds}; }
    static constexpr decorator(slow_after)(double seconds) { return {decoration::slow_after, nullptr, seconds}; }
    static constexpr decorator(retries)(int n) { return {decoration::retries, nullptr, static_cast<double>(n)}; }
    static constexpr decorator(skip)(const char* why = "", bool when = true) {
        return {decoration::skip, why, when ? 1.0 : 0.0};
    }
    static constexpr decorator(todo)(const char* why = "") { return {decoration::todo, why, 1}; }
    static constexpr decorator(only)() { return {decoration::only, nullptr, 1}; }
    static constexpr decorator(should_fail)(bool on = true) {
        return {decoration::should_fail, nullptr, on ? 1.0 : 0.0};
    }
    static constexpr decorator(may_fail)(bool on = true) { return {decoration::may_fail, nullptr, on ? 1.0 : 0.0}; }
    static constexpr decorator(expected_failures)(int n) {
        return {decoration::expected_failures, nullptr, static_cast<double>(n)};
    }
    static constexpr decorator(quarantine)(const char* issue) { return {decoration::quarantine, issue, 1}; }
    /// Tests of one serial group never run at the same time.
    static constexpr decorator(serial)(const char* group = "") { return {decoration::serial, group, 1}; }
    /// Runs while no other test runs.
    static constexpr decorator(exclusive)() { return {decoration::exclusive, nullptr, 1}; }
    /// The test keeps n processors busy: it counts as n of --jobs.
    static constexpr decorator(threads)(int n) { return {decoration::threads, nullptr, static_cast<double>(n)}; }
    /// The test holds the named resource; at most n tests of the run hold it at the same time.
    static constexpr decorator(resource)(const char* name, int n = 1) {
        return {decoration::resource, name, static_cast<double>(n)};
    }
    static constexpr decorator(memory_limit)(double bytes) { return {decoration::memory_limit, nullptr, bytes}; }
    static constexpr decorator(isolation)(isolate mode) {
        return {decoration::isolation, nullptr, static_cast<double>(static_cast<unsigned char>(mode))};
    }
};

/// A TEST_SUITE block. Several blocks may share a name; each hands its own decorators down.
struct suite {
    const char* name() const { return count == 0 ? "" : decorators[0].text; }

    location where;
    const suite* parent;
    const decorator* decorators;
    size_t count;
};

/// A registered test: what the macro knows at compile time, and nothing computed from it.
struct test_case {
    test_case(void (*body)(), location where, const suite* owner, const decorator* decorators, size_t count);

    const char* name() const { return count == 0 || decorators[0].text == nullptr ? "" : decorators[0].text; }

    void (*body)();
    location where;
    const suite* owner;
    const decorator* decorators;
    size_t count;
    test_case* next;
};

/// A GLOBAL_SETUP (owner is null) or SUITE_SETUP block.
struct setup {
    setup(void (*body)(), location where, const suite* owner);

    void (*body)();
    location where;
    const suite* owner;
    setup* next;
};

/// TEST_SUITE_BEGIN and TEST_SUITE_END: while static initialisation is between the two, tests that are registered
/// outside of any TEST_SUITE block belong to the suite. Null ends it.
struct suite_switch {
    explicit suite_switch(const suite* begun);
};

/// The suite of a block: the TEST_SUITE around it, else the one that TEST_SUITE_BEGIN has begun, else null.
const suite* enclosing_suite(const suite* block);

}  // namespace detail
}  // namespace cordon

/// The suite that a test registered here belongs to. TEST_SUITE declares the same name inside its block, which hides
/// this one.
[[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = nullptr;

// How the macros of macros.hpp expand. Each of those makes its own text (#__VA_ARGS__) and its own unique name and
// passes both on: a macro that went through another public one would show its arguments with the user's own macros
// replaced.

#if defined(__clang__)
// `site << a == b` is meant.
#define CORDON_QUIET_BEGIN_ \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Woverloaded-shift-op-parentheses\"")
#define CORDON_QUIET_END_ _Pragma("clang diagnostic pop")
#else
#define CORDON_QUIET_BEGIN_
#define CORDON_QUIET_END_
#endif

// ---- registration ----

// A class scope, in which `tag("x")` is the decorator whatever the user calls tag, and nowhere else.
#define CORDON_DECORATORS_(record, ...)                                         \
    namespace {                                                                 \
    struct record : ::cordon::detail::decorator_scope {                         \
        static inline const ::cordon::detail::decorator list[] = {__VA_ARGS__}; \
    };                                                                          \
    }

#define CORDON_LIST_OF_(record) record::list, sizeof(record::list) / sizeof(::cordon::detail::decorator)

#define CORDON_REGISTER_(name, ...)                                 \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)   \
    static ::cordon::detail::test_case CORDON_CONCAT(name, _entry){ \
        &name, {__FILE__, __LINE__}, cordon_current_suite, CORDON_LIST_OF_(CORDON_CONCAT(name, _record))};

#define CORDON_TEST_CASE_(name, ...)    \
    static void name();                 \
    CORDON_REGISTER_(name, __VA_ARGS__) \
    static void name()

#define CORDON_TEST_CASE_FIXTURE_(name, fixture, ...)             \
    namespace {                                                   \
    struct CORDON_CONCAT(name, _fixture) : fixture {              \
        void run();                                               \
    };                                                            \
    }                                                             \
    static void name() { CORDON_CONCAT(name, _fixture)().run(); } \
    CORDON_REGISTER_(name, __VA_ARGS__)                           \
    void CORDON_CONCAT(name, _fixture)::run()

#define CORDON_SUITE_RECORD_(suite_name, record)                            \
    static constexpr ::cordon::detail::suite suite_name {                   \
        {__FILE__, __LINE__}, cordon_current_suite, CORDON_LIST_OF_(record) \
    }

// cordon_current_suite inside the block hides the one outside, which is the initialiser's.
#define CORDON_TEST_SUITE_(name, ...)                                                                           \
    namespace name {                                                                                            \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)                                               \
    [[maybe_unused]] CORDON_SUITE_RECORD_(cordon_this_suite, CORDON_CONCAT(name, _record));                     \
    [[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = &cordon_this_suite; \
    }                                                                                                           \
    namespace name

#define CORDON_TEST_SUITE_BEGIN_(name, ...)                                          \
    CORDON_DECORATORS_(CORDON_CONCAT(name, _record), __VA_ARGS__)                    \
    CORDON_SUITE_RECORD_(CORDON_CONCAT(name, _suite), CORDON_CONCAT(name, _record)); \
    static const ::cordon::detail::suite_switch CORDON_CONCAT(name, _switch) { &CORDON_CONCAT(name, _suite) }

#define CORDON_TEST_SUITE_END_(name) \
    static const ::cordon::detail::suite_switch name { nullptr }

#define CORDON_SETUP_(name, owner)                                                                  \
    static void name();                                                                             \
    static ::cordon::detail::setup CORDON_CONCAT(name, _entry){&name, {__FILE__, __LINE__}, owner}; \
    static void name()

#define CORDON_SUBCASE_(unique, ...) if (const ::cordon::detail::subcase unique{__VA_ARGS__, __FILE__, __LINE__})

// ---- assertions ----

// An argument that is passed on stands in brackets, for what it expands to may hold commas: a nested assertion does.
#define CORDON_UNWRAP_(...) __VA_ARGS__

#define CORDON_SITE_(site, level, negated, macro, text)                             \
    static constexpr ::cordon::detail::assertion_site site {                        \
        __FILE__, macro, text, __LINE__, ::cordon::detail::severity::level, negated \
    }

#define CORDON_WRITER_(unique, ...)                                            \
    [&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) {                    \
        ::cordon::detail::message{CORDON_CONCAT(unique, _out)} << __VA_ARGS__; \
    }

// Makes the assertion's text known while the assertion runs.
#define CORDON_NOTE_(site, ...) \
    const auto CORDON_CONCAT(site, _note) = ::cordon::detail::info_by(CORDON_WRITER_(site, __VA_ARGS__), &site)

#define CORDON_INFO_(unique, ...) const auto unique = ::cordon::detail::info_by(CORDON_WRITER_(unique, __VA_ARGS__))

#define CORDON_CAPTURE_(unique, text, ...)                                                                \
    const auto unique = ::cordon::detail::info_by([&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) { \
        ::cordon::detail::capture(CORDON_CONCAT(unique, _out), text, __VA_ARGS__);                        \
    })

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_TRY_ try
#define CORDON_FAIL_BY_EXCEPTION_(site)            \
    catch (...) {                                  \
        ::cordon::detail::fail_by_exception(site); \
    }
#else
#define CORDON_TRY_
#define CORDON_FAIL_BY_EXCEPTION_(site)
#endif

// WARN and CHECK go on, whatever comes out. The outcome is assigned, not initialised with: a comma in the expression
// would go on to declare.
#define CORDON_RUN_(site, ...)                                                    \
    CORDON_QUIET_BEGIN_                                                           \
    CORDON_TRY_ {                                                                 \
        [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site, _outcome); \
        CORDON_CONCAT(site, _outcome) = __VA_ARGS__;                              \
    }                                                                             \
    CORDON_FAIL_BY_EXCEPTION_(site)                                               \
    CORDON_QUIET_END_

// REQUIRE leaves the test outside of its own try block.
#define CORDON_RUN_OR_LEAVE_(site, ...)                                                          \
    ::cordon::detail::outcome CORDON_CONCAT(site, _outcome) = ::cordon::detail::outcome::failed; \
    CORDON_QUIET_BEGIN_                                                                          \
    CORDON_TRY_ { CORDON_CONCAT(site, _outcome) = __VA_ARGS__; }                                 \
    CORDON_FAIL_BY_EXCEPTION_(site)                                                              \
    CORDON_QUIET_END_                                                                            \
    if (CORDON_CONCAT(site, _outcome) != ::cordon::detail::outcome::passed) ::cordon::detail::leave_test()

#define CORDON_ASSERT_(run, level, negated, macro, text, site, ...) \
    do {                                                            \
        CORDON_SITE_(site, level, negated, macro, text);            \
        run(site, site << __VA_ARGS__);                             \
    } while (false)

#define CORDON_ASSERT_BY_(run, level, macro, text, site, function, ...) \
    do {                                                                \
        CORDON_SITE_(site, level, false, macro, text);                  \
        run(site, ::cordon::detail::function(site, __VA_ARGS__));       \
    } while (false)

#define CORDON_ASSERT_MESSAGE_(run, level, negated, macro, text, site, expression, ...) \
    do {                                                                                \
        CORDON_SITE_(site, level, negated, macro, text);                                \
        CORDON_NOTE_(site, __VA_ARGS__);                                                \
        run(site, site << CORDON_UNWRAP_ expression);                                   \
    } while (false)

// `handlers` are catch blocks that set the outcome; `missing` is the failure's text when nothing was thrown.
#define CORDON_THROWING_(level, macro, text, site, missing, handlers, ...)                            \
    do {                                                                                              \
        CORDON_SITE_(site, level, false, macro, text);                                                \
        ::cordon::detail::outcome CORDON_CONCAT(site, _outcome) = ::cordon::detail::outcome::pending; \
        CORDON_TRY_ { static_cast<void>(__VA_ARGS__); }                                               \
        handlers ::cordon::detail::conclude_throwing(site, CORDON_CONCAT(site, _outcome), missing);   \
    } while (false)

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH_ANY_(site, call)                           \
    catch (...) {                                               \
        CORDON_CONCAT(site, _outcome) = ::cordon::detail::call; \
    }

#define CORDON_CATCH_TYPE_(site, call, ...)                     \
    catch (::cordon::detail::catch_of<__VA_ARGS__>) {           \
        CORDON_CONCAT(site, _outcome) = ::cordon::detail::call; \
    }                                                           \
    CORDON_CATCH_ANY_(site, when_wrong(site, #__VA_ARGS__))

#define CORDON_THROWS_(level, macro, text, site, ...)                                                                 \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown", CORDON_CATCH_ANY_(site, when_thrown(site)), \
                     __VA_ARGS__)

#define CORDON_THROWS_AS_(level, macro, text, site, expression, ...)                              \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #__VA_ARGS__, \
                     CORDON_CATCH_TYPE_(site, pass(site), __VA_ARGS__), expression)

#define CORDON_THROWS_WITH_(level, macro, text, site, expression, ...)    \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown", \
                     CORDON_CATCH_ANY_(site, check_exception_text(site, __VA_ARGS__)), expression)

#define CORDON_THROWS_WITH_AS_(level, macro, text, site, expression, words, ...)                  \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #__VA_ARGS__, \
                     CORDON_CATCH_TYPE_(site, check_exception_text(site, words), __VA_ARGS__), expression)
#else
#define CORDON_WITHOUT_EXCEPTIONS_(macro) \
    static_assert(sizeof(macro) == 0, "cordon: this assertion needs exceptions, and this file is compiled without")
#define CORDON_THROWS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_THROWS_WITH_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif

#define CORDON_NOTHROW_(run, level, macro, text, site, ...)                        \
    do {                                                                           \
        CORDON_SITE_(site, level, false, macro, text);                             \
        run(site, (static_cast<void>(__VA_ARGS__), ::cordon::detail::pass(site))); \
    } while (false)

#define CORDON_FAIL_CHECK_(level, macro, text, site, ...)                                                   \
    do {                                                                                                    \
        CORDON_SITE_(site, level, false, macro, text);                                                      \
        ::cordon::detail::fail_message(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
    } while (false)

#define CORDON_FAIL_(level, macro, text, site, ...)                \
    do {                                                           \
        CORDON_FAIL_CHECK_(level, macro, text, site, __VA_ARGS__); \
        ::cordon::detail::leave_test();                            \
    } while (false)

#define CORDON_SUCCEED_(site)                            \
    do {                                                 \
        CORDON_SITE_(site, check, false, "SUCCEED", ""); \
        ::cordon::detail::pass(site);                    \
    } while (false)

#define CORDON_SKIP_(text, site, ...)                                                                    \
    do {                                                                                                 \
        CORDON_SITE_(site, require, false, "SKIP", text);                                                \
        ::cordon::detail::skip_test(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
    } while (false)

// The user's macros under their long names; short_macros.hpp has the same without the prefix.

// ---- registration ----

#define CORDON_TEST_CASE(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define CORDON_TEST_CASE_FIXTURE(fixture, ...) \
    CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, __VA_ARGS__)
#define CORDON_TEST_SUITE(...) CORDON_TEST_SUITE_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define CORDON_TEST_SUITE_BEGIN(...) CORDON_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define CORDON_TEST_SUITE_END() CORDON_TEST_SUITE_END_(CORDON_UNIQUE(cordon_suite_))
#define CORDON_GLOBAL_SETUP() CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), nullptr)
#define CORDON_SUITE_SETUP() \
    CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), ::cordon::detail::enclosing_suite(cordon_current_suite))
#define CORDON_SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CORDON_SECTION(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CORDON_SCENARIO(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define CORDON_SCENARIO_FIXTURE(fixture, ...) \
    CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, "Scenario: " __VA_ARGS__)
#define CORDON_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Given: " name)
#define CORDON_AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And given: " name)
#define CORDON_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "When: " name)
#define CORDON_AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define CORDON_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Then: " name)
#define CORDON_AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And: " name)

// ---- assertions ----

#define CORDON_WARN(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_WARN_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_WARN_UNARY(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CORDON_WARN_UNARY_FALSE(...)                                                                       \
    CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define CORDON_WARN_MESSAGE(expression, ...)                                                                   \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, false, "WARN_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CORDON_WARN_FALSE_MESSAGE(expression, ...)                                                                  \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, true, "WARN_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CORDON_WARN_EQ(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define CORDON_WARN_NE(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define CORDON_WARN_LT(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define CORDON_WARN_LE(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define CORDON_WARN_GT(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define CORDON_WARN_GE(...)                                                                    \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define CORDON_WARN_THROWS(...) \
    CORDON_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_WARN_THROWS_AS(expression, ...)                                                            \
    CORDON_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CORDON_WARN_THROWS_WITH(expression, ...)                                                              \
    CORDON_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define CORDON_WARN_THROWS_WITH_AS(expression, words, ...)                                         \
    CORDON_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define CORDON_WARN_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, warn, "WARN_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_CHECK(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_CHECK_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_CHECK_UNARY(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CORDON_CHECK_UNARY_FALSE(...)                                                                        \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define CORDON_CHECK_MESSAGE(expression, ...)                                                                    \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, false, "CHECK_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CORDON_CHECK_FALSE_MESSAGE(expression, ...)                                                                   \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, true, "CHECK_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CORDON_CHECK_EQ(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define CORDON_CHECK_NE(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define CORDON_CHECK_LT(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define CORDON_CHECK_LE(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define CORDON_CHECK_GT(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define CORDON_CHECK_GE(...)                                                                     \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define CORDON_CHECK_THROWS(...) \
    CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_CHECK_THROWS_AS(expression, ...)                                                             \
    CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CORDON_CHECK_THROWS_WITH(expression, ...)                                                               \
    CORDON_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define CORDON_CHECK_THROWS_WITH_AS(expression, words, ...)                                          \
    CORDON_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define CORDON_CHECK_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_REQUIRE(...)                                                                                    \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CORDON_REQUIRE_FALSE(...)                                                                                   \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CORDON_REQUIRE_UNARY(...)                                                                                    \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define CORDON_REQUIRE_UNARY_FALSE(...)                                                      \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_UNARY_FALSE", #__VA_ARGS__, \
                   CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CORDON_REQUIRE_MESSAGE(expression, ...)                                                  \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE_MESSAGE", #expression, \
                           CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CORDON_REQUIRE_FALSE_MESSAGE(expression, ...)                                                 \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE_MESSAGE", #expression, \
                           CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CORDON_REQUIRE_EQ(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define CORDON_REQUIRE_NE(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define CORDON_REQUIRE_LT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define CORDON_REQUIRE_LE(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define CORDON_REQUIRE_GT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define CORDON_REQUIRE_GE(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define CORDON_REQUIRE_THROWS(...) \
    CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_REQUIRE_THROWS_AS(expression, ...)                                                               \
    CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CORDON_REQUIRE_THROWS_WITH(expression, ...)                                                                 \
    CORDON_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define CORDON_REQUIRE_THROWS_WITH_AS(expression, words, ...)                                            \
    CORDON_THROWS_WITH_AS_(require, "REQUIRE_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define CORDON_REQUIRE_NOTHROW(...)                                                                              \
    CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                    __VA_ARGS__)
#define CORDON_FAIL(...) CORDON_FAIL_(require, "FAIL", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_FAIL_CHECK(...) \
    CORDON_FAIL_CHECK_(check, "FAIL_CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_SUCCEED(...) CORDON_SUCCEED_(CORDON_UNIQUE(cordon_site_))
#define CORDON_SKIP(...) CORDON_SKIP_(#__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CORDON_INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define CORDON_CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)

// ---- cordon/api/temp_dir.hpp ----

namespace cordon {

/// The running test's own temporary folder, made on the first call and named in TEST_TMPDIR from then on. It is removed
/// after the test with all it holds; `--keep-temp` keeps it when the test failed. Safe from several threads. Null when
/// it can not be made (the reason goes to standard error).
const char* temp_dir();

}  // namespace cordon
#if !defined(CORDON_CONFIG_PREFIX_ONLY)

// ---- cordon/api/short_macros.hpp ----

// The user's macros under their short names. They are written out, not defined by the long ones: #__VA_ARGS__ must see
// what the user wrote. Left out with CORDON_CONFIG_PREFIX_ONLY.

// ---- registration ----

#define TEST_CASE(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define TEST_CASE_FIXTURE(fixture, ...) CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, __VA_ARGS__)
#define TEST_SUITE(...) CORDON_TEST_SUITE_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define TEST_SUITE_BEGIN(...) CORDON_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define TEST_SUITE_END() CORDON_TEST_SUITE_END_(CORDON_UNIQUE(cordon_suite_))
#define GLOBAL_SETUP() CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), nullptr)
#define SUITE_SETUP() \
    CORDON_SETUP_(CORDON_UNIQUE(cordon_setup_), ::cordon::detail::enclosing_suite(cordon_current_suite))
#define SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SECTION(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SCENARIO(...) CORDON_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define SCENARIO_FIXTURE(fixture, ...) \
    CORDON_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, "Scenario: " __VA_ARGS__)
#define GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Given: " name)
#define AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And given: " name)
#define WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "When: " name)
#define AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "Then: " name)
#define AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And: " name)

// ---- assertions ----

#define WARN(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_UNARY(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define WARN_UNARY_FALSE(...)                                                                              \
    CORDON_ASSERT_(CORDON_RUN_, warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define WARN_MESSAGE(expression, ...)                                                                          \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, false, "WARN_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define WARN_FALSE_MESSAGE(expression, ...)                                                                         \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, warn, true, "WARN_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define WARN_EQ(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define WARN_NE(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define WARN_LT(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define WARN_LE(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define WARN_GT(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define WARN_GE(...)                                                                           \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define WARN_THROWS(...) CORDON_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_THROWS_AS(expression, ...)                                                                   \
    CORDON_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define WARN_THROWS_WITH(expression, ...)                                                                     \
    CORDON_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define WARN_THROWS_WITH_AS(expression, words, ...)                                                \
    CORDON_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define WARN_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, warn, "WARN_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_UNARY(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CHECK_UNARY_FALSE(...)                                                                               \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define CHECK_MESSAGE(expression, ...)                                                                           \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, false, "CHECK_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CHECK_FALSE_MESSAGE(expression, ...)                                                                          \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_, check, true, "CHECK_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                           (expression), __VA_ARGS__)
#define CHECK_EQ(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define CHECK_NE(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define CHECK_LT(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define CHECK_LE(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define CHECK_GT(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define CHECK_GE(...)                                                                            \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_THROWS_AS(expression, ...)                                                                    \
    CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH(expression, ...)                                                                      \
    CORDON_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH_AS(expression, words, ...)                                                 \
    CORDON_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define CHECK_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE(...)                                                                                           \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define REQUIRE_FALSE(...)                                                                                          \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define REQUIRE_UNARY(...)                                                                                           \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   (__VA_ARGS__))
#define REQUIRE_UNARY_FALSE(...)                                                             \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_UNARY_FALSE", #__VA_ARGS__, \
                   CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define REQUIRE_MESSAGE(expression, ...)                                                         \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE_MESSAGE", #expression, \
                           CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_FALSE_MESSAGE(expression, ...)                                                        \
    CORDON_ASSERT_MESSAGE_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE_MESSAGE", #expression, \
                           CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_EQ(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::eq>, __VA_ARGS__)
#define REQUIRE_NE(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ne>, __VA_ARGS__)
#define REQUIRE_LT(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::lt>, __VA_ARGS__)
#define REQUIRE_LE(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::le>, __VA_ARGS__)
#define REQUIRE_GT(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::gt>, __VA_ARGS__)
#define REQUIRE_GE(...)                                                                                       \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      compare<::cordon::detail::ge>, __VA_ARGS__)
#define REQUIRE_THROWS(...) \
    CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_THROWS_AS(expression, ...)                                                                      \
    CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH(expression, ...)                                                                        \
    CORDON_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH_AS(expression, words, ...)                                                   \
    CORDON_THROWS_WITH_AS_(require, "REQUIRE_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), (words), __VA_ARGS__)
#define REQUIRE_NOTHROW(...)                                                                                     \
    CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                    __VA_ARGS__)
#define FAIL(...) CORDON_FAIL_(require, "FAIL", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define FAIL_CHECK(...) CORDON_FAIL_CHECK_(check, "FAIL_CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define SUCCEED(...) CORDON_SUCCEED_(CORDON_UNIQUE(cordon_site_))
#define SKIP(...) CORDON_SKIP_(#__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
#endif
CORDON_SILENCE_END

#if defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)

// ---- cordon/engine/main.hpp ----

// ---- cordon/engine/reporter.hpp ----

// ---- cordon/engine/base/text_output.hpp ----

// ---- cordon/engine/base/result.hpp ----

#include <cassert>
#include <new>
#include <string>
#include <utility>

namespace cordon::engine {

/// What went wrong in a call to the system or on bad input. `operation` says what was tried ("open"), `code` is the
/// errno or 0, `detail` what a user must know to mend it (a path, a limit).
struct error {
    std::string operation;
    int code = 0;
    std::string detail;
};

/// A value or the error that took its place. Made by hand: a std::variant for each of the engine's some fifty kinds of
/// result would be a tenth of what the engine costs to compile.
template <class T>
class [[nodiscard]] result {
  public:
    result(T value) : good_(true), value_(std::move(value)) {}
    result(error failure) : good_(false), failure_(std::move(failure)) {}
    result(result&& other) noexcept { take(other); }
    result& operator=(result&& other) noexcept {
        if (this == &other) return *this;
        clear();
        take(other);
        return *this;
    }
    ~result() { clear(); }

    explicit operator bool() const { return good_; }
    T& value() {
        assert(good_);
        return value_;
    }
    const T& value() const {
        assert(good_);
        return value_;
    }
    /// For failures that change nothing: says so in the code.
    void ignore() const {}
    const error& failure() const {
        assert(!good_);
        return failure_;
    }

  private:
    void take(result& other) {
        good_ = other.good_;
        if (good_) {
            new (&value_) T(std::move(other.value_));
        } else {
            new (&failure_) error(std::move(other.failure_));
        }
    }
    void clear() {
        if (good_) {
            value_.~T();
        } else {
            failure_.~error();
        }
    }

    bool good_;
    union {
        T value_;
        error failure_;
    };
};

struct nothing {};
using status = result<nothing>;
inline status ok() { return nothing{}; }

}  // namespace cordon::engine

#include <cstddef>
#include <string_view>

namespace cordon::engine {

/// Where a report's text goes: a file, a terminal, a string of a test.
class text_output {
  public:
    virtual ~text_output() = default;
    /// Called with whole batches. Errors are kept for finish(), since a report has nobody to tell.
    virtual void write(std::string_view text) = 0;
    /// Called by whoever made it, after the report that writes to it has finished: the first error of all calls to
    /// write, or of making it durable.
    virtual status finish() { return ok(); }
    /// Present width when it is a terminal, 0 when unknown. Asked once a redraw, so that a live display follows a
    /// terminal that changes its size.
    virtual std::size_t columns() { return 0; }
};

}  // namespace cordon::engine

// ---- cordon/engine/model/event.hpp ----

// ---- cordon/engine/base/variant.hpp ----

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace cordon::engine {

/// One of several plain structs: std::variant as far as the engine uses it, in some five functions an alternative where
/// the standard one is some forty to compile. Never empty.
template <typename... Types>
class variant {
  public:
    template <typename Type, typename = std::enable_if_t<(std::is_same_v<Type, Types> || ...)>>
    variant(Type value) : index_(index_of<Type>()), destroy_(destroy<Type>), move_(move<Type>) {
        new (static_cast<void*>(storage_)) Type(static_cast<Type&&>(value));
    }
    variant(const variant& other) {
        other.visit([this](const auto& value) { new (static_cast<void*>(this)) variant(value); });
    }
    variant(variant&& other) noexcept : index_(other.index_), destroy_(other.destroy_), move_(other.move_) {
        move_(storage_, other.storage_);
    }
    variant& operator=(variant&& other) noexcept {
        if (this == &other) return *this;
        destroy_(storage_);
        return *new (static_cast<void*>(this)) variant(static_cast<variant&&>(other));
    }
    ~variant() { destroy_(storage_); }

    std::size_t index() const { return index_; }
    static constexpr std::size_t count() { return sizeof...(Types); }

    /// The place of an alternative among the others.
    template <typename Type>
    static constexpr std::size_t index_of() {
        constexpr bool same[] = {std::is_same_v<Type, Types>...};
        std::size_t at = 0;
        while (!same[at])
            ++at;
        return at;
    }

    /// Calls `use` with a null pointer to the alternative at `index`. False if there is none.
    template <typename Use>
    static bool name_type(std::size_t index, Use&& use) {
        std::size_t at = 0;
        return ((at++ == index && (use(static_cast<Types*>(nullptr)), true)) || ...);
    }

    /// The value if it is a `Type`, else null.
    template <typename Type>
    const Type* get_if() const {
        if (index_ != index_of<Type>()) return nullptr;
        return static_cast<const Type*>(static_cast<const void*>(storage_));
    }
    template <typename Type>
    Type* get_if() {
        return const_cast<Type*>(static_cast<const variant*>(this)->template get_if<Type>());
    }

    /// Calls `use` with the value as what it is.
    template <typename Use>
    void visit(Use&& use) {
        static_cast<void>((apply(use, get_if<Types>()) || ...));
    }
    template <typename Use>
    void visit(Use&& use) const {
        static_cast<void>((apply(use, get_if<Types>()) || ...));
    }

  private:
    template <typename Use, typename Type>
    static bool apply(Use& use, Type* value) {
        if (value == nullptr) return false;
        use(*value);
        return true;
    }
    template <typename Type>
    static void destroy(void* value) {
        static_cast<Type*>(value)->~Type();
    }
    template <typename Type>
    static void move(void* to, void* from) {
        static_assert(std::is_nothrow_move_constructible_v<Type>, "a move that throws would leave the variant empty");
        new (to) Type(static_cast<Type&&>(*static_cast<Type*>(from)));
    }
    static constexpr std::size_t largest() {
        std::size_t most = 0;
        for (const std::size_t size : {sizeof(Types)...})
            most = size > most ? size : most;
        return most;
    }

    std::size_t index_ = 0;
    void (*destroy_)(void*) = nullptr;
    void (*move_)(void*, void*) = nullptr;
    alignas(std::max_align_t) unsigned char storage_[largest()];
};

}  // namespace cordon::engine

// ---- cordon/engine/base/vector.hpp ----

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <new>
#include <utility>

namespace cordon::engine {

/// What std::vector is, as far as the engine uses it. Made by hand because the engine has some sixty kinds of vector,
/// and of each the standard one is some ninety functions to compile, this one some fifteen; together they were half of
/// what a program pays for the engine's file. Elements must be movable without an exception.
template <typename T>
class vector {
  public:
    using value_type = T;
    using iterator = T*;
    using const_iterator = const T*;

    vector() = default;
    explicit vector(std::size_t count) { resize(count); }
    vector(std::size_t count, const T& value) { assign(count, value); }
    vector(std::initializer_list<T> from) : vector(from.begin(), from.end()) {}
    template <typename Iterator, typename = typename std::iterator_traits<Iterator>::iterator_category>
    vector(Iterator first, Iterator last) : vector() {
        append(first, last);
    }
    vector(const vector& from) : vector(from.first_, from.first_ + from.size_) {}
    vector(vector&& from) noexcept { swap(from); }
    vector& operator=(vector from) noexcept {
        swap(from);
        return *this;
    }
    ~vector() {
        clear();
        ::operator delete(first_);
    }

    T* begin() { return first_; }
    T* end() { return first_ + size_; }
    const T* begin() const { return first_; }
    const T* end() const { return first_ + size_; }
    T* data() { return first_; }
    const T* data() const { return first_; }
    std::size_t size() const { return size_; }
    std::size_t capacity() const { return capacity_; }
    bool empty() const { return size_ == 0; }
    T& operator[](std::size_t at) { return first_[at]; }
    const T& operator[](std::size_t at) const { return first_[at]; }
    T& front() { return *first_; }
    const T& front() const { return *first_; }
    T& back() { return first_[size_ - 1]; }
    const T& back() const { return first_[size_ - 1]; }

    void push_back(T value) { emplace_back(static_cast<T&&>(value)); }
    template <typename... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        if (size_ == capacity_) reserve(capacity_ < 4 ? 4 : 2 * capacity_);
        T* made = new (static_cast<void*>(first_ + size_)) T(static_cast<Arguments&&>(arguments)...);
        ++size_;
        return *made;
    }
    void pop_back() { first_[--size_].~T(); }

    void clear() noexcept {
        while (size_ != 0)
            first_[--size_].~T();
    }

    void reserve(std::size_t capacity) {
        static_assert(noexcept(T(static_cast<T&&>(*static_cast<T*>(nullptr)))),
                      "a move that throws would lose elements");
        static_assert(alignof(T) <= alignof(std::max_align_t), "storage comes from plain operator new");
        if (capacity <= capacity_) return;
        T* moved = static_cast<T*>(::operator new(capacity * sizeof(T)));
        for (std::size_t i = 0; i != size_; ++i) {
            new (static_cast<void*>(moved + i)) T(static_cast<T&&>(first_[i]));
            first_[i].~T();
        }
        ::operator delete(first_);
        first_ = moved;
        capacity_ = capacity;
    }

    void resize(std::size_t count) {
        while (size_ > count)
            pop_back();
        reserve(count);
        while (size_ < count)
            emplace_back();
    }

    void assign(std::size_t count, const T& value) {
        const T kept(value);
        clear();
        reserve(count);
        while (size_ < count)
            emplace_back(kept);
    }
    template <typename Iterator, typename = typename std::iterator_traits<Iterator>::iterator_category>
    void assign(Iterator first, Iterator last) {
        *this = vector(first, last);
    }

    /// `value` comes to stand at `at`, what stood there and behind moves up.
    T* insert(const T* at, T value) {
        const auto place = static_cast<std::size_t>(at - first_);
        push_back(static_cast<T&&>(value));
        for (std::size_t i = size_ - 1; i != place; --i)
            std::swap(first_[i], first_[i - 1]);
        return first_ + place;
    }

    /// Copies what is outside of this vector to its end.
    template <typename Iterator>
    void append(Iterator first, Iterator last) {
        reserve(size_ + static_cast<std::size_t>(std::distance(first, last)));
        for (; first != last; ++first)
            emplace_back(*first);
    }

    T* erase(const T* first, const T* last) {
        T* to = first_ + (first - first_);
        T* from = first_ + (last - first_);
        if (from == to) return to;
        T* const place = to;
        for (T* const stop = end(); from != stop; ++from, ++to)
            *to = static_cast<T&&>(*from);
        while (end() != to)
            pop_back();
        return place;
    }
    T* erase(const T* at) { return erase(at, at + 1); }

    void swap(vector& other) noexcept {
        std::swap(first_, other.first_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    friend bool operator==(const vector& a, const vector& b) {
        if (a.size_ != b.size_) return false;
        for (std::size_t i = 0; i != a.size_; ++i) {
            if (!(a.first_[i] == b.first_[i])) return false;
        }
        return true;
    }
    friend bool operator!=(const vector& a, const vector& b) { return !(a == b); }

  private:
    T* first_ = nullptr;
    std::size_t size_ = 0;
    std::size_t capacity_ = 0;
};

}  // namespace cordon::engine

// ---- cordon/engine/model/flake.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine {

/// One way in which a test failed, without what differs from run to run.
struct flake_signature {
    std::string text;
    std::uint64_t count = 0;

    template <class Archive>
    void fields(Archive& a) {
        a(text, count);
    }
};

/// A test's runs under one condition that was varied.
struct flake_trial {
    std::string condition;  ///< as --condition takes it
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;
    double chance = 1;   ///< that this differs from the baseline by accident: Fisher's exact test, Holm's correction
    bool moved = false;  ///< the condition moves the rate

    template <class Archive>
    void fields(Archive& a) {
        a(condition, runs, failures, chance, moved);
    }
};

/// What repeated runs of a test have shown. Sent before the test's verdict.
struct flake_summary {
    std::size_t test = 0;
    std::uint64_t runs = 0;  ///< that passed or failed
    std::uint64_t failures = 0;
    double low = 0;  ///< the rate, with 95 % confidence
    double high = 1;
    std::uint64_t workers = 0;           ///< freshly executed ones that the runs were spread over
    std::string category;                ///< a word of docs/flaky-tests.md: "stable", "failing", "timing", ...
    std::string explanation;             ///< what that means, as a sentence; empty where there is nothing to say
    vector<flake_signature> signatures;  ///< the most frequent first
    std::string repro;                   ///< a command line; empty if there is none
    std::uint64_t repro_runs = 0;        ///< how often it was tried, and failed
    std::uint64_t repro_failures = 0;
    vector<flake_trial> trials;
    vector<std::string> polluters;      ///< tests that make this one fail when they run before it in its process
    vector<std::string> cleaners;       ///< tests that undo that
    vector<std::string> state_setters;  ///< tests without which this one fails

    template <class Archive>
    void fields(Archive& a) {
        a(test, runs, failures, low, high, workers, category, explanation, signatures, repro, repro_runs,
          repro_failures, trials, polluters, cleaners, state_setters);
    }

    double rate() const { return runs == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(runs); }
};

}  // namespace cordon::engine

// ---- cordon/engine/model/options.hpp ----

// ---- cordon/engine/base/clock.hpp ----

#include <chrono>
#include <optional>

namespace cordon::engine {

/// Durations and instants are monotonic throughout; the wall clock appears once, in run_info::started_at.
using duration = std::chrono::nanoseconds;
using instant = std::chrono::time_point<std::chrono::steady_clock, duration>;

inline instant now() { return std::chrono::time_point_cast<duration>(std::chrono::steady_clock::now()); }

inline double milliseconds(duration value) { return std::chrono::duration<double, std::milli>(value).count(); }
inline double seconds(duration value) { return std::chrono::duration<double>(value).count(); }
inline duration from_seconds(double value) {
    return std::chrono::duration_cast<duration>(std::chrono::duration<double>(value));
}

/// No value means: never.
using deadline = std::optional<instant>;

inline deadline earlier(deadline a, deadline b) {
    if (!a) return b;
    if (!b) return a;
    return *a < *b ? a : b;
}

}  // namespace cordon::engine

// ---- cordon/engine/model/condition.hpp ----

#include <cstdint>
#include <optional>
#include <string>

namespace cordon::engine {

/// What is varied about the world that tests run in (--condition). The default is: nothing.
struct condition {
    // For the whole session, beside the tests.
    std::uint32_t hogs = 0;  ///< processes that keep a processor busy

    // When a worker is started.
    bool fixed_addresses = false;  ///< without address space layout randomisation
    std::string variable;          ///< "NAME=value" in the environment from the very start; empty: none

    // In a worker, once it runs.
    struct for_worker {
        std::uint32_t processors = 0;  ///< it may use so many; 0: all
        duration timer_slack{};        ///< how much later than asked for timers may fire; 0: as usual
        duration pulses{};             ///< test processes are stopped for about so long, again and again; 0: never
        std::uint32_t niceness = 0;
        std::uint32_t open_files = 0;  ///< how many a process may have; 0: as usual
        std::uint32_t file_mask = 0;   ///< umask plus one; 0: as usual
        std::uint32_t stack_fill = 0;  ///< what unused stack holds, plus one; 0: as it comes
        std::string folder;            ///< working folder; empty: as usual

        bool any() const {
            return processors != 0 || timer_slack != duration{0} || pulses != duration{0} || niceness != 0 ||
                   open_files != 0 || file_mask != 0 || stack_fill != 0 || !folder.empty();
        }
        template <class Archive>
        void fields(Archive& a) {
            a(processors, timer_slack, pulses, niceness, open_files, file_mask, stack_fill, folder);
        }
    } worker;

    // For an attempt.
    std::optional<std::uint64_t> seed;  ///< CORDON_SEED of every attempt
};

}  // namespace cordon::engine

// ---- cordon/engine/model/outcome.hpp ----

// ---- cordon/engine/model/leftovers.hpp ----

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// What a test can leave behind. The first three are there for anybody to see; the rest is state of its process, which
/// other tests meet where they share one.
enum class leftover_kind : std::uint8_t {
    process,         ///< was running when the test's process had ended; it was ended
    thread,          ///< beside the test's own
    descriptor,      ///< open, and was not before
    file,            ///< in its temporary folder, which is removed: told, but no fault
    working_folder,  ///< another one
    umask,
    locale,
    environment,  ///< a variable
    signal,       ///< handled, ignored or blocked otherwise
};

inline constexpr std::string_view name_of(leftover_kind value) {
    constexpr std::string_view names[] = {"process", "thread", "descriptor",  "file",  "working_folder",
                                          "umask",   "locale", "environment", "signal"};
    return names[static_cast<std::size_t>(value)];
}

/// One thing left behind, and what it is: a command line, what a descriptor leads to. May hold any bytes.
struct leftover {
    leftover_kind kind = leftover_kind::process;
    std::string what;

    template <class Archive>
    void fields(Archive& a) {
        a(kind, what);
    }
};

/// What an attempt left behind; empty when clean.
struct leftovers {
    static constexpr std::size_t most_kept = 1000;    ///< of each kind
    static constexpr std::size_t longest_text = 300;  ///< bytes of one item's text

    vector<leftover> items;
    std::uint32_t processes = 0;  ///< all of them, also where there are more than items
    bool inside_seen = false;     ///< the test's process was looked at from inside: it got to its end, in order
    bool threads_seen = false;    ///< and the system tells of threads

    template <class Archive>
    void fields(Archive& a) {
        a(processes, items, inside_seen, threads_seen);
    }

    std::uint32_t count(leftover_kind kind) const {
        std::uint32_t found = 0;
        for (const leftover& each : items) {
            if (each.kind == kind) ++found;
        }
        return kind == leftover_kind::process && processes > found ? processes : found;
    }
    /// Anything that a test should have taken away itself.
    bool any_fault() const {
        for (const leftover& each : items) {
            if (each.kind != leftover_kind::file) return true;
        }
        return processes != 0;
    }
};

}  // namespace cordon::engine

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// How an attempt ended: exactly one of these. docs/endings.md describes each.
enum class ending : std::uint8_t {
    passed,
    failed,
    crashed,
    timed_out,
    exited,
    exit_failure,
    leaked,
    over_limit,
    skipped,
    lost,
};

/// What cordon says of a test once its attempts are over.
enum class verdict : std::uint8_t {
    passed,
    failed,
    flaky,
    known_failure,
    unexpected_pass,
    quarantined,
    skipped,
    todo,
    not_run,
    lost,
};
inline constexpr std::size_t verdict_count = 10;

inline constexpr std::string_view name_of(ending value) {
    constexpr std::string_view names[] = {"passed",       "failed", "crashed",    "timed_out", "exited",
                                          "exit_failure", "leaked", "over_limit", "skipped",   "lost"};
    return names[static_cast<std::size_t>(value)];
}

inline constexpr std::string_view name_of(verdict value) {
    constexpr std::string_view names[] = {"passed",      "failed",  "flaky", "known_failure", "unexpected_pass",
                                          "quarantined", "skipped", "todo",  "not_run",       "lost"};
    return names[static_cast<std::size_t>(value)];
}

/// What `--retry-on` tells apart among the attempts that did not pass, and retries are counted by.
enum class retry_class : std::uint8_t {
    fail,     ///< failed
    crash,    ///< crashed
    timeout,  ///< timed_out
    exit,     ///< exited, exit_failure, leaked: its process did not leave as it should
    limit,    ///< over_limit
    lost,     ///< lost
};
inline constexpr std::size_t retry_class_count = 6;

inline constexpr std::string_view name_of(retry_class value) {
    constexpr std::string_view names[] = {"fail", "crash", "timeout", "exit", "limit", "lost"};
    return names[static_cast<std::size_t>(value)];
}

/// The ending must not be `passed` or `skipped`, which nobody tries again.
inline constexpr retry_class retry_class_of(ending how) {
    switch (how) {
        case ending::crashed:
            return retry_class::crash;
        case ending::timed_out:
            return retry_class::timeout;
        case ending::exited:
        case ending::exit_failure:
        case ending::leaked:
            return retry_class::exit;
        case ending::over_limit:
            return retry_class::limit;
        case ending::lost:
            return retry_class::lost;
        default:
            return retry_class::fail;
    }
}

enum class failure_kind : std::uint8_t {
    assertion,  ///< CHECK or REQUIRE
    warning,    ///< WARN: shown, never a failure of the test
    exception,  ///< an exception left the test or an assertion's expression
    explicit_,  ///< FAIL, FAIL_CHECK
    setup,      ///< GLOBAL_SETUP or SUITE_SETUP did not succeed
    process,    ///< what cordon saw of the process: a signal, a limit, an early exit
};

inline constexpr std::string_view name_of(failure_kind value) {
    constexpr std::string_view names[] = {"assertion", "warning", "exception", "fail", "setup", "process"};
    return names[static_cast<std::size_t>(value)];
}

// A struct that is part of an event names its fields once more in `fields`: that is what a recording keeps of it. A new
// field goes to the end of both; see docs/recording.md.

/// One thing that went wrong in an attempt. All text may hold any bytes: reporters must escape it for their format.
struct failure {
    failure_kind kind = failure_kind::assertion;
    std::string macro;       ///< "CHECK_EQ"; empty where no macro was involved
    std::string expression;  ///< as written in the source
    std::string left;        ///< comparisons: the left value, stringified
    std::string op;          ///< "==", ...; empty when it was no comparison
    std::string right;
    std::string message;  ///< what the user said, or what cordon says
    std::string file;
    std::uint32_t line = 0;
    vector<std::string> subcase;  ///< path from the outermost to the innermost
    vector<std::string> info;     ///< INFO and CAPTURE lines in scope, outermost first

    /// The expression with values in place: what a report shows under the expression.
    std::string expanded() const { return op.empty() ? left : left + " " + op + " " + right; }

    template <class Archive>
    void fields(Archive& a) {
        a(kind, macro, expression, left, op, right, message, file, line, subcase, info);
    }
};

enum class stream : std::uint8_t { out, err };

/// A stretch of output: `size` bytes of one stream, in the order in which they arrived.
struct output_piece {
    stream from = stream::out;
    std::string text;
    std::uint64_t dropped_before = 0;  ///< bytes left out just before this piece, because of --output-limit

    template <class Archive>
    void fields(Archive& a) {
        a(from, text, dropped_before);
    }
};

/// What a test printed, bounded by --output-limit: head and tail are kept, what was left out is counted.
struct captured_output {
    vector<output_piece> pieces;
    std::uint64_t dropped = 0;  ///< bytes left out in all

    bool empty() const { return pieces.empty(); }
    bool truncated() const { return dropped != 0; }
    /// One stream's text, pieces joined; a gap is marked with a line that names it.
    std::string text(stream from) const {
        std::string joined;
        for (const output_piece& piece : pieces) {
            if (piece.dropped_before != 0 && !joined.empty()) {
                joined += "\n[... " + std::to_string(piece.dropped_before) + " bytes left out ...]\n";
            }
            if (piece.from == from) joined += piece.text;
        }
        return joined;
    }

    template <class Archive>
    void fields(Archive& a) {
        a(pieces, dropped);
    }
};

/// What the attempt's process used, from the system's own accounting. In shard mode these belong to the whole process
/// and are charged to the test that ended it.
struct resource_usage {
    duration user{};
    duration system{};
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t minor_faults = 0;          ///< pages that were in memory and only had to be mapped
    std::uint64_t major_faults = 0;          ///< pages that were read from a file
    std::uint64_t voluntary_switches = 0;    ///< it waited for something
    std::uint64_t involuntary_switches = 0;  ///< its processor was given to another

    template <class Archive>
    void fields(Archive& a) {
        a(user, system, max_rss_bytes, minor_faults, major_faults, voluntary_switches, involuntary_switches);
    }
};

/// One attempt of one test, complete.
struct attempt_result {
    std::size_t test = 0;      ///< index into test_list::tests
    std::uint32_t number = 1;  ///< 1 is the first
    std::uint32_t of = 1;      ///< how many attempts the test has at most
    ending how = ending::lost;
    int signal = 0;      ///< for crashed; also what ended a timed-out test; else 0
    int exit_code = -1;  ///< of the process; -1 where there was none
    std::int64_t pid = 0;
    std::uint32_t slot = 0;
    std::uint64_t seed = 0;  ///< CORDON_SEED of this attempt
    duration started{};      ///< since the start of the run
    duration took{};         ///< from the test's own start to its end (or to its process's end)
    duration spawn{};        ///< from the decision to start a process to the test's own start
    duration cleanup{};      ///< from the test's end to its process being reaped
    resource_usage usage;
    captured_output output;
    vector<failure> failures;            ///< in the order in which they happened; warnings included
    std::uint64_t failures_dropped = 0;  ///< failures beyond the number kept
    std::uint64_t assertions = 0;        ///< all, passed and failed
    std::uint64_t failed_assertions = 0;
    leftovers left;
    std::string reason;          ///< why skipped; what a limit was; why lost
    std::string signal_name;     ///< "SIGSEGV"; signal numbers differ between systems, so the text travels along
    std::string signal_meaning;  ///< "invalid memory reference"

    template <class Archive>
    void fields(Archive& a) {
        a(test, number, of, how, signal, exit_code, pid, slot, seed, started, took, spawn, cleanup, usage, output,
          failures, failures_dropped, assertions, failed_assertions, left, reason, signal_name, signal_meaning);
    }
};

}  // namespace cordon::engine

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine {

enum class test_order : std::uint8_t { declared, random, name };
enum class show_output : std::uint8_t { failed, all, never, live };
enum class color_choice : std::uint8_t { automatic, always, never };
enum class progress_choice : std::uint8_t { automatic, bar, lines, none };
enum class list_format : std::uint8_t { none, text, json, tags };
enum class leak_policy : std::uint8_t { ignore, warn, fail };
enum class flaky_policy : std::uint8_t { pass, warn, fail };
enum class retry_backoff : std::uint8_t { fixed, exponential };
enum class retry_jitter : std::uint8_t { none, full, equal };

/// `--retry-on LIST`: what a failed attempt has to be for another one. Nothing named is: by the defaults, which
/// policy/retry.hpp describes.
struct retry_causes {
    bool classes[retry_class_count] = {};
    vector<std::string> messages;  ///< regular expressions

    bool named(retry_class which) const { return classes[static_cast<std::size_t>(which)]; }
    bool are_default() const {
        for (const bool each : classes) {
            if (each) return false;
        }
        return messages.empty();
    }
};

/// `--retry-budget N|P%`: how many retries a run may make in all.
struct retry_budget {
    std::uint32_t amount = 0;
    bool percent = false;  ///< of the tests that are to run
};

/// `--shard I/N` (1-based) and `--shard hash:I/N`.
struct shard_choice {
    std::uint32_t index = 1;
    std::uint32_t count = 1;
    bool by_hash = false;

    template <class Archive>
    void fields(Archive& a) {
        a(index, count, by_hash);
    }
};

/// `--report FORMAT[=PATH]`; an empty path or "-" is standard output.
struct report_choice {
    std::string format;
    std::string path;
};

/// The command line and the environment, parsed and checked.
struct options {
    // select
    vector<std::string> patterns;
    vector<std::string> filters;
    vector<std::string> excludes;
    std::optional<shard_choice> shard;
    test_order order = test_order::declared;
    std::optional<std::uint64_t> seed;
    list_format list = list_format::none;
    std::string shard_status_file;  ///< Bazel: touched to say that --shard auto was understood; empty: none
    bool allow_empty = false;

    // run
    std::uint32_t jobs = 0;  ///< 0: the processors that this process may use
    isolate isolation = isolate::by_default;
    duration timeout = std::chrono::seconds(60);  ///< 0: none
    duration slow_after = std::chrono::seconds(5);
    duration grace = std::chrono::seconds(2);
    duration global_timeout{0};   ///< 0: none
    std::uint32_t fail_fast = 0;  ///< stop after so many failed tests; 0: never
    std::uint64_t memory_limit = 0;
    std::uint64_t output_limit = 1024 * 1024;
    vector<std::pair<std::string, std::string>> environment;
    leak_policy leaks = leak_policy::warn;
    bool keep_temp = false;

    // retry
    std::uint32_t retries = 0;
    retry_causes retry_on;
    duration retry_delay{0};
    retry_backoff backoff = retry_backoff::fixed;
    std::uint32_t backoff_thousandths = 2000;  ///< the factor of an exponential delay
    duration retry_max_delay = std::chrono::minutes(1);
    retry_jitter jitter = retry_jitter::none;
    std::optional<retry_budget> budget;  ///< none: a tenth of the tests, at least 10
    flaky_policy flaky = flaky_policy::warn;

    // flakes
    bool flake_detect = false;
    std::uint32_t flake_runs = 0;  ///< of each test; 0: as many as are worth their time
    duration flake_time = std::chrono::seconds(60);
    double flake_threshold = 0;  ///< the run fails if a test is flaky at more than this rate
    bool flake_diagnose = false;
    std::string find_polluter;  ///< a pattern; empty: not looked for
    condition under;            ///< what is varied about the world that tests run in

    // output
    vector<report_choice> reports;
    show_output output = show_output::failed;
    color_choice color = color_choice::automatic;
    progress_choice progress = progress_choice::automatic;
    bool quiet = false;
    bool verbose = false;
    std::uint32_t slowest = 3;

    // record
    std::string record;           ///< where the events go; empty: nowhere
    vector<std::string> replays;  ///< recordings to report of instead of running tests
    bool merge_partial = false;
    bool replay_strict = false;

    // debug
    bool capture = true;

    // other
    bool help = false;
    std::string help_topic;
    bool version = false;
};

}  // namespace cordon::engine

// ---- cordon/engine/model/test_list.hpp ----

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::engine {

/// A test as the rest of the engine sees it: decorators resolved, suites' decorators handed down. Texts are views: into
/// the program for a live run, into test_list::storage for one that was read from a recording.
struct test_info {
    std::string_view name;
    std::string_view suite;  ///< nested suites joined by '/'; empty outside any
    std::string_view file;
    std::uint32_t line = 0;
    std::string_view description;
    vector<std::string_view> tags;  ///< the suites' first, without repeats

    std::optional<duration> timeout;  ///< 0 is: no limit; nullopt is: as the command line says
    std::optional<duration> slow_after;
    std::optional<std::uint32_t> retries;
    std::optional<std::string_view> skip;  ///< the reason
    std::optional<std::string_view> todo;
    std::optional<std::string_view> quarantine;
    bool only = false;
    bool should_fail = false;
    bool may_fail = false;
    std::uint32_t expected_failures = 0;

    std::optional<std::string_view> serial;  ///< group
    bool exclusive = false;
    std::uint32_t threads = 1;
    struct resource_use {
        std::string_view name;
        std::uint32_t limit;

        template <class Archive>
        void fields(Archive& a) {
            a(name, limit);
        }
    };
    vector<resource_use> resources;
    std::uint64_t memory_limit = 0;  ///< bytes; 0 is none
    isolate isolation = isolate::by_default;

    const detail::test_case* registered = nullptr;  ///< null for a recorded list

    /// What a recording keeps of a test, as of the structs in model/outcome.hpp.
    template <class Archive>
    void fields(Archive& a) {
        a(name, suite, file, line, description, tags, timeout, slow_after, retries, skip, todo, quarantine, only,
          should_fail, may_fail, expected_failures, serial, exclusive, threads, resources, memory_limit, isolation);
    }
};

/// Every test of the program in the order of registration, which is the same in each process of one binary.
struct test_list {
    vector<test_info> tests;
    std::uint64_t hash = 0;  ///< of names, files and suites: tells that two processes speak of the same list
    vector<std::unique_ptr<std::string>> storage;
};

}  // namespace cordon::engine

#include <memory>
#include <string>

namespace cordon::engine {

/// What is known of a run when it starts.
struct run_info {
    std::string started_at;  ///< RFC 3339, UTC
    std::uint64_t seed = 0;
    std::uint32_t jobs = 1;
    isolate isolation = isolate::fork;
    std::optional<shard_choice> shard;
    vector<std::string> command_line;
    std::string build_id;
    std::string os;
    std::string arch;
    std::uint32_t cpus = 1;
    duration slow_after{};           ///< the run's default; a test's own decorator wins
    std::uint32_t filtered_out = 0;  ///< tests of the program that were not selected
    std::string program;             ///< path of the program whose tests these are
    bool shuffled = false;           ///< the order is random, so that the seed matters
    bool repeats = false;            ///< tests are run again and again whatever comes of them, not after a failure
    leak_policy leaks = leak_policy::warn;
    std::uint64_t nonce = 0;  ///< drawn for each run; tests do not know it

    template <class Archive>
    void fields(Archive& a) {
        a(started_at, seed, jobs, isolation, shard, command_line, build_id, os, arch, cpus, slow_after, filtered_out,
          program, shuffled, repeats, leaks, nonce);
    }
};

// The events. Everything that happens in a run is one of these; reporters see nothing else. `fields` is what a
// recording keeps: a new field goes to the end of both; see docs/recording.md.

struct run_started {
    run_info info;
    std::shared_ptr<const test_list> list;
    vector<std::size_t> selected;     ///< indices into list->tests, in the order in which they are to run
    vector<std::size_t> unsharded{};  ///< of a shard: all that was selected before it was cut; otherwise empty

    template <class Archive>
    void fields(Archive& a) {
        a(info, list, selected, unsharded);
    }
};

struct worker_started {
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};
    duration spawn{};  ///< from the decision to the worker's first word
    bool replacement = false;

    template <class Archive>
    void fields(Archive& a) {
        a(slot, pid, at, spawn, replacement);
    }
};

/// Not sent for an orderly end at the end of the run.
struct worker_lost {
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};
    std::string reason;

    template <class Archive>
    void fields(Archive& a) {
        a(slot, pid, at, reason);
    }
};

/// Sent no later than just before the attempt's end; `at` is when the test itself started.
struct attempt_started {
    std::size_t test = 0;
    std::uint32_t number = 1;
    std::uint32_t slot = 0;
    std::int64_t pid = 0;
    duration at{};

    template <class Archive>
    void fields(Archive& a) {
        a(test, number, slot, pid, at);
    }
};

/// Output of a running test, only with --show-output live.
struct output_arrived {
    std::size_t test = 0;
    stream from = stream::out;
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(test, from, text);
    }
};

struct attempt_ended {
    attempt_result result;

    template <class Archive>
    void fields(Archive& a) {
        a(result);
    }
};

/// After the last attempt; also for tests that were never started (skipped, todo, not_run).
struct test_finished {
    std::size_t test = 0;
    verdict what = verdict::not_run;
    std::string reason;  ///< why skipped, todo, quarantined, known or not run

    template <class Archive>
    void fields(Archive& a) {
        a(test, what, reason);
    }
};

/// Repeated runs of a test are over (--flake-detect and its kin). Of the attempts only some were sent: the first, and a
/// few of each kind of failure. The summary has the figures of all.
struct flake_found {
    flake_summary what;

    template <class Archive>
    void fields(Archive& a) {
        a(what);
    }
};

/// Something the user should know that belongs to no test.
struct notice {
    enum class level : std::uint8_t { info, warning, error };
    level how = level::info;
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(how, text);
    }
};

/// Time passes: drives a live display.
struct tick {
    duration at{};
    std::uint64_t runs = 0;      ///< of tests that are run again and again, so far
    std::uint64_t failures = 0;  ///< of these runs

    template <class Archive>
    void fields(Archive& a) {
        a(at, runs, failures);
    }
};

struct run_finished {
    duration took{};
    int cancelled_by = 0;              ///< the signal, or 0
    std::string stopped_because;       ///< fail-fast, global timeout; empty otherwise
    std::uint64_t peak_rss_bytes = 0;  ///< the largest of all test processes
    bool in_trouble = false;           ///< cordon could not do its work: exit code 4

    template <class Archive>
    void fields(Archive& a) {
        a(took, cancelled_by, stopped_because, peak_rss_bytes, in_trouble);
    }
};

/// A recording knows an event by its place among these: new ones go to the end.
using event = variant<run_started, worker_started, worker_lost, attempt_started, output_arrived, attempt_ended,
                      test_finished, notice, tick, run_finished, flake_found>;

}  // namespace cordon::engine

// ---- cordon/engine/report/formats.hpp ----

// ---- cordon/engine/report/console.hpp ----

// ---- cordon/engine/report/console_bar.hpp ----

// ---- cordon/engine/base/text.hpp ----

// ---- cordon/engine/base/utf8.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// What stands at the beginning of some bytes. When it is not UTF-8, `value` is U+FFFD and `size` the length of the
/// broken sequence (Unicode's "maximal subpart"), never 0.
struct code_point {
    char32_t value;
    std::size_t size;
    bool valid;
};

/// The first code point of text that is not empty.
code_point first_code_point(std::string_view text) {
    constexpr char32_t replacement = 0xFFFD;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(text[i])); };
    const std::uint32_t lead = byte(0);
    if (lead < 0x80) return {lead, 1, true};
    if (lead < 0xC2 || lead > 0xF4) return {replacement, 1, false};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    // Bounds of the second byte keep out overlong forms, surrogates and what is beyond U+10FFFF (Unicode, table 3-7).
    std::uint32_t low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    std::uint32_t high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    std::uint32_t value = lead & (0x7Fu >> size);
    for (std::size_t i = 1; i < size; ++i) {
        if (i >= text.size() || byte(i) < low || byte(i) > high) return {replacement, i, false};
        value = value << 6 | (byte(i) & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    return {value, size, true};
}

/// Whether every byte is a printable ASCII character: such text can be shown, measured and cut byte by byte.
bool is_plain(std::string_view text) {
    for (const char c : text) {
        if (static_cast<unsigned char>(c - 0x20) > 0x5E) return false;
    }
    return true;
}

/// Appends text with each broken sequence replaced by U+FFFD.
void append_utf8(std::string& out, std::string_view text) {
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const code_point next = first_code_point(text.substr(at, 4));
        if (!next.valid) {
            out.append(text, begin, at - begin);
            out += "\xEF\xBF\xBD";
            begin = at + next.size;
        }
        at += next.size;
    }
    out.append(text, begin, std::string_view::npos);
}

/// `at`, or the nearest place before it that is not inside of a code point.
std::size_t code_point_start(std::string_view text, std::size_t at) {
    while (at > 0 && at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) {
        --at;
    }
    return at;
}

}  // namespace cordon::engine

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

// ---- numbers ----

void append_number(std::string& out, std::uint64_t value) {
    char digits[20];
    char* first = digits + sizeof digits;
    do {
        *--first = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    out.append(first, static_cast<std::size_t>(digits + sizeof digits - first));
}

/// "1,204": a number that people read.
std::string counted(std::uint64_t value) {
    std::string digits = std::to_string(value);
    for (std::size_t at = digits.size(); at > 3; at -= 3) {
        digits.insert(at - 3, 1, ',');
    }
    return digits;
}

/// "1 test", "1,204 tests".
std::string counted(std::uint64_t value, std::string_view noun) {
    std::string text = counted(value);
    text += ' ';
    text += noun;
    if (value != 1) text += 's';
    return text;
}

namespace text_detail {

/// value / 10^decimals with that many decimals.
void append_decimal(std::string& out, std::uint64_t value, unsigned decimals) {
    std::uint64_t unit = 1;
    for (unsigned i = 0; i < decimals; ++i) {
        unit *= 10;
    }
    append_number(out, value / unit);
    if (decimals == 0) return;
    out += '.';
    std::uint64_t rest = value % unit;
    for (unit /= 10; unit != 0; unit /= 10) {
        out += static_cast<char>('0' + rest / unit);
        rest %= unit;
    }
}

/// Three significant digits of value / 1000: "1.23", "12.3", "123". Rounds half up; below 1000.0.
void append_three_digits(std::string& out, std::uint64_t thousandths) {
    if (thousandths < 9'995) {
        append_decimal(out, (thousandths + 5) / 10, 2);
    } else if (thousandths < 99'950) {
        append_decimal(out, (thousandths + 50) / 100, 1);
    } else {
        append_decimal(out, (thousandths + 500) / 1000, 0);
    }
}

void append_two_digits(std::string& out, std::uint64_t value) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

}  // namespace text_detail

/// "0.08 ms", "1.23 ms", "12.3 s", "2m 05s", "1h 02m": at most 7 columns below 100 hours. Negative counts as 0.
void append_duration(std::string& out, duration value) {
    const std::uint64_t micros = value.count() > 0 ? static_cast<std::uint64_t>(value.count() + 500) / 1000 : 0;
    if (micros < 999'500) {
        text_detail::append_three_digits(out, micros);
        out += " ms";
    } else if (micros < 59'950'000) {
        text_detail::append_three_digits(out, (micros + 500) / 1000);
        out += " s";
    } else {
        const std::uint64_t whole = (micros + 500'000) / 1'000'000;
        const bool hours = whole >= 3600;
        append_number(out, hours ? whole / 3600 : whole / 60);
        out += hours ? "h " : "m ";
        text_detail::append_two_digits(out, hours ? whole / 60 % 60 : whole % 60);
        out += hours ? 'm' : 's';
    }
}

std::string duration_text(duration value) {
    std::string text;
    append_duration(text, value);
    return text;
}

/// As duration_text, right-aligned to the 7 columns of a table.
void append_duration_column(std::string& out, duration value) {
    const std::size_t before = out.size();
    append_duration(out, value);
    const std::size_t size = out.size() - before;
    if (size < 7) out.insert(before, 7 - size, ' ');
}

/// A share between 0 and 1 in percent: "12.5 %", "4.9 %", "0.12 %", "0.0012 %".
std::string rate_text(double rate) {
    const auto millionths = static_cast<std::uint64_t>(std::min(std::max(rate, 0.0), 1.0) * 1e6 + 0.5);
    std::string text;
    if (millionths >= 9'950) {
        text_detail::append_decimal(text, (millionths + 500) / 1000, 1);
    } else if (millionths >= 100) {
        text_detail::append_decimal(text, (millionths + 50) / 100, 2);
    } else {
        text_detail::append_decimal(text, millionths, 4);
    }
    return text + " %";
}

/// "512 B", "1.50 KiB", "24.0 MiB".
std::string size_text(std::uint64_t bytes) {
    constexpr const char* units[] = {" KiB", " MiB", " GiB", " TiB"};
    std::string text;
    if (bytes < 1024) {
        append_number(text, bytes);
        return text + " B";
    }
    std::size_t unit = 0;
    while (bytes >= 1024 * 1024 - 512 && unit < 3) {
        bytes /= 1024;
        ++unit;
    }
    text_detail::append_three_digits(text, bytes * 1000 / 1024);
    return text + units[unit];
}

// ---- bytes that a test made, for the eyes of a user ----
//
// A terminal obeys what it is sent: it moves the cursor, changes its title, answers questions as if the user had typed.
// So whatever comes from a test is shown with its control characters spelled out.

namespace text_detail {

void append_hex(std::string& out, std::string_view lead, std::uint32_t value, int digits) {
    out += lead;
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
        out += "0123456789abcdef"[value >> shift & 15];
    }
}

/// Controls, marks that turn the direction of text, and what takes no room: none of them may reach a terminal.
bool is_hidden(char32_t value) {
    if (value < 0x20 || (value >= 0x7F && value < 0xA0)) return true;
    if (value == 0x61C || value == 0xFEFF) return true;
    return (value >= 0x200E && value <= 0x200F) || (value >= 0x2028 && value <= 0x202E) || value == 0x200B ||
           (value >= 0x2060 && value <= 0x206F);
}

void append_spelled(std::string& out, char32_t value) {
    switch (value) {
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        default:
            break;
    }
    const auto code = static_cast<std::uint32_t>(value);
    append_hex(out, code < 0x100 ? "\\x" : "\\u", code, code < 0x100 ? 2 : 4);
}

}  // namespace text_detail

/// The length of the colour escape (SGR: ESC [ digits ; m) that text begins with, or 0.
std::size_t color_escape_size(std::string_view text) {
    if (text.size() < 3 || text[0] != '\x1b' || text[1] != '[') return 0;
    constexpr std::size_t longest = 32;
    for (std::size_t i = 2; i < text.size() && i < longest; ++i) {
        const char c = text[i];
        if (c == 'm') return i + 1;
        if (!(c >= '0' && c <= '9') && c != ';' && c != ':') return 0;
    }
    return 0;
}

enum class color_escapes : std::uint8_t { spelled, kept, dropped };

/// Appends text so that it stays on its line and cannot steer a terminal: controls are spelled (\x1b, \n, \u202e),
/// bytes that are no UTF-8 too (\xff). A tab stays where `tabs` says so.
void append_printable(std::string& out, std::string_view text, color_escapes colors = color_escapes::spelled,
                      bool tabs = false) {
    if (is_plain(text)) {
        out += text;
        return;
    }
    std::size_t at = 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        const std::size_t color = colors == color_escapes::spelled ? 0 : color_escape_size(rest);
        if (color != 0) {
            if (colors == color_escapes::kept) out += rest.substr(0, color);
            at += color;
            continue;
        }
        const code_point next = first_code_point(rest.substr(0, 4));
        if (!next.valid) {
            for (std::size_t i = 0; i < next.size; ++i) {
                text_detail::append_hex(out, "\\x", static_cast<unsigned char>(rest[i]), 2);
            }
        } else if (text_detail::is_hidden(next.value) && !(tabs && next.value == '\t')) {
            text_detail::append_spelled(out, next.value);
        } else {
            out += rest.substr(0, next.size);
        }
        at += next.size;
    }
}

std::string printable(std::string_view text) {
    std::string shown;
    append_printable(shown, text);
    return shown;
}

/// Cuts the first line off text and returns it without its end (\n or \r\n).
std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
}

}  // namespace cordon::engine

// ---- cordon/engine/base/width.hpp ----

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>

// How many columns text takes on a terminal. The tables are Unicode 14: general categories Mn and Me with the invisible
// format characters, and East Asian Width W and F. Code points that are not assigned join the ranges around them.

namespace cordon::engine {

namespace width_detail {

struct code_range {
    char32_t first;
    char32_t last;
};

// clang-format off
constexpr code_range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x05BF, 0x05BF}, {0x05C1, 0x05C2}, {0x05C4, 0x05C5},
    {0x05C7, 0x05C7}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0670, 0x0670}, {0x06D6, 0x06DC}, {0x06DF, 0x06E4},
    {0x06E7, 0x06E8}, {0x06EA, 0x06ED}, {0x0711, 0x0711}, {0x0730, 0x074A}, {0x07A6, 0x07B0}, {0x07EB, 0x07F3},
    {0x07FD, 0x07FD}, {0x0816, 0x0819}, {0x081B, 0x0823}, {0x0825, 0x0827}, {0x0829, 0x082D}, {0x0859, 0x085B},
    {0x0898, 0x089F}, {0x08CA, 0x08E1}, {0x08E3, 0x0902}, {0x093A, 0x093A}, {0x093C, 0x093C}, {0x0941, 0x0948},
    {0x094D, 0x094D}, {0x0951, 0x0957}, {0x0962, 0x0963}, {0x0981, 0x0981}, {0x09BC, 0x09BC}, {0x09C1, 0x09C4},
    {0x09CD, 0x09CD}, {0x09E2, 0x09E3}, {0x09FE, 0x0A02}, {0x0A3C, 0x0A3C}, {0x0A41, 0x0A51}, {0x0A70, 0x0A71},
    {0x0A75, 0x0A75}, {0x0A81, 0x0A82}, {0x0ABC, 0x0ABC}, {0x0AC1, 0x0AC8}, {0x0ACD, 0x0ACD}, {0x0AE2, 0x0AE3},
    {0x0AFA, 0x0B01}, {0x0B3C, 0x0B3C}, {0x0B3F, 0x0B3F}, {0x0B41, 0x0B44}, {0x0B4D, 0x0B56}, {0x0B62, 0x0B63},
    {0x0B82, 0x0B82}, {0x0BC0, 0x0BC0}, {0x0BCD, 0x0BCD}, {0x0C00, 0x0C00}, {0x0C04, 0x0C04}, {0x0C3C, 0x0C3C},
    {0x0C3E, 0x0C40}, {0x0C46, 0x0C56}, {0x0C62, 0x0C63}, {0x0C81, 0x0C81}, {0x0CBC, 0x0CBC}, {0x0CBF, 0x0CBF},
    {0x0CC6, 0x0CC6}, {0x0CCC, 0x0CCD}, {0x0CE2, 0x0CE3}, {0x0D00, 0x0D01}, {0x0D3B, 0x0D3C}, {0x0D41, 0x0D44},
    {0x0D4D, 0x0D4D}, {0x0D62, 0x0D63}, {0x0D81, 0x0D81}, {0x0DCA, 0x0DCA}, {0x0DD2, 0x0DD6}, {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x0EB1, 0x0EB1}, {0x0EB4, 0x0EBC}, {0x0EC8, 0x0ECD}, {0x0F18, 0x0F19},
    {0x0F35, 0x0F35}, {0x0F37, 0x0F37}, {0x0F39, 0x0F39}, {0x0F71, 0x0F7E}, {0x0F80, 0x0F84}, {0x0F86, 0x0F87},
    {0x0F8D, 0x0FBC}, {0x0FC6, 0x0FC6}, {0x102D, 0x1030}, {0x1032, 0x1037}, {0x1039, 0x103A}, {0x103D, 0x103E},
    {0x1058, 0x1059}, {0x105E, 0x1060}, {0x1071, 0x1074}, {0x1082, 0x1082}, {0x1085, 0x1086}, {0x108D, 0x108D},
    {0x109D, 0x109D}, {0x1160, 0x11FF}, {0x135D, 0x135F}, {0x1712, 0x1714}, {0x1732, 0x1733}, {0x1752, 0x1753},
    {0x1772, 0x1773}, {0x17B4, 0x17B5}, {0x17B7, 0x17BD}, {0x17C6, 0x17C6}, {0x17C9, 0x17D3}, {0x17DD, 0x17DD},
    {0x180B, 0x180D}, {0x180F, 0x180F}, {0x1885, 0x1886}, {0x18A9, 0x18A9}, {0x1920, 0x1922}, {0x1927, 0x1928},
    {0x1932, 0x1932}, {0x1939, 0x193B}, {0x1A17, 0x1A18}, {0x1A1B, 0x1A1B}, {0x1A56, 0x1A56}, {0x1A58, 0x1A60},
    {0x1A62, 0x1A62}, {0x1A65, 0x1A6C}, {0x1A73, 0x1A7F}, {0x1AB0, 0x1B03}, {0x1B34, 0x1B34}, {0x1B36, 0x1B3A},
    {0x1B3C, 0x1B3C}, {0x1B42, 0x1B42}, {0x1B6B, 0x1B73}, {0x1B80, 0x1B81}, {0x1BA2, 0x1BA5}, {0x1BA8, 0x1BA9},
    {0x1BAB, 0x1BAD}, {0x1BE6, 0x1BE6}, {0x1BE8, 0x1BE9}, {0x1BED, 0x1BED}, {0x1BEF, 0x1BF1}, {0x1C2C, 0x1C33},
    {0x1C36, 0x1C37}, {0x1CD0, 0x1CD2}, {0x1CD4, 0x1CE0}, {0x1CE2, 0x1CE8}, {0x1CED, 0x1CED}, {0x1CF4, 0x1CF4},
    {0x1CF8, 0x1CF9}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x202A, 0x202E}, {0x2060, 0x206F}, {0x20D0, 0x20F0},
    {0x2CEF, 0x2CF1}, {0x2D7F, 0x2D7F}, {0x2DE0, 0x2DFF}, {0x302A, 0x302D}, {0x3099, 0x309A}, {0xA66F, 0xA672},
    {0xA674, 0xA67D}, {0xA69E, 0xA69F}, {0xA6F0, 0xA6F1}, {0xA802, 0xA802}, {0xA806, 0xA806}, {0xA80B, 0xA80B},
    {0xA825, 0xA826}, {0xA82C, 0xA82C}, {0xA8C4, 0xA8C5}, {0xA8E0, 0xA8F1}, {0xA8FF, 0xA8FF}, {0xA926, 0xA92D},
    {0xA947, 0xA951}, {0xA980, 0xA982}, {0xA9B3, 0xA9B3}, {0xA9B6, 0xA9B9}, {0xA9BC, 0xA9BD}, {0xA9E5, 0xA9E5},
    {0xAA29, 0xAA2E}, {0xAA31, 0xAA32}, {0xAA35, 0xAA36}, {0xAA43, 0xAA43}, {0xAA4C, 0xAA4C}, {0xAA7C, 0xAA7C},
    {0xAAB0, 0xAAB0}, {0xAAB2, 0xAAB4}, {0xAAB7, 0xAAB8}, {0xAABE, 0xAABF}, {0xAAC1, 0xAAC1}, {0xAAEC, 0xAAED},
    {0xAAF6, 0xAAF6}, {0xABE5, 0xABE5}, {0xABE8, 0xABE8}, {0xABED, 0xABED}, {0xFB1E, 0xFB1E}, {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}, {0x101FD, 0x101FD}, {0x102E0, 0x102E0}, {0x10376, 0x1037A},
    {0x10A01, 0x10A0F}, {0x10A38, 0x10A3F}, {0x10AE5, 0x10AE6}, {0x10D24, 0x10D27}, {0x10EAB, 0x10EAC},
    {0x10F46, 0x10F50}, {0x10F82, 0x10F85}, {0x11001, 0x11001}, {0x11038, 0x11046}, {0x11070, 0x11070},
    {0x11073, 0x11074}, {0x1107F, 0x11081}, {0x110B3, 0x110B6}, {0x110B9, 0x110BA}, {0x110C2, 0x110C2},
    {0x11100, 0x11102}, {0x11127, 0x1112B}, {0x1112D, 0x11134}, {0x11173, 0x11173}, {0x11180, 0x11181},
    {0x111B6, 0x111BE}, {0x111C9, 0x111CC}, {0x111CF, 0x111CF}, {0x1122F, 0x11231}, {0x11234, 0x11234},
    {0x11236, 0x11237}, {0x1123E, 0x1123E}, {0x112DF, 0x112DF}, {0x112E3, 0x112EA}, {0x11300, 0x11301},
    {0x1133B, 0x1133C}, {0x11340, 0x11340}, {0x11366, 0x11374}, {0x11438, 0x1143F}, {0x11442, 0x11444},
    {0x11446, 0x11446}, {0x1145E, 0x1145E}, {0x114B3, 0x114B8}, {0x114BA, 0x114BA}, {0x114BF, 0x114C0},
    {0x114C2, 0x114C3}, {0x115B2, 0x115B5}, {0x115BC, 0x115BD}, {0x115BF, 0x115C0}, {0x115DC, 0x115DD},
    {0x11633, 0x1163A}, {0x1163D, 0x1163D}, {0x1163F, 0x11640}, {0x116AB, 0x116AB}, {0x116AD, 0x116AD},
    {0x116B0, 0x116B5}, {0x116B7, 0x116B7}, {0x1171D, 0x1171F}, {0x11722, 0x11725}, {0x11727, 0x1172B},
    {0x1182F, 0x11837}, {0x11839, 0x1183A}, {0x1193B, 0x1193C}, {0x1193E, 0x1193E}, {0x11943, 0x11943},
    {0x119D4, 0x119DB}, {0x119E0, 0x119E0}, {0x11A01, 0x11A0A}, {0x11A33, 0x11A38}, {0x11A3B, 0x11A3E},
    {0x11A47, 0x11A47}, {0x11A51, 0x11A56}, {0x11A59, 0x11A5B}, {0x11A8A, 0x11A96}, {0x11A98, 0x11A99},
    {0x11C30, 0x11C3D}, {0x11C3F, 0x11C3F}, {0x11C92, 0x11CA7}, {0x11CAA, 0x11CB0}, {0x11CB2, 0x11CB3},
    {0x11CB5, 0x11CB6}, {0x11D31, 0x11D45}, {0x11D47, 0x11D47}, {0x11D90, 0x11D91}, {0x11D95, 0x11D95},
    {0x11D97, 0x11D97}, {0x11EF3, 0x11EF4}, {0x16AF0, 0x16AF4}, {0x16B30, 0x16B36}, {0x16F4F, 0x16F4F},
    {0x16F8F, 0x16F92}, {0x16FE4, 0x16FE4}, {0x1BC9D, 0x1BC9E}, {0x1CF00, 0x1CF46}, {0x1D167, 0x1D169},
    {0x1D17B, 0x1D182}, {0x1D185, 0x1D18B}, {0x1D1AA, 0x1D1AD}, {0x1D242, 0x1D244}, {0x1DA00, 0x1DA36},
    {0x1DA3B, 0x1DA6C}, {0x1DA75, 0x1DA75}, {0x1DA84, 0x1DA84}, {0x1DA9B, 0x1DAAF}, {0x1E000, 0x1E02A},
    {0x1E130, 0x1E136}, {0x1E2AE, 0x1E2AE}, {0x1E2EC, 0x1E2EF}, {0x1E8D0, 0x1E8D6}, {0x1E944, 0x1E94A},
    {0xE0000, 0xE0FFF},
};

constexpr code_range double_width[] = {
    {0x1100, 0x115F}, {0x231A, 0x231B}, {0x2329, 0x232A}, {0x23E9, 0x23EC}, {0x23F0, 0x23F0}, {0x23F3, 0x23F3},
    {0x25FD, 0x25FE}, {0x2614, 0x2615}, {0x2648, 0x2653}, {0x267F, 0x267F}, {0x2693, 0x2693}, {0x26A1, 0x26A1},
    {0x26AA, 0x26AB}, {0x26BD, 0x26BE}, {0x26C4, 0x26C5}, {0x26CE, 0x26CE}, {0x26D4, 0x26D4}, {0x26EA, 0x26EA},
    {0x26F2, 0x26F3}, {0x26F5, 0x26F5}, {0x26FA, 0x26FA}, {0x26FD, 0x26FD}, {0x2705, 0x2705}, {0x270A, 0x270B},
    {0x2728, 0x2728}, {0x274C, 0x274C}, {0x274E, 0x274E}, {0x2753, 0x2755}, {0x2757, 0x2757}, {0x2795, 0x2797},
    {0x27B0, 0x27B0}, {0x27BF, 0x27BF}, {0x2B1B, 0x2B1C}, {0x2B50, 0x2B50}, {0x2B55, 0x2B55}, {0x2E80, 0x3029},
    {0x302E, 0x303E}, {0x3041, 0x3096}, {0x309B, 0x3247}, {0x3250, 0x4DBF}, {0x4E00, 0xA4C6}, {0xA960, 0xA97C},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAD9}, {0xFE10, 0xFE19}, {0xFE30, 0xFE6B}, {0xFF01, 0xFF60}, {0xFFE0, 0xFFE6},
    {0x16FE0, 0x16FE3}, {0x16FF0, 0x1B2FB}, {0x1F004, 0x1F004}, {0x1F0CF, 0x1F0CF}, {0x1F18E, 0x1F18E},
    {0x1F191, 0x1F19A}, {0x1F200, 0x1F320}, {0x1F32D, 0x1F335}, {0x1F337, 0x1F37C}, {0x1F37E, 0x1F393},
    {0x1F3A0, 0x1F3CA}, {0x1F3CF, 0x1F3D3}, {0x1F3E0, 0x1F3F0}, {0x1F3F4, 0x1F3F4}, {0x1F3F8, 0x1F43E},
    {0x1F440, 0x1F440}, {0x1F442, 0x1F4FC}, {0x1F4FF, 0x1F53D}, {0x1F54B, 0x1F54E}, {0x1F550, 0x1F567},
    {0x1F57A, 0x1F57A}, {0x1F595, 0x1F596}, {0x1F5A4, 0x1F5A4}, {0x1F5FB, 0x1F64F}, {0x1F680, 0x1F6C5},
    {0x1F6CC, 0x1F6CC}, {0x1F6D0, 0x1F6D2}, {0x1F6D5, 0x1F6DF}, {0x1F6EB, 0x1F6EC}, {0x1F6F4, 0x1F6FC},
    {0x1F7E0, 0x1F7F0}, {0x1F90C, 0x1F93A}, {0x1F93C, 0x1F945}, {0x1F947, 0x1F9FF}, {0x1FA70, 0x1FAF6},
    {0x20000, 0x3FFFD},
};
// clang-format on

/// Whether one of the ranges, which are in order, holds the value.
bool holds(const code_range* ranges, std::size_t count, char32_t value) {
    while (count > 0) {
        const std::size_t half = count / 2;
        if (ranges[half].last < value) {
            ranges += half + 1;
            count -= half + 1;
        } else if (value < ranges[half].first) {
            count = half;
        } else {
            return true;
        }
    }
    return false;
}

}  // namespace width_detail

/// Columns of one code point: 0 for combining marks, 2 for wide characters.
std::size_t width_of(char32_t value) {
    using namespace width_detail;
    if (value < 0x300) return 1;
    if (holds(zero_width, std::size(zero_width), value)) return 0;
    return holds(double_width, std::size(double_width), value) ? 2 : 1;
}

/// Columns of printable text. Escape sequences count like text: measure before painting.
std::size_t width_of(std::string_view text) {
    std::size_t columns = 0;
    while (!text.empty()) {
        const code_point next = first_code_point(text);
        columns += width_of(next.value);
        text.remove_prefix(next.size);
    }
    return columns;
}

/// The longest prefix that takes at most `columns`, with the combining marks that belong to its last character.
std::string_view fitting_prefix(std::string_view text, std::size_t columns) {
    std::size_t end = 0;
    std::size_t used = 0;
    while (end < text.size()) {
        const code_point next = first_code_point(text.substr(end));
        used += width_of(next.value);
        if (used > columns) break;
        end += next.size;
    }
    return text.substr(0, end);
}

/// Text cut to `columns`, the cut marked with `ellipsis` (which takes one column for each of its characters).
std::string shortened(std::string_view text, std::size_t columns, std::string_view ellipsis) {
    if (text.size() <= columns || width_of(text) <= columns) return std::string(text);
    const std::size_t mark = width_of(ellipsis);
    if (columns <= mark) return std::string(fitting_prefix(text, columns));
    return std::string(fitting_prefix(text, columns - mark)) + std::string(ellipsis);
}

}  // namespace cordon::engine

// ---- cordon/engine/report/console_style.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// How the console report looks. All of it is decided by the caller: the report asks the system nothing.
struct console_style {
    bool color = false;
    bool unicode = true;     ///< otherwise the report's own marks are ASCII; what tests say stays as it is
    std::size_t width = 80;  ///< columns, where text_output::columns() does not know
    progress_choice progress = progress_choice::lines;  ///< `bar` moves the cursor: for terminals only
    show_output output = show_output::failed;
    bool verbose = false;
    bool quiet = false;
    std::uint32_t slowest = 3;  ///< how many of the slowest tests the summary names
};

/// Escapes and marks, chosen once. Without colour the escapes are empty: the words are the same.
struct theme {
    std::string_view reset, bold, dim, red, green, yellow, cyan;
    std::string_view arrow, dot, ellipsis, line, full, empty;
};

theme theme_of(const console_style& style) {
    theme look;
    if (style.color) {
        look.reset = "\x1b[0m";
        look.bold = "\x1b[1m";
        look.dim = "\x1b[2m";
        look.red = "\x1b[31m";
        look.green = "\x1b[32m";
        look.yellow = "\x1b[33m";
        look.cyan = "\x1b[36m";
    }
    const bool wide = style.unicode;
    look.arrow = wide ? " \xE2\x80\xBA " : " > ";
    look.dot = wide ? " \xC2\xB7 " : " - ";
    look.ellipsis = wide ? "\xE2\x80\xA6" : "...";
    look.line = wide ? "\xE2\x94\x82" : "|";
    look.full = wide ? "\xE2\x94\x81" : "#";
    look.empty = wide ? "\xE2\x94\x80" : ".";
    return look;
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/tally.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// A test that a summary names: everything but a pass, a skip or a todo.
struct noted_test {
    std::size_t test = 0;
    verdict what = verdict::failed;
    ending how = ending::lost;  ///< of its last attempt that did not pass
    std::uint32_t attempts = 0;
    bool repeated = false;  ///< by --flake-detect, not after a failure
    duration took{};
    std::string reason;  ///< of the verdict, or of that attempt
    std::string file;    ///< where it failed first in that attempt; empty when unknown
    std::uint32_t line = 0;
    bool tried_again = false;
};

/// What trying again came to: in all, and by what each further attempt followed on. Lost attempts, which are cordon's
/// own trouble, have their line here like the others.
struct retry_figures {
    struct row {
        std::uint64_t retries = 0;
        std::uint64_t recovered = 0;  ///< tests that passed after it, and whose verdict does not count against the run
    };
    std::uint64_t tests = 0;
    row all;
    row by_class[retry_class_count];
};

/// A test that passed and left something behind.
struct leaky_test {
    std::size_t test = 0;
    leftovers left;
};

struct timed_test {
    std::size_t test = 0;
    duration took{};
};

/// The figures of a run. Costs 8 bytes for each test of the program, and more only for the tests that it notes.
class tally {
  public:
    explicit tally(std::size_t slowest_kept = 0) : slowest_kept_(slowest_kept) {}

    void on(const event& happened);

    std::uint64_t count(verdict what) const { return counts_[static_cast<std::size_t>(what)]; }
    /// Tests that count against the run: failed ones, and passes of tests that were declared to fail.
    std::uint64_t failed() const { return count(verdict::failed) + count(verdict::unexpected_pass); }
    std::uint64_t selected() const { return selected_; }
    /// Tests that have a verdict.
    std::uint64_t finished() const { return finished_; }
    std::uint64_t assertions() const { return assertions_; }
    std::uint64_t failed_assertions() const { return failed_assertions_; }
    std::uint64_t attempts() const { return attempts_; }
    const retry_figures& retries() const { return retries_; }
    /// Of tests that were run again and again; attempts() counts only those that were told in full.
    std::uint64_t runs() const { return runs_; }
    std::uint64_t workers_started() const { return workers_started_; }
    std::uint64_t workers_replaced() const { return workers_replaced_; }
    std::uint64_t peak_rss_bytes() const { return peak_rss_bytes_; }

    /// The time of all attempts of a test so far.
    duration time_of(std::size_t test) const { return duration(test < time_.size() ? time_[test] : 0); }
    /// Of the attempts for which a process was started.
    duration mean_spawn() const { return spawned_ == 0 ? duration{} : spawn_ / spawned_; }
    duration wall() const { return wall_; }
    /// Processor time of all attempts.
    duration user_time() const { return user_; }
    duration system_time() const { return system_; }
    /// The time of all attempts over the time of the run; 0 before its end.
    double speedup() const { return wall_.count() > 0 ? seconds(busy_) / seconds(wall_) : 0; }

    /// In the order in which they finished.
    const vector<noted_test>& noted() const { return noted_; }
    /// Slowest first.
    const vector<timed_test>& slowest() const { return slowest_; }

    /// Attempts that passed and left something behind, and the first of them.
    std::uint64_t leaky() const { return leaky_count_; }
    const vector<leaky_test>& first_leaky() const { return leaky_; }

    int cancelled_by() const { return cancelled_by_; }
    const std::string& stopped_because() const { return stopped_because_; }

  private:
    static constexpr std::size_t most_leaky_kept = 1000;

    void start(const run_started& run);
    void add(const attempt_result& attempt);
    void add_figures(const attempt_result& attempt);
    void add(const test_finished& test);
    void note(const test_finished& test);
    void add_retry(const attempt_result& attempt);
    void add_recovery(const test_finished& test);
    void keep_if_slow(timed_test candidate);

    noted_test* trouble_of(std::size_t test);

    std::size_t slowest_kept_;
    std::uint64_t counts_[verdict_count] = {};
    std::uint64_t selected_ = 0;
    std::uint64_t finished_ = 0;
    std::uint64_t assertions_ = 0;
    std::uint64_t failed_assertions_ = 0;
    std::uint64_t attempts_ = 0;
    std::uint64_t workers_started_ = 0;
    std::uint64_t workers_replaced_ = 0;
    std::uint64_t peak_rss_bytes_ = 0;
    std::int64_t spawned_ = 0;
    duration spawn_{};
    duration busy_{};
    duration user_{};
    duration system_{};
    duration wall_{};
    vector<duration::rep> time_;
    vector<noted_test> noted_;
    vector<noted_test> open_;  // between an attempt that did not pass and the verdict
    vector<timed_test> slowest_;
    retry_figures retries_;
    vector<std::size_t> repeated_;  // tests with a summary of repeated runs, and failures, and no verdict yet
    std::uint64_t runs_ = 0;
    bool repeats_ = false;
    vector<leaky_test> leaky_;
    std::uint64_t leaky_count_ = 0;
    int cancelled_by_ = 0;
    std::string stopped_because_;
};

void tally::on(const event& happened) {
    if (const auto* ended = happened.get_if<attempt_ended>()) {
        add(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        add(*finished);
    } else if (const auto* worker = happened.get_if<worker_started>()) {
        ++workers_started_;
        if (worker->replacement) ++workers_replaced_;
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        runs_ += flake->what.runs;
        if (flake->what.failures != 0) repeated_.push_back(flake->what.test);
    } else if (const auto* end = happened.get_if<run_finished>()) {
        wall_ = end->took;
        // A test without a verdict was not run: every selected test is counted once.
        if (finished_ < selected_) counts_[static_cast<std::size_t>(verdict::not_run)] += selected_ - finished_;
        cancelled_by_ = end->cancelled_by;
        stopped_because_ = end->stopped_because;
        peak_rss_bytes_ = std::max(peak_rss_bytes_, end->peak_rss_bytes);
    }
}

void tally::start(const run_started& run) {
    selected_ = run.selected.size();
    repeats_ = run.info.repeats;
    if (run.list) time_.assign(run.list->tests.size(), 0);
}

void tally::add_figures(const attempt_result& attempt) {
    ++attempts_;
    assertions_ += attempt.assertions;
    failed_assertions_ += attempt.failed_assertions;
    peak_rss_bytes_ = std::max(peak_rss_bytes_, attempt.usage.max_rss_bytes);
    busy_ += attempt.took;
    if (attempt.spawn.count() > 0) {
        spawn_ += attempt.spawn;
        ++spawned_;
    }
    if (attempt.test < time_.size()) time_[attempt.test] += attempt.took.count();
    if (attempt.number > 1 && !repeats_) add_retry(attempt);
    user_ += attempt.usage.user;
    system_ += attempt.usage.system;
}

void tally::add(const attempt_result& attempt) {
    add_figures(attempt);
    if (attempt.how == ending::passed && attempt.left.any_fault()) {
        ++leaky_count_;
        if (leaky_.size() < most_leaky_kept) leaky_.push_back({attempt.test, attempt.left});
    }
    if (attempt.how == ending::passed || attempt.how == ending::skipped) return;

    noted_test* known = trouble_of(attempt.test);
    if (known == nullptr) {
        open_.emplace_back();
        known = &open_.back();
        known->test = attempt.test;
    }
    noted_test& so_far = *known;
    so_far.how = attempt.how;
    so_far.attempts = attempt.number;
    so_far.reason = attempt.reason;
    so_far.file.clear();
    so_far.line = 0;
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::warning || wrong.file.empty()) continue;
        so_far.file = wrong.file;
        so_far.line = wrong.line;
        break;
    }
}

void tally::add(const test_finished& test) {
    ++counts_[static_cast<std::size_t>(test.what)];
    ++finished_;
    if (retries_.tests != 0) add_recovery(test);
    if (slowest_kept_ != 0) keep_if_slow({test.test, time_of(test.test)});
    switch (test.what) {
        case verdict::passed:
        case verdict::skipped:
        case verdict::todo:
        case verdict::not_run:
            break;
        default:
            note(test);
    }
}

void tally::add_retry(const attempt_result& attempt) {
    noted_test* const before = trouble_of(attempt.test);
    if (before == nullptr) return;
    if (!std::exchange(before->tried_again, true)) ++retries_.tests;
    ++retries_.all.retries;
    ++retries_.by_class[static_cast<std::size_t>(retry_class_of(before->how))].retries;
}

void tally::add_recovery(const test_finished& test) {
    if (test.what != verdict::flaky && test.what != verdict::passed) return;
    const noted_test* const before = trouble_of(test.test);
    if (before == nullptr || !before->tried_again) return;
    ++retries_.all.recovered;
    ++retries_.by_class[static_cast<std::size_t>(retry_class_of(before->how))].recovered;
}

void tally::note(const test_finished& test) {
    noted_test entry;
    if (noted_test* known = trouble_of(test.test)) {
        entry = std::move(*known);
        if (known != &open_.back()) *known = std::move(open_.back());
        open_.pop_back();
    } else {
        entry.how = test.what == verdict::unexpected_pass ? ending::passed : ending::lost;
    }
    const auto repeated = std::find(repeated_.begin(), repeated_.end(), test.test);
    entry.repeated = repeated != repeated_.end();
    if (entry.repeated) repeated_.erase(repeated);
    entry.test = test.test;
    entry.what = test.what;
    entry.took = time_of(test.test);
    if (!test.reason.empty()) entry.reason = test.reason;
    noted_.push_back(std::move(entry));
}

void tally::keep_if_slow(timed_test candidate) {
    if (candidate.took.count() <= 0) return;
    if (slowest_.size() < slowest_kept_) {
        slowest_.push_back(candidate);
    } else if (slowest_.back().took < candidate.took) {
        slowest_.back() = candidate;
    } else {
        return;
    }
    for (std::size_t i = slowest_.size() - 1; i > 0 && slowest_[i - 1].took < candidate.took; --i) {
        slowest_[i] = slowest_[i - 1];
        slowest_[i - 1] = candidate;
    }
}

noted_test* tally::trouble_of(std::size_t test) {
    for (std::size_t i = 0; i < open_.size(); ++i) {
        if (open_[i].test == test) return &open_[i];
    }
    return nullptr;
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/wording.hpp ----

#include <string>
#include <string_view>

namespace cordon::engine::report {

/// "SIGSEGV (invalid memory reference)", or "signal 11" where its name is not known.
std::string signal_in_words(const attempt_result& attempt) {
    if (attempt.signal_name.empty()) return "signal " + std::to_string(attempt.signal);
    if (attempt.signal_meaning.empty()) return attempt.signal_name;
    return attempt.signal_name + " (" + attempt.signal_meaning + ")";
}

namespace wording_detail {

std::string with_reason(std::string text, std::string_view reason) {
    if (!reason.empty()) {
        text += ": ";
        append_printable(text, reason);
    }
    return text;
}

bool failed_in_setup(const attempt_result& attempt) {
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::setup) return true;
    }
    return false;
}

std::string setup_in_words(const attempt_result& attempt) {
    switch (attempt.how) {
        case ending::crashed:
            return "its setup crashed: " + signal_in_words(attempt);
        case ending::timed_out:
            return "its setup did not end in time";
        case ending::exited:
            return "its setup exited with code " + std::to_string(attempt.exit_code);
        default:
            return with_reason("its setup failed", attempt.reason);
    }
}

std::string failed_in_words(const attempt_result& attempt) {
    if (attempt.failed_assertions != 0) {
        return counted(attempt.failed_assertions) + " of " + counted(attempt.assertions, "assertion") + " failed";
    }
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::exception) return with_reason("an exception left the test", attempt.reason);
    }
    return with_reason("failed", attempt.reason);
}

std::string exit_failure_in_words(const attempt_result& attempt) {
    std::string text = "passed, but its process then ended with ";
    text += attempt.signal != 0 ? signal_in_words(attempt) : "code " + std::to_string(attempt.exit_code);
    return with_reason(text, attempt.reason);
}

std::string_view word_for(leftover_kind kind, bool one) {
    constexpr std::string_view names[][2] = {
        {"a process", " processes"}, {"a thread", " threads"},       {"a descriptor", " descriptors"},
        {"a file", " files"},        {"another working folder", ""}, {"another umask", ""},
        {"another locale", ""},      {"a variable", " variables"},   {"a changed signal", " changed signals"},
    };
    return names[static_cast<std::size_t>(kind)][one ? 0 : 1];
}

std::string crash_in_words(const attempt_result& attempt) {
    return with_reason(attempt.signal != 0 ? "crashed: " + signal_in_words(attempt) : "crashed", attempt.reason);
}

}  // namespace wording_detail

/// "a process and 2 descriptors": what a test should have taken away itself, counted by kind.
std::string leftovers_in_words(const leftovers& left) {
    vector<std::string> parts;
    for (int i = 0; i <= static_cast<int>(leftover_kind::signal); ++i) {
        const auto kind = static_cast<leftover_kind>(i);
        const std::uint32_t count = left.count(kind);
        if (count == 0 || kind == leftover_kind::file) continue;
        const std::string_view word = wording_detail::word_for(kind, count == 1);
        parts.push_back(count == 1 ? std::string(word) : counted(count) + std::string(word));
    }
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) text += i + 1 == parts.size() ? " and " : ", ";
        text += parts[i];
    }
    return text;
}

/// "sleep 100 (4711)", "descriptor 3 (/dev/null)": one of them, safe to print.
std::string leftover_in_words(const leftover& left) {
    constexpr std::string_view lead[] = {"process ", "thread ", "descriptor ", "file ",  "working folder ",
                                         "umask ",   "locale ", "variable ",   "signal "};
    std::string text(lead[static_cast<std::size_t>(left.kind)]);
    append_printable(text, left.what);
    return text;
}

/// How an attempt ended, as a user would say it: "timed out after 2.00 s".
std::string ending_in_words(const attempt_result& attempt) {
    using namespace wording_detail;
    if (failed_in_setup(attempt)) return setup_in_words(attempt);
    switch (attempt.how) {
        case ending::passed:
            return "passed";
        case ending::failed:
            return failed_in_words(attempt);
        case ending::crashed:
            return crash_in_words(attempt);
        case ending::timed_out:
            return with_reason("timed out after " + duration_text(attempt.took), attempt.reason);
        case ending::exited:
            return with_reason("exited with code " + std::to_string(attempt.exit_code) + " before its end",
                               attempt.reason);
        case ending::exit_failure:
            return exit_failure_in_words(attempt);
        case ending::leaked:
            return with_reason("left behind " + leftovers_in_words(attempt.left), attempt.reason);
        case ending::over_limit:
            return with_reason("went over a limit", attempt.reason);
        case ending::skipped:
            return with_reason("skipped", attempt.reason);
        case ending::lost:
            return with_reason("lost, which is cordon's own trouble", attempt.reason);
    }
    return {};
}

/// The word in front of a test's line; at most 7 columns. An attempt's ending says more than "failed".
std::string_view word_of(verdict what, ending how) {
    constexpr std::string_view failed[] = {"FAIL", "FAIL", "CRASH", "TIMEOUT", "EXIT",
                                           "EXIT", "LEAK", "LIMIT", "FAIL",    "LOST"};
    constexpr std::string_view words[] = {"pass",  "FAIL", "FLAKY", "known", "XPASS",
                                          "known", "skip", "todo",  "-",     "LOST"};
    if (what == verdict::failed) return failed[static_cast<std::size_t>(how)];
    return words[static_cast<std::size_t>(what)];
}

/// A verdict in a sentence: "2 failed", "1 known failure".
std::string_view phrase_of(verdict what) {
    constexpr std::string_view phrases[] = {"passed",      "failed",  "flaky", "known to fail", "passed unexpectedly",
                                            "quarantined", "skipped", "to do", "not run",       "lost"};
    return phrases[static_cast<std::size_t>(what)];
}

/// "suite/name": what patterns and lists call a test.
std::string full_name_of(const test_info& test) {
    std::string full(test.suite);
    if (!full.empty()) full += '/';
    full += test.name;
    return full;
}

/// "suite > name", safe to print.
void append_title(std::string& out, const test_info& test, std::string_view arrow) {
    if (!test.suite.empty()) {
        append_printable(out, test.suite);
        out += arrow;
    }
    append_printable(out, test.name);
}

void append_place(std::string& out, std::string_view file, std::uint32_t line) {
    append_printable(out, file);
    out += ':';
    append_number(out, line);
}

}  // namespace cordon::engine::report

#include <algorithm>
#include <string>

namespace cordon::engine::report {

/// An attempt that has begun and not ended.
struct running_attempt {
    std::size_t test;
    std::uint32_t number;
    duration since;
    bool announced;  ///< as slow
};

/// The part at the bottom of a terminal that is drawn again and again: a bar with counts, and what has been running for
/// a while. Rows are overwritten in place and never as wide as the terminal, so that nothing flickers or wraps.
class live_bar {
  public:
    explicit live_bar(const theme& look) : look_(look) {}

    /// Appends what takes the display away, cursor where it began.
    void erase(std::string& out) {
        to_first_row(out);
        if (rows_ != 0) out += "\x1b[J";
        rows_ = 0;
    }

    void draw(std::string& out, std::size_t width, duration at, const tally& counts, const test_list& list,
              const vector<running_attempt>& running) {
        to_first_row(out);
        const std::size_t before = rows_;
        rows_ = 0;
        row(out, bar(width - 1, at, counts));
        std::size_t shown = 0;
        for (const running_attempt& attempt : running) {
            if (at - attempt.since < std::chrono::milliseconds(300)) break;  // in the order of their start
            if (shown++ == most_running) break;
            row(out, running_row(width - 1, at, list, attempt));
        }
        if (before > rows_) out += "\x1b[J";
    }

  private:
    static constexpr std::size_t most_running = 4;

    void to_first_row(std::string& out) const {
        if (rows_ == 0) return;
        out += '\r';
        if (rows_ == 1) return;
        out += "\x1b[";
        append_number(out, rows_ - 1);
        out += 'A';
    }

    void row(std::string& out, const std::string& text) {
        if (rows_ != 0) out += '\n';
        out += text;
        out += "\x1b[K";
        ++rows_;
    }

    std::string bar(std::size_t width, duration at, const tally& counts) const;
    std::string stripes(std::size_t columns, const tally& counts) const;
    std::string running_row(std::size_t width, duration at, const test_list& list,
                            const running_attempt& attempt) const;

    const theme& look_;
    std::size_t rows_ = 0;
};

namespace bar_detail {

/// "0.4 s", "12 s", "2m 05s": changes at most ten times a second, and only below ten seconds.
std::string age_text(duration value) {
    const auto tenths = static_cast<std::uint64_t>(std::max<std::int64_t>(value.count(), 0) / 100'000'000);
    std::string text;
    if (tenths < 100) {
        text_detail::append_decimal(text, tenths, 1);
        return text + " s";
    }
    if (tenths >= 600) return duration_text(std::chrono::seconds(tenths / 10));
    append_number(text, tenths / 10);
    return text + " s";
}

}  // namespace bar_detail

std::string live_bar::bar(std::size_t width, duration at, const tally& counts) const {
    const std::uint64_t failed = counts.failed() + counts.count(verdict::lost);
    const std::string done = counted(counts.finished()) + "/" + counted(counts.selected());
    const std::string bad = failed == 0 ? "" : counted(failed) + " failed";
    const std::string flaky = counts.count(verdict::flaky) == 0 ? "" : counted(counts.count(verdict::flaky)) + " flaky";
    const std::string age = bar_detail::age_text(at);
    const auto each_second = at.count() > 0 ? static_cast<double>(counts.finished()) / seconds(at) : 0.0;
    const std::string rate = each_second >= 1 ? counted(static_cast<std::uint64_t>(each_second)) + "/s" : "";

    // The least important are left out first where the terminal is narrow.
    const std::string* parts[] = {&done, &bad, &age, &flaky, &rate};
    const std::string_view colors[] = {"", look_.red, look_.dim, look_.yellow, look_.dim};
    constexpr std::size_t least = 10;
    std::size_t room = width > least + 2 ? width - least - 2 : 0;
    std::string text;
    for (std::size_t i = 0; i < 5; ++i) {
        if (parts[i]->empty() || parts[i]->size() + 2 > room) continue;
        room -= parts[i]->size() + 2;
        text += "  " + std::string(colors[i]) + *parts[i] + std::string(colors[i].empty() ? "" : look_.reset);
    }
    const std::size_t columns = std::min<std::size_t>(least + room, 40);
    return (width > least + 2 ? "  " + stripes(columns, counts) : "") + text;
}

std::string live_bar::stripes(std::size_t columns, const tally& counts) const {
    const std::uint64_t all = std::max<std::uint64_t>(counts.selected(), 1);
    const std::size_t filled = static_cast<std::size_t>(std::min(counts.finished(), all) * columns / all);
    std::string text(counts.failed() + counts.count(verdict::lost) == 0 ? look_.green : look_.red);
    for (std::size_t i = 0; i < filled; ++i) {
        text += look_.full;
    }
    text += look_.reset;
    text += look_.dim;
    for (std::size_t i = filled; i < columns; ++i) {
        text += look_.empty;
    }
    text += look_.reset;
    return text;
}

std::string live_bar::running_row(std::size_t width, duration at, const test_list& list,
                                  const running_attempt& attempt) const {
    const std::string age = bar_detail::age_text(at - attempt.since);
    std::string title;
    if (attempt.test < list.tests.size()) append_title(title, list.tests[attempt.test], look_.arrow);
    if (attempt.number > 1) title += " (attempt " + std::to_string(attempt.number) + ")";
    const std::size_t pad = age.size() < 8 ? 8 - age.size() : 0;
    std::string text(2 + pad, ' ');
    text += look_.dim;
    text += age;
    text += look_.reset;
    const std::size_t used = 2 + pad + age.size() + 2;
    if (width <= used + 4) return text;
    return text + "  " + shortened(title, width - used, look_.ellipsis);
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/console_failure.hpp ----

// ---- cordon/engine/report/console_values.hpp ----

// ---- cordon/engine/report/diff.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Differences between two values as text. Bounded in time and memory: where two texts differ too much for a shortest
// edit, all of one is replaced by all of the other between what they share at both ends.

namespace cordon::engine::report {

enum class edit : std::uint8_t { keep, remove, insert };

/// One step from the left side to the right. `left` and `right` are the indices where it takes place; a removal uses up
/// left, an insertion right, a keep both.
struct diff_step {
    edit what;
    std::size_t left;
    std::size_t right;
};

using text_parts = vector<std::string_view>;

namespace diff_detail {

/// Furthest reaching paths of Myers' greedy algorithm ("An O(ND) Difference Algorithm", 1986), one row for each number
/// of edits, kept for the way back. Row d holds x for the diagonals -d, -d+2, ..., d; the rows lie behind one another.
class greedy {
  public:
    greedy(const std::string_view* left, std::size_t n, const std::string_view* right, std::size_t m)
        : left_(left), right_(right), n_(static_cast<std::int64_t>(n)), m_(static_cast<std::int64_t>(m)) {}

    /// False when it takes more than `most` edits.
    bool search(std::int64_t most) {
        for (std::int64_t d = 0; d <= most; ++d) {
            rows_.resize(place(d + 1, -d - 1));
            for (std::int64_t k = -d; k <= d; k += 2) {
                if (extend(d, k)) {
                    edits_ = d;
                    return true;
                }
            }
        }
        return false;
    }

    /// The steps from the last to the first, after a search that succeeded; indices count from `base`.
    vector<diff_step> reversed_steps(std::size_t base) const {
        vector<diff_step> reversed;
        std::int64_t x = n_;
        std::int64_t y = m_;
        const auto add = [&](edit what) {
            reversed.push_back({what, base + static_cast<std::size_t>(x), base + static_cast<std::size_t>(y)});
        };
        for (std::int64_t d = edits_; d > 0; --d) {
            const std::int64_t k = x - y;
            const bool down = comes_down(d, k);
            const std::int64_t before = at(d - 1, down ? k + 1 : k - 1);
            const std::int64_t start = down ? before : before + 1;
            while (x > start) {
                --x, --y;
                add(edit::keep);
            }
            down ? --y : --x;
            add(down ? edit::insert : edit::remove);
        }
        while (x > 0) {
            --x, --y;
            add(edit::keep);
        }
        return reversed;
    }

  private:
    static std::size_t place(std::int64_t d, std::int64_t k) {
        return static_cast<std::size_t>(d * (d + 1) / 2 + (k + d) / 2);
    }

    std::int64_t at(std::int64_t d, std::int64_t k) const { return rows_[place(d, k)]; }

    bool comes_down(std::int64_t d, std::int64_t k) const {
        return k == -d || (k != d && at(d - 1, k - 1) < at(d - 1, k + 1));
    }

    bool extend(std::int64_t d, std::int64_t k) {
        std::int64_t x = d == 0 ? 0 : comes_down(d, k) ? at(d - 1, k + 1) : at(d - 1, k - 1) + 1;
        std::int64_t y = x - k;
        while (x < n_ && y < m_ && left_[x] == right_[y]) {
            ++x, ++y;
        }
        rows_[place(d, k)] = x;
        return x >= n_ && y >= m_;
    }

    const std::string_view* left_;
    const std::string_view* right_;
    std::int64_t n_;
    std::int64_t m_;
    std::int64_t edits_ = 0;
    vector<std::int64_t> rows_;
};

}  // namespace diff_detail

/// The steps that turn `left` into `right`. A shortest edit where it takes few edits; see above for the rest.
vector<diff_step> difference(const text_parts& left, const text_parts& right) {
    std::size_t head = 0;
    const std::size_t shorter = std::min(left.size(), right.size());
    while (head < shorter && left[head] == right[head]) {
        ++head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && left[left.size() - 1 - tail] == right[right.size() - 1 - tail]) {
        ++tail;
    }
    const std::size_t n = left.size() - head - tail;
    const std::size_t m = right.size() - head - tail;

    vector<diff_step> steps;
    for (std::size_t i = 0; i < head; ++i) {
        steps.push_back({edit::keep, i, i});
    }
    // At most about four million comparisons and a megabyte of rows.
    const std::size_t most = std::min<std::size_t>(400, 4'000'000 / (n + m + 1));
    diff_detail::greedy middle(left.data() + head, n, right.data() + head, m);
    if (middle.search(static_cast<std::int64_t>(most))) {
        const vector<diff_step> reversed = middle.reversed_steps(head);
        for (std::size_t i = reversed.size(); i-- > 0;) {
            steps.push_back(reversed[i]);
        }
    } else {
        for (std::size_t i = 0; i < n; ++i) {
            steps.push_back({edit::remove, head + i, head});
        }
        for (std::size_t i = 0; i < m; ++i) {
            steps.push_back({edit::insert, head + n, head + i});
        }
    }
    for (std::size_t i = 0; i < tail; ++i) {
        steps.push_back({edit::keep, head + n + i, head + m + i});
    }
    return steps;
}

/// The stretch in which two texts differ: both begin alike up to `begin`, and end alike from `left_end`, `right_end`
/// on. Never cuts a code point.
struct differing_stretch {
    std::size_t begin;
    std::size_t left_end;
    std::size_t right_end;
};

differing_stretch stretch_between(std::string_view left, std::string_view right) {
    const std::size_t shorter = std::min(left.size(), right.size());
    std::size_t begin = 0;
    while (begin < shorter && left[begin] == right[begin]) {
        ++begin;
    }
    begin = std::min(code_point_start(left, begin), code_point_start(right, begin));
    std::size_t same = 0;
    while (same < shorter - begin && left[left.size() - 1 - same] == right[right.size() - 1 - same]) {
        ++same;
    }
    while (same > 0 && code_point_start(left, left.size() - same) != left.size() - same) {
        --same;
    }
    return {begin, left.size() - same, right.size() - same};
}

/// The lines of a text, each with its line end, so that a missing last one counts as a difference.
text_parts lines_of(std::string_view text) {
    text_parts lines;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        const std::size_t size = end == std::string_view::npos ? text.size() : end + 1;
        lines.push_back(text.substr(0, size));
        text.remove_prefix(size);
    }
    return lines;
}

namespace diff_detail {

int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Appends what the escape after a backslash stands for; returns how many characters it took.
std::size_t append_unescaped(std::string& out, std::string_view escape) {
    constexpr std::string_view names = "ntr0abfv\"'\\";
    constexpr std::string_view values("\n\t\r\0\a\b\f\v\"'\\", 11);
    const std::size_t found = escape.empty() ? std::string_view::npos : names.find(escape[0]);
    if (found != std::string_view::npos) {
        out += values[found];
        return 1;
    }
    if (escape.size() >= 3 && escape[0] == 'x' && hex_digit(escape[1]) >= 0 && hex_digit(escape[2]) >= 0) {
        out += static_cast<char>(hex_digit(escape[1]) * 16 + hex_digit(escape[2]));
        return 3;
    }
    out += '\\';
    return 0;
}

bool is_open(char c) { return c == '{' || c == '[' || c == '('; }
bool is_close(char c) { return c == '}' || c == ']' || c == ')'; }

/// The index after the quoted text that begins at `at`, or npos when its end is missing.
std::size_t after_quotes(std::string_view text, std::size_t at) {
    const char quote = text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\') {
            ++at;
        } else if (text[at] == quote) {
            return at + 1;
        }
    }
    return std::string_view::npos;
}

}  // namespace diff_detail

/// The text that a stringified string ("\"a\\n\"") stands for; false when the value is no quoted string.
bool unquote(std::string_view value, std::string& text) {
    if (value.size() < 2 || value.front() != '"') return false;
    if (diff_detail::after_quotes(value, 0) != value.size()) return false;
    value = value.substr(1, value.size() - 2);
    text.clear();
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\') {
            i += diff_detail::append_unescaped(text, value.substr(i + 1));
        } else {
            text += value[i];
        }
    }
    return true;
}

/// The elements of a stringified container ("{1, 2}" or "[1, 2]"); false when the value does not look like one.
bool split_elements(std::string_view value, text_parts& elements) {
    using namespace diff_detail;
    if (value.size() < 2 ||
        !((value.front() == '{' && value.back() == '}') || (value.front() == '[' && value.back() == ']'))) {
        return false;
    }
    value = value.substr(1, value.size() - 2);
    elements.clear();
    std::size_t begin = 0;
    std::size_t depth = 0;
    for (std::size_t i = 0; i < value.size();) {
        const char c = value[i];
        if (c == '"' || c == '\'') {
            i = after_quotes(value, i);
            if (i == std::string_view::npos) return false;
            continue;
        }
        if (is_close(c) && depth-- == 0) return false;
        if (is_open(c)) ++depth;
        if (c == ',' && depth == 0) {
            elements.push_back(value.substr(begin, i - begin));
            begin = std::min(value.size(), value.find_first_not_of(' ', i + 1));
            i = begin;
            continue;
        }
        ++i;
    }
    if (depth != 0) return false;
    if (begin < value.size()) elements.push_back(value.substr(begin));
    return true;
}

}  // namespace cordon::engine::report

#include <algorithm>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Writes the two sides of a comparison, so that what differs is found at a glance.
class value_writer {
  public:
    static constexpr std::size_t label_indent = 6;
    static constexpr std::size_t label_width = 10;

    value_writer(std::string& out, const theme& look, std::size_t width, bool verbose)
        : out_(out), look_(look), verbose_(verbose) {
        constexpr std::size_t narrowest = 24;
        const std::size_t indent = label_indent + label_width;
        room_ = width > indent + narrowest ? width - indent : narrowest;
    }

    /// "left", "right" with what lies between them, or both in one line where they are short.
    void comparison(std::string_view left, std::string_view op, std::string_view right);

    /// A label and text of any length; further lines stand under the first.
    void labelled(std::string_view label, std::string_view text, std::string_view color = {});

  private:
    void label(std::string_view text);
    void line_diff(std::string_view left, std::string_view right);
    void element_diff(const text_parts& left, const text_parts& right);
    void steps(const vector<diff_step>& all, const text_parts& left, const text_parts& right, std::size_t base,
               std::size_t context);
    void step(const diff_step& what, const text_parts& left, const text_parts& right, std::size_t base);
    void equal_parts(std::size_t count);
    void pair(std::string_view left, std::string_view right);
    void side(std::string_view name, std::string_view text, std::size_t begin, std::size_t end, std::string_view color);
    void marks(std::string_view left, std::string_view right, differing_stretch where);

    std::string& out_;
    const theme& look_;
    bool verbose_;
    std::size_t room_;
};

void value_writer::label(std::string_view text) {
    out_.append(label_indent, ' ');
    out_ += look_.dim;
    out_ += text;
    out_ += look_.reset;
    out_.append(text.size() < label_width ? label_width - text.size() : 1, ' ');
}

void value_writer::labelled(std::string_view name, std::string_view text, std::string_view color) {
    const std::size_t most_lines = verbose_ ? 2000 : 40;
    constexpr std::size_t most_bytes = 4000;
    std::size_t line = 0;
    do {
        if (line == most_lines) {
            out_.append(label_indent + label_width, ' ');
            out_ += "[... " + counted(text.size(), "byte") + " left out ...]\n";
            return;
        }
        if (line == 0) {
            label(name);
        } else {
            out_.append(label_indent + label_width, ' ');
        }
        const std::string_view whole = take_line(text);
        const std::size_t cut = whole.size() > most_bytes ? code_point_start(whole, most_bytes) : whole.size();
        out_ += color;
        append_printable(out_, whole.substr(0, cut));
        if (!color.empty()) out_ += look_.reset;
        if (cut != whole.size()) out_ += " [... " + counted(whole.size() - cut, "byte") + " left out ...]";
        out_ += '\n';
        ++line;
    } while (!text.empty());
}

void value_writer::comparison(std::string_view left, std::string_view op, std::string_view right) {
    const bool broken = left.find('\n') != std::string_view::npos || right.find('\n') != std::string_view::npos;
    if (op != "==") {
        std::string both;
        both.append(left).append(" ").append(op).append(" ").append(right);
        if (!broken && width_of(both) <= room_) return labelled("values", both);
        labelled("left", left);
        return labelled("right", right);
    }
    std::string left_text;
    std::string right_text;
    if (unquote(left, left_text) && unquote(right, right_text)) {
        const bool lines = left_text.find('\n') != std::string::npos || right_text.find('\n') != std::string::npos;
        return lines ? line_diff(left_text, right_text) : pair(left, right);
    }
    if (broken) return line_diff(left, right);
    text_parts left_parts;
    text_parts right_parts;
    const bool containers = split_elements(left, left_parts) && split_elements(right, right_parts);
    const bool fits = width_of(left) <= room_ && width_of(right) <= room_;
    if (containers && !fits) return element_diff(left_parts, right_parts);
    if (!containers && left.size() + right.size() <= 24) {
        return labelled("values", std::string(left) + " == " + std::string(right));
    }
    pair(left, right);
}

void value_writer::line_diff(std::string_view left, std::string_view right) {
    const text_parts left_lines = lines_of(left);
    const text_parts right_lines = lines_of(right);
    label("diff");
    out_ += look_.red;
    out_ += "- left";
    out_ += look_.reset;
    out_ += "  ";
    out_ += look_.green;
    out_ += "+ right";
    out_ += look_.reset;
    out_ += '\n';
    steps(difference(left_lines, right_lines), left_lines, right_lines, 1, 3);
}

void value_writer::element_diff(const text_parts& left, const text_parts& right) {
    label("diff");
    out_ += look_.red;
    out_ += "- left";
    out_ += look_.reset;
    out_ += " (" + counted(left.size(), "element") + ")  ";
    out_ += look_.green;
    out_ += "+ right";
    out_ += look_.reset;
    out_ += " (" + counted(right.size()) + ")\n";
    steps(difference(left, right), left, right, 0, 1);
}

void value_writer::equal_parts(std::size_t count) {
    out_.append(label_indent + label_width - 2, ' ');
    out_ += look_.dim;
    out_ += look_.ellipsis;
    out_ += ' ' + counted(count) + " equal";
    out_ += look_.reset;
    out_ += '\n';
}

/// Changes with `context` equal parts around them; in each run of changes the removals come first.
void value_writer::steps(const vector<diff_step>& all, const text_parts& left, const text_parts& right,
                         std::size_t base, std::size_t context) {
    std::size_t budget = verbose_ ? 2000 : 60;
    std::size_t at = 0;
    while (at < all.size() && budget > 0) {
        std::size_t end = at;
        const bool same = all[at].what == edit::keep;
        while (end < all.size() && (all[end].what == edit::keep) == same) {
            ++end;
        }
        const std::size_t before = at == 0 ? 0 : context;
        const std::size_t after = end == all.size() ? 0 : context;
        if (!same) {
            for (const edit wanted : {edit::remove, edit::insert}) {
                for (std::size_t i = at; i < end && budget > 0; ++i) {
                    if (all[i].what != wanted) continue;
                    step(all[i], left, right, base);
                    --budget;
                }
            }
        } else {
            const bool hide = end - at > before + after + 1;
            for (std::size_t i = at; i < end; ++i) {
                if (hide && i == at + before) {
                    equal_parts(end - at - before - after);
                    i = end - after;
                    if (i == end) break;
                }
                step(all[i], left, right, base);
            }
        }
        at = end;
    }
    if (at < all.size() || budget == 0) {
        out_.append(label_indent + label_width, ' ');
        out_ += "[... the rest of the differences is left out ...]\n";
    }
}

void value_writer::step(const diff_step& what, const text_parts& left, const text_parts& right, std::size_t base) {
    const bool inserted = what.what == edit::insert;
    std::string_view text = inserted ? right[what.right] : left[what.left];
    const std::string number = std::to_string((inserted ? what.right : what.left) + base);
    out_.append(label_indent + (number.size() < label_width - 3 ? label_width - 3 - number.size() : 0), ' ');
    out_ += look_.dim;
    out_ += number;
    out_ += look_.reset;
    const std::string_view color = what.what == edit::keep ? std::string_view() : inserted ? look_.green : look_.red;
    out_ += color;
    out_ += what.what == edit::keep ? "   " : inserted ? " + " : " - ";
    const bool ended = !text.empty() && text.back() == '\n';
    if (ended) text.remove_suffix(1);
    constexpr std::size_t most_bytes = 4000;
    std::string shown = shortened(printable(text.substr(0, most_bytes)), 2 * room_, look_.ellipsis);
    // Blanks at the end of a changed line would not be seen.
    if (what.what != edit::keep && !shown.empty() && shown.back() == ' ') shown.replace(shown.size() - 1, 1, "\\x20");
    out_ += shown;
    if (!color.empty()) out_ += look_.reset;
    if (base == 1 && !ended && what.what != edit::keep) out_ += " (no line end)";
    out_ += '\n';
}

/// Both in lines of their own, cut to the neighbourhood of what differs, which is marked below.
void value_writer::pair(std::string_view left, std::string_view right) {
    const std::string left_shown = printable(left);
    const std::string right_shown = printable(right);
    differing_stretch where = stretch_between(left_shown, right_shown);
    const bool fits = width_of(left_shown) <= room_ && width_of(right_shown) <= room_;
    if (fits) {
        side("left", left_shown, where.begin, where.left_end, look_.red);
        side("right", right_shown, where.begin, where.right_end, look_.green);
        return marks(left_shown, right_shown, where);
    }
    std::size_t cut = where.begin > room_ / 3 ? code_point_start(left_shown, where.begin - room_ / 3) : 0;
    const std::string lead = cut == 0 ? "" : std::string(look_.ellipsis);
    const std::string left_cut = shortened(lead + left_shown.substr(cut), room_, look_.ellipsis);
    const std::string right_cut = shortened(lead + right_shown.substr(cut), room_, look_.ellipsis);
    const auto moved = [&](std::size_t at, const std::string& in) {
        return std::min(at - cut + lead.size(), in.size());
    };
    const differing_stretch shown{moved(where.begin, left_cut), moved(where.left_end, left_cut),
                                  moved(where.right_end, right_cut)};
    side("left", left_cut, shown.begin, shown.left_end, look_.red);
    side("right", right_cut, shown.begin, shown.right_end, look_.green);
    marks(left_cut, right_cut, shown);
    label("sizes");
    out_ += counted(left.size()) + " and " + counted(right.size(), "byte") + ", alike up to byte " +
            counted(where.begin) + "\n";
}

void value_writer::side(std::string_view name, std::string_view text, std::size_t begin, std::size_t end,
                        std::string_view color) {
    label(name);
    out_ += text.substr(0, begin);
    if (begin != end) {
        out_ += color;
        out_ += text.substr(begin, end - begin);
        if (!color.empty()) out_ += look_.reset;
    }
    out_ += text.substr(end);
    out_ += '\n';
}

void value_writer::marks(std::string_view left, std::string_view right, differing_stretch where) {
    const std::size_t longer = std::max(width_of(left.substr(where.begin, where.left_end - where.begin)),
                                        width_of(right.substr(where.begin, where.right_end - where.begin)));
    const std::size_t whole = std::max(width_of(left), width_of(right));
    // Nothing is pointed out by marks under everything.
    if (longer == 0 || longer * 4 > whole * 3) return;
    out_.append(label_indent + label_width + width_of(left.substr(0, where.begin)), ' ');
    out_ += look_.yellow;
    out_.append(longer, '^');
    out_ += look_.reset;
    out_ += '\n';
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/output_lines.hpp ----

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Puts lines together from pieces of two streams, so that a line of one is not torn by the other. A line counts as
/// arrived when its end does.
class line_joiner {
  public:
    /// Calls use(stream, line) for each line that is complete. Very long lines come in parts.
    template <class Use>
    void add(stream from, std::string_view text, Use&& use) {
        std::string& rest = rest_[static_cast<std::size_t>(from)];
        std::size_t end;
        while ((end = text.find('\n')) != std::string_view::npos) {
            const std::string_view line = text.substr(0, end);
            if (rest.empty()) {
                use(from, without_return(line));
            } else {
                rest += line;
                use(from, without_return(rest));
                rest.clear();
            }
            text.remove_prefix(end + 1);
        }
        rest += text;
        if (rest.size() > longest) give(from, use);
    }

    /// Gives out lines that never got an end.
    template <class Use>
    void finish(Use&& use) {
        give(stream::out, use);
        give(stream::err, use);
    }

  private:
    static constexpr std::size_t longest = 64 * 1024;

    static std::string_view without_return(std::string_view line) {
        if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
        return line;
    }

    template <class Use>
    void give(stream from, Use&& use) {
        std::string& rest = rest_[static_cast<std::size_t>(from)];
        if (!rest.empty()) use(from, std::string_view(rest));
        rest.clear();
    }

    std::string rest_[2];
};

/// Calls line(stream, text) for each line of what a test printed, in order, and gap(bytes) where something was left
/// out.
template <class Line, class Gap>
void each_output_line(const captured_output& output, Line&& line, Gap&& gap) {
    line_joiner joiner;
    for (const output_piece& piece : output.pieces) {
        if (piece.dropped_before != 0) {
            joiner.finish(line);
            gap(piece.dropped_before);
        }
        joiner.add(piece.from, piece.text, line);
    }
    joiner.finish(line);
}

}  // namespace cordon::engine::report

#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Writes what went wrong in one attempt: its failures, then what it printed.
class failure_writer {
  public:
    failure_writer(std::string& out, const console_style& style, const theme& look, std::size_t width)
        : out_(out), style_(style), look_(look), values_(out, look, width, style.verbose) {}

    /// All failures of an attempt. Warnings of WARN are among them.
    void failures(const attempt_result& attempt);
    /// What it should have taken away itself.
    void left_behind(const leftovers& left);
    /// What the attempt printed, the streams apart by their labels and together in order.
    void output(const captured_output& printed);

  private:
    void one(const failure& wrong);
    void heading(const failure& wrong, std::string_view& message);
    void values(const failure& wrong);
    void output_line(std::string_view label, std::string_view color, std::string_view text);
    void output_gap(const std::string& what);

    std::string& out_;
    const console_style& style_;
    const theme& look_;
    value_writer values_;
};

void failure_writer::failures(const attempt_result& attempt) {
    const std::size_t most = style_.verbose ? 1000 : 20;
    std::uint64_t left_out = attempt.failures_dropped;
    for (std::size_t i = 0; i < attempt.failures.size(); ++i) {
        if (i >= most) {
            left_out += attempt.failures.size() - i;
            break;
        }
        one(attempt.failures[i]);
    }
    if (left_out != 0) {
        out_ += "\n    [... " + counted(left_out, "more failure") + " left out ...]\n";
    }
}

void failure_writer::left_behind(const leftovers& left) {
    const std::size_t most = style_.verbose ? left.items.size() : 10;
    std::size_t shown = 0;
    for (const leftover& each : left.items) {
        if (each.kind == leftover_kind::file) continue;
        if (shown == 0) out_ += '\n';
        if (++shown <= most) values_.labelled("left", leftover_in_words(each));
    }
    if (shown > most) values_.labelled("", counted(shown - most) + " more");
}

void failure_writer::one(const failure& wrong) {
    out_ += '\n';
    std::string_view message = wrong.message;
    heading(wrong, message);
    if (!wrong.subcase.empty()) {
        std::string path;
        for (const std::string& name : wrong.subcase) {
            if (!path.empty()) path += look_.arrow;
            path += name;
        }
        values_.labelled("subcase", path);
    }
    values(wrong);
    if (!message.empty()) {
        const bool begun_above = message.size() != wrong.message.size();
        const char* label = wrong.kind == failure_kind::exception ? "exception" : "message";
        values_.labelled(begun_above ? "" : label, message);
    }
    for (const std::string& line : wrong.info) {
        values_.labelled("info", line);
    }
}

/// "tests/a.cpp:12  CHECK(a == b)". Where no macro was involved, the first line of the message says what it was and is
/// taken off.
void failure_writer::heading(const failure& wrong, std::string_view& message) {
    out_ += "    ";
    if (!wrong.file.empty()) {
        out_ += look_.cyan;
        append_place(out_, wrong.file, wrong.line);
        out_ += look_.reset;
        out_ += "  ";
    }
    if (wrong.kind == failure_kind::warning) {
        out_ += look_.yellow;
        out_ += "warning  ";
        out_ += look_.reset;
    }
    if (wrong.macro.empty()) {
        const std::string_view what =
            wrong.expression.empty() ? take_line(message) : std::string_view(wrong.expression);
        append_printable(out_, what.empty() ? name_of(wrong.kind) : what);
    } else {
        append_printable(out_, wrong.macro);
        // FAIL("why"): its argument is the message, which follows.
        const bool said_below = wrong.kind == failure_kind::explicit_ && !message.empty();
        if (!wrong.expression.empty() && !said_below) {
            out_ += '(';
            append_printable(out_, wrong.expression);
            out_ += ')';
        }
    }
    out_ += '\n';
}

void failure_writer::values(const failure& wrong) {
    if (!wrong.op.empty()) {
        values_.comparison(wrong.left, wrong.op, wrong.right);
    } else if (!wrong.left.empty()) {
        values_.labelled("value", wrong.left);
    }
}

void failure_writer::output(const captured_output& printed) {
    std::size_t total = 0;
    const auto count = [&](stream, std::string_view) { ++total; };
    each_output_line(printed, count, [](std::uint64_t) {});
    if (total == 0 && !printed.truncated()) return;

    const std::size_t head = style_.verbose ? total : 20;
    const std::size_t tail = 60;
    std::size_t at = 0;
    out_ += '\n';
    const auto show = [&](stream from, std::string_view text) {
        const std::size_t index = at++;
        if (total > head + tail && index >= head && index < total - tail) {
            if (index == head) output_gap(counted(total - head - tail, "line") + " left out; -v shows them");
            return;
        }
        const bool err = from == stream::err;
        output_line(err ? "stderr" : "stdout", err ? look_.yellow : look_.dim, text);
    };
    each_output_line(printed, show, [&](std::uint64_t bytes) { output_gap(counted(bytes, "byte") + " left out"); });
}

void failure_writer::output_line(std::string_view label, std::string_view color, std::string_view text) {
    constexpr std::size_t most_bytes = 2000;
    out_ += "    ";
    out_ += color;
    out_ += label;
    out_ += ' ';
    out_ += look_.line;
    out_ += look_.reset;
    out_ += ' ';
    const std::size_t cut = text.size() > most_bytes ? code_point_start(text, most_bytes) : text.size();
    const std::size_t before = out_.size();
    append_printable(out_, text.substr(0, cut), style_.color ? color_escapes::kept : color_escapes::dropped, true);
    if (style_.color && out_.find('\x1b', before) != std::string::npos) out_ += look_.reset;
    if (cut != text.size()) out_ += " [... " + counted(text.size() - cut, "byte") + " left out ...]";
    out_ += '\n';
}

void failure_writer::output_gap(const std::string& what) {
    out_ += "           ";
    out_ += look_.line;
    out_ += " [... " + what + " ...]\n";
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/console_flake.hpp ----

#include <string>
#include <string_view>

namespace cordon::engine::report {

namespace console_flake_detail {

class flake_writer {
  public:
    flake_writer(std::string& out, const theme& look, std::size_t width) : out_(out), look_(look), width_(width) {}

    void write(const flake_summary& found) {
        line("runs", rates(found));
        for (const flake_signature& each : found.signatures)
            line("", counted(each.count) + " x  " + printable(each.text));
        if (!found.explanation.empty()) line("cause", found.category + ": " + found.explanation);
        for (const flake_trial& each : found.trials) {
            if (each.moved) line("moved by", trial(each));
        }
        names("polluter", found.polluters);
        names("cleaner", found.cleaners);
        names("needs", found.state_setters);
        if (found.repro.empty()) return;
        line("again", found.repro);
        line("", "reproduced " + counted(found.repro_failures) + " of " + counted(found.repro_runs));
    }

  private:
    static std::string rates(const flake_summary& found) {
        std::string text = counted(found.failures) + " of " + counted(found.runs) + " failed";
        if (found.failures != 0 && found.failures != found.runs) {
            text += ": " + rate_text(found.rate()) + ", 95 % sure from " + rate_text(found.low) + " to " +
                    rate_text(found.high);
        }
        return found.workers == 0 ? text : text + ", over " + counted(found.workers, "worker");
    }

    static std::string trial(const flake_trial& each) {
        return each.condition + ": " + counted(each.failures) + " of " + counted(each.runs) +
               " failed; by accident: " + rate_text(each.chance);
    }

    void names(std::string_view title, const vector<std::string>& tests) {
        constexpr std::size_t most = 8;
        for (std::size_t i = 0; i < tests.size() && i < most; ++i)
            line(i == 0 ? title : "", printable(tests[i]));
        if (tests.size() > most) line("", "and " + counted(tests.size() - most) + " more");
    }

    void line(std::string_view title, std::string_view text) {
        const std::size_t indent = width_ < 60 ? 4 : 20;
        out_.append(indent, ' ');
        out_ += look_.dim;
        out_ += title;
        out_ += look_.reset;
        out_.append(title.size() < 10 ? 10 - title.size() : 1, ' ');
        out_ += text;
        out_ += '\n';
    }

    std::string& out_;
    const theme& look_;
    std::size_t width_;
};

}  // namespace console_flake_detail

/// What repeated runs have shown of a test that failed in some.
void write_flake(std::string& out, const flake_summary& found, const theme& look, std::size_t width) {
    console_flake_detail::flake_writer(out, look, width).write(found);
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/console_page.hpp ----

#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::report {

/// The last attempt of a test that there is something to say about, kept until the verdict is known.
struct kept_attempt {
    attempt_result result;
    std::string earlier;  ///< lines on the attempts before it
};

/// What the console report is writing, with what it knows of the run, and the lines that tests have in it.
class console_page {
  public:
    explicit console_page(console_style chosen)
        : style(std::move(chosen)), look(theme_of(style)), counts(style.slowest) {}

    /// What the run is, above everything.
    void heading(const run_started& started);
    /// Word, time and name, without the end of the line.
    void verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took,
                      bool stands_out = false);
    /// Behind the name: the reason of a verdict, and that the test was slow.
    void remarks(const test_finished& test);
    /// Under the verdict's line: where the test is and how it ended, in words.
    void details(const test_finished& test, const kept_attempt& kept, std::size_t width);
    /// With -v: what the attempt used.
    void measures(const attempt_result& attempt);

    std::string_view color_of(verdict what) const;
    duration slow_after(std::size_t test) const { return list->tests[test].slow_after.value_or(run.slow_after); }
    bool knows(std::size_t test) const { return list && test < list->tests.size(); }
    /// Text of the page's own, dimmed.
    void add_dim(std::string_view words);

    const console_style style;
    const theme look;
    tally counts;
    run_info run;
    std::shared_ptr<const test_list> list;  ///< null before the run has started
    std::string text;

  private:
    void slow_remark(const test_finished& test);
};

void console_page::add_dim(std::string_view words) {
    text += look.dim;
    text += words;
    text += look.reset;
}

void console_page::heading(const run_started& started) {
    constexpr std::string_view modes[] = {"", "fork", "exec", "shard", "none"};
    text += "  ";
    text += look.bold;
    text += "cordon";
    text += look.reset;
    text += "  " + counted(started.selected.size(), "test");
    if (run.filtered_out != 0) text += " (" + counted(run.filtered_out) + " filtered out)";

    std::string more;
    const auto add = [&](std::string_view words) { more.append(look.dot).append(words); };
    add(run.isolation == isolate::none ? "no isolation" : counted(run.jobs, "worker"));
    if (run.isolation != isolate::none) add(modes[static_cast<std::size_t>(run.isolation)]);
    if (run.shard) add("shard " + std::to_string(run.shard->index) + "/" + std::to_string(run.shard->count));
    if (run.shuffled) add("seed " + std::to_string(run.seed));
    add_dim(more);
    text += "\n\n";
}

void console_page::verdict_line(std::string_view word, std::string_view color, std::size_t test, duration took,
                                bool stands_out) {
    text.append(word.size() < 9 ? 9 - word.size() : 0, ' ');
    text += color;
    text += word;
    text += look.reset;
    text += "  ";
    if (took.count() > 0) {
        append_duration_column(text, took);
    } else {
        text.append(7, ' ');
    }
    text += "  ";
    if (!knows(test)) return;
    const test_info& info = list->tests[test];
    constexpr std::size_t longest = 400;
    if (stands_out) text += look.bold;
    if (info.suite.size() + info.name.size() <= longest) {
        append_title(text, info, look.arrow);
    } else {
        std::string title;
        append_title(title, info, look.arrow);
        text += shortened(title, longest, look.ellipsis);
    }
    if (stands_out) text += look.reset;
}

void console_page::remarks(const test_finished& test) {
    std::string remark;
    if (test.what == verdict::quarantined) remark = "quarantined";
    if (test.what == verdict::unexpected_pass) remark = "passed, though it was declared to fail";
    if (!test.reason.empty()) {
        if (!remark.empty()) remark += ": ";
        append_printable(remark, test.reason);
    }
    if (!remark.empty()) add_dim("  (" + remark + ")");
    slow_remark(test);
}

void console_page::slow_remark(const test_finished& test) {
    const duration took = counts.time_of(test.test);
    if (took.count() == 0 || !knows(test.test)) return;
    const duration limit = slow_after(test.test);
    if (limit.count() <= 0 || took <= limit) return;
    text += look.yellow;
    text += "  slow: over " + duration_text(limit);
    text += look.reset;
}

void console_page::details(const test_finished& test, const kept_attempt& kept, std::size_t width) {
    const std::string indent(width < 60 ? 4 : 20, ' ');
    text += indent;
    if (knows(test.test)) {
        std::string place;
        append_place(place, list->tests[test.test].file, list->tests[test.test].line);
        add_dim(place.append(look.dot));
    }
    text += ending_in_words(kept.result);
    if (kept.result.number > 1 || test.what == verdict::flaky) {
        text += " (attempt " + std::to_string(kept.result.number) + ")";
    }
    text += '\n';
    if (style.verbose) {
        text += indent;
        measures(kept.result);
        text += '\n';
    }
    std::string_view earlier = kept.earlier;
    while (!earlier.empty()) {
        text += indent;
        add_dim(take_line(earlier));
        text += '\n';
    }
}

void console_page::measures(const attempt_result& attempt) {
    std::string used = counted(attempt.assertions, "assertion");
    const resource_usage& usage = attempt.usage;
    used += ", cpu " + duration_text(usage.user) + " user, " + duration_text(usage.system) + " system";
    if (usage.max_rss_bytes != 0) {
        used += ", " + size_text(usage.max_rss_bytes);
        used += ", " + counted(usage.minor_faults + usage.major_faults, "fault");
        used += ", " + counted(usage.voluntary_switches + usage.involuntary_switches) + " switches";
    }
    if (attempt.spawn.count() > 0) used += ", spawn " + duration_text(attempt.spawn);
    if (attempt.cleanup.count() > 0) used += ", clean-up " + duration_text(attempt.cleanup);
    used += ", slot " + std::to_string(attempt.slot);
    if (attempt.pid != 0) used += ", pid " + std::to_string(attempt.pid);
    add_dim(used);
}

std::string_view console_page::color_of(verdict what) const {
    switch (what) {
        case verdict::passed:
            return look.green;
        case verdict::failed:
        case verdict::unexpected_pass:
        case verdict::lost:
            return look.red;
        case verdict::flaky:
            return look.yellow;
        default:
            return look.dim;
    }
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/console_summary.hpp ----

// ---- cordon/engine/report/rerun.hpp ----

// ---- cordon/engine/base/glob.hpp ----

#include <cstddef>
#include <string>
#include <string_view>

// Globs: `*` is any text, `?` any one byte, a backslash takes the next character as it is. There are no folders here,
// so
// `*` matches '/' as well.

namespace cordon::engine {

/// Whether `text` has a wildcard that is not escaped.
bool has_wildcard(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\') {
            ++i;
        } else if (text[i] == '*' || text[i] == '?') {
            return true;
        }
    }
    return false;
}

/// `glob` without its backslashes: what a glob without wildcards stands for.
std::string unescape_glob(std::string_view glob) {
    std::string text;
    for (std::size_t i = 0; i < glob.size(); ++i) {
        if (glob[i] == '\\' && i + 1 < glob.size()) ++i;
        text += glob[i];
    }
    return text;
}

/// A glob that matches `text` and nothing else, also as an argument in the filter language: name(...).
std::string escape_glob(std::string_view text) {
    std::string glob;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool edge = i == 0 || i + 1 == text.size();
        const bool trimmed = edge && (text[i] == ' ' || text[i] == '\t' || text[i] == '\n' || text[i] == '\r');
        if (trimmed || std::string_view("*?\\()").find(text[i]) != std::string_view::npos) glob += '\\';
        glob += text[i];
    }
    return glob;
}

/// Whether the whole of `text` matches. Remembers only the last star, which is enough, so the time is at most
/// |glob| * |text| and hostile globs do no harm.
bool glob_matches(std::string_view glob, std::string_view text) {
    std::size_t g = 0, t = 0;
    std::size_t after_star = std::string_view::npos, star_took_to = 0;
    while (t < text.size()) {
        if (g < glob.size() && glob[g] == '*') {
            after_star = ++g;
            star_took_to = t;
            continue;
        }
        const bool escaped = g + 1 < glob.size() && glob[g] == '\\';
        const std::size_t literal = g + (escaped ? 1 : 0);
        if (literal < glob.size() && (glob[literal] == text[t] || (!escaped && glob[literal] == '?'))) {
            g = literal + 1;
            ++t;
        } else if (after_star != std::string_view::npos) {
            g = after_star;
            t = ++star_took_to;
        } else {
            return false;
        }
    }
    while (g < glob.size() && glob[g] == '*')
        ++g;
    return g == glob.size();
}

}  // namespace cordon::engine

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::report {

namespace rerun_detail {

void append_escaped(std::string& out, char c) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte >= 0x7F) {
        text_detail::append_hex(out, "\\x", byte, 2);
    } else {
        if (c == '\'' || c == '\\') out += '\\';
        out += c;
    }
}

/// How many tests have `text` in their full name, counted up to two.
std::size_t holders(const test_list& list, std::string_view text) {
    std::size_t found = 0;
    for (const test_info& test : list.tests) {
        const bool holds = test.name.find(text) != std::string_view::npos ||
                           (!test.suite.empty() && full_name_of(test).find(text) != std::string::npos);
        if (holds && ++found == 2) break;
    }
    return found;
}

/// A bare pattern means every test whose full name holds it: the name where that is enough, the full name where that
/// is, or nothing.
std::string pattern_of(const test_list& list, const test_info& test) {
    const std::string full = full_name_of(test);
    for (const std::string_view text : {test.name, std::string_view(full)}) {
        if (text.empty() || text.front() == '-' || holders(list, text) != 1) continue;
        std::string pattern;
        for (const char c : text) {
            if (c == '*' || c == '?' || c == '\\') pattern += '\\';
            pattern += c;
        }
        return pattern;
    }
    return {};
}

/// The same in the filter language, which can be exact where one test's name is a part of another's.
std::string filter_of(const test_info& test) {
    std::string expression = "name(" + escape_glob(test.name) + ")";
    return expression + (test.suite.empty() ? " & !suite(?*)" : " & suite(" + escape_glob(test.suite) + ")");
}

}  // namespace rerun_detail

/// A word as a POSIX shell reads it back. Where the word cannot be printed it is written as $'\x1b', which the usual
/// interactive shells know.
std::string shell_word(std::string_view word) {
    constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./:=,+@%";
    if (!word.empty() && word.find_first_not_of(safe) == std::string_view::npos) return std::string(word);
    const bool spelled = printable(word) != word;
    std::string quoted = spelled ? "$'" : "'";
    for (const char c : word) {
        if (spelled) {
            rerun_detail::append_escaped(quoted, c);
        } else if (c == '\'') {
            quoted += "'\\''";
        } else {
            quoted += c;
        }
    }
    return quoted + "'";
}

/// A command line that runs just these tests again.
std::string rerun_command(std::string_view program, const test_list& list, const vector<std::size_t>& tests) {
    std::string command = shell_word(program);
    std::string patterns;
    for (const std::size_t test : tests) {
        const std::string pattern = rerun_detail::pattern_of(list, list.tests[test]);
        if (pattern.empty()) {
            patterns.clear();
            break;
        }
        patterns += ' ' + shell_word(pattern);
    }
    if (!patterns.empty()) return command + patterns;
    std::string expression;
    for (const std::size_t test : tests) {
        if (!expression.empty()) expression += " | ";
        expression += rerun_detail::filter_of(list.tests[test]);
    }
    return command + " -f " + shell_word(expression);
}

}  // namespace cordon::engine::report

#include <algorithm>
#include <cstdio>
#include <string>

namespace cordon::engine::report {

/// The end of the console report.
class summary_writer {
  public:
    summary_writer(std::string& out, const console_style& style, const theme& look, std::size_t width,
                   const run_info& run, const test_list& list, const tally& counts)
        : out_(out), style_(style), look_(look), width_(width), run_(run), list_(list), counts_(counts) {}

    void write();

  private:
    struct entry {
        std::string word;
        std::string_view color;
        std::size_t test;
        std::string remark;
    };

    void section(std::string_view title);
    void noted(std::string_view title, std::string_view color, verdict which, verdict also);
    void row(const entry& line, std::size_t column);
    void rows(std::string_view title, const vector<entry>& lines);
    void left_behind();
    void leftovers_of(const leftovers& left);
    std::string title_of(std::size_t test) const;
    std::size_t column_for(const vector<entry>& lines) const;
    void slowest();
    void rerun();
    void verdicts();
    void retries();
    void figures();
    void totals();
    void stopped();
    std::string remark_on(const noted_test& test) const;
    duration slow_after(std::size_t test) const;

    std::string& out_;
    const console_style& style_;
    const theme& look_;
    std::size_t width_;
    const run_info& run_;
    const test_list& list_;
    const tally& counts_;
};

void summary_writer::write() {
    if (!style_.quiet) {
        noted("Lost", look_.red, verdict::lost, verdict::lost);
        noted("Failed", look_.red, verdict::failed, verdict::unexpected_pass);
        noted("Flaky", look_.yellow, verdict::flaky, verdict::flaky);
        if (style_.verbose) noted("Known", look_.dim, verdict::known_failure, verdict::quarantined);
        left_behind();
        slowest();
        rerun();
        out_ += '\n';
    }
    stopped();
    verdicts();
    retries();
    figures();
}

void summary_writer::section(std::string_view title) {
    out_ += "\n  ";
    out_ += look_.bold;
    out_ += title;
    out_ += look_.reset;
    out_ += '\n';
}

void summary_writer::noted(std::string_view title, std::string_view color, verdict which, verdict also) {
    const std::size_t most = style_.verbose ? counts_.noted().size() : 30;
    std::size_t found = 0;
    vector<entry> lines;
    for (const noted_test& test : counts_.noted()) {
        if (test.what != which && test.what != also) continue;
        if (test.test >= list_.tests.size() || found++ >= most) continue;
        lines.push_back({std::string(word_of(test.what, test.how)), color, test.test, remark_on(test)});
    }
    rows(title, lines);
    if (found > most) out_ += "           and " + counted(found - most) + " more\n";
}

void summary_writer::rows(std::string_view title, const vector<entry>& lines) {
    // A run of one test has said it all already.
    if (lines.empty() || counts_.selected() == 1) return;
    section(title);
    const std::size_t column = column_for(lines);
    for (const entry& line : lines) {
        row(line, column);
    }
}

/// Tests that passed, and what they should have taken away. With --leaks=fail they are among the failed ones.
void summary_writer::left_behind() {
    if (counts_.leaky() == 0 || run_.leaks != leak_policy::warn) return;
    const std::size_t most = style_.verbose ? counts_.first_leaky().size() : 20;
    section("Left behind (--leaks=fail makes these failures)");
    std::size_t shown = 0;
    for (const leaky_test& each : counts_.first_leaky()) {
        if (each.test >= list_.tests.size() || shown == most) continue;
        ++shown;
        row({"leak", look_.yellow, each.test, leftovers_in_words(each.left)}, 0);
        leftovers_of(each.left);
    }
    if (counts_.leaky() > shown) out_ += "           and " + counted(counts_.leaky() - shown) + " more\n";
}

void summary_writer::leftovers_of(const leftovers& left) {
    const std::size_t most = style_.verbose ? left.items.size() : 5;
    std::size_t found = 0;
    for (const leftover& each : left.items) {
        if (each.kind == leftover_kind::file || found++ >= most) continue;
        out_ += "             ";
        out_ += look_.dim;
        out_ += shortened(leftover_in_words(each), std::max<std::size_t>(width_, 40) - 13, look_.ellipsis);
        out_ += look_.reset;
        out_ += '\n';
    }
    if (found > most) out_ += "             and " + counted(found - most) + " more\n";
}

/// Where the remarks of a section begin: behind the longest name, but not so far that no room is left for them.
std::size_t summary_writer::column_for(const vector<entry>& lines) const {
    std::size_t longest = 0;
    for (const entry& line : lines) {
        longest = std::max(longest, width_of(title_of(line.test)));
    }
    return std::min<std::size_t>(longest, std::max<std::size_t>(width_ / 2, 20));
}

std::string summary_writer::title_of(std::size_t test) const {
    std::string title;
    append_title(title, list_.tests[test], look_.arrow);
    return title;
}

/// One line, never wider than the terminal: what is said beside the name is cut first, then the name.
void summary_writer::row(const entry& line, std::size_t column) {
    out_.append(line.word.size() < 9 ? 9 - line.word.size() : 0, ' ');
    out_ += line.color;
    out_ += line.word;
    if (!line.color.empty()) out_ += look_.reset;
    out_ += "  ";
    const std::size_t room = std::max<std::size_t>(width_, 40) - 11;
    const std::string title = shortened(title_of(line.test), room, look_.ellipsis);
    out_ += title;
    std::size_t used = width_of(title);
    if (!line.remark.empty() && std::max(used, column) + 12 < room) {
        out_.append(column > used ? column - used + 2 : 2, ' ');
        used = std::max(used, column) + 2;
        out_ += look_.dim;
        out_ += shortened(line.remark, room - used, look_.ellipsis);
        out_ += look_.reset;
    }
    out_ += '\n';
}

std::string summary_writer::remark_on(const noted_test& test) const {
    std::string remark;
    if (!test.file.empty()) {
        append_place(remark, test.file, test.line);
    } else if (test.test < list_.tests.size()) {
        append_place(remark, list_.tests[test.test].file, list_.tests[test.test].line);
    }
    if (test.what == verdict::flaky && !test.repeated) {
        remark += look_.dot;
        remark += "failed, then passed";
    }
    if (!test.reason.empty()) {
        remark += look_.dot;
        append_printable(remark, test.reason);
    }
    return remark;
}

duration summary_writer::slow_after(std::size_t test) const {
    return list_.tests[test].slow_after.value_or(run_.slow_after);
}

void summary_writer::slowest() {
    const vector<timed_test> slow = counts_.slowest();
    // A handful of tests, or tests that take no time, have no slowest ones that anybody would look for.
    if (slow.empty() || slow.front().took < std::chrono::milliseconds(1) || counts_.finished() <= slow.size()) return;
    vector<entry> lines;
    for (const timed_test& test : slow) {
        if (test.test >= list_.tests.size()) continue;
        const duration limit = slow_after(test.test);
        const bool over = limit.count() > 0 && test.took > limit;
        lines.push_back({duration_text(test.took), over ? look_.yellow : look_.dim, test.test,
                         over ? "slow: over " + duration_text(limit) : ""});
    }
    rows("Slowest", lines);
}

void summary_writer::rerun() {
    constexpr std::size_t most = 30;
    constexpr std::size_t longest = 4000;
    vector<std::size_t> tests;
    for (const noted_test& test : counts_.noted()) {
        const bool again = test.what == verdict::failed || test.what == verdict::unexpected_pass ||
                           test.what == verdict::lost || test.what == verdict::flaky;
        if (again && test.test < list_.tests.size()) tests.push_back(test.test);
    }
    if (tests.empty()) return;
    const std::size_t all = tests.size();
    if (all > most) tests.resize(most);
    std::string command = rerun_command(run_.program, list_, tests);
    while (command.size() > longest && tests.size() > 1) {
        tests.resize(tests.size() / 2);
        command = rerun_command(run_.program, list_, tests);
    }
    section(all > tests.size() ? "Run the first " + std::to_string(tests.size()) + " of these again" : "Run again");
    out_ += "    " + command + "\n";
}

void summary_writer::stopped() {
    if (counts_.cancelled_by() == 0 && counts_.stopped_because().empty()) return;
    out_ += "  ";
    out_ += look_.yellow;
    if (counts_.cancelled_by() == 0) out_ += "stopped: ";
    append_printable(out_, counts_.stopped_because());
    out_ += look_.reset;
    out_ += '\n';
}

/// "  24 tests: 21 passed, 2 failed, 1 skipped"
void summary_writer::verdicts() {
    const bool bad = counts_.failed() + counts_.count(verdict::lost) != 0;
    out_ += "  ";
    out_ += look_.bold;
    out_ += counted(counts_.selected(), "test");
    out_ += look_.reset;
    std::string_view separator = ": ";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        if (counts_.count(what) == 0) continue;
        const bool red = what == verdict::failed || what == verdict::lost || what == verdict::unexpected_pass;
        const bool green = what == verdict::passed && !bad;
        out_ += separator;
        out_ += red ? look_.red : green ? look_.green : what == verdict::flaky ? look_.yellow : std::string_view();
        out_ += counted(counts_.count(what));
        out_ += ' ';
        out_ += phrase_of(what);
        out_ += look_.reset;
        separator = ", ";
    }
    if (style_.quiet) {
        out_ += ", " + duration_text(counts_.wall());
    }
    out_ += '\n';
}

/// "  retries: 7 of 4 tests, 3 recovered . after fail: 5, 2 recovered . after timeout: 2, 1 recovered"
void summary_writer::retries() {
    const retry_figures& tried = counts_.retries();
    if (style_.quiet || tried.tests == 0) return;
    const auto recovered = [](const retry_figures::row& of) {
        return ", " + (of.recovered == 0 ? "none" : counted(of.recovered)) + " recovered";
    };
    std::string classes;
    bool several = false;
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        const retry_figures::row& row = tried.by_class[i];
        if (row.retries == 0) continue;
        several = row.retries != tried.all.retries;
        classes.append(look_.dot).append("after ").append(name_of(static_cast<retry_class>(i)));
        if (several) classes += ": " + counted(row.retries) + recovered(row);
    }
    out_ += "  retries: " + counted(tried.all.retries) + " of " + counted(tried.tests, "test") + recovered(tried.all);
    out_ += look_.dim;
    out_ += classes;
    out_ += look_.reset;
    out_ += '\n';
}

/// "  120 assertions, 3 failed . 4.21 s, 1.9 x faster than one by one . seed 42"
void summary_writer::figures() {
    if (style_.quiet) return;
    out_ += "  ";
    out_ += look_.dim;
    out_ += counted(counts_.assertions(), "assertion");
    if (counts_.runs() != 0) out_ += " in the runs shown, of " + counted(counts_.runs(), "run");
    if (counts_.failed_assertions() != 0) out_ += ", " + counted(counts_.failed_assertions()) + " failed";
    out_ += look_.dot;
    out_ += duration_text(counts_.wall());
    if (counts_.workers_started() != 0) {
        out_ += " on " + counted(counts_.workers_started() - counts_.workers_replaced(), "worker");
        char faster[32];
        std::snprintf(faster, sizeof faster, ", speed-up %.1f", counts_.speedup());
        if (counts_.speedup() >= 1.05) out_ += faster;
    }
    if (run_.shuffled) {
        out_ += look_.dot;
        out_ += "seed " + std::to_string(run_.seed);
    }
    out_ += look_.reset;
    out_ += '\n';
    if (style_.verbose) totals();
}

/// "  cpu 1.20 s (0.80 s user, 0.40 s system) . at most 3.5 MiB a process . 2 workers started, 0 replaced, spawn 0.09
/// ms"
void summary_writer::totals() {
    const duration user = counts_.user_time();
    const duration system = counts_.system_time();
    std::string text = "cpu " + duration_text(user + system) + " (" + duration_text(user) + " user, " +
                       duration_text(system) + " system)";
    if (counts_.peak_rss_bytes() != 0) {
        text += look_.dot;
        text += "at most " + size_text(counts_.peak_rss_bytes()) + " a process";
    }
    if (counts_.workers_started() != 0) {
        text += look_.dot;
        text += counted(counts_.workers_started(), "worker") + " started, " + counted(counts_.workers_replaced()) +
                " replaced, mean spawn " + duration_text(counts_.mean_spawn());
    }
    out_ += "  ";
    out_ += look_.dim;
    out_ += text;
    out_ += look_.reset;
    out_ += '\n';
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/sink.hpp ----

namespace cordon::engine::report {

/// A consumer of events: a report format, a recorder, a listener.
class sink {
  public:
    virtual ~sink() = default;
    virtual void on(const event& happened) = 0;
    /// Called once after run_finished. An error here becomes exit code 4; the other sinks go on.
    virtual status finish() { return ok(); }
};

}  // namespace cordon::engine::report

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// The report for people. Text is gathered and written in batches: when something failed, at a tick, when 32 KiB are
/// full, at the end. Keeps nothing of a test that passed.
class console final : public sink {
  public:
    console(console_style style, text_output& output) : page_(std::move(style)), output_(output), bar_(page_.look) {}

    void on(const event& happened) override;
    status finish() override {
        flush();
        return ok();
    }

  private:
    struct live_output {
        std::size_t test;
        line_joiner lines;
    };

    void start(const run_started& run);
    void begin(const attempt_started& attempt);
    void end(const attempt_result& attempt);
    void conclude(const test_finished& test);
    void conclude_with(const test_finished& test, const kept_attempt& kept);
    void print_live(const output_arrived& arrived);
    void finish_live(std::size_t test);
    void say(const notice& what);
    const flake_summary* flake_of(std::size_t test) const;
    void say_lost(const worker_lost& worker);
    void pass_time(const tick& now);
    void sum_up();

    bool wants_line(verdict what) const;
    bool wants_details(verdict what) const;
    bool wants_output(verdict what) const;
    bool worth_keeping(const attempt_result& attempt) const;
    void keep(const attempt_result& attempt);
    void retry_line(const attempt_result& attempt);
    void live_line(std::size_t test, stream from, std::string_view text);
    bool ends_blank() const;
    void blank_line();

    std::size_t width();
    void flush();

    static constexpr std::size_t batch = 32 * 1024;

    console_page page_;
    text_output& output_;
    live_bar bar_;
    bool live_ = false;
    bool after_blank_ = true;  ///< what was written last ends with an empty line
    vector<running_attempt> running_;
    vector<kept_attempt> kept_;
    vector<live_output> printing_;
    vector<flake_summary> flakes_;  // of tests that have no verdict yet
    duration at_{};
    std::uint64_t runs_ = 0;
};

/// The console report. `output` must outlive it.
std::unique_ptr<sink> make_console(console_style style, text_output& output) {
    return std::unique_ptr<sink>(new console(std::move(style), output));
}

void console::on(const event& happened) {
    page_.counts.on(happened);
    if (const auto* begun = happened.get_if<attempt_started>()) {
        begin(*begun);
    } else if (const auto* ended = happened.get_if<attempt_ended>()) {
        end(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        conclude(*finished);
        if (const flake_summary* told = flake_of(finished->test)) flakes_.erase(told);
    } else if (const auto* now = happened.get_if<tick>()) {
        pass_time(*now);
    } else if (const auto* arrived = happened.get_if<output_arrived>()) {
        print_live(*arrived);
    } else if (const auto* said = happened.get_if<notice>()) {
        say(*said);
    } else if (const auto* lost = happened.get_if<worker_lost>()) {
        say_lost(*lost);
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        if (flake->what.failures != 0 || !flake->what.explanation.empty())
            flakes_.push_back(flake_summary(flake->what));
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    } else if (happened.get_if<run_finished>() != nullptr) {
        sum_up();
    }
    if (page_.text.size() >= batch) flush();
}

void console::start(const run_started& run) {
    page_.run = run_info(run.info);
    page_.list = run.list;
    live_ = page_.list && page_.style.progress == progress_choice::bar && !page_.style.quiet;
    if (page_.style.quiet) return;
    page_.heading(run);
    flush();
}

void console::begin(const attempt_started& attempt) {
    running_.push_back({attempt.test, attempt.number, attempt.at, false});
}

void console::end(const attempt_result& attempt) {
    for (std::size_t i = 0; i < running_.size(); ++i) {
        if (running_[i].test != attempt.test) continue;
        running_.erase(running_.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    if (!printing_.empty()) finish_live(attempt.test);
    if (worth_keeping(attempt)) keep(attempt);
}

bool console::worth_keeping(const attempt_result& attempt) const {
    if (attempt.how != ending::passed && attempt.how != ending::skipped) return true;
    return page_.style.verbose || (page_.style.output == show_output::all && !attempt.output.empty());
}

void console::keep(const attempt_result& attempt) {
    const bool good = attempt.how == ending::passed;
    for (kept_attempt& known : kept_) {
        if (known.result.test != attempt.test) continue;
        if (good) return;  // flaky: what went wrong is what there is to show
        known.earlier += "attempt " + std::to_string(known.result.number) + ": " + ending_in_words(known.result) + "\n";
        known.result = attempt_result(attempt);
        return;
    }
    kept_.push_back({attempt, {}});
    if (!good && attempt.number < attempt.of) retry_line(attempt);
}

void console::retry_line(const attempt_result& attempt) {
    if (page_.style.quiet || page_.style.progress != progress_choice::lines) return;
    const std::string word = "try " + std::to_string(attempt.number) + "/" + std::to_string(attempt.of);
    page_.verdict_line(word, page_.look.yellow, attempt.test, attempt.took);
    page_.add_dim("  " + ending_in_words(attempt));
    page_.text += '\n';
}

void console::conclude(const test_finished& test) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
        if (kept_[i].result.test != test.test) continue;
        const kept_attempt last = std::move(kept_[i]);
        if (i + 1 != kept_.size()) kept_[i] = std::move(kept_.back());
        kept_.pop_back();
        return conclude_with(test, last);
    }
    if (!wants_line(test.what)) return;
    const ending how = test.what == verdict::lost ? ending::lost : ending::passed;
    page_.verdict_line(word_of(test.what, how), page_.color_of(test.what), test.test, page_.counts.time_of(test.test));
    page_.remarks(test);
    page_.text += '\n';
    if (wants_details(test.what)) flush();
}

void console::conclude_with(const test_finished& test, const kept_attempt& kept) {
    const bool shows_output = wants_output(test.what) && !kept.result.output.empty();
    const bool shows_failures =
        !kept.result.failures.empty() && (wants_details(test.what) || (page_.style.verbose && !page_.style.quiet));
    if (!wants_line(test.what) && !shows_output) return;
    const bool block = shows_output || shows_failures || wants_details(test.what);
    if (block) blank_line();
    page_.verdict_line(word_of(test.what, kept.result.how), page_.color_of(test.what), test.test,
                       page_.counts.time_of(test.test), wants_details(test.what));
    page_.remarks(test);
    if (!block && page_.style.verbose) {
        page_.text += "  ";
        page_.measures(kept.result);
    }
    page_.text += '\n';
    if (!block) return;
    page_.details(test, kept, width());
    failure_writer writer(page_.text, page_.style, page_.look, width());
    if (const flake_summary* flake = flake_of(test.test)) write_flake(page_.text, *flake, page_.look, width());
    if (shows_failures) writer.failures(kept.result);
    if (wants_details(test.what)) writer.left_behind(kept.result.left);
    if (shows_output) writer.output(kept.result.output);
    blank_line();
    flush();
}

const flake_summary* console::flake_of(std::size_t test) const {
    for (const flake_summary& each : flakes_) {
        if (each.test == test) return &each;
    }
    return nullptr;
}

bool console::wants_details(verdict what) const {
    switch (what) {
        case verdict::failed:
        case verdict::unexpected_pass:
        case verdict::flaky:
        case verdict::lost:
            return true;
        default:
            return false;
    }
}

bool console::wants_line(verdict what) const {
    if (wants_details(what)) return true;
    if (page_.style.quiet) return false;
    const bool every = page_.style.progress != progress_choice::bar && page_.style.progress != progress_choice::none;
    if (what == verdict::passed) return every;
    return what == verdict::not_run ? every && page_.style.verbose : every || page_.style.verbose;
}

bool console::wants_output(verdict what) const {
    if (page_.style.output == show_output::all) return true;
    return page_.style.output == show_output::failed && wants_details(what);
}

// ---- output of running tests ----

void console::print_live(const output_arrived& arrived) {
    if (page_.style.output != show_output::live) return;
    std::size_t i = 0;
    while (i < printing_.size() && printing_[i].test != arrived.test) {
        ++i;
    }
    if (i == printing_.size()) printing_.push_back({arrived.test, {}});
    printing_[i].lines.add(arrived.from, arrived.text,
                           [&](stream from, std::string_view line) { live_line(arrived.test, from, line); });
}

void console::finish_live(std::size_t test) {
    for (std::size_t i = 0; i < printing_.size(); ++i) {
        if (printing_[i].test != test) continue;
        printing_[i].lines.finish([&](stream from, std::string_view line) { live_line(test, from, line); });
        if (i + 1 != printing_.size()) printing_[i] = std::move(printing_.back());
        printing_.pop_back();
        return;
    }
}

void console::live_line(std::size_t test, stream from, std::string_view text) {
    std::string title;
    if (page_.knows(test)) append_title(title, page_.list->tests[test], page_.look.arrow);
    page_.text += "  ";
    page_.text += from == stream::err ? page_.look.yellow : page_.look.dim;
    page_.text += shortened(title, std::max<std::size_t>(width() / 3, 12), page_.look.ellipsis);
    page_.text += ' ';
    page_.text += page_.look.line;
    page_.text += page_.look.reset;
    page_.text += ' ';
    append_printable(page_.text, text, page_.style.color ? color_escapes::kept : color_escapes::dropped, true);
    if (page_.style.color) page_.text += page_.look.reset;
    page_.text += '\n';
    if (page_.text.size() >= batch) flush();
}

// ---- what belongs to no test ----

void console::say(const notice& what) {
    if (page_.style.quiet && what.how == notice::level::info) return;
    page_.text += "  ";
    if (what.how != notice::level::info) {
        const bool error = what.how == notice::level::error;
        page_.text += error ? page_.look.red : page_.look.yellow;
        page_.text += error ? "error: " : "warning: ";
        page_.text += page_.look.reset;
    }
    append_printable(page_.text, what.text);
    page_.text += '\n';
    flush();
}

void console::say_lost(const worker_lost& worker) {
    if (!page_.style.verbose) return;
    say({notice::level::info, "worker " + std::to_string(worker.slot) + " (pid " + std::to_string(worker.pid) +
                                  ") ended early: " + worker.reason});
}

/// A line for each test that runs for longer than it should, once; then everything that is waiting goes out.
void console::pass_time(const tick& now) {
    at_ = now.at;
    for (running_attempt& attempt : running_) {
        if (live_ || page_.style.quiet || attempt.announced || !page_.knows(attempt.test)) continue;
        const duration limit = page_.slow_after(attempt.test);
        if (page_.style.progress == progress_choice::none || limit.count() <= 0 || now.at - attempt.since <= limit)
            continue;
        attempt.announced = true;
        page_.verdict_line("slow", page_.look.yellow, attempt.test, now.at - attempt.since);
        page_.text += "  still running\n";
    }
    if (live_ || !page_.text.empty()) flush();
}

void console::sum_up() {
    live_ = false;
    if (!page_.list) return;
    const std::size_t before = page_.text.size();
    const bool blank = ends_blank();
    summary_writer(page_.text, page_.style, page_.look, width(), page_.run, *page_.list, page_.counts).write();
    if (blank && page_.text[before] == '\n') page_.text.erase(before, 1);
    flush();
}

// ---- writing ----

std::size_t console::width() {
    const std::size_t now = output_.columns();
    return now != 0 ? now : page_.style.width;
}

bool console::ends_blank() const {
    const std::string& text = page_.text;
    if (text.empty()) return after_blank_;
    return text.size() >= 2 && text[text.size() - 1] == '\n' && text[text.size() - 2] == '\n';
}

void console::blank_line() {
    if (!ends_blank()) page_.text += '\n';
}

/// One call to write, also where the bar has to make room for text and come back.
void console::flush() {
    after_blank_ = ends_blank();
    std::string batch_text;
    // Rows that stay are written over: what is not taken away first cannot flicker.
    if (!live_ || !page_.text.empty()) bar_.erase(batch_text);
    batch_text += page_.text;
    page_.text.clear();
    if (live_) bar_.draw(batch_text, std::max<std::size_t>(width(), 20), at_, page_.counts, *page_.list, running_);
    if (!batch_text.empty()) output_.write(batch_text);
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/ctrf.hpp ----

// ---- cordon/engine/report/json_writer.hpp ----

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Appends any bytes as a JSON string in UTF-8: what is no UTF-8 becomes U+FFFD, controls become \u escapes.
void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    std::size_t begin = 0;
    const auto up_to = [&](std::size_t at, std::size_t skip) {
        append_utf8(out, text.substr(begin, at - begin));
        begin = at + skip;
    };
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0x7F) continue;
        up_to(i, 1);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += text[i];
        } else if (byte == '\n') {
            out += "\\n";
        } else if (byte == '\t') {
            out += "\\t";
        } else {
            text_detail::append_hex(out, "\\u", byte, 4);
        }
    }
    up_to(text.size(), 0);
    out += '"';
}

/// Writes JSON token by token and sets the commas. Checks nothing: whoever calls it closes what was opened.
class json_writer {
  public:
    explicit json_writer(std::string& out) : out_(out) {}

    json_writer& key(std::string_view name) {
        comma();
        append_json_string(out_, name);
        out_ += ": ";
        first_ = true;
        return *this;
    }
    void open(char bracket) {
        comma();
        out_ += bracket;
        first_ = true;
    }
    void close(char bracket) {
        out_ += bracket;
        first_ = false;
    }
    void null() { token("null"); }
    void boolean(bool value) { token(value ? "true" : "false"); }
    void string(std::string_view value) {
        comma();
        append_json_string(out_, value);
    }
    /// Text, or null where there is none.
    void string_or_null(std::string_view value) { value.empty() ? null() : string(value); }
    void number(std::uint64_t value) {
        comma();
        append_number(out_, value);
    }
    void number(std::int64_t value) {
        comma();
        if (value < 0) out_ += '-';
        append_number(out_, value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value));
    }
    void number(std::uint32_t value) { number(static_cast<std::uint64_t>(value)); }
    void number(int value) { number(static_cast<std::int64_t>(value)); }
    /// Three decimals; what JSON has no number for becomes null.
    void number(double value) {
        if (!std::isfinite(value) || value < 0 || value > 1e15) return null();
        comma();
        text_detail::append_decimal(out_, static_cast<std::uint64_t>(value * 1000 + 0.5), 3);
    }
    /// A rate or a probability, from 0 to 1: nine decimals.
    void share(double value) {
        comma();
        const double within = value > 0 ? (value < 1 ? value : 1) : 0;
        text_detail::append_decimal(out_, static_cast<std::uint64_t>(within * 1e9 + 0.5), 9);
    }
    /// A duration as a number of milliseconds, exact to the nanosecond and without trailing zeros.
    void milliseconds(duration value);
    /// Text that is JSON already.
    void raw(std::string_view json) { token(json); }
    /// For the eye: the next token begins on a new line.
    void line() { pending_line_ = true; }

  private:
    void comma() {
        if (!first_) out_ += ',';
        if (pending_line_) {
            out_ += '\n';
        } else if (!first_) {
            out_ += ' ';
        }
        pending_line_ = false;
        first_ = false;
    }
    void token(std::string_view text) {
        comma();
        out_ += text;
    }

    std::string& out_;
    bool first_ = true;
    bool pending_line_ = false;
};

void json_writer::milliseconds(duration value) {
    comma();
    std::int64_t count = value.count();
    if (count < 0) out_ += '-';
    const auto nanos = count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
    text_detail::append_decimal(out_, nanos, 6);
    while (out_.back() == '0') {
        out_.pop_back();
    }
    if (out_.back() == '.') out_.pop_back();
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/plain_text.hpp ----

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

// Texts that reports for machines have in them for people. All of them are lines of printable UTF-8: what a test made
// has its control characters spelled out and its colours taken away, so that only what has a meaning in the format is
// left to escape.

namespace cordon::engine::report {

/// Where an attempt went wrong first: a failure's place, else the test's own.
struct source_place {
    std::string_view file;
    std::uint32_t line = 0;
};

source_place place_of(const test_info& test, const attempt_result* attempt) {
    if (attempt != nullptr) {
        for (const failure& wrong : attempt->failures) {
            if (wrong.kind != failure_kind::warning && !wrong.file.empty()) return {wrong.file, wrong.line};
        }
    }
    return {test.file, test.line};
}

/// What went wrong in an attempt, as the console shows it: failures with their values, differences, messages.
std::string account_of(const attempt_result& attempt) {
    console_style style;
    const theme look = theme_of(style);
    std::string text;
    failure_writer(text, style, look, 100).failures(attempt);
    std::string_view rest = text;
    rest.remove_prefix(std::min(rest.find_first_not_of('\n'), rest.size()));
    std::string lines;
    while (!rest.empty()) {
        std::string_view line = take_line(rest);
        if (line.substr(0, 4) == "    ") line.remove_prefix(4);  // the console's margin
        lines += line;
        lines += '\n';
    }
    return lines;
}

/// "./tests" of the path of a program: what a run is called where it needs a name.
std::string_view program_name(const run_info& run) {
    const std::string_view path = run.program;
    const std::size_t slash = path.rfind('/');
    return path.empty() ? std::string_view("tests") : path.substr(slash == std::string_view::npos ? 0 : slash + 1);
}

namespace plain_detail {

constexpr std::size_t head_size = 16 * 1024;
constexpr std::size_t tail_size = 48 * 1024;

/// Cuts what is long: the beginning and the end stay.
void cut(std::string& text) {
    if (text.size() <= head_size + tail_size) return;
    const std::size_t head = code_point_start(text, head_size);
    const std::size_t tail = code_point_start(text, text.size() - tail_size);
    std::string gap = "\n[... " + counted(tail - head, "byte") + " left out ...]\n";
    text = text.substr(0, head) + gap + text.substr(tail);
}

}  // namespace plain_detail

/// What a test printed to one stream, some 64 KiB at most.
std::string output_of(const captured_output& output, stream which) {
    std::string text;
    bool shown = false;
    each_output_line(
        output,
        [&](stream from, std::string_view line) {
            if (from != which) return;
            append_printable(text, line, color_escapes::dropped, true);
            text += '\n';
            shown = true;
        },
        [&](std::uint64_t bytes) { text += "[... " + counted(bytes, "byte") + " left out ...]\n"; });
    if (!shown) text.clear();
    plain_detail::cut(text);
    return text;
}

/// Whether a report for machines is to have what a test printed.
bool shows_output(show_output which, verdict what) {
    if (which == show_output::never) return false;
    return which == show_output::all || (what != verdict::passed && what != verdict::skipped);
}

/// The attempt that says most of a test: the last that did not pass, else the last; null where there is none.
const attempt_result* telling_attempt(const vector<attempt_result>& attempts) {
    const attempt_result* found = nullptr;
    for (const attempt_result& each : attempts) {
        if (found == nullptr || each.how != ending::passed || found->how == ending::passed) found = &each;
    }
    return found;
}

duration time_of(const vector<attempt_result>& attempts) {
    duration all{};
    for (const attempt_result& each : attempts)
        all += each.took;
    return all;
}

/// Whether a verdict counts against the run.
bool is_bad(verdict what) {
    return what == verdict::failed || what == verdict::unexpected_pass || what == verdict::lost;
}

/// A test's verdict in one line: how its telling attempt ended, or why it was not judged by that.
std::string verdict_in_words(const test_finished& finished, const vector<attempt_result>& attempts) {
    const attempt_result* telling = telling_attempt(attempts);
    if (finished.what == verdict::failed && telling != nullptr) {
        const std::string ended = ending_in_words(*telling);
        return finished.reason.empty() || finished.reason == telling->reason
                   ? ended
                   : ended + "; " + printable(finished.reason);
    }
    if (finished.what == verdict::lost && finished.reason.empty() && telling != nullptr)
        return ending_in_words(*telling);
    std::string text(phrase_of(finished.what));
    if (!finished.reason.empty()) text += ": " + printable(finished.reason);
    if (finished.what == verdict::flaky && telling != nullptr) text += "; " + ending_in_words(*telling);
    return text;
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/test_report.hpp ----

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// What the reports have in common that say one thing a test, once its verdict is known: its attempts are kept until
/// then.
class test_report : public sink {
  public:
    explicit test_report(text_output& output) : output_(output) {}

    void on(const event& happened) final {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            keep(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            conclude(*finished);
        } else if (const auto* run = happened.get_if<run_started>()) {
            run_ = run_info(run->info);
            list_ = run->list;
            if (list_) begin(*run);
        } else if (const auto* end_of_run = happened.get_if<run_finished>()) {
            if (list_) end(*end_of_run);
        } else if (list_) {
            other(happened);
        }
        if (text_.size() >= batch && streams_) flush();
    }

    status finish() override {
        flush();
        return ok();
    }

  protected:
    virtual void begin(const run_started& run) = 0;
    /// The attempts in order; none for a test that was never started.
    virtual void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) = 0;
    virtual void end(const run_finished& run) = 0;
    /// Every other event.
    virtual void other(const event&) {}

    /// Text goes out in batches as it comes, unless the report has to be put together at the end.
    void hold_back() { streams_ = false; }
    void flush() {
        if (text_.empty()) return;
        output_.write(text_);
        text_.clear();
    }

    const run_info& run() const { return run_; }
    const test_list& list() const { return *list_; }

    std::string text_;

  private:
    struct open_test {
        std::size_t test = 0;
        vector<attempt_result> attempts;
    };

    static constexpr std::size_t batch = 32 * 1024;

    void keep(const attempt_result& attempt) {
        for (open_test& each : open_) {
            if (each.test != attempt.test) continue;
            each.attempts.push_back(attempt_result(attempt));
            return;
        }
        open_.emplace_back();
        open_.back().test = attempt.test;
        open_.back().attempts.push_back(attempt_result(attempt));
    }

    void conclude(const test_finished& finished) {
        if (!list_ || finished.test >= list_->tests.size()) return;
        const test_info& info = list_->tests[finished.test];
        for (std::size_t i = open_.size(); i-- > 0;) {
            if (open_[i].test != finished.test) continue;
            test(info, finished, open_[i].attempts);
            if (i + 1 != open_.size()) open_[i] = std::move(open_.back());
            open_.pop_back();
            return;
        }
        test(info, finished, {});
    }

    text_output& output_;
    bool streams_ = true;
    run_info run_;
    std::shared_ptr<const test_list> list_;
    vector<open_test> open_;  // tests with attempts and no verdict
};

}  // namespace cordon::engine::report

#include <algorithm>
#include <string>
#include <string_view>

namespace cordon::engine::report {

namespace ctrf_detail {

/// Milliseconds since 1970 of an RFC 3339 time in UTC; 0 if it is none. Days from civil dates as in
/// https://howardhinnant.github.io/date_algorithms.html.
std::int64_t epoch_ms(std::string_view text) {
    std::int64_t parts[7] = {};  // year, month, day, hour, minute, second, millisecond
    std::size_t part = 0;
    int digits = 0;
    for (const char c : text) {
        if (c >= '0' && c <= '9') {
            if (part < 6 || digits < 3) parts[part] = parts[part] * 10 + (c - '0');
            ++digits;
        } else if (c == 'Z' || ++part == 7) {
            break;
        } else {
            digits = 0;
        }
    }
    if (parts[1] < 1 || parts[1] > 12 || parts[0] < 1970 || parts[0] > 9999) return 0;
    const std::int64_t year = parts[0] - (parts[1] <= 2 ? 1 : 0);
    const std::int64_t of_era = year % 400;
    const std::int64_t month = (parts[1] + 9) % 12;
    const std::int64_t day = of_era * 365 + of_era / 4 - of_era / 100 + (153 * month + 2) / 5 + parts[2] - 1;
    const std::int64_t days = year / 400 * 146'097 + day - 719'468;
    return (((days * 24 + parts[3]) * 60 + parts[4]) * 60 + parts[5]) * 1000 + parts[6];
}

}  // namespace ctrf_detail

/// The Common Test Report Format (https://ctrf.io), written as tests finish; the summary stands at the end.
class ctrf_report final : public test_report {
  public:
    ctrf_report(show_output shown, text_output& output) : test_report(output), shown_(shown), json_(text_) {}

  private:
    enum status_word : std::uint8_t { passed, failed, skipped, pending, other_, status_count };
    static constexpr std::string_view words[] = {"passed", "failed", "skipped", "pending", "other"};

    void begin(const run_started& run) override;
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override;

    static status_word status_of(verdict what) {
        switch (what) {
            case verdict::passed:
            case verdict::flaky:
                return passed;
            case verdict::failed:
            case verdict::unexpected_pass:
            case verdict::lost:
                return failed;
            case verdict::skipped:
                return skipped;
            case verdict::todo:
            case verdict::not_run:
                return pending;
            default:
                return other_;
        }
    }
    /// Whole milliseconds: the format wants no fractions.
    static std::int64_t whole_ms(duration value) { return (value.count() + 500'000) / 1'000'000; }

    void wrong(const test_finished& finished, const vector<attempt_result>& attempts, const attempt_result& telling);
    void retries(const vector<attempt_result>& attempts);
    void lines(std::string_view key, std::string_view text);

    show_output shown_;
    json_writer json_;
    std::uint64_t counts_[status_count] = {};
    std::uint64_t flaky_ = 0;
};

void ctrf_report::begin(const run_started& run) {
    json_.open('{');
    json_.key("reportFormat").string("CTRF");
    json_.key("specVersion").string("0.0.0");
    json_.key("generatedBy").string("cordon");
    json_.key("timestamp").string(run.info.started_at);
    json_.key("results").open('{');
    json_.key("tool").open('{');
    json_.key("name").string("cordon");
    json_.key("version").string(CORDON_VERSION);
    json_.close('}');
    json_.line();
    json_.key("tests").open('[');
}

void ctrf_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    const status_word status = status_of(finished.what);
    const attempt_result* telling = telling_attempt(attempts);
    ++counts_[status];
    json_.line();
    json_.open('{');
    json_.key("name").string(info.name);
    json_.key("status").string(words[status]);
    json_.key("duration").number(whole_ms(time_of(attempts)));
    json_.key("rawStatus").string(name_of(finished.what));
    if (!info.suite.empty()) {
        json_.key("suite").open('[');
        std::string_view rest = info.suite;
        while (!rest.empty()) {
            const std::size_t slash = std::min(rest.find('/'), rest.size());
            json_.string(rest.substr(0, slash));
            rest.remove_prefix(std::min(slash + 1, rest.size()));
        }
        json_.close(']');
    }
    if (!info.file.empty()) {
        json_.key("filePath").string(info.file);
        json_.key("line").number(info.line);
    }
    if (!info.tags.empty()) {
        json_.key("tags").open('[');
        for (const std::string_view tag : info.tags)
            json_.string(tag);
        json_.close(']');
    }
    if (telling != nullptr) {
        json_.key("threadId").string(std::to_string(telling->slot));
        json_.key("retries").number(static_cast<std::uint64_t>(attempts.size() - 1));
    }
    if (finished.what == verdict::flaky) {
        ++flaky_;
        json_.key("flaky").boolean(true);
    }
    if (status != passed || finished.what == verdict::flaky)
        json_.key("message").string(verdict_in_words(finished, attempts));
    if (telling != nullptr) wrong(finished, attempts, *telling);
    json_.close('}');
}

void ctrf_report::wrong(const test_finished& finished, const vector<attempt_result>& attempts,
                        const attempt_result& telling) {
    const std::string account = account_of(telling);
    if (!account.empty()) json_.key("trace").string(account);
    if (attempts.size() > 1) retries(attempts);
    if (!shows_output(shown_, finished.what)) return;
    lines("stdout", output_of(telling.output, stream::out));
    lines("stderr", output_of(telling.output, stream::err));
}

void ctrf_report::retries(const vector<attempt_result>& attempts) {
    json_.key("retryAttempts").open('[');
    for (const attempt_result& each : attempts) {
        json_.open('{');
        json_.key("attempt").number(each.number);
        const bool good = each.how == ending::passed;
        json_.key("status").string(good ? "passed" : each.how == ending::skipped ? "skipped" : "failed");
        json_.key("duration").number(whole_ms(each.took));
        if (!good) json_.key("message").string(ending_in_words(each));
        json_.close('}');
    }
    json_.close(']');
}

void ctrf_report::lines(std::string_view key, std::string_view text) {
    if (text.empty()) return;
    json_.key(key).open('[');
    while (!text.empty())
        json_.string(take_line(text));
    json_.close(']');
}

void ctrf_report::end(const run_finished& finished) {
    json_.close(']');
    json_.line();
    json_.key("summary").open('{');
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < status_count; ++i) {
        json_.key(words[i]).number(counts_[i]);
        all += counts_[i];
    }
    json_.key("tests").number(all);
    json_.key("flaky").number(flaky_);
    const std::int64_t start = ctrf_detail::epoch_ms(run().started_at);
    json_.key("start").number(start);
    json_.key("stop").number(start + whole_ms(finished.took));
    json_.close('}');
    json_.line();
    json_.key("environment").open('{');
    json_.key("osPlatform").string(run().os);
    json_.key("extra").open('{');
    json_.key("arch").string(run().arch);
    json_.key("build_id").string(run().build_id);
    json_.key("seed").number(run().seed);
    json_.key("jobs").number(run().jobs);
    json_.close('}');
    json_.close('}');
    json_.close('}');
    json_.close('}');
    text_ += '\n';
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/events.hpp ----

// ---- cordon/engine/report/json.hpp ----

// ---- cordon/engine/report/json_parts.hpp ----

#include <string>

namespace cordon::engine::report {

// What an attempt and a test have in the JSON report, as objects of their own.

namespace json_detail {

void write_strings(json_writer& json, const vector<std::string>& values) {
    json.open('[');
    for (const std::string& value : values) {
        json.string(value);
    }
    json.close(']');
}

void write_failure(json_writer& json, const failure& wrong) {
    json.open('{');
    json.key("kind").string(name_of(wrong.kind));
    json.key("macro").string_or_null(wrong.macro);
    json.key("expression").string_or_null(wrong.expression);
    json.key("expanded").string_or_null(wrong.expanded());
    json.key("message").string_or_null(wrong.message);
    json.key("file").string_or_null(wrong.file);
    json.key("line");
    wrong.line == 0 ? json.null() : json.number(wrong.line);
    json.key("subcase");
    write_strings(json, wrong.subcase);
    json.key("info");
    write_strings(json, wrong.info);
    json.close('}');
}

void write_flake(json_writer& json, const flake_summary& found) {
    json.open('{');
    json.key("runs").number(found.runs);
    json.key("failures").number(found.failures);
    json.key("rate").share(found.rate());
    json.key("low").share(found.low);
    json.key("high").share(found.high);
    json.key("workers").number(found.workers);
    json.key("category").string(found.category);
    json.key("explanation").string_or_null(found.explanation);
    json.key("signatures").open('[');
    for (const flake_signature& each : found.signatures) {
        json.open('{');
        json.key("text").string(each.text);
        json.key("count").number(each.count);
        json.close('}');
    }
    json.close(']');
    json.key("repro").string_or_null(found.repro);
    json.key("repro_runs").number(found.repro_runs);
    json.key("repro_failures").number(found.repro_failures);
    json.key("conditions").open('[');
    for (const flake_trial& each : found.trials) {
        json.open('{');
        json.key("condition").string(each.condition);
        json.key("runs").number(each.runs);
        json.key("failures").number(each.failures);
        json.key("chance").share(each.chance);
        json.key("moved").boolean(each.moved);
        json.close('}');
    }
    json.close(']');
    json.key("polluters");
    write_strings(json, found.polluters);
    json.key("cleaners");
    write_strings(json, found.cleaners);
    json.key("state_setters");
    write_strings(json, found.state_setters);
    json.close('}');
}

void write_leaks(json_writer& json, bool inside_seen, bool threads_seen, const leftovers& left) {
    const auto count = [&](const char* key, leftover_kind kind, bool seen) {
        json.key(key);
        seen ? json.number(left.count(kind)) : json.null();
    };
    json.open('{');
    count("processes", leftover_kind::process, true);
    count("threads", leftover_kind::thread, threads_seen);
    count("descriptors", leftover_kind::descriptor, inside_seen);
    count("files", leftover_kind::file, inside_seen);
    json.key("items").open('[');
    for (const leftover& each : left.items) {
        json.open('{');
        json.key("kind").string(name_of(each.kind));
        json.key("what").string(each.what);
        json.close('}');
    }
    json.close(']');
    json.close('}');
}

}  // namespace json_detail

}  // namespace cordon::engine::report

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::report {

/// The document of docs/json-report.md, written when the run is over. Until then an attempt is kept as its figures
/// (some 170 bytes), and its text, where it has any, as JSON.
class json_report final : public sink {
  public:
    explicit json_report(text_output& output) : output_(output) {}

    void on(const event& happened) override;
    /// Writes the document. Without a run_started there is nothing to write.
    status finish() override;

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct attempt_record {
        std::uint32_t number;
        std::uint32_t slot;
        std::uint32_t next;  ///< attempt of the same test, or none
        ending how;
        bool truncated;
        int signal;
        int exit_code;
        std::int64_t pid;
        std::uint64_t seed;
        duration started, took, spawn, cleanup;
        resource_usage used;
        std::uint64_t assertions, failed_assertions, failures_dropped;
        std::uint32_t text;  ///< index into texts_, or none
        bool inside_seen, threads_seen;
    };
    struct test_record {
        verdict what = verdict::not_run;
        bool selected = false;
        std::uint32_t first = none;
        std::uint32_t last = none;
        std::uint32_t reason = none;  ///< index into texts_
        std::uint32_t flake = none;   ///< index into flakes_
    };
    struct attempt_texts {
        std::string out, err, failures, signal_name, reason;
        leftovers left;
    };

    void start(const run_started& run);
    void add(const attempt_result& attempt);
    void add(const test_finished& test);
    void add(const flake_summary& found);
    test_record* record_of(std::size_t test);
    std::uint32_t keep_texts(const attempt_result& attempt);

    void write_run(json_writer& json) const;
    void write_shard(json_writer& json) const;
    void write_test(json_writer& json, std::size_t test) const;
    void write_attempt(json_writer& json, const attempt_record& attempt) const;
    void write_figures(json_writer& json, const attempt_record& attempt) const;
    void write_summary(json_writer& json) const;
    void write_retries(json_writer& json) const;
    void flush(std::size_t at_least);

    text_output& output_;
    std::string text_;
    tally counts_;
    run_info run_;
    std::shared_ptr<const test_list> list_;
    vector<attempt_record> attempts_;
    vector<test_record> tests_;  // by index in the list
    vector<attempt_texts> texts_;
    vector<std::string> flakes_;  ///< as JSON
};

/// The JSON report. `output` must outlive it.
std::unique_ptr<sink> make_json(text_output& output) { return std::unique_ptr<sink>(new json_report(output)); }

void json_report::on(const event& happened) {
    counts_.on(happened);
    if (const auto* ended = happened.get_if<attempt_ended>()) {
        add(ended->result);
    } else if (const auto* finished = happened.get_if<test_finished>()) {
        add(*finished);
    } else if (const auto* flake = happened.get_if<flake_found>()) {
        add(flake->what);
    } else if (const auto* run = happened.get_if<run_started>()) {
        start(*run);
    }
}

void json_report::start(const run_started& run) {
    run_ = run_info(run.info);
    list_ = run.list;
    if (!list_) return;
    tests_.resize(list_->tests.size());
    for (const std::size_t test : run.selected) {
        if (test < tests_.size()) tests_[test].selected = true;
    }
    attempts_.reserve(run.selected.size());
}

json_report::test_record* json_report::record_of(std::size_t test) {
    return test < tests_.size() ? &tests_[test] : nullptr;
}

void json_report::add(const attempt_result& attempt) {
    test_record* test = record_of(attempt.test);
    if (test == nullptr) return;
    const auto index = static_cast<std::uint32_t>(attempts_.size());
    (test->first == none ? test->first : attempts_[test->last].next) = index;
    test->last = index;
    attempts_.push_back({attempt.number,
                         attempt.slot,
                         none,
                         attempt.how,
                         attempt.output.truncated(),
                         attempt.signal,
                         attempt.exit_code,
                         attempt.pid,
                         attempt.seed,
                         attempt.started,
                         attempt.took,
                         attempt.spawn,
                         attempt.cleanup,
                         attempt.usage,
                         attempt.assertions,
                         attempt.failed_assertions,
                         attempt.failures_dropped,
                         keep_texts(attempt),
                         attempt.left.inside_seen,
                         attempt.left.threads_seen});
}

std::uint32_t json_report::keep_texts(const attempt_result& attempt) {
    const bool clean = attempt.left.items.empty() && attempt.left.processes == 0;
    if (attempt.output.empty() && attempt.failures.empty() && attempt.reason.empty() && attempt.signal_name.empty() &&
        clean) {
        return none;
    }
    attempt_texts kept;
    append_json_string(kept.out, attempt.output.text(stream::out));
    append_json_string(kept.err, attempt.output.text(stream::err));
    json_writer json(kept.failures);
    json.open('[');
    for (const failure& wrong : attempt.failures) {
        json_detail::write_failure(json, wrong);
    }
    json.close(']');
    kept.signal_name = attempt.signal_name;
    kept.reason = attempt.reason;
    kept.left = attempt.left;
    kept.out.shrink_to_fit();
    kept.err.shrink_to_fit();
    texts_.push_back(std::move(kept));
    return static_cast<std::uint32_t>(texts_.size() - 1);
}

void json_report::add(const test_finished& test) {
    test_record* record = record_of(test.test);
    if (record == nullptr) return;
    record->what = test.what;
    if (test.reason.empty()) return;
    texts_.push_back({});
    texts_.back().reason = test.reason;
    record->reason = static_cast<std::uint32_t>(texts_.size() - 1);
}

void json_report::add(const flake_summary& found) {
    test_record* record = record_of(found.test);
    if (record == nullptr) return;
    flakes_.emplace_back();
    json_writer json(flakes_.back());
    json_detail::write_flake(json, found);
    record->flake = static_cast<std::uint32_t>(flakes_.size() - 1);
}

status json_report::finish() {
    if (!list_) return ok();
    json_writer json(text_);
    json.open('{');
    json.key("schema").string("cordon.report/1");
    json.line();
    json.key("run");
    write_run(json);
    json.line();
    json.key("tests").open('[');
    for (std::size_t test = 0; test < tests_.size(); ++test) {
        if (!tests_[test].selected) continue;
        json.line();
        write_test(json, test);
        flush(64 * 1024);
    }
    json.close(']');
    json.line();
    json.key("summary");
    write_summary(json);
    json.close('}');
    text_ += '\n';
    flush(0);
    return ok();
}

void json_report::flush(std::size_t at_least) {
    if (text_.size() < at_least) return;
    output_.write(text_);
    text_.clear();
}

void json_report::write_run(json_writer& json) const {
    constexpr std::string_view modes[] = {"default", "fork", "exec", "shard", "none"};
    const run_info& run = run_;
    std::string hash;
    text_detail::append_hex(hash, "", static_cast<std::uint32_t>(list_->hash >> 32), 8);
    text_detail::append_hex(hash, "", static_cast<std::uint32_t>(list_->hash), 8);
    json.open('{');
    json.key("started_at").string_or_null(run.started_at);
    json.key("duration_ms").milliseconds(counts_.wall());
    json.key("seed").number(run.seed);
    json.key("jobs").number(run.jobs);
    json.key("isolation").string(modes[static_cast<std::size_t>(run.isolation)]);
    write_shard(json);
    json.key("command_line");
    json_detail::write_strings(json, run.command_line);
    json.key("build_id").string_or_null(run.build_id);
    json.key("test_list_hash").string(hash);
    json.key("host").open('{');
    json.key("os").string_or_null(run.os);
    json.key("arch").string_or_null(run.arch);
    json.key("cpus").number(run.cpus);
    json.close('}');
    json.key("filtered_out").number(run.filtered_out);
    json.key("cancelled").boolean(counts_.cancelled_by() != 0);
    json.key("stopped_because").string_or_null(counts_.stopped_because());
    json.close('}');
}

void json_report::write_shard(json_writer& json) const {
    json.key("shard");
    if (!run_.shard) return json.null();
    json.open('{');
    json.key("index").number(run_.shard->index);
    json.key("count").number(run_.shard->count);
    json.close('}');
}

void json_report::write_test(json_writer& json, std::size_t test) const {
    const test_info& info = list_->tests[test];
    const test_record& record = tests_[test];
    json.open('{');
    json.key("name").string(info.name);
    json.key("suite").string_or_null(info.suite);
    json.key("file").string_or_null(info.file);
    json.key("line");
    info.line == 0 ? json.null() : json.number(info.line);
    json.key("tags").open('[');
    for (const std::string_view tag : info.tags) {
        json.string(tag);
    }
    json.close(']');
    json.key("verdict").string(name_of(record.what));
    json.key("reason");
    record.reason == none ? json.null() : json.string(texts_[record.reason].reason);
    json.key("duration_ms").milliseconds(counts_.time_of(test));
    json.key("attempts").open('[');
    for (std::uint32_t i = record.first; i != none; i = attempts_[i].next) {
        write_attempt(json, attempts_[i]);
    }
    json.close(']');
    json.key("flake");
    record.flake == none ? json.null() : json.raw(flakes_[record.flake]);
    json.close('}');
}

void json_report::write_attempt(json_writer& json, const attempt_record& attempt) const {
    static const leftovers clean;
    const attempt_texts* texts = attempt.text == none ? nullptr : &texts_[attempt.text];
    json.open('{');
    json.key("number").number(attempt.number);
    json.key("ending").string(name_of(attempt.how));
    json.key("reason").string_or_null(texts == nullptr ? "" : texts->reason);
    json.key("signal");
    attempt.signal == 0 ? json.null() : json.number(attempt.signal);
    json.key("signal_name").string_or_null(texts == nullptr ? "" : texts->signal_name);
    json.key("exit_code");
    attempt.exit_code < 0 ? json.null() : json.number(attempt.exit_code);
    write_figures(json, attempt);
    json.key("stdout").raw(texts == nullptr ? "\"\"" : std::string_view(texts->out));
    json.key("stderr").raw(texts == nullptr ? "\"\"" : std::string_view(texts->err));
    json.key("output_truncated").boolean(attempt.truncated);
    json.key("failures").raw(texts == nullptr ? "[]" : std::string_view(texts->failures));
    json.key("failures_dropped").number(attempt.failures_dropped);
    json.key("stack").raw("[]");
    json.key("leaks");
    json_detail::write_leaks(json, attempt.inside_seen, attempt.threads_seen, texts == nullptr ? clean : texts->left);
    json.close('}');
}

void json_report::write_figures(json_writer& json, const attempt_record& attempt) const {
    json.key("pid");
    attempt.pid == 0 ? json.null() : json.number(attempt.pid);
    json.key("slot").number(attempt.slot);
    json.key("seed").number(attempt.seed);
    json.key("started_ms").milliseconds(attempt.started);
    json.key("duration_ms").milliseconds(attempt.took);
    json.key("spawn_ms").milliseconds(attempt.spawn);
    json.key("cleanup_ms").milliseconds(attempt.cleanup);
    json.key("user_ms").milliseconds(attempt.used.user);
    json.key("system_ms").milliseconds(attempt.used.system);
    json.key("max_rss_bytes").number(attempt.used.max_rss_bytes);
    json.key("minor_faults").number(attempt.used.minor_faults);
    json.key("major_faults").number(attempt.used.major_faults);
    json.key("voluntary_switches").number(attempt.used.voluntary_switches);
    json.key("involuntary_switches").number(attempt.used.involuntary_switches);
    json.key("assertions").number(attempt.assertions);
    json.key("failed_assertions").number(attempt.failed_assertions);
}

void json_report::write_summary(json_writer& json) const {
    json.open('{');
    json.key("total").number(counts_.selected());
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        json.key(name_of(what)).number(counts_.count(what));
    }
    json.key("assertions").number(counts_.assertions());
    json.key("failed_assertions").number(counts_.failed_assertions());
    json.key("workers_started").number(counts_.workers_started());
    json.key("workers_replaced").number(counts_.workers_replaced());
    json.key("user_ms").milliseconds(counts_.user_time());
    json.key("system_ms").milliseconds(counts_.system_time());
    json.key("mean_spawn_ms").milliseconds(counts_.mean_spawn());
    json.key("peak_rss_bytes").number(counts_.peak_rss_bytes());
    json.key("speedup").number(counts_.speedup());
    json.key("retries");
    write_retries(json);
    json.close('}');
}

void json_report::write_retries(json_writer& json) const {
    const retry_figures& tried = counts_.retries();
    json.open('{');
    json.key("tests").number(tried.tests);
    json.key("retries").number(tried.all.retries);
    json.key("recovered").number(tried.all.recovered);
    json.key("by_class").open('{');
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        json.key(name_of(static_cast<retry_class>(i))).open('{');
        json.key("retries").number(tried.by_class[i].retries);
        json.key("recovered").number(tried.by_class[i].recovered);
        json.close('}');
    }
    json.close('}');
    json.close('}');
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/json_attempt.hpp ----

#include <string_view>

namespace cordon::engine::report::json_detail {

std::string_view mode_name(isolate mode) {
    constexpr std::string_view modes[] = {"default", "fork", "exec", "shard", "none"};
    return modes[static_cast<std::size_t>(mode)];
}

/// What the system says of an attempt's process, and when it ran.
void write_figures(json_writer& json, const attempt_result& attempt) {
    json.key("pid");
    attempt.pid == 0 ? json.null() : json.number(attempt.pid);
    json.key("slot").number(attempt.slot);
    json.key("seed").number(attempt.seed);
    json.key("started_ms").milliseconds(attempt.started);
    json.key("duration_ms").milliseconds(attempt.took);
    json.key("spawn_ms").milliseconds(attempt.spawn);
    json.key("cleanup_ms").milliseconds(attempt.cleanup);
    json.key("user_ms").milliseconds(attempt.usage.user);
    json.key("system_ms").milliseconds(attempt.usage.system);
    json.key("max_rss_bytes").number(attempt.usage.max_rss_bytes);
}

/// The members that an attempt has in the JSON report, in its order.
void write_attempt_members(json_writer& json, const attempt_result& attempt) {
    json.key("number").number(attempt.number);
    json.key("ending").string(name_of(attempt.how));
    json.key("reason").string_or_null(attempt.reason);
    json.key("signal");
    attempt.signal == 0 ? json.null() : json.number(attempt.signal);
    json.key("signal_name").string_or_null(attempt.signal_name);
    json.key("exit_code");
    attempt.exit_code < 0 ? json.null() : json.number(attempt.exit_code);
    write_figures(json, attempt);
    json.key("assertions").number(attempt.assertions);
    json.key("failed_assertions").number(attempt.failed_assertions);
    json.key("stdout").string(attempt.output.text(stream::out));
    json.key("stderr").string(attempt.output.text(stream::err));
    json.key("output_truncated").boolean(attempt.output.truncated());
    json.key("failures").open('[');
    for (const failure& wrong : attempt.failures)
        write_failure(json, wrong);
    json.close(']');
    json.key("failures_dropped").number(attempt.failures_dropped);
    json.key("stack").raw("[]");
    json.key("leaks").open('{');
    json.key("processes").number(attempt.left.processes);
    json.key("threads").null();
    json.key("descriptors").null();
    json.key("files").null();
    json.close('}');
}

}  // namespace cordon::engine::report::json_detail

#include <chrono>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// The events as they happen, each one a JSON object on a line of its own (https://jsonlines.org). The first member
/// says which it is; fields are named as in the JSON report. Ticks are left out.
class events_report final : public sink {
  public:
    explicit events_report(text_output& output) : output_(output) {}

    void on(const event& happened) override {
        if (happened.get_if<tick>()) return;
        happened.visit([this](const auto& what) { line(what); });
        // What somebody waits for goes out at once, a run's many quick passes go together.
        const auto* finished = happened.get_if<test_finished>();
        const bool waits = happened.get_if<attempt_ended>() || happened.get_if<attempt_started>() ||
                           (finished != nullptr && finished->what == verdict::passed);
        if (!waits || text_.size() >= batch || now() - flushed_ >= at_latest) flush();
    }
    status finish() override {
        flush();
        return ok();
    }

  private:
    static constexpr std::size_t batch = 32 * 1024;
    static constexpr duration at_latest = std::chrono::milliseconds(20);

    class object {
      public:
        object(std::string& out, std::string_view name) : out_(out), json(out) {
            json.open('{');
            json.key("event").string(name);
        }
        ~object() {
            json.close('}');
            out_ += '\n';
        }

      private:
        std::string& out_;

      public:
        json_writer json;
    };

    void line(const run_started& run);
    void line(const worker_started& worker);
    void line(const worker_lost& worker);
    void line(const attempt_started& attempt);
    void line(const output_arrived& arrived);
    void line(const attempt_ended& ended);
    void line(const test_finished& finished);
    void line(const notice& said);
    void line(const flake_found& found);
    void line(const tick&) {}
    void line(const run_finished& run);

    void name_test(json_writer& json, std::size_t test) const;

    void flush() {
        output_.write(text_);
        text_.clear();
        flushed_ = now();
    }

    text_output& output_;
    std::string text_;
    instant flushed_{};
    std::shared_ptr<const test_list> list_;
};

void events_report::name_test(json_writer& json, std::size_t test) const {
    json.key("test").number(static_cast<std::uint64_t>(test));
    if (!list_ || test >= list_->tests.size()) return;
    json.key("name").string(list_->tests[test].name);
    json.key("suite").string_or_null(list_->tests[test].suite);
}

void events_report::line(const run_started& run) {
    list_ = run.list;
    object out(text_, "run_started");
    json_writer& json = out.json;
    json.key("schema").string("cordon.events/1");
    json.key("started_at").string_or_null(run.info.started_at);
    json.key("program").string(run.info.program);
    json.key("seed").number(run.info.seed);
    json.key("jobs").number(run.info.jobs);
    json.key("isolation").string(json_detail::mode_name(run.info.isolation));
    json.key("build_id").string_or_null(run.info.build_id);
    json.key("filtered_out").number(run.info.filtered_out);
    json.key("tests").open('[');
    for (const std::size_t test : run.selected) {
        if (!list_) break;
        const test_info& info = list_->tests[test];
        json.open('{');
        name_test(json, test);
        json.key("file").string_or_null(info.file);
        json.key("line").number(info.line);
        json.close('}');
    }
    json.close(']');
}

void events_report::line(const worker_started& worker) {
    object out(text_, "worker_started");
    out.json.key("slot").number(worker.slot);
    out.json.key("pid").number(worker.pid);
    out.json.key("at_ms").milliseconds(worker.at);
    out.json.key("spawn_ms").milliseconds(worker.spawn);
    out.json.key("replacement").boolean(worker.replacement);
}

void events_report::line(const worker_lost& worker) {
    object out(text_, "worker_lost");
    out.json.key("slot").number(worker.slot);
    out.json.key("pid").number(worker.pid);
    out.json.key("at_ms").milliseconds(worker.at);
    out.json.key("reason").string(worker.reason);
}

void events_report::line(const attempt_started& attempt) {
    object out(text_, "attempt_started");
    name_test(out.json, attempt.test);
    out.json.key("number").number(attempt.number);
    out.json.key("slot").number(attempt.slot);
    out.json.key("pid").number(attempt.pid);
    out.json.key("at_ms").milliseconds(attempt.at);
}

void events_report::line(const output_arrived& arrived) {
    object out(text_, "output_arrived");
    name_test(out.json, arrived.test);
    out.json.key("stream").string(arrived.from == stream::out ? "stdout" : "stderr");
    out.json.key("text").string(arrived.text);
}

void events_report::line(const attempt_ended& ended) {
    object out(text_, "attempt_ended");
    name_test(out.json, ended.result.test);
    json_detail::write_attempt_members(out.json, ended.result);
}

void events_report::line(const test_finished& finished) {
    object out(text_, "test_finished");
    name_test(out.json, finished.test);
    out.json.key("verdict").string(name_of(finished.what));
    out.json.key("reason").string_or_null(finished.reason);
}

void events_report::line(const flake_found& found) {
    object out(text_, "flake_found");
    name_test(out.json, found.what.test);
    out.json.key("flake");
    json_detail::write_flake(out.json, found.what);
}

void events_report::line(const notice& said) {
    constexpr std::string_view levels[] = {"info", "warning", "error"};
    object out(text_, "notice");
    out.json.key("level").string(levels[static_cast<std::size_t>(said.how)]);
    out.json.key("text").string(said.text);
}

void events_report::line(const run_finished& run) {
    object out(text_, "run_finished");
    out.json.key("duration_ms").milliseconds(run.took);
    out.json.key("cancelled").boolean(run.cancelled_by != 0);
    out.json.key("stopped_because").string_or_null(run.stopped_because);
    out.json.key("peak_rss_bytes").number(run.peak_rss_bytes);
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/github.hpp ----

// ---- cordon/engine/base/hash.hpp ----

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cordon::engine {

/// FNV-1a, 64 bits (http://www.isthe.com/chongo/tech/comp/fnv/). Slow but short, and the same for ever: for values that
/// outlive a run, such as the shard of a test. Pass the last value on to hash text in pieces.
constexpr std::uint64_t fnv1a(std::string_view text, std::uint64_t state = 0xcbf29ce484222325u) {
    for (char c : text) {
        state = (state ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    }
    return state;
}

/// Spreads every input bit over all output bits (the finaliser of splitmix64).
constexpr std::uint64_t mix_bits(std::uint64_t value) {
    value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9u;
    value = (value ^ (value >> 27)) * 0x94d049bb133111ebu;
    return value ^ (value >> 31);
}

namespace hash_detail {

/// Little end first whatever the machine is, so that a hash means the same on all of them.
constexpr std::uint64_t load(const char* bytes, std::size_t count) {
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < count; ++i) {
        word |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return word;
}

}  // namespace hash_detail

/// Eight bytes a step: for tables and for lists of names. Not for input from an adversary.
constexpr std::uint64_t fast_hash(std::string_view text, std::uint64_t seed = 0) {
    std::uint64_t state = (seed ^ text.size()) * 0x9e3779b97f4a7c15u + 0x2545f4914f6cdd1du;
    while (text.size() >= 8) {
        state = (state ^ hash_detail::load(text.data(), 8)) * 0xff51afd7ed558ccdu;
        state ^= state >> 32;
        text.remove_prefix(8);
    }
    return mix_bits(state ^ hash_detail::load(text.data(), text.size()));
}

}  // namespace cordon::engine

// ---- cordon/engine/report/markdown.hpp ----

#include <algorithm>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Appends printable text so that Markdown takes it for nothing but text: no emphasis, link, cell, mention or HTML.
void append_markdown(std::string& out, std::string_view text) {
    constexpr std::string_view special = "\\`*_{}[]<>()#+-!|&~@:$\"'=";
    for (const char c : text) {
        if (special.find(c) == std::string_view::npos) {
            out += c == '\t' ? ' ' : c;
        } else {
            out += "&#";
            append_number(out, static_cast<unsigned char>(c));
            out += ';';
        }
    }
}

/// A run as a page of Markdown: the counts, a table of what did not simply pass, then what went wrong in each of those.
/// Gathered while tests finish, and never longer than `most` bytes: GitHub shows nothing of a summary over 1 MiB.
class markdown_summary {
  public:
    void add(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
        if (!is_bad(finished.what) && finished.what != verdict::flaky) return;
        const attempt_result* telling = telling_attempt(attempts);
        if (rows_.size() < most / 2) {
            row(info, finished, attempts, telling);
        } else {
            ++rows_left_out_;
        }
        if (telling != nullptr) account(info, *telling);
    }

    std::string text(const run_info& run, const tally& counts) const {
        std::string page = "### ";
        const bool bad = counts.failed() + counts.count(verdict::lost) != 0;
        page += bad ? "\xE2\x9D\x8C " : "\xE2\x9C\x85 ";
        append_markdown(page, printable(program_name(run)));
        page += "\n\n" + counted(counts.selected(), "test") + " in " + duration_text(counts.wall()) + ": ";
        std::string_view separator;
        for (std::size_t i = 0; i < verdict_count; ++i) {
            const auto what = static_cast<verdict>(i);
            if (counts.count(what) == 0) continue;
            page += separator;
            page += counted(counts.count(what)) + " ";
            page += phrase_of(what);
            separator = ", ";
        }
        page += "\n\n";
        if (!counts.stopped_because().empty()) {
            page += "**stopped:** ";
            append_markdown(page, printable(counts.stopped_because()));
            page += "\n\n";
        }
        if (!rows_.empty()) page += "| | test | | time |\n|---|---|---|---:|\n" + rows_;
        if (rows_left_out_ != 0) page += "\nand " + counted(rows_left_out_, "more test") + "\n";
        page += accounts_;
        if (accounts_left_out_ != 0 && !accounts_.empty())
            page += "\nDetails of " + counted(accounts_left_out_, "more test") + " are in the log.\n";
        return page;
    }

  private:
    static constexpr std::size_t most = 900 * 1024;
    static constexpr std::size_t longest_account = 32 * 1024;

    void row(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts,
             const attempt_result* telling) {
        rows_ += finished.what == verdict::flaky ? "| \xE2\x9A\xA0\xEF\xB8\x8F flaky | " : "| \xE2\x9D\x8C ";
        if (finished.what != verdict::flaky) {
            rows_ +=
                telling != nullptr && finished.what == verdict::failed ? name_of(telling->how) : name_of(finished.what);
            rows_ += " | ";
        }
        append_cell(full_name_of(info), 300);
        rows_ += " | ";
        append_cell(verdict_in_words(finished, attempts), 300);
        const source_place at = place_of(info, telling);
        if (!at.file.empty()) {
            rows_ += "<br>";
            append_cell(std::string(at.file) + ":" + std::to_string(at.line), 300);
        }
        rows_ += " | " + duration_text(report::time_of(attempts)) + " |\n";
    }

    void append_cell(const std::string& text, std::size_t longest) {
        const std::string safe = printable(text);
        const std::size_t cut = code_point_start(safe, std::min(longest, safe.size()));
        append_markdown(rows_, std::string_view(safe).substr(0, cut));
        if (cut != safe.size()) rows_ += "...";
    }

    /// A section that opens with a click. Its fence is longer than any in what it holds.
    void account(const test_info& info, const attempt_result& attempt) {
        std::string text = account_of(attempt);
        if (text.empty()) return;
        if (text.size() > longest_account) text.resize(code_point_start(text, longest_account));
        if (accounts_.size() + text.size() > most / 2) {
            ++accounts_left_out_;
            return;
        }
        std::size_t longest = 2;
        std::size_t here = 0;
        for (const char c : text) {
            here = c == '`' ? here + 1 : 0;
            longest = std::max(longest, here);
        }
        const std::string fence(longest + 1, '`');
        std::string title = printable(full_name_of(info));
        title.resize(code_point_start(title, std::min<std::size_t>(title.size(), 300)));
        accounts_ += "\n<details><summary>";
        append_markdown(accounts_, title);
        accounts_ += "</summary>\n\n" + fence + "text\n" + text;
        if (text.back() != '\n') accounts_ += '\n';
        accounts_ += fence + "\n\n</details>\n";
    }

    std::string rows_;
    std::string accounts_;
    std::uint64_t rows_left_out_ = 0;
    std::uint64_t accounts_left_out_ = 0;
};

}  // namespace cordon::engine::report

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::report {

namespace github_detail {

/// A command's message, or with `property` the value of one of its properties.
void append_value(std::string& out, std::string_view text, bool property) {
    for (const char c : text) {
        const bool special = c == '%' || c == '\r' || c == '\n' || (property && (c == ':' || c == ','));
        if (special) {
            constexpr char digits[] = "0123456789ABCDEF";
            out += '%';
            out += digits[static_cast<unsigned char>(c) >> 4];
            out += digits[static_cast<unsigned char>(c) & 15];
        } else {
            out += c;
        }
    }
}

}  // namespace github_detail

/// The log of a step of GitHub Actions, with a group for each test that failed, annotations on the lines where they
/// did, and the step's summary. The runner obeys commands wherever a line begins with one, so it is told to stop doing
/// so before anything that a test has a say in, and to go on by a word that no test can know.
class github_report final : public test_report {
  public:
    /// `summary` is GITHUB_STEP_SUMMARY, null where there is none.
    github_report(show_output shown, std::unique_ptr<text_output> summary, text_output& output)
        : test_report(output), shown_(shown), step_summary_(std::move(summary)) {}

    status finish() override {
        status done = test_report::finish();
        if (!step_summary_) return done;
        const status written = step_summary_->finish();
        if (!written && done) return written.failure();
        return done;
    }

  private:
    // What GitHub shows of a step; more is thrown away without a word.
    static constexpr std::size_t most_annotations = 10;

    void begin(const run_started& run) override {
        counts_.on(run_started(run));
        word_ = "cordon-";
        const std::uint64_t bits = mix_bits(run.info.nonce);
        text_detail::append_hex(word_, "", static_cast<std::uint32_t>(bits >> 32), 8);
        text_detail::append_hex(word_, "", static_cast<std::uint32_t>(bits), 8);
        text_ += "cordon: " + counted(run.selected.size(), "test") + " on " + counted(run.info.jobs, "worker") + "\n";
        flush();
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override;
    void other(const event& happened) override {
        counts_.on(happened);
        const auto* said = happened.get_if<notice>();
        if (said == nullptr || said->how == notice::level::info) return;
        command(said->how == notice::level::error ? "error" : "warning", {}, "cordon", printable(said->text));
    }

    void command(std::string_view what, const source_place& at, std::string_view title, std::string_view message);
    /// Lines that only a click shows. Each has a mark before it, so that none begins with a command even for those who
    /// do not know the word.
    void group(std::string_view title, std::string_view lines);

    show_output shown_;
    std::unique_ptr<text_output> step_summary_;
    std::string word_;
    tally counts_;
    markdown_summary summary_;
    std::size_t errors_ = 0, warnings_ = 0, not_annotated_ = 0;
};

void github_report::command(std::string_view what, const source_place& at, std::string_view title,
                            std::string_view message) {
    std::size_t& count = what == "error" ? errors_ : warnings_;
    if (count == most_annotations) {
        ++not_annotated_;
        return;
    }
    ++count;
    text_ += "::";
    text_ += what;
    text_ += ' ';
    if (!at.file.empty()) {
        text_ += "file=";
        github_detail::append_value(text_, printable(at.file), true);
        text_ += ",line=";
        append_number(text_, at.line);
        text_ += ',';
    }
    text_ += "title=";
    github_detail::append_value(text_, title, true);
    text_ += "::";
    github_detail::append_value(text_, message, false);
    text_ += '\n';
}

void github_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    for (const attempt_result& each : attempts)
        counts_.on(attempt_ended{attempt_result(each)});
    counts_.on(test_finished(finished));
    summary_.add(info, finished, attempts);
    const bool flaky = finished.what == verdict::flaky;
    const bool bad = is_bad(finished.what);
    const bool wanted = shown_ == show_output::all && !attempts.empty() && !attempts.back().output.empty();
    if (!bad && !flaky && !wanted) return;
    std::string title = printable(full_name_of(info));
    title.resize(code_point_start(title, std::min<std::size_t>(title.size(), 200)));
    const std::string words = verdict_in_words(finished, attempts);
    const attempt_result* telling = telling_attempt(attempts);
    std::string lines;
    if (telling != nullptr) {
        lines = account_of(*telling);
        if (wanted || shown_ != show_output::never) {
            lines += output_of(telling->output, stream::out);
            lines += output_of(telling->output, stream::err);
        }
    }
    if (!lines.empty()) group(title + ": " + words, lines);
    if (!bad && !flaky) return;
    std::string message = words;
    if (telling != nullptr) message += "\n" + account_of(*telling);
    constexpr std::size_t longest = 4000;
    message.resize(code_point_start(message, std::min(longest, message.size())));
    while (!message.empty() && message.back() == '\n')
        message.pop_back();
    command(bad ? "error" : "warning", place_of(info, telling), title, message);
    flush();
}

void github_report::group(std::string_view title, std::string_view lines) {
    text_ += "::group::";
    github_detail::append_value(text_, title, false);
    text_ += "\n::stop-commands::" + word_ + "\n";
    while (!lines.empty()) {
        text_ += "| ";
        text_ += take_line(lines);
        text_ += '\n';
    }
    text_ += "::" + word_ + "::\n::endgroup::\n";
}

void github_report::end(const run_finished& finished) {
    counts_.on(run_finished(finished));
    text_ += counted(counts_.selected(), "test") + ":";
    for (std::size_t i = 0; i < verdict_count; ++i) {
        const auto what = static_cast<verdict>(i);
        if (counts_.count(what) == 0) continue;
        text_ += " " + counted(counts_.count(what)) + " ";
        text_ += phrase_of(what);
        text_ += ';';
    }
    text_ += " " + duration_text(finished.took) + "\n";
    if (!finished.stopped_because.empty()) command("error", {}, "cordon", printable(finished.stopped_because));
    if (not_annotated_ != 0)
        text_ += "::notice title=cordon::" + counted(not_annotated_, "more message") + " in the log above\n";
    if (step_summary_) step_summary_->write(summary_.text(run(), counts_));
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/junit.hpp ----

#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

namespace junit_detail {

/// Appends printable UTF-8 as XML text or as an attribute's value. XML 1.0 has no way to write U+FFFE and U+FFFF.
void append_xml(std::string& out, std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        switch (c) {
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '&':
                out += "&amp;";
                break;
            case '"':
                out += "&quot;";
                break;
            case '\xEF':
                if (text.substr(i, 3) == "\xEF\xBF\xBE" || text.substr(i, 3) == "\xEF\xBF\xBF") {
                    out += "\xEF\xBF\xBD";
                    i += 2;
                    break;
                }
                [[fallthrough]];
            default:
                out += c;
        }
    }
}

/// Seconds with three decimals, which is all that Surefire's schema allows.
void append_seconds(std::string& out, duration value) {
    const std::uint64_t micros = value.count() > 0 ? static_cast<std::uint64_t>(value.count()) / 1000 : 0;
    text_detail::append_decimal(out, (micros + 500) / 1000, 3);
}

/// "a/b" as "a.b": readers of this format sort tests by packages and classes.
std::string class_of(const test_info& test, std::string_view program) {
    if (test.suite.empty()) return printable(program);
    std::string name = printable(test.suite);
    for (char& c : name) {
        if (c == '/') c = '.';
    }
    return name;
}

}  // namespace junit_detail

/// One <testsuite> after the schema of Maven's Surefire, which Jenkins, GitLab, Azure and others read. Its counts stand
/// at the beginning, so the tests wait as text (some 150 bytes each) until the run is over.
class junit_report final : public test_report {
  public:
    junit_report(show_output shown, text_output& output) : test_report(output), shown_(shown) { hold_back(); }

  private:
    void begin(const run_started&) override {}
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& run) override;

    void attribute(std::string_view name, std::string_view value);
    void element(std::string_view name, std::string_view text);
    /// <failure> and <error>, and what attempts before the last are: <rerunFailure>, <flakyError> and so on.
    void wrong(std::string_view element, const attempt_result& attempt, std::string_view message, bool nested);
    void skipped(std::string_view message);
    void details(const test_finished& finished, const vector<attempt_result>& attempts);
    void earlier(std::string_view prefix, const vector<attempt_result>& attempts, const attempt_result* but,
                 bool errors);
    void output(const captured_output& printed);
    static bool is_error(const attempt_result& attempt) { return attempt.how != ending::failed; }
    static bool counts(const attempt_result& attempt) {
        return attempt.how != ending::passed && attempt.how != ending::skipped;
    }

    show_output shown_;
    vector<std::string> cases_;  // of some 64 KiB
    std::uint64_t tests_ = 0, failures_ = 0, errors_ = 0, skipped_ = 0;
};

void junit_report::attribute(std::string_view name, std::string_view value) {
    text_ += ' ';
    text_ += name;
    text_ += "=\"";
    junit_detail::append_xml(text_, value);
    text_ += '"';
}

void junit_report::element(std::string_view name, std::string_view text) {
    text_ += '<';
    text_ += name;
    text_ += '>';
    junit_detail::append_xml(text_, text);
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

void junit_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    ++tests_;
    text_ += "  <testcase name=\"";
    junit_detail::append_xml(text_, is_plain(info.name) ? std::string_view(info.name) : printable(info.name));
    text_ += '"';
    attribute("classname", junit_detail::class_of(info, program_name(run())));
    text_ += " time=\"";
    junit_detail::append_seconds(text_, time_of(attempts));
    text_ += '"';
    const std::size_t before = text_.size();
    text_ += ">\n";
    details(finished, attempts);
    if (text_.size() == before + 2) {
        text_.resize(before);
        text_ += "/>\n";
    } else {
        text_ += "  </testcase>\n";
    }
    if (text_.size() < 64 * 1024) return;
    cases_.push_back(std::move(text_));
    text_ = {};
}

void junit_report::details(const test_finished& finished, const vector<attempt_result>& attempts) {
    const attempt_result* telling = telling_attempt(attempts);
    const std::string words = verdict_in_words(finished, attempts);
    const bool bad = is_bad(finished.what);
    const attempt_result none;
    const attempt_result& shown = telling != nullptr ? *telling : none;
    const bool error = finished.what == verdict::lost || (finished.what == verdict::failed && is_error(shown));
    const bool retried = bad && telling != nullptr && counts(*telling);
    if (bad && !error) wrong("failure", shown, words, false);
    if (retried) earlier("rerun", attempts, telling, false);
    if (finished.what == verdict::flaky) earlier("flaky", attempts, nullptr, false);
    if (!bad && finished.what != verdict::passed && finished.what != verdict::flaky) skipped(words);
    if (error) wrong("error", shown, words, false);
    if (retried) earlier("rerun", attempts, telling, true);
    if (finished.what == verdict::flaky) earlier("flaky", attempts, nullptr, true);
    if (bad) ++(error ? errors_ : failures_);
    if (!attempts.empty() && shows_output(shown_, finished.what))
        output(finished.what == verdict::flaky ? attempts.back().output : shown.output);
}

void junit_report::earlier(std::string_view prefix, const vector<attempt_result>& attempts, const attempt_result* but,
                           bool errors) {
    for (const attempt_result& each : attempts) {
        if (&each == but || !counts(each) || is_error(each) != errors) continue;
        wrong(std::string(prefix) + (errors ? "Error" : "Failure"), each,
              "attempt " + std::to_string(each.number) + ": " + ending_in_words(each), true);
    }
}

void junit_report::wrong(std::string_view name, const attempt_result& attempt, std::string_view message, bool nested) {
    text_ += "    <";
    text_ += name;
    attribute("message", message);
    attribute("type", attempt.how == ending::passed ? "unexpected_pass" : name_of(attempt.how));
    text_ += '>';
    if (nested) {
        element("stackTrace", account_of(attempt));
        if (shown_ != show_output::never) output(attempt.output);
    } else {
        junit_detail::append_xml(text_, account_of(attempt));
    }
    text_ += "</";
    text_ += name;
    text_ += ">\n";
}

void junit_report::skipped(std::string_view message) {
    ++skipped_;
    text_ += "    <skipped";
    attribute("message", message);
    text_ += "/>\n";
}

void junit_report::output(const captured_output& printed) {
    if (printed.empty()) return;
    const std::string out = output_of(printed, stream::out);
    const std::string err = output_of(printed, stream::err);
    if (!out.empty()) element("system-out", out);
    if (!err.empty()) element("system-err", err);
}

void junit_report::end(const run_finished& finished) {
    cases_.push_back(std::move(text_));
    text_ = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite";
    attribute("name", printable(program_name(run())));
    text_ += " time=\"";
    junit_detail::append_seconds(text_, finished.took);
    text_ += '"';
    attribute("tests", std::to_string(tests_));
    attribute("errors", std::to_string(errors_));
    attribute("skipped", std::to_string(skipped_));
    attribute("failures", std::to_string(failures_));
    text_ += ">\n  <properties>\n";
    const auto property = [this](std::string_view name, std::string_view value) {
        if (value.empty()) return;
        text_ += "    <property";
        attribute("name", name);
        attribute("value", value);
        text_ += "/>\n";
    };
    property("started_at", printable(run().started_at));
    property("seed", std::to_string(run().seed));
    property("jobs", std::to_string(run().jobs));
    property("build_id", printable(run().build_id));
    property("os", printable(run().os));
    property("arch", printable(run().arch));
    property("stopped_because", printable(finished.stopped_because));
    text_ += "  </properties>\n";
    flush();
    for (std::string& each : cases_) {
        text_ = std::move(each);
        flush();
    }
    text_ = "</testsuite>\n";
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/tap.hpp ----

#include <string>
#include <string_view>

namespace cordon::engine::report {

/// TAP version 14 (https://testanything.org/tap-version-14-specification.html), as tests finish.
class tap_report final : public test_report {
  public:
    tap_report(show_output shown, text_output& output) : test_report(output), shown_(shown) {}

  private:
    void begin(const run_started& run) override {
        text_ += "TAP version 14\n1..";
        append_number(text_, run.selected.size());
        text_ += '\n';
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& run) override {
        if (stopped_)
            append_line("Bail out! ", run.stopped_because.empty() ? "the run ended early" : run.stopped_because);
    }

    /// A description or a reason: `#` and `\` would mean something there.
    void append_escaped(std::string_view text) {
        for (const char c : text) {
            if (c == '#' || c == '\\') text_ += '\\';
            text_ += c;
        }
    }
    void append_line(std::string_view lead, std::string_view text) {
        text_ += lead;
        append_escaped(printable(text));
        text_ += '\n';
    }
    void directive(std::string_view word, std::string_view reason) {
        text_ += word;
        if (reason.empty()) return;
        text_ += ' ';
        append_escaped(printable(reason));
    }
    void details(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts);
    void key(std::string_view name) {
        text_ += "  ";
        text_ += name;
        text_ += ": ";
    }
    void items(std::string_view name, std::string_view lines);

    show_output shown_;
    std::uint64_t number_ = 0;
    bool stopped_ = false;
};

void tap_report::test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    if (finished.what == verdict::not_run) {
        stopped_ = true;  // not a line for each: the one that bails out says it for all
        return;
    }
    const bool todo = finished.what == verdict::todo || finished.what == verdict::known_failure ||
                      finished.what == verdict::quarantined;
    text_ += is_bad(finished.what) || todo ? "not ok " : "ok ";
    append_number(text_, ++number_);
    text_ += " - ";
    std::string title;
    append_title(title, info, " > ");
    append_escaped(title);
    if (finished.what == verdict::skipped) directive(" # SKIP", finished.reason);
    if (todo) directive(" # TODO", finished.what == verdict::todo ? finished.reason : verdict_in_words(finished, {}));
    text_ += '\n';
    details(info, finished, attempts);
}

/// The YAML block. Texts are written as JSON strings, which are YAML too.
void tap_report::details(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) {
    if (attempts.empty() && !is_bad(finished.what)) return;
    text_ += "  ---\n";
    key("duration_ms");
    json_writer(text_).milliseconds(time_of(attempts));
    text_ += '\n';
    const bool plain = finished.what == verdict::passed || finished.what == verdict::skipped;
    if (!plain) {
        const attempt_result* telling = telling_attempt(attempts);
        const source_place at = place_of(info, telling);
        key("verdict");
        text_ += name_of(finished.what);
        text_ += '\n';
        key("message");
        append_json_string(text_, verdict_in_words(finished, attempts));
        text_ += '\n';
        key("file");
        append_json_string(text_, at.file);
        text_ += '\n';
        key("line");
        append_number(text_, at.line);
        text_ += '\n';
        if (attempts.size() > 1) {
            std::string endings;
            for (const attempt_result& each : attempts)
                endings.append(name_of(each.how)).append("\n");
            items("attempts", endings);
        }
        if (telling != nullptr) items("failures", account_of(*telling));
    }
    if (!attempts.empty() && shows_output(shown_, finished.what)) {
        const attempt_result& shown = *telling_attempt(attempts);
        items("stdout", output_of(shown.output, stream::out));
        items("stderr", output_of(shown.output, stream::err));
    }
    text_ += "  ...\n";
}

/// A list with an item for each line: blocks of text are beyond some readers.
void tap_report::items(std::string_view name, std::string_view lines) {
    if (lines.empty()) return;
    text_ += "  ";
    text_ += name;
    text_ += ":\n";
    while (!lines.empty()) {
        text_ += "    - ";
        append_json_string(text_, take_line(lines));
        text_ += '\n';
    }
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/teamcity.hpp ----

#include <string>
#include <string_view>

namespace cordon::engine::report {

namespace teamcity_detail {

/// The value of an attribute. What is not ASCII is written by its UTF-16 units, so that the build agent's character set
/// does not matter.
void append_value(std::string& out, std::string_view text) {
    while (!text.empty()) {
        const code_point next = first_code_point(text);
        text.remove_prefix(next.size);
        const auto value = static_cast<std::uint32_t>(next.value);
        if (value == '\n') {
            out += "|n";
        } else if (value == '\r') {
            out += "|r";
        } else if (value == '|' || value == '\'' || value == '[' || value == ']') {
            out += '|';
            out += static_cast<char>(value);
        } else if (value >= 0x10000) {
            text_detail::append_hex(out, "|0x", 0xD7C0 + (value >> 10), 4);
            text_detail::append_hex(out, "|0x", 0xDC00 + (value & 0x3FF), 4);
        } else if (value >= 0x7F || (value < 0x20 && value != '\t')) {
            text_detail::append_hex(out, "|0x", value, 4);
        } else {
            out += static_cast<char>(value);
        }
    }
}

}  // namespace teamcity_detail

/// TeamCity's service messages (https://www.jetbrains.com/help/teamcity/service-messages.html), as tests finish. Each
/// attempt is a test of its own there; with retries TeamCity counts the last one of a name.
class teamcity_report final : public test_report {
  public:
    teamcity_report(show_output shown, text_output& output) : test_report(output), shown_(shown) {}

  private:
    void begin(const run_started& run) override {
        retries_ = false;
        message("testCount");
        attribute("count", std::to_string(run.selected.size()));
        close();
        message("testSuiteStarted", "name", printable(program_name(run.info)));
        close();
    }
    void test(const test_info& info, const test_finished& finished, const vector<attempt_result>& attempts) override;
    void end(const run_finished& finished) override {
        message("testSuiteFinished", "name", printable(program_name(run())));
        close();
        if (finished.stopped_because.empty()) return;
        message("buildProblem", "description", printable(finished.stopped_because));
        close();
    }

    void message(std::string_view name) {
        text_ += "##teamcity[";
        text_ += name;
    }
    void message(std::string_view name, std::string_view key, std::string_view value) {
        message(name);
        attribute(key, value);
    }
    void attribute(std::string_view name, std::string_view value) {
        text_ += ' ';
        text_ += name;
        text_ += "='";
        teamcity_detail::append_value(text_, value);
        text_ += '\'';
    }
    void close() { text_ += "]\n"; }

    void attempt(const std::string& name, const attempt_result& tried, bool bad, std::string_view words);
    void failed(const std::string& name, const attempt_result& tried, std::string_view words);
    void ignored(const std::string& name, std::string_view words);
    void output(const std::string& name, const captured_output& printed);

    show_output shown_;
    bool retries_ = false;
};

void teamcity_report::test(const test_info& info, const test_finished& finished,
                           const vector<attempt_result>& attempts) {
    const std::string name = printable(full_name_of(info));
    const std::string words = verdict_in_words(finished, attempts);
    const bool judged = is_bad(finished.what) || finished.what == verdict::passed || finished.what == verdict::flaky;
    if (!judged) return ignored(name, words);
    if (attempts.size() > 1 && !retries_) {
        retries_ = true;
        message("testRetrySupport", "enabled", "true");
        close();
    }
    for (const attempt_result& each : attempts) {
        const bool last = &each == attempts.end() - 1;
        const bool good = each.how == ending::passed || each.how == ending::skipped;
        const bool bad = last ? is_bad(finished.what) : !good;
        attempt(name, each, bad, last ? words : ending_in_words(each));
    }
    if (attempts.empty()) attempt(name, attempt_result(), is_bad(finished.what), words);
}

void teamcity_report::attempt(const std::string& name, const attempt_result& tried, bool bad, std::string_view words) {
    message("testStarted", "name", name);
    close();
    if (shown_ == show_output::all || (bad && shown_ != show_output::never)) output(name, tried.output);
    if (bad) failed(name, tried, words);
    message("testFinished", "name", name);
    attribute("duration", std::to_string(tried.took.count() > 0 ? (tried.took.count() + 500'000) / 1'000'000 : 0));
    close();
}

void teamcity_report::failed(const std::string& name, const attempt_result& tried, std::string_view words) {
    message("testFailed", "name", name);
    attribute("message", words);
    attribute("details", account_of(tried));
    for (const failure& wrong : tried.failures) {
        if (wrong.kind == failure_kind::warning) continue;
        if (wrong.op == "==") {
            attribute("type", "comparisonFailure");
            attribute("expected", printable(wrong.right));
            attribute("actual", printable(wrong.left));
        }
        break;
    }
    close();
}

void teamcity_report::ignored(const std::string& name, std::string_view words) {
    message("testIgnored", "name", name);
    attribute("message", words);
    close();
}

void teamcity_report::output(const std::string& name, const captured_output& printed) {
    if (printed.empty()) return;
    for (const stream which : {stream::out, stream::err}) {
        const std::string lines = output_of(printed, which);
        if (lines.empty()) continue;
        message(which == stream::out ? "testStdOut" : "testStdErr", "name", name);
        attribute("out", lines);
        close();
    }
}

}  // namespace cordon::engine::report

// ---- cordon/engine/report/trace.hpp ----

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::report {

/// Chrome's trace events as a JSON array, for Perfetto (https://ui.perfetto.dev): a lane for each slot, a slice for
/// each attempt, and how many of them ran at a time with how much memory. Slices go out as attempts end; the counters
/// need all of them, 24 bytes each.
class trace_report final : public sink {
  public:
    explicit trace_report(text_output& output) : output_(output), json_(text_) {}

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            if (list_) slice(ended->result);
        } else if (const auto* run = happened.get_if<run_started>()) {
            begin(*run);
        } else if (const auto* worker = happened.get_if<worker_started>()) {
            instant_of(worker->slot, worker->at, worker->replacement ? "worker replaced" : "worker started", {},
                       worker->pid);
        } else if (const auto* lost = happened.get_if<worker_lost>()) {
            instant_of(lost->slot, lost->at, "worker lost", lost->reason, lost->pid);
        }
        if (text_.size() >= batch) flush();
    }

    status finish() override {
        if (!list_) return ok();
        lanes();
        counters();
        json_.close(']');
        text_ += '\n';
        flush();
        return ok();
    }

  private:
    static constexpr std::size_t batch = 64 * 1024;

    struct change {
        duration at;
        std::int64_t running;
        std::int64_t bytes;
    };

    void begin(const run_started& run) {
        list_ = run.list;
        if (!list_) return;
        json_.open('[');
        named("process_name", 0, std::string(run.info.program.empty() ? "tests" : run.info.program));
    }

    /// What all events have; the object stays open.
    void open(std::string_view phase, std::string_view name, std::uint32_t slot) {
        json_.line();
        json_.open('{');
        json_.key("ph").string(phase);
        json_.key("name").string(name);
        json_.key("pid").number(1);
        json_.key("tid").number(slot);
    }
    void at(std::string_view key, duration when) { json_.key(key).number(seconds(when) * 1e6); }
    void named(std::string_view what, std::uint32_t slot, const std::string& name) {
        open("M", what, slot);
        json_.key("args").open('{');
        json_.key("name").string(name);
        json_.close('}');
        json_.close('}');
    }

    void slice(const attempt_result& attempt) {
        if (attempt.test >= list_->tests.size()) return;
        const test_info& test = list_->tests[attempt.test];
        slots_ = std::max(slots_, attempt.slot + 1);
        open("X", full_name_of(test), attempt.slot);
        json_.key("cat").string(name_of(attempt.how));
        at("ts", attempt.started);
        at("dur", attempt.took);
        if (attempt.how != ending::passed && attempt.how != ending::skipped) json_.key("cname").string("terrible");
        json_.key("args").open('{');
        json_.key("ending").string(name_of(attempt.how));
        json_.key("attempt").number(attempt.number);
        json_.key("process").number(attempt.pid);
        json_.key("spawn_ms").milliseconds(attempt.spawn);
        json_.key("cleanup_ms").milliseconds(attempt.cleanup);
        json_.key("max_rss_bytes").number(attempt.usage.max_rss_bytes);
        if (!test.file.empty()) json_.key("place").string(std::string(test.file) + ":" + std::to_string(test.line));
        if (attempt.how != ending::passed) json_.key("said").string(ending_in_words(attempt));
        json_.close('}');
        json_.close('}');
        const auto bytes = static_cast<std::int64_t>(attempt.usage.max_rss_bytes);
        changes_.push_back({attempt.started, 1, bytes});
        changes_.push_back({attempt.started + attempt.took, -1, -bytes});
    }

    void instant_of(std::uint32_t slot, duration when, std::string_view what, std::string_view reason,
                    std::int64_t pid) {
        if (!list_) return;
        slots_ = std::max(slots_, slot + 1);
        open("i", what, slot);
        json_.key("s").string("t");
        at("ts", when);
        json_.key("args").open('{');
        json_.key("process").number(pid);
        if (!reason.empty()) json_.key("reason").string(reason);
        json_.close('}');
        json_.close('}');
    }

    void lanes() {
        for (std::uint32_t slot = 0; slot < slots_; ++slot)
            named("thread_name", slot, "worker " + std::to_string(slot));
    }

    void counters() {
        std::sort(changes_.begin(), changes_.end(),
                  [](const change& a, const change& b) { return a.at != b.at ? a.at < b.at : a.running > b.running; });
        std::int64_t running = 0;
        std::int64_t bytes = 0;
        for (std::size_t i = 0; i < changes_.size(); ++i) {
            running += changes_[i].running;
            bytes += changes_[i].bytes;
            if (i + 1 < changes_.size() && changes_[i + 1].at == changes_[i].at) continue;
            counter("running tests", changes_[i].at, "tests", running);
            counter("memory of running tests", changes_[i].at, "bytes", bytes);
            if (text_.size() >= batch) flush();
        }
    }
    void counter(std::string_view name, duration when, std::string_view unit, std::int64_t value) {
        open("C", name, 0);
        at("ts", when);
        json_.key("args").open('{');
        json_.key(unit).number(value);
        json_.close('}');
        json_.close('}');
    }

    void flush() {
        output_.write(text_);
        text_.clear();
    }

    text_output& output_;
    std::string text_;
    json_writer json_;
    std::shared_ptr<const test_list> list_;
    std::uint32_t slots_ = 0;
    vector<change> changes_;
};

}  // namespace cordon::engine::report

#include <memory>
#include <string_view>

namespace cordon::engine::report {

/// What a report is told besides the events.
struct report_setup {
    const char* name;     ///< of the format
    console_style style;  ///< how what people read looks, and whose output is shown
    /// Opens the summary of a step of GitHub Actions; null where there is none.
    std::unique_ptr<text_output> (*step_summary)();
};

/// How a report's text reaches its file.
enum class delivery : std::uint8_t {
    whole,    ///< written aside, and renamed when it is complete
    growing,  ///< written in place, to be read while it grows
    nowhere,  ///< the report writes nothing of its own
};

/// One word after `--report`.
struct format {
    const char* name;
    const char* line;  ///< for help
    delivery how;
    /// The output outlives the sink.
    std::unique_ptr<sink> (*make)(const report_setup& setup, text_output& output);
};

namespace formats_detail {

std::unique_ptr<sink> console_of(const report_setup& setup, text_output& output) {
    return make_console(setup.style, output);
}

/// A format that asks only whose output it is to show.
template <class Report>
std::unique_ptr<sink> showing(const report_setup& setup, text_output& output) {
    return std::unique_ptr<sink>(new Report(setup.style.output, output));
}

template <class Report>
std::unique_ptr<sink> simple(const report_setup&, text_output& output) {
    return std::unique_ptr<sink>(new Report(output));
}

std::unique_ptr<sink> github_of(const report_setup& setup, text_output& output) {
    return std::unique_ptr<sink>(
        new github_report(setup.style.output, setup.step_summary != nullptr ? setup.step_summary() : nullptr, output));
}

/// A format whose reports are all made the same way.
template <std::unique_ptr<sink> (*Make)(text_output&)>
std::unique_ptr<sink> plain(const report_setup&, text_output& output) {
    return Make(output);
}

}  // namespace formats_detail

/// Every format that cordon itself has, in the order in which help lists them.
constexpr format formats[] = {
    {"console", "for people: failures as they come, and a summary", delivery::whole, formats_detail::console_of},
    {"json", "one document with all there is", delivery::whole, formats_detail::plain<make_json>},
    {"events", "JSON lines, one for each event as it happens", delivery::growing,
     formats_detail::simple<events_report>},
    {"junit", "XML that Jenkins, GitLab, Azure and others read", delivery::whole,
     formats_detail::showing<junit_report>},
    {"tap", "Test Anything Protocol, version 14", delivery::whole, formats_detail::showing<tap_report>},
    {"github", "annotations, groups and the step's summary for GitHub Actions", delivery::whole,
     formats_detail::github_of},
    {"teamcity", "TeamCity's service messages", delivery::whole, formats_detail::showing<teamcity_report>},
    {"ctrf", "Common Test Report Format, JSON", delivery::whole, formats_detail::showing<ctrf_report>},
    {"trace", "a timeline of the workers for Perfetto or chrome://tracing", delivery::whole,
     formats_detail::simple<trace_report>},
};

/// A format that the program adds with CORDON_REPORTER.
struct registered_format {
    format what;
    const registered_format* next;
};

/// Set before main() by the registrations, the last one first.
const registered_format* first_registered_format = nullptr;

/// Calls use(format) for each: cordon's own, then the program's.
template <class Use>
void each_format(Use&& use) {
    for (const format& each : formats)
        use(each);
    for (const registered_format* each = first_registered_format; each != nullptr; each = each->next)
        use(each->what);
}

/// Null where there is none of that name. One that the program adds takes the place of cordon's own.
const format* find_format(std::string_view name) {
    const format* found = nullptr;
    each_format([&](const format& each) {
        if (name == each.name) found = &each;
    });
    return found;
}

/// All names, each once.
vector<std::string_view> format_names() {
    vector<std::string_view> names;
    each_format([&](const format& each) {
        if (find_format(each.name) == &each) names.emplace_back(each.name);
    });
    return names;
}

}  // namespace cordon::engine::report

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

// Reports that the program itself brings. docs/reporters.md has an example.

namespace cordon {

/// What a report derives from: on(event) is called with everything that happens, finish() once at the end.
using reporter = engine::report::sink;
/// Where it writes to; what a reporter's constructor takes if it writes a report of its own.
using report_output = engine::text_output;
/// One of the structs of cordon::events; happened.get_if<cordon::events::test_finished>() tells which.
using event = engine::event;
/// What finish() returns: cordon::report_ok(), or cordon::report_error{"write", errno, path} for exit code 4.
using report_status = engine::status;
using report_error = engine::error;
inline report_status report_ok() { return engine::ok(); }

namespace events {
using engine::attempt_ended;
using engine::attempt_started;
using engine::notice;
using engine::output_arrived;
using engine::run_finished;
using engine::run_started;
using engine::test_finished;
using engine::tick;
using engine::worker_lost;
using engine::worker_started;
}  // namespace events

namespace engine::reporter_detail {

/// Keeps an exception of a user's report from ending the run: the report hears no more, and the exit code is 4.
class guarded final : public report::sink {
  public:
    guarded(const char* name, std::unique_ptr<report::sink> inner) : name_(name), inner_(std::move(inner)) {}

    void on(const event& happened) override {
        if (!failure_) {
            attempt([&] { inner_->on(happened); });
        }
    }
    status finish() override {
        status done = ok();
        if (!failure_) {
            attempt([&] { done = inner_->finish(); });
        }
        if (failure_) return *failure_;
        return done;
    }

  private:
    template <class Call>
    void attempt(const Call& call) {
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
        call();
#else
        try {
            call();
        } catch (const std::exception& thrown) {
            fail(thrown.what());
        } catch (...) {
            fail("an exception of unknown type");
        }
#endif
    }
    void fail(const char* what) {
        failure_ = error{"go on with the report", 0, std::string(name_) + ", which threw: " + what};
    }

    const char* name_;
    std::unique_ptr<report::sink> inner_;
    std::optional<error> failure_;
};

std::unique_ptr<report::sink> guard(const char* name, report::sink* made) {
    return std::unique_ptr<report::sink>(new guarded(name, std::unique_ptr<report::sink>(made)));
}

template <class Type>
constexpr bool writes = std::is_constructible_v<Type, text_output&>;

template <class Type>
std::unique_ptr<report::sink> make(const report::report_setup& setup, text_output& output) {
    static_assert(std::is_base_of_v<report::sink, Type>, "a reporter derives from cordon::reporter");
    if constexpr (writes<Type>) {
        return guard(setup.name, new Type(output));
    } else {
        static_assert(std::is_default_constructible_v<Type>,
                      "a reporter is made from cordon::report_output&, or from nothing if it writes no report");
        static_cast<void>(output);
        return guard(setup.name, new Type());
    }
}

/// Enters the format into the list.
struct registration {
    registration(const char* name, report::delivery how, decltype(report::format::make) make)
        : entry{{name, "of this program", how, make}, report::first_registered_format} {
        report::first_registered_format = &entry;
    }
    registration(const registration&) = delete;
    registration& operator=(const registration&) = delete;

    report::registered_format entry;
};

}  // namespace engine::reporter_detail

}  // namespace cordon

/// Makes `--report name` write a report with the class that follows: in the file that has the engine, after it.
#define CORDON_REPORTER(name, ...)                                                                            \
    static const ::cordon::engine::reporter_detail::registration CORDON_UNIQUE(cordon_reporter_)(             \
        name,                                                                                                 \
        ::cordon::engine::reporter_detail::writes<__VA_ARGS__> ? ::cordon::engine::report::delivery::whole    \
                                                               : ::cordon::engine::report::delivery::nowhere, \
        ::cordon::engine::reporter_detail::make<__VA_ARGS__>);

// ---- cordon/engine/session.hpp ----

// ---- cordon/engine/cli/exit_code.hpp ----

#include <array>
#include <cstddef>

namespace cordon::engine::cli {

constexpr int exit_passed = 0;
constexpr int exit_failed = 1;
constexpr int exit_usage = 2;
constexpr int exit_nothing_selected = 3;
constexpr int exit_trouble = 4;
constexpr int exit_signal_base = 128;

/// What a run came to, as far as its exit code goes.
struct run_summary {
    std::size_t selected = 0;                           ///< before sharding: plan::selected
    std::array<std::size_t, verdict_count> verdicts{};  ///< how many tests got each verdict
    int cancelled_by = 0;                               ///< the signal, or 0
    bool report_failed = false;                         ///< a report could not be written
    double highest_flake_rate = 0;                      ///< of the tests that are flaky by their repeated runs
};

/// A cancelled run says so first. A report that could not be written is told even if tests failed, because whoever
/// reads it would find an old one or none. A lost test, by contrast, never hides that another one failed. Tests that
/// were not run although nothing failed (the global timeout) make the run no success.
int exit_code_of(const run_summary& run, const options& chosen) {
    const auto count = [&run](verdict what) { return run.verdicts[static_cast<std::size_t>(what)]; };
    if (run.cancelled_by != 0) return exit_signal_base + run.cancelled_by;
    if (run.report_failed) return exit_trouble;
    if (run.selected == 0) return chosen.allow_empty ? exit_passed : exit_nothing_selected;
    if (count(verdict::failed) + count(verdict::unexpected_pass) != 0) return exit_failed;
    if (chosen.flaky == flaky_policy::fail && count(verdict::flaky) != 0) return exit_failed;
    if (chosen.flaky != flaky_policy::pass && run.highest_flake_rate > chosen.flake_threshold) return exit_failed;
    if (count(verdict::lost) != 0) return exit_trouble;
    return count(verdict::not_run) != 0 ? exit_failed : exit_passed;
}

}  // namespace cordon::engine::cli

// ---- cordon/engine/cli/help.hpp ----

// ---- cordon/engine/cli/option_table.hpp ----

// ---- cordon/engine/cli/apply.hpp ----

// ---- cordon/engine/base/parse.hpp ----

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

// Numbers as users write them. Independent of the locale, exact where a double would not be, and strict: the whole text
// has to be the number. nullopt means that it is not one, or that it does not fit.

namespace cordon::engine {

/// Longer than any run, and far from what a deadline can hold.
inline constexpr duration longest_duration = std::chrono::hours(24 * 365 * 100);

namespace parse_detail {

constexpr std::uint64_t most_u64 = std::numeric_limits<std::uint64_t>::max();

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Adds a * b to `sum` unless that overflows.
bool add_product(std::uint64_t& sum, std::uint64_t a, std::uint64_t b) {
    if (b != 0 && a > most_u64 / b) return false;
    if (a * b > most_u64 - sum) return false;
    sum += a * b;
    return true;
}

/// Takes the decimal digits at the front of `text`.
std::optional<std::uint64_t> take_digits(std::string_view& text) {
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    std::uint64_t value = 0;
    while (!text.empty() && is_digit(text.front())) {
        std::uint64_t next = static_cast<std::uint64_t>(text.front() - '0');
        if (!add_product(next, value, 10)) return std::nullopt;
        value = next;
        text.remove_prefix(1);
    }
    return value;
}

/// A number such as 12, 1.5 or .5, split so that no rounding happens before its unit is known.
struct decimal {
    std::uint64_t whole = 0;
    std::string_view fraction;
};

std::optional<decimal> take_decimal(std::string_view& text) {
    decimal number;
    const bool starts_with_point = !text.empty() && text.front() == '.';
    if (!starts_with_point) {
        const std::optional<std::uint64_t> whole = take_digits(text);
        if (!whole) return std::nullopt;
        number.whole = *whole;
    }
    if (text.empty() || text.front() != '.') return number;
    text.remove_prefix(1);
    std::size_t digits = 0;
    while (digits < text.size() && is_digit(text[digits]))
        ++digits;
    if (digits == 0) return std::nullopt;
    number.fraction = text.substr(0, digits);
    text.remove_prefix(digits);
    return number;
}

/// number * unit, what is smaller than one being cut off.
std::optional<std::uint64_t> scaled(const decimal& number, std::uint64_t unit) {
    std::uint64_t value = 0;
    if (!add_product(value, number.whole, unit)) return std::nullopt;
    std::uint64_t part = 0;
    std::uint64_t denominator = 1;
    for (char digit : number.fraction) {
        // With more digits the products below would not fit; these leave less than a millionth of a unit unsaid.
        if (denominator == 1'000'000'000) break;
        part = part * 10 + static_cast<std::uint64_t>(digit - '0');
        denominator *= 10;
    }
    // unit * part / denominator in two steps, because the product may not fit.
    std::uint64_t fraction = unit / denominator * part;
    if (!add_product(fraction, unit % denominator * part / denominator, 1)) return std::nullopt;
    if (!add_product(value, fraction, 1)) return std::nullopt;
    return value;
}

struct unit_row {
    std::string_view name;
    std::uint64_t factor;
};

/// Takes the letters at the front of `text` and finds them among `units`; 0 when they are none of those.
template <std::size_t N>
std::uint64_t take_unit(std::string_view& text, const unit_row (&units)[N]) {
    std::size_t letters = 0;
    while (letters < text.size() && !is_digit(text[letters]) && text[letters] != '.')
        ++letters;
    const std::string_view name = text.substr(0, letters);
    text.remove_prefix(letters);
    for (const unit_row& unit : units) {
        if (unit.name == name) return unit.factor;
    }
    return 0;
}

constexpr unit_row duration_units[] = {
    {"ns", 1},
    {"us", 1'000},
    {"ms", 1'000'000},
    {"s", 1'000'000'000},
    {"m", 60'000'000'000},
    {"h", 3'600'000'000'000},
    {"d", 86'400'000'000'000},
};

constexpr unit_row size_units[] = {
    {"", 1},
    {"B", 1},
    {"k", 1ull << 10},
    {"K", 1ull << 10},
    {"kiB", 1ull << 10},
    {"KiB", 1ull << 10},
    {"M", 1ull << 20},
    {"MiB", 1ull << 20},
    {"G", 1ull << 30},
    {"GiB", 1ull << 30},
    {"T", 1ull << 40},
    {"TiB", 1ull << 40},
};

}  // namespace parse_detail

/// A whole decimal number of at most `most`.
std::optional<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t most = parse_detail::most_u64) {
    const std::optional<std::uint64_t> value = parse_detail::take_digits(text);
    if (!value || !text.empty() || *value > most) return std::nullopt;
    return value;
}

/// A seed: decimal, or hexadecimal with 0x.
std::optional<std::uint64_t> parse_seed(std::string_view text) {
    if (text.substr(0, 2) != "0x" && text.substr(0, 2) != "0X") return parse_unsigned(text);
    text.remove_prefix(2);
    if (text.empty() || text.size() > 16) return std::nullopt;
    std::uint64_t value = 0;
    for (char c : text) {
        const char lower = static_cast<char>(c | 0x20);
        const bool letter = lower >= 'a' && lower <= 'f';
        if (!letter && !parse_detail::is_digit(c)) return std::nullopt;
        value = value << 4 | static_cast<std::uint64_t>(letter ? lower - 'a' + 10 : c - '0');
    }
    return value;
}

/// `250ms`, `2s`, `1.5m`, `1h`, `2h30m` (units must fall), or plain seconds. At most longest_duration.
std::optional<duration> parse_duration(std::string_view text) {
    std::uint64_t total = 0;
    std::uint64_t last_unit = parse_detail::most_u64;
    do {
        const std::optional<parse_detail::decimal> number = parse_detail::take_decimal(text);
        if (!number) return std::nullopt;
        const bool plain = text.empty() && last_unit == parse_detail::most_u64;
        const std::uint64_t unit = plain ? 1'000'000'000 : parse_detail::take_unit(text, parse_detail::duration_units);
        if (unit == 0 || unit >= last_unit) return std::nullopt;
        last_unit = unit;
        const std::optional<std::uint64_t> part = parse_detail::scaled(*number, unit);
        if (!part || !parse_detail::add_product(total, *part, 1)) return std::nullopt;
    } while (!text.empty());
    if (total > static_cast<std::uint64_t>(longest_duration.count())) return std::nullopt;
    return duration(static_cast<duration::rep>(total));
}

/// `64M`, `1.5G`, `512k`, or bytes; units are powers of 1024. At most 2^63 - 1.
std::optional<std::uint64_t> parse_size(std::string_view text) {
    const std::optional<parse_detail::decimal> number = parse_detail::take_decimal(text);
    if (!number) return std::nullopt;
    const std::uint64_t unit = parse_detail::take_unit(text, parse_detail::size_units);
    if (unit == 0 || !text.empty()) return std::nullopt;
    if (unit == 1 && !number->fraction.empty()) return std::nullopt;
    const std::optional<std::uint64_t> size = parse_detail::scaled(*number, unit);
    if (!size || *size > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) return std::nullopt;
    return size;
}

/// A share from 0 to 1: `0.05` or `5%`.
std::optional<double> parse_rate(std::string_view text) {
    constexpr std::uint64_t unit = 1'000'000;
    const std::optional<parse_detail::decimal> number = parse_detail::take_decimal(text);
    if (!number || (!text.empty() && text != "%")) return std::nullopt;
    const std::optional<std::uint64_t> scaled = parse_detail::scaled(*number, unit);
    if (!scaled) return std::nullopt;
    const double rate = static_cast<double>(*scaled) / static_cast<double>(text.empty() ? unit : 100 * unit);
    if (rate > 1) return std::nullopt;
    return rate;
}

/// 1, 0, true, false, yes, no, on, off.
std::optional<bool> parse_bool(std::string_view text) {
    if (text == "1" || text == "true" || text == "yes" || text == "on") return true;
    if (text == "0" || text == "false" || text == "no" || text == "off") return false;
    return std::nullopt;
}

}  // namespace cordon::engine

// ---- cordon/engine/base/quote.hpp ----

#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine {

/// What a user typed, for a message of one line: in single quotes, control characters as \xNN, long text cut.
std::string quoted(std::string_view text) {
    constexpr std::size_t longest = 60;
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "'";
    for (char c : text.substr(0, longest)) {
        const unsigned char byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7f) {
            out += c;
        } else {
            out += {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
        }
    }
    return out + (text.size() > longest ? "...'" : "'");
}

}  // namespace cordon::engine

// ---- cordon/engine/base/regex.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// Regular expressions, as far as a user needs them to name a message:
//
//     either = row { "|" row }
//     row    = { piece }
//     piece  = atom [ "*" | "+" | "?" | "{m}" | "{m,}" | "{m,n}" ]
//     atom   = "." | "^" | "$" | "(" either ")" | "[" set "]" | "\" character | character
//
// A dot is any byte but the end of a line, ^ and $ are the ends of a line, \d \w \s and \D \W \S the usual sets, \t \n
// a tabulator and the end of a line; any other character after a backslash is itself. Bytes are compared, so letters
// beyond ASCII match as they are written, and a dot is one byte of them.

namespace cordon::engine {

namespace regex_detail {

enum class operation : std::uint8_t { byte, set, line_begin, line_end, fork, jump };

/// `x` and `y` are distances to the next steps, so that a piece of code can be copied as it is.
struct step {
    operation what;
    std::int32_t x = 1;  ///< byte: the byte; set: its index; fork, jump: where to go on
    std::int32_t y = 0;  ///< fork: the other way
};

using code = vector<step>;

struct byte_set {
    std::uint64_t bits[4] = {};

    void add(unsigned char byte) { bits[byte >> 6] |= std::uint64_t{1} << (byte & 63); }
    void add_range(unsigned first, unsigned last) {
        for (unsigned byte = first; byte <= last; ++byte)
            add(static_cast<unsigned char>(byte));
    }
    void add_all(const byte_set& other) {
        for (std::size_t i = 0; i < 4; ++i)
            bits[i] |= other.bits[i];
    }
    void negate() {
        for (std::uint64_t& word : bits)
            word = ~word;
    }
    bool has(unsigned char byte) const { return (bits[byte >> 6] >> (byte & 63) & 1) != 0; }
};

}  // namespace regex_detail

/// A regular expression, read. Finding is Thompson's way (1968): all ways are gone at once, so the time is at most the
/// size of the expression times that of the text, whatever both are.
class regex {
  public:
    regex(regex_detail::code steps, vector<regex_detail::byte_set> sets)
        : steps_(std::move(steps)), sets_(std::move(sets)) {}

    /// Whether it matches somewhere in the text.
    bool is_in(std::string_view text) const {
        search run{text, {}, {}, vector<std::size_t>(steps_.size(), 0), {}};
        for (std::size_t at = 0;; ++at) {
            if (enter(0, at, run, run.now)) return true;
            if (at == text.size()) return false;
            for (const std::size_t each : run.now) {
                if (takes(steps_[each], text[at]) && enter(each + 1, at + 1, run, run.next)) return true;
            }
            run.now.swap(run.next);
            run.next.clear();
        }
    }

  private:
    struct search {
        std::string_view text;
        vector<std::size_t> now;     ///< steps that wait for the byte at hand
        vector<std::size_t> next;    ///< and for the one after it
        vector<std::size_t> marked;  ///< by step: the position at which it was entered last, and one
        vector<std::size_t> open;
    };

    bool takes(const regex_detail::step& what, char c) const {
        const auto byte = static_cast<unsigned char>(c);
        if (what.what == regex_detail::operation::byte) return what.x == byte;
        return sets_[static_cast<std::size_t>(what.x)].has(byte);
    }

    /// Goes from step `first` as far as it goes without taking a byte; true at the end of the expression.
    bool enter(std::size_t first, std::size_t at, search& run, vector<std::size_t>& to) const {
        using regex_detail::operation;
        const std::string_view text = run.text;
        vector<std::size_t>& open = run.open;
        open.push_back(first);
        while (!open.empty()) {
            const std::size_t here = open.back();
            open.pop_back();
            if (here == steps_.size()) return true;
            if (std::exchange(run.marked[here], at + 1) == at + 1) continue;
            const regex_detail::step& step = steps_[here];
            const auto away = [here](std::int32_t by) {
                return static_cast<std::size_t>(static_cast<std::ptrdiff_t>(here) + by);
            };
            if (step.what == operation::byte || step.what == operation::set) {
                to.push_back(here);
            } else if (step.what == operation::line_begin) {
                if (at == 0 || text[at - 1] == '\n') open.push_back(here + 1);
            } else if (step.what == operation::line_end) {
                if (at == text.size() || text[at] == '\n') open.push_back(here + 1);
            } else {
                open.push_back(away(step.x));
                if (step.what == operation::fork) open.push_back(away(step.y));
            }
        }
        return false;
    }

    regex_detail::code steps_;
    vector<regex_detail::byte_set> sets_;
};

namespace regex_detail {

class parser {
  public:
    explicit parser(std::string_view text) : text_(text) {}

    result<regex> parse() {
        code whole;
        if (!either(0, whole)) return std::move(failure_);
        if (at_ < text_.size()) {
            fail("this ) closes nothing");
            return std::move(failure_);
        }
        return regex(std::move(whole), std::move(sets_));
    }

  private:
    static constexpr std::size_t deepest = 50;
    static constexpr std::size_t longest = 20'000;  // steps: {m,n} can multiply
    static constexpr std::uint32_t most_repeats = 1000;

    static std::int32_t length(const code& of) { return static_cast<std::int32_t>(of.size()); }

    static void append(code& to, const code& what) {
        for (const step& each : what)
            to.push_back(each);
    }

    bool either(std::size_t depth, code& out) {
        if (depth == deepest) return fail("brackets are nested deeper than 50");
        if (!row(depth, out)) return false;
        while (take('|')) {
            code other;
            if (!row(depth, other)) return false;
            code joined{{operation::fork, 1, length(out) + 2}};
            append(joined, out);
            joined.push_back({operation::jump, length(other) + 1});
            append(joined, other);
            out.swap(joined);
        }
        return true;
    }

    bool row(std::size_t depth, code& out) {
        while (at_ < text_.size() && text_[at_] != '|' && text_[at_] != ')') {
            code one;
            if (!atom(depth, one) || !repeated(one)) return false;
            append(out, one);
            if (out.size() > longest) return fail("it is too long");
        }
        return true;
    }

    bool atom(std::size_t depth, code& out) {
        const char c = text_[at_++];
        if (c == '(') {
            if (!either(depth + 1, out)) return false;
            return take(')') || fail("expected )");
        }
        if (c == '[') return set(out);
        if (c == '*' || c == '+' || c == '?' || c == '{') {
            --at_;
            return fail("nothing to repeat stands before this");
        }
        if (c == '^' || c == '$') {
            out.push_back({c == '^' ? operation::line_begin : operation::line_end});
            return true;
        }
        if (c == '.') {
            byte_set all;
            all.add('\n');
            all.negate();
            return add_set(out, all);
        }
        if (c != '\\') return add_byte(out, c);
        byte_set named;
        char literal = 0;
        if (!escape(named, literal)) return false;
        return literal != 0 ? add_byte(out, literal) : add_set(out, named);
    }

    static bool add_byte(code& out, char c) {
        out.push_back({operation::byte, static_cast<unsigned char>(c)});
        return true;
    }
    bool add_set(code& out, const byte_set& what) {
        out.push_back({operation::set, static_cast<std::int32_t>(sets_.size())});
        sets_.push_back(what);
        return true;
    }

    /// What follows a backslash: a set of bytes, or one byte (then `literal` is not 0).
    bool escape(byte_set& named, char& literal) {
        if (at_ == text_.size()) return fail("nothing follows the backslash");
        const char c = text_[at_++];
        const char lower = static_cast<char>(c | 0x20);
        if (lower == 'd' || lower == 'w') named.add_range('0', '9');
        if (lower == 'w') {
            named.add_range('a', 'z');
            named.add_range('A', 'Z');
            named.add('_');
        }
        if (lower == 's') {
            for (const char blank : {' ', '\t', '\n', '\r', '\f', '\v'})
                named.add(static_cast<unsigned char>(blank));
        }
        if (lower == 'd' || lower == 'w' || lower == 's') {
            if (c != lower) named.negate();
        } else {
            literal = c == 'n' ? '\n' : c == 't' ? '\t' : c;
        }
        return true;
    }

    bool set(code& out) {
        byte_set members;
        const bool negated = take('^');
        for (bool first = true; first || !take(']'); first = false) {
            if (at_ == text_.size()) return fail("expected ]");
            char from = text_[at_++];
            if (from == '\\') {
                byte_set named;
                char literal = 0;
                if (!escape(named, literal)) return false;
                members.add_all(named);
                if (literal == 0) continue;
                from = literal;
            }
            char to = from;
            if (at_ + 1 < text_.size() && text_[at_] == '-' && text_[at_ + 1] != ']') {
                to = text_[at_ + 1];
                at_ += 2;
            }
            if (static_cast<unsigned char>(to) < static_cast<unsigned char>(from)) return fail("the range falls");
            members.add_range(static_cast<unsigned char>(from), static_cast<unsigned char>(to));
        }
        if (negated) members.negate();
        return add_set(out, members);
    }

    bool repeated(code& one) {
        std::uint32_t least = 1, most = 1;
        bool endless = false;
        if (take('*')) {
            least = 0;
            endless = true;
        } else if (take('+')) {
            endless = true;
        } else if (take('?')) {
            least = 0;
        } else if (take('{')) {
            if (!counts(least, most, endless)) return false;
        } else {
            return true;
        }
        return multiply(one, least, most, endless);
    }

    bool counts(std::uint32_t& least, std::uint32_t& most, bool& endless) {
        if (!number(least)) return fail("expected a number up to 1000");
        most = least;
        if (take(',')) {
            endless = at_ < text_.size() && text_[at_] == '}';
            if (!endless && !number(most)) return fail("expected a number up to 1000");
        }
        if (!take('}')) return fail("expected }");
        return most >= least || endless || fail("the numbers fall");
    }

    bool number(std::uint32_t& value) {
        const std::size_t start = at_;
        for (value = 0; at_ < text_.size() && text_[at_] >= '0' && text_[at_] <= '9'; ++at_) {
            value = value * 10 + static_cast<std::uint32_t>(text_[at_] - '0');
            if (value > most_repeats) return false;
        }
        return at_ != start;
    }

    bool multiply(code& one, std::uint32_t least, std::uint32_t most, bool endless) {
        code all;
        const std::uint32_t copies = endless ? least + 1 : most;
        if ((one.size() + 2) * copies > longest) return fail("it is too long");
        for (std::uint32_t i = 0; i < copies; ++i) {
            if (i >= least) all.push_back({operation::fork, 1, length(one) + (endless ? 2 : 1)});
            append(all, one);
        }
        if (endless) all.push_back({operation::jump, -(length(one) + 1)});
        one.swap(all);
        return true;
    }

    bool take(char sign) {
        if (at_ == text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    bool fail(const char* what) {
        failure_ = {"regular expression", 0, what + (", at column " + std::to_string(at_ + 1))};
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    vector<byte_set> sets_;
    error failure_;
};

}  // namespace regex_detail

/// The error's detail says what is wrong and at which column, from 1.
result<regex> parse_regex(std::string_view text) { return regex_detail::parser(text).parse(); }

}  // namespace cordon::engine

// ---- cordon/engine/base/spelling.hpp ----

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cordon::engine {

/// How many letters must be put in, left out, replaced or swapped with their neighbour to turn `a` into `b`; `limit +
/// 1` as soon as it is more than `limit`, so that long texts cost nothing.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return std::min(above[b.size()], limit + 1);
}

/// The candidate that `word` was most likely meant to be: a quarter of its letters may be wrong, and one always may.
/// The first of equals; empty when nothing is near.
std::string_view nearest(std::string_view word, const vector<std::string_view>& candidates) {
    constexpr std::size_t longest = 64;
    if (word.size() > longest) return {};
    std::size_t limit = std::max<std::size_t>(1, word.size() / 4);
    std::string_view best;
    for (std::string_view candidate : candidates) {
        // A word of which nothing is left is not a spelling of another.
        if (candidate.size() <= 1) continue;
        const std::size_t distance = edit_distance(word, candidate, limit);
        if (distance > limit) continue;
        best = candidate;
        if (distance == 0) break;
        limit = distance - 1;
    }
    return best;
}

}  // namespace cordon::engine

// ---- cordon/engine/cli/option_row.hpp ----

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::cli {

/// The value of an environment variable, or null. main passes getenv, tests a table.
using environment_lookup = const char* (*)(const char* name);

enum class option_group : std::uint8_t { select, run, retry, output, record, debug, other };

/// A flag takes no value, except that `--flag=false` undoes what the environment says. An optional value is taken only
/// with `=`, so that the next argument stays a pattern.
enum class takes : std::uint8_t { flag, value, optional_value };

struct option_row;

/// One occurrence of an option. The value of a flag is a boolean; an optional value that is not there is empty.
struct setting {
    const option_row& row;
    std::string_view value;
    environment_lookup lookup;
};

/// One option: everything that parsing it, listing it and explaining it needs.
struct option_row {
    const char* name;   ///< without the dashes
    char letter;        ///< 0: no short form
    const char* value;  ///< the value's name as help shows it, "N" or "FORMAT[=PATH]"; empty for flags
    takes how;
    option_group group;
    bool repeatable;      ///< several may be given; else the last one wins
    bool in_environment;  ///< also read from CORDON_NAME
    /// Stores the value. An error's detail says what was expected; parsing puts the option and the value before it.
    status (*apply)(options& chosen, const setting& given);
    const char* choices;   ///< words that the value may be, separated by blanks; empty where it is free
    const char* standard;  ///< the default as help shows it; empty: off
    const char* line;      ///< for the list of options
    const char* more;      ///< what --help=OPTION says besides; may be empty
};

}  // namespace cordon::engine::cli

// ---- cordon/engine/cli/shard_environment.hpp ----

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

// `--shard auto`: what systems that split a run over machines say in the environment.

namespace cordon::engine::cli {

namespace shard_detail {

struct shard_system {
    const char* name;
    const char* total;
    const char* index;
    std::uint32_t first;  ///< what the system counts from
};

constexpr shard_system systems[] = {
    {"Bazel", "TEST_TOTAL_SHARDS", "TEST_SHARD_INDEX", 0},
    {"GoogleTest", "GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", 0},
    {"GitLab", "CI_NODE_TOTAL", "CI_NODE_INDEX", 1},
    {"CircleCI", "CIRCLE_NODE_TOTAL", "CIRCLE_NODE_INDEX", 0},
    {"Buildkite", "BUILDKITE_PARALLEL_JOB_COUNT", "BUILDKITE_PARALLEL_JOB", 0},
    {"Slurm", "SLURM_NTASKS", "SLURM_PROCID", 0},
};

std::string_view value_of(environment_lookup lookup, const char* name) {
    const char* value = lookup ? lookup(name) : nullptr;
    return value ? std::string_view(value) : std::string_view();
}

error wrong_variable(const char* variable, std::string_view value, const std::string& expected) {
    return {"command line", 0,
            std::string("the environment's ") + variable + " " + quoted(value) + ": expected " + expected};
}

/// Sets `found` where the system splits this run.
status ask(const shard_system& system, environment_lookup lookup, std::optional<shard_choice>& found) {
    const std::string_view total_text = value_of(lookup, system.total);
    if (total_text.empty()) return ok();
    const auto total = parse_unsigned(total_text, std::numeric_limits<std::uint32_t>::max());
    if (!total || *total == 0) return wrong_variable(system.total, total_text, "a whole number from 1");
    if (*total == 1) return ok();
    const std::string_view index_text = value_of(lookup, system.index);
    const std::uint64_t last = *total - 1 + system.first;
    const auto index = parse_unsigned(index_text, last);
    if (!index || *index < system.first) {
        return wrong_variable(system.index, index_text,
                              std::to_string(system.first) + " to " + std::to_string(last) + ", as " + system.total +
                                  " is " + std::to_string(*total));
    }
    found.emplace();
    found->index = static_cast<std::uint32_t>(*index - system.first + 1);
    found->count = static_cast<std::uint32_t>(*total);
    return ok();
}

}  // namespace shard_detail

/// Sets `found` to the shard that the first of the known systems asks for. It stays empty where none of them splits the
/// run: then all tests are to run, because such systems leave their variables out when there is one machine only.
status find_shard(environment_lookup lookup, std::optional<shard_choice>& found) {
    found.reset();
    for (const shard_detail::shard_system& system : shard_detail::systems) {
        status asked = shard_detail::ask(system, lookup, found);
        if (!asked || found) return asked;
    }
    return ok();
}

/// Tells Bazel that this program shards: touches options::shard_status_file. Nothing to do where that is empty.
status announce_sharding(const std::string& path) {
    if (path.empty()) return ok();
    std::FILE* file = std::fopen(path.c_str(), "ab");
    if (!file) return error{"open", errno, path};
    std::fclose(file);
    return ok();
}

}  // namespace cordon::engine::cli

// ---- cordon/engine/policy/conditions.hpp ----

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The conditions that tests can be run under, and what it means if one of them moves the rate at which a test fails.

namespace cordon::engine::policy {

/// What a condition disturbs.
enum class disturbs : std::uint8_t { timing, memory, lots, environment };

struct condition_row {
    const char* name;
    const char* value;     ///< as help shows it
    const char* standard;  ///< what is taken without a value
    disturbs what;
    const char* line;
    /// Stores the value. False: it is none.
    bool (*apply)(condition& to, std::string_view value);
};

namespace conditions_detail {

template <std::uint32_t condition::for_worker::*Field, std::uint32_t Most, std::uint32_t Offset = 0>
bool set_count(condition& to, std::string_view value) {
    const std::optional<std::uint64_t> count = parse_unsigned(value, Most);
    if (!count) return false;
    to.worker.*Field = static_cast<std::uint32_t>(*count) + Offset;
    return true;
}

template <duration condition::for_worker::*Field>
bool set_duration(condition& to, std::string_view value) {
    const std::optional<duration> read = parse_duration(value);
    if (!read || *read <= duration{0} || *read > std::chrono::seconds(10)) return false;
    to.worker.*Field = *read;
    return true;
}

bool set_variable(condition& to, const char* name, std::string_view value) {
    if (!to.variable.empty()) return false;
    to.variable = std::string(name) + "=" + std::string(value);
    return true;
}

bool set_hogs(condition& to, std::string_view value) {
    const std::optional<std::uint64_t> count = parse_unsigned(value, 256);
    if (!count || *count == 0) return false;
    to.hogs = static_cast<std::uint32_t>(*count);
    return true;
}

bool set_addresses(condition& to, std::string_view value) {
    to.fixed_addresses = true;
    return value == "fixed";
}

bool set_malloc(condition& to, std::string_view value) {
    const std::optional<std::uint64_t> byte = parse_unsigned(value, 255);
    return byte && *byte != 0 && set_variable(to, "MALLOC_PERTURB_", value);
}

bool set_seed(condition& to, std::string_view value) {
    to.seed = parse_seed(value);
    return to.seed.has_value();
}

bool set_file_mask(condition& to, std::string_view value) {
    std::uint32_t mask = 0;
    for (const char digit : value) {
        if (digit < '0' || digit > '7') return false;
        mask = mask * 8 + static_cast<std::uint32_t>(digit - '0');
    }
    if (value.empty() || mask > 0777) return false;
    to.worker.file_mask = mask + 1;
    return true;
}

bool set_folder(condition& to, std::string_view value) {
    to.worker.folder = value;
    return !value.empty();
}

bool set_time_zone(condition& to, std::string_view value) { return set_variable(to, "TZ", value); }
bool set_locale(condition& to, std::string_view value) { return set_variable(to, "LC_ALL", value); }
bool set_home(condition& to, std::string_view value) { return set_variable(to, "HOME", value); }

}  // namespace conditions_detail

constexpr condition_row condition_table[] = {
    {"cpus", "N", "1", disturbs::timing, "use only N processors",
     conditions_detail::set_count<&condition::for_worker::processors, 4096>},
    {"hogs", "N", "4", disturbs::timing, "N busy processes beside the tests", conditions_detail::set_hogs},
    {"nice", "N", "19", disturbs::timing, "with lower priority",
     conditions_detail::set_count<&condition::for_worker::niceness, 19>},
    {"timer-slack", "DUR", "20ms", disturbs::timing, "timers and sleeps end up to DUR late",
     conditions_detail::set_duration<&condition::for_worker::timer_slack>},
    {"pulses", "DUR", "10ms", disturbs::timing, "tests are stopped for about DUR, again and again",
     conditions_detail::set_duration<&condition::for_worker::pulses>},
    {"addresses", "fixed", "fixed", disturbs::lots, "no randomisation of addresses", conditions_detail::set_addresses},
    {"malloc", "BYTE", "165", disturbs::memory, "what malloc returns, and free leaves, is filled with BYTE",
     conditions_detail::set_malloc},
    {"stack", "BYTE", "165", disturbs::memory, "unused stack is filled with BYTE",
     conditions_detail::set_count<&condition::for_worker::stack_fill, 255, 1>},
    {"seed", "N", "1", disturbs::lots, "CORDON_SEED of every attempt", conditions_detail::set_seed},
    {"tz", "ZONE", "<+1345>-13:45", disturbs::environment, "the time zone, TZ", conditions_detail::set_time_zone},
    {"locale", "NAME", "C", disturbs::environment, "the locale, LC_ALL", conditions_detail::set_locale},
    {"home", "PATH", "/nonexistent", disturbs::environment, "the home folder, HOME", conditions_detail::set_home},
    {"umask", "MODE", "077", disturbs::environment, "the mask of new files' permissions",
     conditions_detail::set_file_mask},
    {"folder", "PATH", "/", disturbs::environment, "the working folder", conditions_detail::set_folder},
    {"open-files", "N", "32", disturbs::environment, "a process may open only N files",
     conditions_detail::set_count<&condition::for_worker::open_files, 1'000'000>},
};

std::string condition_names() {
    std::string names;
    for (const condition_row& row : condition_table) {
        if (!names.empty()) names += ", ";
        names += row.name;
    }
    return names;
}

/// Adds `NAME` or `NAME=VALUE`. The error says what was expected.
status add_condition(condition& to, std::string_view text) {
    const std::size_t sign = std::min(text.find('='), text.size());
    const std::string_view name = text.substr(0, sign);
    vector<std::string_view> names;
    for (const condition_row& row : condition_table) {
        names.push_back(row.name);
        if (name != row.name) continue;
        const std::string_view value = sign < text.size() ? text.substr(sign + 1) : std::string_view(row.standard);
        if (row.apply(to, value)) return ok();
        return error{"condition", 0,
                     std::string(row.name) + "=" + row.value + ", such as " + row.name + "=" + row.standard +
                         "; and only one condition that sets a variable"};
    }
    const std::string_view near = nearest(name, names);
    return error{"condition", 0,
                 "one of " + condition_names() + (near.empty() ? "" : "; did you mean " + std::string(near) + "?")};
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/policy/filter.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

// The filter language:
//
//     either  = both { "|" both }
//     both    = single { "&" single }
//     single  = "!" single | "(" either ")" | function "(" argument ")"
//
// An argument is everything up to the bracket that closes it: brackets inside it pair up, a backslash takes the next
// character as it is, blanks around it do not count.

namespace cordon::engine::policy {

namespace filter_detail {

enum class operation : std::uint8_t { name, suite, tag, file, all, negate, both, either };

/// One step of a filter in postfix order: a look at the test, or a way to join the answers before it.
struct step {
    operation what;
    std::string glob;
};

struct function_row {
    std::string_view name;
    operation what;
};

constexpr function_row functions[] = {
    {"name", operation::name}, {"suite", operation::suite}, {"tag", operation::tag},
    {"file", operation::file}, {"all", operation::all},
};

/// A suite is also selected by the name of one that it is nested in.
bool suite_matches(std::string_view glob, std::string_view path) {
    if (glob_matches(glob, path)) return true;
    for (std::size_t slash = path.find('/'); slash != std::string_view::npos; slash = path.find('/', slash + 1)) {
        if (glob_matches(glob, path.substr(0, slash))) return true;
    }
    return false;
}

/// A file goes by its whole path or by the end of it that starts after a '/': file(sum.cpp), file(math/*.cpp).
bool file_matches(std::string_view glob, std::string_view path) {
    if (glob_matches(glob, path)) return true;
    for (std::size_t i = 0; i < path.size(); ++i) {
        if ((path[i] == '/' || path[i] == '\\') && glob_matches(glob, path.substr(i + 1))) return true;
    }
    return false;
}

bool has_tag(const test_info& test, std::string_view glob) {
    for (std::string_view tag : test.tags) {
        if (glob_matches(glob, tag)) return true;
    }
    return false;
}

bool matches(const step& look, const test_info& test) {
    switch (look.what) {
        case operation::name:
            return glob_matches(look.glob, test.name);
        case operation::suite:
            return suite_matches(look.glob, test.suite);
        case operation::tag:
            return has_tag(test, look.glob);
        case operation::file:
            return file_matches(look.glob, test.file);
        default:
            return true;
    }
}

}  // namespace filter_detail

/// An expression of the filter language, parsed. Made by parse_filter.
class filter {
  public:
    explicit filter(vector<filter_detail::step> steps) : steps_(std::move(steps)) {}

    bool selects(const test_info& test) const {
        using filter_detail::operation;
        vector<char> answers;
        for (const filter_detail::step& step : steps_) {
            if (step.what == operation::negate) {
                answers.back() = !answers.back();
            } else if (step.what == operation::both || step.what == operation::either) {
                const char right = answers.back();
                answers.pop_back();
                char& left = answers.back();
                left = step.what == operation::both ? left && right : left || right;
            } else {
                answers.push_back(filter_detail::matches(step, test));
            }
        }
        return answers.back() != 0;
    }

  private:
    vector<filter_detail::step> steps_;
};

namespace filter_detail {

class parser {
  public:
    explicit parser(std::string_view text) : text_(text) {}

    result<filter> parse() {
        if (!either(0)) return std::move(failure_);
        skip_blanks();
        if (at_ < text_.size()) {
            fail("expected &, | or the end" + found());
            return std::move(failure_);
        }
        return filter(std::move(steps_));
    }

  private:
    /// Deeper than anyone writes, and far from the end of the stack.
    static constexpr std::size_t deepest = 100;

    bool either(std::size_t depth) { return joined<&parser::both>('|', operation::either, depth); }
    bool both(std::size_t depth) { return joined<&parser::single>('&', operation::both, depth); }

    template <bool (parser::*Operand)(std::size_t)>
    bool joined(char sign, operation what, std::size_t depth) {
        if (!(this->*Operand)(depth)) return false;
        while (take(sign)) {
            if (!(this->*Operand)(depth)) return false;
            steps_.push_back({what, {}});
        }
        return true;
    }

    bool single(std::size_t depth) {
        if (depth == deepest) return fail("brackets or ! are nested deeper than 100");
        if (take('!')) {
            if (!single(depth + 1)) return false;
            steps_.push_back({operation::negate, {}});
            return true;
        }
        if (!take('(')) return function();
        return either(depth + 1) && close();
    }

    bool function() {
        const std::size_t start = at_;
        while (at_ < text_.size() && is_letter(text_[at_]))
            ++at_;
        const std::string_view word = text_.substr(start, at_ - start);
        if (word.empty()) return fail("expected a function such as name(...), ! or a bracket" + found());
        const function_row* known = find(word);
        if (!known) {
            at_ = start;
            return fail_unknown(word);
        }
        if (!take('(')) return fail("expected ( after " + std::string(word) + found());
        return argument(*known);
    }

    bool argument(const function_row& of) {
        const std::size_t start = at_;
        const std::size_t end = end_of_argument();
        if (end == std::string_view::npos) {
            at_ = text_.size();
            return fail("expected ) to close " + std::string(of.name) + "(" + found());
        }
        const std::string_view glob = trimmed(text_.substr(start, end - start));
        const bool wants_text = of.what != operation::all;
        if (wants_text && glob.empty()) return fail(std::string(of.name) + "() needs something between its brackets");
        if (!wants_text && !glob.empty()) return fail("all() takes nothing between its brackets");
        steps_.push_back({of.what, std::string(glob)});
        at_ = end + 1;
        return true;
    }

    std::size_t end_of_argument() const {
        std::size_t open = 0;
        for (std::size_t i = at_; i < text_.size(); ++i) {
            if (text_[i] == '\\') {
                ++i;
            } else if (text_[i] == '(') {
                ++open;
            } else if (text_[i] == ')' && open-- == 0) {
                return i;
            }
        }
        return std::string_view::npos;
    }

    bool close() { return take(')') || fail("expected &, | or )" + found()); }

    static const function_row* find(std::string_view word) {
        for (const function_row& row : functions) {
            if (row.name == word) return &row;
        }
        return nullptr;
    }

    bool fail_unknown(std::string_view word) {
        vector<std::string_view> names;
        for (const function_row& row : functions)
            names.push_back(row.name);
        const std::string_view near = nearest(word, names);
        std::string what = "unknown function " + quoted(word);
        if (!near.empty()) what += ", did you mean " + quoted(near) + "?";
        return fail(what + " (there are name, suite, tag, file and all)");
    }

    static bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
    static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-'; }

    /// A blank at the end stays where a backslash keeps it.
    static std::string_view trimmed(std::string_view text) {
        while (!text.empty() && is_blank(text.front()))
            text.remove_prefix(1);
        while (!text.empty() && is_blank(text.back()) && !(text.size() > 1 && text[text.size() - 2] == '\\')) {
            text.remove_suffix(1);
        }
        return text;
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_]))
            ++at_;
    }

    bool take(char sign) {
        skip_blanks();
        if (at_ == text_.size() || text_[at_] != sign) return false;
        ++at_;
        return true;
    }

    std::string found() const {
        return at_ == text_.size() ? std::string(", found the end") : ", found " + quoted(text_.substr(at_, 1));
    }

    bool fail(const std::string& what) {
        failure_ = {"filter", 0, what + ", at column " + std::to_string(at_ + 1)};
        return false;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    vector<step> steps_;
    error failure_;
};

}  // namespace filter_detail

/// Any bytes may come in. The error's detail says what is wrong and at which column, from 1.
result<filter> parse_filter(std::string_view text) { return filter_detail::parser(text).parse(); }

}  // namespace cordon::engine::policy

#include <algorithm>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// How the values of options are checked and stored: what the table's `apply` column points to.

namespace cordon::engine::cli {

namespace apply_detail {

error expected(std::string what) { return {"command line", 0, "expected " + std::move(what)}; }

vector<std::string_view> words_of(std::string_view text) {
    vector<std::string_view> words;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(' '), text.size());
        words.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return words;
}

/// "a, b or c", and the nearest to what was written.
error expected_one_of(const vector<std::string_view>& words, std::string_view written) {
    std::string list;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i != 0) list += i + 1 == words.size() ? " or " : ", ";
        list += words[i];
    }
    const std::string_view near = nearest(written, words);
    if (!near.empty()) list += "; did you mean " + quoted(near) + "?";
    return expected(list);
}

/// Which of the words it is; past the last of them when it is none.
std::size_t choice_of(std::string_view written, const vector<std::string_view>& words) {
    std::size_t index = 0;
    while (index < words.size() && words[index] != written)
        ++index;
    return index;
}

/// The words of the table stand in the order of the enumeration.
template <auto Field>
status set_choice(options& chosen, const setting& given) {
    const vector<std::string_view> words = words_of(given.row.choices);
    const std::size_t index = choice_of(given.value, words);
    if (index == words.size()) return expected_one_of(words, given.value);
    chosen.*Field = static_cast<std::decay_t<decltype(chosen.*Field)>>(index);
    return ok();
}

template <bool options::*Field, bool Meaning = true>
status set_flag(options& chosen, const setting& given) {
    const std::optional<bool> on = parse_bool(given.value);
    if (!on) return expected("true or false");
    chosen.*Field = *on == Meaning;
    return ok();
}

template <duration options::*Field>
status set_duration(options& chosen, const setting& given) {
    const std::optional<duration> value = parse_duration(given.value);
    if (!value) return expected("a duration such as 250ms, 2s, 1.5m, 1h, or seconds");
    chosen.*Field = *value;
    return ok();
}

template <std::uint64_t options::*Field>
status set_size(options& chosen, const setting& given) {
    const std::optional<std::uint64_t> value = parse_size(given.value);
    if (!value) return expected("a size such as 512k, 64M, 2G, or bytes");
    chosen.*Field = *value;
    return ok();
}

template <std::uint32_t options::*Field, std::uint32_t Most>
status set_count(options& chosen, const setting& given) {
    const std::optional<std::uint64_t> value = parse_unsigned(given.value, Most);
    if (!value) return expected("a whole number from 0 to " + std::to_string(Most));
    chosen.*Field = static_cast<std::uint32_t>(*value);
    return ok();
}

template <std::string options::*Field>
status set_text(options& chosen, const setting& given) {
    if (given.value.empty()) return expected("a text that is not empty");
    chosen.*Field = given.value;
    return ok();
}

template <vector<std::string> options::*Field>
status add_text(options& chosen, const setting& given) {
    (chosen.*Field).emplace_back(given.value);
    return ok();
}

status add_filter(options& chosen, const setting& given) {
    const result<policy::filter> parsed = policy::parse_filter(given.value);
    if (!parsed) return error{"command line", 0, parsed.failure().detail};
    chosen.filters.emplace_back(given.value);
    return ok();
}

constexpr std::uint32_t most_jobs = 4096;

status set_jobs(options& chosen, const setting& given) {
    const std::optional<std::uint64_t> value = parse_unsigned(given.value, most_jobs);
    const bool is_auto = given.value == "auto";
    if (!is_auto && (!value || *value == 0)) {
        return expected("a whole number from 1 to " + std::to_string(most_jobs) + ", or auto");
    }
    chosen.jobs = is_auto ? 0 : static_cast<std::uint32_t>(*value);
    return ok();
}

status set_seed(options& chosen, const setting& given) {
    chosen.seed = parse_seed(given.value);
    return chosen.seed ? ok() : expected("a whole number below 2^64, or one in hexadecimal with 0x");
}

std::optional<shard_choice> parse_shard(std::string_view text) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    const std::optional<std::uint64_t> index = parse_unsigned(text.substr(0, slash), most);
    const std::optional<std::uint64_t> count = parse_unsigned(text.substr(slash + 1), most);
    if (!index || !count || *index == 0 || *index > *count) return std::nullopt;
    shard_choice shard;
    shard.index = static_cast<std::uint32_t>(*index);
    shard.count = static_cast<std::uint32_t>(*count);
    return shard;
}

status set_shard_from_environment(options& chosen, environment_lookup lookup) {
    chosen.shard_status_file = shard_detail::value_of(lookup, "TEST_SHARD_STATUS_FILE");
    return find_shard(lookup, chosen.shard);
}

status set_shard(options& chosen, const setting& given) {
    constexpr std::string_view hash_prefix = "hash:";
    const bool by_hash = given.value.substr(0, hash_prefix.size()) == hash_prefix;
    const std::string_view rest = given.value.substr(by_hash ? hash_prefix.size() : 0);
    if (rest == "auto") {
        if (status set = set_shard_from_environment(chosen, given.lookup); !set) return set;
    } else {
        chosen.shard = parse_shard(rest);
        if (!chosen.shard) return expected("I/N with I from 1 to N, hash:I/N, or auto");
    }
    if (chosen.shard) chosen.shard->by_hash = by_hash;
    return ok();
}

status set_list(options& chosen, const setting& given) {
    const std::optional<bool> on = parse_bool(given.value);
    if (given.value.empty() || given.value == "text" || on) {
        chosen.list = on.value_or(true) ? list_format::text : list_format::none;
        return ok();
    }
    if (given.value != "json") return expected_one_of({"text", "json"}, given.value);
    chosen.list = list_format::json;
    return ok();
}

status set_list_tags(options& chosen, const setting& given) {
    const std::optional<bool> on = parse_bool(given.value);
    if (!on) return expected("true or false");
    chosen.list = *on ? list_format::tags : list_format::none;
    return ok();
}

status set_fail_fast(options& chosen, const setting& given) {
    const std::optional<std::uint64_t> count = parse_unsigned(given.value, std::numeric_limits<std::uint32_t>::max());
    const std::optional<bool> on = parse_bool(given.value);
    if (!given.value.empty() && !count && !on) return expected("a whole number; 0 runs all tests");
    chosen.fail_fast = static_cast<std::uint32_t>(count.value_or(on.value_or(true) ? 1 : 0));
    return ok();
}

status add_environment(options& chosen, const setting& given) {
    const std::size_t sign = given.value.find('=');
    if (sign == 0 || sign == std::string_view::npos) return expected("NAME=VALUE");
    chosen.environment.emplace_back(given.value.substr(0, sign), given.value.substr(sign + 1));
    return ok();
}

/// For help: what `--report` can be followed by.
std::string report_formats() {
    std::string names;
    for (const std::string_view name : report::format_names()) {
        if (!names.empty()) names += ' ';
        names += name;
    }
    return names;
}

status set_flake_detect(options& chosen, const setting& given) {
    const std::optional<std::uint64_t> runs = parse_unsigned(given.value, 1'000'000'000);
    const std::optional<bool> on = parse_bool(given.value);
    if (!given.value.empty() && !runs && !on) return expected("a whole number of runs");
    chosen.flake_detect = given.value.empty() || (runs ? *runs != 0 : *on);
    chosen.flake_runs = static_cast<std::uint32_t>(runs.value_or(0));
    return ok();
}

status add_condition(options& chosen, const setting& given) {
    const status added = policy::add_condition(chosen.under, given.value);
    return added ? ok() : expected(added.failure().detail);
}

status set_flake_threshold(options& chosen, const setting& given) {
    const std::optional<double> rate = parse_rate(given.value);
    if (!rate) return expected("a rate such as 0.05 or 5%");
    chosen.flake_threshold = *rate;
    return ok();
}

status add_report(options& chosen, const setting& given) {
    const std::size_t sign = std::min(given.value.find('='), given.value.size());
    const std::string_view format = given.value.substr(0, sign);
    const report::format* known = report::find_format(format);
    if (known == nullptr) return expected_one_of(report::format_names(), format);
    std::string path(given.value.substr(std::min(sign + 1, given.value.size())));
    if (sign < given.value.size() && path.empty()) return expected("a path after the =");
    if (path == "-") path.clear();
    const bool writes = known->how != report::delivery::nowhere;
    if (!writes && !path.empty()) return expected("no path: this report writes none");
    for (const report_choice& other : chosen.reports) {
        if (!writes || report::find_format(other.format)->how == report::delivery::nowhere) continue;
        if (other.path != path) continue;
        return expected("another place: the report " + quoted(other.format) + " goes there already");
    }
    chosen.reports.push_back({std::string(format), std::move(path)});
    return ok();
}

status set_record(options& chosen, const setting& given) {
    if (given.value.empty() || given.value == "-") return expected("a path");
    chosen.record = given.value;
    return ok();
}

status add_replay(options& chosen, const setting& given) {
    if (given.value.empty()) return expected("a path");
    chosen.replays.emplace_back(given.value);
    return ok();
}

status add_retry_message(options& chosen, std::string_view expression) {
    if (expression.empty()) return expected("a regular expression after message:");
    const result<regex> read = parse_regex(expression);
    if (!read)
        return error{"command line", 0, "in the expression " + quoted(expression) + ": " + read.failure().detail};
    chosen.retry_on.messages.emplace_back(expression);
    return ok();
}

status add_retry_cause(options& chosen, std::string_view word) {
    for (std::size_t i = 0; i < retry_class_count; ++i) {
        if (word != name_of(static_cast<retry_class>(i)) && word != "all") continue;
        chosen.retry_on.classes[i] = true;
        if (word != "all") return ok();
    }
    if (word == "all") return ok();
    return expected_one_of(words_of("fail crash timeout exit limit lost all message:REGEX"), word);
}

/// An expression may hold commas: it goes up to the end.
status add_retry_causes(options& chosen, const setting& given) {
    constexpr std::string_view message = "message:";
    std::string_view rest = given.value;
    while (true) {
        if (rest.substr(0, message.size()) == message) return add_retry_message(chosen, rest.substr(message.size()));
        const std::size_t end = std::min(rest.find(','), rest.size());
        if (status added = add_retry_cause(chosen, rest.substr(0, end)); !added) return added;
        if (end == rest.size()) return ok();
        rest.remove_prefix(end + 1);
    }
}

status set_backoff(options& chosen, const setting& given) {
    constexpr std::string_view growing = "exponential:";
    if (given.value == "fixed" || given.value == "exponential") {
        chosen.backoff = given.value == "fixed" ? retry_backoff::fixed : retry_backoff::exponential;
        return ok();
    }
    const bool has_factor = given.value.substr(0, growing.size()) == growing;
    std::string_view factor = given.value.substr(has_factor ? growing.size() : 0);
    const std::optional<parse_detail::decimal> number = parse_detail::take_decimal(factor);
    const std::optional<std::uint64_t> value = number ? parse_detail::scaled(*number, 1000) : std::nullopt;
    if (!has_factor || !factor.empty() || !value || *value < 1000 || *value > 100'000)
        return expected("fixed, exponential or exponential:FACTOR with a factor from 1 to 100");
    chosen.backoff = retry_backoff::exponential;
    chosen.backoff_thousandths = static_cast<std::uint32_t>(*value);
    return ok();
}

status set_retry_budget(options& chosen, const setting& given) {
    std::string_view number = given.value;
    const bool percent = !number.empty() && number.back() == '%';
    if (percent) number.remove_suffix(1);
    const std::optional<std::uint64_t> value = parse_unsigned(number, 1'000'000);
    if (!value) return expected("a number of retries, or of hundredths of the tests such as 5%");
    chosen.budget = retry_budget{static_cast<std::uint32_t>(*value), percent};
    return ok();
}

status set_quiet(options& chosen, const setting& given) {
    if (status set = set_flag<&options::quiet>(chosen, given); !set) return set;
    if (chosen.quiet) chosen.verbose = false;
    return ok();
}

status set_verbose(options& chosen, const setting& given) {
    if (status set = set_flag<&options::verbose>(chosen, given); !set) return set;
    if (chosen.verbose) chosen.quiet = false;
    return ok();
}

status set_help(options& chosen, const setting& given) {
    chosen.help = true;
    chosen.help_topic = given.value;
    return ok();
}

status set_version(options& chosen, const setting& given) { return set_flag<&options::version>(chosen, given); }

}  // namespace apply_detail

}  // namespace cordon::engine::cli

namespace cordon::engine::cli {

/// Every option, in the order in which help lists them.
constexpr option_row option_table[] = {
    // select
    {"filter", 'f', "EXPR", takes::value, option_group::select, true, true, apply_detail::add_filter, "", "",
     "Only tests that the expression selects: name(GLOB) suite(GLOB) tag(NAME) file(GLOB) all() with & | ! and "
     "brackets",
     "Given several times, all expressions have to select the test. In a GLOB * is any text, ? any one character and "
     "\\ takes the next one as it is; the whole name has to match. suite(a) also selects suites nested in a. "
     "file(x.cpp) "
     "goes by the end of the path. Example: -f 'suite(math) & !tag(slow)'."},
    {"exclude", 'x', "PATTERN", takes::value, option_group::select, true, true,
     apply_detail::add_text<&options::excludes>, "", "", "Not the tests that the pattern selects",
     "A pattern as on the command line: part of suite/name, or with * or ? the whole of it. Excluding wins over "
     "selecting."},
    {"shard", 0, "I/N", takes::value, option_group::select, false, true, apply_detail::set_shard, "", "",
     "Only the I-th of N parts, hash:I/N for parts that stay when tests are added, auto for what the CI system says",
     "I counts from 1. The list is put in order first and then cut into N pieces of equal size. With hash: a test's "
     "part follows from its name alone. auto reads the variables of Bazel, GoogleTest, GitLab, CircleCI, Buildkite and "
     "Slurm; where they do not split the run, all tests are run. hash:auto is both."},
    {"order", 0, "ORDER", takes::value, option_group::select, false, true, apply_detail::set_choice<&options::order>,
     "declared random name", "declared", "The order of the tests: declared, random or name",
     "A random order follows from --seed alone: it is the same on every machine and for all shards. Tests that share a "
     "SUITE_SETUP stay together."},
    {"seed", 0, "N", takes::value, option_group::select, false, true, apply_detail::set_seed, "", "drawn for each run",
     "The seed of a random order and of CORDON_SEED", "A whole number below 2^64, also in hexadecimal with 0x."},
    {"list", 0, "text|json", takes::optional_value, option_group::select, false, true, apply_detail::set_list, "", "",
     "List the selected tests and run none; --list=json with all that is known of them", ""},
    {"list-tags", 0, "", takes::flag, option_group::select, false, true, apply_detail::set_list_tags, "", "",
     "List the tags of the selected tests and run none", ""},
    {"allow-empty", 0, "", takes::flag, option_group::select, false, true,
     apply_detail::set_flag<&options::allow_empty>, "", "", "Exit with 0 instead of 3 when no test is selected", ""},

    // run
    {"jobs", 'j', "N", takes::value, option_group::run, false, true, apply_detail::set_jobs, "",
     "the processors that this process may use", "Run up to N tests at the same time",
     "A whole number from 1 to 4096, or auto. A test decorated with threads(n) counts as n."},
    {"isolate", 0, "MODE", takes::value, option_group::run, false, true, apply_detail::set_choice<&options::isolation>,
     "auto fork exec shard none", "auto", "What a test runs in: fork, exec, shard or none",
     "fork: a child forked from a pristine worker. exec: a freshly executed process. shard: a worker that runs many "
     "tests one after another. none: this process, for debuggers. auto: the safest that is fast on this system."},
    {"timeout", 0, "DUR", takes::value, option_group::run, false, true, apply_detail::set_duration<&options::timeout>,
     "", "60s", "End a test that runs longer; 0 for no limit",
     "Counted from the test's own start. A test's timeout decorator wins. 250ms, 2s, 1.5m, 1h, 2h30m, or seconds."},
    {"slow-after", 0, "DUR", takes::value, option_group::run, false, true,
     apply_detail::set_duration<&options::slow_after>, "", "5s", "Call a test slow that runs longer; 0 for never",
     "A test's slow_after decorator wins."},
    {"grace", 0, "DUR", takes::value, option_group::run, false, true, apply_detail::set_duration<&options::grace>, "",
     "2s", "Between asking a test to end and killing it", "0 kills at once."},
    {"global-timeout", 0, "DUR", takes::value, option_group::run, false, true,
     apply_detail::set_duration<&options::global_timeout>, "", "", "End the whole run after this time",
     "Tests that did not start are reported as not run."},
    {"fail-fast", 0, "N", takes::optional_value, option_group::run, false, true, apply_detail::set_fail_fast, "", "",
     "Stop after the first failed test, or after N of them", "--fail-fast=0 runs all tests."},
    {"memory-limit", 0, "SIZE", takes::value, option_group::run, false, true,
     apply_detail::set_size<&options::memory_limit>, "", "", "What a test may allocate; 0 for no limit",
     "512k, 64M, 2G, or bytes; units are powers of 1024. A test's memory_limit decorator wins."},
    {"output-limit", 0, "SIZE", takes::value, option_group::run, false, true,
     apply_detail::set_size<&options::output_limit>, "", "1M", "How much of a test's output is kept",
     "The beginning and the end are kept and the gap is named. The test may print any amount."},
    {"env", 0, "K=V", takes::value, option_group::run, true, true, apply_detail::add_environment, "", "",
     "Set a variable in the environment of the tests", ""},
    {"leaks", 0, "HOW", takes::value, option_group::run, false, true, apply_detail::set_choice<&options::leaks>,
     "ignore warn fail", "warn", "Tests that leave something behind: ignore, warn or fail",
     "Processes, threads, descriptors, another working folder, umask, locale or environment, signal handlers. "
     "Processes are ended in any case. fail also looks at descriptors above 63 and at every signal, which costs a test "
     "some 25 microseconds."},
    {"keep-temp", 0, "", takes::flag, option_group::run, false, true, apply_detail::set_flag<&options::keep_temp>, "",
     "", "Keep the temporary folders of failed tests", ""},

    // retry
    {"retries", 0, "N", takes::value, option_group::retry, false, true,
     apply_detail::set_count<&options::retries, 1000>, "", "0", "Run a failed test up to N times more",
     "A test's retries decorator wins. A test that passes after it failed is flaky; see --flaky. Retries come after "
     "all "
     "other tests."},
    {"retry-on", 0, "LIST", takes::value, option_group::retry, true, true, apply_detail::add_retry_causes, "",
     "failures, timeouts once", "What is tried again: fail, crash, timeout, exit, limit, lost, all or message:REGEX",
     "Without it, what failed, went over a limit or was lost is tried again, a timeout once, and a crash or an early "
     "exit only to learn more: a pass afterwards does not make up for it. What is named is tried again as often as "
     "--retries says and may turn out flaky; what is not named is not tried again. message:REGEX looks at failures and "
     "at standard error, and goes up to the end of the value, commas included."},
    {"retry-delay", 0, "DUR", takes::value, option_group::retry, false, true,
     apply_detail::set_duration<&options::retry_delay>, "", "0", "Wait so long before a test is tried again", ""},
    {"retry-backoff", 0, "HOW", takes::value, option_group::retry, false, true, apply_detail::set_backoff, "", "fixed",
     "How the delay goes on: fixed, exponential or exponential:FACTOR",
     "exponential doubles it with each retry of a test, exponential:1.5 makes it half as long again."},
    {"retry-max-delay", 0, "DUR", takes::value, option_group::retry, false, true,
     apply_detail::set_duration<&options::retry_max_delay>, "", "60s", "The longest delay before a retry", ""},
    {"retry-jitter", 0, "HOW", takes::value, option_group::retry, false, true,
     apply_detail::set_choice<&options::jitter>, "none full equal", "none",
     "What of the delay is drawn: none, full or equal",
     "full draws from 0 to the delay, equal from half of it. It follows from --seed."},
    {"retry-budget", 0, "N|P%", takes::value, option_group::retry, false, true, apply_detail::set_retry_budget, "",
     "10%, at least 10", "How many retries the run may make in all",
     "A number, or a share of the tests that are run. When it is used up the run says so, and what fails from then on "
     "is not tried again. 0 switches retries off, those of decorators too."},
    {"flaky", 0, "HOW", takes::value, option_group::retry, false, true, apply_detail::set_choice<&options::flaky>,
     "pass warn fail", "warn", "Tests that failed and then passed: pass, warn or fail",
     "warn names them and leaves the exit code at 0; fail makes it 1."},

    // flakes
    {"flake-detect", 0, "RUNS", takes::optional_value, option_group::retry, false, true, apply_detail::set_flake_detect,
     "", "", "Find flaky tests: run every selected one again and again, in isolation",
     "Without RUNS a test gets as many runs as it needs: at least 60 if it passes, thousands if it is fast, few if it "
     "always fails. The runs of a test are spread over the session and over freshly started workers; it is never run "
     "beside itself. With RUNS it gets exactly that many. See docs/flaky-tests.md."},
    {"flake-time", 0, "DUR", takes::value, option_group::retry, false, true,
     apply_detail::set_duration<&options::flake_time>, "", "60s", "How long --flake-detect may go on starting runs",
     "What has begun may end. Tests that had fewer runs than they should have are counted."},
    {"flake-threshold", 0, "RATE", takes::value, option_group::retry, false, true, apply_detail::set_flake_threshold,
     "", "0", "Only tests that are flaky at a higher rate fail the run of --flake-detect",
     "0.05 or 5%. --flaky=pass never fails it. Tests in quarantine do not count."},
    {"find-polluter", 0, "TEST", takes::value, option_group::retry, false, true,
     apply_detail::set_text<&options::find_polluter>, "", "",
     "Find out which other tests make TEST fail, or pass, when they run before it in its process",
     "TEST is a pattern that selects one test. The other patterns and filters say which tests may have to do with it; "
     "without them, all. Names polluters and cleaners of a test that passes alone, and state setters of one that does "
     "not, with a command line that shows it."},
    {"condition", 0, "NAME[=VALUE]", takes::value, option_group::retry, true, true, apply_detail::add_condition, "", "",
     "Run the tests in a changed world: cpus hogs nice timer-slack pulses addresses malloc stack seed tz ...",
     "cpus=N: only N processors. hogs=N: N busy processes beside the tests. nice=N. timer-slack=DUR: sleeps end up to "
     "DUR late. pulses=DUR: tests are stopped for about DUR, again and again. addresses=fixed: no randomisation. "
     "malloc=BYTE, stack=BYTE: memory that was not set holds BYTE. seed=N: CORDON_SEED of every attempt. tz=ZONE, "
     "locale=NAME, home=PATH, umask=MODE, folder=PATH, open-files=N. The value may be left out."},

    // output
    {"report", 0, "FORMAT[=PATH]", takes::value, option_group::output, true, true, apply_detail::add_report, "",
     "console", "Write a report",
     "May be given several times. Without a PATH, or with -, it goes to standard output. A file is written aside and "
     "renamed when it is complete, except that one of events grows as they happen."},
    {"show-output", 0, "WHEN", takes::value, option_group::output, false, true,
     apply_detail::set_choice<&options::output>, "failed all never live", "failed",
     "What tests print: of failed ones, all, never or live", ""},
    {"color", 0, "WHEN", takes::value, option_group::output, false, true, apply_detail::set_choice<&options::color>,
     "auto always never", "auto", "Colours: auto, always or never", "auto heeds the terminal and NO_COLOR."},
    {"progress", 0, "HOW", takes::value, option_group::output, false, true,
     apply_detail::set_choice<&options::progress>, "auto bar lines none", "auto",
     "While tests run: auto, bar, lines or none", "auto is a bar on a terminal and lines elsewhere."},
    {"quiet", 'q', "", takes::flag, option_group::output, false, true, apply_detail::set_quiet, "", "",
     "Show failures and the summary only", ""},
    {"verbose", 'v', "", takes::flag, option_group::output, false, true, apply_detail::set_verbose, "", "",
     "Show more of each test", ""},
    {"slowest", 0, "N", takes::value, option_group::output, false, true,
     apply_detail::set_count<&options::slowest, 1'000'000>, "", "3", "List the N slowest tests in the summary", ""},

    // record
    {"record", 0, "PATH", takes::value, option_group::record, false, true, apply_detail::set_record, "", "",
     "Write down everything that happens, for --replay",
     "The file grows while tests run. After the run was killed it holds what happened until some 100 ms before."},
    {"replay", 0, "PATH ...", takes::value, option_group::record, true, false, apply_detail::add_replay, "", "",
     "Run nothing: report of recordings; several are merged",
     "Any --report can be written, and comes out as it would have of the run itself. Further recordings may follow "
     "without the option: --replay a b c. Several have to be the shards of one run, all of them."},
    {"merge-partial", 0, "", takes::flag, option_group::record, false, false,
     apply_detail::set_flag<&options::merge_partial>, "", "", "Merge recordings that are not the whole of one run",
     "A missing shard, other tests or another build, a test that ran in none or in two of them are warnings then. Of a "
     "test that ran twice the last recording counts."},
    {"replay-strict", 0, "", takes::flag, option_group::record, false, false,
     apply_detail::set_flag<&options::replay_strict>, "", "", "Exit with 4 if a recording ends before its run did",
     "Without it that is said, tests without a verdict are reported as not run, and the exit code is that of the "
     "rest."},

    // debug
    {"no-capture", 0, "", takes::flag, option_group::debug, false, true,
     apply_detail::set_flag<&options::capture, false>, "", "", "Let tests print straight to the terminal", ""},

    // other
    {"help", 'h', "OPTION", takes::optional_value, option_group::other, false, false, apply_detail::set_help, "", "",
     "This help; --help=OPTION for all about one option", ""},
    {"version", 0, "", takes::flag, option_group::other, false, false, apply_detail::set_version, "", "",
     "The version of cordon", ""},
};

}  // namespace cordon::engine::cli

// ---- cordon/engine/cli/parse.hpp ----

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::cli {

namespace parse_detail {

error wrong(std::string what) { return {"command line", 0, std::move(what)}; }

const option_row* find(std::string_view name) {
    for (const option_row& row : option_table) {
        if (row.name == name) return &row;
    }
    return nullptr;
}

const option_row* find(char letter) {
    for (const option_row& row : option_table) {
        if (row.letter == letter && letter != 0) return &row;
    }
    return nullptr;
}

error unknown_option(std::string_view name) {
    vector<std::string_view> names;
    for (const option_row& row : option_table)
        names.emplace_back(row.name);
    const std::string_view near = nearest(name, names);
    std::string message = "unknown option " + quoted("--" + std::string(name));
    if (!near.empty()) message += "; did you mean " + quoted("--" + std::string(near)) + "?";
    return wrong(std::move(message));
}

/// An option as it was met on the command line.
struct occurrence {
    const option_row* row;
    std::string_view value;
    std::string spelled;  ///< "--jobs" or "-j", for errors
};

/// Cuts the arguments into options and patterns and looks at no value yet, because the environment comes before them.
class splitter {
  public:
    splitter(const vector<std::string_view>& arguments, vector<std::string>& patterns)
        : arguments_(arguments), patterns_(patterns) {}

    const vector<occurrence>& found() const { return found_; }

    status split() {
        bool options_ended = false;
        while (at_ < arguments_.size()) {
            const std::string_view argument = arguments_[at_++];
            if (options_ended || argument.size() < 2 || argument[0] != '-') {
                patterns_.emplace_back(argument);
            } else if (argument == "--") {
                options_ended = true;
            } else {
                const bool is_long = argument[1] == '-';
                status taken = is_long ? take_long(argument.substr(2)) : take_letters(argument.substr(1));
                if (!taken) return taken;
            }
        }
        return ok();
    }

  private:
    status take_long(std::string_view text) {
        const std::size_t sign = text.find('=');
        const std::string_view name = text.substr(0, sign);
        const option_row* row = find(name);
        if (!row) return unknown_option(name);
        std::string spelled = "--" + std::string(name);
        if (sign == std::string_view::npos) return take_without(*row, std::move(spelled));
        found_.push_back({row, text.substr(sign + 1), std::move(spelled)});
        return ok();
    }

    /// `-qj4`: flags in a row, and the rest of the word is the value of the first that takes one.
    status take_letters(std::string_view letters) {
        while (!letters.empty()) {
            const option_row* row = find(letters[0]);
            std::string spelled = "-" + std::string(letters.substr(0, 1));
            if (!row) return wrong("unknown option " + quoted(spelled));
            letters.remove_prefix(1);
            if (row->how == takes::value && !letters.empty()) {
                found_.push_back({row, letters, std::move(spelled)});
                return ok();
            }
            if (status taken = take_without(*row, std::move(spelled)); !taken) return taken;
        }
        return ok();
    }

    /// The option had no value in its own argument.
    status take_without(const option_row& row, std::string spelled) {
        std::string_view value = row.how == takes::flag ? "true" : "";
        if (row.how == takes::value) {
            if (at_ == arguments_.size()) return wrong(spelled + " needs a value: " + row.value);
            value = arguments_[at_++];
        }
        found_.push_back({&row, value, std::move(spelled)});
        return ok();
    }

    const vector<std::string_view>& arguments_;
    vector<std::string>& patterns_;
    vector<occurrence> found_;
    std::size_t at_ = 0;
};

/// Puts the option and its value before what `apply` says was expected.
status apply(const occurrence& met, environment_lookup lookup, options& chosen) {
    const status applied = met.row->apply(chosen, {*met.row, met.value, lookup});
    if (applied) return ok();
    return wrong(met.spelled + " " + quoted(met.value) + ": " + applied.failure().detail);
}

/// The variable of a repeatable option holds one value a line.
status apply_variable(const option_row& row, std::string_view text, environment_lookup lookup, options& chosen,
                      const std::string& variable) {
    do {
        const std::size_t end = row.repeatable ? std::min(text.find('\n'), text.size()) : text.size();
        const std::string_view value = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (value.empty()) continue;
        if (status applied = apply({&row, value, variable}, lookup, chosen); !applied) return applied;
    } while (!text.empty());
    return ok();
}

bool is_among(const vector<occurrence>& met, const option_row& row) {
    for (const occurrence& one : met) {
        if (one.row == &row) return true;
    }
    return false;
}

}  // namespace parse_detail

/// The environment variable of an option: --fail-fast reads CORDON_FAIL_FAST.
std::string variable_of(const option_row& row) {
    std::string name = "CORDON_";
    for (const char* c = row.name; *c; ++c) {
        name += *c == '-' ? '_' : static_cast<char>(*c >= 'a' && *c <= 'z' ? *c - 'a' + 'A' : *c);
    }
    return name;
}

/// The row of an option by its long name or its letter, with or without dashes; null where there is none.
const option_row* find_option(std::string_view spelled) {
    while (!spelled.empty() && spelled.front() == '-')
        spelled.remove_prefix(1);
    if (spelled.size() == 1) return parse_detail::find(spelled.front());
    return parse_detail::find(spelled);
}

namespace parse_detail {

status apply_environment(const vector<occurrence>& met, environment_lookup lookup, options& chosen) {
    for (const option_row& row : option_table) {
        if (!lookup || !row.in_environment || is_among(met, row)) continue;
        const std::string variable = variable_of(row);
        const char* text = lookup(variable.c_str());
        if (!text || !*text) continue;
        if (status applied = apply_variable(row, text, lookup, chosen, variable); !applied) return applied;
    }
    return ok();
}

status check_help_topic(const options& chosen) {
    if (chosen.help_topic.empty() || find_option(chosen.help_topic)) return ok();
    const std::string_view topic = chosen.help_topic;
    return unknown_option(topic.substr(std::min(topic.find_first_not_of('-'), topic.size())));
}

/// Options that can not be together.
status check_recording(options& chosen) {
    for (const report_choice& each : chosen.reports) {
        if (!chosen.record.empty() && each.path == chosen.record)
            return wrong("--record " + quoted(chosen.record) + ": expected another place: the report " +
                         quoted(each.format) + " goes there already");
    }
    if (chosen.replays.empty()) {
        if (chosen.merge_partial) return wrong("--merge-partial: expected --replay with it");
        return chosen.replay_strict ? wrong("--replay-strict: expected --replay with it") : ok();
    }
    chosen.replays.append(chosen.patterns.begin(), chosen.patterns.end());
    chosen.patterns.clear();
    const bool selects = !chosen.filters.empty() || !chosen.excludes.empty() || chosen.shard;
    if (selects || chosen.list != list_format::none)
        return wrong("--replay reports of all that was recorded: it can not be together with " +
                     std::string(selects ? "--filter, --exclude or --shard" : "--list"));
    for (const std::string& path : chosen.replays) {
        if (path == chosen.record) return wrong("--record " + quoted(path) + ": that recording is to be replayed");
        for (const report_choice& each : chosen.reports) {
            if (path == each.path) return wrong("--report " + quoted(path) + ": that recording is to be replayed");
        }
    }
    return ok();
}

}  // namespace parse_detail

/// The arguments without the program's name. An option on the command line replaces what its variable says, also where
/// it is repeatable; an empty variable counts as none. The error's detail is one line that names the option or the
/// variable. Any bytes may come in.
result<options> parse_arguments(const vector<std::string_view>& arguments, environment_lookup lookup) {
    options chosen;
    parse_detail::splitter splitter(arguments, chosen.patterns);
    if (status split = splitter.split(); !split) return split.failure();
    const vector<parse_detail::occurrence>& met = splitter.found();
    if (status read = parse_detail::apply_environment(met, lookup, chosen); !read) return read.failure();
    for (const parse_detail::occurrence& one : met) {
        if (status applied = parse_detail::apply(one, lookup, chosen); !applied) return applied.failure();
    }
    if (status checked = parse_detail::check_help_topic(chosen); !checked) return checked.failure();
    if (status checked = parse_detail::check_recording(chosen); !checked) return checked.failure();
    return chosen;
}

/// As main gets them.
result<options> parse_command_line(int argc, const char* const* argv, environment_lookup lookup) {
    vector<std::string_view> arguments;
    for (int i = 1; i < argc; ++i)
        arguments.emplace_back(argv[i]);
    return parse_arguments(arguments, lookup);
}

}  // namespace cordon::engine::cli

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace cordon::engine::cli {

namespace help_detail {

constexpr std::size_t page_width = 80;
constexpr std::size_t text_column = 28;

struct group_row {
    option_group group;
    const char* title;
};

constexpr group_row groups[] = {
    {option_group::select, "Select tests"}, {option_group::run, "Run"},       {option_group::retry, "Retry"},
    {option_group::output, "Output"},       {option_group::record, "Record"}, {option_group::debug, "Debug"},
    {option_group::other, "Other"},
};

/// Where a line that may be `width` long is to be broken: at its last blank, or, in a word that is too long, anywhere.
std::size_t line_end(std::string_view text, std::size_t width) {
    if (text.size() <= width) return text.size();
    const std::size_t blank = text.rfind(' ', width);
    return blank == std::string_view::npos || blank == 0 ? width : blank;
}

/// Adds `text` from `column` on; the cursor stands there already.
void add_wrapped(std::string& out, std::string_view text, std::size_t column) {
    while (true) {
        const std::size_t end = line_end(text, page_width - column);
        out += text.substr(0, end);
        out += '\n';
        text.remove_prefix(std::min(text.size(), end));
        while (!text.empty() && text.front() == ' ')
            text.remove_prefix(1);
        if (text.empty()) return;
        out.append(column, ' ');
    }
}

/// "-j, --jobs N", "    --list[=text|json]".
std::string spelling_of(const option_row& row) {
    std::string text = row.letter ? std::string("-") + row.letter + ", " : "    ";
    text += "--";
    text += row.name;
    if (row.how == takes::value) text += std::string(" ") + row.value;
    if (row.how == takes::optional_value) text += std::string("[=") + row.value + "]";
    return text;
}

/// The option whose values are the formats that the program has.
bool is_report(const option_row& row) { return row.apply == apply_detail::add_report; }

void add_option(std::string& out, const option_row& row) {
    const std::string spelling = "  " + spelling_of(row);
    out += spelling;
    if (spelling.size() + 2 > text_column) {
        out += '\n';
        out.append(text_column, ' ');
    } else {
        out.append(text_column - spelling.size(), ' ');
    }
    add_wrapped(out, is_report(row) ? row.line + (": " + apply_detail::report_formats()) : row.line, text_column);
}

void add_field(std::string& out, std::string_view title, std::string_view text) {
    if (text.empty()) return;
    constexpr std::size_t column = 15;
    out += "  ";
    out += title;
    out.append(column - 2 - title.size(), ' ');
    add_wrapped(out, text, column);
}

void add_formats(std::string& out) {
    std::string_view title = "Formats:";
    report::each_format([&](const report::format& each) {
        if (report::find_format(each.name) != &each) return;
        std::string text = each.name;
        text.append(text.size() < 10 ? 10 - text.size() : 0, ' ');
        add_field(out, title, text + "  " + each.line);
        title = "";
    });
}

}  // namespace help_detail

/// What --help prints; `program` is argv[0].
std::string help_text(std::string_view program) {
    std::string out = "Usage: ";
    out += program;
    out += " [options] [PATTERN ...]\n\n";
    help_detail::add_wrapped(out,
                             "Runs the tests whose suite/name holds a PATTERN, or matches one that has * or ?; "
                             "without a PATTERN, all.",
                             0);
    for (const help_detail::group_row& group : help_detail::groups) {
        out += '\n';
        out += group.title;
        out += ":\n";
        for (const option_row& row : option_table) {
            if (row.group == group.group) help_detail::add_option(out, row);
        }
    }
    out += '\n';
    help_detail::add_wrapped(
        out,
        "DUR is 250ms, 2s, 1.5m, 1h, or seconds. SIZE is 512k, 64M, 2G, or bytes. Each option also "
        "reads a variable: --fail-fast reads CORDON_FAIL_FAST. The command line wins.",
        0);
    return out;
}

/// What --help=OPTION prints.
std::string help_text(const option_row& row) {
    std::string out = help_detail::spelling_of(row);
    out.erase(0, out.find_first_not_of(' '));
    out += "\n\n  ";
    help_detail::add_wrapped(out, row.line, 2);
    if (*row.more) {
        out += "\n  ";
        help_detail::add_wrapped(out, row.more, 2);
    }
    out += '\n';
    help_detail::add_field(out, "Values:", row.choices);
    if (help_detail::is_report(row)) help_detail::add_formats(out);
    help_detail::add_field(out, "Default:", *row.standard ? row.standard : "off");
    if (row.in_environment) help_detail::add_field(out, "Environment:", variable_of(row));
    if (row.repeatable) help_detail::add_field(out, "", "May be given several times; in the variable, one a line.");
    return out;
}

/// For a command line with --help: the list, or the page of the option that was asked for.
std::string help_for(const options& chosen, std::string_view program) {
    const option_row* row = find_option(chosen.help_topic);
    return row ? help_text(*row) : help_text(program);
}

std::string version_text() { return "cordon " CORDON_VERSION "\n"; }

}  // namespace cordon::engine::cli

// ---- cordon/engine/conclusion.hpp ----

#include <algorithm>
#include <cstddef>

namespace cordon::engine {

/// What the exit code is drawn from, gathered from the events like any report.
class conclusion final : public report::sink {
  public:
    void on(const event& happened) override {
        tally_.on(happened);
        if (const auto* run = happened.get_if<run_started>()) {
            summary_.selected = run->info.shard ? run->unsharded.size() : run->selected.size();
        } else if (const auto* flake = happened.get_if<flake_found>()) {
            if (flake->what.failures != 0) flaky_.push_back({flake->what.test, flake->what.rate()});
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            if (finished->what == verdict::flaky) note_flaky(finished->test);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            summary_.cancelled_by = end->cancelled_by;
            summary_.report_failed = end->in_trouble;
        }
    }

    cli::run_summary summary() const {
        cli::run_summary all = summary_;
        for (std::size_t i = 0; i < verdict_count; ++i) {
            all.verdicts[i] = tally_.count(static_cast<verdict>(i));
        }
        return all;
    }

  private:
    struct rate {
        std::size_t test;
        double of_failures;
    };

    /// A test that is only known as flaky because a retry passed has no rate; that is --flaky's to judge.
    void note_flaky(std::size_t test) {
        for (const rate& each : flaky_) {
            if (each.test == test)
                summary_.highest_flake_rate = std::max(summary_.highest_flake_rate, each.of_failures);
        }
    }

    vector<rate> flaky_;  // of tests that failed in some of their repeated runs
    report::tally tally_;
    cli::run_summary summary_;
};

}  // namespace cordon::engine

// ---- cordon/engine/flake_session.hpp ----

// ---- cordon/engine/supervisor/flake_hunt.hpp ----

// ---- cordon/engine/policy/flake_evidence.hpp ----

// ---- cordon/engine/policy/flake_plan.hpp ----

// ---- cordon/engine/policy/statistics.hpp ----

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

// What repeated runs of a test tell of the rate at which it fails. Pure functions.

namespace cordon::engine::policy {

/// A rate is between these with the stated confidence.
struct interval {
    double low = 0;
    double high = 1;
};

/// Runs that failed among the runs that had a verdict.
struct run_counts {
    std::uint64_t runs = 0;
    std::uint64_t failures = 0;

    std::uint64_t passes() const { return runs - failures; }
    /// 0 where nothing ran.
    double rate() const { return runs == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(runs); }
    bool mixed() const { return failures != 0 && failures != runs; }
    void add(bool failed) {
        ++runs;
        if (failed) ++failures;
    }
};

/// Wilson's score interval (1927) at 95 %: keeps its coverage where the usual p +- z s is nonsense, at few runs and at
/// rates near 0 and 1. Nothing is known of no runs.
interval wilson(const run_counts& seen) {
    constexpr double z = 1.959963984540054;
    if (seen.runs == 0) return {0, 1};
    const auto n = static_cast<double>(seen.runs);
    const double p = seen.rate();
    const double center = p + z * z / (2 * n);
    const double spread = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {seen.failures == 0 ? 0 : std::max(0.0, (center - spread) / scale),
            seen.failures == seen.runs ? 1 : std::min(1.0, (center + spread) / scale)};
}

/// After so many passes and no failure the rate is under this, with 95 % confidence: 1 - 0.05^(1/n), about 3/n.
double bound_without_failures(std::uint64_t passes) {
    return passes == 0 ? 1 : -std::expm1(std::log(0.05) / static_cast<double>(passes));
}

/// How many runs show a failure of a test that fails at `rate` (over 0) with `confidence` (below 1).
std::uint64_t runs_needed(double rate, double confidence = 0.95) {
    if (rate >= 1) return 1;
    return static_cast<std::uint64_t>(std::ceil(std::log1p(-confidence) / std::log1p(-rate)));
}

/// Wald's sequential probability ratio test (1945): may be looked at after every run, without the error that looking
/// again and again at an interval would add up.
class sequential_test {
  public:
    enum class decision : std::uint8_t { open, rare, frequent };

    /// The event is rare if it happens at `rare_rate` or less, frequent at `frequent_rate` or more. `false_alarm`: how
    /// often a rare one may be called frequent; `missed`: a frequent one rare.
    constexpr explicit sequential_test(double rare_rate = 0.001, double frequent_rate = 0.05, double false_alarm = 0.01,
                                       double missed = 0.05)
        : rare_rate_(rare_rate), frequent_rate_(frequent_rate), false_alarm_(false_alarm), missed_(missed) {}

    decision decide(std::uint64_t events, std::uint64_t others) const {
        const double evidence = static_cast<double>(events) * std::log(frequent_rate_ / rare_rate_) +
                                static_cast<double>(others) * std::log((1 - frequent_rate_) / (1 - rare_rate_));
        if (evidence >= std::log((1 - missed_) / false_alarm_)) return decision::frequent;
        return evidence <= std::log(missed_ / (1 - false_alarm_)) ? decision::rare : decision::open;
    }

  private:
    double rare_rate_, frequent_rate_, false_alarm_, missed_;
};

namespace statistics_detail {

double log_choose(std::uint64_t n, std::uint64_t k) {
    return std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) -
           std::lgamma(static_cast<double>(n - k) + 1);
}

}  // namespace statistics_detail

/// Fisher's exact test, two-sided: the probability that two samples of one and the same rate differ as much as these or
/// more. 1 where one of them is empty.
double fisher_exact(const run_counts& a, const run_counts& b) {
    const std::uint64_t failures = a.failures + b.failures;
    const std::uint64_t most = std::min(failures, a.runs);
    const std::uint64_t least = failures > b.runs ? failures - b.runs : 0;
    const double all = statistics_detail::log_choose(a.runs + b.runs, failures);
    const auto probability = [&](std::uint64_t in_a) {
        return std::exp(statistics_detail::log_choose(a.runs, in_a) +
                        statistics_detail::log_choose(b.runs, failures - in_a) - all);
    };
    const double limit = probability(a.failures) * (1 + 1e-7);  // equal ones count, however they were rounded
    double sum = 0;
    for (std::uint64_t in_a = least; in_a <= most; ++in_a) {
        const double each = probability(in_a);
        if (each <= limit) sum += each;
    }
    return std::min(1.0, sum);
}

/// Holm's correction (1979) for so many comparisons at once: each value is what its comparison has to be judged by.
vector<double> holm(const vector<double>& values) {
    vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    vector<double> adjusted(values.size(), 1.0);
    double so_far = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double each = values[order[i]] * static_cast<double>(order.size() - i);
        so_far = std::max(so_far, std::min(1.0, each));
        adjusted[order[i]] = so_far;
    }
    return adjusted;
}

/// The probability that none of several groups of runs is mixed, if every run failed at the same rate by itself: the
/// product of p^n + (1-p)^n. Small where the groups agree within and differ between them. Take one group after another.
class agreement {
  public:
    explicit agreement(double rate) : rate_(rate) {}
    void add(std::uint64_t runs) {
        if (runs < 2) return;
        const auto n = static_cast<double>(runs);
        chance_ *= std::pow(rate_, n) + std::pow(1 - rate_, n);
    }
    double chance() const { return chance_; }

  private:
    double rate_;
    double chance_ = 1;
};

}  // namespace cordon::engine::policy

#include <algorithm>
#include <cstddef>
#include <cstdint>

// How many runs a test gets when flaky ones are looked for. Pure functions of what is known so far.

namespace cordon::engine::policy {

/// What the runs of one test have come to.
struct flake_progress {
    run_counts counts;
    std::uint64_t skipped = 0;  ///< runs that said SKIP
    std::uint64_t lost = 0;     ///< cordon's own trouble
    duration spent{};           ///< by all of its runs, with their processes

    std::uint64_t total() const { return counts.runs + skipped; }
    duration cost() const {
        return total() + lost == 0 ? duration{0} : spent / static_cast<std::int64_t>(total() + lost);
    }
};

/// What a test may have.
struct flake_goal {
    std::uint64_t runs = 0;  ///< as many, neither more nor less; 0: by what they show and cost
    duration share{};        ///< of the session's time that a test may have even if nothing new comes of it
    bool time_is_up = false;
};

/// Runs of a test that passes all of them, if it is slow: shows a rate of 1 % in 19 of 20 cases.
constexpr std::uint64_t careful_runs = 300;
/// Failures, and passes, after which a rate is known well enough (to about a half of itself).
constexpr std::uint64_t enough_of_both = 10;
constexpr std::uint64_t enough_failures = 10;
/// How many times its share a slow test may have to come to `careful_runs`.
constexpr int careful_shares = 20;

/// Whether the test should have more runs. One that passes: at least what the sequential test needs (60), as many as
/// fit into its share, and up to 300. One that always fails: ten, since each may cost a time limit, or what fits into
/// its share up to the sequential test's 60. One that does both is flaky already, and only its rate is settled.
bool wants_more_runs(const flake_progress& so_far, const flake_goal& goal) {
    constexpr std::uint64_t most_lost = 3;
    constexpr std::uint64_t most_skipped = 3;
    const run_counts& counts = so_far.counts;
    if (goal.time_is_up) return false;
    if (so_far.lost >= most_lost + counts.runs / 10) return false;
    if (goal.runs != 0) return so_far.total() < goal.runs;
    if (so_far.skipped >= most_skipped && counts.runs == 0) return false;
    const bool has_share = so_far.spent < goal.share;
    const sequential_test test;
    if (counts.mixed()) {
        if (std::min(counts.failures, counts.passes()) >= enough_of_both) return false;
        if (has_share) return true;
        const bool open = test.decide(counts.failures, counts.passes()) == sequential_test::decision::open;
        return open && so_far.total() < careful_runs && so_far.spent < goal.share * careful_shares;
    }
    if (counts.failures != 0) {
        if (counts.failures < enough_failures) return true;
        return has_share && test.decide(0, counts.failures) == sequential_test::decision::open;
    }
    if (test.decide(0, counts.passes()) == sequential_test::decision::open || has_share) return true;
    return so_far.total() < careful_runs && so_far.spent < goal.share * careful_shares;
}

/// How many runs make a turn: a few milliseconds of work, so that what a turn costs by itself does not show; at least
/// two in one worker where that is not much time, since only they can tell whether runs agree within a worker.
std::size_t turn_size(const flake_progress& so_far) {
    constexpr duration turn = std::chrono::milliseconds(4);
    constexpr duration long_run = std::chrono::milliseconds(20);
    constexpr std::int64_t most = 64;
    const duration cost = so_far.cost();
    if (cost == duration{0} || cost > long_run) return 1;
    return static_cast<std::size_t>(std::max<std::int64_t>(2, std::min(turn / cost, most)));
}

/// The share of each of so many tests in a session of `cap` on so many workers. At most 0.7 s: that is thousands of
/// runs of a fast test. Half of the session is kept for the slow ones among them.
duration share_of(duration cap, std::size_t tests, std::uint32_t workers) {
    constexpr duration most = std::chrono::milliseconds(700);
    const auto count = static_cast<std::int64_t>(std::max<std::size_t>(tests, 1));
    return std::min(most, cap * static_cast<std::int64_t>(workers) / (2 * count));
}

/// When a worker has done enough. A fresh one costs its start, so it works some twenty times as long as that took; the
/// first ones, of which there should be several even in a short session, a quarter of it.
bool is_worn_out(duration age, duration start, std::size_t workers_so_far) {
    constexpr std::size_t early = 12;
    constexpr duration least = std::chrono::milliseconds(5);
    constexpr duration most = std::chrono::milliseconds(250);
    const duration life = start * (workers_so_far < early ? 5 : 20);
    return age > std::min(most, std::max(least, life));
}

/// How many runs a command should make to show a failure: enough for about five of them, within so much time.
std::uint64_t repro_runs(const run_counts& seen, duration cost, duration within) {
    const double rate = std::max(seen.rate(), 1e-6);
    const auto wanted = static_cast<std::uint64_t>(std::min(5 / rate, 1e6)) + 1;
    const auto affordable = static_cast<std::uint64_t>(within / std::max(cost, duration{1}));
    return std::max<std::uint64_t>(10, std::min(wanted, affordable));
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/policy/retry.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// From attempts to another one, or to a verdict.
//
// Without --retry-on a failure is tried again as often as there are retries, and so is what goes over a limit or gets
// lost; a timeout once, because each costs its whole limit; and what ended its process (a crash, an early exit, the
// word of a sanitizer) as often, but only to learn more: a pass afterwards does not make up for it. What --retry-on
// names is tried again without reserve, and what it does not name is not.

namespace cordon::engine::policy {

/// What a verdict needs to know of an attempt.
struct attempt_summary {
    ending how = ending::lost;
    std::uint64_t failed_assertions = 0;
    std::string reason;
    bool named = false;  ///< what it said matches one of --retry-on=message:REGEX
};

attempt_summary summary_of(const attempt_result& attempt) {
    return {attempt.how, attempt.failed_assertions, attempt.reason, false};
}

struct verdict_decision {
    verdict what = verdict::not_run;
    std::string reason;
};

/// Whether the ending speaks against the test. `lost` is cordon's own trouble and speaks neither way.
bool is_failure(ending how) { return how != ending::passed && how != ending::skipped && how != ending::lost; }

namespace retry_detail {

/// Whether the test is declared to fail, so that an attempt's end means something else than usual.
bool is_declared(const test_info& test) { return test.should_fail || test.may_fail || test.expected_failures != 0; }

std::string counted(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " failed assertion" : " failed assertions");
}

/// A test with expected_failures(n) that failed has to have done so by assertions, n of them.
verdict_decision judge_count(const test_info& test, const attempt_summary& last) {
    const std::string wanted = "expected " + counted(test.expected_failures);
    if (last.how != ending::failed)
        return {verdict::failed, wanted + ", but it ended as " + std::string(name_of(last.how))};
    if (last.failed_assertions == test.expected_failures) return {verdict::known_failure, wanted};
    return {verdict::failed, wanted + ", saw " + std::to_string(last.failed_assertions)};
}

verdict_decision judge_declared(const test_info& test, const attempt_summary& last) {
    const bool failed = is_failure(last.how);
    if (test.expected_failures != 0 && failed) return judge_count(test, last);
    if (failed) return {verdict::known_failure, test.should_fail ? "it should fail" : "it may fail"};
    if (test.should_fail) return {verdict::unexpected_pass, "it should fail, but passed"};
    if (test.may_fail) return {verdict::passed, {}};
    return {verdict::unexpected_pass, "expected " + counted(test.expected_failures) + ", but it passed"};
}

/// How far retries go for an attempt that did not pass.
enum class right : std::uint8_t {
    none,
    to_learn,  ///< what comes of them does not change the verdict
    once,
    all,
};

right right_of(const attempt_summary& attempt, const retry_causes& causes) {
    const retry_class which = retry_class_of(attempt.how);
    if (!causes.are_default()) return causes.named(which) || attempt.named ? right::all : right::none;
    if (which == retry_class::timeout) return right::once;
    return which == retry_class::crash || which == retry_class::exit ? right::to_learn : right::all;
}

/// Why a pass does not make up for the attempt.
std::string describe_unforgiven(const attempt_summary& attempt, std::size_t attempts) {
    const std::string_view which = name_of(retry_class_of(attempt.how));
    return std::string(name_of(attempt.how)) + ", then passed in attempt " + std::to_string(attempts) +
           ": counts as a pass only with --retry-on=" + std::string(which);
}

/// The verdict but for quarantine, from attempts of which none was lost.
verdict_decision judge_attempts(const test_info& test, const vector<const attempt_summary*>& attempts,
                                const retry_causes& causes) {
    const attempt_summary& last = *attempts.back();
    const attempt_summary* last_failed = nullptr;
    const attempt_summary* unforgiven = nullptr;
    std::size_t failed = 0;
    for (const attempt_summary* each : attempts) {
        if (!is_failure(each->how)) continue;
        last_failed = each;
        if (right_of(*each, causes) == right::to_learn) unforgiven = each;
        ++failed;
    }
    if (last.how == ending::skipped && failed == 0) return {verdict::skipped, last.reason};
    if (is_declared(test)) return judge_declared(test, last);
    if (failed == 0) return {verdict::passed, {}};
    if (last.how != ending::passed) return {verdict::failed, last_failed->reason};
    if (unforgiven != nullptr) return {verdict::failed, describe_unforgiven(*unforgiven, attempts.size())};
    return {verdict::flaky,
            "failed " + std::to_string(failed) + " of " + std::to_string(attempts.size()) + " attempts"};
}

verdict_decision judge_unstarted(const test_info& test) {
    if (test.skip) return {verdict::skipped, std::string(*test.skip)};
    if (test.todo) return {verdict::todo, std::string(*test.todo)};
    return {verdict::not_run, {}};
}

}  // namespace retry_detail

/// Whether the test is decorated so that it is not to be started; judge() then gives its verdict from no attempts.
bool is_never_started(const test_info& test) { return test.skip.has_value() || test.todo.has_value(); }

/// The verdict on a test whose attempts, in order, are over. Lost attempts count only where there are no others. The
/// reason is for people: why skipped, quarantined, known, unexpected or lost.
verdict_decision judge(const test_info& test, const vector<attempt_summary>& attempts,
                       const retry_causes& causes = {}) {
    if (attempts.empty()) return retry_detail::judge_unstarted(test);
    vector<const attempt_summary*> counting;
    for (const attempt_summary& each : attempts) {
        if (each.how != ending::lost) counting.push_back(&each);
    }
    if (counting.empty()) return {verdict::lost, attempts.back().reason};
    verdict_decision decision = retry_detail::judge_attempts(test, counting, causes);
    const bool against = decision.what == verdict::failed || decision.what == verdict::flaky ||
                         decision.what == verdict::unexpected_pass;
    if (test.quarantine && against) return {verdict::quarantined, std::string(*test.quarantine)};
    return decision;
}

/// Whether a test gets another attempt after those that it had; `retries` is its settings' number. A failure that was
/// declared is none, and one in quarantine changes nothing, so neither is tried again. The supervisor repeats a test
/// that was lost once in any case: that uses nothing up here.
bool is_retried(const test_info& test, const vector<attempt_summary>& attempts, std::uint32_t retries,
                const retry_causes& causes = {}) {
    using retry_detail::right;
    if (attempts.empty()) return false;
    const attempt_summary& last = attempts.back();
    if (!is_failure(last.how) && last.how != ending::lost) return false;
    if (retry_detail::is_declared(test) || test.quarantine) return false;
    std::uint64_t lost = 0, failed = 0, alike = 0;
    for (const attempt_summary& each : attempts) {
        if (each.how == ending::lost) ++lost;
        if (is_failure(each.how)) ++failed;
        if (each.how == last.how) ++alike;
    }
    const right entitled = retry_detail::right_of(last, causes);
    if (entitled == right::none || (entitled == right::once && alike > 1)) return false;
    return failed + (lost != 0 ? lost - 1 : 0) <= retries;
}

}  // namespace cordon::engine::policy

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// What is kept of the runs of a test, and what follows from it without any experiment.

namespace cordon::engine::policy {

namespace flake_evidence_detail {

/// Numbers and addresses in messages differ from run to run.
std::string without_numbers(std::string_view text) {
    constexpr std::size_t longest = 120;
    std::string kept;
    for (std::size_t i = 0; i < text.size() && kept.size() < longest && text[i] != '\n'; ++i) {
        const bool digit = text[i] >= '0' && text[i] <= '9';
        if (!digit) {
            kept += text[i];
        } else if (kept.empty() || kept.back() != '#') {
            kept += '#';
        }
    }
    return kept;
}

std::string describe(const failure& wrong) {
    std::string text;
    if (!wrong.expression.empty()) {
        text = wrong.macro + "(" + wrong.expression + ")";
    } else {
        text = without_numbers(wrong.message);
        if (!wrong.macro.empty()) text = wrong.macro + (text.empty() ? "" : ": " + text);
    }
    if (!wrong.file.empty()) text += " at " + wrong.file + ":" + std::to_string(wrong.line);
    return text;
}

}  // namespace flake_evidence_detail

/// How an attempt failed: its ending, and the first thing that went wrong in it.
std::string signature_of(const attempt_result& attempt) {
    std::string text;
    if (attempt.how != ending::failed) text = std::string(name_of(attempt.how));
    if (!attempt.signal_name.empty() && attempt.how != ending::timed_out) text += ": " + attempt.signal_name;
    if (attempt.how == ending::exited || attempt.how == ending::exit_failure) {
        if (attempt.signal == 0) text += " with code " + std::to_string(attempt.exit_code);
    }
    if (attempt.how == ending::over_limit) text += ": " + attempt.reason;
    for (const failure& wrong : attempt.failures) {
        if (wrong.kind == failure_kind::warning) continue;
        return text + (text.empty() ? "" : ", ") + flake_evidence_detail::describe(wrong);
    }
    return text.empty() ? "failed" : text;
}

/// The evidence on one test. Its size does not grow with the number of runs.
class flake_evidence {
  public:
    flake_progress progress;
    std::uint32_t given = 0;  ///< runs handed out
    duration slowest_pass{};
    std::optional<std::uint64_t> failing_seed, passing_seed;

    const run_counts& counts() const { return progress.counts; }
    const vector<flake_signature>& signatures() const { return signatures_; }
    std::uint64_t workers() const { return workers_; }

    /// A run's end. `worker` names the process it was forked from. Returns whether its details should be kept: the
    /// first run's, and of some failures of each kind.
    bool add(const attempt_result& run, bool failed, std::uint64_t worker) {
        progress.spent += run.took + run.spawn + run.cleanup;
        if (run.how == ending::lost) return ++progress.lost == 1;
        if (run.how == ending::skipped) return ++progress.skipped + progress.counts.runs == 1;
        progress.counts.add(failed);
        add_to_group(failed, worker);
        (failed ? failing_seed : passing_seed) = run.seed;
        if (!failed) {
            slowest_pass = std::max(slowest_pass, run.took);
            return progress.counts.runs == 1;
        }
        ++endings_[static_cast<std::size_t>(run.how)];
        return add_signature(signature_of(run)) || progress.counts.runs == 1;
    }

    /// Every failure ended like this.
    bool all_failures_are(ending how) const {
        return progress.counts.failures != 0 && endings_[static_cast<std::size_t>(how)] == progress.counts.failures;
    }

    /// The runs of each worker agree, and workers differ: what a worker draws by lot at its start decides.
    bool differs_between_workers() const {
        constexpr double significant = 0.001;
        if (!progress.counts.mixed()) return false;
        agreement chance(progress.counts.rate());
        for (const group& each : groups_) {
            if (each.failures != 0 && each.failures != each.runs) return false;
            chance.add(each.runs);
        }
        return chance.chance() < significant;
    }

  private:
    static constexpr std::size_t most_signatures = 8;
    static constexpr std::uint64_t kept_of_each = 2;
    static constexpr std::size_t most_groups = 256;

    struct group {
        std::uint64_t worker;
        std::uint32_t runs;
        std::uint32_t failures;
    };

    void add_to_group(bool failed, std::uint64_t worker) {
        for (std::size_t i = groups_.size(); i-- > 0;) {
            if (groups_[i].worker != worker) continue;
            ++groups_[i].runs;
            groups_[i].failures += failed ? 1 : 0;
            return;
        }
        if (groups_.size() < most_groups) {
            ++workers_;
            groups_.push_back({worker, 1, failed ? 1u : 0u});
        } else if (uncounted_ != worker) {
            ++workers_;
            uncounted_ = worker;
        }
    }

    std::size_t place_of(const std::string& text) const {
        std::size_t i = 0;
        while (i < signatures_.size() && signatures_[i].text != text)
            ++i;
        return i;
    }

    // The most frequent one comes first. What is one kind too many is counted as others.
    bool add_signature(std::string text) {
        std::size_t i = place_of(text);
        if (i == signatures_.size() && signatures_.size() + 1 >= most_signatures) {
            text = "others";
            i = place_of(text);
        }
        if (i == signatures_.size()) signatures_.push_back({std::move(text), 0});
        const bool kept = ++signatures_[i].count <= kept_of_each;
        while (i > 0 && signatures_[i - 1].count < signatures_[i].count) {
            std::swap(signatures_[i - 1], signatures_[i]);
            --i;
        }
        return kept;
    }

    vector<flake_signature> signatures_;
    vector<group> groups_;
    std::array<std::uint64_t, 10> endings_{};
    std::uint64_t workers_ = 0;
    std::uint64_t uncounted_ = 0;  // the last worker that has no group, beyond as many as are kept
};

/// Whether a run of the test speaks against it: for a test that should fail, a pass does.
bool run_failed(const test_info& test, const attempt_result& run) {
    if (!retry_detail::is_declared(test)) return is_failure(run.how);
    test_info alone;  // without quarantine, which concerns the verdict on the test and not its runs
    alone.should_fail = test.should_fail;
    alone.may_fail = test.may_fail;
    alone.expected_failures = test.expected_failures;
    vector<attempt_summary> one;
    one.push_back(summary_of(run));
    const verdict what = judge(alone, one).what;
    return what == verdict::failed || what == verdict::unexpected_pass;
}

/// What the runs of a test alone say of it: a word for the category and what it means.
struct flake_diagnosis {
    std::string_view category;
    std::string_view explanation;
};

flake_diagnosis diagnose_runs(const flake_evidence& seen) {
    const run_counts& counts = seen.counts();
    if (counts.runs == 0) return {"not_run", ""};
    if (counts.failures == 0) return {"stable", ""};
    if (!counts.mixed()) return {"failing", "it fails every time: a plain failure, not a flaky test"};
    if (seen.differs_between_workers()) {
        return {"start_up",
                "runs agree within one start of the program and differ between starts: it depends on addresses, hash "
                "seeds or what static initialisers have drawn"};
    }
    if (seen.all_failures_are(ending::timed_out))
        return {"timeout", "all failures are timeouts: it waits for what sometimes never comes, or its limit is tight"};
    if (seen.all_failures_are(ending::crashed))
        return {"crash", "all failures are crashes: look for a race or for memory that is used wrongly"};
    return {"flaky", ""};
}

/// "0 of 60: under 4.9 %", "7 of 60: 11.7 % (5.8 to 22.2 %)".
std::string counts_in_words(const run_counts& seen) {
    std::string text = std::to_string(seen.failures) + " of " + std::to_string(seen.runs);
    if (seen.runs == 0) return text;
    if (seen.failures == 0) return text + ": under " + rate_text(bound_without_failures(seen.runs));
    if (!seen.mixed()) return text;
    const interval where = wilson(seen);
    return text + ": " + rate_text(seen.rate()) + ", 95 % sure from " + rate_text(where.low) + " to " +
           rate_text(where.high);
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/supervisor/repeater.hpp ----

#include <cstddef>
#include <cstdint>
#include <optional>

namespace cordon::engine::supervisor {

/// One attempt that a repeater wants.
struct planned_run {
    std::size_t test = 0;
    std::uint32_t number = 1;                ///< comes back in the attempt's result
    isolate mode = isolate::by_default;      ///< by_default: what holds for the test
    bool fresh = false;                      ///< shard mode: in a process of its own and of those that follow
    bool snapshot = false;                   ///< shard mode: in a copy of the process as the runs before have left it
    std::optional<std::uint64_t> seed = {};  ///< of the attempt; nullopt: drawn from the run's and the number
};

/// Decides what runs when tests are run again and again, instead of once and after a failure. A test has its turn in
/// one worker, then goes to the end of the queue: so the runs of a test are spread over the session, and one test is
/// never run beside itself. What came of each run is told by attempt_ended, as always.
class repeater {
  public:
    virtual ~repeater() = default;
    /// The test's turn has come. What its worker shall run, in order; nothing: the test is done.
    virtual vector<planned_run> next_turn(std::size_t test, instant now) = 0;
    /// On a test that is done, or whose turns the end of the run has cut short for the reason `why`.
    virtual policy::verdict_decision verdict_on(std::size_t test, const std::string& why) = 0;
    /// Whether a worker has done enough. Forks of one worker share its addresses and whatever its start has drawn by
    /// lot, so runs have to be spread over many. `age` is since its start, which took `start` of it.
    virtual bool is_worn_out(duration age, duration start) const = 0;
};

}  // namespace cordon::engine::supervisor

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// Looks for flaky tests: gives every test its runs, and stands between the dispatcher and the reports, which see some
/// runs of a test, then its summary and its verdict. Verdicts that somebody wants to find out more about are held back.
class flake_hunt final : public repeater, public report::sink {
  public:
    /// `end`: no test gets another turn after it.
    flake_hunt(const test_list& list, const vector<std::size_t>& tests, policy::flake_goal goal, instant end,
               report::sink& out)
        : list_(list), goal_(goal), end_(end), out_(out) {
        place_.assign(list.tests.size(), none);
        for (const std::size_t test : tests) {
            place_[test] = static_cast<std::uint32_t>(studies_.size());
            studies_.emplace_back();
        }
    }

    /// Verdicts to hold back besides those on tests that have passed and failed: all of them.
    void hold_all() { holds_all_ = true; }

    const policy::flake_evidence& evidence(std::size_t test) const { return studies_[place_[test]].seen; }
    const vector<test_finished>& held() const { return held_; }
    std::uint64_t peak_rss() const { return peak_rss_; }
    const std::string& stopped_because() const { return stopped_because_; }
    /// Tests that got fewer runs than they should have had, because the session's time was up.
    std::size_t cut_short() const { return cut_short_; }
    std::uint64_t runs() const { return runs_; }

    /// The summary of what the runs alone have shown.
    flake_summary summary(std::size_t test) const {
        const policy::flake_evidence& seen = evidence(test);
        flake_summary made;
        made.test = test;
        made.runs = seen.counts().runs;
        made.failures = seen.counts().failures;
        const policy::interval where = policy::wilson(seen.counts());
        made.low = where.low;
        made.high = made.failures == 0 ? policy::bound_without_failures(made.runs) : where.high;
        made.workers = seen.workers();
        const policy::flake_diagnosis says = policy::diagnose_runs(seen);
        made.category = says.category;
        made.explanation = says.explanation;
        made.signatures = seen.signatures();
        return made;
    }

    // ---- repeater ----

    vector<planned_run> next_turn(std::size_t test, instant now) override {
        policy::flake_evidence& seen = studies_[place_[test]].seen;
        policy::flake_goal goal = goal_;
        vector<planned_run> turn;
        if (!policy::wants_more_runs(seen.progress, goal)) return turn;
        goal.time_is_up = now >= end_;
        if (goal.time_is_up) {
            ++cut_short_;
            return turn;
        }
        std::size_t count = policy::turn_size(seen.progress);
        if (goal.runs != 0) count = std::min<std::size_t>(count, goal.runs - seen.progress.total());
        turn.resize(count);
        for (planned_run& each : turn) {
            each.test = test;
            each.number = ++seen.given;
        }
        return turn;
    }

    policy::verdict_decision verdict_on(std::size_t test, const std::string& why) override {
        const study& of = studies_[place_[test]];
        const test_info& info = list_.tests[test];
        const policy::run_counts& counts = of.seen.counts();
        if (counts.runs == 0) {
            if (of.seen.progress.skipped != 0 || of.seen.progress.lost != 0) return policy::judge(info, {of.last});
            return {verdict::not_run, why.empty() ? "the time for finding flaky tests was up" : why};
        }
        if (counts.mixed()) {
            const verdict what = info.quarantine ? verdict::quarantined : verdict::flaky;
            return {what, "failed " + policy::counts_in_words(counts)};
        }
        policy::verdict_decision decision = policy::judge(info, {of.last});
        std::string found = policy::counts_in_words(counts);
        if (counts.failures != 0) found = "failed " + found;
        decision.reason = decision.reason.empty() ? std::move(found) : decision.reason + "; " + found;
        return decision;
    }

    bool is_worn_out(duration age, duration start) const override { return policy::is_worn_out(age, start, workers_); }

    // ---- sink ----

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            add(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            conclude(*finished);
        } else if (const auto* now = happened.get_if<tick>()) {
            out_.on(tick{now->at, runs_, failures_});
        } else if (const auto* started = happened.get_if<worker_started>()) {
            note_worker(*started);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            peak_rss_ = end->peak_rss_bytes;
            stopped_because_ = end->stopped_because;
        } else if (happened.get_if<attempt_started>() == nullptr) {
            out_.on(happened);
        }
    }

  private:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    struct study {
        policy::flake_evidence seen;
        policy::attempt_summary last;
    };

    void add(const attempt_result& run) {
        study& of = studies_[place_[run.test]];
        const bool failed = policy::run_failed(list_.tests[run.test], run);
        if (run.how != ending::lost || of.seen.progress.total() == 0) of.last = policy::summary_of(run);
        ++runs_;
        if (failed) ++failures_;
        const std::uint64_t worker = run.slot < worker_of_.size() ? worker_of_[run.slot] : 0;
        if (!of.seen.add(run, failed, worker)) return;
        // The copy alone is bounded: one of some kinds of failures.
        out_.on(attempt_started{run.test, run.number, run.slot, run.pid, run.started});
        attempt_result shown(run);
        shown.of = shown.number;
        out_.on(attempt_ended{std::move(shown)});
    }

    // Renewed workers are no news: each slot's first one is told, and those that had to be replaced.
    void note_worker(const worker_started& started) {
        if (started.slot >= worker_of_.size()) worker_of_.resize(started.slot + 1);
        const bool first = worker_of_[started.slot] == 0;
        worker_of_[started.slot] = ++workers_;
        if (first || started.replacement) out_.on(worker_started(started));
    }

    void conclude(const test_finished& finished) {
        if (place_[finished.test] == none) return out_.on(test_finished(finished));
        const policy::run_counts& counts = evidence(finished.test).counts();
        if (counts.mixed() || (holds_all_ && counts.runs != 0)) return held_.push_back(finished);
        if (counts.runs != 0) out_.on(flake_found{summary(finished.test)});
        out_.on(test_finished(finished));
    }

    const test_list& list_;
    policy::flake_goal goal_;
    instant end_;
    report::sink& out_;
    bool holds_all_ = false;
    vector<std::uint32_t> place_;  // by test, in studies_
    vector<study> studies_;
    vector<test_finished> held_;
    vector<std::uint64_t> worker_of_;  // by slot
    std::uint64_t workers_ = 0;
    std::uint64_t runs_ = 0;
    std::uint64_t failures_ = 0;
    std::size_t cut_short_ = 0;
    std::uint64_t peak_rss_ = 0;
    std::string stopped_because_;
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/trials.hpp ----

// ---- cordon/engine/base/queue.hpp ----

#include <cstddef>
#include <initializer_list>

namespace cordon::engine {

/// First in, first out. A vector whose front moves on, and is given back now and then.
template <typename T>
class queue {
  public:
    queue() = default;
    queue(std::initializer_list<T> from) : items_(from) {}

    T* begin() { return items_.begin() + head_; }
    T* end() { return items_.end(); }
    const T* begin() const { return items_.begin() + head_; }
    const T* end() const { return items_.end(); }
    std::size_t size() const { return items_.size() - head_; }
    bool empty() const { return size() == 0; }
    T& front() { return items_[head_]; }
    const T& front() const { return items_[head_]; }
    T& back() { return items_.back(); }

    void push_back(T item) { items_.push_back(static_cast<T&&>(item)); }
    void pop_front() {
        items_[head_] = T();  // what it held is given back at once
        ++head_;
        if (head_ * 2 <= items_.size() && !empty()) return;
        items_.erase(items_.begin(), begin());
        head_ = 0;
    }
    void erase(const T* first, const T* last) { items_.erase(first, last); }

  private:
    vector<T> items_;
    std::size_t head_ = 0;
};

}  // namespace cordon::engine

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// A fixed list of runs, and what came of each. The reports see none of it but notices.
class trials final : public repeater, public report::sink {
  public:
    struct outcome {
        bool ran = false;  ///< to an end that says something: neither lost nor skipped
        bool failed = false;
        ending how = ending::lost;
    };

    /// `first_number`: of the runs. Attempts with other numbers have other seeds.
    trials(const test_list& list, report::sink& out, std::uint32_t first_number = 1)
        : list_(list), out_(out), first_number_(first_number), turns_(list.tests.size()) {}

    /// One turn more for the test, whose runs may be of others. Returns the index of the first of their outcomes.
    std::size_t add_turn(std::size_t test, vector<planned_run> runs) {
        const std::size_t first = outcomes_.size();
        for (planned_run& each : runs) {
            each.number = first_number_ + static_cast<std::uint32_t>(outcomes_.size());
            outcomes_.emplace_back();
        }
        turns_[test].push_back(std::move(runs));
        for (const std::size_t known : tests_) {
            if (known == test) return first;
        }
        tests_.push_back(test);
        return first;
    }

    /// So many runs of one test, in turns of `a_turn`.
    std::size_t add_runs(std::size_t test, std::uint64_t count, std::size_t a_turn, std::optional<std::uint64_t> seed) {
        const std::size_t first = outcomes_.size();
        while (count != 0) {
            vector<planned_run> turn(static_cast<std::size_t>(std::min<std::uint64_t>(count, a_turn)));
            count -= turn.size();
            for (planned_run& each : turn) {
                each.test = test;
                each.seed = seed;
            }
            add_turn(test, std::move(turn));
        }
        return first;
    }

    /// The tests that have turns.
    const vector<std::size_t>& tests() const { return tests_; }
    const outcome& operator[](std::size_t index) const { return outcomes_[index]; }
    policy::run_counts count(std::size_t first, std::size_t runs) const {
        policy::run_counts counts;
        for (std::size_t i = first; i < first + runs; ++i) {
            if (outcomes_[i].ran) counts.add(outcomes_[i].failed);
        }
        return counts;
    }

    /// The reports shall see this run, as the test's first.
    void show(std::size_t index) { shown_ = index; }

    vector<planned_run> next_turn(std::size_t test, instant) override {
        if (turns_[test].empty()) return {};
        vector<planned_run> next = std::move(turns_[test].front());
        turns_[test].pop_front();
        return next;
    }
    policy::verdict_decision verdict_on(std::size_t, const std::string&) override { return {verdict::passed, {}}; }
    bool is_worn_out(duration age, duration start) const override { return policy::is_worn_out(age, start, workers_); }

    void on(const event& happened) override {
        if (const auto* ended = happened.get_if<attempt_ended>()) {
            const attempt_result& run = ended->result;
            const std::size_t index = run.number - first_number_;
            if (index >= outcomes_.size()) return;
            outcomes_[index].ran = run.how != ending::lost && run.how != ending::skipped;
            outcomes_[index].failed = policy::run_failed(list_.tests[run.test], run);
            outcomes_[index].how = run.how;
            if (index == shown_) pass_on(run);
        } else if (happened.get_if<worker_started>() != nullptr) {
            ++workers_;
        } else if (happened.get_if<notice>() != nullptr || happened.get_if<tick>() != nullptr) {
            out_.on(happened);
        }
    }

  private:
    void pass_on(const attempt_result& run) {
        attempt_result shown(run);
        shown.number = shown.of = 1;
        out_.on(attempt_started{shown.test, 1, shown.slot, shown.pid, shown.started});
        out_.on(attempt_ended{std::move(shown)});
    }

    const test_list& list_;
    report::sink& out_;
    std::uint32_t first_number_;
    vector<queue<vector<planned_run>>> turns_;  // by test
    vector<std::size_t> tests_;
    vector<outcome> outcomes_;
    std::uint64_t workers_ = 0;
    std::size_t shown_ = static_cast<std::size_t>(-1);
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/waves.hpp ----

// ---- cordon/engine/model/plan.hpp ----

#include <cstddef>
#include <cstdint>

namespace cordon::engine {

/// What a run is to do, decided before it starts.
struct plan {
    vector<std::size_t> order;      ///< indices into test_list::tests; skipped and todo ones are among them
    std::size_t selected = 0;       ///< before sharding: none selected is a mistake, an empty shard is not
    vector<std::size_t> unsharded;  ///< with a shard: `order` before it was cut
    bool narrowed_by_only = false;  ///< tests were left out because others are decorated with only()
};

/// What holds for one test where its decorators and the command line meet.
struct test_settings {
    duration timeout{};     ///< 0: none
    duration slow_after{};  ///< 0: never
    std::uint32_t retries = 0;
    isolate isolation = isolate::fork;
    std::uint64_t memory_limit = 0;  ///< bytes; 0: none
};

/// Decorators win over the command line, except that `--isolate=none` holds for every test: it is chosen to have all
/// of them in one process, under a debugger. A test that is itself decorated with isolation none runs in a worker
/// without a process of its own, because the supervisor must outlive it. `run_isolation` is the mode that was worked
/// out for the run, never by_default.
inline test_settings settings_for(const test_info& test, const options& chosen, isolate run_isolation) {
    test_settings settings;
    settings.timeout = test.timeout.value_or(chosen.timeout);
    settings.slow_after = test.slow_after.value_or(chosen.slow_after);
    settings.retries = test.retries.value_or(chosen.retries);
    settings.memory_limit = test.memory_limit != 0 ? test.memory_limit : chosen.memory_limit;
    settings.isolation = run_isolation;
    if (run_isolation != isolate::none && test.isolation != isolate::by_default) {
        settings.isolation = test.isolation == isolate::none ? isolate::shard : test.isolation;
    }
    return settings;
}

}  // namespace cordon::engine

// ---- cordon/engine/model/setup_plan.hpp ----

// ---- cordon/engine/model/suite_path.hpp ----

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// The hash of a test list after one more test. `test_hash` is of its suite and name.
inline std::uint64_t list_hash_with(std::uint64_t before, std::uint64_t test_hash, std::string_view file) {
    return mix_bits(before + fast_hash(file, test_hash));
}

/// Nested suites joined by '/'.
inline std::string suite_path(const cordon::detail::suite* suite) {
    if (suite == nullptr) return {};
    const std::string outer = suite_path(suite->parent);
    const std::string_view own = suite->name() == nullptr ? "" : suite->name();
    if (outer.empty() || own.empty()) return outer + std::string(own);
    return outer + "/" + std::string(own);
}

/// Whether `outer` is the suite `path` or one around it; the empty path is around all.
inline bool suite_holds(std::string_view outer, std::string_view path) {
    if (outer.empty()) return true;
    return path.substr(0, outer.size()) == outer && (path.size() == outer.size() || path[outer.size()] == '/');
}

}  // namespace cordon::engine

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine {

/// Which setup blocks each test needs, as groups: all GLOBAL_SETUP blocks are one, the SUITE_SETUP blocks of a suite
/// another. A test needs a chain of groups, the outermost first; a worker enters them one inside the other.
struct setup_plan {
    struct group {
        std::string_view suite;  ///< empty for the global one
        cordon::location where;  ///< of its first block
        vector<std::uint32_t> setups;
    };
    using chain = vector<std::uint32_t>;

    vector<group> groups;
    vector<chain> chains{chain()};        ///< chains[0] is the one of tests outside every suite with a setup
    vector<std::uint32_t> chain_of_test;  ///< empty when there is only chains[0]

    const chain& chain_of(std::size_t test) const { return chains[chain_of_test.empty() ? 0 : chain_of_test[test]]; }
};

namespace setup_plan_detail {

std::uint32_t group_for(setup_plan& plan, std::string_view suite, const cordon::location& where, test_list& keeps) {
    for (std::uint32_t i = 0; i < plan.groups.size(); ++i) {
        if (plan.groups[i].suite == suite) return i;
    }
    keeps.storage.push_back(std::make_unique<std::string>(suite));
    plan.groups.push_back({*keeps.storage.back(), where, {}});
    return static_cast<std::uint32_t>(plan.groups.size() - 1);
}

setup_plan::chain chain_for(const setup_plan& plan, std::string_view suite) {
    setup_plan::chain chain;
    for (std::uint32_t i = 0; i < plan.groups.size(); ++i) {
        if (suite_holds(plan.groups[i].suite, suite)) chain.push_back(i);
    }
    std::stable_sort(chain.begin(), chain.end(), [&plan](std::uint32_t a, std::uint32_t b) {
        return plan.groups[a].suite.size() < plan.groups[b].suite.size();
    });
    return chain;
}

std::uint32_t chain_index(setup_plan& plan, setup_plan::chain chain) {
    for (std::uint32_t i = 0; i < plan.chains.size(); ++i) {
        if (plan.chains[i] == chain) return i;
    }
    plan.chains.push_back(std::move(chain));
    return static_cast<std::uint32_t>(plan.chains.size() - 1);
}

}  // namespace setup_plan_detail

/// Suites of the same name are the same suite, whatever block or file they stand in: a SUITE_SETUP holds for all of it
/// and for the suites inside. `list` keeps the texts.
setup_plan build_setup_plan(test_list& list, const cordon::detail::setup* first) {
    using namespace setup_plan_detail;
    setup_plan plan;
    std::uint32_t index = 0;
    for (const cordon::detail::setup* each = first; each != nullptr; each = each->next) {
        plan.groups[group_for(plan, suite_path(each->owner), each->where, list)].setups.push_back(index++);
    }
    if (plan.groups.empty()) return plan;
    plan.chains[0] = chain_for(plan, {});
    plan.chain_of_test.reserve(list.tests.size());
    for (const test_info& test : list.tests) {
        plan.chain_of_test.push_back(chain_index(plan, chain_for(plan, test.suite)));
    }
    return plan;
}

}  // namespace cordon::engine

// ---- cordon/engine/os/process.hpp ----

// ---- cordon/engine/os/descriptor.hpp ----

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::os {

/// The error that the last failed call to the system left behind, with what was tried.
error last_error(std::string operation, std::string detail = {});
/// The system's own words for an error code ("No space left on device").
std::string describe_code(int code);
/// operation, detail and the system's words, as one line.
std::string describe(const error& failure);

/// An open file, pipe end or memory object. Closed on destruction.
/// POSIX: a file descriptor. Windows: a HANDLE.
class descriptor {
  public:
    descriptor() = default;
    explicit descriptor(int native) : native_(native) {}
    descriptor(descriptor&& other) noexcept : native_(std::exchange(other.native_, -1)) {}
    descriptor& operator=(descriptor&& other) noexcept {
        if (this != &other) {
            close();
            native_ = std::exchange(other.native_, -1);
        }
        return *this;
    }
    ~descriptor() { close(); }

    explicit operator bool() const { return native_ >= 0; }
    int native() const { return native_; }
    int release() { return std::exchange(native_, -1); }
    void close();

  private:
    int native_ = -1;
};

struct pipe_ends {
    descriptor read;
    descriptor write;
};

/// A one-way byte channel, closed in executed programs, at high descriptors so that tests which count on the low ones
/// are not disturbed. The reading end does not block.
result<pipe_ends> make_pipe();

/// What a read that must not block brought.
struct read_outcome {
    std::size_t bytes = 0;
    bool at_end = false;  ///< every writing end is closed, or the channel broke
};

/// Reads what is there; no bytes and not at_end means: nothing at the moment.
read_outcome read_available(const descriptor& from, char* to, std::size_t size);

/// Writes all of it, waiting where the other side is slow. Broken pipes are errors, never signals.
status write_all(const descriptor& to, std::string_view bytes);

/// Whether reading would bring bytes now, for up to two descriptors in one call.
bool anything_to_read(const descriptor& a, const descriptor& b);

/// Waits for bytes (or the end) on one descriptor alone, without limit.
void wait_readable(const descriptor& on);

void set_blocking(const descriptor& on, bool blocking);
/// Whether programs that this process executes inherit the descriptor.
void set_inherited(const descriptor& which, bool inherited);

/// A descriptor that was handed over by number; nothing if there is none or it is not of the wanted kind.
enum class descriptor_kind { pipe, memory };
descriptor adopt_descriptor(int number, descriptor_kind kind);

}  // namespace cordon::engine::os

#include <cstdint>
#include <optional>
#include <string>

namespace cordon::engine::os {

using process_id = std::int64_t;

process_id own_process_id();
process_id parent_process_id();

/// How a process ended and what it used.
struct process_end {
    bool by_signal = false;
    int code = 0;  ///< exit code or signal
    duration user{};
    duration system{};
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t voluntary_switches = 0;
    std::uint64_t involuntary_switches = 0;
    std::uint32_t survivors = 0;            ///< processes it left running; they were ended
    vector<std::string> survivor_commands;  ///< what the first of them were
};

/// A copy of this process: 0 in the copy, its id in the original. Only for a process with one thread.
result<process_id> fork_process();

/// Makes the process the leader of its own group, so that all it starts can be signalled together. Called on both sides
/// of a fork, whichever comes first.
void lead_own_group(process_id process);

/// POSIX: SIGTERM, SIGKILL to the process's group. Windows: CTRL-BREAK, TerminateJobObject.
void ask_group_to_end(process_id leader);
void kill_group(process_id leader);

/// Whether the process is alive and leads a group.
bool leads_own_group(process_id process);
/// SIGKILL to this one process.
void kill_process(process_id process);

/// If the child has ended: reaps it, ends what it left running (see lineage.hpp) and says how it was. Never waits.
std::optional<process_end> reap(process_id child);

/// As reap(), for a process whose own children are none of ours: leaves other children alone.
std::optional<process_end> reap_only(process_id child);

/// Waits until the child has ended, however long it takes. What it left running goes on.
process_end wait_for_end(process_id child);

/// Ends what is left of this process's children, those included that adopt_orphans() has brought to it. Does nothing
/// where the system can not tell which they are.
std::uint32_t end_orphans();

/// Ends this process at once, with nothing run or flushed.
[[noreturn]] void leave_now(int code);

/// Has `last` called when this process leaves through exit() or, where the system has it, quick_exit(); after whatever
/// is registered later. False: it will not be.
bool call_at_exit(void (*last)());

/// A program to start: this very one, in another role.
struct spawn_request {
    vector<std::string> arguments;
    vector<std::string> environment;  ///< "NAME=value", complete
    int output = -1;                  ///< becomes its standard output; -1: as ours
    int errors = -1;
    vector<int> inherited;  ///< kept open under the same numbers
    bool new_group = true;
    bool fixed_addresses = false;  ///< without randomisation of the address space, where the system allows it
    bool empty_input = true;
};

/// What to add to a program's environment so that the dynamic linker looks up all functions before main(). A forked
/// test process otherwise looks up, each time anew, whatever it is the first to call: some twenty page faults a test.
/// Empty where unknown.
std::string link_eagerly();
/// Takes that out of this process's environment again; a value of the user's own stays.
void forget_link_eagerly();

/// Starts the running program again, from the very file that runs now even if its path holds another by now. When it
/// can not be executed the new process says so on its standard error and ends with exit code 127.
result<process_id> spawn_self(const spawn_request& request);

/// Remembers the program's own file and arguments. Call once, early.
status find_self(int argc, const char* const* argv);
const vector<std::string>& own_arguments();
/// The path for messages and rerun commands.
const std::string& self_path();
/// Names this process in `ps` after the program, which running from a descriptor hides.
void name_process_after_program();

/// Standard input, output and error of this process, by where they shall lead.
void redirect_output(const descriptor& out, const descriptor& err);
void empty_standard_input();

/// Environment of this process, "NAME=value".
vector<std::string> environment();
void set_environment(const std::string& name, const std::string& value);
void unset_environment(const std::string& name);

/// Sets variables by giving the environment a text that stays the caller's: cheap, and nothing is left behind.
/// `assignment` is "NAME=value" and must outlive its use.
void put_environment(char* assignment);

/// Lets other processes run for some 50 microseconds.
void pause_briefly();

/// Makes the C library write standard output line by line, also into a pipe: what a test said before it crashed is not
/// lost.
void print_line_by_line();

/// Writes out what the C library still holds of standard output and error.
void flush_standard_streams();

/// The type of the exception being handled, in readable form; empty where the system can not tell.
std::string current_exception_type();

/// A debugger runs this process. Always false where the system does not tell.
bool under_debugger();

/// Threads of this process now; 0 where the system does not tell.
std::uint32_t thread_count();

}  // namespace cordon::engine::os

// ---- cordon/engine/os/surroundings.hpp ----

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// What a process can change about the world that it and its children live in. Where a system does not offer it, the
// status says so. Linux has all of it.

/// This process and its children share the first so many of the processors that it may use.
status use_processors(std::uint32_t count);
/// Timers and sleeps may end so much later than asked for.
status set_timer_slack(duration slack);
status be_nice(std::uint32_t niceness);
status limit_open_files(std::uint32_t count);
status change_folder(const std::string& path);
void set_file_mask(std::uint32_t mask);

/// Whether processes can be started with the same addresses each time. Containers may forbid it.
bool can_fix_addresses();
/// What is executed next in this process gets the same addresses each time. Safe between fork and exec.
void fix_addresses();

/// SIGSTOP, SIGCONT to the process's group.
void stop_group(process_id leader);
void continue_group(process_id leader);

/// Processes that do nothing but keep a processor busy, for as long as this lives.
class busy_processes {
  public:
    explicit busy_processes(std::uint32_t count);
    ~busy_processes();
    busy_processes(const busy_processes&) = delete;
    busy_processes& operator=(const busy_processes&) = delete;

  private:
    vector<process_id> running_;
};

}  // namespace cordon::engine::os

// ---- cordon/engine/supervisor/supervisor.hpp ----

// The supervisor's side, whole: the dispatcher with all its parts, and the ports it can run through.

// ---- cordon/engine/supervisor/dispatcher.hpp ----

// ---- cordon/engine/os/own_state.hpp ----

#include <cstdint>
#include <string>

namespace cordon::engine::os {

// What a test can change in its own process, in three steps of very different cost. Every worker remembers, once, the
// state that its tests begin in. Each test process asks at its end whether anything has changed, by the cheapest
// questions that tell. Only where one of them says yes it looks closely.

/// How closely changed_state() looks. Thorough: the descriptors up to 1023 and every signal, at some 25 microseconds a
/// test. Quick: the descriptors up to 63 and the signals that programs commonly handle, at some three.
enum class attention : std::uint8_t { quick, thorough };

/// Remembers this process's state as the one that tests begin in, handlers and mask of signals excepted: for them, what
/// restore_signals() will leave counts.
void remember_state(attention how);
/// The same once more, to be looked at as closely as before.
void remember_state_again();

/// What can not be remembered beforehand, because it differs between tests: taken when one begins.
struct state_mark {
    std::uint64_t environment = 0;
};
state_mark mark_state();

/// The kinds of leftovers that there may be now, as bits `1 << leftover_kind`; 0: none. May say one too many, that
/// describe_changes() then does not find.
std::uint32_t changed_state(const state_mark& since);

/// What they are. Threads that are about to end are none.
void describe_changes(std::uint32_t kinds, vector<leftover>& to);

/// Whether threads can be told here. Linux: yes. Elsewhere no.
bool can_see_threads();

/// Ends the children that this process has, with what they leave behind. Those that were running are added to `to`.
/// Linux only; elsewhere nothing.
void end_children(vector<leftover>& to);

}  // namespace cordon::engine::os

// ---- cordon/engine/os/signal.hpp ----

#include <string_view>

namespace cordon::engine::os {

/// Signals are held back except inside wait_for(), and then only note that they came.

/// Notes the ends of children. Worker and supervisor.
void watch_children();
/// Notes requests to end the run: SIGINT, SIGTERM, SIGHUP. Supervisor only.
void watch_cancellation();
/// Makes writing into a pipe that nobody reads an error instead of a signal. Worker and supervisor.
void ignore_broken_pipes();
/// Lets none of the watched signals in until wait_for().
void hold_back_signals();

/// True once after a child ended.
bool take_child_ended();
/// The newest cancellation signal since the last call, 0 for none; `count` says how many came in all.
int take_cancellation(int& count);

/// In a new process: everything as the program was started with.
void restore_signals();

/// "SIGSEGV"; "unknown signal" for numbers without a name.
std::string_view signal_name(int number);
/// What the signal means to a reader of a report: "invalid memory reference".
std::string_view signal_meaning(int number);

}  // namespace cordon::engine::os

// ---- cordon/engine/policy/batch.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::policy {

/// How many tests to hand to a worker that has room. Guided self-scheduling (Polychronopoulos, Kuck 1987): a share of
/// what is left, so that batches shrink towards the end and no worker hoards the tail. A batch is also kept to little
/// work, more of it in shard mode, where a test may take less than the message that names it. `mean` is how long a test
/// took so far, its process included; before anything was measured a batch is a probe.
std::size_t batch_size(std::size_t remaining, std::uint32_t workers, duration mean, isolate mode) {
    constexpr std::size_t most = 1024;  // more amortises nothing further and makes a command long
    const bool shared = mode == isolate::shard;
    // Nobody could take anything off a single worker, so its tests stay together: what they leave behind for each
    // other shows.
    if (shared && workers <= 1) return std::min(remaining, most);
    if (!shared && mode != isolate::fork) return std::min<std::size_t>(remaining, 1);
    const duration work = std::chrono::milliseconds(shared ? 50 : 2);
    const std::size_t probe = shared ? 16 : 1;
    const std::size_t by_work = mean > duration::zero() ? static_cast<std::size_t>(work / mean) : probe;
    const std::size_t share = remaining / (2 * std::max<std::size_t>(workers, 1));
    const std::size_t size = std::max<std::size_t>(std::min({share, by_work, most}), 1);
    return std::min(size, remaining);
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/policy/schedule.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace cordon::engine::policy {

namespace schedule_detail {

/// A serial group or a resource, with the number of tests that may hold it at once.
struct shared_thing {
    std::string_view name;
    bool is_group = false;
    std::uint32_t limit = 1;
    std::uint32_t held = 0;
};

/// Pending tests with equal constraints: either all of them may start now or none.
struct demand {
    std::uint32_t load = 1;  ///< how many of --jobs one test takes
    bool exclusive = false;
    vector<std::size_t> things;
    vector<std::size_t> queue;
    std::size_t head = 0;

    bool empty() const { return head == queue.size(); }
    std::size_t front() const { return queue[head]; }
};

/// What a worker slot is busy with: several unconstrained tests one after another, or one other test.
struct lane {
    std::size_t demand = 0;
    std::uint64_t batch_key = 0;
    std::size_t outstanding = 0;
};

}  // namespace schedule_detail

/// Which pending test may start now. Tests go in order, but one whose serial group, resource or exclusiveness forbids
/// it is passed over until it may; so exclusive tests mostly come last, when nothing else is left. One that only waits
/// for more of --jobs is not passed over, or it would wait for ever behind small ones.
///
/// Unconstrained tests share one queue and cost the same however many there are. Holds no clock and no process: the
/// caller says who takes and what is done. `list` must outlive it.
class schedule {
  public:
    /// `order` without the tests that are never started. A batch holds only tests of equal `batch_keys` (one a test of
    /// the list; empty: all are equal), so that the caller can keep apart what one worker cannot run in a row.
    schedule(const test_list& list, const vector<std::size_t>& order, std::uint32_t jobs,
             vector<std::uint64_t> batch_keys = {})
        : jobs_(std::max<std::uint32_t>(jobs, 1)), batch_keys_(std::move(batch_keys)) {
        demands_.emplace_back();
        position_.resize(list.tests.size());
        demand_of_.resize(list.tests.size());
        for (std::size_t test : order) {
            demand_of_[test] = demand_for(list.tests[test]);
            add(test);
        }
    }

    std::size_t pending() const { return pending_; }
    bool idle() const { return busy_lanes_ == 0; }

    /// Up to `most` tests for the worker in `slot` to run one after another; none when none may start now. A worker
    /// that is still busy gets only what may follow on what it has.
    vector<std::size_t> take(std::uint32_t slot, std::size_t most) {
        schedule_detail::lane& lane = lane_of(slot);
        const bool busy = lane.outstanding != 0;
        const std::size_t chosen = choose(busy);
        if (chosen == none || most == 0) return {};
        const std::uint64_t key = batch_key(demands_[chosen].front());
        const bool follows = chosen == unconstrained && lane.demand == unconstrained && lane.batch_key == key;
        if (busy && !follows) return {};
        lane.batch_key = key;
        vector<std::size_t> batch = pop_batch(demands_[chosen], chosen == unconstrained ? most : 1);
        if (!busy) occupy(lane, chosen);
        lane.outstanding += batch.size();
        pending_ -= batch.size();
        return batch;
    }

    /// One of the tests that the slot took has ended, well or not.
    void done(std::uint32_t slot) {
        schedule_detail::lane& lane = lane_of(slot);
        if (lane.outstanding != 0 && --lane.outstanding == 0) release(lane);
    }

    /// Tests that the slot took and did not start, in the order in which it took them: they are pending again, in their
    /// old places.
    void put_back(std::uint32_t slot, const vector<std::size_t>& tests) {
        for (std::size_t i = tests.size(); i-- > 0;) {
            insert(demands_[demand_of_[tests[i]]], tests[i]);
            ++pending_;
            done(slot);
        }
    }

    /// The test is pending (again), behind all others.
    void add(std::size_t test) {
        position_[test] = next_position_++;
        demands_[demand_of_[test]].queue.push_back(test);
        ++pending_;
    }

    /// Empties the schedule: what is left is not to run any more.
    vector<std::size_t> drop_pending() {
        vector<std::size_t> left;
        for (schedule_detail::demand& demand : demands_) {
            left.append(demand.queue.begin() + static_cast<std::ptrdiff_t>(demand.head), demand.queue.end());
            demand.head = demand.queue.size();
        }
        std::sort(left.begin(), left.end(), [this](std::size_t a, std::size_t b) { return is_before(a, b); });
        pending_ = 0;
        return left;
    }

  private:
    static constexpr std::size_t unconstrained = 0;
    static constexpr std::size_t none = static_cast<std::size_t>(-1);

    bool is_before(std::size_t a, std::size_t b) const { return position_[a] < position_[b]; }

    /// Mostly right at the front, where what was taken has left room.
    void insert(schedule_detail::demand& into, std::size_t test) {
        const bool first = into.empty() || is_before(test, into.front());
        if (first && into.head != 0) {
            into.queue[--into.head] = test;
            return;
        }
        const auto begin = into.queue.begin() + static_cast<std::ptrdiff_t>(into.head);
        const auto before = [this](std::size_t a, std::size_t b) { return is_before(a, b); };
        into.queue.insert(std::lower_bound(begin, into.queue.end(), test, before), test);
    }

    std::size_t thing_for(std::string_view name, bool is_group, std::uint32_t limit) {
        for (std::size_t i = 0; i < things_.size(); ++i) {
            if (things_[i].is_group != is_group || things_[i].name != name) continue;
            // Where tests disagree on how many may hold it, the most careful one is right.
            things_[i].limit = std::min(things_[i].limit, limit);
            return i;
        }
        things_.push_back({name, is_group, limit, 0});
        return things_.size() - 1;
    }

    std::size_t demand_for(const test_info& test) {
        const bool constrained = test.serial || test.exclusive || test.threads > 1 || !test.resources.empty();
        if (!constrained) return unconstrained;
        schedule_detail::demand wanted;
        wanted.load = std::min(std::max<std::uint32_t>(test.threads, 1), jobs_);
        wanted.exclusive = test.exclusive;
        if (test.serial) wanted.things.push_back(thing_for(*test.serial, true, 1));
        for (const test_info::resource_use& use : test.resources) {
            wanted.things.push_back(thing_for(use.name, false, use.limit));
        }
        std::sort(wanted.things.begin(), wanted.things.end());
        const auto equal = [&wanted](const schedule_detail::demand& other) {
            return other.load == wanted.load && other.exclusive == wanted.exclusive && other.things == wanted.things;
        };
        const auto known = std::find_if(demands_.begin(), demands_.end(), equal);
        if (known != demands_.end()) return static_cast<std::size_t>(known - demands_.begin());
        demands_.push_back(std::move(wanted));
        return demands_.size() - 1;
    }

    bool things_are_free(const schedule_detail::demand& demand) const {
        return std::all_of(demand.things.begin(), demand.things.end(),
                           [this](std::size_t thing) { return things_[thing].held < things_[thing].limit; });
    }

    /// The demand whose first test is next: the earliest that is not passed over. None when that one has to wait for
    /// more of --jobs. `busy`: it is for a worker whose own load is counted already.
    std::size_t choose(bool busy) const {
        if (exclusive_runs_) return none;
        std::size_t best = none;
        for (std::size_t i = 0; i < demands_.size(); ++i) {
            const schedule_detail::demand& demand = demands_[i];
            if (demand.empty() || (demand.exclusive && busy_lanes_ != 0) || !things_are_free(demand)) continue;
            if (best == none || is_before(demand.front(), demands_[best].front())) best = i;
        }
        if (best == none) return none;
        const std::uint32_t added = busy ? 0 : demands_[best].load;
        return load_ + added <= jobs_ ? best : none;
    }

    std::uint64_t batch_key(std::size_t test) const { return batch_keys_.empty() ? 0 : batch_keys_[test]; }

    vector<std::size_t> pop_batch(schedule_detail::demand& from, std::size_t most) {
        vector<std::size_t> batch;
        const std::uint64_t key = batch_key(from.front());
        while (!from.empty() && batch.size() < most && batch_key(from.front()) == key) {
            batch.push_back(from.front());
            ++from.head;
        }
        return batch;
    }

    void occupy(schedule_detail::lane& lane, std::size_t demand_index) {
        const schedule_detail::demand& demand = demands_[demand_index];
        lane.demand = demand_index;
        load_ += demand.load;
        ++busy_lanes_;
        exclusive_runs_ = demand.exclusive;
        for (std::size_t thing : demand.things)
            ++things_[thing].held;
    }

    void release(const schedule_detail::lane& lane) {
        const schedule_detail::demand& demand = demands_[lane.demand];
        load_ -= demand.load;
        --busy_lanes_;
        if (demand.exclusive) exclusive_runs_ = false;
        for (std::size_t thing : demand.things)
            --things_[thing].held;
    }

    schedule_detail::lane& lane_of(std::uint32_t slot) {
        if (slot >= lanes_.size()) lanes_.resize(slot + 1);
        return lanes_[slot];
    }

    std::uint32_t jobs_;
    vector<std::uint64_t> batch_keys_;
    vector<schedule_detail::demand> demands_;  // [0]: the unconstrained
    vector<schedule_detail::shared_thing> things_;
    vector<schedule_detail::lane> lanes_;
    vector<std::size_t> demand_of_;  // by test
    vector<std::size_t> position_;   // by test
    std::size_t next_position_ = 0;
    std::size_t pending_ = 0;
    std::size_t busy_lanes_ = 0;
    std::uint32_t load_ = 0;
    bool exclusive_runs_ = false;
};

}  // namespace cordon::engine::policy

// ---- cordon/engine/supervisor/port.hpp ----

// ---- cordon/engine/wire/message.hpp ----

// ---- cordon/engine/wire/codec.hpp ----

#include <chrono>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace cordon::engine::wire {

// Messages are plain structs with one member template `fields(archive)` that names their fields once; encoder and
// decoder are the two archives. Integers travel as LEB128 (signed ones zigzagged), texts and lists with their length
// before them. Every value has exactly one form, and the decoder takes no other.

/// The last enumerator of an enum that travels; beyond it the decoder takes nothing.
template <class Enum>
struct last_enumerator;

class encoder {
  public:
    explicit encoder(std::string& out) : out_(out) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }

  private:
    CORDON_HOT void put_unsigned(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        out_.push_back(static_cast<char>(value));
    }
    void put(const std::string& text) {
        put_unsigned(text.size());
        if (!text.empty()) out_ += text;
    }
    void put(std::string_view text) {
        put_unsigned(text.size());
        out_ += text;
    }
    void put(std::chrono::nanoseconds value) { put(value.count()); }
    template <class First, class Second>
    void put(const std::pair<First, Second>& both) {
        put(both.first);
        put(both.second);
    }
    template <class Item>
    void put(const vector<Item>& items) {
        put_unsigned(items.size());
        for (const Item& item : items) {
            put(item);
        }
    }
    template <class Value>
    void put(const Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            put_unsigned(static_cast<std::uint64_t>(value));
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            const auto wide = static_cast<std::int64_t>(value);
            put_unsigned((static_cast<std::uint64_t>(wide) << 1) ^ static_cast<std::uint64_t>(wide >> 63));
        } else if constexpr (std::is_integral_v<Value>) {
            put_unsigned(value);
        } else {
            const_cast<Value&>(value).fields(*this);
        }
    }

    std::string& out_;
};

/// Reads what encoder wrote, and survives anything else: after the first inconsistency `good()` is false and what is
/// read is zero or empty. Lists can not be longer than the bytes that are left, so a forged length allocates nothing.
class decoder {
  public:
    explicit decoder(std::string_view in) : in_(in) {}

    /// All fields were read and nothing was left over.
    bool complete() const { return good_ && in_.empty(); }
    bool good() const { return good_; }

    template <class... Fields>
    void operator()(Fields&... fields) {
        (get(fields), ...);
    }

  private:
    std::uint64_t get_unsigned() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; good_ && shift < 64 && !in_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(in_.front());
            in_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) != 0) continue;
            const bool too_long = shift != 0 && byte == 0;
            const bool too_large = shift == 63 && byte > 1;
            if (too_long || too_large) break;
            return value;
        }
        good_ = false;
        return 0;
    }
    // `value` as it fits into a narrower type; otherwise the input is not ours.
    template <class Narrow, class Wide>
    Narrow narrowed(Wide value) {
        const auto narrow = static_cast<Narrow>(value);
        if (static_cast<Wide>(narrow) == value) return narrow;
        good_ = false;
        return Narrow();
    }
    std::size_t get_length() {
        const std::uint64_t length = get_unsigned();
        if (length > in_.size()) good_ = false;
        return good_ ? static_cast<std::size_t>(length) : 0;
    }
    void get(std::string& text) {
        const std::size_t length = get_length();
        text.assign(in_.substr(0, length));
        in_.remove_prefix(length);
    }
    void get(std::chrono::nanoseconds& value) {
        std::chrono::nanoseconds::rep count = 0;
        get(count);
        value = std::chrono::nanoseconds(count);
    }
    template <class First, class Second>
    void get(std::pair<First, Second>& both) {
        get(both.first);
        get(both.second);
    }
    template <class Item>
    void get(vector<Item>& items) {
        const std::size_t count = get_length();
        items.clear();
        for (std::size_t i = 0; i < count && good_; ++i) {
            items.emplace_back();
            get(items.back());
        }
    }
    template <class Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::uint64_t number = get_unsigned();
            if (number > static_cast<std::uint64_t>(last_enumerator<Value>::value)) good_ = false;
            value = good_ ? static_cast<Value>(number) : Value();
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            const std::uint64_t zigzag = get_unsigned();
            value = narrowed<Value>(static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1));
        } else if constexpr (std::is_integral_v<Value>) {
            value = narrowed<Value>(get_unsigned());
        } else {
            value.fields(*this);
        }
    }

    std::string_view in_;
    bool good_ = true;
};

}  // namespace cordon::engine::wire

// ---- cordon/engine/wire/frame.hpp ----

// ---- cordon/engine/wire/checksum.hpp ----

#include <cstdint>
#include <cstring>
#include <string_view>

namespace cordon::engine::wire {

/// A 64-bit check sum of `bytes` under `key`. The key is drawn for each worker, so that bytes which a test writes into
/// a private descriptor do not pass by accident or by replaying what it once saw. Not cryptographic. Multiply-and-fold
/// mixing of 8-byte words, after the public-domain wyhash construction.
CORDON_HOT inline std::uint64_t checksum(std::string_view bytes, std::uint64_t key) {
    constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
    std::uint64_t state = key ^ (bytes.size() * odd);
    const auto mix = [&state](std::uint64_t word) {
        state = (state ^ word) * odd;
        state ^= state >> 29;
    };
    while (bytes.size() >= 8) {
        std::uint64_t word;
        std::memcpy(&word, bytes.data(), 8);
        mix(word);
        bytes.remove_prefix(8);
    }
    std::uint64_t tail = 0;
    std::memcpy(&tail, bytes.data(), bytes.size());
    mix(tail);
    mix(0x6A09E667F3BCC909u);
    return state;
}

}  // namespace cordon::engine::wire

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

// A frame: 24 bytes of header (little-endian), then the payload.
//
//   0  u16  magic 0xC0DE
//   2  u8   version of the protocol
//   3  u8   type of the message
//   4  u32  size of the payload in bytes
//   8  u64  sequence number, counted by the sending side from 1
//   16 u64  check sum of bytes 0..15 and the payload, under the connection's key

inline constexpr std::uint16_t frame_magic = 0xC0DE;
inline constexpr std::uint8_t frame_version = 1;
inline constexpr std::size_t frame_header_size = 24;
/// No message is larger; a header that says so is damage.
inline constexpr std::size_t max_payload = 16 * 1024 * 1024;

struct frame {
    std::uint8_t type = 0;
    std::uint64_t sequence = 0;
    std::string_view payload;  ///< valid until the reader is fed again
};

namespace frame_detail {

template <class Integer>
void store(char* to, Integer value) {
    for (std::size_t i = 0; i < sizeof value; ++i) {
        to[i] = static_cast<char>(value >> (8 * i));
    }
}

template <class Integer>
Integer load(const char* from) {
    Integer value = 0;
    for (std::size_t i = 0; i < sizeof value; ++i) {
        value = static_cast<Integer>(
            value | static_cast<Integer>(static_cast<Integer>(static_cast<unsigned char>(from[i])) << (8 * i)));
    }
    return value;
}

CORDON_HOT inline std::uint64_t sum_of(const char* header, std::string_view payload, std::uint64_t key) {
    return checksum(payload, checksum({header, 16}, key));
}

}  // namespace frame_detail

/// Writes the header that belongs before `payload` to `header` (frame_header_size bytes).
CORDON_HOT inline void write_frame_header(char* header, std::uint64_t key, std::uint8_t type, std::uint64_t sequence,
                                          std::string_view payload) {
    frame_detail::store(header, frame_magic);
    frame_detail::store(header + 2, frame_version);
    frame_detail::store(header + 3, type);
    frame_detail::store(header + 4, static_cast<std::uint32_t>(payload.size()));
    frame_detail::store(header + 8, sequence);
    frame_detail::store(header + 16, frame_detail::sum_of(header, payload, key));
}

inline void append_frame(std::string& out, std::uint64_t key, std::uint8_t type, std::uint64_t sequence,
                         std::string_view payload) {
    char header[frame_header_size];
    write_frame_header(header, key, type, sequence, payload);
    out.append(header, sizeof header);
    out += payload;
}

/// Cuts a byte stream into frames and trusts none of it. Once damaged, a stream stays damaged: there is no way to tell
/// where the next honest frame would begin.
class frame_reader {
  public:
    explicit frame_reader(std::uint64_t key) : key_(key) {}

    void feed(std::string_view bytes) {
        if (start_ != 0) {
            buffer_.erase(0, start_);
            start_ = 0;
        }
        buffer_ += bytes;
    }

    /// The next whole frame; nothing when more bytes are needed or the stream is damaged.
    std::optional<frame> next() {
        const std::string_view rest = std::string_view(buffer_).substr(start_);
        if (damaged_ || rest.size() < frame_header_size || !header_is_sound(rest)) return std::nullopt;
        const auto size = frame_detail::load<std::uint32_t>(rest.data() + 4);
        if (rest.size() < frame_header_size + size) return std::nullopt;
        const std::string_view payload = rest.substr(frame_header_size, size);
        if (frame_detail::load<std::uint64_t>(rest.data() + 16) != frame_detail::sum_of(rest.data(), payload, key_)) {
            damaged_ = "a frame's check sum is wrong";
            return std::nullopt;
        }
        start_ += frame_header_size + size;
        return frame{static_cast<std::uint8_t>(rest[3]), frame_detail::load<std::uint64_t>(rest.data() + 8), payload};
    }

    /// Why the stream can not be read on; null while it can.
    const char* damage() const { return damaged_; }
    /// Bytes of a frame that has not arrived whole.
    std::size_t pending() const { return buffer_.size() - start_; }

  private:
    bool header_is_sound(std::string_view rest) {
        if (frame_detail::load<std::uint16_t>(rest.data()) != frame_magic) {
            damaged_ = "bytes that are no frame";
        } else if (static_cast<std::uint8_t>(rest[2]) != frame_version) {
            damaged_ = "a frame of another protocol version";
        } else if (frame_detail::load<std::uint32_t>(rest.data() + 4) > max_payload) {
            damaged_ = "a frame larger than any message";
        }
        return damaged_ == nullptr;
    }

    std::uint64_t key_;
    std::string buffer_;
    std::size_t start_ = 0;
    const char* damaged_ = nullptr;
};

}  // namespace cordon::engine::wire

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace cordon::engine::wire {

template <>
struct last_enumerator<isolate> : std::integral_constant<isolate, isolate::none> {};
template <>
struct last_enumerator<failure_kind> : std::integral_constant<failure_kind, failure_kind::process> {};
template <>
struct last_enumerator<leak_policy> : std::integral_constant<leak_policy, leak_policy::fail> {};
template <>
struct last_enumerator<leftover_kind> : std::integral_constant<leftover_kind, leftover_kind::signal> {};
template <>
struct last_enumerator<stream> : std::integral_constant<stream, stream::err> {};

// ---- commands: supervisor to worker ----

/// First command of every connection: what holds for all tests of the run.
struct configure {
    std::uint64_t list_hash = 0;  ///< a worker with another test list refuses
    std::uint32_t slot = 0;
    duration grace{};
    duration setup_limit{};  ///< for the setups of a test process that does them itself; 0: none
    std::uint64_t output_limit = 0;
    bool live_output = false;
    bool keep_temp = false;
    bool capture = true;  ///< false: tests print where the supervisor does
    leak_policy leaks = leak_policy::warn;
    vector<std::pair<std::string, std::string>> environment;
    condition::for_worker under;

    template <class Archive>
    void fields(Archive& a) {
        a(list_hash, slot, grace, setup_limit, output_limit, live_output, keep_temp, capture, leaks, environment,
          under);
    }
};

/// One attempt to run.
struct work_item {
    std::uint32_t ticket = 0;  ///< names this attempt in every later message; never reused in a run
    std::uint32_t test = 0;    ///< index into the test list
    std::uint32_t number = 1;
    std::uint32_t of = 1;
    isolate mode = isolate::fork;
    bool fresh = false;     ///< shard mode: begins a process of its own
    bool snapshot = false;  ///< shard mode: runs in a copy of the process that the items before it have left
    std::uint64_t seed = 0;
    duration timeout{};  ///< 0: none
    std::uint64_t memory_limit = 0;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, test, number, of, mode, fresh, snapshot, seed, timeout, memory_limit);
    }
};

struct run {
    vector<work_item> items;
    template <class Archive>
    void fields(Archive& a) {
        a(items);
    }
};

/// Runs a group of setup blocks in a fork of the worker, which then takes the worker's place until `leave`. Nothing
/// else may be sent before the worker's `setup_ready` or `left`.
struct enter {
    std::uint32_t group = 0;
    vector<std::uint32_t> setups;  ///< indices in order of registration
    duration limit{};              ///< for all of them; 0: none
    template <class Archive>
    void fields(Archive& a) {
        a(group, setups, limit);
    }
};

/// Ends the innermost `enter`. Nothing else may be sent before the worker's `left`.
struct leave {
    template <class Archive>
    void fields(Archive&) {}
};

/// Hands back every item that has not started.
struct surrender {
    template <class Archive>
    void fields(Archive&) {}
};

/// Ends the running test (TERM, grace, KILL) and drops what has not started.
struct cancel {
    template <class Archive>
    void fields(Archive&) {}
};

using command = variant<configure, run, enter, leave, surrender, cancel>;

// ---- events: worker to supervisor ----

struct hello {
    std::uint64_t list_hash = 0;
    std::uint32_t tests = 0;
    std::uint32_t threads = 1;  ///< of the worker now; more than one forbids forking

    template <class Archive>
    void fields(Archive& a) {
        a(list_hash, tests, threads);
    }
};

struct setup_ready {
    std::uint32_t group = 0;
    std::uint32_t threads = 1;
    template <class Archive>
    void fields(Archive& a) {
        a(group, threads);
    }
};

/// A failed assertion or exception, of a test (ticket) or of a setup block (ticket 0).
struct failed_assertion {
    std::uint32_t ticket = 0;
    failure what;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, what.kind, what.macro, what.expression, what.left, what.op, what.right, what.message, what.file,
          what.line, what.subcase, what.info);
    }
};

enum class finish : std::uint8_t { passed, failed, skipped };
template <>
struct last_enumerator<finish> : std::integral_constant<finish, finish::skipped> {};

/// The test reported its own end. Instants are steady-clock nanoseconds, which all processes of a machine share.
struct finished {
    std::uint32_t ticket = 0;
    finish how = finish::passed;
    bool has_output = false;     ///< shard mode: an `output_done` for this ticket will follow
    bool out_of_memory = false;  ///< an allocation failed under a memory limit
    duration started{};
    duration ended{};
    std::uint64_t assertions = 0;
    std::uint64_t failed_assertions = 0;
    std::uint64_t failures_dropped = 0;
    std::string reason;  ///< why skipped

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, how, has_output, out_of_memory, started, ended, assertions, failed_assertions, failures_dropped,
          reason);
    }
};

/// What a test left behind in its own process. Said before its `finished`, and only if there is something.
struct left_behind {
    std::uint32_t ticket = 0;
    vector<std::pair<leftover_kind, std::string>> items;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, items);
    }
};

struct output {
    std::uint32_t ticket = 0;  ///< 0: of a setup block
    stream from = stream::out;
    std::uint64_t dropped_before = 0;
    bool live = false;  ///< shown as it happens; comes again, bounded, at the end
    std::string text;

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, from, dropped_before, live, text);
    }
};

struct output_done {
    std::uint32_t ticket = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket);
    }
};

/// Why the worker ended a test's process.
enum class stopped_by : std::uint8_t { itself, timeout, start_limit, cancelled };
template <>
struct last_enumerator<stopped_by> : std::integral_constant<stopped_by, stopped_by::cancelled> {};

/// A test process is gone: all its messages and output came before this.
struct ended {
    std::uint32_t ticket = 0;  ///< the attempt that it was in, or had reported last; 0: it had not begun any
    std::int64_t pid = 0;
    bool by_signal = false;
    std::int32_t code = 0;  ///< exit code or signal
    stopped_by why = stopped_by::itself;
    duration forked{};   ///< instants, as in `finished`
    duration started{};  ///< of `ticket`; 0 when it never did
    duration gone{};
    duration user{};
    duration system{};
    std::uint64_t max_rss_bytes = 0;
    std::uint64_t minor_faults = 0;
    std::uint64_t major_faults = 0;
    std::uint64_t voluntary_switches = 0;
    std::uint64_t involuntary_switches = 0;
    std::uint32_t orphans = 0;            ///< processes that outlived it; they were ended
    vector<std::string> orphan_commands;  ///< what the first of them were

    template <class Archive>
    void fields(Archive& a) {
        a(ticket, pid, by_signal, code, why, forked, started, gone, user, system, max_rss_bytes, minor_faults,
          major_faults, voluntary_switches, involuntary_switches, orphans, orphan_commands);
    }
};

/// Items that will not be run here, after `surrender` or `cancel`.
struct returned {
    vector<std::uint32_t> tickets;
    template <class Archive>
    void fields(Archive& a) {
        a(tickets);
    }
};

/// The process that `enter` made is gone. With `clean` false its setup, or something after it, ended it.
struct left {
    std::uint32_t group = 0;
    bool clean = true;
    bool timed_out = false;
    bool by_signal = false;
    std::int32_t code = 0;
    template <class Archive>
    void fields(Archive& a) {
        a(group, clean, timed_out, by_signal, code);
    }
};

/// The worker can not do what was asked, for a reason of the system's: no process, no memory. Items stay with the
/// supervisor.
struct trouble {
    std::uint32_t ticket = 0;
    std::string text;
    template <class Archive>
    void fields(Archive& a) {
        a(ticket, text);
    }
};

using report = variant<hello, setup_ready, failed_assertion, finished, output, output_done, ended, returned, left,
                       trouble, left_behind>;

// ---- as bytes ----

namespace message_detail {

template <class Message, class Receiver>
bool receive_as(const frame& in, Receiver& receive) {
    Message body;
    decoder reader(in.payload);
    body.fields(reader);
    if (!reader.complete()) return false;
    receive(body);
    return true;
}

}  // namespace message_detail

/// Calls receive(message) with the message of `Variant` that the frame holds. False if its bytes do not make one.
template <class Variant, class Receiver>
bool dispatch(const frame& in, Receiver receive) {
    bool understood = false;
    Variant::name_type(in.type, [&](auto* nothing) {
        understood = message_detail::receive_as<std::remove_pointer_t<decltype(nothing)>>(in, receive);
    });
    return understood;
}

/// A frame as the message it holds; nothing if its bytes do not make one.
template <class Variant>
std::optional<Variant> decode(const frame& in) {
    std::optional<Variant> message;
    dispatch<Variant>(in, [&message](auto& body) { message.emplace(std::move(body)); });
    return message;
}

template <class Message, class Variant>
constexpr std::uint8_t type_of() {
    return static_cast<std::uint8_t>(Variant::template index_of<Message>());
}

template <class Message>
void encode_payload(std::string& out, const Message& message) {
    encoder writer(out);
    const_cast<Message&>(message).fields(writer);
}

/// One command as a whole frame, appended to `out`.
template <class Command>
void append_command(std::string& out, std::uint64_t key, std::uint64_t sequence, const Command& message) {
    std::string payload;
    encode_payload(payload, message);
    append_frame(out, key, type_of<Command, command>(), sequence, payload);
}

}  // namespace cordon::engine::wire

#include <cstdint>
#include <string>

namespace cordon::engine::supervisor {

/// A look at what a worker does now. May be wrong where a test has scribbled over it; never trusted for a verdict
/// alone.
struct glimpse {
    std::uint32_t ticket = 0;  ///< 0: nothing has begun
    std::int64_t process = 0;
    duration started{};  ///< steady-clock nanoseconds
};

/// A worker is gone, in order or not. Everything it had said came before.
struct worker_end {
    std::int64_t pid = 0;
    bool by_signal = false;
    int code = 0;
    glimpse last;            ///< what it was at
    std::string broken;      ///< why the port ended it; empty if it ended by itself
    captured_output output;  ///< what the worker itself printed, not its tests
};

/// What comes back through the port.
class inbox {
  public:
    virtual ~inbox() = default;
    virtual void on_report(std::uint32_t slot, wire::report& what) = 0;
    virtual void on_worker_end(std::uint32_t slot, const worker_end& how) = 0;
    /// The user wants the run to end; `count` signals came in all.
    virtual void on_cancel(int signal, int count) = 0;
};

/// The seam between the dispatcher and the world: what it may ask for. Tests put a fake here.
class port {
  public:
    virtual ~port() = default;
    /// Starts the slot's worker, which reports `hello` when it is ready. Returns its process id.
    virtual result<std::int64_t> start(std::uint32_t slot) = 0;
    virtual void send(std::uint32_t slot, wire::command what) = 0;
    /// No more commands: the worker leaves in order.
    virtual void finish(std::uint32_t slot) = 0;
    /// Ends the worker and what it runs, at once.
    virtual void kill(std::uint32_t slot) = 0;
    virtual glimpse look(std::uint32_t slot) = 0;
    /// The time it is in the world behind the port.
    virtual instant now() const { return engine::now(); }
    /// Waits until something happens or `until`, and hands over all that did.
    virtual status wait(deadline until, inbox& to) = 0;
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/results.hpp ----

// ---- cordon/engine/policy/retry_pace.hpp ----

// ---- cordon/engine/base/random.hpp ----

#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine {

/// splitmix64 (Steele, Lea, Flood 2014). Own code, because the standard's distributions and shuffle differ between
/// libraries and a seed must mean the same order everywhere.
class random_source {
  public:
    explicit constexpr random_source(std::uint64_t seed) : state_(seed) {}

    constexpr std::uint64_t next() {
        state_ += 0x9e3779b97f4a7c15u;
        return mix_bits(state_);
    }

    /// Uniform in [0, bound), without the bias of a plain remainder. `bound` must not be 0.
    constexpr std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t uneven = (0 - bound) % bound;  // 2^64 mod bound
        std::uint64_t drawn = next();
        while (drawn < uneven)
            drawn = next();
        return drawn % bound;
    }

  private:
    std::uint64_t state_;
};

/// Fisher-Yates.
template <class T>
void shuffle(vector<T>& items, random_source& random) {
    for (std::size_t left = items.size(); left > 1; --left) {
        const std::size_t chosen = static_cast<std::size_t>(random.below(left));
        std::swap(items[left - 1], items[chosen]);
    }
}

}  // namespace cordon::engine

#include <algorithm>
#include <cstddef>
#include <cstdint>

// When a test is tried again, and how often a run may do so.

namespace cordon::engine::policy {

namespace retry_pace_detail {

/// base * factor^n, at most `cap`; a step at a time, because the power may be far beyond what a duration holds.
duration grown(duration base, std::uint32_t factor_thousandths, std::uint32_t n, duration cap) {
    double value = static_cast<double>(base.count());
    const double limit = static_cast<double>(cap.count());
    for (std::uint32_t i = 0; i < n && value < limit && factor_thousandths > 1000; ++i)
        value *= factor_thousandths / 1000.0;
    return value >= limit ? cap : duration(static_cast<duration::rep>(value));
}

duration drawn(duration most, random_source& random) {
    return duration(static_cast<duration::rep>(random.below(static_cast<std::uint64_t>(most.count()) + 1)));
}

}  // namespace retry_pace_detail

/// How long to wait before retry `n` (0 is the first) of a test, from the end of the attempt before it. With `full`
/// jitter it is drawn from [0, v], with `equal` from [v/2, v], where v is the delay without jitter ("Exponential
/// Backoff And Jitter", Amazon 2015).
duration retry_delay(const options& chosen, std::uint32_t n, random_source random) {
    using namespace retry_pace_detail;
    const bool grows = chosen.backoff == retry_backoff::exponential;
    const duration plain =
        grown(chosen.retry_delay, grows ? chosen.backoff_thousandths : 1000, n, chosen.retry_max_delay);
    if (plain <= duration::zero() || chosen.jitter == retry_jitter::none) return plain;
    if (chosen.jitter == retry_jitter::full) return drawn(plain, random);
    return plain - plain / 2 + drawn(plain / 2, random);
}

/// How many retries a run of so many tests may make. More failures than that are not flakes, and trying them again
/// would only make the bad news late.
std::uint32_t retries_allowed(const options& chosen, std::size_t tests) {
    constexpr std::uint32_t least = 10;
    const auto share = [tests](std::uint32_t percent) {
        const std::uint64_t most = static_cast<std::uint64_t>(tests) * percent / 100;
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(most, 0xFFFFFFFF));
    };
    if (!chosen.budget) return std::max(least, share(10));
    return chosen.budget->percent ? share(chosen.budget->amount) : chosen.budget->amount;
}

}  // namespace cordon::engine::policy

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::supervisor {

/// What became of the tests so far, and what that means for each: another attempt, or a verdict.
class results {
  public:
    enum class next { settled, retry, repeat };  ///< repeat: the attempt was lost, and at once gets a second chance

    /// `planned`: how many tests the run is to have.
    results(const test_list& list, const options& chosen, isolate isolation, std::size_t planned, report::sink& out)
        : list_(list),
          chosen_(chosen),
          isolation_(isolation),
          out_(out),
          verdicts_(list.tests.size(), unsettled),
          retries_allowed_(policy::retries_allowed(chosen, planned)) {
        for (const std::string& each : chosen.retry_on.messages) {
            result<regex> read = parse_regex(each);
            if (read) messages_.push_back(std::move(read.value()));
        }
    }

    std::uint32_t next_attempt(std::size_t test) const {
        return static_cast<std::uint32_t>(test < earlier_.size() ? earlier_[test].size() : 0) + 1;
    }
    std::uint32_t most_attempts(std::size_t test) const {
        return std::max(next_attempt(test), settings(test).retries + 1);
    }
    test_settings settings(std::size_t test) const { return settings_for(list_.tests[test], chosen_, isolation_); }

    /// An attempt is over. Passes its result on.
    next record(attempt_result result) {
        const std::size_t test = result.test;
        const test_info& info = list_.tests[test];
        policy::attempt_summary summary = policy::summary_of(result);
        summary.named = !messages_.empty() && result.how != ending::passed && says_what_was_named(result);
        peak_rss_ = std::max(peak_rss_, result.usage.max_rss_bytes);
        const bool lost = result.how == ending::lost;
        out_.on(attempt_ended{std::move(result)});

        vector<policy::attempt_summary> all;
        if (test < earlier_.size()) all.swap(earlier_[test]);
        all.push_back(std::move(summary));
        const bool repeat = lost && count_lost(all) <= most_repeats;
        const bool wanted = !repeat && policy::is_retried(info, all, settings(test).retries, chosen_.retry_on);
        const bool retry = wanted && retries_made_ < retries_allowed_;
        if (!repeat && !retry) {
            policy::verdict_decision decision = policy::judge(info, all, chosen_.retry_on);
            if (wanted) refuse_retry(test, decision);
            settle(test, std::move(decision));
            return next::settled;
        }
        if (retry) ++retries_made_;
        if (earlier_.empty()) earlier_.resize(list_.tests.size());
        earlier_[test].swap(all);
        return repeat ? next::repeat : next::retry;
    }

    /// An attempt is over that is not this class's to judge.
    void report(attempt_result result) {
        peak_rss_ = std::max(peak_rss_, result.usage.max_rss_bytes);
        out_.on(attempt_ended{std::move(result)});
    }

    /// A verdict without (further) attempts.
    void settle(std::size_t test, policy::verdict_decision decision) {
        if (is_settled(test)) return;
        verdicts_[test] = static_cast<std::uint8_t>(decision.what);
        ++settled_;
        if (counts_as_failure(decision.what)) ++failed_;
        out_.on(test_finished{test, decision.what, std::move(decision.reason)});
    }

    /// The run ends early: a test that has failed attempts is judged by them, one without was not run.
    void settle_unfinished(std::size_t test, const std::string& why) {
        if (next_attempt(test) > 1)
            return settle(test, policy::judge(list_.tests[test], earlier_[test], chosen_.retry_on));
        settle(test, {verdict::not_run, why});
    }

    bool is_settled(std::size_t test) const { return verdicts_[test] != unsettled; }
    std::size_t settled() const { return settled_; }
    std::uint32_t failed() const { return failed_; }
    std::uint64_t peak_rss() const { return peak_rss_; }

  private:
    static constexpr std::uint8_t unsettled = 0xFF;
    static constexpr std::size_t most_repeats = 1;

    static bool counts_as_failure(verdict what) {
        return what == verdict::failed || what == verdict::unexpected_pass || what == verdict::lost;
    }

    /// The texts that --retry-on=message:REGEX is looked for in.
    bool says_what_was_named(const attempt_result& result) const {
        if (is_named(result.reason) || is_named(result.output.text(stream::err))) return true;
        for (const failure& each : result.failures) {
            if (is_named(each.message) || is_named(each.expression) || is_named(each.expanded())) return true;
        }
        return false;
    }

    bool is_named(std::string_view text) const {
        return std::any_of(messages_.begin(), messages_.end(), [text](const regex& each) { return each.is_in(text); });
    }

    /// The circuit breaker: says so once, and to each test that would have been tried again.
    void refuse_retry(std::size_t test, policy::verdict_decision& decision) {
        const std::string budget = "the retry budget of " + std::to_string(retries_allowed_) + " is used up";
        if (!std::exchange(refusal_told_, true)) {
            out_.on(notice{notice::level::warning,
                           budget + " at the test \"" + std::string(list_.tests[test].name) +
                               "\": what fails now is not tried again, because so many failures are rarely flakes " +
                               "(--retry-budget)"});
        }
        decision.reason += (decision.reason.empty() ? "not tried again: " : "; not tried again: ") + budget;
    }

    static std::size_t count_lost(const vector<policy::attempt_summary>& all) {
        std::size_t count = 0;
        for (const policy::attempt_summary& each : all) {
            if (each.how == ending::lost) ++count;
        }
        return count;
    }

    const test_list& list_;
    const options& chosen_;
    isolate isolation_;
    report::sink& out_;
    vector<std::uint8_t> verdicts_;
    vector<vector<policy::attempt_summary>> earlier_;  // by test; empty until the first test is run again
    std::size_t settled_ = 0;
    std::uint32_t failed_ = 0;
    std::uint64_t peak_rss_ = 0;
    vector<regex> messages_;
    std::uint32_t retries_allowed_;
    std::uint32_t retries_made_ = 0;
    bool refusal_told_ = false;
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/setup_troubles.hpp ----

// ---- cordon/engine/model/setup_failure.hpp ----

#include <string>
#include <string_view>

namespace cordon::engine {

/// What a setup's end came to, for the tests that wanted it. `exit_code` is of a setup that has ended its process.
std::string describe_setup_end(ending how, std::string_view signal_name, int exit_code) {
    switch (how) {
        case ending::timed_out:
            return "did not end in time";
        case ending::crashed:
            return "crashed: " + std::string(signal_name);
        case ending::exited:
            return "ended the process with exit code " + std::to_string(exit_code);
        default:
            return "failed";
    }
}

/// Why a test was not run. `suite` is the setup's, empty for GLOBAL_SETUP; `end` comes from describe_setup_end().
failure setup_failure(std::string_view suite, const cordon::location& where, const std::string& end) {
    failure what;
    what.kind = failure_kind::setup;
    what.message = suite.empty() ? "not run: GLOBAL_SETUP " : "not run: SUITE_SETUP of " + std::string(suite) + " ";
    what.message += end;
    what.file = where.file;
    what.line = where.line;
    return what;
}

}  // namespace cordon::engine

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// Setups that did not succeed. A setup is tried once a run: every test that wants it then fails by it, without being
/// started.
class setup_troubles {
  public:
    struct trouble {
        std::uint32_t group = 0;
        ending how = ending::failed;
        int signal = 0;
        int exit_code = -1;
        vector<failure> failures;
        captured_output output;
        bool shown = false;
    };

    explicit setup_troubles(const setup_plan& setups) : setups_(setups) {}

    void note(std::uint32_t group, const wire::left& how, vector<failure> failures, captured_output output) {
        trouble made;
        made.group = group;
        made.failures = std::move(failures);
        made.output = std::move(output);
        if (how.timed_out) {
            made.how = ending::timed_out;
        } else if (how.by_signal) {
            made.how = ending::crashed;
            made.signal = how.code;
        } else if (made.failures.empty()) {
            made.how = ending::exited;
            made.exit_code = how.code;
        }
        troubles_.push_back(std::move(made));
    }

    /// The first of the chain's setups that failed; null if none has.
    const trouble* find(const setup_plan::chain& chain) const {
        for (const trouble& each : troubles_) {
            for (const std::uint32_t group : chain) {
                if (each.group == group) return &each;
            }
        }
        return nullptr;
    }

    /// The attempt of a test that could not be started because of it. The first one carries what the setup printed and
    /// which of its assertions failed.
    attempt_result result_for(const trouble& why) {
        trouble& known = troubles_[static_cast<std::size_t>(&why - troubles_.data())];
        attempt_result result;
        result.how = known.how;
        result.signal = known.signal;
        result.exit_code = known.exit_code;
        if (!known.shown) {
            result.failures = known.failures;
            result.output = known.output;
        }
        result.failed_assertions = result.assertions = count_assertions(result.failures);
        result.failures.push_back(summary(known));
        known.shown = true;
        return result;
    }

  private:
    static std::uint64_t count_assertions(const vector<failure>& failures) {
        std::uint64_t count = 0;
        for (const failure& each : failures) {
            if (each.kind != failure_kind::warning && !each.macro.empty()) ++count;
        }
        return count;
    }

    failure summary(const trouble& known) const {
        const setup_plan::group& group = setups_.groups[known.group];
        return setup_failure(group.suite, group.where,
                             describe_setup_end(known.how, os::signal_name(known.signal), known.exit_code));
    }

    const setup_plan& setups_;
    vector<trouble> troubles_;
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/slot.hpp ----

// ---- cordon/engine/supervisor/attempt.hpp ----

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// How an attempt ended, from what the test said of itself and what was seen of its process. `reason` names the limit,
/// or why it was lost.
struct classification {
    ending how = ending::lost;
    std::string reason;
    bool cancelled = false;  ///< the run was: says nothing of the test
};

/// What the test said of itself comes first where it is bad; a good word counts only if the process then left in order.
/// `process` is missing where others ran in the same process afterwards. `leaked`: it left something behind, and that
/// fails a test here.
inline classification classify(const std::optional<wire::finished>& said, const std::optional<wire::ended>& process,
                               std::uint64_t memory_limit, bool leaked) {
    const wire::stopped_by why = process ? process->why : wire::stopped_by::itself;
    if (why == wire::stopped_by::cancelled && !said) return {ending::lost, "cancelled", true};
    if (why == wire::stopped_by::timeout) return {ending::timed_out, {}, false};
    if (why == wire::stopped_by::start_limit) return {ending::timed_out, "its process did not begin the test", false};
    if (!said) {
        if (!process) return {ending::lost, "its worker died", false};
        return {process->by_signal ? ending::crashed : ending::exited, {}, false};
    }
    if (said->how == wire::finish::failed) {
        if (said->out_of_memory && memory_limit != 0) return {ending::over_limit, "memory limit", false};
        return {ending::failed, {}, false};
    }
    if (said->how == wire::finish::skipped) return {ending::skipped, said->reason, false};
    // How a process that had said its word went when the run was cancelled is our doing.
    const bool left_by_itself = why == wire::stopped_by::itself;
    if (process && left_by_itself && (process->by_signal || process->code != 0))
        return {ending::exit_failure, {}, false};
    if (leaked) return {ending::leaked, {}, false};
    return {ending::passed, {}, false};
}

/// One attempt in the making: collects what comes in under its ticket until nothing more can come.
struct attempt {
    std::uint32_t ticket = 0;
    attempt_result result;
    std::optional<wire::finished> said;
    std::optional<wire::ended> process;
    bool announced = false;  ///< its attempt_started is out
    bool output_complete = false;
    bool moved_on = false;  ///< its process has begun another test, or is gone

    void on(wire::failed_assertion& what) { result.failures.push_back(std::move(what.what)); }
    void on(wire::left_behind& what) {
        for (auto& [kind, text] : what.items) {
            result.left.items.push_back({kind, std::move(text)});
        }
    }
    void on(wire::output& what) {
        result.output.dropped += what.dropped_before;
        result.output.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
    }

    /// What the worker saw of its processes belongs to what it left behind as well.
    void on(wire::ended& what) {
        process = std::move(what);
        result.left.processes = process->orphans;
        for (std::string& command : process->orphan_commands) {
            result.left.items.push_back({leftover_kind::process, std::move(command)});
        }
    }

    /// Nothing more will come.
    bool complete() const { return process || (said && moved_on && (!said->has_output || output_complete)); }

    /// Fills in what follows from the collected parts. `run_start`: of the run, on the steady clock.
    void fill(duration run_start) {
        if (said) {
            // More of them than the test itself knows: of a process that it forked, or after its end.
            const std::uint64_t unknown = count_failed() - std::min(count_failed(), said->failed_assertions);
            result.assertions = said->assertions + unknown;
            result.failed_assertions = said->failed_assertions + unknown;
            result.failures_dropped = said->failures_dropped;
            if ((result.how == ending::passed || result.how == ending::skipped) && has_failure())
                result.how = ending::failed;
            result.started = said->started - run_start;
            result.took = said->ended - said->started;
        }
        if (!process) return;
        result.pid = process->pid;
        result.exit_code = process->by_signal ? -1 : process->code;
        result.signal = process->by_signal ? process->code : 0;
        result.usage = {process->user,
                        process->system,
                        process->max_rss_bytes,
                        process->minor_faults,
                        process->major_faults,
                        process->voluntary_switches,
                        process->involuntary_switches};
        const duration began = said                              ? said->started
                               : process->started != duration{0} ? process->started
                                                                 : process->forked;
        result.started = began - run_start;
        result.spawn = std::max(duration{0}, began - process->forked);
        if (said) {
            result.cleanup = process->gone - said->ended;
        } else {
            result.took = process->gone - began;
            result.failed_assertions = count_failed();
            result.assertions = result.failed_assertions;
        }
    }

  private:
    bool has_failure() const {
        return std::any_of(result.failures.begin(), result.failures.end(),
                           [](const failure& each) { return each.kind != failure_kind::warning; });
    }
    std::uint64_t count_failed() const {
        std::uint64_t count = 0;
        for (const failure& each : result.failures) {
            if (each.kind != failure_kind::warning && !each.macro.empty()) ++count;
        }
        return count;
    }
};

}  // namespace cordon::engine::supervisor

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

namespace cordon::engine::supervisor {

/// What the dispatcher knows of one worker slot.
struct slot {
    enum class phase : std::uint8_t {
        absent,     ///< no worker
        starting,   ///< started; it may be sent work, but has not spoken yet
        ready,      ///< said hello
        switching,  ///< entering or leaving a setup, or ended by us: must not be sent anything
        leaving,    ///< was told to finish
    };

    phase now_in = phase::absent;
    std::int64_t pid = 0;
    instant started_at{};
    std::uint32_t starts = 0;
    bool greeted = false;   ///< its worker has said hello
    bool fruitful = false;  ///< an attempt came to its end since the worker, or its innermost setup, has started

    queue<std::uint32_t> outstanding;  ///< tickets sent and not settled, in order
    vector<attempt> parts;             ///< attempts of which something has come in
    instant quiet_since{};             ///< when something was last settled or sent
    bool asked_to_surrender = false;

    struct turn {
        std::size_t test;
        std::size_t left;  ///< runs of it that are not over
    };
    vector<turn> turns;     ///< of repeated runs: tests that have their turn here
    duration start_took{};  ///< of its worker, until it spoke
    deadline retired_at;    ///< a worker that has done enough was told to leave, and a fresh one takes its place
    bool renewed = false;   ///< the worker before this one was retired

    std::string condemned;  ///< why its worker was killed; empty: it was not

    setup_plan::chain entered;  ///< setup groups, the outermost first
    vector<std::size_t> held;   ///< taken from the schedule, waiting for the setups
    std::optional<std::uint32_t> entering;
    vector<failure> setup_failures;
    captured_output setup_output;

    bool is_awaited() const { return has_worker() && !greeted && now_in != phase::leaving; }
    bool has_worker() const { return now_in != phase::absent; }
    bool can_be_sent_to() const { return now_in == phase::starting || now_in == phase::ready; }
    bool is_busy() const { return !outstanding.empty() || !held.empty() || now_in == phase::switching; }

    attempt& part(std::uint32_t ticket) {
        for (attempt& each : parts) {
            if (each.ticket == ticket) return each;
        }
        parts.emplace_back();
        parts.back().ticket = ticket;
        return parts.back();
    }

    bool owns(std::uint32_t ticket) const {
        if (!outstanding.empty() && outstanding.front() == ticket) return true;
        return std::find(outstanding.begin(), outstanding.end(), ticket) != outstanding.end();
    }

    bool is_next(std::uint32_t ticket) const { return !outstanding.empty() && outstanding.front() == ticket; }

    void forget(std::uint32_t ticket) {
        if (!outstanding.empty() && outstanding.front() == ticket) return outstanding.pop_front();
        outstanding.erase(std::remove(outstanding.begin(), outstanding.end(), ticket), outstanding.end());
    }
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/tickets.hpp ----

#include <cstddef>
#include <cstdint>

namespace cordon::engine::supervisor {

/// What tickets stand for. Forgets those that are settled, so that a run of any number of attempts needs only as much
/// memory as it has attempts in flight.
class ticket_book {
  public:
    struct entry {
        std::uint32_t test = 0;
        std::uint32_t number = 0;
        std::uint32_t turn = 0;  ///< the test whose turn it belongs to
        std::uint64_t seed = 0;
        bool settled = false;
    };

    /// The ticket of a new attempt: 1, 2, ...
    std::uint32_t add(std::uint32_t test, std::uint32_t number, std::uint32_t turn, std::uint64_t seed = 0) {
        open_.push_back({test, number, turn, seed, false});
        return first_ + static_cast<std::uint32_t>(open_.size()) - 1;
    }

    /// Of a ticket that was not settled.
    const entry& operator[](std::uint32_t ticket) const { return *(open_.begin() + (ticket - first_)); }

    void settle(std::uint32_t ticket) {
        (open_.begin() + (ticket - first_))->settled = true;
        while (!open_.empty() && open_.front().settled) {
            open_.pop_front();
            ++first_;
        }
    }

    std::size_t open() const { return open_.size(); }

  private:
    queue<entry> open_;
    std::uint32_t first_ = 1;  // 0 names no attempt
};

}  // namespace cordon::engine::supervisor

#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// What a run works on and by.
struct run_settings {
    isolate isolation = isolate::fork;  ///< never by_default
    std::uint32_t jobs = 1;
    std::uint64_t seed = 0;
    instant started{};
    bool live = false;                 ///< somebody watches: send ticks, and starts as they happen
    const condition* under = nullptr;  ///< null: as the options say
    repeater* repeats = nullptr;       ///< decides what runs; null: every test once, and again by --retries
};

/// Owns the state of a run. One loop; whatever happens comes in through the port as a typed event and is answered
/// there.
class dispatcher : private inbox {
  public:
    dispatcher(const test_list& list, const plan& what, const setup_plan& setups, const options& chosen,
               const run_settings& settings, port& through, report::sink& out)
        : list_(list),
          plan_(what),
          setups_(setups),
          chosen_(chosen),
          settings_(settings),
          port_(through),
          out_(out),
          results_(list, chosen, settings.isolation, what.order.size(), out),
          schedule_(list, runnable(list, what), settings.jobs,
                    batch_keys(list, what, setups, chosen, settings.isolation)),
          troubles_(setups),
          slots_(std::max<std::uint32_t>(
              1, std::min<std::uint32_t>(settings.jobs, static_cast<std::uint32_t>(schedule_.pending())))) {}

    /// Runs everything. Returns false if cordon itself was in trouble (exit code 4).
    bool run() {
        if (chosen_.global_timeout != duration{0}) global_deadline_ = settings_.started + chosen_.global_timeout;
        for (const std::size_t test : plan_.order) {
            if (policy::is_never_started(list_.tests[test]))
                results_.settle(test, policy::judge(list_.tests[test], {}));
        }
        while (!over()) {
            feed_slots();
            if (over()) break;
            const status waited = port_.wait(next_deadline(), *this);
            if (!waited) {
                give_up(os::describe(waited.failure()));
                break;  // nothing will be heard of the workers any more
            }
            look_around();
        }
        settle_the_rest();
        say_goodbye();
        out_.on(
            run_finished{now() - settings_.started, cancelled_by_, stopped_because_, results_.peak_rss(), in_trouble_});
        return !in_trouble_;
    }

    int cancelled_by() const { return cancelled_by_; }

  private:
    struct waiting_retry {
        std::size_t test = 0;
        instant due{};
    };

    static constexpr duration tick_interval = std::chrono::milliseconds(100);
    static constexpr duration steal_after = std::chrono::milliseconds(5);
    static constexpr duration start_limit = std::chrono::seconds(60);
    static constexpr duration leave_limit = std::chrono::seconds(10);
    static constexpr std::uint32_t most_futile_starts = 3;
    static constexpr const char* no_progress = "workers end before they have run a test";

    static vector<std::size_t> runnable(const test_list& list, const plan& what) {
        vector<std::size_t> tests;
        for (const std::size_t test : what.order) {
            if (!policy::is_never_started(list.tests[test])) tests.push_back(test);
        }
        return tests;
    }

    // Tests that one worker can run in a row: the same setups, the same kind of isolation.
    static vector<std::uint64_t> batch_keys(const test_list& list, const plan& what, const setup_plan& setups,
                                            const options& chosen, isolate isolation) {
        vector<std::uint64_t> keys;
        const auto mode_of = [&](std::size_t test) {
            return settings_for(list.tests[test], chosen, isolation).isolation;
        };
        const bool plain =
            setups.chain_of_test.empty() && std::all_of(what.order.begin(), what.order.end(),
                                                        [&](std::size_t test) { return mode_of(test) == isolation; });
        if (plain) return keys;
        for (std::size_t test = 0; test < list.tests.size(); ++test) {
            const std::uint64_t chain = setups.chain_of_test.empty() ? 0 : setups.chain_of_test[test];
            keys.push_back(chain << 8 | static_cast<std::uint64_t>(mode_of(test)));
        }
        return keys;
    }

    instant now() const { return port_.now(); }
    const condition& under() const { return settings_.under != nullptr ? *settings_.under : chosen_.under; }

    // ---- the loop ----

    bool over() const {
        for (const slot& each : slots_) {
            if (each.is_busy() && each.has_worker()) return false;
        }
        return stopping_ || (schedule_.pending() == 0 && retries_.empty());
    }

    void feed_slots() {
        do {
            room_again_ = false;
            if (!stopping_) feed_each_slot();
        } while (room_again_);
    }

    void feed_each_slot() {
        if (retries_are_next()) release_retries();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (!slots_[index].has_worker() && schedule_.pending() != 0) start_worker(index);
            if (slots_[index].can_be_sent_to()) top_up(index);
        }
    }

    /// Tests are tried again when all others have had their turn, on a machine as quiet as it gets.
    bool retries_are_next() const { return schedule_.pending() == 0 && !retries_.empty() && nobody_is_busy(); }

    void release_retries() {
        const instant at = now();
        for (const waiting_retry& each : std::exchange(retries_, {})) {
            if (each.due <= at) {
                schedule_.add(each.test);
            } else {
                retries_.push_back(each);
            }
        }
    }

    bool nobody_is_busy() const {
        return std::none_of(slots_.begin(), slots_.end(), [](const slot& each) { return each.is_busy(); });
    }

    deadline next_deadline() const {
        deadline until = earlier(global_deadline_, force_end_at_);
        if (settings_.live) until = earlier(until, now() + tick_interval);
        if (somebody_could_steal()) until = earlier(until, now() + steal_after);
        for (const slot& each : slots_) {
            if (each.is_awaited()) until = earlier(until, each.started_at + start_limit);
            if (each.retired_at) until = earlier(until, *each.retired_at + leave_limit);
        }
        if (!retries_are_next()) return until;
        for (const waiting_retry& each : retries_)
            until = earlier(until, each.due);
        return until;
    }

    void look_around() {
        const instant at = now();
        if (global_deadline_ && at >= *global_deadline_) {
            global_deadline_.reset();
            out_of_time_ = true;
            stopped_because_ = "the global timeout was reached";
            cancel_all();
        }
        if (force_end_at_ && at >= *force_end_at_) kill_all();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (slots_[index].is_awaited() && at - slots_[index].started_at >= start_limit) {
                slots_[index].started_at = at;
                condemn(index, "it did not speak in time");
            }
            if (slots_[index].retired_at && at - *slots_[index].retired_at >= leave_limit) {
                slots_[index].retired_at.reset();
                port_.kill(index);
            }
        }
        if (somebody_could_steal()) steal(at);
        if (settings_.live && at - last_tick_ >= tick_interval) tick_now(at);
    }

    void tick_now(instant at) {
        last_tick_ = at;
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            const glimpse seen = port_.look(index);
            // Not what words that are on their way may stand before: the parts keep their order.
            if (slots_[index].is_next(seen.ticket))
                announce(index, slots_[index].part(seen.ticket), seen.process, seen.started);
        }
        out_.on(tick{at - settings_.started});
    }

    // ---- workers ----

    void start_worker(std::uint32_t index) {
        slot& target = slots_[index];
        if (futile_starts_ >= most_futile_starts) return give_up(no_progress);
        const result<std::int64_t> made = port_.start(index);
        if (!made) return give_up(os::describe(made.failure()));
        target.now_in = slot::phase::starting;
        target.started_at = now();
        target.pid = made.value();
        ++target.starts;
        target.greeted = false;
        target.fruitful = false;
        target.start_took = {};
        target.entered.clear();
        target.condemned.clear();
        wire::configure hello;
        hello.list_hash = list_.hash;
        hello.slot = index;
        hello.grace = chosen_.grace;
        hello.setup_limit = chosen_.timeout;
        hello.output_limit = chosen_.output_limit;
        hello.live_output = chosen_.output == show_output::live;
        hello.keep_temp = chosen_.keep_temp;
        hello.capture = chosen_.capture;
        hello.leaks = chosen_.leaks;
        hello.environment = chosen_.environment;
        hello.under = under().worker;
        port_.send(index, hello);
    }

    void say_goodbye() {
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (!slots_[index].has_worker()) continue;
            slots_[index].now_in = slot::phase::leaving;
            port_.finish(index);
        }
        const instant limit = now() + leave_limit;
        const auto some_left = [this] {
            return std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return each.has_worker(); });
        };
        while (some_left()) {
            if (now() >= limit) kill_all();
            if (!port_.wait(now() < limit ? limit : now() + std::chrono::seconds(1), *this)) break;
            if (now() >= limit + leave_limit) break;
        }
        os::end_orphans();
    }

    void give_up(std::string why) {
        if (in_trouble_) return;
        in_trouble_ = true;
        stopping_ = true;
        stopped_because_ = why;
        out_.on(notice{notice::level::error, std::move(why)});
        kill_all();
    }

    void kill_all() {
        force_end_at_.reset();
        for (std::uint32_t index = 0; index < slots_.size(); ++index) {
            if (slots_[index].has_worker()) port_.kill(index);
        }
    }

    // ---- handing out work ----

    void top_up(std::uint32_t index);
    /// Brings the worker one step nearer to running what it holds.
    void go_on(std::uint32_t index);
    void enter_group(std::uint32_t index, std::uint32_t group);
    void send_held(std::uint32_t index);
    wire::work_item make_item(const planned_run& what, std::size_t turn);
    std::uint64_t seed_of(std::size_t test, std::uint32_t number) const;

    // ---- repeated runs ----

    void top_up_with_turns(std::uint32_t index);
    vector<planned_run> turn_of(std::size_t test);
    void end_run_of_turn(std::uint32_t index, std::size_t test);
    void retire(std::uint32_t index);

    // ---- taking work back ----

    bool somebody_could_steal() const;
    void steal(instant at);
    void take_back(std::uint32_t index, const vector<std::uint32_t>& tickets);

    // ---- what comes in ----

    void on_report(std::uint32_t index, wire::report& what) override;
    bool trusts(std::uint32_t index, std::uint32_t ticket);
    void condemn(std::uint32_t index, std::string reason);
    void hear(std::uint32_t index, wire::hello& what);
    void hear(std::uint32_t index, wire::setup_ready& what);
    void note_threads(const char* who);
    void hear(std::uint32_t index, wire::failed_assertion& what);
    void hear(std::uint32_t index, wire::left_behind& what);
    void hear(std::uint32_t index, wire::output& what);
    void hear(std::uint32_t index, wire::output_done& what);
    void hear(std::uint32_t index, wire::finished& what);
    void hear(std::uint32_t index, wire::ended& what);
    void lose_predecessors(std::uint32_t index, std::uint32_t of);
    void hear(std::uint32_t index, wire::returned& what);
    void hear(std::uint32_t index, wire::left& what);
    void hear(std::uint32_t index, wire::trouble& what);
    void fail_setup(std::uint32_t index, const wire::left& how);
    void lose_setup(std::uint32_t index, const wire::left& how);
    static std::string describe_end(bool by_signal, int code);
    void on_worker_end(std::uint32_t index, const worker_end& how) override;
    void report_bad_leave(std::uint32_t index, const worker_end& how);
    static std::string printed_by(const worker_end& how);
    /// The process that tests came from is gone: the one that ran is lost, the others go back.
    void abandon(std::uint32_t index, const std::string& reason, std::uint32_t running);
    void lose(std::uint32_t index, std::uint32_t ticket, const std::string& reason);

    // ---- settling ----

    void move_on(std::uint32_t index, std::uint32_t to);
    void settle_complete(std::uint32_t index);
    void conclude(std::uint32_t index, attempt& part, const classification& what);
    static void name_signal(attempt_result& result);
    void announce(std::uint32_t index, attempt& part, std::int64_t pid, duration started);
    void learn(const attempt_result& result);
    void pass_on(attempt_result result);
    duration delay_before_retry(std::size_t test) const;
    void stop_early();
    void drop_held(std::uint32_t index);
    void fail_held(std::uint32_t index, const setup_troubles::trouble& why);

    // ---- the end ----

    void on_cancel(int signal, int count) override;
    void cancel_all();
    void settle_the_rest();

    const test_list& list_;
    const plan& plan_;
    const setup_plan& setups_;
    const options& chosen_;
    run_settings settings_;
    port& port_;
    report::sink& out_;
    results results_;
    policy::schedule schedule_;
    setup_troubles troubles_;
    ticket_book tickets_;
    vector<slot> slots_;
    vector<waiting_retry> retries_;
    duration mean_{};
    deadline global_deadline_;
    deadline force_end_at_;
    instant last_tick_{};
    std::uint32_t futile_starts_ = 0;  // of workers and setups in a row of which nothing came
    int cancelled_by_ = 0;
    std::string stopped_because_;
    bool room_again_ = false;  // tests were settled as they were handed out: nothing will come in for them
    bool stopping_ = false;
    bool out_of_time_ = false;
    bool in_trouble_ = false;
    bool threads_noted_ = false;
    const bool sees_threads_ = os::can_see_threads();
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/dispatcher_end.hpp ----

// dispatcher: settling attempts, and ending the run.

namespace cordon::engine::supervisor {

// A process has turned to another test: what it said of the ones before is its last word.
void dispatcher::move_on(std::uint32_t index, std::uint32_t to) {
    for (attempt& each : slots_[index].parts) {
        if (each.ticket != to && each.said) each.moved_on = true;
    }
    settle_complete(index);
}

void dispatcher::settle_complete(std::uint32_t index) {
    auto& parts = slots_[index].parts;
    for (std::size_t i = 0; i < parts.size();) {
        if (!parts[i].complete()) {
            ++i;
            continue;
        }
        const std::uint64_t limit = results_.settings(tickets_[parts[i].ticket].test).memory_limit;
        const bool leaked = chosen_.leaks == leak_policy::fail && parts[i].result.left.any_fault();
        conclude(index, parts[i], classify(parts[i].said, parts[i].process, limit, leaked));
    }
}

void dispatcher::conclude(std::uint32_t index, attempt& part, const classification& what) {
    slot& from = slots_[index];
    attempt done = std::move(part);
    from.parts.erase(from.parts.begin() + (&part - from.parts.data()));
    from.forget(done.ticket);
    from.quiet_since = now();
    from.fruitful = true;
    futile_starts_ = 0;
    const ticket_book::entry ticket = tickets_[done.ticket];
    if (settings_.repeats == nullptr) schedule_.done(index);
    // A test that the user's wish to stop has cut short has no verdict; settle_the_rest() says so. One that was still
    // running when the run's time was over has used up that limit.
    if (what.cancelled && !out_of_time_) {
        tickets_.settle(done.ticket);
        return;
    }
    attempt_result& result = done.result;
    result.test = ticket.test;
    result.number = ticket.number;
    result.of = std::max(ticket.number, results_.most_attempts(ticket.test));
    result.how = what.cancelled ? ending::timed_out : what.how;
    result.reason = what.cancelled ? stopped_because_ : what.reason;
    result.slot = index;
    result.seed = ticket.seed;
    done.fill(settings_.started.time_since_epoch());
    // A process that did not get to its end was not asked; without isolation nobody asks.
    const bool looked = chosen_.leaks != leak_policy::ignore && settings_.isolation != isolate::none;
    result.left.inside_seen = done.said && looked;
    result.left.threads_seen = result.left.inside_seen && sees_threads_;
    name_signal(result);
    announce(index, done, result.pid, result.started + settings_.started.time_since_epoch());
    learn(result);
    tickets_.settle(done.ticket);
    pass_on(std::move(result));
    if (settings_.repeats != nullptr) end_run_of_turn(index, ticket.turn);
}

void dispatcher::name_signal(attempt_result& result) {
    if (result.signal == 0) return;
    result.signal_name = os::signal_name(result.signal);
    result.signal_meaning = os::signal_meaning(result.signal);
}

void dispatcher::announce(std::uint32_t index, attempt& part, std::int64_t pid, duration started) {
    if (std::exchange(part.announced, true)) return;
    const ticket_book::entry& info = tickets_[part.ticket];
    out_.on(attempt_started{info.test, info.number, index, pid, started - settings_.started.time_since_epoch()});
}

// A moving mean: batches follow what tests cost now.
void dispatcher::learn(const attempt_result& result) {
    const duration cost = result.took + result.spawn + result.cleanup;
    mean_ = mean_ == duration{0} ? cost : mean_ + (cost - mean_) / 8;
}

void dispatcher::pass_on(attempt_result result) {
    const std::size_t test = result.test;
    if (settings_.repeats != nullptr) return results_.report(std::move(result));
    switch (results_.record(std::move(result))) {
        case results::next::settled:
            break;
        case results::next::repeat:
            schedule_.add(test);
            break;
        case results::next::retry:
            retries_.push_back({test, now() + delay_before_retry(test)});
            break;
    }
    if (chosen_.fail_fast != 0 && results_.failed() >= chosen_.fail_fast && !stopping_) stop_early();
}

duration dispatcher::delay_before_retry(std::size_t test) const {
    const std::uint32_t number = results_.next_attempt(test);
    return policy::retry_delay(chosen_, number - 2, random_source(seed_of(test, number)));
}

// Fail-fast: what runs may end, nothing new begins.
void dispatcher::stop_early() {
    stopping_ = true;
    stopped_because_ = "stopped after " + std::to_string(results_.failed()) +
                       (results_.failed() == 1 ? " failure" : " failures") + " (--fail-fast)";
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        drop_held(index);
        if (slots_[index].outstanding.size() > 1) port_.send(index, wire::surrender{});
    }
}

void dispatcher::drop_held(std::uint32_t index) { schedule_.put_back(index, std::exchange(slots_[index].held, {})); }

void dispatcher::fail_held(std::uint32_t index, const setup_troubles::trouble& why) {
    room_again_ = true;
    for (const std::size_t test : std::exchange(slots_[index].held, {})) {
        attempt_result result = troubles_.result_for(why);
        result.test = test;
        result.number = results_.next_attempt(test);
        result.of = result.number;
        result.slot = index;
        result.started = now() - settings_.started;
        name_signal(result);
        schedule_.done(index);
        out_.on(attempt_started{test, result.number, index, 0, result.started});
        pass_on(std::move(result));
        if (settings_.repeats != nullptr) results_.settle(test, settings_.repeats->verdict_on(test, {}));
    }
}

void dispatcher::on_cancel(int signal, int count) {
    if (cancelled_by_ == 0) {
        cancelled_by_ = signal;
        stopped_because_ = "cancelled by " + std::string(os::signal_name(signal));
        cancel_all();
    }
    if (count > 1) kill_all();
}

void dispatcher::cancel_all() {
    stopping_ = true;
    force_end_at_ = now() + chosen_.grace + std::chrono::seconds(3);
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        drop_held(index);
        if (slots_[index].can_be_sent_to() && slots_[index].is_busy()) port_.send(index, wire::cancel{});
        if (slots_[index].now_in == slot::phase::switching) port_.kill(index);
    }
}

void dispatcher::settle_the_rest() {
    const std::string why = stopped_because_.empty() ? "the run ended early" : stopped_because_;
    for (const std::size_t test : plan_.order) {
        if (results_.is_settled(test)) continue;
        if (settings_.repeats != nullptr) {
            results_.settle(test, settings_.repeats->verdict_on(test, why));
        } else if (in_trouble_) {
            results_.settle(test, {verdict::lost, why});
        } else {
            results_.settle_unfinished(test, why);
        }
    }
}

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/dispatcher_inbox.hpp ----

// dispatcher: what comes in from the workers.

namespace cordon::engine::supervisor {

void dispatcher::on_report(std::uint32_t index, wire::report& what) {
    what.visit([this, index](auto& message) { hear(index, message); });
}

// A word about a ticket that the worker does not have: it is not the worker that speaks.
bool dispatcher::trusts(std::uint32_t index, std::uint32_t ticket) {
    if (slots_[index].owns(ticket)) return true;
    condemn(index, "it spoke of a test that it was not given");
    return false;
}

// The worker is not to be relied on any more. Its end will come in.
void dispatcher::condemn(std::uint32_t index, std::string reason) {
    if (slots_[index].condemned.empty()) slots_[index].condemned = std::move(reason);
    port_.kill(index);
}

void dispatcher::hear(std::uint32_t index, wire::hello& what) {
    slot& from = slots_[index];
    if (what.list_hash != list_.hash || what.tests != list_.tests.size()) {
        return give_up("a worker has other tests than this process: was the program rebuilt meanwhile?");
    }
    from.greeted = true;
    if (from.now_in == slot::phase::starting) from.now_in = slot::phase::ready;
    from.start_took = now() - from.started_at;
    const bool replacement = from.starts > 1 && !std::exchange(from.renewed, false);
    out_.on(worker_started{index, from.pid, now() - settings_.started, from.start_took, replacement});
    if (what.threads > 1) note_threads("a static initialiser");
}

void dispatcher::hear(std::uint32_t index, wire::setup_ready& what) {
    slot& from = slots_[index];
    if (from.entering != what.group) return condemn(index, "it spoke of a setup that it was not given");
    from.entering.reset();
    from.entered.push_back(what.group);
    from.now_in = slot::phase::ready;
    from.fruitful = false;
    if (what.threads > 1) note_threads("a setup block");
    go_on(index);
}

void dispatcher::note_threads(const char* who) {
    if (std::exchange(threads_noted_, true) || settings_.isolation == isolate::exec) return;
    out_.on(notice{notice::level::warning, std::string(who) +
                                               " has started a thread, so processes can not be forked safely: " +
                                               "tests are executed instead (as with --isolate=exec), which is slower"});
}

void dispatcher::hear(std::uint32_t index, wire::failed_assertion& what) {
    if (what.ticket == 0) return slots_[index].setup_failures.push_back(std::move(what.what));
    if (!trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::left_behind& what) {
    if (!trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::output& what) {
    if (what.ticket == 0) {
        captured_output& printed = slots_[index].setup_output;
        printed.dropped += what.dropped_before;
        return printed.pieces.push_back({what.from, std::move(what.text), what.dropped_before});
    }
    if (!trusts(index, what.ticket)) return;
    if (what.live) return out_.on(output_arrived{tickets_[what.ticket].test, what.from, std::move(what.text)});
    slots_[index].part(what.ticket).on(what);
}

void dispatcher::hear(std::uint32_t index, wire::output_done& what) {
    if (what.ticket == 0 || !trusts(index, what.ticket)) return;
    slots_[index].part(what.ticket).output_complete = true;
    settle_complete(index);
}

void dispatcher::hear(std::uint32_t index, wire::finished& what) {
    if (!trusts(index, what.ticket)) return;
    move_on(index, what.ticket);
    slots_[index].part(what.ticket).said = std::move(what);
    settle_complete(index);
}

void dispatcher::hear(std::uint32_t index, wire::ended& what) {
    if (!trusts(index, what.ticket)) return;
    lose_predecessors(index, what.ticket);
    slots_[index].part(what.ticket).on(what);
    settle_complete(index);
}

// A worker runs its items in order and says all that it knows of them before the end of their process. Of those sent
// earlier than one whose process has ended nothing more can come.
void dispatcher::lose_predecessors(std::uint32_t index, std::uint32_t of) {
    slot& from = slots_[index];
    for (attempt& each : from.parts) {
        each.output_complete = each.output_complete || each.ticket < of;
    }
    move_on(index, of);
    while (!from.is_next(of)) {
        lose(index, from.outstanding.front(), "its end was not reported");
    }
}

void dispatcher::hear(std::uint32_t index, wire::returned& what) {
    slots_[index].asked_to_surrender = false;
    slots_[index].quiet_since = now();
    take_back(index, what.tickets);
}

void dispatcher::hear(std::uint32_t index, wire::left& what) {
    slot& from = slots_[index];
    // With a setup's process, those of the setups inside of it are gone as well.
    const auto entered = std::find(from.entered.begin(), from.entered.end(), what.group);
    if (!from.entering && entered == from.entered.end())
        return condemn(index, "it spoke of a setup that it was not given");
    from.entered.erase(entered, from.entered.end());
    if (from.entering) {
        fail_setup(index, what);
    } else if (!what.clean) {
        return lose_setup(index, what);
    }
    from.setup_output = {};
    if (from.now_in == slot::phase::switching) from.now_in = slot::phase::ready;
    go_on(index);
}

// The process that a setup ran in has ended while tests were to run in it. What was on its way to it would now come to
// the worker, which must not run it without the setup: it ends as well.
void dispatcher::lose_setup(std::uint32_t index, const wire::left& how) {
    slot& from = slots_[index];
    const std::string reason = "the process that its setup ran in " + describe_end(how.by_signal, how.code);
    abandon(index, reason, port_.look(index).ticket);
    drop_held(index);
    from.now_in = slot::phase::switching;
    condemn(index, reason);
}

void dispatcher::fail_setup(std::uint32_t index, const wire::left& how) {
    slot& from = slots_[index];
    const std::uint32_t group = *std::exchange(from.entering, std::nullopt);
    troubles_.note(group, how, std::move(from.setup_failures), std::move(from.setup_output));
    from.fruitful = true;
}

void dispatcher::hear(std::uint32_t index, wire::trouble& what) {
    if (what.ticket == 0) {
        out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + ": " + what.text});
        return condemn(index, what.text);
    }
    if (!trusts(index, what.ticket)) return;
    lose(index, what.ticket, what.text);
}

std::string dispatcher::describe_end(bool by_signal, int code) {
    return by_signal ? "was ended by " + std::string(os::signal_name(code))
                     : "ended with exit code " + std::to_string(code);
}

void dispatcher::on_worker_end(std::uint32_t index, const worker_end& how) {
    slot& from = slots_[index];
    const bool in_order = from.now_in == slot::phase::leaving;
    const std::string& known = !from.condemned.empty() ? from.condemned : how.broken;
    const std::string reason =
        !known.empty() ? "its worker was ended: " + known : "its worker " + describe_end(how.by_signal, how.code);
    from.now_in = slot::phase::absent;
    from.asked_to_surrender = false;
    from.retired_at.reset();
    if (in_order) {
        if (how.by_signal || how.code != 0) report_bad_leave(index, how);
        return;
    }
    if (from.greeted) {
        // A setup that takes its worker down is not tried again either.
        if (from.entering && known.empty()) fail_setup(index, {*from.entering, false, false, how.by_signal, how.code});
    } else {
        out_.on(notice{notice::level::error, "a worker " + describe_end(how.by_signal, how.code) +
                                                 " before it was ready: does a static initialiser crash?" +
                                                 printed_by(how)});
    }
    from.entering.reset();
    out_.on(worker_lost{index, how.pid, now() - settings_.started, reason});
    abandon(index, reason, how.last.ticket);
    if (!from.fruitful) ++futile_starts_;
    drop_held(index);
}

void dispatcher::report_bad_leave(std::uint32_t index, const worker_end& how) {
    out_.on(notice{notice::level::warning, "worker " + std::to_string(index) + " " +
                                               describe_end(how.by_signal, how.code) + " when it left" +
                                               printed_by(how)});
}

std::string dispatcher::printed_by(const worker_end& how) {
    const std::string text = how.output.text(stream::err) + how.output.text(stream::out);
    return text.empty() ? "" : "\n" + text;
}

void dispatcher::abandon(std::uint32_t index, const std::string& reason, std::uint32_t running) {
    slot& from = slots_[index];
    if (from.owns(running)) {
        lose_predecessors(index, running);
        from.part(running);
    }
    for (attempt& part : from.parts) {
        part.moved_on = part.ticket != from.parts.back().ticket;
        part.output_complete = true;
    }
    settle_complete(index);
    for (const attempt& part : vector<attempt>(from.parts))
        lose(index, part.ticket, reason);
    take_back(index, vector<std::uint32_t>(from.outstanding.begin(), from.outstanding.end()));
}

void dispatcher::lose(std::uint32_t index, std::uint32_t ticket, const std::string& reason) {
    attempt& part = slots_[index].part(ticket);
    conclude(index, part, {ending::lost, reason, stopping_});
}

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/dispatcher_work.hpp ----

// dispatcher: handing out work, and taking it back.

namespace cordon::engine::supervisor {

void dispatcher::top_up(std::uint32_t index) {
    if (settings_.repeats != nullptr) return top_up_with_turns(index);
    slot& target = slots_[index];
    const std::size_t wanted =
        policy::batch_size(schedule_.pending() + target.outstanding.size(), static_cast<std::uint32_t>(slots_.size()),
                           mean_, settings_.isolation);
    if (!target.outstanding.empty() && target.outstanding.size() * 2 > wanted) return;
    if (target.asked_to_surrender) return;
    vector<std::size_t> tests = schedule_.take(index, wanted - std::min(wanted, target.outstanding.size()));
    if (tests.empty()) return;
    target.held = std::move(tests);
    go_on(index);
}

void dispatcher::go_on(std::uint32_t index) {
    slot& target = slots_[index];
    if (target.held.empty()) return;
    const std::size_t first = target.held.front();
    const bool sets_up_itself = results_.settings(first).isolation == isolate::exec;
    const setup_plan::chain& wanted = sets_up_itself ? target.entered : setups_.chain_of(first);
    if (const auto* trouble = troubles_.find(sets_up_itself ? setup_plan::chain() : wanted))
        return fail_held(index, *trouble);
    if (target.entered == wanted) return send_held(index);
    const bool is_below = target.entered.size() < wanted.size() &&
                          std::equal(target.entered.begin(), target.entered.end(), wanted.begin());
    target.now_in = slot::phase::switching;
    if (is_below) return enter_group(index, wanted[target.entered.size()]);
    port_.send(index, wire::leave{});
}

void dispatcher::enter_group(std::uint32_t index, std::uint32_t group) {
    slot& target = slots_[index];
    target.entering = group;
    target.setup_failures.clear();
    target.setup_output = {};
    port_.send(index, wire::enter{group, setups_.groups[group].setups, chosen_.timeout});
}

void dispatcher::send_held(std::uint32_t index) {
    slot& target = slots_[index];
    wire::run batch;
    batch.items.reserve(target.held.size());
    for (const std::size_t test : std::exchange(target.held, {})) {
        const vector<planned_run> turn = turn_of(test);
        for (const planned_run& run : turn) {
            batch.items.push_back(make_item(run, test));
            target.outstanding.push_back(batch.items.back().ticket);
        }
        if (settings_.repeats == nullptr) continue;
        if (!turn.empty()) {
            target.turns.push_back({test, turn.size()});
            continue;
        }
        schedule_.done(index);
        results_.settle(test, settings_.repeats->verdict_on(test, {}));
        room_again_ = true;
    }
    if (batch.items.empty()) return;
    target.quiet_since = now();
    port_.send(index, batch);
}

wire::work_item dispatcher::make_item(const planned_run& what, std::size_t turn) {
    const test_settings wanted = results_.settings(what.test);
    wire::work_item item;
    item.test = static_cast<std::uint32_t>(what.test);
    item.number = what.number;
    item.of = std::max(what.number, results_.most_attempts(what.test));
    item.mode = what.mode == isolate::by_default ? wanted.isolation : what.mode;
    item.fresh = what.fresh;
    item.snapshot = what.snapshot;
    item.seed = what.seed.value_or(under().seed.value_or(seed_of(what.test, what.number)));
    item.timeout = wanted.timeout;
    item.memory_limit = wanted.memory_limit;
    item.ticket = tickets_.add(item.test, item.number, static_cast<std::uint32_t>(turn), item.seed);
    return item;
}

// What a test's turn consists of: mostly its next attempt.
vector<planned_run> dispatcher::turn_of(std::size_t test) {
    if (settings_.repeats != nullptr) return settings_.repeats->next_turn(test, now());
    vector<planned_run> once(1);
    once.front().test = test;
    once.front().number = results_.next_attempt(test);
    return once;
}

// Turns are of a size of their own (see policy/flake_plan.hpp), so a slot takes one at a time, or several where they
// are short. The next one is sent while one runs, so that the worker need not wait for it.
void dispatcher::top_up_with_turns(std::uint32_t index) {
    slot& target = slots_[index];
    if (target.greeted && settings_.repeats->is_worn_out(now() - target.started_at, target.start_took)) {
        if (target.outstanding.empty()) retire(index);
        return;
    }
    constexpr duration short_turn = std::chrono::milliseconds(1);
    const bool quick = mean_ != duration{0} && mean_ < short_turn;
    const std::size_t in_hand = quick ? 2 : 1;
    if (target.turns.size() >= in_hand) return;
    const std::size_t share = schedule_.pending() / (2 * slots_.size());
    const std::size_t most = quick ? std::max<std::size_t>(1, std::min<std::size_t>(share, 8)) : 1;
    vector<std::size_t> tests = schedule_.take(index, most);
    if (tests.empty()) return;
    target.held = std::move(tests);
    go_on(index);
}

void dispatcher::end_run_of_turn(std::uint32_t index, std::size_t test) {
    vector<slot::turn>& turns = slots_[index].turns;
    for (std::size_t i = 0; i < turns.size(); ++i) {
        if (turns[i].test != test) continue;
        if (--turns[i].left != 0) return;
        turns.erase(turns.begin() + i);
        schedule_.done(index);
        return schedule_.add(test);
    }
}

void dispatcher::retire(std::uint32_t index) {
    slot& target = slots_[index];
    target.now_in = slot::phase::leaving;
    target.retired_at = now();
    target.renewed = true;
    port_.finish(index);
}

// Depends on the test's name, not on its place: adding a test does not change what another one draws.
std::uint64_t dispatcher::seed_of(std::size_t test, std::uint32_t number) const {
    const test_info& info = list_.tests[test];
    return mix_bits(fast_hash(info.name, fast_hash(info.suite, settings_.seed)) + number);
}

bool dispatcher::somebody_could_steal() const {
    if (slots_.size() < 2 || schedule_.pending() != 0 || stopping_ || settings_.repeats != nullptr) return false;
    const bool idle = std::any_of(slots_.begin(), slots_.end(), [](const slot& each) { return !each.is_busy(); });
    return idle && std::any_of(slots_.begin(), slots_.end(), [](const slot& each) {
               return each.outstanding.size() > 1 && !each.asked_to_surrender;
           });
}

// A worker that is held up by one test gives the others back: there are workers with nothing to do.
void dispatcher::steal(instant at) {
    for (std::uint32_t index = 0; index < slots_.size(); ++index) {
        slot& from = slots_[index];
        if (from.outstanding.size() < 2 || from.asked_to_surrender || at - from.quiet_since < steal_after) continue;
        from.asked_to_surrender = true;
        port_.send(index, wire::surrender{});
    }
}

void dispatcher::take_back(std::uint32_t index, const vector<std::uint32_t>& tickets) {
    vector<std::size_t> tests;
    for (const std::uint32_t ticket : tickets) {
        if (!slots_[index].owns(ticket)) continue;
        slots_[index].forget(ticket);
        if (settings_.repeats != nullptr) {
            end_run_of_turn(index, tickets_[ticket].turn);
        } else {
            tests.push_back(tickets_[ticket].test);
        }
        tickets_.settle(ticket);
    }
    schedule_.put_back(index, tests);
}

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/inline_port.hpp ----

#include <cstdint>
#include <utility>

namespace cordon::engine::supervisor {

/// What runs tests in this very process; implemented where worker and supervisor meet. Reports go to `to` as they
/// happen.
class in_process_runner {
  public:
    virtual ~in_process_runner() = default;
    virtual void run(const wire::work_item& item, std::uint32_t slot, inbox& to) = 0;
    /// False: the setup failed, and its failures were reported under ticket 0.
    virtual bool set_up(const wire::enter& what, std::uint32_t slot, inbox& to) = 0;
};

/// No isolation: `--isolate=none`, and under a debugger. One worker, which is this process: no limits, no capture, and
/// what ends it ends the run.
class inline_port : public port {
  public:
    inline_port(in_process_runner& runner, wire::hello about, std::int64_t own_pid)
        : runner_(runner), about_(about), own_pid_(own_pid) {}

    result<std::int64_t> start(std::uint32_t) override {
        commands_.emplace_back(wire::configure());  // answered by hello
        return own_pid_;
    }
    void send(std::uint32_t, wire::command what) override {
        if (what.get_if<wire::configure>() == nullptr) commands_.push_back(std::move(what));
    }
    void finish(std::uint32_t) override { finished_ = true; }
    void kill(std::uint32_t) override { finished_ = true; }
    glimpse look(std::uint32_t) override { return {}; }

    status wait(deadline, inbox& to) override {
        if (finished_) {
            worker_end end;
            end.pid = own_pid_;
            to.on_worker_end(0, end);
            return ok();
        }
        const vector<wire::command> now = std::move(commands_);
        for (const wire::command& next : now) {
            next.visit([this, &to](const auto& command) { carry_out(command, to); });
        }
        return ok();
    }

  private:
    void tell(inbox& to, wire::report what) { to.on_report(0, what); }

    void carry_out(const wire::configure&, inbox& to) { tell(to, about_); }
    void carry_out(const wire::run& command, inbox& to) {
        for (const wire::work_item& item : command.items) {
            runner_.run(item, 0, to);
        }
    }
    void carry_out(const wire::enter& command, inbox& to) {
        groups_.push_back(command.group);
        if (runner_.set_up(command, 0, to)) return tell(to, wire::setup_ready{command.group, 1});
        wire::left failed;
        failed.group = command.group;
        failed.clean = false;
        failed.code = 3;
        groups_.pop_back();
        tell(to, failed);
    }
    // What a setup built can not be taken down again here: it stays.
    void carry_out(const wire::leave&, inbox& to) {
        wire::left back;
        back.group = groups_.empty() ? 0 : groups_.back();
        if (!groups_.empty()) groups_.pop_back();
        tell(to, back);
    }
    void carry_out(const wire::surrender&, inbox& to) { tell(to, wire::returned()); }
    void carry_out(const wire::cancel&, inbox&) {}

    in_process_runner& runner_;
    wire::hello about_;
    std::int64_t own_pid_;
    vector<wire::command> commands_;
    vector<std::uint32_t> groups_;
    bool finished_ = false;
};

}  // namespace cordon::engine::supervisor

// ---- cordon/engine/supervisor/os_port.hpp ----

// ---- cordon/engine/model/bounded_output.hpp ----

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine {

/// Keeps the head and the tail of what a test prints, in at most `limit` bytes, and counts what it let go in between.
/// Each piece costs its text and a fixed charge, so that alternating single bytes can not grow it either.
class bounded_output {
  public:
    explicit bounded_output(std::uint64_t limit = 0) : limit_(limit) {}

    /// Nothing came, not even what had to be let go at once.
    bool empty() const { return head_.empty() && tail_.empty() && dropped_ == 0; }

    void add(stream from, std::string_view text) {
        if (!head_full_) text.remove_prefix(add_to_head(from, text));
        if (text.empty()) return;
        add_to_tail(from, text);
        while (tail_cost_ > limit_ - limit_ / 2) {
            drop_oldest();
        }
    }

    /// Everything kept, in order of arrival; the buffer is empty afterwards.
    captured_output take() {
        captured_output all;
        all.dropped = dropped_;
        all.pieces = std::move(head_);
        for (output_piece& piece : tail_) {
            all.pieces.push_back(std::move(piece));
        }
        const std::size_t seam = all.pieces.size() - tail_.size();
        if (dropped_ != 0) {
            if (seam == all.pieces.size()) all.pieces.emplace_back();
            all.pieces[seam].dropped_before = dropped_;
        }
        *this = bounded_output(limit_);
        return all;
    }

  private:
    static constexpr std::uint64_t piece_charge = 64;
    static constexpr std::size_t piece_size = 16 * 1024;

    // Returns how many bytes the head took.
    std::size_t add_to_head(stream from, std::string_view text) {
        const std::uint64_t room = limit_ / 2 > head_cost_ ? limit_ / 2 - head_cost_ : 0;
        const bool joins = !head_.empty() && head_.back().from == from;
        const std::uint64_t charge = joins ? 0 : piece_charge;
        if (room <= charge) {
            head_full_ = true;
            return 0;
        }
        const auto taken = static_cast<std::size_t>(std::min<std::uint64_t>(text.size(), room - charge));
        if (!joins) head_.push_back({from, {}, 0});
        head_.back().text += text.substr(0, taken);
        head_cost_ += charge + taken;
        head_full_ = taken < text.size();
        return taken;
    }

    void add_to_tail(stream from, std::string_view text) {
        while (!text.empty()) {
            const bool joins = !tail_.empty() && tail_.back().from == from && tail_.back().text.size() < piece_size;
            if (!joins) {
                tail_.push_back({from, {}, 0});
                tail_cost_ += piece_charge;
            }
            std::string& last = tail_.back().text;
            const std::string_view part = text.substr(0, piece_size - last.size());
            last += part;
            tail_cost_ += part.size();
            text.remove_prefix(part.size());
        }
    }

    void drop_oldest() {
        const std::uint64_t excess = tail_cost_ - (limit_ - limit_ / 2);
        std::string& oldest = tail_.front().text;
        if (excess < oldest.size()) {
            oldest.erase(0, static_cast<std::size_t>(excess));
            dropped_ += excess;
            tail_cost_ -= excess;
            return;
        }
        dropped_ += oldest.size();
        tail_cost_ -= oldest.size() + piece_charge;
        tail_.pop_front();
    }

    std::uint64_t limit_;
    vector<output_piece> head_;
    queue<output_piece> tail_;
    std::uint64_t head_cost_ = 0;
    std::uint64_t tail_cost_ = 0;
    std::uint64_t dropped_ = 0;
    bool head_full_ = false;
};

}  // namespace cordon::engine

// ---- cordon/engine/os/lineage.hpp ----

namespace cordon::engine::os {

/// Whether die_with_parent() works here. Where it does not, the supervisor is told every test process's id before the
/// test starts.
bool can_die_with_parent();

/// From now on this process is killed when its parent dies. Ends it at once if `parent` is already gone.
/// Linux: PR_SET_PDEATHSIG. Elsewhere nothing: workers notice the end of their command pipe instead.
void die_with_parent(process_id parent);

/// From now on descendants whose parent dies become children of this process, also after setsid().
/// Linux: PR_SET_CHILD_SUBREAPER. Elsewhere nothing: only the test's process group can be ended.
void adopt_orphans();

/// Remembers the running program's file, or the path that argv0 stands for where the system does not tell.
status find_self_file(const char* argv0);
/// Replaces this process by that program. Returns only on failure, with errno set.
void execute_self(char** arguments, char** environment);

}  // namespace cordon::engine::os

// ---- cordon/engine/os/machine.hpp ----

#include <cstdint>
#include <string>

namespace cordon::engine::os {

/// Processors that this process may keep busy: affinity and the container's quota counted, at least 1.
std::uint32_t usable_processors();

/// "linux", "x86_64": for reports.
std::string system_name();
std::string architecture();

/// The mode of isolation that is both safe and quick on this system: fork where forked processes may use all of the
/// system's libraries, exec elsewhere.
isolate default_isolation();

/// Now, as RFC 3339 in UTC with milliseconds.
std::string wall_clock_utc();

/// Bits that no other process of this machine has: for keys and, where the user gave none, the seed.
std::uint64_t entropy();

/// From now on this process and those it makes can not hold more than so many bytes of address space; 0 takes back what
/// an earlier call set.
void limit_memory(std::uint64_t bytes);

/// Identifies the build of this program: the linker's build id where there is one, else its size and time of change.
std::string build_id();

}  // namespace cordon::engine::os

// ---- cordon/engine/os/poll.hpp ----

namespace cordon::engine::os {

/// One thing to wait for, and after the wait what became of it.
struct watch {
    int native = -1;
    bool want_bytes = true;  ///< false: only its end is of interest
    bool ready = false;      ///< bytes, or the end, can be read
    bool hung_up = false;    ///< the other side is gone
};

/// Waits until a watch is ready, a caught signal (see signal.hpp) arrives, or `until`. Signals are let in only here, so
/// none can slip in between a look at its flag and the wait. POSIX: ppoll, or pselect where that is missing. Windows:
/// WaitForMultipleObjects.
status wait_for(vector<watch>& watches, deadline until);

}  // namespace cordon::engine::os

// ---- cordon/engine/os/shared_memory.hpp ----

#include <cstddef>

namespace cordon::engine::os {

/// Zeroed memory that several processes see, without a name that could be left behind.
/// Linux: memfd. POSIX: an unlinked shm object, or an unlinked temporary file. Windows: a page-file mapping.
class shared_memory {
  public:
    static result<shared_memory> create(std::size_t size);
    /// Takes over an object that was handed down.
    static result<shared_memory> attach(descriptor object, std::size_t size);

    shared_memory() = default;
    shared_memory(shared_memory&& other) noexcept;
    shared_memory& operator=(shared_memory&& other) noexcept;
    ~shared_memory();

    void* address() const { return address_; }
    const descriptor& object() const { return object_; }
    /// The mapping stays.
    void close_object() { object_.close(); }

  private:
    descriptor object_;
    void* address_ = nullptr;
    std::size_t size_ = 0;
};

/// A memory object of that size, or the error.
result<descriptor> make_memory_object(std::size_t size);

}  // namespace cordon::engine::os

// ---- cordon/engine/wire/lane.hpp ----

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace cordon::engine::wire {

/// The shared memory between one worker, the test processes it makes and the supervisor.
///
/// It holds the *journal*: frames on their way to the event pipe. A process may die at any instant, so nothing that was
/// said may wait in its own memory; here it survives, and one write can carry what many quick tests said. Beside it lie
/// the few words that others must be able to read while a test runs: which one, since when, in which process.
///
/// A test can scribble over all of this. Readers therefore take it as hints and bounds-check it, and the journal's
/// frames carry check sums.
struct lane_block {
    static constexpr std::uint32_t journal_capacity = 256 * 1024;

    std::atomic<std::uint32_t> owner;     ///< level of the process that holds the journal; 0 is free
    std::atomic<std::uint32_t> used;      ///< bytes of whole frames in the journal
    std::atomic<std::uint64_t> sequence;  ///< of the last frame

    std::atomic<std::uint64_t> claims;       ///< low half: next item of the batch; high half: its end
    std::atomic<std::uint32_t> running;      ///< ticket of the test that runs or ran last; 0 before the first
    std::atomic<std::uint32_t> over;         ///< ticket of the last test that reported its end
    std::atomic<std::int64_t> started;       ///< when `running` began, steady-clock nanoseconds
    std::atomic<std::int64_t> process;       ///< pid of the test process; 0 when there is none
    std::atomic<std::uint32_t> temp_folder;  ///< number of the temporary folder that the running test made; 0 is none

    std::atomic<std::uint32_t> hosts;       ///< processes with a setup done that serve tests, one inside the other
    std::atomic<std::uint32_t> setting_up;  ///< an executed test process is in this setup block, from 1; 0 is none

    std::atomic<std::uint32_t> reading;   ///< the worker is between choosing a ticket for output and having read it
    std::atomic<std::uint32_t> captured;  ///< ticket for which the worker holds output

    char journal[journal_capacity];
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free && std::atomic<std::uint32_t>::is_always_lock_free);

/// One process's view of a lane.
class lane {
  public:
    lane() = default;
    lane(lane_block* block, std::uint64_t key) : block_(block), key_(key) {}

    lane_block* operator->() const { return block_; }

    /// Holds the journal for one process (threads of a process exclude each other before). Waits at most `patience`
    /// rounds for another holder: one that was stopped or killed inside must not hold up the others for good. A holder
    /// is known by its level: 1 is the worker's, and each process has a higher one than the one that made it.
    class hold {
      public:
        hold(const lane& on, std::uint32_t level, void (*pause)(), int patience) : block_(on.block_) {
            for (int round = 0; round < patience; ++round) {
                std::uint32_t free = 0;
                if (block_->owner.compare_exchange_strong(free, level, std::memory_order_acquire)) {
                    held_ = true;
                    return;
                }
                pause();
            }
        }
        ~hold() {
            if (held_) block_->owner.store(0, std::memory_order_release);
        }
        hold(const hold&) = delete;
        hold& operator=(const hold&) = delete;
        explicit operator bool() const { return held_; }

      private:
        lane_block* block_;
        bool held_ = false;
    };

    /// Levels of the worker, or of the innermost process with a setup done, and of the test process that it makes.
    std::uint32_t server_level() const { return 2 * block_->hosts.load() + 1; }
    std::uint32_t test_level() const { return server_level() + 1; }

    /// Frees the journal where a process above `level` holds it. For the process of that level, when all that it made
    /// are dead: one may have died in the middle of a hold.
    void end_holds_above(std::uint32_t level) {
        std::uint32_t owner = block_->owner.load();
        if (owner > level) block_->owner.compare_exchange_strong(owner, 0);
    }

    /// The journal's whole frames. Only under a hold, or when no other process is left.
    std::string_view journal() const {
        const std::uint32_t used = block_->used.load(std::memory_order_acquire);
        return {block_->journal, used <= lane_block::journal_capacity ? used : 0};
    }
    void clear() { block_->used.store(0, std::memory_order_release); }

    bool fits(std::size_t payload) const {
        return journal().size() + frame_header_size + payload <= lane_block::journal_capacity;
    }

    /// Appends a frame under a hold. The size is published last: a crash in the middle leaves the journal as it was.
    void append(std::uint8_t type, std::string_view payload) {
        const std::string_view before = journal();
        const std::uint64_t sequence = block_->sequence.load(std::memory_order_relaxed) + 1;
        char* to = block_->journal + before.size();
        std::memcpy(to + frame_header_size, payload.data(), payload.size());
        write_frame_header(to, key_, type, sequence, {to + frame_header_size, payload.size()});
        block_->sequence.store(sequence, std::memory_order_relaxed);
        block_->used.store(static_cast<std::uint32_t>(before.size() + frame_header_size + payload.size()),
                           std::memory_order_release);
    }

    // -- claims: which item of the batch comes next. One word, so that taking and giving back exclude each other
    // exactly. --

    void offer(std::uint32_t items) { block_->claims.store(std::uint64_t{items} << 32, std::memory_order_release); }

    /// Index of the item that the caller shall run, or -1 when none is left.
    std::int64_t claim() {
        std::uint64_t seen = block_->claims.load(std::memory_order_acquire);
        while (next_of(seen) < end_of(seen)) {
            if (block_->claims.compare_exchange_weak(seen, seen + 1, std::memory_order_acq_rel)) return next_of(seen);
        }
        return -1;
    }

    /// Takes every unclaimed item away but the first `kept`. Returns the index from which on items were taken.
    std::uint32_t withdraw(std::uint32_t kept = 0) {
        std::uint64_t seen = block_->claims.load(std::memory_order_acquire);
        while (!block_->claims.compare_exchange_weak(seen, next_of(seen) | (std::uint64_t{from(seen, kept)} << 32),
                                                     std::memory_order_acq_rel)) {
        }
        return from(seen, kept);
    }

  private:
    static std::uint32_t next_of(std::uint64_t claims) { return static_cast<std::uint32_t>(claims); }
    static std::uint32_t end_of(std::uint64_t claims) { return static_cast<std::uint32_t>(claims >> 32); }
    static std::uint32_t from(std::uint64_t claims, std::uint32_t kept) { return std::max(next_of(claims), kept); }

    lane_block* block_ = nullptr;
    std::uint64_t key_ = 0;
};

}  // namespace cordon::engine::wire

// ---- cordon/engine/wire/marker.hpp ----

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

namespace cordon::engine::wire {

/// How a process of ours knows that it is one: this text in its environment, taken out as soon as it is read. It names
/// the parent that it must have, so that a program which a test or a static initialiser starts with a copy of the
/// environment refuses to run instead of posing as a worker, or starting workers of its own.
struct marker {
    enum class role : char { worker = 'w', test_process = 't' };

    role as = role::worker;
    long long parent = 0;
    int commands = -1;  ///< descriptor numbers
    int events = -1;
    int lane = -1;
    std::uint64_t key = 0;
};

inline constexpr const char* marker_name = "CORDON_PRIVATE_WORKER";

inline std::string marker_text(const marker& which) {
    char text[128];
    std::snprintf(text, sizeof text, "1:%c:%lld:%d:%d:%d:%llx", static_cast<char>(which.as), which.parent,
                  which.commands, which.events, which.lane, static_cast<unsigned long long>(which.key));
    return text;
}

/// Nothing if the text is not one that marker_text() of this version wrote.
inline std::optional<marker> parse_marker(const char* text) {
    marker read;
    char as = 0;
    unsigned long long key = 0;
    if (std::sscanf(text, "1:%c:%lld:%d:%d:%d:%llx", &as, &read.parent, &read.commands, &read.events, &read.lane,
                    &key) != 6 ||
        (as != 'w' && as != 't')) {
        return std::nullopt;
    }
    read.as = static_cast<marker::role>(as);
    read.key = key;
    // Spaces, signs and numbers that are too large get past sscanf, but not back.
    if (marker_text(read) != text) return std::nullopt;
    return read;
}

}  // namespace cordon::engine::wire

#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine::supervisor {

/// Workers as real processes: this program, executed again.
class os_port : public port {
  public:
    /// `withheld` names environment variables that tests must not see: cordon's own options, shard settings of CI
    /// systems.
    /// `many_tests`: workers shall be made for many forks, at the price of a slower start.
    /// `capture` false: workers, and so their tests, print where this process does.
    /// `under`: what is varied about the workers' world; must outlive this.
    os_port(vector<std::string> withheld, bool many_tests, bool capture, const condition& under)
        : withheld_(std::move(withheld)), many_tests_(many_tests), capture_(capture), under_(under) {}

    ~os_port() override {
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (workers_[slot]) kill(slot);
        }
    }

    result<std::int64_t> start(std::uint32_t slot) override {
        result<std::unique_ptr<worker>> made = open_worker();
        if (!made) return made.failure();
        const result<os::process_id> pid = spawn(*made.value());
        if (!pid) return pid.failure();
        made.value()->pid = pid.value();
        if (slot >= workers_.size()) workers_.resize(slot + 1);
        workers_[slot] = std::move(made.value());
        return pid.value();
    }

    void send(std::uint32_t slot, wire::command what) override {
        worker& to = *workers_[slot];
        std::string frame;
        what.visit([&](const auto& command) { wire::append_command(frame, to.key, ++to.commands_sent, command); });
        // A worker that can not be written to is dying: its end will be seen.
        os::write_all(to.commands, frame).ignore();
    }

    void finish(std::uint32_t slot) override {
        if (workers_[slot]) workers_[slot]->commands.close();
    }

    void kill(std::uint32_t slot) override {
        worker& target = *workers_[slot];
        if (!os::can_die_with_parent()) kill_test_process(target);
        os::kill_group(target.pid);
        os::kill_process(target.pid);
    }

    glimpse look(std::uint32_t slot) override {
        if (slot >= workers_.size() || !workers_[slot]) return {};
        const wire::lane lane = workers_[slot]->lane();
        return {lane->running.load(), lane->process.load(), duration(lane->started.load())};
    }

    status wait(deadline until, inbox& to) override {
        gather_watches();
        status waited = os::wait_for(watches_, until);
        if (!waited) return waited;
        for (std::size_t i = 0; i < watched_.size(); ++i) {
            if (workers_[watched_[i]]) look_at(watched_[i], i * watches_per_worker, to);
        }
        if (os::take_child_ended()) reap_workers(to);
        int count = 0;
        if (const int signal = os::take_cancellation(count)) to.on_cancel(signal, count);
        return ok();
    }

  private:
    struct worker {
        os::process_id pid = 0;
        os::descriptor commands;
        os::descriptor events;
        os::descriptor out;
        os::descriptor err;
        os::shared_memory memory;
        std::uint64_t key = 0;
        std::uint64_t commands_sent = 0;
        std::uint64_t last_sequence = 0;
        std::optional<wire::frame_reader> frames;
        bounded_output printed{64 * 1024};
        std::string broken;
        // The ends that the worker inherits, until it is started.
        os::descriptor far_commands, far_events, far_out, far_err;

        wire::lane lane() const { return {static_cast<wire::lane_block*>(memory.address()), key}; }
    };

    static constexpr std::size_t watches_per_worker = 3;

    // ---- starting ----

    static result<std::unique_ptr<worker>> open_worker() {
        auto made = std::make_unique<worker>();
        made->key = os::entropy();
        made->frames.emplace(made->key);
        const std::pair<os::descriptor*, os::descriptor*> pipes[] = {{&made->far_commands, &made->commands},
                                                                     {&made->events, &made->far_events},
                                                                     {&made->out, &made->far_out},
                                                                     {&made->err, &made->far_err}};
        for (const auto& [reading, writing] : pipes) {
            result<os::pipe_ends> ends = os::make_pipe();
            if (!ends) return ends.failure();
            *reading = std::move(ends.value().read);
            *writing = std::move(ends.value().write);
        }
        result<os::shared_memory> memory = os::shared_memory::create(sizeof(wire::lane_block));
        if (!memory) return memory.failure();
        made->memory = std::move(memory.value());
        return made;
    }

    result<os::process_id> spawn(worker& made) {
        wire::marker marker;
        marker.parent = os::own_process_id();
        marker.commands = made.far_commands.native();
        marker.events = made.far_events.native();
        marker.lane = made.memory.object().native();
        marker.key = made.key;
        os::spawn_request request;
        request.arguments = os::own_arguments();
        request.environment = worker_environment(wire::marker_text(marker));
        if (capture_) {
            request.output = made.far_out.native();
            request.errors = made.far_err.native();
        }
        request.inherited = {marker.commands, marker.events, marker.lane};
        request.fixed_addresses = under_.fixed_addresses;
        result<os::process_id> pid = os::spawn_self(request);
        for (os::descriptor* end : {&made.far_commands, &made.far_events, &made.far_out, &made.far_err}) {
            end->close();
        }
        made.memory.close_object();
        return pid;
    }

    vector<std::string> worker_environment(const std::string& marker) const {
        vector<std::string> variables;
        for (std::string& variable : os::environment()) {
            if (!is_withheld(variable)) variables.push_back(std::move(variable));
        }
        if (!under_.variable.empty()) variables.push_back(under_.variable);
        variables.push_back(std::string(wire::marker_name) + "=" + marker);
        if (many_tests_ && std::getenv("LD_BIND_NOW") == nullptr) variables.push_back(os::link_eagerly());
        return variables;
    }

    bool is_withheld(const std::string& variable) const {
        const std::string_view name = std::string_view(variable).substr(0, variable.find('='));
        if (!under_.variable.empty() && name == std::string_view(under_.variable).substr(0, under_.variable.find('=')))
            return true;
        for (const std::string& each : withheld_) {
            if (name == each) return true;
        }
        return false;
    }

    // ---- listening ----

    void gather_watches() {
        watches_.clear();
        watched_.clear();
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (!workers_[slot]) continue;
            const worker& each = *workers_[slot];
            watched_.push_back(slot);
            watches_.push_back({each.events.native(), true, false, false});
            watches_.push_back({each.out.native(), true, false, false});
            watches_.push_back({each.err.native(), true, false, false});
        }
    }

    void look_at(std::uint32_t slot, std::size_t at, inbox& to) {
        worker& from = *workers_[slot];
        if (watches_[at + 1].ready) read_print(from, stream::out);
        if (watches_[at + 2].ready) read_print(from, stream::err);
        if (watches_[at].ready) read_events(slot, to);
    }

    static void read_print(worker& from, stream which) {
        os::descriptor& pipe = which == stream::out ? from.out : from.err;
        char buffer[4096];
        const os::read_outcome got = os::read_available(pipe, buffer, sizeof buffer);
        from.printed.add(which, {buffer, got.bytes});
        if (got.at_end) pipe.close();
    }

    // Reads a bounded amount, so that no worker can keep the others waiting.
    void read_events(std::uint32_t slot, inbox& to) {
        static char buffer[64 * 1024];
        worker& from = *workers_[slot];
        const os::read_outcome got = os::read_available(from.events, buffer, sizeof buffer);
        if (got.at_end) from.events.close();
        if (got.bytes == 0) return;
        from.frames->feed({buffer, got.bytes});
        deliver(slot, *from.frames, to);
        if (from.frames->damage() != nullptr) condemn(slot, from.frames->damage());
    }

    void deliver(std::uint32_t slot, wire::frame_reader& frames, inbox& to) {
        while (const std::optional<wire::frame> frame = frames.next()) {
            worker& from = *workers_[slot];
            if (frame->sequence <= from.last_sequence) continue;  // also in the journal that a dead worker left
            from.last_sequence = frame->sequence;
            std::optional<wire::report> message = wire::decode<wire::report>(*frame);
            if (!message) return condemn(slot, "a frame that holds no message");
            to.on_report(slot, *message);
        }
    }

    // Someone writes what is none of the worker's words: nothing it says can be believed any more.
    void condemn(std::uint32_t slot, const char* why) {
        worker& from = *workers_[slot];
        if (!from.broken.empty()) return;
        from.broken = std::string("its event pipe brought ") + why;
        kill(slot);
    }

    // ---- endings ----

    void reap_workers(inbox& to) {
        for (std::uint32_t slot = 0; slot < workers_.size(); ++slot) {
            if (!workers_[slot]) continue;
            if (const std::optional<os::process_end> end = os::reap_only(workers_[slot]->pid)) conclude(slot, *end, to);
        }
    }

    // What was written before the end is in the pipe now; what was not is in the journal.
    void conclude(std::uint32_t slot, const os::process_end& end, inbox& to) {
        worker& from = *workers_[slot];
        if (!os::can_die_with_parent()) kill_test_process(from);
        while (from.events && from.broken.empty() && os::anything_to_read(from.events, from.events)) {
            read_events(slot, to);
        }
        if (from.broken.empty()) recover_journal(slot, to);
        for (int round = 0; round < 16 && os::anything_to_read(from.out, from.err); ++round) {
            read_print(from, stream::out);
            read_print(from, stream::err);
        }
        worker_end how;
        how.pid = from.pid;
        how.by_signal = end.by_signal;
        how.code = end.code;
        how.last = look(slot);
        how.broken = from.broken;
        how.output = from.printed.take();
        const std::unique_ptr<worker> dead = std::move(workers_[slot]);
        to.on_worker_end(slot, how);
    }

    void recover_journal(std::uint32_t slot, inbox& to) {
        wire::frame_reader frames(workers_[slot]->key);
        frames.feed(workers_[slot]->lane().journal());
        deliver(slot, frames, to);
    }

    // Where a test process does not die with its worker. Its number comes from memory that tests can write to: it is
    // used only if it still leads a group of its own.
    static void kill_test_process(const worker& of) {
        const os::process_id process = of.lane()->process.load();
        if (process > 1 && os::leads_own_group(process)) os::kill_group(process);
    }

    vector<std::string> withheld_;
    bool many_tests_;
    bool capture_;
    const condition& under_;
    vector<std::unique_ptr<worker>> workers_;
    vector<os::watch> watches_;
    vector<std::uint32_t> watched_;
};

}  // namespace cordon::engine::supervisor

#include <string>
#include <utility>

namespace cordon::engine {

/// What the waves of a session have in common.
struct wave_setting {
    const test_list& list;
    const setup_plan& setups;
    const options& chosen;
    supervisor::run_settings run;
    const vector<std::string>& withheld;  ///< environment variables that tests must not see
    report::sink& out;
};

/// A session that runs tests again and again is a row of waves, each of them a dispatcher's run with something that
/// decides what is run.
class waves {
  public:
    explicit waves(const wave_setting& with) : with_(with) {}

    const test_list& list() const { return with_.list; }
    const options& chosen() const { return with_.chosen; }
    report::sink& out() const { return with_.out; }
    std::uint32_t jobs() const { return with_.run.jobs; }

    /// False once cordon itself was in trouble, or the run was cancelled: nothing more is run.
    bool going() const { return fine_ && cancelled_by_ == 0; }

    /// Whatever `what` asks for of these tests, in the world that `under` describes.
    void run(const vector<std::size_t>& tests, supervisor::repeater& what, report::sink& to, const condition& under,
             isolate mode = isolate::by_default) {
        if (!going() || tests.empty()) return;
        plan wanted;
        wanted.order = tests;
        wanted.selected = tests.size();
        supervisor::run_settings settings = with_.run;
        settings.repeats = &what;
        settings.under = &under;
        if (mode != isolate::by_default) settings.isolation = mode;
        const os::busy_processes beside(under.hogs);
        supervisor::os_port processes(with_.withheld, true, with_.chosen.capture, under);
        supervisor::dispatcher work(with_.list, wanted, with_.setups, with_.chosen, settings, processes, to);
        fine_ = work.run();
        cancelled_by_ = work.cancelled_by();
    }
    template <class Repeater>
    void run(const vector<std::size_t>& tests, Repeater& what) {
        run(tests, what, what, with_.chosen.under);
    }

    /// The end of the session.
    void finish(std::string stopped_because, std::uint64_t peak_rss) {
        with_.out.on(
            run_finished{now() - with_.run.started, cancelled_by_, std::move(stopped_because), peak_rss, !fine_});
    }

    /// A command line that selects these tests, with options.
    std::string command(const vector<std::size_t>& tests, const std::string& options) const {
        return report::rerun_command(os::self_path(), with_.list, tests) + options;
    }
    std::string command(std::size_t test, const std::string& options) const {
        vector<std::size_t> only;
        only.push_back(test);
        return command(only, options);
    }

  private:
    wave_setting with_;
    bool fine_ = true;
    int cancelled_by_ = 0;
};

}  // namespace cordon::engine

#include <string>
#include <utility>

namespace cordon::engine {

/// Finds flaky tests (--flake-detect).
class flake_session {
  public:
    explicit flake_session(waves& with) : with_(with) {}

    void run(const vector<std::size_t>& tests) {
        detect(tests);
        with_.finish(stopped_because_, peak_rss_);
    }

  private:
    void detect(const vector<std::size_t>& tests) {
        policy::flake_goal goal;
        goal.runs = with_.chosen().flake_runs;
        goal.share = policy::share_of(with_.chosen().flake_time, tests.size(), with_.jobs());
        supervisor::flake_hunt hunt(with_.list(), tests, goal, now() + with_.chosen().flake_time, with_.out());
        with_.run(tests, hunt);
        peak_rss_ = hunt.peak_rss();
        stopped_because_ = hunt.stopped_because();
        if (hunt.cut_short() != 0) tell_cut_short(hunt.cut_short());
        vector<flake_summary> found;
        for (const test_finished& each : hunt.held())
            found.push_back(hunt.summary(each.test));
        verify(hunt, found);
        for (std::size_t i = 0; i < found.size(); ++i)
            conclude(std::move(found[i]), hunt.held()[i]);
    }

    void tell_cut_short(std::size_t tests) {
        with_.out().on(
            notice{notice::level::warning,
                   "the time for finding flaky tests was up (--flake-time=" + duration_text(with_.chosen().flake_time) +
                       "): " + counted(tests, "test") + " had fewer runs than they should have"});
    }

    void conclude(flake_summary found, const test_finished& finished) {
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(test_finished(finished));
    }

    // ---- a command that shows it again ----

    /// Tries what a user would try, before recommending it.
    void verify(const supervisor::flake_hunt& hunt, vector<flake_summary>& found) {
        std::uint32_t first_number = 1;
        for (const flake_summary& each : found)
            first_number = std::max(first_number, hunt.evidence(each.test).given + 1);
        try_seeds(hunt, found, first_number);
        try_repetition(hunt, found, first_number);
    }

    /// The seed decides if a failed run's seed always fails and a passed one's never does.
    void try_seeds(const supervisor::flake_hunt& hunt, vector<flake_summary>& found, std::uint32_t first_number) {
        constexpr std::uint64_t tries = 6;
        supervisor::trials again(with_.list(), with_.out(), first_number);
        for (const flake_summary& each : found) {
            const policy::flake_evidence& seen = hunt.evidence(each.test);
            again.add_runs(each.test, tries, 1, seen.failing_seed);
            again.add_runs(each.test, tries, 1, seen.passing_seed);
        }
        with_.run(again.tests(), again);
        for (std::size_t i = 0; i < found.size(); ++i) {
            const policy::run_counts failing = again.count(2 * i * tries, tries);
            const policy::run_counts passing = again.count((2 * i + 1) * tries, tries);
            const bool decides = failing.failures == tries && passing.runs == tries && passing.failures == 0;
            if (!decides) continue;
            found[i].category = "seed";
            found[i].explanation =
                "CORDON_SEED decides: with the seed of a failed run it always fails, with that of a "
                "passed one never";
            found[i].repro = with_.command(
                found[i].test, " --condition seed=" + std::to_string(*hunt.evidence(found[i].test).failing_seed));
            found[i].repro_runs = failing.runs;
            found[i].repro_failures = failing.failures;
        }
    }

    void try_repetition(const supervisor::flake_hunt& hunt, vector<flake_summary>& found, std::uint32_t first_number) {
        supervisor::trials again(with_.list(), with_.out(), first_number);
        for (flake_summary& each : found) {
            if (!each.repro.empty()) continue;
            const policy::flake_evidence& seen = hunt.evidence(each.test);
            each.repro_runs = policy::repro_runs(seen.counts(), seen.progress.cost(), verify_time);
            again.add_runs(each.test, each.repro_runs, policy::turn_size(seen.progress), std::nullopt);
        }
        with_.run(again.tests(), again);
        std::size_t at = 0;
        for (flake_summary& each : found) {
            if (!each.repro.empty()) continue;
            const auto runs = static_cast<std::size_t>(each.repro_runs);
            const policy::run_counts counts = again.count(at, runs);
            at += runs;
            each.repro = with_.command(each.test, " --flake-detect=" + std::to_string(runs));
            each.repro_runs = counts.runs;
            each.repro_failures = counts.failures;
        }
    }

    static constexpr duration verify_time = std::chrono::milliseconds(450);

    waves& with_;
    std::string stopped_because_;
    std::uint64_t peak_rss_ = 0;
};

}  // namespace cordon::engine

// ---- cordon/engine/model/test_list_build.hpp ----

// ---- cordon/engine/base/hash_index.hpp ----

#include <cstddef>
#include <cstdint>

namespace cordon::engine {

/// Finds things that are numbered from 0 by their hash. The things themselves, and what makes two of them the same,
/// stay with the caller, so that one index serves all of them.
class hash_index {
  public:
    /// Room for `count` things before the table has to grow.
    explicit hash_index(std::size_t count = 0) {
        std::size_t size = 16;
        while (size < count * 2)
            size *= 2;
        slots_.resize(size);
    }

    /// The number of the thing for which same(number) holds, among those entered with this hash; if there is none,
    /// `added` is entered and returned.
    template <typename Same>
    std::size_t find_or_enter(std::uint64_t hash, std::size_t added, Same&& same) {
        if ((entered_ + 1) * 2 > slots_.size()) grow();
        const std::uint32_t kept = static_cast<std::uint32_t>(hash >> 32);
        slot* at = home(kept);
        for (; at->place != 0; at = after(at)) {
            if (at->hash == kept && same(static_cast<std::size_t>(at->place - 1))) return at->place - 1;
        }
        *at = {static_cast<std::uint32_t>(added + 1), kept};
        ++entered_;
        return added;
    }

    void clear() {
        if (entered_ != 0) *this = hash_index();
    }

  private:
    struct slot {
        std::uint32_t place = 0;  ///< the number and one; 0: free
        std::uint32_t hash = 0;
    };

    slot* home(std::uint32_t hash) { return &slots_[hash & (slots_.size() - 1)]; }
    slot* after(slot* at) { return at == &slots_.back() ? &slots_.front() : at + 1; }

    void grow() {
        vector<slot> old(slots_.size() * 2);
        old.swap(slots_);
        for (const slot& each : old) {
            if (each.place == 0) continue;
            slot* at = home(each.hash);
            while (at->place != 0)
                at = after(at);
            *at = each;
        }
    }

    vector<slot> slots_;
    std::size_t entered_ = 0;
};

}  // namespace cordon::engine

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

// From what the macros registered to what the engine works with.

namespace cordon::engine {

namespace build_detail {

using cordon::detail::decoration;
using cordon::detail::decorator;
using cordon::detail::suite;
using cordon::detail::test_case;

/// What a decorator was written on, for errors.
struct place {
    const char* what;  ///< "test" or "suite"
    std::string_view name;
    cordon::location where;
};

std::string text_of(const cordon::location& where) {
    return std::string(where.file ? where.file : "") + ":" + std::to_string(where.line);
}

std::string_view text_of(const decorator& item) { return item.text ? std::string_view(item.text) : std::string_view(); }

/// Both comparisons are false for NaN.
bool is_in(double value, double least, double most) { return value >= least && value <= most; }

constexpr double most_count = 1'000'000;
constexpr double most_bytes = 9e18;

/// What is wrong with the decorator's value; null when nothing is.
const char* complaint_about(const decorator& item) {
    switch (item.kind) {
        case decoration::timeout:
            return is_in(item.number, 0, seconds(longest_duration)) ? nullptr
                                                                    : "timeout must be 0 (none) or more seconds";
        case decoration::slow_after:
            return is_in(item.number, 0, seconds(longest_duration)) ? nullptr : "slow_after must be 0 or more seconds";
        case decoration::retries:
            return is_in(item.number, 0, most_count) ? nullptr : "retries must be 0 or more";
        case decoration::expected_failures:
            return is_in(item.number, 0, most_count) ? nullptr : "expected_failures must be 0 or more";
        case decoration::threads:
            return is_in(item.number, 1, most_count) ? nullptr : "threads must be 1 or more";
        case decoration::resource:
            if (text_of(item).empty()) return "resource needs a name";
            return is_in(item.number, 1, most_count) ? nullptr : "resource must allow 1 test or more";
        case decoration::memory_limit:
            return is_in(item.number, 0, most_bytes) ? nullptr : "memory_limit must be 0 (none) or more bytes";
        case decoration::tag:
            return text_of(item).empty() ? "tag needs a name" : nullptr;
        default:
            return nullptr;
    }
}

/// One line for the first impossible value; empty when there is none.
std::string check(const decorator* items, std::size_t count, const place& at) {
    for (std::size_t i = 0; i < count; ++i) {
        const char* complaint = complaint_about(items[i]);
        if (!complaint) continue;
        return text_of(at.where) + ": " + at.what + " " + quoted(at.name) + ": " + complaint;
    }
    return {};
}

std::string_view name_in(const decorator* items, std::size_t count) {
    std::string_view name;
    for (std::size_t i = 0; i < count; ++i) {
        if (items[i].kind == decoration::name) name = text_of(items[i]);
    }
    return name;
}

void add_tag(vector<std::string_view>& tags, std::string_view tag) {
    for (std::string_view known : tags) {
        if (known == tag) return;
    }
    tags.push_back(tag);
}

void add_resource(vector<test_info::resource_use>& resources, std::string_view name, std::uint32_t limit) {
    for (test_info::resource_use& use : resources) {
        if (use.name == name) {
            use.limit = limit;
            return;
        }
    }
    resources.push_back({name, limit});
}

std::optional<std::string_view> reason_if(const decorator& item) {
    if (item.number == 0) return std::nullopt;
    return text_of(item);
}

std::uint32_t count_of(const decorator& item) { return static_cast<std::uint32_t>(item.number); }

/// Only for decorators that were checked. Later ones win over earlier ones, and so inner over outer; tags and resources
/// add up.
void apply(const decorator& item, test_info& info) {
    switch (item.kind) {
        case decoration::name:
            info.name = text_of(item);
            break;
        case decoration::tag:
            add_tag(info.tags, text_of(item));
            break;
        case decoration::description:
            info.description = text_of(item);
            break;
        case decoration::timeout:
            info.timeout = from_seconds(item.number);
            break;
        case decoration::slow_after:
            info.slow_after = from_seconds(item.number);
            break;
        case decoration::retries:
            info.retries = count_of(item);
            break;
        case decoration::skip:
            info.skip = reason_if(item);
            break;
        case decoration::todo:
            info.todo = text_of(item);
            break;
        case decoration::only:
            info.only = true;
            break;
        case decoration::should_fail:
            info.should_fail = item.number != 0;
            break;
        case decoration::may_fail:
            info.may_fail = item.number != 0;
            break;
        case decoration::expected_failures:
            info.expected_failures = count_of(item);
            break;
        case decoration::quarantine:
            info.quarantine = text_of(item);
            break;
        case decoration::serial:
            info.serial = text_of(item);
            break;
        case decoration::exclusive:
            info.exclusive = true;
            break;
        case decoration::threads:
            info.threads = count_of(item);
            break;
        case decoration::resource:
            add_resource(info.resources, text_of(item), count_of(item));
            break;
        case decoration::memory_limit:
            info.memory_limit = static_cast<std::uint64_t>(item.number);
            break;
        case decoration::isolation:
            info.isolation = static_cast<isolate>(count_of(item));
            break;
    }
}

/// Holds the list while it grows, and what its suites hand down: worked out once for each of them.
class list_builder {
  public:
    explicit list_builder(std::size_t count) : names_(count) {
        list_.tests.reserve(count);
        resolved_.emplace_back();
        owners_.push_back(nullptr);
    }

    bool add(const test_case& test) {
        const place here = {"test", name_in(test.decorators, test.count), test.where};
        complaint_ = check(test.decorators, test.count, here);
        if (!complaint_.empty() || !inherit(test.owner)) return false;
        list_.tests.push_back(resolved_[current_]);
        test_info& info = list_.tests.back();
        for (std::size_t i = 0; i < test.count; ++i)
            apply(test.decorators[i], info);
        info.file = test.where.file ? test.where.file : "";
        info.line = test.where.line;
        info.registered = &test;
        return enter_name(info);
    }

    test_list take() { return std::move(list_); }
    error failure() const { return {"register tests", 0, complaint_}; }

  private:
    /// Makes `current_` the place in `resolved_` of what a test of `owner` starts out with.
    bool inherit(const suite* owner) {
        if (owners_[current_] == owner) return true;
        // Backwards, because tests of one suite mostly stand together.
        for (current_ = owners_.size(); current_-- > 0;) {
            if (owners_[current_] == owner) return true;
        }
        current_ = 0;
        complaint_ =
            check(owner->decorators, owner->count, {"suite", name_in(owner->decorators, owner->count), owner->where});
        if (!complaint_.empty() || !inherit(owner->parent)) return false;
        resolved_.push_back(handed_down(*owner, resolved_[current_]));
        owners_.push_back(owner);
        current_ = owners_.size() - 1;
        return true;
    }

    test_info handed_down(const suite& owner, test_info info) {
        for (std::size_t i = 0; i < owner.count; ++i)
            apply(owner.decorators[i], info);
        // These two say what the suite is, not what its tests are.
        info.name = {};
        info.description = {};
        info.suite = joined(info.suite, name_in(owner.decorators, owner.count));
        return info;
    }

    std::string_view joined(std::string_view outer, std::string_view inner) {
        if (outer.empty()) return inner;
        if (inner.empty()) return outer;
        list_.storage.push_back(std::make_unique<std::string>(std::string(outer) + "/" + std::string(inner)));
        return *list_.storage.back();
    }

    bool enter_name(const test_info& info) {
        const std::uint64_t hash = fast_hash(info.name, fast_hash(info.suite));
        list_.hash = list_hash_with(list_.hash, hash, info.file);
        const std::size_t here = list_.tests.size() - 1;
        const std::size_t first = names_.find_or_enter(hash, here, [this, &info](std::size_t other) {
            return list_.tests[other].name == info.name && list_.tests[other].suite == info.suite;
        });
        if (first == here) return true;
        const std::string path = (info.suite.empty() ? "" : std::string(info.suite) + "/") + std::string(info.name);
        complaint_ = "two tests are named " + quoted(path) + ": " + text_of(list_.tests[first].registered->where) +
                     " and " + text_of(info.registered->where);
        return false;
    }

    test_list list_;
    hash_index names_;
    vector<const suite*> owners_;  // [0]: none
    vector<test_info> resolved_;   // by place in owners_
    std::size_t current_ = 0;
    std::string complaint_;
};

}  // namespace build_detail

/// Resolves the registered tests, in the order of the chain that starts at `first`: suites hand their decorators down,
/// the inner one wins, tags and resources add up. An error is the program's own: a decorator with an impossible value,
/// or two tests of one suite with the same name; its detail is one line with the places.
result<test_list> build_test_list(const cordon::detail::test_case* first) {
    std::size_t count = 0;
    for (const cordon::detail::test_case* test = first; test; test = test->next)
        ++count;
    build_detail::list_builder builder(count);
    for (const cordon::detail::test_case* test = first; test; test = test->next) {
        if (!builder.add(*test)) return builder.failure();
    }
    return builder.take();
}

}  // namespace cordon::engine

// ---- cordon/engine/os/system.hpp ----

// The only place that chooses between systems: by including the files that define what the neutral headers declare.

// ---- cordon/engine/os/files.hpp ----

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::os {

/// A file that appears under its name only when it is complete. What was there before stays until then.
class replaced_file {
  public:
    static result<replaced_file> create(const std::string& path);
    replaced_file(replaced_file&&) = default;
    replaced_file& operator=(replaced_file&&) = default;
    /// Removes the unfinished file if commit() was not called.
    ~replaced_file();

    status write(std::string_view bytes);
    /// Forces the bytes out and gives the file its name.
    status commit();

  private:
    replaced_file(descriptor file, std::string path, std::string temporary)
        : file_(std::move(file)), path_(std::move(path)), temporary_(std::move(temporary)) {}

    descriptor file_;
    std::string path_;
    std::string temporary_;
};

/// A file that grows while others may read it: made new, or emptied.
result<descriptor> create_file(const std::string& path);
/// Made new, or written on at its end.
result<descriptor> append_file(const std::string& path);
/// For reading, from its beginning.
result<descriptor> open_file(const std::string& path);
/// What comes next, at most `size` bytes; 0 at the end. Waits where it is a pipe. `path` is for the error.
result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path);
/// Whether a file can be read more than once, which a pipe can not.
bool can_be_read_again(const descriptor& file);

/// Where temporary folders go: TEST_TMPDIR, TMPDIR or /tmp.
std::string temp_root();
/// Makes a folder only this user can enter. False: something of that name exists.
result<bool> make_new_folder(const std::string& path);
/// The names of what is in a folder, sorted, at most so many; none if it can not be read.
vector<std::string> entries_of(const std::string& path, std::size_t most);
/// Removes a folder with all it holds; links are not followed. Missing is no error.
status remove_folder(const std::string& path);

/// Standard output as a descriptor of our own, so that it can not be closed under us.
const descriptor& standard_output();
status write_standard_output(std::string_view bytes);
/// The reader of what was written has gone away.
bool is_broken_pipe(const error& failure);
void write_standard_error(std::string_view bytes);

/// Columns of the terminal that standard output leads to; 0 if it leads elsewhere.
std::uint32_t terminal_width();

}  // namespace cordon::engine::os

#if defined(_WIN32)
#error "cordon runs on POSIX systems; it has no engine for Windows yet"
#else

// ---- cordon/engine/os/descriptor.posix.hpp ----

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

error last_error(std::string operation, std::string detail) {
    return error{std::move(operation), errno, std::move(detail)};
}

std::string describe_code(int code) { return ::strerror(code); }

std::string describe(const error& failure) {
    std::string line = failure.operation;
    if (!failure.detail.empty()) line += " " + failure.detail;
    if (failure.code != 0) line += ": " + describe_code(failure.code);
    return line;
}

void descriptor::close() {
    if (native_ >= 0) ::close(native_);
    native_ = -1;
}

namespace descriptor_posix {

// The private descriptors live just under the soft limit (or 1,000 where that is higher): far from 3, 4, 5, which tests
// count on, and low enough for select().
int lowest_private() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const auto soft = static_cast<long>(std::min<rlim_t>(limit.rlim_cur, 1000));
    return static_cast<int>(std::max<long>(3, soft > 64 ? soft / 2 : soft - 24));
}

descriptor raise_high(descriptor low) {
    const int high = ::fcntl(low.native(), F_DUPFD_CLOEXEC, lowest_private());
    if (high < 0) {
        ::fcntl(low.native(), F_SETFD, FD_CLOEXEC);
        return low;
    }
    return descriptor(high);
}

}  // namespace descriptor_posix

result<pipe_ends> make_pipe() {
    int ends[2];
    if (::pipe(ends) != 0) return last_error("make a pipe");
    pipe_ends made{descriptor_posix::raise_high(descriptor(ends[0])),
                   descriptor_posix::raise_high(descriptor(ends[1]))};
    set_blocking(made.read, false);
    return made;
}

read_outcome read_available(const descriptor& from, char* to, std::size_t size) {
    while (true) {
        const ssize_t got = ::read(from.native(), to, size);
        if (got > 0) return {static_cast<std::size_t>(got), false};
        if (got < 0 && errno == EINTR) continue;
        const bool merely_empty = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
        return {0, !merely_empty};
    }
}

status write_all(const descriptor& to, std::string_view bytes) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(to.native(), bytes.data(), bytes.size());
        if (put >= 0) {
            bytes.remove_prefix(static_cast<std::size_t>(put));
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            struct pollfd wait {};
            wait.fd = to.native();
            wait.events = POLLOUT;
            ::poll(&wait, 1, -1);
        } else if (errno != EINTR) {
            return last_error("write");
        }
    }
    return ok();
}

bool anything_to_read(const descriptor& a, const descriptor& b) {
    struct pollfd both[2] = {};
    both[0].fd = a.native();
    both[1].fd = b.native();
    both[0].events = both[1].events = POLLIN;
    return ::poll(both, 2, 0) > 0 && ((both[0].revents | both[1].revents) & POLLIN) != 0;
}

void wait_readable(const descriptor& on) {
    struct pollfd one {};
    one.fd = on.native();
    one.events = POLLIN;
    ::poll(&one, 1, -1);
}

void set_blocking(const descriptor& on, bool blocking) {
    const int flags = ::fcntl(on.native(), F_GETFL);
    ::fcntl(on.native(), F_SETFL, blocking ? flags & ~O_NONBLOCK : flags | O_NONBLOCK);
}

void set_inherited(const descriptor& which, bool inherited) {
    ::fcntl(which.native(), F_SETFD, inherited ? 0 : FD_CLOEXEC);
}

descriptor adopt_descriptor(int number, descriptor_kind kind) {
    struct stat about {};
    if (number < 3 || ::fstat(number, &about) != 0) return {};
    if (S_ISFIFO(about.st_mode) != (kind == descriptor_kind::pipe)) return {};
    ::fcntl(number, F_SETFD, FD_CLOEXEC);
    return descriptor(number);
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/files.posix.hpp ----

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

result<replaced_file> replaced_file::create(const std::string& path) {
    struct stat about {};
    const bool special = ::stat(path.c_str(), &about) == 0 && !S_ISREG(about.st_mode);
    // A device or a named pipe can not be replaced: it is written in place.
    std::string temporary = special ? path : path + ".tmp" + std::to_string(::getpid());
    descriptor file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666));
    if (!file) return last_error("write", path);
    return replaced_file(descriptor_posix::raise_high(std::move(file)), path,
                         special ? std::string() : std::move(temporary));
}

replaced_file::~replaced_file() {
    if (file_ && !temporary_.empty()) ::unlink(temporary_.c_str());
}

status replaced_file::write(std::string_view bytes) {
    status written = write_all(file_, bytes);
    if (written) return ok();
    error failure = written.failure();
    failure.detail = path_;
    return failure;
}

status replaced_file::commit() {
    if (!temporary_.empty()) {
        if (::fsync(file_.native()) != 0) return last_error("write", path_);
        if (::rename(temporary_.c_str(), path_.c_str()) != 0) return last_error("rename the finished file to", path_);
    }
    file_.close();
    return ok();
}

namespace files_posix {

result<descriptor> open_for_writing(const std::string& path, int how) {
    descriptor file(::open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | how, 0666));
    if (!file) return last_error("write", path);
    return descriptor_posix::raise_high(std::move(file));
}

}  // namespace files_posix

result<descriptor> create_file(const std::string& path) { return files_posix::open_for_writing(path, O_TRUNC); }
result<descriptor> append_file(const std::string& path) { return files_posix::open_for_writing(path, O_APPEND); }

result<descriptor> open_file(const std::string& path) {
    descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return last_error("read", path);
    struct stat about {};
    if (::fstat(file.native(), &about) == 0 && S_ISDIR(about.st_mode)) return error{"read", EISDIR, path};
    return file;
}

result<std::size_t> read_some(const descriptor& file, char* to, std::size_t size, const std::string& path) {
    while (true) {
        const ssize_t got = ::read(file.native(), to, size);
        if (got >= 0) return static_cast<std::size_t>(got);
        if (errno != EINTR) return last_error("read", path);
    }
}

bool can_be_read_again(const descriptor& file) {
    struct stat about {};
    return ::fstat(file.native(), &about) == 0 && S_ISREG(about.st_mode);
}

std::string temp_root() {
    for (const char* variable : {"TEST_TMPDIR", "TMPDIR"}) {
        const char* value = ::getenv(variable);
        if (value != nullptr && *value != '\0') return value;
    }
    return "/tmp";
}

result<bool> make_new_folder(const std::string& path) {
    if (::mkdir(path.c_str(), 0700) == 0) return true;
    if (errno == EEXIST) return false;
    return last_error("make a temporary folder", path);
}

vector<std::string> entries_of(const std::string& path, std::size_t most) {
    vector<std::string> names;
    DIR* entries = ::opendir(path.c_str());
    if (entries == nullptr) return names;
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view name = entry->d_name;
        if (name != "." && name != ".." && names.size() < most) names.emplace_back(name);
    }
    ::closedir(entries);
    std::sort(names.begin(), names.end());
    return names;
}

namespace files_posix {

int error_copy = -1;  ///< what write_standard_error() writes to, once it has

bool remove_tree(int parent, const char* name) {
    if (::unlinkat(parent, name, 0) == 0 || errno == ENOENT) return true;
    int folder = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder < 0 && errno == EACCES && ::fchmodat(parent, name, 0700, 0) == 0) {
        folder = ::openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    }
    if (folder < 0) return false;
    ::fchmod(folder, 0700);
    DIR* entries = ::fdopendir(folder);
    if (entries == nullptr) {
        ::close(folder);
        return false;
    }
    while (const struct dirent* entry = ::readdir(entries)) {
        const std::string_view child = entry->d_name;
        if (child != "." && child != "..") remove_tree(folder, entry->d_name);
    }
    ::closedir(entries);
    return ::unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

}  // namespace files_posix

status remove_folder(const std::string& path) {
    if (!files_posix::remove_tree(AT_FDCWD, path.c_str())) return last_error("remove", path);
    return ok();
}

const descriptor& standard_output() {
    static const descriptor kept(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    return kept;
}

status write_standard_output(std::string_view bytes) {
    if (!standard_output()) return error{"write to standard output", EBADF, {}};
    return write_all(standard_output(), bytes);
}

bool is_broken_pipe(const error& failure) { return failure.code == EPIPE; }

void write_standard_error(std::string_view bytes) {
    static const descriptor kept(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private()));
    files_posix::error_copy = kept.native();
    static_cast<void>(static_cast<bool>(write_all(kept, bytes)));
}

std::uint32_t terminal_width() {
    if (::isatty(STDOUT_FILENO) == 0) return 0;
    struct winsize size {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
    return 80;
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/machine.posix.hpp ----

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace cordon::engine::os {

std::string system_name() {
    struct utsname about {};
    if (::uname(&about) != 0) return "unknown";
    std::string name = about.sysname;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return name;
}

std::string architecture() {
    struct utsname about {};
    return ::uname(&about) == 0 ? about.machine : "unknown";
}

std::string wall_clock_utc() {
    struct timeval moment {};
    ::gettimeofday(&moment, nullptr);
    struct tm parts {};
    ::gmtime_r(&moment.tv_sec, &parts);
    char text[40];
    const std::size_t length = ::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(text + length, sizeof text - length, ".%03dZ", static_cast<int>(moment.tv_usec / 1000));
    return text;
}

std::uint64_t entropy() {
    struct timespec moment {};
    ::clock_gettime(CLOCK_REALTIME, &moment);
    auto state = static_cast<std::uint64_t>(moment.tv_nsec) ^ (static_cast<std::uint64_t>(moment.tv_sec) << 30) ^
                 (static_cast<std::uint64_t>(::getpid()) << 48);
    state ^= reinterpret_cast<std::uintptr_t>(&moment);  // address randomisation
    state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    state = (state ^ (state >> 27)) * 0x94D049BB133111EBu;
    return state ^ (state >> 31);
}

void limit_memory(std::uint64_t bytes) {
    static struct rlimit before {};
    static const bool known = ::getrlimit(RLIMIT_AS, &before) == 0;
    if (!known) return;
    struct rlimit limit = before;
    if (bytes != 0) limit.rlim_cur = std::min<rlim_t>(limit.rlim_cur, bytes);
    ::setrlimit(RLIMIT_AS, &limit);
}

namespace machine_posix {

std::string file_identity(const char* path) {
    struct stat about {};
    if (::stat(path, &about) != 0) return "unknown";
    char text[64];
    std::snprintf(text, sizeof text, "file-%llx-%llx", static_cast<unsigned long long>(about.st_size),
                  static_cast<unsigned long long>(about.st_mtime));
    return text;
}

}  // namespace machine_posix

}  // namespace cordon::engine::os

// ---- cordon/engine/os/own_state.posix.hpp ----

// ---- cordon/engine/os/process.posix.hpp ----

#include <cxxabi.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <typeinfo>

extern "C" char** environ;

namespace cordon::engine::os {

namespace process_posix {

duration as_duration(const struct timeval& value) {
    return std::chrono::seconds(value.tv_sec) + std::chrono::microseconds(value.tv_usec);
}

process_end describe_end(int state, const struct rusage& used) {
    process_end end;
    end.by_signal = WIFSIGNALED(state);
    end.code = end.by_signal ? WTERMSIG(state) : WEXITSTATUS(state);
    end.user = as_duration(used.ru_utime);
    end.system = as_duration(used.ru_stime);
    end.max_rss_bytes = static_cast<std::uint64_t>(used.ru_maxrss) * 1024;
    end.minor_faults = static_cast<std::uint64_t>(used.ru_minflt);
    end.major_faults = static_cast<std::uint64_t>(used.ru_majflt);
    end.voluntary_switches = static_cast<std::uint64_t>(used.ru_nvcsw);
    end.involuntary_switches = static_cast<std::uint64_t>(used.ru_nivcsw);
    return end;
}

// Never destroyed, like all that lives as long as the process: a destructor is run, and paid for, by each test process.
vector<std::string>& remembered_arguments() {
    static auto* only = new vector<std::string>;
    return *only;
}

vector<char*> pointers(const vector<std::string>& texts) {
    vector<char*> out;
    out.reserve(texts.size() + 1);
    for (const std::string& text : texts) {
        out.push_back(const_cast<char*>(text.c_str()));
    }
    out.push_back(nullptr);
    return out;
}

// Between fork and exec: only calls that are safe there.
[[noreturn]] void become(const spawn_request& request, char** passed_arguments, char** variables) {
    if (request.new_group) ::setpgid(0, 0);
    restore_signals();
    if (request.empty_input) empty_standard_input();
    if (request.fixed_addresses) fix_addresses();
    if (request.output >= 0) ::dup2(request.output, STDOUT_FILENO);
    if (request.errors >= 0) ::dup2(request.errors, STDERR_FILENO);
    for (const int kept : request.inherited) {
        ::fcntl(kept, F_SETFD, 0);
    }
    execute_self(passed_arguments, variables);
    const char* why = ::strerror(errno);
    const char* told = "cordon: this program can not be executed again: ";
    if (::write(STDERR_FILENO, told, ::strlen(told)) < 0 || ::write(STDERR_FILENO, why, ::strlen(why)) < 0)
        ::_exit(126);
    ::_exit(127);
}

}  // namespace process_posix

status find_self(int argc, const char* const* argv) {
    process_posix::remembered_arguments().assign(argv, argv + argc);
    return find_self_file(argc > 0 ? argv[0] : "");
}

const vector<std::string>& own_arguments() { return process_posix::remembered_arguments(); }

CORDON_HOT process_id own_process_id() { return ::getpid(); }
process_id parent_process_id() { return ::getppid(); }

CORDON_HOT result<process_id> fork_process() {
    const pid_t made = ::fork();
    if (made < 0) return last_error("start a process (fork)");
    return static_cast<process_id>(made);
}

CORDON_HOT void lead_own_group(process_id process) {
    ::setpgid(static_cast<pid_t>(process), static_cast<pid_t>(process));
}
void ask_group_to_end(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGTERM); }
void kill_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGKILL); }
bool leads_own_group(process_id process) {
    return ::getpgid(static_cast<pid_t>(process)) == static_cast<pid_t>(process);
}
void kill_process(process_id process) { ::kill(static_cast<pid_t>(process), SIGKILL); }

std::optional<process_end> reap_only(process_id child) {
    int state = 0;
    if (::waitpid(static_cast<pid_t>(child), &state, WNOHANG) != static_cast<pid_t>(child)) return std::nullopt;
    return process_posix::describe_end(state, {});
}

process_end wait_for_end(process_id child) {
    int state = 0;
    while (::waitpid(static_cast<pid_t>(child), &state, 0) < 0 && errno == EINTR) {
    }
    return process_posix::describe_end(state, {});
}

void leave_now(int code) { ::_exit(code); }

result<process_id> spawn_self(const spawn_request& request) {
    vector<char*> arguments = process_posix::pointers(request.arguments);
    vector<char*> variables = process_posix::pointers(request.environment);
    const pid_t made = ::fork();
    if (made < 0) return last_error("start a worker (fork)");
    if (made == 0) process_posix::become(request, arguments.data(), variables.data());
    if (request.new_group) ::setpgid(made, made);
    return static_cast<process_id>(made);
}

// Any text that is not empty means yes; this one tells ours from the user's.
std::string link_eagerly() { return "LD_BIND_NOW=cordon"; }

void forget_link_eagerly() {
    const char* value = ::getenv("LD_BIND_NOW");
    if (value != nullptr && ::strcmp(value, "cordon") == 0) ::unsetenv("LD_BIND_NOW");
}

CORDON_HOT void redirect_output(const descriptor& out, const descriptor& err) {
    ::dup2(out.native(), STDOUT_FILENO);
    ::dup2(err.native(), STDERR_FILENO);
}

void empty_standard_input() {
    const int none = ::open("/dev/null", O_RDONLY);
    if (none > 0) {
        ::dup2(none, STDIN_FILENO);
        ::close(none);
    }
}

vector<std::string> environment() {
    vector<std::string> all;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        all.emplace_back(*each);
    }
    return all;
}

void put_environment(char* assignment) { ::putenv(assignment); }

void pause_briefly() {
    struct timespec pause {};
    pause.tv_nsec = 50'000;
    ::nanosleep(&pause, nullptr);
}

void print_line_by_line() { ::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ); }

void flush_standard_streams() {
    ::fflush(stdout);
    ::fflush(stderr);
}

std::string current_exception_type() {
    const std::type_info* type = abi::__cxa_current_exception_type();
    if (type == nullptr) return {};
    int failed = 0;
    char* readable = abi::__cxa_demangle(type->name(), nullptr, nullptr, &failed);
    std::string name = failed == 0 ? readable : type->name();
    ::free(readable);
    const bool is_string =
        name.rfind("std::", 0) == 0 &&
        name.find("basic_string<char, std::char_traits<char>, std::allocator<char> >") != std::string::npos;
    return is_string ? "std::string" : name;
}

void set_environment(const std::string& name, const std::string& value) { ::setenv(name.c_str(), value.c_str(), 1); }
void unset_environment(const std::string& name) { ::unsetenv(name.c_str()); }

}  // namespace cordon::engine::os

// ---- cordon/engine/os/signal.posix.hpp ----

#include <pthread.h>
#include <signal.h>
#include <string.h>

namespace cordon::engine::os {

namespace signal_posix {

volatile sig_atomic_t child_ended = 0;
volatile sig_atomic_t cancelled_by = 0;
volatile sig_atomic_t cancellations = 0;
sigset_t original;
bool original_known = false;
struct sigaction pipe_before {};
bool pipe_ignored = false;

pthread_t waiting_thread;  // the one that calls wait_for()

// A thread that the user's program has started may get the signal while the one that waits holds it back: noted there,
// it would wake nobody up.
bool pass_on(int number) {
    if (::pthread_equal(::pthread_self(), waiting_thread) != 0) return false;
    ::pthread_kill(waiting_thread, number);
    return true;
}

extern "C" void cordon_note_child(int number) {
    if (!pass_on(number)) child_ended = 1;
}
extern "C" void cordon_note_cancellation(int number) {
    if (pass_on(number)) return;
    cancelled_by = number;
    cancellations = cancellations + 1;
}

constexpr int cancelling[] = {SIGINT, SIGTERM, SIGHUP};

void install(int number, void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = number == SIGCHLD ? SA_NOCLDSTOP : 0;
    sigfillset(&action.sa_mask);
    ::sigaction(number, &action, nullptr);
}

struct name_and_meaning {
    int number;
    std::string_view name;
    std::string_view meaning;
};

constexpr name_and_meaning table[] = {
    {SIGABRT, "SIGABRT", "abort"},
    {SIGALRM, "SIGALRM", "alarm clock"},
    {SIGBUS, "SIGBUS", "access to memory that is not there"},
    {SIGCHLD, "SIGCHLD", "a child ended"},
    {SIGCONT, "SIGCONT", "continue"},
    {SIGFPE, "SIGFPE", "arithmetic error"},
    {SIGHUP, "SIGHUP", "terminal closed"},
    {SIGILL, "SIGILL", "illegal instruction"},
    {SIGINT, "SIGINT", "interrupt"},
    {SIGKILL, "SIGKILL", "killed; on Linux often for lack of memory"},
    {SIGPIPE, "SIGPIPE", "write to a closed pipe"},
    {SIGQUIT, "SIGQUIT", "quit"},
    {SIGSEGV, "SIGSEGV", "invalid memory reference"},
    {SIGSTOP, "SIGSTOP", "stopped"},
    {SIGSYS, "SIGSYS", "forbidden system call"},
    {SIGTERM, "SIGTERM", "asked to end"},
    {SIGTRAP, "SIGTRAP", "breakpoint or trap"},
    {SIGTSTP, "SIGTSTP", "stopped from the terminal"},
    {SIGTTIN, "SIGTTIN", "terminal input in the background"},
    {SIGTTOU, "SIGTTOU", "terminal output in the background"},
    {SIGURG, "SIGURG", "urgent socket data"},
    {SIGUSR1, "SIGUSR1", "user signal 1"},
    {SIGUSR2, "SIGUSR2", "user signal 2"},
    {SIGXCPU, "SIGXCPU", "over its CPU time limit"},
    {SIGXFSZ, "SIGXFSZ", "over its file size limit"},
};

const name_and_meaning* find(int number) {
    for (const name_and_meaning& entry : table) {
        if (entry.number == number) return &entry;
    }
    return nullptr;
}

}  // namespace signal_posix

void watch_children() { signal_posix::install(SIGCHLD, signal_posix::cordon_note_child); }

void watch_cancellation() {
    for (const int number : signal_posix::cancelling) {
        struct sigaction before {};
        ::sigaction(number, nullptr, &before);
        // What the caller chose to ignore (nohup) stays ignored.
        if (before.sa_handler != SIG_IGN) signal_posix::install(number, signal_posix::cordon_note_cancellation);
    }
}

void ignore_broken_pipes() {
    ::sigaction(SIGPIPE, nullptr, &signal_posix::pipe_before);
    signal_posix::pipe_ignored = true;
    signal_posix::install(SIGPIPE, SIG_IGN);
}

void hold_back_signals() {
    signal_posix::waiting_thread = ::pthread_self();
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGCHLD);
    for (const int number : signal_posix::cancelling) {
        sigaddset(&held, number);
    }
    sigset_t before;
    ::sigprocmask(SIG_BLOCK, &held, &before);
    if (!signal_posix::original_known) {
        signal_posix::original = before;
        signal_posix::original_known = true;
    }
}

bool take_child_ended() {
    const bool ended = signal_posix::child_ended != 0;
    signal_posix::child_ended = 0;
    return ended;
}

int take_cancellation(int& count) {
    const int number = signal_posix::cancelled_by;
    signal_posix::cancelled_by = 0;
    count = signal_posix::cancellations;
    return number;
}

CORDON_HOT void restore_signals() {
    struct sigaction standard {};  // SIG_DFL, nothing masked
    ::sigaction(SIGCHLD, &standard, nullptr);
    if (signal_posix::pipe_ignored) ::sigaction(SIGPIPE, &signal_posix::pipe_before, nullptr);
    ::sigprocmask(SIG_SETMASK, &signal_posix::original, nullptr);
}

std::string_view signal_name(int number) {
    const auto* entry = signal_posix::find(number);
    return entry ? entry->name : std::string_view("unknown signal");
}

std::string_view signal_meaning(int number) {
    const auto* entry = signal_posix::find(number);
    return entry ? entry->meaning : std::string_view();
}

}  // namespace cordon::engine::os

#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <string_view>

namespace cordon::engine::os {

namespace own_state_posix {

constexpr int first_descriptor = 3;
// Asked for in one call. The quick look makes one, the thorough one as many as it takes for a thousand descriptors.
constexpr int chunk = 61;
constexpr int end_of_thorough = 1024;
#if defined(_NSIG)
constexpr int end_of_signals = _NSIG;
#else
constexpr int end_of_signals = 32;
#endif

// What programs commonly handle or ignore.
constexpr int common_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE, SIGALRM, SIGCHLD, SIGUSR1, SIGUSR2};

/// Where a signal goes: a function, the default, or nowhere.
using signal_way = void (*)(int);

struct thread_entry {
    std::int64_t id;
    std::string name;
};

struct remembered_state {
    attention how = attention::quick;
    int looked_at = 0;           ///< number of descriptors, from first_descriptor on
    vector<std::uint64_t> open;  ///< of those, chunk by chunk, a bit for each
    vector<int> all_open;        ///< descriptors, rising
    vector<thread_entry> threads;
    dev_t device = 0;  ///< of the working folder
    ino_t node = 0;
    std::string folder;
    mode_t mask = 0;
    std::string locale;
    const char* locale_text = nullptr;  ///< where the C library keeps the name: changed with the locale
    sigset_t blocked;
    signal_way ways[end_of_signals] = {};
    vector<std::string> environment;
};

CORDON_HOT remembered_state& remembered() {
    static auto* only = new remembered_state;  // never destroyed
    return *only;
}

// ---- descriptors ----

/// Which of `count` descriptors from `first` on are open, a bit for each. All bits: the system would not say.
CORDON_HOT std::uint64_t open_among(int first, int count) {
    // One call for all: a question for each would cost more than everything else together. No events: nothing waits.
    struct pollfd each[chunk];
    for (int i = 0; i < count; ++i) {
        each[i].fd = first + i;
        each[i].events = 0;
        each[i].revents = 0;
    }
    if (::poll(each, static_cast<nfds_t>(count), 0) < 0) return ~std::uint64_t{0};
    std::uint64_t open = 0;
    for (int i = 0; i < count; ++i) {
        if ((each[i].revents & POLLNVAL) == 0) open |= std::uint64_t{1} << i;
    }
    return open;
}

CORDON_HOT bool has_new_descriptors(const remembered_state& before) {
    for (int done = 0; done < before.looked_at; done += chunk) {
        const std::uint64_t open = open_among(first_descriptor + done, std::min(chunk, before.looked_at - done));
        if ((open & ~before.open[static_cast<std::size_t>(done / chunk)]) != 0) return true;
    }
    return false;
}

void remember_descriptors(remembered_state& state) {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const int most = state.how == attention::quick ? first_descriptor + chunk : end_of_thorough;
    state.looked_at = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, static_cast<rlim_t>(most))) - first_descriptor;
    state.open.clear();
    for (int done = 0; done < state.looked_at; done += chunk) {
        state.open.push_back(open_among(first_descriptor + done, std::min(chunk, state.looked_at - done)));
    }
}

/// Defined for each system: all open descriptors from first_descriptor on, rising.
vector<int> open_descriptors();
/// Where a descriptor leads to; empty where the system does not tell.
std::string target_of(int descriptor);

void describe_descriptors(vector<leftover>& to) {
    const vector<int>& before = remembered().all_open;
    std::size_t count = 0;
    for (const int each : open_descriptors()) {
        // The one that cordon's own messages go to is made when the first of them is written.
        if (std::binary_search(before.begin(), before.end(), each) || each == files_posix::error_copy) continue;
        if (++count > leftovers::most_kept) return;
        const std::string target = target_of(each);
        to.push_back({leftover_kind::descriptor, std::to_string(each) + (target.empty() ? "" : " (" + target + ")")});
    }
}

// ---- threads; defined for each system ----

bool has_new_threads();
vector<thread_entry> threads_now();

void describe_threads(vector<leftover>& to) {
    const vector<thread_entry>& before = remembered().threads;
    for (const thread_entry& each : threads_now()) {
        const auto same = [&](const thread_entry& known) { return known.id == each.id; };
        if (each.id == own_process_id() || std::any_of(before.begin(), before.end(), same)) continue;
        to.push_back({leftover_kind::thread, each.name + " (" + std::to_string(each.id) + ")"});
        if (to.size() > leftovers::most_kept) return;
    }
}

// ---- working folder, umask, locale ----

CORDON_HOT bool is_elsewhere(const remembered_state& before) {
    const char here[] = {'.', '\0'};  // a literal would be one more page to touch
    struct stat about;
    return ::stat(here, &about) != 0 || about.st_ino != before.node || about.st_dev != before.device;
}

std::string working_folder() {
    char path[PATH_MAX];
    return ::getcwd(path, sizeof path) != nullptr ? path : "a folder that was removed";
}

CORDON_HOT mode_t current_mask() {
    const mode_t mask = ::umask(077);
    ::umask(mask);
    return mask;
}

std::string octal(mode_t mask) {
    std::string text = "0";
    for (int shift = 6; shift >= 0; shift -= 3) {
        text += static_cast<char>('0' + ((mask >> shift) & 7));
    }
    return text;
}

CORDON_HOT const char* current_locale() {
    const char* name = ::setlocale(LC_ALL, nullptr);
    return name != nullptr ? name : "";
}

// ---- environment ----

CORDON_HOT std::uint64_t environment_print() {
    std::uint64_t print = 14695981039346656037u;
    for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
        print = (print ^ reinterpret_cast<std::uintptr_t>(*each)) * 1099511628211u;
    }
    return print;
}

std::string_view variable_name(std::string_view assignment) { return assignment.substr(0, assignment.find('=')); }

bool is_own_variable(std::string_view name) { return name == "TEST_TMPDIR" || name.rfind("CORDON_", 0) == 0; }

const std::string* find_variable(const vector<std::string>& among, std::string_view name) {
    for (const std::string& each : among) {
        if (variable_name(each) == name) return &each;
    }
    return nullptr;
}

void describe_environment(vector<leftover>& to) {
    const vector<std::string>& before = remembered().environment;
    const vector<std::string> now = environment();
    const auto add = [&](std::string_view name, const char* how) {
        if (!is_own_variable(name)) to.push_back({leftover_kind::environment, std::string(name) + how});
    };
    for (const std::string& each : now) {
        const std::string* known = find_variable(before, variable_name(each));
        if (known == nullptr) {
            add(variable_name(each), " was set");
        } else if (*known != each) {
            add(variable_name(each), " was changed");
        }
    }
    for (const std::string& each : before) {
        if (find_variable(now, variable_name(each)) == nullptr) add(variable_name(each), " was taken out");
    }
}

// ---- signals ----

CORDON_HOT signal_way way_of(int signal) {
    struct sigaction now;
    return ::sigaction(signal, nullptr, &now) == 0 ? now.sa_handler : SIG_DFL;
}

CORDON_HOT bool is_blocked_otherwise(const remembered_state& before) {
    sigset_t now;
    // The system, and sigemptyset() too, write only as much of it as there are signals.
    ::memset(&now, 0, sizeof now);
    return ::sigprocmask(SIG_BLOCK, nullptr, &now) == 0 && ::memcmp(&now, &before.blocked, sizeof now) != 0;
}

CORDON_HOT bool are_signals_changed(const remembered_state& before) {
    if (is_blocked_otherwise(before)) return true;
    if (before.how == attention::quick) {
        for (const int signal : common_signals) {
            if (way_of(signal) != before.ways[signal]) return true;
        }
        return false;
    }
    for (int signal = 1; signal < end_of_signals; ++signal) {
        if (way_of(signal) != before.ways[signal]) return true;
    }
    return false;
}

std::string signal_word(int signal) {
    const std::string_view name = signal_name(signal);
    return signal_posix::find(signal) != nullptr ? std::string(name) : "signal " + std::to_string(signal);
}

void describe_signals(vector<leftover>& to) {
    const remembered_state& before = remembered();
    sigset_t blocked;
    sigemptyset(&blocked);
    ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    for (int signal = 1; signal < end_of_signals; ++signal) {
        const signal_way way = way_of(signal);
        if (way != before.ways[signal]) {
            const char* how = way == SIG_IGN ? " is ignored" : way == SIG_DFL ? " is not handled" : " is handled";
            to.push_back({leftover_kind::signal, signal_word(signal) + how});
        }
        if (::sigismember(&blocked, signal) != ::sigismember(&before.blocked, signal)) {
            const char* how = ::sigismember(&blocked, signal) == 1 ? " is blocked" : " is not blocked";
            to.push_back({leftover_kind::signal, signal_word(signal) + how});
        }
    }
}

// As restore_signals() will leave them.
void remember_signals(remembered_state& state) {
    for (int signal = 1; signal < end_of_signals; ++signal) {
        state.ways[signal] = way_of(signal);
    }
    if (way_of(SIGCHLD) == signal_posix::cordon_note_child) state.ways[SIGCHLD] = SIG_DFL;
    if (signal_posix::pipe_ignored) state.ways[SIGPIPE] = signal_posix::pipe_before.sa_handler;
    sigset_t blocked = signal_posix::original;
    if (!signal_posix::original_known) ::sigprocmask(SIG_BLOCK, nullptr, &blocked);
    ::memset(&state.blocked, 0, sizeof state.blocked);
    for (int signal = 1; signal < end_of_signals; ++signal) {
        if (::sigismember(&blocked, signal) == 1) ::sigaddset(&state.blocked, signal);
    }
}

constexpr std::uint32_t bit(leftover_kind kind) { return 1u << static_cast<unsigned>(kind); }

}  // namespace own_state_posix

void remember_state(attention how) {
    using namespace own_state_posix;
    remembered_state& state = remembered();
    state.how = how;
    remember_descriptors(state);
    state.all_open = open_descriptors();
    state.threads = threads_now();
    struct stat about {};
    ::stat(".", &about);
    state.device = about.st_dev;
    state.node = about.st_ino;
    state.folder = working_folder();
    state.mask = current_mask();
    state.locale_text = current_locale();
    state.locale = state.locale_text;
    state.environment = environment();
    remember_signals(state);
}

void remember_state_again() { remember_state(own_state_posix::remembered().how); }

CORDON_HOT state_mark mark_state() { return {own_state_posix::environment_print()}; }

CORDON_HOT std::uint32_t changed_state(const state_mark& since) {
    using namespace own_state_posix;
    const remembered_state& before = remembered();
    std::uint32_t kinds = 0;
    if (has_new_threads()) kinds |= bit(leftover_kind::thread);
    if (has_new_descriptors(before)) kinds |= bit(leftover_kind::descriptor);
    if (is_elsewhere(before)) kinds |= bit(leftover_kind::working_folder);
    if (current_mask() != before.mask) kinds |= bit(leftover_kind::umask);
    if (before.locale_text != current_locale()) kinds |= bit(leftover_kind::locale);
    if (environment_print() != since.environment) kinds |= bit(leftover_kind::environment);
    if (are_signals_changed(before)) kinds |= bit(leftover_kind::signal);
    return kinds;
}

void describe_changes(std::uint32_t kinds, vector<leftover>& to) {
    using namespace own_state_posix;
    const remembered_state& before = remembered();
    const auto has = [kinds](leftover_kind kind) { return (kinds & bit(kind)) != 0; };
    if (has(leftover_kind::thread)) describe_threads(to);
    if (has(leftover_kind::descriptor)) describe_descriptors(to);
    if (has(leftover_kind::working_folder))
        to.push_back({leftover_kind::working_folder, working_folder() + " (was " + before.folder + ")"});
    if (has(leftover_kind::umask))
        to.push_back({leftover_kind::umask, octal(current_mask()) + " (was " + octal(before.mask) + ")"});
    if (has(leftover_kind::locale) && before.locale != current_locale())
        to.push_back({leftover_kind::locale, std::string(current_locale()) + " (was " + before.locale + ")"});
    if (has(leftover_kind::environment)) describe_environment(to);
    if (has(leftover_kind::signal)) describe_signals(to);
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/shared_memory.posix.hpp ----

#include <sys/mman.h>
#include <sys/stat.h>

namespace cordon::engine::os {

namespace shared_memory_posix {

result<void*> map(const descriptor& object, std::size_t size) {
    void* address = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_SHARED, object.native(), 0);
    if (address == MAP_FAILED) return last_error("map shared memory");
    return address;
}

}  // namespace shared_memory_posix

result<shared_memory> shared_memory::create(std::size_t size) {
    result<descriptor> object = make_memory_object(size);
    if (!object) return object.failure();
    const result<void*> address = shared_memory_posix::map(object.value(), size);
    if (!address) return address.failure();
    shared_memory made;
    made.object_ = std::move(object.value());
    made.address_ = address.value();
    made.size_ = size;
    return made;
}

result<shared_memory> shared_memory::attach(descriptor object, std::size_t size) {
    struct stat about {};
    if (::fstat(object.native(), &about) != 0 || static_cast<std::size_t>(about.st_size) < size) {
        return error{"attach shared memory", 0, "it is smaller than this program's layout"};
    }
    const result<void*> address = shared_memory_posix::map(object, size);
    if (!address) return address.failure();
    shared_memory made;
    made.object_ = std::move(object);
    made.address_ = address.value();
    made.size_ = size;
    return made;
}

shared_memory::shared_memory(shared_memory&& other) noexcept
    : object_(std::move(other.object_)),
      address_(std::exchange(other.address_, nullptr)),
      size_(std::exchange(other.size_, 0)) {}

shared_memory& shared_memory::operator=(shared_memory&& other) noexcept {
    std::swap(object_, other.object_);
    std::swap(address_, other.address_);
    std::swap(size_, other.size_);
    return *this;
}

shared_memory::~shared_memory() {
    if (address_ != nullptr) ::munmap(address_, size_);
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/surroundings.posix.hpp ----

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::engine::os {

status be_nice(std::uint32_t niceness) {
    if (::setpriority(PRIO_PROCESS, 0, static_cast<int>(niceness)) == 0) return ok();
    return last_error("lower the priority");
}

status limit_open_files(std::uint32_t count) {
    struct rlimit limit {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return last_error("read the limit of open files");
    limit.rlim_cur = count;
    if (::setrlimit(RLIMIT_NOFILE, &limit) == 0) return ok();
    return last_error("limit open files");
}

status change_folder(const std::string& path) {
    if (::chdir(path.c_str()) == 0) return ok();
    return last_error("change to the folder", path);
}

void set_file_mask(std::uint32_t mask) { ::umask(static_cast<mode_t>(mask)); }

void stop_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGSTOP); }
void continue_group(process_id leader) { ::kill(-static_cast<pid_t>(leader), SIGCONT); }

namespace surroundings_posix {

[[noreturn]] void keep_busy(process_id parent) {
    die_with_parent(parent);
    volatile unsigned long work = 0;
    while (true) {
        for (int i = 0; i < 10'000'000; ++i)
            work = work + 1;
        if (!can_die_with_parent() && ::getppid() != static_cast<pid_t>(parent)) ::_exit(0);
    }
}

}  // namespace surroundings_posix

busy_processes::busy_processes(std::uint32_t count) {
    const process_id self = own_process_id();
    for (std::uint32_t i = 0; i < count; ++i) {
        const result<process_id> made = fork_process();
        if (!made) return;
        if (made.value() == 0) surroundings_posix::keep_busy(self);
        running_.push_back(made.value());
    }
}

busy_processes::~busy_processes() {
    for (const process_id each : running_)
        kill_process(each);
    for (const process_id each : running_)
        wait_for_end(each);
}

}  // namespace cordon::engine::os
#if defined(__linux__) && !defined(CORDON_CONFIG_PORTABLE_POSIX)

// ---- cordon/engine/os/lineage.linux.hpp ----

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>

namespace cordon::engine::os {

namespace lineage_linux {

// The running file itself, not its name: a rebuild during the run must not mix old and new code.
int self_file = -1;
std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

// Children of this process, from the kernel's list; empty when /proc is not there.
vector<pid_t> children() {
    vector<pid_t> found;
    char path[64];
    const auto own = static_cast<int>(::getpid());
    ::snprintf(path, sizeof path, "/proc/self/task/%d/children", own);
    FILE* list = ::fopen(path, "re");
    if (list == nullptr) return found;
    int child = 0;
    while (::fscanf(list, "%d", &child) == 1) {
        found.push_back(child);
    }
    ::fclose(list);
    return found;
}

bool any_child() {
    siginfo_t about{};
    return ::waitid(P_ALL, 0, &about, WEXITED | WNOHANG | WNOWAIT) == 0;
}

std::string contents_of(const std::string& path, std::size_t most) {
    FILE* file = ::fopen(path.c_str(), "re");
    if (file == nullptr) return {};
    std::string text(most, '\0');
    text.resize(::fread(&text[0], 1, most, file));
    ::fclose(file);
    return text;
}

/// What the kernel's line about a process or thread says of it.
struct process_glimpse {
    bool known = false;
    bool is_ending = false;  ///< dead, or so far on its way out that it runs nothing of its own any more
    std::string name;
};

process_glimpse glimpse_of(const std::string& stat_path) {
    constexpr unsigned exiting = 4;  // PF_EXITING, in <linux/sched.h> of the kernel
    const std::string line = contents_of(stat_path, 1024);
    const std::size_t open = line.find('(');
    const std::size_t close = line.rfind(')');
    if (open == std::string::npos || close == std::string::npos) return {};
    char state = 0;
    unsigned flags = 0;
    if (::sscanf(line.c_str() + close + 1, " %c %*d %*d %*d %*d %*d %u", &state, &flags) != 2) return {};
    return {true, state == 'Z' || state == 'X' || (flags & exiting) != 0, line.substr(open + 1, close - open - 1)};
}

// It has been killed, or has ended, and only has not been waited for.
bool is_ending(pid_t process) {
    const std::string folder = "/proc/" + std::to_string(process);
    const process_glimpse seen = glimpse_of(folder + "/stat");
    if (!seen.known || seen.is_ending) return true;
    const std::string status = contents_of(folder + "/status", 4096);
    for (const char* pending : {"SigPnd:", "ShdPnd:"}) {
        const std::size_t at = status.find(pending);
        if (at == std::string::npos) continue;
        if ((::strtoull(status.c_str() + at + 7, nullptr, 16) >> (SIGKILL - 1) & 1) != 0) return true;
    }
    return false;
}

bool runs_this_program(pid_t process) {
    struct stat own {};
    struct stat other {};
    const std::string path = "/proc/" + std::to_string(process) + "/exe";
    return ::stat("/proc/self/exe", &own) == 0 && ::stat(path.c_str(), &other) == 0 && own.st_ino == other.st_ino &&
           own.st_dev == other.st_dev;
}

/// Its command line, as far as it is of use: a copy of the test's process has that of the run.
std::string describe_process(pid_t process) {
    const std::string id = std::to_string(process);
    std::string command =
        runs_this_program(process) ? std::string() : contents_of("/proc/" + id + "/cmdline", leftovers::longest_text);
    if (command.empty()) return "a copy of the test's process (" + id + ")";
    while (!command.empty() && command.back() == '\0') {
        command.pop_back();
    }
    std::replace(command.begin(), command.end(), '\0', ' ');
    return command + " (" + id + ")";
}

// Ends every remaining child, and what those leave behind, which the kernel hands to us. Returns how many were running;
// `commands` says what the first of them were.
std::uint32_t end_survivors(vector<std::string>& commands) {
    std::uint32_t alive = 0;
    while (any_child()) {
        int state = 0;
        while (::waitpid(-1, &state, WNOHANG) > 0) {
        }
        const vector<pid_t> left = children();
        if (left.empty()) break;
        // Told before the first is killed: one may end because another one did.
        for (const pid_t each : left) {
            if (is_ending(each)) continue;
            ++alive;
            if (commands.size() < leftovers::most_kept) commands.push_back(describe_process(each));
        }
        for (const pid_t each : left) {
            ::kill(each, SIGKILL);
        }
        for (const pid_t each : left) {
            ::waitpid(each, &state, 0);
        }
    }
    return alive;
}

}  // namespace lineage_linux

CORDON_HOT bool can_die_with_parent() { return true; }

CORDON_HOT void die_with_parent(process_id parent) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != static_cast<pid_t>(parent)) ::_exit(0);
}

void adopt_orphans() { ::prctl(PR_SET_CHILD_SUBREAPER, 1); }

std::optional<process_end> reap(process_id child) {
    int state = 0;
    struct rusage used {};
    if (::wait4(static_cast<pid_t>(child), &state, WNOHANG, &used) != static_cast<pid_t>(child)) return std::nullopt;
    process_end end = process_posix::describe_end(state, used);
    if (lineage_linux::any_child()) end.survivors = lineage_linux::end_survivors(end.survivor_commands);
    return end;
}

std::uint32_t end_orphans() {
    vector<std::string> commands;
    return lineage_linux::any_child() ? lineage_linux::end_survivors(commands) : 0;
}

void execute_self(char** arguments, char** variables) {
    if (lineage_linux::self_file >= 0) ::fexecve(lineage_linux::self_file, arguments, variables);
    ::execve(lineage_linux::self_name().c_str(), arguments, variables);
}

status find_self_file(const char* argv0) {
    lineage_linux::self_name() = argv0;
    lineage_linux::self_file = ::open("/proc/self/exe", O_PATH | O_CLOEXEC);
    if (lineage_linux::self_file >= 0) {
        const int high = ::fcntl(lineage_linux::self_file, F_DUPFD_CLOEXEC, descriptor_posix::lowest_private());
        if (high >= 0) {
            ::close(lineage_linux::self_file);
            lineage_linux::self_file = high;
        }
        return ok();
    }
    char* real = ::realpath(argv0, nullptr);
    if (real == nullptr) return last_error("find this program's own file", lineage_linux::self_name());
    lineage_linux::self_name() = real;
    ::free(real);
    return ok();
}

const std::string& self_path() { return lineage_linux::self_name(); }

void name_process_after_program() {
    const std::string& path = lineage_linux::self_name();
    ::prctl(PR_SET_NAME, path.c_str() + path.rfind('/') + 1);
}

// A tracer that only watches (strace) is no reason to run otherwise than usual: the tracer's name decides.
bool under_debugger() {
    FILE* about = ::fopen("/proc/self/status", "re");
    if (about == nullptr) return false;
    char line[256];
    int tracer = 0;
    while (tracer == 0 && ::fgets(line, sizeof line, about) != nullptr) {
        if (::sscanf(line, "TracerPid: %d", &tracer) == 1) break;
    }
    ::fclose(about);
    if (tracer == 0) return false;
    char path[64];
    ::snprintf(path, sizeof path, "/proc/%d/comm", tracer);
    FILE* name = ::fopen(path, "re");
    if (name == nullptr) return true;
    const bool known = ::fgets(line, sizeof line, name) != nullptr;
    ::fclose(name);
    return !known || ::strncmp(line, "strace", 6) != 0;
}

std::uint32_t thread_count() {
    DIR* tasks = ::opendir("/proc/self/task");
    if (tasks == nullptr) return 0;
    std::uint32_t count = 0;
    while (const struct dirent* entry = ::readdir(tasks)) {
        if (entry->d_name[0] != '.') ++count;
    }
    ::closedir(tasks);
    return count;
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/machine.linux.hpp ----

#include <elf.h>
#include <link.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

namespace cordon::engine::os {

namespace machine_linux {

std::string first_line(const std::string& path) {
    FILE* file = ::fopen(path.c_str(), "re");
    if (file == nullptr) return {};
    char line[512] = {};
    const bool got = ::fgets(line, sizeof line, file) != nullptr;
    ::fclose(file);
    return got ? line : "";
}

// The group's path below the hierarchy that has `controller` ("" is version 2).
std::string group_of(const char* controller) {
    FILE* file = ::fopen("/proc/self/cgroup", "re");
    if (file == nullptr) return {};
    std::string found;
    char line[1024];
    while (::fgets(line, sizeof line, file) != nullptr) {
        char* names = ::strchr(line, ':');
        char* path = names != nullptr ? ::strchr(names + 1, ':') : nullptr;
        if (path == nullptr) continue;
        *path = '\0';
        path[::strcspn(path + 1, "\n") + 1] = '\0';
        const std::string padded = "," + std::string(names + 1) + ",";
        if (padded == std::string(",") + controller + "," ||
            (*controller != '\0' && padded.find(std::string(",") + controller + ",") != std::string::npos))
            found = path + 1;
    }
    ::fclose(file);
    return found;
}

double quota_v2(const std::string& folder) {
    const std::string line = first_line(folder + "/cpu.max");
    double quota = 0;
    double period = 0;
    return ::sscanf(line.c_str(), "%lf %lf", &quota, &period) == 2 && period > 0 ? quota / period : 0;
}

double quota_v1(const std::string& folder) {
    const double quota = ::atof(first_line(folder + "/cpu.cfs_quota_us").c_str());
    const double period = ::atof(first_line(folder + "/cpu.cfs_period_us").c_str());
    return quota > 0 && period > 0 ? quota / period : 0;
}

// The smallest quota from the group up to the root: an outer one holds as well.
double smallest_quota(const std::string& root, std::string group, double (*read)(const std::string&)) {
    double smallest = 0;
    while (true) {
        const double quota = read(root + group);
        if (quota > 0 && (smallest == 0 || quota < smallest)) smallest = quota;
        if (group.empty() || group == "/") return smallest;
        group.erase(group.rfind('/'));
    }
}

int take_build_id(struct dl_phdr_info* info, size_t, void* to) {
    auto& text = *static_cast<std::string*>(to);
    for (int i = 0; i < info->dlpi_phnum; ++i) {
        const auto& segment = info->dlpi_phdr[i];
        if (segment.p_type != PT_NOTE) continue;
        const char* at = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
        const char* end = at + segment.p_memsz;
        while (at + sizeof(ElfW(Nhdr)) <= end) {
            ElfW(Nhdr) note;
            ::memcpy(&note, at, sizeof note);
            const char* name = at + sizeof note;
            const char* body = name + ((note.n_namesz + 3u) & ~3u);
            if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == 4 && ::memcmp(name, "GNU", 4) == 0) {
                char hex[3];
                for (unsigned byte = 0; byte < note.n_descsz; ++byte) {
                    ::snprintf(hex, sizeof hex, "%02x", static_cast<unsigned char>(body[byte]));
                    text += hex;
                }
                return 1;
            }
            at = body + ((note.n_descsz + 3u) & ~3u);
        }
    }
    return 1;  // the first object is the program itself; libraries are of no interest
}

}  // namespace machine_linux

std::uint32_t usable_processors() {
    using namespace machine_linux;
    cpu_set_t allowed;
    CPU_ZERO(&allowed);
    double count = ::sched_getaffinity(0, sizeof allowed, &allowed) == 0
                       ? CPU_COUNT(&allowed)
                       : static_cast<double>(::sysconf(_SC_NPROCESSORS_ONLN));
    const double quotas[] = {smallest_quota("/sys/fs/cgroup", group_of(""), quota_v2),
                             smallest_quota("/sys/fs/cgroup/cpu", group_of("cpu"), quota_v1)};
    for (const double quota : quotas) {
        if (quota > 0) count = std::min(count, quota + 0.5);  // half a processor is worth a worker
    }
    return static_cast<std::uint32_t>(std::max(1.0, count));
}

std::string build_id() {
    std::string text;
    ::dl_iterate_phdr(machine_linux::take_build_id, &text);
    return text.empty() ? machine_posix::file_identity("/proc/self/exe") : text;
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/memory_object.linux.hpp ----

#include <sys/mman.h>
#include <unistd.h>

namespace cordon::engine::os {

result<descriptor> make_memory_object(std::size_t size) {
    descriptor object(::memfd_create("cordon", MFD_CLOEXEC));
    if (!object || ::ftruncate(object.native(), static_cast<off_t>(size)) != 0) return last_error("make shared memory");
    return descriptor_posix::raise_high(std::move(object));
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/own_state.linux.hpp ----

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#if __has_include(<sys/single_threaded.h>)
#include <sys/single_threaded.h>
#endif

#include <algorithm>

namespace cordon::engine::os {

namespace own_state_posix {

vector<int> open_descriptors() {
    vector<int> found;
    DIR* entries = ::opendir("/proc/self/fd");
    if (entries == nullptr) return found;
    const int own = ::dirfd(entries);
    while (const struct dirent* entry = ::readdir(entries)) {
        const int number = ::atoi(entry->d_name);
        if (number >= first_descriptor && number != own) found.push_back(number);
    }
    ::closedir(entries);
    std::sort(found.begin(), found.end());
    return found;
}

std::string target_of(int descriptor) {
    char path[64];
    ::snprintf(path, sizeof path, "/proc/self/fd/%d", descriptor);
    char target[PATH_MAX];
    const ssize_t size = ::readlink(path, target, sizeof target);
    return size > 0 ? std::string(target, static_cast<std::size_t>(size)) : std::string();
}

#if __has_include(<sys/single_threaded.h>)
// The C library's own note: true until the first thread is made, at the price of reading a byte.
CORDON_HOT bool never_had_threads() { return __libc_single_threaded != 0; }
#else
bool never_had_threads() { return false; }
#endif

CORDON_HOT bool has_new_threads() {
    if (never_had_threads()) return false;
    // The folder has a link for itself, one for its name, and one for each thread.
    struct stat about {};
    return ::stat("/proc/self/task", &about) == 0 && about.st_nlink > remembered().threads.size() + 2;
}

// A thread that was joined may still be on its way out of the kernel: it is none that was left behind.
vector<thread_entry> threads_now() {
    vector<thread_entry> found;
    DIR* entries = ::opendir("/proc/self/task");
    if (entries == nullptr) return found;
    while (const struct dirent* entry = ::readdir(entries)) {
        if (entry->d_name[0] == '.') continue;
        const std::string stat_path = std::string("/proc/self/task/") + entry->d_name + "/stat";
        const lineage_linux::process_glimpse seen = lineage_linux::glimpse_of(stat_path);
        if (seen.known && !seen.is_ending) found.push_back({::atoll(entry->d_name), seen.name});
    }
    ::closedir(entries);
    return found;
}

}  // namespace own_state_posix

bool can_see_threads() { return ::access("/proc/self/task", F_OK) == 0; }

void end_children(vector<leftover>& to) {
    if (!lineage_linux::any_child()) return;
    vector<std::string> commands;
    lineage_linux::end_survivors(commands);
    for (std::string& each : commands) {
        to.push_back({leftover_kind::process, std::move(each)});
    }
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/poll.linux.hpp ----

#include <errno.h>
#include <poll.h>

#include <algorithm>

namespace cordon::engine::os {

namespace poll_linux {

constexpr std::size_t on_stack = 16;

status wait_in(struct pollfd* polled, vector<watch>& watches, deadline until) {
    for (std::size_t i = 0; i < watches.size(); ++i) {
        polled[i] = {};
        polled[i].fd = watches[i].native;
        polled[i].events = watches[i].want_bytes ? POLLIN : 0;
    }
    struct timespec left {};
    if (until) {
        const duration rest = std::max(duration{0}, *until - now());
        left.tv_sec = static_cast<time_t>(rest.count() / 1'000'000'000);
        left.tv_nsec = static_cast<long>(rest.count() % 1'000'000'000);
    }
    const int ready = ::ppoll(polled, watches.size(), until ? &left : nullptr, &signal_posix::original);
    if (ready < 0 && errno != EINTR) return last_error("wait for the workers");
    for (std::size_t i = 0; i < watches.size(); ++i) {
        const auto back = ready > 0 ? polled[i].revents : 0;
        watches[i].ready = back != 0;
        watches[i].hung_up = (back & (POLLHUP | POLLERR | POLLNVAL)) != 0;
    }
    return ok();
}

}  // namespace poll_linux

status wait_for(vector<watch>& watches, deadline until) {
    if (watches.size() <= poll_linux::on_stack) {
        struct pollfd few[poll_linux::on_stack];
        return poll_linux::wait_in(few, watches, until);
    }
    vector<struct pollfd> many(watches.size());
    return poll_linux::wait_in(many.data(), watches, until);
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/surroundings.linux.hpp ----

#include <sched.h>
#include <sys/personality.h>
#include <sys/prctl.h>

namespace cordon::engine::os {

status use_processors(std::uint32_t count) {
    cpu_set_t allowed;
    if (::sched_getaffinity(0, sizeof allowed, &allowed) != 0) return last_error("ask for the processors");
    cpu_set_t fewer;
    CPU_ZERO(&fewer);
    std::uint32_t taken = 0;
    for (std::size_t i = 0; i < CPU_SETSIZE && taken < count; ++i) {
        if (!CPU_ISSET(i, &allowed)) continue;
        CPU_SET(i, &fewer);
        ++taken;
    }
    if (::sched_setaffinity(0, sizeof fewer, &fewer) == 0) return ok();
    return last_error("choose processors");
}

status set_timer_slack(duration slack) {
    if (::prctl(PR_SET_TIMERSLACK, static_cast<unsigned long>(slack.count())) == 0) return ok();
    return last_error("set the timer slack");
}

void fix_addresses() { ::personality(static_cast<unsigned long>(::personality(0xffffffff)) | ADDR_NO_RANDOMIZE); }

bool can_fix_addresses() {
    const int before = ::personality(0xffffffff);
    if (before < 0 || ::personality(static_cast<unsigned long>(before) | ADDR_NO_RANDOMIZE) < 0) return false;
    const bool fixed = (::personality(0xffffffff) & ADDR_NO_RANDOMIZE) != 0;
    ::personality(static_cast<unsigned long>(before));
    return fixed;
}

}  // namespace cordon::engine::os
#else

// ---- cordon/engine/os/lineage.posix.hpp ----

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace lineage_posix {

std::string& self_name() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}
std::string& self_file() {
    static auto* only = new std::string;  // never destroyed
    return *only;
}

bool is_program(const std::string& path) {
    struct stat about {};
    return ::stat(path.c_str(), &about) == 0 && S_ISREG(about.st_mode) && ::access(path.c_str(), X_OK) == 0;
}

// What a shell would have found for a name without a slash.
std::string search_path(const std::string& name) {
    const char* folders = ::getenv("PATH");
    std::string rest = folders != nullptr ? folders : "";
    while (true) {
        const std::size_t colon = rest.find(':');
        const std::string folder = rest.substr(0, colon);
        const std::string candidate = (folder.empty() ? "." : folder) + "/" + name;
        if (is_program(candidate)) return candidate;
        if (colon == std::string::npos) return name;
        rest.erase(0, colon + 1);
    }
}

}  // namespace lineage_posix

bool can_die_with_parent() { return false; }
void die_with_parent(process_id) {}
void adopt_orphans() {}

std::optional<process_end> reap(process_id child) {
    const auto pid = static_cast<pid_t>(child);
    siginfo_t about{};
    if (::waitid(P_PID, static_cast<id_t>(pid), &about, WEXITED | WNOHANG | WNOWAIT) != 0 || about.si_pid != pid)
        return std::nullopt;
    // While the leader is a zombie its group's number can not be given to anybody else.
    ::kill(-pid, SIGKILL);
    int state = 0;
    struct rusage before {};
    struct rusage after {};
    ::getrusage(RUSAGE_CHILDREN, &before);
    ::waitpid(pid, &state, 0);
    ::getrusage(RUSAGE_CHILDREN, &after);
    process_end end = process_posix::describe_end(state, after);
    end.user -= process_posix::as_duration(before.ru_utime);
    end.system -= process_posix::as_duration(before.ru_stime);
    end.minor_faults -= static_cast<std::uint64_t>(before.ru_minflt);
    end.major_faults -= static_cast<std::uint64_t>(before.ru_majflt);
    end.voluntary_switches -= static_cast<std::uint64_t>(before.ru_nvcsw);
    end.involuntary_switches -= static_cast<std::uint64_t>(before.ru_nivcsw);
    return end;
}

std::uint32_t end_orphans() { return 0; }

void execute_self(char** arguments, char** variables) {
    ::execve(lineage_posix::self_file().c_str(), arguments, variables);
}

status find_self_file(const char* argv0) {
    using namespace lineage_posix;
    self_name() = argv0;
    const std::string found = self_name().find('/') == std::string::npos ? search_path(self_name()) : self_name();
    char* real = ::realpath(found.c_str(), nullptr);
    if (real == nullptr) return last_error("find this program's own file", self_name());
    self_file() = real;
    ::free(real);
    return ok();
}

const std::string& self_path() { return lineage_posix::self_name(); }
void name_process_after_program() {}

bool under_debugger() { return false; }

std::uint32_t thread_count() { return 0; }

}  // namespace cordon::engine::os

// ---- cordon/engine/os/machine_portable.posix.hpp ----

namespace cordon::engine::os {

std::uint32_t usable_processors() {
    const long count = ::sysconf(_SC_NPROCESSORS_ONLN);
    return count > 0 ? static_cast<std::uint32_t>(count) : 1;
}

std::string build_id() { return machine_posix::file_identity(lineage_posix::self_file().c_str()); }

}  // namespace cordon::engine::os

// ---- cordon/engine/os/memory_object.posix.hpp ----

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

namespace cordon::engine::os {

namespace memory_object_posix {

descriptor open_unnamed() {
    static unsigned count = 0;
    char name[64];
    ::snprintf(name, sizeof name, "/cordon-%ld-%u", static_cast<long>(::getpid()), ++count);
    descriptor object(::shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600));
    if (object) {
        ::shm_unlink(name);
        return object;
    }
    const char* folder = ::getenv("TMPDIR");
    std::string path = std::string(folder != nullptr ? folder : "/tmp") + "/cordon-XXXXXX";
    object = descriptor(::mkstemp(path.data()));
    if (object) ::unlink(path.c_str());
    return object;
}

}  // namespace memory_object_posix

result<descriptor> make_memory_object(std::size_t size) {
    descriptor object = memory_object_posix::open_unnamed();
    if (!object || ::ftruncate(object.native(), static_cast<off_t>(size)) != 0) {
        return last_error("make shared memory", "(neither a shm object nor a file in TMPDIR)");
    }
    return descriptor_posix::raise_high(std::move(object));
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/own_state_portable.posix.hpp ----

#include <fcntl.h>
#include <sys/resource.h>

namespace cordon::engine::os {

namespace own_state_posix {

vector<int> open_descriptors() {
    struct rlimit limit {};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    const int end = static_cast<int>(std::min<rlim_t>(limit.rlim_cur, 1024));
    vector<int> found;
    for (int each = first_descriptor; each < end; ++each) {
        if (::fcntl(each, F_GETFD) >= 0) found.push_back(each);
    }
    return found;
}

std::string target_of(int) { return {}; }
bool has_new_threads() { return false; }
vector<thread_entry> threads_now() { return {}; }

}  // namespace own_state_posix

bool can_see_threads() { return false; }
void end_children(vector<leftover>&) {}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/poll.posix.hpp ----

#include <errno.h>
#include <poll.h>
#include <sys/select.h>

#include <algorithm>

namespace cordon::engine::os {

namespace poll_posix {

struct timespec left_until(instant until) {
    const duration rest = std::max(duration{0}, until - now());
    struct timespec left {};
    left.tv_sec = static_cast<time_t>(rest.count() / 1'000'000'000);
    left.tv_nsec = static_cast<long>(rest.count() % 1'000'000'000);
    return left;
}

// pselect has no way to wait for a hang-up alone. A watch that wants no bytes is looked at with poll() every so often
// instead.
constexpr duration hang_up_interval = std::chrono::milliseconds(50);

bool hung_up(int native) {
    struct pollfd one {};
    one.fd = native;
    return ::poll(&one, 1, 0) > 0 && (one.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

}  // namespace poll_posix

status wait_for(vector<watch>& watches, deadline until) {
    using namespace poll_posix;
    fd_set wanted;
    FD_ZERO(&wanted);
    int highest = -1;
    for (const watch& each : watches) {
        if (each.native < 0) continue;
        if (each.native >= FD_SETSIZE) return error{"wait for the workers", 0, "too many open files for select()"};
        if (!each.want_bytes) {
            until = earlier(until, now() + hang_up_interval);
            continue;
        }
        FD_SET(each.native, &wanted);
        highest = std::max(highest, each.native);
    }
    const struct timespec left = until ? left_until(*until) : timespec{};
    const int ready =
        ::pselect(highest + 1, &wanted, nullptr, nullptr, until ? &left : nullptr, &signal_posix::original);
    if (ready < 0 && errno != EINTR) return last_error("wait for the workers");
    for (watch& each : watches) {
        each.ready = ready > 0 && each.want_bytes && each.native >= 0 && FD_ISSET(each.native, &wanted);
        each.hung_up = !each.want_bytes && hung_up(each.native);
    }
    return ok();
}

}  // namespace cordon::engine::os

// ---- cordon/engine/os/surroundings_portable.posix.hpp ----

namespace cordon::engine::os {

status use_processors(std::uint32_t) { return error{"choose processors", 0, "this system does not offer it"}; }
status set_timer_slack(duration) { return error{"set the timer slack", 0, "this system does not offer it"}; }
bool can_fix_addresses() { return false; }
void fix_addresses() {}

}  // namespace cordon::engine::os
#endif
#endif

namespace cordon::engine::os {

#if defined(__APPLE__)
// Forked processes may not use most of the system's frameworks there.
isolate default_isolation() { return isolate::exec; }
bool call_at_exit(void (*last)()) { return ::atexit(last) == 0; }
#else
isolate default_isolation() { return isolate::fork; }
bool call_at_exit(void (*last)()) { return ::at_quick_exit(last) == 0 && ::atexit(last) == 0; }
#endif

}  // namespace cordon::engine::os

// ---- cordon/engine/outputs.hpp ----

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine {

/// Of a report that writes none.
class no_text : public text_output {
  public:
    void write(std::string_view) override {}
};

/// Standard output. A reader that has gone away (`| head`) is no error: the run goes on and its exit code tells.
class standard_output_text : public text_output {
  public:
    void write(std::string_view text) override {
        if (failure_) return;
        const status written = os::write_standard_output(text);
        if (!written) failure_ = written.failure();
    }
    status finish() override {
        if (failure_ && !os::is_broken_pipe(*failure_)) return error{"write to standard output", failure_->code, {}};
        return ok();
    }
    std::size_t columns() override { return os::terminal_width(); }

  private:
    std::optional<error> failure_;
};

/// A report's file, which appears when it is complete.
class file_text : public text_output {
  public:
    explicit file_text(const std::string& path) {
        result<os::replaced_file> made = os::replaced_file::create(path);
        if (made) {
            file_.emplace(std::move(made.value()));
        } else {
            failure_ = made.failure();
        }
    }
    void write(std::string_view text) override {
        if (failure_) return;
        const status written = file_->write(text);
        if (!written) failure_ = written.failure();
    }
    status finish() override {
        if (failure_) return *failure_;
        return file_->commit();
    }
    /// What is wrong already; known before the first test runs.
    const std::optional<error>& failure() const { return failure_; }

  private:
    std::optional<os::replaced_file> file_;
    std::optional<error> failure_;
};

/// A file that can be read while it grows.
class growing_file_text : public text_output {
  public:
    explicit growing_file_text(const std::string& path,
                               result<os::descriptor> (*open)(const std::string& path) = os::create_file)
        : path_(path) {
        result<os::descriptor> made = open(path);
        if (made) {
            file_ = std::move(made.value());
        } else {
            failure_ = made.failure();
        }
    }
    void write(std::string_view text) override {
        if (failure_) return;
        const status written = os::write_all(file_, text);
        if (!written) failure_ = error{"write", written.failure().code, path_};
    }
    status finish() override {
        if (failure_) return *failure_;
        return ok();
    }
    /// What is wrong already; known before the first test runs.
    const std::optional<error>& failure() const { return failure_; }

  private:
    std::string path_;
    os::descriptor file_;
    std::optional<error> failure_;
};

/// All the reports of a run. One that fails does not keep the others from being written.
class reports : public report::sink {
  public:
    void add(std::unique_ptr<text_output> output, std::unique_ptr<report::sink> report) {
        outputs_.push_back(std::move(output));
        sinks_.push_back(std::move(report));
    }
    void add(report::sink& borrowed) { borrowed_.push_back(&borrowed); }

    void on(const event& happened) override {
        for (report::sink* each : borrowed_)
            each->on(happened);
        for (const std::unique_ptr<report::sink>& each : sinks_)
            each->on(happened);
    }

    /// Every error, as lines for standard error.
    vector<std::string> finish_all() {
        vector<std::string> errors;
        for (std::size_t i = 0; i < sinks_.size(); ++i) {
            status done = sinks_[i]->finish();
            if (done) done = outputs_[i]->finish();
            if (!done) errors.push_back("can not " + os::describe(done.failure()));
        }
        return errors;
    }

  private:
    vector<std::unique_ptr<text_output>> outputs_;
    vector<std::unique_ptr<report::sink>> sinks_;
    vector<report::sink*> borrowed_;
};

}  // namespace cordon::engine

// ---- cordon/engine/policy/select.hpp ----

// ---- cordon/engine/policy/order.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine::policy {

/// Which setups a test needs, one key a test of the list: equal keys, equal GLOBAL_SETUP and SUITE_SETUP blocks. Empty
/// where no suite has a setup of its own.
using setup_keys = vector<std::uint64_t>;

namespace order_detail {

/// Names are unique within a suite, so no two tests are equal.
bool is_before_by_name(const test_info& a, const test_info& b) {
    return a.suite != b.suite ? a.suite < b.suite : a.name < b.name;
}

/// The groups of equal keys in the order in which they first appear, each in the order of `order`.
vector<vector<std::size_t>> groups_of(const vector<std::size_t>& order, const setup_keys& keys) {
    vector<std::pair<std::uint64_t, std::size_t>> seen;  // key and group, sorted
    vector<vector<std::size_t>> groups;
    for (std::size_t test : order) {
        const std::pair<std::uint64_t, std::size_t> wanted(keys[test], 0);
        auto at = std::lower_bound(seen.begin(), seen.end(), wanted);
        if (at == seen.end() || at->first != keys[test]) {
            at = seen.insert(at, {keys[test], groups.size()});
            groups.emplace_back();
        }
        groups[at->second].push_back(test);
    }
    return groups;
}

vector<std::size_t> joined(const vector<vector<std::size_t>>& groups) {
    vector<std::size_t> order;
    for (const vector<std::size_t>& group : groups)
        order.append(group.begin(), group.end());
    return order;
}

}  // namespace order_detail

/// Puts all tests of the list in order. It is done before anything is selected or cut into shards, so that a seed means
/// the same order for every shard, and any two tests the same one whatever else is selected. Tests with equal setup
/// keys stay together, because a worker pays for a setup once: a random order shuffles the groups and the tests in
/// each.
vector<std::size_t> order_of(const test_list& list, test_order how, std::uint64_t seed, const setup_keys& keys) {
    vector<std::size_t> order(list.tests.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    if (how == test_order::name) {
        std::sort(order.begin(), order.end(), [&list](std::size_t a, std::size_t b) {
            return order_detail::is_before_by_name(list.tests[a], list.tests[b]);
        });
    }
    vector<vector<std::size_t>> groups{order};
    if (!keys.empty()) groups = order_detail::groups_of(order, keys);
    if (how == test_order::random) {
        random_source random(seed);
        shuffle(groups, random);
        for (vector<std::size_t>& group : groups)
            shuffle(group, random);
    }
    return order_detail::joined(groups);
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/policy/pattern.hpp ----

#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::policy {

/// "suite/name", or the name alone outside any suite: what lists, patterns and shards call a test.
std::string full_name(const test_info& test) {
    std::string full;
    full.reserve(test.suite.size() + test.name.size() + 1);
    full += test.suite;
    if (!full.empty()) full += '/';
    full += test.name;
    return full;
}

/// A PATTERN of the command line, or of --exclude. With a wildcard it has to match the name or the full name as a
/// whole; without one the full name has to hold it.
class pattern {
  public:
    explicit pattern(std::string_view text)
        : is_glob_(has_wildcard(text)), text_(is_glob_ ? std::string(text) : unescape_glob(text)) {}

    /// `full` is full_name(test), passed in because many patterns look at the same one.
    bool selects(const test_info& test, std::string_view full) const {
        if (!is_glob_) return full.find(text_) != std::string_view::npos;
        return glob_matches(text_, test.name) || glob_matches(text_, full);
    }

  private:
    bool is_glob_;
    std::string text_;
};

}  // namespace cordon::engine::policy

// ---- cordon/engine/policy/shard.hpp ----

#include <cstddef>
#include <cstdint>

namespace cordon::engine::policy {

/// Depends on the full name alone and must never change: with `hash:` a test stays in its shard while others come and
/// go, across versions of cordon too.
std::uint64_t shard_hash(const test_info& test) {
    std::uint64_t hash = fnv1a(test.suite);
    if (!test.suite.empty()) hash = fnv1a("/", hash);
    return mix_bits(fnv1a(test.name, hash));
}

/// Where slice `index` (from 0) of `count` starts among `size` tests. Sizes differ by one at most.
constexpr std::size_t slice_start(std::size_t size, std::uint32_t index, std::uint32_t count) {
    const std::size_t each = size / count;
    const std::size_t longer = size % count;
    return each * index + (index < longer ? index : longer);
}

/// The part of `order` that belongs to the shard, in the same order. Slices are cut in one piece, so that tests that
/// share a setup mostly share a shard as well.
vector<std::size_t> shard_of(const test_list& list, const vector<std::size_t>& order, const shard_choice& shard) {
    vector<std::size_t> part;
    if (!shard.by_hash) {
        const std::size_t first = slice_start(order.size(), shard.index - 1, shard.count);
        const std::size_t last = slice_start(order.size(), shard.index, shard.count);
        part.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                    order.begin() + static_cast<std::ptrdiff_t>(last));
        return part;
    }
    for (std::size_t test : order) {
        if (shard_hash(list.tests[test]) % shard.count == shard.index - 1) part.push_back(test);
    }
    return part;
}

}  // namespace cordon::engine::policy

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::policy {

/// What the options say about which tests to run: one of the patterns (if there are any), all of the filters, none of
/// the excluded.
class selection {
  public:
    /// Reads what the options say; an error is one of a filter's.
    status read(const options& chosen) {
        for (const std::string& text : chosen.patterns)
            patterns_.emplace_back(text);
        for (const std::string& text : chosen.excludes)
            excludes_.emplace_back(text);
        for (const std::string& text : chosen.filters) {
            result<filter> parsed = parse_filter(text);
            if (!parsed) return parsed.failure();
            filters_.push_back(std::move(parsed.value()));
        }
        return ok();
    }

    bool selects(const test_info& test) const {
        for (const filter& each : filters_) {
            if (!each.selects(test)) return false;
        }
        if (patterns_.empty() && excludes_.empty()) return true;
        const std::string full = full_name(test);
        return (patterns_.empty() || any_of(patterns_, test, full)) && !any_of(excludes_, test, full);
    }

  private:
    static bool any_of(const vector<pattern>& patterns, const test_info& test, std::string_view full) {
        for (const pattern& each : patterns) {
            if (each.selects(test, full)) return true;
        }
        return false;
    }

    vector<pattern> patterns_;
    vector<pattern> excludes_;
    vector<filter> filters_;
};

/// Keeps the tests decorated with only(), where there are any among `order`; says whether others were left out.
bool keep_only(const test_list& list, vector<std::size_t>& order) {
    vector<std::size_t> only;
    for (std::size_t test : order) {
        if (list.tests[test].only) only.push_back(test);
    }
    if (only.empty() || only.size() == order.size()) return false;
    order.swap(only);
    return true;
}

/// Orders, selects, then cuts the shard. `seed` is the run's, drawn or given. Skipped tests stay: they are reported.
result<plan> make_plan(const test_list& list, const options& chosen, std::uint64_t seed, const setup_keys& keys) {
    selection wanted;
    if (status understood = wanted.read(chosen); !understood) return understood.failure();
    plan made;
    for (std::size_t test : order_of(list, chosen.order, seed, keys)) {
        if (wanted.selects(list.tests[test])) made.order.push_back(test);
    }
    made.narrowed_by_only = keep_only(list, made.order);
    made.selected = made.order.size();
    if (chosen.shard) {
        made.unsharded.swap(made.order);
        made.order = shard_of(list, made.unsharded, *chosen.shard);
    }
    return made;
}

}  // namespace cordon::engine::policy

// ---- cordon/engine/polluter_session.hpp ----

// ---- cordon/engine/policy/polluter.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Which tests make another one fail, or pass. Pure: whoever calls it runs the tests.

namespace cordon::engine::policy {

/// What a test is to the others.
enum class order_role : std::uint8_t {
    independent,  ///< the same alone and after others
    victim,       ///< passes alone, fails after a polluter
    brittle,      ///< fails alone, passes after a state setter
    unsteady,     ///< passes and fails alone: look into that first
};

/// The test after each of a row of others, in one process: whether it failed then.
struct order_flips {
    vector<std::size_t> to_failed;  ///< indices of the ones after which it failed where it had passed before
    vector<std::size_t> to_passed;
};

order_flips flips_of(bool fails_alone, const vector<bool>& failed_after) {
    order_flips flips;
    bool before = fails_alone;
    for (std::size_t i = 0; i < failed_after.size(); ++i) {
        if (failed_after[i] != before) (failed_after[i] ? flips.to_failed : flips.to_passed).push_back(i);
        before = failed_after[i];
    }
    return flips;
}

namespace polluter_detail {

vector<std::size_t> merged(const vector<std::size_t>& a, const vector<std::size_t>& b) {
    vector<std::size_t> both(a);
    both.append(b.begin(), b.end());
    std::sort(both.begin(), both.end());
    return both;
}

}  // namespace polluter_detail

/// A small part of `causes` (indices in rising order) that with `others` is enough for `works`, which holds for all of
/// them: halves are dropped as long as the rest is enough; where both are needed each is made smaller beside the other
/// (Junker's QuickXplain, 2004). Some 2 k log2(n / k) tries for k needed ones of n.
template <class Works>
vector<std::size_t> needed_part(const vector<std::size_t>& causes, const vector<std::size_t>& others, Works&& works) {
    if (causes.size() <= 1) return causes;
    const auto middle = causes.begin() + causes.size() / 2;
    const vector<std::size_t> first(causes.begin(), middle);
    const vector<std::size_t> second(middle, causes.end());
    for (const vector<std::size_t>* half : {&second, &first}) {
        if (works(polluter_detail::merged(*half, others))) return needed_part(*half, others, works);
    }
    const vector<std::size_t> of_first = needed_part(first, polluter_detail::merged(second, others), works);
    const vector<std::size_t> of_second = needed_part(second, polluter_detail::merged(of_first, others), works);
    return polluter_detail::merged(of_first, of_second);
}

}  // namespace cordon::engine::policy

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine {

/// Finds out what other tests do to one (--find-polluter). Where a test has run in a process, forked copies of that
/// process show what another test then does, and the process itself goes on: one pass through all tests shows after
/// which of them the victim's result changes.
class polluter_session {
  public:
    polluter_session(waves& with, const policy::setup_keys& setups) : with_(with), setups_(setups) {}

    /// `order`: the tests that may have to do with it, as they are to run.
    void run(std::size_t victim, const vector<std::size_t>& order) {
        flake_summary found = examine(victim, order);
        const bool fails_alone =
            role_ == policy::order_role::brittle || (role_ == policy::order_role::independent && found.failures != 0);
        const bool depends = role_ != policy::order_role::independent && role_ != policy::order_role::unsteady;
        show_one_run(victim);
        test_finished end;
        end.test = victim;
        end.what = fails_alone ? verdict::failed : depends || found.failures != 0 ? verdict::flaky : verdict::passed;
        end.reason = in_short();
        with_.out().on(flake_found{std::move(found)});
        with_.out().on(end);
        with_.finish({}, 0);
    }

    /// What is found, without a verdict on it.
    flake_summary examine(std::size_t victim, const vector<std::size_t>& order) {
        victim_ = victim;
        others_.clear();
        for (const std::size_t test : order) {
            const bool runs = !policy::is_never_started(with_.list().tests[test]);
            if (test != victim && runs) others_.push_back(test);
        }
        flake_summary found;
        found.test = victim;
        const policy::run_counts alone = run_alone();
        found.runs = alone.runs;
        found.failures = alone.failures;
        const policy::interval where = policy::wilson(alone);
        found.low = where.low;
        found.high = where.high;
        if (alone.mixed() || alone.runs == 0) return unsteady(std::move(found));
        fails_alone_ = alone.failures != 0;
        look_at_pairs();
        if (single_.empty()) look_at_rows();
        if (single_.empty() && group_.empty()) return independent(std::move(found));
        role_ = fails_alone_ ? policy::order_role::brittle : policy::order_role::victim;
        look_for_reversers();
        describe(found);
        verify(found);
        return found;
    }

    policy::order_role role() const { return role_; }

  private:
    static constexpr std::uint64_t tries = 10;

    /// Tests one after another in a process of their own.
    static vector<supervisor::planned_run> row_of(const vector<std::size_t>& tests) {
        vector<supervisor::planned_run> row;
        for (const std::size_t test : tests) {
            supervisor::planned_run next;
            next.test = test;
            next.mode = isolate::shard;
            next.fresh = row.empty();
            row.push_back(next);
        }
        return row;
    }
    static void append_snapshot(vector<supervisor::planned_run>& row, std::size_t test) {
        supervisor::planned_run copy;
        copy.test = test;
        copy.mode = isolate::shard;
        copy.snapshot = true;
        row.push_back(copy);
    }
    vector<std::size_t> with_victim(vector<std::size_t> tests) const {
        tests.push_back(victim_);
        return tests;
    }

    policy::run_counts run_alone() {
        supervisor::trials alone(with_.list(), with_.out());
        for (std::uint64_t i = 0; i < tries; ++i)
            alone.add_turn(victim_, row_of(with_victim({})));
        with_.run(alone.tests(), alone);
        return alone.count(0, tries);
    }

    /// Each of the others, and then the victim: finds all that change its result by themselves.
    void look_at_pairs() {
        supervisor::trials pairs(with_.list(), with_.out());
        for (const std::size_t other : others_) {
            vector<std::size_t> one;
            one.push_back(other);
            pairs.add_turn(other, row_of(with_victim(one)));
        }
        with_.run(pairs.tests(), pairs);
        for (std::size_t i = 0; i < others_.size(); ++i) {
            if (!ended_in_order(pairs[2 * i])) continue;  // its process was gone before the victim's turn
            const supervisor::trials::outcome& after = pairs[2 * i + 1];
            if (after.ran && after.failed != fails_alone_) single_.push_back(others_[i]);
        }
        // What also changes the result at another try does so by itself, and not by accident.
        single_ = confirmed(single_);
    }

    static bool ended_in_order(const supervisor::trials::outcome& of) {
        return of.how == ending::passed || of.how == ending::failed || of.how == ending::skipped;
    }

    vector<std::size_t> confirmed(const vector<std::size_t>& candidates) {
        vector<std::size_t> kept;
        for (const std::size_t each : candidates) {
            vector<std::size_t> one;
            one.push_back(each);
            if (changes(one)) kept.push_back(each);
        }
        return kept;
    }

    /// Whether the victim's result is another one after these, three times out of three.
    bool changes(const vector<std::size_t>& before) {
        constexpr std::size_t times = 3;
        supervisor::trials tried(with_.list(), with_.out());
        const vector<supervisor::planned_run> row = row_of(with_victim(before));
        for (std::size_t i = 0; i < times; ++i)
            tried.add_turn(victim_, row);
        with_.run(tried.tests(), tried);
        for (std::size_t i = 1; i <= times; ++i) {
            const supervisor::trials::outcome& last = tried[i * row.size() - 1];
            if (!last.ran || last.failed == fails_alone_) return false;
        }
        return true;
    }

    /// No test does it alone: several together may. One pass through all of them, with a copy of the process for the
    /// victim after each, shows where its result changes; then the tests up to there are made fewer.
    void look_at_rows() {
        for (int reversed = 0; reversed < 2 && group_.empty(); ++reversed) {
            vector<std::size_t> row = others_;
            if (reversed != 0) std::reverse(row.begin(), row.end());
            if (const std::optional<std::size_t> at = first_change(row)) {
                row.resize(*at + 1);
                make_smaller(row);
            }
        }
    }

    std::optional<std::size_t> first_change(const vector<std::size_t>& row) {
        vector<supervisor::planned_run> runs;
        for (const std::size_t test : row) {
            supervisor::planned_run next;
            next.test = test;
            next.mode = isolate::shard;
            next.fresh = runs.empty();
            runs.push_back(next);
            append_snapshot(runs, victim_);
        }
        supervisor::trials pass(with_.list(), with_.out());
        pass.add_turn(victim_, std::move(runs));
        with_.run(pass.tests(), pass);
        vector<bool> failed;
        for (std::size_t i = 0; i < row.size() && ended_in_order(pass[2 * i]); ++i) {
            const supervisor::trials::outcome& seen = pass[2 * i + 1];
            failed.push_back(seen.ran ? seen.failed : fails_alone_);
        }
        const policy::order_flips flips = policy::flips_of(fails_alone_, failed);
        const vector<std::size_t>& changed = fails_alone_ ? flips.to_passed : flips.to_failed;
        if (!changed.empty()) return changed.front();
        // Copies may not show what a whole process would: threads are not copied.
        if (!row.empty() && changes(row)) return row.size() - 1;
        return std::nullopt;
    }

    void make_smaller(const vector<std::size_t>& row) {
        vector<std::size_t> places(row.size());
        for (std::size_t i = 0; i < places.size(); ++i)
            places[i] = i;
        const auto tests_at = [&row](const vector<std::size_t>& which) {
            vector<std::size_t> tests;
            for (const std::size_t place : which)
                tests.push_back(row[place]);
            return tests;
        };
        if (!changes(row)) return;
        group_ = tests_at(policy::needed_part(
            places, {}, [&](const vector<std::size_t>& some) { return with_.going() && changes(tests_at(some)); }));
    }

    /// Tests that undo what the first of the found ones does.
    void look_for_reversers() {
        constexpr std::size_t most = 2000;
        if (others_.size() > most) return;
        const vector<std::size_t> cause = this->cause();
        supervisor::trials tried(with_.list(), with_.out());
        vector<std::size_t> between;
        vector<std::size_t> ends;
        for (const std::size_t other : others_) {
            if (std::find(cause.begin(), cause.end(), other) != cause.end()) continue;
            vector<std::size_t> row(cause);
            row.push_back(other);
            const std::size_t first = tried.add_turn(other, row_of(with_victim(row)));
            between.push_back(other);
            ends.push_back(first + row.size());
        }
        with_.run(tried.tests(), tried);
        for (std::size_t i = 0; i < between.size(); ++i) {
            const supervisor::trials::outcome& last = tried[ends[i]];
            if (ended_in_order(tried[ends[i] - 1]) && last.ran && last.failed == fails_alone_)
                reversers_.push_back(between[i]);
        }
    }

    vector<std::size_t> cause() const {
        if (single_.empty()) return group_;
        vector<std::size_t> first;
        first.push_back(single_.front());
        return first;
    }

    // ---- what to say of it ----

    std::string in_short() const {
        if (role_ == policy::order_role::unsteady) return "passes and fails alone";
        if (role_ == policy::order_role::independent)
            return fails_alone_ ? "fails alone, and after each other test" : "does not depend on other tests";
        const std::string after =
            single_.empty() ? counted(group_.size(), "other test") : "\"" + name_of(single_.front()) + "\"";
        return fails_alone_ ? "fails alone, passes after " + after : "passes alone, fails after " + after;
    }

    flake_summary unsteady(flake_summary found) {
        role_ = policy::order_role::unsteady;
        found.category = "flaky";
        found.explanation = found.runs == 0 ? "it has no result alone, so nothing can be said of others"
                                            : "it fails and passes alone already: look into that first, with "
                                              "--flake-detect";
        return found;
    }

    flake_summary independent(flake_summary found) {
        role_ = policy::order_role::independent;
        found.category = found.failures != 0 ? "failing" : "stable";
        found.explanation = found.failures != 0
                                ? "it fails alone and after each of the other tests: a plain failure"
                                : "it passes alone, after each of the other tests, and after the row of "
                                  "them all, in both directions";
        return found;
    }

    std::string name_of(std::size_t test) const { return report::full_name_of(with_.list().tests[test]); }

    vector<std::string> names_of(const vector<std::size_t>& tests) const {
        vector<std::string> names;
        for (const std::size_t test : tests)
            names.push_back(name_of(test));
        return names;
    }

    void describe(flake_summary& found) const {
        const vector<std::size_t> doing = single_.empty() ? group_ : single_;
        const std::string which = "only all of the " + counted(group_.size(), "test") + " named together do it";
        if (fails_alone_) {
            found.category = "brittle";
            found.explanation = "it fails alone, and passes in a process in which another test has run before: " +
                                std::string(single_.size() > 1 ? "each of the tests named is enough"
                                            : single_.empty()  ? which
                                                               : "the one named");
            found.state_setters = names_of(doing);
            found.polluters = names_of(reversers_);
            return;
        }
        found.category = "victim";
        found.explanation =
            "it passes alone, and fails in a process in which another test has left something behind: " +
            std::string(single_.size() > 1 ? "each of the tests named is enough"
                        : single_.empty()  ? which
                                           : "the one named");
        found.polluters = names_of(doing);
        found.cleaners = names_of(reversers_);
    }

    // ---- the command that shows it ----

    void verify(flake_summary& found) {
        vector<std::size_t> row = with_victim(cause());
        if (role_ == policy::order_role::brittle) row = with_victim({});
        supervisor::trials again(with_.list(), with_.out());
        const vector<supervisor::planned_run> runs = row_of(row);
        for (std::uint64_t i = 0; i < tries; ++i)
            again.add_turn(victim_, runs);
        with_.run(again.tests(), again);
        for (std::uint64_t i = 1; i <= tries; ++i) {
            const supervisor::trials::outcome& last = again[i * row.size() - 1];
            if (!last.ran) continue;
            ++found.repro_runs;
            if (last.failed) ++found.repro_failures;
        }
        const std::optional<std::string> order = order_option(row);
        if (order) found.repro = with_.command(row, " --isolate=shard -j1" + *order);
    }

    /// An order that the command line can ask for, in which these run as they stand here.
    std::optional<std::string> order_option(const vector<std::size_t>& row) const {
        constexpr std::uint64_t most_seeds = 2000;
        if (runs_so(row, test_order::declared, 0)) return std::string();
        if (runs_so(row, test_order::name, 0)) return std::string(" --order=name");
        for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) {
            if (runs_so(row, test_order::random, seed)) return " --order=random --seed=" + std::to_string(seed);
        }
        return std::nullopt;
    }

    bool runs_so(const vector<std::size_t>& row, test_order how, std::uint64_t seed) const {
        std::size_t next = 0;
        for (const std::size_t test : policy::order_of(with_.list(), how, seed, setups_)) {
            const auto at = std::find(row.begin(), row.end(), test);
            if (at == row.end()) continue;
            if (at != row.begin() + static_cast<std::ptrdiff_t>(next)) return false;
            ++next;
        }
        return next == row.size();
    }

    /// Reports show one run of the victim in full: a failed one, if it can be made to fail.
    void show_one_run(std::size_t victim) {
        supervisor::trials last(with_.list(), with_.out());
        vector<std::size_t> row = with_victim({});
        if (role_ == policy::order_role::victim) row = with_victim(cause());
        const std::size_t first = last.add_turn(victim, row_of(row));
        last.show(first + row.size() - 1);
        with_.run(last.tests(), last);
    }

    waves& with_;
    const policy::setup_keys setups_;
    std::size_t victim_ = 0;
    bool fails_alone_ = false;
    policy::order_role role_ = policy::order_role::independent;
    vector<std::size_t> others_;
    vector<std::size_t> single_;  // each of them changes the victim's result
    vector<std::size_t> group_;   // together they do; only where none does alone
    vector<std::size_t> reversers_;
};

}  // namespace cordon::engine

// ---- cordon/engine/record/recorder.hpp ----

// ---- cordon/engine/record/format.hpp ----

// ---- cordon/engine/record/codec.hpp ----

#include <chrono>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// Events as bytes that outlive the program. As in wire/codec.hpp a struct names its fields in `fields(archive)`, and
// integers travel as LEB128; unlike there each struct has its size before it (four bytes, little-endian), so that a
// recording from before a field was added to its end is read with that field's default.

namespace cordon::engine::wire {

template <>
struct last_enumerator<ending> : std::integral_constant<ending, ending::lost> {};
template <>
struct last_enumerator<verdict> : std::integral_constant<verdict, verdict::lost> {};
template <>
struct last_enumerator<notice::level> : std::integral_constant<notice::level, notice::level::error> {};

}  // namespace cordon::engine::wire

namespace cordon::engine::record {

class encoder {
  public:
    explicit encoder(std::string& out) : out_(out) {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }

  private:
    void put_unsigned(std::uint64_t value) {
        while (value >= 0x80) {
            out_.push_back(static_cast<char>(value | 0x80));
            value >>= 7;
        }
        out_.push_back(static_cast<char>(value));
    }
    void put_signed(std::int64_t value) {
        put_unsigned((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
    }
    void put(std::string_view text) {
        put_unsigned(text.size());
        out_ += text;
    }
    void put(const std::string& text) { put(std::string_view(text)); }
    void put(duration value) { put_signed(value.count()); }
    void put(double value) {
        std::uint64_t bits = 0;
        std::memcpy(&bits, &value, sizeof bits);
        put_unsigned(bits);
    }
    void put(const std::shared_ptr<const test_list>& list) {
        const std::size_t at = begin_sized();
        if (list) (*this)(list->tests, list->hash);
        end_sized(at);
    }
    template <class Item>
    void put(const vector<Item>& items) {
        put_unsigned(items.size());
        for (const Item& item : items)
            put(item);
    }
    template <class Value>
    void put(const std::optional<Value>& value) {
        put_unsigned(value ? 1 : 0);
        if (value) put(*value);
    }
    template <class Value>
    void put(const Value& value) {
        if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            put_signed(value);
        } else if constexpr (std::is_integral_v<Value> || std::is_enum_v<Value>) {
            put_unsigned(static_cast<std::uint64_t>(value));
        } else {
            const std::size_t at = begin_sized();
            const_cast<Value&>(value).fields(*this);
            end_sized(at);
        }
    }

    std::size_t begin_sized() {
        out_.append(4, '\0');
        return out_.size();
    }
    void end_sized(std::size_t at) {
        wire::frame_detail::store(&out_[at - 4], static_cast<std::uint32_t>(out_.size() - at));
    }

    std::string& out_;
};

/// Reads what encoder wrote. Whatever else it is given, it reads no byte twice, allocates no more than some hundred
/// times the input's size, and says that it is not good.
class decoder {
  public:
    explicit decoder(std::string_view in) : in_(in) {}

    /// All was read, and it made sense.
    bool complete() const { return good_ && in_.empty(); }

    /// Fields that a struct is too short for keep what they are.
    template <class... Fields>
    void operator()(Fields&... fields) {
        (get_if_there(fields), ...);
    }

  private:
    template <class Field>
    void get_if_there(Field& field) {
        if (!in_.empty()) get(field);
    }

    std::uint64_t get_unsigned() {
        std::uint64_t value = 0;
        for (unsigned shift = 0; shift < 64 && !in_.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(in_.front());
            in_.remove_prefix(1);
            value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
            if ((byte & 0x80) == 0) return value;
        }
        fail();
        return 0;
    }
    std::int64_t get_signed() {
        const std::uint64_t zigzag = get_unsigned();
        return static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
    }
    /// The next bytes, as many as the number before them says.
    std::string_view take(std::uint64_t size) {
        if (size > in_.size()) fail();
        const std::string_view taken = in_.substr(0, static_cast<std::size_t>(good_ ? size : 0));
        in_.remove_prefix(taken.size());
        return taken;
    }
    std::string_view take_sized() {
        const std::string_view size = take(4);
        return take(good_ ? wire::frame_detail::load<std::uint32_t>(size.data()) : 0);
    }

    void get(std::string_view& text) { text = take(get_unsigned()); }
    void get(std::string& text) { text.assign(take(get_unsigned())); }
    void get(duration& value) { value = duration(get_signed()); }
    /// The list owns the bytes that its texts are views into.
    void get(std::shared_ptr<const test_list>& list) {
        std::shared_ptr<test_list> made(new test_list);
        made->storage.push_back(std::unique_ptr<std::string>(new std::string(take_sized())));
        decoder inside(*made->storage.back());
        inside(made->tests, made->hash);
        if (!inside.complete()) fail();
        list = std::move(made);
    }
    void get(double& value) {
        const std::uint64_t bits = get_unsigned();
        std::memcpy(&value, &bits, sizeof value);
    }
    template <class Item>
    void get(vector<Item>& items) {
        const std::uint64_t count = get_unsigned();
        if (count > in_.size()) fail();
        items.clear();
        for (std::uint64_t i = 0; i < count && good_; ++i) {
            items.emplace_back();
            get(items.back());
        }
    }
    template <class Value>
    void get(std::optional<Value>& value) {
        value.reset();
        const std::uint64_t there = get_unsigned();
        if (there > 1) return fail();
        if (there == 1) get(value.emplace());
    }
    template <class Value>
    void get(Value& value) {
        if constexpr (std::is_enum_v<Value>) {
            const std::uint64_t number = get_unsigned();
            if (number > static_cast<std::uint64_t>(wire::last_enumerator<Value>::value)) return fail();
            value = static_cast<Value>(number);
        } else if constexpr (std::is_integral_v<Value> && std::is_signed_v<Value>) {
            get_narrow(value, get_signed());
        } else if constexpr (std::is_integral_v<Value>) {
            get_narrow(value, get_unsigned());
        } else {
            decoder inside(take_sized());
            value.fields(inside);
            if (!inside.complete()) fail();
        }
    }
    template <class Narrow, class Wide>
    void get_narrow(Narrow& to, Wide value) {
        to = static_cast<Narrow>(value);
        if (static_cast<Wide>(to) != value) fail();
    }

    void fail() {
        good_ = false;
        in_ = {};
    }

    std::string_view in_;
    bool good_ = true;
};

}  // namespace cordon::engine::record

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

// A recording: a header, then one frame for each event, to the end of the file. Numbers are little-endian.
//
//   header   0  8 bytes  "\x8A" "cordon\n"
//            8  u32      the format's number
//           12  u32      size of what follows
//           16  text     the version of cordon that wrote it
//
//   frame    0  u32      size of the payload
//            4  u32      the event's place in the variant of model/event.hpp
//            8  u64      check sum of bytes 0..7 and the payload, under a key that counts the frames
//           16           the payload, see codec.hpp
//
// docs/recording.md says what may change without a new number.

namespace cordon::engine::record {

inline constexpr std::string_view magic =
    "\x8A"
    "cordon\n";
inline constexpr std::uint32_t format_number = 1;
inline constexpr std::size_t header_size = 16;
inline constexpr std::size_t frame_header_size = 16;
/// An event that takes more than this can not be recorded, and a frame that says so is damage.
inline constexpr std::uint64_t largest_payload = 0x7FFFFFFF;

namespace format_detail {

/// Frames that are missing, doubled or of another place do not pass.
constexpr std::uint64_t key_of(std::uint64_t number) { return 0xC0DE0000C0DEu + number; }

std::uint64_t sum_of(std::string_view head, std::string_view payload, std::uint64_t number) {
    return wire::checksum(payload, wire::checksum(head.substr(0, 8), key_of(number)));
}

}  // namespace format_detail

void append_header(std::string& out) {
    constexpr std::string_view version = CORDON_VERSION;
    char numbers[8];
    wire::frame_detail::store(numbers, format_number);
    wire::frame_detail::store(numbers + 4, static_cast<std::uint32_t>(version.size()));
    out += magic;
    out.append(numbers, sizeof numbers);
    out += version;
}

/// Appends the `number`th event, counted from 0. False, and nothing appended, if it is too large.
bool append_event(std::string& out, std::uint64_t number, const event& what) {
    const std::size_t begin = out.size();
    out.append(frame_header_size, '\0');
    encoder write(out);
    what.visit([&](const auto& each) { const_cast<std::decay_t<decltype(each)>&>(each).fields(write); });
    const std::uint64_t size = out.size() - begin - frame_header_size;
    if (size > largest_payload) {
        out.resize(begin);
        return false;
    }
    char* head = &out[begin];
    wire::frame_detail::store(head, static_cast<std::uint32_t>(size));
    wire::frame_detail::store(head + 4, static_cast<std::uint32_t>(what.index()));
    const std::string_view payload = std::string_view(out).substr(begin + frame_header_size);
    wire::frame_detail::store(head + 8, format_detail::sum_of({head, 8}, payload, number));
    return true;
}

/// Cuts the bytes of a recording into events, and trusts none of them.
class recording_reader {
  public:
    void feed(std::string_view bytes) {
        buffer_.erase(0, at_);
        at_ = 0;
        buffer_ += bytes;
    }

    /// The next event; nothing when more bytes are needed or damage() is not empty. The first is a run_started, and the
    /// tests that later ones speak of are in its list.
    std::optional<event> next() {
        std::optional<event> found;
        if (!damage_.empty() || (!past_header_ && !take_header())) return found;
        const std::string_view rest = std::string_view(buffer_).substr(at_);
        if (rest.size() < frame_header_size) return found;
        const std::uint64_t size = wire::frame_detail::load<std::uint32_t>(rest.data());
        if (size > largest_payload) return damaged("a frame larger than any event");
        if (rest.size() < frame_header_size + size) return found;
        const std::string_view payload = rest.substr(frame_header_size, static_cast<std::size_t>(size));
        if (wire::frame_detail::load<std::uint64_t>(rest.data() + 8) != format_detail::sum_of(rest, payload, events_))
            return damaged("a check sum is wrong");
        decode(wire::frame_detail::load<std::uint32_t>(rest.data() + 4), payload, found);
        if (!found || !makes_sense(*found)) return damaged("an event that makes no sense");
        at_ += frame_header_size + payload.size();
        position_ += frame_header_size + payload.size();
        ++events_;
        return found;
    }

    /// Why it can not be read on; empty while it can. "is no recording", or what follows "is damaged".
    const std::string& damage() const { return damage_; }
    /// False until the header was read and understood: there is nothing to be had of such a file.
    bool is_recording() const { return past_header_; }
    /// Whole events so far.
    std::uint64_t events() const { return events_; }
    /// How many bytes they and the header take.
    std::uint64_t position() const { return position_; }
    /// Bytes after the last whole event.
    std::size_t pending() const { return buffer_.size() - at_; }

  private:
    bool take_header() {
        const std::string_view rest = std::string_view(buffer_);
        const std::size_t known = rest.size() < magic.size() ? rest.size() : magic.size();
        if (rest.substr(0, known) != magic.substr(0, known)) damage_ = "it is no recording of cordon's";
        if (!damage_.empty() || rest.size() < header_size) return false;
        const auto format = wire::frame_detail::load<std::uint32_t>(rest.data() + 8);
        const auto size = wire::frame_detail::load<std::uint32_t>(rest.data() + 12);
        if (size > 64) damage_ = "its header is damaged";
        if (!damage_.empty() || rest.size() < header_size + size) return false;
        if (format == 0 || format > format_number) {
            damage_ = "it has format " + std::to_string(format) + ", written by cordon " +
                      std::string(rest.substr(header_size, size)) +
                      "; this is cordon " CORDON_VERSION ", which reads up to " + std::to_string(format_number);
            return false;
        }
        past_header_ = true;
        at_ = header_size + size;
        position_ = at_;
        return true;
    }

    static void decode(std::uint32_t type, std::string_view payload, std::optional<event>& to) {
        event::name_type(type, [&](auto* nothing) {
            std::remove_pointer_t<decltype(nothing)> value{};
            decoder read(payload);
            value.fields(read);
            if (read.complete()) to.emplace(std::move(value));
        });
    }

    bool makes_sense(const event& what) {
        if (const auto* run = what.get_if<run_started>()) {
            if (events_ != 0 || !run->list) return false;
            tests_ = run->list->tests.size();
            return are_tests(run->selected) && are_tests(run->unsharded);
        }
        if (events_ == 0) return false;
        if (const auto* begun = what.get_if<attempt_started>()) return begun->test < tests_;
        if (const auto* arrived = what.get_if<output_arrived>()) return arrived->test < tests_;
        if (const auto* ended = what.get_if<attempt_ended>()) return ended->result.test < tests_;
        if (const auto* finished = what.get_if<test_finished>()) return finished->test < tests_;
        return true;
    }
    bool are_tests(const vector<std::size_t>& indices) const {
        for (const std::size_t index : indices) {
            if (index >= tests_) return false;
        }
        return true;
    }

    std::optional<event> damaged(const char* how) {
        damage_ = "it is damaged after byte " + std::to_string(position_) + ": " + how;
        return std::nullopt;
    }

    std::string buffer_;
    std::size_t at_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t position_ = 0;
    std::size_t tests_ = 0;
    bool past_header_ = false;
    std::string damage_;
};

}  // namespace cordon::engine::record

#include <chrono>
#include <cstdint>
#include <string>

namespace cordon::engine::record {

/// Writes a recording as the run goes on: what happened is with the output 20 ms later, or at the next tick where
/// nothing else happens. With tests in this very process each event goes out at once, because the next one may be that
/// it is gone. `output` must outlive it.
class recorder final : public report::sink {
  public:
    explicit recorder(text_output& output) : output_(output) { append_header(text_); }

    void on(const event& happened) override {
        if (!append_event(text_, number_, happened)) {
            too_large_ = true;
            return;
        }
        ++number_;
        if (const auto* run = happened.get_if<run_started>()) at_once_ = run->info.isolation == isolate::none;
        if (at_once_ || text_.size() >= batch || happened.get_if<tick>() || happened.get_if<notice>()) return flush();
        if (now() - flushed_ >= at_latest) flush();
    }

    status finish() override {
        flush();
        if (too_large_) return error{"record an event", 0, "one of more than 2 GiB was left out"};
        return ok();
    }

  private:
    static constexpr std::size_t batch = 64 * 1024;
    static constexpr duration at_latest = std::chrono::milliseconds(20);

    void flush() {
        output_.write(text_);
        text_.clear();
        flushed_ = now();
    }

    text_output& output_;
    std::string text_;
    std::uint64_t number_ = 0;
    instant flushed_{};
    bool at_once_ = false;
    bool too_large_ = false;
};

}  // namespace cordon::engine::record

// ---- cordon/engine/replay.hpp ----

// ---- cordon/engine/record/loose_ends.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace cordon::engine::record {

/// Follows a recording, and ties up what is open where it ends before its run did (the run was killed, the file cut).
class loose_ends {
  public:
    void on(const event& happened) {
        if (const auto* begun = happened.get_if<attempt_started>()) {
            running_.push_back(begun->test);
            saw(begun->at);
        } else if (const auto* ended = happened.get_if<attempt_ended>()) {
            note(ended->result);
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            settle(finished->test);
        } else if (const auto* now = happened.get_if<tick>()) {
            saw(now->at);
        } else if (const auto* worker = happened.get_if<worker_started>()) {
            saw(worker->at);
        } else if (const auto* run = happened.get_if<run_started>()) {
            list_ = run->list;
            selected_ = vector<std::size_t>(run->selected);
            settled_.assign(list_->tests.size(), 0);
        } else if (happened.get_if<run_finished>()) {
            whole_ = true;
        }
    }

    /// The run came to its end.
    bool whole() const { return whole_; }

    /// Passes on what a run that ended early would have said: a verdict for each test, drawn from the attempts that
    /// there are, and the end.
    void tie_up(report::sink& to) {
        run_finished end;
        end.stopped_because = "the recording ends here";
        end.took = last_;
        end.peak_rss_bytes = peak_rss_;
        for (const std::size_t test : selected_) {
            if (settled_[test] == 0) to.on(judged(test));
        }
        to.on(std::move(end));
    }

  private:
    struct attempts {
        std::size_t test;
        vector<policy::attempt_summary> all;
    };

    void saw(duration at) { last_ = std::max(last_, at); }

    void note(const attempt_result& attempt) {
        drop_running(attempt.test);
        saw(attempt.started + attempt.took);
        peak_rss_ = std::max(peak_rss_, attempt.usage.max_rss_bytes);
        attempts* known = attempts_of(attempt.test);
        if (known == nullptr) {
            open_.push_back({attempt.test, {}});
            known = &open_.back();
        }
        known->all.push_back(policy::summary_of(attempt));
    }

    void settle(std::size_t test) {
        settled_[test] = 1;
        if (attempts* known = attempts_of(test)) open_.erase(known);
    }

    test_finished judged(std::size_t test) {
        const attempts* known = attempts_of(test);
        const bool runs = std::find(running_.begin(), running_.end(), test) != running_.end();
        if (known != nullptr || policy::is_never_started(list_->tests[test])) {
            policy::verdict_decision decision =
                policy::judge(list_->tests[test], known ? known->all : vector<policy::attempt_summary>());
            return {test, decision.what, std::move(decision.reason)};
        }
        return {test, verdict::not_run,
                runs ? "the recording ends while it runs" : "the recording ends before it has run"};
    }

    attempts* attempts_of(std::size_t test) {
        for (attempts& each : open_) {
            if (each.test == test) return &each;
        }
        return nullptr;
    }
    void drop_running(std::size_t test) {
        const auto at = std::find(running_.begin(), running_.end(), test);
        if (at != running_.end()) running_.erase(at);
    }

    std::shared_ptr<const test_list> list_;
    vector<std::size_t> selected_;
    vector<std::uint8_t> settled_;  // by test
    vector<attempts> open_;         // ended attempts of tests without a verdict
    vector<std::size_t> running_;   // tests with an attempt that has not ended
    duration last_{};
    std::uint64_t peak_rss_ = 0;
    bool whole_ = false;
};

}  // namespace cordon::engine::record

// ---- cordon/engine/record/merge.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

// Several recordings as one run. They are read twice: the first reading says what is in each and whether they belong
// together, the second passes their events on, translated.

namespace cordon::engine::record {

/// How much a recording knows of a test.
enum class knowledge : std::uint8_t { nothing, selected, not_run, ran };

/// One of the recordings, after the first reading.
struct part {
    std::string path;
    run_started begin;
    run_finished end;
    bool whole = false;
    vector<knowledge> tests;  ///< by test of its list

    void on(const event& happened) {
        if (const auto* run = happened.get_if<run_started>()) {
            begin = run_started(*run);
            tests.assign(begin.list->tests.size(), knowledge::nothing);
            for (const std::size_t test : begin.selected)
                tests[test] = knowledge::selected;
        } else if (const auto* finished = happened.get_if<test_finished>()) {
            tests[finished->test] = finished->what == verdict::not_run ? knowledge::not_run : knowledge::ran;
        } else if (const auto* last = happened.get_if<run_finished>()) {
            end = run_finished(*last);
            whole = true;
        }
    }
};

class merge {
  public:
    /// The parts are put in the order of their shards, others in the order given.
    explicit merge(vector<part> parts) : parts_(std::move(parts)) {
        std::stable_sort(parts_.begin(), parts_.end(),
                         [](const part& a, const part& b) { return place_of(a) < place_of(b); });
        join_lists();
        check_parts();
        check_shards();
        share_out();
        describe();
    }

    const vector<part>& parts() const { return parts_; }
    /// Why these are not the parts of one run, a line each; none where they are.
    const vector<std::string>& problems() const { return problems_; }

    const run_started& begin() const { return begin_; }
    const run_finished& end() const { return end_; }

    /// Passes on an event of a part as one of the whole, if it is one: not the beginning, not the end, and nothing of
    /// a test that another part has more to say of.
    void pass(std::size_t from, event happened, report::sink& to) const {
        if (auto* begun = happened.get_if<attempt_started>()) {
            begun->slot += slots_[from];
            if (!translate(from, begun->test)) return;
        } else if (auto* arrived = happened.get_if<output_arrived>()) {
            if (!translate(from, arrived->test)) return;
        } else if (auto* ended = happened.get_if<attempt_ended>()) {
            ended->result.slot += slots_[from];
            if (!translate(from, ended->result.test)) return;
        } else if (auto* finished = happened.get_if<test_finished>()) {
            if (!translate(from, finished->test)) return;
        } else if (auto* flake = happened.get_if<flake_found>()) {
            if (!translate(from, flake->what.test)) return;
        } else if (auto* worker = happened.get_if<worker_started>()) {
            worker->slot += slots_[from];
        } else if (auto* lost = happened.get_if<worker_lost>()) {
            lost->slot += slots_[from];
        } else if (!happened.get_if<notice>()) {
            return;
        }
        to.on(happened);
    }

    /// After all parts: the tests that none of them knows more of than that they were to be run.
    void pass_missing(report::sink& to) const {
        for (const std::size_t test : begin_.selected) {
            if (known_[test] == knowledge::nothing) to.on(test_finished{test, verdict::not_run, "in no recording"});
        }
    }

  private:
    static constexpr std::uint32_t nobody = 0xFFFFFFFF;
    static constexpr std::size_t most_named = 10;

    static std::uint32_t place_of(const part& of) { return of.begin.info.shard ? of.begin.info.shard->index : 0; }

    bool translate(std::size_t from, std::size_t& test) const {
        test = place(from, test);
        return owner_[test] == from;
    }
    std::size_t place(std::size_t from, std::size_t test) const {
        return places_[from].empty() ? test : places_[from][test];
    }

    std::string title(std::size_t test) const {
        const test_info& info = begin_.list->tests[test];
        return quoted((info.suite.empty() ? "" : std::string(info.suite) + "/") + std::string(info.name));
    }

    /// One list for all: the first part's, with the tests at its end that only others have.
    void join_lists() {
        places_.resize(parts_.size());
        begin_.list = parts_[0].begin.list;
        test_list joined;
        hash_index names;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const test_list& list = *parts_[i].begin.list;
            if (list.hash == begin_.list->hash && list.tests.size() == begin_.list->tests.size()) continue;
            if (joined.tests.empty()) enter(*begin_.list, joined, names);
            places_[i] = enter(list, joined, names);
        }
        if (joined.tests.empty()) return;
        joined.hash = begin_.list->hash;
        // By way of its bytes, so that the list owns its texts.
        const std::shared_ptr<const test_list> borrowed(std::shared_ptr<void>(), &joined);
        std::string bytes;
        encoder{bytes}(borrowed);
        decoder{bytes}(begin_.list);
    }

    static vector<std::size_t> enter(const test_list& list, test_list& joined, hash_index& names) {
        vector<std::size_t> places;
        places.reserve(list.tests.size());
        for (const test_info& test : list.tests) {
            const std::size_t next = joined.tests.size();
            const std::uint64_t hash = fast_hash(test.name, fast_hash(test.suite));
            places.push_back(names.find_or_enter(hash, next, [&](std::size_t other) {
                return joined.tests[other].name == test.name && joined.tests[other].suite == test.suite;
            }));
            if (places.back() == next) joined.tests.push_back(test);
        }
        return places;
    }

    void check_parts() {
        const part& first = parts_[0];
        for (const part& each : parts_) {
            const run_info& run = each.begin.info;
            if (each.begin.list->hash != first.begin.list->hash) {
                problem(each.path + " has other tests than " + first.path);
            } else if (run.build_id != first.begin.info.build_id) {
                problem(each.path + " is of another build than " + first.path);
            }
            if (!each.whole) problem(each.path + " ends before its run did");
        }
    }

    void check_shards() {
        const std::optional<shard_choice>& first = parts_[0].begin.info.shard;
        std::uint32_t expected = 1;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            const std::optional<shard_choice>& shard = parts_[i].begin.info.shard;
            if (!shard != !first || (shard && (shard->count != first->count || shard->by_hash != first->by_hash))) {
                problem(parts_[i].path + " is " + in_words(shard) + ", but " + parts_[0].path + " is " +
                        in_words(first));
                return;
            }
            if (!shard) continue;
            missing(expected, shard->index, shard->count);
            if (shard->index + 1 == expected) {
                problem(parts_[i - 1].path + " and " + parts_[i].path + " are both " + in_words(shard));
            }
            expected = shard->index + 1;
        }
        if (first) missing(expected, first->count + 1, first->count);
    }

    void missing(std::uint32_t from, std::uint32_t to, std::uint32_t count) {
        for (std::uint32_t index = from; index < to; ++index) {
            if (index - from == most_named)
                return problem("and " + std::to_string(to - index) + " more shards are missing");
            problem("shard " + std::to_string(index) + " of " + std::to_string(count) + " is missing");
        }
    }

    static std::string in_words(const std::optional<shard_choice>& shard) {
        if (!shard) return "a whole run";
        return std::string("shard ") + (shard->by_hash ? "hash:" : "") + std::to_string(shard->index) + " of " +
               std::to_string(shard->count);
    }

    /// Who is to speak of each test: the part that knows most, the last of several.
    void share_out() {
        const std::size_t count = begin_.list->tests.size();
        owner_.assign(count, nobody);
        known_.assign(count, knowledge::nothing);
        vector<std::string> twice, nowhere;
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (std::size_t old = 0; old < parts_[i].tests.size(); ++old) {
                const knowledge known = parts_[i].tests[old];
                const std::size_t test = place(i, old);
                if (known == knowledge::nothing || known < known_[test]) continue;
                if (known == knowledge::ran && known_[test] == knowledge::ran) {
                    twice.push_back("the test " + title(test) + " ran in " + parts_[owner_[test]].path + " and in " +
                                    parts_[i].path);
                }
                known_[test] = known;
                owner_[test] = static_cast<std::uint32_t>(i);
            }
        }
        select();
        for (const std::size_t test : begin_.selected) {
            if (known_[test] <= knowledge::selected)
                nowhere.push_back("the test " + title(test) + " ran in none of them");
        }
        name_some(twice, "ran twice");
        name_some(nowhere, "ran in none of them");
    }

    /// What the whole run was to do: the parts' tests in their order, then what was selected but is in no part.
    void select() {
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (const std::size_t old : parts_[i].begin.selected) {
                const std::size_t test = place(i, old);
                if (owner_[test] == i) begin_.selected.push_back(test);
            }
        }
        vector<bool> entered(owner_.size(), false);
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            for (const std::size_t old : parts_[i].begin.unsharded) {
                const std::size_t test = place(i, old);
                if (owner_[test] != nobody || entered[test]) continue;
                entered[test] = true;
                begin_.selected.push_back(test);
            }
        }
    }

    void name_some(const vector<std::string>& lines, const char* what) {
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (i == most_named) return problem("and " + std::to_string(lines.size() - i) + " more tests " + what);
            problem(std::string(lines[i]));
        }
    }

    void describe() {
        begin_.info = run_info(parts_[0].begin.info);
        begin_.info.shard.reset();
        begin_.info.jobs = 0;
        for (const part& each : parts_) {
            const run_info& run = each.begin.info;
            slots_.push_back(begin_.info.jobs);
            begin_.info.jobs += run.jobs;
            begin_.info.started_at = std::min(begin_.info.started_at, run.started_at);
            end_.took = std::max(end_.took, each.end.took);
            if (end_.cancelled_by == 0) end_.cancelled_by = each.end.cancelled_by;
            if (end_.stopped_because.empty()) end_.stopped_because = each.end.stopped_because;
            end_.peak_rss_bytes = std::max(end_.peak_rss_bytes, each.end.peak_rss_bytes);
            end_.in_trouble = end_.in_trouble || each.end.in_trouble;
        }
        begin_.info.filtered_out = static_cast<std::uint32_t>(begin_.list->tests.size() - begin_.selected.size());
    }

    void problem(std::string line) { problems_.push_back(std::move(line)); }

    vector<part> parts_;
    vector<vector<std::size_t>> places_;  // by part, where its tests are in the whole list; empty: where they were
    vector<std::uint32_t> slots_;         // by part, the first of its slots
    vector<std::uint32_t> owner_;         // by test
    vector<knowledge> known_;             // by test
    run_started begin_;
    run_finished end_;
    vector<std::string> problems_;
};

}  // namespace cordon::engine::record

// ---- cordon/engine/record/source.hpp ----

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine::record {

/// A recording in a file, event by event. Holds some 256 KiB of it at a time.
class source {
  public:
    /// An error if there is nothing to be had of the file: unreadable, no recording, one of a newer format, or one that
    /// does not hold so much as its first event.
    static result<source> open(const std::string& path) {
        result<os::descriptor> file = os::open_file(path);
        if (!file) return file.failure();
        source made(path, std::move(file.value()));
        made.first_ = made.read_next();
        if (made.first_) return made;
        if (made.failure_) return *made.failure_;
        const std::string& damage = made.reader_.damage();
        return error{"read", 0, path + ": " + (damage.empty() ? "it ends before its first event" : damage)};
    }

    /// The next event; nothing at the end, of whatever kind that is.
    std::optional<event> next() {
        if (!first_) return read_next();
        std::optional<event> first(std::move(first_));
        first_.reset();
        return first;
    }

    const std::string& path() const { return path_; }
    bool can_be_read_again() const { return os::can_be_read_again(file_); }
    /// After the last event: why there are no more of them, although the file goes on. Empty at the file's end.
    std::string damage() const {
        if (failure_) return "it can not be read on: " + os::describe_code(failure_->code);
        return reader_.damage();
    }

  private:
    source(std::string path, os::descriptor file)
        : path_(std::move(path)), file_(std::move(file)), chunk_(new char[chunk_size]) {}

    std::optional<event> read_next() {
        while (true) {
            std::optional<event> found = reader_.next();
            if (found || failure_ || !reader_.damage().empty()) return found;
            const result<std::size_t> got = os::read_some(file_, chunk_.get(), chunk_size, path_);
            if (!got) failure_ = got.failure();
            if (!got || got.value() == 0) return std::nullopt;
            reader_.feed({chunk_.get(), got.value()});
        }
    }

    static constexpr std::size_t chunk_size = 256 * 1024;

    std::string path_;
    os::descriptor file_;
    std::unique_ptr<char[]> chunk_;
    recording_reader reader_;
    std::optional<event> first_;
    std::optional<error> failure_;
};

}  // namespace cordon::engine::record

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine {

/// `--replay`: what was recorded, as events. One recording comes as it was, several come as one run.
class replay {
  public:
    using speaker = void (*)(const std::string& line);

    /// `say` is told what the user should know, a line at a time.
    replay(const options& chosen, speaker say) : chosen_(chosen), say_(say) {}

    /// Looks at the recordings. False if they can not be reported of, and why was said.
    bool prepare() {
        if (chosen_.replays.size() != 1) return prepare_merge();
        result<record::source> opened = record::source::open(chosen_.replays[0]);
        if (!opened) return refuse("can not " + os::describe(opened.failure()));
        single_.emplace(std::move(opened.value()));
        return true;
    }

    /// Passes everything on. False if that was not all there should be, which was said.
    bool drive(report::sink& to) {
        if (single_) {
            const bool whole = play(*single_, to);
            tell_end_of(*single_, whole);
            return fine_;
        }
        to.on(run_started(merge_->begin()));
        for (const std::string& each : merge_->problems())
            to.on(notice{notice::level::warning, each});
        for (std::size_t i = 0; i < merge_->parts().size(); ++i)
            play_part(i, to);
        merge_->pass_missing(to);
        to.on(run_finished(merge_->end()));
        return fine_;
    }

  private:
    /// Where the events of one part go.
    class part_sink final : public report::sink {
      public:
        part_sink(const record::merge& whole, std::size_t index, report::sink& to)
            : whole_(whole), index_(index), to_(to) {}
        void on(const event& happened) override { whole_.pass(index_, event(happened), to_); }

      private:
        const record::merge& whole_;
        std::size_t index_;
        report::sink& to_;
    };

    /// Passes on what a recording holds, and what it lacks where its end is missing. Returns whether it is not.
    static bool play(record::source& from, report::sink& to) {
        record::loose_ends ends;
        while (const std::optional<event> happened = from.next()) {
            ends.on(*happened);
            to.on(*happened);
        }
        if (!ends.whole()) ends.tie_up(to);
        return ends.whole();
    }

    void tell_end_of(const record::source& from, bool whole) {
        const std::string damage = from.damage();
        if (!damage.empty()) {
            say_(from.path() + ": " + damage + "; this is what comes before");
            fine_ = false;
        } else if (!whole) {
            say_(from.path() + " ends before its run did; this is what it holds");
            if (chosen_.replay_strict) fine_ = false;
        }
    }

    void play_part(std::size_t index, report::sink& to) {
        result<record::source> opened = record::source::open(merge_->parts()[index].path);
        if (!opened) {
            fine_ = refuse("can not " + os::describe(opened.failure()));
            return;
        }
        part_sink through(*merge_, index, to);
        if (!play(opened.value(), through) && chosen_.replay_strict) fine_ = false;
    }

    bool refuse(const std::string& line) {
        say_(line);
        return false;
    }

    bool prepare_merge() {
        vector<record::part> parts;
        bool good = true;
        for (const std::string& path : chosen_.replays) {
            result<record::source> opened = record::source::open(path);
            if (!opened) {
                good = refuse("can not " + os::describe(opened.failure()));
            } else if (!opened.value().can_be_read_again()) {
                good = refuse("can not merge " + path + ": it is no file that can be read twice");
            } else {
                parts.emplace_back();
                good = look_at(opened.value(), parts.back()) && good;
            }
        }
        if (!good) return false;
        merge_.emplace(std::move(parts));
        for (const std::string& each : merge_->problems())
            say_((chosen_.merge_partial ? "warning: " : "can not merge: ") + each);
        if (merge_->problems().empty() || chosen_.merge_partial) return true;
        return refuse("--merge-partial reports of them all the same");
    }

    bool look_at(record::source& from, record::part& into) {
        into.path = from.path();
        while (const std::optional<event> happened = from.next())
            into.on(*happened);
        if (from.damage().empty()) return true;
        say_(from.path() + ": " + from.damage());
        fine_ = false;
        return chosen_.merge_partial;
    }

    const options& chosen_;
    speaker say_;
    bool fine_ = true;
    std::optional<record::source> single_;
    std::optional<record::merge> merge_;
};

}  // namespace cordon::engine

// ---- cordon/engine/report/list.hpp ----

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

// What --list, --list=json and --list-tags print. `selected` are indices into the list, in the order to print.

namespace cordon::engine::report {

namespace list_detail {

void flush(std::string& text, text_output& output, std::size_t at_least) {
    if (text.size() < at_least) return;
    output.write(text);
    text.clear();
}

constexpr std::size_t batch = 64 * 1024;

void write_tags(json_writer& json, const test_info& test) {
    json.key("tags").open('[');
    for (const std::string_view tag : test.tags) {
        json.string(tag);
    }
    json.close(']');
}

void write_reason(json_writer& json, std::string_view key, const std::optional<std::string_view>& reason) {
    json.key(key);
    reason ? json.string(*reason) : json.null();
}

void write_limit(json_writer& json, std::string_view key, const std::optional<duration>& limit) {
    json.key(key);
    limit ? json.milliseconds(*limit) : json.null();
}

void write_test(json_writer& json, const test_info& test) {
    json.open('{');
    json.key("name").string(test.name);
    json.key("suite").string_or_null(test.suite);
    json.key("file").string_or_null(test.file);
    json.key("line");
    test.line == 0 ? json.null() : json.number(test.line);
    json.key("description").string_or_null(test.description);
    write_tags(json, test);
    write_limit(json, "timeout_ms", test.timeout);
    write_limit(json, "slow_after_ms", test.slow_after);
    json.key("retries");
    test.retries ? json.number(*test.retries) : json.null();
    write_reason(json, "skip", test.skip);
    write_reason(json, "todo", test.todo);
    write_reason(json, "quarantine", test.quarantine);
    json.key("should_fail").boolean(test.should_fail);
    json.key("may_fail").boolean(test.may_fail);
    json.close('}');
}

/// Adds one to the count of a tag; `tags` stays in order.
void count(std::string_view tag, vector<std::string_view>& tags, vector<std::size_t>& counts) {
    std::size_t low = 0;
    std::size_t high = tags.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        tags[middle] < tag ? low = middle + 1 : high = middle;
    }
    if (low == tags.size() || tags[low] != tag) {
        tags.push_back(tag);
        counts.push_back(0);
        for (std::size_t i = tags.size() - 1; i > low; --i) {
            tags[i] = tags[i - 1];
            counts[i] = counts[i - 1];
        }
        tags[low] = tag;
        counts[low] = 0;
    }
    ++counts[low];
}

}  // namespace list_detail

/// One full name ("suite/name") a line and nothing else, so that it can be piped: a line is a PATTERN that selects the
/// test. Control characters are spelled, so a name never takes two lines.
void list_names(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    std::string text;
    for (const std::size_t test : selected) {
        append_title(text, list.tests[test], "/");
        text += '\n';
        list_detail::flush(text, output, list_detail::batch);
    }
    list_detail::flush(text, output, 1);
}

/// The list with what the source says of each test, as JSON.
void list_json(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    std::string text;
    json_writer json(text);
    json.open('{');
    json.key("schema").string("cordon.list/1");
    json.line();
    json.key("tests").open('[');
    for (const std::size_t test : selected) {
        json.line();
        list_detail::write_test(json, list.tests[test]);
        list_detail::flush(text, output, list_detail::batch);
    }
    json.close(']');
    json.close('}');
    text += '\n';
    output.write(text);
}

/// Each tag with the number of its tests, by name.
void list_tags(const test_list& list, const vector<std::size_t>& selected, text_output& output) {
    vector<std::string_view> tags;
    vector<std::size_t> counts;
    for (const std::size_t test : selected) {
        for (const std::string_view tag : list.tests[test].tags) {
            list_detail::count(tag, tags, counts);
        }
    }
    std::string text;
    for (std::size_t i = 0; i < tags.size(); ++i) {
        const std::string count = std::to_string(counts[i]);
        text.append(count.size() < 7 ? 7 - count.size() : 0, ' ');
        text += count + "  ";
        append_printable(text, tags[i]);
        text += '\n';
    }
    list_detail::flush(text, output, 1);
}

}  // namespace cordon::engine::report

// ---- cordon/engine/shard_watch.hpp ----

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

namespace cordon::engine {

/// Stands between a run in shared processes and its reports. At its end the tests that failed are run in processes of
/// their own: those that pass there failed because of others, and the user is told how to find out which.
class shard_watch final : public report::sink {
  public:
    explicit shard_watch(report::sink& out) : out_(out) {}

    void on(const event& happened) override {
        if (const auto* end = happened.get_if<run_finished>()) {
            end_.emplace(*end);
            return;
        }
        const auto* finished = happened.get_if<test_finished>();
        if (finished != nullptr && finished->what == verdict::failed) failed_.push_back(finished->test);
        out_.on(happened);
    }

    /// Passes on the end of the run, with what there is to say before it.
    void finish(waves& with) {
        if (!end_) return;
        if (end_->cancelled_by == 0 && !end_->in_trouble) look_at_failed(with);
        end_->took = std::max(end_->took, duration{0});
        out_.on(*end_);
    }

  private:
    static constexpr std::size_t most = 20;
    static constexpr std::uint64_t tries = 3;

    void look_at_failed(waves& with) {
        if (failed_.size() > most) failed_.resize(most);
        supervisor::trials alone(with.list(), out_, 2);
        for (const std::size_t test : failed_) {
            for (std::uint64_t i = 0; i < tries; ++i) {
                vector<supervisor::planned_run> run(1);
                run.front().test = test;
                run.front().mode = isolate::shard;
                run.front().fresh = true;
                alone.add_turn(test, std::move(run));
            }
        }
        with.run(alone.tests(), alone);
        for (std::size_t i = 0; i < failed_.size(); ++i) {
            const policy::run_counts counts = alone.count(i * tries, tries);
            if (counts.runs != tries || counts.failures != 0) continue;
            const std::string name = report::full_name_of(with.list().tests[failed_[i]]);
            out_.on(notice{notice::level::warning,
                           "\"" + name +
                               "\" passes in a process of its own: other tests make it fail here. Which ones: " +
                               report::shell_word(os::self_path()) + " --find-polluter " + report::shell_word(name)});
        }
    }

    report::sink& out_;
    std::optional<run_finished> end_;
    vector<std::size_t> failed_;
};

}  // namespace cordon::engine

// ---- cordon/engine/worker/worker.hpp ----

// ---- cordon/engine/worker/hooks.hpp ----

// ---- cordon/engine/worker/context.hpp ----

// ---- cordon/engine/worker/outlet.hpp ----

#include <mutex>
#include <string>

namespace cordon::engine::worker {

/// Where the messages of a worker or a test process go.
class outlet {
  public:
    virtual ~outlet() = default;

    template <class Message>
    void say(const Message& message) {
        // A thread that a test has left behind may fail an assertion while the test's end is being said.
        const std::lock_guard<std::mutex> lock(mutex_);
        payload_.clear();
        wire::encode_payload(payload_, message);
        put(wire::type_of<Message, wire::report>(), payload_);
    }

  protected:
    virtual void put(std::uint8_t type, const std::string& payload) = 0;

  private:
    std::mutex mutex_;
    std::string payload_;  // kept for its capacity
};

/// Through the lane's journal to the event pipe.
class journal_outlet : public outlet {
  public:
    /// `level`: of the process, for its holds of the lane.
    journal_outlet(wire::lane lane, const os::descriptor& events, std::uint32_t level)
        : lane_(lane), events_(events), level_(level) {}

    /// This process is another one now, after a fork.
    void set_level(std::uint32_t level) { level_ = level; }
    std::uint32_t level() const { return level_; }

    /// Sends what is in the journal. Gives up (the journal keeps it) if another process has held the journal for long.
    void flush() {
        if (lane_.journal().empty()) return;
        const wire::lane::hold held = hold(patience_to_flush);
        if (held) send();
    }

    bool has_unsent() const { return !lane_.journal().empty(); }
    std::size_t unsent() const { return lane_.journal().size(); }

  private:
    static constexpr int patience_to_say = 100'000;  // of about 50 microseconds each
    static constexpr int patience_to_flush = 1'000;

    wire::lane::hold hold(int patience) const { return wire::lane::hold(lane_, level_, os::pause_briefly, patience); }

    CORDON_HOT void put(std::uint8_t type, const std::string& payload) override {
        const wire::lane::hold held = hold(patience_to_say);
        if (!held) return;
        if (!lane_.fits(payload.size())) send();
        if (lane_.fits(payload.size())) lane_.append(type, payload);
    }

    // When the pipe is gone (closed by a test, or the supervisor died) the journal stays full and what comes later is
    // dropped; the worker has a pipe end of its own and sends it on.
    void send() {
        if (os::write_all(events_, lane_.journal())) lane_.clear();
    }

    wire::lane lane_;
    const os::descriptor& events_;
    std::uint32_t level_;
};

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/subcase_tree.hpp ----

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cordon::engine::worker {

/// Which SUBCASE blocks one test has, as far as they are known, and which of them the present pass enters. Every pass
/// follows one path to a leaf that no pass has completed; the test is over when none is left.
class subcase_tree {
  public:
    subcase_tree() {
        path_.reserve(8);
        path_.push_back(0);
        nodes_.emplace_back();
    }

    CORDON_HOT void clear() {
        if (nodes_.size() == 1) return;  // most tests have no subcases: touch no memory for them
        nodes_.clear();
        nodes_.emplace_back();
        children_.clear();
    }

    CORDON_HOT void begin_pass() {
        path_.resize(1);  // the root, which is node 0
        nodes_[0].entered_child = false;
        abandoned_ = false;
        progressed_ = false;
    }

    /// A SUBCASE is reached. True: enter it, and call leave() at its end.
    bool reach(std::string_view name, std::string_view file, unsigned line) {
        const std::size_t parent = path_.back();
        const std::size_t child = find_or_add(parent, name, file, line);
        if (nodes_[child].done || nodes_[parent].entered_child) return false;
        nodes_[parent].entered_child = true;
        nodes_[child].entered_child = false;
        path_.push_back(child);
        return true;
    }

    /// The innermost entered block ends. With `by_exception` its later siblings were not seen, so that another pass has
    /// to look.
    void leave(bool by_exception) {
        const std::size_t left = path_.back();
        path_.pop_back();
        abandoned_ = abandoned_ || by_exception;
        // An exception out of a nested block hides the siblings after that one; only a pass that enters none of them
        // tells that there are no more.
        const bool hidden = by_exception && nodes_[left].entered_child;
        nodes_[left].done = nodes_[left].open_children == 0 && !hidden;
        if (!nodes_[left].done) return;
        --nodes_[path_.back()].open_children;
        progressed_ = true;
    }

    /// The body is over. Blocks that a jump has left, where there are no exceptions, were not told so themselves.
    void end_pass() {
        while (path_.size() > 1) {
            leave(true);
        }
    }

    /// After a pass: whether another one is needed. A pass that came by nothing new would only be repeated: what it did
    /// not reach, because something failed or was not so the second time, stays unreached.
    bool wants_another_pass() const { return progressed_ && (nodes_[0].open_children != 0 || abandoned_); }

    /// Names from the outermost to the innermost entered block.
    vector<std::string> path() const {
        vector<std::string> names;
        for (std::size_t i = 1; i < path_.size(); ++i) {
            names.push_back(nodes_[path_[i]].name);
        }
        return names;
    }

  private:
    struct node {
        std::string name;
        std::string file;
        unsigned line = 0;
        std::size_t parent = 0;
        std::uint32_t open_children = 0;  // known and not done
        bool done = false;
        bool entered_child = false;  // in this pass
    };

    std::size_t find_or_add(std::size_t parent, std::string_view name, std::string_view file, unsigned line) {
        const std::uint64_t hash = fast_hash(name, fast_hash(file, mix_bits(parent) + line));
        const std::size_t found = children_.find_or_enter(hash, nodes_.size(), [&](std::size_t other) {
            const node& known = nodes_[other];
            return known.parent == parent && known.line == line && known.name == name && known.file == file;
        });
        if (found == nodes_.size()) {
            node& added = nodes_.emplace_back();
            added.name = name;
            added.file = file;
            added.line = line;
            added.parent = parent;
            ++nodes_[parent].open_children;
            progressed_ = true;
        }
        return found;
    }

    vector<node> nodes_;
    hash_index children_;
    vector<std::size_t> path_;
    bool abandoned_ = false;
    bool progressed_ = false;  // this pass has found a block or completed one
};

}  // namespace cordon::engine::worker

#include <algorithm>
#include <atomic>
#include <mutex>
#include <string>

namespace cordon::detail {

// Constant-initialised, so that the compiler needs no guard around each use.
CORDON_THREAD_LOCAL thread_tally current_thread = {0, nullptr, false};

}  // namespace cordon::detail

namespace cordon::engine::worker {

/// Passed assertions of all threads. Each thread counts for itself; here the counts meet.
class assertion_count {
  public:
    void adopt(detail::thread_tally* tally) {
        const std::lock_guard<std::mutex> lock(mutex_);
        living_.push_back(tally);
    }
    void fold(detail::thread_tally* tally) {
        const std::lock_guard<std::mutex> lock(mutex_);
        folded_ += tally->passed;
        living_.erase(std::remove(living_.begin(), living_.end(), tally), living_.end());
    }
    CORDON_HOT std::uint64_t total() {
        const std::lock_guard<std::mutex> lock(mutex_);
        std::uint64_t sum = folded_;
        for (const detail::thread_tally* tally : living_) {
            sum += __atomic_load_n(&tally->passed, __ATOMIC_RELAXED);
        }
        return sum;
    }

  private:
    std::mutex mutex_;
    vector<detail::thread_tally*> living_;
    std::uint64_t folded_ = 0;
};

/// What the assertion hooks work on: the test (or setup block) that runs in this process.
class test_context {
  public:
    /// Failures beyond these are counted, not kept: a loop of ten million failing checks must end.
    static constexpr std::uint64_t most_failures = 200;
    static constexpr std::size_t most_failure_bytes = 2 * 1024 * 1024;
    static constexpr std::size_t longest_text = 32 * 1024;
    /// Of all INFO lines of one failure, and of all names of its subcases. A failure has to fit into the journal.
    static constexpr std::size_t most_info = 80 * 1024;
    static constexpr std::size_t most_names = 16 * 1024;

    CORDON_HOT void begin(outlet& to, std::uint32_t ticket) {
        const std::lock_guard<std::mutex> lock(mutex_);
        outlet_ = &to;
        process_ = os::own_process_id();
        if (message_.started != duration{0}) message_ = wire::finished();  // the first of a process finds it fresh
        message_.ticket = ticket;
        reported_ = 0;
        reported_bytes_ = 0;
        subcases_.clear();
        passed_before_ = count_.total();
        message_.started = now().time_since_epoch();
    }

    /// The outcome so far, stamped with the present time. It stays the context's own: most have no text, and a copy
    /// would be a dozen calls.
    CORDON_HOT wire::finished& end() {
        const std::lock_guard<std::mutex> lock(mutex_);
        return end_locked();
    }

    /// The same, said at once: for a test that another thread than its own has to end.
    void end_now() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (outlet_ != nullptr) outlet_->say(end_locked());
    }

    void record(failure what) {
        const std::lock_guard<std::mutex> lock(mutex_);
        // What has no macro is no assertion: an exception that left the body, a std::terminate.
        if (what.kind != failure_kind::warning) {
            if (!what.macro.empty()) ++message_.failed_assertions;
            message_.how = wire::finish::failed;
        }
        if (outlet_ == nullptr) return;
        if (what.subcase.empty()) what.subcase = subcases_.path();
        report(std::move(what));
    }

    void skip(std::string reason) {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (message_.how == wire::finish::failed) return;
        message_.how = wire::finish::skipped;
        message_.reason = std::move(reason);
    }

    void note_out_of_memory() { message_.out_of_memory = true; }
    bool failed() const { return message_.how == wire::finish::failed; }
    const std::string& skip_reason() const { return message_.reason; }
    bool skipped() const { return message_.how == wire::finish::skipped; }
    std::uint32_t ticket() const { return message_.ticket; }
    duration started() const { return message_.started; }
    /// False in a process that the test itself forked.
    bool in_own_process() const { return process_ == os::own_process_id(); }

    subcase_tree& subcases() { return subcases_; }
    assertion_count& count() { return count_; }

    static std::string shortened(std::string text) {
        if (text.size() <= longest_text) return text;
        const std::string gap = " [... " + std::to_string(text.size() - longest_text) + " bytes left out ...] ";
        return text.substr(0, longest_text / 2) + gap + text.substr(text.size() - longest_text / 2);
    }

    /// Leaves out the first lines where all of them would be more than `most` bytes, and says how many.
    static void bound(vector<std::string>& lines, std::size_t most) {
        std::size_t size = 0;
        std::size_t left_out = lines.size();
        while (left_out > 0 && size + lines[left_out - 1].size() <= most) {
            size += lines[--left_out].size();
        }
        if (left_out == 0) return;
        lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(left_out - 1));
        lines.front() = "[... " + std::to_string(left_out) + " left out ...]";
    }

  private:
    CORDON_HOT wire::finished& end_locked() {
        message_.assertions = count_.total() - passed_before_ + message_.failed_assertions;
        message_.ended = now().time_since_epoch();
        return message_;
    }

    void report(failure what) {
        for (std::string* text : {&what.expression, &what.left, &what.right, &what.message}) {
            *text = shortened(std::move(*text));
        }
        bound(what.info, most_info);
        bound(what.subcase, most_names);
        std::size_t size = what.left.size() + what.right.size() + what.message.size();
        for (const std::string& line : what.info) {
            size += line.size();
        }
        if (reported_ == most_failures || reported_bytes_ + size > most_failure_bytes) {
            ++message_.failures_dropped;
            return;
        }
        ++reported_;
        reported_bytes_ += size;
        outlet_->say(wire::failed_assertion{message_.ticket, std::move(what)});
    }

    std::mutex mutex_;
    outlet* outlet_ = nullptr;
    os::process_id process_ = 0;
    wire::finished message_;
    std::uint64_t reported_ = 0;
    std::size_t reported_bytes_ = 0;
    std::uint64_t passed_before_ = 0;
    subcase_tree subcases_;
    assertion_count count_;
};

/// The one context of the process. Never destroyed: threads and static destructors may assert until the very end.
CORDON_HOT test_context& context() {
    alignas(test_context) static char storage[sizeof(test_context)];
    static test_context* only = new (storage) test_context;
    return *only;
}

/// The thread that tests run in: it lives as long as its process, so nothing has to be folded in at its end.
void adopt_first_thread() {
    detail::current_thread.adopted = true;
    context().count().adopt(&detail::current_thread);
}

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/stringify.hpp ----

// ---- cordon/engine/worker/approx.hpp ----

#include <algorithm>
#include <cmath>

namespace cordon {

bool Approx::near(double other) const {
    // Equal infinities have no distance. NaN is neither below nor above anything, nor equal to itself.
    if (!(other < value_) && !(value_ < other)) return other <= value_;
    const double distance = std::fabs(other - value_);
    if (distance <= margin_) return true;
    const double allowed = epsilon_ * (scale_ + std::max(std::fabs(other), std::fabs(value_)));
    return distance < allowed && std::isfinite(allowed);
}

bool operator==(double other, const Approx& approx) { return approx.near(other); }
bool operator!=(double other, const Approx& approx) { return !approx.near(other); }
bool operator<(double other, const Approx& approx) { return other < approx.value() && !approx.near(other); }
bool operator>(double other, const Approx& approx) { return other > approx.value() && !approx.near(other); }
bool operator<=(double other, const Approx& approx) { return other < approx.value() || approx.near(other); }
bool operator>=(double other, const Approx& approx) { return other > approx.value() || approx.near(other); }
bool operator==(const Approx& approx, double other) { return other == approx; }
bool operator!=(const Approx& approx, double other) { return other != approx; }
bool operator<(const Approx& approx, double other) { return other > approx; }
bool operator>(const Approx& approx, double other) { return other < approx; }
bool operator<=(const Approx& approx, double other) { return other >= approx; }
bool operator>=(const Approx& approx, double other) { return other <= approx; }

void to_text(text_sink& out, const Approx& approx) { out << "Approx( " << approx.value() << " )"; }

}  // namespace cordon

// ---- cordon/engine/worker/captures.hpp ----

// ---- cordon/engine/worker/text_sink.hpp ----

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <exception>
#include <string>
#include <utility>

// Where text of the user's values goes: all that is written is taken, a bounded part is kept.

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

#include <string_view>

namespace cordon::detail {

namespace captures_detail {

/// Follows source text, to tell commas between arguments from commas within one.
class argument_scanner {
  public:
    /// True when c is a comma that separates arguments.
    bool separates(char c) {
        if (quote_ != 0) {
            in_quotes(c);
        } else if (c == '"' || c == '\'') {
            quote_ = c;
        } else if (c == '(' || c == '[' || c == '{') {
            ++depth_;
        } else if (c == ')' || c == ']' || c == '}') {
            --depth_;
        }
        return c == ',' && depth_ == 0 && quote_ == 0;
    }

  private:
    void in_quotes(char c) {
        if (escaped_) {
            escaped_ = false;
        } else if (c == '\\') {
            escaped_ = true;
        } else if (c == quote_) {
            quote_ = 0;
        }
    }

    int depth_ = 0;
    char quote_ = 0;
    bool escaped_ = false;
};

engine::vector<std::string_view> arguments_of(std::string_view text) {
    engine::vector<std::string_view> arguments;
    argument_scanner scanner;
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= text.size(); ++i) {
        if (i < text.size() && !scanner.separates(text[i])) continue;
        arguments.push_back(text.substr(begin, i - begin));
        begin = i + 1;
        while (begin < text.size() && text[begin] == ' ') {
            ++begin;
        }
    }
    return arguments;
}

void put_name(text_sink& out, std::string_view name) {
    out.write(name.data(), name.size());
    out << " := ";
}

}  // namespace captures_detail

// Where the names cannot be told apart (commas between angle brackets), all of them stand in front of the values.
void write_captures(text_sink& out, const char* names, const operand_text* values, size_t count) {
    const engine::vector<std::string_view> each = captures_detail::arguments_of(names);
    const bool matched = each.size() == count;
    if (!matched) captures_detail::put_name(out, names);
    for (size_t i = 0; i < count; ++i) {
        if (i != 0) out << ", ";
        if (matched) captures_detail::put_name(out, each[i]);
        values[i].write(out, values[i].value);
    }
}

}  // namespace cordon::detail

// ---- cordon/engine/worker/literal.hpp ----

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

// Numbers and text as they stand in source code.

namespace cordon::detail::stringify_detail {

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

}  // namespace cordon::detail::stringify_detail

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <streambuf>
#include <string>
#include <string_view>

// Definitions of what api/stringify.hpp declares.

namespace cordon::detail {

namespace stringify_detail {

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

}  // namespace cordon::detail

// ---- cordon/engine/worker/unwind.hpp ----

#include <exception>
#include <new>
#include <string>

#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
#include <csetjmp>
#endif

namespace cordon::engine::worker {

// How a failed REQUIRE and a SKIP leave the test: by an exception of a private type, or, in programs built without
// exceptions, by a jump that runs no destructors. Threads other than the test's own can not be left that way: there the
// test's process ends.

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

struct leaving_the_test {};

thread_local bool is_leaving = false;

[[noreturn]] void leave_test() {
    is_leaving = true;
    throw leaving_the_test{};
}

bool is_unwinding() { return std::uncaught_exceptions() > 0; }

/// What a user's exception has ended on its way: it belongs to the failure that the exception will become.
struct unwound_scopes {
    vector<std::string> infos;  ///< texts of INFO, innermost first
    vector<std::string> path;   ///< of the innermost SUBCASE
};

// A plain pointer: a thread_local object with a destructor would cost every forked test process its registration and
// its end.
thread_local unwound_scopes* unwound = nullptr;

unwound_scopes& unwound_here() {
    if (!detail::current_thread.adopted) detail::adopt_thread();  // so that the thread's end takes it along
    if (unwound == nullptr) unwound = new unwound_scopes;
    return *unwound;
}

void forget_unwound() {
    delete unwound;
    unwound = nullptr;
}

void keep_unwound_info(detail::operand_text text) {
    constexpr std::size_t most = 100;
    if (is_leaving || unwound_here().infos.size() == most) return;
    unwound->infos.push_back(test_context::shortened(written(text)));
}

void keep_unwound_path() {
    if (!is_leaving && unwound_here().path.empty()) unwound->path = context().subcases().path();
}

void forget_unwound_path() {
    if (unwound != nullptr) unwound->path.clear();
}

void take_unwound_infos(vector<std::string>& to) {
    if (unwound == nullptr) return;
    for (; !unwound->infos.empty(); unwound->infos.pop_back())
        to.push_back(std::move(unwound->infos.back()));
}

/// The exception that is being handled, for a report: its type and what() or text.
std::string current_exception_text() {
    const std::string type = os::current_exception_type();
    const std::string start = type.empty() ? std::string() : type + ": ";
    try {
        throw;
    } catch (const std::exception& caught) {
        return start + caught.what();
    } catch (const std::string& caught) {
        return start + caught;
    } catch (const char* caught) {
        return start + (caught != nullptr ? caught : "(null)");
    } catch (...) {
        return type.empty() ? "an exception of unknown type" : type;
    }
}

/// Only what() or the thrown text; empty for other types.
std::string current_exception_words() {
    try {
        throw;
    } catch (const std::exception& caught) {
        return caught.what();
    } catch (const std::string& caught) {
        return caught;
    } catch (const char* caught) {
        return caught != nullptr ? caught : "";
    } catch (...) {
        return {};
    }
}

bool current_exception_leaves_test() {
    try {
        throw;
    } catch (const leaving_the_test&) {
        return true;
    } catch (...) {
        return false;
    }
}

bool current_exception_is_bad_alloc() {
    try {
        throw;
    } catch (const std::bad_alloc&) {
        return true;
    } catch (...) {
        return false;
    }
}

// An exception that left the test's body: a failure with the last assertion as the nearest known place.
void record_escaped_exception() {
    if (current_exception_is_bad_alloc()) context().note_out_of_memory();
    failure what;
    what.kind = failure_kind::exception;
    what.message = "the test was left by an exception: " + current_exception_text();
    if (const detail::assertion_site* last = detail::current_thread.last) {
        what.file = last->file;
        what.line = last->line;
        what.message += " (after the last assertion that passed here)";
    }
    take_unwound_infos(what.info);
    if (unwound != nullptr) what.subcase = std::move(unwound->path);
    context().record(std::move(what));
}

/// Runs a test's or setup's body; whatever leaves it stays here.
CORDON_HOT void run_guarded(void (*body)()) {
    is_leaving = false;
    detail::current_thread.last = nullptr;
    forget_unwound();
    try {
        body();
    } catch (const leaving_the_test&) {
    } catch (...) {
        record_escaped_exception();
    }
}

std::terminate_handler terminate_before = nullptr;

// std::terminate in a test process: says what it was, then leaves the rest to the handler that the program had.
[[noreturn]] void explain_terminate() {
    if (std::current_exception() != nullptr && current_exception_leaves_test()) {
        context().end_now();
        os::flush_standard_streams();
        os::leave_now(0);
    }
    failure what;
    what.kind = failure_kind::process;
    what.message = "std::terminate was called";
    if (std::current_exception() != nullptr) what.message += ", uncaught exception: " + current_exception_text();
    context().record(std::move(what));
    if (terminate_before != nullptr) terminate_before();
    std::abort();
}

void watch_terminate() {
    if (std::get_terminate() != explain_terminate) terminate_before = std::set_terminate(explain_terminate);
}

#else

thread_local std::jmp_buf* way_out = nullptr;

bool is_unwinding() { return false; }
void keep_unwound_info(detail::operand_text) {}
void forget_unwound() {}
void keep_unwound_path() {}
void forget_unwound_path() {}
void take_unwound_infos(vector<std::string>&) {}

[[noreturn]] void leave_test() {
    if (way_out != nullptr) std::longjmp(*way_out, 1);
    context().end_now();
    os::flush_standard_streams();
    os::leave_now(0);
}

CORDON_HOT void run_guarded(void (*body)()) {
    std::jmp_buf here;
    way_out = &here;
    if (setjmp(here) == 0) body();
    way_out = nullptr;
}

void watch_terminate() {}

#endif

}  // namespace cordon::engine::worker

#include <algorithm>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

// Definitions of what the assertion macros call.

namespace cordon::engine::worker {

thread_local detail::info_scope* innermost_info = nullptr;

// INFO texts are written now, when something failed. What writes them is the user's code: an assertion in there must
// not come back here.
struct shown_infos {
    vector<std::string> info;
    std::string message;  // of the _MESSAGE form that failed
};

shown_infos infos_for(const detail::assertion_site* failed) {
    constexpr std::size_t most = 100;
    shown_infos shown;
    detail::info_scope* const innermost = std::exchange(innermost_info, nullptr);
    for (const detail::info_scope* scope = innermost; scope != nullptr && shown.info.size() < most;
         scope = scope->outer) {
        if (scope->owner == nullptr) {
            shown.info.push_back(test_context::shortened(written(scope->text)));
        } else if (scope->owner == failed) {
            shown.message = written(scope->text);
        }
    }
    innermost_info = innermost;
    std::reverse(shown.info.begin(), shown.info.end());
    return shown;
}

failure failure_at(const detail::assertion_site& site, failure_kind kind) {
    failure what;
    what.kind = site.level == detail::severity::warn ? failure_kind::warning : kind;
    what.macro = site.macro;
    what.expression = site.expression;
    what.file = site.file;
    what.line = site.line;
    return what;
}

void record_at(const detail::assertion_site& site, failure what) {
    shown_infos shown = infos_for(&site);
    what.info = std::move(shown.info);
    take_unwound_infos(what.info);
    if (!shown.message.empty())
        what.message = what.message.empty() ? shown.message : shown.message + "\n" + what.message;
    context().record(std::move(what));
}

struct thread_membership {
    ~thread_membership() {
        forget_unwound();
        context().count().fold(&detail::current_thread);
    }
};

}  // namespace cordon::engine::worker

namespace cordon::detail {

CORDON_COLD void fail_comparison(const assertion_site& site, const char* op, operand_text left,
                                 operand_text right) noexcept {
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.left = engine::worker::written(left);
    what.op = op;
    what.right = engine::worker::written(right);
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_value(const assertion_site& site, operand_text value) noexcept {
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.left = engine::worker::written(value);
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_plain(const assertion_site& site, const char* words) noexcept {
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::assertion);
    what.message = words;
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void fail_message(const assertion_site& site, operand_text message) noexcept {
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::explicit_);
    what.message = engine::worker::written(message);
    engine::worker::record_at(site, std::move(what));
}

[[noreturn]] CORDON_COLD void leave_test() { engine::worker::leave_test(); }

[[noreturn]] CORDON_COLD void skip_test(const assertion_site&, operand_text reason) {
    engine::worker::context().skip(engine::worker::written(reason));
    engine::worker::leave_test();
}

CORDON_COLD void adopt_thread() noexcept {
    thread_local engine::worker::thread_membership membership;
    static_cast<void>(membership);
    current_thread.adopted = true;
    engine::worker::context().count().adopt(&current_thread);
}

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)

CORDON_COLD void fail_by_exception(const assertion_site& site) {
    if (engine::worker::current_exception_leaves_test()) throw;
    if (engine::worker::current_exception_is_bad_alloc()) engine::worker::context().note_out_of_memory();
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.message = "threw " + engine::worker::current_exception_text();
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD void pass_by_exception(const assertion_site& site) {
    if (engine::worker::current_exception_leaves_test()) throw;
    engine::worker::forget_unwound();
    pass(site);
}

CORDON_COLD void fail_wrong_exception(const assertion_site& site, const char* expected) {
    if (engine::worker::current_exception_leaves_test()) throw;
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.message = "threw " + engine::worker::current_exception_text() + ", expected " + expected;
    engine::worker::record_at(site, std::move(what));
}

CORDON_COLD outcome check_exception_text(const assertion_site& site, text_view expected) {
    if (engine::worker::current_exception_leaves_test()) throw;
    const std::string words = engine::worker::current_exception_words();
    const std::string_view wanted(expected.data, expected.size);
    if (words == wanted) {
        pass(site);
        return outcome::passed;
    }
    engine::failure what = engine::worker::failure_at(site, engine::failure_kind::exception);
    what.left = engine::worker::written(text_of(words));
    what.op = "==";
    what.right = engine::worker::written(text_of(wanted));
    what.message = "threw " + engine::worker::current_exception_text();
    engine::worker::record_at(site, std::move(what));
    return outcome::failed;
}

#endif

subcase::subcase(text_view name, const char* file, unsigned line)
    : entered_(engine::worker::context().subcases().reach({name.data, name.size}, file, line)) {
    if (entered_) engine::worker::forget_unwound_path();
}

subcase::~subcase() {
    if (!entered_) return;
    const bool unwinding = engine::worker::is_unwinding();
    if (unwinding) engine::worker::keep_unwound_path();
    engine::worker::context().subcases().leave(unwinding);
}

info_scope::info_scope(operand_text text_, const assertion_site* owner_)
    : text(text_), owner(owner_), outer(engine::worker::innermost_info) {
    engine::worker::innermost_info = this;
}

info_scope::~info_scope() {
    engine::worker::innermost_info = outer;
    if (owner == nullptr && engine::worker::is_unwinding()) engine::worker::keep_unwound_info(text);
}

}  // namespace cordon::detail

// ---- cordon/engine/worker/in_process.hpp ----

// ---- cordon/engine/worker/registry.hpp ----

#include <cstdint>

namespace cordon::engine::worker {

// Plain pointers: registration runs in static initialisers, before anything of the engine's own is constructed.
detail::test_case* first_test = nullptr;
detail::test_case* last_test = nullptr;
detail::setup* first_setup = nullptr;
detail::setup* last_setup = nullptr;
/// Between TEST_SUITE_BEGIN and TEST_SUITE_END.
const detail::suite* begun_suite = nullptr;

}  // namespace cordon::engine::worker

namespace cordon::detail {

suite_switch::suite_switch(const suite* begun) { engine::worker::begun_suite = begun; }

const suite* enclosing_suite(const suite* block) { return block != nullptr ? block : engine::worker::begun_suite; }

test_case::test_case(void (*body_)(), location where_, const suite* owner_, const decorator* decorators_, size_t count_)
    : body(body_),
      where(where_),
      owner(enclosing_suite(owner_)),
      decorators(decorators_),
      count(count_),
      next(nullptr) {
    test_case*& slot =
        engine::worker::last_test == nullptr ? engine::worker::first_test : engine::worker::last_test->next;
    slot = this;
    engine::worker::last_test = this;
}

setup::setup(void (*body_)(), location where_, const suite* owner_)
    : body(body_), where(where_), owner(owner_), next(nullptr) {
    setup*& slot =
        engine::worker::first_setup == nullptr ? engine::worker::first_setup : engine::worker::last_setup->next;
    slot = this;
    engine::worker::last_setup = this;
}

}  // namespace cordon::detail

namespace cordon::engine::worker {

/// The registered tests by their index on the wire, and no more of them than running one takes: a worker's memory is
/// copied with every fork.
struct registered_tests {
    vector<const detail::test_case*> tests;
    std::uint64_t hash = 0;  ///< the same as test_list::hash of the same program
};

registered_tests all_tests() {
    registered_tests all;
    const detail::suite* suite = nullptr;
    std::uint64_t suite_hash = fast_hash(suite_path(nullptr));
    for (const detail::test_case* each = first_test; each != nullptr; each = each->next) {
        if (each->owner != suite) suite_hash = fast_hash(suite_path(each->owner));
        suite = each->owner;
        all.hash = list_hash_with(all.hash, fast_hash(each->name(), suite_hash), each->where.file);
        all.tests.push_back(each);
    }
    return all;
}

/// Setup blocks in order of registration: their index is their name on the wire.
vector<const detail::setup*> all_setups() {
    vector<const detail::setup*> all;
    for (const detail::setup* each = first_setup; each != nullptr; each = each->next) {
        all.push_back(each);
    }
    return all;
}

/// Its place among all_setups(), from 1.
std::uint32_t number_of(const detail::setup& block) {
    std::uint32_t number = 1;
    for (const detail::setup* each = first_setup; each != nullptr && each != &block; each = each->next) {
        ++number;
    }
    return number;
}

vector<const detail::setup*> setups_at(const vector<std::uint32_t>& indices) {
    const vector<const detail::setup*> all = all_setups();
    vector<const detail::setup*> chosen;
    for (const std::uint32_t index : indices) {
        if (index < all.size()) chosen.push_back(all[index]);
    }
    return chosen;
}

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/test_process.hpp ----

// ---- cordon/engine/worker/temp_folder.hpp ----

#include <atomic>
#include <cstdint>
#include <mutex>
#include <new>
#include <string>

namespace cordon::engine::worker {

/// The temporary folder of the test that runs in this process. Its name follows from what the worker knows and
/// a number in the lane, so that the worker can remove the folder however the test's process ended.
class temp_folder {
  public:
    /// Whose folder it is: a worker's attempt. Its text is made only when it is asked for, which few tests do.
    struct owner {
        const std::string* root = nullptr;
        os::process_id worker = 0;
        std::uint32_t ticket = 0;

        /// "<root>/cordon-<worker>-<ticket>-<number>"
        std::string path(std::uint32_t number) const {
            return *root + "/cordon-" + std::to_string(worker) + "-" + std::to_string(ticket) + "-" +
                   std::to_string(number);
        }
    };

    /// A new test begins. `made_number` is 0 while there is no folder, then the number that ends its name.
    CORDON_HOT void begin(const owner& whose, std::atomic<std::uint32_t>* made_number) {
        const std::lock_guard<std::mutex> lock(mutex_);
        owner_ = whose;
        number_ = made_number;
        if (!path_.empty()) path_.clear();
    }

    const char* path() {
        const std::lock_guard<std::mutex> lock(mutex_);
        if (path_.empty()) make();
        return path_.empty() ? nullptr : path_.c_str();
    }

  private:
    void make() {
        for (std::uint32_t number = 1; number < 100 && number_ != nullptr; ++number) {
            const std::string candidate = owner_.path(number);
            const result<bool> made = os::make_new_folder(candidate);
            if (!made) return os::write_standard_error("cordon: " + os::describe(made.failure()) + "\n");
            if (!made.value()) continue;  // left behind by a process of the same number
            number_->store(number);
            os::set_environment("TEST_TMPDIR", candidate);
            path_ = candidate;
            return;
        }
    }

    std::mutex mutex_;
    owner owner_;
    std::atomic<std::uint32_t>* number_ = nullptr;
    std::string path_;
};

CORDON_HOT temp_folder& current_temp_folder() {
    alignas(temp_folder) static char storage[sizeof(temp_folder)];
    static auto* only = new (storage) temp_folder;  // outlives static destructors, as the context does
    return *only;
}

}  // namespace cordon::engine::worker

namespace cordon {

const char* temp_dir() { return engine::worker::current_temp_folder().path(); }

}  // namespace cordon

// ---- cordon/engine/worker/test_environment.hpp ----

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine::worker {

/// One environment variable whose text is overwritten in place. setenv() would keep a copy of every value it ever saw.
class variable {
  public:
    explicit variable(std::string_view name) : text_(std::string(name) + "=") { name_length_ = text_.size(); }

    void set(std::string_view value) {
        const char* before = text_.data();
        text_.resize(name_length_);
        text_ += value;
        if (!placed_ || text_.data() != before) os::put_environment(text_.data());
        placed_ = true;
    }
    void set(std::uint64_t value) {
        char digits[24];
        char* at = digits + sizeof digits;
        do {
            *--at = static_cast<char>('0' + value % 10);
            value /= 10;
        } while (value != 0);
        set(std::string_view(at, static_cast<std::size_t>(digits + sizeof digits - at)));
    }

  private:
    std::string text_;
    std::size_t name_length_;
    bool placed_ = false;
};

/// What every test finds in its environment.
class test_environment {
  public:
    explicit test_environment(std::uint32_t slot) { slot_.set(std::uint64_t{slot}); }

    void describe(const detail::test_case& test, const wire::work_item& item) {
        name_.set(test.name());
        attempt_.set(std::uint64_t{item.number});
        total_.set(std::uint64_t{item.of});
        seed_.set(item.seed);
    }

  private:
    variable name_{"CORDON_TEST_NAME"};
    variable attempt_{"CORDON_ATTEMPT"};
    variable total_{"CORDON_TOTAL_ATTEMPTS"};
    variable slot_{"CORDON_SLOT"};
    variable seed_{"CORDON_SEED"};
};

}  // namespace cordon::engine::worker

#include <optional>

namespace cordon::engine::worker {

/// Does once what every test process would do otherwise: each page that a forked process is the first to touch costs it
/// about a microsecond.
void prepare_for_tests() {
    if (!detail::current_thread.adopted) adopt_first_thread();
    watch_terminate();
    current_temp_folder();
    context().subcases().begin_pass();
}

/// What unused stack is filled with before a test, plus one (--condition stack); 0: nothing.
std::uint32_t stack_fill = 0;

/// What a test then reads from a local variable that it did not initialise is this, and not what happens to lie there.
void fill_stack() {
    volatile char unused[64 * 1024];
    for (volatile char& each : unused)
        each = static_cast<char>(stack_fill - 1);
}

/// Runs one attempt in this process and returns what it came to; failures have gone to the outlet as they happened.
CORDON_HOT wire::finished& run_attempt(const detail::test_case& test, const wire::work_item& item, outlet& to) {
    test_context& current = context();
    current.begin(to, item.ticket);
    if (stack_fill != 0) {
        void (*volatile in_a_frame_of_its_own)() = fill_stack;
        in_a_frame_of_its_own();
    }
    do {
        current.subcases().begin_pass();
        run_guarded(test.body);
        current.subcases().end_pass();
    } while (current.subcases().wants_another_pass() && !current.skipped());
    return current.end();
}

/// Runs one setup block; its failures are said under `ticket`. SKIP counts as failing: what the tests rely on is not
/// there.
bool run_setup(const detail::setup& block, outlet& to, std::uint32_t ticket) {
    test_context& current = context();
    current.begin(to, ticket);
    current.subcases().begin_pass();
    run_guarded(block.body);
    if (current.skipped()) {
        failure what;
        what.kind = failure_kind::explicit_;
        what.macro = "SKIP";
        what.message = "a setup can not be skipped: " + current.skip_reason();
        what.file = block.where.file;
        what.line = block.where.line;
        current.record(std::move(what));
    }
    os::flush_standard_streams();
    return !current.failed();
}

/// Runs setup blocks one after another until one fails.
bool run_setups(const vector<const detail::setup*>& blocks, outlet& to, std::uint32_t ticket) {
    for (const detail::setup* block : blocks) {
        if (!run_setup(*block, to, ticket)) return false;
    }
    return true;
}

/// The failure of a test whose process ended in the setup block of that number (0: in none), which it could not tell
/// itself.
std::optional<failure> failure_by_setup(std::uint32_t number, const wire::ended& end) {
    const bool timed_out = end.why == wire::stopped_by::timeout;
    if (number == 0 || (end.why != wire::stopped_by::itself && !timed_out)) return std::nullopt;
    const vector<const detail::setup*> blocks = setups_at({number - 1});
    if (blocks.empty()) return std::nullopt;
    const ending how = timed_out ? ending::timed_out : end.by_signal ? ending::crashed : ending::exited;
    return setup_failure(suite_path(blocks.front()->owner), blocks.front()->where,
                         describe_setup_end(how, os::signal_name(end.code), end.code));
}

/// Where temporary folders are, and which of them stay.
struct temp_policy {
    std::string root;
    os::process_id worker = 0;
    bool keep_failed = false;

    /// What is in the attempt's folder, if it made one.
    vector<std::string> files_of(const wire::lane& lane, std::uint32_t ticket) const {
        const std::uint32_t number = lane->temp_folder.load();
        if (number == 0) return {};
        return os::entries_of(temp_folder::owner{&root, worker, ticket}.path(number), leftovers::most_kept);
    }

    /// Removes the attempt's folder if it made one.
    CORDON_HOT void remove(const wire::lane& lane, std::uint32_t ticket, bool failed) const {
        const std::uint32_t number = lane->temp_folder.exchange(0);
        if (number == 0 || (failed && keep_failed)) return;
        const status removed = os::remove_folder(temp_folder::owner{&root, worker, ticket}.path(number));
        if (!removed) os::write_standard_error("cordon: " + os::describe(removed.failure()) + "\n");
    }
};

/// Whether tests say what they leave behind in their process, and how closely they look.
bool looks_back(const wire::configure& settings) { return settings.leaks != leak_policy::ignore; }
os::attention attention_to_leftovers(const wire::configure& settings) {
    return settings.leaks == leak_policy::fail ? os::attention::thorough : os::attention::quick;
}

/// The part of a test process: claims items of its batch and runs them, one in fork and exec mode, many in shard mode.
class test_process {
  public:
    /// The reading ends of its own output; only shard mode needs them, to tell one test's output from the next one's.
    struct own_output {
        const os::descriptor* out = nullptr;
        const os::descriptor* err = nullptr;
    };

    /// `looks_back`: says what each test leaves behind in this process, whose state must have been remembered.
    test_process(const registered_tests& tests, wire::lane lane, journal_outlet& to, test_environment& environment,
                 const temp_policy& temp, bool looks_back)
        : tests_(tests), lane_(lane), to_(to), environment_(environment), temp_(temp), looks_back_(looks_back) {}

    CORDON_HOT void run(const vector<wire::work_item>& batch, own_output output) {
        if (batch.size() > 1) last_flush_ = now();
        const auto count = static_cast<std::int64_t>(batch.size());
        for (std::int64_t index = lane_.claim(); index >= 0 && index < count; index = lane_.claim()) {
            const wire::work_item& item = batch[static_cast<std::size_t>(index)];
            const bool more = batch.size() > 1;
            if (more) environment_.describe(*tests_.tests[item.test], item);
            run_one(item, more ? output : own_output{});
        }
    }

  private:
    static constexpr duration flush_interval = std::chrono::milliseconds(2);

    CORDON_HOT void run_one(const wire::work_item& item, own_output output) {
        limit_memory(item.memory_limit);
        begin_temp_folder(item);
        lane_->started.store(now().time_since_epoch().count(), std::memory_order_relaxed);
        lane_->running.store(item.ticket, std::memory_order_seq_cst);
        wait_for_reader(output);
        const os::state_mark before = looks_back_ ? os::mark_state() : os::state_mark();
        wire::finished& message = item.snapshot ? run_in_copy(item) : run_attempt(*tests_.tests[item.test], item, to_);
        // A copy that the test forked and that returned here must not go on as if it were the test.
        if (!context().in_own_process()) os::leave_now(message.how == wire::finish::failed ? 1 : 0);
        if (looks_back_) look_back(before, item, output.out != nullptr);
        temp_.remove(lane_, item.ticket, message.how == wire::finish::failed);
        settle_output(output);
        message.has_output = output.out != nullptr && lane_->captured.load(std::memory_order_seq_cst) == item.ticket;
        to_.say(message);
        lane_->over.store(item.ticket, std::memory_order_release);
        if (output.out != nullptr) flush_now_and_then(instant(message.ended));
    }

    CORDON_HOT void look_back(const os::state_mark& before, const wire::work_item& item, bool shared) {
        const std::uint32_t changes = os::changed_state(before);
        if (changes != 0 || shared || lane_->temp_folder.load(std::memory_order_relaxed) != 0)
            tell_leftovers(changes, item, shared);
    }

    CORDON_COLD void tell_leftovers(std::uint32_t changes, const wire::work_item& item, bool shared) {
        vector<leftover> found;
        // Where tests follow in this process, its end comes too late to tell whose processes they were.
        if (shared) os::end_children(found);
        os::describe_changes(changes, found);
        for (std::string& name : temp_.files_of(lane_, item.ticket)) {
            found.push_back({leftover_kind::file, std::move(name)});
        }
        if (found.empty()) return;
        wire::left_behind message;
        message.ticket = item.ticket;
        for (const leftover& each : found) {
            message.items.emplace_back(each.kind, each.what.substr(0, leftovers::longest_text));
        }
        to_.say(message);
        if (shared) os::remember_state_again();  // the next one shall not be charged with it
    }

    // In a copy of this process, which so stays as it is: what the tests before have left behind can be shown to one
    // test after the other. The copy tells what failed as it happens, this process tells the end.
    wire::finished& run_in_copy(const wire::work_item& item) {
        constexpr int failed_code = 1;
        constexpr int skipped_code = 2;
        os::flush_standard_streams();
        const result<os::process_id> made = os::fork_process();
        if (made && made.value() == 0) {
            to_.set_level(to_.level() + 1);
            const wire::finished& said = run_attempt(*tests_.tests[item.test], item, to_);
            const int code = said.how == wire::finish::failed    ? failed_code
                             : said.how == wire::finish::skipped ? skipped_code
                                                                 : 0;
            os::flush_standard_streams();
            os::leave_now(code);
        }
        context().begin(to_, item.ticket);
        os::process_end end;
        if (made) end = os::wait_for_end(made.value());
        lane_.end_holds_above(to_.level());
        if (!made) context().skip(os::describe(made.failure()));
        if (end.by_signal || end.code > skipped_code) context().record(end_of_copy(end));
        if (!end.by_signal && end.code == skipped_code) context().skip("skipped in a copy of the process");
        wire::finished& message = context().end();
        if (!end.by_signal && end.code == failed_code) message.how = wire::finish::failed;
        return message;
    }

    static failure end_of_copy(const os::process_end& end) {
        failure what;
        what.kind = failure_kind::process;
        what.message = end.by_signal ? "its process was ended by " + std::string(os::signal_name(end.code))
                                     : "its process ended with exit code " + std::to_string(end.code);
        return what;
    }

    void limit_memory(std::uint64_t bytes) {
        if (bytes == memory_limit_) return;
        os::limit_memory(bytes);
        memory_limit_ = bytes;
    }

    void begin_temp_folder(const wire::work_item& item) {
        lane_->temp_folder.store(0, std::memory_order_relaxed);
        current_temp_folder().begin({&temp_.root, temp_.worker, item.ticket}, &lane_->temp_folder);
    }

    // The worker labels output with the test that runs while it reads. It may have taken the label just before the test
    // changed: then the new test waits until that read is over.
    void wait_for_reader(own_output output) const {
        if (output.out == nullptr) return;
        for (int round = 0; lane_->reading.load(std::memory_order_seq_cst) != 0 && round < reader_patience; ++round) {
            os::pause_briefly();
        }
    }

    // All that this test printed shall be read, and so labelled, before the next one starts. Bounded: a process left
    // behind by the test may keep on printing.
    void settle_output(own_output output) const {
        if (output.out == nullptr) return;
        os::flush_standard_streams();
        for (int round = 0; os::anything_to_read(*output.out, *output.err) && round < reader_patience; ++round) {
            os::pause_briefly();
        }
        wait_for_reader(output);
    }

    void flush_now_and_then(instant at) {
        if (at - last_flush_ < flush_interval && to_.unsent() < wire::lane_block::journal_capacity / 2) return;
        last_flush_ = at;
        to_.flush();
    }

    static constexpr int reader_patience = 20'000;  // about a second

    const registered_tests& tests_;
    wire::lane lane_;
    journal_outlet& to_;
    test_environment& environment_;
    const temp_policy& temp_;
    bool looks_back_;
    instant last_flush_{};
    std::uint64_t memory_limit_ = 0;  ///< that holds now
};

}  // namespace cordon::engine::worker

#include <string>
#include <utility>

namespace cordon::engine::worker {

/// Hands each message, decoded again, to a callable: the way of a test that runs in the supervisor itself.
template <class Receiver>
class direct_outlet : public outlet {
  public:
    explicit direct_outlet(Receiver receive) : receive_(std::move(receive)) {}

  private:
    void put(std::uint8_t type, const std::string& payload) override {
        if (std::optional<wire::report> message = wire::decode<wire::report>({type, 0, payload})) receive_(*message);
    }

    Receiver receive_;
};

namespace in_process_detail {

const test_info* running_here = nullptr;

// The process was the run: with the test that called exit() the verdicts of all others are gone too, and its exit code
// must not pass for theirs. What _exit() does can not be seen from in here.
void refuse_early_exit() {
    if (running_here == nullptr) return;
    os::flush_standard_streams();
    os::write_standard_error("cordon: the test \"" + std::string(running_here->name) +
                             "\" ended the process, and with it the run\n");
    os::leave_now(1);
}

}  // namespace in_process_detail

/// Runs one attempt in this process, with nothing between it and the terminal.
template <class Receiver>
void run_in_process(const test_list& tests, const wire::work_item& item, std::uint32_t slot, Receiver receive) {
    static const bool exit_is_watched = os::call_at_exit(in_process_detail::refuse_early_exit);
    static_cast<void>(exit_is_watched);
    static std::atomic<std::uint32_t> folder{0};
    static test_environment environment(slot);
    direct_outlet<Receiver> to(std::move(receive));
    environment.describe(*tests.tests[item.test].registered, item);
    const std::string root = os::temp_root();
    const temp_folder::owner owner{&root, os::own_process_id(), item.ticket};
    current_temp_folder().begin(owner, &folder);
    in_process_detail::running_here = &tests.tests[item.test];
    const wire::finished& message = run_attempt(*tests.tests[item.test].registered, item, to);
    in_process_detail::running_here = nullptr;
    if (const std::uint32_t number = folder.exchange(0)) os::remove_folder(owner.path(number)).ignore();
    os::flush_standard_streams();
    to.say(message);
    wire::ended end;
    end.ticket = item.ticket;
    end.pid = os::own_process_id();
    end.forked = end.started = message.started;
    end.gone = message.ended;
    to.say(end);
}

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/link.hpp ----

#include <cstdlib>
#include <optional>
#include <string>

namespace cordon::engine::worker {

/// What connects this process with the one that started it.
struct link {
    os::descriptor commands;
    os::descriptor events;
    os::shared_memory memory;
    wire::marker marker;

    wire::lane lane() const { return {static_cast<wire::lane_block*>(memory.address()), marker.key}; }
};

/// Takes the marker out of the environment; nothing if this process is not one of ours.
std::optional<std::string> take_marker() {
    const char* text = std::getenv(wire::marker_name);
    if (text == nullptr) return std::nullopt;
    std::string taken = text;
    os::unset_environment(wire::marker_name);
    os::forget_link_eagerly();
    return taken;
}

/// Takes over the descriptors that the marker names. An error where the marker has come to a process that it was not
/// meant for.
result<link> attach(const std::string& marker_text) {
    const std::optional<wire::marker> read = wire::parse_marker(marker_text.c_str());
    if (!read) return error{"start as a worker", 0, std::string(wire::marker_name) + " is not one of this version's"};
    if (read->parent != os::parent_process_id()) {
        return error{"start as a worker", 0,
                     "this process was not started by a cordon supervisor: remove " + std::string(wire::marker_name) +
                         " from its environment"};
    }
    link made;
    made.marker = *read;
    made.commands = os::adopt_descriptor(read->commands, os::descriptor_kind::pipe);
    made.events = os::adopt_descriptor(read->events, os::descriptor_kind::pipe);
    os::descriptor object = os::adopt_descriptor(read->lane, os::descriptor_kind::memory);
    if (!made.commands || !made.events || !object)
        return error{"start as a worker", 0, "its private pipes are not open"};
    result<os::shared_memory> memory = os::shared_memory::attach(std::move(object), sizeof(wire::lane_block));
    if (!memory) return memory.failure();
    made.memory = std::move(memory.value());
    return made;
}

/// The commands that have come in, decoded one at a time.
class command_reader {
  public:
    command_reader(const os::descriptor& from, std::uint64_t key) : from_(from), frames_(key) {}

    /// Reads what is there. False: the pipe is at its end, the supervisor is gone or done.
    bool read() {
        char buffer[16 * 1024];
        while (true) {
            const os::read_outcome got = os::read_available(from_, buffer, sizeof buffer);
            if (got.at_end) return false;
            if (got.bytes == 0) return true;
            frames_.feed({buffer, got.bytes});
            if (got.bytes < sizeof buffer) return true;
        }
    }

    /// Hands the next command to receive(command). False: none has come in whole.
    template <class Receiver>
    bool next(Receiver receive) {
        const std::optional<wire::frame> frame = frames_.next();
        return frame && wire::dispatch<wire::command>(*frame, receive);
    }

    /// What came in is no sequence of commands: nothing that follows can be trusted.
    bool damaged() const { return frames_.damage() != nullptr; }

  private:
    const os::descriptor& from_;
    wire::frame_reader frames_;
};

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/serve.hpp ----

// ---- cordon/engine/worker/capture.hpp ----

#include <cstdint>
#include <string_view>

namespace cordon::engine::worker {

/// Standard output and error of the test processes of one worker: two pipes that live as long as the worker, since
/// making new ones for each test would cost more than most tests print.
class capture {
  public:
    static result<capture> open(std::uint64_t limit, bool live) {
        result<os::pipe_ends> out = os::make_pipe();
        if (!out) return out.failure();
        result<os::pipe_ends> err = os::make_pipe();
        if (!err) return err.failure();
        capture made;
        made.out_ = std::move(out.value());
        made.err_ = std::move(err.value());
        made.kept_ = bounded_output(limit);
        made.live_ = live;
        return made;
    }

    const os::pipe_ends& out() const { return out_; }
    const os::pipe_ends& err() const { return err_; }
    bool holds_output() const { return !kept_.empty(); }

    /// Reads what is there, under the label of the test that runs now; what another test had printed is sent on first.
    /// Reads a bounded amount, so that a test that prints without end can not keep the worker from its other duties.
    void read(const wire::lane& lane, outlet& to) {
        lane->reading.store(1, std::memory_order_seq_cst);
        const std::uint32_t running = lane->running.load(std::memory_order_seq_cst);
        if (running != 0 && running != label_) {
            send(to);
            label_ = running;
        }
        read_from(out_.read, stream::out, to);
        read_from(err_.read, stream::err, to);
        if (holds_output()) lane->captured.store(label_, std::memory_order_seq_cst);
        lane->reading.store(0, std::memory_order_seq_cst);
    }

    /// The same for what a setup prints. It has no ticket: what runs in the lane meanwhile prints elsewhere.
    void read_of_setup(outlet& to) {
        label_ = 0;
        read_from(out_.read, stream::out, to);
        read_from(err_.read, stream::err, to);
    }

    /// Forgets what was kept.
    void drop() { kept_.take(); }

    /// Sends what was kept, and that this is all. Nothing if nothing was printed.
    void send(outlet& to) {
        if (!holds_output()) return;
        for (const output_piece& piece : kept_.take().pieces) {
            send_piece(piece, to);
        }
        to.say(wire::output_done{label_});
    }

    /// The test that the output held belongs to is no longer the one that runs.
    bool is_overdue(const wire::lane& lane) const {
        return holds_output() && (lane->running.load() != label_ || lane->over.load() == label_);
    }

    /// The next test process starts.
    void relabel(std::uint32_t ticket) { label_ = ticket; }

  private:
    static constexpr std::size_t chunk = 64 * 1024;
    static constexpr int most_chunks = 16;
    static constexpr std::size_t frame_text = 32 * 1024;

    void read_from(const os::descriptor& pipe, stream from, outlet& to) {
        static char buffer[chunk];
        for (int round = 0; round < most_chunks; ++round) {
            const os::read_outcome got = os::read_available(pipe, buffer, sizeof buffer);
            if (got.bytes == 0) return;
            const std::string_view text(buffer, got.bytes);
            kept_.add(from, text);
            if (live_ && label_ != 0) send_live(from, text, to);
            if (got.bytes < sizeof buffer) return;
        }
    }

    void send_live(stream from, std::string_view text, outlet& to) const {
        for (; !text.empty(); text.remove_prefix(std::min(text.size(), frame_text))) {
            to.say(wire::output{label_, from, 0, true, std::string(text.substr(0, frame_text))});
        }
    }

    void send_piece(const output_piece& piece, outlet& to) const {
        std::string_view text = piece.text;
        std::uint64_t dropped = piece.dropped_before;
        do {
            to.say(wire::output{label_, piece.from, dropped, false, std::string(text.substr(0, frame_text))});
            text.remove_prefix(std::min(text.size(), frame_text));
            dropped = 0;
        } while (!text.empty());
    }

    os::pipe_ends out_;
    os::pipe_ends err_;
    bounded_output kept_;
    std::uint32_t label_ = 0;
    bool live_ = false;
};

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/watched.hpp ----

// ---- cordon/engine/worker/pulses.hpp ----

#include <algorithm>
#include <cstdint>

namespace cordon::engine::worker {

/// When a test process is stopped and continued, to see what becomes of a test that is not scheduled for a while
/// (--condition pulses). Pure: told the time, it says what to do. Intervals are drawn by lot, so that they keep no step
/// with the test.
class pulses {
  public:
    enum class action { none, stop, go_on };

    /// `length`: of a stop, on average; 0: there are none.
    pulses(duration length, instant from, std::uint64_t seed) : length_(length), random_(seed) {
        if (length_ != duration{0}) next_ = from + drawn(longest_run);
    }

    action due(instant at) {
        if (!next_ || at < *next_) return action::none;
        stopped_ = !stopped_;
        next_ = at + (stopped_ ? length_ / 2 + drawn(length_) : drawn(longest_run));
        return stopped_ ? action::stop : action::go_on;
    }

    deadline next() const { return next_; }

  private:
    static constexpr duration longest_run = std::chrono::milliseconds(4);

    duration drawn(duration below) {
        const auto bound = static_cast<std::uint64_t>(std::max<std::int64_t>(below.count(), 1));
        return duration(static_cast<duration::rep>(random_.below(bound)));
    }

    duration length_;
    random_source random_;
    deadline next_;
    bool stopped_ = false;
};

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/stop_clock.hpp ----

#include <algorithm>

namespace cordon::engine::worker {

/// When the worker ends a test process: TERM, a grace, KILL. Pure: told the time, it says what to do.
class stop_clock {
  public:
    enum class action { none, ask, kill };

    /// A process is given this long to begin its first test: a dynamic linker may be slow, a limit of the test's own it
    /// is not.
    static constexpr duration start_limit = std::chrono::seconds(60);

    stop_clock(instant made, duration grace) : made_(made), grace_(grace) {}

    /// The test that runs, from when on, and for how long it may (0: without limit). `began` zero: none has begun.
    void follow(duration began, duration limit) {
        began_ = began;
        limit_ = limit;
    }

    /// Ends the process at `at`, in the same way. The first reason stays.
    void stop(wire::stopped_by why, instant at) {
        if (why_ != wire::stopped_by::itself) return;
        why_ = why;
        asked_due_ = at;
    }

    /// Its time is up, and due() has not been told yet.
    bool is_over_limit(instant at) const { return !asked_ && !asked_due_ && limit_at() && at >= *limit_at(); }

    action due(instant at) {
        if (is_over_limit(at)) {
            stop(began_ == duration{0} ? wire::stopped_by::start_limit : wire::stopped_by::timeout, at);
        }
        if (!asked_ && asked_due_ && at >= *asked_due_) {
            asked_ = true;
            kill_at_ = at + grace_;
            return action::ask;
        }
        if (asked_ && !killed_ && at >= *kill_at_) {
            killed_ = true;
            return action::kill;
        }
        return action::none;
    }

    /// The next instant at which due() may have something to say.
    deadline next() const {
        if (killed_) return std::nullopt;
        if (asked_) return kill_at_;
        return earlier(asked_due_, limit_at());
    }

    wire::stopped_by why() const { return why_; }

  private:
    deadline limit_at() const {
        if (began_ == duration{0})
            return limit_ == duration{0} ? deadline() : deadline(made_ + std::max(limit_, start_limit));
        if (limit_ == duration{0}) return std::nullopt;
        return instant(began_) + limit_;
    }

    instant made_;
    duration grace_;
    duration began_{};
    duration limit_{};
    wire::stopped_by why_ = wire::stopped_by::itself;
    deadline asked_due_;
    deadline kill_at_;
    bool asked_ = false;
    bool killed_ = false;
};

}  // namespace cordon::engine::worker

#include <algorithm>
#include <cstdint>
#include <optional>

namespace cordon::engine::worker {

/// The process that a worker watches: a test process, or the host of a setup.
struct watched {
    os::process_id pid = 0;
    instant forked{};
    stop_clock clock;
    vector<wire::work_item> batch;
    std::optional<std::uint32_t> host_of;  ///< setup group; then there is no batch
    duration setup_limit{};
    std::optional<pulses> stops;

    /// The item of that ticket; null if it is not in the batch.
    const wire::work_item* item_of(std::uint32_t ticket) const {
        // Tickets of one batch rise, but after a crash or a surrender they need not be consecutive.
        const auto at =
            std::lower_bound(batch.begin(), batch.end(), ticket,
                             [](const wire::work_item& item, std::uint32_t wanted) { return item.ticket < wanted; });
        return at != batch.end() && at->ticket == ticket ? &*at : nullptr;
    }
};

}  // namespace cordon::engine::worker

#include <cstdlib>
#include <optional>

namespace cordon::engine::worker {

/// A worker: carries out commands, one test process at a time, until the command pipe ends. It runs no test itself, so
/// nothing that a test does can spoil what the next one is forked from.
class server {
  public:
    server(link& connection, command_reader& commands, const registered_tests& tests, wire::configure settings,
           capture output)
        : link_(connection),
          tests_(tests),
          settings_(std::move(settings)),
          commands_(commands),
          lane_(connection.lane()),
          outlet_(lane_, connection.events, lane_.server_level()),
          capture_(std::move(output)),
          environment_(settings_.slot),
          temp_{os::temp_root(), os::own_process_id(), settings_.keep_temp} {}

    /// Returns when the worker shall exit.
    void serve() {
        // What its tests begin in: of a host, with its setups done.
        if (looks_back(settings_)) os::remember_state(attention_to_leftovers(settings_));
        while (!done_) {
            obey();
            while (!active_ && waiting_.size() > next_waiting_) {
                start_next();
            }
            if (!active_ && ended_) return;
            if (!done_) wait();
        }
    }

  private:
    static constexpr duration first_look = std::chrono::milliseconds(10);
    static constexpr duration flush_delay = std::chrono::milliseconds(2);

    // ---- commands ----

    void obey() {
        const auto obeyed = [this](auto& command) { carry_out(command); };
        while (!hosting() && commands_.next(obeyed)) {
        }
        if (commands_.damaged()) hang_up();
    }

    // While a host runs, it reads the commands.
    bool hosting() const { return active_ && active_->host_of; }

    // Tests share the process that runs now: output has to be passed on when the test changes. Otherwise it is kept up
    // to the process's end, since only then all of it has come and its limit holds for all of it.
    bool is_shared() const { return active_ && active_->batch.size() > 1; }

    void carry_out(wire::configure&) {}
    void carry_out(wire::run& command) {
        if (next_waiting_ == waiting_.size()) {
            waiting_.clear();
            next_waiting_ = 0;
        }
        waiting_.append(command.items.begin(), command.items.end());
    }
    void carry_out(wire::surrender&) { give_back(); }
    void carry_out(wire::cancel&) {
        give_back();
        if (active_) active_->clock.stop(wire::stopped_by::cancelled, now());
    }
    void carry_out(wire::leave&) { done_ = true; }
    void carry_out(wire::enter& command) { start_host(command); }

    void give_back() {
        wire::returned back;
        if (active_ && active_->batch.size() > 1) {
            // The first item stays, begun or not: the process ends for it.
            const std::size_t kept = lane_.withdraw(1);
            for (std::size_t i = kept; i < active_->batch.size(); ++i) {
                back.tickets.push_back(active_->batch[i].ticket);
            }
            active_->batch.resize(std::min(kept, active_->batch.size()));
        }
        for (; next_waiting_ < waiting_.size(); ++next_waiting_) {
            back.tickets.push_back(waiting_[next_waiting_].ticket);
        }
        outlet_.say(back);
        outlet_.flush();
    }

    // ---- starting ----

    vector<wire::work_item> next_batch() {
        const auto from = waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_);
        // Tests that may share a process share it; each of the others gets its own.
        const auto ends_batch = [](const wire::work_item& item) { return item.mode != isolate::shard || item.fresh; };
        const auto to =
            from->mode == isolate::shard && may_fork_ ? std::find_if(from + 1, waiting_.end(), ends_batch) : from + 1;
        vector<wire::work_item> batch(from, to);
        next_waiting_ += batch.size();
        return batch;
    }

    CORDON_HOT void start_next() {
        watched next{0, now(), stop_clock(now(), settings_.grace), next_batch(), std::nullopt, {}, std::nullopt};
        if (settings_.under.pulses != duration{0})
            next.stops.emplace(settings_.under.pulses, now(), next.batch.front().ticket);
        prepare_lane(next.batch);
        environment_.describe(*tests_.tests[next.batch.front().test], next.batch.front());
        const result<os::process_id> made = next.batch.front().mode == isolate::exec || !may_fork_
                                                ? execute_test(next.batch.front())
                                                : fork_test(next.batch);
        if (!made) {
            for (const wire::work_item& item : next.batch) {
                outlet_.say(wire::trouble{item.ticket, os::describe(made.failure())});
            }
            return outlet_.flush();
        }
        watch(std::move(next), made.value());
    }

    void prepare_lane(const vector<wire::work_item>& batch) {
        lane_.offer(static_cast<std::uint32_t>(batch.size()));
        lane_->running.store(0);
        lane_->over.store(0);
        lane_->started.store(0);
        lane_->setting_up.store(0);
        lane_->captured.store(0);
        capture_.relabel(batch.empty() ? 0 : batch.front().ticket);
    }

    void watch(watched next, os::process_id pid) {
        next.pid = pid;
        lane_->process.store(pid);
        active_ = std::move(next);
    }

    CORDON_HOT result<os::process_id> fork_test(const vector<wire::work_item>& batch) {
        const os::process_id worker = os::own_process_id();
        result<os::process_id> made = os::fork_process();
        if (made && made.value() == 0) become_test(worker, batch);
        return made;
    }

    [[noreturn]] CORDON_HOT void become_test(os::process_id worker, const vector<wire::work_item>& batch) {
        os::die_with_parent(worker);
        os::lead_own_group(0);
        os::restore_signals();
        if (settings_.capture) os::redirect_output(capture_.out().write, capture_.err().write);
        link_.memory.close_object();
        if (!os::can_die_with_parent()) lane_->process.store(os::own_process_id());
        outlet_.set_level(lane_.test_level());
        test_process(tests_, lane_, outlet_, environment_, temp_, looks_back(settings_))
            .run(batch, {&capture_.out().read, &capture_.err().read});
        std::exit(0);
    }

    // In exec mode the test process is this program again; it finds its item in a pipe of its own, as a worker finds
    // its commands.
    result<os::process_id> execute_test(const wire::work_item& item) {
        result<os::pipe_ends> commands = os::make_pipe();
        if (!commands) return commands.failure();
        std::string frames;
        wire::append_command(frames, link_.marker.key, 1, settings_);
        wire::append_command(frames, link_.marker.key, 2, wire::run{{item}});
        const status written = os::write_all(commands.value().write, frames);
        if (!written) return written.failure();
        wire::marker marker = link_.marker;
        marker.as = wire::marker::role::test_process;
        marker.parent = os::own_process_id();
        marker.commands = commands.value().read.native();
        os::spawn_request request;
        request.arguments = os::own_arguments();
        request.environment = os::environment();
        request.environment.push_back(std::string(wire::marker_name) + "=" + wire::marker_text(marker));
        if (settings_.capture) {
            request.output = capture_.out().write.native();
            request.errors = capture_.err().write.native();
        }
        request.inherited = {marker.commands, marker.events, marker.lane};
        return os::spawn_self(request);
    }

    void start_host(const wire::enter& command) {
        watched next{0, now(), stop_clock(now(), settings_.grace), {}, command.group, command.limit, std::nullopt};
        prepare_lane({});
        outlet_.flush();
        const os::process_id worker = os::own_process_id();
        const result<os::process_id> made = os::fork_process();
        if (!made) {
            outlet_.say(wire::trouble{0, os::describe(made.failure())});
            return outlet_.flush();
        }
        if (made.value() == 0) become_host(worker, command);
        watch(std::move(next), made.value());
    }

    // The host takes this worker's place: it runs the setups, then serves the tests that want them.
    [[noreturn]] void become_host(os::process_id worker, const wire::enter& command) {
        os::die_with_parent(worker);
        os::lead_own_group(0);
        os::adopt_orphans();
        active_.reset();
        outlet_.set_level(lane_.test_level());
        result<capture> own = capture::open(settings_.output_limit, settings_.live_output);
        if (settings_.capture) os::redirect_output(capture_.out().write, capture_.err().write);
        if (!own) {
            outlet_.say(wire::trouble{0, os::describe(own.failure())});
            outlet_.flush();
            os::leave_now(setup_failed_code);
        }
        if (!run_chosen_setups(command)) {
            outlet_.flush();
            os::leave_now(setup_failed_code);
        }
        capture_ = std::move(own.value());
        temp_.worker = os::own_process_id();
        lane_->hosts.store(++hosts_);
        outlet_.set_level(lane_.server_level());
        const std::uint32_t threads = os::thread_count();
        may_fork_ = threads <= 1;
        outlet_.say(wire::setup_ready{command.group, threads});
        outlet_.flush();
        serve();
        std::exit(0);
    }

    bool run_chosen_setups(const wire::enter& command) {
        static std::atomic<std::uint32_t> own_folder{0};  // the lane's belongs to the tests
        current_temp_folder().begin({&temp_.root, os::own_process_id(), 0}, &own_folder);
        os::restore_signals();
        const bool succeeded = run_setups(setups_at(command.setups), outlet_, 0);
        watch_terminate();  // around a handler that a setup may have set
        os::hold_back_signals();
        os::watch_children();
        os::ignore_broken_pipes();
        return succeeded;
    }

    // ---- waiting ----

    void wait() {
        watches_.clear();
        const bool listen = !hosting();
        if (!ended_) watches_.push_back({link_.commands.native(), listen, false, false});
        if (active_) {
            watches_.push_back({capture_.out().read.native(), true, false, false});
            watches_.push_back({capture_.err().read.native(), true, false, false});
        }
        const status waited = os::wait_for(watches_, next_deadline());
        if (!waited) return hang_up();
        if (!ended_) look_at_commands(listen);
        if (active_) look_at_active();
    }

    deadline next_deadline() {
        if (!active_) return std::nullopt;
        follow_running_test();
        deadline until = active_->clock.next();
        if (active_->stops) until = earlier(until, active_->stops->next());
        // Nothing wakes this worker when the test begins: look again soon, to learn from when on its limit counts.
        if (!hosting() && running_item() == nullptr) until = earlier(until, now() + first_look);
        // One wake-up of the supervisor can carry what many quick tests said; a slow one must not hold that back.
        const bool look_for_end = is_shared() && capture_.holds_output();
        if (outlet_.has_unsent() || look_for_end) until = earlier(until, now() + flush_delay);
        return until;
    }

    void look_at_commands(bool listening) {
        const os::watch& commands = watches_.front();
        if (listening) {
            if (commands.ready && !commands_.read()) ended_ = true;
            // The supervisor is gone without having waited for what runs.
            if (ended_ && active_) hang_up();
        } else if (commands.hung_up) {
            // The host sees it as well, and ends what it runs; it gets the usual grace to leave in order.
            ended_ = true;
            active_->clock.stop(wire::stopped_by::cancelled, now() + settings_.grace);
        }
    }

    void look_at_active() {
        const bool printed = watches_[watches_.size() - 1].ready || watches_[watches_.size() - 2].ready;
        if (printed) read_output();
        if (os::take_child_ended()) {
            if (const std::optional<os::process_end> end = os::reap(active_->pid)) return conclude(*end);
        }
        if (is_shared() && capture_.is_overdue(lane_)) capture_.send(outlet_);
        follow_running_test();
        if (active_->stops) stop_and_go(active_->stops->due(now()));
        end_overdue();
        if (now() - last_flush_ >= flush_delay) flush();
    }

    // The one that is asked to end has to be the one whose time is up. So that no other begins in its process
    // meanwhile, the rest is withdrawn first; it goes on in another process.
    void end_overdue() {
        const std::uint32_t running = lane_->running.load();
        if (active_->batch.size() > 1 && running != 0 && active_->clock.is_over_limit(now())) {
            const std::size_t claimed = std::min<std::size_t>(lane_.withdraw(1), active_->batch.size());
            if (active_->batch[claimed - 1].ticket != running) return;  // another one was about to begin
        }
        act(active_->clock.due(now()));
    }

    void stop_and_go(pulses::action what) const {
        if (what == pulses::action::stop) os::stop_group(active_->pid);
        if (what == pulses::action::go_on) os::continue_group(active_->pid);
    }

    void act(stop_clock::action what) {
        // A process that is stopped would not hear that it is asked.
        if (what == stop_clock::action::ask && std::exchange(active_->stops, std::nullopt))
            os::continue_group(active_->pid);
        if (what == stop_clock::action::ask) os::ask_group_to_end(active_->pid);
        if (what == stop_clock::action::kill) os::kill_group(active_->pid);
    }

    // A number of hosts, and not a flag, because this process's host may have made one of its own.
    bool host_is_ready() const { return lane_->hosts.load() > hosts_; }

    // Tells the clock which test runs and since when. For a host, the setup is what is timed; once ready it runs
    // without limit.
    void follow_running_test() {
        if (active_->host_of) {
            return active_->clock.follow(active_->forked.time_since_epoch(),
                                         host_is_ready() ? duration{0} : active_->setup_limit);
        }
        const duration started(lane_->started.load());
        const wire::work_item* item = running_item();
        if (item == nullptr && lane_->setting_up.load() != 0)
            return active_->clock.follow(started, settings_.setup_limit);
        if (item == nullptr) item = &active_->batch.front();
        active_->clock.follow(started, item->timeout);
    }

    const wire::work_item* running_item() const { return active_->item_of(lane_->running.load()); }

    void flush() {
        last_flush_ = now();
        outlet_.flush();
    }

    // ---- endings, in serve_end.hpp ----

    void conclude(const os::process_end& end);
    void read_output();
    void drain_output();
    wire::ended describe(const os::process_end& end, const wire::work_item& item, bool begun) const;
    void requeue_unclaimed(bool begun);
    void conclude_host(const os::process_end& end);
    [[noreturn]] void hang_up();

    static constexpr int setup_failed_code = 3;
    static constexpr int host_died_code = 1;

    link& link_;
    const registered_tests& tests_;
    wire::configure settings_;
    command_reader& commands_;
    wire::lane lane_;
    journal_outlet outlet_;
    capture capture_;
    test_environment environment_;
    temp_policy temp_;
    vector<wire::work_item> waiting_;
    std::size_t next_waiting_ = 0;
    std::optional<watched> active_;
    std::uint32_t hosts_ = 0;  ///< setups around this process
    vector<os::watch> watches_;
    instant last_flush_{};
    // A fork of a process with several threads is a copy in which locks may be held by threads that are not there.
    // Executing is slower, and safe.
    bool may_fork_ = os::thread_count() <= 1;
    bool ended_ = false;  ///< the command pipe is at its end
    bool done_ = false;   ///< `leave` came
};

}  // namespace cordon::engine::worker

// ---- cordon/engine/worker/serve_end.hpp ----

// server: how the processes that it watches end.

namespace cordon::engine::worker {

void server::conclude(const os::process_end& end) {
    if (active_->host_of) return conclude_host(end);
    const wire::work_item* item = running_item();
    const bool begun = item != nullptr;
    const wire::ended message = describe(end, begun ? *item : active_->batch.front(), begun);
    lane_.end_holds_above(outlet_.level());
    const std::uint32_t in_setup = begun ? 0 : lane_->setting_up.load();
    if (std::optional<failure> why = failure_by_setup(in_setup, message))
        outlet_.say(wire::failed_assertion{message.ticket, std::move(*why)});
    drain_output();
    capture_.send(outlet_);
    outlet_.say(message);
    temp_.remove(lane_, message.ticket, true);
    requeue_unclaimed(begun);
    active_.reset();
    if (next_waiting_ == waiting_.size() || now() - last_flush_ >= flush_delay) flush();
}

// What a setup prints is for the tests that can not be run because of it: nobody asks for it once it has succeeded.
void server::read_output() {
    if (!hosting()) return capture_.read(lane_, outlet_);
    capture_.read_of_setup(outlet_);
    if (host_is_ready()) capture_.drop();
}

// Bounded: where survivors can not be ended, one may print for ever.
void server::drain_output() {
    for (int round = 0; round < 16 && os::anything_to_read(capture_.out().read, capture_.err().read); ++round) {
        read_output();
    }
}

wire::ended server::describe(const os::process_end& end, const wire::work_item& item, bool begun) const {
    wire::ended message;
    message.ticket = item.ticket;
    message.pid = active_->pid;
    message.by_signal = end.by_signal;
    message.code = end.code;
    message.why = active_->clock.why();
    message.forked = active_->forked.time_since_epoch();
    message.started = begun ? duration(lane_->started.load()) : duration{0};
    message.gone = now().time_since_epoch();
    message.user = end.user;
    message.system = end.system;
    message.max_rss_bytes = end.max_rss_bytes;
    message.minor_faults = end.minor_faults;
    message.major_faults = end.major_faults;
    message.voluntary_switches = end.voluntary_switches;
    message.involuntary_switches = end.involuntary_switches;
    message.orphans = end.survivors;
    message.orphan_commands = end.survivor_commands;
    return message;
}

// What a dead test process had not begun goes on in a fresh one. The first item counts as begun in any case, so
// that a process that dies before its first test can not be started again and again.
void server::requeue_unclaimed(bool begun) {
    if (active_->batch.size() == 1) return;
    const std::size_t from = std::max<std::size_t>(lane_.withdraw(), begun ? 0 : 1);
    if (from >= active_->batch.size()) return;
    vector<wire::work_item> rest(active_->batch.begin() + static_cast<std::ptrdiff_t>(from), active_->batch.end());
    rest.append(waiting_.begin() + static_cast<std::ptrdiff_t>(next_waiting_), waiting_.end());
    waiting_ = std::move(rest);
    next_waiting_ = 0;
}

void server::conclude_host(const os::process_end& end) {
    lane_.end_holds_above(outlet_.level());
    drain_output();
    capture_.send(outlet_);
    const bool was_ready = host_is_ready();
    lane_->hosts.store(hosts_);
    os::remove_folder(temp_folder::owner{&temp_.root, active_->pid, 0}.path(1)).ignore();
    wire::left message;
    message.group = *active_->host_of;
    message.by_signal = end.by_signal;
    message.code = end.code;
    message.clean = !end.by_signal && end.code == 0;
    message.timed_out = active_->clock.why() == wire::stopped_by::timeout;
    outlet_.say(message);
    flush();
    // Commands may be on their way that were meant to be carried out with the setup done: nothing here may read
    // them.
    if (was_ready && !message.clean) os::leave_now(host_died_code);
    active_.reset();
}

// The supervisor is gone: whatever runs here has nobody to report to.
void server::hang_up() {
    if (active_) os::kill_group(active_->pid);
    os::end_orphans();
    os::leave_now(0);
}

}  // namespace cordon::engine::worker

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>

namespace cordon::engine::worker {

namespace worker_detail {

/// Waits for the command that fills `wanted`; others are passed over. False: the pipe came to its end first.
template <class Wanted>
bool await(command_reader& commands, const os::descriptor& pipe, Wanted& wanted) {
    bool found = false;
    const auto take = [&](auto& command) {
        if constexpr (std::is_same_v<Wanted, std::decay_t<decltype(command)>>) {
            wanted = std::move(command);
            found = true;
        }
    };
    while (true) {
        while (!found && commands.next(take)) {
        }
        if (found) return true;
        if (commands.damaged()) return false;
        os::wait_readable(pipe);
        if (!commands.read()) return false;
    }
}

/// Changes this process's world, and so that of the tests it makes.
status change_surroundings(const condition::for_worker& wanted) {
    stack_fill = wanted.stack_fill;
    if (!wanted.any()) return ok();
    status done = ok();
    const auto unless_failed = [&done](bool asked, auto change) {
        if (done && asked) done = change();
    };
    unless_failed(wanted.processors != 0, [&] { return os::use_processors(wanted.processors); });
    unless_failed(wanted.timer_slack != duration{0}, [&] { return os::set_timer_slack(wanted.timer_slack); });
    unless_failed(wanted.niceness != 0, [&] { return os::be_nice(wanted.niceness); });
    unless_failed(wanted.open_files != 0, [&] { return os::limit_open_files(wanted.open_files); });
    unless_failed(!wanted.folder.empty(), [&] { return os::change_folder(wanted.folder); });
    if (wanted.file_mask != 0) os::set_file_mask(wanted.file_mask - 1);
    return done;
}

void set_environment(const wire::configure& settings) {
    for (const auto& [name, value] : settings.environment) {
        os::set_environment(name, value);
    }
}

/// What a test wants set up, outermost first, without the plan that a whole run needs.
vector<const detail::setup*> setups_for(const detail::test_case& test) {
    vector<const detail::setup*> wanted;
    if (first_setup == nullptr) return wanted;
    const std::string path = suite_path(test.owner);
    for (const detail::setup* each : all_setups()) {
        if (suite_holds(suite_path(each->owner), path)) wanted.push_back(each);
    }
    std::stable_sort(wanted.begin(), wanted.end(), [](const detail::setup* a, const detail::setup* b) {
        return suite_path(a->owner).size() < suite_path(b->owner).size();
    });
    return wanted;
}

/// Does the setups of an executed test. Where one fails, the test's end is said. Where one ends the process, its number
/// in the lane tells the worker which one it was.
bool set_up_for(const wire::work_item& item, const detail::test_case& test, wire::lane lane, journal_outlet& to) {
    for (const detail::setup* block : setups_for(test)) {
        if (lane->started.load() == 0) lane->started.store(now().time_since_epoch().count());
        lane->setting_up.store(number_of(*block));
        const bool succeeded = run_setup(*block, to, item.ticket);
        lane->setting_up.store(0);
        if (succeeded) continue;
        context().record(
            setup_failure(suite_path(block->owner), block->where, describe_setup_end(ending::failed, {}, 0)));
        to.say(context().end());
        return false;
    }
    return true;
}

}  // namespace worker_detail

/// A worker's life: says hello, hears what holds for the run, serves. Returns the process's exit code.
int be_worker(link& connection) {
    const registered_tests tests = all_tests();
    os::name_process_after_program();
    os::hold_back_signals();
    os::watch_children();
    os::ignore_broken_pipes();
    // It does not die with its parent: it sees the end of the command pipe, and then has to end what its tests started.
    os::adopt_orphans();
    prepare_for_tests();
    os::print_line_by_line();
    journal_outlet outlet(connection.lane(), connection.events, connection.lane().server_level());
    outlet.say(wire::hello{tests.hash, static_cast<std::uint32_t>(tests.tests.size()), os::thread_count()});
    outlet.flush();
    command_reader commands(connection.commands, connection.marker.key);
    wire::configure settings;
    if (!worker_detail::await(commands, connection.commands, settings) || settings.list_hash != tests.hash) return 0;
    worker_detail::set_environment(settings);
    result<capture> output = capture::open(settings.output_limit, settings.live_output);
    const status changed = worker_detail::change_surroundings(settings.under);
    if (!output || !changed) {
        outlet.say(wire::trouble{0, os::describe(output ? changed.failure() : output.failure())});
        outlet.flush();
        return 0;
    }
    server(connection, commands, tests, settings, std::move(output.value())).serve();
    return 0;
}

/// An executed test process: does the setups that its test wants, then the test.
int be_test_process(link& connection) {
    const registered_tests tests = all_tests();
    connection.memory.close_object();
    prepare_for_tests();
    os::print_line_by_line();
    os::name_process_after_program();
    os::die_with_parent(connection.marker.parent);
    command_reader commands(connection.commands, connection.marker.key);
    wire::configure settings;
    if (!worker_detail::await(commands, connection.commands, settings)) return 0;
    wire::run work;
    if (!worker_detail::await(commands, connection.commands, work)) return 0;
    if (work.items.size() != 1 || work.items[0].test >= tests.tests.size()) return 0;
    stack_fill = settings.under.stack_fill;
    const wire::work_item& item = work.items[0];
    const wire::lane lane = connection.lane();
    journal_outlet outlet(lane, connection.events, lane.test_level());
    test_environment environment(settings.slot);
    environment.describe(*tests.tests[item.test], item);
    const temp_policy temp{os::temp_root(), connection.marker.parent, settings.keep_temp};
    if (worker_detail::set_up_for(item, *tests.tests[item.test], lane, outlet)) {
        if (looks_back(settings)) os::remember_state(attention_to_leftovers(settings));
        test_process(tests, lane, outlet, environment, temp, looks_back(settings)).run(work.items, {});
    }
    // Not by returning: static destructors, and threads that the test left, still report through what lives here.
    std::exit(0);
}

}  // namespace cordon::engine::worker

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine {

namespace session_detail {

void complain(const std::string& line) { os::write_standard_error("cordon: " + line + "\n"); }

bool is_set(const char* variable) {
    const char* value = std::getenv(variable);
    return value != nullptr && *value != '\0';
}

bool speaks_utf8() {
    for (const char* variable : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        if (!is_set(variable)) continue;
        const std::string value = std::getenv(variable);
        return value.find("UTF-8") != std::string::npos || value.find("utf8") != std::string::npos;
    }
    return false;
}

bool is_dumb_terminal() {
    const char* name = std::getenv("TERM");
    return name == nullptr || std::string_view(name) == "dumb";
}

report::console_style style_for(const options& chosen) {
    report::console_style style;
    const std::uint32_t width = os::terminal_width();
    const bool capable = width != 0 && !is_dumb_terminal();
    style.color = chosen.color == color_choice::always ||
                  (chosen.color == color_choice::automatic && capable && !is_set("NO_COLOR"));
    style.unicode = speaks_utf8();
    style.width = width != 0 ? width : 80;
    style.progress = chosen.progress;
    if (style.progress == progress_choice::automatic)
        style.progress = capable ? progress_choice::bar : progress_choice::lines;
    style.output = chosen.output;
    style.verbose = chosen.verbose;
    style.quiet = chosen.quiet;
    style.slowest = chosen.slowest;
    return style;
}

/// Where a step of GitHub Actions may leave a summary; null elsewhere.
std::unique_ptr<text_output> open_step_summary() {
    const char* path = std::getenv("GITHUB_STEP_SUMMARY");
    if (path == nullptr || *path == '\0') return nullptr;
    return std::make_unique<growing_file_text>(path, os::append_file);
}

bool goes_to_standard_output(const report_choice& report) {
    return report.path.empty() && report::find_format(report.format)->how != report::delivery::nowhere;
}

/// What tests must not find in their environment: a cordon program that a test starts is a run of its own.
vector<std::string> withheld_variables() {
    vector<std::string> names{wire::marker_name};
    for (const cli::option_row& row : cli::option_table) {
        names.push_back(cli::variable_of(row));
    }
    for (const auto& system : cli::shard_detail::systems) {
        names.emplace_back(system.total);
        names.emplace_back(system.index);
    }
    return names;
}

/// The supervisor's side of `--isolate=none`.
class in_process_runner : public supervisor::in_process_runner {
  public:
    explicit in_process_runner(const test_list& tests) : tests_(tests) { worker::prepare_for_tests(); }

    void run(const wire::work_item& item, std::uint32_t slot, supervisor::inbox& to) override {
        worker::run_in_process(tests_, item, slot, [&](wire::report& message) { to.on_report(slot, message); });
    }
    bool set_up(const wire::enter& what, std::uint32_t slot, supervisor::inbox& to) override {
        auto tell = [&](wire::report& message) { to.on_report(slot, message); };
        worker::direct_outlet<decltype(tell)> outlet(tell);
        return worker::run_setups(worker::setups_at(what.setups), outlet, 0);
    }

  private:
    const test_list& tests_;
};

}  // namespace session_detail

/// One run, from the command line to the exit code.
class session {
  public:
    session(test_list tests, setup_plan setups) : tests_(std::move(tests)), setups_(std::move(setups)) {}

    int run(int argc, const char* const* argv) {
        result<options> parsed =
            cli::parse_command_line(argc, argv, [](const char* name) -> const char* { return std::getenv(name); });
        if (!parsed) return refuse(parsed.failure());
        chosen_ = std::move(parsed.value());
        if (chosen_.help) return print(cli::help_for(chosen_, os::self_path()));
        if (chosen_.version) return print(cli::version_text());
        if (!chosen_.replays.empty()) return report_again();
        if (const status told = cli::announce_sharding(chosen_.shard_status_file); !told)
            return refuse({{}, 0, os::describe(told.failure())});
        info_.seed = chosen_.seed.value_or(os::entropy() & 0xFFFFFFFFu);
        result<plan> made = policy::make_plan(tests_, chosen_, info_.seed, setup_keys());
        if (!made) return refuse(made.failure());
        plan_ = std::move(made.value());
        if (!chosen_.find_polluter.empty()) {
            if (const status found = choose_victim(); !found) return refuse(found.failure());
        }
        if (chosen_.list != list_format::none) return list();
        if (plan_.selected == 0) return nothing_selected();
        return run_tests(argc, argv);
    }

  private:
    static constexpr std::size_t many_tests = 16;  // a worker

    static int refuse(const error& why) {
        session_detail::complain(why.detail);
        return cli::exit_usage;
    }

    bool runs_repeatedly() const { return chosen_.flake_detect || !chosen_.find_polluter.empty(); }

    static int print(const std::string& text) {
        return os::write_standard_output(text) ? cli::exit_passed : cli::exit_trouble;
    }

    int nothing_selected() const {
        if (!chosen_.quiet || !chosen_.allow_empty)
            session_detail::complain("no test was selected, of " + std::to_string(tests_.tests.size()));
        return cli::exit_code_of({}, chosen_);
    }

    policy::setup_keys setup_keys() const { return {setups_.chain_of_test.begin(), setups_.chain_of_test.end()}; }

    int list() {
        standard_output_text output;
        if (chosen_.list == list_format::json) {
            report::list_json(tests_, plan_.order, output);
        } else if (chosen_.list == list_format::tags) {
            report::list_tags(tests_, plan_.order, output);
        } else {
            report::list_names(tests_, plan_.order, output);
        }
        const status written = output.finish();
        if (written) return cli::exit_passed;
        session_detail::complain("can not " + os::describe(written.failure()));
        return cli::exit_trouble;
    }

    int run_tests(int argc, const char* const* argv) {
        describe_run(argc, argv);
        const bool isolated = info_.isolation != isolate::none;
        if (!isolated && runs_repeatedly())
            return refuse({{}, 0, "tests can not be run again and again in one process (--isolate=none)"});
        if (isolated) take_over_signals();
        open_reports();
        const instant started = now();
        announce();
        supervisor::run_settings settings{info_.isolation, jobs(), info_.seed, started, wants_ticks()};
        supervisor::os_port processes(session_detail::withheld_variables(),
                                      plan_.order.size() >= many_tests * info_.jobs, chosen_.capture, chosen_.under);
        if (runs_repeatedly()) return run_repeatedly(settings);
        const os::busy_processes beside(chosen_.under.hogs);
        session_detail::in_process_runner runner(tests_);
        supervisor::inline_port own(runner, own_hello(), os::own_process_id());
        supervisor::port& port = isolated ? static_cast<supervisor::port&>(processes) : own;
        shard_watch watch(reports_);
        const bool shared = info_.isolation == isolate::shard;
        report::sink& out = shared ? static_cast<report::sink&>(watch) : reports_;
        supervisor::dispatcher work(tests_, plan_, setups_, chosen_, settings, port, out);
        work.run();
        if (shared) {
            const vector<std::string> withheld = session_detail::withheld_variables();
            waves with({tests_, setups_, chosen_, settings, withheld, reports_});
            watch.finish(with);
        }
        return conclude(true);
    }

    int report_again() {
        os::ignore_broken_pipes();
        replay again(chosen_, session_detail::complain);
        if (!again.prepare()) return cli::exit_trouble;
        open_reports();
        return conclude(again.drive(reports_));
    }

    /// --find-polluter: the one test that is looked into becomes the plan, what was selected the suspects.
    status choose_victim() {
        options only;
        only.patterns.push_back(chosen_.find_polluter);
        result<plan> named = policy::make_plan(tests_, only, 0, {});
        if (!named) return named.failure();
        vector<std::size_t> found = named.value().order;
        vector<std::size_t> exact;
        for (const std::size_t test : found) {
            const test_info& info = tests_.tests[test];
            if (info.name == chosen_.find_polluter || report::full_name_of(info) == chosen_.find_polluter)
                exact.push_back(test);
        }
        if (exact.size() == 1) found = exact;
        if (found.size() != 1) {
            return error{{},
                         0,
                         "--find-polluter " + quoted(chosen_.find_polluter) + ": expected to name one test, " +
                             (found.empty() ? "but it names none" : "not " + counted(found.size()))};
        }
        suspects_ = std::move(plan_.order);
        plan_.order = std::move(found);
        plan_.selected = 1;
        return ok();
    }

    int run_repeatedly(const supervisor::run_settings& settings) {
        const vector<std::string> withheld = session_detail::withheld_variables();
        waves with({tests_, setups_, chosen_, settings, withheld, reports_});
        if (!chosen_.find_polluter.empty()) {
            polluter_session(with, setup_keys()).run(plan_.order.front(), suspects_);
        } else {
            flake_session(with).run(plan_.order);
        }
        return conclude(true);
    }

    // Without isolation the test owns the process, and Ctrl-C does what it does in any program.
    static void take_over_signals() {
        os::hold_back_signals();
        os::watch_children();
        os::watch_cancellation();
        os::ignore_broken_pipes();
        os::adopt_orphans();
    }

    wire::hello own_hello() const { return {tests_.hash, static_cast<std::uint32_t>(tests_.tests.size()), 1}; }

    std::uint32_t jobs() const {
        if (info_.isolation == isolate::none) return 1;
        return chosen_.jobs != 0 ? chosen_.jobs : info_.cpus;
    }

    void describe_run(int argc, const char* const* argv) {
        info_.started_at = os::wall_clock_utc();
        info_.cpus = os::usable_processors();
        info_.isolation = chosen_.isolation;
        if (info_.isolation == isolate::by_default)
            info_.isolation = os::under_debugger() ? isolate::none : os::default_isolation();
        info_.jobs = std::min(jobs(), static_cast<std::uint32_t>(std::max<std::size_t>(1, plan_.order.size())));
        info_.shard = chosen_.shard;
        info_.command_line.assign(argv, argv + argc);
        info_.build_id = os::build_id();
        info_.os = os::system_name();
        info_.arch = os::architecture();
        info_.slow_after = chosen_.slow_after;
        info_.repeats = runs_repeatedly();
        info_.leaks = chosen_.leaks;
        info_.filtered_out = static_cast<std::uint32_t>(tests_.tests.size() - plan_.selected);
        info_.program = os::self_path();
        info_.shuffled = chosen_.order == test_order::random;
        info_.nonce = os::entropy();
    }

    void open_reports() {
        reports_.add(conclusion_);
        if (!chosen_.record.empty()) open_recording();
        bool console_wanted = true;
        for (const report_choice& each : chosen_.reports) {
            if (each.format == "console" || session_detail::goes_to_standard_output(each)) console_wanted = false;
        }
        if (console_wanted) open_report({"console", {}});
        for (const report_choice& each : chosen_.reports) {
            open_report(each);
        }
    }

    void open_recording() {
        std::unique_ptr<text_output> file = opened(std::make_unique<growing_file_text>(chosen_.record));
        text_output& text = *file;
        reports_.add(std::move(file), std::unique_ptr<report::sink>(new record::recorder(text)));
    }

    void open_report(const report_choice& which) {
        const report::format& format = *report::find_format(which.format);
        const report::report_setup setup{format.name, console_style(session_detail::goes_to_standard_output(which)),
                                         session_detail::open_step_summary};
        std::unique_ptr<text_output> output = open_output(which, format.how);
        text_output& text = *output;
        reports_.add(std::move(output), format.make(setup, text));
    }

    std::unique_ptr<text_output> open_output(const report_choice& which, report::delivery how) {
        if (how == report::delivery::nowhere) return std::make_unique<no_text>();
        if (which.path.empty()) return std::make_unique<standard_output_text>();
        if (how == report::delivery::growing) return opened(std::make_unique<growing_file_text>(which.path));
        return opened(std::make_unique<file_text>(which.path));
    }

    template <class File>
    std::unique_ptr<text_output> opened(std::unique_ptr<File> file) {
        if (file->failure()) complain_early("can not " + os::describe(*file->failure()));
        return file;
    }

    // A report that can not be written is no reason not to run the tests, and no news to wait for until they are over.
    void complain_early(const std::string& line) {
        session_detail::complain(line);
        told_.push_back(line);
    }

    report::console_style console_style(bool to_terminal) const {
        report::console_style style = session_detail::style_for(chosen_);
        if (to_terminal) return style;
        style.color = chosen_.color == color_choice::always;
        style.progress = chosen_.progress == progress_choice::none ? progress_choice::none : progress_choice::lines;
        return style;
    }

    bool wants_ticks() const {
        return os::terminal_width() != 0 || chosen_.output == show_output::live || !chosen_.record.empty();
    }

    void announce() {
        run_started start;
        start.info = info_;
        start.list = std::shared_ptr<const test_list>(std::shared_ptr<void>(), &tests_);
        start.selected = plan_.order;
        start.unsharded = plan_.unsharded;
        reports_.on(start);
        if (plan_.narrowed_by_only) {
            reports_.on(notice{notice::level::warning, "only tests decorated with only() are run"});
        }
    }

    int conclude(bool complete) {
        cli::run_summary summary = conclusion_.summary();
        const vector<std::string> errors = reports_.finish_all();
        for (const std::string& each : errors) {
            if (std::find(told_.begin(), told_.end(), each) == told_.end()) session_detail::complain(each);
        }
        if (!errors.empty() || !complete) summary.report_failed = true;
        return cli::exit_code_of(summary, chosen_);
    }

    test_list tests_;
    setup_plan setups_;
    options chosen_;
    plan plan_;
    vector<std::size_t> suspects_;
    run_info info_;
    conclusion conclusion_;
    reports reports_;
    vector<std::string> told_;
};

}  // namespace cordon::engine

#include <optional>
#include <string>
#include <utility>

// The engine is compiled in one file of a program. A second one fails at link time, and this name says why.
int CORDON_MAIN_or_CORDON_IMPLEMENT_is_defined_in_more_than_one_file = 1;

namespace cordon {

namespace engine {

int run_as(const std::string& marker) {
    result<worker::link> connection = worker::attach(marker);
    if (!connection) {
        os::write_standard_error("cordon: can not " + os::describe(connection.failure()) + "\n");
        return cli::exit_trouble;
    }
    const bool is_worker = connection.value().marker.as == wire::marker::role::worker;
    return is_worker ? worker::be_worker(connection.value()) : worker::be_test_process(connection.value());
}

}  // namespace engine

/// Runs the program's tests as the command line says and returns the exit code: what main() does with CORDON_MAIN. A
/// worker of the run comes through here as well, so call it once, early, and return what it returns.
int run(int argc, const char* const* argv) {
    engine::os::find_self(argc, argv).ignore();
    if (const std::optional<std::string> marker = engine::worker::take_marker()) return engine::run_as(*marker);
    engine::result<engine::test_list> tests = engine::build_test_list(engine::worker::first_test);
    if (!tests) {
        engine::os::write_standard_error("cordon: " + tests.failure().detail + "\n");
        return engine::cli::exit_usage;
    }
    engine::setup_plan setups = engine::build_setup_plan(tests.value(), engine::worker::first_setup);
    return engine::session(std::move(tests.value()), std::move(setups)).run(argc, argv);
}

}  // namespace cordon

#if defined(CORDON_MAIN)
int main(int argc, char** argv) { return cordon::run(argc, argv); }
#endif
#endif
