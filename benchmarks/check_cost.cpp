// One passing CHECK(a == b), measured by Google Benchmark from inside a running test: the state that the assertion
// updates is then the real one. Compiled twice, for cordon and (CHECK_COST_DOCTEST) for doctest. The framework's own
// code is in check_cost_engine.cpp, as it is in a user's program, so that the loop sees declarations only.

#if defined(CHECK_COST_DOCTEST)
#include <doctest/doctest.h>
#else
#include <cordon/cordon.hpp>
#endif

#include <benchmark/benchmark.h>

namespace {

void empty_loop(benchmark::State& state) {
    int left = 4;
    int right = 4;
    for (auto _ : state) {
        benchmark::DoNotOptimize(left);
        benchmark::DoNotOptimize(right);
    }
}
BENCHMARK(empty_loop);

void passing_check(benchmark::State& state) {
    int left = 4;
    int right = 4;
    for (auto _ : state) {
        benchmark::DoNotOptimize(left);
        benchmark::DoNotOptimize(right);
        CHECK(left == right);
    }
}
BENCHMARK(passing_check);

}  // namespace

TEST_CASE("cost of a passing check") {
    const size_t benchmarks_run = benchmark::RunSpecifiedBenchmarks();
    CHECK(benchmarks_run > 0);
}
