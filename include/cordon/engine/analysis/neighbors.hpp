#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>

#include <cstddef>
#include <cstdint>

// Which tests ran at the same time as a failed run. Two tests that use the same file or port fail only beside each
// other, so the one that is always there is the suspect.

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// How many failures of a test each other test was beside.
class neighbor_counts {
  public:
    struct row {
        std::size_t test;
        std::uint32_t times;
    };

    void add(std::size_t test) {
        for (row& each : rows_) {
            if (each.test == test) {
                ++each.times;
                return;
            }
        }
        if (rows_.size() < most) rows_.push_back({test, 1});
    }

    /// The most frequent first.
    vector<row> most_frequent() const {
        vector<row> sorted(rows_);
        sort(sorted, [](const row& a, const row& b) { return a.times > b.times; });
        return sorted;
    }

  private:
    static constexpr std::size_t most = 64;
    vector<row> rows_;
};

/// Knows which tests ran at what time, for a short while.
class neighborhood {
  public:
    void began(const attempt_started& run) {
        if (run.slot >= running_.size()) running_.resize(run.slot + 1);
        running_[run.slot] = {run.test, run.at, {}, run.slot, true};
    }

    void ended(const attempt_result& run) {
        if (run.slot < running_.size() && running_[run.slot].test == run.test) running_[run.slot].is_known = false;
        const span made{run.test, run.started, run.started + run.took + run.cleanup, run.slot, true};
        if (recent_.size() < kept) {
            recent_.push_back(made);
        } else {
            recent_[next_] = made;
            next_ = (next_ + 1) % kept;
        }
    }

    /// Each test that ran in another slot during that run, once.
    template <class Use>
    void for_each_beside(const attempt_result& run, Use use) const {
        const duration end = run.started + run.took;
        vector<std::size_t> told;
        const auto tell = [&](const span& other) {
            if (!other.is_known || other.slot == run.slot || other.test == run.test) return;
            for (const std::size_t each : told)
                if (each == other.test) return;
            told.push_back(other.test);
            use(other.test);
        };
        for (const span& each : recent_)
            if (each.begin < end && each.end > run.started) tell(each);
        for (const span& each : running_)
            if (each.begin < end) tell(each);
    }

  private:
    static constexpr std::size_t kept = 128;

    struct span {
        std::size_t test = 0;
        duration begin{}, end{};
        std::uint32_t slot = 0;
        bool is_known = false;
    };

    vector<span> running_;  // by slot
    vector<span> recent_;   // a ring
    std::size_t next_ = 0;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
