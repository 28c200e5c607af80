#include <doctest/doctest.h>

#include <cordon/engine/report/tally.hpp>

#include "scripted_run.hpp"

using namespace scripted;
using report::tally;

namespace {

tally counted_run(const run& script, std::size_t slowest = 3) {
    tally counts(slowest);
    for (const event& happened : script.events) {
        counts.on(happened);
    }
    return counts;
}

}  // namespace

TEST_CASE("every test is counted once, under its verdict") {
    const tally counts = counted_run(of_everything());
    CHECK(counts.selected() == 16);
    CHECK(counts.finished() == 16);
    CHECK(counts.count(verdict::passed) == 2);
    CHECK(counts.count(verdict::failed) == 7);
    CHECK(counts.count(verdict::flaky) == 1);
    CHECK(counts.count(verdict::lost) == 1);
    CHECK(counts.failed() == 8);
    CHECK(counts.assertions() == 45);
    CHECK(counts.failed_assertions() == 6);
    CHECK(counts.attempts() == 15);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < verdict_count; ++i) {
        sum += counts.count(static_cast<verdict>(i));
    }
    CHECK(sum == counts.selected());
}

TEST_CASE("tests that never got a verdict were not run") {
    run script;
    for (int i = 0; i < 5; ++i) {
        script.add("", "test");
    }
    script.start();
    script.pass(0, ms(1));
    CHECK(counted_run(script).count(verdict::not_run) == 0);
    script.finish(ms(5), 15, "");
    const tally counts = counted_run(script);
    CHECK(counts.count(verdict::not_run) == 4);
    CHECK(counts.cancelled_by() == 15);
}

TEST_CASE("how much longer it takes follows from earlier runs and from this one") {
    run script;
    for (int i = 0; i < 4; ++i)
        script.add("", "test");
    script.start();
    CHECK_FALSE(counted_run(script).time_left(ms(0)));
    run_started& start = *script.events[0].get_if<run_started>();
    start.info.jobs = 2;
    start.expected = {ms(10'000), ms(20'000), ms(30'000), ms(40'000)};
    CHECK(counted_run(script).time_left(ms(0)) == std::chrono::seconds(50));
    CHECK(counted_run(script).time_left(ms(3'000)) == std::chrono::seconds(47));
    const auto end = [&script](std::size_t test, int took) {
        attempt_result made = run::attempt(test, ending::passed, ms(took));
        made.started = duration{};
        script.end(made);
        script.verdict_is(test, verdict::passed);
    };
    end(0, 10'000);
    end(2, 30'000);
    // One test alone takes as long as it takes.
    CHECK(counted_run(script).time_left(ms(30'000)) == std::chrono::seconds(40));
    CHECK(counted_run(script).time_left(ms(31'000)) == std::chrono::seconds(39));
    // Twice as slow as it used to be.
    end(1, 80'000);
    const duration left = counted_run(script).time_left(ms(80'000)).value();
    CHECK(left > ms(78'000));
    CHECK(left < ms(80'001));
    end(3, 1);
    CHECK(counted_run(script).time_left(ms(99'000)) == duration::zero());
}

TEST_CASE("retries are counted by what they followed on") {
    run script;
    for (int i = 0; i < 4; ++i)
        script.add("", "test");
    script.start();
    const auto attempt = [&script](std::size_t test, std::uint32_t number, ending how) {
        attempt_result made = run::attempt(test, how, ms(1));
        made.number = number;
        script.end(made);
    };
    attempt(0, 1, ending::failed);
    attempt(1, 1, ending::timed_out);
    attempt(2, 1, ending::crashed);
    attempt(3, 1, ending::lost);
    attempt(0, 2, ending::crashed);
    attempt(1, 2, ending::passed);
    attempt(2, 2, ending::passed);
    attempt(3, 2, ending::passed);
    attempt(0, 3, ending::failed);
    script.verdict_is(0, verdict::failed);
    script.verdict_is(1, verdict::flaky);
    script.verdict_is(2, verdict::failed);
    script.verdict_is(3, verdict::passed);
    script.finish(ms(9));
    const tally counts = counted_run(script);
    const report::retry_figures& tried = counts.retries();
    CHECK(tried.tests == 4);
    CHECK(tried.all.retries == 5);
    CHECK(tried.all.recovered == 2);
    const auto row = [&tried](retry_class which) {
        const report::retry_figures::row& of = tried.by_class[static_cast<std::size_t>(which)];
        return std::to_string(of.retries) + " " + std::to_string(of.recovered);
    };
    CHECK(row(retry_class::fail) == "1 0");
    CHECK(row(retry_class::crash) == "2 0");
    CHECK(row(retry_class::timeout) == "1 1");
    CHECK(row(retry_class::exit) == "0 0");
    CHECK(row(retry_class::lost) == "1 1");
}

TEST_CASE("what went wrong is noted with its place") {
    const tally counts = counted_run(of_everything());
    REQUIRE(counts.noted().size() == 11);
    const report::noted_test& first = counts.noted()[0];
    CHECK(first.test == 1);
    CHECK(first.what == verdict::failed);
    CHECK(first.file == "tests/sample.cpp");
    CHECK(first.line == 21);
    const report::noted_test& crash = counts.noted()[4];
    CHECK(crash.how == ending::crashed);
    CHECK(crash.file.empty());
    const report::noted_test& flaky = counts.noted()[7];
    CHECK(flaky.what == verdict::flaky);
    CHECK(flaky.how == ending::failed);
    CHECK(flaky.took == ms(42));
    CHECK(counts.noted()[9].how == ending::passed);
    CHECK(counts.noted()[10].reason == "the worker could not be started: too many open files");
}

TEST_CASE("the slowest tests, slowest first") {
    run script;
    for (int i = 0; i < 100; ++i) {
        script.add("", "test");
    }
    script.start();
    for (std::size_t i = 0; i < 100; ++i) {
        script.pass(i, us((i * 37) % 100));
    }
    script.finish(ms(5));
    const cordon::engine::vector<report::timed_test> slowest = counted_run(script, 4).slowest();
    REQUIRE(slowest.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
        CHECK(slowest[i].took == us(99 - i));
    }
    CHECK(counted_run(script, 0).slowest().empty());
}

TEST_CASE("times, workers, speed-up") {
    run script;
    script.add("", "one");
    script.add("", "two");
    script.start();
    script.events.push_back(worker_started{0, 5000, ms(2), ms(1), true});
    script.pass(0, ms(100));
    script.pass(1, ms(60));
    CHECK(counted_run(script).speedup() == 0);
    script.finish(ms(80));
    const tally counts = counted_run(script);
    CHECK(counts.workers_started() == 3);
    CHECK(counts.workers_replaced() == 1);
    CHECK(counts.mean_spawn() == us(90));
    CHECK(counts.speedup() == doctest::Approx(2.0));
    CHECK(counts.peak_rss_bytes() == 5'000'000);
}

TEST_CASE("events that make no sense do no harm") {
    tally counts(3);
    counts.on(attempt_ended{run::attempt(99, ending::crashed, ms(1))});
    counts.on(test_finished{99, verdict::failed, "why"});
    counts.on(test_finished{7, verdict::failed, ""});
    counts.on(run_finished{});
    CHECK(counts.failed() == 2);
    CHECK(counts.speedup() == 0);
}
