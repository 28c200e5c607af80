#include <doctest/doctest.h>
#include <cordon/engine/select/retry_pace.hpp>

using namespace cordon::engine;
using ms = std::chrono::milliseconds;

TEST_CASE("delays without jitter") {
    struct row {
        ms base;
        retry_backoff how;
        std::uint32_t factor;  // thousandths
        ms cap;
        std::uint32_t n;
        ms expected;
    };
    const retry_backoff fixed = retry_backoff::fixed, grows = retry_backoff::exponential;
    const row table[] = {
        {ms(0), fixed, 2000, ms(1000), 5, ms(0)},       {ms(0), grows, 2000, ms(1000), 5, ms(0)},
        {ms(100), fixed, 2000, ms(1000), 0, ms(100)},   {ms(100), fixed, 2000, ms(1000), 9, ms(100)},
        {ms(2000), fixed, 2000, ms(1000), 0, ms(1000)}, {ms(100), grows, 2000, ms(1000), 0, ms(100)},
        {ms(100), grows, 2000, ms(1000), 1, ms(200)},   {ms(100), grows, 2000, ms(1000), 3, ms(800)},
        {ms(100), grows, 2000, ms(1000), 4, ms(1000)},  {ms(100), grows, 2000, ms(1000), 4'000'000'000u, ms(1000)},
        {ms(100), grows, 1500, ms(1000), 2, ms(225)},   {ms(100), grows, 1000, ms(1000), 4'000'000'000u, ms(100)},
        {ms(100), grows, 2000, ms(0), 2, ms(0)},
    };
    for (const row& each : table) {
        options chosen;
        chosen.retry_delay = each.base;
        chosen.backoff = each.how;
        chosen.backoff_thousandths = each.factor;
        chosen.retry_max_delay = each.cap;
        CAPTURE(each.n);
        CHECK(select::retry_delay(chosen, each.n, random_source(1)) == each.expected);
    }
}

TEST_CASE("jitter stays in its range, uses all of it, and follows from the seed") {
    options chosen;
    chosen.retry_delay = ms(1000);
    const auto spread = [&chosen](retry_jitter how) {
        chosen.jitter = how;
        duration least = std::chrono::hours(1), most{-1};
        for (std::uint64_t seed = 0; seed < 2000; ++seed) {
            const duration drawn = select::retry_delay(chosen, 0, random_source(seed));
            CHECK(drawn == select::retry_delay(chosen, 0, random_source(seed)));
            least = std::min(least, drawn);
            most = std::max(most, drawn);
        }
        return std::pair<duration, duration>(least, most);
    };
    const auto full = spread(retry_jitter::full);
    CHECK(full.first >= ms(0));
    CHECK(full.first < ms(20));
    CHECK(full.second <= ms(1000));
    CHECK(full.second > ms(980));
    const auto equal = spread(retry_jitter::equal);
    CHECK(equal.first >= ms(500));
    CHECK(equal.first < ms(520));
    CHECK(equal.second <= ms(1000));
    CHECK(equal.second > ms(980));
}

TEST_CASE("how many retries a run may make") {
    struct row {
        cordon::engine::optional<retry_budget> budget;
        std::size_t tests;
        std::uint32_t expected;
    };
    const row table[] = {
        {std::nullopt, 0, 10},
        {std::nullopt, 50, 10},
        {std::nullopt, 100, 10},
        {std::nullopt, 1000, 100},
        {retry_budget{0, false}, 1000, 0},
        {retry_budget{7, false}, 3, 7},
        {retry_budget{5, true}, 1000, 50},
        {retry_budget{5, true}, 14, 1},
        {retry_budget{5, true}, 19, 1},
        {retry_budget{5, true}, 40, 2},
        {retry_budget{5, true}, 0, 0},
        {retry_budget{0.1, true}, 30, 1},
        {retry_budget{0.1, true}, 3000, 3},
        {retry_budget{0.3, true}, 1000, 3},
        {retry_budget{0, true}, 1000, 0},
        {retry_budget{100, true}, 30, 30},
    };
    for (const row& each : table) {
        options chosen;
        chosen.budget = each.budget;
        CHECK(select::retries_allowed(chosen, each.tests) == each.expected);
    }
}
