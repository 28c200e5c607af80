#include <doctest/doctest.h>
#include <cordon/engine/exec/stop_clock.hpp>

#include <initializer_list>

using namespace cordon::engine;
using exec::stop_clock;
using wire::stopped_by;
using action = stop_clock::action;

namespace {

constexpr duration ms(std::int64_t count) { return std::chrono::milliseconds(count); }
constexpr instant at(std::int64_t count) { return instant(ms(count)); }

// A process made at 1000 ms, with a grace of 200 ms.
stop_clock clock_of_test(std::int64_t began, std::int64_t limit) {
    stop_clock made(at(1000), ms(200), false);
    made.follow(ms(began), ms(limit));
    return made;
}

}  // namespace

TEST_CASE("what it was stopped for does not count") {
    stop_clock clock(instant(), std::chrono::seconds(2), false);
    const auto at = [](int seconds) { return instant() + std::chrono::seconds(seconds); };
    clock.follow(at(10).time_since_epoch(), std::chrono::seconds(5));
    clock.pause(at(12), std::chrono::seconds(100));
    CHECK(clock.due(at(114)) == stop_clock::action::none);
    CHECK(clock.next() == at(115));
    CHECK(clock.due(at(115)) == stop_clock::action::ask);
    clock.pause(at(116), std::chrono::seconds(50));
    CHECK(clock.due(at(118)) == stop_clock::action::none);
    CHECK(clock.next() == at(167));
    CHECK(clock.due(at(167)) == stop_clock::action::kill);
}

TEST_CASE("a test that began after it was stopped has its whole limit and no more") {
    stop_clock clock(instant(), std::chrono::seconds(2), false);
    const auto at = [](int seconds) { return instant() + std::chrono::seconds(seconds); };
    clock.pause(at(12), std::chrono::seconds(100));
    clock.follow(at(120).time_since_epoch(), std::chrono::seconds(5));
    CHECK(clock.next() == at(125));
}

TEST_CASE("a debugger may look before a test is asked to end, and has its limit") {
    const auto over = [] {
        stop_clock made(at(1000), ms(200), false, true);
        made.follow(ms(1500), ms(100));
        CHECK(made.due(at(1600)) == action::debug);
        CHECK(made.why() == stopped_by::timeout);
        CHECK(made.due(at(1700)) == action::none);
        return made;
    };
    stop_clock quick = over();
    quick.debugged(at(2000));
    CHECK(quick.next() == at(2000));
    CHECK(quick.due(at(2000)) == action::ask);
    CHECK(quick.due(at(2200)) == action::kill);
    stop_clock slow = over();
    CHECK(slow.next() == at(1600) + stop_clock::debugger_limit);
    CHECK(slow.due(at(1600) + stop_clock::debugger_limit) == action::ask);
    slow.debugged(at(1600) + stop_clock::debugger_limit + ms(10));  // too late to change anything
    CHECK(slow.next() == at(1800) + stop_clock::debugger_limit);
}

TEST_CASE("who cancels the run does not wait for a debugger") {
    stop_clock clock(at(1000), ms(200), false, true);
    clock.follow(ms(1500), ms(100));
    CHECK(clock.due(at(1600)) == action::debug);
    clock.stop(stopped_by::cancelled, at(1700));
    CHECK(clock.due(at(1700)) == action::ask);
    CHECK(clock.why() == stopped_by::timeout);
}

TEST_CASE("a debugger looks after the threads have been looked at") {
    stop_clock clock(at(1000), ms(200), true, true);
    clock.follow(ms(1500), ms(100));
    CHECK(clock.due(at(1600)) == action::look);
    clock.want_another_look(at(1610));
    CHECK(clock.due(at(1610)) == action::look_again);
    const instant end = at(1610) + stop_clock::answer_time;
    CHECK(clock.due(end - ms(1)) == action::none);
    CHECK(clock.due(end) == action::debug);
    clock.answered(end + ms(1));  // of the looks: the debugger still has its time
    CHECK(clock.due(end + ms(2)) == action::none);
}

TEST_CASE("no debugger looks at a test that is ended for another reason") {
    stop_clock clock(at(1000), ms(200), true, true);
    clock.follow(ms(1500), ms(1000));
    clock.stop(stopped_by::cancelled, at(1600));
    CHECK(clock.due(at(1600)) == action::ask);
}

TEST_CASE("a test is asked to end at its limit, and killed after the grace") {
    stop_clock clock = clock_of_test(1500, 100);
    CHECK(clock.next() == at(1600));
    CHECK(clock.due(at(1500)) == action::none);
    CHECK(clock.due(at(1599)) == action::none);
    CHECK(clock.why() == stopped_by::itself);
    CHECK(clock.due(at(1600)) == action::ask);
    CHECK(clock.why() == stopped_by::timeout);
    CHECK(clock.next() == at(1800));
    CHECK(clock.due(at(1601)) == action::none);
    CHECK(clock.due(at(1799)) == action::none);
    CHECK(clock.due(at(1800)) == action::kill);
    CHECK(clock.next() == std::nullopt);
    CHECK(clock.due(at(5000)) == action::none);
}

TEST_CASE("a test near its limit is glanced at, once, a tenth of the limit ahead") {
    struct row {
        std::int64_t limit;
        std::int64_t ahead;
    };
    for (const row each : {row{60'000, 200}, row{2000, 200}, row{1000, 100}, row{100, 20}, row{20, 10}}) {
        CAPTURE(each.limit);
        stop_clock clock(at(1000), ms(200), true);
        clock.follow(ms(1500), ms(each.limit));
        const instant glance = at(1500 + each.limit - each.ahead);
        CHECK(clock.next() == glance);
        CHECK(clock.due(glance - duration(1)) == action::none);
        CHECK(clock.due(glance) == action::glance);
        CHECK(clock.why() == stopped_by::itself);
        CHECK(clock.due(glance) == action::none);
        CHECK(clock.next() == at(1500 + each.limit));
    }
}

TEST_CASE("each test of a process is glanced at, and none that has no limit or has not begun") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(1000));
    CHECK(clock.due(at(2400)) == action::glance);
    clock.follow(ms(2450), ms(1000));
    CHECK(clock.next() == at(3350));
    CHECK(clock.due(at(3350)) == action::glance);
    clock.follow(ms(3400), ms(0));
    CHECK(clock.next() == std::nullopt);
    clock.follow(ms(0), ms(1000));
    CHECK(clock.next() == at(1000) + stop_clock::start_limit);
}

TEST_CASE("what was slept through is looked at without a glance") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(1000));
    CHECK(clock.due(at(2500)) == action::look);
    CHECK(clock.due(at(2500)) == action::none);
}

TEST_CASE("a test is asked to end as soon as all has come in that a look asked for") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(100));
    clock.answered(at(1590));  // to nothing
    CHECK(clock.due(at(1590)) == action::glance);
    CHECK_FALSE(clock.is_looking());
    CHECK(clock.due(at(1600)) == action::look);
    CHECK(clock.is_looking());
    CHECK(clock.why() == stopped_by::timeout);
    CHECK(clock.next() == at(1600) + stop_clock::answer_time);
    clock.answered(at(1601));
    CHECK(clock.due(at(1601)) == action::ask);
    CHECK_FALSE(clock.is_looking());
    CHECK(clock.next() == at(1801));
}

TEST_CASE("a look that told too little is followed by another one, which is waited for") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(100));
    CHECK(clock.due(at(1600)) == action::look);
    clock.want_another_look(at(1610));
    clock.answered(at(1601));
    CHECK(clock.next() == at(1610));
    CHECK(clock.due(at(1609)) == action::none);
    CHECK(clock.due(at(1610)) == action::look_again);
    CHECK(clock.due(at(1611)) == action::none);
    clock.answered(at(1612));
    CHECK(clock.due(at(1612)) == action::ask);
}

TEST_CASE("threads that do not answer are not waited for long") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(100));
    CHECK(clock.due(at(1600)) == action::look);
    CHECK(clock.due(at(1600) + stop_clock::answer_time - ms(1)) == action::none);
    CHECK(clock.due(at(1600) + stop_clock::answer_time) == action::ask);
}

TEST_CASE("who has no use for the grace is killed sooner") {
    stop_clock at_once = clock_of_test(1500, 100);
    at_once.kill_by(at(1550));  // it has not been asked
    CHECK(at_once.due(at(1600)) == action::ask);
    CHECK(at_once.next() == at(1800));
    at_once.kill_by(at(1600));
    CHECK(at_once.due(at(1600)) == action::kill);
    stop_clock soon = clock_of_test(1500, 100);
    CHECK(soon.due(at(1600)) == action::ask);
    soon.kill_by(at(1650));
    soon.kill_by(at(1900));
    CHECK(soon.due(at(1649)) == action::none);
    CHECK(soon.due(at(1650)) == action::kill);
}

TEST_CASE("without a grace there is no time for looks") {
    stop_clock clock(at(1000), ms(0), true);
    clock.follow(ms(1500), ms(100));
    CHECK(clock.due(at(1600)) == action::ask);
    CHECK(clock.due(at(1600)) == action::kill);
}

TEST_CASE("a run that is cancelled ends a test at once, without looks") {
    stop_clock clock(at(1000), ms(200), true);
    clock.follow(ms(1500), ms(100));
    clock.stop(stopped_by::cancelled, at(1550));
    CHECK(clock.due(at(1550)) == action::ask);
    CHECK(clock.due(at(1700)) == action::none);
    CHECK(clock.why() == stopped_by::cancelled);
}

TEST_CASE("the grace counts from when the test was asked, not from when it should have been") {
    stop_clock clock = clock_of_test(1500, 100);
    CHECK(clock.due(at(3000)) == action::ask);
    CHECK(clock.next() == at(3200));
    CHECK(clock.due(at(3199)) == action::none);
    CHECK(clock.due(at(3200)) == action::kill);
}

TEST_CASE("which limit holds when") {
    const std::int64_t start_limit = 60'000;
    struct row {
        std::int64_t began;
        std::int64_t limit;
        deadline expected;
        stopped_by why;
    };
    const row table[] = {
        {1500, 100, at(1600), stopped_by::timeout},
        {1500, 0, std::nullopt, stopped_by::itself},                // no limit
        {0, 0, std::nullopt, stopped_by::itself},                   // not begun, no limit
        {0, 100, at(1000 + start_limit), stopped_by::start_limit},  // not begun: a linker may be slow
        {0, 100'000, at(1000 + 100'000), stopped_by::start_limit},  // but never less than the test's own limit
        {1000, start_limit, at(1000 + start_limit), stopped_by::timeout},
    };
    for (const row& each : table) {
        CAPTURE(each.began);
        CAPTURE(each.limit);
        stop_clock clock = clock_of_test(each.began, each.limit);
        CHECK(clock.next() == each.expected);
        if (!each.expected) {
            CHECK(clock.due(at(1'000'000'000)) == action::none);
            CHECK(clock.why() == stopped_by::itself);
            continue;
        }
        CHECK(clock.due(*each.expected - duration(1)) == action::none);
        CHECK(clock.due(*each.expected) == action::ask);
        CHECK(clock.why() == each.why);
    }
}

TEST_CASE("that a time is up shows before the clock is told to act") {
    stop_clock clock = clock_of_test(1500, 100);
    CHECK_FALSE(clock.is_over_limit(at(1599)));
    CHECK(clock.is_over_limit(at(1600)));
    CHECK(clock.why() == stopped_by::itself);
    clock.follow(ms(1600), ms(100));  // another one has begun meanwhile
    CHECK_FALSE(clock.is_over_limit(at(1600)));
    CHECK(clock.due(at(1600)) == action::none);
    CHECK(clock.due(at(1700)) == action::ask);
    CHECK_FALSE(clock.is_over_limit(at(1800)));
}

TEST_CASE("the limit moves with the test that runs") {
    stop_clock clock = clock_of_test(1500, 100);
    clock.follow(ms(1590), ms(100));
    CHECK(clock.next() == at(1690));
    CHECK(clock.due(at(1650)) == action::none);
    clock.follow(ms(1650), ms(0));
    CHECK(clock.next() == std::nullopt);
}

TEST_CASE("once asked, the end comes even if another test has begun meanwhile") {
    stop_clock clock = clock_of_test(1500, 100);
    CHECK(clock.due(at(1600)) == action::ask);
    clock.follow(ms(1601), ms(5000));
    CHECK(clock.due(at(1800)) == action::kill);
    CHECK(clock.why() == stopped_by::timeout);
}

TEST_CASE("a stop from outside goes the same way") {
    stop_clock clock = clock_of_test(1500, 0);
    clock.stop(stopped_by::cancelled, at(2000));
    CHECK(clock.next() == at(2000));
    CHECK(clock.due(at(2000)) == action::ask);
    CHECK(clock.due(at(2200)) == action::kill);
    CHECK(clock.why() == stopped_by::cancelled);
}

TEST_CASE("a stop that lies ahead waits until then") {
    stop_clock clock = clock_of_test(1500, 0);
    clock.stop(stopped_by::cancelled, at(3000));
    CHECK(clock.next() == at(3000));
    CHECK(clock.due(at(2999)) == action::none);
    CHECK(clock.due(at(3000)) == action::ask);
}

TEST_CASE("the first reason stays") {
    stop_clock clock = clock_of_test(1500, 100);
    clock.stop(stopped_by::cancelled, at(1550));
    CHECK(clock.due(at(1700)) == action::ask);
    CHECK(clock.why() == stopped_by::cancelled);

    stop_clock other = clock_of_test(1500, 100);
    CHECK(other.due(at(1600)) == action::ask);
    other.stop(stopped_by::cancelled, at(1650));
    CHECK(other.why() == stopped_by::timeout);
    CHECK(other.due(at(1800)) == action::kill);
}
