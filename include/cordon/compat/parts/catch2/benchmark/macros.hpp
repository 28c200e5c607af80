#pragma once

#include <cordon/compat/parts/catch2/benchmark/expansion.hpp>

#define CATCH_BENCHMARK(...) CORDON_CATCH2_BENCHMARK_IN_(CORDON_UNIQUE(cordon_benchmark_), __VA_ARGS__, i, )
#define CATCH_BENCHMARK_ADVANCED(words) CORDON_CATCH2_BENCHMARK_ADVANCED_(CORDON_UNIQUE(cordon_benchmark_), words)
