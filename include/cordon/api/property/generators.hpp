#pragma once

#include <cordon/api/property/arbitrary.hpp>

// Generators made of others. A generator is copied into those that use it.

namespace cordon {
namespace detail {

template <class T, class First, class... Rest>
T draw_nth(source& from, size_t index, const First& first, const Rest&... rest) {
    if constexpr (sizeof...(Rest) != 0) {
        if (index != 0) return draw_nth<T>(from, index - 1, rest...);
    }
    return from.draw(first);
}

template <size_t, class T>
struct held {
    T value;
};
template <class Indices, class... T>
struct held_values;
/// Values that are drawn in the order of braces: arguments of a function have no order.
template <size_t... I, class... T>
struct held_values<indices<I...>, T...> : held<I, T>... {
    template <class F>
    auto pass_to(const F& function) {
        return function(static_cast<T&&>(held<I, T>::value)...);
    }
};

}  // namespace detail

namespace gen {

template <class Generator>
using value_of = decltype(detail::declare<const Generator&>()(detail::declare<source&>()));

/// Every T, as a parameter of a PROPERTY has it.
template <class T>
arbitrary<T> any() {
    return {};
}

/// Always this value.
template <class T>
auto just(T value) {
    return [value](source&) -> T { return value; };
}

/// Whole numbers from `low` to `high`, both included. The simplest one is `simplest`, or else the nearest one to zero.
template <class T>
auto in_range(T low, T high, T simplest) {
    static_assert(detail::is_integer<T>, "in_range() makes whole numbers");
    return [low, high, simplest](source& from) -> T {
        return static_cast<T>(
            detail::draw_in_range(from, static_cast<unsigned long long>(low), static_cast<unsigned long long>(high),
                                  static_cast<unsigned long long>(simplest), detail::is_signed_number<T>));
    };
}
template <class T>
auto in_range(T low, T high) {
    static_assert(detail::is_integer<T>, "in_range() makes whole numbers");
    return in_range<T>(low, high, low > 0 ? low : high < 0 ? high : 0);
}

/// One of the values. The first one is the simplest.
template <class T, class... Rest>
auto element_of(T first, Rest... rest) {
    struct table {
        T values[1 + sizeof...(Rest)];
    };
    const table all{{first, static_cast<T>(rest)...}};
    return
        [all](source& from) -> T { return all.values[from.choose(sizeof...(Rest), 0, detail::spread::even).distance]; };
}

/// A value of one of the generators, which have the same type of value. The first one is the simplest.
template <class First, class... Rest>
auto one_of(First first, Rest... rest) {
    using value = value_of<First>;
    return [=](source& from) -> value {
        const auto chosen = from.choose(sizeof...(Rest), 0, detail::spread::even).distance;
        return detail::draw_nth<value>(from, static_cast<size_t>(chosen), first, rest...);
    };
}

/// function(value).
template <class Generator, class F>
auto map(Generator generator, F function) {
    return [=](source& from) { return function(from.draw(generator)); };
}

/// Values that the predicate accepts. Discards the example after 100 values that it refuses.
template <class Generator, class F>
auto filter(Generator generator, F predicate) {
    return [=](source& from) -> value_of<Generator> {
        for (int tries = 0; tries < 100; ++tries) {
            const source::span attempt(from, nullptr, true);
            value_of<Generator> value = from.draw(generator);
            if (predicate(static_cast<const value_of<Generator>&>(value))) return value;
        }
        from.discard();
    };
}

/// A value of the generator that function(value) returns.
template <class Generator, class F>
auto bind(Generator generator, F function) {
    return [=](source& from) { return from.draw(function(from.draw(generator))); };
}

/// function(a, b, ...), with a value of each generator.
template <class F, class... Generator>
auto combine(F function, Generator... generator) {
    return [=](source& from) {
        detail::held_values<detail::make_indices<sizeof...(Generator)>, value_of<Generator>...> values{
            {from.draw(generator)}...};
        return values.pass_to(function);
    };
}

/// Tuple{a, b, ...}, with a value of each generator: a std::tuple, std::pair, or any aggregate.
template <class Tuple, class... Generator>
auto tuple_of(Generator... generator) {
    return [=](source& from) { return Tuple{from.draw(generator)...}; };
}

/// A container of `least` to `most` values; also a set, a map (of pairs) or a string.
template <class Container, class Generator>
auto container_of(Generator generator, size_t least = 0, size_t most = static_cast<size_t>(-1)) {
    return [=](source& from) { return detail::draw_container<Container>(from, generator, least, most); };
}

/// Values as if the example had this size: 1 to 100.
template <class Generator>
auto resize(size_t size, Generator generator) {
    return [=](source& from) {
        const source::resized now(from, size);
        return from.draw(generator);
    };
}

}  // namespace gen
}  // namespace cordon
