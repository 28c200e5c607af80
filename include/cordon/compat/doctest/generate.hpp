#pragma once

#include <cordon/api/generators/place.hpp>
#include <cordon/compat/doctest/string.hpp>

// GENERATE: the type of its values is that of the first one.

namespace doctest {
namespace detail {

/// Tells the test whether a later pass uses a value after the one at `at`.
template <class T>
void look_ahead(cordon::detail::generator_place& place, const T* values, size_t at, size_t count) {
    if (!place.is_new()) return place.compare(at + 1 < count);
    size_t next = at + 1;
    while (next < count && place.chooses() && !place.may_follow(cordon::detail::text_of(values[next])))
        ++next;
    next < count ? place.announce() : place.close();
}

template <class T, class... More>
T generate(const char* file, unsigned line, unsigned number, T first, More... more) {
    constexpr size_t count = sizeof...(More) + 1;
    const T values[count] = {static_cast<T&&>(first), static_cast<T>(more)...};
    cordon::detail::generator_place place(file, line, number);
    for (size_t at = 0; at < count; ++at) {
        if (!place.step()) continue;
        if (place.chooses() && !place.allows(cordon::detail::text_of(values[at]))) {
            place.refuse();
        } else if (place.enter()) {
            place.name(cordon::detail::text_of(values[at]));
            look_ahead(place, values, at, count);
            return values[at];
        }
    }
    place.end();
}

}  // namespace detail
}  // namespace doctest
