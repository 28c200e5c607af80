#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/order_runs.hpp>
#include <cordon/engine/analysis/polluter.hpp>
#include <cordon/engine/analysis/polluter_session.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/statistics.hpp>
#include <cordon/engine/base/sort.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/select/order.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Looks for tests that depend on others: runs all of them in one process, in a few orders. A test with another result
/// or failure rate than alone is examined.
class order_diagnosis {
  public:
    order_diagnosis(session_runner& with, const flake_hunt& hunt, const select::setup_keys& setups, instant end)
        : with_(with), hunt_(hunt), setups_(setups), end_(end) {}

    /// Runs are numbered from `first_number`. Results go into the tests' summaries.
    void run(vector<flake_summary>& found, std::uint32_t first_number) {
        declared_ = tests_of(found);
        if (declared_.size() < 2) return;
        const vector<run_counts> seen = run_orders(passes_for(found), first_number);
        vector<candidate> all;
        for (flake_summary& each : found) {
            const auto at = std::find(declared_.begin(), declared_.end(), each.test);
            if (at == declared_.end() || is_explained(each)) continue;
            const run_counts& counts = seen[static_cast<std::size_t>(at - declared_.begin())];
            if (may_depend(counts, alone(each))) all.push_back({&each, counts, fisher_exact(counts, alone(each))});
        }
        look_into(all);
    }

  private:
    static constexpr std::size_t orders = 3;  // declared, reversed, and at random

    struct candidate {
        flake_summary* test;
        run_counts seen;  ///< in all orders
        double chance;    ///< that it would be alone what it is there
    };

    const run_counts& alone(const flake_summary& test) const { return hunt_.evidence(test.test).counts(); }
    duration cost(std::size_t test) const { return hunt_.evidence(test).progress.cost(); }

    /// In the order of declaration; without slow tests.
    vector<std::size_t> tests_of(const vector<flake_summary>& found) const {
        vector<std::size_t> tests;
        for (const flake_summary& each : found) {
            if (each.runs != 0 && cost(each.test) < std::chrono::milliseconds(100)) tests.push_back(each.test);
        }
        sort(tests);
        return tests;
    }

    /// How often the orders run. Once shows the effect on a test that is always the same alone. A change of a rate
    /// needs more, within the session's time for one question.
    std::size_t passes_for(const vector<flake_summary>& found) const {
        constexpr std::size_t most = 6;
        const bool has_flaky = std::any_of(found.begin(), found.end(), [this](const flake_summary& each) {
            return alone(each).mixed() && !is_explained(each);
        });
        if (!has_flaky) return 1;
        duration once{};
        for (const std::size_t test : declared_)
            once += cost(test) * static_cast<std::int64_t>(orders);
        const duration time = std::max(end_ - with_.now(), duration{}) * static_cast<std::int64_t>(with_.jobs()) / 3;
        return std::max<std::size_t>(1, std::min(most, static_cast<std::size_t>(time / std::max(once, duration{1}))));
    }

    /// By position in `declared_`, over all orders.
    vector<run_counts> run_orders(std::size_t passes, std::uint32_t first_number) {
        vector<vector<std::size_t>> rows;
        random_source random(with_.seed());
        for (std::size_t i = 0; i < orders * passes; ++i) {
            rows.push_back(declared_);
            if (i == 1) std::reverse(rows.back().begin(), rows.back().end());
            if (i > 1) shuffle(rows.back(), random);
        }
        fixed_runs tried(with_.list(), with_.out(), first_number);
        tried.end_at(end_);
        for (const vector<std::size_t>& row : rows)
            tried.add_turn(row.front(), order_runs::row_of(row));
        with_.run(tried.tests(), tried);
        vector<run_counts> counts(declared_.size());
        std::size_t at = 0;
        for (const vector<std::size_t>& row : rows) {
            for (const std::size_t each : row) {
                const auto place = std::lower_bound(declared_.begin(), declared_.end(), each) - declared_.begin();
                const fixed_runs::outcome& seen = tried[at++];
                if (seen.ran) counts[static_cast<std::size_t>(place)].add(seen.failed);
            }
        }
        return counts;
    }

    /// For a test with another known cause, a different rate among others is no surprise.
    static bool is_explained(const flake_summary& test) {
        return test.details.only_when_changed || !row_of(test.category).leaves_order_open;
    }

    /// The clearest ones first. Tests that are steady alone come before the others, which need many more runs.
    void look_into(vector<candidate>& all) {
        constexpr std::size_t most = 10;
        sort(all, [](const candidate& a, const candidate& b) { return a.chance < b.chance; });
        std::size_t left_out = 0;
        for (const bool flaky : {false, true}) {
            std::size_t looked_at = 0;
            for (const candidate& each : all) {
                if (alone(*each.test).mixed() != flaky) continue;
                if (looked_at == most || with_.now() >= end_) {
                    ++left_out;
                } else {
                    ++looked_at;
                    ask_for_polluter(each, std::max(end_ - with_.now(), duration{}));
                }
            }
        }
        if (left_out == 0) return;
        with_.out().on(notice{notice::level::warning, text::order_left_out_in_words(left_out)});
    }

    void ask_for_polluter(const candidate& of, duration within) {
        flake_summary& found = *of.test;
        polluter_session session(with_, setups_, found.test, declared_, within);
        flake_summary seen = session.examine();
        if (session.role() != order_role::victim && session.role() != order_role::brittle) return;
        found.set_cause(seen.cause);
        found.details = seen.details;
        found.polluters = std::move(seen.polluters);
        found.cleaners = std::move(seen.cleaners);
        found.state_setters = std::move(seen.state_setters);
        found.contrasts = std::move(seen.contrasts);
        found.repro = std::move(seen.repro);
        found.repro_runs = seen.repro_runs;
        found.repro_failures = seen.repro_failures;
        found.alone_runs = 0;
        found.trials.push_back({condition_kind::order, of.seen.runs, of.seen.failures, of.chance, true, alone(found)});
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    const select::setup_keys& setups_;
    instant end_;
    vector<std::size_t> declared_;  // the tests, in the order of declaration
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
