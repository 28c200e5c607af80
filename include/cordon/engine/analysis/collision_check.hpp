#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/pair_check.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/shared_touches.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/touch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Runs tests beside each other that use the same file or port. Among many tests two such tests rarely meet. First each
/// test runs alone while the system tells which files change and which ports are held, and those that seem to have
/// something in common do so again; then they run together.
class collision_check {
  public:
    /// Looks until `end`. What it has seen by then may be settled in as much time again.
    collision_check(session_runner& with, const flake_hunt& hunt, instant end)
        : with_(with), hunt_(hunt), end_(end), settled_(end + (end - with.now())) {}

    /// Puts what it finds into the summaries. Runs are numbered from `first_number`.
    void run(vector<flake_summary>& found, std::uint32_t first_number) {
        if (with_.jobs() < 2 || !with_.going()) return;
        next_number_ = first_number;
        with_.phase().doing = "looking for tests that use the same file or port";
        const vector<touching_pair> pairs = look(tests_of(found));
        for (std::size_t i = 0; i < pairs.size() && with_.going() && with_.now() < end_; ++i) {
            with_.phase().doing = "running pairs: " + pairs[i].what;
            meet(pairs[i], found);
        }
    }

    /// The other one of a colliding pair.
    optional<std::size_t> partner_of(std::size_t test) const {
        for (const touching_pair& each : collide_) {
            if (each.a == test) return each.b;
        }
        return nullopt;
    }

  private:
    static constexpr unsigned passes = 3;
    static constexpr std::size_t most_pairs = 24;
    static constexpr std::uint64_t glances = 10;  // runs beside each other that show whether to look closer
    static constexpr std::uint64_t full = 20;

    duration cost(std::size_t test) const { return hunt_.evidence(test).progress.cost(); }

    /// Those for which there is time: the first look has half of it, and few tests need another.
    vector<std::size_t> tests_of(const vector<flake_summary>& found) const {
        vector<std::size_t> tests;
        for (const flake_summary& each : found) {
            const bool always_fails = each.failures != 0 && each.failures == each.runs;
            if (each.runs != 0 && !always_fails) tests.push_back(each.test);
        }
        sort(tests, [this](std::size_t a, std::size_t b) { return cost(a) < cost(b); });
        const duration time = std::max(end_ - with_.now(), duration{}) / 2;
        duration needed{};
        std::size_t count = 0;
        while (count < tests.size() && (needed += cost(tests[count])) <= time)
            ++count;
        tests.resize(count);
        return tests;
    }

    vector<touching_pair> look(vector<std::size_t> tests) {
        shared_touches shared;
        random_source random(with_.seed());
        for (unsigned pass = 0; pass < passes && tests.size() > 1 && with_.going() && with_.now() < end_; ++pass) {
            const owned<run::touch_source> watch = with_.watch_touches();
            if (!watch) return {};
            fixed_runs alone(with_.list(), with_.out(), take_numbers(tests.size()));
            alone.end_at(end_);
            for (const std::size_t each : tests)
                alone.add_runs(each, 1, 1, nullopt);
            with_.run(alone.tests(), alone, alone, with_.chosen().under, 1);
            assign(watch->finish(), tests, alone, pass, shared);
            tests = shared.may_share();
            shuffle(tests, random);
        }
        return shared.pairs(most_pairs);
    }

    void assign(const vector<touch>& seen, const vector<std::size_t>& tests, const fixed_runs& alone, unsigned pass,
                shared_touches& to) const {
        constexpr duration late = std::chrono::milliseconds(2);
        for (const touch& each : seen) {
            const duration at = each.at - with_.started();
            for (std::size_t i = 0; i < tests.size(); ++i) {
                const fixed_runs::outcome& ran = alone[i];
                if (ran.ran && at >= ran.from && at <= ran.until + late) to.add(tests[i], pass, each.what);
            }
        }
    }

    // ---- together ----

    struct meeting {
        run_counts a, b;
    };

    meeting together(const touching_pair& pair, std::uint64_t meetings) {
        // The faster one runs as long as the slower one does.
        const duration cost_a = std::max(cost(pair.a), duration{1}), cost_b = std::max(cost(pair.b), duration{1});
        const auto runs = [meetings](const duration& own, const duration& other) {
            const auto beside = static_cast<std::uint64_t>(other * static_cast<std::int64_t>(meetings) / own);
            return std::min<std::uint64_t>(meetings + beside, 200);
        };
        const std::uint64_t of_a = cost_a < cost_b ? runs(cost_a, cost_b) : meetings;
        const std::uint64_t of_b = cost_a < cost_b ? meetings : runs(cost_b, cost_a);
        fixed_runs tried(with_.list(), with_.out(), take_numbers(of_a + of_b));
        tried.end_at(settled_);
        tried.add_runs(pair.a, of_a, 1, nullopt);
        const std::size_t first = tried.add_runs(pair.b, of_b, 1, nullopt);
        with_.run(tried.tests(), tried, tried, with_.chosen().under, 2);
        return {tried.count(0, static_cast<std::size_t>(of_a)), tried.count(first, static_cast<std::size_t>(of_b))};
    }

    run_counts by_itself(std::size_t test, const condition& under) {
        fixed_runs tried(with_.list(), with_.out(), take_numbers(full));
        tried.end_at(settled_);
        tried.add_runs(test, full, 1, nullopt);
        with_.run(tried.tests(), tried, tried, under, 1);
        return tried.count(0, full);
    }

    void meet(const touching_pair& pair, vector<flake_summary>& found) {
        const run_counts usual_a = with_.ledger().counts(pair.a), usual_b = with_.ledger().counts(pair.b);
        const meeting first = together(pair, glances);
        const bool a = is_suspicious(first.a, usual_a), b = is_suspicious(first.b, usual_b);
        if (!a && !b) return;
        const meeting second = together(pair, full);
        if (a) settle(pair, first.a, second.a, found);
        if (b) settle({pair.b, pair.a, pair.what}, first.b, second.b, found);
    }

    static bool is_suspicious(const run_counts& met, const run_counts& usual) {
        return met.failures != 0 && met.rate() > 2 * usual.rate();
    }

    /// It has to fail far more than alone in new runs. And the other one may do no more than to keep a processor busy.
    void settle(const touching_pair& pair, run_counts met, const run_counts& again, vector<flake_summary>& found) {
        const run_counts alone = by_itself(pair.a, with_.chosen().under);
        if (alone.runs == 0 || !is_far_more(again, alone)) return;
        const run_counts busy = by_itself(pair.a, condition_of("hogs=4"));
        met.add(again);
        if (busy.runs == 0 || !is_far_more(met, busy)) return;
        collide_.push_back(pair);
        for (flake_summary& each : found)
            if (each.test == pair.a) note_collision(with_, each, pair.b, met, alone);
    }

    std::uint32_t take_numbers(std::uint64_t count) {
        const std::uint32_t first = next_number_;
        next_number_ += static_cast<std::uint32_t>(count);
        return first;
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    instant end_, settled_;
    vector<touching_pair> collide_;  // `a` fails beside `b`
    std::uint32_t next_number_ = 1;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
