#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/thresholds.hpp>
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

/// Runs tests that never fail in a changed world: another time zone, locale, HOME, fewer processors. One run under
/// several conditions at once shows a test that always fails under one of them; then each of these is asked alone. It
/// is named if all of several more runs fail, and none without the condition, twice: then no correction for the number
/// of comparisons is needed. What disturbs the timing of a test makes it fail now and then: it is asked a few times,
/// and named if failures are beyond all doubt.
class world_check {
  public:
    world_check(session_runner& with, const flake_hunt& hunt, instant end) : with_(with), hunt_(hunt), end_(end) {}

    /// Puts what it has found into the summaries. Runs are numbered from `first_number`; returns the next number.
    std::uint32_t run(vector<flake_summary>& found, const vector<variation>& conditions, std::uint32_t first_number) {
        next_number_ = first_number;
        for (flake_summary& each : found)
            if (each.runs != 0 && each.failures == 0) all_.push_back(&each);
        if (all_.empty()) return next_number_;
        // The fast ones first: a slow one must not keep the others from it.
        sort(all_, [this](const flake_summary* a, const flake_summary* b) { return cost(*a) < cost(*b); });
        const vector<vector<variation>> worlds = worlds_of(conditions);
        for (std::size_t i = 0; i < worlds.size(); ++i)
            if (!try_world(worlds[i], worlds.size() - i)) not_tried_.append(worlds[i].begin(), worlds[i].end());
        tell_untried();
        return next_number_;
    }

  private:
    static constexpr std::uint64_t repeats = 4;  // each time, with and without the condition
    static constexpr std::uint64_t some = 3;
    static constexpr int most_times = 6;
    static constexpr std::size_t most_at_once = 5;

    duration cost(const flake_summary& test) const { return hunt_.evidence(test.test).progress.cost(); }

    /// Conditions that can hold at once: each of another kind. What only delays is tried more often, so by itself.
    static vector<vector<variation>> worlds_of(const vector<variation>& conditions) {
        vector<vector<variation>> worlds;
        for (const variation& each : conditions) {
            const auto room = std::find_if(worlds.begin(), worlds.end(), [&each](const vector<variation>& of) {
                return of.size() < most_at_once && only_delays(of.front()) == only_delays(each) &&
                       std::none_of(of.begin(), of.end(),
                                    [&each](const variation& other) { return other.kind == each.kind; });
            });
            if (room != worlds.end()) {
                room->push_back(each);
            } else {
                worlds.push_back({each});
            }
        }
        return worlds;
    }

    /// `worlds`: this one and those that are still to be tried. Returns false if there is no time for it.
    bool try_world(const vector<variation>& at_once, std::size_t worlds) {
        const std::size_t affordable = affordable_tests(worlds, first_runs(at_once));
        if (affordable == 0 || !with_.going()) return false;
        vector<flake_summary*> asked(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(affordable));
        left_out_ = std::max(left_out_, all_.size() - affordable);
        const vector<flake_summary*> failed = failing_under(at_once, asked);
        for (const variation& each : at_once) {
            const vector<flake_summary*> here = at_once.size() == 1 ? failed : failing_under({each}, failed);
            if (!here.empty()) settle(here, each);
        }
        return true;
    }

    /// Those that fail in one run under all of these conditions.
    vector<flake_summary*> failing_under(const vector<variation>& at_once, const vector<flake_summary*>& asked) {
        condition under;
        with_.phase().doing = "changing the world:";
        for (const variation& each : at_once) {
            with_.phase().doing += " " + each.text;
            for (const std::string& part : conditions_in(each))
                add_condition(under, part).ignore();
        }
        vector<flake_summary*> failed;
        if (asked.empty()) return failed;
        const vector<run_counts> once = measure(asked, under, first_runs(at_once));
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (once[i].failures != 0) failed.push_back(asked[i]);
        return failed;
    }

    /// Each world has the same part of the time that is left, and half of it is for what fails there.
    std::size_t affordable_tests(std::size_t worlds, std::uint64_t runs) {
        const duration left = std::max(end_ - with_.now(), duration{}) * static_cast<std::int64_t>(with_.jobs()) /
                              static_cast<std::int64_t>(runs);
        duration needed{};
        std::size_t count = 0;
        while (count < all_.size() && (needed += cost(*all_[count])) <= left / static_cast<std::int64_t>(2 * worlds))
            ++count;
        return count;
    }

    struct answer {
        flake_summary* test = nullptr;
        run_counts with, without;
    };

    void settle(const vector<flake_summary*>& failed, const variation& what) {
        vector<answer> open;
        for (flake_summary* each : failed)
            open.push_back({each, {}, {}});
        const int most = only_delays(what) ? most_times : 2;
        for (int time = 1; time <= most && !open.empty() && with_.going(); ++time) {
            ask_again(open, what);
            vector<answer> left;
            for (const answer& each : open) {
                if (each.with.runs == 0 || each.without.failures != 0) continue;
                const bool always = each.with.failures == each.with.runs && each.without.runs != 0;
                if (time > 1 && (always || is_beyond_doubt(each))) {
                    add(*each.test, what, each.with, everything_without(each));
                } else if (always || (most > 2 && each.with.failures != 0)) {
                    left.push_back(each);
                }
            }
            open = std::move(left);
        }
    }

    void ask_again(vector<answer>& open, const variation& what) {
        vector<flake_summary*> tests;
        for (const answer& each : open)
            tests.push_back(each.test);
        const vector<run_counts> more = measure(tests, condition_of(what), repeats);
        const vector<run_counts> usual = measure(tests, with_.chosen().under, repeats);
        for (std::size_t i = 0; i < open.size(); ++i) {
            open[i].with.add(more[i]);
            open[i].without.add(usual[i]);
        }
    }

    run_counts everything_without(const answer& of) const {
        run_counts all = of.without;
        all.add(hunt_.evidence(of.test->test).counts());
        return all;
    }

    bool is_beyond_doubt(const answer& of) const {
        return fisher_exact(of.with, everything_without(of)) < threshold::of_all_conditions;
    }

    static std::uint64_t first_runs(const vector<variation>& at_once) {
        return std::any_of(at_once.begin(), at_once.end(), only_delays) ? some : 1;
    }
    static bool only_delays(const variation& what) {
        const condition_row* row = row_of(what.kind);
        return row != nullptr && row->what == disturbs::timing && row->shows == flake_cause::none;
    }

    void add(flake_summary& test, const variation& what, const run_counts& with, const run_counts& without) {
        const double chance = fisher_exact(with, without);
        test.trials.push_back({what, with.runs, with.failures, chance, true, without});
        if (test.has_cause()) return;
        const flake_cause shown = row_of(what.kind)->shows;
        test.set_cause(shown != flake_cause::none                 ? shown
                       : what.kind == condition_kind::timer_slack ? flake_cause::late_timers
                                                                  : flake_cause::not_scheduled);
        test.details.only_when_changed = true;
    }

    vector<run_counts> measure(const vector<flake_summary*>& tests, const condition& under, std::uint64_t runs) {
        fixed_runs tried(with_.list(), with_.out(), next_number_);
        tried.end_at(end_);
        vector<std::size_t> first;
        for (const flake_summary* each : tests)
            first.push_back(tried.add_runs(each->test, runs, 1, nullopt));
        next_number_ += static_cast<std::uint32_t>(runs * tests.size());
        with_.run(tried.tests(), tried, tried, under);
        vector<run_counts> counts;
        for (const std::size_t each : first)
            counts.push_back(tried.count(each, static_cast<std::size_t>(runs)));
        return counts;
    }

    void tell_untried() {
        if (left_out_ == 0 && not_tried_.empty()) return;
        with_.out().on(notice{notice::level::warning, text::world_left_out_in_words(left_out_, not_tried_)});
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    instant end_;
    vector<flake_summary*> all_;
    vector<variation> not_tried_;
    std::size_t left_out_ = 0;  // tests that are too slow
    std::uint32_t next_number_ = 1;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
