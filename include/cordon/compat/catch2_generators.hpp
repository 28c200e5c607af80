#pragma once

// GENERATE and the generators of Catch2.

#include <cordon/compat/catch2_test_macros.hpp>
#include <cordon/generators.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/generators/adapters.hpp>
#include <cordon/compat/parts/catch2/generators/expansion.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
