#include <doctest/doctest.h>
#include <cordon/engine/archive/inputs.hpp>

#include <string>

using namespace cordon::engine;
using cordon::isolate;

namespace {

std::string inputs(const options& chosen, isolate mode = isolate::fork, const std::string& set = "",
                   const char* value = "x") {
    return archive::inputs_of(chosen, mode, [&](const char* name) { return set == name ? value : nullptr; });
}

}  // namespace

TEST_CASE("what may decide what becomes of a test is an input") {
    const std::string usual = inputs({});
    options seed, other_seed, variable, timeout, memory, terminal, snapshots;
    seed.seed = 1;
    other_seed.seed = 2;
    variable.environment.emplace_back("FAST", "1");
    timeout.timeout = std::chrono::seconds(1);
    memory.memory_limit = 1 << 20;
    terminal.tty = true;
    snapshots.update_snapshots = snapshot_update::all;
    CHECK(inputs(seed) != usual);
    CHECK(inputs(seed) != inputs(other_seed));
    for (const options* each : {&variable, &timeout, &memory, &terminal, &snapshots})
        CHECK(inputs(*each) != usual);
    CHECK(inputs({}, isolate::fork, "TZ") != usual);
    CHECK(inputs({}, isolate::fork, "TZ") != inputs({}, isolate::fork, "TZ", "y"));
    CHECK(inputs({}, isolate::fork, "ASAN_OPTIONS") != usual);
    CHECK(inputs({}, isolate::fork, "SHLVL") == usual);
}

TEST_CASE("what other tests are run, and when, is one only where they share a process") {
    options chosen, ordered, parallel, shard;
    chosen.patterns.emplace_back("a");
    ordered.order = test_order::name;
    parallel.jobs = 3;
    shard.shard = shard_choice{1, 2, false, false};
    for (const options* each : {&chosen, &ordered, &parallel, &shard}) {
        CHECK(inputs(*each) == inputs({}));
        CHECK(inputs(*each, isolate::shard) != inputs({}, isolate::shard));
    }
}
