#pragma once

#include <cordon/api/config.hpp>
#include <cordon/engine/analysis/fixed_runs.hpp>
#include <cordon/engine/analysis/session_runner.hpp>
#include <cordon/engine/base/optional.hpp>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/model/event.hpp>
#include <cordon/engine/select/retry.hpp>
#include <cordon/engine/text/repeated_runs.hpp>

#include <algorithm>
#include <utility>

CORDON_CHEAP_BEGIN

namespace cordon::engine::analysis {

/// Between a run with shared processes and its reports. At its end the failed tests, including those that a retry made
/// pass, are run in their own processes. Those that pass there failed because of others, and the user learns how to
/// find them. The time is limited, even for tests that hang there too.
class shared_process_check final : public sink {
  public:
    explicit shared_process_check(sink& out) : out_(out) {}

    void on(const event& happened) override {
        if (const auto* end = happened.get_if<run_finished>()) {
            end_.emplace(*end);
            return;
        }
        if (const auto* ended = happened.get_if<attempt_ended>()) last_ = ended->result.how;
        const auto* finished = happened.get_if<test_finished>();
        // A test is settled right after its last attempt. A lost test says nothing about others, and an unexpected pass
        // is not a failure of the test itself.
        const bool failed = finished != nullptr && finished->what == verdict::failed && last_ != ending::lost &&
                            last_ != ending::passed;
        const bool recovered = finished != nullptr && finished->what == verdict::flaky;
        if (failed || recovered) failed_.push_back(finished->test);
        if (recovered) recovered_.push_back(finished->test);
        out_.on(happened);
    }

    /// Passes on the end of the run, after messages about these tests.
    void conclude(session_runner& with) {
        if (!end_) return;
        if (end_->cancelled_by == 0 && !end_->in_trouble) look_at_failed(with);
        end_->took = std::max(end_->took, duration{0});
        out_.on(*end_);
    }

    /// The time limit of a run alone.
    static duration bounded(duration timeout) { return timeout > duration{0} ? std::min(timeout, limit) : limit; }

  private:
    struct nowhere final : sink {
        void on(const event&) override {}
    };

    static constexpr std::size_t most = 20;
    static constexpr std::uint32_t tries = 3;
    static constexpr std::uint32_t first_number = 2;               // of the runs
    static constexpr duration longest = std::chrono::seconds(20);  // no run begins after this time
    static constexpr duration limit = std::chrono::seconds(5);     // of one

    // Tests with a longer time limit of their own are not examined: the run's limit can be lowered, their own cannot.
    static bool ends_soon(const test_info& test) {
        return !test.timeout || (*test.timeout > duration{0} && *test.timeout <= limit);
    }

    void look_at_failed(session_runner& with) {
        const auto hangs_long = [&with](std::size_t test) { return !ends_soon(with.list().tests[test]); };
        failed_.erase(std::remove_if(failed_.begin(), failed_.end(), hangs_long), failed_.end());
        if (failed_.size() > most) failed_.resize(most);
        const instant end = with.now() + longest;
        vector<std::size_t> pass_alone = failed_;
        // One run after another: a test that fails alone, or even hangs, needs no second run.
        for (std::uint32_t i = 0; i < tries; ++i)
            pass_alone = those_that_pass(with, pass_alone, first_number + i, end);
        for (const std::size_t test : pass_alone) {
            // A test that both passes and fails may do so by itself, and may pass three times by luck.
            const bool sure = std::find(recovered_.begin(), recovered_.end(), test) == recovered_.end();
            out_.on(notice{notice::level::warning,
                           text::passes_alone_in_words(with.program(), with.list().tests[test], sure)});
        }
    }

    static vector<std::size_t> those_that_pass(session_runner& with, const vector<std::size_t>& tests,
                                               std::uint32_t number, instant end) {
        nowhere ignored;  // notices were already reported in the run
        fixed_runs alone(with.list(), ignored, number);
        for (const std::size_t test : tests) {
            vector<run::planned_run> run(1);
            run.front().test = test;
            run.front().mode = isolate::shard;
            run.front().fresh = true;
            alone.add_turn(test, std::move(run));
        }
        alone.end_at(end);
        with.run(alone.tests(), alone);
        vector<std::size_t> passed;
        for (std::size_t i = 0; i < tests.size(); ++i) {
            if (alone[i].ran && !alone[i].failed) passed.push_back(tests[i]);
        }
        return passed;
    }

    sink& out_;
    optional<run_finished> end_;
    vector<std::size_t> failed_;
    vector<std::size_t> recovered_;  // those that a retry made pass
    ending last_ = ending::passed;
};

}  // namespace cordon::engine::analysis

CORDON_CHEAP_END
