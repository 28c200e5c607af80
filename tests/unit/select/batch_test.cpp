#include <doctest/doctest.h>
#include <cordon/engine/select/batch.hpp>

using namespace cordon::engine;
using namespace std::chrono_literals;
using cordon::isolate;

TEST_CASE("batch sizes") {
    struct row {
        std::size_t remaining;
        std::uint32_t workers;
        duration mean;
        isolate mode;
        std::size_t size;
    };
    const row rows[] = {
        {0, 2, 0ns, isolate::fork, 0},           {1000, 2, 0ns, isolate::fork, 1},  // nothing measured
        {1000, 2, 100us, isolate::fork, 20},                                        // two milliseconds of work
        {1000, 2, 1ns, isolate::fork, 250},                                         // a share of what is left
        {40, 2, 100us, isolate::fork, 10},       {3, 2, 100us, isolate::fork, 1},   // the tail is not hoarded
        {1000, 2, 5ms, isolate::fork, 1},        {1000, 2, 10us, isolate::exec, 1},
        {1000, 2, 10us, isolate::none, 1},       {0, 2, 10us, isolate::exec, 0},
        {100'000, 2, 0ns, isolate::shard, 16},  // a probe
        {100'000, 2, 1us, isolate::shard, 1024}, {1000, 2, 1us, isolate::shard, 250},
        {1000, 2, 1ms, isolate::shard, 50},      {1000, 2, 1s, isolate::shard, 1},
        {5, 8, 1us, isolate::shard, 1},          {10, 0, 1us, isolate::shard, 10},
        {1000, 2, 1ms, isolate::rewind, 100},    {100, 1, 1us, isolate::rewind, 50},
        {1000, 2, 0ns, isolate::rewind, 16},     {1000, 2, 1s, isolate::rewind, 16},
        {20, 2, 1s, isolate::rewind, 5},                                                  // others may take them back
        {10, 1, 0ns, isolate::shard, 10},        {100'000, 1, 1s, isolate::shard, 1024},  // one worker: all together
    };
    for (const row& each : rows) {
        CAPTURE(each.remaining);
        CAPTURE(each.mean.count());
        CHECK(select::batch_size(each.remaining, each.workers, each.mean, each.mode) == each.size);
    }
}

TEST_CASE("a worker far away has tests for the time of two round trips") {
    CHECK(select::sent_ahead(20ms, 0ns) == 0);
    CHECK(select::sent_ahead(20ms, 1s) == 1);
    CHECK(select::sent_ahead(20ms, 2s) == 0);
    CHECK(select::sent_ahead(20ms, 20ms) == 3);
    CHECK(select::sent_ahead(20ms, 1ms) == 41);
    CHECK(select::sent_ahead(1s, 1us) == 1025);
}
