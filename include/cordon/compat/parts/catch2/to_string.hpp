#pragma once

#include <cordon/compat/parts/catch2/text.hpp>

// CATCH_REGISTER_ENUM: the names of enumerators.

namespace Catch::cordon_compat {

/// The name of the enumerator with this value, from "space::kind::first, kind::second" and their values.
inline std::string enumerator_name(std::string_view names, const long long* values, std::size_t count,
                                   long long wanted) {
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t comma = names.find(',');
        if (values[i] == wanted) {
            std::string_view name = names.substr(0, comma);
            while (!name.empty() && name.back() == ' ')
                name.remove_suffix(1);
            return std::string(name.substr(name.find_last_of(": ") + 1));
        }
        if (comma == std::string_view::npos) break;
        names.remove_prefix(comma + 1);
    }
    return "{** unexpected enum value **}";
}

}  // namespace Catch::cordon_compat

#define CATCH_REGISTER_ENUM(type, ...)                                                     \
    namespace Catch {                                                                      \
    template <>                                                                            \
    struct StringMaker<type> {                                                             \
        static std::string convert(const type& value) {                                    \
            constexpr type all[] = {__VA_ARGS__};                                          \
            constexpr std::size_t count = sizeof(all) / sizeof(all[0]);                    \
            long long values[count] = {};                                                  \
            for (std::size_t i = 0; i < count; ++i)                                        \
                values[i] = static_cast<long long>(all[i]);                                \
            return ::Catch::cordon_compat::enumerator_name(#__VA_ARGS__, values, count,    \
                                                           static_cast<long long>(value)); \
        }                                                                                  \
    };                                                                                     \
    }
