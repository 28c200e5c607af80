#pragma once

#include <cordon/engine/base/result.hpp>
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

namespace cordon::engine::select {

/// What the options say about which tests to run: one of the patterns (if there are any), all of the filters, none of
/// the excluded.
class selection {
  public:
    /// Reads what the options say; an error is one of a filter's.
    status read(const options& chosen) {
        for (const std::string& text : chosen.patterns)
            patterns_.emplace_back(text);
        for (const std::string& text : chosen.excludes)
            excludes_.emplace_back(text);
        for (const std::string& text : chosen.filters) {
            result<filter> parsed = parse_filter(text);
            if (!parsed) return parsed.failure();
            filters_.push_back(std::move(parsed.value()));
        }
        failed_ = chosen.failed;
        return ok();
    }

    bool wants_past() const {
        return failed_ ||
               std::any_of(filters_.begin(), filters_.end(), [](const filter& each) { return each.wants_past(); });
    }

    bool selects(const test_info& test, const test_past& earlier) const {
        if (failed_ && !earlier.failed_last) return false;
        for (const filter& each : filters_) {
            if (!each.selects(test, earlier)) return false;
        }
        // Whatever asked for the test by a filter or as one that failed asked for a hidden one, too.
        if (test.hidden && patterns_.empty() && filters_.empty() && !failed_) return false;
        if (patterns_.empty() && excludes_.empty()) return true;
        const std::string full = full_name(test);
        const bool named = patterns_.empty() || first_of(patterns_, test, full) != patterns_.size();
        return named && first_of(excludes_, test, full) == excludes_.size();
    }

    /// Puts the tests in the order in which the patterns name them. Those of one pattern stay as they are.
    void sort_as_given(const test_list& list, vector<std::size_t>& order) const {
        vector<std::size_t> place(list.tests.size());
        for (const std::size_t test : order)
            place[test] = first_of(patterns_, list.tests[test], full_name(list.tests[test]));
        std::stable_sort(order.begin(), order.end(),
                         [&place](std::size_t a, std::size_t b) { return place[a] < place[b]; });
    }

  private:
    /// The place of the first that selects the test; past the last of them if none does.
    static std::size_t first_of(const vector<pattern>& patterns, const test_info& test, std::string_view full) {
        std::size_t place = 0;
        while (place < patterns.size() && !patterns[place].selects(test, full))
            ++place;
        return place;
    }

    vector<pattern> patterns_;
    vector<pattern> excludes_;
    vector<filter> filters_;
    bool failed_ = false;
};

/// Whether a plan for these options asks what earlier runs came to.
bool plan_wants_past(const options& chosen) {
    if (chosen.order == test_order::slowest || chosen.order == test_order::failed ||
        (chosen.shard && chosen.shard->by_time))
        return true;
    selection wanted;
    return wanted.read(chosen) && wanted.wants_past();
}

/// Keeps the tests decorated with only(), where there are any among `order`; says whether others were left out.
bool keep_only(const test_list& list, vector<std::size_t>& order) {
    vector<std::size_t> only;
    for (std::size_t test : order) {
        if (list.tests[test].only) only.push_back(test);
    }
    if (only.empty() || only.size() == order.size()) return false;
    order.swap(only);
    return true;
}

/// --order given needs patterns that name the tests. A misspelled one would leave a test out, and the order that was
/// asked for would not be the one that runs.
status check_given_order(const test_list& list, const options& chosen) {
    if (chosen.order != test_order::given) return ok();
    if (chosen.patterns.empty()) return error{{}, 0, "--order given: name the tests in the order in which to run them"};
    vector<std::string> lines;
    look_at_patterns(list, chosen.patterns, false, lines);
    return lines.empty() ? ok() : status(error{{}, 0, "--order given: " + lines.front()});
}

/// Orders, selects, then cuts the shard. `seed` is the run's, drawn or given. Skipped tests stay: they are reported.
/// `earlier` may be empty where plan_wants_past() says no.
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
