#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/condition_trials.hpp>
#include <cordon/engine/analysis/flake_hunt.hpp>
#include <cordon/engine/analysis/name_cause.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/analysis/suspect_runs.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/conditions.hpp>

#include <algorithm>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// The condition that names a cause must change the rate again, compared with a new baseline: the machine itself
/// changes meanwhile. If it does not, the next one is asked. What was not seen again is no finding.
class confirm_trials {
  public:
    confirm_trials(session_runner& with, const flake_hunt& hunt, suspect_runs& runs)
        : with_(with), hunt_(hunt), runs_(runs) {}

    void run() {
        constexpr int most = 3;
        for (int time = 0; time < most && runs_.has_time(); ++time) {
            vector<variation> again;
            for (suspect& each : runs_.all) {
                each.asked_again = trial_to_confirm(each);
                if (each.asked_again && std::find(again.begin(), again.end(), *each.asked_again) == again.end())
                    again.push_back(*each.asked_again);
            }
            if (again.empty()) break;
            for (std::size_t i = 0; i < again.size(); ++i) {
                runs_.tell(again[i].text + ", once more");
                confirm(again[i], runs_.part(time + 1 == most ? 0.95 : 0.7) / static_cast<int>(again.size() - i));
            }
        }
        for (suspect& each : runs_.all) {
            for (flake_trial& trial : each.found->trials)
                trial.moved = trial.moved && (is_confirmed_already(each, trial) || has_own_comparison(trial));
        }
    }

  private:
    static bool is_confirmed_already(const suspect& test, const flake_trial& trial) {
        return std::find(test.confirmed.begin(), test.confirmed.end(), trial.condition) != test.confirmed.end();
    }

    optional<variation> trial_to_confirm(const suspect& test) const {
        if (test.found->category == flake_category::seed || test.partner) return nullopt;
        const named_cause cause = name_cause(hunt_.evidence(test.found->test), test.baseline, test.found->trials);
        if (cause.shown_by == nullptr || !cause.shown_by->moved || is_confirmed_already(test, *cause.shown_by))
            return nullopt;
        return cause.shown_by->condition;
    }

    void confirm(const variation& text, duration within) {
        const auto moved_by = [&text](const suspect& each) {
            return each.asked_again && *each.asked_again == text ? each.find_trial(text) : nullptr;
        };
        const auto wanted = [&](const suspect& each) { return moved_by(each) != nullptr; };
        // A test that others disturb must be checked among all of them.
        const auto among = [&](const suspect& each) {
            return wanted(each) || (is_arrangement(text.kind) && each.varies_by_itself());
        };
        // In turn, and each time with new workers: what the time or a start decides then decides for both.
        constexpr int times = 3;
        const duration share = within / (2 * times);
        vector<retrial> with(runs_.all.size()), without(runs_.all.size());
        for (int round = 0; round < times && runs_.has_time(); ++round) {
            const bool by_worker = row_of(text.kind) != nullptr || is_group(text.kind);
            const vector<run_counts> changed = runs_.ask(text, wanted, share, 0.3);
            add(with, changed, by_worker);
            const vector<run_counts> usual = runs_.measure(with_.chosen().under, among, share, 0.3);
            add(without, usual, by_worker);
            for (std::size_t i = 0; i < with.size(); ++i)
                with[i].compare_round(changed[i], usual[i]);
        }
        for (std::size_t i = 0; i < runs_.all.size(); ++i) {
            flake_trial* trial = moved_by(runs_.all[i]);
            if (trial == nullptr) continue;
            // Without new runs it is no more than a guess.
            trial->moved = with[i].runs.runs != 0 && without[i].runs.runs != 0 &&
                           is_confirmed(*trial, runs_.all[i].baseline, with[i], without[i]);
            trial->runs += with[i].runs.runs;
            trial->failures += with[i].runs.failures;
            trial->without.add(without[i].runs);
            if (trial->moved) runs_.all[i].confirmed.push_back(text);
        }
    }

    void add(vector<retrial>& to, const vector<run_counts>& more, bool by_worker) const {
        for (std::size_t i = 0; i < to.size(); ++i)
            if (more[i].runs != 0) to[i].add(more[i], by_worker ? runs_.by_worker(i) : nullopt);
    }

    session_runner& with_;
    const flake_hunt& hunt_;
    suspect_runs& runs_;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
