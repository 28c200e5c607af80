#pragma once

#include <cordon/compat/parts/catch2/matchers/expansion.hpp>

// The macros that take matchers.

#define CATCH_CHECK_THAT(...) \
    CORDON_CATCH2_THAT_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), __VA_ARGS__)
#define CATCH_CHECK_THROWS_WITH(expression, ...)                                                                       \
    CORDON_CATCH2_THROWS_WITH_(check, "CHECK_THROWS_WITH", #expression ", " #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                               (expression), __VA_ARGS__)
#define CATCH_CHECK_THROWS_MATCHES(expression, type, ...)                                                  \
    CORDON_CATCH2_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                                  CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CATCH_REQUIRE_THAT(...)                                                                                   \
    CORDON_CATCH2_THAT_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                        __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_WITH(expression, ...)                                            \
    CORDON_CATCH2_THROWS_WITH_(require, "REQUIRE_THROWS_WITH", #expression ", " #__VA_ARGS__, \
                               CORDON_UNIQUE(cordon_site_), (expression), __VA_ARGS__)
#define CATCH_REQUIRE_THROWS_MATCHES(expression, type, ...)                                                    \
    CORDON_CATCH2_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                                  CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
