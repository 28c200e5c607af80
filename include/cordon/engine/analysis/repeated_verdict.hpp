#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/model/flake.hpp>
#include <cordon/engine/select/retry.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <cstddef>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Gives the summary these figures.
void set_counts(flake_summary& found, const run_counts& counts) {
    const interval where = known_rate(counts);
    found.runs = counts.runs;
    found.failures = counts.failures;
    found.low = where.low;
    found.high = where.high;
}

/// The conclusions from a test's runs.
flake_summary summary_of_runs(std::size_t test, const flake_evidence& seen) {
    flake_summary made;
    made.test = test;
    set_counts(made, seen.counts());
    made.workers = seen.workers();
    made.set_cause(cause_of_runs(seen));
    if (made.cause == flake_cause::none) made.category = category_by_counts(seen.counts());
    made.signatures = seen.signatures();
    return made;
}

/// The verdict on a test that has runs; `last` is one of them.
select::verdict_decision judge_counts(const test_info& test, const run_counts& counts,
                                      const select::attempt_summary& last) {
    const interval where = known_rate(counts);
    const std::string rate = text::rate_in_words(counts, where.low, where.high);
    if (counts.mixed()) {
        if (test.quarantine) return {verdict::quarantined, text::repeated_reason(counts, rate, {})};
        if (test.may_fail)
            return {verdict::known_failure, text::repeated_reason(counts, rate, std::string(text::may_fail_in_words))};
        return {verdict::flaky, text::repeated_reason(counts, rate, {})};
    }
    select::verdict_decision decision = select::judge(test, {last});
    decision.reason = text::repeated_reason(counts, rate, std::move(decision.reason));
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
    const run_counts searched = found.counts();
    const bool seemed_steady = found.category == flake_category::stable || found.category == flake_category::failing;
    if (!searched.mixed() && all.mixed() && seemed_steady) {
        found.set_cause(flake_cause::later_runs_differ);
        found.details = {};
        found.details.before = searched;
        found.details.after = {all.runs - searched.runs, all.failures - searched.failures};
    }
    set_counts(found, all);
}

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
