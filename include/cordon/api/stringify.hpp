#pragma once

#include <cordon/api/enumerators.hpp>
#include <cordon/api/text_sink.hpp>

// A value as text. The first of these that applies to its type decides:
//   1. void to_text(cordon::text_sink&, const T&), found in T's namespace or in cordon
//   2. cordon's own form for the language's types, strings, smart pointers and durations
//   3. operator<<(std::ostream&, const T&)
//   4. its structure: optional, variant, container, pair, tuple, exception
//   5. its fields, if it is an aggregate; before C++20 only with <cordon/fields.hpp>
//   6. its name and its bytes
// Functions without a body here are compiled once, with the engine.

namespace cordon {
namespace detail {

// ---- 4, 5, 6: what a type's structure says ----

struct field_writer {
    text_sink& out;
    const char* signature;
    const char* names;

    template <class... F>
    void operator()(const F&... field) const {
        const operand_text fields[] = {text_of(field)...};
        write_fields(out, signature, names, fields, sizeof...(F));
    }
};

template <class T>
void write_object(rank<0>, text_sink& out, const T& value) {
    // The byte of an empty class has no meaning.
    write_bytes(out, signature_of<T>(), __builtin_addressof(value), __is_empty(T) ? 0 : sizeof(T));
}
template <class T>
void write_other(rank<0>, text_sink& out, const T& value) {
    write_object(rank<1>(), out, value);  // api/fields/fields.hpp has another
}

template <class T>
auto write_other(rank<1>, text_sink& out, const T& value) -> decltype(take_text(value.what())) {
    write_exception(out, signature_of<T>(), value.what());
}

/// The clock of calendar time.
template <class Clock, class Time>
constexpr auto writer_of_time(const Time& time) -> decltype(void(Clock::to_time_t(time)), &write_time) {
    return &write_time;
}
template <class Clock>
constexpr auto writer_of_time(...) {
    return &write_clock_time;
}
template <class T>
auto write_other(rank<2>, text_sink& out, const T& time) -> decltype(void(time.time_since_epoch().count())) {
    write_units(writer_of_time<typename T::clock>(time), out, time.time_since_epoch());
}

template <class T, size_t... I>
void write_tuple(text_sink& out, const T& tuple, indices<I...>) {
    field_writer{out, "", ""}(get<I>(tuple)...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<3>, text_sink& out, const T<First, Rest...>& tuple)
    -> decltype(void(get<sizeof...(Rest)>(tuple))) {
    write_tuple(out, tuple, make_indices<sizeof...(Rest) + 1>());
}

/// The form of a container's text, for begin_list.
constexpr char form_of(...) { return '['; }
template <class T, class = typename T::key_type>
constexpr char form_of(const T*, long) {
    return '{';
}
template <class T, class = typename T::hasher>
constexpr char form_of(const T*, int) {
    return '#';
}

template <class, class T>
void write_item(long, text_sink& out, const T& element) {
    write_element(out, element);
}
template <class C, class T, class = typename C::mapped_type>
auto write_item(int, text_sink& out, const T& element) -> decltype(void(element.second)) {
    write_element(out, element.first);
    out.write(": ", 2);
    write_element(out, element.second);
}

template <class C, class I, class End>
void write_items(text_sink& out, I at, End end) {
    begin_list(out, form_of(static_cast<C*>(nullptr), 0));
    for (; at != end; ++at) {
        const turn it = next_turn(out);
        if (it == turn::stop) break;
        if (it == turn::write) write_item<C>(0, out, *at);
    }
    end_list(out);
}

// A container that contains its own type (a path, some JSON values) would never end.
template <class T>
auto write_other(rank<5>, text_sink& out, const T& container)
    -> only_if<!is_same<bare<decltype(*container.begin())>, T>, decltype(void(container.begin() != container.end()))> {
    write_items<T>(out, container.begin(), container.end());
}

#if CORDON_CPLUSPLUS >= 202002L
// A view that changes when it is iterated (std::views::filter) is cheap to copy.
template <class T>
auto write_other(rank<4>, text_sink& out, const T& view)
    -> only_if<!is_same<bare<decltype(*declare<T&>().begin())>, T>, decltype(void(T(view)))> {
    T copy(view);
    write_items<T>(out, copy.begin(), copy.end());
}
#endif

template <class T, size_t... I>
void write_alternative(text_sink& out, const T& variant, indices<I...>) {
    (void(variant.index() == I ? write_element(out, get<I>(variant)) : void()), ...);
}

template <template <class...> class T, class First, class... Rest>
auto write_other(rank<7>, text_sink& out, const T<First, Rest...>& variant)
    -> decltype(void(variant.valueless_by_exception()), void(get<sizeof...(Rest)>(variant))) {
    if (variant.valueless_by_exception()) out.write("valueless", 9);
    write_alternative(out, variant, make_indices<sizeof...(Rest) + 1>());
}

inline void write_absence(text_sink& out, const void*) { out.write("nullopt", 7); }
template <class T>
auto write_absence(text_sink& out, const T* expected) -> decltype(void(expected->error())) {
    out.write("unexpected(", 11);
    write_element(out, expected->error());
    out.write(")", 1);
}

template <class T>
auto write_other(rank<8>, text_sink& out, const T& optional)
    -> decltype(void(static_cast<bool>(optional.has_value())), void(*optional)) {
    if (optional.has_value()) return write_element(out, *optional);
    write_absence(out, __builtin_addressof(optional));
}

/// An element of vector<bool> or of a bitset.
template <class T>
auto write_other(rank<9>, text_sink& out, const T& flag)
    -> decltype(void(declare<T&>().flip()), void(static_cast<bool>(flag))) {
    write_element(out, static_cast<bool>(flag));
}

// ---- 3: operator<< ----

template <class T>
auto write_other(rank<10>, text_sink& out, const T& value) -> decltype(void(declare<stream_of<T>>() << value)) {
    write_by_stream(out, value);
}

// ---- 2: cordon's own forms of some classes, of enums, pointers and arrays ----

template <class T>
void write_enumerator(rank<0>, text_sink& out, const T& value) {
    write_enum(out, names_of_enum<T>(), static_cast<long long>(value), is_flags(value));
}
template <class T>
auto write_enumerator(rank<1>, text_sink& out, const T& value) -> decltype(void(declare<stream_probe&>() << value)) {
    write_by_stream(out, value);
}

template <class T>
void write_own(rank<0>, text_sink& out, const T& value) {
    if constexpr (is_object<T>) {
        write_other(rank<10>(), out, value);
    } else if constexpr (is_enum<T>) {
        write_enumerator(rank<1>(), out, value);
    } else if constexpr (is_text_unit<T>) {
        write_character(out, &value, sizeof(T));  // char8_t
    } else {
        write_bytes(out, signature_of<T>(), &value, sizeof(T));
    }
}

template <class T>
void write_own(rank<1>, text_sink& out, T* const& pointer) {
    if constexpr (is_text_unit<T>) {
        write_zero_terminated(out, pointer, sizeof(T));
    } else {
        write_address(out, reinterpret_cast<const volatile void*>(pointer));
    }
}

template <class T, size_t N>
void write_own(rank<1>, text_sink& out, const T (&array)[N]) {
    if constexpr (is_text_unit<T>) {
        write_zero_terminated(out, array, sizeof(T), N);
    } else {
        write_items<T[N]>(out, array, array + N);
    }
}

template <class T>
auto write_own(rank<2>, text_sink& out, const T& duration)
    -> decltype(void(duration.count()), void(T::period::num), void(declare<typename T::rep*>())) {
    write_units(&write_duration, out, duration);
}

template <class T>
auto write_own(rank<3>, text_sink& out, const T& pointer)
    -> decltype(void(declare<typename T::element_type*>()), write_address(out, pointer.get())) {
    write_address(out, pointer.get());
}

/// std::error_code, std::error_condition, and classes like them.
template <class T>
auto write_own(rank<3>, text_sink& out, const T& error)
    -> decltype(take_text(error.category().name()), void(error.message().size())) {
    const auto& message = error.message();
    write_error_code(out, error.category().name(), error.value(), message.data(), message.size());
}

template <class T>
auto write_own(rank<4>, text_sink& out, const T& string)
    -> decltype(void(declare<typename T::traits_type*>()), void(T::npos), void(string.data()), void(string.size())) {
    write_string(out, string.data(), string.size(), sizeof(typename T::value_type));
}

// ---- 1: the user's to_text ----

template <class T>
auto write_own(rank<5>, text_sink& out, const T& value) -> decltype(void(to_text(out, value))) {
    to_text(out, value);
}

template <class T>
void write_any(text_sink& out, const void* address) {
    write_own(rank<5>(), out, *static_cast<const T*>(address));
}

// ---- what text_sink prints as it is ----

template <class T>
void write_plain(rank<0>, text_sink& out, const T& value) {
    write_element(out, value);
}
template <class T>
auto write_plain(rank<1>, text_sink& out, const T& string)
    -> decltype(void(T::npos), out.write(string.data(), string.size())) {
    out.write(string.data(), string.size());
}

}  // namespace detail

template <class T>
text_sink& text_sink::operator<<(const volatile T& value) {
    const T now = value;
    return *this << now;
}

template <class T>
text_sink& text_sink::operator<<(const T& value) {
    detail::write_plain(detail::rank<1>(), *this, value);
    return *this;
}

}  // namespace cordon
