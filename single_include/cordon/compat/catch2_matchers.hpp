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

// ---- cordon/compat/catch2_matchers.hpp ----

// CHECK_THAT and the matchers of Catch2.

#include "catch2_approx.hpp"

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

// ---- cordon/compat/parts/catch2/matchers/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_EXPANSION_HPP_

// ---- cordon/compat/parts/catch2/matchers/matcher.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_MATCHER_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_MATCHER_HPP_

// ---- cordon/api/matchers/exception.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_EXCEPTION_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_EXCEPTION_HPP_

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

// ---- cordon/api/matchers/ranges.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_RANGES_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_RANGES_HPP_

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

// Ranges: what a range-based for loop takes. And how a matcher keeps a value.

namespace cordon::detail::matching {

template <class V>
auto begin_of(rank<1>, V& range) -> decltype(range.begin()) {
    return range.begin();
}
template <class V, size_t N>
constexpr V* begin_of(rank<1>, V (&array)[N]) {
    return array;
}
template <class V>
auto begin_of(rank<0>, V& range) -> decltype(begin(range)) {
    return begin(range);
}
template <class V>
auto end_of(rank<1>, V& range) -> decltype(range.end()) {
    return range.end();
}
template <class V, size_t N>
constexpr V* end_of(rank<1>, V (&array)[N]) {
    return array + N;
}
template <class V>
auto end_of(rank<0>, V& range) -> decltype(end(range)) {
    return end(range);
}

template <class V>
auto range_kind(rank<1>, V& value)
    -> decltype(void(begin_of(rank<1>(), value) != end_of(rank<1>(), value)), enable<true, V>());
template <class V>
enable<false, V> range_kind(rank<0>, V&);
template <class V>
inline constexpr bool is_range = is_same<decltype(range_kind(rank<1>(), declare<V&>())), enable<true, V>>;

template <class V>
using element_of = bare<decltype(*begin_of(rank<1>(), declare<V&>()))>;

template <class V>
CORDON_CONSTEXPR auto count_elements(rank<1>, V& range) -> decltype(static_cast<size_t>(range.size())) {
    return static_cast<size_t>(range.size());
}
template <class V>
CORDON_CONSTEXPR size_t count_elements(rank<0>, V& range) {
    size_t count = 0;
    for (auto at = begin_of(rank<1>(), range); at != end_of(rank<1>(), range); ++at)
        ++count;
    return count;
}
/// The number of elements of a range, or of characters of a text.
template <class V>
CORDON_CONSTEXPR size_t size_of(V& value) {
    if constexpr (is_text<V>) {
        return plain_text(value).size;
    } else if constexpr (is_range<V>) {
        return count_elements(rank<1>(), value);
    } else {
        static_assert(never<V>, "cordon: this matcher takes a text or a range: a container, an array or a view");
        return 0;
    }
}

/// An array of the user, which must live as long as the matcher.
template <class T, size_t N>
struct array_view {
    constexpr explicit array_view(const T (&array_)[N]) : array(array_) {}
    constexpr const T* begin() const { return array; }
    constexpr const T* end() const { return array + N; }

    const T* array;
};

/// A copy of an array or of a list in braces.
template <class T, size_t N>
struct array_copy {
    constexpr explicit array_copy(const T (&array)[N]) : array_copy(array, make_indices<N>()) {}
    template <size_t... I>
    constexpr array_copy(const T (&array)[N], indices<I...>) : items{array[I]...} {}
    constexpr const T* begin() const { return items; }
    constexpr const T* end() const { return items + N; }

    T items[N];
};

// A long array is not copied: each element is an argument of a template.
template <class T, size_t N>
inline constexpr bool is_long = N > 200;
template <class T, size_t N, size_t M>
inline constexpr bool is_long<T[M], N> = true;

template <class T, size_t N, bool IsText, bool IsLong>
struct held_array {
    using type = array_copy<T, N>;
};
template <class T, size_t N>
struct held_array<T, N, false, true> {
    using type = array_view<T, N>;
};
template <class T, size_t N, bool IsLong>
struct held_array<T, N, true, IsLong> {
    using type = const T*;
};
template <class T>
struct held_type {
    using type = T;
};
template <class T, size_t N>
struct held_type<T[N]> : held_array<T, N, is_text_unit<T>, is_long<T, N>> {};
/// How a matcher keeps a value: as a copy, except for text in an array and for long arrays.
template <class T>
using held = typename held_type<T>::type;

}  // namespace cordon::detail::matching
#endif

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
// Arrays would be compared by their addresses.
template <class A, class B, size_t N>
inline constexpr bool has_equality<A[N], B> = false;
template <class A, class B, size_t N>
inline constexpr bool has_equality<A, B[N]> = false;
template <class A, class B, size_t N, size_t M>
inline constexpr bool has_equality<A[N], B[M]> = false;

/// False for a container whose == would not compile, because its elements have none.
template <class A>
constexpr bool has_equal_elements() {
    if constexpr (is_range<A>) {
        using element = element_of<A>;
        if constexpr (!is_range<element>) return has_equality<const element, const element>;
    }
    return true;
}

template <class T>
expected_text whole_text(const T& expected) {
    return {plain_text(expected), extent::whole, matchers::text_case::kept};
}

template <class A, class B>
CORDON_CONSTEXPR bool have_equal_elements(A& value, B& expected);

/// Compares texts by their characters, integers by their values, other types by ==. Types without == are compared by
/// their elements.
template <class A, class B>
CORDON_CONSTEXPR bool are_equal(A& value, B& expected) {
    if constexpr (is_text<A> && is_text<B>) {
        return has_text(plain_text(value), whole_text(expected));
    } else if constexpr (is_integer<bare<A>> && is_integer<bare<B>>) {
        return value == expected && (value < 0) == (expected < 0);
    } else if constexpr (has_equality<A, B> && has_equal_elements<A>()) {
        return static_cast<bool>(value == expected);
    } else if constexpr (is_range<A> && is_range<B>) {
        return have_equal_elements(value, expected);
    } else {
        static_assert(never<A>, "cordon: equals(): the value and the expected value have no operator==");
        return false;
    }
}

template <class A, class B>
CORDON_CONSTEXPR bool have_equal_elements(A& value, B& expected) {
    auto left = begin_of(rank<1>(), value);
    const auto left_end = end_of(rank<1>(), value);
    auto right = begin_of(rank<1>(), expected);
    const auto right_end = end_of(rank<1>(), expected);
    for (; left != left_end && right != right_end; ++left, ++right) {
        auto&& left_element = *left;
        auto&& right_element = *right;
        if (!are_equal(left_element, right_element)) return false;
    }
    return !(left != left_end) && !(right != right_end);
}

/// Writes "at index 2 it has 3, not 4". A side without a writer has no such element.
void explain_element(text_sink& out, size_t index, operand_text value, operand_text expected);

template <class A, class B>
void explain_elements(text_sink& out, A& value, B& expected) {
    auto left = begin_of(rank<1>(), value);
    const auto left_end = end_of(rank<1>(), value);
    auto right = begin_of(rank<1>(), expected);
    const auto right_end = end_of(rank<1>(), expected);
    size_t index = 0;
    for (; left != left_end && right != right_end; ++left, ++right, ++index) {
        auto&& left_element = *left;
        auto&& right_element = *right;
        if (!are_equal(left_element, right_element))
            return explain_element(out, index, text_of(left_element), text_of(right_element));
    }
    if (left != left_end) {
        auto&& element = *left;
        explain_element(out, index, text_of(element), {nullptr, nullptr});
    } else if (right != right_end) {
        auto&& element = *right;
        explain_element(out, index, {nullptr, nullptr}, text_of(element));
    }
}

template <class T>
auto is_keyed(rank<1>, const T*) -> decltype(void(declare<typename T::key_type*>()), enable<true, T>());
template <class T>
enable<false, T> is_keyed(rank<0>, const T*);
/// Sets and maps: the position of an element says nothing.
template <class T>
inline constexpr bool has_keys =
    is_same<decltype(is_keyed(rank<1>(), declare<const bare<T>*>())), enable<true, bare<T>>>;

/// Writes the elements that only one of both has; see range.hpp.
template <class A, class B>
void explain_surplus(text_sink& out, A& value, B& expected, bool exactly);

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
        if constexpr (is_text<V> && is_text<T>) {
            explain_text(out, plain_text(value), whole_text(expected));
        } else if constexpr (is_range<V> && is_range<const T>) {
            if constexpr (has_keys<V>) {
                explain_surplus(out, value, expected, true);
            } else {
                explain_elements(out, value, expected);
            }
        }
    }

    T expected;
};

/// Words about a part of a value: "has size 3" or "has a size that is at least 3".
template <class M>
void describe_part(text_sink& out, const char*, const char* of_matcher, const M& inner) {
    out << of_matcher;
    describe(out, inner);
}
template <class T>
void describe_part(text_sink& out, const char* of_value, const char*, const equal_to<T>& inner) {
    out << of_value;
    write_element(out, inner.expected);
}

template <class M>
CORDON_CONSTEXPR auto to_matcher(const M& matcher) {
    if constexpr (is_matcher<M>) {
        return matcher;
    } else {
        return equal_to<held<M>>(held<M>(matcher));
    }
}

/// The matcher that `M` stands for: itself, or equals() of a value.
template <class M>
using matcher_of = decltype(to_matcher(declare<const M&>()));

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches what is equal to `expected`. Texts are compared by their characters, whatever their types.
template <class T>
CORDON_CONSTEXPR auto equals(const T& expected) {
    return detail::matching::equal_to<detail::matching::held<T>>(detail::matching::held<T>(expected));
}
/// The same for an array or a list in braces.
template <class T, size_t N>
CORDON_CONSTEXPR auto equals(const T (&expected)[N]) {
    return detail::matching::equal_to<detail::matching::held<T[N]>>(detail::matching::held<T[N]>(expected));
}

}  // namespace cordon::matchers

namespace cordon::detail {

// Scalars by value, because a bit-field has no address; arrays and objects by reference.
template <class V, class M, if_scalar<V> = 0>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, V value, const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}
template <class V, size_t N, class M>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, const V (&value)[N], const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}
template <class V, class M, if_object<bare<V>> = 0>
CORDON_CONSTEXPR outcome check_that(const assertion_site& site, V&& value, const M& matcher) {
    return matching::check_value(site, value, matching::to_matcher(matcher));
}

}  // namespace cordon::detail
#endif

// Matchers for exceptions, and what CHECK_THROWS_WITH does with a matcher.

namespace cordon::detail::matching {

/// The message of an exception: its what(), or a thrown text. It converts to a string.
struct message_text {
    static constexpr size_t npos = static_cast<size_t>(-1);

    const char* data() const { return bytes.data; }
    size_t size() const { return bytes.size; }
    template <class S, class = typename S::traits_type>
    operator S() const {
        return S(bytes.data, bytes.size);
    }
    friend void to_text(text_sink& out, const message_text& message) {
        write_string(out, message.bytes.data, message.bytes.size, 1);
    }

    text_bytes bytes;
};

template <class M>
struct message_matcher : matchers::matcher {
    explicit message_matcher(const M& inner_) : inner(inner_) {}

    template <class V>
    auto matches(V& value) const -> decltype(take_text(value.what()), true) {
        const message_text message{plain_text(static_cast<const char*>(value.what()))};
        return accepts(inner, message);
    }
    void describe(text_sink& out) const { describe_part(out, "has the message ", "has a message that ", inner); }
    template <class V>
    auto explain(text_sink& out, V& value) const -> decltype(take_text(value.what())) {
        const message_text message{plain_text(static_cast<const char*>(value.what()))};
        matching::explain(out, inner, message);
    }

    M inner;
};

/// Writes the name of a type T from the signature of a template function of it.
void write_type(text_sink& out, const char* signature);

template <class D>
struct type_matcher : matchers::matcher {
    template <class V>
    bool matches(V& value) const {
#if defined(__cpp_rtti)
        return dynamic_cast<const D*>(__builtin_addressof(value)) != nullptr;
#else
        static_assert(never<V>, "cordon: is_a() needs run-time type information, and this file is compiled without");
        return value != nullptr;
#endif
    }
    void describe(text_sink& out) const {
        out << "is a ";
        write_type(out, signature_of<D>());
    }
};

/// What CHECK_THROWS_WITH asks of a matcher: functions that take its address and the message.
struct message_test {
    const void* matcher;
    bool (*accepts)(const void* matcher, const message_text& message);
    operand_text words;
    void (*explain)(text_sink& out, const void* matcher, const message_text& message);
};

/// Passes or fails by the text of the current exception.
outcome check_message(const assertion_site& site, const message_test& expected);

/// The matcher threw the current exception.
inline outcome when_thrown_by_matcher(const assertion_site& site) {
    fail_by_exception(site);
    return outcome{outcome::failed};
}

}  // namespace cordon::detail::matching

namespace cordon::detail {

template <class M, only_if<matching::is_matcher<M>, int> = 0>
outcome check_exception_text(const assertion_site& site, const M& matcher) {
    const auto words = [&](text_sink& out) { matching::describe(out, matcher); };
    return matching::check_message(site,
                                   {&matcher,
                                    [](const void* address, const matching::message_text& message) {
                                        return matching::accepts(*static_cast<const M*>(address), message);
                                    },
                                    text_by(words),
                                    [](text_sink& out, const void* address, const matching::message_text& message) {
                                        matching::explain(out, *static_cast<const M*>(address), message);
                                    }});
}

}  // namespace cordon::detail

namespace cordon::matchers {

/// Matches an exception whose what() matches.
template <class M>
auto has_message(const M& matcher) {
    return detail::matching::message_matcher<detail::matching::matcher_of<M>>(detail::matching::to_matcher(matcher));
}

/// Matches an object of a polymorphic type that is a T, or of a type derived from it.
template <class T>
detail::matching::type_matcher<T> is_a() {
    return {};
}

}  // namespace cordon::matchers
#endif

#include <type_traits>

// What matchers have in common: their words, and && || !. A matcher of the user derives from MatcherBase or
// MatcherGenericBase.

namespace Catch::Matchers {

class MatcherUntypedBase {
  public:
    MatcherUntypedBase() = default;
    MatcherUntypedBase(const MatcherUntypedBase&) = default;
    MatcherUntypedBase& operator=(const MatcherUntypedBase&) = delete;
    std::string toString() const { return describe(); }

  protected:
    virtual ~MatcherUntypedBase() = default;
    virtual std::string describe() const = 0;
};

template <typename T>
class MatcherBase : public MatcherUntypedBase {
  public:
    virtual bool match(const T& value) const = 0;
};

class MatcherGenericBase : public MatcherUntypedBase {
  public:
    MatcherGenericBase() = default;
    MatcherGenericBase(const MatcherGenericBase&) = default;
    ~MatcherGenericBase() override = default;
};

namespace Impl {
using Matchers::MatcherBase;
using Matchers::MatcherUntypedBase;
}  // namespace Impl

}  // namespace Catch::Matchers

namespace Catch::cordon_compat {

template <class M>
inline constexpr bool is_matcher = std::is_base_of<Matchers::MatcherUntypedBase, M>::value;
template <class L, class R>
using if_matchers = std::enable_if_t<is_matcher<L> && is_matcher<R>, int>;

/// As in Catch2, the parts must live as long as the whole.
template <class L, class R, bool All>
class joined_matcher final : public Matchers::MatcherGenericBase {
  public:
    joined_matcher(const L& left, const R& right) : left_(left), right_(right) {}

    template <class V>
    bool match(V&& value) const {
        return left_.match(value) == All ? right_.match(value) : !All;
    }
    std::string describe() const override {
        return "( " + left_.toString() + (All ? " and " : " or ") + right_.toString() + " )";
    }

  private:
    const L& left_;
    const R& right_;
};

template <class M>
class opposite_matcher final : public Matchers::MatcherGenericBase {
  public:
    explicit opposite_matcher(const M& inner) : inner_(inner) {}

    template <class V>
    bool match(V&& value) const {
        return !inner_.match(value);
    }
    std::string describe() const override { return "not " + inner_.toString(); }

  private:
    const M& inner_;
};

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {

template <class L, class R, cordon_compat::if_matchers<L, R> = 0>
cordon_compat::joined_matcher<L, R, true> operator&&(const L& left, const R& right) {
    return {left, right};
}
template <class L, class R, cordon_compat::if_matchers<L, R> = 0>
cordon_compat::joined_matcher<L, R, false> operator||(const L& left, const R& right) {
    return {left, right};
}
template <class M, cordon_compat::if_matchers<M, M> = 0>
cordon_compat::opposite_matcher<M> operator!(const M& matcher) {
    return cordon_compat::opposite_matcher<M>(matcher);
}

}  // namespace Catch::Matchers

namespace Catch {
using namespace Matchers;
}
#endif

// What the macros of matchers/macros.hpp call.

namespace Catch::cordon_compat {

template <class V, class M>
CORDON_COLD ::cordon::detail::outcome tell_mismatch(const ::cordon::detail::assertion_site& site, const V& value,
                                                    const M& matcher) noexcept {
    const auto words = [&](::cordon::text_sink& out) { out << matcher.toString(); };
    const auto nothing = [](::cordon::text_sink&) {};
    ::cordon::detail::matching::fail_match(
        site, {::cordon::detail::text_of(value), ::cordon::detail::text_by(words), ::cordon::detail::text_by(nothing)});
    return {::cordon::detail::outcome::failed};
}

template <class V, class M>
::cordon::detail::outcome check_that(const ::cordon::detail::assertion_site& site, V&& value, const M& matcher) {
    static_assert(is_matcher<M>, "cordon: a matcher of Catch2 derives from Catch::Matchers::MatcherBase");
    if (CORDON_LIKELY(matcher.match(value))) return ::cordon::detail::pass(site);
    return tell_mismatch(site, value, matcher);
}

inline ::cordon::detail::outcome check_message(const ::cordon::detail::assertion_site& site, StringRef expected) {
    return ::cordon::detail::check_exception_text(site, expected);
}
template <class M, std::enable_if_t<is_matcher<M>, int> = 0>
::cordon::detail::outcome check_message(const ::cordon::detail::assertion_site& site, const M& matcher) {
    using message = ::cordon::detail::matching::message_text;
    const auto words = [&](::cordon::text_sink& out) { out << matcher.toString(); };
    return ::cordon::detail::matching::check_message(
        site, {&matcher,
               [](const void* at, const message& text) {
                   return static_cast<bool>(static_cast<const M*>(at)->match(std::string(text.data(), text.size())));
               },
               ::cordon::detail::text_by(words), [](::cordon::text_sink&, const void*, const message&) {}});
}

inline ::cordon::detail::outcome when_matcher_threw(const ::cordon::detail::assertion_site& site) {
    return ::cordon::detail::matching::when_thrown_by_matcher(site);
}

}  // namespace Catch::cordon_compat

#define CORDON_CATCH2_THAT_(run, level, macro, text, site, ...)                       \
    do {                                                                              \
        CORDON_PLACE_(site, level, false, macro, text);                               \
        run(site, ::Catch::cordon_compat::check_that(CORDON_AT_(site), __VA_ARGS__)); \
    } while (false)

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH2_CALL_(site, call)                               \
    catch (...) {                                                     \
        CORDON_CONCAT(site, _outcome) = ::Catch::cordon_compat::call; \
    }
#define CORDON_CATCH2_MATCH_(site, type, ...)                                                        \
    catch (::cordon::detail::catch_of<type> CORDON_CONCAT(site, _caught)) {                          \
        try {                                                                                        \
            CORDON_CONCAT(site, _outcome) =                                                          \
                ::Catch::cordon_compat::check_that(site, CORDON_CONCAT(site, _caught), __VA_ARGS__); \
        }                                                                                            \
        CORDON_CATCH2_CALL_(site, when_matcher_threw(site))                                          \
    }                                                                                                \
    CORDON_CATCH_ANY_(site, fail_wrong_exception(site, #type))
#define CORDON_CATCH2_THROWS_WITH_(level, macro, text, site, expression, ...) \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown",     \
                     CORDON_CATCH2_CALL_(site, check_message(site, __VA_ARGS__)), expression)
#define CORDON_CATCH2_THROWS_MATCHES_(level, macro, text, site, expression, type, ...)     \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #type, \
                     CORDON_CATCH2_MATCH_(site, type, __VA_ARGS__), expression)
#else
#define CORDON_CATCH2_THROWS_WITH_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#define CORDON_CATCH2_THROWS_MATCHES_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif
#endif

// ---- cordon/compat/parts/catch2/matchers/number.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_NUMBER_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_NUMBER_HPP_

#include <cstdint>
#include <type_traits>

// Matchers of floating-point numbers.

namespace Catch::cordon_compat {

/// The place of a number among all numbers of its type, so that neighbors differ by 1.
template <class Bits, class T>
Bits place_of(T value) {
    Bits bits;
    __builtin_memcpy(&bits, &value, sizeof(bits));
    constexpr Bits sign = Bits{1} << (sizeof(Bits) * 8 - 1);
    return (bits & sign) != 0 ? sign - (bits & ~sign) : sign + bits;
}

template <class T>
std::uint64_t steps_between(T a, T b) {
    using bits = std::conditional_t<sizeof(T) == sizeof(std::uint32_t), std::uint32_t, std::uint64_t>;
    const bits first = place_of<bits>(a), second = place_of<bits>(b);
    return first < second ? second - first : first - second;
}

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {
namespace Floating {

struct WithinAbsMatcher final : MatcherBase<double> {
    WithinAbsMatcher(double target, double margin) : target_(target), margin_(margin) {}
    bool match(const double& value) const override { return value + margin_ >= target_ && target_ + margin_ >= value; }
    std::string describe() const override {
        return "is within " + ::Catch::Detail::stringify(margin_) + " of " + ::Catch::Detail::stringify(target_);
    }

  private:
    double target_;
    double margin_;
};

struct WithinRelMatcher final : MatcherBase<double> {
    WithinRelMatcher(double target, double epsilon) : target_(target), epsilon_(epsilon) {}
    bool match(const double& value) const override {
        const double tolerance = epsilon_ * __builtin_fmax(__builtin_fabs(value), __builtin_fabs(target_));
        const double allowed = __builtin_isinf(tolerance) ? 0 : tolerance;
        return value + allowed >= target_ && target_ + allowed >= value;
    }
    std::string describe() const override {
        return "and " + ::Catch::Detail::stringify(target_) + " are within " +
               ::Catch::Detail::stringify(epsilon_ * 100.0) + "% of each other";
    }

  private:
    double target_;
    double epsilon_;
};

struct WithinUlpsMatcher final : MatcherBase<double> {
    WithinUlpsMatcher(double target, std::uint64_t steps, bool single)
        : target_(target), steps_(steps), single_(single) {}
    bool match(const double& value) const override {
        if (__builtin_isnan(value) || __builtin_isnan(target_)) return false;
        if (single_)
            return cordon_compat::steps_between(static_cast<float>(value), static_cast<float>(target_)) <= steps_;
        return cordon_compat::steps_between(value, target_) <= steps_;
    }
    std::string describe() const override {
        return "is within " + ::Catch::Detail::stringify(steps_) + " ULPs of " + ::Catch::Detail::stringify(target_);
    }

  private:
    double target_;
    std::uint64_t steps_;
    bool single_;
};

}  // namespace Floating
using Floating::WithinAbsMatcher;
using Floating::WithinRelMatcher;
using Floating::WithinUlpsMatcher;

inline WithinAbsMatcher WithinAbs(double target, double margin) { return {target, margin}; }
inline WithinRelMatcher WithinRel(double target, double epsilon) { return {target, epsilon}; }
inline WithinRelMatcher WithinRel(double target) { return {target, __DBL_EPSILON__ * 100}; }
inline WithinRelMatcher WithinRel(float target, float epsilon) {
    return {static_cast<double>(target), static_cast<double>(epsilon)};
}
inline WithinRelMatcher WithinRel(float target) {
    return {static_cast<double>(target), static_cast<double>(__FLT_EPSILON__ * 100)};
}
inline WithinUlpsMatcher WithinULP(double target, std::uint64_t steps) { return {target, steps, false}; }
inline WithinUlpsMatcher WithinULP(float target, std::uint64_t steps) {
    return {static_cast<double>(target), steps, true};
}

class IsNaNMatcher final : public MatcherBase<double> {
  public:
    bool match(const double& value) const override { return __builtin_isnan(value); }
    std::string describe() const override { return "is NaN"; }
};
inline IsNaNMatcher IsNaN() { return {}; }

}  // namespace Catch::Matchers
#endif

// ---- cordon/compat/parts/catch2/matchers/range.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_RANGE_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_RANGE_HPP_

// ---- cordon/compat/parts/catch2/matchers/elements.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_ELEMENTS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_ELEMENTS_HPP_

#include <initializer_list>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

// The elements of ranges.

namespace Catch::cordon_compat {
namespace lookup {

// A range's own functions, or those of std.
using std::begin;
using std::empty;
using std::end;
using std::size;
template <class V>
auto first(const V& range) -> decltype(begin(range)) {
    return begin(range);
}
template <class V>
auto last(const V& range) -> decltype(end(range)) {
    return end(range);
}
template <class V>
auto count(const V& range) -> decltype(size(range)) {
    return size(range);
}
template <class V>
bool is_empty(const V& range) {
    return empty(range);
}

// A view may have them only where it is not const.
template <class V>
auto first_of_any(V& range) {
    return begin(range);
}
template <class V>
auto last_of_any(V& range) {
    return end(range);
}

}  // namespace lookup

template <class V, class F>
bool any_of(V&& range, F condition) {
    auto last = lookup::last_of_any(range);
    for (auto at = lookup::first_of_any(range); at != last; ++at) {
        if (condition(*at)) return true;
    }
    return false;
}
template <class V, class F>
bool all_of(V&& range, F condition) {
    return !any_of(range, [&](auto&& each) { return !condition(each); });
}
template <class V, class = void>
inline constexpr bool is_range = false;
template <class V>
inline constexpr bool is_range<V, std::void_t<decltype(lookup::first(std::declval<const V&>()))>> = true;

template <class A, class B, class = void>
inline constexpr bool are_comparable = false;
template <class A, class B>
inline constexpr bool
    are_comparable<A, B, std::void_t<decltype(static_cast<bool>(std::declval<A&>() == std::declval<B&>()))>> = true;

/// std::equal_to<>, without its header.
struct equal {
    template <class A, class B>
    bool operator()(const A& a, const B& b) const {
        return static_cast<bool>(a == b);
    }
};

template <class A, class B, class Equality>
bool are_equal(const A& values, const B& expected, const Equality& equality) {
    auto at = lookup::first(values);
    auto wanted = lookup::first(expected);
    const auto last = lookup::last(values);
    const auto wanted_last = lookup::last(expected);
    for (; at != last && wanted != wanted_last; ++at, ++wanted) {
        if (!equality(*at, *wanted)) return false;
    }
    return !(at != last) && !(wanted != wanted_last);
}

/// The same elements in any order.
template <class A, class B, class Equality>
bool are_permuted(const A& values, const B& expected, const Equality& equality) {
    const auto last = lookup::last(values);
    const auto wanted_last = lookup::last(expected);
    std::vector<bool> taken;
    for (auto each = lookup::first(expected); each != wanted_last; ++each)
        taken.push_back(false);
    std::size_t matched = 0;
    for (auto at = lookup::first(values); at != last; ++at, ++matched) {
        std::size_t place = 0;
        auto each = lookup::first(expected);
        for (; each != wanted_last && (taken[place] || !equality(*at, *each)); ++each)
            ++place;
        if (!(each != wanted_last)) return false;
        taken[place] = true;
    }
    return matched == taken.size();
}

}  // namespace Catch::cordon_compat
#endif

// Matchers of any range.

namespace Catch::Matchers {

/// Catch2 v2's Contains takes a part of a text or the elements of a vector, v3's one element of a range.
template <typename T, typename Equality>
class ContainsElementMatcher final : public MatcherGenericBase {
  public:
    ContainsElementMatcher(T wanted, Equality equal) : wanted_(std::move(wanted)), equal_(std::move(equal)) {}

    template <typename V>
    bool match(V&& value) const {
        using range = std::decay_t<V>;
        if constexpr (std::is_convertible<range, std::string>::value && std::is_same<T, std::string>::value) {
            return static_cast<std::string>(value).find(wanted_) != std::string::npos;
        } else if constexpr (is_several_for<range>) {
            return cordon_compat::all_of(wanted_, [&](const auto& each) { return has(value, each); });
        } else {
            return has(value, wanted_);
        }
    }
    std::string describe() const override { return "contains element " + ::Catch::Detail::stringify(wanted_); }

  private:
    template <typename V>
    using element_of = std::decay_t<decltype(*cordon_compat::lookup::first(std::declval<const V&>()))>;
    /// The wanted values are several, and no element of the range.
    template <typename V>
    static constexpr bool is_several_for =
        cordon_compat::is_range<T>&& std::is_same<Equality, cordon_compat::equal>::value &&
        !cordon_compat::are_comparable<const element_of<V>, const T>;
    template <typename V, typename E>
    bool has(const V& value, const E& wanted) const {
        return cordon_compat::any_of(value, [&](auto&& each) { return static_cast<bool>(equal_(each, wanted)); });
    }

    T wanted_;
    Equality equal_;
};

template <typename M>
class ContainsMatcherMatcher final : public MatcherGenericBase {
  public:
    explicit ContainsMatcherMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::any_of(value, [&](auto&& each) { return matcher_.match(each); });
    }
    std::string describe() const override { return "contains element matching " + matcher_.toString(); }

  private:
    M matcher_;
};

template <typename T>
using kept_text =
    std::conditional_t<std::is_convertible<std::decay_t<T>, const char*>::value, std::string, std::decay_t<T>>;

template <typename T, std::enable_if_t<!cordon_compat::is_matcher<std::decay_t<T>>, int> = 0>
ContainsElementMatcher<kept_text<T>, cordon_compat::equal> Contains(T&& wanted) {
    return {std::forward<T>(wanted), {}};
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
ContainsElementMatcher<std::vector<T, AllocComp>, cordon_compat::equal> Contains(
    const std::vector<T, AllocComp>& wanted) {
    return {wanted, {}};
}
template <typename T, std::enable_if_t<cordon_compat::is_matcher<std::decay_t<T>>, int> = 0>
ContainsMatcherMatcher<std::decay_t<T>> Contains(T&& matcher) {
    return ContainsMatcherMatcher<std::decay_t<T>>(std::forward<T>(matcher));
}
template <typename T, typename Equality,
          std::enable_if_t<!std::is_convertible<Equality, int>::value && !std::is_enum<Equality>::value, int> = 0>
ContainsElementMatcher<kept_text<T>, Equality> Contains(T&& wanted, Equality equal) {
    return {std::forward<T>(wanted), std::move(equal)};
}

class IsEmptyMatcher final : public MatcherGenericBase {
  public:
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::lookup::is_empty(value);
    }
    std::string describe() const override { return "is empty"; }
};
inline IsEmptyMatcher IsEmpty() { return {}; }

class HasSizeMatcher final : public MatcherGenericBase {
  public:
    explicit HasSizeMatcher(std::size_t size) : size_(size) {}
    template <typename V>
    bool match(V&& value) const {
        return cordon_compat::lookup::count(value) == size_;
    }
    std::string describe() const override { return "has size == " + ::Catch::Detail::stringify(size_); }

  private:
    std::size_t size_;
};
template <typename M>
class SizeMatchesMatcher final : public MatcherGenericBase {
  public:
    explicit SizeMatchesMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        return matcher_.match(cordon_compat::lookup::count(value));
    }
    std::string describe() const override { return "size matches " + matcher_.toString(); }

  private:
    M matcher_;
};
inline HasSizeMatcher SizeIs(std::size_t size) { return HasSizeMatcher(size); }
template <typename M, std::enable_if_t<cordon_compat::is_matcher<std::decay_t<M>>, int> = 0>
SizeMatchesMatcher<std::decay_t<M>> SizeIs(M&& matcher) {
    return SizeMatchesMatcher<std::decay_t<M>>(std::forward<M>(matcher));
}

/// How many elements must match.
enum class quantity : unsigned char { all, any, none };

template <typename M, quantity Wanted>
class QuantifiedMatcher final : public MatcherGenericBase {
  public:
    explicit QuantifiedMatcher(M matcher) : matcher_(std::move(matcher)) {}
    template <typename V>
    bool match(V&& value) const {
        const auto matches = [&](auto&& each) { return matcher_.match(each); };
        if constexpr (Wanted == quantity::all) return cordon_compat::all_of(value, matches);
        return cordon_compat::any_of(value, matches) == (Wanted == quantity::any);
    }
    std::string describe() const override {
        return (Wanted == quantity::all   ? "all match "
                : Wanted == quantity::any ? "any match "
                                          : "none match ") +
               matcher_.toString();
    }

  private:
    M matcher_;
};
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::all> AllMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::all>(std::forward<M>(matcher));
}
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::any> AnyMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::any>(std::forward<M>(matcher));
}
template <typename M>
QuantifiedMatcher<std::decay_t<M>, quantity::none> NoneMatch(M&& matcher) {
    return QuantifiedMatcher<std::decay_t<M>, quantity::none>(std::forward<M>(matcher));
}

template <quantity Wanted>
class TruthMatcher final : public MatcherGenericBase {
  public:
    template <typename V>
    bool match(V&& value) const {
        const auto is_true = [](auto&& each) { return static_cast<bool>(each); };
        if constexpr (Wanted == quantity::all) return cordon_compat::all_of(value, is_true);
        return cordon_compat::any_of(value, is_true) == (Wanted == quantity::any);
    }
    std::string describe() const override {
        return Wanted == quantity::all   ? "contains only true"
               : Wanted == quantity::any ? "contains at least one true"
                                         : "contains no true";
    }
};
inline TruthMatcher<quantity::all> AllTrue() { return {}; }
inline TruthMatcher<quantity::any> AnyTrue() { return {}; }
inline TruthMatcher<quantity::none> NoneTrue() { return {}; }

template <typename Range, typename Equality, bool Ordered>
class RangeMatcher final : public MatcherGenericBase {
  public:
    template <typename R>
    RangeMatcher(R&& expected, Equality equal) : expected_(std::forward<R>(expected)), equal_(std::move(equal)) {}
    template <typename V>
    bool match(V&& value) const {
        if constexpr (Ordered) return cordon_compat::are_equal(value, expected_, equal_);
        return cordon_compat::are_permuted(value, expected_, equal_);
    }
    std::string describe() const override {
        return (Ordered ? "elements are " : "unordered elements are ") + ::Catch::Detail::stringify(expected_);
    }

  private:
    Range expected_;
    Equality equal_;
};

/// A named range is referred to; a temporary one is kept.
template <typename R, typename Equality = cordon_compat::equal>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, true> RangeEquals(
    R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = cordon_compat::equal>
RangeMatcher<std::vector<T>, Equality, true> RangeEquals(std::initializer_list<T> expected, Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}
template <typename R, typename Equality = cordon_compat::equal>
RangeMatcher<std::conditional_t<std::is_lvalue_reference<R>::value, R, std::decay_t<R>>, Equality, false>
UnorderedRangeEquals(R&& expected, Equality equal = {}) {
    return {std::forward<R>(expected), std::move(equal)};
}
template <typename T, typename Equality = cordon_compat::equal>
RangeMatcher<std::vector<T>, Equality, false> UnorderedRangeEquals(std::initializer_list<T> expected,
                                                                   Equality equal = {}) {
    return {std::vector<T>(expected), std::move(equal)};
}

}  // namespace Catch::Matchers
#endif

// ---- cordon/compat/parts/catch2/matchers/text.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_TEXT_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_TEXT_HPP_

// ---- cordon/api/matchers/regex.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_REGEX_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_REGEX_HPP_

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
/// Matches a text that has this one in it. Without the second argument see range.hpp.
template <class T>
auto contains(const T& expected, text_case how) {
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

// Matchers by regular expressions. The dialect is the engine's: engine/base/regex.hpp, docs/matchers.md.

namespace cordon::detail::matching {

struct regex_pattern {
    text_bytes text;
    bool whole;
    matchers::text_case letters;
};

/// Fails the current assertion, or the test outside of one, if the pattern is not a regular expression.
void check_pattern(const regex_pattern& pattern);
bool has_pattern(text_bytes value, const regex_pattern& pattern);
void describe_pattern(text_sink& out, const regex_pattern& pattern);

template <class T>
struct regex_matcher : matchers::matcher {
    regex_matcher(const T& pattern_, bool whole_, matchers::text_case letters_)
        : pattern(pattern_), whole(whole_), letters(letters_) {
        check_pattern(parts());
    }

    template <class V>
    bool matches(V& value) const {
        if constexpr (is_text<V>) {
            return has_pattern(plain_text(value), parts());
        } else {
            static_assert(never<V>, "cordon: this matcher takes a text: std::string, std::string_view, char*");
            return false;
        }
    }
    void describe(text_sink& out) const { describe_pattern(out, parts()); }

  private:
    regex_pattern parts() const { return {plain_text(pattern), whole, letters}; }

    T pattern;
    bool whole;
    matchers::text_case letters;
};

template <class T>
regex_matcher<held<T>> regex_matcher_of(const T& pattern, bool whole, matchers::text_case how) {
    static_assert(is_text<T>, "cordon: the regular expression must be a std::string, std::string_view or char*");
    return {pattern, whole, how};
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a text that is as a whole what the regular expression says.
template <class T>
auto matches_regex(const T& pattern, text_case how = text_case::kept) {
    return detail::matching::regex_matcher_of(pattern, true, how);
}
/// Matches a text that has such a part.
template <class T>
auto contains_regex(const T& pattern, text_case how = text_case::kept) {
    return detail::matching::regex_matcher_of(pattern, false, how);
}

}  // namespace cordon::matchers
#endif

#include <exception>
#include <string>
#include <utility>

// Matchers of texts, and of exceptions' texts.

namespace Catch::cordon_compat {

inline std::string lower(std::string text) {
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return text;
}

}  // namespace Catch::cordon_compat

namespace Catch::Matchers {
namespace StdString {

struct CasedString {
    CasedString(const std::string& text, CaseSensitive::Choice choice)
        : m_caseSensitivity(choice), m_str(adjustString(text)) {}
    std::string adjustString(const std::string& text) const {
        return m_caseSensitivity == CaseSensitive::No ? cordon_compat::lower(text) : text;
    }
    std::string caseSensitivitySuffix() const {
        return m_caseSensitivity == CaseSensitive::No ? " (case insensitive)" : "";
    }

    CaseSensitive::Choice m_caseSensitivity;
    std::string m_str;
};

struct StringMatcherBase : MatcherBase<std::string> {
    StringMatcherBase(std::string operation, const CasedString& comparator)
        : m_comparator(comparator), m_operation(std::move(operation)) {}
    std::string describe() const override {
        return m_operation + ": \"" + m_comparator.m_str + '"' + m_comparator.caseSensitivitySuffix();
    }

    CasedString m_comparator;
    std::string m_operation;
};

struct EqualsMatcher final : StringMatcherBase {
    explicit EqualsMatcher(const CasedString& comparator) : StringMatcherBase("equals", comparator) {}
    bool match(const std::string& text) const override { return m_comparator.adjustString(text) == m_comparator.m_str; }
};
struct ContainsMatcher final : StringMatcherBase {
    explicit ContainsMatcher(const CasedString& comparator) : StringMatcherBase("contains", comparator) {}
    bool match(const std::string& text) const override {
        return m_comparator.adjustString(text).find(m_comparator.m_str) != std::string::npos;
    }
};
struct StartsWithMatcher final : StringMatcherBase {
    explicit StartsWithMatcher(const CasedString& comparator) : StringMatcherBase("starts with", comparator) {}
    bool match(const std::string& text) const override {
        return m_comparator.adjustString(text).rfind(m_comparator.m_str, 0) == 0;
    }
};
struct EndsWithMatcher final : StringMatcherBase {
    explicit EndsWithMatcher(const CasedString& comparator) : StringMatcherBase("ends with", comparator) {}
    bool match(const std::string& text) const override {
        const std::string whole = m_comparator.adjustString(text);
        const std::string& end = m_comparator.m_str;
        return whole.size() >= end.size() && whole.compare(whole.size() - end.size(), end.size(), end) == 0;
    }
};

/// The engine has the regular expressions, so that a test file need not compile them.
struct RegexMatcher final : MatcherBase<std::string> {
    RegexMatcher(std::string regex, CaseSensitive::Choice choice)
        : m_regex(std::move(regex)), m_caseSensitivity(choice) {}
    bool match(const std::string& text) const override {
        using namespace ::cordon::detail::matching;
        const auto letters = m_caseSensitivity == CaseSensitive::No ? ::cordon::matchers::text_case::ignored
                                                                    : ::cordon::matchers::text_case::kept;
        return has_pattern(plain_text(text), {plain_text(m_regex), true, letters});
    }
    std::string describe() const override {
        return "matches " + ::Catch::Detail::stringify(m_regex) +
               (m_caseSensitivity == CaseSensitive::No ? " case insensitively" : " case sensitively");
    }

  private:
    std::string m_regex;
    CaseSensitive::Choice m_caseSensitivity;
};

}  // namespace StdString

inline StdString::EqualsMatcher Equals(const std::string& text, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::EqualsMatcher(StdString::CasedString(text, choice));
}
inline StdString::ContainsMatcher ContainsSubstring(const std::string& text,
                                                    CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::ContainsMatcher(StdString::CasedString(text, choice));
}
inline StdString::ContainsMatcher Contains(const std::string& text, CaseSensitive::Choice choice) {
    return ContainsSubstring(text, choice);
}
inline StdString::StartsWithMatcher StartsWith(const std::string& text,
                                               CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::StartsWithMatcher(StdString::CasedString(text, choice));
}
inline StdString::EndsWithMatcher EndsWith(const std::string& text, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::EndsWithMatcher(StdString::CasedString(text, choice));
}
inline StdString::RegexMatcher Matches(const std::string& regex, CaseSensitive::Choice choice = CaseSensitive::Yes) {
    return StdString::RegexMatcher(regex, choice);
}

class ExceptionMessageMatcher final : public MatcherBase<std::exception> {
  public:
    explicit ExceptionMessageMatcher(std::string message) : message_(std::move(message)) {}
    bool match(const std::exception& value) const override { return value.what() == message_; }
    std::string describe() const override { return "exception message matches \"" + message_ + '"'; }

  private:
    std::string message_;
};
namespace Exception {
using Matchers::ExceptionMessageMatcher;
}

inline ExceptionMessageMatcher Message(const std::string& message) { return ExceptionMessageMatcher(message); }

template <class M>
class ExceptionMessageMatchesMatcher final : public MatcherBase<std::exception> {
  public:
    explicit ExceptionMessageMatchesMatcher(M matcher) : matcher_(std::move(matcher)) {}
    bool match(const std::exception& value) const override { return matcher_.match(value.what()); }
    std::string describe() const override { return " matches \"" + matcher_.toString() + '"'; }

  private:
    M matcher_;
};
template <class M, cordon_compat::if_matchers<M, M> = 0>
ExceptionMessageMatchesMatcher<M> MessageMatches(const M& matcher) {
    return ExceptionMessageMatchesMatcher<M>(matcher);
}

}  // namespace Catch::Matchers
#endif

// ---- cordon/compat/parts/catch2/matchers/value.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_VALUE_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_VALUE_HPP_

#include <utility>

namespace Catch::Matchers {

template <typename T, typename Predicate>
class PredicateMatcher final : public MatcherBase<T> {
  public:
    PredicateMatcher(Predicate predicate, const std::string& description)
        : predicate_(std::move(predicate)),
          words_(description.empty() ? "matches undescribed predicate" : "matches predicate: \"" + description + '"') {}
    bool match(const T& value) const override { return predicate_(value); }
    std::string describe() const override { return words_; }

  private:
    Predicate predicate_;
    std::string words_;
};

template <typename T, typename P>
PredicateMatcher<T, std::decay_t<P>> Predicate(P&& predicate, const std::string& description = "") {
    return {std::forward<P>(predicate), description};
}

}  // namespace Catch::Matchers
#endif

// ---- cordon/compat/parts/catch2/matchers/vector.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_VECTOR_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_VECTOR_HPP_

#include <vector>

// Matchers of std::vector.

namespace Catch::Matchers {

template <typename T, typename Alloc>
class VectorContainsElementMatcher final : public MatcherBase<std::vector<T, Alloc>> {
  public:
    explicit VectorContainsElementMatcher(const T& element) : element_(element) {}
    bool match(const std::vector<T, Alloc>& value) const override {
        for (const auto& each : value) {
            if (each == element_) return true;
        }
        return false;
    }
    std::string describe() const override { return "Contains: " + ::Catch::Detail::stringify(element_); }

  private:
    const T& element_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class EqualsMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit EqualsMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        return cordon_compat::are_equal(value, expected_, cordon_compat::equal());
    }
    std::string describe() const override { return "Equals: " + ::Catch::Detail::stringify(expected_); }

  private:
    const std::vector<T, AllocComp>& expected_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class UnorderedEqualsMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit UnorderedEqualsMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        return value.size() == expected_.size() &&
               std::is_permutation(expected_.begin(), expected_.end(), value.begin());
    }
    std::string describe() const override { return "UnorderedEquals: " + ::Catch::Detail::stringify(expected_); }

  private:
    const std::vector<T, AllocComp>& expected_;
};

template <typename T, typename AllocComp, typename AllocMatch>
class ApproxMatcher final : public MatcherBase<std::vector<T, AllocMatch>> {
  public:
    explicit ApproxMatcher(const std::vector<T, AllocComp>& expected) : expected_(expected) {}
    bool match(const std::vector<T, AllocMatch>& value) const override {
        if (value.size() != expected_.size()) return false;
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (value[i] != near_(static_cast<double>(expected_[i]))) return false;
        }
        return true;
    }
    std::string describe() const override { return "is approx: " + ::Catch::Detail::stringify(expected_); }
    template <typename N>
    ApproxMatcher& epsilon(const N& relative) {
        near_.epsilon(static_cast<double>(relative));
        return *this;
    }
    template <typename N>
    ApproxMatcher& margin(const N& absolute) {
        near_.margin(static_cast<double>(absolute));
        return *this;
    }
    template <typename N>
    ApproxMatcher& scale(const N& size) {
        near_.scale(static_cast<double>(size));
        return *this;
    }

  private:
    const std::vector<T, AllocComp>& expected_;
    mutable ::Catch::Approx near_ = ::Catch::Approx::custom();
};

template <typename T, typename Alloc = std::allocator<T>>
VectorContainsElementMatcher<T, Alloc> VectorContains(const T& element) {
    return VectorContainsElementMatcher<T, Alloc>(element);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
EqualsMatcher<T, AllocComp, AllocMatch> Equals(const std::vector<T, AllocComp>& expected) {
    return EqualsMatcher<T, AllocComp, AllocMatch>(expected);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
UnorderedEqualsMatcher<T, AllocComp, AllocMatch> UnorderedEquals(const std::vector<T, AllocComp>& expected) {
    return UnorderedEqualsMatcher<T, AllocComp, AllocMatch>(expected);
}
template <typename T, typename AllocComp = std::allocator<T>, typename AllocMatch = AllocComp>
ApproxMatcher<T, AllocComp, AllocMatch> Approx(const std::vector<T, AllocComp>& expected) {
    return ApproxMatcher<T, AllocComp, AllocMatch>(expected);
}

}  // namespace Catch::Matchers
#endif
#if !defined(CATCH_CONFIG_DISABLE)
#if defined(CATCH_CONFIG_PREFIX_ALL)

// ---- cordon/compat/parts/catch2/matchers/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_MACROS_HPP_

// The macros that take matchers.

#define CATCH_CHECK_THAT(...) \
    CORDON_CATCH2_THAT_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS_WITH(expression, ...)                                                                       \
    CORDON_CATCH2_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                               (expression), __VA_ARGS__)
#define CATCH_CHECK_THROWS_MATCHES(expression, type, ...)                                                  \
    CORDON_CATCH2_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                                  CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CATCH_REQUIRE_THAT(...)                                                                                   \
    CORDON_CATCH2_THAT_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_WITH(expression, ...)                                            \
    CORDON_CATCH2_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                               CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_MATCHES(expression, type, ...)                                                    \
    CORDON_CATCH2_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                                  CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#endif
#else

// ---- cordon/compat/parts/catch2/matchers/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_COMPAT_PARTS_CATCH2_MATCHERS_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define CHECK_THAT(...) CORDON_CATCH2_THAT_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_THROWS_WITH(expression, ...) CORDON_CATCH2_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_THROWS_MATCHES(expression, type, ...) CORDON_CATCH2_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define REQUIRE_THAT(...) CORDON_CATCH2_THAT_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_THROWS_WITH(expression, ...) CORDON_CATCH2_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression \
    ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_THROWS_MATCHES(expression, type, ...) CORDON_CATCH2_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
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
