#pragma once

#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// Which tests make another one fail, or pass. Pure: whoever calls it runs the tests.

namespace cordon::engine::policy {

/// What a test is to the others.
enum class order_role : std::uint8_t {
    independent,  ///< the same alone and after others
    victim,       ///< passes alone, fails after a polluter
    brittle,      ///< fails alone, passes after a state setter
    unsteady,     ///< passes and fails alone: look into that first
};

/// The test after each of a row of others, in one process: whether it failed then.
struct order_flips {
    vector<std::size_t> to_failed;  ///< indices of the ones after which it failed where it had passed before
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

namespace polluter_detail {

vector<std::size_t> merged(const vector<std::size_t>& a, const vector<std::size_t>& b) {
    vector<std::size_t> both(a);
    both.append(b.begin(), b.end());
    std::sort(both.begin(), both.end());
    return both;
}

}  // namespace polluter_detail

/// A small part of `causes` (indices in rising order) that with `others` is enough for `works`, which holds for all of
/// them: halves are dropped as long as the rest is enough; where both are needed each is made smaller beside the other
/// (Junker's QuickXplain, 2004). Some 2 k log2(n / k) tries for k needed ones of n.
template <class Works>
vector<std::size_t> needed_part(const vector<std::size_t>& causes, const vector<std::size_t>& others, Works&& works) {
    if (causes.size() <= 1) return causes;
    const auto middle = causes.begin() + causes.size() / 2;
    const vector<std::size_t> first(causes.begin(), middle);
    const vector<std::size_t> second(middle, causes.end());
    for (const vector<std::size_t>* half : {&second, &first}) {
        if (works(polluter_detail::merged(*half, others))) return needed_part(*half, others, works);
    }
    const vector<std::size_t> of_first = needed_part(first, polluter_detail::merged(second, others), works);
    const vector<std::size_t> of_second = needed_part(second, polluter_detail::merged(of_first, others), works);
    return polluter_detail::merged(of_first, of_second);
}

}  // namespace cordon::engine::policy
