#pragma once

#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/select/retry.hpp>

#include <cstddef>
#include <string>
#include <utility>

namespace cordon::engine::analysis {

/// The conclusions from a test's runs.
flake_summary summary_of_runs(std::size_t test, const flake_evidence& seen) {
    flake_summary made;
    made.test = test;
    made.runs = seen.counts().runs;
    made.failures = seen.counts().failures;
    const interval where = wilson(seen.counts());
    made.low = where.low;
    made.high = made.failures == 0 ? bound_without_failures(made.runs) : where.high;
    made.workers = seen.workers();
    const runs_say says = diagnose_runs(seen);
    made.category = says.category;
    made.explanation = says.explanation;
    made.signatures = seen.signatures();
    return made;
}

/// The verdict on a test that has runs; `last` is one of them.
select::verdict_decision judge_counts(const test_info& test, const run_counts& counts,
                                      const select::attempt_summary& last) {
    if (counts.mixed()) {
        std::string found = "failed " + counts_in_words(counts);
        if (test.quarantine) return {verdict::quarantined, std::move(found)};
        if (test.may_fail) return {verdict::known_failure, "it may fail; " + std::move(found)};
        return {verdict::flaky, std::move(found)};
    }
    select::verdict_decision decision = select::judge(test, {last});
    std::string found = counts_in_words(counts);
    if (counts.failures != 0) found = "failed " + found;
    decision.reason = decision.reason.empty() ? std::move(found) : decision.reason + "; " + found;
    return decision;
}

/// The verdict on a test from its runs; `last` is one of them. `why_not_run` is the reason if there are none.
select::verdict_decision judge_runs(const test_info& test, const flake_evidence& seen,
                                    const select::attempt_summary& last, std::string why_not_run) {
    if (seen.counts().runs != 0) return judge_counts(test, seen.counts(), last);
    if (seen.progress.skipped != 0 || seen.progress.lost != 0) return select::judge(test, {last});
    return {verdict::not_run, std::move(why_not_run)};
}

/// Replaces the figures of a search by those of all usual runs of its session, `all`, which include the search's. If a
/// test seemed steady in the search and is not, its category changes.
void count_all_runs(flake_summary& found, const run_counts& all) {
    if (all.runs <= found.runs) return;
    const run_counts searched{found.runs, found.failures};
    if (!searched.mixed() && all.mixed() && (found.category == "stable" || found.category == "failing")) {
        const run_counts later{all.runs - searched.runs, all.failures - searched.failures};
        found.category = "flaky";
        found.explanation = std::string(searched.failures == 0 ? "it passed" : "it failed") + " in all " +
                            engine::counted(searched.runs, "run") + " of the search, and failed in " +
                            engine::counted(later.failures) + " of " + engine::counted(later.runs) + " that followed";
    }
    found.runs = all.runs;
    found.failures = all.failures;
    const interval where = wilson(all);
    found.low = where.low;
    found.high = all.failures == 0 ? bound_without_failures(all.runs) : where.high;
}

}  // namespace cordon::engine::analysis
