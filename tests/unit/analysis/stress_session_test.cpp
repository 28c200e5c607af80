#include "fake_session.hpp"

using namespace fake;

TEST_CASE("a stress session ends with the first failure and tells its figures") {
    session_scenario of(2);
    of.plays = [](const surroundings& at) {
        return behaviour{at.test == 1 && at.draws(0.01) ? deed::fail : deed::pass, us(300)};
    };
    of.stress();
    CHECK(of.verdict_on(1) == verdict::flaky);
    CHECK(of.verdict_on(0) == verdict::passed);
    CHECK(of.stopped_because == "stopped after 1 failure (--stress)");
    CHECK(of.has_notice("1 failed"));
    CHECK_FALSE(of.in_trouble);
}

TEST_CASE("a stress session ends with its runs, or with its time") {
    session_scenario of(2);
    of.plays = [](const surroundings&) { return behaviour{deed::pass, us(300)}; };
    SUBCASE("runs") {
        of.s.chosen.stress_runs = 50;
        of.stress();
        CHECK(of.of(0).runs == 50);
        CHECK(of.of(1).runs == 50);
    }
    SUBCASE("time") {
        of.s.chosen.stress_time = std::chrono::seconds(1);
        of.stress();
        CHECK(of.took >= std::chrono::seconds(1));
        CHECK(of.took < std::chrono::seconds(2));
    }
    CHECK(of.stopped_because.empty());
    CHECK(of.verdict_on(0) == verdict::passed);
}

TEST_CASE("a stress session that is ended from outside says why") {
    session_scenario of(2);
    of.plays = [](const surroundings&) { return behaviour{deed::pass, us(300)}; };
    SUBCASE("cancelled") {
        of.prepare = [](world& in) { in.later(ms(50), [](inbox& to) { to.on_cancel(2, 1); }); };
        of.stress();
        CHECK(of.cancelled_by == 2);
        CHECK(of.stopped_because.find("cancelled by ") == 0);
        CHECK(of.verdict_on(0) == verdict::passed);
    }
    SUBCASE("out of time") {
        of.s.chosen.global_timeout = ms(50);
        of.stress();
        CHECK(of.stopped_because == "the global timeout was reached");
    }
    SUBCASE("no worker") {
        of.prepare = [](world& in) { in.room = 0; };
        of.stress();
        CHECK(of.in_trouble);
        CHECK(of.verdict_on(0) != verdict::passed);
    }
}

TEST_CASE("a test runs beside itself, and what that shows is found") {
    session_scenario of(1);
    of.plays = [](const surroundings& at) {
        return behaviour{at.has_beside(0) && at.draws(0.2) ? deed::fail : deed::pass, us(300)};
    };
    of.stress();
    CHECK(of.verdict_on(0) == verdict::flaky);
}
