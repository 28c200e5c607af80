#pragma once

// Catch::Timer.

#include <cordon/compat/catch2_test_macros.hpp>

CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/timer.hpp>
CORDON_SILENCE_END
