#pragma once

#include <cordon/compat/parts/catch2/expansion.hpp>

// CATCH_CONFIG_DISABLE: tests are compiled as functions that nobody calls, assertions as nothing.

#define CORDON_CATCH2_NOTHING_ static_cast<void>(0)
#define CORDON_CATCH2_UNUSED_(name) [[maybe_unused]] static void name()
#define CORDON_CATCH2_UNUSED_METHOD_(name, fixture)                \
    namespace {                                                    \
    struct CORDON_CONCAT(name, _fixture) : CORDON_BARE_(fixture) { \
        void cordon_body();                                        \
    };                                                             \
    }                                                              \
    void CORDON_CONCAT(name, _fixture)::cordon_body()
