#pragma once

#include <cordon/api/check.hpp>

// The operands of CHECK(a == b). The macro writes  site << a == b . Since << binds tighter than a comparison, the site
// captures `a`, and the comparison sees both sides. Operators that bind tighter than << (a + b, !a, a.b) are already
// evaluated. A shift by the user is repeated with a value.

namespace cordon::detail {

template <class... T>
inline constexpr bool never = false;

/// Passed by value: a copy is free, and a static constant then needs no definition.
template <class T>
using if_scalar = only_if<!is_object<T>, int>;
template <class T>
using if_object = only_if<is_object<T>, int>;
/// An array of these is text, limited by its extent.
template <class T>
using if_text_unit = only_if<is_text_unit<T>, int>;

/// Comparing two of these cannot throw, so the assertion needs no exception handler.
template <class T>
inline constexpr bool is_plain = !is_object<T> && !is_enum<T>;
template <class T>
inline constexpr bool is_plain<T&> = false;
template <class T>
inline constexpr bool is_plain<T&&> = false;

template <class T>
inline constexpr bool is_pointer = is_same<T, decltype(nullptr)>;
template <class T>
inline constexpr bool is_pointer<T*> = true;
template <class T>
inline constexpr bool is_text_pointer = false;
template <class T>
inline constexpr bool is_text_pointer<T*> = is_text_unit<T>;

template <class T>
CORDON_CONSTEXPR auto truth_of(rank<1>, T& value) -> decltype(static_cast<bool>(value)) {
    return static_cast<bool>(value);
}
/// An operator that only a temporary has.
template <class T>
CORDON_CONSTEXPR bool truth_of(rank<0>, T& value) {
    return static_cast<bool>(static_cast<T&&>(value));
}

/// The left operand. T is a reference for objects and a value for scalars. For an array of characters, `value` is its
/// address and Extent its size.
template <class T, size_t Extent = 0>
struct left_operand {
    T value;
    const assertion_site& site;

    /// The whole expression is this operand.
    CORDON_CONSTEXPR operator outcome() {
        if (CORDON_LIKELY(truth_of(rank<1>(), value) != site.negated)) return pass(site);
        fail_value(site, text_of(value));
        return outcome{outcome::failed};
    }
    template <class Unused = T>
    explicit constexpr operator bool() const {
        static_assert(never<Unused>, "?: at the top of an assertion: put parentheses around it");
        return false;
    }
};

// The macro passes the site as a temporary, and these take a reference to one. That makes them a better match than an
// operator<< of the user that takes any stream: S& operator<<(S&, const T&).
using passed_site = const assertion_site&&;

template <class T, if_scalar<T> = 0>
CORDON_CONSTEXPR left_operand<T> operator<<(passed_site site, T value) noexcept {
    return {value, site};
}
template <class T, size_t N, if_text_unit<T> = 0>
CORDON_CONSTEXPR left_operand<T*, N> operator<<(passed_site site, T (&text)[N]) noexcept {
    return {text, site};
}
// Forwarded as written: an operator may need a non-const object or a temporary.
template <class T, if_object<T> = 0>
CORDON_CONSTEXPR left_operand<T&> operator<<(passed_site site, T& value) noexcept {
    return {value, site};
}
template <class T, if_object<T> = 0>
CORDON_CONSTEXPR left_operand<T&&> operator<<(passed_site site, T&& value) noexcept {
    return {static_cast<T&&>(value), site};
}

/// How to show an operand. Text in an array ends with the array. If text is compared by address, the address comes
/// first; compared with another text, the address is reported elsewhere.
enum class compared_by : unsigned char { value, address_of_text, address };

template <size_t Extent, compared_by By, class T>
operand_text shown_operand(const T& value) {
    if constexpr (By != compared_by::value && is_text_pointer<T>) {
        constexpr auto write = By == compared_by::address ? &write_text_at : &write_text_or_address;
        return {&write_text_pointer<bare<decltype(*value)>, Extent, write>, &value};
    } else if constexpr (Extent != 0) {
        return {&write_text_pointer<bare<decltype(*value)>, Extent, &write_zero_terminated>, &value};
    } else {
        return text_of(value);
    }
}

/// The language has converted both operands to `C`.
template <class C, class L, class R>
CORDON_COLD void fail_numbers(const assertion_site& site, const comparison& what, L left, R right) noexcept {
    const C left_as = static_cast<C>(left);
    const C right_as = static_cast<C>(right);
    const bool left_changed = static_cast<long double>(left_as) != static_cast<long double>(left);
    const bool right_changed = static_cast<long double>(right_as) != static_cast<long double>(right);
    fail_mixed(site, what, {text_of(left_as), left_changed}, {text_of(right_as), right_changed},
               is_floating<L> && is_floating<R>);
}

/// Records a failed comparison. Scalars are passed by value: their addresses are taken only here, so they stay in
/// registers where the comparison is made.
template <class L, class R, size_t LeftExtent, size_t RightExtent>
CORDON_COLD outcome fail_operands(const assertion_site& site, const char* op, L left, R right) noexcept {
    constexpr bool texts = is_text_pointer<L> && is_text_pointer<R>;
    constexpr compared_by pointers = is_pointer<L> && is_pointer<R> ? compared_by::address : compared_by::value;
    constexpr compared_by by = texts ? compared_by::address_of_text : pointers;
    const operand_text left_text = shown_operand<LeftExtent, by>(left);
    const operand_text right_text = shown_operand<RightExtent, by>(right);
    const comparison what = {op, left_text, right_text, CORDON_SIGNATURE, sizeof(left), sizeof(right)};
    if constexpr (texts) {
        fail_addresses(site, what, left, right);
    } else if constexpr (!is_same<L, R> && is_number<L> && is_number<R>) {
        fail_numbers<decltype(left + right)>(site, what, left, right);
    } else {
        fail_comparison(site, what);
    }
    return outcome{outcome::failed};
}

/// What an operator returns that must not stand at the top of an assertion.
template <class T>
struct refused : outcome {
    static_assert(never<T>,
                  "&&, ||, a comma or a second comparison at the top of an assertion: put parentheses around it");
};

// ---- the comparisons ----

enum relation : unsigned char { eq, ne, lt, le, gt, ge };
inline constexpr char symbol_of[][3] = {"==", "!=", "<", "<=", ">", ">="};

/// Makes the comparison. One template, because each costs every test file. Integers of different types are converted as
/// the language does it, without the warning: g++ forgets in a precompiled header where warnings are off.
template <relation Is, class L, class R>
CORDON_CONSTEXPR decltype(auto) relate(L&& left, R&& right) {
    if constexpr (!is_same<bare<L>, bare<R>> && is_integer<bare<L>> && is_integer<bare<R>>) {
        using common = decltype(left + right);
        return relate<Is>(static_cast<common>(left), static_cast<common>(right));
    } else {
        if constexpr (Is == eq) return static_cast<L&&>(left) == static_cast<R&&>(right);
        if constexpr (Is == ne) return static_cast<L&&>(left) != static_cast<R&&>(right);
        if constexpr (Is == lt) return static_cast<L&&>(left) < static_cast<R&&>(right);
        if constexpr (Is == le) return static_cast<L&&>(left) <= static_cast<R&&>(right);
        if constexpr (Is == gt) return static_cast<L&&>(left) > static_cast<R&&>(right);
        if constexpr (Is == ge) return static_cast<L&&>(left) >= static_cast<R&&>(right);
    }
}

template <class T, class Number>
auto compares_with(rank<3>) -> decltype(void(T::equivalent), enable<false, void>());
template <class T, class Number>
auto compares_with(rank<2>) -> decltype(void(declare<T&>() == declare<Number&>()), enable<false, void>());
template <class T, class Number>
auto compares_with(rank<1>)
    -> decltype(void(declare<T&>() == nullptr), static_cast<void>(sizeof(T)), enable<is_object<T>, void>());
template <class T, class Number>
auto compares_with(rank<0>) -> enable<false, void>;

/// True for pointers, pointers to members, and what compares with nullptr and not with a number: smart pointers.
template <class T, class Number>
inline constexpr bool is_nullable = is_same<decltype(compares_with<T, Number>(rank<3>())), enable<true, void>>;
template <class T, class Number>
inline constexpr bool is_nullable<T*, Number> = true;
template <class T, class C, class Number>
inline constexpr bool is_nullable<T C::*, Number> = true;
template <class T, class Number>
inline constexpr bool is_nullable<T&, Number> = is_nullable<T, Number>;
template <class T, class Number>
inline constexpr bool is_nullable<T&&, Number> = is_nullable<T, Number>;

/// True for types of NULL and 0, which are no longer null pointer constants once they are passed on.
template <class T>
inline constexpr bool is_zero = is_one_of<T, int, long, long long>;
enum class side : unsigned char { none, left, right };
/// The operand that must be a null pointer constant.
template <class L, class R, bool Left = is_zero<L>, bool Right = is_zero<R>>
inline constexpr side null_side = side::none;
template <class L, class R>
inline constexpr side null_side<L, R, true, false> = is_nullable<R, L> ? side::left : side::none;
template <class L, class R>
inline constexpr side null_side<L, R, false, true> = is_nullable<L, R> ? side::right : side::none;

/// Makes the comparison. If `right` is text in an array, Extent is the size of the array.
template <relation Is, size_t Extent, class R, class L, size_t N>
CORDON_CONSTEXPR outcome judge(left_operand<L, N>& left, R right) noexcept(is_plain<L>&& is_plain<R>) {
    constexpr side null = Is == eq || Is == ne ? null_side<L, R> : side::none;
    if constexpr (null == side::right) {
        return right == 0 ? judge<Is, 0, decltype(nullptr)>(left, nullptr) : refuse_number(left.site);
    } else if constexpr (null == side::left) {
        left_operand<decltype(nullptr)> zero{nullptr, left.site};
        return left.value == 0 ? judge<Is, Extent, R>(zero, right) : refuse_number(left.site);
    } else {
        if (CORDON_LIKELY(static_cast<bool>(relate<Is>(left.value, right)) != left.site.negated))
            return pass(left.site);
        return fail_operands<L, R, N, Extent>(left.site, symbol_of[Is], static_cast<L&&>(left.value), right);
    }
}

// A conversion needed only by the comparison is left to the comparison, so the object keeps its const. The reference to
// a temporary makes these a better match than an operator of the user that takes anything: operator==(const T&, mine).
#define CORDON_COMPARISON_(op, name)                                                                                \
    template <class L, size_t N, class R, if_scalar<R> = 0>                                                         \
    CORDON_CONSTEXPR outcome operator op(left_operand<L, N>&& left, R right) noexcept(is_plain<L> && is_plain<R>) { \
        return judge<name, 0, R>(left, right);                                                                      \
    }                                                                                                               \
    template <class L, size_t N, class R, size_t M, if_text_unit<R> = 0>                                            \
    CORDON_CONSTEXPR outcome operator op(left_operand<L, N>&& left, R(&right)[M]) {                                 \
        return judge<name, M, R*>(left, right);                                                                     \
    }                                                                                                               \
    template <class L, size_t N, class R, if_object<R> = 0>                                                         \
    CORDON_CONSTEXPR outcome operator op(left_operand<L, N>&& left, const R& right) {                               \
        return judge<name, 0, const R&>(left, right);                                                               \
    }                                                                                                               \
    template <class L, size_t N, class R, if_object<R> = 0>                                                         \
    CORDON_CONSTEXPR outcome operator op(left_operand<L, N>&& left, R& right) {                                     \
        return judge<name, 0, R&>(left, right);                                                                     \
    }                                                                                                               \
    template <class T>                                                                                              \
    refused<T> operator op(outcome, const T&);
CORDON_COMPARISON_(==, eq)
CORDON_COMPARISON_(!=, ne)
CORDON_COMPARISON_(<, lt)
CORDON_COMPARISON_(<=, le)
CORDON_COMPARISON_(>, gt)
CORDON_COMPARISON_(>=, ge)
#undef CORDON_COMPARISON_

#if defined(__cpp_impl_three_way_comparison) && defined(__cpp_concepts)
// std::strong_ordering and similar types compare only with a literal 0. The user writes (a <=> b) in parentheses.
template <class T>
concept ordering = requires {
    bare<T>::equivalent, bare<T>::less, bare<T>::greater;
};

#define CORDON_ORDERING_COMPARISON_(op)                                                         \
    template <ordering L>                                                                       \
    constexpr outcome operator op(left_operand<L> left, int zero) {                             \
        if (CORDON_LIKELY((left.value op 0) != left.site.negated)) return pass(left.site);      \
        return fail_operands<L, int, 0, 0>(left.site, #op, static_cast<L&&>(left.value), zero); \
    }                                                                                           \
    template <ordering R>                                                                       \
    constexpr outcome operator op(left_operand<int> zero, const R& right) {                     \
        if (CORDON_LIKELY((0 op right) != zero.site.negated)) return pass(zero.site);           \
        return fail_operands<int, const R&, 0, 0>(zero.site, #op, zero.value, right);           \
    }                                                                                           \
    template <ordering R>                                                                       \
    constexpr outcome operator op(left_operand<int> zero, R& right) {                           \
        return zero op static_cast<const R&>(right);                                            \
    }
CORDON_ORDERING_COMPARISON_(==)
CORDON_ORDERING_COMPARISON_(!=)
CORDON_ORDERING_COMPARISON_(<)
CORDON_ORDERING_COMPARISON_(<=)
CORDON_ORDERING_COMPARISON_(>)
CORDON_ORDERING_COMPARISON_(>=)
#undef CORDON_ORDERING_COMPARISON_
#endif

// These operators do not bind tighter than <<, so they are evaluated here. The result becomes the left operand.
#define CORDON_ARITHMETIC_(op)                                                              \
    template <class L, size_t N, class R>                                                   \
    CORDON_CONSTEXPR auto operator op(left_operand<L, N> left, const R& right) {            \
        return left_operand<decltype(left.value op right)>{left.value op right, left.site}; \
    }
CORDON_ARITHMETIC_(<<)
CORDON_ARITHMETIC_(>>)
CORDON_ARITHMETIC_(&)
CORDON_ARITHMETIC_(|)
CORDON_ARITHMETIC_(^)
#undef CORDON_ARITHMETIC_

template <class T>
refused<T> operator&&(outcome, const T&);
template <class T>
refused<T> operator||(outcome, const T&);
template <class T>
refused<T> operator,(outcome, const T&);

// Scalars go by value, as above. Text does not: an array would lose its extent.
template <class T>
inline constexpr bool goes_by_value = !is_object<T> && !is_text_pointer<T>;
template <class T>
inline constexpr bool goes_by_reference = is_object<bare<T>> || is_text_pointer<bare<T>>;
template <class T, size_t N>
inline constexpr bool goes_by_reference<T (&)[N]> = is_text_unit<T>;

/// For the macros that name their comparison: CHECK_EQ(a, b) is compare<eq>(site, a, b).
template <relation Is, class L, class R, only_if<goes_by_value<L> && goes_by_value<R>, int> = 0>
CORDON_CONSTEXPR outcome compare(const assertion_site& site, L left, R right) noexcept(is_plain<L>&& is_plain<R>) {
    return relate<Is>(static_cast<passed_site>(site) << left, right);
}
template <relation Is, class L, class R, only_if<goes_by_reference<L> && goes_by_value<R>, int> = 0>
CORDON_CONSTEXPR outcome compare(const assertion_site& site, L&& left, R right) {
    return relate<Is>(static_cast<passed_site>(site) << static_cast<L&&>(left), right);
}
template <relation Is, class L, class R, only_if<goes_by_value<L> && goes_by_reference<R>, int> = 0>
CORDON_CONSTEXPR outcome compare(const assertion_site& site, L left, R&& right) {
    return relate<Is>(static_cast<passed_site>(site) << left, static_cast<R&&>(right));
}
template <relation Is, class L, class R, only_if<goes_by_reference<L> && goes_by_reference<R>, int> = 0>
CORDON_CONSTEXPR outcome compare(const assertion_site& site, L&& left, R&& right) {
    return relate<Is>(static_cast<passed_site>(site) << static_cast<L&&>(left), static_cast<R&&>(right));
}

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

}  // namespace cordon::detail
