#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// A test whose failures should be explained.
struct suspect {
    flake_summary* found = nullptr;
    run_counts baseline;
    duration cost{};
    bool flaky = false;
    bool moved_by_surroundings = false;
    bool by_start = false;         ///< what a start of the program draws decides: each run needs one of its own
    bool by_others = false;        ///< it fails because of other tests: its own runs show nothing
    bool by_time = false;          ///< whatever is varied changes with the time: nothing can be learned from it
    optional<variation> shown_by;  ///< the condition that shows the cause

    bool varies_by_itself() const { return flaky && !by_start && !by_time; }

    /// Its results under that condition so far; null: it was not tried.
    flake_trial* find_trial(const variation& what) const {
        for (flake_trial& each : found->trials)
            if (each.condition == what) return &each;
        return nullptr;
    }
};

/// The limits of a measurement.
struct trial_share {
    int parts = 1;          ///< of the time of a session, for each test
    std::size_t among = 0;  ///< flaky tests that share it; 0: all there are
    int rounds = 1;         ///< that it is divided into
};

/// Runs suspects under one condition after another, within the time of --flake-diagnose.
class suspect_runs {
  public:
    suspect_runs(session_runner& with, const flake_hunt& hunt) : with_(with), hunt_(hunt) {}

    vector<suspect> all;

    std::uint32_t take_numbers(std::uint64_t count) {
        const std::uint32_t first = next_number_;
        next_number_ += static_cast<std::uint32_t>(count);
        return first;
    }

    // ---- the time ----

    void begin() { begun_ = with_.now(); }
    instant last_start() const { return begun_ + with_.chosen().flake_time * most_sessions; }

    /// On a busy machine a run may cost a hundred times as much as it should. Then the last conditions are left out.
    bool has_time_for(const variation& what) {
        if (with_.now() < last_start()) return true;
        if (left_out_.empty() || left_out_.back() != what) left_out_.push_back(what);
        return false;
    }
    bool left_something_out() const { return !left_out_.empty(); }

    void tell_left_out() const {
        if (left_out_.empty()) return;
        with_.out().on(notice{notice::level::warning, text::left_out_in_words(most_sessions, left_out_)});
    }

    // ---- the runs ----

    /// The results of the wanted suspects under a condition, alone, or beside themselves; one for each suspect.
    template <class Wanted>
    vector<run_counts> ask(const variation& what, Wanted wanted, trial_share of) {
        return ask_chosen(what, chosen_by(wanted), of);
    }

    template <class Wanted>
    vector<run_counts> measure(const condition& under, Wanted wanted, trial_share of = {}) {
        return measure_chosen(under, chosen_by(wanted), of);
    }

    /// From the last measurement, by suspect: the result of each start, in order.
    const vector<bool>& starts_failed(std::size_t of) const { return starts_failed_[of]; }

    /// From the last measurement, by suspect: see fixed_runs::count_workers().
    const optional<run_counts>& by_worker(std::size_t of) const { return by_worker_[of]; }

    /// For a flaky test under a condition, and for a command that shows it.
    static constexpr duration most_for_one = std::chrono::milliseconds(500);

  private:
    static constexpr std::uint64_t starts = 80;  // of the program, for tests whose result depends on them
    static constexpr duration for_stable = std::chrono::milliseconds(60);
    static constexpr int most_sessions = 5;  // times --flake-time, for all conditions

    const condition& chosen() const { return with_.chosen().under; }

    template <class Wanted>
    vector<bool> chosen_by(Wanted wanted) const {
        vector<bool> those;
        for (const suspect& each : all)
            those.push_back(wanted(each));
        return those;
    }

    // The number of measurements is one for most conditions, else one for each suspect.
    vector<run_counts> ask_chosen(const variation& what, const vector<bool>& wanted, trial_share of) {
        if (row_of(what.kind) != nullptr) return measure_chosen(condition_of(what), wanted, of);
        vector<run_counts> counts(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!wanted[i]) continue;
            // Repeats are optional; report only what was never tried.
            if (all[i].find_trial(what) != nullptr ? with_.now() >= last_start() : !has_time_for(what)) continue;
            vector<bool> only(all.size());
            only[i] = true;
            const bool busy = what.kind == condition_kind::alone_and_busy;
            counts[i] = what.kind == condition_kind::twins
                            ? beside_itself(all[i], of)
                            : measure_chosen(busy ? condition_of("hogs=4") : chosen(), only, of)[i];
        }
        return counts;
    }

    vector<run_counts> measure_chosen(const condition& under, const vector<bool>& wanted, trial_share of) {
        fixed_runs tried(with_.list(), with_.out(), next_number_);
        tried.end_at(last_start());
        vector<std::size_t> first(all.size());
        vector<std::uint64_t> runs(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const suspect& each = all[i];
            if (!wanted[i]) continue;
            runs[i] = trial_runs(each.baseline, each.cost, within(each, of));
            if (each.by_start) runs[i] = std::max(runs[i], starts);
            const flake_progress& before = hunt_.evidence(each.found->test).progress;
            const std::size_t a_turn = std::min<std::size_t>(turn_size(before), 8);
            first[i] = tried.add_runs(each.found->test, runs[i], a_turn, nullopt,
                                      each.by_start ? isolate::exec : isolate::by_default);
            take_numbers(runs[i]);
        }
        with_.run(tried.tests(), tried, tried, under);
        vector<run_counts> counts;
        starts_failed_.clear();
        by_worker_.clear();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto made = static_cast<std::size_t>(runs[i]);
            counts.push_back(tried.count(first[i], made));
            by_worker_.push_back(all[i].by_start ? nullopt : tried.count_workers(first[i], made));
            starts_failed_.push_back(all[i].by_start ? tried.failures(first[i], made) : vector<bool>());
        }
        return counts;
    }

    // Each flaky test has its part of the time for each condition.
    duration within(const suspect& test, trial_share of) const {
        constexpr std::int64_t all_parts = 22;
        if (!test.flaky) return for_stable / of.rounds;
        const duration time = with_.chosen().flake_time * static_cast<std::int64_t>(with_.jobs());
        std::size_t among = of.among;
        if (among == 0) {
            among = static_cast<std::size_t>(
                std::count_if(all.begin(), all.end(), [](const suspect& each) { return each.flaky; }));
        }
        return std::min(most_for_one, time * of.parts / (all_parts * static_cast<std::int64_t>(among))) / of.rounds;
    }

    // No usual run does this: it shows what is shared outside the process.
    run_counts beside_itself(const suspect& test, trial_share of) {
        const std::uint64_t runs = trial_runs(test.baseline, test.cost, within(test, of));
        fixed_runs tried(with_.list(), with_.out(), take_numbers(runs));
        tried.end_at(last_start());
        tried.add_runs(test.found->test, runs, 2, nullopt);
        vector<std::size_t> twice(tried.tests());
        twice.push_back(test.found->test);
        with_.run(twice, tried);
        return tried.count(0, static_cast<std::size_t>(runs));
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    vector<vector<bool>> starts_failed_;
    vector<optional<run_counts>> by_worker_;
    instant begun_{};
    vector<variation> left_out_;             // for want of time
    std::uint32_t next_number_ = 1'000'000;  // far from the numbers of the search, and so with other seeds
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
