#pragma once

// GENERATE: the body of the test runs again for each value.
//
//     const int size = GENERATE(0, 1, take(3, random(2, 100)));

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/generators/macros.hpp>
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/generators/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
