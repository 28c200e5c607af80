#include <doctest/doctest.h>

#include <cordon/engine/analysis/stress_hunt.hpp>

#include <string>

#include "unit/run/fake_world.hpp"

using namespace fake;
using analysis::stress_hunt;
using analysis::stress_limits;

namespace {

/// A dispatcher's run of the tests under a stress_hunt, and what the reports saw.
struct stress {
    explicit stress(std::size_t tests, std::uint32_t jobs, cordon::isolate mode = cordon::isolate::fork)
        : s(tests, jobs, mode) {}

    struct keeper : sink {
        cordon::engine::vector<event> events;
        void on(const event& happened) override { events.push_back(happened); }
    };

    void run() {
        cordon::engine::vector<std::size_t> tests;
        for (std::size_t i = 0; i < s.list.tests.size(); ++i)
            tests.push_back(i);
        hunt.emplace(s.list, tests, limits, false, seen);
        plan what;
        what.order = hunt->order_for(s.settings.jobs);
        world in(s.plays);
        in.list_hash = s.list.hash;
        in.tests = static_cast<std::uint32_t>(s.list.tests.size());
        in.on_begin = [this](const wire::work_item& item, std::uint32_t slot) {
            for (const auto& other : beside)
                if (other.first != slot && other.second == item.test) ++overlaps;
            beside[slot] = item.test;
        };
        in.on_over = [this](const wire::work_item&, std::uint32_t slot) { beside.erase(slot); };
        if (s.prepare) s.prepare(in);
        s.settings.started = in.now();
        if (for_time != duration{0}) limits.end = in.now() + for_time;
        hunt.emplace(s.list, tests, limits, false, seen);
        s.settings.repeats = &*hunt;
        run::dispatcher work(s.list, what, s.setups, s.chosen, s.settings, in, *hunt);
        fine = work.run();
        took = in.now() - s.settings.started;
        hunt->conclude();
    }

    const test_finished& verdict_on(std::size_t test) const {
        const test_finished* found = nullptr;
        for (const event& each : seen.events) {
            const auto* finished = each.get_if<test_finished>();
            if (finished == nullptr || finished->test != test) continue;
            CHECK(found == nullptr);
            found = finished;
        }
        REQUIRE(found != nullptr);
        return *found;
    }
    const flake_summary& summary_of(std::size_t test) const {
        for (const event& each : seen.events) {
            const auto* flake = each.get_if<flake_found>();
            if (flake != nullptr && flake->what.test == test) return flake->what;
        }
        FAIL("no summary");
        static const flake_summary none;
        return none;
    }

    scenario s;
    stress_limits limits;
    duration for_time{};
    cordon::engine::optional<stress_hunt> hunt;
    keeper seen;
    std::map<std::uint32_t, std::size_t> beside;
    std::size_t overlaps = 0;
    bool fine = false;
    duration took{};
};

}  // namespace

TEST_CASE("each test has its runs, and one test runs beside itself") {
    for (const cordon::isolate mode : {cordon::isolate::fork, cordon::isolate::exec, cordon::isolate::shard}) {
        for (const std::uint32_t jobs : {1u, 2u, 5u}) {
            for (const std::size_t tests : {1u, 3u, 20u}) {
                CAPTURE(jobs);
                CAPTURE(tests);
                stress of(tests, jobs, mode);
                of.limits.runs = 37;
                of.run();
                CHECK(of.fine);
                CHECK(of.hunt->runs() == 37 * tests);
                for (std::size_t i = 0; i < tests; ++i) {
                    CHECK(of.verdict_on(i).what == verdict::passed);
                    CHECK(of.summary_of(i).runs == 37);
                }
                if (tests == 1 && jobs > 1) CHECK(of.overlaps > 0);
                if (jobs == 1) CHECK(of.overlaps == 0);
            }
        }
    }
}

TEST_CASE("the first failure ends it, and its run is shown with the number that it had") {
    stress of(2, 2);
    of.s.plays.test = [](std::size_t test, std::uint32_t number) {
        behaviour made;
        made.takes = us(500);
        if (test == 1 && number == 100) made.what = deed::crash;
        return made;
    };
    of.run();
    CHECK(of.fine);
    CHECK(of.hunt->failures() == 1);
    CHECK(of.hunt->stopped_because() == "stopped after 1 failure (--stress)");
    CHECK(of.verdict_on(0).what == verdict::passed);
    CHECK(of.verdict_on(1).what == verdict::flaky);
    CHECK(of.summary_of(1).failures == 1);
    CHECK(of.summary_of(1).runs < 200);
    bool shown = false;
    std::uint32_t last = 0;
    for (const event& each : of.seen.events) {
        const auto* ended = each.get_if<attempt_ended>();
        if (ended == nullptr || ended->result.test != 1) continue;
        CHECK(ended->result.number > last);
        last = ended->result.number;
        shown = shown || (ended->result.number == 100 && ended->result.how == ending::crashed);
    }
    CHECK(shown);
}

TEST_CASE("it can go on until several runs have failed") {
    stress of(1, 2);
    of.limits.failures = 12;
    of.s.plays.test = [](std::size_t, std::uint32_t number) {
        return behaviour{number % 10 == 0 ? deed::fail : deed::pass, us(300), false};
    };
    of.run();
    CHECK(of.hunt->failures() >= 12);
    CHECK(of.hunt->failures() < 24);
    CHECK(of.hunt->stopped_because().find("failures (--stress)") != std::string::npos);
}

TEST_CASE("time ends it") {
    stress of(3, 2);
    of.for_time = std::chrono::seconds(2);
    of.run();
    CHECK(of.took >= std::chrono::seconds(2));
    CHECK(of.took < std::chrono::seconds(3));
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(of.verdict_on(i).what == verdict::passed);
}

TEST_CASE("tests that are never started, skip themselves or cannot be run do not keep it going") {
    stress of(3, 2);
    of.s.list.tests[0].skip = "never";
    of.s.plays.test = [](std::size_t test, std::uint32_t) {
        return behaviour{test == 1 ? deed::skip : deed::kill_worker, us(100), false};
    };
    of.run();
    CHECK(of.verdict_on(0).what == verdict::skipped);
    CHECK(of.verdict_on(1).what == verdict::skipped);
    CHECK(of.verdict_on(2).what == verdict::lost);
}

TEST_CASE("a cancelled one tells what there was so far") {
    stress of(2, 2);
    of.s.prepare = [](world& in) { in.later(ms(500), [](inbox& to) { to.on_cancel(2, 1); }); };
    of.run();
    CHECK(of.hunt->runs() > 10);
    CHECK(of.verdict_on(0).what == verdict::passed);
    CHECK(of.verdict_on(0).reason.find("0 of ") == 0);
    CHECK(of.hunt->stopped_because() == "cancelled by SIGINT");
}

TEST_CASE("what is in quarantine or may fail does not stop the others, unless there are none") {
    for (const bool quarantined : {true, false}) {
        CAPTURE(quarantined);
        const auto tolerate = [&](test_info& test) {
            if (quarantined) {
                test.quarantine = "issue 7";
            } else {
                test.may_fail = true;
            }
        };
        const auto plays = [](std::size_t test, std::uint32_t number) {
            return behaviour{test == 0 && number % 2 == 0 ? deed::fail : deed::pass, us(300), false};
        };
        stress of(2, 2);
        tolerate(of.s.list.tests[0]);
        of.s.plays.test = plays;
        of.limits.runs = 60;
        of.run();
        CHECK(of.hunt->stopped_because().empty());
        CHECK(of.hunt->failures() == 0);
        CHECK(of.summary_of(0).runs == 60);
        CHECK(of.summary_of(0).failures == 30);
        CHECK(of.summary_of(1).runs == 60);
        CHECK(of.verdict_on(0).what == (quarantined ? verdict::quarantined : verdict::known_failure));
        CHECK(of.hunt->figures(std::chrono::seconds(1)) ==
              "120 runs, 120 a second, none failed, besides 30 in quarantine or known");
        stress alone(1, 2);
        tolerate(alone.s.list.tests[0]);
        alone.s.plays.test = plays;
        alone.run();
        CHECK(alone.hunt->stopped_because() == "stopped after 1 failure (--stress)");
    }
}
