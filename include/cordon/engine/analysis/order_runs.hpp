#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/polluter.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/vector.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Runs one test in processes in which others have run before.
class order_runs {
  public:
    using row = vector<std::size_t>;

    order_runs(session_runner& with, std::size_t test) : with_(with), test_(test) {}

    /// Nothing begins after this time.
    void end_at(instant until) { until_ = until; }

    /// Tests one after another in their own process.
    static vector<run::planned_run> row_of(const row& tests) {
        vector<run::planned_run> runs;
        for (const std::size_t test : tests)
            append(runs, test);
        return runs;
    }

    static bool ended_in_order(const fixed_runs::outcome& of) {
        return of.how == ending::passed || of.how == ending::failed || of.how == ending::skipped;
    }

    row with_test(row before) const {
        before.push_back(test_);
        return before;
    }

    bool has_time() const { return with_.going() && (!until_ || with_.now() < *until_); }

    /// The results of the test after these tests; after none: alone.
    run_counts after(const row& before, std::uint64_t times) {
        vector<row> one;
        one.push_back(before);
        return run(one, 1, times)[0];
    }

    /// The same after each of these rows, which run at the same time.
    vector<run_counts> after_each(const vector<row>& before, std::uint64_t times) { return run(before, 1, times); }

    /// After `before` and after `without`, in pairs, until it is clear whether they differ.
    order_finding compare(const row& without, const row& before, bool steady, std::size_t candidates,
                          order_pairs& seen) {
        vector<row> both;
        both.push_back(without);
        both.push_back(before);
        seen = {};
        for (std::uint64_t asked = 0; has_time();) {
            const std::uint64_t more = asked == 0 ? threshold::few_pairs : asked;
            const vector<run_counts> counts = run(both, both.size(), more);
            asked += more;
            seen.without.add(counts[0]);
            seen.with.add(counts[1]);
            const order_finding found = judge_order(seen, steady, candidates);
            if (found != order_finding::open) return found;
            // If it is unclear after this many runs, it stays unknown.
            if (asked >= threshold::most_pairs) break;
        }
        return order_finding::same;
    }

    /// One pass through a row, with a copy of the process for the test after each: did it fail there? The pass ends
    /// with the process of the row. `otherwise`: the assumed result of a copy without one.
    vector<bool> along(const row& others, bool otherwise) {
        vector<run::planned_run> runs;
        for (const std::size_t other : others) {
            append(runs, other);
            append(runs, test_, true);
        }
        fixed_runs pass(with_.list(), with_.out(), take_numbers(runs.size()));
        pass.add_turn(test_, std::move(runs));
        with_.run(pass.tests(), pass);
        vector<bool> failed;
        for (std::size_t i = 0; i < others.size() && ended_in_order(pass[2 * i]); ++i) {
            const fixed_runs::outcome& seen = pass[2 * i + 1];
            failed.push_back(seen.ran ? seen.failed : otherwise);
        }
        return failed;
    }

  private:
    /// In the process of the tests before it, or as a copy of it.
    static void append(vector<run::planned_run>& runs, std::size_t test, bool as_copy = false) {
        run::planned_run next;
        next.test = test;
        next.mode = isolate::shard;
        next.fresh = runs.empty();
        next.snapshot = as_copy;
        runs.push_back(next);
    }

    /// Each of them `times` times; this many in one turn, and so one after another in one worker.
    vector<run_counts> run(const vector<row>& rows, std::size_t a_turn, std::uint64_t times) {
        std::size_t length = 0;
        for (const row& before : rows)
            length += before.size() + 1;
        fixed_runs tried(with_.list(), with_.out(), take_numbers(length * static_cast<std::size_t>(times)));
        if (until_) tried.end_at(*until_);
        vector<std::size_t> ends;
        std::size_t end = 0;
        for (std::uint64_t time = 0; time < times; ++time) {
            for (std::size_t i = 0; i < rows.size(); i += a_turn) {
                vector<run::planned_run> turn;
                for (std::size_t k = i; k < std::min(rows.size(), i + a_turn); ++k) {
                    const vector<run::planned_run> next = row_of(with_test(rows[k]));
                    turn.append(next.begin(), next.end());
                    end += next.size();
                    ends.push_back(end);
                }
                // The turns of different tests run at the same time.
                const bool has_other = a_turn == 1 && rows.size() > 1 && !rows[i].empty();
                tried.add_turn(has_other ? rows[i].back() : test_, std::move(turn));
            }
        }
        with_.run(tried.tests(), tried);
        vector<run_counts> counts(rows.size());
        for (std::size_t i = 0; i < ends.size(); ++i) {
            const row& before = rows[i % rows.size()];
            const fixed_runs::outcome& last = tried[ends[i] - 1];
            // If the process of the others had ended, it ran alone.
            if (!before.empty() && !ended_in_order(tried[ends[i] - 2])) continue;
            if (last.ran) counts[i % rows.size()].add(last.failed);
        }
        return counts;
    }

    /// Numbers of attempts: other numbers have other seeds.
    std::uint32_t take_numbers(std::size_t count) {
        const std::uint32_t first = next_number_;
        next_number_ += static_cast<std::uint32_t>(count);
        return first;
    }

    session_runner& with_;
    std::size_t test_;
    deadline until_;
    std::uint32_t next_number_ = 1;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
