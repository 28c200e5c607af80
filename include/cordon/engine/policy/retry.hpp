#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/outcome.hpp>
#include <cordon/engine/model/test_list.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

// From attempts to a verdict.

namespace cordon::engine::policy {

/// What a verdict needs to know of an attempt.
struct attempt_summary {
    ending how = ending::lost;
    std::uint64_t failed_assertions = 0;
    std::string reason;
};

attempt_summary summary_of(const attempt_result& attempt) {
    return {attempt.how, attempt.failed_assertions, attempt.reason};
}

struct verdict_decision {
    verdict what = verdict::not_run;
    std::string reason;
};

/// Whether the ending speaks against the test. `lost` is cordon's own trouble and speaks neither way.
bool is_failure(ending how) { return how != ending::passed && how != ending::skipped && how != ending::lost; }

namespace retry_detail {

/// Whether the test is declared to fail, so that an attempt's end means something else than usual.
bool is_declared(const test_info& test) { return test.should_fail || test.may_fail || test.expected_failures != 0; }

std::string counted(std::uint64_t count) {
    return std::to_string(count) + (count == 1 ? " failed assertion" : " failed assertions");
}

/// A test with expected_failures(n) that failed has to have done so by assertions, n of them.
verdict_decision judge_count(const test_info& test, const attempt_summary& last) {
    const std::string wanted = "expected " + counted(test.expected_failures);
    if (last.how != ending::failed)
        return {verdict::failed, wanted + ", but it ended as " + std::string(name_of(last.how))};
    if (last.failed_assertions == test.expected_failures) return {verdict::known_failure, wanted};
    return {verdict::failed, wanted + ", saw " + std::to_string(last.failed_assertions)};
}

verdict_decision judge_declared(const test_info& test, const attempt_summary& last) {
    const bool failed = is_failure(last.how);
    if (test.expected_failures != 0 && failed) return judge_count(test, last);
    if (failed) return {verdict::known_failure, test.should_fail ? "it should fail" : "it may fail"};
    if (test.should_fail) return {verdict::unexpected_pass, "it should fail, but passed"};
    if (test.may_fail) return {verdict::passed, {}};
    return {verdict::unexpected_pass, "expected " + counted(test.expected_failures) + ", but it passed"};
}

/// The verdict but for quarantine, from attempts of which none was lost.
verdict_decision judge_attempts(const test_info& test, const vector<const attempt_summary*>& attempts) {
    const attempt_summary& last = *attempts.back();
    const attempt_summary* last_failed = nullptr;
    std::size_t failed = 0;
    for (const attempt_summary* each : attempts) {
        if (!is_failure(each->how)) continue;
        last_failed = each;
        ++failed;
    }
    if (last.how == ending::skipped && failed == 0) return {verdict::skipped, last.reason};
    if (is_declared(test)) return judge_declared(test, last);
    if (failed == 0) return {verdict::passed, {}};
    if (last.how != ending::passed) return {verdict::failed, last_failed->reason};
    return {verdict::flaky,
            "failed " + std::to_string(failed) + " of " + std::to_string(attempts.size()) + " attempts"};
}

verdict_decision judge_unstarted(const test_info& test) {
    if (test.skip) return {verdict::skipped, std::string(*test.skip)};
    if (test.todo) return {verdict::todo, std::string(*test.todo)};
    return {verdict::not_run, {}};
}

}  // namespace retry_detail

/// Whether the test is decorated so that it is not to be started; judge() then gives its verdict from no attempts.
bool is_never_started(const test_info& test) { return test.skip.has_value() || test.todo.has_value(); }

/// The verdict on a test whose attempts, in order, are over. Lost attempts count only where there are no others. The
/// reason is for people: why skipped, quarantined, known, unexpected or lost.
verdict_decision judge(const test_info& test, const vector<attempt_summary>& attempts) {
    if (attempts.empty()) return retry_detail::judge_unstarted(test);
    vector<const attempt_summary*> counting;
    for (const attempt_summary& each : attempts) {
        if (each.how != ending::lost) counting.push_back(&each);
    }
    if (counting.empty()) return {verdict::lost, attempts.back().reason};
    verdict_decision decision = retry_detail::judge_attempts(test, counting);
    const bool against = decision.what == verdict::failed || decision.what == verdict::flaky ||
                         decision.what == verdict::unexpected_pass;
    if (test.quarantine && against) return {verdict::quarantined, std::string(*test.quarantine)};
    return decision;
}

/// Whether a test gets another attempt after those that it had; `retries` is its settings' number. A failure that was
/// declared is none, and one in quarantine changes nothing, so neither is tried again. Lost attempts are the
/// supervisor's to repeat: they use nothing up here.
bool is_retried(const test_info& test, const vector<attempt_summary>& attempts, std::uint32_t retries) {
    if (attempts.empty() || !is_failure(attempts.back().how)) return false;
    if (retry_detail::is_declared(test) || test.quarantine) return false;
    const auto failed = std::count_if(attempts.begin(), attempts.end(),
                                      [](const attempt_summary& each) { return is_failure(each.how); });
    return static_cast<std::uint64_t>(failed) <= retries;
}

}  // namespace cordon::engine::policy
