#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/select/order.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <algorithm>
#include <cstddef>
#include <string>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// True if a run with --isolate=shard has these tests in one process. Different setups, decorators that keep a test
/// from others, and an isolation mode of its own separate them.
inline bool run_in_one_process(const test_list& list, const select::setup_keys& setups,
                               const vector<std::size_t>& row) {
    return std::all_of(row.begin(), row.end(), [&](std::size_t test) {
        const test_info& info = list.tests[test];
        const bool is_shared = info.isolation == isolate::by_default || info.isolation == isolate::shard;
        const bool same_setup = setups.empty() || setups[test] == setups[row.front()];
        return row.size() == 1 || (is_shared && same_setup && select::is_unconstrained(info));
    });
}

/// A command that runs these tests in this order, in one process; empty if there is none.
inline std::string order_command(const session_runner& with, const select::setup_keys& setups,
                                 const vector<std::size_t>& row) {
    return run_in_one_process(with.list(), setups, row) ? with.command_in_order(row) : std::string();
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
