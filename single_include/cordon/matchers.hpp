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

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "cordon.hpp"
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

// ---- cordon/api/matchers/elements.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_ELEMENTS_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_ELEMENTS_HPP_

// ---- cordon/api/matchers/range.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_RANGE_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_RANGE_HPP_

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

// Matchers for ranges: what a range-based for loop takes. The range is walked again to explain a failure.

namespace cordon::detail::matching {

/// Which elements must match.
enum class quantity : unsigned char { all, any, none };

const char* words_of(quantity which) noexcept;

/// Reports how many elements match, or do not, and the first of them.
class element_report {
  public:
    element_report(text_sink& out, quantity which) : out_(out), which_(which) {}
    ~element_report();
    element_report(const element_report&) = delete;
    element_report& operator=(const element_report&) = delete;

    void add(bool matches, const mismatch& element);

  private:
    text_sink& out_;
    size_t seen_ = 0;
    size_t told_ = 0;
    quantity which_;
};

template <class V>
constexpr bool refuse_no_range() {
    static_assert(is_range<V>, "cordon: this matcher takes a range: a container, an array or a view");
    return is_range<V>;
}

template <class M, quantity Which>
struct element_matcher : matchers::matcher {
    explicit CORDON_CONSTEXPR element_matcher(const M& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        if constexpr (refuse_no_range<V>()) {
            for (auto&& element : range) {
                if (accepts(inner, element) == (Which != quantity::all)) return Which == quantity::any;
            }
        }
        return Which != quantity::any;
    }
    void describe(text_sink& out) const {
        out << words_of(Which);
        matching::describe(out, inner);
    }
    template <class V>
    void explain(text_sink& out, V& range) const {
        element_report report(out, Which);
        if constexpr (is_range<V>) {
            for (auto&& element : range) {
                const auto reason = [&](text_sink& to) { matching::explain(to, inner, element); };
                report.add(accepts(inner, element), {text_of(element), {}, text_by(reason)});
            }
        }
    }

    M inner;
};

/// contains(x): in a text a part of it, else an element.
template <class M>
struct containing : matchers::matcher {
    explicit CORDON_CONSTEXPR containing(const M& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        return element_matcher<M, quantity::any>(inner).matches(range);
    }
    void describe(text_sink& out) const {
        out << "contains an element that ";
        matching::describe(out, inner);
    }

    M inner;
};
template <class T>
struct containing<equal_to<T>> : matchers::matcher {
    explicit CORDON_CONSTEXPR containing(const equal_to<T>& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        if constexpr (is_text<T> && is_text<V>) {
            return has_text(plain_text(value), part());
        } else {
            return element_matcher<equal_to<T>, quantity::any>(inner).matches(value);
        }
    }
    void describe(text_sink& out) const {
        out << "contains ";
        write_element(out, inner.expected);
    }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_text<T> && is_text<V>) explain_text(out, plain_text(value), part());
    }

    equal_to<T> inner;

  private:
    expected_text part() const { return {plain_text(inner.expected), extent::inside, matchers::text_case::kept}; }
};

template <class M>
struct size_matcher : matchers::matcher {
    explicit CORDON_CONSTEXPR size_matcher(const M& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        const size_t size = size_of(range);
        return accepts(inner, size);
    }
    void describe(text_sink& out) const { describe_part(out, "has size ", "has a size that ", inner); }
    template <class V>
    void explain(text_sink& out, V& range) const {
        out << "its size is " << size_of(range);
    }

    M inner;
};

struct empty_matcher : matchers::matcher {
    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        return size_of(range) == 0;
    }
    void describe(text_sink& out) const { out << "is empty"; }
    template <class V>
    void explain(text_sink& out, V& range) const {
        out << "its size is " << size_of(range);
    }
};

struct by_less {
    template <class T>
    CORDON_CONSTEXPR bool operator()(const T& a, const T& b) const {
        return static_cast<bool>(a < b);
    }
};

void explain_order(text_sink& out, size_t index, operand_text before, operand_text after);

template <class Less>
struct sorted_matcher : matchers::matcher {
    CORDON_CONSTEXPR sorted_matcher(const Less& less_, const char* words_) : less(less_), words(words_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        return find(range, [](size_t, auto&, auto&) {});
    }
    void describe(text_sink& out) const { out << words; }
    template <class V>
    void explain(text_sink& out, V& range) const {
        find(range, [&](size_t index, auto& before, auto& after) {
            explain_order(out, index, text_of(before), text_of(after));
        });
    }

  private:
    /// Calls `tell` for the first element that is less than the one before it. Returns true if the range is sorted.
    template <class V, class F>
    CORDON_CONSTEXPR bool find(V& range, F tell) const {
        if constexpr (refuse_no_range<V>()) {
            size_t index = 0;
            auto before = begin_of(rank<1>(), range);
            const auto end = end_of(rank<1>(), range);
            for (auto at = before; at != end; before = at, ++at, ++index) {
                if (index == 0) continue;
                auto&& left = *before;
                auto&& right = *at;
                if (!less(right, left)) continue;
                tell(index, left, right);
                return false;
            }
        }
        return true;
    }

    Less less;
    const char* words;
};

enum class surplus : unsigned char { missing, unexpected };

/// Writes lists of elements: "missing: 1, 2; unexpected: 3".
class surplus_report {
  public:
    explicit surplus_report(text_sink& out) : out_(out) {}
    /// False if no more are wanted.
    bool add(surplus which, operand_text element);

  private:
    text_sink& out_;
    size_t counts_[2] = {};
};

template <class A, class T>
CORDON_CONSTEXPR size_t count_in(A& range, T& wanted) {
    size_t count = 0;
    for (auto&& each : range)
        count += are_equal(each, wanted) ? 1 : 0;
    return count;
}

/// Calls `tell` for each element of `from` that is there more often than in `other`, until it returns false.
template <class A, class B, class F>
CORDON_CONSTEXPR void each_surplus(A& from, B& other, F tell) {
    size_t index = 0;
    for (auto&& element : from) {
        size_t before = 0;
        size_t at = 0;
        for (auto&& each : from) {
            if (at++ == index) break;
            before += are_equal(each, element) ? 1 : 0;
        }
        ++index;
        if (before >= count_in(other, element) && !tell(element)) return;
    }
}

template <class A, class B>
void explain_surplus(text_sink& out, A& value, B& expected, bool exactly) {
    surplus_report report(out);
    const auto tell = [&](surplus which) {
        return [&report, which](auto& element) { return report.add(which, text_of(element)); };
    };
    each_surplus(expected, value, tell(surplus::missing));
    if (exactly) each_surplus(value, expected, tell(surplus::unexpected));
}

/// The elements of another range in any order: exactly these, or these among others.
template <class R, bool Exactly>
struct elements_of : matchers::matcher {
    explicit CORDON_CONSTEXPR elements_of(const R& expected_) : expected(expected_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        bool found = true;
        if constexpr (refuse_no_range<V>()) {
            if (Exactly && size_of(range) != size_of(expected)) return false;
            each_surplus(expected, range, [&](auto&) { return found = false; });
        }
        return found;
    }
    void describe(text_sink& out) const {
        out << (Exactly ? "has in any order the elements of " : "contains all elements of ");
        write_element(out, expected);
    }
    template <class V>
    void explain(text_sink& out, V& range) const {
        if constexpr (is_range<V>) explain_surplus(out, range, expected, Exactly);
    }

    R expected;
};

template <class R>
CORDON_CONSTEXPR auto held_range(const R& range) {
    static_assert(is_range<const R>, "cordon: the expected elements must be a range: a container, an array or a list");
    return held<R>(range);
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a text that has this one in it, or a range with an element that is equal to the value or matches.
template <class M>
CORDON_CONSTEXPR auto contains(const M& part) {
    return detail::matching::containing<detail::matching::matcher_of<M>>(detail::matching::to_matcher(part));
}
/// Matches a range if every element matches, at least one, or none. An empty range has no element that matches.
template <class M>
CORDON_CONSTEXPR auto all_match(const M& matcher) {
    using inner = detail::matching::matcher_of<M>;
    return detail::matching::element_matcher<inner, detail::matching::quantity::all>(
        detail::matching::to_matcher(matcher));
}
template <class M>
CORDON_CONSTEXPR auto any_match(const M& matcher) {
    using inner = detail::matching::matcher_of<M>;
    return detail::matching::element_matcher<inner, detail::matching::quantity::any>(
        detail::matching::to_matcher(matcher));
}
template <class M>
CORDON_CONSTEXPR auto none_match(const M& matcher) {
    using inner = detail::matching::matcher_of<M>;
    return detail::matching::element_matcher<inner, detail::matching::quantity::none>(
        detail::matching::to_matcher(matcher));
}

/// Matches a range or text whose number of elements is the number, or matches.
template <class M>
CORDON_CONSTEXPR auto has_size(const M& size) {
    return detail::matching::size_matcher<detail::matching::matcher_of<M>>(detail::matching::to_matcher(size));
}
CORDON_CONSTEXPR inline detail::matching::empty_matcher empty() { return {}; }

/// Matches a range in which no element is less than the one before it.
CORDON_CONSTEXPR inline auto is_sorted() {
    return detail::matching::sorted_matcher<detail::matching::by_less>({}, "is sorted");
}
/// The same by `less(a, b)`. `words` describe the order: "is sorted by length".
template <class Less>
CORDON_CONSTEXPR auto is_sorted(const Less& less, const char* words = "is sorted by the predicate") {
    return detail::matching::sorted_matcher<detail::matching::held<Less>>(less, words);
}

/// Matches a range with equal elements in any order. The number of comparisons grows with the square of the size.
template <class R>
CORDON_CONSTEXPR auto equals_unordered(const R& expected) {
    return detail::matching::elements_of<detail::matching::held<R>, true>(detail::matching::held_range(expected));
}
template <class T, size_t N>
CORDON_CONSTEXPR auto equals_unordered(const T (&expected)[N]) {
    return detail::matching::elements_of<detail::matching::held<T[N]>, true>(detail::matching::held_range(expected));
}
/// Matches a range that has all these elements, and maybe more.
template <class R>
CORDON_CONSTEXPR auto contains_all(const R& expected) {
    return detail::matching::elements_of<detail::matching::held<R>, false>(detail::matching::held_range(expected));
}
template <class T, size_t N>
CORDON_CONSTEXPR auto contains_all(const T (&expected)[N]) {
    return detail::matching::elements_of<detail::matching::held<T[N]>, false>(detail::matching::held_range(expected));
}

}  // namespace cordon::matchers
#endif

// elements_are(m1, m2, ...): a matcher for each element of a range.

namespace cordon::detail::matching {

/// A row of matchers.
template <class... M>
struct row {
    template <class F>
    CORDON_CONSTEXPR bool each(F&) const {
        return true;
    }
};
template <class M, class... Rest>
struct row<M, Rest...> {
    CORDON_CONSTEXPR row(const M& first_, const Rest&... rest_) : first(first_), rest(rest_...) {}

    /// Calls `use` for each matcher, until it returns false.
    template <class F>
    CORDON_CONSTEXPR bool each(F& use) const {
        return use(first) && rest.each(use);
    }

    M first;
    row<Rest...> rest;
};

/// Writes "has the elements: A, B".
class row_words {
  public:
    row_words(text_sink& out, const char* begin) : out_(out), before_(begin) {}
    template <class M>
    bool operator()(const M& one) {
        out_ << before_;
        describe_part(out_, "", "one that ", one);
        before_ = ", ";
        return true;
    }

  private:
    text_sink& out_;
    const char* before_;
};

/// Writes "at index 2 is VALUE: REASON".
void explain_element_at(text_sink& out, size_t index, operand_text element, operand_text reason);

template <class... M>
struct in_order : matchers::matcher {
    explicit CORDON_CONSTEXPR in_order(const M&... all_) : all(all_...) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& range) const {
        if constexpr (!refuse_no_range<V>()) return false;
        auto at = begin_of(rank<1>(), range);
        const auto end = end_of(rank<1>(), range);
        auto use = [&](const auto& one) {
            if (!(at != end)) return false;
            auto&& element = *at;
            if (!accepts(one, element)) return false;
            ++at;
            return true;
        };
        return all.each(use) && !(at != end);
    }
    void describe(text_sink& out) const {
        row_words words(out, "has the elements: ");
        all.each(words);
    }
    template <class V>
    void explain(text_sink& out, V& range) const {
        size_t index = 0;
        auto at = begin_of(rank<1>(), range);
        const auto end = end_of(rank<1>(), range);
        auto use = [&](const auto& one) {
            if (!(at != end)) {
                const auto words = [&](text_sink& to) { describe_part(to, "", "one that ", one); };
                explain_element(out, index, {nullptr, nullptr}, text_by(words));
                return false;
            }
            auto&& element = *at;
            if (!accepts(one, element)) {
                const auto reason = [&](text_sink& to) { matching::explain(to, one, element); };
                explain_element_at(out, index, text_of(element), text_by(reason));
                return false;
            }
            ++at;
            ++index;
            return true;
        };
        if (all.each(use) && at != end) {
            auto&& element = *at;
            explain_element(out, index, text_of(element), {nullptr, nullptr});
        }
    }

  private:
    row<M...> all;
};

/// Gives each of `count` matchers an element of its own. `fits`: for each matcher, the elements that match it.
/// `chosen`: for each element, the matcher, or `count` for none. True if all have one.
bool assign_elements(const bool* fits, size_t count, size_t* chosen) noexcept;

template <class... M>
struct in_any_order : matchers::matcher {
    explicit CORDON_CONSTEXPR in_any_order(const M&... all_) : all(all_...) {}

    template <class V>
    bool matches(V& range) const {
        size_t chosen[count] = {};
        return refuse_no_range<V>() && size_of(range) == count && assign(range, chosen);
    }
    void describe(text_sink& out) const {
        row_words words(out, "has in any order the elements: ");
        all.each(words);
    }
    template <class V>
    void explain(text_sink& out, V& range) const {
        const size_t size = size_of(range);
        if (size != count) {
            out << "its size is " << size;
            return;
        }
        size_t chosen[count] = {};
        assign(range, chosen);
        bool has_element[count] = {};
        for (const size_t each : chosen)
            if (each != count) has_element[each] = true;
        size_t index = 0;
        const char* before = "no element is left that ";
        auto use = [&](const auto& one) {
            if (has_element[index++]) return true;
            out << before;
            matching::describe(out, one);
            before = "; and none that ";
            return true;
        };
        all.each(use);
    }

  private:
    static constexpr size_t count = sizeof...(M);

    template <class V>
    bool assign(V& range, size_t* chosen) const {
        bool fits[count * count] = {};
        bool* at = fits;
        auto use = [&](const auto& one) {
            for (auto&& element : range)
                *at++ = accepts(one, element);
            return true;
        };
        all.each(use);
        return assign_elements(fits, count, chosen);
    }

    row<M...> all;
};

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a range with one element for each argument, in that order. An argument is a value or a matcher.
template <class... M>
CORDON_CONSTEXPR auto elements_are(const M&... elements) {
    static_assert(sizeof...(M) != 0, "cordon: elements_are() needs elements; for none use empty()");
    return detail::matching::in_order<detail::matching::matcher_of<M>...>(detail::matching::to_matcher(elements)...);
}
/// The same in any order.
template <class... M>
auto elements_are_unordered(const M&... elements) {
    static_assert(sizeof...(M) != 0, "cordon: elements_are_unordered() needs elements; for none use empty()");
    return detail::matching::in_any_order<detail::matching::matcher_of<M>...>(
        detail::matching::to_matcher(elements)...);
}

}  // namespace cordon::matchers
#endif

// ---- cordon/api/matchers/exception.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_EXCEPTION_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_EXCEPTION_HPP_

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

// ---- cordon/api/matchers/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_MACROS_HPP_

// ---- cordon/api/matchers/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_EXPANSION_HPP_

// How the macros of <cordon/matchers.hpp> expand.

#if !defined(CORDON_CONFIG_NO_EXCEPTIONS)
#define CORDON_CATCH_MATCH_(site, type, ...)                                                   \
    catch (::cordon::detail::catch_of<type> CORDON_CONCAT(site, _caught)) {                    \
        try {                                                                                  \
            CORDON_CONCAT(site, _outcome) =                                                    \
                ::cordon::detail::check_that(site, CORDON_CONCAT(site, _caught), __VA_ARGS__); \
        }                                                                                      \
        CORDON_CATCH_ANY_(site, matching::when_thrown_by_matcher(site))                        \
    }                                                                                          \
    CORDON_CATCH_ANY_(site, fail_wrong_exception(site, #type))

#define CORDON_THROWS_MATCHES_(level, macro, text, site, expression, type, ...)            \
    CORDON_THROWING_(level, macro, text, site, "no exception was thrown, expected " #type, \
                     CORDON_CATCH_MATCH_(site, type, __VA_ARGS__), expression)
#else
#define CORDON_THROWS_MATCHES_(level, macro, ...) CORDON_WITHOUT_EXCEPTIONS_(macro)
#endif
#endif

// The macros of <cordon/matchers.hpp>, with their long names; see api/macros.hpp. CORDON_CHECK_THROWS_WITH takes a
// matcher, too.

#define CORDON_WARN_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_WARN_THROWS_MATCHES(expression, type, ...)                                         \
    CORDON_THROWS_MATCHES_(warn, "WARN_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CORDON_CHECK_THAT(...)                                                                                 \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_CHECK_THROWS_MATCHES(expression, type, ...)                                          \
    CORDON_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CORDON_REQUIRE_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      check_that, __VA_ARGS__)
#define CORDON_REQUIRE_THROWS_MATCHES(expression, type, ...)                                            \
    CORDON_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#endif

// ---- cordon/api/matchers/number.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_NUMBER_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_NUMBER_HPP_

// Matchers for floating-point numbers.

namespace cordon::detail::matching {

enum class distance : unsigned char { absolute, relative, ulps };

/// How near a number must be. For `ulps` of float, both numbers are floats.
struct nearness {
    double target;
    double limit;
    distance measure;
    bool of_float;
};

/// Fails the current assertion, or the test outside of one, if the limit is negative or NaN.
void check_limit(const nearness& wanted);
bool is_near(double value, const nearness& wanted) noexcept;
void describe_near(text_sink& out, const nearness& wanted);
void explain_near(text_sink& out, double value, const nearness& wanted);

struct near_matcher : matchers::matcher {
    near_matcher(double target, double limit, distance measure, bool of_float)
        : wanted{target, limit, measure, of_float} {
        check_limit(wanted);
    }

    template <class V>
    bool matches(V& value) const {
        if constexpr (!is_number<bare<V>>) {
            static_assert(never<V>, "cordon: this matcher takes a number");
            return false;
        } else {
            return is_near(static_cast<double>(value), wanted);
        }
    }
    void describe(text_sink& out) const { describe_near(out, wanted); }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if constexpr (is_number<bare<V>>) explain_near(out, static_cast<double>(value), wanted);
    }

    nearness wanted;
};

enum class float_kind : unsigned char { nan, infinite, finite };

bool is_of_kind(double value, float_kind kind) noexcept;
const char* words_of(float_kind kind) noexcept;

template <float_kind Kind>
struct kind_matcher : matchers::matcher {
    template <class V>
    bool matches(V& value) const {
        static_assert(is_floating<bare<V>>, "cordon: this matcher takes a floating-point number");
        return is_of_kind(static_cast<double>(value), Kind);
    }
    void describe(text_sink& out) const { out << words_of(Kind); }
};

}  // namespace cordon::detail::matching

namespace cordon::matchers {

/// Matches a number at most `margin` away.
inline auto within_abs(double target, double margin) {
    return detail::matching::near_matcher(target, margin, detail::matching::distance::absolute, false);
}

/// Matches a number whose distance is at most `tolerance` times the larger of both absolute values. 0.01 is one
/// percent.
inline auto within_rel(double target, double tolerance) {
    return detail::matching::near_matcher(target, tolerance, detail::matching::distance::relative, false);
}

/// Matches a number with at most `count` - 1 other values of its type between. The type is that of `target`: float or
/// double.
template <class F>
auto within_ulps(F target, unsigned long long count) {
    static_assert(detail::is_one_of<F, float, double>, "cordon: within_ulps() takes a float or a double");
    return detail::matching::near_matcher(static_cast<double>(target), static_cast<double>(count),
                                          detail::matching::distance::ulps, detail::is_same<F, float>);
}

inline detail::matching::kind_matcher<detail::matching::float_kind::nan> is_nan() { return {}; }
inline detail::matching::kind_matcher<detail::matching::float_kind::infinite> is_infinite() { return {}; }
/// Matches what is neither NaN nor infinite.
inline detail::matching::kind_matcher<detail::matching::float_kind::finite> is_finite() { return {}; }

}  // namespace cordon::matchers
#endif

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

// ---- cordon/api/matchers/value.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_MATCHERS_VALUE_HPP_)
#define CORDON_CONTAINS_CORDON_API_MATCHERS_VALUE_HPP_

// Matchers for values of any type: comparisons, predicates, members, pointers.

namespace cordon::detail::matching {

enum class relation : unsigned char { less, at_most, greater, at_least };

const char* words_of(relation how) noexcept;

/// Integers are compared by their values, whatever their types.
template <class A, class B>
CORDON_CONSTEXPR bool is_less(const A& a, const B& b) {
    if constexpr (is_integer<A> && is_integer<B>) {
        return (a < 0) != (b < 0) ? a < 0 : a < b;
    } else {
        return static_cast<bool>(a < b);
    }
}

template <class A, class B>
auto is_ordered(rank<1>, const A& a, const B& b)
    -> decltype(void(static_cast<bool>(a < b)), void(static_cast<bool>(b < a)), enable<true, A>());
template <class A, class B>
enable<false, A> is_ordered(rank<0>, const A&, const B&);
template <class A, class B>
inline constexpr bool has_order =
    is_same<decltype(is_ordered(rank<1>(), declare<const A&>(), declare<const B&>())), enable<true, A>>;

template <class T, relation How>
struct compared_to : matchers::matcher {
    explicit CORDON_CONSTEXPR compared_to(const T& expected_) : expected(expected_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        if constexpr (!has_order<bare<V>, T>) {
            static_assert(never<V>, "cordon: the value and the limit have no operator<");
            return false;
        } else if constexpr (How == relation::less) {
            return is_less(value, expected);
        } else if constexpr (How == relation::greater) {
            return is_less(expected, value);
        } else if constexpr (How == relation::at_most) {
            return is_less(value, expected) || are_equal(value, expected);
        } else {
            return is_less(expected, value) || are_equal(value, expected);
        }
    }
    void describe(text_sink& out) const {
        out << words_of(How);
        write_element(out, expected);
    }

    T expected;
};

template <class P, class W>
struct satisfying : matchers::matcher {
    CORDON_CONSTEXPR satisfying(const P& predicate_, const W& words_) : predicate(predicate_), words(words_) {}

    template <class V>
    CORDON_CONSTEXPR auto matches(V& value) const -> decltype(static_cast<bool>(declare<const P&>()(value))) {
        return static_cast<bool>(predicate(value));
    }
    void describe(text_sink& out) const { out << words; }

    P predicate;
    W words;
};

template <class P, class V>
CORDON_CONSTEXPR auto member_of(rank<2>, const P& function, V& value) -> decltype(function(value)) {
    return function(value);
}
template <class P, class V>
CORDON_CONSTEXPR auto member_of(rank<1>, P function, V& value) -> decltype((value.*function)()) {
    return (value.*function)();
}
template <class P, class V>
CORDON_CONSTEXPR auto member_of(rank<0>, P member, V& value) -> decltype((value.*member)) {
    return value.*member;
}

/// Writes "its NAME is VALUE: REASON".
void explain_part(text_sink& out, const char* name, operand_text part, operand_text reason);

template <class P, class M>
struct having : matchers::matcher {
    CORDON_CONSTEXPR having(const char* name_, P member_, const M& inner_)
        : name(name_), member(member_), inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        auto&& part = member_of(rank<2>(), member, value);
        return accepts(inner, part);
    }
    void describe(text_sink& out) const {
        out << "has " << name;
        describe_part(out, " ", " that ", inner);
    }
    template <class V>
    void explain(text_sink& out, V& value) const {
        auto&& part = member_of(rank<2>(), member, value);
        explain_part(out, name, text_of(part), text_by([&](text_sink& to) { matching::explain(to, inner, part); }));
    }

    const char* name;
    P member;
    M inner;
};

template <class M>
struct pointing_to : matchers::matcher {
    explicit CORDON_CONSTEXPR pointing_to(const M& inner_) : inner(inner_) {}

    template <class V>
    CORDON_CONSTEXPR bool matches(V& value) const {
        return static_cast<bool>(value) && accepts(inner, *value);
    }
    void describe(text_sink& out) const { describe_part(out, "holds ", "holds a value that ", inner); }
    template <class V>
    void explain(text_sink& out, V& value) const {
        if (!static_cast<bool>(value)) {
            out << "it holds nothing";
        } else {
            auto&& part = *value;
            explain_part(out, "value", text_of(part),
                         text_by([&](text_sink& to) { matching::explain(to, inner, part); }));
        }
    }

    M inner;
};

struct anything : matchers::matcher {
    template <class V>
    CORDON_CONSTEXPR bool matches(V&) const {
        return true;
    }
    void describe(text_sink& out) const { out << "is anything"; }
};

template <relation How, class T>
CORDON_CONSTEXPR auto compared_by(const T& expected) {
    static_assert(!is_text<T> || is_object<T>, "cordon: pointers to text are not ordered: use a std::string");
    return compared_to<held<T>, How>(held<T>(expected));
}

}  // namespace cordon::detail::matching

namespace cordon::matchers {

template <class T>
CORDON_CONSTEXPR auto less_than(const T& limit) {
    return detail::matching::compared_by<detail::matching::relation::less>(limit);
}
template <class T>
CORDON_CONSTEXPR auto at_most(const T& limit) {
    return detail::matching::compared_by<detail::matching::relation::at_most>(limit);
}
template <class T>
CORDON_CONSTEXPR auto greater_than(const T& limit) {
    return detail::matching::compared_by<detail::matching::relation::greater>(limit);
}
template <class T>
CORDON_CONSTEXPR auto at_least(const T& limit) {
    return detail::matching::compared_by<detail::matching::relation::at_least>(limit);
}

/// Matches every value.
CORDON_CONSTEXPR inline detail::matching::anything anything() { return {}; }

/// Matches if `predicate(value)` is true. `words` describe it: "is a prime number".
template <class P, class W>
CORDON_CONSTEXPR auto satisfies(P predicate, const W& words) {
    return detail::matching::satisfying<P, detail::matching::held<W>>(predicate, words);
}
template <class P>
CORDON_CONSTEXPR auto satisfies(P predicate) {
    return satisfies(predicate, "satisfies the predicate");
}

/// Matches an object whose member, or the result of its member function or of `member(object)`, matches. `name` is for
/// reports and must live as long as the matcher.
template <class P, class M>
CORDON_CONSTEXPR auto has(const char* name, P member, const M& matcher) {
    using inner = detail::matching::matcher_of<M>;
    return detail::matching::having<P, inner>(name, member, detail::matching::to_matcher(matcher));
}

/// Matches a pointer, smart pointer or optional that is not empty and whose value matches.
template <class M>
CORDON_CONSTEXPR auto holds(const M& matcher) {
    return detail::matching::pointing_to<detail::matching::matcher_of<M>>(detail::matching::to_matcher(matcher));
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
#define WARN_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(warn, "WARN_THROWS_MATCHES", #expression \
    ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CHECK_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    check_that, __VA_ARGS__)
#define CHECK_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression \
    ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define REQUIRE_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), check_that, __VA_ARGS__)
#define REQUIRE_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
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
