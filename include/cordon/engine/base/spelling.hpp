#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine {

/// The number of letters to insert, remove, replace or swap with a neighbor to turn `a` into `b`. Returns `limit + 1`
/// as soon as it exceeds `limit`, so long texts are cheap.
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
    vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(above);
        above.swap(row);
    }
    return std::min(above[b.size()], limit + 1);
}

/// The candidate that the user probably meant: up to a quarter of the letters, and at least one, may be wrong. Returns
/// the first of several equal ones; empty if none is near.
std::string_view nearest(std::string_view word, const vector<std::string_view>& candidates) {
    constexpr std::size_t longest = 64;
    if (word.size() > longest) return {};
    std::size_t limit = std::max<std::size_t>(1, word.size() / 4);
    std::string_view best;
    for (std::string_view candidate : candidates) {
        // A candidate with no correct letter is not a misspelling.
        if (candidate.size() <= 1) continue;
        const std::size_t distance = edit_distance(word, candidate, limit);
        if (distance > limit) continue;
        best = candidate;
        if (distance == 0) break;
        limit = distance - 1;
    }
    return best;
}

/// nearest(), or else the only candidate that begins with `word`: "rand" for "random".
std::string_view nearest_or_longer(std::string_view word, const vector<std::string_view>& candidates) {
    const std::string_view near = nearest(word, candidates);
    if (!near.empty() || word.size() < 3) return near;
    std::string_view longer;
    for (const std::string_view candidate : candidates) {
        if (candidate.substr(0, word.size()) != word || candidate == longer) continue;
        if (!longer.empty()) return {};
        longer = candidate;
    }
    return longer;
}

}  // namespace cordon::engine

CORDON_CHEAP_END
