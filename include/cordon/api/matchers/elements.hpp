#pragma once

#include <cordon/api/matchers/range.hpp>

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
