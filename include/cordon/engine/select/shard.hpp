#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cordon::engine::select {

/// Depends only on the full name and must never change: with `hash:` a test stays in its shard when others come and go,
/// across versions of cordon too.
std::uint64_t shard_hash(const test_info& test) {
    std::uint64_t hash = fnv1a(test.suite);
    if (!test.suite.empty()) hash = fnv1a("/", hash);
    return mix_bits(fnv1a(test.name, hash));
}

/// The start of slice `index` (from 0) of `count` among `size` tests. Sizes differ by at most one.
constexpr std::size_t slice_start(std::size_t size, std::uint32_t index, std::uint32_t count) {
    const std::size_t each = size / count;
    const std::size_t longer = size % count;
    return each * index + (index < longer ? index : longer);
}

/// Longest test first, each into the shard with the least time so far (LPT; Graham 1969: the largest shard is at most
/// 4/3 - 1/(3n) of the best). Equal tests are ordered by their position, equal shards by their number. So every shard
/// computes the same parts from the same history. Without a history all tests count the same.
vector<std::size_t> shard_by_time(const vector<std::size_t>& order, const shard_choice& shard, const past& earlier) {
    constexpr duration least = std::chrono::microseconds(100);  // starting a test takes at least this
    const vector<duration> expected = expected_times(earlier);
    const auto time_of = [&](std::size_t place) {
        return least + (expected.empty() ? duration::zero() : expected[order[place]]);
    };
    vector<std::size_t> places(order.size());
    for (std::size_t i = 0; i < places.size(); ++i)
        places[i] = i;
    sort(places, [&](std::size_t a, std::size_t b) { return time_of(a) > time_of(b); });
    vector<duration> load(std::min<std::size_t>(shard.count, order.size()));
    vector<std::size_t> chosen;
    for (const std::size_t place : places) {
        const auto lightest = std::min_element(load.begin(), load.end());
        *lightest += time_of(place);
        if (lightest - load.begin() == static_cast<std::ptrdiff_t>(shard.index) - 1) chosen.push_back(place);
    }
    sort(chosen);
    for (std::size_t& each : chosen)
        each = order[each];
    return chosen;
}

/// The part of `order` that belongs to the shard, in the same order. Slices are cut in one piece, so that tests that
/// share a setup mostly share a shard as well.
vector<std::size_t> shard_of(const test_list& list, const vector<std::size_t>& order, const shard_choice& shard,
                             const past& earlier = {}) {
    if (shard.by_time) return shard_by_time(order, shard, earlier);
    vector<std::size_t> part;
    if (!shard.by_hash) {
        const std::size_t first = slice_start(order.size(), shard.index - 1, shard.count);
        const std::size_t last = slice_start(order.size(), shard.index, shard.count);
        part.assign(order.begin() + static_cast<std::ptrdiff_t>(first),
                    order.begin() + static_cast<std::ptrdiff_t>(last));
        return part;
    }
    for (std::size_t test : order) {
        if (shard_hash(list.tests[test]) % shard.count == shard.index - 1) part.push_back(test);
    }
    return part;
}

}  // namespace cordon::engine::select
