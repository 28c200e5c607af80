// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/compat/parts/catch2/matchers/expansion.hpp>

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define CHECK_THAT(...) CORDON_CATCH2_THAT_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CHECK_THROWS_WITH(expression, ...) CORDON_CATCH2_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " \
    #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CHECK_THROWS_MATCHES(expression, type, ...) CORDON_CATCH2_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define REQUIRE_THAT(...) CORDON_CATCH2_THAT_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define REQUIRE_THROWS_WITH(expression, ...) CORDON_CATCH2_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression \
    ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define REQUIRE_THROWS_MATCHES(expression, type, ...) CORDON_CATCH2_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
