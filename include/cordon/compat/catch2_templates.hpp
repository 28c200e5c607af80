#pragma once

// Catch2's tests of types: TEMPLATE_TEST_CASE and its relatives.

#include <cordon/compat/catch2_test_macros.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/templates/expansion.hpp>
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/templates/macros.hpp>
#else
#include <cordon/compat/parts/catch2/templates/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
