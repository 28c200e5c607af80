#pragma once

// Listeners: objects of the program that are told what happens, in the process where it happens.
//
//     struct log_of_failures : cordon::listener {
//         void assertion_failed(const test& where, const failure& what) override { note(where.name, what.expression); }
//     };
//     CORDON_REGISTER_LISTENER(log_of_failures)
//
// docs/listeners.md explains them.

#include <cordon/cordon.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/listener/registration.hpp>
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
