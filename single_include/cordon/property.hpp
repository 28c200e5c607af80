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

// ---- cordon/property.hpp ----

// Property tests: a body that must hold for all values of its parameters. See docs/property-tests.md.
//
//     PROPERTY("reversing twice changes nothing", std::vector<int> v) { CHECK(reversed(reversed(v)) == v); }

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

// ---- cordon/api/property/macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_MACROS_HPP_

// ---- cordon/api/property/expansion.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_EXPANSION_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_EXPANSION_HPP_

// ---- cordon/api/property/property.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_PROPERTY_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_PROPERTY_HPP_

// ---- cordon/api/property/code.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_CODE_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_CODE_HPP_

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

// ---- cordon/api/property/arbitrary.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_ARBITRARY_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_ARBITRARY_HPP_

// ---- cordon/api/property/source.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_SOURCE_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_SOURCE_HPP_

// Where generators draw from. A generator is any callable `T operator()(cordon::source&) const`: it makes choices, each
// a whole number, and builds a value from them. The engine records the choices of an example. It shrinks the choices,
// not the value, so that every smaller example also comes from the generator. Functions without a body here are
// compiled once, with the engine (engine/property/source.hpp).

namespace cordon {

/// The generator of a type; specialize it for your own types. It is a callable `T operator()(source&) const`.
template <class T, class = void>
struct arbitrary;

namespace detail {

/// The state of one example; the engine has its definition.
class drawing;

/// A whole number as its distance from the simplest one.
struct choice {
    unsigned long long distance;
    bool below;
};

/// How new choices are distributed. Recorded choices and shrinking do not depend on it.
enum class spread : unsigned char {
    even,   ///< every number is equally likely
    sized,  ///< mostly small ones; they grow with the example's size; sometimes a limit
};

/// The length of a container while it is filled.
struct length {
    size_t least;
    size_t most;
    size_t planned;  ///< new examples stop here
    size_t have = 0;
};

}  // namespace detail

/// The choices of one example.
class source {
  public:
    explicit source(detail::drawing& state) : state_(state) {}
    source(const source&) = delete;
    source& operator=(const source&) = delete;

    /// An arbitrary T.
    template <class T>
    detail::bare<T> any() {
        return draw(arbitrary<detail::bare<T>>());
    }
    /// A value of the generator.
    template <class Generator>
    auto draw(const Generator& generator) -> decltype(generator(*this)) {
        const span whole(*this, &label_of<Generator>, false);
        return generator(*this);
    }

    /// How large values should be: from 1 in the first examples to 100 in the last ones.
    size_t size() const;

    /// For the engine.
    detail::drawing& state() { return state_; }

    // ---- for generators that are not made of others ----

    /// A number at most `above` over the simplest one, or at most `below` under it.
    detail::choice choose(unsigned long long above, unsigned long long below, detail::spread how);
    /// Starts a container of at least `least` and at most `most` elements.
    detail::length plan(size_t least, size_t most);
    /// True if the container gets another element.
    bool wants_more(const detail::length& length);
    /// The example cannot be completed: it is discarded, as by assume(false).
    [[noreturn]] void discard();
    /// A generator was used wrongly: the test fails with this text, which must live as long as the program.
    [[noreturn]] void refuse(const char* why);

    /// The choices of one value. Shrinking removes those of an element as a whole, and replaces a value by a part of it
    /// that has the same label.
    class span {
      public:
        span(source& from, const void* label, bool is_element);
        ~span();
        span(const span&) = delete;
        span& operator=(const span&) = delete;

      private:
        source& from_;
        size_t index_;
        bool is_element_;
    };

    /// Another size while it lives.
    class resized {
      public:
        resized(source& from, size_t size);
        ~resized();
        resized(const resized&) = delete;
        resized& operator=(const resized&) = delete;

      private:
        source& from_;
        size_t before_;
    };

  private:
    template <class Generator>
    static constexpr char label_of = 0;

    detail::drawing& state_;
};

namespace detail {

// Values of the language's types. `bits` is the width of the type.
unsigned long long draw_integer(source& from, unsigned bits, bool is_signed);
/// From `low` to `high`, as two's complement; the simplest one is nearest to `simplest`.
unsigned long long draw_in_range(source& from, unsigned long long low, unsigned long long high,
                                 unsigned long long simplest, bool is_signed);
double draw_floating(source& from, bool single);
/// 'a' is the simplest one, then letters, digits, and any other byte.
char draw_character(source& from);
/// A Unicode code point, in the same order; no surrogate. `as_utf8`: it will be bytes.
char32_t draw_code_point(source& from, bool as_utf8);

}  // namespace detail
}  // namespace cordon
#endif

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
#endif

// A value as code that makes it again. The first of these that applies to its type decides:
//   1. void to_code(cordon::text_sink&, const T&), found in T's namespace or in cordon
//   2. cordon's own form
//   3. its text as in other reports, in a comment

namespace cordon {
namespace detail {

/// A signed or unsigned number of up to 64 bits, in two's complement.
void write_integer_code(text_sink& out, unsigned long long bits, bool is_signed);
void write_floating_code(text_sink& out, double value, bool single);
/// `width`: of one unit in bytes. `prefix`: of the literal. `type`: of the string if it holds zeros, in which case the
/// literal alone would end early.
void write_string_code(text_sink& out, const void* units, size_t count, size_t width, const char* prefix,
                       const char* signature);
/// The type that a function template was instantiated for, as written in code.
void write_type_code(text_sink& out, const char* signature);
/// Returns false and writes nothing if the value has no name. `names`: of names_of_enum().
bool write_enumerator_code(text_sink& out, const char* names, long long value);

template <class T>
void write_code(text_sink& out, const T& value);

template <class T>
inline constexpr const char* literal_prefix = is_same<T, wchar_t>    ? "L"
                                              : is_same<T, char16_t> ? "u"
                                              : is_same<T, char32_t> ? "U"
                                              : is_same<T, char>     ? ""
                                                                     : "u8";

class braces {
  public:
    explicit braces(text_sink& out, const char* open = "{", const char* close = "}") : out_(out), close_(close) {
        out << open;
    }
    ~braces() { out_ << close_; }
    braces(const braces&) = delete;
    braces& operator=(const braces&) = delete;

    template <class T>
    void add(const T& value) {
        if (!first_) out_.write(", ", 2);
        first_ = false;
        write_code(out_, value);
    }

  private:
    text_sink& out_;
    const char* close_;
    bool first_ = true;
};

/// The value where its type must be said: T(code), or only the code if that says it.
template <class T>
void write_typed_code(text_sink& out, const T& value) {
    if constexpr (is_one_of<T, bool, char, int>) {
        write_code(out, value);
    } else if constexpr (is_object<T>) {
        write_type_code(out, signature_of<T>());
        out << '(';
        write_code(out, value);
        out << ')';
    } else {
        out << "static_cast<";
        write_type_code(out, signature_of<T>());
        out << ">(";
        write_code(out, value);
        out << ')';
    }
}

template <class T>
void write_object_code(rank<0>, text_sink& out, const T& value) {
    out << '/' << "* ";
    write_element(out, value);
    out << " *" << '/';
}

template <class T>
auto write_object_code(rank<1>, text_sink& out, const T& value)
    -> only_if<field_count<T>() != 0 && is_same<typename arbitrary<T>::made_by, arbitrary<T>>> {
    braces all(out);
    with_fields<field_count<T>()>(value, [&all](const auto&... field) { (all.add(field), ...); });
}
template <class T>
auto write_object_code(rank<1>, text_sink& out, const T&)
    -> only_if<is_aggregate<T> && is_empty<T> && is_same<typename arbitrary<T>::made_by, arbitrary<T>>> {
    out << "{}";
}
template <class T>
auto write_object_code(rank<2>, text_sink& out, const T& duration)
    -> decltype(void(declare<typename T::period*>()), void(duration.count())) {
    write_type_code(out, signature_of<T>());
    out << '(';
    write_code(out, duration.count());
    out << ')';
}
template <class T>
auto write_object_code(rank<2>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch().count())) {
    write_typed_code(out, time.time_since_epoch());
}

template <class T>
auto write_object_code(rank<3>, text_sink& out, const T& pointer)
    -> decltype(void(pointer.get()), void(declare<typename T::element_type*>())) {
    if (pointer.get() == nullptr) return static_cast<void>(out << "nullptr");
    write_type_code(out, signature_of<T>());
    out << "(new ";
    write_type_code(out, signature_of<typename T::element_type>());
    out << '(';
    write_code(out, *pointer);
    out << "))";
}
template <class T>
auto write_object_code(rank<3>, text_sink& out, const T& optional)
    -> decltype(void(static_cast<bool>(optional.has_value())), void(*optional)) {
    if (!optional.has_value()) return static_cast<void>(out << "std::nullopt");
    write_typed_code(out, *optional);
}

template <class T, size_t... I>
void write_tuple_code(text_sink& out, const T& tuple, indices<I...>) {
    braces all(out);
    (all.add(get<I>(tuple)), ...);
}
template <class T>
auto write_object_code(rank<3>, text_sink& out, const T& tuple)
    -> decltype(void(get<parts_of<T>::last>(tuple)), void(declare<typename parts_of<T>::numbers>())) {
    write_tuple_code(out, tuple, typename parts_of<T>::numbers());
}
template <class T, size_t... I>
void write_alternative_code(text_sink& out, const T& variant, indices<I...>) {
    (void(variant.index() == I ? write_typed_code(out, get<I>(variant)) : void()), ...);
}
template <class T>
auto write_object_code(rank<4>, text_sink& out, const T& variant)
    -> decltype(void(variant.valueless_by_exception()), void(declare<typename parts_of<T>::numbers>())) {
    write_alternative_code(out, variant, typename parts_of<T>::numbers());
}

template <class T>
auto write_object_code(rank<5>, text_sink& out, const T& container)
    -> decltype(void(container.begin() != container.end())) {
    braces all(out, __is_aggregate(T) ? "{{" : "{", __is_aggregate(T) ? "}}" : "}");  // std::array has an array in it
    for (auto at = container.begin(); at != container.end() && !out.full(); ++at)
        all.add(static_cast<const typename T::value_type&>(*at));
}

template <class T>
auto write_object_code(rank<6>, text_sink& out, const T& string)
    -> decltype(void(declare<typename T::traits_type*>()), void(T::npos), void(string.data())) {
    using unit = typename T::value_type;
    write_string_code(out, string.data(), string.size(), sizeof(unit), literal_prefix<unit>, signature_of<T>());
}

template <class T>
auto write_object_code(rank<7>, text_sink& out, const T& value) -> decltype(void(to_code(out, value))) {
    to_code(out, value);
}

template <class T>
void write_enum_code(text_sink& out, const T& value) {
    if (write_enumerator_code(out, names_of_enum<T>(), static_cast<long long>(value))) return;
    out << "static_cast<";
    write_type_code(out, signature_of<T>());
    out << ">(";
    write_code(out, static_cast<__underlying_type(T)>(value));
    out << ')';
}

template <class T>
void write_code(text_sink& out, const T& value) {
    if constexpr (is_integer<T>) {
        write_integer_code(out, static_cast<unsigned long long>(value), is_signed_number<T>);
    } else if constexpr (is_floating<T>) {
        write_floating_code(out, static_cast<double>(value), sizeof(T) == sizeof(float));
    } else if constexpr (is_enum<T>) {
        write_enum_code(out, value);
    } else if constexpr (is_text_unit<T>) {
        out << literal_prefix<T>;
        write_element(out, value);
    } else if constexpr (is_object<T>) {
        write_object_code(rank<7>(), out, value);
    } else {
        write_element(out, value);
    }
}

template <class T>
operand_text code_of(const T& value) {
    return {[](text_sink& out, const void* address) { write_code(out, *static_cast<const T*>(address)); },
            __builtin_addressof(value)};
}

}  // namespace detail
}  // namespace cordon
#endif

// ---- cordon/api/property/generators.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_GENERATORS_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_GENERATORS_HPP_

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
#endif

namespace cordon {
namespace detail {

/// What the macro PROPERTY knows. `run` makes the values of an example and calls the body with them.
struct property {
    void (*run)(source& from, const property& which);
    void (*body)();          ///< a function of the parameters' types
    const char* parameters;  ///< as written: "int x, std::vector<int> v"
};

/// The body of the test: tries examples, shrinks and reports one that fails. `which` is a property.
void check_property(const void* which);

/// The values of an example are complete. In the run that reports an example, their code is kept before the body can
/// crash.
void tell_values(const char* parameters, const operand_text* values, size_t count);
/// The same for draw() in the body.
void tell_drawn(const char* signature, operand_text value);
source& running_example();

template <size_t, class Parameter>
struct argument {
    bare<Parameter> value;
    explicit argument(source& from) : value(from.any<Parameter>()) {}
};
template <class Indices, class... Parameter>
struct arguments;
template <size_t... I, class... Parameter>
struct arguments<indices<I...>, Parameter...> : argument<I, Parameter>... {
    // Base classes are initialized in order.
    explicit arguments([[maybe_unused]] source& from) : argument<I, Parameter>(from)... {}

    void pass_to(const property& which) {
        const operand_text codes[] = {code_of(argument<I, Parameter>::value)..., operand_text()};
        tell_values(which.parameters, codes, sizeof...(Parameter));
        reinterpret_cast<void (*)(Parameter...)>(which.body)(
            static_cast<Parameter&&>(argument<I, Parameter>::value)...);
    }
};

template <class... Parameter>
void run_example(source& from, const property& which) {
    arguments<make_indices<sizeof...(Parameter)>, Parameter...>(from).pass_to(which);
}

template <class... Parameter>
property property_of(void (*body)(Parameter...), const char* parameters) {
    return {&run_example<Parameter...>, reinterpret_cast<void (*)()>(body), parameters};
}

inline constexpr decorator property_mark{decoration::property, nullptr, 1};

/// The decorators of a PROPERTY.
struct property_scope : decorator_scope {
    /// How many examples must pass, instead of --examples.
    static constexpr decorator(examples)(int n) noexcept {
        return {decoration::examples, nullptr, static_cast<double>(n)};
    }
    /// Seconds that one example may take, instead of a limit derived from those that passed.
    static constexpr decorator(example_timeout)(double seconds) noexcept {
        return {decoration::example_timeout, nullptr, seconds};
    }
};

}  // namespace detail

/// Leaves the example, which then counts as discarded, unless the condition holds.
void assume(bool condition);

/// A value of the generator, in the body of a PROPERTY: it shrinks with the parameters, and is reported.
template <class Generator>
auto draw(const Generator& generator) {
    auto value = detail::running_example().draw(generator);
    detail::tell_drawn(detail::signature_of<decltype(value)>(), detail::code_of(value));
    return value;
}
/// An arbitrary T, in the body of a PROPERTY.
template <class T>
T draw() {
    return draw(arbitrary<T>());
}

/// Counts the examples with this label; the report of the property has their shares. Any number of labels.
void classify(bool condition, const char* label);

}  // namespace cordon
#endif

#define CORDON_PROPERTY_(name, title, text, ...)                                               \
    static void name(__VA_ARGS__);                                                             \
    CORDON_GLOBAL_BEGIN_                                                                       \
    namespace {                                                                                \
    struct CORDON_CONCAT(name, _record) : ::cordon::detail::property_scope {                   \
        static inline const auto cordon_list =                                                 \
            ::cordon::detail::list_of({::cordon::detail::property_mark, CORDON_BARE_(title)}); \
    };                                                                                         \
    }                                                                                          \
    static const ::cordon::detail::property CORDON_CONCAT(name, _property) =                   \
        ::cordon::detail::property_of(&name, text);                                            \
    static const ::cordon::detail::test_case CORDON_CONCAT(name, _entry){                      \
        &::cordon::detail::check_property,                                                     \
        {__FILE__, __LINE__},                                                                  \
        cordon_current_suite,                                                                  \
        CORDON_LIST_OF_(CORDON_CONCAT(name, _record)),                                         \
        &CORDON_CONCAT(name, _property)};                                                      \
    CORDON_GLOBAL_END_                                                                         \
    static void name(__VA_ARGS__)
#endif

// The macro of <cordon/property.hpp> with its long name. docs/property-tests.md explains it.

#define CORDON_PROPERTY(title, ...) CORDON_PROPERTY_(CORDON_UNIQUE(cordon_property_), title, #__VA_ARGS__, __VA_ARGS__)
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)

// ---- cordon/api/property/short_macros.hpp ----

#if !defined(CORDON_CONTAINS_CORDON_API_PROPERTY_SHORT_MACROS_HPP_)
#define CORDON_CONTAINS_CORDON_API_PROPERTY_SHORT_MACROS_HPP_
// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define PROPERTY(title, ...) CORDON_PROPERTY_(CORDON_UNIQUE(cordon_property_), title, #__VA_ARGS__, __VA_ARGS__)
#endif
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
