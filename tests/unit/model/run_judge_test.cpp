#include <doctest/doctest.h>

#include <cordon/engine/model/run_judge.hpp>

#include <string>
#include <tuple>

using namespace cordon::engine;

namespace {

/// What a judge says of the events of a small run.
class small_run {
  public:
    explicit small_run(flaky_policy policy, double threshold = 0, std::size_t tests = 1) {
        run_started start;
        start.info.flaky = policy;
        start.info.flake_threshold = threshold;
        start.info.remembers = true;
        for (std::size_t i = 0; i < tests; ++i)
            start.selected.push_back(i);
        start_ = start;
    }

    run_judge judge;

    run_started begin() {
        const optional<event> told = judge.judged(start_);
        return told ? *told->get_if<run_started>() : start_;
    }
    void repeated(std::size_t test, std::uint64_t runs, std::uint64_t failures) {
        flake_summary found;
        found.test = test;
        found.runs = runs;
        found.failures = failures;
        CHECK_FALSE(judge.judged(flake_found{found}));
    }
    std::string against(std::size_t test, verdict what) {
        const optional<event> told = judge.judged(test_finished{test, what, {}});
        return told ? told->get_if<test_finished>()->against : std::string();
    }
    std::string end(run_finished how = {}) {
        const optional<event> told = judge.judged(how);
        return told ? told->get_if<run_finished>()->against : std::string();
    }

  private:
    run_started start_;
};

}  // namespace

TEST_CASE("a flaky test fails the run as the policy says") {
    small_run fails(flaky_policy::fail), warns(flaky_policy::warn), passes(flaky_policy::pass);
    for (small_run* each : {&fails, &warns, &passes})
        each->begin();
    CHECK(fails.against(0, verdict::flaky) == "this fails the run (--flaky=fail)");
    CHECK(warns.against(0, verdict::flaky) == "");
    CHECK(passes.against(0, verdict::flaky) == "");
    for (const verdict other :
         {verdict::passed, verdict::failed, verdict::quarantined, verdict::known_failure, verdict::lost})
        CHECK(fails.against(0, other) == "");
}

TEST_CASE("only a flaky test that the history does not know as flaky fails the run") {
    const auto against = [](flaky_policy policy, bool is_known, bool has_history) {
        run_started start;
        start.info.flaky = policy;
        start.info.new_flakes_fail = true;
        start.selected.push_back(0);
        test_finished finished{0, verdict::flaky, {}};
        if (has_history) finished.earlier = test_past();
        if (is_known) finished.earlier->mixed = true;
        run_judge judge;
        judge.judged(start);
        flake_summary found;
        found.runs = 20;
        found.failures = 10;
        judge.judged(flake_found{found});
        const optional<event> told = judge.judged(finished);
        return told ? told->get_if<test_finished>()->against : std::string();
    };
    const std::string is_new = "this fails the run (--flaky-new=fail: it was not known as flaky)";
    CHECK(against(flaky_policy::warn, true, true) == "");
    CHECK(against(flaky_policy::warn, false, true) == is_new);
    CHECK(against(flaky_policy::warn, false, false) == is_new);
    CHECK(against(flaky_policy::pass, false, true) == is_new);
    CHECK(against(flaky_policy::fail, true, true) == "this fails the run (--flaky=fail)");
}

TEST_CASE("a rate fails the run if it is over the threshold") {
    for (const auto& [policy, threshold, fails] :
         {std::tuple(flaky_policy::warn, 0.0, true), std::tuple(flaky_policy::warn, 0.1, true),
          std::tuple(flaky_policy::warn, 0.5, false), std::tuple(flaky_policy::pass, 0.0, false),
          std::tuple(flaky_policy::fail, 0.9, true)}) {
        small_run run(policy, threshold, 2);
        run.begin();
        run.repeated(0, 10, 5);
        run.repeated(1, 10, 0);
        CHECK_FALSE(run.against(0, verdict::flaky).empty() == fails);
        CHECK(run.against(1, verdict::flaky).empty() == (policy != flaky_policy::fail));
    }
}

TEST_CASE("a run as a whole is no success if it was cancelled, in trouble, or without some of its tests") {
    const auto end_of = [](run_finished how, verdict second) {
        small_run run(flaky_policy::warn, 0, 3);
        run.begin();
        run.against(0, verdict::passed);
        run.against(1, second);
        if (second != verdict::todo) run.against(2, verdict::passed);
        return run.end(how);
    };
    run_finished cancelled, trouble, stopped;
    cancelled.cancelled_by = 2;
    cancelled.stopped_because = "cancelled by SIGINT";
    trouble.in_trouble = true;
    stopped.stopped_because = "stopped after 1 failure (--fail-fast)";
    CHECK(end_of({}, verdict::failed) == "");
    CHECK(end_of(stopped, verdict::failed) == "");
    CHECK(end_of({}, verdict::not_run) == "1 test was not run to its end");
    CHECK(end_of({}, verdict::todo) == "1 test was not run to its end");  // one has no verdict
    CHECK(end_of(stopped, verdict::not_run) == "stopped after 1 failure (--fail-fast); 1 test was not run to its end");
    CHECK(end_of(cancelled, verdict::passed) == "cancelled by SIGINT");
    CHECK(end_of(trouble, verdict::passed) == "cordon could not do all of its work");
}

TEST_CASE("what is chosen for a replay wins over what was recorded, and what is not chosen does not") {
    options chosen;
    small_run recorded(flaky_policy::fail, 0.2);
    recorded.judge.judge_by(chosen);
    const run_started as_it_was = recorded.begin();
    CHECK(as_it_was.info.flaky == flaky_policy::fail);
    CHECK(as_it_was.info.flake_threshold == 0.2);
    CHECK_FALSE(as_it_was.info.remembers);
    CHECK_FALSE(recorded.against(0, verdict::flaky).empty());
    chosen.flaky = flaky_policy::pass;
    chosen.flaky_given = true;
    CHECK(recorded.begin().info.flaky == flaky_policy::pass);
    CHECK(recorded.against(0, verdict::flaky).empty());
}
