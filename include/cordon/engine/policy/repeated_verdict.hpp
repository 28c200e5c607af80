#pragma once

#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/policy/flake_evidence.hpp>
#include <cordon/engine/policy/retry.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace cordon::engine::policy {

/// What a test's runs alone have shown.
flake_summary summary_of_runs(std::size_t test, const flake_evidence& seen) {
    flake_summary made;
    made.test = test;
    made.runs = seen.counts().runs;
    made.failures = seen.counts().failures;
    const interval where = wilson(seen.counts());
    made.low = where.low;
    made.high = made.failures == 0 ? bound_without_failures(made.runs) : where.high;
    made.workers = seen.workers();
    const flake_diagnosis says = diagnose_runs(seen);
    made.category = says.category;
    made.explanation = says.explanation;
    made.signatures = seen.signatures();
    return made;
}

/// The verdict on a test from all its runs, of which `last` is one. `why_not_run` is the reason where there is none.
verdict_decision judge_runs(const test_info& test, const flake_evidence& seen, const attempt_summary& last,
                            std::string why_not_run) {
    const run_counts& counts = seen.counts();
    if (counts.runs == 0) {
        if (seen.progress.skipped != 0 || seen.progress.lost != 0) return judge(test, {last});
        return {verdict::not_run, std::move(why_not_run)};
    }
    if (counts.mixed()) {
        std::string found = "failed " + counts_in_words(counts);
        if (test.quarantine) return {verdict::quarantined, std::move(found)};
        if (test.may_fail) return {verdict::known_failure, "it may fail; " + std::move(found)};
        return {verdict::flaky, std::move(found)};
    }
    verdict_decision decision = judge(test, {last});
    std::string found = counts_in_words(counts);
    if (counts.failures != 0) found = "failed " + found;
    decision.reason = decision.reason.empty() ? std::move(found) : decision.reason + "; " + found;
    return decision;
}

}  // namespace cordon::engine::policy
