#include <doctest/doctest.h>
#include <cordon/engine/os/system.hpp>
#include <cordon/engine/run/slot.hpp>

using namespace cordon::engine::run;
using phase = slot::phase;

TEST_CASE("what may be done with a slot in which phase") {
    struct row {
        phase now_in;
        bool greeted;
        bool has_worker;
        bool can_be_sent_to;
        bool is_busy;
        bool is_awaited;
    };
    const row table[] = {
        {phase::absent, false, false, false, false, false}, {phase::starting, false, true, true, false, true},
        {phase::ready, true, true, true, false, false},     {phase::switching, true, true, false, true, false},
        {phase::switching, false, true, false, true, true}, {phase::leaving, true, true, false, false, false},
        {phase::leaving, false, true, false, false, false},
    };
    for (const row& each : table) {
        CAPTURE(static_cast<int>(each.now_in));
        slot one;
        one.now_in = each.now_in;
        one.greeted = each.greeted;
        CHECK(one.has_worker() == each.has_worker);
        CHECK(one.can_be_sent_to() == each.can_be_sent_to);
        CHECK(one.is_busy() == each.is_busy);
        CHECK(one.is_awaited() == each.is_awaited);
    }
}

TEST_CASE("what it holds or was sent keeps it busy") {
    slot one;
    one.now_in = phase::ready;
    one.held = {3};
    CHECK(one.is_busy());
    one.held.clear();
    one.outstanding = {7};
    CHECK(one.is_busy());
}

TEST_CASE("tickets are owned until they are forgotten, in any order") {
    slot one;
    one.outstanding = {4, 5, 9};
    CHECK(one.owns(4));
    CHECK(one.owns(9));
    CHECK_FALSE(one.owns(6));
    CHECK(one.is_next(4));
    CHECK_FALSE(one.is_next(5));
    one.forget(5);
    CHECK_FALSE(one.owns(5));
    one.forget(4);
    CHECK(one.is_next(9));
    one.forget(1000);
    CHECK(one.outstanding.size() == 1);
    one.forget(9);
    CHECK_FALSE(one.is_next(0));
    CHECK_FALSE(one.owns(0));
}

TEST_CASE("a part is made when something first comes in for its ticket") {
    slot one;
    one.part(4).moved_on = true;
    one.part(5);
    CHECK(one.parts.size() == 2);
    CHECK(one.part(4).moved_on);
    CHECK(one.part(5).ticket == 5);
    CHECK(one.parts.size() == 2);
}
