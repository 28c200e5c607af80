#include "fake_session.hpp"

using namespace fake;

namespace {

behaviour waits(bool fails, duration takes = ms(4)) {
    return {fails ? deed::fail : deed::pass, takes, false, us(400), 3};
}

bool has_variable(const surroundings& at, const char* which) {
    return std::find(at.under->variables.begin(), at.under->variables.end(), which) != at.under->variables.end();
}

/// The category of a test that fails so, beside one that passes.
std::string cause_of(const std::function<bool(const surroundings&)>& fails, std::uint64_t seed = 7) {
    session_scenario of(2);
    of.s.settings.seed = seed;
    of.plays = [fails](const surroundings& at) { return waits(at.test == 0 && fails(at)); };
    of.diagnose();
    CHECK(of.category(1) == "stable");
    CHECK(of.verdict_on(1) == verdict::passed);
    return of.category(0);
}

}  // namespace

TEST_CASE("the condition that decides names the cause") {
    CHECK(cause_of([](const surroundings& at) { return at.draws(at.under->worker.stack_fill != 0 ? 1 : 0.2); }) ==
          "uninitialised");
    CHECK(cause_of([](const surroundings& at) {
              return at.draws(has_variable(at, "MALLOC_PERTURB_=165") ? 1 : 0.2);
          }) == "uninitialised");
    CHECK(cause_of([](const surroundings& at) { return at.draws(at.under->fixed_addresses ? 1 : 0.3); }) == "address");
    CHECK(cause_of([](const surroundings& at) { return at.seed % 3 == 0; }) == "seed");
}

TEST_CASE("what delays a test, or spreads it over processors, names timing or a race") {
    CHECK(cause_of([](const surroundings& at) {
              return at.draws(at.under->worker.timer_slack != duration{0} ? 0.9 : 0.15);
          }) == "timing");
    CHECK(cause_of([](const surroundings& at) { return at.draws(at.under->hogs != 0 ? 0.8 : 0.15); }) == "timing");
    // Its threads wait for each other, and work.
    session_scenario of(2);
    of.plays = [](const surroundings& at) {
        const bool fails = at.test == 0 && at.under->worker.processors != 1 && at.draws(0.4);
        return behaviour{fails ? deed::fail : deed::pass, ms(4), false, ms(7), 4};
    };
    of.diagnose();
    CHECK(of.category(0) == "race");
}

TEST_CASE("what fails now and then only where it is delayed depends on time") {
    session_scenario of(20);
    of.plays = [](const surroundings& at) {
        if (at.test == 1) return waits(at.under->hogs != 0 && at.draws(0.75));
        if (at.test == 2) return waits(at.under->worker.timer_slack != duration{0} && at.draws(0.75));
        // As rarely anywhere.
        return waits(at.test == 3 && at.number > 1'000'000 && at.draws(0.03));
    };
    of.diagnose();
    for (const std::size_t test : {1, 2}) {
        CAPTURE(test);
        CHECK(of.category(test) == "timing");
        CHECK(of.verdict_on(test) == verdict::passed);
        REQUIRE(of.of(test).details.only_when_changed);
        const flake_trial& shown = of.of(test).trials.front();
        CHECK(shown.failures < shown.runs);
        CHECK(shown.without.failures == 0);
        CHECK(shown.chance < 1e-4);
    }
    for (std::size_t other = 3; other < 20; ++other)
        CHECK_FALSE(of.of(other).details.only_when_changed);
}

TEST_CASE("a stable test that minds the world is told, and does not fail") {
    session_scenario of(3);
    of.plays = [](const surroundings& at) {
        if (at.test == 1) return waits(has_variable(at, "TZ=<+1345>-13:45"));
        return waits(at.test == 2 && at.under->worker.file_mask != 0);
    };
    of.diagnose();
    CHECK(of.category(0) == "stable");
    CHECK(of.of(0).trials.empty());
    CHECK(of.category(1) == "time_zone");
    CHECK(of.verdict_on(1) == verdict::passed);
    CHECK(of.of(1).details.only_when_changed);
    CHECK(of.of(1).repro.find("--condition 'tz=<+1345>-13:45'") != std::string::npos);
    CHECK(of.of(1).repro_failures == of.of(1).repro_runs);
    CHECK(of.category(2) == "environment");
}

TEST_CASE("tests that get in each other's way are told from those that mind the load") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) {
        // Of different length, or they would run in step, and one would always begin first.
        return waits(at.has_beside(1 - at.test) && at.draws(0.5), at.draws(0.5, 1) ? ms(3) : ms(5));
    };
    of.diagnose();
    CHECK(of.category(0) == "interference");
    CHECK(of.category(1) == "interference");
}

TEST_CASE("a test that minds load is not said to mind what others do") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) {
        return waits(at.test == 0 && at.draws(!at.beside.empty() || at.under->hogs != 0 ? 0.6 : 0.01));
    };
    of.diagnose();
    CHECK(of.category(0) == "timing");
}

TEST_CASE("a test that is beside itself in no usual run, and minds it") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) { return waits(at.test == 0 && at.draws(at.has_beside(0) ? 0.9 : 0.1)); };
    of.diagnose();
    CHECK(of.category(0) == "interference");
}

TEST_CASE("a test that draws itself is not explained by anything else") {
    std::map<std::string, int> said;
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
        ++said[cause_of([](const surroundings& at) { return at.draws(0.3); }, seed)];
    }
    CHECK(said["unexplained"] == 4);
}

TEST_CASE("what a start of the program draws") {
    int said = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        said += cause_of(
                    [seed](const surroundings& at) {
                        surroundings start = at;
                        start.worker += seed * 7919;
                        return start.start_draws(0.3);
                    },
                    seed) == "start_up"
                    ? 1
                    : 0;
    }
    CHECK(said == 3);
}

TEST_CASE("failures that keep to a clock are not said to come from a condition") {
    int said = 0;
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        said += cause_of([](const surroundings& at) { return at.at.time_since_epoch() % ms(1000) < ms(200); }, seed) ==
                        "clock"
                    ? 1
                    : 0;
    }
    CHECK(said == 3);
}

TEST_CASE("failures that come in bursts are not said to come from a condition that met a quiet time") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        session_scenario of(3);
        of.s.settings.seed = seed * 7919;
        of.plays = [](const surroundings& at) {
            const bool fails = at.test == 0 && at.at.time_since_epoch() % ms(3000) < ms(500);
            return waits(fails, at.draws(0.5, 1) ? ms(3) : ms(5));
        };
        of.diagnose();
        CHECK(of.verdict_on(0) == verdict::flaky);
        CHECK_FALSE(of.of(0).repro.find("--condition") != std::string::npos);
        for (const flake_trial& each : of.of(0).trials)
            CHECK_FALSE_MESSAGE((each.moved && row_of(each.condition.kind) != nullptr), each.condition.text);
    }
}

TEST_CASE("a machine that changes in the middle is not taken for a condition that moves the rate") {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
        CAPTURE(seed);
        session_scenario of(2);
        of.s.settings.seed = seed;
        // After the search one of three runs fails, whatever is varied.
        of.plays = [](const surroundings& at) { return waits(at.test == 0 && at.number > 5000 && at.draws(0.33)); };
        of.diagnose();
        CHECK(of.of(0).cause != flake_cause::time_zone);
        CHECK(of.of(0).cause != flake_cause::locale);
    }
}

TEST_CASE("victims and brittle tests are found in some order") {
    session_scenario of(6);
    of.plays = [](const surroundings& at) {
        if (at.test == 3) return waits(at.has_before(5));
        return waits(false);
    };
    of.diagnose();
    CHECK(of.category(3) == "victim");
    CHECK(of.verdict_on(3) == verdict::passed);
    const cordon::engine::vector<std::string> polluters{"test 5"};
    CHECK(of.of(3).polluters == polluters);
    CHECK(of.of(3).repro == "./t 'test 5' 'test 3' --isolate=shard -j1 --order given");
    for (const std::size_t other : {0u, 1u, 2u, 4u, 5u})
        CHECK(of.category(other) == "stable");
}

TEST_CASE("others that raise the rate of a flaky test are found whatever the orders draw") {
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        CAPTURE(seed);
        session_scenario of(4);
        of.s.settings.seed = seed;
        of.s.chosen.flake_conditions = {"order"};
        of.plays = [](const surroundings& at) {
            if (at.test == 2) return waits(at.has_before(1) || at.draws(0.125));
            return waits(at.test == 3 && at.draws(0.5, 3));
        };
        of.diagnose();
        CHECK(of.category(2) == "victim");
        CHECK(of.category(3) == "unexplained");
    }
}

TEST_CASE("a test that keeps its time limit only alone depends on the load, and does not fail always") {
    session_scenario of(3);
    of.plays = [](const surroundings& at) {
        constexpr std::uint32_t alone = 400'000;
        return at.test == 0 && at.number < alone ? behaviour{deed::hang} : waits(false);
    };
    of.s.list.tests[0].timeout = ms(50);
    of.detect();
    CHECK(of.verdict_on(0) == verdict::flaky);
    CHECK(of.category(0) == "timing");
    REQUIRE(of.of(0).trials.size() == 1);
    CHECK(of.of(0).trials[0].condition.text == "alone");
    CHECK(of.of(0).trials[0].failures == 0);
}

TEST_CASE("only what is chosen is varied") {
    session_scenario of(2);
    of.s.chosen.flake_conditions = {"tz=UTC", "hogs"};
    std::size_t others = 0;
    of.plays = [&others](const surroundings& at) {
        if (at.under->worker.any() || at.under->fixed_addresses || at.under->seed) ++others;
        return waits(at.test == 0 && at.draws(0.3));
    };
    of.diagnose();
    CHECK(others == 0);
    CHECK(of.of(0).trials.size() == 2);
}

TEST_CASE("what the world cannot vary is not tried") {
    session_scenario of(1);
    of.varies = {false, false, false};
    std::size_t tried = 0;
    of.plays = [&tried](const surroundings& at) {
        const condition::for_worker& worker = at.under->worker;
        if (at.under->fixed_addresses || worker.processors != 0 || worker.timer_slack != duration{0}) ++tried;
        return waits(at.draws(0.3));
    };
    of.diagnose();
    CHECK(tried == 0);
}

TEST_CASE("a diagnosis that is cut off does not claim to have tried all") {
    session_scenario of(1);
    of.plays = [](const surroundings& at) { return waits(at.draws(0.3)); };
    std::size_t nth = 0;
    of.prepare = [&nth](world& in) {
        // After some of the conditions.
        if (++nth == 6) in.later(ms(5), [](inbox& to) { to.on_cancel(15, 1); });
    };
    of.diagnose();
    CHECK(of.cancelled_by == 15);
    CHECK(of.verdict_on(0) == verdict::flaky);
    CHECK(of.of(0).cause != flake_cause::nothing_moves_it);
    for (const flake_trial& each : of.of(0).trials)
        CHECK_FALSE(each.moved);
}

TEST_CASE("what always fails in a changed world is named after few runs, and what fails there by chance is not") {
    session_scenario of(40);
    of.s.chosen.flake_time = std::chrono::seconds(8);
    of.plays = [](const surroundings& at) {
        if (at.test == 1) return waits(at.under->worker.processors == 1);
        if (at.test == 2) return waits(at.under->worker.open_files == 32);
        if (at.test == 3) return waits(at.under->fixed_addresses);
        // Rarely fails, whatever is varied, but not in the search.
        return waits(at.test > 20 && at.number > 1'000'000 && at.draws(0.05));
    };
    of.diagnose();
    CHECK(of.category(1) == "processors");
    CHECK(of.category(2) == "descriptors");
    CHECK(of.category(3) == "address");
    for (std::size_t other = 4; other < 40; ++other)
        CHECK_FALSE(of.of(other).details.only_when_changed);
    const flake_trial& shown = of.of(2).trials.front();
    CHECK(shown.failures == shown.runs);
    CHECK(shown.without.runs >= 8);
    CHECK(shown.without.failures == 0);
}

TEST_CASE("a session ends when it says") {
    session_scenario of(30);
    of.s.chosen.flake_time = std::chrono::seconds(10);
    of.plays = [](const surroundings& at) { return waits(at.draws(at.under->hogs != 0 ? 0.7 : 0.2), ms(40)); };
    of.diagnose();
    CHECK(of.took > std::chrono::seconds(8));
    CHECK(of.took < std::chrono::seconds(12));
}

TEST_CASE("two of many tests that collide are run beside each other, and both are named") {
    int named = 0;
    int both_named = 0;
    int with_command = 0;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        session_scenario of(40);
        of.s.settings.seed = seed;
        of.s.chosen.flake_time = std::chrono::seconds(60);
        of.plays = [](const surroundings& at) {
            const std::size_t other = at.test == 7 ? 23 : 7;
            const bool collides = (at.test == 7 || at.test == 23) && at.has_beside(other) && at.draws(0.6);
            return waits(collides, at.draws(0.5, 1) ? ms(3) : ms(5));
        };
        of.diagnose();
        for (std::size_t test = 0; test < 40; ++test) {
            const bool is_named = of.of(test).cause == flake_cause::beside_another;
            if (test != 7 && test != 23) CHECK_FALSE(is_named);
        }
        // In some sessions they rarely meet in the search.
        if (of.of(7).cause == flake_cause::beside_another || of.of(23).cause == flake_cause::beside_another) ++named;
        if (of.of(7).cause != flake_cause::beside_another || of.of(23).cause != of.of(7).cause) continue;
        ++both_named;
        REQUIRE(!of.of(7).trials.empty());
        const flake_trial& shown = of.of(7).trials.front();
        CHECK(shown.condition.text == "beside test 23");
        CHECK(shown.failures * 6 > shown.runs);
        const std::string& command = of.of(7).repro;  // empty: tried, and it did not show the failure
        if (!command.empty()) CHECK(command.find("./t 'test 7' 'test 23' -j2 --flake-detect=") == 0);
        if (!command.empty()) ++with_command;
    }
    CHECK(named >= 6);
    CHECK(both_named >= 2);
    CHECK(with_command >= 1);
}
