// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/api/property/expansion.hpp>

// The public macros with their short names. CORDON_CONFIG_PREFIX_ONLY leaves them out.

// clang-format off
#define PROPERTY(title, ...) CORDON_PROPERTY_(CORDON_UNIQUE(cordon_property_), title, #__VA_ARGS__, __VA_ARGS__)
