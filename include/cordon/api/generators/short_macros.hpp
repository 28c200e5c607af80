// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/generators/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define GENERATE(...) CORDON_GENERATE_(__COUNTER__, __VA_ARGS__)
