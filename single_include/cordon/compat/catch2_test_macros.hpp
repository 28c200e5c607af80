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

// ---- cordon/compat/catch2_test_macros.hpp ----

// Tests that were written for Catch2 run as tests of cordon: docs/from-catch2.md.

// ---- cordon/compat/parts/catch2/config.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_CONFIG_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_CONFIG_HPP_

// The settings of Catch2 that a test file defines before it includes one of its headers.

#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#if defined(CORDON_VERSION)
#error "cordon: include Catch2's header before <cordon/cordon.hpp>, or define CORDON_CONFIG_PREFIX_ONLY"
#endif
#define CORDON_CONFIG_PREFIX_ONLY  // CHECK and its like are Catch2's here
#endif

#if defined(CATCH_CONFIG_FALLBACK_STRINGIFIER)
#error "cordon: CATCH_CONFIG_FALLBACK_STRINGIFIER is not supported: write a Catch::StringMaker or an operator<<"
#endif
#if defined(CATCH_CONFIG_DEFAULT_REPORTER)
#error "cordon: CATCH_CONFIG_DEFAULT_REPORTER is not supported: choose a report with --report or CORDON_REPORT"
#endif
#if defined(CATCH_CONFIG_DISABLE_EXCEPTIONS) && !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CONFIG_NO_EXCEPTIONS
#endif

// As in Catch2's single header: main(), or the engine for a main() of the user; neither if the program is linked with
// cordon::main.
#if defined(CORDON_CONFIG_LINKED_ENGINE)
#elif defined(CATCH_CONFIG_MAIN) && !defined(CORDON_MAIN)
#define CORDON_MAIN
#elif defined(CATCH_CONFIG_RUNNER) && !defined(CORDON_IMPLEMENT)
#define CORDON_IMPLEMENT
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

// ---- cordon/compat/parts/catch2/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_EXPANSION_HPP_

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

// ---- cordon/compat/parts/catch2/message.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGE_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGE_HPP_

// ---- cordon/compat/parts/catch2/text.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEXT_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEXT_HPP_

#include <string>
#include <string_view>

// Catch::StringMaker and Catch::Detail::stringify. A value's text is cordon's, unless the user has specialized
// StringMaker.

namespace Catch {

class StringRef {
  public:
    using size_type = std::size_t;
    using const_iterator = const char*;

    constexpr StringRef() noexcept = default;
    StringRef(const char* text) noexcept : start_(text), size_(__builtin_strlen(text)) {}
    constexpr StringRef(const char* text, size_type size) noexcept : start_(text), size_(size) {}
    StringRef(const std::string& text) noexcept : start_(text.data()), size_(text.size()) {}

    explicit operator std::string() const { return std::string(start_, size_); }
    constexpr const char* data() const noexcept { return start_; }
    constexpr size_type size() const noexcept { return size_; }
    constexpr bool empty() const noexcept { return size_ == 0; }
    constexpr const_iterator begin() const { return start_; }
    constexpr const_iterator end() const { return start_ + size_; }
    constexpr char operator[](size_type at) const noexcept { return start_[at]; }

    friend bool operator==(StringRef left, StringRef right) noexcept {
        return std::string_view(left.start_, left.size_) == std::string_view(right.start_, right.size_);
    }
    friend bool operator!=(StringRef left, StringRef right) noexcept { return !(left == right); }
    friend bool operator<(StringRef left, StringRef right) noexcept {
        return std::string_view(left.start_, left.size_) < std::string_view(right.start_, right.size_);
    }
    /// A template, so that <ostream> is needed only where it is used.
    template <typename Stream>
    friend auto operator<<(Stream& out, StringRef text) -> decltype(out.write("", 1)) {
        return out.write(text.data(), static_cast<long>(text.size()));
    }

  private:
    const char* start_ = "";
    size_type size_ = 0;
};

inline namespace literals {
inline StringRef operator""_catch_sr(const char* text, std::size_t size) noexcept { return StringRef(text, size); }
}  // namespace literals

struct SourceLineInfo {
    SourceLineInfo() = default;
    constexpr SourceLineInfo(const char* file_, std::size_t line_) noexcept : file(file_), line(line_) {}

    const char* file = "";
    std::size_t line = 0;
};

namespace cordon_compat {

inline std::string text_from(::cordon::detail::operand_text text) {
    std::string result;
    ::cordon::detail::text_into(text, &result, [](void* to, const char* data, std::size_t size) {
        static_cast<std::string*>(to)->assign(data, size);
    });
    return result;
}

/// What a StringMaker has that is not the user's.
struct own_text {};

}  // namespace cordon_compat

/// The user specializes it to say how a T is shown.
template <typename T, typename = void>
struct StringMaker : cordon_compat::own_text {
    template <typename Value>
    static std::string convert(const Value& value) {
        return cordon_compat::text_from(::cordon::detail::text_of(value));
    }
};

namespace cordon_compat {

template <class T>
inline constexpr bool has_string_maker = !__is_base_of(own_text, StringMaker<T>);

/// As Catch2: a type of the user, and none of the language.
template <class T>
inline constexpr bool may_have_string_maker = ::cordon::detail::is_object<T> || ::cordon::detail::is_enum<T>;

}  // namespace cordon_compat

namespace Detail {

template <typename T>
std::string stringify(const T& value) {
    using type = ::cordon::detail::bare<T>;
    return ::Catch::StringMaker<type>::convert(value);
}
template <std::size_t N>
std::string stringify(const char (&text)[N]) {
    return cordon_compat::text_from(::cordon::detail::text_of(text));
}

const std::string unprintableString = "{?}";

}  // namespace Detail

inline std::string toString(StringRef text) { return std::string(text); }

}  // namespace Catch

namespace cordon {

/// Found by argument-dependent lookup wherever cordon writes a value.
template <class T, detail::only_if<Catch::cordon_compat::may_have_string_maker<T>, int> = 0>
auto to_text(text_sink& out, const T& value) -> detail::only_if<Catch::cordon_compat::has_string_maker<T>> {
    out << Catch::StringMaker<T>::convert(value);
}

}  // namespace cordon
#endif

// INFO, WARN, FAIL and so on take values after <<. Their text is written when something fails, by cordon: a test file
// need not include <ostream>.

namespace Catch {

/// Ends a message, so that it may be empty: stream << + StreamEndStop().
struct StreamEndStop {
    std::string operator+() const { return {}; }
    template <typename T>
    friend const T& operator+(const T& value, StreamEndStop) {
        return value;
    }
};

namespace cordon_compat {

template <bool B>
struct bool_is {
    static constexpr bool value = B;
};

/// A string is text for a text_sink, too.
template <class T>
auto is_string(int) -> decltype(void(T::npos), bool_is<true>());
template <class T>
bool_is<false> is_string(long);

/// True if a std::ostream prints a T, as it does a std::setw(8). False before <ostream> is included.
template <class T>
auto is_streamed(int) -> decltype(void(::cordon::detail::declare<::cordon::detail::stream_of<T>>()
                                       << ::cordon::detail::declare<const T&>()),
                                  bool_is<true>());
template <class T>
bool_is<false> is_streamed(long);

/// The rest of a message, by a std::ostream, so that a manipulator holds for what comes after it.
class streamed_message {
  public:
    template <class T>
    streamed_message(::cordon::text_sink& out, const T& value) : out_(out), stream_(out) {
        *this << value;
    }

    template <class T>
    streamed_message&& operator<<(const T& value) {
        if constexpr (decltype(is_streamed<T>(0))::value) {
            ::cordon::detail::stream_of<T> to = stream_.get();
            to << value;
        } else {
            out_.operator<<(value);
        }
        return static_cast<streamed_message&&>(*this);
    }
    streamed_message&& operator<<(const char* text) { return *this << StringRef(text == nullptr ? "" : text); }
    streamed_message&& operator<<(std::ostream& (*manipulator)(std::ostream&)) {
        manipulator(stream_.get());
        return static_cast<streamed_message&&>(*this);
    }

  private:
    ::cordon::text_sink& out_;
    ::cordon::detail::lasting_stream stream_;
};

/// Writes text as it is. From the first manipulator or object with an operator<< on, a std::ostream writes the rest.
struct message {
    ::cordon::text_sink& out;

    message operator<<(const char* text) const {
        if (text != nullptr) out << text;
        return *this;
    }
    message operator<<(StringRef text) const {
        out.write(text.data(), text.size());
        return *this;
    }
    streamed_message operator<<(std::ios_base& (*manipulator)(std::ios_base&)) const { return {out, manipulator}; }
    streamed_message operator<<(std::ostream& (*manipulator)(std::ostream&)) const { return {out, manipulator}; }
    template <class T>
    auto operator<<(const T& value) const {
        if constexpr (::cordon::detail::is_object<T> && !decltype(is_string<T>(0))::value &&
                      decltype(is_streamed<T>(0))::value) {
            return streamed_message(out, value);
        } else {
            out.operator<<(value);
            return *this;
        }
    }
};

template <class F>
std::string written(const F& writer) {
    return text_from(::cordon::detail::text_by(writer));
}

}  // namespace cordon_compat
}  // namespace Catch

// A lambda that writes the message. The second form's message may be empty.
#define CORDON_CATCH2_WRITER_(unique, ...)                                           \
    [&](::cordon::text_sink& CORDON_CONCAT(unique, _out)) {                          \
        ::Catch::cordon_compat::message{CORDON_CONCAT(unique, _out)} << __VA_ARGS__; \
    }
#define CORDON_CATCH2_MAY_BE_EMPTY_(unique, ...) CORDON_CATCH2_WRITER_(unique, __VA_ARGS__ + ::Catch::StreamEndStop())
#define CORDON_CATCH2_TEXT_(unique, ...) ::cordon::detail::text_by(CORDON_CATCH2_MAY_BE_EMPTY_(unique, __VA_ARGS__))
#endif

// ---- cordon/compat/parts/catch2/registration.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_REGISTRATION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_REGISTRATION_HPP_

// How Catch2's tests become tests of cordon.

namespace Catch::cordon_compat {

/// The first decorator of every test: its name may be another test's name, too, as in Catch2, which tells tests apart
/// by their tags.
inline constexpr ::cordon::detail::decorator shared_name{::cordon::detail::decoration::shares_name, nullptr, 1};

template <class F>
F* method_of(F*);

/// The object of a TEST_CASE_METHOD lives for one pass through the test.
template <class C>
void call_method(void (C::*method)()) {
    C object;
    (object.*method)();
}

}  // namespace Catch::cordon_compat

// Catch2's arguments are the name and the tags in brackets; cordon reads two strings just so.
#define CORDON_CATCH2_REGISTER_(name, body, ...)                                                            \
    CORDON_GLOBAL_BEGIN_                                                                                    \
    namespace {                                                                                             \
    const ::cordon::detail::decorator CORDON_CONCAT(name, _items)[] = {::Catch::cordon_compat::shared_name, \
                                                                       __VA_ARGS__};                        \
    const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                                          \
        body, {__FILE__, __LINE__}, nullptr, CORDON_CONCAT(name, _items), CORDON_CATCH2_COUNT_(name)};      \
    }                                                                                                       \
    CORDON_GLOBAL_END_
#define CORDON_CATCH2_COUNT_(name) sizeof(CORDON_CONCAT(name, _items)) / sizeof(::cordon::detail::decorator)

#define CORDON_CATCH2_TEST_CASE_(name, ...)           \
    static void name(const void*);                    \
    CORDON_CATCH2_REGISTER_(name, &name, __VA_ARGS__) \
    static void name(const void*)

#define CORDON_CATCH2_METHOD_(name, kind, fixture, ...)            \
    namespace {                                                    \
    struct CORDON_CONCAT(name, _fixture) : CORDON_BARE_(fixture) { \
        void cordon_body();                                        \
    };                                                             \
    }                                                              \
    static void name(const void*) {                                \
        kind CORDON_CONCAT(name, _fixture) cordon_object;          \
        cordon_object.cordon_body();                               \
    }                                                              \
    CORDON_CATCH2_REGISTER_(name, &name, __VA_ARGS__)              \
    void CORDON_CONCAT(name, _fixture)::cordon_body()

// In any scope; in a function, its first call registers the test.
#define CORDON_CATCH2_REGISTER_CALL_(name, call, ...)                                                                  \
    CORDON_GLOBAL_BEGIN_                                                                                               \
    [[maybe_unused]] static const bool name = [] {                                                                     \
        static const ::cordon::detail::decorator CORDON_CONCAT(name, _items)[] = {::Catch::cordon_compat::shared_name, \
                                                                                  __VA_ARGS__};                        \
        static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){[](const void*) { call; },                \
                                                                             {__FILE__, __LINE__},                     \
                                                                             nullptr,                                  \
                                                                             CORDON_CONCAT(name, _items),              \
                                                                             CORDON_CATCH2_COUNT_(name)};              \
        return true;                                                                                                   \
    }();                                                                                                               \
    CORDON_GLOBAL_END_
#endif

// How the macros of macros.hpp expand. What Catch2 and cordon have in common is cordon's.

namespace Catch::cordon_compat {

/// The program takes Catch2's options.
[[maybe_unused]] inline const bool understands_options =
    ::cordon::detail::understand(::cordon::detail::command_words::catch2);

/// What the last CHECKED_IF of this thread came to.
inline CORDON_THREAD_LOCAL bool last_held = false;

inline void keep(const ::cordon::detail::outcome& result) {
    last_held = result.is == ::cordon::detail::outcome::passed;
}

}  // namespace Catch::cordon_compat

#define CATCH_REGISTER_TAG_ALIAS(tag, ...) CORDON_CATCH2_TAG_ALIAS_(CORDON_UNIQUE(cordon_alias_), tag, __VA_ARGS__)
#define CORDON_CATCH2_TAG_ALIAS_(name, tag, ...)                                 \
    CORDON_GLOBAL_BEGIN_                                                         \
    static_assert(tag[0] == '[' && tag[1] == '@' && tag[sizeof(tag) - 2] == ']', \
                  "cordon: a tag alias of Catch2 has the form [@name]");         \
    static const ::cordon::detail::spec_alias name{tag, __VA_ARGS__};            \
    CORDON_GLOBAL_END_

// Test files use these, too.
#define CATCH_INTERNAL_START_WARNINGS_SUPPRESSION CORDON_GLOBAL_BEGIN_
#define CATCH_INTERNAL_STOP_WARNINGS_SUPPRESSION CORDON_GLOBAL_END_
#define CATCH_INTERNAL_SUPPRESS_GLOBALS_WARNINGS
#define CATCH_INTERNAL_SUPPRESS_UNUSED_VARIABLE_WARNINGS

#define CORDON_CATCH2_KEEP_(site, ...)         \
    ::Catch::cordon_compat::last_held = false; \
    CORDON_RUN_(site, __VA_ARGS__; ::Catch::cordon_compat::keep(CORDON_CONCAT(site, _outcome)))

#define CORDON_CATCH2_FAIL_(site, level, macro, text, then, ...)                      \
    do {                                                                              \
        CORDON_SITE_(site, level, false, macro, text);                                \
        ::cordon::detail::fail_message(site, CORDON_CATCH2_TEXT_(site, __VA_ARGS__)); \
        then;                                                                         \
    } while (false)

#define CORDON_CATCH2_SUCCEED_(site, ...)                                  \
    do {                                                                   \
        static_cast<void>(CORDON_CATCH2_MAY_BE_EMPTY_(site, __VA_ARGS__)); \
        CORDON_SITE_(site, check, false, "SUCCEED", "");                   \
        ::cordon::detail::pass(site);                                      \
    } while (false)

#define CORDON_CATCH2_SKIP_(site, text, ...)                                       \
    do {                                                                           \
        CORDON_SITE_(site, require, false, "SKIP", text);                          \
        ::cordon::detail::skip_test(site, CORDON_CATCH2_TEXT_(site, __VA_ARGS__)); \
    } while (false)

#define CORDON_CATCH2_SECTION_(unique, ...) \
    if (const ::cordon::detail::subcase unique{CORDON_FIRST_(__VA_ARGS__), __FILE__, __LINE__})
#define CORDON_CATCH2_DYNAMIC_SECTION_(unique, ...) \
    if (const ::cordon::detail::subcase unique{     \
            ::Catch::cordon_compat::written(CORDON_CATCH2_WRITER_(unique, __VA_ARGS__)), __FILE__, __LINE__})

#if defined(CATCH_CONFIG_RUNTIME_STATIC_REQUIRE)
#define CORDON_CATCH2_STATIC_(macro, site, text, run, level, negated, ...) \
    CORDON_ASSERT_(run, level, negated, macro, text, site, __VA_ARGS__)
#else
#define CORDON_CATCH2_STATIC_(macro, site, text, run, level, negated, ...) \
    CORDON_STATIC_(macro, site, text, (__VA_ARGS__) != negated)
#endif
#endif

// ---- cordon/compat/parts/catch2/test_info.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEST_INFO_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TEST_INFO_HPP_

#include <cstdint>
#include <cstdlib>

// What a test may ask about itself and the run.

namespace Catch {

struct CaseSensitive {
    enum Choice { Yes, No };
};

/// The seed of the run, CORDON_SEED, in 32 bits.
inline std::uint32_t getSeed() {
    const char* const seed = std::getenv("CORDON_SEED");
    return seed == nullptr ? 0 : static_cast<std::uint32_t>(std::strtoull(seed, nullptr, 0));
}
inline std::uint32_t rngSeed() { return getSeed(); }

struct IResultCapture {
    std::string getCurrentTestName() const {
        const char* const name = std::getenv("CORDON_TEST_NAME");
        return name == nullptr ? std::string() : std::string(name);
    }
};

inline IResultCapture& getResultCapture() {
    static IResultCapture only;
    return only;
}

struct IConfig {
    std::uint32_t rngSeed() const { return getSeed(); }
};

struct IContext {
    IResultCapture* getResultCapture() const { return &Catch::getResultCapture(); }
    const IConfig* getConfig() const {
        static const IConfig only;
        return &only;
    }
};

inline IContext& getCurrentContext() {
    static IContext only;
    return only;
}
inline IContext& getCurrentMutableContext() { return getCurrentContext(); }

}  // namespace Catch
#endif

// ---- cordon/compat/parts/catch2/to_string.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TO_STRING_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TO_STRING_HPP_

// CATCH_REGISTER_ENUM: the names of enumerators.

namespace Catch::cordon_compat {

/// The name of the enumerator with this value, from "space::kind::first, kind::second" and their values.
inline std::string enumerator_name(std::string_view names, const long long* values, std::size_t count,
                                   long long wanted) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t comma = names.find(',');
        if (values[i] == wanted) {
            std::string_view name = names.substr(0, comma);
            while (!name.empty() && name.back() == ' ')
                name.remove_suffix(1);
            return std::string(name.substr(name.find_last_of(": ") + 1));
        }
        if (comma == std::string_view::npos) break;
        names.remove_prefix(comma + 1);
    }
    return "{** unexpected enum value **}";
}

}  // namespace Catch::cordon_compat

#define CATCH_REGISTER_ENUM(type, ...)                                                     \
    namespace Catch {                                                                      \
    template <>                                                                            \
    struct StringMaker<type> {                                                             \
        static std::string convert(const type& value) {                                    \
            constexpr type all[] = {__VA_ARGS__};                                          \
            constexpr std::size_t count = sizeof(all) / sizeof(all[0]);                    \
            long long values[count] = {};                                                  \
            for (std::size_t i = 0; i < count; ++i)                                        \
                values[i] = static_cast<long long>(all[i]);                                \
            return ::Catch::cordon_compat::enumerator_name(#__VA_ARGS__, values, count,    \
                                                           static_cast<long long>(value)); \
        }                                                                                  \
    };                                                                                     \
    }
#endif

// ---- cordon/compat/parts/catch2/translator.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TRANSLATOR_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_TRANSLATOR_HPP_

// CATCH_TRANSLATE_EXCEPTION: the text of exceptions of the user.

namespace Catch::cordon_compat {

struct exception_translator : ::cordon::detail::exception_translator {
#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
    template <class T>
    explicit exception_translator(std::string (*function_)(T)) noexcept
        : ::cordon::detail::exception_translator(reinterpret_cast<::cordon::detail::any_function>(function_),
                                                 &translates<T>) {}

    /// False if the current exception has another type.
    template <class T>
    static bool translates(::cordon::text_sink& out, ::cordon::detail::any_function translator) {
        try {
            throw;
        } catch (T caught) {
            out << reinterpret_cast<std::string (*)(T)>(translator)(caught);
            return true;
        } catch (...) {
            return false;
        }
    }
#endif
};

}  // namespace Catch::cordon_compat

#if defined(CORDON_CONFIG_NO_EXCEPTIONS) || defined(CATCH_CONFIG_DISABLE)
#define CORDON_CATCH2_TRANSLATE_(name, ...) [[maybe_unused]] static std::string name(__VA_ARGS__)
#else
#define CORDON_CATCH2_TRANSLATE_(name, ...)                                                       \
    static std::string name(__VA_ARGS__);                                                         \
    CORDON_GLOBAL_BEGIN_                                                                          \
    static const ::Catch::cordon_compat::exception_translator CORDON_CONCAT(name, _entry){&name}; \
    CORDON_GLOBAL_END_                                                                            \
    static std::string name(__VA_ARGS__)
#endif
#define CATCH_TRANSLATE_EXCEPTION(...) CORDON_CATCH2_TRANSLATE_(CORDON_UNIQUE(cordon_translator_), __VA_ARGS__)
#endif
#if defined(CATCH_CONFIG_DISABLE)

// ---- cordon/compat/parts/catch2/disabled/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_EXPANSION_HPP_

// CATCH_CONFIG_DISABLE: tests are compiled as functions that nobody calls, assertions as nothing.

#define CORDON_CATCH2_NOTHING_ static_cast<void>(0)
#define CORDON_CATCH2_UNUSED_(name) [[maybe_unused]] static void name()
#define CORDON_CATCH2_UNUSED_METHOD_(name, fixture)                \
    namespace {                                                    \
    struct CORDON_CONCAT(name, _fixture) : CORDON_BARE_(fixture) { \
        void cordon_body();                                        \
    };                                                             \
    }                                                              \
    void CORDON_CONCAT(name, _fixture)::cordon_body()
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/disabled/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_MACROS_HPP_

// The macros under CATCH_CONFIG_DISABLE.

#define CATCH_METHOD_AS_TEST_CASE(...) static_assert(true, "disabled")
#define CATCH_REGISTER_TEST_CASE(...) static_assert(true, "disabled")
#define CATCH_TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define CATCH_ANON_TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define CATCH_SCENARIO(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define CATCH_TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define CATCH_TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) \
    CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define CATCH_SCENARIO_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define CATCH_SECTION(...) if (false)
#define CATCH_DYNAMIC_SECTION(...) if (false)
#define CATCH_GIVEN(...) if (false)
#define CATCH_AND_GIVEN(...) if (false)
#define CATCH_WHEN(...) if (false)
#define CATCH_AND_WHEN(...) if (false)
#define CATCH_THEN(...) if (false)
#define CATCH_AND_THEN(...) if (false)
#define CATCH_CHECKED_IF(...) if (__VA_ARGS__)
#define CATCH_CHECKED_ELSE(...) if (!(__VA_ARGS__))
#define CATCH_CHECK(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_NOFAIL(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_THROWS(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define CATCH_CHECK_THAT(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_THROWS(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define CATCH_REQUIRE_THAT(...) CORDON_CATCH2_NOTHING_
#define CATCH_STATIC_REQUIRE(...) CORDON_CATCH2_NOTHING_
#define CATCH_STATIC_REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define CATCH_STATIC_CHECK(...) CORDON_CATCH2_NOTHING_
#define CATCH_STATIC_CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define CATCH_FAIL(...) CORDON_CATCH2_NOTHING_
#define CATCH_FAIL_CHECK(...) CORDON_CATCH2_NOTHING_
#define CATCH_SUCCEED(...) CORDON_CATCH2_NOTHING_
#define CATCH_SKIP(...) CORDON_CATCH2_NOTHING_
#define CATCH_INFO(...) CORDON_CATCH2_NOTHING_
#define CATCH_UNSCOPED_INFO(...) CORDON_CATCH2_NOTHING_
#define CATCH_WARN(...) CORDON_CATCH2_NOTHING_
#define CATCH_CAPTURE(...) CORDON_CATCH2_NOTHING_
#endif
#else

// ---- cordon/compat/parts/catch2/disabled/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_DISABLED_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define METHOD_AS_TEST_CASE(...) static_assert(true, "disabled")
#define REGISTER_TEST_CASE(...) static_assert(true, "disabled")
#define TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define ANON_TEST_CASE(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define SCENARIO(...) CORDON_CATCH2_UNUSED_(CORDON_UNIQUE(cordon_test_))
#define TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define SCENARIO_METHOD(fixture, ...) CORDON_CATCH2_UNUSED_METHOD_(CORDON_UNIQUE(cordon_test_), fixture)
#define SECTION(...) if (false)
#define DYNAMIC_SECTION(...) if (false)
#define GIVEN(...) if (false)
#define AND_GIVEN(...) if (false)
#define WHEN(...) if (false)
#define AND_WHEN(...) if (false)
#define THEN(...) if (false)
#define AND_THEN(...) if (false)
#define CHECKED_IF(...) if (__VA_ARGS__)
#define CHECKED_ELSE(...) if (!(__VA_ARGS__))
#define CHECK(...) CORDON_CATCH2_NOTHING_
#define CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define CHECK_NOFAIL(...) CORDON_CATCH2_NOTHING_
#define CHECK_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define CHECK_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define CHECK_THAT(...) CORDON_CATCH2_NOTHING_
#define REQUIRE(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_NOTHROW(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_AS(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_WITH(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THROWS_MATCHES(...) CORDON_CATCH2_NOTHING_
#define REQUIRE_THAT(...) CORDON_CATCH2_NOTHING_
#define STATIC_REQUIRE(...) CORDON_CATCH2_NOTHING_
#define STATIC_REQUIRE_FALSE(...) CORDON_CATCH2_NOTHING_
#define STATIC_CHECK(...) CORDON_CATCH2_NOTHING_
#define STATIC_CHECK_FALSE(...) CORDON_CATCH2_NOTHING_
#define FAIL(...) CORDON_CATCH2_NOTHING_
#define FAIL_CHECK(...) CORDON_CATCH2_NOTHING_
#define SUCCEED(...) CORDON_CATCH2_NOTHING_
#define SKIP(...) CORDON_CATCH2_NOTHING_
#define INFO(...) CORDON_CATCH2_NOTHING_
#define UNSCOPED_INFO(...) CORDON_CATCH2_NOTHING_
#define WARN(...) CORDON_CATCH2_NOTHING_
#define CAPTURE(...) CORDON_CATCH2_NOTHING_
#endif
#endif
#else
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MACROS_HPP_

// Catch2's macros with the prefix that CATCH_CONFIG_PREFIX_ALL asks for. short_macros.hpp has them without it.

// ---- registration ----

#define CATCH_TEST_CASE(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define CATCH_ANON_TEST_CASE() CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "")
#define CATCH_TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, __VA_ARGS__)
#define CATCH_TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) \
    CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), static, fixture, __VA_ARGS__)
#define CATCH_METHOD_AS_TEST_CASE(method, ...) \
    CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), ::cordon::detail::run_method(&method), __VA_ARGS__)
#define CATCH_REGISTER_TEST_CASE(function, ...) \
    CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), function(), __VA_ARGS__)
#define CATCH_SECTION(...) CORDON_CATCH2_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CATCH_DYNAMIC_SECTION(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define CATCH_SCENARIO(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define CATCH_SCENARIO_METHOD(fixture, ...) \
    CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, "Scenario: " __VA_ARGS__)
#define CATCH_GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Given: " << __VA_ARGS__)
#define CATCH_AND_GIVEN(...) \
    CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And given: " << __VA_ARGS__)
#define CATCH_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "When: " << __VA_ARGS__)
#define CATCH_AND_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And when: " << __VA_ARGS__)
#define CATCH_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Then: " << __VA_ARGS__)
#define CATCH_AND_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And: " << __VA_ARGS__)

// ---- assertions ----

#define CATCH_CHECK(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_FALSE(...) \
    CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_NOFAIL(...) \
    CORDON_ASSERT_(CORDON_RUN_, warn, false, "CHECK_NOFAIL", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECKED_IF(...)                                                                                 \
    CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_IF", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__);                                                                              \
    if (::Catch::cordon_compat::last_held)
#define CATCH_CHECKED_ELSE(...)                                                                                 \
    CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_ELSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__);                                                                                \
    if (!::Catch::cordon_compat::last_held)
#define CATCH_CHECK_NOTHROW(...) \
    CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS(...) \
    CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS_AS(expression, ...)                                                              \
    CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CATCH_REQUIRE(...)                                                                                     \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CATCH_REQUIRE_FALSE(...)                                                                                    \
    CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                   __VA_ARGS__)
#define CATCH_REQUIRE_NOTHROW(...)                                                                               \
    CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                    __VA_ARGS__)
#define CATCH_REQUIRE_THROWS(...) \
    CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_AS(expression, ...)                                                                \
    CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      (expression), __VA_ARGS__)
#define CATCH_STATIC_REQUIRE(...)                                                                                     \
    CORDON_CATCH2_STATIC_("STATIC_REQUIRE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, require, \
                          false, __VA_ARGS__)
#define CATCH_STATIC_REQUIRE_FALSE(...)                                                                            \
    CORDON_CATCH2_STATIC_("STATIC_REQUIRE_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, \
                          require, true, __VA_ARGS__)
#define CATCH_STATIC_CHECK(...)                                                                                 \
    CORDON_CATCH2_STATIC_("STATIC_CHECK", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_, check, false, \
                          __VA_ARGS__)
#define CATCH_STATIC_CHECK_FALSE(...)                                                                                \
    CORDON_CATCH2_STATIC_("STATIC_CHECK_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, CORDON_RUN_, check, true, \
                          __VA_ARGS__)
#define CATCH_FAIL(...)                                                                                             \
    CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), require, "FAIL", #__VA_ARGS__, ::cordon::detail::leave_test(), \
                        __VA_ARGS__)
#define CATCH_FAIL_CHECK(...) \
    CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), check, "FAIL_CHECK", #__VA_ARGS__, , __VA_ARGS__)
#define CATCH_SUCCEED(...) CORDON_CATCH2_SUCCEED_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_SKIP(...) CORDON_CATCH2_SKIP_(CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
#endif
#else

// ---- cordon/compat/parts/catch2/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define TEST_CASE(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), __VA_ARGS__)
#define ANON_TEST_CASE() CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "")
#define TEST_CASE_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, __VA_ARGS__)
#define TEST_CASE_PERSISTENT_FIXTURE(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), static, fixture, \
    __VA_ARGS__)
#define METHOD_AS_TEST_CASE(method, ...) CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), \
    ::cordon::detail::run_method(&method), __VA_ARGS__)
#define REGISTER_TEST_CASE(function, ...) CORDON_CATCH2_REGISTER_CALL_(CORDON_UNIQUE(cordon_test_), function(), \
    __VA_ARGS__)
#define SECTION(...) CORDON_CATCH2_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define DYNAMIC_SECTION(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), __VA_ARGS__)
#define SCENARIO(...) CORDON_CATCH2_TEST_CASE_(CORDON_UNIQUE(cordon_test_), "Scenario: " __VA_ARGS__)
#define SCENARIO_METHOD(fixture, ...) CORDON_CATCH2_METHOD_(CORDON_UNIQUE(cordon_test_), , fixture, "Scenario: " \
    __VA_ARGS__)
#define GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Given: " << __VA_ARGS__)
#define AND_GIVEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And given: " << __VA_ARGS__)
#define WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "When: " << __VA_ARGS__)
#define AND_WHEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And when: " << __VA_ARGS__)
#define THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "Then: " << __VA_ARGS__)
#define AND_THEN(...) CORDON_CATCH2_DYNAMIC_SECTION_(CORDON_UNIQUE(cordon_subcase_), "And: " << __VA_ARGS__)
#define CHECK(...) CORDON_ASSERT_(CORDON_RUN_, check, false, "CHECK", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_FALSE(...) CORDON_ASSERT_(CORDON_RUN_, check, true, "CHECK_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_NOFAIL(...) CORDON_ASSERT_(CORDON_RUN_, warn, false, "CHECK_NOFAIL", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECKED_IF(...) CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_IF", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__); if (::Catch::cordon_compat::last_held)
#define CHECKED_ELSE(...) CORDON_ASSERT_(CORDON_CATCH2_KEEP_, warn, false, "CHECKED_ELSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__); if (!::Catch::cordon_compat::last_held)
#define CHECK_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_, check, "CHECK_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_THROWS(...) CORDON_THROWS_(check, "CHECK_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define CHECK_THROWS_AS(expression, ...) CORDON_THROWS_AS_(check, "CHECK_THROWS_AS", #expression ", " #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, false, "REQUIRE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_FALSE(...) CORDON_ASSERT_(CORDON_RUN_OR_LEAVE_, require, true, "REQUIRE_FALSE", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_NOTHROW(...) CORDON_NOTHROW_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_NOTHROW", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_THROWS(...) CORDON_THROWS_(require, "REQUIRE_THROWS", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    __VA_ARGS__)
#define REQUIRE_THROWS_AS(expression, ...) CORDON_THROWS_AS_(require, "REQUIRE_THROWS_AS", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define STATIC_REQUIRE(...) CORDON_CATCH2_STATIC_("STATIC_REQUIRE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_OR_LEAVE_, require, false, __VA_ARGS__)
#define STATIC_REQUIRE_FALSE(...) CORDON_CATCH2_STATIC_("STATIC_REQUIRE_FALSE", CORDON_UNIQUE(cordon_site_), \
    #__VA_ARGS__, CORDON_RUN_OR_LEAVE_, require, true, __VA_ARGS__)
#define STATIC_CHECK(...) CORDON_CATCH2_STATIC_("STATIC_CHECK", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_, check, false, __VA_ARGS__)
#define STATIC_CHECK_FALSE(...) CORDON_CATCH2_STATIC_("STATIC_CHECK_FALSE", CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, \
    CORDON_RUN_, check, true, __VA_ARGS__)
#define FAIL(...) CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), require, "FAIL", #__VA_ARGS__, \
    ::cordon::detail::leave_test(), __VA_ARGS__)
#define FAIL_CHECK(...) CORDON_CATCH2_FAIL_(CORDON_UNIQUE(cordon_site_), check, "FAIL_CHECK", #__VA_ARGS__, , \
    __VA_ARGS__)
#define SUCCEED(...) CORDON_CATCH2_SUCCEED_(CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define SKIP(...) CORDON_CATCH2_SKIP_(CORDON_UNIQUE(cordon_site_), #__VA_ARGS__, __VA_ARGS__)
#endif
#endif
#if defined(CATCH_CONFIG_PREFIX_ALL) || defined(CATCH_CONFIG_PREFIX_MESSAGES)

// ---- cordon/compat/parts/catch2/messages/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGES_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGES_MACROS_HPP_

// The macros that CATCH_CONFIG_PREFIX_MESSAGES concerns.

#define CATCH_INFO(...) \
    const auto CORDON_UNIQUE(cordon_info_) = ::cordon::detail::info_by(CORDON_CATCH2_WRITER_(cordon_info, __VA_ARGS__))
#define CATCH_UNSCOPED_INFO(...) ::cordon::detail::add_unscoped_info(CORDON_CATCH2_TEXT_(cordon_info, __VA_ARGS__))
#define CATCH_WARN(...) ::cordon::detail::log_text(CORDON_CATCH2_TEXT_(cordon_info, "warning: " << __VA_ARGS__))
#define CATCH_CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
#endif
#else

// ---- cordon/compat/parts/catch2/messages/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGES_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MESSAGES_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define INFO(...) const auto CORDON_UNIQUE(cordon_info_) = \
    ::cordon::detail::info_by(CORDON_CATCH2_WRITER_(cordon_info, __VA_ARGS__))
#define UNSCOPED_INFO(...) ::cordon::detail::add_unscoped_info(CORDON_CATCH2_TEXT_(cordon_info, __VA_ARGS__))
#define WARN(...) ::cordon::detail::log_text(CORDON_CATCH2_TEXT_(cordon_info, "warning: " << __VA_ARGS__))
#define CAPTURE(...) CORDON_CAPTURE_(CORDON_UNIQUE(cordon_info_), #__VA_ARGS__, __VA_ARGS__)
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
