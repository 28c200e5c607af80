#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/exec/literal.hpp>

#include <cstddef>
#include <string>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::exec {

/// The type in the compiler's name of signature_of<T>(), the same with each compiler; or a text of TYPE_TO_STRING as it
/// is.
std::string type_text(std::string_view signature) {
    constexpr std::string_view replaced[][2] = {
        {"> >", ">>"},
        {"{anonymous}::", ""},
        {"(anonymous namespace)::", ""},
        {"<unnamed>::", ""},
        {"std::__cxx11::", "std::"},
        {"std::__1::", "std::"},
        {"std::basic_string<char>", "std::string"},
        {"std::basic_string_view<char>", "std::string_view"},
        {"long long unsigned int", "unsigned long long"},
        {"long unsigned int", "unsigned long"},
        {"short unsigned int", "unsigned short"},
        {"long int", "long"},
        {"long long int", "long long"},
        {"short int", "short"},
    };
    if (signature.find("signature_of") == std::string_view::npos) return std::string(signature);
    std::string text(detail::stringify_detail::type_name(signature));
    for (const auto& [from, to] : replaced) {
        for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.empty() ? 0 : 1)
            text.replace(at, from.size(), to);
    }
    // The namespaces of a TEST_SUITE have numbers that change with the lines before it.
    constexpr std::string_view suite = "cordon_suite_";
    for (std::size_t at = 0; (at = text.find(suite, at)) != std::string::npos;) {
        const std::size_t end = text.find("::", at);
        if (end == std::string::npos) break;
        text.erase(at, end + 2 - at);
    }
    return text;
}

}  // namespace cordon::engine::exec

CORDON_CHEAP_END
