#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/random.hpp>

#include <doctest/doctest.h>

using namespace cordon::engine;
using namespace cordon::engine::analysis;

namespace {

/// Fails at a rate, by a seed.
class coin {
  public:
    coin(double rate, std::uint64_t seed) : random_(seed), bar_(static_cast<std::uint64_t>(rate * 1e9)) {}
    bool fails() { return random_.below(1'000'000'000) < bar_; }

  private:
    random_source random_;
    std::uint64_t bar_;
};

struct sequence {
    sequential_test::decision decided = sequential_test::decision::open;
    std::uint64_t runs = 0;
};

sequence toss_until_decided(double rate, std::uint64_t seed) {
    coin flaky(rate, seed);
    const sequential_test test;
    run_counts seen;
    sequence result;
    while (result.decided == sequential_test::decision::open && seen.runs < 100'000) {
        seen.add(flaky.fails());
        result.decided = test.decide(seen.failures, seen.passes());
    }
    result.runs = seen.runs;
    return result;
}

constexpr int simulations = 10'000;

double share_called(double rate, sequential_test::decision wanted) {
    int count = 0;
    for (int i = 0; i < simulations; ++i) {
        if (toss_until_decided(rate, static_cast<std::uint64_t>(i) * 977 + 5).decided == wanted) ++count;
    }
    return static_cast<double>(count) / simulations;
}

double coverage(double rate, std::uint64_t runs) {
    int covered = 0;
    for (int i = 0; i < simulations; ++i) {
        coin flaky(rate, static_cast<std::uint64_t>(i) * 7919 + runs);
        run_counts seen;
        for (std::uint64_t run = 0; run < runs; ++run)
            seen.add(flaky.fails());
        const interval got = wilson(seen);
        if (got.low <= rate && rate <= got.high) ++covered;
    }
    return static_cast<double>(covered) / simulations;
}

}  // namespace

TEST_CASE("Wilson's interval has its known values") {
    struct row {
        std::uint64_t failures, runs;
        double low, high;
    };
    // Agreed with other implementations to three digits.
    const row rows[] = {{0, 50, 0, 0.0713},  {1, 50, 0.0035, 0.1050},     {5, 10, 0.2366, 0.7634},
                        {10, 10, 0.7225, 1}, {3, 1000, 0.00102, 0.00878}, {0, 0, 0, 1}};
    for (const row& each : rows) {
        CAPTURE(each.failures);
        CAPTURE(each.runs);
        const interval got = wilson({each.runs, each.failures});
        CHECK(got.low == doctest::Approx(each.low).epsilon(0.01));
        CHECK(got.high == doctest::Approx(each.high).epsilon(0.01));
    }
}

TEST_CASE("the bound after passes only, and how many runs a rate needs") {
    CHECK(bound_without_failures(0) == 1);
    CHECK(bound_without_failures(60) == doctest::Approx(0.0487).epsilon(0.01));
    CHECK(bound_without_failures(3000) == doctest::Approx(0.000998).epsilon(0.01));
    CHECK(runs_needed(0.10) == 29);
    CHECK(runs_needed(0.05) == 59);
    CHECK(runs_needed(0.02) == 149);
    CHECK(runs_needed(0.01) == 299);
    CHECK(runs_needed(0.001) == 2995);
    CHECK(runs_needed(1.0) == 1);
}

TEST_CASE("the sequential test accepts after 60 passes and convicts after two failures") {
    using decision = sequential_test::decision;
    const sequential_test test;
    CHECK(test.decide(0, 0) == decision::open);
    CHECK(test.decide(0, 59) == decision::open);
    CHECK(test.decide(0, 60) == decision::rare);
    CHECK(test.decide(1, 0) == decision::open);
    CHECK(test.decide(1, 100) == decision::open);
    CHECK(test.decide(1, 140) == decision::rare);
    CHECK(test.decide(2, 0) == decision::frequent);
    CHECK(test.decide(2, 60) == decision::frequent);
    CHECK(test.decide(2, 70) == decision::open);
}

TEST_CASE("Fisher's exact test has its known values") {
    struct row {
        run_counts a, b;
        double p;
    };
    // Computed with exact fractions, over all tables with the same sums.
    const row rows[] = {{{20, 0}, {20, 6}, 0.0202},
                        {{10, 1}, {10, 9}, 0.001093},
                        {{4, 3}, {4, 1}, 0.4857},
                        {{20, 5}, {20, 5}, 1},
                        {{0, 0}, {20, 6}, 1},
                        {{60, 0}, {60, 60}, 2.07e-35},
                        {{1000, 10}, {1000, 30}, 0.002008}};
    for (const row& each : rows) {
        CAPTURE(each.a.failures);
        CAPTURE(each.b.failures);
        CHECK(fisher_exact(each.a, each.b) == doctest::Approx(each.p).epsilon(0.02));
        CHECK(fisher_exact(each.b, each.a) == doctest::Approx(each.p).epsilon(0.02));
    }
}

TEST_CASE("Holm's correction has its known values") {
    // The smallest times 4, the next times 3, and so on, never falling.
    const vector<double> adjusted = holm({0.01, 0.04, 0.03, 0.005});
    const double wanted[] = {0.03, 0.06, 0.06, 0.02};
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(adjusted[i] == doctest::Approx(wanted[i]));
    CHECK(holm({}).empty());
    CHECK(holm({0.7, 0.9})[0] == 1);
}

TEST_CASE("groups that agree within and differ between them are no accident") {
    agreement few(0.5);
    few.add(2);
    few.add(1);
    CHECK(few.chance() == doctest::Approx(0.5));
    agreement many(0.5);
    for (int i = 0; i < 5; ++i)
        many.add(5);
    CHECK(many.chance() < 1e-5);
}

TEST_CASE("the sequential test keeps its error rates on simulated coins") {
    using decision = sequential_test::decision;
    // Stated: 1 % of tests that fail at 0.1 % are called frequent, 5 % of those at 5 % rare. Wald's bounds are upper
    // ones; with steps this coarse they are not reached exactly, hence the slack.
    CHECK(share_called(0.001, decision::frequent) < 0.012);
    CHECK(share_called(0.05, decision::rare) < 0.055);
    CHECK(share_called(0.3, decision::frequent) > 0.999);
    CHECK(share_called(0, decision::rare) == 1);
}

TEST_CASE("the sequential test is short where the answer is clear") {
    std::uint64_t runs = 0;
    for (int i = 0; i < simulations; ++i)
        runs += toss_until_decided(0.5, static_cast<std::uint64_t>(i)).runs;
    CHECK(static_cast<double>(runs) / simulations < 5);
}

TEST_CASE("Wilson's interval covers the rate about as often as it says") {
    for (const double rate : {0.02, 0.1, 0.5, 0.9}) {
        for (const std::uint64_t runs : {60u, 200u}) {
            CAPTURE(rate);
            CAPTURE(runs);
            const double share = coverage(rate, runs);
            CHECK(share > 0.92);
            CHECK(share < 0.985);
        }
    }
}
