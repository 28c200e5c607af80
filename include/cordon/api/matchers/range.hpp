#pragma once

#include <cordon/api/matchers/equality.hpp>

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
