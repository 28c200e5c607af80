#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/compiler_names.hpp>
#include <cordon/engine/exec/literal.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

// Writes enumerators by their names.

CORDON_CHEAP_BEGIN

namespace cordon::detail::stringify_detail {

/// The name as written in source, with its enum or without: "color::red", or "red" of a plain enum.
void put_enumerator(text_sink& out, std::string_view type, std::string_view value) {
    const std::string_view name = engine::last_name(value);
    const std::string_view scope = value.substr(0, value.size() - std::min(value.size(), name.size() + 2));
    const std::string_view own = engine::last_name(type);
    if (!own.empty() && engine::last_name(scope) == own) {
        put(out, own);
        put(out, "::");
    }
    put(out, name);
}

/// Writes the enumerator, or the flags that the value consists of. Writes nothing if they have no names.
bool put_enumerators(text_sink& out, std::string_view names, long long value, bool are_flags) {
    const engine::vector<std::string_view> values = engine::values_in(names);
    const std::string_view type = engine::parameter_name(names, 'E');
    if (const std::string_view name = engine::enumerator_of(values, value); !name.empty()) {
        put_enumerator(out, type, name);
        return true;
    }
    constexpr int most_flags = 39;
    if (!are_flags || value <= 0 || value >> most_flags != 0) return false;
    for (int i = 0; i < most_flags; ++i) {
        if ((value >> i & 1) != 0 && engine::enumerator_of(values, 1LL << i).empty()) return false;
    }
    bool first = true;
    for (int i = 0; i < most_flags; ++i) {
        if ((value >> i & 1) == 0) continue;
        if (!first) put(out, " | ");
        first = false;
        put_enumerator(out, type, engine::enumerator_of(values, 1LL << i));
    }
    return true;
}

}  // namespace cordon::detail::stringify_detail

CORDON_CHEAP_END
