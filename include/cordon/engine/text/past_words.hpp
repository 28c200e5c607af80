#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/past.hpp>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>

// The history of a test in words.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// After this many passes in a row, a failure rate of one in ten is unlikely (0.9^29 is 0.047).
inline constexpr std::uint32_t stable_after = 29;

std::string runs_in_words(std::uint32_t runs) {
    return runs == 1 ? "its last run" : "the last " + std::to_string(runs) + " runs";
}

/// Rounds up to 1, 2, 3 or 5 times a power of ten, as people write limits.
duration round_limit(duration wanted) {
    for (duration::rep unit = 1'000'000;; unit *= 10) {
        for (const duration::rep digit : {1, 2, 3, 5}) {
            if (duration(digit * unit) >= wanted) return duration(digit * unit);
        }
    }
}

/// A rounded limit: "100 ms", "3 s", "2 min".
std::string limit_text(duration limit) {
    const duration::rep count = limit.count() / 1'000'000;
    return count < 1000 ? std::to_string(count) + " ms" : std::to_string(count / 1000) + " s";
}

/// About a test that was ended after `limit`.
std::string advice_on_limit(const test_past& earlier, duration limit) {
    constexpr std::uint32_t enough = 5;
    if (earlier.timed < enough || limit.count() <= 0) return {};
    const std::string known = "; 99 % of its " + counted(earlier.timed) + " passing runs took " +
                              duration_text(earlier.slow_case) + " or less";
    if (earlier.slow_case * 2 <= limit) return known + ", so it hung rather than being slow";
    return known + ": a limit of " + limit_text(round_limit(earlier.slow_case * 3)) + " would leave room";
}

/// "2026-11-29", UTC, from seconds since 1970. The calendar is computed as in H. Hinnant, "chrono-Compatible Low-Level
/// Date Algorithms", civil_from_days.
std::string date_text(std::uint64_t seconds) {
    const std::uint64_t days = seconds / 86400 + 719468;
    const std::uint64_t era = days / 146097;
    const std::uint64_t day_of_era = days % 146097;
    const std::uint64_t year = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::uint64_t day_of_year = day_of_era - (365 * year + year / 4 - year / 100);  // the first is March 1
    const std::uint64_t month = (5 * day_of_year + 2) / 153;
    const std::uint64_t day = day_of_year - (153 * month + 2) / 5 + 1;
    const auto two = [](std::uint64_t value) { return std::to_string(100 + value).substr(1); };
    return std::to_string(year + era * 400 + (month >= 10 ? 1 : 0)) + "-" + two(month < 10 ? month + 3 : month - 9) +
           "-" + two(day);
}

/// "began on 2026-11-12 with another build: failed 2 of 4 runs since, none of 37 before". Empty if that is not clear.
std::string beginning_in_words(const test_past& earlier) {
    if (earlier.began_at == 0) return {};
    return "began on " + date_text(earlier.began_at) + (earlier.began_with_build ? " with another build" : "") +
           ": failed " + std::to_string(earlier.failed_since) + " of " + counted(earlier.runs_since, "run") +
           " since, none of " + std::to_string(earlier.passed_before) + " before";
}

/// About a test that failed or was flaky; `how` is the ending of its last failed attempt: "failed 3 of the last 40
/// runs; mixed verdicts on one build: flaky". Empty if there is no history.
std::string past_in_words(const test_past& earlier, verdict what, ending how, duration took) {
    if (earlier.runs == 0) return {};
    std::string text;
    if (earlier.failed == 0) {
        text = "passed " + runs_in_words(earlier.runs);
    } else if (earlier.failed == earlier.runs) {
        text = "failed " + runs_in_words(earlier.runs);
    } else {
        text = "failed " + std::to_string(earlier.failed) + " of " + runs_in_words(earlier.runs);
    }
    const bool fails_now = what == verdict::failed || what == verdict::quarantined;
    if (earlier.failed == earlier.runs && earlier.mixed) {
        text += ", and passed when it was retried in at least one of them: flaky";
    } else if (earlier.failed == earlier.runs && fails_now && earlier.passed_this_build) {
        text += ", but this build has passed before them: flaky";
    } else if (earlier.mixed || (fails_now && earlier.passed_this_build)) {
        text += "; mixed verdicts on one build: flaky";
    } else if (fails_now && earlier.passed_before_change) {
        text += "; the program, or what it is run with, has changed since then";
    }
    if (const std::string began = beginning_in_words(earlier); !began.empty()) text += "; " + began;
    if (how == ending::timed_out) text += advice_on_limit(earlier, took);
    return text;
}

/// True if a test in quarantine has just passed and was stable long enough to leave it.
bool may_leave_quarantine(const test_past& earlier) { return earlier.passed_in_a_row + 1 >= stable_after; }

/// About such a test: "31 passes in a row: rate under 9.2 % (95 %)". The bound is 1 - 0.05^(1/n).
std::string stability_in_words(const test_past& earlier) {
    const std::uint32_t passes = earlier.passed_in_a_row + 1;
    char bound[16];
    std::snprintf(bound, sizeof bound, "%.2g %%", -100 * std::expm1(std::log(0.05) / passes));
    return counted(passes) + " passes in a row: rate under " + bound + " (95 %)";
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
