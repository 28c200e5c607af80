#pragma once

#include <cordon/api/matchers/matcher.hpp>
#include <cordon/api/matchers/plain_text.hpp>

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
