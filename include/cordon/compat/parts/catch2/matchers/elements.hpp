#pragma once

#include <cordon/compat/parts/catch2/matchers/matcher.hpp>

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
