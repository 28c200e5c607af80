#include <doctest/doctest.h>

#include <cordon/engine/base/vector.hpp>
#include <string>

#include "fake_world.hpp"

using namespace fake;
using cordon::isolate;

// Workers on other machines, which may be lost.

TEST_CASE("the tests of a lost machine run elsewhere, and nobody is told that they were tried") {
    for (const isolate mode : {isolate::fork, isolate::exec, isolate::shard}) {
        scenario s(40, 4, mode);
        s.loses_machines = true;
        s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(5), true}; };
        s.prepare = [](world& of) {
            of.later(ms(23), [&of](inbox& to) {
                of.unreachable = {1, 3};
                of.lose_host_now(1, to);
                of.lose_host_now(3, to);
            });
        };
        const scenario::outcome done = s.run();
        CHECK(done.fine);
        for (std::size_t i = 0; i < 40; ++i) {
            CHECK(done.seen.verdict_of(i) == verdict::passed);
            CHECK(done.seen.endings_of(i) == "passed");
        }
        CHECK(done.after.starts == 4);
    }
}

TEST_CASE("a machine that comes back gets workers again") {
    scenario s(40, 2);
    s.loses_machines = true;
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(5), false}; };
    s.prepare = [](world& of) {
        of.later(ms(20), [&of](inbox& to) {
            of.unreachable = {1};
            of.lose_host_now(1, to);
        });
        of.later(ms(40), [&of](inbox&) { of.unreachable.clear(); });
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.after.starts == 3);
}

TEST_CASE("a test that runs whenever a machine is lost is given up after the third") {
    scenario s(6, 2);
    s.loses_machines = true;
    s.plays.test = [](std::size_t test, std::uint32_t) {
        return behaviour{deed::pass, test == 2 ? std::chrono::seconds(1) : ms(1), false};
    };
    s.prepare = [](world& of) {
        of.on_begin = [&of](const wire::work_item& item, std::uint32_t slot) {
            if (item.test == 2) of.later(ms(1), [&of, slot](inbox& to) { of.lose_host_now(slot, to); });
        };
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    CHECK(done.seen.verdict_of(2) == verdict::lost);
    // The third one counts as an attempt, and the repeat of a lost attempt is the fourth.
    CHECK(done.seen.endings_of(2) == "lost lost");
    for (const std::size_t other : {0, 1, 3, 4, 5})
        CHECK(done.seen.verdict_of(other) == verdict::passed);
}

TEST_CASE("attempts and workers name their machine") {
    scenario s(8, 2);
    s.prepare = [](world& of) { of.two_machines = true; };
    const scenario::outcome done = s.run();
    for (const event& each : done.seen.events) {
        if (const auto* started = each.get_if<worker_started>())
            CHECK(started->host == (started->slot == 1 ? "build2" : ""));
        if (const auto* ended = each.get_if<attempt_ended>())
            CHECK(ended->result.host == (ended->result.slot == 1 ? "build2" : ""));
    }
}

TEST_CASE("tests wait at workers that are far away, but not the last ones") {
    std::size_t most_at_once = 0;
    scenario s(400, 2);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(50), false}; };
    s.prepare = [](world& of) { of.trip = ms(200); };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    for (const auto& slot : done.after.sent) {
        for (const wire::command& each : slot) {
            if (const auto* batch = each.get_if<wire::run>())
                most_at_once = std::max(most_at_once, batch->items.size());
        }
    }
    CHECK(most_at_once >= 5);
    CHECK(most_at_once <= 10);
}

TEST_CASE("a machine without room for tests costs the others no workers") {
    scenario s(200, 8);
    s.plays.test = [](std::size_t, std::uint32_t) { return behaviour{deed::pass, ms(50), false}; };
    s.prepare = [](world& of) {
        of.two_machines = true;
        of.full = {"build2"};
    };
    const scenario::outcome done = s.run();
    CHECK(done.fine);
    REQUIRE(done.seen.notices.size() == 1);
    CHECK(done.seen.notices[0].find("no room for 4 workers on build2 (no process)") != std::string::npos);
    CHECK(done.seen.notices[0].find("lower --agent-jobs") != std::string::npos);
    std::size_t started_here = 0;
    for (const event& each : done.seen.events) {
        const auto* started = each.get_if<worker_started>();
        if (started != nullptr && started->host.empty()) ++started_here;
    }
    CHECK(started_here == 4);
    for (std::size_t i = 0; i < 200; ++i)
        CHECK(done.seen.endings_of(i) == "passed");
}
