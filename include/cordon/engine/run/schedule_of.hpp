#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/run_context.hpp>
#include <cordon/engine/select/retry.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::run {

// Keys of tests that one worker can run in a row: same setups, same isolation mode.
vector<std::uint64_t> batch_keys(const run_context& run) {
    vector<std::uint64_t> keys;
    const vector<std::size_t>& order = run.what.order;
    const auto& chains = run.setups.chain_of_test;
    const auto is_usual = [&run](std::size_t test) {
        return run.settings_of(test).isolation == run.settings.isolation;
    };
    if (chains.empty() && std::all_of(order.begin(), order.end(), is_usual)) return keys;
    for (std::size_t test = 0; test < run.list.tests.size(); ++test) {
        const std::uint64_t chain = chains.empty() ? 0 : chains[test];
        keys.push_back(chain << 8 | static_cast<std::uint64_t>(run.settings_of(test).isolation));
    }
    return keys;
}

/// All tests of the run that are started, in their order.
select::schedule schedule_of(const run_context& run) {
    vector<std::size_t> tests;
    for (const std::size_t test : run.what.order) {
        if (!select::is_never_started(run.list.tests[test])) tests.push_back(test);
    }
    return select::schedule(run.list, tests, run.settings.jobs, batch_keys(run));
}

}  // namespace cordon::engine::run
