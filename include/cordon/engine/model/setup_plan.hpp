#pragma once

#include <cordon/engine/base/owned.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/suite_path.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace cordon::engine {

/// The setup blocks that each test needs, as groups. All GLOBAL_SETUP blocks are one group; the SUITE_SETUP blocks of a
/// suite are another. A test needs a chain of groups, the outermost first. A worker enters them one inside another.
struct setup_plan {
    struct group {
        std::string_view suite;  ///< empty for GLOBAL_SETUP
        cordon::location where;  ///< the place of its first block
        vector<std::uint32_t> setups;
    };
    using chain = vector<std::uint32_t>;

    vector<group> groups;
    vector<chain> chains{chain()};        ///< chains[0] is the one of tests outside every suite with a setup
    vector<std::uint32_t> chain_of_test;  ///< empty when there is only chains[0]

    const chain& chain_of(std::size_t test) const { return chains[chain_of_test.empty() ? 0 : chain_of_test[test]]; }
};

std::uint32_t group_for(setup_plan& plan, std::string_view suite, const cordon::location& where, test_list& keeps) {
    for (std::uint32_t i = 0; i < plan.groups.size(); ++i) {
        if (plan.groups[i].suite == suite) return i;
    }
    keeps.storage.push_back(make_owned<std::string>(suite));
    plan.groups.push_back({*keeps.storage.back(), where, {}});
    return static_cast<std::uint32_t>(plan.groups.size() - 1);
}

setup_plan::chain chain_for(const setup_plan& plan, std::string_view suite) {
    setup_plan::chain chain;
    for (std::uint32_t i = 0; i < plan.groups.size(); ++i) {
        if (suite_holds(plan.groups[i].suite, suite)) chain.push_back(i);
    }
    sort(chain, [&plan](std::uint32_t a, std::uint32_t b) {
        return plan.groups[a].suite.size() < plan.groups[b].suite.size();
    });
    return chain;
}

std::uint32_t chain_index(setup_plan& plan, setup_plan::chain chain) {
    for (std::uint32_t i = 0; i < plan.chains.size(); ++i) {
        if (plan.chains[i] == chain) return i;
    }
    plan.chains.push_back(std::move(chain));
    return static_cast<std::uint32_t>(plan.chains.size() - 1);
}

/// Suites with the same name are the same suite, in any block or file. A SUITE_SETUP applies to all of it and to the
/// suites inside. `list` stores the texts.
setup_plan build_setup_plan(test_list& list, const cordon::detail::setup* first) {
    setup_plan plan;
    std::uint32_t index = 0;
    for (const cordon::detail::setup* each = first; each != nullptr; each = each->next) {
        plan.groups[group_for(plan, suite_path(each->owner), each->where, list)].setups.push_back(index++);
    }
    if (plan.groups.empty()) return plan;
    plan.chains[0] = chain_for(plan, {});
    plan.chain_of_test.reserve(list.tests.size());
    for (const test_info& test : list.tests) {
        plan.chain_of_test.push_back(chain_index(plan, chain_for(plan, test.suite)));
    }
    return plan;
}

}  // namespace cordon::engine
