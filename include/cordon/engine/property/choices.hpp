#pragma once

#include <cordon/api/property/source.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine::property {

using detail::choice;
using choices = vector<choice>;

bool is_same(const choice& a, const choice& b) { return a.distance == b.distance && a.below == b.below; }
bool is_simpler(const choice& a, const choice& b) {
    return a.distance != b.distance ? a.distance < b.distance : !a.below && b.below;
}
/// Fewer choices are simpler; of the same number of them, the first one that differs decides.
bool is_simpler(const choices& a, const choices& b) {
    if (a.size() != b.size()) return a.size() < b.size();
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (!is_same(a[i], b[i])) return is_simpler(a[i], b[i]);
    }
    return false;
}

/// The choices of one value: those from `begin` to before `end`.
struct span {
    std::uint32_t begin;
    std::uint32_t end;
    const void* label;  ///< the same in spans of the same generator
    bool is_element;
};

/// What an example has drawn. It lies in memory that a process shares with the one that judges the example.
struct drawn_log {
    /// An example with more choices continues with the simplest ones.
    static constexpr std::uint32_t most_choices = 1 << 16;
    static constexpr std::uint32_t most_spans = 1 << 16;

    std::uint32_t choice_count;
    std::uint32_t span_count;
    /// Recorded choices did not fit the generators: they were changed, left over, or too few.
    bool misfit;
    choice made[most_choices];
    span spans[most_spans];
};

/// A copy of such a log.
struct drawn {
    choices made;
    vector<span> spans;

    void take(const drawn_log& log) {
        made = choices(log.made, log.made + log.choice_count);
        spans = vector<span>(log.spans, log.spans + log.span_count);
        for (span& each : spans) {
            if (each.end < each.begin) each.end = log.choice_count;  // left by a crash
        }
    }
};

}  // namespace cordon::engine::property
