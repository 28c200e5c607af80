// cordon 0.1.0: a C++ test framework that runs every test in its own process.
// Generated from include/cordon/ by tools/amalgamate.py. Change the parts, not this file.
//
// MIT License
//
// Copyright (c) 2026 The cordon authors
//
// Permission is hereby granted, free of charge, to any person obtaining a copy
// of this software and associated documentation files (the "Software"), to deal
// in the Software without restriction, including without limitation the rights
// to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
// copies of the Software, and to permit persons to whom the Software is
// furnished to do so, subject to the following conditions:
//
// The above copyright notice and this permission notice shall be included in all
// copies or substantial portions of the Software.
//
// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
// IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
// FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
// LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
// OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
// SOFTWARE.
#pragma once

// ---- cordon/fields.hpp ----

// Shows structs by their fields before C++20: point{1, 2}. From C++20 on, <cordon/cordon.hpp> does so itself, with the
// fields' names. docs/writing-tests.md says which structs.

#if !defined(CORDON_CONTAINS_CORDON_API_ALL_HPP_) || defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include "cordon.hpp"
#endif

// ---- cordon/api/one_letter_macros_begin.hpp ----

// A user's macros of one letter (-DC, complex.h's I) must not replace cordon's template parameters. Included before the
// code of each light header; one_letter_macros_end.hpp brings the macros back.

#pragma push_macro("A")
#undef A
#pragma push_macro("B")
#undef B
#pragma push_macro("C")
#undef C
#pragma push_macro("D")
#undef D
#pragma push_macro("E")
#undef E
#pragma push_macro("F")
#undef F
#pragma push_macro("G")
#undef G
#pragma push_macro("H")
#undef H
#pragma push_macro("I")
#undef I
#pragma push_macro("J")
#undef J
#pragma push_macro("K")
#undef K
#pragma push_macro("L")
#undef L
#pragma push_macro("M")
#undef M
#pragma push_macro("N")
#undef N
#pragma push_macro("O")
#undef O
#pragma push_macro("P")
#undef P
#pragma push_macro("Q")
#undef Q
#pragma push_macro("R")
#undef R
#pragma push_macro("S")
#undef S
#pragma push_macro("T")
#undef T
#pragma push_macro("U")
#undef U
#pragma push_macro("V")
#undef V
#pragma push_macro("W")
#undef W
#pragma push_macro("X")
#undef X
#pragma push_macro("Y")
#undef Y
#pragma push_macro("Z")
#undef Z
CORDON_SILENCE_BEGIN

// ---- cordon/api/fields/fields.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_FIELDS_FIELDS_HPP_)
#define CORDON_CONTAINS_CORDON_API_FIELDS_FIELDS_HPP_

// The fields of an aggregate: how many there are, their values, and from C++20 on their names. Not for aggregates with
// bases, unions or members that cannot be built from {}.

namespace cordon::detail {

inline constexpr size_t most_fields = 8;

/// Converts to every type if T is void, else only to unions and to the bases of T.
template <class T>
struct probe {
    template <class U, class = only_if<is_same<T, void> || __is_union(U) || (!is_same<U, T> && __is_base_of(U, T))>>
    operator U() const;
};

// fits<T, P...>(rank<n>()) finds the largest number of {}, at most n, so that a T can be built from them and then a P.
// The size of its result is that number + 2.
template <size_t N>
extern char (&room)[N];
template <class T, class... P>
char fits(...);
#define CORDON_FITS_(n, ...)       \
    template <class T, class... P> \
    auto fits(rank<n>)->decltype(void(T{__VA_ARGS__ declare<P>()...}), room<n + 2>);
CORDON_FITS_(0, )
CORDON_FITS_(1, {}, )
CORDON_FITS_(2, {}, {}, )
CORDON_FITS_(3, {}, {}, {}, )
CORDON_FITS_(4, {}, {}, {}, {}, )
CORDON_FITS_(5, {}, {}, {}, {}, {}, )
CORDON_FITS_(6, {}, {}, {}, {}, {}, {}, )
CORDON_FITS_(7, {}, {}, {}, {}, {}, {}, {}, )
CORDON_FITS_(8, {}, {}, {}, {}, {}, {}, {}, {}, )
CORDON_FITS_(9, {}, {}, {}, {}, {}, {}, {}, {}, {}, )
#undef CORDON_FITS_

/// 0 if the fields cannot be had: then a structured binding would not compile. An array is one field.
template <class T>
constexpr size_t field_count() {
    if constexpr (__is_aggregate(T) && !__is_union(T) && !__is_empty(T)) {
        constexpr size_t size = sizeof(fits<T>(rank<most_fields + 1>()));
        // A further member that {} cannot build may follow.
        if constexpr (size > 2 && size < most_fields + 3 && sizeof(fits<T, probe<T>>(rank<most_fields>())) == 1)
            return sizeof(fits<T, probe<void>>(rank<most_fields + 1>())) < size ? size - 2 : 0;
    }
    return 0;
}

/// Calls f with the fields.
template <size_t N, class T, class F>
constexpr auto with_fields(T& value, F f) {
#define CORDON_FIELDS_(n, ...)       \
    if constexpr (N == n) {          \
        auto& [__VA_ARGS__] = value; \
        return f(__VA_ARGS__);       \
    }
    CORDON_FIELDS_(1, a)
    CORDON_FIELDS_(2, a, b)
    CORDON_FIELDS_(3, a, b, c)
    CORDON_FIELDS_(4, a, b, c, d)
    CORDON_FIELDS_(5, a, b, c, d, e)
    CORDON_FIELDS_(6, a, b, c, d, e, g)
    CORDON_FIELDS_(7, a, b, c, d, e, g, h)
    CORDON_FIELDS_(8, a, b, c, d, e, g, h, i)
#undef CORDON_FIELDS_
}

#if CORDON_CPLUSPLUS >= 202002L
// The compiler writes the address of a member as "(& object.name)" or "&object.name". The object is only named.
template <class T>
struct named_object {
    const T value;
};
template <class T>
extern const named_object<T> some_object;

struct field_addresses {
    const void* of[most_fields];
};
struct address_taker {
    template <class... F>
    constexpr field_addresses operator()(const F&... field) const {
        return {{__builtin_addressof(field)...}};
    }
};

template <field_addresses Fields>
constexpr const char* named_by() {
    return CORDON_SIGNATURE;
}
/// Bit-fields have no address.
template <class T, size_t N>
constexpr auto names_of_fields(int) -> decltype(named_by<with_fields<N>(some_object<T>.value, address_taker())>()) {
    return named_by<with_fields<N>(some_object<T>.value, address_taker())>();
}
#endif
template <class T, size_t>
constexpr const char* names_of_fields(...) {
    return "";
}

template <class T>
auto write_object(rank<1>, text_sink& out, const T& value) -> only_if<field_count<T>() != 0> {
    constexpr size_t count = field_count<T>();
    with_fields<count>(value, field_writer{out, signature_of<T>(), names_of_fields<T, count>(0)});
}

}  // namespace cordon::detail
#endif
CORDON_SILENCE_END

// ---- cordon/api/one_letter_macros_end.hpp ----

// After the code of each light header: the user's macros are as they were before one_letter_macros_begin.hpp.

#pragma pop_macro("A")
#pragma pop_macro("B")
#pragma pop_macro("C")
#pragma pop_macro("D")
#pragma pop_macro("E")
#pragma pop_macro("F")
#pragma pop_macro("G")
#pragma pop_macro("H")
#pragma pop_macro("I")
#pragma pop_macro("J")
#pragma pop_macro("K")
#pragma pop_macro("L")
#pragma pop_macro("M")
#pragma pop_macro("N")
#pragma pop_macro("O")
#pragma pop_macro("P")
#pragma pop_macro("Q")
#pragma pop_macro("R")
#pragma pop_macro("S")
#pragma pop_macro("T")
#pragma pop_macro("U")
#pragma pop_macro("V")
#pragma pop_macro("W")
#pragma pop_macro("X")
#pragma pop_macro("Y")
#pragma pop_macro("Z")
