#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Finds the tests that make another one fail, or pass. Pure: the caller runs the tests.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// How a test depends on the others.
enum class order_role : std::uint8_t {
    independent,  ///< the same result alone and after others
    victim,       ///< fails after a polluter, and not or less often alone
    brittle,      ///< fails alone, and not or less often after a state setter
    unsteady,     ///< passes and fails alone, and others do not change how often
};

/// True if the results after others deserve a closer look; `alone` are the results without them. If the test is always
/// the same alone, any exception does.
bool may_depend(const run_counts& after, const run_counts& alone) {
    if (after.runs == 0) return false;
    if (!alone.mixed()) return after.failures != (alone.failures == 0 ? 0 : after.runs);
    return fisher_exact(after, alone) < threshold::worth_a_look;
}

/// Runs of a test in two ways, equally many, in pairs from one worker: so random values of the program's start are the
/// same for both.
struct order_pairs {
    run_counts without;  ///< after other tests, or after the examined one
    run_counts with;

    /// True if it fails more often with them; false if less often.
    bool raised() const { return with.rate() > without.rate(); }
};

enum class order_finding : std::uint8_t { open, moved, same };

/// The conclusion from the pairs so far; `open` asks for more, up to `threshold::most_pairs`. `steady`: without them
/// the test has always had the same result. If it then never has that result with them, few pairs are enough. All
/// others are compared by Fisher's exact test. `candidates`: how many have the same question.
order_finding judge_order(const order_pairs& seen, bool steady, std::size_t candidates) {
    const std::uint64_t runs = std::min(seen.without.runs, seen.with.runs);
    if (runs < threshold::few_pairs) return order_finding::open;
    const bool without_agree = !seen.without.mixed();
    const bool with_agree = !seen.with.mixed();
    if (steady && without_agree && with_agree)
        return seen.without.rate() < seen.with.rate() || seen.with.rate() < seen.without.rate() ? order_finding::moved
                                                                                                : order_finding::same;
    const double chance = fisher_exact(seen.without, seen.with);
    if (chance < threshold::others_matter / static_cast<double>(std::max<std::size_t>(candidates, 1)))
        return order_finding::moved;
    const bool doubtful = runs >= threshold::enough_pairs_to_doubt && chance > threshold::hopeless;
    return runs >= threshold::most_pairs || doubtful ? order_finding::same : order_finding::open;
}

/// The result of the test after each of a row of others, in one process.
struct order_flips {
    vector<std::size_t> to_failed;  ///< indices of those after which it failed although it had passed before
    vector<std::size_t> to_passed;
};

order_flips flips_of(bool fails_alone, const vector<bool>& failed_after) {
    order_flips flips;
    bool before = fails_alone;
    for (std::size_t i = 0; i < failed_after.size(); ++i) {
        if (failed_after[i] != before) (failed_after[i] ? flips.to_failed : flips.to_passed).push_back(i);
        before = failed_after[i];
    }
    return flips;
}

vector<std::size_t> merged(const vector<std::size_t>& a, const vector<std::size_t>& b) {
    vector<std::size_t> both(a);
    both.append(b.begin(), b.end());
    sort(both);
    return both;
}

/// A small part of `causes` (indices in rising order) that together with `others` is enough for `works`, which is true
/// for all of them. Halves are dropped as long as the rest is enough. If both halves are needed, each is reduced beside
/// the other (Junker's QuickXplain, 2004). About 2 k log2(n / k) tries for k needed ones of n.
template <class Works>
vector<std::size_t> needed_part(const vector<std::size_t>& causes, const vector<std::size_t>& others, Works&& works) {
    if (causes.size() <= 1) return causes;
    const auto middle = causes.begin() + causes.size() / 2;
    const vector<std::size_t> first(causes.begin(), middle);
    const vector<std::size_t> second(middle, causes.end());
    for (const vector<std::size_t>* half : {&second, &first}) {
        if (works(merged(*half, others))) return needed_part(*half, others, works);
    }
    const vector<std::size_t> of_first = needed_part(first, merged(second, others), works);
    const vector<std::size_t> of_second = needed_part(second, merged(of_first, others), works);
    return merged(of_first, of_second);
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
