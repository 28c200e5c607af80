#pragma once

// Listeners that were written for Catch2.

#include <cordon/compat/catch2_test_macros.hpp>
#include <cordon/listener.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/listeners/expansion.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
