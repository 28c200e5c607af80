// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define CHECK_SNAPSHOT(...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_SNAPSHOT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), snapshot, __VA_ARGS__)
#define REQUIRE_SNAPSHOT(...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, "REQUIRE_SNAPSHOT", #__VA_ARGS__, \
    CORDON_UNIQUE(cordon_site_), snapshot, __VA_ARGS__)
#define CHECK_INLINE_SNAPSHOT(value, ...) CORDON_ASSERT_BY_(CORDON_RUN_, check, "CHECK_INLINE_SNAPSHOT", #value, \
    CORDON_UNIQUE(cordon_site_), inline_snapshot, (value), "" __VA_ARGS__)
#define REQUIRE_INLINE_SNAPSHOT(value, ...) CORDON_ASSERT_BY_(CORDON_RUN_OR_LEAVE_, require, \
    "REQUIRE_INLINE_SNAPSHOT", #value, CORDON_UNIQUE(cordon_site_), inline_snapshot, (value), "" __VA_ARGS__)
