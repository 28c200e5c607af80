#include <cordon/engine/analysis/name_cause.hpp>
#include <cordon/engine/base/random.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <string>

using namespace cordon::engine;
using namespace cordon::engine::analysis;

namespace {

constexpr duration ms(std::int64_t count) { return std::chrono::milliseconds(count); }

flake_trial trial(const char* condition, std::uint64_t failures, std::uint64_t runs = 100) {
    flake_trial made;
    made.condition = condition;
    made.runs = runs;
    made.failures = failures;
    return made;
}

/// A test that fails every fifth time.
flake_evidence flaky_test() {
    flake_evidence seen;
    random_source random(7);
    attempt_result run;
    for (int i = 0; i < 100; ++i) {
        run.started += std::chrono::microseconds(200 + random.below(900));
        run.usage.voluntary_switches = 3;
        run.how = random.below(5) == 0 ? ending::failed : ending::passed;
        seen.add(run, run.how == ending::failed, 1);
    }
    return seen;
}

/// The cause that trials against a baseline of 20 failures in 100 runs lead to.
std::string cause_of(vector<flake_trial> trials, const flake_evidence& seen = flaky_test()) {
    const run_counts baseline{100, 20};
    compare(trials, baseline);
    return std::string(name_of(category_of(name_cause(seen, baseline, trials).what)));
}

}  // namespace

TEST_CASE("the factor that moves the rate names the cause") {
    CHECK(cause_of({trial("malloc=165", 100), trial("cpus=1", 21)}) == "uninitialised");
    CHECK(cause_of({trial("stack=165", 0), trial("cpus=1", 21)}) == "uninitialised");
    CHECK(cause_of({trial("addresses=fixed", 100)}) == "address");
    CHECK(cause_of({trial("seed=1", 0)}) == "seed");
    CHECK(cause_of({trial("seed=1", 97)}) == "seed");
    CHECK(cause_of({trial("seed=1", 60)}) != "seed");  // it decides nothing
    CHECK(cause_of({trial("tz=UTC", 20), trial("tz=X-14", 100)}) == "time_zone");
    CHECK(cause_of({trial("locale=C", 70)}) == "locale");
    CHECK(cause_of({trial("umask=077", 100)}) == "environment");
    CHECK(cause_of({trial("folder=/", 100)}) == "environment");
    CHECK(cause_of({trial("timer-slack=20ms", 90), trial("cpus=1", 60)}) == "timing");
    CHECK(cause_of({trial("hogs=4", 70), trial("cpus=1", 22)}) == "timing");
    CHECK(cause_of({trial("cpus=1", 0), trial("hogs=4", 35)}) == "race");
    CHECK(cause_of({trial("hogs=4", 1), trial("cpus=1", 15)}) == "race");
    CHECK(cause_of({trial("alone", 0), trial("cpus=1", 21)}) == "interference");
    // Slow others disturb more, but it is not the load.
    CHECK(cause_of({trial("alone", 0), trial("timer-slack=20ms", 60), trial("alone, hogs=4", 0)}) == "interference");
    CHECK(cause_of({trial("alone", 0), trial("timer-slack=20ms", 60), trial("alone, hogs=4", 40)}) == "timing");
    CHECK(cause_of({trial("alone", 0), trial("timer-slack=20ms", 60)}) == "timing");
    CHECK(cause_of({trial("alone", 0), trial("timer-slack=20ms", 90)}) == "timing");
    CHECK(cause_of({trial("twins", 100), trial("cpus=1", 21)}) == "interference");
    CHECK(cause_of({trial("open-files=32", 100)}) == "descriptors");
    CHECK(cause_of({trial("cpus=1", 25), trial("hogs=4", 15), trial("malloc=165", 22)}) == "unexplained");
}

TEST_CASE("what others do to a test may be no more than to keep the processors busy") {
    CHECK(cause_of({trial("alone", 0), trial("alone, hogs=4", 1)}) == "interference");
    CHECK(cause_of({trial("alone", 0), trial("alone, hogs=4", 30)}) == "timing");
    CHECK(cause_of({trial("alone", 0), trial("alone, hogs=4", 30), trial("cpus=1", 0)}) == "race");
}

TEST_CASE("what has moved a rate most, if not clearly, deserves more runs") {
    const vector<variation> names = most_promising({trial("a", 3, 15), trial("b", 0, 15), trial("c", 9, 15),
                                                    trial("d", 4, 15), trial("e", 1, 15), trial("f", 3, 15)},
                                                   {100, 20});
    REQUIRE(names.size() == 5);
    CHECK(names[0] == "c");
    CHECK(names[1] == "b");
    CHECK(std::find(names.begin(), names.end(), variation("a")) != names.end());
    CHECK(most_promising({}, {100, 20}).empty());
}

TEST_CASE("what is too rare to tell is not explained") {
    CHECK(cause_of({trial("cpus=1", 4, 20), trial("hogs=4", 3, 20)}) == "unexplained");
    CHECK(cause_of({trial("cpus=1", 4, 20), trial("hogs=4", 20, 100)}) == "unexplained");
}

TEST_CASE("of a test that nearly always fails nothing says that it could not fail more") {
    const flake_evidence seen = flaky_test();
    const run_counts nearly_always{30, 25};
    CHECK_FALSE(would_show({trial("cpus=1", 16, 20), trial("hogs=4", 17, 20)}, nearly_always));
    CHECK(would_show({trial("cpus=1", 160, 200), trial("hogs=4", 170, 200)}, {300, 250}));
}

TEST_CASE("starts of a program that follow one another in what they come to keep to the time") {
    const auto row = [](auto fails) {
        vector<bool> made;
        for (int i = 0; i < 80; ++i)
            made.push_back(fails(i));
        return made;
    };
    CHECK(starts_keep_to_time(row([](int) { return false; }), 0.25));
    CHECK(starts_keep_to_time(row([](int) { return true; }), 0.5));
    CHECK_FALSE(starts_keep_to_time(row([](int) { return false; }), 0.03));  // it may well have missed them
    CHECK(starts_keep_to_time(row([](int i) { return i > 30 && i < 50; }), 0.25));
    int mistaken = 0;
    random_source random(9);
    for (int i = 0; i < 2000; ++i) {
        if (starts_keep_to_time(row([&](int) { return random.below(8) == 0; }), 0.125)) ++mistaken;
    }
    CHECK(mistaken <= 12);
}

TEST_CASE("failures in every worker of some time are of the clock, failures of some workers of their start") {
    const auto seen_by = [](auto fails) {
        flake_evidence seen;
        for (std::uint64_t worker = 0; worker < 24; ++worker) {
            const bool failed = fails(worker);
            for (int i = 0; i < 4; ++i) {
                attempt_result run;
                run.how = failed ? ending::failed : ending::passed;
                run.took = ms(1);
                seen.add(run, failed, worker + 1);
            }
        }
        return seen;
    };
    const flake_evidence slow_clock = seen_by([](std::uint64_t worker) { return worker % 12 < 4; });
    CHECK(slow_clock.keeps_to_time());
    CHECK_FALSE(slow_clock.differs_between_workers());
    CHECK(cause_of_runs(slow_clock) == flake_cause::bursts_over_starts);
    random_source random(5);
    const flake_evidence by_start = seen_by([&](std::uint64_t) { return random.below(3) == 0; });
    CHECK_FALSE(by_start.keeps_to_time());
    CHECK(by_start.differs_between_workers());
    CHECK(cause_of_runs(by_start) == flake_cause::drawn_at_start);
}

TEST_CASE("a test that mostly waits does not race") {
    attempt_result run;
    run.how = ending::passed;
    run.took = ms(10);
    run.usage.user = ms(1);
    flake_evidence waits = flaky_test();
    for (int i = 0; i < 20; ++i)
        waits.add(run, false, 1);
    CHECK(cause_of({trial("cpus=1", 0)}, waits) == "timing");
    run.usage.user = ms(9);
    for (int i = 0; i < 40; ++i)
        waits.add(run, false, 1);
    CHECK(cause_of({trial("cpus=1", 0)}, waits) == "race");
}

TEST_CASE("a test that waits for nobody does not race") {
    flake_evidence alone;
    attempt_result run;
    run.took = run.usage.user = ms(2);
    run.usage.voluntary_switches = 1;
    for (int i = 0; i < 60; ++i) {
        run.started += ms(3);
        run.how = i % 7 == 0 ? ending::failed : ending::passed;
        alone.add(run, i % 7 == 0, 1);
    }
    CHECK(alone.never_waits());
    CHECK_FALSE(flaky_test().never_waits());
    CHECK(cause_of({trial("cpus=1", 0)}, alone) == "timing");
}

TEST_CASE("a test whose threads only work races where it is interrupted") {
    const auto cause = [](std::uint64_t switches, duration worked) {
        flake_evidence seen;
        attempt_result run;
        run.took = ms(3);
        run.spawn = run.cleanup = ms(2);
        run.usage.user = worked;
        run.usage.voluntary_switches = switches;
        for (int i = 0; i < 60; ++i) {
            run.started += std::chrono::microseconds(2000 + 37 * (i * i % 11));
            run.how = i % 7 == 0 ? ending::failed : ending::passed;
            seen.add(run, i % 7 == 0, 1);
        }
        return cause_of({trial("hogs=4", 70)}, seen);
    };
    CHECK(cause(2, ms(7)) == "race");
    CHECK(cause(2, ms(5)) == "timing");  // most of it is what its process costs
    CHECK(cause(1, ms(7)) == "timing");  // one thread
    CHECK(cause(4, ms(7)) == "timing");  // waits for this and that
}

TEST_CASE("memory that is filled names the cause where it decides, or where nothing else moves") {
    CHECK(cause_of({trial("malloc=165", 55), trial("cpus=1", 0)}) == "race");
    CHECK(cause_of({trial("malloc=165", 55), trial("cpus=1", 20)}) == "uninitialised");
    CHECK(cause_of({trial("malloc=165", 0), trial("cpus=1", 0)}) == "uninitialised");
    CHECK(cause_of({trial("addresses=fixed", 50), trial("hogs=4", 90)}) == "timing");
}

TEST_CASE("what seems to move a rate has to do so again") {
    const run_counts baseline{100, 5};
    CHECK(moves_again(trial("a", 40), baseline, {20, 9}, {20, 2}));
    CHECK_FALSE(moves_again(trial("a", 20), baseline, {20, 1}, {20, 2}));
    CHECK_FALSE(moves_again(trial("a", 40), baseline, {20, 1}, {20, 4}));
    // Where failures are rare few runs cannot show again that there are none, and need not.
    CHECK(moves_again(trial("a", 0, 300), {200, 12}, {20, 0}, {20, 1}));
    CHECK_FALSE(moves_again(trial("a", 0, 300), {200, 12}, {20, 2}, {20, 1}));
    CHECK_FALSE(moves_again(trial("a", 0, 60), {200, 12}, {20, 0}, {20, 0}));
    // What it failed with was not there this time: neither shows anything.
    CHECK_FALSE(moves_again(trial("a", 40), baseline, {60, 0}, {60, 0}));
    CHECK(moves_again(trial("a", 9), {400, 2}, {60, 2}, {60, 0}));
}

TEST_CASE("where the baseline has changed only new runs count, and have to be clear") {
    CHECK_FALSE(moves_again(trial("a", 40), {400, 0}, {40, 14}, {40, 10}));
    CHECK_FALSE(moves_again(trial("a", 40), {400, 0}, {40, 16}, {40, 10}));
    CHECK(moves_again(trial("a", 40), {400, 0}, {40, 26}, {40, 10}));
}

TEST_CASE("where the runs of each worker agree each worker counts once") {
    const auto made_by = [](std::uint64_t workers, std::uint64_t failing, std::uint64_t a_worker) {
        retrial made;
        made.add({workers * a_worker, failing * a_worker}, run_counts{workers, failing});
        return made;
    };
    const flake_trial before = trial("a", 9, 18);
    const run_counts baseline{1000, 0};
    CHECK(is_confirmed(before, baseline, made_by(6, 6, 6), made_by(6, 0, 6)));
    CHECK_FALSE(is_confirmed(before, baseline, made_by(6, 2, 6), made_by(6, 0, 6)));
    retrial mixed = made_by(5, 2, 6);
    mixed.add({6, 3}, cordon::engine::nullopt);
    CHECK(is_confirmed(before, baseline, mixed, made_by(6, 0, 6)));
    // Where nothing fails any more workers say nothing: all runs together do.
    CHECK(is_confirmed(trial("a", 0, 300), {200, 12}, made_by(4, 0, 5), made_by(4, 0, 15)));
}

TEST_CASE("the baseline is what a test comes to beside those that run under the conditions") {
    const auto joined = [](const run_counts& search, const run_counts& fresh) {
        const run_counts all = joined_baseline(search, fresh);
        return std::to_string(all.failures) + " of " + std::to_string(all.runs);
    };
    CHECK(joined({173, 8}, {110, 4}) == "12 of 283");
    CHECK(joined({173, 8}, {110, 25}) == "25 of 110");
    CHECK(joined({173, 30}, {110, 1}) == "1 of 110");
    CHECK(joined({173, 8}, {0, 0}) == "8 of 173");
    CHECK(fails_beside_others_only({173, 30}, {110, 1}));
    CHECK_FALSE(fails_beside_others_only({173, 30}, {110, 10}));
    CHECK_FALSE(fails_beside_others_only({173, 3}, {20, 0}));  // may be luck
    CHECK_FALSE(fails_beside_others_only({173, 8}, {110, 25}));
    CHECK_FALSE(fails_beside_others_only({173, 30}, {0, 0}));
}

TEST_CASE("a test that passes and fails whatever is varied draws by lot") {
    const auto cause = [](std::uint64_t failures, std::uint64_t delayed, std::uint64_t baseline_failures) {
        const run_counts baseline{200, baseline_failures};
        vector<flake_trial> trials = {trial("cpus=1", failures, 60),          trial("hogs=4", delayed, 60),
                                      trial("timer-slack=20ms", delayed, 60), trial("pulses=10ms", delayed, 60),
                                      trial("addresses=fixed", failures, 30), trial("seed=1", failures, 30)};
        compare(trials, baseline);
        return std::string(name_of(category_of(name_cause(flaky_test(), baseline, trials).what)));
    };
    CHECK(cause(2, 2, 6) == "unexplained");
    CHECK(cause(0, 2, 6) == "unexplained");
    CHECK(cause(2, 7, 6) == "timing");  // each of them by too little to tell, all together are not
}

TEST_CASE("many comparisons need more than one small chance") {
    vector<flake_trial> trials;
    for (int i = 0; i < 30; ++i)
        trials.push_back(trial("cpus=1", 20));
    trials.push_back(trial("hogs=4", 33));  // about 4 % by itself
    CHECK(cause_of(trials) == "unexplained");
}

TEST_CASE("how many runs a condition gets") {
    CHECK(trial_runs({100, 20}) == 70);
    CHECK(trial_runs({100, 50}) == 60);
    CHECK(trial_runs({1000, 1}) == 400);
}

TEST_CASE("a trial is told with the runs that it was compared with") {
    vector<flake_trial> trials = {trial("cpus=1", 20)};
    compare(trials, {100, 20});
    CHECK_FALSE(trials[0].moved);
    CHECK(trials[0].without.runs == 100);
    CHECK(trials[0].without.failures == 20);
}

TEST_CASE("a group of conditions names the kind of cause, and one of them names it better") {
    CHECK(cause_of({trial("delays", 90)}) == "timing");
    CHECK(cause_of({trial("memory", 100)}) == "uninitialised");
    CHECK(cause_of({trial("environment", 100)}) == "environment");
    CHECK(cause_of({trial("environment", 100), trial("tz=UTC", 100)}) == "time_zone");
    CHECK(conditions_in(variation("delays")).size() == 2);
    CHECK(conditions_in(variation("tz=UTC")).size() == 1);
    CHECK(conditions_in(variation("alone")).empty());
}

TEST_CASE("failures that keep to a clock are known by it") {
    rhythm by_the_clock, by_lot, in_bursts;
    random_source random(3);
    duration at{0};
    for (int i = 0; i < 400; ++i) {
        at += std::chrono::microseconds(200 + random.below(900));
        by_the_clock.add(at, at.count() / 1'000'000 % 20 == 7);
        by_lot.add(at, random.below(20) == 0);
        in_bursts.add(at, i / 50 % 2 == 0);
    }
    CHECK(by_the_clock.period() != duration{0});
    CHECK(by_lot.period() == duration{0});
    CHECK_FALSE(by_lot.comes_in_bursts());
    CHECK(in_bursts.comes_in_bursts());
}

TEST_CASE("random failures rarely look as if they kept to a clock") {
    int mistaken = 0;
    for (std::uint64_t seed = 0; seed < 2000; ++seed) {
        rhythm seen;
        random_source random(seed);
        duration at{0};
        for (int i = 0; i < 100; ++i) {
            at += std::chrono::microseconds(200 + random.below(900));
            seen.add(at, random.below(10) == 0);
        }
        if (seen.period() != duration{0} || seen.comes_in_bursts()) ++mistaken;
    }
    CHECK(mistaken <= 10);
}
