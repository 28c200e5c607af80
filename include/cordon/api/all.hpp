#pragma once

// All that a test file sees.

#include <cordon/api/config.hpp>

CORDON_SILENCE_BEGIN
#include <cordon/api/approx.hpp>
#include <cordon/api/in_test.hpp>
#include <cordon/api/macros.hpp>
#if CORDON_CPLUSPLUS >= 202002L
#include <cordon/api/fields/fields.hpp>
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/short_macros.hpp>
#endif
CORDON_SILENCE_END
