#pragma once

#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/text.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/model/options.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>

namespace cordon::engine {

/// Says why a test, or the run, fails although no verdict alone says so. It comes before all reports and the exit code,
/// which use its result, so they cannot contradict each other.
class run_judge {
  public:
    /// For a recording, the options of the replay win over the recorded ones.
    void judge_by(const options& chosen) { chosen_ = &chosen; }

    /// Returns the event as reports should see it; nothing if that is the event itself.
    optional<event> judged(const event& happened) {
        if (const auto* finished = happened.get_if<test_finished>()) return test(*finished);
        if (const auto* flake = happened.get_if<flake_found>()) {
            if (flake->what.failures != 0) rates_.push_back({flake->what.test, flake->what.rate()});
        } else if (const auto* run = happened.get_if<run_started>()) {
            return begin(*run);
        } else if (const auto* end = happened.get_if<run_finished>()) {
            return whole(*end);
        }
        return nullopt;
    }

  private:
    struct rate {
        std::size_t test;
        double of_failures;
    };

    optional<event> begin(const run_started& run) {
        policy_ = run.info.flaky;
        threshold_ = run.info.flake_threshold;
        new_ones_fail_ = run.info.new_flakes_fail;
        unfinished_ = run.selected.size();
        if (chosen_ == nullptr) return nullopt;
        run_started told(run);
        if (chosen_->flaky_given) told.info.flaky = policy_ = chosen_->flaky;
        if (chosen_->flake_threshold_given) told.info.flake_threshold = threshold_ = chosen_->flake_threshold;
        told.info.remembers = false;  // this is the history of the recording machine
        return event(std::move(told));
    }

    optional<event> test(const test_finished& finished) {
        if (unfinished_ != 0) --unfinished_;
        if (finished.what == verdict::not_run) ++not_run_;
        std::string why = finished.what == verdict::flaky ? why_flaky(finished) : std::string();
        if (why == finished.against) return nullopt;
        test_finished told(finished);
        told.against = std::move(why);
        return event(std::move(told));
    }

    /// A test that is known to be flaky only because a retry passed has no rate.
    std::string why_flaky(const test_finished& finished) const {
        if (policy_ == flaky_policy::fail) return "this fails the run (--flaky=fail)";
        if (new_ones_fail_) {
            const bool is_known = finished.earlier && finished.earlier->mixed;
            return is_known ? std::string() : "this fails the run (--flaky-new=fail: it was not known as flaky)";
        }
        if (policy_ == flaky_policy::pass) return {};
        for (const rate& each : rates_) {
            if (each.test == finished.test && each.of_failures > threshold_)
                return "this fails the run (" +
                       (threshold_ > 0 ? "over --flake-threshold" : std::string("unless --flaky=pass")) + ")";
        }
        return {};
    }

    optional<event> whole(const run_finished& end) const {
        std::string why = why_no_success(end);
        if (why == end.against) return nullopt;
        run_finished told(end);
        told.against = std::move(why);
        return event(std::move(told));
    }

    std::string why_no_success(const run_finished& end) const {
        const std::uint64_t missing = not_run_ + unfinished_;
        if (end.cancelled_by == 0 && !end.in_trouble && missing == 0) return {};
        std::string why = end.stopped_because;
        if (why.empty() && end.cancelled_by != 0) why = "cancelled";
        if (why.empty() && end.in_trouble) why = "cordon could not do all of its work";
        if (missing == 0) return why;
        if (!why.empty()) why += "; ";
        return why + counted(missing) +
               (missing == 1 ? " test was not run to its end" : " tests were not run to their end");
    }

    const options* chosen_ = nullptr;
    flaky_policy policy_ = flaky_policy::warn;
    double threshold_ = 0;
    bool new_ones_fail_ = false;
    vector<rate> rates_;  // of tests that failed in some of their repeated runs
    std::uint64_t unfinished_ = 0;
    std::uint64_t not_run_ = 0;
};

}  // namespace cordon::engine
