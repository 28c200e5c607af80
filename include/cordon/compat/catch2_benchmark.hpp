#pragma once

// BENCHMARK: compiled always, run if CORDON_BENCHMARKS is set.

#include <cordon/compat/catch2_test_macros.hpp>

#include <cordon/api/one_letter_macros_begin.hpp>
CORDON_SILENCE_BEGIN
#include <cordon/compat/parts/catch2/benchmark/expansion.hpp>
#if defined(CATCH_CONFIG_PREFIX_ALL)
#include <cordon/compat/parts/catch2/benchmark/macros.hpp>
#else
#include <cordon/compat/parts/catch2/benchmark/short_macros.hpp>
#endif
CORDON_SILENCE_END
#include <cordon/api/one_letter_macros_end.hpp>
