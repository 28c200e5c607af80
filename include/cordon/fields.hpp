#pragma once

// Shows structs by their fields before C++20: point{1, 2}. From C++20 on, <cordon/cordon.hpp> does so itself, with the
// fields' names. docs/writing-tests.md says which structs.

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/fields/fields.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
