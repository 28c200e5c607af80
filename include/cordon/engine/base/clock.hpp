#pragma once

#include <cordon/engine/base/optional.hpp>

#include <chrono>

namespace cordon::engine {

/// All durations and instants are monotonic. The wall clock is used only in run_info::started_at.
using duration = std::chrono::nanoseconds;
using instant = std::chrono::time_point<std::chrono::steady_clock, duration>;

inline instant now() { return std::chrono::time_point_cast<duration>(std::chrono::steady_clock::now()); }

inline double milliseconds(duration value) { return std::chrono::duration<double, std::milli>(value).count(); }
inline double seconds(duration value) { return std::chrono::duration<double>(value).count(); }
/// A time that is not 0 never becomes 0, because 0 mostly means "no limit".
inline duration from_seconds(double value) {
    const auto rounded = std::chrono::duration_cast<duration>(std::chrono::duration<double>(value));
    return rounded == duration::zero() && value > 0 ? duration(1) : rounded;
}

/// No value means: never.
using deadline = optional<instant>;

inline deadline earlier(deadline a, deadline b) {
    if (!a) return b;
    if (!b) return a;
    return *a < *b ? a : b;
}

}  // namespace cordon::engine
