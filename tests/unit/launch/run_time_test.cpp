#include <doctest/doctest.h>
#include <cordon/engine/launch/run_time.hpp>

using namespace cordon::engine;
using namespace cordon::engine::launch;

namespace {

instant at(int value) { return instant(duration(value)); }

duration adjusted(const run_time& time, int stamp) {
    duration value(stamp);
    time.adjust(value);
    return value;
}

}  // namespace

TEST_CASE("a run that was never suspended has the steady clock's time") {
    const run_time time;
    CHECK(time.suspended() == duration{0});
    CHECK(adjusted(time, 77) == duration(77));
}

TEST_CASE("what was left out is left out of all later stamps") {
    run_time time;
    time.leave_out(at(100), duration(50));
    time.leave_out(at(300), duration(7));
    CHECK(time.suspended() == duration(57));
    CHECK(adjusted(time, 0) == duration(0));
    CHECK(adjusted(time, 99) == duration(99));
    CHECK(adjusted(time, 100) == duration(100));
    CHECK(adjusted(time, 120) == duration(100));
    CHECK(adjusted(time, 150) == duration(100));
    CHECK(adjusted(time, 151) == duration(101));
    CHECK(adjusted(time, 299) == duration(249));
    CHECK(adjusted(time, 400) == duration(343));
}

TEST_CASE("messages are adjusted where they have stamps") {
    run_time time;
    time.leave_out(at(100), duration(50));
    wire::finished said;
    said.started = duration(90);
    said.ended = duration(170);
    wire::report first(said);
    time.adjust(first);
    CHECK(first.get_if<wire::finished>()->started == duration(90));
    CHECK(first.get_if<wire::finished>()->ended == duration(120));
    wire::ended end;
    end.forked = duration(80);
    end.gone = duration(180);
    wire::report second(end);
    time.adjust(second);
    CHECK(second.get_if<wire::ended>()->forked == duration(80));
    CHECK(second.get_if<wire::ended>()->started == duration(0));
    CHECK(second.get_if<wire::ended>()->gone == duration(130));
}
