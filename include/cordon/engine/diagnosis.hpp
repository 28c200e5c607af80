#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/order_diagnosis.hpp>
#include <cordon/engine/os/surroundings.hpp>
#include <cordon/engine/policy/conditions.hpp>
#include <cordon/engine/policy/flake_diagnosis.hpp>
#include <cordon/engine/supervisor/flake_hunt.hpp>
#include <cordon/engine/supervisor/trials.hpp>
#include <cordon/engine/waves.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace cordon::engine {

/// Finds out why tests are flaky (--flake-diagnose): runs them under one condition after the other and compares each
/// with the runs under none. Tests that are stable get the conditions that can show what only looks stable: memory
/// that was not set, the time zone, the locale, other tests in their process.
class diagnosis {
  public:
    diagnosis(waves& with, const supervisor::flake_hunt& hunt, const policy::setup_keys& setups)
        : with_(with), hunt_(hunt), setups_(setups) {}

    void run(vector<flake_summary>& found) {
        for (flake_summary& each : found)
            add_suspect(each);
        if (suspects_.empty()) return;
        begun_ = now();
        set_baselines();
        if (with_.chosen().flake_conditions.empty()) try_surroundings();
        for (const std::string& each : conditions())
            if (has_time_for(each)) try_condition(each);
        for (suspect& each : suspects_)
            if (varies_by_itself(each) && wants("alone") && has_time_for("alone")) try_alone(each);
        for (suspect& each : suspects_)
            if (varies_by_itself(each) && with_.jobs() > 1 && wants("twins") && has_time_for("twins")) try_twins(each);
        if (!left_out_.empty()) tell_left_out();
        confirm();
        if (with_.chosen().flake_conditions.empty()) look_again();
        for (suspect& each : suspects_)
            explain(each);
        if (wants("order")) order_diagnosis(with_, hunt_, setups_).run(found, next_number_);
        verify();
    }

  private:
    struct suspect {
        flake_summary* found;
        policy::run_counts baseline;
        duration cost{};
        bool flaky = false;
        bool moved_by_surroundings = false;
        bool by_start = false;  ///< what a start of the program draws decides: each run needs one of its own
        bool by_time = false;   ///< whatever is varied changes with the time: nothing can be learned from it
        std::string shown_by;   ///< the condition that shows the cause; empty: none
    };

    static constexpr duration most_for_one = std::chrono::milliseconds(500);  ///< of a flaky test under a condition
    static constexpr std::uint64_t starts = 80;  ///< of the program, for tests that these decide
    static constexpr duration start_cost = std::chrono::milliseconds(5);
    static constexpr duration for_stable = std::chrono::milliseconds(60);
    static constexpr int most_sessions = 3;  ///< times --flake-time, for all conditions
    static constexpr std::size_t few = 8;    ///< tests, of which each may be asked everything

    vector<std::string> conditions() const {
        vector<std::string> usable;
        for (std::string& each : policy::conditions_to_vary(with_.chosen().flake_conditions)) {
            const std::string_view of = policy::condition_name(each);
            if (of == "addresses" && !os::can_fix_addresses()) continue;
            if ((of == "cpus" || of == "timer-slack") && !os::can_change_scheduling()) continue;
            usable.push_back(std::move(each));
        }
        return usable;
    }

    instant last_start() const { return begun_ + with_.chosen().flake_time * most_sessions; }

    /// On a busy machine a run may cost a hundred times what it should. What is varied late is left out then.
    bool has_time_for(const std::string& what) {
        if (now() < last_start()) return true;
        if (left_out_.empty() || left_out_.back() != what) left_out_.push_back(what);
        return false;
    }

    void tell_left_out() {
        std::string names;
        for (const std::string& each : left_out_)
            names += (names.empty() ? "" : ", ") + each;
        with_.out().on(notice{notice::level::warning, "the time for explaining flaky tests was up (" +
                                                          std::to_string(most_sessions) +
                                                          " times --flake-time): not tried: " + names});
    }

    static bool varies_by_itself(const suspect& test) { return test.flaky && !test.by_start && !test.by_time; }

    bool wants(std::string_view arrangement) const {
        const vector<std::string>& chosen = with_.chosen().flake_conditions;
        return chosen.empty() || std::find(chosen.begin(), chosen.end(), arrangement) != chosen.end();
    }

    /// What a stable test is asked, too: nothing that only makes it slower, and nothing that it may well rely on,
    /// unless that was asked for.
    bool concerns(const suspect& test, std::string_view name) const {
        const std::string_view of = policy::condition_name(name);
        if (test.by_time) return false;
        if (test.by_start) return of == "addresses" || of == "malloc" || of == "stack" || of == "seed";
        if (!with_.chosen().flake_conditions.empty()) return true;
        if (test.flaky && disturbs_surroundings(name)) return test.moved_by_surroundings;
        if (test.flaky) return true;
        const bool hidden = of == "malloc" || of == "stack" || of == "tz" || of == "locale";
        const bool setting = of == "umask" || of == "home" || of == "folder";
        return hidden || (setting && suspects_.size() <= few);
    }

    void add_suspect(flake_summary& found) {
        const policy::flake_evidence& seen = hunt_.evidence(found.test);
        if (found.runs == 0 || (!seen.counts().mixed() && found.failures != 0)) return;
        suspect made;
        made.found = &found;
        made.baseline = seen.counts();
        // The runs of the search alone were stopped by what they showed; those of the command were not.
        if (found.category != "seed") {
            made.baseline.runs += found.repro_runs;
            made.baseline.failures += found.repro_failures;
        }
        made.cost = seen.progress.cost();
        made.flaky = seen.counts().mixed();
        made.by_start = seen.differs_between_workers();
        made.by_time = seen.keeps_to_time();
        if (made.by_start) made.cost += start_cost;
        if (made.flaky) ++flaky_;
        suspects_.push_back(std::move(made));
    }

    /// Each flaky test has its part of the time for each condition. Those that disturb its timing get more of it: they
    /// rarely make a test fail always, or never.
    duration within(const suspect& test, int parts) const {
        constexpr std::int64_t all_parts = 22;
        if (!test.flaky) return for_stable;
        const duration all = with_.chosen().flake_time * static_cast<std::int64_t>(with_.jobs());
        return std::min(most_for_one, all * parts / (all_parts * static_cast<std::int64_t>(flaky_)));
    }

    /// Runs the tests that `wanted` names under a condition; returns the counts, one a suspect.
    template <class Wanted>
    vector<policy::run_counts> measure(const condition& under, Wanted wanted, int parts = 1) {
        supervisor::trials tried(with_.list(), with_.out(), next_number_);
        tried.end_at(last_start());
        vector<std::size_t> first(suspects_.size());
        vector<std::uint64_t> runs(suspects_.size());
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            const suspect& each = suspects_[i];
            if (!wanted(each)) continue;
            runs[i] = policy::trial_runs(each.baseline, each.cost, within(each, parts));
            if (each.by_start) runs[i] = std::max(runs[i], starts);
            const policy::flake_progress& before = hunt_.evidence(each.found->test).progress;
            const std::size_t a_turn = std::min<std::size_t>(policy::turn_size(before), 8);
            first[i] = tried.add_runs(each.found->test, runs[i], a_turn, nullopt,
                                      each.by_start ? isolate::exec : isolate::by_default);
            next_number_ += static_cast<std::uint32_t>(runs[i]);
        }
        with_.run(tried.tests(), tried, tried, under);
        vector<policy::run_counts> counts;
        starts_failed_.clear();
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            const auto made = static_cast<std::size_t>(runs[i]);
            counts.push_back(tried.count(first[i], made));
            starts_failed_.push_back(suspects_[i].by_start ? tried.failures(first[i], made) : vector<bool>());
        }
        return counts;
    }

    static condition parsed(std::string_view text) {
        condition made;
        policy::add_condition(made, text).ignore();
        return made;
    }

    /// Of tests that the search has run in another way than they are run here. If many starts in a row come to the
    /// same, it was not the start that made the difference.
    void set_baselines() {
        const vector<policy::run_counts> counts =
            measure(with_.chosen().under, [](const suspect& each) { return each.by_start; });
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            suspect& each = suspects_[i];
            if (counts[i].runs == 0) continue;
            each.by_time = policy::starts_keep_to_time(starts_failed_[i], each.baseline.rate());
            each.by_start = !each.by_time;
            each.baseline = counts[i];
        }
    }

    /// Flaky tests that nothing has moved, once more and in rounds under the conditions that disturb their timing:
    /// there a rate may change by little, and with the machine's own load.
    void look_again() {
        constexpr int rounds = 3;
        const auto wanted = [this](const suspect& each) { return varies_by_itself(each) && !is_explained(each); };
        if (std::none_of(suspects_.begin(), suspects_.end(), wanted)) return;
        vector<bool> chosen(suspects_.size());
        const auto is_chosen = [&](const suspect& each) {
            return chosen[static_cast<std::size_t>(&each - suspects_.data())];
        };
        for (int round = 0; round < rounds && now() - begun_ < with_.chosen().flake_time; ++round) {
            for (std::size_t i = 0; i < suspects_.size(); ++i)
                chosen[i] = wanted(suspects_[i]);
            const vector<policy::run_counts> without = measure(with_.chosen().under, is_chosen, 3);
            for (std::size_t i = 0; i < suspects_.size(); ++i) {
                suspects_[i].baseline.runs += without[i].runs;
                suspects_[i].baseline.failures += without[i].failures;
            }
            for (const std::string_view each : conditions()) {
                if (disturbs_timing(each)) add_to_trials(each, measure(parsed(each), is_chosen, 3));
            }
            for (std::size_t i = 0; i < suspects_.size(); ++i) {
                if (chosen[i]) policy::compare(suspects_[i].found->trials, suspects_[i].baseline);
            }
        }
    }

    bool is_explained(const suspect& test) const {
        if (test.found->category == "seed") return true;
        const std::string_view cause =
            policy::name_cause(hunt_.evidence(test.found->test), test.baseline, test.found->trials).category;
        return cause != "random" && cause != "unexplained";
    }

    static bool disturbs_timing(std::string_view text) { return policy::disturbs_what(text, policy::disturbs::timing); }
    static bool disturbs_surroundings(std::string_view text) {
        return policy::disturbs_what(text, policy::disturbs::environment);
    }
    static int parts_for(std::string_view text) { return disturbs_timing(text) ? 3 : 1; }

    /// What is set up around a test, all changed at once: only where that moves it, one after the other is tried.
    void try_surroundings() {
        const vector<policy::run_counts> counts = measure(policy::changed_surroundings(), varies_by_itself);
        constexpr double likely = 0.05;
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            if (counts[i].runs == 0) continue;
            suspects_[i].moved_by_surroundings = policy::fisher_exact(counts[i], suspects_[i].baseline) < likely;
        }
    }

    void add_to_trials(std::string_view text, const vector<policy::run_counts>& counts) {
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            for (flake_trial& trial : suspects_[i].found->trials) {
                if (trial.condition != text) continue;
                trial.runs += counts[i].runs;
                trial.failures += counts[i].failures;
            }
        }
    }

    void try_condition(std::string_view text) {
        const vector<policy::run_counts> counts = measure(
            parsed(text), [&](const suspect& each) { return concerns(each, text); }, parts_for(text));
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            if (counts[i].runs != 0) add_trial(suspects_[i], text, counts[i]);
        }
    }

    static void add_trial(suspect& to, std::string_view text, const policy::run_counts& counts) {
        to.found->trials.push_back({std::string(text), counts.runs, counts.failures});
    }

    void try_alone(suspect& test) {
        const vector<policy::run_counts> counts =
            measure(with_.chosen().under, [&](const suspect& each) { return &each == &test; });
        add_trial(test, "alone", counts[static_cast<std::size_t>(&test - suspects_.data())]);
    }

    /// Beside itself, which no usual run does: shows what is shared outside of the process.
    void try_twins(suspect& test) {
        const std::uint64_t runs = policy::trial_runs(test.baseline, test.cost, within(test, 1));
        supervisor::trials tried(with_.list(), with_.out(), next_number_);
        tried.end_at(last_start());
        tried.add_runs(test.found->test, runs, 2, nullopt);
        next_number_ += static_cast<std::uint32_t>(runs);
        vector<std::size_t> twice(tried.tests());
        twice.push_back(test.found->test);
        with_.run(twice, tried);
        add_trial(test, "twins", tried.count(0, static_cast<std::size_t>(runs)));
    }

    /// What seems to move a rate has to do so again, beside a fresh baseline: the machine itself changes meanwhile.
    void confirm() {
        for (suspect& each : suspects_)
            policy::compare(each.found->trials, each.baseline);
        vector<std::string> again;
        for (const suspect& each : suspects_) {
            for (const flake_trial& trial : each.found->trials) {
                const bool known = std::find(again.begin(), again.end(), trial.condition) != again.end();
                if (trial.moved && !known) again.push_back(trial.condition);
            }
        }
        for (const std::string& text : again) {
            if (text != "alone" && text != "twins") confirm(text);
        }
    }

    void confirm(const std::string& text) {
        const auto moved_by = [&text](const suspect& each) -> flake_trial* {
            for (flake_trial& trial : each.found->trials) {
                if (trial.condition == text && trial.moved) return &trial;
            }
            return nullptr;
        };
        const auto wanted = [&](const suspect& each) { return moved_by(each) != nullptr; };
        const vector<policy::run_counts> with = measure(parsed(text), wanted, parts_for(text));
        const vector<policy::run_counts> without = measure(with_.chosen().under, wanted, parts_for(text));
        constexpr double likely = 0.2;
        for (std::size_t i = 0; i < suspects_.size(); ++i) {
            flake_trial* trial = moved_by(suspects_[i]);
            if (trial == nullptr || with[i].runs == 0) continue;
            const bool raised = policy::run_counts{trial->runs, trial->failures}.rate() > suspects_[i].baseline.rate();
            const bool again = (with[i].rate() > without[i].rate()) == raised && with[i].rate() != without[i].rate();
            trial->moved = again && policy::fisher_exact(with[i], without[i]) < likely;
            trial->runs += with[i].runs;
            trial->failures += with[i].failures;
        }
    }

    void explain(suspect& test) {
        flake_summary& found = *test.found;
        if (test.by_time && found.category != "seed") {
            found.category = "clock";
            found.explanation = policy::long_period;
            return;
        }
        const policy::named_cause cause = policy::name_cause(hunt_.evidence(found.test), test.baseline, found.trials);
        if (cause.shown_by != nullptr) test.shown_by = cause.shown_by->condition;
        const bool only_when_changed = !test.flaky;
        if (only_when_changed && cause.shown_by == nullptr) return found.trials.clear();
        if (found.category == "seed") return;  // known for certain
        if (cause.category == "random" && !left_out_.empty()) {
            found.category = "unexplained";
            found.explanation = "not explained: nothing that was tried moves it, but not all was";
            return;
        }
        found.category = cause.category;
        found.explanation = std::string(only_when_changed ? "it passes here, and fails in a changed world: " : "") +
                            std::string(cause.explanation);
    }

    // ---- the command that shows it ----

    /// The condition that raises the rate makes the better command. It is tried once more, as the command does it.
    void verify() {
        constexpr std::uint64_t tries = 10;
        for (suspect& each : suspects_) {
            flake_summary& found = *each.found;
            if (!with_.going() || each.shown_by.empty() || each.shown_by == "alone" || each.shown_by == "twins" ||
                !found.polluters.empty())
                continue;
            const policy::run_counts under = counts_of(each);
            if (under.rate() <= each.baseline.rate() || found.category == "seed") continue;
            const std::uint64_t runs = std::max(tries, policy::repro_runs(under, each.cost, most_for_one));
            supervisor::trials again(with_.list(), with_.out(), next_number_);
            again.add_runs(found.test, runs, 4, nullopt, each.by_start ? isolate::exec : isolate::by_default);
            next_number_ += static_cast<std::uint32_t>(runs);
            with_.run(again.tests(), again, again, parsed(each.shown_by));
            const policy::run_counts counts = again.count(0, static_cast<std::size_t>(runs));
            found.repro = with_.command(found.test, std::string(each.by_start ? " --isolate=exec" : "") +
                                                        " --condition " + report::shell_word(each.shown_by) +
                                                        " --flake-detect=" + std::to_string(runs));
            found.repro_runs = counts.runs;
            found.repro_failures = counts.failures;
        }
    }

    static policy::run_counts counts_of(const suspect& test) {
        for (const flake_trial& each : test.found->trials) {
            if (each.condition == test.shown_by) return {each.runs, each.failures};
        }
        return {};
    }

    waves& with_;
    const supervisor::flake_hunt& hunt_;
    const policy::setup_keys setups_;
    vector<suspect> suspects_;
    vector<vector<bool>> starts_failed_;  // of the last measurement, by suspect: each start that was asked
    std::size_t flaky_ = 0;
    instant begun_{};
    vector<std::string> left_out_;           // for want of time
    std::uint32_t next_number_ = 1'000'000;  // far from the numbers of the search, and so with other seeds
};

}  // namespace cordon::engine
