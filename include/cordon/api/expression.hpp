#pragma once

#include <cordon/api/check.hpp>

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
