#include <doctest/doctest.h>
#include <cordon/engine/run/worker_slot.hpp>

using namespace cordon::engine::run;
using phase = worker_slot::phase;

TEST_CASE("what may be done with a worker in which phase") {
    struct row {
        phase now_in;
        bool greeted;
        bool has_worker;
        bool can_be_sent_to;
        bool is_switching;
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
        worker_slot one;
        one.now_in = each.now_in;
        one.greeted = each.greeted;
        CHECK(one.has_worker() == each.has_worker);
        CHECK(one.can_be_sent_to() == each.can_be_sent_to);
        CHECK(one.is_switching() == each.is_switching);
        CHECK(one.is_awaited() == each.is_awaited);
    }
}
