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
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// A flaky test whose failures should be explained.
struct suspect {
    flake_summary* found = nullptr;
    run_counts baseline;
    duration cost{};
    bool by_start = false;            ///< what a start of the program draws decides: each run needs one of its own
    bool by_others = false;           ///< it fails because of other tests: its own runs show nothing
    bool by_time = false;             ///< its rate drifts with time, so comparing conditions shows nothing
    optional<variation> shown_by;     ///< the condition that shows the cause
    optional<variation> asked_again;  ///< it seems to show the cause, and has to do so again
    vector<variation> confirmed;      ///< these have
    optional<std::size_t> partner;    ///< the test beside which it fails

    bool varies_by_itself() const { return !by_start && !by_time; }

    /// Its results under that condition so far; null: it was not tried.
    flake_trial* find_trial(const variation& what) const {
        for (flake_trial& each : found->trials)
            if (each.condition == what) return &each;
        return nullptr;
    }
};

/// How many runs of each suspect fit into a time, each with the same share of it; what one does not need goes to the
/// others. Where the shares are too small to learn anything, some have enough and the rest none.
class run_shares {
  public:
    explicit run_shares(duration within) : within_(within) {}

    void add(std::uint64_t wanted, duration cost) { rows_.push_back({wanted, std::max(cost, duration{1})}); }

    vector<std::uint64_t> divided() const {
        duration each{};
        duration left = within_;
        std::size_t open = rows_.size();
        // Each pass settles those that need less than their share.
        for (int pass = 0; pass < 6 && open != 0; ++pass) {
            each = left / static_cast<std::int64_t>(open);
            left = within_;
            open = 0;
            for (const row& of : rows_) {
                const duration needed = of.cost * static_cast<std::int64_t>(of.wanted);
                if (needed <= each) left -= needed;
                if (needed > each) ++open;
            }
        }
        vector<std::uint64_t> runs;
        duration too_little{};
        for (const row& of : rows_) {
            const auto affordable = static_cast<std::uint64_t>(std::max(each, duration{}) / of.cost);
            const bool is_enough = affordable >= std::min(of.wanted, least);
            runs.push_back(is_enough ? std::min(of.wanted, affordable) : 0);
            if (!is_enough) too_little += each;
        }
        return with_few(std::move(runs), too_little);
    }

  private:
    static constexpr std::uint64_t least = 8;

    /// Puts shares that are too small together.
    vector<std::uint64_t> with_few(vector<std::uint64_t> runs, duration left) const {
        for (std::size_t i = 0; i < rows_.size(); ++i) {
            const std::uint64_t some = std::min(rows_[i].wanted, least);
            const duration needed = rows_[i].cost * static_cast<std::int64_t>(some);
            if (runs[i] != 0 || needed > left) continue;
            runs[i] = some;
            left -= needed;
        }
        return runs;
    }

    struct row {
        std::uint64_t wanted;
        duration cost;
    };
    duration within_;
    vector<row> rows_;
};

/// Runs suspects under one condition after another, within a time.
class suspect_runs {
  public:
    suspect_runs(session_runner& with, const flake_hunt& hunt, instant end) : with_(with), hunt_(hunt), end_(end) {}

    vector<suspect> all;

    std::uint32_t take_numbers(std::uint64_t count) {
        const std::uint32_t first = next_number_;
        next_number_ += static_cast<std::uint32_t>(count);
        return first;
    }

    // ---- the time ----

    instant end() const { return end_; }
    void end_at(instant end) { end_ = end; }
    bool has_time() const { return with_.going() && with_.now() < end_; }
    /// That part of the time that is left.
    duration part(double of) const {
        const duration left = std::max(end_ - with_.now(), duration{});
        return std::chrono::duration_cast<duration>(left * of);
    }

    /// For whoever waits for the session.
    void tell(const std::string& step) {
        with_.phase().doing = "explaining " + counted(all.size(), "flaky test") + ": " + step;
    }

    // ---- the runs ----

    /// The results of the wanted suspects under a condition, alone, or beside themselves; one for each suspect.
    /// `times`: of the runs that settle it, how many.
    template <class Wanted>
    vector<run_counts> ask(const variation& what, Wanted wanted, duration within, double times = 1) {
        return ask_chosen(what, runs_for(wanted, times), within);
    }

    template <class Wanted>
    vector<run_counts> measure(const condition& under, Wanted wanted, duration within, double times = 1) {
        return measure_runs(under, runs_for(wanted, times), within);
    }

    /// From the last measurement, by suspect: the result of each start, in order.
    const vector<bool>& starts_failed(std::size_t of) const { return starts_failed_[of]; }

    /// From the last measurement, by suspect: see fixed_runs::count_workers().
    const optional<run_counts>& by_worker(std::size_t of) const { return by_worker_[of]; }

  private:
    static constexpr std::uint64_t starts = 40;  // of the program, for tests whose result depends on them

    const condition& chosen() const { return with_.chosen().under; }

    template <class Wanted>
    vector<std::uint64_t> runs_for(Wanted wanted, double times) const {
        vector<std::uint64_t> runs;
        for (const suspect& each : all) {
            const std::uint64_t settles = each.by_start ? starts : trial_runs(each.baseline);
            const auto some = static_cast<std::uint64_t>(static_cast<double>(settles) * times);
            runs.push_back(wanted(each) ? std::max<std::uint64_t>(some, 10) : 0);
        }
        return runs;
    }

    vector<run_counts> ask_chosen(const variation& what, const vector<std::uint64_t>& runs, duration within) {
        if (what.kind == condition_kind::alone) return measure_runs(chosen(), runs, within, 1);
        if (what.kind == condition_kind::alone_and_busy) return measure_runs(condition_of("hogs=4"), runs, within, 1);
        if (what.kind == condition_kind::twins) return beside_themselves(runs, within);
        return measure_runs(condition_of(what), runs, within);
    }

    /// What disturbs a test also makes its runs longer.
    static duration cost_under(const condition& under, duration cost) {
        if (under.hogs != 0) return cost * 3 + std::chrono::milliseconds(10);
        const bool delayed = under.worker.timer_slack != duration{} || under.worker.pulses != duration{};
        return delayed ? cost + std::chrono::milliseconds(20) : cost;
    }

    static vector<std::uint64_t> divided(const vector<suspect>& all, const vector<std::uint64_t>& wanted,
                                         duration within, const condition& under) {
        run_shares shares(within);
        for (std::size_t i = 0; i < all.size(); ++i)
            if (wanted[i] != 0) shares.add(wanted[i], cost_under(under, all[i].cost));
        const vector<std::uint64_t> given = shares.divided();
        vector<std::uint64_t> runs(all.size());
        std::size_t at = 0;
        for (std::size_t i = 0; i < all.size(); ++i)
            if (wanted[i] != 0) runs[i] = given[at++];
        return runs;
    }

    vector<run_counts> measure_runs(const condition& under, const vector<std::uint64_t>& wanted, duration within,
                                    std::uint32_t jobs = 0) {
        const std::uint32_t slots = jobs == 0 ? with_.jobs() : std::min(jobs, with_.jobs());
        const vector<std::uint64_t> runs = divided(all, wanted, within * static_cast<std::int64_t>(slots), under);
        fixed_runs tried(with_.list(), with_.out(), next_number_);
        // A disturbed machine takes longer than the search did.
        tried.end_at(std::min(end_, with_.now() + within * 2));
        vector<std::size_t> first(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            const suspect& each = all[i];
            if (runs[i] == 0) continue;
            const flake_progress& before = hunt_.evidence(each.found->test).progress;
            const std::size_t a_turn = std::min<std::size_t>(turn_size(before), 8);
            first[i] = tried.add_runs(each.found->test, runs[i], a_turn, nullopt,
                                      each.by_start ? isolate::exec : isolate::by_default);
            take_numbers(runs[i]);
        }
        with_.run(tried.tests(), tried, tried, under, jobs);
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

    // No usual run does this: it shows what is shared outside the process. One after the other.
    vector<run_counts> beside_themselves(const vector<std::uint64_t>& wanted, duration within) {
        const vector<std::uint64_t> runs =
            divided(all, wanted, within * static_cast<std::int64_t>(with_.jobs()), chosen());
        vector<run_counts> counts(all.size());
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (runs[i] == 0 || !has_time()) continue;
            fixed_runs tried(with_.list(), with_.out(), take_numbers(runs[i]));
            tried.end_at(std::min(end_, with_.now() + within));
            tried.add_runs(all[i].found->test, runs[i], 2, nullopt);
            vector<std::size_t> twice(tried.tests());
            twice.push_back(all[i].found->test);
            with_.run(twice, tried);
            counts[i] = tried.count(0, static_cast<std::size_t>(runs[i]));
        }
        return counts;
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    instant end_;
    vector<vector<bool>> starts_failed_;
    vector<optional<run_counts>> by_worker_;
    std::uint32_t next_number_ = 1'000'000;  // far from the numbers of the search, and so with other seeds
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
