#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::select {

/// How many tests to hand to a worker that has room. Guided self-scheduling (Polychronopoulos, Kuck 1987): a share of
/// what is left, so that batches shrink towards the end and no worker hoards the tail. A batch is also kept to little
/// work, more of it in shard mode, where a test may take less than the message that names it. `mean` is how long a test
/// took so far, its process included; before anything was measured a batch is a probe.
std::size_t batch_size(std::size_t remaining, std::uint32_t workers, duration mean, isolate mode) {
    constexpr std::size_t most = 1024;  // more amortises nothing further and makes a command long
    const bool shared = mode == isolate::shard;
    // Nobody could take anything off a single worker, so its tests stay together: what they leave behind for each
    // other shows.
    if (shared && workers <= 1) return std::min(remaining, most);
    if (!shared && mode != isolate::fork) return std::min<std::size_t>(remaining, 1);
    const duration work = std::chrono::milliseconds(shared ? 50 : 2);
    const std::size_t probe = shared ? 16 : 1;
    const std::size_t by_work = mean > duration::zero() ? static_cast<std::size_t>(work / mean) : probe;
    const std::size_t share = remaining / (2 * std::max<std::size_t>(workers, 1));
    const std::size_t size = std::max<std::size_t>(std::min({share, by_work, most}), 1);
    return std::min(size, remaining);
}

}  // namespace cordon::engine::select
