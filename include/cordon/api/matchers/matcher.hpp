#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/expression.hpp>

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
