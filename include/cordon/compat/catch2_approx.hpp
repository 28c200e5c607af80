#pragma once

// Catch::Approx.

#include <cordon/compat/catch2_test_macros.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/approx.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
