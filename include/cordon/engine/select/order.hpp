#pragma once

#include <cordon/engine/base/random.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace cordon::engine::select {

/// The setups that each test needs, as one key for each test of the list. Equal keys mean equal GLOBAL_SETUP and
/// SUITE_SETUP blocks. Empty if no suite has its own setup.
using setup_keys = vector<std::uint64_t>;

/// Names are unique within a suite, so no two tests are equal.
bool is_before_by_name(const test_info& a, const test_info& b) {
    return a.suite != b.suite ? a.suite < b.suite : a.name < b.name;
}

/// The groups of equal keys, in the order of their first appearance. Tests of a group keep the order of `order`.
vector<vector<std::size_t>> groups_of(const vector<std::size_t>& order, const setup_keys& keys) {
    vector<std::pair<std::uint64_t, std::size_t>> seen;  // key and group, sorted
    vector<vector<std::size_t>> groups;
    for (std::size_t test : order) {
        const std::pair<std::uint64_t, std::size_t> wanted(keys[test], 0);
        auto at = std::lower_bound(seen.begin(), seen.end(), wanted);
        if (at == seen.end() || at->first != keys[test]) {
            at = seen.insert(at, {keys[test], groups.size()});
            groups.emplace_back();
        }
        groups[at->second].push_back(test);
    }
    return groups;
}

vector<std::size_t> joined(const vector<vector<std::size_t>>& groups) {
    vector<std::size_t> order;
    for (const vector<std::size_t>& group : groups)
        order.append(group.begin(), group.end());
    return order;
}

/// Orders all tests of the list. This comes before selecting and sharding: so a seed means the same order for every
/// shard, and any two tests keep their order whatever else is selected. Tests with equal setup keys stay together,
/// because a worker pays for a setup once. A random order shuffles the groups and the tests in each. The slowest-first
/// order begins with the group of the slowest test. A test without a time counts as the mean of the others.
vector<std::size_t> order_of(const test_list& list, test_order how, std::uint64_t seed, const setup_keys& keys,
                             const past& earlier = {}) {
    vector<std::size_t> order(list.tests.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    if (how == test_order::name) {
        sort(order, [&list](std::size_t a, std::size_t b) { return is_before_by_name(list.tests[a], list.tests[b]); });
    }
    const vector<duration> expected = how == test_order::slowest ? expected_times(earlier) : vector<duration>();
    if (!expected.empty()) {
        sort(order, [&expected](std::size_t a, std::size_t b) { return expected[a] > expected[b]; });
    }
    if (how == test_order::failed) {
        sort(order, [&earlier](std::size_t a, std::size_t b) {
            return earlier.of(a).failed_last && !earlier.of(b).failed_last;
        });
    }
    vector<vector<std::size_t>> groups{order};
    if (!keys.empty()) groups = groups_of(order, keys);
    if (how == test_order::random) {
        random_source random(seed);
        shuffle(groups, random);
        for (vector<std::size_t>& group : groups)
            shuffle(group, random);
    }
    return joined(groups);
}

}  // namespace cordon::engine::select
