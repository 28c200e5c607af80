#pragma once

#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::policy {

/// Depends on the full name alone and must never change: with `hash:` a test stays in its shard while others come and
/// go, across versions of cordon too.
std::uint64_t shard_hash(const test_info& test) {
    std::uint64_t hash = fnv1a(test.suite);
    if (!test.suite.empty()) hash = fnv1a("/", hash);
    return mix_bits(fnv1a(test.name, hash));
}

/// Where slice `index` (from 0) of `count` starts among `size` tests. Sizes differ by one at most.
constexpr std::size_t slice_start(std::size_t size, std::uint32_t index, std::uint32_t count) {
    const std::size_t each = size / count;
    const std::size_t longer = size % count;
    return each * index + (index < longer ? index : longer);
}

/// The part of `order` that belongs to the shard, in the same order. Slices are cut in one piece, so that tests that
/// share a setup mostly share a shard as well.
vector<std::size_t> shard_of(const test_list& list, const vector<std::size_t>& order, const shard_choice& shard) {
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

}  // namespace cordon::engine::policy
