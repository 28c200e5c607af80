#pragma once

#include <cordon/api/fields/fields.hpp>
#include <cordon/api/property/arbitrary.hpp>
#include <cordon/api/stringify.hpp>

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
