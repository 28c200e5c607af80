#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/options.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// Decides after an attempt: another attempt, or a verdict. Without --retry-on: a failure is retried up to --retries
// times, and so is an attempt over a limit or a lost one; a timeout once, because each costs its whole limit. An
// attempt that ended its process (a crash, an early exit, a sanitizer's report) is retried too, but only to learn more:
// the test still fails if the retry passes. With --retry-on: only the named classes are retried, and a pass counts.

namespace cordon::engine::select {

/// The parts of an attempt that decide the verdict.
struct attempt_summary {
    ending how = ending::lost;
    std::uint64_t failed_assertions = 0;
    std::string reason;
    bool named = false;     ///< what it said matches one of --retry-on=message:REGEX
    bool bad_exit = false;  ///< its process did not end normally, whatever the test reported
};

attempt_summary summary_of(const attempt_result& attempt) {
    const bool bad_code = attempt.exit_code != 0 && attempt.exit_code != no_exit_code;
    const bool bad_exit = attempt.signal != 0 || bad_code || attempt.exit_cut_short;
    return {attempt.how, attempt.failed_assertions, attempt.reason, false, bad_exit};
}

struct verdict_decision {
    verdict what = verdict::not_run;
    std::string reason;
};

/// True if the ending is a failure of the test. `lost` is an error of cordon itself, so it is not one.
bool is_failure(ending how) { return how != ending::passed && how != ending::skipped && how != ending::lost; }

/// True if the test is declared to fail, so that the end of an attempt has another meaning.
bool is_declared(const test_info& test) { return test.should_fail || test.may_fail || test.expected_failures != 0; }

std::string counted(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " failed assertion" : " failed assertions");
}

/// `what`, and why the test is declared to fail where that is known.
std::string declared(const test_info& test, std::string what) {
    return test.failure_reason.empty() ? what : what + ": " + std::string(test.failure_reason);
}

/// A test with expected_failures(n) must fail by exactly n assertions, and by nothing else.
verdict_decision judge_count(const test_info& test, const attempt_summary& last) {
    const std::string wanted = "expected " + counted(test.expected_failures);
    if (last.how != ending::failed)
        return {verdict::failed, wanted + ", but it ended as " + std::string(name_of(last.how))};
    if (last.failed_assertions != test.expected_failures)
        return {verdict::failed, wanted + ", saw " + std::to_string(last.failed_assertions)};
    if (last.bad_exit) return {verdict::failed, wanted + ", but then its process ended badly"};
    return {verdict::known_failure, declared(test, wanted)};
}

verdict_decision judge_declared(const test_info& test, const attempt_summary& last) {
    const bool failed = is_failure(last.how);
    if (test.expected_failures != 0 && failed) return judge_count(test, last);
    if (failed) return {verdict::known_failure, declared(test, test.should_fail ? "it should fail" : "it may fail")};
    if (test.should_fail) return {verdict::unexpected_pass, declared(test, "it should fail, but passed")};
    if (test.may_fail) return {verdict::passed, {}};
    return {verdict::unexpected_pass,
            declared(test, "expected " + counted(test.expected_failures) + ", but it passed")};
}

/// How far a failed attempt may be retried.
enum class right : std::uint8_t {
    none,
    to_learn,  ///< the result does not change the verdict
    once,
    all,
};

right right_of(const attempt_summary& attempt, const retry_causes& causes) {
    const retry_class which = retry_class_of(attempt.how);
    if (!causes.are_default()) return causes.named(which) || attempt.named ? right::all : right::none;
    if (which == retry_class::timeout) return right::once;
    return which == retry_class::crash || which == retry_class::exit ? right::to_learn : right::all;
}

/// Why the test fails although a later attempt passed.
std::string describe_unforgiven(const attempt_summary& attempt, std::size_t attempts) {
    const std::string_view which = name_of(retry_class_of(attempt.how));
    return std::string(name_of(attempt.how)) + ", then passed in attempt " + std::to_string(attempts) +
           ": counts as a pass only with --retry-on=" + std::string(which);
}

/// The verdict without regard to quarantine; none of the attempts was lost.
verdict_decision judge_attempts(const test_info& test, const vector<const attempt_summary*>& attempts,
                                const retry_causes& causes) {
    const attempt_summary& last = *attempts.back();
    const attempt_summary* last_failed = nullptr;
    const attempt_summary* unforgiven = nullptr;
    std::size_t failed = 0;
    for (const attempt_summary* each : attempts) {
        if (!is_failure(each->how)) continue;
        last_failed = each;
        if (right_of(*each, causes) == right::to_learn) unforgiven = each;
        ++failed;
    }
    if (last.how == ending::skipped && failed == 0) return {verdict::skipped, last.reason};
    if (is_declared(test)) return judge_declared(test, last);
    if (failed == 0) return {verdict::passed, {}};
    if (last.how != ending::passed) return {verdict::failed, last_failed->reason};
    if (unforgiven != nullptr) return {verdict::failed, describe_unforgiven(*unforgiven, attempts.size())};
    return {verdict::flaky,
            "failed " + std::to_string(failed) + " of " + std::to_string(attempts.size()) + " attempts"};
}

verdict_decision judge_unstarted(const test_info& test) {
    if (test.skip) return {verdict::skipped, std::string(*test.skip)};
    if (test.todo) return {verdict::todo, std::string(*test.todo)};
    return {verdict::not_run, {}};
}

/// True if a decorator keeps the test from starting; judge() then gives its verdict without attempts.
bool is_never_started(const test_info& test) { return test.skip.has_value() || test.todo.has_value(); }

/// The verdict on a test after its attempts, in order. Lost attempts count only if there are no others. The reason is
/// for people: why it was skipped, quarantined, known, unexpected or lost.
verdict_decision judge(const test_info& test, const vector<attempt_summary>& attempts,
                       const retry_causes& causes = {}) {
    if (attempts.empty()) return judge_unstarted(test);
    vector<const attempt_summary*> counting;
    for (const attempt_summary& each : attempts) {
        if (each.how != ending::lost) counting.push_back(&each);
    }
    if (counting.empty()) return {verdict::lost, attempts.back().reason};
    verdict_decision decision = judge_attempts(test, counting, causes);
    const bool against = decision.what == verdict::failed || decision.what == verdict::flaky ||
                         decision.what == verdict::unexpected_pass;
    if (test.quarantine && against) return {verdict::quarantined, std::string(*test.quarantine)};
    return decision;
}

/// True if the test gets another attempt; `retries` comes from its settings. Declared failures are not failures, and
/// failures in quarantine change nothing, so neither is retried. The supervisor repeats a lost test once in any case;
/// that does not count here.
bool is_retried(const test_info& test, const vector<attempt_summary>& attempts, std::uint32_t retries,
                const retry_causes& causes = {}) {
    if (attempts.empty()) return false;
    const attempt_summary& last = attempts.back();
    if (!is_failure(last.how) && last.how != ending::lost) return false;
    if (is_declared(test) || test.quarantine) return false;
    std::uint64_t lost = 0, failed = 0, alike = 0;
    for (const attempt_summary& each : attempts) {
        if (each.how == ending::lost) ++lost;
        if (is_failure(each.how)) ++failed;
        if (each.how == last.how) ++alike;
    }
    const right entitled = right_of(last, causes);
    if (entitled == right::none || (entitled == right::once && alike > 1)) return false;
    return failed + (lost != 0 ? lost - 1 : 0) <= retries;
}

}  // namespace cordon::engine::select
