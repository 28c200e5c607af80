#pragma once

#include <cordon/api/check.hpp>
#include <cordon/api/expression.hpp>
#include <cordon/api/stringify.hpp>

// Functions that the snapshot macros call. engine/exec/snapshots.hpp defines those that are only declared.

namespace cordon::detail {

/// A value whose text is compared: a string's own characters, or what cordon writes for other values.
struct snapshot_value {
    const char* data;  ///< null: `other` writes the text
    size_t size;
    operand_text other;
};

/// A null `name.data`: numbered.
outcome check_snapshot(const assertion_site& site, const snapshot_value& value, text_view name);
outcome check_inline_snapshot(const assertion_site& site, const snapshot_value& value, text_view literal);

template <class T>
auto snapshot_value_of(const T& text, rank<3>)
    -> only_if<sizeof(typename T::traits_type*) != 0 && is_same<decltype(text.data()), const char*>, snapshot_value> {
    return {text.data(), text.size(), {}};
}
template <size_t N>
snapshot_value snapshot_value_of(const char (&text)[N], rank<3>) {
    size_t size = 0;
    while (size < N && text[size] != '\0')
        ++size;
    return {text, size, {}};
}
template <class T, class = only_if<is_same<T, const char*> || is_same<T, char*>>>
snapshot_value snapshot_value_of(const T& text, rank<2>) {
    if (text == nullptr) return {nullptr, 0, text_of(text)};
    return {text, __builtin_strlen(text), {}};
}
template <class T>
snapshot_value snapshot_value_of(const T& value, rank<1>) {
    return {nullptr, 0, text_of(value)};
}

template <class T>
outcome snapshot(const assertion_site& site, const T& value) {
    text_view unnamed("");
    unnamed.data = nullptr;
    return check_snapshot(site, snapshot_value_of(value, rank<3>()), unnamed);
}
template <class T>
outcome snapshot(const assertion_site& site, const T& value, text_view name) {
    return check_snapshot(site, snapshot_value_of(value, rank<3>()), name);
}

template <class T, size_t N>
outcome inline_snapshot(const assertion_site& site, const T& value, const char (&literal)[N]) {
    text_view text("");
    text.data = literal;  // which may hold null characters
    text.size = N - 1;
    return check_inline_snapshot(site, snapshot_value_of(value, rank<3>()), text);
}

}  // namespace cordon::detail
