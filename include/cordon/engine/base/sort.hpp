#pragma once

#include <cordon/engine/base/vector.hpp>

#include <cstddef>

namespace cordon::engine {

/// Sorts, and keeps the order of equal items. Each use of std::sort and std::stable_sort has twenty to forty functions
/// to compile, each use of this one has one. Merges neighbours: single items, then pairs, and so on.
template <typename T, typename Less>
void sort(vector<T>& items, const Less& less) {
    const std::size_t count = items.size();
    vector<T> merged;
    merged.reserve(count);
    for (std::size_t width = 1; width < count; width *= 2) {
        for (std::size_t left = 0; left < count;) {
            std::size_t right = width < count - left ? left + width : count;
            const std::size_t middle = right;
            const std::size_t end = width < count - middle ? middle + width : count;
            while (left != middle || right != end) {
                const bool takes_right = left == middle || (right != end && less(items[right], items[left]));
                merged.push_back(static_cast<T&&>(items[takes_right ? right++ : left++]));
            }
            left = end;
        }
        items.swap(merged);
        merged.clear();
    }
}

template <typename T>
void sort(vector<T>& items) {
    sort(items, [](const T& a, const T& b) { return a < b; });
}

}  // namespace cordon::engine
