#pragma once

#include <cordon/engine/base/result.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/policy/filter.hpp>
#include <cordon/engine/policy/order.hpp>
#include <cordon/engine/policy/pattern.hpp>
#include <cordon/engine/policy/shard.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace cordon::engine::policy {

/// What the options say about which tests to run: one of the patterns (if there are any), all of the filters, none of
/// the excluded.
class selection {
  public:
    static result<selection> from(const options& chosen) {
        selection made;
        for (const std::string& text : chosen.patterns)
            made.patterns_.emplace_back(text);
        for (const std::string& text : chosen.excludes)
            made.excludes_.emplace_back(text);
        for (const std::string& text : chosen.filters) {
            result<filter> parsed = parse_filter(text);
            if (!parsed) return parsed.failure();
            made.filters_.push_back(std::move(parsed.value()));
        }
        return made;
    }

    bool takes_all() const { return patterns_.empty() && excludes_.empty() && filters_.empty(); }

    bool selects(const test_info& test) const {
        for (const filter& each : filters_) {
            if (!each.selects(test)) return false;
        }
        if (patterns_.empty() && excludes_.empty()) return true;
        const std::string full = full_name(test);
        const auto matches = [&](const pattern& each) { return each.selects(test, full); };
        if (!patterns_.empty() && std::none_of(patterns_.begin(), patterns_.end(), matches)) return false;
        return std::none_of(excludes_.begin(), excludes_.end(), matches);
    }

  private:
    std::vector<pattern> patterns_;
    std::vector<pattern> excludes_;
    std::vector<filter> filters_;
};

/// Keeps the tests decorated with only(), where there are any among `order`; says whether others were left out.
bool keep_only(const test_list& list, std::vector<std::size_t>& order) {
    const auto is_only = [&list](std::size_t test) { return list.tests[test].only; };
    if (std::none_of(order.begin(), order.end(), is_only)) return false;
    const auto left_out = std::stable_partition(order.begin(), order.end(), is_only);
    const bool narrowed = left_out != order.end();
    order.erase(left_out, order.end());
    return narrowed;
}

/// Orders, selects, then cuts the shard. `seed` is the run's, drawn or given. Skipped tests stay: they are reported.
result<plan> make_plan(const test_list& list, const options& chosen, std::uint64_t seed, const setup_keys& keys) {
    const result<selection> wanted = selection::from(chosen);
    if (!wanted) return wanted.failure();
    plan made;
    made.order = order_of(list, chosen.order, seed, keys);
    if (!wanted.value().takes_all()) {
        const auto unwanted = [&](std::size_t test) { return !wanted.value().selects(list.tests[test]); };
        made.order.erase(std::remove_if(made.order.begin(), made.order.end(), unwanted), made.order.end());
    }
    made.narrowed_by_only = keep_only(list, made.order);
    made.selected = made.order.size();
    if (chosen.shard) made.order = shard_of(list, made.order, *chosen.shard);
    return made;
}

}  // namespace cordon::engine::policy
