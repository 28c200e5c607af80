#pragma once

#include <cordon/api/expression.hpp>
#include <cordon/api/property/source.hpp>

// Generators of standard types. They are recognized by their members, so that no standard header is needed here.

namespace cordon {
namespace detail {

template <class T>
inline constexpr bool is_signed_number = static_cast<T>(-1) < static_cast<T>(1);

template <class T>
T&& moved(T& value) {
    return static_cast<T&&>(value);
}

/// Its address is the label of a container's elements.
template <class Container>
inline constexpr char element_label = 0;

// ---- containers ----

/// The value_type of a map has a constant key. This is the same pair without the const.
template <class T>
struct movable_pair {
    using type = T;
};
template <template <class, class> class Pair, class Key, class Mapped>
struct movable_pair<Pair<const Key, Mapped>> {
    using type = Pair<Key, Mapped>;
};
template <class Container>
using element_of = typename movable_pair<bare<typename Container::value_type>>::type;

template <class C, class E>
auto put_into(rank<0>, C& to, E&& element) -> decltype(void(to.push(moved(element)))) {
    to.push(moved(element));
}
template <class C, class E>
auto put_into(rank<1>, C& to, E&& element) -> decltype(void(to.push_front(moved(element)))) {
    to.push_front(moved(element));
}
template <class C, class E>
auto put_into(rank<2>, C& to, E&& element) -> decltype(void(to.insert(moved(element)))) {
    to.insert(moved(element));
}
template <class C, class E>
auto put_into(rank<3>, C& to, E&& element) -> decltype(void(to.push_back(moved(element)))) {
    to.push_back(moved(element));
}
template <class C>
auto size_of(rank<1>, const C& container, size_t) -> decltype(static_cast<size_t>(container.size())) {
    return static_cast<size_t>(container.size());
}
template <class C>
size_t size_of(rank<0>, const C&, size_t count) {
    return count;  // a forward_list
}

/// A container of `least` to `most` elements. A set drops elements that it has, so it may stay smaller than planned; if
/// it cannot reach `least`, the example is discarded.
template <class C, class Generator>
C draw_container(source& from, const Generator& generator, size_t least, size_t most) {
    constexpr size_t most_vain = 100;
    C made{};
    length plan = from.plan(least, most);
    size_t vain = 0;
    while (from.wants_more(plan)) {
        const source::span element(from, &element_label<C>, true);
        put_into(rank<3>(), made, generator(from));
        const size_t now = size_of(rank<1>(), made, plan.have + 1);
        if (now == plan.have && ++vain == most_vain) {
            if (now < least) from.discard();
            break;
        }
        plan.have = now;
    }
    return made;
}

// ---- text ----

template <class C>
void append_code_point(C& text, char32_t point) {
    using unit = typename C::value_type;
    const auto put = [&text](char32_t part) { text.push_back(static_cast<unit>(part)); };
    if constexpr (sizeof(unit) >= 4) {
        put(point);
    } else if constexpr (sizeof(unit) == 2) {
        if (point < 0x10000) return put(point);
        put(0xD800 + ((point - 0x10000) >> 10));
        put(0xDC00 + ((point - 0x10000) & 0x3FF));
    } else {
        if (point < 0x80) return put(point);
        if (point >= 0x10000) put(0xF0 | (point >> 18));
        if (point >= 0x800) put((point >= 0x10000 ? 0x80 : 0xE0) | ((point >> 12) & (point >= 0x10000 ? 0x3F : 0xF)));
        put((point >= 0x800 ? 0x80 : 0xC0) | ((point >> 6) & (point >= 0x800 ? 0x3F : 0x1F)));
        put(0x80 | (point & 0x3F));
    }
}

template <class C>
C draw_text(source& from) {
    C made{};
    length plan = from.plan(0, static_cast<size_t>(-1));
    for (; from.wants_more(plan); ++plan.have) {
        const source::span element(from, &element_label<C>, true);
        append_code_point(made, draw_code_point(from, sizeof(typename C::value_type) == 1));
    }
    return made;
}

// ---- enums ----

/// Casting any number to such an enum is defined, so its enumerators can be looked for.
template <class E>
auto has_fixed_type(int) -> decltype(E{0}, rank<1>());
template <class E>
rank<0> has_fixed_type(long);

/// The numbers that have names among those of names_of_enum().
struct enumerator_numbers {
    size_t count;
    long long numbers[192];
};
enumerator_numbers enumerators_in(const char* names);

template <class E>
E draw_enum(source& from) {
    static_assert(is_same<decltype(has_fixed_type<E>(0)), rank<1>>,
                  "this enum has no fixed underlying type: write enum E : int, or specialize cordon::arbitrary<E>");
    static const enumerator_numbers all = enumerators_in(names_of_enum<E>());
    if (all.count == 0) return static_cast<E>(from.any<__underlying_type(E)>());
    return static_cast<E>(all.numbers[from.choose(all.count - 1, 0, spread::even).distance]);
}

// ---- types made of others ----

/// Converts to the type of whatever field it initializes.
template <class Aggregate>
struct any_field {
    source& from;

    template <class Field, class = only_if<!is_same<bare<Field>, Aggregate>>>
    operator Field() const {
        return from.any<Field>();
    }
};
template <class T, size_t>
using field_of = any_field<T>;
template <class T, size_t... I>
auto has_fields(rank<1>, indices<I...>) -> decltype(T{declare<field_of<T, I>>()...}, rank<1>());
template <class T, class Indices>
rank<0> has_fields(rank<0>, Indices);
template <class T, size_t N>
inline constexpr bool takes_fields = is_same<decltype(has_fields<T>(rank<1>(), make_indices<N>())), rank<1>>;

/// How many values initialize an aggregate; up to 8. Not field_count(): here, each element of an array is one.
template <class T, size_t N = 8>
constexpr size_t taken_count() {
    if constexpr (N == 0 || takes_fields<T, N>) {
        return N;
    } else {
        return taken_count<T, N - 1>();
    }
}
template <class T, size_t... I>
T draw_aggregate([[maybe_unused]] source& from, indices<I...>) {
    return T{field_of<T, I>{from}...};
}

template <class T>
struct parts_of {};
template <template <class...> class T, class... E>
struct parts_of<T<E...>> {
    using type = T<E...>;
    static constexpr size_t last = sizeof...(E) - 1;
    using numbers = typename indices_up_to<sizeof...(E)>::type;

    static type draw_all(source& from) { return type{from.any<E>()...}; }
    template <size_t I, class Each>
    static type draw_as(source& from) {
        type made;
        made.template emplace<I>(from.any<Each>());
        return made;
    }
    template <size_t... I>
    static type draw_one(source& from, indices<I...>) {
        using maker = type (*)(source&);
        static constexpr maker makers[] = {&draw_as<I, E>...};
        return makers[from.choose(last, 0, spread::even).distance](from);
    }
};
template <template <class, size_t> class Array, class E, size_t N>
struct parts_of<Array<E, N>> {
    using element = E;
    template <size_t... I>
    static Array<E, N> draw([[maybe_unused]] source& from, indices<I...>) {
        return {{((void)I, from.any<E>())...}};
    }
    static Array<E, N> draw_all(source& from) { return draw(from, make_indices<N>()); }
};

// ---- the generator of a class ----

// GCC refuses the built-in one in the type of a function.
template <class T>
inline constexpr bool is_aggregate = __is_aggregate(T);
template <class T>
inline constexpr bool is_empty = __is_empty(T);

template <class T>
T make_any(rank<0>, source&) {
    static_assert(never<T>, "cordon has no generator for this type: specialize cordon::arbitrary<T>");
}
template <class T>
auto make_any(rank<1>, source& from) -> only_if<is_aggregate<T>, T> {
    static_assert(!takes_fields<T, 9>, "the type has more than 8 fields: specialize cordon::arbitrary<T>");
    return draw_aggregate<T>(from, make_indices<taken_count<T>()>());
}

/// std::chrono: a duration, a time point.
template <class T>
auto make_any(rank<2>, source& from) -> decltype(void(declare<typename T::period*>()), T(declare<typename T::rep>())) {
    return T(from.any<typename T::rep>());
}
template <class T>
auto make_any(rank<2>, source& from)
    -> decltype(void(declare<T>().time_since_epoch()), T(declare<typename T::duration>())) {
    return T(from.any<typename T::duration>());
}

/// A smart pointer. Null is the simplest one.
template <class T>
auto make_any(rank<3>, source& from) -> decltype(void(declare<T>().get()), T(declare<typename T::element_type*>())) {
    if (from.choose(7, 0, spread::even).distance == 0) return T();
    return T(new bare<typename T::element_type>(from.any<typename T::element_type>()));
}
template <class T>
auto make_any(rank<3>, source& from) -> decltype(void(declare<T>().has_value()), T(declare<typename T::value_type>())) {
    if (from.choose(3, 0, spread::even).distance == 0) return T();
    return T(from.any<typename T::value_type>());
}
/// A pair or a tuple.
template <class T>
auto make_any(rank<3>, source& from) -> decltype(void(get<parts_of<T>::last>(declare<T&>())), T()) {
    return parts_of<T>::draw_all(from);
}
/// An array.
template <class T>
auto make_any(rank<3>, source& from) -> decltype(declare<T&>().fill(declare<typename parts_of<T>::element>()), T()) {
    return parts_of<T>::draw_all(from);
}
template <class T>
auto make_any(rank<4>, source& from)
    -> decltype(void(declare<T&>().valueless_by_exception()), typename parts_of<T>::type()) {
    return parts_of<T>::draw_one(from, typename parts_of<T>::numbers());
}
template <class T>
auto make_any(rank<5>, source& from) -> decltype(put_into(rank<3>(), declare<T&>(), declare<element_of<T>>()), T()) {
    return draw_container<T>(from, arbitrary<element_of<T>>(), 0, static_cast<size_t>(-1));
}
template <class T>
auto make_any(rank<6>, source& from)
    -> decltype(void(declare<typename T::traits_type*>()), void(T::npos),
                void(declare<T&>().push_back(declare<typename T::value_type>())), T()) {
    return draw_text<T>(from);
}

}  // namespace detail

template <class T, class>
struct arbitrary {
    using made_by = arbitrary;  ///< a specialization does not have it

    T operator()(source& from) const {
        if constexpr (detail::is_same<T, bool>) {
            return from.choose(1, 0, detail::spread::even).distance != 0;
        } else if constexpr (detail::is_integer<T>) {
            return static_cast<T>(detail::draw_integer(from, sizeof(T) * 8, detail::is_signed_number<T>));
        } else if constexpr (detail::is_floating<T>) {
            return static_cast<T>(detail::draw_floating(from, sizeof(T) == sizeof(float)));
        } else if constexpr (detail::is_same<T, char>) {
            return detail::draw_character(from);
        } else if constexpr (detail::is_text_unit<T>) {
            return static_cast<T>(detail::draw_code_point(from, false));
        } else if constexpr (detail::is_enum<T>) {
            return detail::draw_enum<T>(from);
        } else {
            return detail::make_any<T>(detail::rank<6>(), from);
        }
    }
};

}  // namespace cordon
