#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <string_view>

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// Adds one to the count of a tag; `tags` stays sorted.
void count_tag(std::string_view tag, vector<std::string_view>& tags, vector<std::size_t>& counts) {
    std::size_t low = 0;
    std::size_t high = tags.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        tags[middle] < tag ? low = middle + 1 : high = middle;
    }
    if (low == tags.size() || tags[low] != tag) {
        tags.push_back(tag);
        counts.push_back(0);
        for (std::size_t i = tags.size() - 1; i > low; --i) {
            tags[i] = tags[i - 1];
            counts[i] = counts[i - 1];
        }
        tags[low] = tag;
        counts[low] = 0;
    }
    ++counts[low];
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
