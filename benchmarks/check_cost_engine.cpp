// The framework's compiled part and main() of the check_cost programs. Google Benchmark takes its own options first.

#if defined(CHECK_COST_DOCTEST)
#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>
#else
#define CORDON_IMPLEMENT
#include <cordon/cordon.hpp>
#endif

#include <benchmark/benchmark.h>

int main(int argc, char** argv) {
    benchmark::Initialize(&argc, argv);
#if defined(CHECK_COST_DOCTEST)
    return doctest::Context(argc, argv).run();
#else
    return cordon::run(argc, argv);
#endif
}
