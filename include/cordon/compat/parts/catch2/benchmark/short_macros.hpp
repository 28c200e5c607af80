// Generated from macros.hpp by tools/short_macros.py. Change the long macros there, not these.
#pragma once

#include <cordon/compat/parts/catch2/benchmark/expansion.hpp>

// The public macros with their short names. CATCH_CONFIG_PREFIX_ALL replaces them by the long ones.

// clang-format off
#define BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
