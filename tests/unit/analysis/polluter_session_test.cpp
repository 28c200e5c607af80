#include "fake_session.hpp"

using namespace fake;

namespace {

behaviour passes_unless(bool fails) { return {fails ? deed::fail : deed::pass, us(300)}; }

using names = cordon::engine::vector<std::string>;

}  // namespace

TEST_CASE("a victim, its polluters and its cleaner") {
    session_scenario of(8);
    of.plays = [](const surroundings& at) {
        if (at.test != 5) return behaviour{};
        bool spoiled = false;
        for (const std::size_t other : at.before)
            spoiled = other == 2 || other == 6 || (spoiled && other != 3);
        return passes_unless(spoiled);
    };
    of.find_polluter(5);
    CHECK(of.category(5) == "victim");
    CHECK(of.of(5).polluters == names{"test 2", "test 6"});
    CHECK(of.of(5).cleaners == names{"test 3"});
    CHECK(of.verdict_on(5) == verdict::flaky);
    CHECK(of.reason(5) == "passes alone, fails after \"test 2\"");
    CHECK(of.of(5).repro == "./t 'test 2' 'test 5' --isolate=shard -j1 --order given");
    CHECK(of.of(5).repro_failures == 10);
    REQUIRE(of.of(5).contrasts.size() == 1);
    CHECK(of.of(5).contrasts[0].command == "./t 'test 2' 'test 3' 'test 5' --isolate=shard -j1 --order given");
    CHECK(of.of(5).contrasts[0].failures == 0);
}

TEST_CASE("a brittle test, what it needs, and what takes that away again") {
    session_scenario of(6);
    of.plays = [](const surroundings& at) {
        if (at.test != 0) return behaviour{};
        bool ready = false;
        for (const std::size_t other : at.before)
            ready = other == 4 || (ready && other != 1);
        return passes_unless(!ready);
    };
    of.find_polluter(0);
    CHECK(of.category(0) == "brittle");
    CHECK(of.of(0).state_setters == names{"test 4"});
    CHECK(of.of(0).polluters == names{"test 1"});
    CHECK(of.verdict_on(0) == verdict::failed);
    CHECK(of.of(0).repro == "./t 'test 0' --isolate=shard -j1");
    REQUIRE(of.of(0).contrasts.size() == 1);
    CHECK(of.of(0).contrasts[0].command == "./t 'test 4' 'test 0' --isolate=shard -j1 --order given");
}

TEST_CASE("several tests that only together make one fail are as few as can be") {
    session_scenario of(20);
    of.plays = [](const surroundings& at) {
        return passes_unless(at.test == 0 && at.has_before(3) && at.has_before(11) && at.has_before(17));
    };
    of.find_polluter(0);
    CHECK(of.category(0) == "victim");
    CHECK(of.of(0).polluters == names{"test 3", "test 11", "test 17"});
    CHECK(of.of(0).details.together);
    CHECK_FALSE(of.of(0).details.may_be_fewer);
    CHECK(of.of(0).repro == "./t 'test 3' 'test 11' 'test 17' 'test 0' --isolate=shard -j1 --order given");
}

TEST_CASE("the order of several tests may matter") {
    session_scenario of(8);
    of.plays = [](const surroundings& at) {
        // Six before two, which no declared order has.
        bool six = false, both = false;
        for (const std::size_t other : at.before) {
            six = six || other == 6;
            both = both || (six && other == 2);
        }
        return passes_unless(at.test == 0 && both);
    };
    of.find_polluter(0);
    CHECK(of.of(0).polluters == names{"test 6", "test 2"});
    CHECK(of.of(0).repro == "./t 'test 6' 'test 2' 'test 0' --isolate=shard -j1 --order given");
}

TEST_CASE("tests that do not depend on others") {
    for (const bool fails : {false, true}) {
        session_scenario of(5);
        of.plays = [fails](const surroundings& at) { return passes_unless(fails && at.test == 1); };
        of.find_polluter(1);
        CHECK(of.category(1) == (fails ? "failing" : "stable"));
        CHECK(of.verdict_on(1) == (fails ? verdict::failed : verdict::passed));
        CHECK(of.of(1).polluters.empty());
        CHECK(of.of(1).state_setters.empty());
        CHECK(of.of(1).repro.empty());
    }
}

TEST_CASE("one that passes and fails alone, and fails more often after another") {
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        CAPTURE(seed);
        session_scenario of(6);
        of.s.settings.seed = seed;
        of.plays = [](const surroundings& at) {
            return passes_unless(at.test == 2 && at.draws(at.has_before(4) ? 0.9 : 0.2));
        };
        of.find_polluter(2);
        CHECK(of.category(2) == "victim");
        CHECK(of.of(2).polluters == names{"test 4"});
        CHECK(of.verdict_on(2) == verdict::flaky);
    }
}

TEST_CASE("others are not blamed for what a test draws itself") {
    std::size_t blamed = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        session_scenario of(10);
        of.s.settings.seed = seed;
        of.plays = [seed](const surroundings& at) {
            return passes_unless(at.test == 2 && at.draws(seed % 2 == 0 ? 0.5 : 0.1));
        };
        of.find_polluter(2);
        blamed += of.category(2) == "victim" || of.category(2) == "brittle" ? 1u : 0u;
        CHECK(of.verdict_on(2) != verdict::passed);
    }
    CHECK(blamed <= 1);
}

TEST_CASE("what a start of the program draws is not taken for the doing of others") {
    std::size_t blamed = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        session_scenario of(6);
        of.s.settings.seed = seed;
        of.plays = [seed](const surroundings& at) {
            surroundings start = at;
            start.worker += seed * 1000;
            return passes_unless(at.test == 2 && start.start_draws(0.5));
        };
        of.find_polluter(2);
        blamed += of.category(2) == "victim" || of.category(2) == "brittle" ? 1u : 0u;
    }
    CHECK(blamed <= 1);
}

TEST_CASE("a polluter that takes its process down is no polluter, and those after it are asked") {
    session_scenario of(6);
    of.plays = [](const surroundings& at) {
        if (at.test == 1) return behaviour{deed::crash, us(300)};
        return passes_unless(at.test == 0 && (at.has_before(1) || at.has_before(4)));
    };
    of.find_polluter(0);
    CHECK(of.of(0).polluters == names{"test 4"});
}

TEST_CASE("a victim that takes its worker down has no result") {
    session_scenario of(4);
    of.plays = [](const surroundings& at) { return behaviour{at.test == 0 ? deed::kill_worker : deed::pass, us(300)}; };
    of.find_polluter(0);
    CHECK(of.of(0).cause == flake_cause::no_result_alone);
    CHECK(of.verdict_on(0) == verdict::lost);
}

TEST_CASE("a test that skips itself has no result either") {
    session_scenario of(4);
    of.plays = [](const surroundings& at) { return behaviour{at.test == 0 ? deed::skip : deed::pass, us(300)}; };
    of.find_polluter(0);
    CHECK(of.of(0).cause == flake_cause::no_result_alone);
    CHECK(of.verdict_on(0) == verdict::skipped);
}

TEST_CASE("workers that get lost now and then change nothing") {
    session_scenario of(6);
    of.plays = [](const surroundings& at) {
        if (at.draws(0.02, 1)) return behaviour{deed::kill_worker, us(300)};
        return passes_unless(at.test == 3 && at.has_before(5));
    };
    of.find_polluter(3);
    CHECK(of.category(3) == "victim");
    CHECK(of.of(3).polluters == names{"test 5"});
}

TEST_CASE("no command is told where none has these tests in one process") {
    const auto plays = [](const surroundings& at) { return passes_unless(at.test == 0 && at.has_before(2)); };
    SUBCASE("a serial group") {
        session_scenario of(4);
        of.s.list.tests[2].serial = "g";
        of.plays = plays;
        of.find_polluter(0);
        CHECK(of.category(0) == "victim");
        CHECK(of.of(0).repro.empty());
        CHECK(of.of(0).details.no_command);
    }
    SUBCASE("other setups") {
        session_scenario of(4);
        of.s.nest_setups(1);
        of.s.setups.chain_of_test = {1, 1, 0, 1};
        of.plays = plays;
        of.find_polluter(0);
        CHECK(of.category(0) == "victim");
        CHECK(of.of(0).details.no_command);
    }
    SUBCASE("but with the same setups there is one") {
        session_scenario of(4);
        of.s.nest_setups(1);
        of.plays = plays;
        of.find_polluter(0);
        CHECK(of.of(0).repro == "./t 'test 2' 'test 0' --isolate=shard -j1 --order given");
        CHECK_FALSE(of.of(0).details.no_command);
    }
    SUBCASE("an isolation of its own") {
        session_scenario of(4);
        of.s.list.tests[2].isolation = cordon::isolate::exec;
        of.plays = plays;
        of.find_polluter(0);
        CHECK(of.of(0).details.no_command);
    }
}

TEST_CASE("a session that is ended from outside does not say that a test is fine") {
    session_scenario of(30);
    const auto told = [&of] { return name_of(of.verdict_on(0)); };
    of.plays = [](const surroundings& at) { return passes_unless(at.test == 0 && at.has_before(29)); };
    SUBCASE("no worker can be started") {
        of.prepare = [](world& in) { in.start_outcome = error{"start a worker (fork)", 11, "no more"}; };
        of.find_polluter(0);
        CHECK(of.in_trouble);
        CHECK(told() == "lost");
    }
    SUBCASE("cancelled") {
        of.prepare = [](world& in) { in.later(ms(20), [](inbox& to) { to.on_cancel(2, 1); }); };
        of.find_polluter(0);
        CHECK(of.cancelled_by == 2);
        CHECK(told() == "not_run");
    }
    SUBCASE("out of time") {
        of.s.chosen.global_timeout = ms(12);
        of.find_polluter(0);
        CHECK(of.stopped_because == "the global timeout was reached");
        CHECK(told() == "not_run");
    }
    SUBCASE("cancelled after it has failed") {
        of.plays = [](const surroundings& at) { return passes_unless(at.test == 0); };
        of.prepare = [](world& in) { in.later(ms(20), [](inbox& to) { to.on_cancel(2, 1); }); };
        of.find_polluter(0);
        CHECK(told() == "failed");
        CHECK(of.reason(0).find("; cancelled by ") != std::string::npos);
    }
    CHECK(of.of(0).cause == flake_cause::none);
}
