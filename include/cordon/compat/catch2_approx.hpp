#pragma once

// Catch::Approx.

#include <cordon/compat/catch2_test_macros.hpp>

CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/approx.hpp>
CORDON_SILENCE_END
