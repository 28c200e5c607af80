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

// ---- cordon/matchers.hpp ----

// Matchers: CHECK_THAT(value, matcher) says in words what was expected, and why the value does not match.
//
//     using namespace cordon::matchers;
//     CHECK_THAT(name, starts_with("a") && !contains(" "));

#include "cordon.hpp"

CORDON_SILENCE_BEGIN

// ---- cordon/api/matchers/equality.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_EQUALITY_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_EQUALITY_HPP_

// ---- cordon/api/matchers/matcher.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_MATCHER_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_MATCHER_HPP_

// What every matcher has: its words, its reasons, and && || !. A matcher is a class with
//
//     bool matches(const T& value) const;
//     void describe(cordon::text_sink& out) const;                     // "is even"; or std::string describe() const
//     void explain(cordon::text_sink& out, const T& value) const;      // may be missing: why `value` does not match
//
// The value is passed as an lvalue. A failed assertion may call all of them again.

namespace cordon::matchers {

/// The base of cordon's matchers. It lets && || ! find them. A matcher of the user may have it, too.
struct matcher {};

}  // namespace cordon::matchers

namespace cordon::detail::matching {

template <class M>
auto has_words(rank<1>, const M& matcher, text_sink& out) -> decltype(void(matcher.describe(out)), enable<true, M>());
template <class M>
auto has_words(rank<0>, const M& matcher, text_sink&) -> decltype(void(matcher.describe()), enable<true, M>());
template <class M>
enable<false, M> has_words(rank<0>, const volatile M&, ...);

/// Derived from matchers::matcher, or with a member `describe`.
template <class M>
inline constexpr bool is_matcher =
    is_object<M>&& is_same<decltype(has_words(rank<1>(), declare<const M&>(), declare<text_sink&>())), enable<true, M>>;

template <class M>
auto write_words(rank<1>, text_sink& out, const M& matcher) -> decltype(void(matcher.describe(out))) {
    matcher.describe(out);
}
template <class M>
auto write_words(rank<0>, text_sink& out, const M& matcher) -> decltype(void(matcher.describe())) {
    out << matcher.describe();
}
template <class M>
void describe(text_sink& out, const M& matcher) {
    write_words(rank<1>(), out, matcher);
}

template <class M, class V>
auto is_taken(rank<1>, const M& matcher, V& value)
    -> decltype(void(static_cast<bool>(matcher.matches(value))), enable<true, V>());
template <class M, class V>
enable<false, V> is_taken(rank<0>, const M&, V&);
template <class M, class V>
inline constexpr bool takes =
    is_same<decltype(is_taken(rank<1>(), declare<const M&>(), declare<V&>())), enable<true, V>>;

template <class M, class V>
CORDON_CONSTEXPR bool accepts(const M& matcher, V& value) {
    if constexpr (takes<M, V>) {
        return static_cast<bool>(matcher.matches(value));
    } else {
        static_assert(never<V>, "cordon: the matcher has no `bool matches(const T&) const` that takes this value");
        return false;
    }
}

template <class M, class V>
auto write_reason(rank<2>, text_sink& out, const M& matcher, V& value) -> decltype(void(matcher.explain(out, value))) {
    matcher.explain(out, value);
}
template <class M, class V>
auto write_reason(rank<1>, text_sink& out, const M& matcher, V& value)
    -> decltype(void(out << matcher.explain(value))) {
    out << matcher.explain(value);
}
template <class M, class V>
void write_reason(rank<0>, text_sink&, const M&, V&) {}

/// Writes why `value` does not match, if there is more to say than that.
template <class M, class V>
void explain(text_sink& out, const M& matcher, V& value) {
    write_reason(rank<2>(), out, matcher, value);
}

/// Writes a reason if it is not empty, after a separator if `any`. True if there is a reason now.
bool add_reason(text_sink& out, operand_text reason, bool any);

// ---- && || ! ----

/// Both parts (All), or at least one of them.
template <class L, class R, bool All>
struct joined : matchers::matcher {
    CORDON_CONSTEXPR joined(const L& left_, const R& right_) : left(left_), right(right_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        return accepts(left, value) == All ? accepts(right, value) : !All;
    }
    void describe(text_sink& out) const {
        write_part(out, left);
        out << (All ? " and " : " or ");
        write_part(out, right);
    }
    template <class V>
    void explain(text_sink& out, V& value) const {
        bool any = false;
        if (!All || !accepts(left, value))
            any = add_reason(out, text_by([&](text_sink& to) { matching::explain(to, left, value); }), any);
        if (!All || !accepts(right, value))
            add_reason(out, text_by([&](text_sink& to) { matching::explain(to, right, value); }), any);
    }

    L left;
    R right;

  private:
    template <class A, class B>
    static void write_part(text_sink& out, const joined<A, B, All>& part) {
        part.describe(out);
    }
    template <class A, class B>
    static void write_part(text_sink& out, const joined<A, B, !All>& part) {
        out << '(';
        part.describe(out);
        out << ')';
    }
    template <class M>
    static void write_part(text_sink& out, const M& part) {
        matching::describe(out, part);
    }
};

template <class M>
struct opposite : matchers::matcher {
    explicit CORDON_CONSTEXPR opposite(const M& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        return !accepts(inner, value);
    }
    void describe(text_sink& out) const {
        out << "not (";
        matching::describe(out, inner);
        out << ')';
    }

    M inner;
};

template <class A, class B>
using if_matchers = only_if<is_matcher<A> && is_matcher<B>, int>;

// ---- CHECK_THAT ----

/// A matcher that does not match: the functions that write what the engine reports.
struct mismatch {
    operand_text value;
    operand_text words;
    operand_text reason;
};

/// Records the failure of CHECK_THAT(value, matcher).
void fail_match(const assertion_site& site, const mismatch& what) noexcept;

template <class V, class M>
CORDON_COLD outcome tell_mismatch(const assertion_site& site, V& value, const M& matcher) noexcept {
    const auto words = [&](text_sink& out) { describe(out, matcher); };
    const auto reason = [&](text_sink& out) { explain(out, matcher, value); };
    fail_match(site, {text_of(value), text_by(words), text_by(reason)});
    return outcome{outcome::failed};
}

template <class V, class M>
CORDON_CONSTEXPR outcome check_value(const assertion_site& site, V& value, const M& matcher) {
    if (CORDON_LIKELY(accepts(matcher, value))) return pass(site);
    return tell_mismatch(site, value, matcher);
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

template <class L, class R, detail::matching::if_matchers<L, R> = 0>
CORDON_CONSTEXPR detail::matching::joined<L, R, true> operator&&(const L& left, const R& right) {
    return {left, right};
}
template <class L, class R, detail::matching::if_matchers<L, R> = 0>
CORDON_CONSTEXPR detail::matching::joined<L, R, false> operator||(const L& left, const R& right) {
    return {left, right};
}
template <class M, detail::matching::if_matchers<M, M> = 0>
CORDON_CONSTEXPR detail::matching::opposite<M> operator!(const M& matcher) {
    return detail::matching::opposite<M>(matcher);
}

}  // namespace cordon::matchers
#endif

// ---- cordon/api/matchers/plain_text.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_PLAIN_TEXT_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_PLAIN_TEXT_HPP_

// Texts of any type as bytes, and what the engine does with them.

namespace cordon::matchers {

enum class text_case : unsigned char { kept, ignored };
/// Argument of the matchers for texts: ASCII letters match in upper and lower case.
inline constexpr text_case ignoring_case = text_case::ignored;

}  // namespace cordon::matchers

namespace cordon::detail::matching {

/// The bytes of a text. `data` is null for a null pointer.
struct text_bytes {
    const char* data;
    size_t size;
};

template <class T>
auto text_kind(rank<1>, const T& text)
    -> decltype(void(T::npos), take_text(text.data()), void(text.size()), enable<true, T>());
template <class T>
enable<false, T> text_kind(rank<0>, const T&);

/// std::string and string_view with char, classes like them, char* and arrays of char.
template <class T>
inline constexpr bool is_text = is_same<decltype(text_kind(rank<1>(), declare<const T&>())), enable<true, bare<T>>>;
template <>
inline constexpr bool is_text<char*> = true;
template <>
inline constexpr bool is_text<const char*> = true;
template <>
inline constexpr bool is_text<char* const> = true;
template <>
inline constexpr bool is_text<const char* const> = true;
template <size_t N>
inline constexpr bool is_text<char[N]> = true;
template <size_t N>
inline constexpr bool is_text<const char[N]> = true;

template <class T>
text_bytes plain_text(const T& text) {
    return {text.data(), static_cast<size_t>(text.size())};
}
inline text_bytes plain_text(const char* text) { return {text, text == nullptr ? 0 : __builtin_strlen(text)}; }
/// An array is read up to its first zero, or to its end.
template <size_t N>
text_bytes plain_text(const char (&text)[N]) {
    size_t size = 0;
    while (size < N && text[size] != '\0')
        ++size;
    return {text, size};
}

/// An array of the user, which must live as long as the matcher.
template <class T, size_t N>
struct array_view {
    array_view(const T (&array_)[N]) : array(array_) {}
    const T* begin() const { return array; }
    const T* end() const { return array + N; }

    const T* array;
};

template <class T, size_t N, bool IsText>
struct held_type_of_array {
    using type = array_view<T, N>;
};
template <class T, size_t N>
struct held_type_of_array<T, N, true> {
    using type = const T*;
};
template <class T>
struct held_type {
    using type = T;
};
template <class T, size_t N>
struct held_type<T[N]> : held_type_of_array<T, N, is_text_unit<T>> {};
/// How a matcher keeps a value: as a copy, or as a pointer into an array.
template <class T>
using held = typename held_type<T>::type;

/// What of a text is compared.
enum class extent : unsigned char { whole, inside, start, end };

/// A text that a matcher expects.
struct expected_text {
    text_bytes text;
    extent where;
    matchers::text_case letters;
};

/// A null pointer matches only null, and only as a whole.
bool has_text(text_bytes value, const expected_text& expected) noexcept;
void describe_text(text_sink& out, const expected_text& expected);
/// Writes where the texts differ, if that is more than a look at them says.
void explain_text(text_sink& out, text_bytes value, const expected_text& expected);

}  // namespace cordon::detail::matching
#endif

#include <initializer_list>

// equals(x), and the rule for a plain value in the place of a matcher: it means equals(value).

namespace cordon::detail::matching {

template <class A, class B>
auto is_compared(rank<1>, A& a, B& b) -> decltype(void(static_cast<bool>(a == b)), enable<true, A>());
template <class A, class B>
enable<false, A> is_compared(rank<0>, A&, B&);
/// `a == b` compiles and compares values.
template <class A, class B>
inline constexpr bool has_equality =
    is_same<decltype(is_compared(rank<1>(), declare<A&>(), declare<B&>())), enable<true, A>>;
template <class A, class B, size_t N>
inline constexpr bool has_equality<A[N], B> = false;
template <class A, class B, size_t N>
inline constexpr bool has_equality<A, B[N]> = false;
template <class A, class B, size_t N, size_t M>
inline constexpr bool has_equality<A[N], B[M]> = false;

template <class T>
expected_text whole_text(const T& expected) {
    return {plain_text(expected), extent::whole, matchers::text_case::kept};
}

/// Texts by their characters, integers by their values, everything else by ==.
template <class A, class B>
CORDON_CONSTEXPR bool are_equal(A& value, B& expected) {
    if constexpr (is_text<A> && is_text<B>) {
        return has_text(plain_text(value), whole_text(expected));
    } else if constexpr (is_integer<bare<A>> && is_integer<bare<B>>) {
        return value == expected && (value < 0) == (expected < 0);
    } else if constexpr (has_equality<A, B>) {
        return static_cast<bool>(value == expected);
    } else {
        static_assert(never<A>, "cordon: equals(): the value and the expected value have no operator==");
        return false;
    }
}

template <class T>
struct equal_to : matchers::matcher {
    explicit CORDON_CONSTEXPR equal_to(const T& expected_) : expected(expected_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        return are_equal(value, expected);
    }
    void describe(text_sink& out) const {
        out << "is equal to ";
        write_element(out, expected);
    }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_text<V> && is_text<T>) explain_text(out, plain_text(value), whole_text(expected));
    }

    T expected;
};

template <class M>
CORDON_CONSTEXPR auto to_matcher(const M& matcher) {
    if constexpr (is_matcher<M>) {
        return matcher;
    } else {
        return equal_to<held<M>>(held<M>(matcher));
    }
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches what is equal to `expected`. Texts are compared by their characters, whatever their types.
template <class T>
CORDON_CONSTEXPR auto equals(const T& expected) {
    return detail::matching::equal_to<detail::matching::held<T>>(detail::matching::held<T>(expected));
}

}  // namespace cordon::matchers

namespace cordon::detail {

// Scalars by value, because a bit-field has no address; arrays and objects by reference.
template <class V, class M, if_scalar<V> = 0>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, V value, const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}
template <class V, size_t N, class M>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, V (&value)[N], const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}
template <class V, class M, if_object<bare<V>> = 0>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, V&& value, const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}
template <class V, class M>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, std::initializer_list<V> value, const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}

}  // namespace cordon::detail
#endif

// ---- cordon/api/matchers/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_MACROS_HPP_

// CHECK_THAT and its like, with their long names; see api/macros.hpp.

#define CORDON_WARN_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_CHECK_THAT(...)                                                                                 \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_REQUIRE_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      check_that, __VA_ARGS__)
#endif

// ---- cordon/api/matchers/text.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_TEXT_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_TEXT_HPP_

// Matchers for texts: std::string and std::string_view, char*, arrays of char.

namespace cordon::detail::matching {

/// `T` is how the expected text is held.
template <class T, extent Where>
struct text_matcher : matchers::matcher {
    text_matcher(const T& expected_, matchers::text_case letters_) : expected(expected_), letters(letters_) {}

    template <class V>
    bool matches(V& value) const {
        if constexpr (is_text<V>) {
            return has_text(plain_text(value), whole());
        } else {
            static_assert(never<V>, "cordon: this matcher takes a text: std::string, std::string_view, char*");
            return false;
        }
    }
    void describe(text_sink& out) const { describe_text(out, whole()); }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_text<V>) explain_text(out, plain_text(value), whole());
    }

  private:
    expected_text whole() const { return {plain_text(expected), Where, letters}; }

    T expected;
    matchers::text_case letters;
};

template <class T, extent Where>
auto text_matcher_of(const T& expected, matchers::text_case how) {
    static_assert(is_text<T>, "cordon: the expected text must be a std::string, std::string_view or char*");
    return text_matcher<held<T>, Where>(expected, how);
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a text with the same characters.
template <class T>
auto equals(const T& expected, text_case how) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::whole>(expected, how);
}
/// Matches a text that has this one in it.
template <class T>
auto contains(const T& expected, text_case how = text_case::kept) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::inside>(expected, how);
}
template <class T>
auto starts_with(const T& expected, text_case how = text_case::kept) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::start>(expected, how);
}
template <class T>
auto ends_with(const T& expected, text_case how = text_case::kept) {
    return detail::matching::text_matcher_of<T, detail::matching::extent::end>(expected, how);
}

}  // namespace cordon::matchers
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)

// ---- cordon/api/matchers/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define WARN_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    check_that, __VA_ARGS__)
#define CHECK_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    check_that, __VA_ARGS__)
#define REQUIRE_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), check_that, __VA_ARGS__)
#endif
#endif
CORDON_SILENCE_END
