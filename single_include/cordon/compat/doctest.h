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

// ---- cordon/compat/doctest.h ----

// The names of doctest, a C++ test framework by Viktor Kirilov and others, for test files that are compiled against
// cordon instead. docs/from-doctest.md says what becomes of what. It may be included again with
// DOCTEST_CONFIG_IMPLEMENT, so it has no #pragma once.

#if !defined(DOCTEST_LIBRARY_INCLUDED)
#define DOCTEST_LIBRARY_INCLUDED
#define CORDON_DOCTEST_FIRST_TIME_
#else
#undef CORDON_DOCTEST_FIRST_TIME_
#endif

// ---- cordon/compat/doctest/config.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_CONFIG_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_CONFIG_HPP_

// The macros by which doctest is configured and tells what it is.

#define DOCTEST_VERSION_MAJOR 2
#define DOCTEST_VERSION_MINOR 5
#define DOCTEST_VERSION_PATCH 0
#define DOCTEST_VERSION_STR "2.5.0"
#define DOCTEST_VERSION (DOCTEST_VERSION_MAJOR * 10000 + DOCTEST_VERSION_MINOR * 100 + DOCTEST_VERSION_PATCH)
/// For code that wants to know that it is not compiled with doctest itself.
#define DOCTEST_IS_CORDON 1

// Both frameworks have a CHECK.
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#define CORDON_CONFIG_PREFIX_ONLY
#endif

#if defined(DOCTEST_CONFIG_USE_IOSFWD) && !defined(DOCTEST_CONFIG_USE_STD_HEADERS)
#define DOCTEST_CONFIG_USE_STD_HEADERS
#endif
#if defined(DOCTEST_CONFIG_USE_STD_HEADERS)
#if !defined(CORDON_CONFIG_STD_HEADERS)
#define CORDON_CONFIG_STD_HEADERS
#endif
#if !defined(DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS)
#define DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS
#endif
#include <cstddef>
#include <istream>
#include <ostream>
#endif
#if defined(DOCTEST_CONFIG_INCLUDE_TYPE_TRAITS)
#include <type_traits>
#endif
#if defined(DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS) && !defined(DOCTEST_CONFIG_NO_EXCEPTIONS)
#define DOCTEST_CONFIG_NO_EXCEPTIONS
#endif
#if defined(DOCTEST_CONFIG_NO_EXCEPTIONS) && !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif
#if defined(DOCTEST_CONFIG_HANDLE_EXCEPTION)
#error \
    "cordon: DOCTEST_CONFIG_HANDLE_EXCEPTION is not supported: a failed REQUIRE leaves the test without exceptions, too"
#endif

#define DOCTEST_CPLUSPLUS __cplusplus
#define DOCTEST_COMPILER(MAJOR, MINOR, PATCH) ((MAJOR)*10000000 + (MINOR)*100000 + (PATCH))
#define DOCTEST_MSVC 0
#define DOCTEST_ICC 0
#if defined(__clang__)
#define DOCTEST_CLANG DOCTEST_COMPILER(__clang_major__, __clang_minor__, __clang_patchlevel__)
#define DOCTEST_GCC 0
#elif defined(__GNUC__)
#define DOCTEST_CLANG 0
#define DOCTEST_GCC DOCTEST_COMPILER(__GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__)
#else
#define DOCTEST_CLANG 0
#define DOCTEST_GCC 0
#endif

#define DOCTEST_PRAGMA_TO_STR(x) _Pragma(#x)
#if defined(__clang__)
#define DOCTEST_CLANG_SUPPRESS_WARNING_PUSH _Pragma("clang diagnostic push")
#define DOCTEST_CLANG_SUPPRESS_WARNING(w) DOCTEST_PRAGMA_TO_STR(clang diagnostic ignored w)
#define DOCTEST_CLANG_SUPPRESS_WARNING_POP _Pragma("clang diagnostic pop")
#define DOCTEST_GCC_SUPPRESS_WARNING_PUSH
#define DOCTEST_GCC_SUPPRESS_WARNING(w)
#define DOCTEST_GCC_SUPPRESS_WARNING_POP
#else
#define DOCTEST_CLANG_SUPPRESS_WARNING_PUSH
#define DOCTEST_CLANG_SUPPRESS_WARNING(w)
#define DOCTEST_CLANG_SUPPRESS_WARNING_POP
#define DOCTEST_GCC_SUPPRESS_WARNING_PUSH _Pragma("GCC diagnostic push")
#define DOCTEST_GCC_SUPPRESS_WARNING(w) DOCTEST_PRAGMA_TO_STR(GCC diagnostic ignored w)
#define DOCTEST_GCC_SUPPRESS_WARNING_POP _Pragma("GCC diagnostic pop")
#endif
#define DOCTEST_CLANG_SUPPRESS_WARNING_WITH_PUSH(w) \
    DOCTEST_CLANG_SUPPRESS_WARNING_PUSH DOCTEST_CLANG_SUPPRESS_WARNING(w)
#define DOCTEST_GCC_SUPPRESS_WARNING_WITH_PUSH(w) DOCTEST_GCC_SUPPRESS_WARNING_PUSH DOCTEST_GCC_SUPPRESS_WARNING(w)
#define DOCTEST_MSVC_SUPPRESS_WARNING_PUSH
#define DOCTEST_MSVC_SUPPRESS_WARNING(w)
#define DOCTEST_MSVC_SUPPRESS_WARNING_POP
#define DOCTEST_MSVC_SUPPRESS_WARNING_WITH_PUSH(w)
#define DOCTEST_MAKE_STD_HEADERS_CLEAN_FROM_WARNINGS_ON_WALL_BEGIN
#define DOCTEST_MAKE_STD_HEADERS_CLEAN_FROM_WARNINGS_ON_WALL_END
#define DOCTEST_SUPPRESS_COMMON_WARNINGS_PUSH DOCTEST_CLANG_SUPPRESS_WARNING_PUSH DOCTEST_GCC_SUPPRESS_WARNING_PUSH
#define DOCTEST_SUPPRESS_COMMON_WARNINGS_POP DOCTEST_CLANG_SUPPRESS_WARNING_POP DOCTEST_GCC_SUPPRESS_WARNING_POP
#define DOCTEST_SUPPRESS_PUBLIC_WARNINGS_PUSH DOCTEST_SUPPRESS_COMMON_WARNINGS_PUSH
#define DOCTEST_SUPPRESS_PUBLIC_WARNINGS_POP DOCTEST_SUPPRESS_COMMON_WARNINGS_POP

#define DOCTEST_INTERFACE
#define DOCTEST_EMPTY
#define DOCTEST_PLATFORM_LINUX
#define DOCTEST_SYMBOL_EXPORT __attribute__((visibility("default")))
#define DOCTEST_SYMBOL_IMPORT
#define DOCTEST_NOINLINE __attribute__((noinline))
#define DOCTEST_INLINE_NOINLINE inline DOCTEST_NOINLINE
#define DOCTEST_UNUSED __attribute__((unused))
#define DOCTEST_ALIGNMENT(x) __attribute__((aligned(x)))
#define DOCTEST_NORETURN [[noreturn]]
#define DOCTEST_NOEXCEPT noexcept
#define DOCTEST_CONSTEXPR constexpr
#define DOCTEST_CAT_IMPL(s1, s2) s1##s2
#define DOCTEST_CAT(s1, s2) DOCTEST_CAT_IMPL(s1, s2)
#define DOCTEST_ANONYMOUS(x) DOCTEST_CAT(x, __COUNTER__)
#define DOCTEST_TOSTR_IMPL(x) #x
#define DOCTEST_TOSTR(x) DOCTEST_TOSTR_IMPL(x)
#define DOCTEST_STRINGIFY(...) toString(__VA_ARGS__)

#if !defined(DOCTEST_CONFIG_USE_STD_HEADERS)
// Test files written for doctest may use these names of std without a header, because doctest declares them.
#pragma GCC visibility push(default)
namespace std {
typedef decltype(nullptr) nullptr_t;
typedef decltype(sizeof(0)) size_t;
template <class>
struct char_traits;
template <class, class>
class basic_istream;
typedef basic_istream<char, char_traits<char>> istream;
template <class...>
class tuple;
}  // namespace std
#pragma GCC visibility pop
#endif
#endif

#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(DOCTEST_CONFIG_IMPLEMENT)
#define DOCTEST_CONFIG_IMPLEMENT
#endif
#if defined(DOCTEST_CONFIG_IMPLEMENT) && !defined(DOCTEST_LIBRARY_IMPLEMENTATION)
#if !defined(CORDON_CONFIG_LINKED_ENGINE) && !defined(DOCTEST_CONFIG_DISABLE)
#if !defined(CORDON_DOCTEST_FIRST_TIME_)
#error "cordon: define DOCTEST_CONFIG_IMPLEMENT before the file includes doctest.h for the first time, or link the engine"
#endif
#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(CORDON_MAIN)
#define CORDON_MAIN
#elif !defined(CORDON_MAIN) && !defined(CORDON_IMPLEMENT)
#define CORDON_IMPLEMENT
#endif
#endif
#endif
#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "../cordon.hpp"
#endif

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

// ---- cordon/compat/doctest/context.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_CONTEXT_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_CONTEXT_HPP_

// ---- cordon/compat/doctest/values.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_VALUES_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_VALUES_HPP_

// ---- cordon/compat/doctest/string.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_STRING_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_STRING_HPP_

// ---- cordon/api/compat/support.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_COMPAT_SUPPORT_HPP_)
#define CORDON_CONTAINS_CORDON_API_COMPAT_SUPPORT_HPP_

// What compat/ needs of the engine.

namespace cordon::detail {

/// True while a test runs in this process.
bool is_in_test() noexcept;
/// True before cordon::run in a process that cordon started again from the program. There cordon::run does not return
/// to report a run: the program must end with its result.
bool is_started_by_cordon() noexcept;

/// The frameworks whose command line a program can understand besides cordon's.
enum class command_words : unsigned char { doctest, catch2 };
/// From then on words on the command line that both know are this framework's. Call it before cordon::run. If a program
/// asks for both frameworks, such words are cordon's. Returns true, so that a static initializer may call it.
bool understand(command_words) noexcept;

/// Says with which words cordon starts the program again, if cordon::run is given only a part of them. Call it before
/// cordon::run; the words must live until then.
void keep_command_line(int argc, const char* const* argv) noexcept;

/// A tag that stands for a part of a Catch2 test spec on the command line. It registers itself; both texts must live as
/// long as the program.
struct spec_alias {
    spec_alias(const char* tag, const char* spec) noexcept;

    const char* tag;  ///< in brackets
    const char* spec;
    const spec_alias* next;
};

/// Writes the type that name_of_type<T> names.
void write_type_name(text_sink& out, const char* name);

/// A std::ostream that writes to `out`. What a manipulator sets holds for the values after it.
class lasting_stream {
  public:
    explicit lasting_stream(text_sink& out);
    lasting_stream(const lasting_stream&) = delete;
    lasting_stream& operator=(const lasting_stream&) = delete;
    ~lasting_stream();
    std::ostream& get() const;

  private:
    struct state;
    state* own_;
};

/// Passes or fails by the text of the current exception, as check_exception_text does. `words` says what was expected.
outcome check_exception_text_by(const assertion_site& site, bool (*accepts)(const void* expected, text_view text),
                                const void* expected, operand_text words);

}  // namespace cordon::detail
#endif

// doctest::String, and a value as text: toString, StringMaker.

namespace doctest {

using std::size_t;

/// The text that toString returns and a test's own conversions make.
class String {
  public:
    using size_type = unsigned;
    static constexpr size_type npos = static_cast<size_type>(-1);

    String() noexcept : String("", 0) {}
    String(const char* text) : String(text, text == nullptr ? 0 : static_cast<size_type>(__builtin_strlen(text))) {}
    String(const char* text, size_type size) : data_(new char[size + 1]), size_(size) {
        if (size != 0) __builtin_memcpy(data_, text, size);
        data_[size] = '\0';
    }
    template <class S, class = typename S::traits_type, class = decltype(cordon::detail::declare<const S&>().c_str())>
    String(const S& text) : String(text.data(), static_cast<size_type>(text.size())) {}
    String(const String& other) : String(other.data_, other.size_) {}
    String(String&& other) noexcept : data_(other.data_), size_(other.size_) {
        other.data_ = nullptr;
        other.size_ = 0;
    }
    ~String() { delete[] data_; }
    String& operator=(String other) noexcept {
        char* const mine = data_;
        data_ = other.data_;
        size_ = other.size_;
        other.data_ = mine;
        return *this;
    }
    String& operator+=(const String& other);

    char operator[](size_type i) const { return data_[i]; }
    char& operator[](size_type i) { return data_[i]; }
    const char* c_str() const { return data_ == nullptr ? "" : data_; }
    char* c_str() { return data_; }
    const char* data() const { return c_str(); }
    size_type size() const { return size_; }
    size_type capacity() const { return size_; }

    String substr(size_type at, size_type count = npos) const;
    size_type find(char c, size_type from = 0) const;
    size_type rfind(char c, size_type from = npos) const;
    int compare(const char* other, bool no_case = false) const;
    int compare(const String& other, bool no_case = false) const { return compare(other.c_str(), no_case); }

  private:
    char* data_;
    size_type size_;
};

String operator+(const String& left, const String& right);
inline bool operator==(const String& left, const String& right) { return left.compare(right) == 0; }
inline bool operator!=(const String& left, const String& right) { return left.compare(right) != 0; }
inline bool operator<(const String& left, const String& right) { return left.compare(right) < 0; }
inline bool operator>(const String& left, const String& right) { return left.compare(right) > 0; }
inline bool operator<=(const String& left, const String& right) { return left.compare(right) <= 0; }
inline bool operator>=(const String& left, const String& right) { return left.compare(right) >= 0; }
std::ostream& operator<<(std::ostream& out, const String& text);
inline void to_text(cordon::text_sink& out, const String& text) {
    cordon::detail::write_string(out, text.c_str(), text.size(), 1);
}

namespace detail {

String text_as_string(cordon::detail::operand_text text);

/// A text as it is, and any other value as cordon's reports show it.
template <class T>
String plain_string(const T& value) {
    return text_as_string(cordon::detail::text_by([&](cordon::text_sink& out) { out.operator<<(value); }));
}

}  // namespace detail

/// Tests specialize it for their types.
template <class T>
struct StringMaker {
    using is_made_by_cordon = void;
    static String convert(const T& value) { return detail::plain_string(value); }
};

// A lookup by argument does not find these, because it ignores using directives. So it finds only functions of a test,
// for its own types.
namespace for_all_types {

template <class T>
String toString() {
    return detail::text_as_string({[](cordon::text_sink& out, const void*) {
                                       cordon::detail::write_type_name(out, cordon::detail::name_of_type<T>);
                                   },
                                   nullptr});
}
template <class T>
String toString(const T& value) {
    return StringMaker<T>::convert(value);
}
inline String toString(const String& text) { return text; }
inline String toString(const char* text) { return text == nullptr ? String("NULL") : String(text); }

}  // namespace for_all_types
using namespace for_all_types;

}  // namespace doctest

namespace cordon {
namespace doctest_lookup {

template <class T>
auto own_text(detail::rank<0>, const T&) -> detail::enable<false, void>;
template <class T>
auto own_text(detail::rank<1>, const T& value)
    -> detail::only_if<detail::is_same<decltype(toString(value)), ::doctest::String>, detail::enable<true, void>>;

template <class T, class = void>
inline constexpr bool has_maker = true;
template <class T>
inline constexpr bool has_maker<T, typename ::doctest::StringMaker<T>::is_made_by_cordon> = false;

template <class T>
inline constexpr bool has_function =
    detail::is_same<decltype(own_text(detail::rank<1>(), detail::declare<const T&>())), detail::enable<true, void>>;

template <class T>
auto text(detail::rank<1>, const T& value) -> detail::only_if<has_function<T>, ::doctest::String> {
    return toString(value);
}
template <class T>
auto text(detail::rank<0>, const T& value) -> ::doctest::String {
    return ::doctest::StringMaker<T>::convert(value);
}

}  // namespace doctest_lookup

/// How a test's own toString or StringMaker becomes the text in reports.
template <class T>
auto to_text(text_sink& out, const T& value)
    -> detail::only_if<doctest_lookup::has_function<T> || doctest_lookup::has_maker<T>> {
    const ::doctest::String text = doctest_lookup::text(detail::rank<1>(), value);
    out.write(text.c_str(), text.size());
}

}  // namespace cordon
#endif

// What assertions compare with: Approx, Contains, IsNaN; and what a test asks about itself.

namespace doctest {

/// True in a test, false in main() and in static initializers.
struct running_in_test {
    operator bool() const noexcept { return cordon::detail::is_in_test(); }
};
inline constexpr running_in_test is_running_in_test{};

/// cordon::Approx, but a number may become one without being told to.
class Approx : public cordon::Approx {
  public:
    Approx(double value) : cordon::Approx(value) {}
    explicit Approx(number value) : cordon::Approx(value) {}

    Approx operator()(number value) const {
        Approx other = *this;
        static_cast<cordon::Approx&>(other) = cordon::Approx::operator()(value);
        return other;
    }
    Approx& epsilon(number relative) {
        cordon::Approx::epsilon(relative.value);
        return *this;
    }
    Approx& scale(number size) {
        cordon::Approx::scale(size.value);
        return *this;
    }
};

/// A text that holds another one.
class Contains {
  public:
    explicit Contains(const String& part) : string(part) {}
    bool checkWith(const String& whole) const;

    String string;
};

inline bool operator==(const String& left, const Contains& right) { return right.checkWith(left); }
inline bool operator==(const Contains& left, const String& right) { return left.checkWith(right); }
inline bool operator!=(const String& left, const Contains& right) { return !right.checkWith(left); }
inline bool operator!=(const Contains& left, const String& right) { return !left.checkWith(right); }
inline void to_text(cordon::text_sink& out, const Contains& part) {
    out << "Contains( ";
    to_text(out, part.string);
    out << " )";
}

namespace with_own_text {

template <class F>
struct IsNaN {
    IsNaN(F number, bool flip = false) : value(number), flipped(flip) {}
    IsNaN operator!() const { return {value, !flipped}; }
    operator bool() const { return __builtin_isnan(value) != flipped; }

    F value;
    bool flipped;
};
template <class F>
IsNaN(F) -> IsNaN<F>;
template <class F>
void to_text(cordon::text_sink& out, const IsNaN<F>& number) {
    out << (number.flipped ? "! IsNaN( " : "IsNaN( ") << number.value << " )";
}
/// For calls without the name of the namespace.
template <class F>
String toString(const IsNaN<F>& number) {
    return detail::plain_string(number);
}

}  // namespace with_own_text
using with_own_text::IsNaN;

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
namespace detail {

template <class T>
bool translates(cordon::text_sink& out, cordon::detail::any_function translate) {
    try {
        throw;
    } catch (T caught) {
        const String text = reinterpret_cast<String (*)(T)>(translate)(caught);
        out.write(text.c_str(), text.size());
        return true;
    } catch (...) {
        return false;
    }
}

}  // namespace detail

/// REGISTER_EXCEPTION_TRANSLATOR, but from the call on, and in this process. Never removed.
template <class T>
void registerExceptionTranslator(String (*translate)(T)) {
    new cordon::detail::exception_translator(reinterpret_cast<cordon::detail::any_function>(translate),
                                             &detail::translates<T>);
}
#endif

/// `left` is a text of the exception.
bool holds_part(const void* part, cordon::detail::text_view whole);

namespace Color {
/// For reporters; here they have no effect.
enum Enum {
    None = 0,
    White,
    Red,
    Green,
    Blue,
    Cyan,
    Yellow,
    Grey,
    Bright = 0x10,
    BrightRed = Bright | Red,
    BrightGreen = Bright | Green,
    LightGrey = Bright | Grey,
    BrightWhite = Bright | White
};
inline std::ostream& operator<<(std::ostream& out, Enum) { return out; }
}  // namespace Color

/// The last part of a path.
const char* skipPathFromFilename(const char* file);

}  // namespace doctest

namespace cordon::detail {

/// THROWS_WITH(expression, Contains("part"))
inline outcome check_exception_text(const assertion_site& site, const ::doctest::Contains& part) {
    return check_exception_text_by(site, &::doctest::holds_part, &part.string, text_of(part));
}

}  // namespace cordon::detail
#endif

// What a main() of the user's own uses.

namespace doctest {

namespace detail {

template <class>
inline constexpr bool is_supported = false;

}  // namespace detail

/// The options that a test can ask for. Those without a counterpart in cordon have doctest's default.
struct ContextOptions {
    std::ostream* cout = nullptr;
    String binary_name;
    String out, order_by = "file", strip_file_prefixes;
    unsigned rand_seed = 0, first = 0, last = ~0u;
    int abort_after = 0, subcase_filter_levels = 0x7fffffff;
    bool success = false, case_sensitive = false, exit = false, duration = false, minimal = false, quiet = false;
    bool no_throw = false, no_exitcode = false, no_run = false, no_intro = false, no_version = false, no_colors = false;
    bool force_colors = false, no_breaks = true, no_skip = false, gnu_file_line = true, no_path_in_filenames = false;
    bool no_line_numbers = false, no_debug_output = true, no_skipped_summary = false, no_time_in_output = false;
    bool help = false, version = false, count = false, list_test_cases = false, list_test_suites = false;
    bool list_reporters = false;
};

/// Those of the last Context that ran.
const ContextOptions* getContextOptions();

/// Collects doctest's options and runs the tests with them. cordon starts the program again for its tests: there run()
/// does not return. So code before it runs once in each process, and code after it once.
class Context {
  public:
    explicit Context(int argc = 0, const char* const* argv = nullptr);
    ~Context();
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    /// The run fails if cordon does not know a word: give it no options of the program's own.
    void applyCommandLine(int argc, const char* const* argv);
    void addFilter(const char* filter, const char* value) { setOption(filter, value); }
    void clearFilters();
    void setOption(const char* option, bool value) { setOption(option, value ? "true" : "false"); }
    void setOption(const char* option, int value);
    void setOption(const char* option, const char* value);
    void overrideOption(const char* option, bool value) { setOption(option, value); }
    void overrideOption(const char* option, int value) { setOption(option, value); }
    void overrideOption(const char* option, const char* value) { setOption(option, value); }

    /// True if run() has only answered a question, such as for the list of tests.
    bool shouldExit();
    /// Returns 0 if no test failed.
    int run();

    template <class Unused = void>
    void setAsDefaultForAssertsOutOfTestCases() {
        static_assert(detail::is_supported<Unused>, "cordon: assertions outside of tests are not supported");
    }
    template <class Handler>
    void setAssertHandler(Handler) {
        static_assert(detail::is_supported<Handler>, "cordon: assertions outside of tests are not supported");
    }
    template <class Stream>
    void setCout(Stream*) {
        static_assert(detail::is_supported<Stream>, "cordon: setCout is not supported: use --report FORMAT=PATH");
    }

  private:
    struct state;
    state* own_;
};

}  // namespace doctest
#endif

// ---- cordon/compat/doctest/reporter.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_REPORTER_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_REPORTER_HPP_

// ---- cordon/api/listener/registration.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_LISTENER_REGISTRATION_HPP_)
#define CORDON_CONTAINS_CORDON_API_LISTENER_REGISTRATION_HPP_

// ---- cordon/api/listener/listener.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_LISTENER_LISTENER_HPP_)
#define CORDON_CONTAINS_CORDON_API_LISTENER_LISTENER_HPP_

#include <stddef.h>

namespace cordon {

/// Base class of an object that is told what happens in a run. Override what you need. All texts and structs are valid
/// only during the call; no text is null. In a process a class has one object, made before its first call.
class listener {
  public:
    /// Texts, to be used in a loop.
    struct texts {
        const char* const* data;
        size_t size;

        const char* const* begin() const { return data; }
        const char* const* end() const { return data + size; }
        const char* operator[](size_t i) const { return data[i]; }
    };

    struct test {
        const char* name;
        const char* suite;  ///< nested suites joined by '/'; empty outside any
        const char* description;
        texts tags;  ///< those of the suites first
        const char* file;
        unsigned line;
        unsigned attempt;   ///< from 1
        unsigned attempts;  ///< so many are allowed; 0 in the supervisor
        /// The test has ended a process in one of its subcases, and goes on with the others in this one.
        bool continued;
    };

    struct leaf {
        texts path;  ///< the entered subcases and values of GENERATE, the outermost first
        /// False at the end of a pass that only looked for more subcases, and of the process whose copies ran them.
        bool is_whole;
    };

    struct failure {
        enum class kind : unsigned char {
            assertion,
            exception,  ///< in an assertion, or out of the test
            stated,     ///< FAIL and similar
            warning,    ///< WARN: the test does not fail
            process,    ///< found by cordon: std::terminate, a subcase that did not run
        };
        kind what;
        const char* macro;       ///< "CHECK_EQ"; empty for failures without an assertion
        const char* expression;  ///< as in the source
        const char* left;        ///< of a comparison: the values
        const char* op;
        const char* right;
        const char* message;
        const char* file;
        unsigned line;
        texts path;   ///< of subcases
        texts infos;  ///< INFO and CAPTURE
    };

    enum class ending : unsigned char { passed, failed, skipped };

    /// What the process knows at the end: before should_fail, retries and leftovers are looked at.
    struct result {
        ending how;
        const char* reason;  ///< of a skip
        unsigned long long assertions;
        unsigned long long failed_assertions;
        double seconds;
    };

    struct run {
        const char* program;  ///< path
        size_t tests;         ///< selected
        size_t all_tests;     ///< of the program
        unsigned long long seed;
    };

    struct summary {
        size_t verdicts;  ///< tests with a verdict
        size_t passed;    ///< including flaky ones and known failures
        size_t failed;    ///< including lost ones and unexpected passes
        size_t skipped;   ///< including those that did not run
        bool cancelled;
        double seconds;
    };

    listener() = default;
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;
    virtual ~listener() = default;

    // ---- in the process of the test ----

    /// Before the body. An exception or a failed REQUIRE leaves the body out; SKIP skips the test.
    virtual void test_started(const test&) {}
    /// A pass through the body begins. A test without subcases has one.
    virtual void leaf_started(const test&) {}
    virtual void subcase_started(const test&, const leaf&) {}
    /// A failed assertion, or an exception. Called in the thread that failed, one call at a time.
    virtual void assertion_failed(const test&, const failure&) {}
    virtual void subcase_ended(const test&, const leaf&) {}
    /// The pass is over. The path is empty if it entered no subcase.
    virtual void leaf_ended(const test&, const leaf&, const result&) {}
    /// After the body. Not called if the process ends before.
    virtual void test_ended(const test&, const result&) {}

    // ---- in the supervisor ----

    virtual void run_started(const run&) {}
    /// A test has its final verdict, by its name in the reports: "passed", "failed", "flaky", ... Also of tests whose
    /// process crashed or hung, or that never ran.
    virtual void test_judged(const test&, const char*) {}
    virtual void run_ended(const run&, const summary&) {}
};

namespace detail {

/// A registered listener.
struct listener_entry {
    listener_entry(const char* name, location where, listener& (*object)(), int order) noexcept;

    const char* name;
    location where;
    listener& (*object)();
    int order;
    mutable const listener_entry* next;
};

template <class T>
listener& listener_object() {
    static_assert(__is_base_of(listener, T), "a listener derives from cordon::listener");
    static T only;
    return only;
}

}  // namespace detail
}  // namespace cordon
#endif

/// CORDON_REGISTER_LISTENER(Class) or (Class, order): a lower order is told first, 0 is the default. In any file of the
/// program, in the scope of a namespace.
#define CORDON_REGISTER_LISTENER(...) CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), __VA_ARGS__, 0, )

#define CORDON_REGISTER_LISTENER_(entry, Class, order, ...)                              \
    CORDON_GLOBAL_BEGIN_                                                                 \
    static const ::cordon::detail::listener_entry entry{                                 \
        #Class, {__FILE__, __LINE__}, &::cordon::detail::listener_object<Class>, order}; \
    CORDON_GLOBAL_END_                                                                   \
    static_assert(true, "REGISTER_LISTENER")
#endif

// Listeners. They are told what happens in the process in which it happens: of the run in the supervisor, and of a test
// in its own process.

namespace doctest {

namespace assertType {
enum Enum {
    is_warn = 1,
    is_check = 2,
    is_require = 4,
    is_normal = 8,
    is_throws = 16,
    DT_WARN = 9,
    DT_CHECK = 10,
    DT_REQUIRE = 12
};
}  // namespace assertType
const char* assertString(assertType::Enum kind);
const char* failureString(assertType::Enum kind);

namespace TestCaseFailureReason {
enum Enum {
    None = 0,
    AssertFailure = 1,
    Exception = 2,
    Crash = 4,
    TooManyFailedAsserts = 8,
    Timeout = 16,
    ShouldHaveFailedButDidnt = 32,
    ShouldHaveFailedAndDid = 64,
    DidntFailExactlyNumTimes = 128,
    FailedExactlyNumTimes = 256,
    CouldHaveFailedAndDid = 512
};
}  // namespace TestCaseFailureReason

struct TestCaseData {
    String m_file;
    unsigned m_line = 0;
    const char* m_name = "";
    const char* m_test_suite = "";
    const char* m_description = "";
    bool m_skip = false, m_no_breaks = false, m_no_output = false, m_may_fail = false, m_should_fail = false;
    int m_expected_failures = 0;
    double m_timeout = 0;
};

/// Only failed assertions are told.
struct AssertData {
    const TestCaseData* m_test_case = nullptr;
    assertType::Enum m_at = assertType::DT_CHECK;
    const char* m_file = "";
    int m_line = 0;
    const char* m_expr = "";
    bool m_failed = true;
    bool m_threw = false;
    String m_exception;
    String m_decomp;
    bool m_threw_as = false;
    const char* m_exception_type = "";
};

struct MessageData {
    String m_string;
    const char* m_file = "";
    int m_line = 0;
    assertType::Enum m_severity = assertType::is_warn;
};

struct SubcaseSignature {
    String m_name;
    const char* m_file = "";
    int m_line = 0;

    bool operator==(const SubcaseSignature& other) const {
        return m_line == other.m_line && String(m_file) == other.m_file && m_name == other.m_name;
    }
    bool operator<(const SubcaseSignature& other) const {
        if (m_line != other.m_line) return m_line < other.m_line;
        const int files = String(m_file).compare(other.m_file);
        return files != 0 ? files < 0 : m_name.compare(other.m_name.c_str()) < 0;
    }
};

struct CurrentTestCaseStats {
    int numAssertsCurrentTest = 0;
    int numAssertsFailedCurrentTest = 0;
    double seconds = 0;
    int failure_flags = 0;
    bool testCaseSuccess = true;
};

struct TestCaseException {
    String error_string;
    bool is_crash = false;
};

struct TestRunStats {
    unsigned numTestCases = 0, numTestCasesPassingFilters = 0, numTestSuitesPassingFilters = 0, numTestCasesFailed = 0;
    int numAsserts = 0, numAssertsFailed = 0;
};

struct QueryData {
    const TestRunStats* run_stats = nullptr;
    const TestCaseData** data = nullptr;
    unsigned num_data = 0;
};

struct IReporter {
    virtual ~IReporter() = default;
    IReporter() = default;
    IReporter(const IReporter&) = delete;
    IReporter& operator=(const IReporter&) = delete;

    virtual void report_query(const QueryData&) = 0;
    virtual void test_run_start() = 0;
    virtual void test_run_end(const TestRunStats&) = 0;
    virtual void test_case_start(const TestCaseData&) = 0;
    virtual void test_case_reenter(const TestCaseData&) = 0;
    virtual void test_case_end(const CurrentTestCaseStats&) = 0;
    virtual void test_case_exception(const TestCaseException&) = 0;
    virtual void subcase_start(const SubcaseSignature&) = 0;
    virtual void subcase_end() = 0;
    virtual void log_assert(const AssertData&) = 0;
    virtual void log_message(const MessageData&) = 0;
    virtual void test_case_skipped(const TestCaseData&) = 0;
};

namespace detail {

/// Hands what cordon tells on to a listener of doctest.
template <class Reporter>
class told_listener : public cordon::listener {
  public:
    told_listener() : told_(*getContextOptions()) {}

    void test_started(const test& of) override {
        test_ = TestCaseData();
        test_.m_file = of.file;
        test_.m_line = of.line;
        test_.m_name = of.name;
        test_.m_test_suite = of.suite;
        test_.m_description = of.description;
        is_first_ = true;
        told_.test_case_start(test_);
    }
    void leaf_started(const test&) override {
        if (!is_first_) told_.test_case_reenter(test_);
        is_first_ = false;
    }
    void subcase_started(const test& of, const leaf& entered) override {
        SubcaseSignature subcase;
        subcase.m_name = entered.path[entered.path.size - 1];
        subcase.m_file = of.file;
        subcase.m_line = static_cast<int>(of.line);
        told_.subcase_start(subcase);
    }
    void subcase_ended(const test&, const leaf&) override { told_.subcase_end(); }
    void assertion_failed(const test&, const failure& what) override {
        if (*what.macro == '\0') return told_.test_case_exception({what.message, false});
        AssertData data;
        data.m_test_case = &test_;
        data.m_at = what.what == failure::kind::warning ? assertType::DT_WARN
                    : *what.macro == 'R'                ? assertType::DT_REQUIRE
                                                        : assertType::DT_CHECK;
        data.m_file = what.file;
        data.m_line = static_cast<int>(what.line);
        data.m_expr = what.expression;
        data.m_threw = what.what == failure::kind::exception;
        data.m_exception = what.message;
        data.m_decomp =
            String(what.left) + (*what.op == '\0' ? "" : " ") + what.op + (*what.op == '\0' ? "" : " ") + what.right;
        told_.log_assert(data);
    }
    void test_ended(const test&, const result& of) override {
        CurrentTestCaseStats stats;
        stats.numAssertsCurrentTest = static_cast<int>(of.assertions);
        stats.numAssertsFailedCurrentTest = static_cast<int>(of.failed_assertions);
        stats.seconds = of.seconds;
        stats.testCaseSuccess = of.how != ending::failed;
        stats.failure_flags =
            stats.testCaseSuccess ? TestCaseFailureReason::None : TestCaseFailureReason::AssertFailure;
        told_.test_case_end(stats);
    }
    void run_started(const run&) override { told_.test_run_start(); }
    void run_ended(const run& of, const summary& counts) override {
        TestRunStats stats;
        stats.numTestCases = static_cast<unsigned>(of.all_tests);
        stats.numTestCasesPassingFilters = static_cast<unsigned>(of.tests);
        stats.numTestCasesFailed = static_cast<unsigned>(counts.failed);
        told_.test_run_end(stats);
    }

  private:
    Reporter told_;
    TestCaseData test_;
    bool is_first_ = true;
};

}  // namespace detail
}  // namespace doctest
#endif

// ---- cordon/compat/doctest/test_case.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_TEST_CASE_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_TEST_CASE_HPP_

// Decorators and registration.

namespace doctest {

#define CORDON_DOCTEST_DECORATOR_(name, type, standard, made)                          \
    struct name {                                                                      \
        constexpr name(type in = standard) noexcept : data(in) {}                      \
        constexpr operator cordon::detail::decorator() const noexcept { return made; } \
        type data;                                                                     \
    };
#define CORDON_DOCTEST_MADE_(kind, text, number) \
    cordon::detail::decorator(cordon::detail::decoration::kind, text, number)
CORDON_DOCTEST_DECORATOR_(description, const char*, "", CORDON_DOCTEST_MADE_(description, data, 0))
CORDON_DOCTEST_DECORATOR_(skip, bool, true, CORDON_DOCTEST_MADE_(skip, "", data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(timeout, double, 0, CORDON_DOCTEST_MADE_(timeout, nullptr, data))
CORDON_DOCTEST_DECORATOR_(may_fail, bool, true, CORDON_DOCTEST_MADE_(may_fail, nullptr, data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(should_fail, bool, true, CORDON_DOCTEST_MADE_(should_fail, nullptr, data ? 1 : 0))
CORDON_DOCTEST_DECORATOR_(expected_failures, int, 0, CORDON_DOCTEST_MADE_(expected_failures, nullptr, data))
// cordon stops in a debugger only with --debug, and shows what a failed test printed.
CORDON_DOCTEST_DECORATOR_(no_breaks, bool, true, cordon::detail::decorator())
CORDON_DOCTEST_DECORATOR_(no_output, bool, true, cordon::detail::decorator())
#undef CORDON_DOCTEST_DECORATOR_
#undef CORDON_DOCTEST_MADE_

struct test_suite {
    explicit constexpr test_suite(const char* in = "") noexcept : data(in) {}
    const char* data;
};

namespace detail {

using cordon::detail::decoration;
using cordon::detail::decorator;

/// What stands in the parentheses of a TEST_CASE or TEST_SUITE, as a list for cordon. The number of its items does not
/// depend on what is given, so that it is known at compile time.
struct attributes {
    static constexpr size_t most = 10;  // the first two, one of each kind, and a last one that is empty

    constexpr explicit attributes(decoration first = decoration::none) noexcept
        : items{{first, nullptr, 0}, {decoration::shares_name, nullptr, 1}} {}

    constexpr attributes operator*(const decorator& added) const {
        attributes more = *this;
        size_t at = 2;
        while (more.items[at].kind != decoration::none && more.items[at].kind != added.kind)
            ++at;
        more.items[at] = added;
        return more;
    }
    constexpr attributes operator*(const test_suite& of) const {
        attributes more = *this;
        more.suite = of.data;
        return more;
    }

    decorator items[most];
    const char* suite = nullptr;  ///< of the decorator test_suite, instead of the block's
};

/// A registered test.
struct registered_test : cordon::detail::test_case {
    registered_test(void (*body)(const void*), cordon::location where, const cordon::detail::suite* block,
                    const attributes& given, const void* context = nullptr) noexcept;
};

}  // namespace detail
}  // namespace doctest
#endif
#if defined(DOCTEST_CONFIG_DISABLE)

// ---- cordon/compat/doctest/disabled_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_DISABLED_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_DISABLED_MACROS_HPP_

// DOCTEST_CONFIG_DISABLE: tests are compiled as templates that nobody uses, and assertions are nothing.

#define CORDON_DOCTEST_UNUSED_(name)    \
    template <class cordon_never_given> \
    [[maybe_unused]] static inline void name()
#define CORDON_DOCTEST_UNUSED_FIXTURE_(name, fixture) \
    namespace {                                       \
    template <class cordon_never_given>               \
    struct name : public fixture {                    \
        void run();                                   \
    };                                                \
    }                                                 \
    template <class cordon_never_given>               \
    inline void name<cordon_never_given>::run()
#define CORDON_DOCTEST_UNUSED_TEMPLATE_(name, T) \
    template <class T>                           \
    [[maybe_unused]] static inline void name()

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_NOTHING_ [] { return false; }()
#else
#define CORDON_DOCTEST_NOTHING_ static_cast<void>(0)
#endif
#if defined(DOCTEST_CONFIG_EVALUATE_ASSERTS_EVEN_WHEN_DISABLED)
#define CORDON_DOCTEST_HOLDS_(negated, ...) [&] { return static_cast<bool>(__VA_ARGS__) != negated; }()
#define CORDON_DOCTEST_BOTH_(op, ...) \
    [&](const auto& left, const auto& right) { return static_cast<bool>(left op right); }(__VA_ARGS__)
#if defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_THROWN_(on_throw, ...) CORDON_DOCTEST_NOTHING_
#else
#define CORDON_DOCTEST_THROWN_(on_throw, ...) \
    [&] {                                     \
        try {                                 \
            __VA_ARGS__;                      \
            return !on_throw;                 \
        } catch (...) {                       \
            return on_throw;                  \
        }                                     \
    }()
#endif
#else
#define CORDON_DOCTEST_HOLDS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_BOTH_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWN_(...) CORDON_DOCTEST_NOTHING_
#endif

#define DOCTEST_TEST_CASE(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_TEST_CASE_CLASS(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_TEST_CASE_FIXTURE(fixture, ...) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define DOCTEST_TEST_CASE_TEMPLATE(decorators, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) \
    CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_TEST_CASE_TEMPLATE_INVOKE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define DOCTEST_TEST_CASE_TEMPLATE_INSTANTIATE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define DOCTEST_TEST_CASE_TEMPLATE_APPLY(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define DOCTEST_TYPE_TO_STRING(...) static_assert(true, "TYPE_TO_STRING")
#define DOCTEST_TYPE_TO_STRING_AS(text, ...) static_assert(true, "TYPE_TO_STRING")
#define DOCTEST_TEST_SUITE(...) namespace CORDON_UNIQUE(cordon_suite_)
#define DOCTEST_TEST_SUITE_BEGIN(...) static_assert(true, "TEST_SUITE_BEGIN")
#define DOCTEST_SUBCASE(...) if (false)
#define DOCTEST_SCENARIO(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_SCENARIO_CLASS(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define DOCTEST_SCENARIO_METHOD(fixture, name) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define DOCTEST_SCENARIO_TEMPLATE(name, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_SCENARIO_TEMPLATE_DEFINE(name, T, id) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define DOCTEST_GIVEN(name) if (false)
#define DOCTEST_AND_GIVEN(name) if (false)
#define DOCTEST_WHEN(name) if (false)
#define DOCTEST_AND_WHEN(name) if (false)
#define DOCTEST_THEN(name) if (false)
#define DOCTEST_AND_THEN(name) if (false)
#define DOCTEST_REGISTER_EXCEPTION_TRANSLATOR(...) \
    template <class cordon_never_given>            \
    [[maybe_unused]] static inline ::doctest::String CORDON_UNIQUE(cordon_translator_)(__VA_ARGS__)
#define DOCTEST_REGISTER_REPORTER(name, priority, reporter) static_assert(true, "REGISTER_REPORTER")
#define DOCTEST_REGISTER_LISTENER(name, priority, reporter) static_assert(true, "REGISTER_LISTENER")
#define CORDON_DOCTEST_FIRST_(first, ...) first
#define DOCTEST_GENERATE(...) (CORDON_DOCTEST_FIRST_(__VA_ARGS__, 0))
#define DOCTEST_INFO(...) static_cast<void>(0)
#define DOCTEST_CAPTURE(...) static_cast<void>(0)
#define DOCTEST_MESSAGE(...) static_cast<void>(0)
#define DOCTEST_ADD_MESSAGE_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_FAIL(...) static_cast<void>(0)
#define DOCTEST_FAIL_CHECK(...) static_cast<void>(0)
#define DOCTEST_ADD_FAIL_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_ADD_FAIL_CHECK_AT(file, line, ...) static_cast<void>(0)
#define DOCTEST_TO_LVALUE(...) __VA_ARGS__

#define DOCTEST_WARN(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_WARN_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_WARN_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_WARN_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_WARN_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_WARN_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_CHECK_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_CHECK_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_CHECK_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_CHECK_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_CHECK_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define DOCTEST_REQUIRE_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define DOCTEST_REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define DOCTEST_REQUIRE_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define DOCTEST_REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#endif
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)

// ---- cordon/compat/doctest/short_disabled_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_SHORT_DISABLED_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_SHORT_DISABLED_MACROS_HPP_
// Generated from disabled_macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES leaves them out.

// clang-format off
#define TEST_CASE(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define TEST_CASE_CLASS(...) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define TEST_CASE_FIXTURE(fixture, ...) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define TEST_CASE_TEMPLATE(decorators, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define TEST_CASE_TEMPLATE_INVOKE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define TEST_CASE_TEMPLATE_INSTANTIATE(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define TEST_CASE_TEMPLATE_APPLY(id, ...) static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define TYPE_TO_STRING(...) static_assert(true, "TYPE_TO_STRING")
#define TYPE_TO_STRING_AS(text, ...) static_assert(true, "TYPE_TO_STRING")
#define TEST_SUITE(...) namespace CORDON_UNIQUE(cordon_suite_)
#define TEST_SUITE_BEGIN(...) static_assert(true, "TEST_SUITE_BEGIN")
#define SUBCASE(...) if (false)
#define SCENARIO(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define SCENARIO_CLASS(name) CORDON_DOCTEST_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define SCENARIO_METHOD(fixture, name) CORDON_DOCTEST_UNUSED_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture)
#define SCENARIO_TEMPLATE(name, T, ...) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define SCENARIO_TEMPLATE_DEFINE(name, T, id) CORDON_DOCTEST_UNUSED_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T)
#define GIVEN(name) if (false)
#define AND_GIVEN(name) if (false)
#define WHEN(name) if (false)
#define AND_WHEN(name) if (false)
#define THEN(name) if (false)
#define AND_THEN(name) if (false)
#define REGISTER_EXCEPTION_TRANSLATOR(...) template <class cordon_never_given> [[maybe_unused]] static inline \
    ::doctest::String CORDON_UNIQUE(cordon_translator_)(__VA_ARGS__)
#define REGISTER_REPORTER(name, priority, reporter) static_assert(true, "REGISTER_REPORTER")
#define REGISTER_LISTENER(name, priority, reporter) static_assert(true, "REGISTER_LISTENER")
#define GENERATE(...) (CORDON_DOCTEST_FIRST_(__VA_ARGS__, 0))
#define INFO(...) static_cast<void>(0)
#define CAPTURE(...) static_cast<void>(0)
#define MESSAGE(...) static_cast<void>(0)
#define ADD_MESSAGE_AT(file, line, ...) static_cast<void>(0)
#define FAIL(...) static_cast<void>(0)
#define FAIL_CHECK(...) static_cast<void>(0)
#define ADD_FAIL_AT(file, line, ...) static_cast<void>(0)
#define ADD_FAIL_CHECK_AT(file, line, ...) static_cast<void>(0)
#define TO_LVALUE(...) __VA_ARGS__
#define WARN(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define WARN_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define WARN_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define WARN_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define FAST_WARN_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define FAST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define FAST_WARN_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define FAST_WARN_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define FAST_WARN_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define FAST_WARN_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define FAST_WARN_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define FAST_WARN_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define WARN_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define WARN_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define WARN_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define WARN_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define CHECK_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define CHECK_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define CHECK_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define FAST_CHECK_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define FAST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define FAST_CHECK_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define FAST_CHECK_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define FAST_CHECK_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define FAST_CHECK_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define FAST_CHECK_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define FAST_CHECK_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define CHECK_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define CHECK_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define CHECK_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define REQUIRE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(false, expression)
#define REQUIRE_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define REQUIRE_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_HOLDS_(true, expression)
#define REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define FAST_REQUIRE_UNARY(...) CORDON_DOCTEST_HOLDS_(false, __VA_ARGS__)
#define FAST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_HOLDS_(true, __VA_ARGS__)
#define FAST_REQUIRE_EQ(...) CORDON_DOCTEST_BOTH_(==, __VA_ARGS__)
#define FAST_REQUIRE_NE(...) CORDON_DOCTEST_BOTH_(!=, __VA_ARGS__)
#define FAST_REQUIRE_LT(...) CORDON_DOCTEST_BOTH_(<, __VA_ARGS__)
#define FAST_REQUIRE_LE(...) CORDON_DOCTEST_BOTH_(<=, __VA_ARGS__)
#define FAST_REQUIRE_GT(...) CORDON_DOCTEST_BOTH_(>, __VA_ARGS__)
#define FAST_REQUIRE_GE(...) CORDON_DOCTEST_BOTH_(>=, __VA_ARGS__)
#define REQUIRE_THROWS(...) CORDON_DOCTEST_THROWN_(true, __VA_ARGS__)
#define REQUIRE_NOTHROW(...) CORDON_DOCTEST_THROWN_(false, __VA_ARGS__)
#define REQUIRE_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(false, expression)
#define REQUIRE_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_THROWN_(true, expression)
#define REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_THROWN_(true, expression)
#endif
#endif
#else

// ---- cordon/compat/doctest/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_MACROS_HPP_

// ---- cordon/compat/doctest/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_EXPANSION_HPP_

// ---- cordon/compat/doctest/texts.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_TEXTS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_TEXTS_HPP_

// DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING: pointers to text are compared as text, not by address.

#if defined(DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING)
namespace doctest {
namespace detail {

struct text_pointer {
    const char* text;

    static int order(const char* a, const char* b) {
        return a == nullptr || b == nullptr ? (a != nullptr) - (b != nullptr) : __builtin_strcmp(a, b);
    }
#define CORDON_DOCTEST_TEXTS_(op)                                                                  \
    friend bool operator op(text_pointer a, text_pointer b) { return order(a.text, b.text) op 0; } \
    friend bool operator op(text_pointer a, const char* b) { return order(a.text, b) op 0; }       \
    template <class T, class = typename T::traits_type>                                            \
    friend bool operator op(text_pointer a, const T& b) {                                          \
        return a.text op b;                                                                        \
    }                                                                                              \
    template <class T, class = typename T::traits_type>                                            \
    friend bool operator op(const T& a, text_pointer b) {                                          \
        return a op b.text;                                                                        \
    }
    CORDON_DOCTEST_TEXTS_(==)
    CORDON_DOCTEST_TEXTS_(!=)
    CORDON_DOCTEST_TEXTS_(<)
    CORDON_DOCTEST_TEXTS_(>)
    CORDON_DOCTEST_TEXTS_(<=)
    CORDON_DOCTEST_TEXTS_(>=)
#undef CORDON_DOCTEST_TEXTS_
    friend void to_text(cordon::text_sink& out, text_pointer pointer) {
        cordon::detail::write_any<const char*>(out, &pointer.text);
    }
};

template <class T>
inline constexpr bool is_text = cordon::detail::is_one_of<cordon::detail::bare<T>, char*, const char*>;
template <class T, size_t N>
inline constexpr bool is_text<T (&)[N]> = cordon::detail::is_same<cordon::detail::bare<T>, char>;

template <class T>
decltype(auto) as_text(T&& value) {
    if constexpr (is_text<T>) {
        return text_pointer{value};
    } else {
        return static_cast<T&&>(value);
    }
}

/// Wraps a left operand that is text.
struct site_of_texts {
    const cordon::detail::assertion_site& site;

    template <class T>
    auto operator<<(T&& value) const {
        return static_cast<cordon::detail::passed_site>(site) << as_text(static_cast<T&&>(value));
    }
};

template <cordon::detail::relation Is, class L, class R>
cordon::detail::outcome compare(const cordon::detail::assertion_site& site, L&& left, R&& right) {
    return cordon::detail::compare<Is>(site, as_text(static_cast<L&&>(left)), as_text(static_cast<R&&>(right)));
}

}  // namespace detail
}  // namespace doctest
#endif
#endif

// How the macros of macros.hpp expand: to parts of cordon's own. They differ where doctest's do: an assertion may be an
// expression with a result, an expression of the THROWS family may be a declaration, and comparing signed with unsigned
// values gives no warning.

// ---- registration ----

#define CORDON_DOCTEST_REGISTER_(function, name, prefix, ...)                               \
    CORDON_GLOBAL_BEGIN_                                                                    \
    static prefix const ::doctest::detail::attributes CORDON_CONCAT(name, _list) =          \
        ::doctest::detail::attributes() * __VA_ARGS__;                                      \
    static prefix const ::doctest::detail::registered_test CORDON_CONCAT(name, _entry){     \
        &function, {__FILE__, __LINE__}, cordon_current_suite, CORDON_CONCAT(name, _list)}; \
    CORDON_GLOBAL_END_

#define CORDON_DOCTEST_TEST_CASE_(name, ...)            \
    static void name(const void*);                      \
    CORDON_DOCTEST_REGISTER_(name, name, , __VA_ARGS__) \
    static void name(const void*)

// Only the body of a member function knows members that are declared later.
#define CORDON_DOCTEST_TEST_CASE_CLASS_(name, ...)                                  \
    static void CORDON_CONCAT(name, _call)(const void*) { name(); }                 \
    CORDON_DOCTEST_REGISTER_(CORDON_CONCAT(name, _call), name, inline, __VA_ARGS__) \
    static void name()

#define CORDON_DOCTEST_TEST_CASE_FIXTURE_(name, fixture, ...)                \
    namespace {                                                              \
    struct CORDON_CONCAT(name, _fixture) : public fixture {                  \
        void run();                                                          \
    };                                                                       \
    }                                                                        \
    static void name(const void*) { CORDON_CONCAT(name, _fixture)().run(); } \
    CORDON_DOCTEST_REGISTER_(name, name, , __VA_ARGS__)                      \
    inline void CORDON_CONCAT(name, _fixture)::run()

#define CORDON_DOCTEST_TEMPLATE_(name, record, T, ...)                                               \
    template <typename T>                                                                            \
    static void name(const void*);                                                                   \
    namespace {                                                                                      \
    struct record {                                                                                  \
        template <template <class...> class List, class... Type>                                     \
        static void cordon_make(List<Type...>*) {                                                    \
            static constexpr ::cordon::detail::type_test tests[] = {                                 \
                {&name<Type>, ::cordon::detail::name_of_type<Type>}..., {nullptr, nullptr}};         \
            ::cordon::detail::add_types(tests, sizeof...(Type), nullptr, 0);                         \
        }                                                                                            \
        [[maybe_unused]] static ::doctest::detail::attributes cordon_list() {                        \
            return ::doctest::detail::attributes(::cordon::detail::decoration::types) * __VA_ARGS__; \
        }                                                                                            \
    };                                                                                               \
    }                                                                                                \
    template <typename T>                                                                            \
    static void name(const void*)

#define CORDON_DOCTEST_TYPES_(name, record, ...)                                                   \
    CORDON_GLOBAL_BEGIN_                                                                           \
    namespace {                                                                                    \
    struct CORDON_CONCAT(name, _source) {                                                          \
        using types = __VA_ARGS__;                                                                 \
        static void cordon_make() { record::cordon_make(static_cast<types*>(nullptr)); }           \
        static constexpr ::cordon::detail::test_source cordon_source{&cordon_make};                \
    };                                                                                             \
    }                                                                                              \
    static const ::doctest::detail::attributes CORDON_CONCAT(name, _list) = record::cordon_list(); \
    static const ::doctest::detail::registered_test CORDON_CONCAT(name, _entry){                   \
        nullptr,                                                                                   \
        {__FILE__, __LINE__},                                                                      \
        cordon_current_suite,                                                                      \
        CORDON_CONCAT(name, _list),                                                                \
        &CORDON_CONCAT(name, _source)::cordon_source};                                             \
    CORDON_GLOBAL_END_

#define CORDON_DOCTEST_TEST_CASE_TEMPLATE_(name, T, decorators, ...)                                    \
    CORDON_DOCTEST_TEMPLATE_(name, CORDON_CONCAT(name, _record), T, decorators);                        \
    CORDON_DOCTEST_TYPES_(name, CORDON_CONCAT(name, _record), ::cordon::detail::type_list<__VA_ARGS__>) \
    template <typename T>                                                                               \
    static void name(const void*)

#define CORDON_DOCTEST_SUITE_RECORD_(name, ...)                                                                \
    CORDON_GLOBAL_BEGIN_                                                                                       \
    static const ::doctest::detail::attributes CORDON_CONCAT(name, _list) =                                    \
        ::doctest::detail::attributes() * __VA_ARGS__;                                                         \
    static constexpr ::cordon::detail::suite name{                                                             \
        {__FILE__, __LINE__}, nullptr, CORDON_CONCAT(name, _list).items, ::doctest::detail::attributes::most}; \
    CORDON_GLOBAL_END_

// Suites of doctest do not nest: the inner name replaces the outer one.
#define CORDON_DOCTEST_TEST_SUITE_(name, ...)                                                                   \
    namespace name {                                                                                            \
    CORDON_DOCTEST_SUITE_RECORD_(cordon_this_suite, __VA_ARGS__)                                                \
    [[maybe_unused]] static constexpr const ::cordon::detail::suite* cordon_current_suite = &cordon_this_suite; \
    }                                                                                                           \
    namespace name

#define CORDON_DOCTEST_TEST_SUITE_BEGIN_(name, ...)                                  \
    CORDON_DOCTEST_SUITE_RECORD_(name, __VA_ARGS__)                                  \
    CORDON_GLOBAL_BEGIN_                                                             \
    static const ::cordon::detail::suite_switch CORDON_CONCAT(name, _switch){&name}; \
    CORDON_GLOBAL_END_                                                               \
    static_assert(true, "TEST_SUITE_BEGIN")

// ---- assertions ----

// The place of an assertion. The lambda allows assertions in a constexpr function template that runs as any other:
// there a static variable of its own would be an error.
#define CORDON_DOCTEST_AT_(site, level, negated, macro, text)   \
    const ::cordon::detail::assertion_site& site = *[] {        \
        CORDON_SITE_(cordon_site, level, negated, macro, text); \
        return &cordon_site;                                    \
    }()

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_BEGIN_ [&]
#define CORDON_DOCTEST_END_ ()
#define CORDON_DOCTEST_RESULT_(site) return CORDON_CONCAT(site, _outcome).is == ::cordon::detail::outcome::passed
#define CORDON_DOCTEST_FAILED_ return false
#else
#define CORDON_DOCTEST_BEGIN_ do
#define CORDON_DOCTEST_END_ while (false)
#define CORDON_DOCTEST_RESULT_(site)
#define CORDON_DOCTEST_FAILED_
#endif

#if defined(DOCTEST_CONFIG_VOID_CAST_EXPRESSIONS)
#define CORDON_DOCTEST_EVALUATE_(...)                  \
    CORDON_CAST_BEGIN_ static_cast<void>(__VA_ARGS__); \
    CORDON_CAST_END_
#else
#define CORDON_DOCTEST_EVALUATE_(...) __VA_ARGS__;
#endif

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_TRY_(site, ...)             \
    try {                                          \
        __VA_ARGS__                                \
    } catch (...) {                                \
        ::cordon::detail::fail_by_exception(site); \
    }
#else
#define CORDON_DOCTEST_TRY_(site, ...) __VA_ARGS__
#endif

#define CORDON_DOCTEST_CONCLUDE_warn(site)
#define CORDON_DOCTEST_CONCLUDE_check(site)
#define CORDON_DOCTEST_CONCLUDE_require(site) \
    if (CORDON_CONCAT(site, _outcome).is != ::cordon::detail::outcome::passed) ::cordon::detail::leave_test();

#if defined(DOCTEST_CONFIG_TREAT_CHAR_STAR_AS_STRING)
#define CORDON_DOCTEST_SITE_(site) \
    ::doctest::detail::site_of_texts { site }
#define CORDON_DOCTEST_COMPARE_ ::doctest::detail::compare
#else
#define CORDON_DOCTEST_SITE_(site) static_cast<::cordon::detail::passed_site>(site)
#define CORDON_DOCTEST_COMPARE_ ::cordon::detail::compare
#endif

#define CORDON_DOCTEST_RUN_(level, site, ...)                                                                    \
    [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::failed}; \
    CORDON_QUIET_BEGIN_                                                                                          \
    CORDON_DOCTEST_TRY_(site, CORDON_CONCAT(site, _outcome) = __VA_ARGS__;)                                      \
    CORDON_QUIET_END_                                                                                            \
    CORDON_DOCTEST_CONCLUDE_##level(site) CORDON_DOCTEST_RESULT_(site)

#define CORDON_DOCTEST_ASSERT_(level, negated, macro, text, site, ...)               \
    CORDON_DOCTEST_BEGIN_ {                                                          \
        CORDON_DOCTEST_AT_(site, level, negated, macro, text);                       \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_SITE_(site) << __VA_ARGS__); \
    }                                                                                \
    CORDON_DOCTEST_END_

// The message of a _MESSAGE form; a `note` below is this, or nothing.
#define CORDON_DOCTEST_NOTE_(site, ...) \
    const auto CORDON_CONCAT(site, _note) = ::cordon::detail::info_by(CORDON_WRITER_(site, __VA_ARGS__), &site);

#define CORDON_DOCTEST_MESSAGE_(level, negated, macro, text, site, expression, ...)                \
    CORDON_DOCTEST_BEGIN_ {                                                                        \
        CORDON_DOCTEST_AT_(site, level, negated, macro, text);                                     \
        CORDON_DOCTEST_NOTE_(site, __VA_ARGS__)                                                    \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_SITE_(site) << CORDON_UNWRAP_ expression); \
    }                                                                                              \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_BY_(level, macro, text, site, comparer, ...)                                               \
    CORDON_DOCTEST_BEGIN_ {                                                                                       \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                                      \
        CORDON_NULL_BEGIN_                                                                                        \
        CORDON_DOCTEST_RUN_(level, site, CORDON_DOCTEST_COMPARE_<::cordon::detail::comparer>(site, __VA_ARGS__)); \
        CORDON_NULL_END_                                                                                          \
    }                                                                                                             \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_NOTHROW_(level, macro, text, site, note, ...)                                                   \
    CORDON_DOCTEST_BEGIN_ {                                                                                            \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                                           \
        note [[maybe_unused]] ::cordon::detail::outcome CORDON_CONCAT(site,                                            \
                                                                      _outcome){::cordon::detail::outcome::failed};    \
        CORDON_DOCTEST_TRY_(                                                                                           \
            site, CORDON_DOCTEST_EVALUATE_(__VA_ARGS__) CORDON_CONCAT(site, _outcome) = ::cordon::detail::pass(site);) \
        CORDON_DOCTEST_CONCLUDE_##level(site) CORDON_DOCTEST_RESULT_(site);                                            \
    }                                                                                                                  \
    CORDON_DOCTEST_END_

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_DOCTEST_THROWING_(level, macro, text, site, note, missing, handlers, ...)                  \
    CORDON_DOCTEST_BEGIN_ {                                                                               \
        CORDON_DOCTEST_AT_(site, level, false, macro, text);                                              \
        note ::cordon::detail::outcome CORDON_CONCAT(site, _outcome){::cordon::detail::outcome::pending}; \
        try {                                                                                             \
            CORDON_DOCTEST_EVALUATE_(__VA_ARGS__)                                                         \
        }                                                                                                 \
        handlers ::cordon::detail::conclude_throwing(site, CORDON_CONCAT(site, _outcome), missing);       \
        CORDON_DOCTEST_RESULT_(site);                                                                     \
    }                                                                                                     \
    CORDON_DOCTEST_END_
#define CORDON_DOCTEST_THROWS_(level, macro, text, site, note, ...)                     \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown", \
                             CORDON_CATCH_ANY_(site, pass_by_exception(site)), __VA_ARGS__)
#define CORDON_DOCTEST_THROWS_AS_(level, macro, text, site, note, expression, ...)                              \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown, expected " #__VA_ARGS__, \
                             CORDON_CATCH_TYPE_(site, pass_by_exception(site), __VA_ARGS__),                    \
                             CORDON_UNWRAP_ expression)
#define CORDON_DOCTEST_THROWS_WITH_(level, macro, text, site, note, expression, ...)           \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown",        \
                             CORDON_CATCH_ANY_(site, check_exception_text(site, __VA_ARGS__)), \
                             CORDON_UNWRAP_ expression)
#define CORDON_DOCTEST_THROWS_WITH_AS_(level, macro, text, site, note, expression, words, ...)                  \
    CORDON_DOCTEST_THROWING_(level, macro, text, site, note, "no exception was thrown, expected " #__VA_ARGS__, \
                             CORDON_CATCH_TYPE_(site, check_exception_text(site, words), __VA_ARGS__),          \
                             CORDON_UNWRAP_ expression)
#elif defined(DOCTEST_CONFIG_NO_EXCEPTIONS_BUT_WITH_ALL_ASSERTS)
#define CORDON_DOCTEST_THROWS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_AS_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_WITH_(...) CORDON_DOCTEST_NOTHING_
#define CORDON_DOCTEST_THROWS_WITH_AS_(...) CORDON_DOCTEST_NOTHING_
#else
#define CORDON_DOCTEST_THROWS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_DOCTEST_THROWS_WITH_AS_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif

#if defined(DOCTEST_CONFIG_ASSERTS_RETURN_VALUES)
#define CORDON_DOCTEST_NOTHING_ [] { return false; }()
#else
#define CORDON_DOCTEST_NOTHING_ static_cast<void>(0)
#endif

// `message` is in parentheses; it is text of the assertion.
#define CORDON_DOCTEST_WITH_NOTE_(form, level, macro, text, site, message, ...) \
    CORDON_DOCTEST_##form##_(level, macro, text, site, CORDON_DOCTEST_NOTE_(site, CORDON_UNWRAP_ message), __VA_ARGS__)

// ---- messages ----

// The place is given when the program runs.
#define CORDON_DOCTEST_FAIL_AT_(level, macro, file, line, site, end, ...)                                   \
    CORDON_DOCTEST_BEGIN_ {                                                                                 \
        const ::cordon::detail::assertion_site site{                                                        \
            file, macro, "", static_cast<unsigned>(line), ::cordon::detail::severity::level, false};        \
        ::cordon::detail::fail_message(site, ::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
        end;                                                                                                \
        CORDON_DOCTEST_FAILED_;                                                                             \
    }                                                                                                       \
    CORDON_DOCTEST_END_

#define CORDON_DOCTEST_LOG_(site, ...)                                                            \
    CORDON_DOCTEST_BEGIN_ {                                                                       \
        ::cordon::detail::log_text(::cordon::detail::text_by(CORDON_WRITER_(site, __VA_ARGS__))); \
        CORDON_DOCTEST_FAILED_;                                                                   \
    }                                                                                             \
    CORDON_DOCTEST_END_
#endif

// ---- cordon/compat/doctest/generate.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_GENERATE_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_GENERATE_HPP_

// ---- cordon/api/generators/place.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_GENERATORS_PLACE_HPP_)
#define CORDON_CONTAINS_CORDON_API_GENERATORS_PLACE_HPP_

namespace cordon::detail {

/// Where values are made; `made` counts the random generators, which all get different numbers.
struct generator_origin {
    const char* file;
    unsigned line;
    unsigned number;
    unsigned made;
};

/// A GENERATE that a pass has reached. Its values are offered in order; each is a block of the test, as a SUBCASE is.
class generator_place {
  public:
    /// `number` tells it from others in the line.
    generator_place(const char* file, unsigned line, unsigned number);
    ~generator_place();
    generator_place(const generator_place&) = delete;
    generator_place& operator=(const generator_place&) = delete;

    /// To the next value. True if this pass may use it. Fails the test, and ends it, if there are too many.
    bool step();
    /// True if the user has chosen among the values by name; then allows() is asked first.
    bool chooses() const;
    bool allows(operand_text value) const;
    void refuse();
    /// False: a copy of this process uses the value.
    bool enter();
    void name(operand_text value);

    // After the value of the pass is found, the ones behind it are looked at.

    static constexpr unsigned most = 10'000;
    /// False: this pass has been here before.
    bool is_new() const { return wanted_ == 0; }
    bool is_first() const { return at_ == 1; }
    [[noreturn]] void fail_endless() const;
    /// For chooses(): there is another value. True if it is chosen.
    bool may_follow(operand_text value);
    /// A later pass uses the next value. Until then it is expected, for the case that this one throws.
    void announce();
    /// No later pass uses another value.
    void close();
    /// Not new: there must be as many values as before.
    void compare(bool has_next) const;

    /// No value is left. Ends the pass; fails if there was none at all.
    [[noreturn]] void end() const;

  private:
    unsigned long long place() const;

    const char* file_;
    unsigned line_;
    unsigned number_;
    unsigned at_ = 0;
    bool had_next_ = false;
    unsigned wanted_;      ///< sets had_next_; this pass has used this one here before, from 1; 0: it has not been here
    unsigned done_ = 0;    ///< so many of the first values
    bool reuses_ = false;  ///< all values are done, but the pass needs one
    size_t level_;
    generator_origin outer_;
};

/// Fails the test, and ends it: a generator cannot go on.
[[noreturn]] void fail_generator(const char* words);
/// A number that follows from the test's seed and the place: the same in each pass.
unsigned long long generator_seed();

}  // namespace cordon::detail
#endif

// GENERATE: the type of its values is that of the first one.

namespace doctest {
namespace detail {

/// Tells the test whether a later pass uses a value after the one at `at`.
template <class T>
void look_ahead(cordon::detail::generator_place& place, const T* values, size_t at, size_t count) {
    if (!place.is_new()) return place.compare(at + 1 < count);
    size_t next = at + 1;
    while (next < count && place.chooses() && !place.may_follow(cordon::detail::text_of(values[next])))
        ++next;
    next < count ? place.announce() : place.close();
}

template <class T, class... More>
T generate(const char* file, unsigned line, unsigned number, T first, More... more) {
    constexpr size_t count = sizeof...(More) + 1;
    const T values[count] = {static_cast<T&&>(first), static_cast<T>(more)...};
    cordon::detail::generator_place place(file, line, number);
    for (size_t at = 0; at < count; ++at) {
        if (!place.step()) continue;
        if (place.chooses() && !place.allows(cordon::detail::text_of(values[at]))) {
            place.refuse();
        } else if (place.enter()) {
            place.name(cordon::detail::text_of(values[at]));
            look_ahead(place, values, at, count);
            return values[at];
        }
    }
    place.end();
}

}  // namespace detail
}  // namespace doctest
#endif

// doctest's macros with their long names. short_macros.hpp has the same without the prefix.

// ---- registration ----

#define DOCTEST_TEST_CASE(...) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define DOCTEST_TEST_CASE_CLASS(...) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define DOCTEST_TEST_CASE_FIXTURE(fixture, ...) \
    CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, __VA_ARGS__)
#define DOCTEST_TEST_CASE_TEMPLATE(decorators, T, ...) \
    CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, decorators, __VA_ARGS__)
#define DOCTEST_TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) \
    CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CONCAT(id, _cordon_tests), T, decorators)
#define DOCTEST_TEST_CASE_TEMPLATE_INVOKE(id, ...)                                        \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), \
                          ::cordon::detail::type_list<__VA_ARGS__>)                       \
    static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define DOCTEST_TEST_CASE_TEMPLATE_INSTANTIATE(id, ...)                                   \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), \
                          ::cordon::detail::type_list<__VA_ARGS__>)                       \
    static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define DOCTEST_TEST_CASE_TEMPLATE_APPLY(id, ...)                                                      \
    CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, _cordon_tests), __VA_ARGS__) \
    static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define DOCTEST_TYPE_TO_STRING(...) CORDON_TYPE_TO_STRING_AS_(#__VA_ARGS__, __VA_ARGS__)
#define DOCTEST_TYPE_TO_STRING_AS(text, ...) CORDON_TYPE_TO_STRING_AS_(text, __VA_ARGS__)
#define DOCTEST_TEST_SUITE(...) CORDON_DOCTEST_TEST_SUITE_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define DOCTEST_TEST_SUITE_BEGIN(...) CORDON_DOCTEST_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define DOCTEST_SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define DOCTEST_SCENARIO(name) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define DOCTEST_SCENARIO_CLASS(name) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define DOCTEST_SCENARIO_METHOD(fixture, name) \
    CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, "  Scenario: " name)
#define DOCTEST_SCENARIO_TEMPLATE(name, T, ...) \
    CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, "  Scenario: " name, __VA_ARGS__)
#define DOCTEST_SCENARIO_TEMPLATE_DEFINE(name, T, id) \
    CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CONCAT(id, _cordon_tests), T, "  Scenario: " name)
#define DOCTEST_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "   Given: " name)
#define DOCTEST_AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define DOCTEST_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    When: " name)
#define DOCTEST_AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define DOCTEST_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    Then: " name)
#define DOCTEST_AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define DOCTEST_REGISTER_EXCEPTION_TRANSLATOR(...) \
    CORDON_EXCEPTION_TRANSLATOR_(CORDON_UNIQUE(cordon_translator_), __VA_ARGS__)

#define DOCTEST_REGISTER_LISTENER(name, priority, listener) \
    CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), ::doctest::detail::told_listener<listener>, priority, )
#define DOCTEST_REGISTER_REPORTER(name, priority, reporter)  \
    static_assert(::doctest::detail::is_supported<reporter>, \
                  "cordon: reporters of doctest are not supported; REGISTER_LISTENER and CORDON_REPORTER are")
#define DOCTEST_GENERATE(...) ::doctest::detail::generate(__FILE__, __LINE__, __COUNTER__, __VA_ARGS__)

// ---- messages ----

#define DOCTEST_INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define DOCTEST_CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
#define DOCTEST_MESSAGE(...) CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_ADD_MESSAGE_AT(file, line, ...) \
    CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), file << ":" << line << ": " << __VA_ARGS__)
#define DOCTEST_FAIL(...)                                                                     \
    CORDON_DOCTEST_FAIL_AT_(require, "FAIL", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), \
                            ::cordon::detail::leave_test(), __VA_ARGS__)
#define DOCTEST_FAIL_CHECK(...) \
    CORDON_DOCTEST_FAIL_AT_(check, "FAIL_CHECK", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_ADD_FAIL_AT(file, line, ...)                                                 \
    CORDON_DOCTEST_FAIL_AT_(require, "ADD_FAIL_AT", file, line, CORDON_UNIQUE(cordon_site_), \
                            ::cordon::detail::leave_test(), __VA_ARGS__)
#define DOCTEST_ADD_FAIL_CHECK_AT(file, line, ...) \
    CORDON_DOCTEST_FAIL_AT_(check, "ADD_FAIL_CHECK_AT", file, line, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_TO_LVALUE(...) __VA_ARGS__

// ---- assertions ----

#define DOCTEST_WARN(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_WARN_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(warn, true, "WARN_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_WARN_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_WARN_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(warn, false, "FAST_WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_WARN_UNARY_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_WARN_UNARY_FALSE(...)                                                                 \
    CORDON_DOCTEST_ASSERT_(warn, true, "FAST_WARN_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_WARN_MESSAGE(expression, ...)                                                                    \
    CORDON_DOCTEST_MESSAGE_(warn, false, "WARN_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_WARN_FALSE_MESSAGE(expression, ...)                                                                   \
    CORDON_DOCTEST_MESSAGE_(warn, true, "WARN_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_WARN_EQ(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_WARN_EQ(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_WARN_NE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_WARN_NE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_WARN_LT(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LT(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_WARN_LE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_WARN_LE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_WARN_GT(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GT(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_WARN_GE(...) \
    CORDON_DOCTEST_BY_(warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_WARN_GE(...) \
    CORDON_DOCTEST_BY_(warn, "FAST_WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_WARN_THROWS(...) \
    CORDON_DOCTEST_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_WARN_THROWS_AS(expression, ...)                                                                     \
    CORDON_DOCTEST_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
                              (expression), __VA_ARGS__)
#define DOCTEST_WARN_THROWS_WITH(expression, ...)                                                                     \
    CORDON_DOCTEST_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                                , (expression), __VA_ARGS__)
#define DOCTEST_WARN_THROWS_WITH_AS(expression, words, ...)                                                \
    CORDON_DOCTEST_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_WARN_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(warn, "WARN_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_WARN_THROWS_MESSAGE(expression, ...)                                                         \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, warn, "WARN_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_WARN_THROWS_AS_MESSAGE(expression, type, ...)                                    \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, warn, "WARN_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_WARN_THROWS_WITH_MESSAGE(expression, words, ...)                                      \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, warn, "WARN_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                              \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, warn, "WARN_THROWS_WITH_AS_MESSAGE", #expression ", " #words ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words, type)
#define DOCTEST_WARN_NOTHROW_MESSAGE(expression, ...)                                                          \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, warn, "WARN_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_CHECK(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_CHECK_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_CHECK_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_CHECK_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(check, false, "FAST_CHECK_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_CHECK_UNARY_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_CHECK_UNARY_FALSE(...)                                                                  \
    CORDON_DOCTEST_ASSERT_(check, true, "FAST_CHECK_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_CHECK_MESSAGE(expression, ...)                                                                     \
    CORDON_DOCTEST_MESSAGE_(check, false, "CHECK_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_CHECK_FALSE_MESSAGE(expression, ...)                                                      \
    CORDON_DOCTEST_MESSAGE_(check, true, "CHECK_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                            (expression), __VA_ARGS__)
#define DOCTEST_CHECK_EQ(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_EQ(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_CHECK_NE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_NE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_CHECK_LT(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LT(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_CHECK_LE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_LE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_CHECK_GT(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GT(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_CHECK_GE(...) \
    CORDON_DOCTEST_BY_(check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_CHECK_GE(...) \
    CORDON_DOCTEST_BY_(check, "FAST_CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_CHECK_THROWS(...) \
    CORDON_DOCTEST_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_AS(expression, ...)                                                                      \
    CORDON_DOCTEST_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
                              (expression), __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_WITH(expression, ...)                                         \
    CORDON_DOCTEST_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                                CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_WITH_AS(expression, words, ...)                                                 \
    CORDON_DOCTEST_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_CHECK_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_CHECK_THROWS_MESSAGE(expression, ...)                                                          \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, check, "CHECK_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_CHECK_THROWS_AS_MESSAGE(expression, type, ...)                                     \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, check, "CHECK_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_CHECK_THROWS_WITH_MESSAGE(expression, words, ...)                                       \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, check, "CHECK_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                    \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, check, "CHECK_THROWS_WITH_AS_MESSAGE",                          \
                              #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
                              (expression), words, type)
#define DOCTEST_CHECK_NOTHROW_MESSAGE(expression, ...)                                                           \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, check, "CHECK_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_REQUIRE(...) \
    CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE(...) \
    CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define DOCTEST_REQUIRE_UNARY(...) \
    CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define DOCTEST_FAST_REQUIRE_UNARY(...)                                                                     \
    CORDON_DOCTEST_ASSERT_(require, false, "FAST_REQUIRE_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_REQUIRE_UNARY_FALSE(...)                                                                    \
    CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_FAST_REQUIRE_UNARY_FALSE(...)                                                                    \
    CORDON_DOCTEST_ASSERT_(require, true, "FAST_REQUIRE_UNARY_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                           (__VA_ARGS__))
#define DOCTEST_REQUIRE_MESSAGE(expression, ...)                                                                       \
    CORDON_DOCTEST_MESSAGE_(require, false, "REQUIRE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (expression), \
                            __VA_ARGS__)
#define DOCTEST_REQUIRE_FALSE_MESSAGE(expression, ...)                                                        \
    CORDON_DOCTEST_MESSAGE_(require, true, "REQUIRE_FALSE_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                            (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_EQ(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_EQ(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define DOCTEST_REQUIRE_NE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_NE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define DOCTEST_REQUIRE_LT(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LT(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define DOCTEST_REQUIRE_LE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_LE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define DOCTEST_REQUIRE_GT(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GT(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define DOCTEST_REQUIRE_GE(...) \
    CORDON_DOCTEST_BY_(require, "REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_FAST_REQUIRE_GE(...) \
    CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS(...) \
    CORDON_DOCTEST_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_AS(expression, ...)                                         \
    CORDON_DOCTEST_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, \
                              CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_WITH(expression, ...)                                           \
    CORDON_DOCTEST_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                                CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_WITH_AS(expression, words, ...)                                                   \
    CORDON_DOCTEST_THROWS_WITH_AS_(require, "REQUIRE_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, \
                                   CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define DOCTEST_REQUIRE_NOTHROW(...) \
    CORDON_DOCTEST_NOTHROW_(require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define DOCTEST_REQUIRE_THROWS_MESSAGE(expression, ...)                                                            \
    CORDON_DOCTEST_WITH_NOTE_(THROWS, require, "REQUIRE_THROWS_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#define DOCTEST_REQUIRE_THROWS_AS_MESSAGE(expression, type, ...)                                       \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, require, "REQUIRE_THROWS_AS_MESSAGE", #expression ", " #type, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define DOCTEST_REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...)                                         \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, require, "REQUIRE_THROWS_WITH_MESSAGE", #expression ", " #words, \
                              CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), words)
#define DOCTEST_REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...)                                  \
    CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, require, "REQUIRE_THROWS_WITH_AS_MESSAGE",                      \
                              #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
                              (expression), words, type)
#define DOCTEST_REQUIRE_NOTHROW_MESSAGE(expression, ...)                                                             \
    CORDON_DOCTEST_WITH_NOTE_(NOTHROW, require, "REQUIRE_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), \
                              (__VA_ARGS__), expression)
#endif
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)

// ---- cordon/compat/doctest/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES leaves them out.

// clang-format off
#define TEST_CASE(...) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define TEST_CASE_CLASS(...) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define TEST_CASE_FIXTURE(fixture, ...) CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, \
    __VA_ARGS__)
#define TEST_CASE_TEMPLATE(decorators, T, ...) CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, \
    decorators, __VA_ARGS__)
#define TEST_CASE_TEMPLATE_DEFINE(decorators, T, id) CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), \
    CORDON_CONCAT(id, _cordon_tests), T, decorators)
#define TEST_CASE_TEMPLATE_INVOKE(id, ...) CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, \
    _cordon_tests), ::cordon::detail::type_list<__VA_ARGS__>) static_assert(true, "TEST_CASE_TEMPLATE_INVOKE")
#define TEST_CASE_TEMPLATE_INSTANTIATE(id, ...) CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, \
    _cordon_tests), ::cordon::detail::type_list<__VA_ARGS__>) static_assert(true, "TEST_CASE_TEMPLATE_INSTANTIATE")
#define TEST_CASE_TEMPLATE_APPLY(id, ...) CORDON_DOCTEST_TYPES_(CORDON_UNIQUE(cordon_types_), CORDON_CONCAT(id, \
    _cordon_tests), __VA_ARGS__) static_assert(true, "TEST_CASE_TEMPLATE_APPLY")
#define TYPE_TO_STRING(...) CORDON_TYPE_TO_STRING_AS_(#__VA_ARGS__, __VA_ARGS__)
#define TYPE_TO_STRING_AS(text, ...) CORDON_TYPE_TO_STRING_AS_(text, __VA_ARGS__)
#define TEST_SUITE(...) CORDON_DOCTEST_TEST_SUITE_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define TEST_SUITE_BEGIN(...) CORDON_DOCTEST_TEST_SUITE_BEGIN_(CORDON_UNIQUE(cordon_suite_), __VA_ARGS__)
#define SUBCASE(...) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SCENARIO(name) CORDON_DOCTEST_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define SCENARIO_CLASS(name) CORDON_DOCTEST_TEST_CASE_CLASS_(CORDON_UNIQUE(cordon_test_), "  Scenario: " name)
#define SCENARIO_METHOD(fixture, name) CORDON_DOCTEST_TEST_CASE_FIXTURE_(CORDON_UNIQUE(cordon_test_), fixture, \
    "  Scenario: " name)
#define SCENARIO_TEMPLATE(name, T, ...) CORDON_DOCTEST_TEST_CASE_TEMPLATE_(CORDON_UNIQUE(cordon_test_), T, \
    "  Scenario: " name, __VA_ARGS__)
#define SCENARIO_TEMPLATE_DEFINE(name, T, id) CORDON_DOCTEST_TEMPLATE_(CORDON_UNIQUE(cordon_test_), CORDON_CONCAT(id, \
    _cordon_tests), T, "  Scenario: " name)
#define GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "   Given: " name)
#define AND_GIVEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    When: " name)
#define AND_WHEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "And when: " name)
#define THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "    Then: " name)
#define AND_THEN(name) CORDON_SUBCASE_(CORDON_UNIQUE(cordon_subcase_), "     And: " name)
#define REGISTER_EXCEPTION_TRANSLATOR(...) CORDON_EXCEPTION_TRANSLATOR_(CORDON_UNIQUE(cordon_translator_), \
    __VA_ARGS__)
#define REGISTER_LISTENER(name, priority, listener) CORDON_REGISTER_LISTENER_(CORDON_UNIQUE(cordon_listener_), \
    ::doctest::detail::told_listener<listener>, priority, )
#define REGISTER_REPORTER(name, priority, reporter) static_assert(::doctest::detail::is_supported<reporter>, \
    "cordon: reporters of doctest are not supported; REGISTER_LISTENER and CORDON_REPORTER are")
#define GENERATE(...) ::doctest::detail::generate(__FILE__, __LINE__, __COUNTER__, __VA_ARGS__)
#define INFO(...) CORDON_INFO_(CORDON_UNIQUE(cordon_info_), __VA_ARGS__)
#define CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
#define MESSAGE(...) CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define ADD_MESSAGE_AT(file, line, ...) CORDON_DOCTEST_LOG_(CORDON_UNIQUE(cordon_site_), file << ":" << line << ": " \
    << __VA_ARGS__)
#define FAIL(...) CORDON_DOCTEST_FAIL_AT_(require, "FAIL", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), \
    ::cordon::detail::leave_test(), __VA_ARGS__)
#define FAIL_CHECK(...) CORDON_DOCTEST_FAIL_AT_(check, "FAIL_CHECK", __FILE__, __LINE__, CORDON_UNIQUE(cordon_site_), \
    , __VA_ARGS__)
#define ADD_FAIL_AT(file, line, ...) CORDON_DOCTEST_FAIL_AT_(require, "ADD_FAIL_AT", file, line, \
    CORDON_UNIQUE(cordon_site_), ::cordon::detail::leave_test(), __VA_ARGS__)
#define ADD_FAIL_CHECK_AT(file, line, ...) CORDON_DOCTEST_FAIL_AT_(check, "ADD_FAIL_CHECK_AT", file, line, \
    CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define TO_LVALUE(...) __VA_ARGS__
#define WARN(...) CORDON_DOCTEST_ASSERT_(warn, false, "WARN", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define WARN_FALSE(...) CORDON_DOCTEST_ASSERT_(warn, true, "WARN_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define WARN_UNARY(...) CORDON_DOCTEST_ASSERT_(warn, false, "WARN_UNARY", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    (__VA_ARGS__))
#define FAST_WARN_UNARY(...) CORDON_DOCTEST_ASSERT_(warn, false, "FAST_WARN_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define WARN_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(warn, true, "WARN_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define FAST_WARN_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(warn, true, "FAST_WARN_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define WARN_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(warn, false, "WARN_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(warn, true, "WARN_FALSE_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define WARN_EQ(...) CORDON_DOCTEST_BY_(warn, "WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, __VA_ARGS__)
#define FAST_WARN_EQ(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, \
    __VA_ARGS__)
#define WARN_NE(...) CORDON_DOCTEST_BY_(warn, "WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, __VA_ARGS__)
#define FAST_WARN_NE(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, \
    __VA_ARGS__)
#define WARN_LT(...) CORDON_DOCTEST_BY_(warn, "WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, __VA_ARGS__)
#define FAST_WARN_LT(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, \
    __VA_ARGS__)
#define WARN_LE(...) CORDON_DOCTEST_BY_(warn, "WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, __VA_ARGS__)
#define FAST_WARN_LE(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, \
    __VA_ARGS__)
#define WARN_GT(...) CORDON_DOCTEST_BY_(warn, "WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, __VA_ARGS__)
#define FAST_WARN_GT(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, \
    __VA_ARGS__)
#define WARN_GE(...) CORDON_DOCTEST_BY_(warn, "WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, __VA_ARGS__)
#define FAST_WARN_GE(...) CORDON_DOCTEST_BY_(warn, "FAST_WARN_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, \
    __VA_ARGS__)
#define WARN_THROWS(...) CORDON_DOCTEST_THROWS_(warn, "WARN_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
    __VA_ARGS__)
#define WARN_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWS_AS_(warn, "WARN_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define WARN_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWS_WITH_(warn, "WARN_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define WARN_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWS_WITH_AS_(warn, "WARN_THROWS_WITH_AS", \
    #expression ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define WARN_NOTHROW(...) CORDON_DOCTEST_NOTHROW_(warn, "WARN_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
    __VA_ARGS__)
#define WARN_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS, warn, "WARN_THROWS_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#define WARN_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, warn, \
    "WARN_THROWS_AS_MESSAGE", #expression ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define WARN_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, warn, \
    "WARN_THROWS_WITH_MESSAGE", #expression ", " #words, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), \
    words)
#define WARN_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, warn, \
    "WARN_THROWS_WITH_AS_MESSAGE", #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
    (expression), words, type)
#define WARN_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(NOTHROW, warn, "WARN_NOTHROW_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#define CHECK(...) CORDON_DOCTEST_ASSERT_(check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_FALSE(...) CORDON_DOCTEST_ASSERT_(check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_UNARY(...) CORDON_DOCTEST_ASSERT_(check, false, "CHECK_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define FAST_CHECK_UNARY(...) CORDON_DOCTEST_ASSERT_(check, false, "FAST_CHECK_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CHECK_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(check, true, "CHECK_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define FAST_CHECK_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(check, true, "FAST_CHECK_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define CHECK_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(check, false, "CHECK_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(check, true, "CHECK_FALSE_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_EQ(...) CORDON_DOCTEST_BY_(check, "CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, \
    __VA_ARGS__)
#define FAST_CHECK_EQ(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, \
    __VA_ARGS__)
#define CHECK_NE(...) CORDON_DOCTEST_BY_(check, "CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, \
    __VA_ARGS__)
#define FAST_CHECK_NE(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, \
    __VA_ARGS__)
#define CHECK_LT(...) CORDON_DOCTEST_BY_(check, "CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, \
    __VA_ARGS__)
#define FAST_CHECK_LT(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, \
    __VA_ARGS__)
#define CHECK_LE(...) CORDON_DOCTEST_BY_(check, "CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, \
    __VA_ARGS__)
#define FAST_CHECK_LE(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, \
    __VA_ARGS__)
#define CHECK_GT(...) CORDON_DOCTEST_BY_(check, "CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, \
    __VA_ARGS__)
#define FAST_CHECK_GT(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, \
    __VA_ARGS__)
#define CHECK_GE(...) CORDON_DOCTEST_BY_(check, "CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, \
    __VA_ARGS__)
#define FAST_CHECK_GE(...) CORDON_DOCTEST_BY_(check, "FAST_CHECK_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, \
    __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_DOCTEST_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , \
    __VA_ARGS__)
#define CHECK_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define CHECK_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWS_WITH_AS_(check, "CHECK_THROWS_WITH_AS", \
    #expression ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), words, __VA_ARGS__)
#define CHECK_NOTHROW(...) CORDON_DOCTEST_NOTHROW_(check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    , __VA_ARGS__)
#define CHECK_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS, check, "CHECK_THROWS_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#define CHECK_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, check, \
    "CHECK_THROWS_AS_MESSAGE", #expression ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), type)
#define CHECK_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, check, \
    "CHECK_THROWS_WITH_MESSAGE", #expression ", " #words, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), \
    words)
#define CHECK_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, check, \
    "CHECK_THROWS_WITH_AS_MESSAGE", #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), \
    (expression), words, type)
#define CHECK_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(NOTHROW, check, "CHECK_NOTHROW_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#define REQUIRE(...) CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define REQUIRE_FALSE(...) CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_UNARY(...) CORDON_DOCTEST_ASSERT_(require, false, "REQUIRE_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define FAST_REQUIRE_UNARY(...) CORDON_DOCTEST_ASSERT_(require, false, "FAST_REQUIRE_UNARY", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(require, true, "REQUIRE_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define FAST_REQUIRE_UNARY_FALSE(...) CORDON_DOCTEST_ASSERT_(require, true, "FAST_REQUIRE_UNARY_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (__VA_ARGS__))
#define REQUIRE_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(require, false, "REQUIRE_MESSAGE", #expression, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_FALSE_MESSAGE(expression, ...) CORDON_DOCTEST_MESSAGE_(require, true, "REQUIRE_FALSE_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_EQ(...) CORDON_DOCTEST_BY_(require, "REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), eq, \
    __VA_ARGS__)
#define FAST_REQUIRE_EQ(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_EQ", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    eq, __VA_ARGS__)
#define REQUIRE_NE(...) CORDON_DOCTEST_BY_(require, "REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ne, \
    __VA_ARGS__)
#define FAST_REQUIRE_NE(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_NE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    ne, __VA_ARGS__)
#define REQUIRE_LT(...) CORDON_DOCTEST_BY_(require, "REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), lt, \
    __VA_ARGS__)
#define FAST_REQUIRE_LT(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    lt, __VA_ARGS__)
#define REQUIRE_LE(...) CORDON_DOCTEST_BY_(require, "REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), le, \
    __VA_ARGS__)
#define FAST_REQUIRE_LE(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_LE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    le, __VA_ARGS__)
#define REQUIRE_GT(...) CORDON_DOCTEST_BY_(require, "REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), gt, \
    __VA_ARGS__)
#define FAST_REQUIRE_GT(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    gt, __VA_ARGS__)
#define REQUIRE_GE(...) CORDON_DOCTEST_BY_(require, "REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), ge, \
    __VA_ARGS__)
#define FAST_REQUIRE_GE(...) CORDON_DOCTEST_BY_(require, "FAST_REQUIRE_GE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    ge, __VA_ARGS__)
#define REQUIRE_THROWS(...) CORDON_DOCTEST_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define REQUIRE_THROWS_AS(expression, ...) CORDON_DOCTEST_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH(expression, ...) CORDON_DOCTEST_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression \
    ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), __VA_ARGS__)
#define REQUIRE_THROWS_WITH_AS(expression, words, ...) CORDON_DOCTEST_THROWS_WITH_AS_(require, \
    "REQUIRE_THROWS_WITH_AS", #expression ", " #words ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), , (expression), \
    words, __VA_ARGS__)
#define REQUIRE_NOTHROW(...) CORDON_DOCTEST_NOTHROW_(require, "REQUIRE_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), , __VA_ARGS__)
#define REQUIRE_THROWS_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS, require, "REQUIRE_THROWS_MESSAGE", \
    #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#define REQUIRE_THROWS_AS_MESSAGE(expression, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_AS, require, \
    "REQUIRE_THROWS_AS_MESSAGE", #expression ", " #type, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), \
    type)
#define REQUIRE_THROWS_WITH_MESSAGE(expression, words, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH, require, \
    "REQUIRE_THROWS_WITH_MESSAGE", #expression ", " #words, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), (expression), \
    words)
#define REQUIRE_THROWS_WITH_AS_MESSAGE(expression, words, type, ...) CORDON_DOCTEST_WITH_NOTE_(THROWS_WITH_AS, \
    require, "REQUIRE_THROWS_WITH_AS_MESSAGE", #expression ", " #words ", " #type, CORDON_UNIQUE(cordon_site_), \
    (__VA_ARGS__), (expression), words, type)
#define REQUIRE_NOTHROW_MESSAGE(expression, ...) CORDON_DOCTEST_WITH_NOTE_(NOTHROW, require, \
    "REQUIRE_NOTHROW_MESSAGE", #expression, CORDON_UNIQUE(cordon_site_), (__VA_ARGS__), expression)
#endif
#endif
#endif
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

#if defined(CORDON_DOCTEST_FIRST_TIME_)
// Used with and without parentheses.
#if defined(DOCTEST_CONFIG_DISABLE)
#define DOCTEST_TEST_SUITE_END using CORDON_UNIQUE(cordon_suite_end_) = int
#else
#define DOCTEST_TEST_SUITE_END                                                                \
    CORDON_GLOBAL_BEGIN_                                                                      \
    static const ::cordon::detail::suite_switch CORDON_UNIQUE(cordon_suite_switch_){nullptr}; \
    CORDON_GLOBAL_END_                                                                        \
    using CORDON_UNIQUE(cordon_suite_end_) [[maybe_unused]] = int
#endif
#if !defined(DOCTEST_CONFIG_NO_SHORT_MACRO_NAMES)
#define TEST_SUITE_END DOCTEST_TEST_SUITE_END
#endif
// A suite that a file begins and does not end does not hold the tests of the next file.
DOCTEST_TEST_SUITE_END();
#endif

#if defined(DOCTEST_CONFIG_IMPLEMENT) && !defined(DOCTEST_LIBRARY_IMPLEMENTATION)
#define DOCTEST_LIBRARY_IMPLEMENTATION

// ---- cordon/compat/doctest/implement.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_IMPLEMENT_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_DOCTEST_IMPLEMENT_HPP_

// What DOCTEST_CONFIG_IMPLEMENT compiles, in one file of the program.

// doctest's implementation includes these, so test files in the same file may use them without saying so.
#include <algorithm>
#include <atomic>
#include <cctype>
#include <cfloat>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <exception>
#include <fstream>
#include <iomanip>
#include <limits>
#include <map>
#include <mutex>
#include <new>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>
#if !defined(DOCTEST_CONFIG_NO_INCLUDE_IOSTREAM)
#include <iostream>
#endif

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
namespace cordon {

int run(int argc, const char* const* argv);

}  // namespace cordon

namespace doctest {

// ---- texts ----

String& String::operator+=(const String& other) {
    const std::string both = std::string(c_str(), size_) + other.c_str();
    return *this = String(both);
}

String operator+(const String& left, const String& right) {
    String both(left);
    return both += right;
}

String String::substr(size_type at, size_type count) const {
    const size_type from = std::min(at, size_);
    return {c_str() + from, std::min(count, size_ - from)};
}

String::size_type String::find(char c, size_type from) const {
    for (size_type i = from; i < size_; ++i) {
        if (data_[i] == c) return i;
    }
    return npos;
}

String::size_type String::rfind(char c, size_type from) const {
    for (size_type i = std::min(from, size_ - 1) + 1; i-- > 0 && size_ != 0;) {
        if (data_[i] == c) return i;
    }
    return npos;
}

int String::compare(const char* other, bool no_case) const {
    const char* own = c_str();
    for (;; ++own, ++other) {
        const auto plain = [no_case](char c) {
            const int unit = static_cast<unsigned char>(c);
            return no_case ? std::tolower(unit) : unit;
        };
        if (plain(*own) != plain(*other) || *own == '\0') return plain(*own) - plain(*other);
    }
}

std::ostream& operator<<(std::ostream& out, const String& text) { return out << text.c_str(); }

bool Contains::checkWith(const String& whole) const { return std::strstr(whole.c_str(), string.c_str()) != nullptr; }

bool holds_part(const void* part, cordon::detail::text_view whole) {
    const auto& wanted = *static_cast<const String*>(part);
    return std::string(whole.data, whole.size).find(wanted.c_str()) != std::string::npos;
}

const char* skipPathFromFilename(const char* file) {
    const char* const slash = std::strrchr(file, '/');
    return slash == nullptr ? file : slash + 1;
}

const char* assertString(assertType::Enum kind) {
    return (kind & assertType::is_warn) != 0 ? "WARN" : (kind & assertType::is_check) != 0 ? "CHECK" : "REQUIRE";
}
const char* failureString(assertType::Enum kind) {
    return (kind & assertType::is_warn) != 0 ? "WARNING" : (kind & assertType::is_check) != 0 ? "ERROR" : "FATAL ERROR";
}

namespace detail {

String text_as_string(cordon::detail::operand_text text) {
    String made;
    cordon::detail::text_into(text, &made, [](void* to, const char* data, std::size_t size) {
        *static_cast<String*>(to) = String(data, static_cast<String::size_type>(size));
    });
    return made;
}

// ---- registration ----

/// The suite of a test with the decorator test_suite: that name, with the other decorators of the block around it. It
/// lives as long as the program.
static const cordon::detail::suite* renamed(const cordon::detail::suite* block, const char* name) {
    const std::size_t inherited = block == nullptr ? 0 : block->count;
    auto* const items = new decorator[inherited + 1];
    std::size_t count = 0;
    items[count++] = name;
    for (std::size_t i = 0; i < inherited; ++i) {
        if (block->decorators[i].kind != decoration::name) items[count++] = block->decorators[i];
    }
    return new cordon::detail::suite{block == nullptr ? cordon::location() : block->where, nullptr, items, count};
}

registered_test::registered_test(void (*body_)(const void*), cordon::location where_,
                                 const cordon::detail::suite* block, const attributes& given,
                                 const void* context_) noexcept
    : test_case(body_, where_,
                given.suite == nullptr ? block : renamed(cordon::detail::enclosing_suite(block), given.suite),
                given.items, attributes::most, context_) {}

}  // namespace detail

// ---- main ----

#if defined(DOCTEST_CONFIG_OPTIONS_PREFIX)
inline constexpr std::string_view options_prefix = DOCTEST_CONFIG_OPTIONS_PREFIX;
#else
inline constexpr std::string_view options_prefix = "dt-";
#endif

bool is_among(std::string_view name, std::string_view names) {
    return names.find(" " + std::string(name) + " ") != std::string_view::npos;
}

[[maybe_unused]] static const bool understands_options =
    cordon::detail::understand(cordon::detail::command_words::doctest);

/// Need no test to be run.
inline constexpr std::string_view questions =
    " help h ? version v count c list-test-cases ltc list-test-suites lts list-reporters lr list list-tags no-run nr "
    "exit e ";

inline constexpr std::string_view filters =
    " test-case tc test-case-exclude tce test-suite ts test-suite-exclude tse source-file sf source-file-exclude sfe "
    "subcase sc subcase-exclude sce ";

/// "ltc" of "-ltc=1"; empty if the word is no option.
std::string_view name_of_option(std::string_view word) {
    const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
    return start == 0 ? std::string_view() : word.substr(start, word.find('=') - start);
}

struct Context::state {
    std::string program = "tests";
    std::vector<std::string> words;
    bool asks = false;

    void add(std::string word) {
        const std::size_t start = std::min(word.find_first_not_of('-'), word.size());
        if (word.compare(start, options_prefix.size(), options_prefix) == 0) word.erase(start, options_prefix.size());
        const std::string value = word.substr(std::min(word.find('='), word.size()));
        if (is_among(name_of_option(word), questions) && !is_among(value, " =false =0 =off =no ")) asks = true;
        words.push_back(std::move(word));
    }
};

/// Listeners may ask for it in static initializers.
static ContextOptions& last_options() {
    static ContextOptions options;
    return options;
}

const ContextOptions* getContextOptions() {
#if !defined(DOCTEST_CONFIG_NO_INCLUDE_IOSTREAM)
    last_options().cout = &std::cout;
#endif
    return &last_options();
}

Context::Context(int argc, const char* const* argv) : own_(new state) {
    if (argv != nullptr) applyCommandLine(argc, argv);
}
Context::~Context() { delete own_; }

void Context::applyCommandLine(int argc, const char* const* argv) {
    if (argc > 0) own_->program = argv[0];
    for (int i = 1; i < argc; ++i)
        own_->add(argv[i]);
}

void Context::clearFilters() {
    const auto is_filter = [](const std::string& word) { return is_among(name_of_option(word), filters); };
    own_->words.erase(std::remove_if(own_->words.begin(), own_->words.end(), is_filter), own_->words.end());
}

void Context::setOption(const char* option, int value) { setOption(option, std::to_string(value).c_str()); }
void Context::setOption(const char* option, const char* value) {
    own_->add("--" + std::string(option) + "=" + (value == nullptr ? "" : value));
}

bool Context::shouldExit() { return own_->asks; }

int Context::run() {
    last_options().binary_name = String(own_->program);
#if defined(DOCTEST_CONFIG_DISABLE)
    return 0;
#else
    std::vector<const char*> words{own_->program.c_str()};
    for (const std::string& each : own_->words)
        words.push_back(each.c_str());
    const bool is_for_cordon = cordon::detail::is_started_by_cordon();
    const int code = cordon::run(static_cast<int>(words.size()), words.data());
    if (is_for_cordon) std::exit(code);
    return code;
#endif
}

}  // namespace doctest
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

#if defined(DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN) && !defined(CORDON_MAIN)
int main(int argc, char** argv) { return doctest::Context(argc, argv).run(); }
#endif
#endif
#endif
