#pragma once

#include <cordon/compat/parts/catch2/generators/adapters.hpp>

namespace Catch::cordon_compat {

template <class T>
T generate(::cordon::detail::generator_place& place, Generators::GeneratorWrapper<T> from) {
    return ::cordon::detail::generate(place, started_generator<T>(std::move(from)));
}

}  // namespace Catch::cordon_compat

// The lambda makes the names of generators visible, and nothing else.
#define CORDON_CATCH2_GENERATE_(capture, number, ...)                                       \
    ([capture] {                                                                            \
        using namespace ::Catch::Generators;                                                \
        ::cordon::detail::generator_place cordon_place(__FILE__, __LINE__, number);         \
        return ::Catch::cordon_compat::generate(cordon_place, makeGenerators(__VA_ARGS__)); \
    }())
#if defined(CATCH_CONFIG_DISABLE)
#define GENERATE(...)                             \
    ([] {                                         \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#define GENERATE_COPY(...)                        \
    ([=] {                                        \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#define GENERATE_REF(...)                         \
    ([&] {                                        \
        using namespace ::Catch::Generators;      \
        return makeGenerators(__VA_ARGS__).get(); \
    }())
#else
#define GENERATE(...) CORDON_CATCH2_GENERATE_(, __COUNTER__, __VA_ARGS__)
#define GENERATE_COPY(...) CORDON_CATCH2_GENERATE_(=, __COUNTER__, __VA_ARGS__)
#define GENERATE_REF(...) CORDON_CATCH2_GENERATE_(&, __COUNTER__, __VA_ARGS__)
#endif
