#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cmath>
#include <cstddef>
#include <cstdint>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Detects whether the failures of a test follow a clock: at the same moment of a period, or many in a row. Has a fixed
/// size.
class rhythm {
  public:
    /// A run that began at `started`, on any steady clock; in the order of their ends.
    void add(duration started, bool failed) {
        for (std::size_t i = 0; i < period_count; ++i) {
            const std::int64_t period = periods[i].count();
            const double angle = 2 * pi * static_cast<double>(started.count() % period) / static_cast<double>(period);
            sums& to = failed ? failed_[i] : passed_[i];
            to.x += std::cos(angle);
            to.y += std::sin(angle);
        }
        if (failed) ++failures_;
        if (!failed) ++passes_;
        if (any_) (failed_before_ ? after_failure_ : after_pass_).add(failed);
        any_ = true;
        failed_before_ = failed;
    }

    /// Rayleigh's test: failures keep to a moment of some period, passes do not. Zero if they do not.
    duration period() const {
        constexpr std::uint64_t least = threshold::least_for_period;
        if (failures_ < least || passes_ < least) return duration{0};
        for (std::size_t i = 0; i < period_count; ++i) {
            const double of_failures = failed_[i].length() / static_cast<double>(failures_);
            const double of_passes = passed_[i].length() / static_cast<double>(passes_);
            const double chance = std::exp(-static_cast<double>(failures_) * of_failures * of_failures);
            if (chance < threshold::keeps_to_period && of_passes < of_failures / 2) return periods[i];
        }
        return duration{0};
    }

    /// True if a failure follows a failure more often than a pass: something comes and goes.
    bool comes_in_bursts() const {
        return after_failure_.rate() > after_pass_.rate() &&
               fisher_exact(after_failure_, after_pass_) < threshold::comes_in_bursts;
    }

  private:
    struct sums {
        double x = 0;
        double y = 0;
        double length() const { return std::sqrt(x * x + y * y); }
    };

    static constexpr double pi = 3.14159265358979323846;
    static constexpr std::size_t period_count = 4;
    static constexpr duration periods[period_count] = {std::chrono::milliseconds(10), std::chrono::milliseconds(20),
                                                       std::chrono::milliseconds(100), std::chrono::seconds(1)};

    sums failed_[period_count];
    sums passed_[period_count];
    std::uint64_t failures_ = 0;
    std::uint64_t passes_ = 0;
    run_counts after_failure_;
    run_counts after_pass_;
    bool any_ = false;
    bool failed_before_ = false;
};

/// The results of starts of a program, in order. True if each result equals the one before it, or all are equal
/// although this is unlikely at `rate`: then the time decides, not the start.
bool starts_keep_to_time(const vector<bool>& failed, double rate) {
    constexpr double level = threshold::fresh_start_follows;
    run_counts all, after_failure, after_pass;
    for (std::size_t i = 0; i < failed.size(); ++i) {
        all.add(failed[i]);
        if (i != 0) (failed[i - 1] ? after_failure : after_pass).add(failed[i]);
    }
    const auto starts = static_cast<double>(all.runs);
    if (!all.mixed()) return std::pow(all.failures == 0 ? 1 - rate : rate, starts) < level;
    return after_failure.rate() > after_pass.rate() && fisher_exact(after_failure, after_pass) < level;
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
