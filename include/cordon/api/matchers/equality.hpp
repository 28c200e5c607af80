#pragma once

#include <cordon/api/matchers/matcher.hpp>
#include <cordon/api/matchers/ranges.hpp>

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
