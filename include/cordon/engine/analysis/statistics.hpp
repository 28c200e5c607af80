#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/run_counts.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

// Statistics about a test's failure rate. Pure functions.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// A rate is between these with the stated confidence.
struct interval {
    double low = 0;
    double high = 1;
};

/// Wilson's score interval (1927) at 95 %. It keeps its coverage where the usual p +- z s is useless: with few runs and
/// at rates near 0 and 1. Without runs nothing is known.
interval wilson(const run_counts& seen) {
    constexpr double z = threshold::normal_95;
    if (seen.runs == 0) return {0, 1};
    const auto n = static_cast<double>(seen.runs);
    const double p = seen.rate();
    const double center = p + z * z / (2 * n);
    const double spread = z * std::sqrt(p * (1 - p) / n + z * z / (4 * n * n));
    const double scale = 1 + z * z / n;
    return {seen.failures == 0 ? 0 : std::max(0.0, (center - spread) / scale),
            seen.failures == seen.runs ? 1 : std::min(1.0, (center + spread) / scale)};
}

/// After this many passes without a failure the rate is below this value, with 95 % confidence: 1 - 0.05^(1/n), about
/// 3/n.
double bound_without_failures(std::uint64_t passes) {
    return passes == 0 ? 1 : -std::expm1(std::log(threshold::outside_95) / static_cast<double>(passes));
}

/// The shown interval of a rate, with 95 % confidence: Wilson's interval, or the bound if nothing has failed.
interval known_rate(const run_counts& seen) {
    interval where = wilson(seen);
    if (seen.failures == 0) where.high = bound_without_failures(seen.runs);
    return where;
}

/// The number of runs that show a failure of a test that fails at `rate` (over 0) with `confidence` (below 1).
std::uint64_t runs_needed(double rate, double confidence = 0.95) {
    if (rate >= 1) return 1;
    return static_cast<std::uint64_t>(std::ceil(std::log1p(-confidence) / std::log1p(-rate)));
}

/// Wald's sequential probability ratio test (1945). It may be evaluated after every run, without the error that
/// repeated looks at an interval would add up.
class sequential_test {
  public:
    enum class decision : std::uint8_t { open, rare, frequent };

    /// The event is rare at `rare_rate` or less, frequent at `frequent_rate` or more. `false_alarm`: how often a rare
    /// event is called frequent; `missed`: how often a frequent one is called rare.
    constexpr explicit sequential_test(double rare_rate = threshold::rare_rate,
                                       double frequent_rate = threshold::frequent_rate,
                                       double false_alarm = threshold::false_alarm, double missed = threshold::missed)
        : rare_rate_(rare_rate), frequent_rate_(frequent_rate), false_alarm_(false_alarm), missed_(missed) {}

    decision decide(std::uint64_t events, std::uint64_t others) const {
        const double evidence = static_cast<double>(events) * std::log(frequent_rate_ / rare_rate_) +
                                static_cast<double>(others) * std::log((1 - frequent_rate_) / (1 - rare_rate_));
        if (evidence >= std::log((1 - missed_) / false_alarm_)) return decision::frequent;
        return evidence <= std::log(missed_ / (1 - false_alarm_)) ? decision::rare : decision::open;
    }

  private:
    double rare_rate_, frequent_rate_, false_alarm_, missed_;
};

double log_choose(std::uint64_t n, std::uint64_t k) {
    return std::lgamma(static_cast<double>(n) + 1) - std::lgamma(static_cast<double>(k) + 1) -
           std::lgamma(static_cast<double>(n - k) + 1);
}

/// Fisher's exact test, two-sided: the probability that two samples of the same rate differ as much as these or more. 1
/// if one of them is empty.
double fisher_exact(const run_counts& a, const run_counts& b) {
    const std::uint64_t failures = a.failures + b.failures;
    const std::uint64_t most = std::min(failures, a.runs);
    const std::uint64_t least = failures > b.runs ? failures - b.runs : 0;
    const double all = log_choose(a.runs + b.runs, failures);
    const auto probability = [&](std::uint64_t in_a) {
        return std::exp(log_choose(a.runs, in_a) + log_choose(b.runs, failures - in_a) - all);
    };
    const double limit = probability(a.failures) * (1 + 1e-7);  // equal ones count, regardless of rounding
    double sum = 0;
    for (std::uint64_t in_a = least; in_a <= most; ++in_a) {
        const double each = probability(in_a);
        if (each <= limit) sum += each;
    }
    return std::min(1.0, sum);
}

/// Holm's correction (1979) for several comparisons at once: the value by which each comparison must be judged.
vector<double> holm(const vector<double>& values) {
    vector<std::size_t> order(values.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    sort(order, [&](std::size_t a, std::size_t b) { return values[a] < values[b]; });
    vector<double> adjusted(values.size(), 1.0);
    double so_far = 0;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const double each = values[order[i]] * static_cast<double>(order.size() - i);
        so_far = std::max(so_far, std::min(1.0, each));
        adjusted[order[i]] = so_far;
    }
    return adjusted;
}

/// The probability that none of several groups of runs is mixed, if every run failed independently at the same rate:
/// the product of p^n + (1-p)^n. It is small if groups agree within themselves and differ from each other. Add one
/// group after another.
class agreement {
  public:
    explicit agreement(double rate) : rate_(rate) {}
    void add(std::uint64_t runs) {
        if (runs < 2) return;
        const auto n = static_cast<double>(runs);
        chance_ *= std::pow(rate_, n) + std::pow(1 - rate_, n);
    }
    double chance() const { return chance_; }

  private:
    double rate_;
    double chance_ = 1;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
