#pragma once

#include <cordon/api/generators/combinators.hpp>

// The lambda makes the names of combinators visible, and nothing else.
#define CORDON_GENERATE_(number, ...)                                                                 \
    ([&] {                                                                                            \
        using namespace ::cordon::generators;                                                         \
        ::cordon::detail::generator_place cordon_place(__FILE__, __LINE__, number);                   \
        return ::cordon::detail::generate(cordon_place, ::cordon::detail::generator_of(__VA_ARGS__)); \
    }())
