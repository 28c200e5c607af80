#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/processor_times.hpp>
#include <cordon/engine/model/run_counts.hpp>
#include <cordon/engine/model/test_list.hpp>
#include <cordon/engine/model/variation.hpp>
#include <cordon/engine/text/rerun.hpp>
#include <cordon/engine/text/wording.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// What sessions that run tests again and again say: reasons of verdicts, and notices.

CORDON_CHEAP_BEGIN

namespace cordon::engine::text {

/// "7 of 60: 11.7 %, 95 % sure from 5.8 % to 22.2 %", "0 of 60: under 4.9 %"; `low` and `high` bound the rate.
std::string rate_in_words(const run_counts& seen, double low, double high) {
    std::string text = std::to_string(seen.failures) + " of " + std::to_string(seen.runs);
    if (seen.runs == 0) return text;
    if (seen.failures == 0 && seen.runs >= 3) return text + ": under " + rate_text(high);
    constexpr std::uint64_t few = 10;  // a percentage of fewer runs says nothing
    if (!seen.mixed() || seen.runs < few) return text;
    return text + ": " + rate_text(seen.rate()) + ", 95 % sure from " + rate_text(low) + " to " + rate_text(high);
}

/// The reason of a verdict that `rate` is behind; `of_verdict` is what else there is to say.
std::string repeated_reason(const run_counts& seen, const std::string& rate, std::string of_verdict) {
    const std::string found = (seen.failures == 0 ? "" : "failed ") + rate;
    return of_verdict.empty() ? found : std::move(of_verdict) + "; " + found;
}

constexpr std::string_view may_fail_in_words = "it may fail";
constexpr std::string_view no_time_to_search = "the time for finding flaky tests is over";
constexpr std::string_view no_time_for_stress = "the time for --stress is over";

/// The reason for a test that failed before the session was ended.
std::string cut_off_in_words(const run_counts& seen, const std::string& why) {
    return "failed " + counted(seen.failures) + " of " + counted(seen.runs, "run") + "; " + why;
}

std::string cut_short_in_words(duration limit, std::size_t tests) {
    return std::string(no_time_to_search) + " (--flake-time=" + duration_text(limit) + "): " + counted(tests, "test") +
           " had fewer runs than planned";
}

constexpr const char* load_unknown = "how busy the machine was is unknown on this system";

/// `busy`: others used so much that it matters.
std::string load_in_words(const processor_times& spent, bool busy) {
    const auto share = [&spent](duration of) {
        return std::to_string(spent.total().count() > 0 ? (of * 100 + spent.total() / 2) / spent.total() : 0) + " %";
    };
    return "processors of the machine: " + share(spent.own) + " used by this session, " + share(spent.others()) +
           " by other programs" + (busy ? ": tests that depend on time fail more often than on an idle machine" : "");
}

/// What tests that never failed were not run under, for want of time.
std::string world_left_out_in_words(std::size_t slow_tests, const vector<variation>& not_tried) {
    std::string text = "tests that never failed: ";
    if (slow_tests != 0) text += counted(slow_tests, "slow one") + " not run under every condition";
    std::string names;
    for (const variation& each : not_tried)
        names += (names.empty() ? "" : ", ") + each.text;
    if (!names.empty()) text += (slow_tests != 0 ? "; " : "") + std::string("not tried: ") + names;
    return text + " (--flake-time)";
}

std::string order_left_out_in_words(std::size_t tests) {
    return counted(tests, "test") +
           " may also depend on other tests, which was not examined: use --find-polluter for one of them";
}

/// `sure`: the test has not come to both results.
std::string passes_alone_in_words(std::string_view program, const test_info& test, bool sure) {
    const std::string name = full_name_of(test);
    return "\"" + name + "\" passes in its own process: other tests " + (sure ? "" : "may ") +
           "make it fail here. To find them: " + program_word(program) + " --find-polluter " + shell_word(name);
}

/// "12,345 runs, 1,234 a second, 1 failed". `tolerated`: failures that are known, or in quarantine.
std::string stress_in_words(const run_counts& seen, std::uint64_t tolerated, duration over) {
    const double each_second = over.count() > 0 ? static_cast<double>(seen.runs) / seconds(over) : 0;
    return counted(seen.runs, "run") + ", " + counted(static_cast<std::uint64_t>(each_second)) + " a second, " +
           (seen.failures == 0 ? "none" : counted(seen.failures)) + " failed" +
           (tolerated == 0 ? "" : ", besides " + counted(tolerated) + " in quarantine or known");
}

std::string stress_stopped_in_words(std::uint64_t failures) {
    return "stopped after " + counted(failures, "failure") + " (--stress)";
}

}  // namespace cordon::engine::text

CORDON_CHEAP_END
