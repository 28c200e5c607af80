#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
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
/// of comparisons is needed.
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
    static constexpr std::uint64_t repeats = 4;  // each of two times, with and without the condition
    static constexpr std::size_t most_at_once = 5;

    duration cost(const flake_summary& test) const { return hunt_.evidence(test.test).progress.cost(); }

    /// Conditions that can hold at once: each of another kind.
    static vector<vector<variation>> worlds_of(const vector<variation>& conditions) {
        vector<vector<variation>> worlds;
        for (const variation& each : conditions) {
            const auto room = std::find_if(worlds.begin(), worlds.end(), [&each](const vector<variation>& of) {
                return of.size() < most_at_once && std::none_of(of.begin(), of.end(), [&each](const variation& other) {
                           return other.kind == each.kind;
                       });
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
        const std::size_t affordable = affordable_tests(worlds);
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
        const vector<run_counts> once = measure(asked, under, 1);
        for (std::size_t i = 0; i < asked.size(); ++i)
            if (once[i].failures != 0) failed.push_back(asked[i]);
        return failed;
    }

    /// Each world has the same part of the time that is left, and half of it is for what fails there.
    std::size_t affordable_tests(std::size_t worlds) {
        const duration left = std::max(end_ - with_.now(), duration{}) * static_cast<std::int64_t>(with_.jobs());
        duration needed{};
        std::size_t count = 0;
        while (count < all_.size() && (needed += cost(*all_[count])) <= left / static_cast<std::int64_t>(2 * worlds))
            ++count;
        return count;
    }

    void settle(const vector<flake_summary*>& failed, const variation& what) {
        const condition under = condition_of(what);
        vector<run_counts> with(failed.size()), without(failed.size());
        vector<bool> each_time(failed.size(), true);
        for (int time = 0; time < 2; ++time) {
            const vector<run_counts> more = measure(failed, under, repeats);
            const vector<run_counts> usual = measure(failed, with_.chosen().under, repeats);
            for (std::size_t i = 0; i < failed.size(); ++i) {
                with[i].add(more[i]);
                without[i].add(usual[i]);
                each_time[i] =
                    each_time[i] && more[i].runs != 0 && more[i].failures == more[i].runs && usual[i].runs != 0;
            }
        }
        for (std::size_t i = 0; i < failed.size(); ++i) {
            if (each_time[i] && without[i].failures == 0) add(*failed[i], what, with[i], without[i]);
        }
    }

    void add(flake_summary& test, const variation& what, const run_counts& with, run_counts without) {
        without.add(hunt_.evidence(test.test).counts());
        const double chance = fisher_exact(with, without);
        test.trials.push_back({what, with.runs, with.failures, chance, true, without});
        if (test.has_cause()) return;
        test.set_cause(row_of(what.kind)->shows == flake_cause::none ? flake_cause::not_scheduled
                                                                     : row_of(what.kind)->shows);
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
