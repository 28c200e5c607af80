#pragma once

#include <cordon/api/matchers/equality.hpp>

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
