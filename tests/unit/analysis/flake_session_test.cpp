#include "fake_session.hpp"

using namespace fake;

namespace {

/// A test that mostly waits, for so long.
behaviour waits(bool fails, duration takes = us(400)) {
    return {fails ? deed::fail : deed::pass, takes, false, us(50), 3};
}

}  // namespace

TEST_CASE("tests that pass, always fail, skip themselves or do both are told apart") {
    session_scenario of(5);
    of.s.settings.seed = 3;
    of.plays = [](const surroundings& at) {
        if (at.test == 3) return behaviour{deed::skip, us(200)};
        if (at.test == 4) return behaviour{at.draws(0.2) ? deed::crash : deed::pass, us(400)};
        return waits(at.test == 1 || (at.test == 2 && at.draws(0.3)));
    };
    of.detect();
    CHECK(of.verdict_on(0) == verdict::passed);
    CHECK(of.category(0) == "stable");
    CHECK(of.of(0).runs >= 60);
    CHECK(of.of(0).high < 0.05);
    CHECK(of.verdict_on(1) == verdict::failed);
    CHECK(of.category(1) == "failing");
    CHECK(of.verdict_on(2) == verdict::flaky);
    CHECK(of.category(2) == "flaky");
    CHECK(of.of(2).rate() == doctest::Approx(0.3).epsilon(0.5));
    CHECK(of.of(2).low < 0.3);
    CHECK(of.of(2).high > 0.3);
    CHECK(of.verdict_on(3) == verdict::skipped);
    CHECK(of.find(3) == nullptr);
    CHECK(of.category(4) == "crash");
    CHECK(of.of(4).workers > 1);
}

TEST_CASE("a rare failure is found, and what is told of it holds") {
    std::size_t found = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        session_scenario of(1);
        of.s.settings.seed = seed;
        of.plays = [](const surroundings& at) { return waits(at.draws(0.01), us(300)); };
        of.detect();
        found += of.verdict_on(0) == verdict::flaky ? 1u : 0u;
    }
    CHECK(found == 5);
}

TEST_CASE("exactly as many runs as were asked for") {
    session_scenario of(2);
    of.s.chosen.flake_runs = 25;
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.number % 5 == 0); };
    of.detect();
    CHECK(of.of(0).runs == 25);
    CHECK(of.of(1).runs == 25);
    CHECK(of.of(1).failures == 5);
}

TEST_CASE("a command that shows the failure was tried as it stands") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.draws(0.25)); };
    of.detect();
    CHECK(of.of(1).repro.find("./t 'test 1' --flake-detect=") == 0);
    CHECK(of.of(1).repro_failures > 0);
    CHECK(of.of(1).repro.find("--flake-detect=" + std::to_string(of.of(1).repro_runs)) != std::string::npos);
    CHECK(of.of(1).alone_runs == 0);
}

TEST_CASE("the seed that decides is found, and is the command") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.seed % 4 == 0); };
    of.detect();
    CHECK(of.category(1) == "seed");
    CHECK(of.of(1).cause == flake_cause::seed_decides);
    CHECK(of.of(1).repro.find("./t 'test 1' --condition seed=") == 0);
    CHECK(of.of(1).repro_failures == of.of(1).repro_runs);
}

TEST_CASE("what fails only beside others is shown among them") {
    session_scenario of(3);
    of.plays = [](const surroundings& at) { return waits(at.test == 0 && at.has_beside(2) && at.draws(0.7)); };
    of.detect();
    CHECK(of.verdict_on(0) == verdict::flaky);
    CHECK(of.of(0).alone_runs > 0);
    CHECK(of.of(0).repro.find("./t -j2 --flake-detect=") == 0);
    CHECK(of.of(0).repro_failures > 0);
}

TEST_CASE("what a start of the program draws is known by its workers") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.start_draws(0.4), us(300)); };
    of.detect();
    CHECK(of.category(1) == "start_up");
    CHECK(of.of(1).repro.find("--isolate=exec") != std::string::npos);
}

TEST_CASE("quarantine and may_fail keep a flaky test from failing the run") {
    session_scenario of(2);
    of.s.list.tests[0].quarantine = "issue 7";
    of.s.list.tests[1].may_fail = true;
    of.plays = [](const surroundings& at) { return waits(at.draws(0.3)); };
    of.detect();
    CHECK(of.verdict_on(0) == verdict::quarantined);
    CHECK(of.verdict_on(1) == verdict::known_failure);
    CHECK(of.of(0).rate() > 0.1);
}

TEST_CASE("lost workers are no failures, and a test that only loses them is lost") {
    session_scenario of(3);
    of.plays = [](const surroundings& at) {
        if (at.test == 2 || (at.test == 1 && at.draws(0.02))) return behaviour{deed::kill_worker, us(300)};
        return waits(false);
    };
    of.detect();
    CHECK(of.verdict_on(0) == verdict::passed);
    CHECK(of.verdict_on(1) == verdict::passed);
    CHECK(of.of(1).failures == 0);
    CHECK(of.verdict_on(2) == verdict::lost);
    CHECK_FALSE(of.in_trouble);
}

TEST_CASE("where there is room for one worker only, or for none") {
    session_scenario of(2, 4);
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.draws(0.3)); };
    SUBCASE("one") {
        of.prepare = [](world& in) { in.room = 1; };
        of.detect();
        CHECK_FALSE(of.in_trouble);
        CHECK(of.verdict_on(0) == verdict::passed);
        CHECK(of.verdict_on(1) == verdict::flaky);
    }
    SUBCASE("none") {
        of.prepare = [](world& in) { in.room = 0; };
        of.detect();
        CHECK(of.in_trouble);
        CHECK(of.verdict_on(0) != verdict::passed);
    }
}

TEST_CASE("a search that is over before its time says so") {
    session_scenario of(4);
    of.s.chosen.flake_time = ms(60);
    of.plays = [](const surroundings&) { return waits(false, ms(10)); };
    of.detect();
    CHECK(of.has_notice("had fewer runs than planned"));
    CHECK(of.took < std::chrono::seconds(5));
}

TEST_CASE("a search tells how busy the machine was, and warns if others use much of it") {
    session_scenario of(4);
    of.plays = [](const surroundings&) { return waits(false, ms(100)); };
    const auto warns = [&of] {
        for (const event& each : of.seen.events) {
            const auto* said = each.get_if<notice>();
            if (said != nullptr && said->text.find("by other programs") != std::string::npos)
                return said->how == notice::level::warning;
        }
        FAIL("nothing was told");
        return false;
    };
    SUBCASE("idle") {
        of.machine = fake::processor_shares{0.6, 0.2};
        of.detect();
        CHECK(of.has_notice("processors of the machine: 60 % used by this session, 20 % by other programs"));
        CHECK_FALSE(warns());
    }
    SUBCASE("busy") {
        of.machine = fake::processor_shares{0.5, 0.4};
        of.detect();
        CHECK(of.has_notice("50 % used by this session, 40 % by other programs: tests that depend on time"));
        CHECK(warns());
    }
    SUBCASE("unknown") {
        of.detect();
        CHECK(of.has_notice("how busy the machine was is unknown"));
    }
}

TEST_CASE("a cancelled search tells what it has seen, and runs nothing more") {
    session_scenario of(2);
    std::size_t cancelled = 0;
    of.prepare = [&](world& in) {
        ++cancelled;
        in.later(ms(30), [](inbox& to) { to.on_cancel(2, 1); });
    };
    of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.draws(0.5)); };
    of.detect();
    CHECK(cancelled == 1);
    CHECK(of.cancelled_by == 2);
    CHECK(of.verdict_on(1) == verdict::flaky);
    CHECK(of.of(1).repro.empty());
    CHECK(of.of(0).runs > 0);
}

TEST_CASE("the global timeout ends a session, wherever it is") {
    for (const int after : {5, 100, 700, 2000}) {
        CAPTURE(after);
        session_scenario of(3);
        of.s.chosen.global_timeout = ms(after);
        of.plays = [](const surroundings& at) { return waits(at.test == 1 && at.draws(0.5)); };
        of.diagnose();
        CHECK(of.stopped_because == "the global timeout was reached");
        CHECK(of.took < ms(after + 200));
    }
}

TEST_CASE("failures that only come after the search count") {
    // It passes all runs of the search, and fails while another test is looked into.
    session_scenario of(2);
    of.plays = [](const surroundings& at) {
        if (at.test == 0) return waits(at.number > 5000 && at.draws(0.5));
        return waits(at.draws(0.3));
    };
    of.s.chosen.flake_runs = 0;
    of.diagnose();
    CHECK(of.verdict_on(1) == verdict::flaky);
    CHECK(of.of(0).failures > 0);
    CHECK(of.verdict_on(0) == verdict::flaky);
    CHECK(of.of(0).cause == flake_cause::later_runs_differ);
}

TEST_CASE("a failure that is first seen while orders are tried has a number of its own") {
    // What a start draws lets it pass in all runs of the search, and fail behind other tests and alone.
    session_scenario of(5);
    of.plays = [](const surroundings& at) { return waits(at.test == 2 && at.mode == cordon::isolate::shard); };
    of.s.chosen.flake_runs = 40;
    of.s.chosen.flake_conditions = {"order"};
    of.diagnose();
    CHECK(of.verdict_on(2) == verdict::flaky);
}
