#pragma once

#include <cordon/api/expansion.hpp>

// The snapshot macros with their long names; see api/macros.hpp. The empty literal before the user's one makes anything
// but a literal an error.

#define CORDON_CHECK_SNAPSHOT(...)                                                                               \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_SNAPSHOT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), snapshot, \
                      __VA_ARGS__)
#define CORDON_REQUIRE_SNAPSHOT(...)                                                                                \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_SNAPSHOT", #__VA_ARGS__, CORDON_UNIQUE(cordon_site_), \
                      snapshot, __VA_ARGS__)
#define CORDON_CHECK_INLINE_SNAPSHOT(value, ...)                                                        \
    CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), \
                      inline_snapshot, (value), "" __VA_ARGS__)
#define CORDON_REQUIRE_INLINE_SNAPSHOT(value, ...)                                                                   \
    CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), \
                      inline_snapshot, (value), "" __VA_ARGS__)
