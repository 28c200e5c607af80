#pragma once

// cordon: a test framework in one header. It runs every test in its own process.
//
//     #define CORDON_MAIN          // in exactly one file of the program
//     #include <cordon/cordon.hpp>
//
//     TEST_CASE("sum adds") { CHECK(sum(2, 2) == 4); }

#include <cordon/api/config.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/api/approx.hpp>
#include <cordon/api/in_test.hpp>
#include <cordon/api/macros.hpp>
#if CORDON_CPLUSPLUS >= 202002L
#include <cordon/api/fields/fields.hpp>
#endif
#if !defined(CORDON_CONFIG_PREFIX_ONLY)
#include <cordon/api/short_macros.hpp>
#endif
CORDON_SILENCE_END

#if defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include <cordon/engine/app/main.hpp>
#endif
#include <cordon/api/one_letter_macros_end.hpp>
