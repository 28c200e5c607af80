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

    /// Runs are numbered from `first_number`. Results go into the tests' summaries. The orders run again while there is
    /// time and it is unclear whether the others change a flaky test's rate.
    void run(vector<flake_summary>& found, std::uint32_t first_number) {
        declared_ = tests_of(found);
        if (declared_.size() < 2) return;
        next_number_ = first_number;
        random_source random(with_.seed());
        for (flake_summary& each : found) {
            const bool runs = std::binary_search(declared_.begin(), declared_.end(), each.test);
            if (runs && !is_explained(each)) asked_.push_back({&each});
        }
        for (int round = 0; round < most_rounds && with_.going() && with_.now() < end_; ++round) {
            // The first round is quick, so that those that are steady alone are explained.
            add(round == 0 ? run_orders(1, false, random) : run_orders(passes(), true, random));
            look_into();
            if (std::none_of(asked_.begin(), asked_.end(), [this](const candidate& each) { return is_unclear(each); }))
                break;
        }
        tell_left_out();
    }

  private:
    static constexpr std::size_t orders = 3;  // declared, reversed, and at random
    static constexpr int most_rounds = 12;
    static constexpr int most_examinations = 3;  // of one test, each with more runs in the orders than the last

    struct candidate {
        flake_summary* test;
        run_counts seen{};  ///< in all orders
        double chance = 1;  ///< that it would be alone what it is there
        int examined = 0;
        bool left_out = false;  ///< it may depend on others, and was not examined
    };

    /// All usual runs of the session.
    const run_counts& alone(const flake_summary& test) const { return with_.ledger().counts(test.test); }
    duration cost(std::size_t test) const { return hunt_.evidence(test).progress.cost(); }

    /// In the order of declaration; without the slowest, if there is no time for them. On a busy machine all are slow.
    vector<std::size_t> tests_of(const vector<flake_summary>& found) const {
        vector<std::size_t> tests;
        for (const flake_summary& each : found)
            if (each.runs != 0) tests.push_back(each.test);
        sort(tests, [this](std::size_t a, std::size_t b) { return cost(a) < cost(b); });
        const duration time = std::max(end_ - with_.now(), duration{}) * static_cast<std::int64_t>(with_.jobs()) / 3;
        duration once{};
        std::size_t count = 0;
        while (count < tests.size() && (once += cost(tests[count]) * static_cast<std::int64_t>(orders)) <= time)
            ++count;
        tests.resize(count);
        sort(tests);
        return tests;
    }

    /// How often the orders run in a later round, for a change of a rate, within the session's time for one question.
    std::size_t passes() const {
        constexpr std::size_t most = 6;
        duration once{};
        for (const std::size_t test : declared_)
            once += cost(test) * static_cast<std::int64_t>(orders);
        const duration time = std::max(end_ - with_.now(), duration{}) * static_cast<std::int64_t>(with_.jobs()) / 3;
        return std::max<std::size_t>(1, std::min(most, static_cast<std::size_t>(time / std::max(once, duration{1}))));
    }

    /// By position in `declared_`, over all orders. Each order also runs reversed: together they show every pair of
    /// tests both ways, so chance does not decide how often one is before the other. `flaky_alone`: flaky tests also
    /// run alone meanwhile: a slow search has few runs to compare with.
    vector<run_counts> run_orders(std::size_t passes, bool flaky_alone, random_source& random) {
        vector<vector<std::size_t>> rows;
        for (std::size_t i = 0; i < orders * passes; ++i) {
            rows.push_back(i % 2 == 0 ? declared_ : rows[i - 1]);
            if (i % 2 != 0) std::reverse(rows.back().begin(), rows.back().end());
            if (i % 2 == 0 && i != 0) shuffle(rows.back(), random);
        }
        fixed_runs tried(with_.list(), with_.out(), next_number_);
        next_number_ += static_cast<std::uint32_t>(rows.size() * (declared_.size() + asked_.size()));
        tried.end_at(end_);
        for (const vector<std::size_t>& row : rows)
            tried.add_turn(row.front(), order_runs::row_of(row));
        for (const candidate& each : asked_)
            if (flaky_alone && is_unclear(each)) tried.add_runs(each.test->test, rows.size(), 2, nullopt);
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

    void add(const vector<run_counts>& counts) {
        for (candidate& each : asked_) {
            const auto at = std::lower_bound(declared_.begin(), declared_.end(), each.test->test) - declared_.begin();
            each.seen.add(counts[static_cast<std::size_t>(at)]);
            each.chance = fisher_exact(each.seen, alone(*each.test));
        }
    }

    bool is_flaky(const candidate& of) const { return alone(*of.test).mixed(); }

    /// True if more runs may show that others change the rate. Most such effects are large: many runs that look like
    /// those alone answer the question.
    bool is_unclear(const candidate& of) const {
        if (is_explained(*of.test) || !is_flaky(of) || of.examined == most_examinations) return false;
        const std::uint64_t runs = std::min(of.seen.runs, alone(*of.test).runs);
        return runs < threshold::enough_runs_in_orders || of.chance < threshold::hopeless;
    }

    /// For a test with another known cause, a different rate among others is no surprise.
    static bool is_explained(const flake_summary& test) {
        return test.details.only_when_changed || !row_of(test.category).leaves_order_open;
    }

    bool deserves_a_look(const candidate& of) const {
        if (is_explained(*of.test) || !may_depend(of.seen, alone(*of.test))) return false;
        return of.examined < (is_flaky(of) ? most_examinations : 1);
    }

    /// The clearest ones first. Tests that are steady alone come before the others, which need many more runs.
    void look_into() {
        constexpr std::size_t most = 10;
        sort(asked_, [](const candidate& a, const candidate& b) { return a.chance < b.chance; });
        for (const bool flaky : {false, true}) {
            for (candidate& each : asked_) {
                if (is_flaky(each) != flaky || !deserves_a_look(each)) continue;
                std::size_t& looked_at = looked_at_[flaky ? 1 : 0];
                each.left_out = each.examined == 0 && (looked_at == most || with_.now() >= end_);
                if (each.left_out || with_.now() >= end_) continue;
                if (each.examined++ == 0) ++looked_at;
                ask_for_polluter(each);
            }
        }
    }

    void tell_left_out() {
        const auto count = static_cast<std::size_t>(
            std::count_if(asked_.begin(), asked_.end(), [](const candidate& each) { return each.left_out; }));
        if (count != 0) with_.out().on(notice{notice::level::warning, text::order_left_out_in_words(count)});
    }

    /// The quick tests first: a few slow ones may take most of the time.
    void ask_for_polluter(const candidate& of) {
        const vector<std::size_t> quick = quick_ones();
        if (!is_flaky(of) && quick.size() < declared_.size() && ask_for_polluter(of, quick)) return;
        if (with_.now() < end_) ask_for_polluter(of, declared_);
    }

    /// In the order of declaration, those that take half of the time; at least half of them.
    vector<std::size_t> quick_ones() const {
        vector<std::size_t> tests = declared_;
        sort(tests, [this](std::size_t a, std::size_t b) { return cost(a) < cost(b); });
        duration all{}, some{};
        for (const std::size_t each : tests)
            all += cost(each);
        std::size_t count = 0;
        while (count < tests.size() && (count < tests.size() / 2 || some + cost(tests[count]) <= all / 2))
            some += cost(tests[count++]);
        tests.resize(count);
        sort(tests);
        return tests;
    }

    /// True if the test depends on one of `others`.
    bool ask_for_polluter(const candidate& of, const vector<std::size_t>& others) {
        flake_summary& found = *of.test;
        const duration within = std::max(end_ - with_.now(), duration{});
        polluter_session session(with_, setups_, found.test, others, within, true);
        flake_summary seen = session.examine();
        if (session.role() != order_role::victim && session.role() != order_role::brittle) return false;
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
        return true;
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    const select::setup_keys& setups_;
    instant end_;
    vector<std::size_t> declared_;       // the tests, in the order of declaration
    vector<candidate> asked_;            // those without a known cause
    std::size_t looked_at_[2] = {0, 0};  // how many were examined: steady alone, and flaky alone
    std::uint32_t next_number_ = 1;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
