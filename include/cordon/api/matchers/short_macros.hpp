// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/matchers/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define WARN_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    check_that, __VA_ARGS__)
#define WARN_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(warn, "WARN_THROWS_MATCHES", #expression \
    ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CHECK_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
    check_that, __VA_ARGS__)
#define CHECK_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression \
    ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define REQUIRE_THAT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), check_that, __VA_ARGS__)
#define REQUIRE_THROWS_MATCHES(expression, type, ...) CORDON_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", \
    #expression ", " #type ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
