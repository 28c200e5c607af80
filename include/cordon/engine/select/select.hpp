#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/result.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/plan.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/select/filter.hpp>
#include <cordon/engine/select/order.hpp>
#include <cordon/engine/select/pattern.hpp>
#include <cordon/engine/select/shard.hpp>
#include <cordon/engine/select/unmatched.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::select {

/// Selects tests by the options: one of the patterns (if there are any), all filters, none of the excludes.
class selection {
  public:
    /// Parses the options. Fails if a filter is invalid.
    status read(const options& chosen) {
        for (const std::string& text : chosen.patterns)
            patterns_.emplace_back(text, case_of(chosen));
        for (const std::string& text : chosen.excludes)
            excludes_.emplace_back(text, case_of(chosen));
        for (const std::string& text : chosen.filters) {
            result<filter> parsed = parse_filter(text);
            if (!parsed) return parsed.failure();
            parsed.value().compare(case_of(chosen));
            filters_.push_back(std::move(parsed.value()));
        }
        if (!chosen.narrowed_to.empty()) narrowed_to_.emplace_back(chosen.narrowed_to);
        failed_ = chosen.failed;
        return ok();
    }

    bool wants_past() const {
        return failed_ ||
               std::any_of(filters_.begin(), filters_.end(), [](const filter& each) { return each.wants_past(); });
    }

    bool selects(const test_info& test, const test_past& earlier) const {
        if (test.left_out || (failed_ && !earlier.failed_last)) return false;
        for (const filter& each : filters_) {
            if (!each.selects(test, earlier)) return false;
        }
        // A test selected by a filter or as a failed one may be hidden.
        if (test.hidden && patterns_.empty() && filters_.empty() && narrowed_to_.empty() && !failed_) return false;
        if (patterns_.empty() && excludes_.empty() && narrowed_to_.empty()) return true;
        const std::string full = full_name(test);
        if (first_of(narrowed_to_, test, full) != 0 && !narrowed_to_.empty()) return false;
        const bool named = patterns_.empty() || first_of(patterns_, test, full) != patterns_.size();
        return named && first_of(excludes_, test, full) == excludes_.size();
    }

    /// Orders the tests as the patterns name them. Tests of one pattern keep their order.
    void sort_as_given(const test_list& list, vector<std::size_t>& order) const {
        vector<std::size_t> place(list.tests.size());
        for (const std::size_t test : order)
            place[test] = first_of(patterns_, list.tests[test], full_name(list.tests[test]));
        sort(order, [&place](std::size_t a, std::size_t b) { return place[a] < place[b]; });
    }

  private:
    /// Index of the first pattern that selects the test; the number of patterns if none does.
    static std::size_t first_of(const vector<pattern>& patterns, const test_info& test, std::string_view full) {
        std::size_t place = 0;
        while (place < patterns.size() && !patterns[place].selects(test, full))
            ++place;
        return place;
    }

    vector<pattern> patterns_;
    vector<pattern> narrowed_to_;  // at most one
    vector<pattern> excludes_;
    vector<filter> filters_;
    bool failed_ = false;
};

/// True if a plan for these options needs the results of earlier runs.
bool plan_wants_past(const options& chosen) {
    if (chosen.order == test_order::slowest || chosen.order == test_order::failed ||
        (chosen.shard && chosen.shard->by_time))
        return true;
    selection wanted;
    return wanted.read(chosen) && wanted.wants_past();
}

/// If some tests in `order` have the decorator only(), removes the others. Returns whether any were removed.
bool keep_only(const test_list& list, vector<std::size_t>& order) {
    vector<std::size_t> only;
    for (std::size_t test : order) {
        if (list.tests[test].only) only.push_back(test);
    }
    if (only.empty() || only.size() == order.size()) return false;
    order.swap(only);
    return true;
}

/// --order given needs patterns that name the tests. A misspelled pattern would leave out a test, and the order would
/// not be the requested one.
status check_given_order(const test_list& list, const options& chosen) {
    if (chosen.order != test_order::given) return ok();
    if (chosen.patterns.empty()) return error{{}, 0, "--order given: name the tests in the order in which to run them"};
    vector<std::string> lines;
    look_at_patterns(list, chosen.patterns, false, case_of(chosen), lines);
    return lines.empty() ? ok() : status(error{{}, 0, "--order given: " + lines.front()});
}

/// Orders, selects, then cuts the shard. `seed` is the seed of the run. Skipped tests stay, because they are reported.
/// `earlier` may be empty if plan_wants_past() is false.
result<plan> make_plan(const test_list& list, const options& chosen, std::uint64_t seed, const setup_keys& keys,
                       const past& earlier = {}) {
    selection wanted;
    if (status understood = wanted.read(chosen); !understood) return understood.failure();
    if (status named = check_given_order(list, chosen); !named) return named.failure();
    plan made;
    for (std::size_t test : order_of(list, chosen.order, seed, keys, earlier)) {
        if (wanted.selects(list.tests[test], earlier.of(test))) made.order.push_back(test);
    }
    if (chosen.order == test_order::given) wanted.sort_as_given(list, made.order);
    made.narrowed_by_only = keep_only(list, made.order);
    made.selected = made.order.size();
    if (chosen.shard) {
        made.unsharded.swap(made.order);
        made.order = shard_of(list, made.unsharded, *chosen.shard, earlier);
    }
    return made;
}

}  // namespace cordon::engine::select

CORDON_CHEAP_END
