#pragma once

#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/fields.hpp>
#include <cordon/engine/base/vector.hpp>

#include <cstddef>
#include <cstdint>

namespace cordon::engine {

/// Results of earlier runs of one test. All zero: nothing is known.
struct test_past {
    std::uint32_t runs = 0;             ///< the last ones that had a verdict, at most past_window
    std::uint32_t failed = 0;           ///< of those
    std::uint64_t not_passed = 0;       ///< which of them: bit 0 is the last run, bit 1 the one before
    std::uint32_t passed_in_a_row = 0;  ///< including runs before the window
    bool failed_last = false;           ///< its last verdict counted against the run
    bool mixed = false;                 ///< within the window one build has passed and failed
    bool passed_this_build = false;     ///< the build that runs now has passed before, in the same kind of isolation
    std::uint32_t timed = 0;            ///< passing runs that the two times are of
    duration typical{};                 ///< their median
    duration slow_case{};               ///< their 99th percentile
    bool passed_before_change = false;  ///< its last run passed, with another build or other inputs

    // When it began to fail now and then, if that is clear.
    std::uint64_t began_at = 0;       ///< the first such run, in seconds since 1970; 0: not clear
    std::uint32_t passed_before = 0;  ///< runs in a row right before it
    std::uint32_t runs_since = 0;     ///< from that run on
    std::uint32_t failed_since = 0;   ///< of those
    bool began_with_build = false;    ///< no run before it was of its build

    template <class Archive>
    void fields(Archive& a) {
        a(named("runs", runs), named("failed", failed), not_passed, named("passed_in_a_row", passed_in_a_row),
          failed_last, named("mixed_on_one_build", mixed), named("passed_on_this_build", passed_this_build),
          named("timed", timed), named("typical_ms", typical), named("slow_case_ms", slow_case), passed_before_change,
          began_at, passed_before, runs_since, failed_since, began_with_build);
    }
};

inline constexpr std::uint32_t past_window = 40;

/// Results of earlier runs of a test list, by index. Empty: not looked up, or there is no history.
struct past {
    vector<test_past> tests;

    bool empty() const { return tests.empty(); }
    const test_past& of(std::size_t test) const {
        static const test_past nothing;
        return test < tests.size() ? tests[test] : nothing;
    }
};

/// The expected duration of each test, by index: the median of its passing runs; for a test without any, the mean of
/// the others. Empty if no test has a history.
inline vector<duration> expected_times(const past& earlier) {
    duration sum{};
    std::int64_t known = 0;
    for (const test_past& each : earlier.tests) {
        if (each.timed == 0) continue;
        sum += each.typical;
        ++known;
    }
    vector<duration> expected;
    if (known == 0) return expected;
    expected.reserve(earlier.tests.size());
    for (const test_past& each : earlier.tests)
        expected.push_back(each.timed == 0 ? sum / known : each.typical);
    return expected;
}

}  // namespace cordon::engine
