#pragma once

#include <cordon/engine/analysis/waves.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/select/order.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

namespace cordon::engine::analysis {

inline bool runs_so(const waves& with, const select::setup_keys& setups, const vector<std::size_t>& row, test_order how,
                    std::uint64_t seed) {
    std::size_t next = 0;
    for (const std::size_t test : select::order_of(with.list(), how, seed, setups)) {
        const auto at = std::find(row.begin(), row.end(), test);
        if (at == row.end()) continue;
        if (at != row.begin() + static_cast<std::ptrdiff_t>(next)) return false;
        ++next;
    }
    return next == row.size();
}

/// A command that runs these tests as they stand here, in one process; nothing where no order that can be asked for is
/// this one.
optional<std::string> order_command(const waves& with, const select::setup_keys& setups,
                                    const vector<std::size_t>& row) {
    constexpr std::uint64_t most_seeds = 2000;
    const std::string in_one_process = " --isolate=shard -j1";
    if (runs_so(with, setups, row, test_order::declared, 0)) return with.command(row, in_one_process);
    if (runs_so(with, setups, row, test_order::name, 0)) return with.command(row, in_one_process + " --order=name");
    for (std::uint64_t seed = 1; seed <= most_seeds; ++seed) {
        if (runs_so(with, setups, row, test_order::random, seed))
            return with.command(row, in_one_process + " --order=random --seed=" + std::to_string(seed));
    }
    return nullopt;
}

}  // namespace cordon::engine::analysis
