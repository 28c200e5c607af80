#pragma once

#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/policy/order.hpp>
#include <cordon/engine/polluter_session.hpp>
#include <cordon/engine/supervisor/flake_hunt.hpp>
#include <cordon/engine/supervisor/trials.hpp>
#include <cordon/engine/waves.hpp>

#include <algorithm>
#include <utility>

namespace cordon::engine {

/// Looks for tests that depend on others: runs all of them in one process, in a few orders. What comes to another
/// result there than it always does alone is looked into.
class order_diagnosis {
  public:
    order_diagnosis(waves& with, const supervisor::flake_hunt& hunt, const policy::setup_keys& setups)
        : with_(with), hunt_(hunt), setups_(setups) {}

    /// Runs are numbered from `first_number`. What is found goes into the tests' summaries.
    void run(vector<flake_summary>& found, std::uint32_t first_number) {
        constexpr std::size_t most = 10;
        const vector<std::size_t> declared = tests_of(found);
        if (declared.size() < 2) return;
        supervisor::trials tried(with_.list(), with_.out(), first_number);
        const vector<vector<std::size_t>> rows = orders_of(declared);
        for (const vector<std::size_t>& row : rows)
            tried.add_turn(row.front(), polluter_session::row_of(row));
        with_.run(tried.tests(), tried);
        std::size_t looked_at = 0;
        for (flake_summary& each : found) {
            const bool was_run = std::find(declared.begin(), declared.end(), each.test) != declared.end();
            if (was_run && differs(tried, rows, each.test) && looked_at++ < most) ask_for_polluter(each, declared);
        }
    }

  private:
    /// In the order in which they are declared; without slow ones.
    vector<std::size_t> tests_of(const vector<flake_summary>& found) const {
        vector<std::size_t> tests;
        for (const flake_summary& each : found) {
            const duration cost = hunt_.evidence(each.test).progress.cost();
            if (each.runs != 0 && cost < std::chrono::milliseconds(200)) tests.push_back(each.test);
        }
        std::sort(tests.begin(), tests.end());
        return tests;
    }

    vector<vector<std::size_t>> orders_of(const vector<std::size_t>& declared) const {
        constexpr std::size_t orders = 5;
        vector<vector<std::size_t>> rows;
        vector<std::size_t> row(declared);
        random_source random(with_.seed());
        for (std::size_t i = 0; i < orders; ++i) {
            if (i == 1) std::reverse(row.begin(), row.end());
            if (i > 1) shuffle(row, random);
            rows.push_back(row);
        }
        return rows;
    }

    bool differs(const supervisor::trials& tried, const vector<vector<std::size_t>>& rows, std::size_t test) const {
        const policy::run_counts& alone = hunt_.evidence(test).counts();
        if (alone.mixed()) return false;
        std::size_t at = 0;
        for (const vector<std::size_t>& row : rows) {
            for (const std::size_t each : row) {
                const supervisor::trials::outcome& seen = tried[at++];
                if (each == test && seen.ran && seen.failed != (alone.failures != 0)) return true;
            }
        }
        return false;
    }

    void ask_for_polluter(flake_summary& found, const vector<std::size_t>& order) {
        polluter_session session(with_, setups_);
        flake_summary seen = session.examine(found.test, order);
        if (session.role() != policy::order_role::victim && session.role() != policy::order_role::brittle) return;
        found.category = seen.category;
        found.explanation = std::move(seen.explanation);
        found.polluters = std::move(seen.polluters);
        found.cleaners = std::move(seen.cleaners);
        found.state_setters = std::move(seen.state_setters);
        found.contrasts = std::move(seen.contrasts);
        found.repro = std::move(seen.repro);
        found.repro_runs = seen.repro_runs;
        found.repro_failures = seen.repro_failures;
        found.alone_runs = 0;
    }

    waves& with_;
    const supervisor::flake_hunt& hunt_;
    const policy::setup_keys& setups_;
};

}  // namespace cordon::engine
