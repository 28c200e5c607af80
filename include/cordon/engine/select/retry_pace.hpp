#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/model/options.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

// When a test is retried, and how many retries a run may make.

namespace cordon::engine::select {

/// base * factor^n, at most `cap`. Computed step by step, because the power may not fit into a duration.
duration grown(duration base, std::uint32_t factor_thousandths, std::uint32_t n, duration cap) {
    double value = static_cast<double>(base.count());
    const double limit = static_cast<double>(cap.count());
    for (std::uint32_t i = 0; i < n && value < limit && factor_thousandths > 1000; ++i)
        value *= factor_thousandths / 1000.0;
    return value >= limit ? cap : duration(static_cast<duration::rep>(value));
}

duration drawn(duration most, random_source& random) {
    return duration(static_cast<duration::rep>(random.below(static_cast<std::uint64_t>(most.count()) + 1)));
}

/// The delay before retry `n` (0 for the first) of a test, from the end of the attempt before. With `full` jitter it is
/// random in [0, v], with `equal` in [v/2, v], where v is the delay without jitter ("Exponential Backoff And Jitter",
/// Amazon 2015).
duration retry_delay(const options& chosen, std::uint32_t n, random_source random) {
    const bool grows = chosen.backoff == retry_backoff::exponential;
    const duration plain =
        grown(chosen.retry_delay, grows ? chosen.backoff_thousandths : 1000, n, chosen.retry_max_delay);
    if (plain <= duration::zero() || chosen.jitter == retry_jitter::none) return plain;
    if (chosen.jitter == retry_jitter::full) return drawn(plain, random);
    return plain - plain / 2 + drawn(plain / 2, random);
}

/// The number of retries that a run with this many tests may make. More failures are not flaky tests; retrying them
/// would only delay the bad news.
std::uint32_t retries_allowed(const options& chosen, std::size_t tests) {
    constexpr std::uint32_t least = 10;
    // Any share of the tests, however small, allows at least one retry.
    const auto share = [tests](double percent) {
        if (percent <= 0 || tests == 0) return std::uint32_t{0};
        constexpr double unseen = 1e-9;  // tolerance for rounding in the product
        const double most = std::max(1.0, static_cast<double>(tests) * percent / 100 + unseen);
        return static_cast<std::uint32_t>(std::min(most, 4294967295.0));
    };
    if (!chosen.budget) return std::max(least, share(10));
    return chosen.budget->percent ? share(chosen.budget->amount) : static_cast<std::uint32_t>(chosen.budget->amount);
}

}  // namespace cordon::engine::select
