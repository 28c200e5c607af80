#include <doctest/doctest.h>
#include <cordon/engine/select/retry.hpp>

#include <utility>

using namespace cordon::engine;
using select::attempt_summary;
using endings = vector<ending>;

namespace {

vector<attempt_summary> attempts_of(const endings& hows, std::uint64_t failed_assertions = 1) {
    vector<attempt_summary> attempts;
    for (ending how : hows) {
        const std::uint64_t failed = how == ending::failed ? failed_assertions : 0;
        attempts.push_back({how, failed, "of " + std::string(name_of(how)), false});
    }
    return attempts;
}

retry_causes only(std::initializer_list<retry_class> classes) {
    retry_causes causes;
    for (const retry_class each : classes)
        causes.classes[static_cast<std::size_t>(each)] = true;
    return causes;
}

/// Endings that a pass makes up for by default, and that are what ended their process.
const endings forgiven = {ending::failed, ending::timed_out, ending::over_limit};
const endings unforgiven = {ending::crashed, ending::exited, ending::exit_failure, ending::leaked};

const endings failing = {ending::failed, ending::crashed,      ending::timed_out, ending::exited,
                         ending::leaked, ending::exit_failure, ending::over_limit};

verdict verdict_on(const test_info& test, const endings& hows) { return select::judge(test, attempts_of(hows)).what; }

}  // namespace

TEST_CASE("a plain test") {
    const test_info plain;
    CHECK(verdict_on(plain, {ending::passed}) == verdict::passed);
    CHECK(verdict_on(plain, {ending::skipped}) == verdict::skipped);
    CHECK(verdict_on(plain, {ending::lost}) == verdict::lost);
    CHECK(verdict_on(plain, {ending::lost, ending::lost}) == verdict::lost);
    CHECK(verdict_on(plain, {ending::lost, ending::passed}) == verdict::passed);
    CHECK(verdict_on(plain, {ending::failed, ending::lost}) == verdict::failed);
    for (ending how : failing) {
        CHECK(verdict_on(plain, {how}) == verdict::failed);
        CHECK(verdict_on(plain, {how, how}) == verdict::failed);
        CHECK(verdict_on(plain, {how, ending::skipped}) == verdict::failed);
    }
    for (ending how : forgiven) {
        CHECK(verdict_on(plain, {how, ending::passed}) == verdict::flaky);
        CHECK(verdict_on(plain, {how, ending::lost, ending::passed}) == verdict::flaky);
    }
    for (ending how : unforgiven) {
        CHECK(verdict_on(plain, {how, ending::passed}) == verdict::failed);
        CHECK(verdict_on(plain, {ending::failed, how, ending::failed, ending::passed}) == verdict::failed);
    }
}

TEST_CASE("reasons") {
    const test_info plain;
    CHECK(select::judge(plain, attempts_of({ending::skipped})).reason == "of skipped");
    CHECK(select::judge(plain, attempts_of({ending::lost})).reason == "of lost");
    CHECK(select::judge(plain, attempts_of({ending::over_limit})).reason == "of over_limit");
    CHECK(select::judge(plain, attempts_of({ending::over_limit, ending::skipped})).reason == "of over_limit");
    CHECK(select::judge(plain, attempts_of({ending::failed, ending::failed, ending::passed})).reason ==
          "failed 2 of 3 attempts");
}

TEST_CASE("a pass makes up for what --retry-on names") {
    const test_info plain;
    for (ending how : failing) {
        const retry_causes named = only({retry_class_of(how)});
        const auto judged = [&](const endings& hows) { return select::judge(plain, attempts_of(hows), named).what; };
        CHECK(judged({how, ending::passed}) == verdict::flaky);
        CHECK(judged({how, how, ending::passed}) == verdict::flaky);
        CHECK(judged({how, how}) == verdict::failed);
    }
    const select::verdict_decision told = select::judge(plain, attempts_of({ending::crashed, ending::passed}));
    CHECK(told.reason == "crashed, then passed in attempt 2: counts as a pass only with --retry-on=crash");
    CHECK(select::judge(plain, attempts_of({ending::exit_failure, ending::passed})).reason ==
          "exit_failure, then passed in attempt 2: counts as a pass only with --retry-on=exit");
}

TEST_CASE("tests that are never started") {
    test_info test;
    CHECK(verdict_on(test, {}) == verdict::not_run);
    CHECK_FALSE(select::is_never_started(test));
    test.todo = "later";
    CHECK(select::is_never_started(test));
    CHECK(verdict_on(test, {}) == verdict::todo);
    CHECK(select::judge(test, {}).reason == "later");
    test.skip = "broken here";
    CHECK(verdict_on(test, {}) == verdict::skipped);
    CHECK(select::judge(test, {}).reason == "broken here");
}

TEST_CASE("should_fail and may_fail") {
    test_info should, may;
    should.should_fail = true;
    may.may_fail = true;
    for (ending how : failing) {
        CHECK(verdict_on(should, {how}) == verdict::known_failure);
        CHECK(verdict_on(may, {how}) == verdict::known_failure);
    }
    CHECK(verdict_on(should, {ending::passed}) == verdict::unexpected_pass);
    CHECK(verdict_on(may, {ending::passed}) == verdict::passed);
    CHECK(verdict_on(should, {ending::skipped}) == verdict::skipped);
    CHECK(verdict_on(should, {ending::lost}) == verdict::lost);
}

TEST_CASE("expected_failures counts failed assertions") {
    test_info test;
    test.expected_failures = 2;
    const auto judged = [&test](ending how, std::uint64_t failed) {
        return select::judge(test, attempts_of({how}, failed));
    };
    CHECK(judged(ending::failed, 2).what == verdict::known_failure);
    CHECK(judged(ending::failed, 1).what == verdict::failed);
    CHECK(judged(ending::failed, 3).what == verdict::failed);
    CHECK(judged(ending::failed, 3).reason == "expected 2 failed assertions, saw 3");
    CHECK(judged(ending::crashed, 0).what == verdict::failed);
    CHECK(judged(ending::crashed, 0).reason == "expected 2 failed assertions, but it ended as crashed");
    attempt_result exact;
    exact.how = ending::failed;
    exact.failed_assertions = 2;
    exact.exit_code = 0;
    CHECK(select::judge(test, {select::summary_of(exact)}).what == verdict::known_failure);
    for (const int bad : {0, 1, 2}) {
        attempt_result worse = exact;
        if (bad == 0) worse.signal = 6;
        if (bad == 1) worse.exit_code = 3;
        if (bad == 2) worse.exit_cut_short = true;
        const select::verdict_decision decision = select::judge(test, {select::summary_of(worse)});
        CHECK(decision.what == verdict::failed);
        CHECK(decision.reason == "expected 2 failed assertions, but then its process ended badly");
    }
    CHECK(judged(ending::passed, 0).what == verdict::unexpected_pass);
    CHECK(judged(ending::passed, 0).reason == "expected 2 failed assertions, but it passed");
}

TEST_CASE("quarantine takes in whatever speaks against the test") {
    test_info test;
    test.quarantine = "#12";
    CHECK(select::judge(test, attempts_of({ending::crashed})).what == verdict::quarantined);
    CHECK(select::judge(test, attempts_of({ending::crashed})).reason == "#12");
    CHECK(verdict_on(test, {ending::failed, ending::passed}) == verdict::quarantined);
    CHECK(verdict_on(test, {ending::passed}) == verdict::passed);
    CHECK(verdict_on(test, {ending::skipped}) == verdict::skipped);
    CHECK(verdict_on(test, {ending::lost}) == verdict::lost);
    test.should_fail = true;
    CHECK(verdict_on(test, {ending::passed}) == verdict::quarantined);
    CHECK(verdict_on(test, {ending::failed}) == verdict::known_failure);
}

TEST_CASE("who gets another attempt") {
    struct row {
        endings hows;
        std::uint32_t retries;
        bool again;
    };
    const row rows[] = {
        {{}, 3, false},
        {{ending::passed}, 3, false},
        {{ending::skipped}, 3, false},
        {{ending::failed}, 0, false},
        {{ending::failed}, 1, true},
        {{ending::crashed}, 1, true},
        {{ending::exited}, 1, true},
        {{ending::over_limit}, 1, true},
        {{ending::failed, ending::failed}, 1, false},
        {{ending::failed, ending::failed}, 2, true},
        {{ending::failed, ending::crashed, ending::failed}, 3, true},
        {{ending::failed, ending::crashed, ending::failed}, 2, false},
        {{ending::failed, ending::passed}, 5, false},
        {{ending::failed, ending::skipped}, 5, false},
        // a timeout once
        {{ending::timed_out}, 1, true},
        {{ending::timed_out, ending::timed_out}, 5, false},
        {{ending::timed_out, ending::failed}, 5, true},
        {{ending::timed_out, ending::failed, ending::timed_out}, 5, false},
        // the first lost attempt is repeated in any case and uses nothing up
        {{ending::lost, ending::failed}, 1, true},
        {{ending::lost, ending::failed}, 0, false},
        {{ending::lost, ending::lost}, 0, false},
        {{ending::lost, ending::lost}, 1, true},
        {{ending::lost, ending::lost, ending::lost}, 1, false},
        {{ending::lost, ending::lost, ending::failed}, 1, false},
        {{ending::lost, ending::lost, ending::failed}, 2, true},
    };
    for (const row& each : rows) {
        CAPTURE(each.retries);
        CAPTURE(each.hows.size());
        CHECK(select::is_retried({}, attempts_of(each.hows), each.retries) == each.again);
    }
    test_info declared, quarantined;
    declared.should_fail = true;
    quarantined.quarantine = "#1";
    CHECK_FALSE(select::is_retried(declared, attempts_of({ending::failed}), 3));
    CHECK_FALSE(select::is_retried(quarantined, attempts_of({ending::failed}), 3));
}

TEST_CASE("what --retry-on names is tried again without reserve, and nothing else") {
    const endings all = {ending::failed, ending::crashed,      ending::timed_out,  ending::exited,
                         ending::leaked, ending::exit_failure, ending::over_limit, ending::lost};
    for (ending named : all) {
        const retry_causes causes = only({retry_class_of(named)});
        for (ending how : all) {
            CAPTURE(std::string(name_of(named)));
            CAPTURE(std::string(name_of(how)));
            const bool same = retry_class_of(named) == retry_class_of(how);
            CHECK(select::is_retried({}, attempts_of({how}), 3, causes) == same);
            CHECK(select::is_retried({}, attempts_of({how, how, how}), 3, causes) == same);
            CHECK_FALSE(select::is_retried({}, attempts_of({how, how, how, how, how}), 3, causes));
        }
    }
}

TEST_CASE("a message that was named gives any attempt its retry") {
    retry_causes causes;
    causes.messages = {"refused"};
    vector<attempt_summary> attempts = attempts_of({ending::crashed});
    CHECK_FALSE(select::is_retried({}, attempts, 1, causes));
    attempts.back().named = true;
    CHECK(select::is_retried({}, attempts, 1, causes));
    attempts.push_back({ending::passed, 0, "", false});
    CHECK(select::judge({}, attempts, causes).what == verdict::flaky);
}

TEST_CASE("a summary keeps what the verdict needs") {
    attempt_result attempt;
    attempt.how = ending::over_limit;
    attempt.failed_assertions = 4;
    attempt.reason = "output";
    const attempt_summary summary = select::summary_of(attempt);
    CHECK(summary.how == ending::over_limit);
    CHECK(summary.failed_assertions == 4);
    CHECK(summary.reason == "output");
}
