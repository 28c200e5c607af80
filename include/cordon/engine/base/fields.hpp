#pragma once

#include <type_traits>
#include <utility>

namespace cordon::engine {

// A struct that travels names its fields once, in a member template `fields(archive)` that calls archive(field, ...).
// What is done with them is the archive's: the codec writes and reads them, reports write those that have a name.

/// A field under the name that reports give it.
template <class Value>
struct named_field {
    const char* name;
    Value& value;
};

/// The same, but reports say that there is no value where it is `none`, or where a text is empty.
template <class Value>
struct optional_field {
    const char* name;
    Value& value;
    int none;
};

/// A struct whose named fields reports give as if they were fields of the struct around it.
template <class Value>
struct inlined_field {
    Value& value;
};

template <class Value>
named_field<Value> named(const char* name, Value& value) {
    return {name, value};
}
template <class Value>
optional_field<Value> named_if_any(const char* name, Value& value, int none = 0) {
    return {name, value, none};
}
template <class Value>
inlined_field<Value> inlined(Value& value) {
    return {value};
}

/// An archive that does nothing.
struct no_archive {
    template <class... Fields>
    void operator()(Fields&&...) {}
};

template <class Type, class = void>
inline constexpr bool has_fields = false;
template <class Type>
inline constexpr bool
    has_fields<Type, std::void_t<decltype(std::declval<Type&>().fields(std::declval<no_archive&>()))>> = true;

}  // namespace cordon::engine
