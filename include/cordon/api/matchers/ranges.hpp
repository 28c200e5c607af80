#pragma once

#include <cordon/api/matchers/plain_text.hpp>

// Ranges: what a range-based for loop takes. And how a matcher keeps a value.

namespace cordon::detail::matching {

template <class V>
auto begin_of(rank<1>, V& range) -> decltype(range.begin()) {
    return range.begin();
}
template <class V, size_t N>
constexpr V* begin_of(rank<1>, V (&array)[N]) {
    return array;
}
template <class V>
auto begin_of(rank<0>, V& range) -> decltype(begin(range)) {
    return begin(range);
}
template <class V>
auto end_of(rank<1>, V& range) -> decltype(range.end()) {
    return range.end();
}
template <class V, size_t N>
constexpr V* end_of(rank<1>, V (&array)[N]) {
    return array + N;
}
template <class V>
auto end_of(rank<0>, V& range) -> decltype(end(range)) {
    return end(range);
}

template <class V>
auto range_kind(rank<1>, V& value)
    -> decltype(void(begin_of(rank<1>(), value) != end_of(rank<1>(), value)), enable<true, V>());
template <class V>
enable<false, V> range_kind(rank<0>, V&);
template <class V>
inline constexpr bool is_range = is_same<decltype(range_kind(rank<1>(), declare<V&>())), enable<true, V>>;

template <class V>
using element_of = bare<decltype(*begin_of(rank<1>(), declare<V&>()))>;

template <class V>
CORDON_CONSTEXPR auto count_elements(rank<1>, V& range) -> decltype(static_cast<size_t>(range.size())) {
    return static_cast<size_t>(range.size());
}
template <class V>
CORDON_CONSTEXPR size_t count_elements(rank<0>, V& range) {
    size_t count = 0;
    for (auto at = begin_of(rank<1>(), range); at != end_of(rank<1>(), range); ++at)
        ++count;
    return count;
}
/// The number of elements of a range, or of characters of a text.
template <class V>
CORDON_CONSTEXPR size_t size_of(V& value) {
    if constexpr (is_text<V>) {
        return plain_text(value).size;
    } else if constexpr (is_range<V>) {
        return count_elements(rank<1>(), value);
    } else {
        static_assert(never<V>, "cordon: this matcher takes a text or a range: a container, an array or a view");
        return 0;
    }
}

/// An array of the user, which must live as long as the matcher.
template <class T, size_t N>
struct array_view {
    constexpr explicit array_view(const T (&array_)[N]) : array(array_) {}
    constexpr const T* begin() const { return array; }
    constexpr const T* end() const { return array + N; }

    const T* array;
};

/// A copy of an array or of a list in braces.
template <class T, size_t N>
struct array_copy {
    constexpr explicit array_copy(const T (&array)[N]) : array_copy(array, make_indices<N>()) {}
    template <size_t... I>
    constexpr array_copy(const T (&array)[N], indices<I...>) : items{array[I]...} {}
    constexpr const T* begin() const { return items; }
    constexpr const T* end() const { return items + N; }

    T items[N];
};

// A long array is not copied: each element is an argument of a template.
template <class T, size_t N>
inline constexpr bool is_long = N > 200;
template <class T, size_t N, size_t M>
inline constexpr bool is_long<T[M], N> = true;

template <class T, size_t N, bool IsText, bool IsLong>
struct held_array {
    using type = array_copy<T, N>;
};
template <class T, size_t N>
struct held_array<T, N, false, true> {
    using type = array_view<T, N>;
};
template <class T, size_t N, bool IsLong>
struct held_array<T, N, true, IsLong> {
    using type = const T*;
};
template <class T>
struct held_type {
    using type = T;
};
template <class T, size_t N>
struct held_type<T[N]> : held_array<T, N, is_text_unit<T>, is_long<T, N>> {};
/// How a matcher keeps a value: as a copy, except for text in an array and for long arrays.
template <class T>
using held = typename held_type<T>::type;

}  // namespace cordon::detail::matching
