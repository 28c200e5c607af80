#pragma once

#include <cordon/compat/parts/catch2/registration.hpp>

#include <initializer_list>
#include <string>

// The tests of a TEMPLATE_TEST_CASE, one a type.

namespace Catch::cordon_compat {

struct type_test {
    void (*body)(const void*);
    const char* type;  ///< as the user wrote it; null: its number
};

/// A registered test and its texts. It lives as long as the program.
struct named_test {
    named_test(std::string name_, const char* tags, ::cordon::location where, void (*body)(const void*))
        : name(std::move(name_)), items{shared_name, name.c_str(), tags}, entry(body, where, nullptr, items, 3) {}

    std::string name;
    ::cordon::detail::decorator items[3];
    ::cordon::detail::test_case entry;
};

/// Each name is "title - type", as in Catch2.
inline bool add_type_tests(const std::string& title, const char* tags, ::cordon::location where,
                           std::initializer_list<type_test> tests) {
    std::size_t number = 0;
    for (const type_test& each : tests) {
        if (each.body == nullptr) continue;
        new named_test(title + " - " + (each.type == nullptr ? std::to_string(number) : each.type), tags, where,
                       each.body);
        ++number;
    }
    return true;
}

}  // namespace Catch::cordon_compat
