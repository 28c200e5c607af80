#pragma once

// Catch::Session, for a main() of the user.

#include <cordon/compat/catch2_test_macros.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/session.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
