#include <doctest/doctest.h>
#include <cordon/engine/base/vector.hpp>
#include <cordon/engine/run/results.hpp>

#include <string>
#include <variant>

using namespace cordon::engine;
using run::results;
using next = results::next;

namespace {

struct fixture : sink {
    explicit fixture(std::uint32_t retries = 0, std::size_t tests = 3, retry_causes causes = {}) {
        list.tests.resize(tests);
        chosen.retries = retries;
        chosen.retry_on = causes;
        made.emplace(list, chosen, cordon::isolate::fork, tests, *this);
    }

    void on(const event& happened) override {
        if (const attempt_ended* each = happened.get_if<attempt_ended>()) attempts.push_back(each->result);
        if (const test_finished* each = happened.get_if<test_finished>()) finished.push_back(*each);
        if (const notice* each = happened.get_if<notice>()) notices.push_back(each->text);
    }

    next record(std::size_t test, ending how) {
        attempt_result result;
        result.test = test;
        result.how = how;
        result.reason = std::string(name_of(how)) + " it was";
        result.usage.max_rss_bytes = 100 * (attempts.size() + 1);
        return made->record(std::move(result));
    }

    test_list list;
    options chosen;
    vector<attempt_result> attempts;
    vector<test_finished> finished;
    vector<std::string> notices;
    cordon::engine::optional<results> made;
};

}  // namespace

TEST_CASE("a pass settles a test, and is passed on before the verdict") {
    fixture f;
    CHECK(f.made->next_attempt(0) == 1);
    CHECK(f.made->most_attempts(0) == 1);
    CHECK(f.record(0, ending::passed) == next::settled);
    CHECK(f.attempts.size() == 1);
    REQUIRE(f.finished.size() == 1);
    CHECK(f.finished[0].what == verdict::passed);
    CHECK(f.made->is_settled(0));
    CHECK_FALSE(f.made->is_settled(1));
    CHECK(f.made->settled() == 1);
    CHECK(f.made->failed() == 0);
}

TEST_CASE("failures are tried again as often as the settings say") {
    fixture f(2);
    CHECK(f.made->most_attempts(0) == 3);
    CHECK(f.record(0, ending::failed) == next::retry);
    CHECK(f.made->next_attempt(0) == 2);
    CHECK(f.record(0, ending::crashed) == next::retry);
    CHECK(f.record(0, ending::failed) == next::settled);
    CHECK(f.finished.back().what == verdict::failed);
    CHECK(f.made->failed() == 1);

    CHECK(f.record(1, ending::timed_out) == next::retry);
    CHECK(f.record(1, ending::passed) == next::settled);
    CHECK(f.finished.back().what == verdict::flaky);
    CHECK(f.finished.back().reason == "failed 1 of 2 attempts");
    CHECK(f.made->failed() == 1);
}

TEST_CASE("a lost attempt is repeated once and is no verdict's business") {
    fixture f;
    CHECK(f.record(0, ending::lost) == next::repeat);
    CHECK(f.made->next_attempt(0) == 2);
    CHECK(f.made->most_attempts(0) == 2);
    CHECK(f.record(0, ending::passed) == next::settled);
    CHECK(f.finished.back().what == verdict::passed);

    CHECK(f.record(1, ending::lost) == next::repeat);
    CHECK(f.record(1, ending::lost) == next::settled);
    CHECK(f.finished.back().what == verdict::lost);
    CHECK(f.finished.back().reason == "lost it was");
    CHECK(f.made->failed() == 1);

    CHECK(f.record(2, ending::lost) == next::repeat);
    CHECK(f.record(2, ending::failed) == next::settled);
    CHECK(f.finished.back().what == verdict::failed);
}

TEST_CASE("with retries, an attempt that is lost again uses one up") {
    fixture f(1);
    CHECK(f.record(0, ending::lost) == next::repeat);
    CHECK(f.record(0, ending::lost) == next::retry);
    CHECK(f.record(0, ending::lost) == next::settled);
    CHECK(f.finished.back().what == verdict::lost);
}

TEST_CASE("the retry budget is a circuit breaker that says when it has tripped") {
    fixture f(3, 50);  // at least 10
    for (std::size_t test = 0; test < 10; ++test)
        CHECK(f.record(test, ending::failed) == next::retry);
    CHECK(f.notices.empty());
    CHECK(f.record(10, ending::passed) == next::settled);
    CHECK(f.record(11, ending::failed) == next::settled);
    REQUIRE(f.notices.size() == 1);
    CHECK(f.notices[0].find("the retry budget of 10 is used up") == 0);
    CHECK(f.finished.back().what == verdict::failed);
    CHECK(f.finished.back().reason == "failed it was; not retried: the retry budget of 10 is used up");
    CHECK(f.record(12, ending::crashed) == next::settled);
    CHECK(f.notices.size() == 1);
    // What was granted stays granted.
    CHECK(f.record(0, ending::passed) == next::settled);
    CHECK(f.finished.back().what == verdict::flaky);
    CHECK(f.record(1, ending::failed) == next::settled);
    // Attempts that cordon itself has lost are repeated all the same.
    CHECK(f.record(13, ending::lost) == next::repeat);
}

TEST_CASE("what failures say can be named") {
    retry_causes causes;
    causes.messages = {"connection (refused|reset)", "errno 1[12]$"};
    fixture f(1, 6, causes);
    const auto attempt = [&f](std::size_t test, auto change) {
        attempt_result result;
        result.test = test;
        result.how = ending::failed;
        result.failures.emplace_back();
        change(result);
        return f.made->record(std::move(result));
    };
    CHECK(attempt(0, [](attempt_result& r) { r.failures[0].message = "the connection reset"; }) == next::retry);
    CHECK(attempt(1, [](attempt_result& r) { r.failures[0].message = "no such file"; }) == next::settled);
    CHECK(attempt(2, [](attempt_result& r) { r.failures[0].left = "errno 11"; }) == next::retry);
    CHECK(attempt(3, [](attempt_result& r) {
              r.how = ending::crashed;
              r.output.pieces.push_back({stream::err, "first\nerrno 12\nlast\n", 0});
          }) == next::retry);
    CHECK(attempt(4, [](attempt_result& r) { r.failures[0].expression = "errno 13"; }) == next::settled);
    CHECK(attempt(5, [](attempt_result& r) { r.reason = "connection refused"; }) == next::retry);
    CHECK(f.record(3, ending::passed) == next::settled);
    CHECK(f.finished.back().what == verdict::flaky);
}

TEST_CASE("a verdict is given once") {
    fixture f;
    f.made->settle(0, {verdict::skipped, "why"});
    f.made->settle(0, {verdict::failed, "no"});
    f.made->settle_unfinished(0, "over");
    REQUIRE(f.finished.size() == 1);
    CHECK(f.finished[0].what == verdict::skipped);
    CHECK(f.made->failed() == 0);
}

TEST_CASE("when the run ends early, attempts that there were decide") {
    fixture f(5);
    CHECK(f.record(0, ending::failed) == next::retry);
    f.made->settle_unfinished(0, "cancelled");
    f.made->settle_unfinished(1, "cancelled");
    REQUIRE(f.finished.size() == 2);
    CHECK(f.finished[0].what == verdict::failed);
    CHECK(f.finished[1].what == verdict::not_run);
    CHECK(f.finished[1].reason == "cancelled");
}

TEST_CASE("the largest process of all is remembered") {
    fixture f;
    f.record(0, ending::passed);
    f.record(1, ending::passed);
    CHECK(f.made->peak_rss() == 200);
}
