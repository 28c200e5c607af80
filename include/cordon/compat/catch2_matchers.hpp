#pragma once

// CHECK_THAT and the matchers of Catch2.

#include <cordon/compat/catch2_approx.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/matchers/expansion.hpp>
#include <cordon/compat/parts/catch2/matchers/number.hpp>
#include <cordon/compat/parts/catch2/matchers/range.hpp>
#include <cordon/compat/parts/catch2/matchers/text.hpp>
#include <cordon/compat/parts/catch2/matchers/value.hpp>
#include <cordon/compat/parts/catch2/matchers/vector.hpp>
#if !defined(CATCH_CONFIG_DISABLE)
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/matchers/macros.hpp>
#else
#include <cordon/compat/parts/catch2/matchers/short_macros.hpp>
#endif
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
