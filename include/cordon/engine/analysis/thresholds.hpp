#pragma once

#include <cstdint>

// Every level at which a comparison of failure rates is believed, with the question that it answers. A level is the
// chance of the observed difference, or a larger one, if there is none. Tests: R. A. Fisher, Statistical Methods for
// Research Workers, 5th ed. 1934 (exact test); S. Holm, Scand. J. Statist. 6, 1979 (several comparisons); E. B. Wilson,
// J. Amer. Statist. Assoc. 22, 1927 (interval); A. Wald, Ann. Math. Statist. 16, 1945 (sequential test); Lord Rayleigh,
// Phil. Mag. 37, 1919 (directions).

namespace cordon::engine::analysis::threshold {

// ---- how often does it fail? ----

/// Does the test fail rarely (0.1 %) or often (5 %)? Wald's test; a rare failure is called frequent in 1 of 100 cases,
/// a frequent one rare in 1 of 20. So 60 passes in a row settle a test, and two failures.
constexpr double rare_rate = 0.001;
constexpr double frequent_rate = 0.05;
constexpr double false_alarm = 0.01;
constexpr double missed = 0.05;

/// The two-sided 95 % point of the normal distribution, for Wilson's interval.
constexpr double normal_95 = 1.959963984540054;
/// 1 - 95 %: for the bound on the rate of a test that has never failed.
constexpr double outside_95 = 0.05;

// ---- does a condition move the rate? ----

/// The level of all comparisons whose result a user reads: a condition against the baseline after Holm's correction,
/// alone against alone beside busy processes, a contrast against what the command shows. What it lets pass by chance
/// has to happen again (`again`).
constexpr double significant = 0.02;

/// Is it worth a closer look? Nothing is reported because of this alone, so it may often be wrong, and should miss
/// little.
constexpr double worth_a_look = 0.05;

/// Has it happened again? New runs ask one question, in one direction, about something that was significant before:
/// both together are wrong in about 1 of 500 cases.
constexpr double again = 0.2;

/// Few new runs cannot show a rare failure again. Then all runs together must be beyond doubt.
constexpr double beyond_doubt = 0.001;

/// Has something else changed meanwhile? Two series of runs under one condition differ: the machine, or the neighbors.
constexpr double changed_meanwhile = 0.01;

/// May two series be joined into one baseline? They must look alike, so the level is high.
constexpr double alike = 0.1;

/// Do all delays together make no difference? A lower chance would leave it open.
constexpr double no_difference = 0.05;

/// A condition would be noticed among so many comparisons.
constexpr double among_comparisons = significant / 10;

/// A test that never fails fails under a condition: among a thousand tests and all conditions that is no accident.
constexpr double of_all_conditions = 1e-5;

/// All delays together: the second look at the same runs, so half the level (Bonferroni).
constexpr double delays_together = significant / 2;

/// Under a condition that decides the test nearly always fails.
constexpr double nearly_always = 0.9;

// ---- is it the start of the program, or the time? ----

/// Do runs agree within a worker by more than chance? Every flaky test of every session is asked, so it is strict.
constexpr double workers_agree = 0.001;

/// Does a fresh worker follow the one before? Asked only where workers agree within.
constexpr double fresh_worker_follows = 0.01;

/// Does a fresh start follow the one before, or come to the same always? It overrules `workers_agree`, so it is as
/// strict.
constexpr double fresh_start_follows = 0.001;

/// Do failures keep to a moment of a period? Four periods are tried on each test of a session.
constexpr double keeps_to_period = 1e-4;
/// Fewer failures, or passes, have no rhythm.
constexpr std::uint64_t least_for_period = 6;

/// Does a failure follow a failure? Runs that follow one another share so much that small chances are common.
constexpr double comes_in_bursts = 1e-6;

// ---- do other tests matter? ----

/// Do others change the result? Asked after each five pairs more, up to 40, and of each candidate (the level is divided
/// by their number), so it is strict.
constexpr double others_matter = 0.002;
/// After 20 pairs with a chance above this, a result is no longer expected.
constexpr double hopeless = 0.3;
/// Runs among the others, in several orders, that show a polluter which comes first in half of them and nearly always
/// has its effect: of 36 runs 18 more fail.
constexpr std::uint64_t enough_runs_in_orders = 36;
constexpr std::uint64_t few_pairs = 5;
constexpr std::uint64_t enough_pairs_to_doubt = 20;
constexpr std::uint64_t most_pairs = 40;

}  // namespace cordon::engine::analysis::threshold
