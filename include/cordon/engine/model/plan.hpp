#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine {

/// The decisions that are made before a run starts.
struct plan {
    vector<std::size_t> order;      ///< indices into test_list::tests; skipped and todo ones are among them
    std::size_t selected = 0;       ///< before sharding: none selected is a mistake, an empty shard is not
    vector<std::size_t> unsharded;  ///< with a shard: `order` before the cut
    bool narrowed_by_only = false;  ///< tests were left out because others have the decorator only()
};

/// The settings of one test, from its decorators and the command line.
struct test_settings {
    duration timeout{};     ///< 0: none
    duration slow_after{};  ///< 0: never
    std::uint32_t retries = 0;
    isolate isolation = isolate::fork;
    std::uint64_t memory_limit = 0;  ///< bytes; 0: none
};

/// Decorators win over the command line, with one exception: `--isolate=none` applies to every test, because the user
/// wants all of them in one process, under a debugger. A test with the decorator isolation none runs in a worker
/// without its own process, because the supervisor must survive it. `run_isolation` is the resolved mode of the run,
/// never by_default.
inline test_settings settings_for(const test_info& test, const options& chosen, isolate run_isolation) {
    test_settings settings;
    settings.timeout = test.timeout.value_or(chosen.timeout);
    settings.slow_after = test.slow_after.value_or(chosen.slow_after);
    settings.retries = test.retries.value_or(chosen.retries);
    settings.memory_limit = test.memory_limit != 0 ? test.memory_limit : chosen.memory_limit;
    settings.isolation = run_isolation;
    if (run_isolation != isolate::none && test.isolation != isolate::by_default) {
        settings.isolation = test.isolation == isolate::none ? isolate::shard : test.isolation;
    }
    return settings;
}

}  // namespace cordon::engine
