#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/archive/entry.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/past.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

CORDON_CHEAP_BEGIN

namespace cordon::engine::archive {

/// Tests by their ids.
class id_table {
  public:
    static constexpr std::uint32_t none = 0xFFFFFFFF;

    explicit id_table(const test_list& list) {
        std::size_t size = 16;
        while (size < list.tests.size() * 2)
            size *= 2;
        slots_.assign(size, {0, none});
        for (std::uint32_t i = 0; i < list.tests.size(); ++i) {
            const std::uint64_t id = id_of(list.tests[i]);
            slot& at = find(id);
            if (at.test == none) at = {id, i};
        }
    }

    std::uint32_t test_of(std::uint64_t id) { return find(id).test; }

  private:
    struct slot {
        std::uint64_t id;
        std::uint32_t test;
    };

    slot& find(std::uint64_t id) {
        std::size_t at = static_cast<std::size_t>(id) & (slots_.size() - 1);
        while (slots_[at].test != none && slots_[at].id != id)
            at = (at + 1) & (slots_.size() - 1);
        return slots_[at];
    }

    vector<slot> slots_;
};

struct sample {
    duration took{};
    std::uint64_t build = 0;
    verdict what = verdict::passed;
    std::uint64_t at = 0;  ///< seconds since 1970
};

bool counts_as_run(verdict what) {
    return what == verdict::passed || what == verdict::failed || what == verdict::flaky ||
           what == verdict::unexpected_pass || what == verdict::quarantined;
}

bool is_against(verdict what) {
    return what == verdict::failed || what == verdict::unexpected_pass || what == verdict::lost;
}

/// True if one build has both passed and failed among these. A flaky test has done so within one run.
bool is_mixed(const sample* first, const sample* last) {
    for (const sample* each = first; each != last; ++each) {
        if (each->what == verdict::flaky) return true;
        if (each->what != verdict::passed) continue;
        for (const sample* other = first; other != last; ++other) {
            if (other->build == each->build && other->what != verdict::passed) return true;
        }
    }
    return false;
}

/// The value that `share` percent of the sorted ones do not exceed (nearest rank).
duration percentile(const vector<duration>& sorted, std::size_t share) {
    return sorted[(sorted.size() * share + 99) / 100 - 1];
}

void time(const vector<sample>& samples, test_past& result) {
    vector<duration> times;
    for (const sample& each : samples) {
        if (each.what == verdict::passed) times.push_back(each.took);
    }
    if (times.empty()) return;
    sort(times);
    result.timed = static_cast<std::uint32_t>(times.size());
    result.typical = percentile(times, 50);
    result.slow_case = percentile(times, 99);
}

/// Finds the failure after the longest row of passes. It is the beginning if, at one rate all along, the failures would
/// all come after such a row in less than 5 % of cases: with k failures in the last m of n runs in
/// C(m, k) / C(n, k), the hypergeometric probability of Fisher's exact test.
void find_beginning(const vector<sample>& counting, test_past& result) {
    std::uint32_t row = 0;
    std::size_t begin = counting.size();
    for (std::size_t i = 0; i < counting.size(); ++i) {
        if (counting[i].what == verdict::passed) {
            ++row;
            continue;
        }
        if (row > result.passed_before) {
            begin = i;
            result.passed_before = row;
        }
        row = 0;
    }
    if (begin == counting.size()) return;
    const sample* const first = counting.begin() + begin;
    const sample* const last = counting.end();
    result.runs_since = static_cast<std::uint32_t>(last - first);
    result.failed_since = static_cast<std::uint32_t>(
        std::count_if(first, last, [](const sample& each) { return each.what != verdict::passed; }));
    double chance = 1;
    for (std::uint32_t i = 0; i < result.failed_since; ++i)
        chance *= static_cast<double>(result.runs_since - i) / (result.passed_before + result.runs_since - i);
    if (chance < 0.05) result.began_at = first->at;
    result.began_with_build =
        std::none_of(counting.begin(), first, [first](const sample& each) { return each.build == first->build; });
}

/// From the results of a test's runs, the oldest first.
test_past summed_up(const vector<sample>& all, std::uint64_t build) {
    test_past result;
    if (all.empty()) return result;
    result.failed_last = is_against(all.back().what);
    vector<sample> counting;
    for (const sample& each : all) {
        if (counts_as_run(each.what)) counting.push_back(each);
    }
    result.runs = static_cast<std::uint32_t>(std::min<std::size_t>(counting.size(), past_window));
    const sample* const last = counting.end();
    const sample* const first = last - result.runs;
    result.failed = static_cast<std::uint32_t>(
        std::count_if(first, last, [](const sample& each) { return each.what != verdict::passed; }));
    for (std::uint32_t i = 0; i < result.runs; ++i) {
        if ((last - 1 - i)->what != verdict::passed) result.not_passed |= std::uint64_t{1} << i;
    }
    result.mixed = result.failed != 0 && is_mixed(first, last);
    for (const sample* each = last; each != counting.begin() && (each - 1)->what == verdict::passed; --each)
        ++result.passed_in_a_row;
    result.passed_this_build = std::any_of(counting.begin(), counting.end(), [build](const sample& each) {
        return each.build == build && each.what == verdict::passed;
    });
    const bool is_new =
        std::none_of(all.begin(), all.end(), [build](const sample& each) { return each.build == build; });
    result.passed_before_change = is_new && !counting.empty() && counting.back().what == verdict::passed;
    time(counting, result);
    find_beginning(counting, result);
    return result;
}

/// The results of earlier runs for the tests of the list. `build` is the build_key() of the coming run.
past digest(const vector<run_record>& runs, const test_list& list, std::uint64_t build) {
    past result;
    if (runs.empty()) return result;
    id_table table(list);
    vector<vector<sample>> samples(list.tests.size());
    for (const run_record& run : runs) {
        for (const entry& each : run.entries) {
            const std::uint32_t test = table.test_of(each.test);
            if (test != id_table::none) samples[test].push_back({each.took, run.build, each.what, run.time});
        }
    }
    result.tests.reserve(samples.size());
    for (const vector<sample>& each : samples)
        result.tests.push_back(summed_up(each, build));
    return result;
}

}  // namespace cordon::engine::archive

CORDON_CHEAP_END
