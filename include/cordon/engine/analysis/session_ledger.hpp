#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/flake_evidence.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The results of all runs of a session, for each test, whichever part of the session asked for them. Only usual runs
/// count: without a changed condition, with their own seed, not beside themselves, not after other tests in one
/// process.
class session_ledger {
  public:
    explicit session_ledger(const test_list& list) : list_(list) {}

    const run_counts& counts(std::size_t test) const {
        static const run_counts none;
        return test < counts_.size() ? counts_[test] : none;
    }

    /// The kinds of its failures.
    const vector<flake_signature>& signatures(std::size_t test) const { return signatures_[test].all(); }

    /// From now on, keeps the first failed run of a test that had none: reports have not seen one.
    void keep_first_failures() { keeps_ = true; }
    /// Null if there is none.
    const attempt_result* first_failure(std::size_t test) const {
        for (const attempt_result& each : kept_) {
            if (each.test == test) return &each;
        }
        return nullptr;
    }

    void add(const attempt_result& run) {
        if (run.how == ending::lost || run.how == ending::skipped || run.test >= list_.tests.size()) return;
        if (counts_.empty()) counts_.resize(list_.tests.size());
        if (signatures_.empty()) signatures_.resize(list_.tests.size());
        run_counts& known = counts_[run.test];
        const bool failed = run_failed(list_.tests[run.test], run);
        if (failed && keeps_ && known.failures == 0) kept_.push_back(attempt_result(run));
        known.add(failed);
        if (failed) signatures_[run.test].add(text::signature_of(run));
    }

  private:
    const test_list& list_;
    vector<run_counts> counts_;  // by test; empty until the first run
    vector<signature_counts> signatures_;
    vector<attempt_result> kept_;
    bool keeps_ = false;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
