#pragma once

#include <cordon/api/test_case.hpp>
#include <cordon/engine/base/clock.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::select {

/// The number of tests to give a worker. Guided self-scheduling (Polychronopoulos, Kuck 1987): a share of the remaining
/// tests. So batches shrink towards the end, and no worker keeps the last tests to itself. A batch is also limited to
/// little work. The limit is higher in shard mode, where a test may be cheaper than the message about it. To remember a
/// process with much memory takes as long as some tests, so in rewind mode a batch has several tests however long they
/// take. `mean` is the average time of a test so far, with its process. The first batch is a probe.
std::size_t batch_size(std::size_t remaining, std::uint32_t workers, duration mean, isolate mode) {
    constexpr std::size_t most = 1024;  // more saves nothing and makes a command long
    const bool shared = mode == isolate::shard;
    // With a single worker nothing can be moved elsewhere. So its tests stay together, and their effects on each other
    // show.
    if (shared && workers <= 1) return std::min(remaining, most);
    const bool rewinds = mode == isolate::rewind;
    if (!shared && !rewinds && mode != isolate::fork) return std::min<std::size_t>(remaining, 1);
    const duration work = std::chrono::milliseconds(shared ? 50 : rewinds ? 100 : 2);
    const std::size_t probe = shared || rewinds ? 16 : 1;
    const std::size_t fewest = rewinds ? probe : 0;
    const std::size_t by_work =
        mean > duration::zero() ? std::max(static_cast<std::size_t>(work / mean), fewest) : probe;
    const std::size_t share = remaining / (2 * std::max<std::size_t>(workers, 1));
    const std::size_t size = std::max<std::size_t>(std::min({share, by_work, most}), 1);
    return std::min(size, remaining);
}

/// The number of tests that wait at a worker on another machine, so that it need not wait for the next command. None
/// while nothing is known, or if the way is short beside a test: a test that waits behind a long one could run
/// elsewhere. Nor for the last tests of a run.
std::size_t sent_ahead(duration round_trip, duration mean) {
    constexpr std::int64_t most = 1024;
    constexpr std::int64_t negligible = 64;  // the worker is idle for less than 2 % of its time
    if (mean <= duration::zero() || mean / negligible > round_trip) return 0;
    return static_cast<std::size_t>(1 + std::min<std::int64_t>(2 * (round_trip / mean), most));
}

}  // namespace cordon::engine::select
