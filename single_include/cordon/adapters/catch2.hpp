// cordon 0.1.0: a C++ test framework that runs every test in its own process.
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

// ---- cordon/adapters/catch2.hpp ----

// Runs the tests of Catch2 under cordon, each in its own process. One file of the program, instead of CATCH_CONFIG_MAIN
// or the library Catch2Main:
//
//     #define CORDON_MAIN
//     #include <cordon/adapters/catch2.hpp>
//
// docs/catch2-adapter.md says what becomes of Catch2's features and options.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY  // both frameworks have a CHECK
#endif

// ---- cordon/api/adapters/adapter.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_)
#define CORDON_CONTAINS_CORDON_API_ADAPTERS_ADAPTER_HPP_

// ---- cordon/api/check.hpp ----

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

// The compiler's macros say whether there are exceptions. Define CORDON_CONFIG_NO_EXCEPTIONS to say so by hand.
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS) && !defined(__cpp_exceptions) && !defined(_CPPUNWIND)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

#if defined(__GNUC__)
#define CORDON_COLD __attribute__((cold, noinline))
// Code that each forked test process runs. Linkers group sections with such names, so that it occupies few pages: a
// forked process pays for every page that it touches first. Each function has its own section, because GCC does not let
// an inline function share one with another function.
#if defined(__ELF__)
#define CORDON_HOT __attribute__((hot, section(".text.hot.cordon" CORDON_TEXT(__COUNTER__))))
#else
#define CORDON_HOT __attribute__((hot))
#endif
// A hot function that contains all that it calls. For templates, because GCC ignores their section.
#define CORDON_FLATTEN __attribute__((flatten))
#define CORDON_TEXT_(x) #x
#define CORDON_TEXT(x) CORDON_TEXT_(x)
#define CORDON_LIKELY(x) __builtin_expect(static_cast<bool>(x), 1)
// Constant-initialized thread-local data. Unlike `extern thread_local`, an access needs no call that checks for an
// initializer. This halves the cost of a passing assertion.
#define CORDON_THREAD_LOCAL __thread
// Relaxed atomic access to a plain variable.
#define CORDON_LOAD_(variable) __atomic_load_n(&(variable), __ATOMIC_RELAXED)
#define CORDON_STORE_(variable, value) __atomic_store_n(&(variable), value, __ATOMIC_RELAXED)
// Compiles an expression, which may contain lambdas, and does not evaluate it.
#define CORDON_UNEVALUATED_(...) static_cast<void>(__builtin_constant_p((static_cast<void>(__VA_ARGS__), 0)))
#else
#define CORDON_COLD
#define CORDON_HOT
#define CORDON_FLATTEN
#define CORDON_LIKELY(x) (x)
#define CORDON_THREAD_LOCAL __declspec(thread)
#define CORDON_LOAD_(variable) (*const_cast<decltype(variable) const volatile*>(&(variable)))
#define CORDON_STORE_(variable, value) static_cast<void>(*const_cast<decltype(variable) volatile*>(&(variable)) = value)
#define CORDON_UNEVALUATED_(...) static_cast<void>(0)
#endif

// Put around cold functions of the engine. They are compiled without optimization, at any level that the user chose.
// Templates of the standard library keep the user's level, because their headers come first: include nothing in
// between.
#if defined(__OPTIMIZE__) && defined(__clang__)
#define CORDON_CHEAP_BEGIN _Pragma("clang optimize off")
#define CORDON_CHEAP_END _Pragma("clang optimize on")
#elif defined(__OPTIMIZE__) && defined(__GNUC__)
#define CORDON_CHEAP_BEGIN _Pragma("GCC push_options") _Pragma("GCC optimize(\"O0\")")
#define CORDON_CHEAP_END _Pragma("GCC pop_options")
#else
#define CORDON_CHEAP_BEGIN
#define CORDON_CHEAP_END
#endif

// Around the whole engine. With g++ it compiles in three quarters of the time with -O1. A run of quick tests then takes
// 6 % more instructions in the supervisor, reports take none. clang has no such pragma.
#if defined(__OPTIMIZE__) && !defined(__OPTIMIZE_SIZE__) && defined(__GNUC__) && !defined(__clang__)
#define CORDON_MODEST_BEGIN _Pragma("GCC push_options") _Pragma("GCC optimize(\"O1\")")
#define CORDON_MODEST_END _Pragma("GCC pop_options")
#else
#define CORDON_MODEST_BEGIN
#define CORDON_MODEST_END
#endif

// From C++20 on, a constexpr function may contain assertions, because it may contain a try block.
#if CORDON_CPLUSPLUS >= 202002L
#define CORDON_CONSTEXPR constexpr
#define CORDON_IN_CONSTANT_EVALUATION() __builtin_is_constant_evaluated()
#else
#define CORDON_CONSTEXPR
#define CORDON_IN_CONSTANT_EVALUATION() false
#endif

// The enclosing function with its template arguments, as text.
#if defined(_MSC_VER) && !defined(__clang__)
#define CORDON_SIGNATURE __FUNCSIG__
#else
#define CORDON_SIGNATURE __PRETTY_FUNCTION__
#endif

// Put around the light headers. Libraries with tests, but without an engine, use the program's functions, so a program
// compiled with -fvisibility=hidden must not hide them. A comparison in an assertion must warn in the user's code, and
// not again inside cordon. A user's global variable may have the name of a cordon parameter.
#if defined(__clang__)
// Values that an enum cannot have are asked for their names. Other versions accept this, or let a template choose
// another function.
#if __clang_major__ >= 16 && __clang_major__ < 20
#define CORDON_SILENCE_ENUMS_ _Pragma("clang diagnostic ignored \"-Wenum-constexpr-conversion\"")
#else
#define CORDON_SILENCE_ENUMS_
#endif
#define CORDON_SILENCE_BEGIN                                                                                          \
    _Pragma("GCC visibility push(default)") _Pragma("clang diagnostic push")                                          \
        _Pragma("clang diagnostic ignored \"-Wsign-compare\"") _Pragma("clang diagnostic ignored \"-Wfloat-equal\"")  \
            _Pragma("clang diagnostic ignored \"-Wconversion\"")                                                      \
                _Pragma("clang diagnostic ignored \"-Wsign-conversion\"")                                             \
                    _Pragma("clang diagnostic ignored \"-Wdouble-promotion\"")                                        \
                        _Pragma("clang diagnostic ignored \"-Wenum-compare\"")                                        \
                            _Pragma("clang diagnostic ignored \"-Wshadow\"")                                          \
                                _Pragma("clang diagnostic ignored \"-Wcomma\"")                                       \
                                    _Pragma("clang diagnostic ignored \"-Wpadded\"")                                  \
                                        _Pragma("clang diagnostic ignored \"-Wmissing-field-initializers\"")          \
                                            _Pragma("clang diagnostic ignored \"-Wmissing-braces\"")                  \
                                                _Pragma("clang diagnostic ignored \"-Wundefined-var-template\"")      \
                                                    _Pragma("clang diagnostic ignored \"-Wundefined-func-template\"") \
                                                        _Pragma("clang diagnostic ignored \"-Wundefined-internal\"")  \
                                                            CORDON_SILENCE_ENUMS_
#define CORDON_SILENCE_END _Pragma("clang diagnostic pop") _Pragma("GCC visibility pop")
#elif defined(__GNUC__)
#define CORDON_SILENCE_BEGIN                                                                                           \
    _Pragma("GCC visibility push(default)") _Pragma("GCC diagnostic push")                                             \
        _Pragma("GCC diagnostic ignored \"-Wsign-compare\"") _Pragma("GCC diagnostic ignored \"-Wfloat-equal\"")       \
            _Pragma("GCC diagnostic ignored \"-Wconversion\"") _Pragma("GCC diagnostic ignored \"-Wsign-conversion\"") \
                _Pragma("GCC diagnostic ignored \"-Wdouble-promotion\"") _Pragma(                                      \
                    "GCC diagnostic ignored \"-Wenum-compare\"") _Pragma("GCC diagnostic ignored \"-Wbool-compare\"")  \
                    _Pragma("GCC diagnostic ignored \"-Wextra\"") _Pragma("GCC diagnostic ignored \"-Wuseless-cast\"") \
                        _Pragma("GCC diagnostic ignored \"-Wshadow\"") _Pragma("GCC diagnostic ignored \"-Weffc++\"")  \
                            _Pragma("GCC diagnostic ignored \"-Wmissing-field-initializers\"")                         \
                                _Pragma("GCC diagnostic ignored \"-Wmissing-braces\"")
#define CORDON_SILENCE_END _Pragma("GCC diagnostic pop") _Pragma("GCC visibility pop")
#else
#define CORDON_SILENCE_BEGIN
#define CORDON_SILENCE_END
#endif

#define CORDON_CONCAT_(a, b) a##b
#define CORDON_CONCAT(a, b) CORDON_CONCAT_(a, b)
#define CORDON_UNIQUE(prefix) CORDON_CONCAT(prefix, __COUNTER__)

// A namespace in a nameless one. `namespace name` after it opens it again, so equal names in such namespaces of two
// files are different entities. Clang gives what is added there external linkage all the same: `name` holds the number
// of the line, so that they rarely meet.
#define CORDON_NAMESPACE_OF_FILE_BEGIN_(name)     \
    inline namespace CORDON_CONCAT(name, _file) { \
        inline namespace {                        \
        namespace name {
#define CORDON_NAMESPACE_OF_FILE_END_ \
    }                                 \
    }                                 \
    }

// ---- cordon/api/stringify.hpp ----

// ---- cordon/api/enumerators.hpp ----

// ---- cordon/api/traits.hpp ----

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

// The names of enumerators: the compiler writes them into the name of a function whose template arguments they are. The
// engine reads them there.

namespace cordon::detail {

template <class E, E... Values>
constexpr const char* enumerator_names() {
    return CORDON_SIGNATURE;
}

#if defined(__clang__) && __clang_major__ >= 20
// It refuses values that an enum without a fixed type cannot have. Then the largest number of small ones is asked for.
template <class E, size_t... I>
constexpr auto names_from(rank<2>, indices<I...>)
    -> decltype(enumerator_names<E, static_cast<E>(I)..., static_cast<E>(I + 32)..., static_cast<E>(I + 64)...,
                                 static_cast<E>(I + 96)..., static_cast<E>(128LL << I)...,
                                 static_cast<E>(~static_cast<long long>(I))...>()) {
    return enumerator_names<E, static_cast<E>(I)..., static_cast<E>(I + 32)..., static_cast<E>(I + 64)...,
                            static_cast<E>(I + 96)..., static_cast<E>(128LL << I)...,
                            static_cast<E>(~static_cast<long long>(I))...>();
}
template <class E, size_t... I>
constexpr auto names_from(rank<1>, indices<I...>) -> decltype(enumerator_names<E, static_cast<E>(I)...>()) {
    return enumerator_names<E, static_cast<E>(I)...>();
}
template <class E, size_t... I>
constexpr const char* names_from(rank<0>, indices<I...>) {
    return names_from<E>(rank<1>(), make_indices<sizeof...(I) / 2>());
}
template <class E, size_t Count = 32>
constexpr const char* names_of_enum() {
    return names_from<E>(rank<2>(), make_indices<Count>());
}
#else
template <class E, size_t... I>
constexpr const char* names_from(indices<I...>) {
    return enumerator_names<E, static_cast<E>(I)..., static_cast<E>(I + 32)..., static_cast<E>(I + 64)...,
                            static_cast<E>(I + 96)..., static_cast<E>(128LL << I)...,
                            static_cast<E>(~static_cast<long long>(I))...>();
}
/// Of the values 0 to 127, the powers of two from 2^7 to 2^38, -1 to -32. The engine knows this order.
template <class E, size_t Count = 32>
constexpr const char* names_of_enum() {
    return names_from<E>(make_indices<Count>());
}
#endif

/// The operator | of two values is of the same enum: they are flags.
template <class E>
constexpr auto is_flags(E value) -> only_if<is_same<decltype(value | value), E>, bool> {
    return true;
}
constexpr bool is_flags(...) { return false; }

}  // namespace cordon::detail

// ---- cordon/api/text_sink.hpp ----

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

// A value as text. The first of these that applies to its type decides:
//   1. void to_text(cordon::text_sink&, const T&), found in T's namespace or in cordon
//   2. cordon's own form for the language's types, strings, smart pointers and durations
//   3. operator<<(std::ostream&, const T&)
//   4. its structure: optional, variant, container, pair, tuple, exception
//   5. its fields, if it is an aggregate; before C++20 only with <cordon/fields.hpp>
//   6. its name and its bytes
// Functions without a body here are compiled once, with the engine.

namespace cordon {
namespace detail {

// ---- 4, 5, 6: what a type's structure says ----

struct field_writer {
    text_sink& out;
    const char* signature;
    const char* names;

    template <class... F>
    void operator()(const F&... field) const {
        const operand_text fields[] = {text_of(field)...};
        write_fields(out, signature, names, fields, sizeof...(F));
    }
};

template <class T>
void write_object(rank<0>, text_sink& out, const T& value) {
    // The byte of an empty class has no meaning.
    write_bytes(out, signature_of<T>(), __builtin_addressof(value), __is_empty(T) ? 0 : sizeof(T));
}
template <class T>
void write_other(rank<0>, text_sink& out, const T& value) {
    write_object(rank<1>(), out, value);  // api/fields/fields.hpp has another
}

template <class T>
auto write_other(rank<1>, text_sink& out, const T& value) -> decltype(take_text(value.what())) {
    write_exception(out, signature_of<T>(), value.what());
}

/// The clock of calendar time.
template <class Clock, class Time>
constexpr auto writer_of_time(const Time& time) -> decltype(void(Clock::to_time_t(time)), &write_time) {
    return &write_time;
}
template <class Clock>
constexpr auto writer_of_time(...) {
    return &write_clock_time;
}
template <class T>
auto write_other(rank<2>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch().count())) {
    write_units(writer_of_time<typename T::clock>(time), out, time.time_since_epoch());
}

template <class T, size_t... I>
void write_tuple(text_sink& out, const T& tuple, indices<I...>) {
    field_writer{out, "", ""}(get<I>(tuple)...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<3>, text_sink& out, const T<First, Rest...>& tuple)
    -> decltype(void(get<sizeof...(Rest)>(tuple))) {
    write_tuple(out, tuple, make_indices<sizeof...(Rest) + 1>());
}

/// The form of a container's text, for begin_list.
constexpr char form_of(...) { return '['; }
template <class T, class = typename T::key_type>
constexpr char form_of(const T*, long) {
    return '{';
}
template <class T, class = typename T::hasher>
constexpr char form_of(const T*, int) {
    return '#';
}

template <class, class T>
void write_item(long, text_sink& out, const T& element) {
    write_element(out, element);
}
template <class C, class T, class = typename C::mapped_type>
auto write_item(int, text_sink& out, const T& element) -> decltype(void(element.second)) {
    write_element(out, element.first);
    out.write(": ", 2);
    write_element(out, element.second);
}

template <class C, class I, class End>
void write_items(text_sink& out, I at, End end) {
    begin_list(out, form_of(static_cast<C*>(nullptr), 0));
    for (; at != end; ++at) {
        const turn it = next_turn(out);
        if (it == turn::stop) break;
        if (it == turn::write) write_item<C>(0, out, *at);
    }
    end_list(out);
}

// A container that contains its own type (a path, some JSON values) would never end.
template <class T>
auto write_other(rank<5>, text_sink& out, const T& container)
    -> only_if<!is_same<bare<decltype(*container.begin())>, T>, decltype(void(container.begin() != container.end()))> {
    write_items<T>(out, container.begin(), container.end());
}

#if CORDON_CPLUSPLUS >= 202002L
// A view that changes when it is iterated (std::views::filter) is cheap to copy.
template <class T>
auto write_other(rank<4>, text_sink& out, const T& view)
    -> only_if<!is_same<bare<decltype(*declare<T&>().begin())>, T>, decltype(void(T(view)))> {
    T copy(view);
    write_items<T>(out, copy.begin(), copy.end());
}
#endif

template <class T, size_t... I>
void write_alternative(text_sink& out, const T& variant, indices<I...>) {
    (void(variant.index() == I ? write_element(out, get<I>(variant)) : void()), ...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<7>, text_sink& out, const T<First, Rest...>& variant)
    -> decltype(void(variant.valueless_by_exception()), void(get<sizeof...(Rest)>(variant))) {
    if (variant.valueless_by_exception()) out.write("valueless", 9);
    write_alternative(out, variant, make_indices<sizeof...(Rest) + 1>());
}

inline void write_absence(text_sink& out, const void*) { out.write("nullopt", 7); }
template <class T>
auto write_absence(text_sink& out, const T* expected) -> decltype(void(expected->error())) {
    out.write("unexpected(", 11);
    write_element(out, expected->error());
    out.write(")", 1);
}

template <class T>
auto write_other(rank<8>, text_sink& out, const T& optional)
    -> decltype(void(static_cast<bool>(optional.has_value())), void(*optional)) {
    if (optional.has_value()) return write_element(out, *optional);
    write_absence(out, __builtin_addressof(optional));
}

/// An element of vector<bool> or of a bitset.
template <class T>
auto write_other(rank<9>, text_sink& out, const T& flag)
    -> decltype(void(declare<T&>().flip()), void(static_cast<bool>(flag))) {
    write_element(out, static_cast<bool>(flag));
}

// ---- 3: operator<< ----

template <class T>
auto write_other(rank<10>, text_sink& out, const T& value) -> decltype(void(declare<stream_of<T>>() << value)) {
    write_by_stream(out, value);
}

// ---- 2: cordon's own forms of some classes, of enums, pointers and arrays ----

template <class T>
void write_enumerator(rank<0>, text_sink& out, const T& value) {
    write_enum(out, names_of_enum<T>(), static_cast<long long>(value), is_flags(value));
}
template <class T>
auto write_enumerator(rank<1>, text_sink& out, const T& value) -> decltype(void(declare<stream_probe&>() << value)) {
    write_by_stream(out, value);
}

template <class T>
void write_own(rank<0>, text_sink& out, const T& value) {
    if constexpr (is_object<T>) {
        write_other(rank<10>(), out, value);
    } else if constexpr (is_enum<T>) {
        write_enumerator(rank<1>(), out, value);
    } else if constexpr (is_text_unit<T>) {
        write_character(out, &value, sizeof(T));  // char8_t
    } else {
        write_bytes(out, signature_of<T>(), &value, sizeof(T));
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
        write_zero_terminated(out, array, sizeof(T), N);
    } else {
        write_items<T[N]>(out, array, array + N);
    }
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

/// std::error_code, std::error_condition, and classes like them.
template <class T>
auto write_own(rank<3>, text_sink& out, const T& error)
    -> decltype(take_text(error.category().name()), void(error.message().size())) {
    const auto& message = error.message();
    write_error_code(out, error.category().name(), error.value(), message.data(), message.size());
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
    write_element(out, value);
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

// Functions that the assertion macros call. The engine defines them (engine/exec/hooks.hpp); a test file sees only
// declarations.

namespace cordon::engine::exec {
class info_list;
}

namespace cordon::detail {

/// Text that someone else owns. Converts from a literal and from any type with data() and size().
struct text_view {
    text_view(const char* text) : data(text), size(__builtin_strlen(text)) {}
    template <class S, class = decltype(declare<const S&>().data())>
    text_view(const S& text) : data(text.data()), size(text.size()) {}

    const char* data;
    size_t size;
};

/// The text of a callable that writes: INFO and the message forms use it.
template <class F>
operand_text text_by(const F& writer) {
    return {[](text_sink& out, const void* address) { (*static_cast<const F*>(address))(out); }, &writer};
}

enum class severity : unsigned char { warn, check, require };

/// One assertion in the source. The macros make one constant for each place.
struct assertion_site {
    const char* file;
    const char* macro;
    const char* expression;
    unsigned line;
    severity level;
    /// The expression must be false (CHECK_FALSE).
    bool negated;
};

/// The result of one assertion. `pending`: the expression threw nothing, and no operand was examined.
struct outcome {
    enum kind : unsigned char { failed, passed, pending };

    template <class Unused = void>
    explicit constexpr operator bool() const {
        static_assert(sizeof(Unused*) == 0, "?: at the top of an assertion: put parentheses around it");
        return false;
    }

    kind is;
};

/// A failed comparison.
struct comparison {
    const char* op;
    operand_text left;
    operand_text right;
    /// The compiler's name of a function template whose parameters L and R are the operands' types.
    const char* types;
    size_t left_size;
    size_t right_size;
};

/// An operand that the language converted for the comparison.
struct converted_operand {
    operand_text as;
    bool changed;  ///< the conversion changed its value
};

/// The assertions of one thread. Constant-initialized, so a passing assertion costs two plain stores.
struct thread_tally {
    unsigned long long passed;
    const assertion_site* last;
    bool adopted;
};

extern CORDON_THREAD_LOCAL thread_tally current_thread;

// Each of these functions records a failed assertion of any severity and returns. None of them throws. The macros of
// the REQUIRE family then call leave_test(), outside their try block.
void fail_comparison(const assertion_site& site, const comparison& what) noexcept;
/// Both operands are texts that were compared by address.
void fail_addresses(const assertion_site& site, const comparison& what, const void* left, const void* right) noexcept;
/// Two numbers of different types. `floating`: both are floating-point numbers, and are shown as they were compared.
void fail_mixed(const assertion_site& site, const comparison& what, converted_operand left, converted_operand right,
                bool floating) noexcept;
void fail_value(const assertion_site& site, operand_text value) noexcept;
/// For assertions without operands. `what` is the reason.
void fail_plain(const assertion_site& site, const char* what) noexcept;
/// A pointer was compared with a number. This compiles for a literal 0, so its value decides.
outcome refuse_number(const assertion_site& site) noexcept;
/// FAIL, FAIL_CHECK: the same as fail_plain, with the user's text.
void fail_message(const assertion_site& site, operand_text message) noexcept;

/// A REQUIRE has failed: leaves the test by exception. Without exceptions, jumps out of the test (test thread) or ends
/// the test's process (any other thread).
[[noreturn]] void leave_test();
/// Leaves the test with the ending `skipped`.
[[noreturn]] void skip_test(const assertion_site& site, operand_text reason);

// Called in a catch (...) block around an assertion's expression. Rethrows cordon's own exceptions: a leave_test()
// inside the expression, a skip.

/// The expression threw and should not: records the current exception as the assertion's failure.
void fail_by_exception(const assertion_site& site);
/// The expression threw, as _THROWS expects: counts as passed.
outcome pass_by_exception(const assertion_site& site);
/// The exception has another type than _THROWS_AS expects: records a failure that names both. `expected` is the type as
/// written.
outcome fail_wrong_exception(const assertion_site& site, const char* expected);
/// Runs after the try block of a _THROWS. `missing` is the failure if nothing was thrown.
void conclude_throwing(const assertion_site& site, outcome result, const char* missing);
/// _THROWS_WITH: passes or fails by the text of the current exception: its what(), or the thrown string.
outcome check_exception_text(const assertion_site& site, text_view expected);

/// First assertion of a thread that is not the test's own. Its counts are added when the thread ends.
void adopt_thread() noexcept;

CORDON_CONSTEXPR inline outcome pass(const assertion_site& site) noexcept {
    if (CORDON_IN_CONSTANT_EVALUATION()) {
        return outcome{outcome::passed};
    } else {
        auto* tally = &current_thread;
        if (!CORDON_LIKELY(tally->adopted)) {
            adopt_thread();
        }
        // Relaxed atomic stores compile to plain stores. The engine sums the tallies of running threads.
        CORDON_STORE_(tally->passed, tally->passed + 1);
        CORDON_STORE_(tally->last, &site);
        return outcome{outcome::passed};
    }
}

/// The place of an assertion while the compiler evaluates a constexpr function. Nobody reads its text.
template <bool Negated>
inline constexpr assertion_site no_site = {"", "", "", 0, severity::check, Negated};

/// The place of an assertion. Constant evaluation must not call `make`, because it returns a static object.
template <bool Negated, class F>
CORDON_CONSTEXPR const assertion_site* site_of(F make) {
    if (CORDON_IN_CONSTANT_EVALUATION()) return &no_site<Negated>;
    return make();
}

/// SUBCASE: true if this pass through the test enters the block. The destructor leaves it. The name is copied.
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

/// An INFO or CAPTURE in scope, or the text of a _MESSAGE assertion. The text is written only if something fails in its
/// scope. If an exception of the user ends the scope, the engine keeps the text for the failure that follows.
class info_scope {
  public:
    /// `owner`: the assertion that this message belongs to; null for INFO and CAPTURE, which belong to every failure.
    info_scope(operand_text text, const assertion_site* owner);
    ~info_scope();
    info_scope(const info_scope&) = delete;
    info_scope& operator=(const info_scope&) = delete;

    operand_text text;
    const assertion_site* owner;
    engine::exec::info_list* list;  ///< of the thread that has begun the scope
    info_scope* outer;
};

}  // namespace cordon::detail

// How an optional header takes over the tests of another framework.

namespace cordon::detail {

/// The command line of a program with tests of another framework.
struct adapted_command {
    int count;
    const char* const* words;
    bool runs_tests = false;  ///< in a process that cordon has started for tests
    bool done = false;        ///< the other framework did what was asked for: the program ends with `exit_code`
    int exit_code = 0;
    /// The words that started the program. Workers get them if the system does not tell. Null: those that cordon::run
    /// got.
    const char* const* all_words = nullptr;
    int all_count = 0;
    /// Words for the other framework that a command needs to show a failure again, besides the names of tests.
    const char* const* again_words = nullptr;
    int again_count = 0;
};

/// `prepare` runs once in each process of a run, before the list of tests is built. It adds the tests and replaces the
/// words that are meant for the other framework.
struct adapter {
    explicit adapter(void (*prepare)(adapted_command&)) noexcept;

    void (*prepare)(adapted_command&);
    adapter* next;
};

/// True for an option of cordon whose value is the next word: "--jobs", "-j".
bool takes_next_word(text_view word) noexcept;

/// What another framework reports about the running test.
struct adapted_failure {
    enum kind : unsigned char { assertion, message, exception, warning };

    kind is;
    const char* file;
    unsigned line;
    text_view macro;       ///< empty: no assertion has failed
    text_view expression;  ///< as written in the source
    text_view values;      ///< the expression with its values
    text_view words;       ///< a text of the user, or the reason
    const text_view* infos;
    size_t info_count;
};

// Functions for the reporters of other frameworks. Any thread of the test may call them.

/// Texts are copied.
void tell_adapted_failure(const adapted_failure& told) noexcept;
/// Assertions that passed.
void count_adapted(unsigned long long passed) noexcept;
/// The other framework has entered a subcase, which it has chosen itself, or leaves the innermost one.
void enter_adapted_subcase(text_view name, const char* file, unsigned line) noexcept;
void leave_adapted_subcase() noexcept;
/// The other framework runs the test again, for its other subcases.
void begin_adapted_pass() noexcept;
/// False in a process that the test has forked: the other framework counts nothing that happens there.
bool is_in_test_process() noexcept;

}  // namespace cordon::detail
#endif
#include "../cordon.hpp"

// ---- cordon/adapters/catch2/edition.hpp ----

// Version 2 of Catch2, whose implementation is compiled here, or version 3, with which the program is linked.

#if __has_include(<catch2/catch_session.hpp>)
#include <catch2/catch_session.hpp>
#include <catch2/catch_test_case_info.hpp>
#include <catch2/interfaces/catch_interfaces_registry_hub.hpp>
#include <catch2/interfaces/catch_interfaces_reporter_factory.hpp>
#include <catch2/internal/catch_reporter_registry.hpp>
#include <catch2/internal/catch_run_context.hpp>
#include <catch2/internal/catch_test_case_registry_impl.hpp>
#include <catch2/reporters/catch_reporter_event_listener.hpp>
#include <catch2/reporters/catch_reporter_multi.hpp>
#elif __has_include(<catch_amalgamated.hpp>)
#include <catch_amalgamated.hpp>
#else
#if !defined(CATCH_CONFIG_RUNNER)
#define CATCH_CONFIG_RUNNER
#endif
#if !defined(CATCH_CONFIG_NO_POSIX_SIGNALS)
#define CATCH_CONFIG_NO_POSIX_SIGNALS  // cordon tells how a test has crashed
#endif
#if __has_include(<catch2/catch.hpp>)
#include <catch2/catch.hpp>
#else
#include <catch.hpp>
#endif
#define CORDON_CATCH2_VERSION_2
#endif

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cordon::catch2_adapter {

template <class Text>
std::string text_of(const Text& text) {
    return static_cast<std::string>(text);
}

#if defined(CORDON_CATCH2_VERSION_2)

using test_handle = ::Catch::TestCase;
using listener_base = ::Catch::TestEventListenerBase;
using told_by_listener = bool;
using catch_config = std::shared_ptr<::Catch::Config>;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const std::string& tag) { return tag; }

/// A configuration that lives as long as the program.
inline catch_config lasting_config(::Catch::Session& session) {
    return std::make_shared<::Catch::Config>(session.configData());
}

/// The user's listeners, then `Reporter`.
template <class Reporter>
::Catch::IStreamingReporterPtr all_listeners(const catch_config& config) {
    auto all = std::make_unique<::Catch::ListeningReporter>();
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(::Catch::ReporterConfig(config)));
    all->addReporter(std::make_unique<Reporter>(::Catch::ReporterConfig(config)));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config& config) { ::Catch::applyFilenamesAsTags(config); }

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string& program, const test_handle& test) {
    context.testGroupStarting(program, 1, 1);
    const ::Catch::Totals totals = context.runTest(test);
    context.testGroupEnded(program, totals, 1, 1);
    return totals;
}

#else

using test_handle = ::Catch::TestCaseHandle;
using listener_base = ::Catch::EventListenerBase;
using told_by_listener = void;
using catch_config = const ::Catch::Config*;

inline const ::Catch::TestCaseInfo& info_of(const test_handle& test) { return test.getTestCaseInfo(); }
inline std::string text_of_tag(const ::Catch::Tag& tag) { return text_of(tag.original); }

inline catch_config lasting_config(::Catch::Session& session) { return new ::Catch::Config(session.configData()); }

template <class Reporter>
::Catch::IEventListenerPtr all_listeners(catch_config config) {
    auto all = ::Catch::Detail::make_unique<::Catch::MultiReporter>(config);
    for (const auto& each : ::Catch::getRegistryHub().getReporterRegistry().getListeners())
        all->addListener(each->create(config));
    all->addReporter(::Catch::Detail::make_unique<Reporter>(config));
    return all;
}

inline void add_tags_of_files(const ::Catch::Config&) {
    for (auto* each : ::Catch::getRegistryHub().getTestCaseRegistry().getAllInfos())
        each->addFilenameTag();
}

inline ::Catch::Totals run_in(::Catch::RunContext& context, const std::string&, const test_handle& test) {
    return context.runTest(test);
}

#endif

// Since 3.3 a test can skip itself.

template <class Result = ::Catch::ResultWas, int Skip = Result::ExplicitSkip>
bool is_skip(::Catch::ResultWas::OfType type, int) {
    return type == Skip;
}
template <class Result = ::Catch::ResultWas>
bool is_skip(::Catch::ResultWas::OfType, long) {
    return false;
}

template <class Counts>
auto was_skipped(const Counts& counts, int) -> decltype(counts.skipped != 0) {
    return counts.skipped != 0;
}
template <class Counts>
bool was_skipped(const Counts&, long) {
    return false;
}

}  // namespace cordon::catch2_adapter

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/adapters/catch2/options.hpp ----

// ---- cordon/adapters/shared/command.hpp ----

#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// The command line of a program with tests of another framework.

namespace cordon::adapters {

/// A command line that lives as long as the process.
class lasting_words {
  public:
    explicit lasting_words(const std::vector<std::string>& words) : count(static_cast<int>(words.size())) {
        auto& kept = *new std::vector<std::string>(words);
        auto& pointers = *new std::vector<const char*>();
        for (const std::string& each : kept)
            pointers.push_back(each.c_str());
        pointers.push_back(nullptr);
        words_ = pointers.data();
    }

    const char* const* get() const { return words_; }
    const int count;

  private:
    const char* const* words_;
};

/// Options of cordon that stand for those of the other framework.
class translated_options {
  public:
    void add(const char* option) { words_.emplace_back(option); }
    void add(const char* option, std::string value) {
        words_.emplace_back(option);
        words_.push_back(std::move(value));
    }
    void add_word(std::string word) { words_.push_back(std::move(word)); }
    /// An option that cannot be obeyed.
    void refuse(const std::string& why) {
        if (complaint_.empty()) complaint_ = why;
    }

    /// Puts the options before what the user wrote for cordon, so that the user's own words win.
    void put_into(std::vector<std::string>& own) const {
        own.insert(own.begin() + (own.empty() ? 0 : 1), words_.begin(), words_.end());
    }
    /// Why an option cannot be obeyed; empty if all can.
    const std::string& complaint() const { return complaint_; }

  private:
    std::vector<std::string> words_;
    std::string complaint_;
};

inline bool has_option(const std::vector<std::string>& words, std::string_view option) {
    for (const std::string& each : words) {
        if (each == option || each.rfind(std::string(option) + "=", 0) == 0) return true;
    }
    return false;
}

/// The names of subcases after each `--subcase`, outermost first. cordon's reports write them so, for the other
/// framework chooses the subcases of its tests.
inline std::vector<std::string> subcases_of(const std::vector<std::string>& words) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        if (words[i] != "--subcase") continue;
        std::string name;
        for (const char c : words[++i]) {
            if (c != '\\') name += c;
        }
        names.push_back(name);
    }
    return names;
}

/// The other framework has done everything.
inline void finish(detail::adapted_command& command, int exit_code) {
    command.done = true;
    command.exit_code = exit_code;
}

inline void repeat_with(detail::adapted_command& command, const std::vector<std::string>& words) {
    const lasting_words again(words);
    command.again_words = again.get();
    command.again_count = again.count;
}

/// Goes on with these words, unless an option cannot be obeyed. False: the program ends.
inline bool go_on(detail::adapted_command& command, std::vector<std::string> own, const translated_options& options) {
    if (!options.complaint().empty()) {
        std::fprintf(stderr, "cordon: %s\n", options.complaint().c_str());
        finish(command, 2);
        return false;
    }
    options.put_into(own);
    const lasting_words meant(own);
    command.words = meant.get();
    command.count = meant.count;
    return true;
}

}  // namespace cordon::adapters

#include <string>
#include <string_view>
#include <vector>

// Catch2's options. Which words of a command line are Catch2's, and what each of them means to cordon.

namespace cordon::catch2_adapter {

enum class use : unsigned char {
    inside,   ///< Catch2 obeys it, where it chooses tests or runs one
    ask,      ///< Catch2 answers, and no test runs
    order,    ///< becomes an option of cordon
    ignored,  ///< concerns Catch2's own lines
    report,   ///< Catch2's if it answers, else becomes a report of cordon
};

struct option_row {
    const char* name;
    const char* letter;  ///< null: none, or cordon's
    bool has_value;
    use is;
};

constexpr option_row option_rows[] = {
    {"list-tests", "l", false, use::ask},
    {"list-tags", "t", false, use::ask},
    {"list-test-names-only", nullptr, false, use::ask},
    {"list-reporters", nullptr, false, use::ask},
    {"list-listeners", nullptr, false, use::ask},
    {"libidentify", nullptr, false, use::ask},
    {"input-file", nullptr, true, use::inside},
    {"filenames-as-tags", "#", false, use::inside},
    {"nothrow", "e", false, use::inside},
    {"break", "b", false, use::inside},
    {"invisibles", "i", false, use::inside},
    {"section", "c", true, use::inside},
    {"warn", "w", true, use::inside},
    {"rng-seed", nullptr, true, use::inside},
    {"skip-benchmarks", nullptr, false, use::inside},
    {"benchmark-samples", nullptr, true, use::inside},
    {"benchmark-resamples", nullptr, true, use::inside},
    {"benchmark-confidence-interval", nullptr, true, use::inside},
    {"benchmark-no-analysis", nullptr, false, use::inside},
    {"benchmark-warmup-time", nullptr, true, use::inside},
    {"order", nullptr, true, use::order},
    {"abort", "a", false, use::order},
    {"abortx", "x", true, use::order},
    {"use-colour", nullptr, true, use::order},
    {"colour-mode", nullptr, true, use::order},
    {"shard-count", nullptr, true, use::order},
    {"shard-index", nullptr, true, use::order},
    {"allow-running-no-tests", nullptr, false, use::order},
    {"reporter", "r", true, use::report},
    {"out", "o", true, use::report},
    {"success", "s", false, use::ignored},
    {"name", "n", true, use::ignored},
    {"durations", "d", true, use::ignored},
    {"min-duration", "D", true, use::ignored},
    {"verbosity", "v", true, use::ignored},
    {"wait-for-keypress", nullptr, true, use::ignored},
};

/// A word of Catch2: the option, and its value.
struct option_word {
    const option_row* row = nullptr;  ///< null: the word is not Catch2's
    std::string value;
    bool used_next = false;  ///< the value was the next word
};

/// -x, -v and --order are options of cordon, too; the value tells whose they are.
inline bool is_value_for(const option_row& row, const std::string& value) {
    const std::string_view name = row.name;
    if (name == "abortx") return !value.empty() && value.find_first_not_of("0123456789") == value.npos;
    if (name == "verbosity") return value == "quiet" || value == "normal" || value == "high";
    if (name == "order") return value == "decl" || value == "lex" || value == "rand";
    return true;
}

inline option_word option_of(std::string_view word, const char* next) {
    const bool is_long = word.substr(0, 2) == "--";
    if (word.size() < 2 || word.front() != '-') return {};
    word.remove_prefix(is_long ? 2 : 1);
    const std::size_t cut = word.find_first_of("=:");
    const std::string_view name = word.substr(0, cut);
    for (const option_row& each : option_rows) {
        if (is_long ? name != each.name : each.letter == nullptr || name != each.letter) continue;
        if (!each.has_value) return {&each, {}, false};
        const bool used_next = cut == std::string_view::npos;
        if (used_next && next == nullptr) return {};
        const std::string value = used_next ? next : std::string(word.substr(cut + 1));
        return is_value_for(each, value) ? option_word{&each, value, used_next} : option_word();
    }
    return {};
}

/// The words of a command line. What is no option is Catch2's: names, patterns and tags of tests.
class word_split {
  public:
    explicit word_split(const detail::adapted_command& command) {
        for (int i = 0; i < command.count; ++i) {
            const std::string word = command.words[i];
            const char* const next = i + 1 < command.count ? command.words[i + 1] : nullptr;
            const option_word option = i == 0 ? option_word() : option_of(word, next);
            if (option.row != nullptr) {
                if (option.used_next) ++i;
                take(word, option);
            } else if (i == 0) {
                own.push_back(word);
                for_catch2.push_back(word);
            } else if (is_for_cordon(word)) {
                own.push_back(word);
                if (next != nullptr && detail::takes_next_word(word)) own.push_back(command.words[++i]);
            } else {
                for_catch2.push_back(word);
            }
        }
        for (const std::string& each : adapters::subcases_of(own))
            for_catch2.insert(for_catch2.end(), {"--section", each});
        reports();
        order();
    }

    std::vector<std::string> own;         ///< for cordon
    std::vector<std::string> for_catch2;  ///< to choose and run tests, or to answer
    std::vector<std::string> inside;      ///< of them, the options that work inside a test
    adapters::translated_options options;
    bool catch2_answers = false;

  private:
    /// Options, and =NAME, with which cordon's reports tell how to run a test again.
    static bool is_for_cordon(const std::string& word) {
        return word.size() > 1 && (word.front() == '-' || word.front() == '=');
    }

    void take(const std::string& word, const option_word& option) {
        const std::string_view name = option.row->name;
        if (option.row->is == use::ask) catch2_answers = true;
        if (option.row->is == use::ask || option.row->is == use::inside) {
            std::vector<std::string> words = {word};
            if (option.used_next) words.push_back(option.value);
            for_catch2.insert(for_catch2.end(), words.begin(), words.end());
            if (option.row->is == use::inside) inside.insert(inside.end(), words.begin(), words.end());
        }
        if (name == "reporter") reporter_ = option.value;
        if (name == "out") out_ = option.value;
        if (name == "rng-seed") seed_ = option.value;
        if (name == "order") order_ = option.value;
        if (name == "shard-count") shards_ = option.value;
        if (name == "shard-index") shard_ = option.value;
        if (name == "abort") options.add("--fail-fast");
        if (name == "abortx") options.add_word("--fail-fast=" + option.value);
        if (name == "allow-running-no-tests") options.add("--allow-empty");
        if (name == "use-colour" || name == "colour-mode") color(option.value);
    }

    void color(const std::string& value) {
        if (value == "yes" || value == "ansi") options.add("--color", "always");
        if (value == "no" || value == "none") options.add("--color", "never");
    }

    void order() {
        if (order_ == "lex") options.add("--order", "name");
        if (order_ == "rand") options.add("--order", "random");
        if (order_ == "rand" && seed_.find_first_not_of("0123456789") == seed_.npos && !seed_.empty())
            options.add("--seed", seed_);
        if (shards_.empty()) return;
        if (shard_.empty() || shard_.find_first_not_of("0123456789") != shard_.npos)
            return options.refuse("--shard-count needs --shard-index N");
        options.add("--shard", std::to_string(std::stoul(shard_) + 1) + "/" + shards_);
    }

    void reports() {
        if (catch2_answers) {
            for (const auto& [option, value] : {std::pair("--reporter", reporter_), std::pair("--out", out_)}) {
                if (!value.empty()) for_catch2.insert(for_catch2.end(), {option, value});
            }
            return;
        }
        if (reporter_.empty() || reporter_ == "console" || reporter_ == "compact") return;
        for (const char* each : {"junit", "tap", "teamcity", "JUnit", "TAP", "TeamCity"}) {
            if (reporter_ != each) continue;
            std::string format = reporter_;
            for (char& letter : format)
                letter = static_cast<char>(letter >= 'A' && letter <= 'Z' ? letter - 'A' + 'a' : letter);
            return options.add("--report", format + (out_.empty() ? "" : "=" + out_));
        }
        // Others are cordon's concern.
        own.insert(own.end(), {"--reporter", reporter_});
        if (!out_.empty()) own.insert(own.end(), {"--out", out_});
    }

    std::string reporter_, out_, seed_, order_, shards_, shard_;
};

}  // namespace cordon::catch2_adapter

// ---- cordon/adapters/catch2/reporter.hpp ----

// ---- cordon/adapters/shared/telling.hpp ----

#include <atomic>
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

// Passes on what another framework says about the running test.

namespace cordon::adapters {

using detail::adapted_failure;

/// A failure with texts of its own.
struct foreign_failure {
    adapted_failure::kind is = adapted_failure::assertion;
    std::string file;
    unsigned line = 0;
    std::string macro;
    std::string expression;
    std::string values;
    std::string words;
    std::vector<std::string> infos;  ///< outermost first
};

inline void print(const foreign_failure& what) {
    std::printf("%s:%u: %s\n%s\n", what.file.c_str(), what.line,
                what.macro.empty() ? "failure" : (what.macro + "(" + what.expression + ")").c_str(),
                what.words.empty() ? what.values.c_str() : what.words.c_str());
}

/// Tells cordon. A process that the test has forked cannot fail it, with the other framework neither: it prints.
inline void tell(const foreign_failure& what) {
    if (!detail::is_in_test_process()) return print(what);
    const std::vector<detail::text_view> infos(what.infos.begin(), what.infos.end());
    detail::tell_adapted_failure({what.is, what.file.c_str(), what.line, what.macro, what.expression, what.values,
                                  what.words, infos.data(), infos.size()});
}

inline void tell_text(std::string_view text) {
    if (!detail::is_in_test_process()) return void(std::printf("%.*s\n", static_cast<int>(text.size()), text.data()));
    cordon::log(text);
}

inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == '\n' || text.front() == ' '))
        text.remove_prefix(1);
    while (!text.empty() && (text.back() == '\n' || text.back() == ' '))
        text.remove_suffix(1);
    return text;
}

[[noreturn]] inline void skip(std::string_view why) {
    const detail::assertion_site nowhere = {"", "", "", 0, detail::severity::check, false};
    const auto writer = [why](text_sink& out) { out << why; };
    detail::skip_test(nowhere, detail::text_by(writer));
}

}  // namespace cordon::adapters

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// What the reporter has seen of the running test. Catch2 makes a new reporter for each run.
struct seen {
    unsigned failures = 0;
    bool ran = false;
    std::string skip_reason;
};

inline seen& seen_here() {
    static auto* const only = new seen;
    return *only;
}

/// Passes what Catch2 says about the running test on to cordon.
class reporter : public listener_base {
  public:
    using listener_base::listener_base;
    static std::string getDescription() { return "passes everything on to cordon"; }

    /// The outermost section is the test itself. It begins again for each path through its sections.
    void sectionStarting(const ::Catch::SectionInfo& section) override {
        const auto line = static_cast<unsigned>(section.lineInfo.line);
        if (depth_++ != 0) {
            detail::enter_adapted_subcase(adapters::trimmed(section.name), section.lineInfo.file, line);
        } else if (passes_++ != 0) {
            detail::begin_adapted_pass();
        }
    }
    void sectionEnded(const ::Catch::SectionStats& section) override {
        if (section.missingAssertions) tell_missing(section.sectionInfo);
        if (--depth_ != 0) detail::leave_adapted_subcase();
    }

    void testCaseEnded(const ::Catch::TestCaseStats& test) override {
        const auto passed = static_cast<unsigned long long>(test.totals.assertions.passed);
        if (passed != 0) detail::count_adapted(passed);
        seen_here().ran = true;
    }

    told_by_listener assertionEnded(const ::Catch::AssertionStats& stats) override {
        tell_assertion(stats);
        return told_by_listener();
    }

    // Version 2 collects data of these for its own reporters.
    void testCaseStarting(const ::Catch::TestCaseInfo&) override {}
    void testRunStarting(const ::Catch::TestRunInfo&) override {}
    void testRunEnded(const ::Catch::TestRunStats&) override {}

  private:
    static void tell(const adapters::foreign_failure& what) {
        if (what.is != adapters::adapted_failure::warning) ++seen_here().failures;
        adapters::tell(what);
    }

    static void tell_missing(const ::Catch::SectionInfo& section) {
        adapters::foreign_failure what;
        what.file = section.lineInfo.file;
        what.line = static_cast<unsigned>(section.lineInfo.line);
        what.words = "no assertions in '" + section.name + "'";
        tell(what);
    }

    static void tell_assertion(const ::Catch::AssertionStats& stats) {
        const ::Catch::AssertionResult& result = stats.assertionResult;
        const ::Catch::ResultWas::OfType type = result.getResultType();
        const std::string message = text_of(result.getMessage());
        if (is_skip(type, 0)) seen_here().skip_reason = message;
        if (type == ::Catch::ResultWas::Warning) adapters::tell_text(message);
        if (result.succeeded() || is_skip(type, 0)) return;
        adapters::foreign_failure what;
        if (result.isOk()) what.is = adapters::adapted_failure::warning;  // CHECK_NOFAIL
        what.file = result.getSourceInfo().file;
        what.line = static_cast<unsigned>(result.getSourceInfo().line);
        what.macro = text_of(result.getTestMacroName());
        what.expression = result.getExpression();
        describe(result, message, what);
        // The message of the assertion itself is the last one.
        const std::size_t count = stats.infoMessages.size() - (result.hasMessage() ? 1 : 0);
        for (std::size_t i = 0; i < count; ++i)
            what.infos.push_back(stats.infoMessages[i].message);
        tell(what);
    }

    static void describe(const ::Catch::AssertionResult& result, const std::string& message,
                         adapters::foreign_failure& what) {
        using was = ::Catch::ResultWas;
        switch (result.getResultType()) {
            case was::ThrewException:
                what.words = "threw " + message;
                if (what.macro != "TEST_CASE" && !what.macro.empty()) return;
                what.words = "the test was left by an exception: " + message;
                what.is = adapters::adapted_failure::exception;
                what.macro.clear();
                what.expression.clear();
                return;
            case was::DidntThrowException:
                what.words = "threw nothing";
                return;
            case was::ExplicitFailure:
                what.is = adapters::adapted_failure::message;
                what.words = message;
                return;
            default:
                if (result.hasExpandedExpression()) what.values = result.getExpandedExpression();
                what.words = message;
        }
    }

    unsigned depth_ = 0;
    unsigned passes_ = 0;
};

}  // namespace cordon::catch2_adapter

// ---- cordon/adapters/catch2/tests.hpp ----

// ---- cordon/adapters/shared/enrolment.hpp ----

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

// Adds tests of another framework to cordon's. What is made here lives as long as the program.

namespace cordon::adapters {

inline const char* lasting(std::string text) { return (new std::string(std::move(text)))->c_str(); }

/// A test that is to be added.
struct new_test {
    std::string suite;
    std::string name;  ///< empty: cordon numbers it
    location where;
    std::vector<detail::decorator> decorators;
    const void* context = nullptr;  ///< of the body

    void decorate(detail::decorator item) { decorators.push_back(item); }
    /// By an option of the other framework.
    void leave_out() { decorate({detail::decoration::left_out, nullptr, 1}); }
};

class enrolment {
  public:
    explicit enrolment(void (*body)(const void*)) : body_(body) {}

    /// Returns the name under which cordon knows the test: other frameworks accept two tests of one name.
    const char* add(const new_test& made) {
        auto* const items = new detail::decorator[made.decorators.size() + 1];
        std::size_t count = 0;
        if (!made.name.empty()) items[count++] = detail::decorator(lasting(unique(made.suite, made.name)));
        const char* const name = count == 0 ? "" : items[0].text;
        for (const detail::decorator& each : made.decorators)
            items[count++] = each;
        new detail::test_case(body_, made.where, suite_of(made), items, count, made.context);
        return name;
    }

  private:
    const detail::suite* suite_of(const new_test& made) {
        if (made.suite.empty()) return nullptr;
        const detail::suite*& known = suites_[made.suite];
        if (known == nullptr) {
            auto* const name = new detail::decorator[1]{detail::decorator(lasting(made.suite))};
            known = new detail::suite{made.where, nullptr, name, 1};
        }
        return known;
    }

    std::string unique(const std::string& suite, const std::string& wanted) {
        std::string name = wanted;
        for (int number = 2; !taken_.insert(suite + "/" + name).second; ++number)
            name = wanted + " #" + std::to_string(number);
        return name;
    }

    void (*body_)(const void*);
    std::map<std::string, const detail::suite*> suites_;
    std::set<std::string> taken_;
};

}  // namespace cordon::adapters

#include <string>
#include <vector>

namespace cordon::catch2_adapter {

/// Adds Catch2's tests to cordon's.
class registration {
  public:
    registration(const ::Catch::Config& config, void (*body)(const void*)) : config_(config), enrolment_(body) {}

    void add_all() {
        for (const test_handle& each : ::Catch::getAllTestCasesSorted(config_))
            add(each);
    }

  private:
    void add(const test_handle& test) {
        const ::Catch::TestCaseInfo& info = info_of(test);
        adapters::new_test made;
        made.name = std::string(adapters::trimmed(info.name));
        made.where = {info.lineInfo.file, static_cast<unsigned>(info.lineInfo.line)};
        made.context = &test;
        if (config_.testSpec().hasFilters()) {
            choose(info, made);
        } else if (const std::string tags = info.tagsAsString(); !tags.empty()) {
            made.decorate(detail::decorator(adapters::lasting(tags)));  // hides tests, too
        }
        enrolment_.add(made);
    }

    /// The user has named tests in Catch2's words: only these run, even if they are hidden.
    void choose(const ::Catch::TestCaseInfo& info, adapters::new_test& made) const {
        using scope = detail::decorator_scope;
        for (const auto& each : info.tags)
            made.decorate(scope::tag(adapters::lasting(text_of_tag(each))));
        if (info.expectedToFail()) {
            made.decorate(scope::should_fail());
        } else if (info.okToFail()) {
            made.decorate(scope::may_fail());
        }
        const bool is_safe = !info.throws() || config_.allowThrows();
        if (!is_safe || !config_.testSpec().matches(info)) made.leave_out();
    }

    const ::Catch::Config& config_;
    adapters::enrolment enrolment_;
};

}  // namespace cordon::catch2_adapter

#include <cstdio>
#include <exception>
#include <string>

namespace cordon::catch2_adapter {

/// Only one may exist. Its destructor forgets the tests, so it lives as long as the program.
inline ::Catch::Session& session() {
    static auto* const only = new ::Catch::Session;
    return *only;
}

inline catch_config& config_of_tests() {
    static auto* const only = new catch_config;
    return *only;
}

inline ::Catch::Totals run_alone(const test_handle& test) {
    const catch_config& config = config_of_tests();
    ::Catch::RunContext context(config, all_listeners<reporter>(config));
    return run_in(context, text_of(config->name()), test);
}

inline void run_test(const void* wanted) {
    const auto& test = *static_cast<const test_handle*>(wanted);
    seen& what = seen_here();
    what.failures = 0;
    what.ran = false;
    const ::Catch::Totals totals = run_alone(test);
    if (what.failures == 0 && was_skipped(totals.assertions, 0)) adapters::skip(what.skip_reason);
    const ::Catch::TestCaseInfo& info = info_of(test);
    // Catch2 itself fails a test that should fail and passes; so does cordon.
    const bool has_failed = totals.assertions.failed != 0 && !info.expectedToFail();
    if (what.ran && (!has_failed || what.failures != 0)) return;
    adapters::foreign_failure failure;
    failure.file = info.lineInfo.file;
    failure.line = static_cast<unsigned>(info.lineInfo.line);
    failure.words = what.ran ? "Catch2 has failed outside of the test" : "Catch2 did not run this test";
    adapters::tell(failure);
}

/// Catch2 throws if two tests have one name, and if a filter is wrong.
inline bool add_tests() {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    try {
        registration(*config_of_tests(), run_test).add_all();
        return true;
    } catch (const std::exception& wrong) {
        std::fprintf(stderr, "cordon: Catch2: %s\n", wrong.what());
        return false;
    }
#else
    registration(*config_of_tests(), run_test).add_all();
    return true;
#endif
}

inline void take_over(detail::adapted_command& command) {
    const word_split split(command);
    const adapters::lasting_words words(split.for_catch2);
    if (const int wrong = session().applyCommandLine(words.count, words.get()))
        return adapters::finish(command, wrong == 1 ? 1 : 2);
    if (split.catch2_answers) return adapters::finish(command, session().run());
    if (adapters::has_option(split.own, "--help")) session().showHelp();
    if (!adapters::go_on(command, split.own, split.options)) return;
    adapters::repeat_with(command, split.inside);
    if (session().configData().filenamesAsTags) add_tags_of_files(session().config());
    config_of_tests() = lasting_config(session());
    if (!add_tests()) adapters::finish(command, 2);
}

inline const detail::adapter registered(take_over);

}  // namespace cordon::catch2_adapter
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
