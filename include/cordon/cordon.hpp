// cordon: a test framework in one header. It runs every test in its own process.
//
//     #define CORDON_MAIN          // in exactly one file of the program
//     #include <cordon/cordon.hpp>
//
//     TEST_CASE("sum adds") { CHECK(sum(2, 2) == 4); }

// Has no #pragma once: a file that has included it may do so again with CORDON_MAIN, as a unity build does.

#include <cordon/api/one_letter_macros_begin.hpp>

#include <cordon/api/all.hpp>
#if defined(CORDON_MAIN) || defined(CORDON_IMPLEMENT)
#include <cordon/engine/app/main.hpp>
#endif

#include <cordon/api/one_letter_macros_end.hpp>
