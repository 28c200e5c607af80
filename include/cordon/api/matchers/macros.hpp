#pragma once

#include <cordon/api/matchers/expansion.hpp>

// The macros of <cordon/matchers.hpp>, with their long names; see api/macros.hpp. CORDON_CHECK_THROWS_WITH takes a
// matcher, too.

#define CORDON_WARN_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_WARN_THROWS_MATCHES(expression, type, ...)                                         \
    CORDON_THROWS_MATCHES_(warn, "WARN_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CORDON_CHECK_THAT(...)                                                                                 \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_CHECK_THROWS_MATCHES(expression, type, ...)                                          \
    CORDON_THROWS_MATCHES_(check, "CHECK_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
#define CORDON_REQUIRE_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      check_that, __VA_ARGS__)
#define CORDON_REQUIRE_THROWS_MATCHES(expression, type, ...)                                            \
    CORDON_THROWS_MATCHES_(require, "REQUIRE_THROWS_MATCHES", #expression ", " #type ", " #__VA_ARGS__, \
                           CORDON_UNIQUE(cordon_site_), (expression), type, __VA_ARGS__)
