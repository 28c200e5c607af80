#include <doctest/doctest.h>
#include <cordon/engine/model/plan.hpp>

using namespace cordon::engine;
using namespace std::chrono_literals;
using cordon::isolate;

TEST_CASE("without decorators the command line holds") {
    options chosen;
    chosen.timeout = 7s;
    chosen.slow_after = 3s;
    chosen.retries = 2;
    chosen.memory_limit = 64;
    const test_settings settings = settings_for({}, chosen, isolate::fork);
    CHECK(settings.timeout == 7s);
    CHECK(settings.slow_after == 3s);
    CHECK(settings.retries == 2);
    CHECK(settings.memory_limit == 64);
    CHECK(settings.isolation == isolate::fork);
}

TEST_CASE("decorators win, also with zero") {
    options chosen;
    chosen.retries = 2;
    chosen.memory_limit = 64;
    test_info test;
    test.timeout = 0s;
    test.slow_after = 1s;
    test.retries = 0;
    test.memory_limit = 128;
    const test_settings settings = settings_for(test, chosen, isolate::fork);
    CHECK(settings.timeout == 0s);
    CHECK(settings.slow_after == 1s);
    CHECK(settings.retries == 0);
    CHECK(settings.memory_limit == 128);
}

TEST_CASE("isolation of the run and of the test") {
    struct row {
        isolate run, decorated, expected;
    };
    const row rows[] = {
        {isolate::fork, isolate::by_default, isolate::fork}, {isolate::fork, isolate::exec, isolate::exec},
        {isolate::shard, isolate::fork, isolate::fork},      {isolate::fork, isolate::none, isolate::shard},
        {isolate::none, isolate::fork, isolate::none},       {isolate::none, isolate::by_default, isolate::none},
        {isolate::none, isolate::none, isolate::none},
    };
    for (const row& each : rows) {
        test_info test;
        test.isolation = each.decorated;
        CHECK(settings_for(test, {}, each.run).isolation == each.expected);
    }
}
