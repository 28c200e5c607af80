#pragma once

// Catch::Session, for a main() of the user.

#include <cordon/compat/catch2_test_macros.hpp>

CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/session.hpp>
CORDON_SILENCE_END
