#pragma once

#include <cordon/api/expansion.hpp>

// CHECK_THAT and its like, with their long names; see api/macros.hpp.

#define CORDON_WARN_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_, warn, "WARN_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_CHECK_THAT(...)                                                                                 \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), check_that, \
                      __VA_ARGS__)
#define CORDON_REQUIRE_THAT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_THAT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      check_that, __VA_ARGS__)
