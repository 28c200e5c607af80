#pragma once

#include <cordon/api/traits.hpp>

// The names of enumerators: the compiler writes them into the name of a function whose template arguments they are. The
// engine reads them there.

namespace cordon::detail {

template <class E, E... Values>
constexpr const char* enumerator_names() {
    return CORDON_SIGNATURE;
}

#if defined(__clang__) && __clang_major__ >= 20
// It refuses values that an enum without a fixed type cannot have. Then the largest number of small ones is asked for.
template <class E, size_t... I>
constexpr auto names_from(rank<2>, indices<I...>)
    -> decltype(enumerator_names<E, static_cast<E>(I)..., static_cast<E>(I + 32)..., static_cast<E>(I + 64)...,
                                 static_cast<E>(I + 96)..., static_cast<E>(128LL << I)...,
                                 static_cast<E>(~static_cast<long long>(I))...>()) {
    return enumerator_names<E, static_cast<E>(I)..., static_cast<E>(I + 32)..., static_cast<E>(I + 64)...,
                            static_cast<E>(I + 96)..., static_cast<E>(128LL << I)...,
                            static_cast<E>(~static_cast<long long>(I))...>();
}
template <class E, size_t... I>
constexpr auto names_from(rank<1>, indices<I...>) -> decltype(enumerator_names<E, static_cast<E>(I)...>()) {
    return enumerator_names<E, static_cast<E>(I)...>();
}
template <class E, size_t... I>
constexpr const char* names_from(rank<0>, indices<I...>) {
    return names_from<E>(rank<1>(), make_indices<sizeof...(I) / 2>());
}
template <class E, size_t Count = 32>
constexpr const char* names_of_enum() {
    return names_from<E>(rank<2>(), make_indices<Count>());
}
#else
/// Also a value that an enum without a fixed type cannot have. With a precompiled header, g++ forgets what it shall not
/// warn of.
template <class E>
constexpr E as_enum(long long value) {
#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ >= 11
    return __builtin_bit_cast(E, static_cast<__underlying_type(E)>(value));
#else
    return static_cast<E>(value);
#endif
}
template <class E, size_t... I>
constexpr const char* names_from(indices<I...>) {
    return enumerator_names<E, as_enum<E>(I)..., as_enum<E>(I + 32)..., as_enum<E>(I + 64)..., as_enum<E>(I + 96)...,
                            as_enum<E>(128LL << I)..., as_enum<E>(~static_cast<long long>(I))...>();
}
/// Of the values 0 to 127, the powers of two from 2^7 to 2^38, -1 to -32. The engine knows this order.
template <class E, size_t Count = 32>
constexpr const char* names_of_enum() {
    return names_from<E>(make_indices<Count>());
}
#endif

/// The operator | of two values is of the same enum: they are flags.
template <class E>
constexpr auto is_flags(E value) -> only_if<is_same<decltype(value | value), E>, bool> {
    return true;
}
constexpr bool is_flags(...) { return false; }

}  // namespace cordon::detail
