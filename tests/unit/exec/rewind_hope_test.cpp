#include <doctest/doctest.h>
#include <cordon/engine/exec/rewind_hope.hpp>

using cordon::engine::exec::rewind_hope;

namespace {

int pauses_of(rewind_hope& hope) {
    int count = 0;
    while (!hope.is_worth_trying())
        ++count;
    return count;
}

}  // namespace

TEST_CASE("tests that use their processes up pause the attempts, ever longer") {
    rewind_hope hope;
    CHECK(pauses_of(hope) == 0);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 0);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 4);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 8);
    for (int i = 0; i < 100; ++i)
        hope.learn(1, 16);
    CHECK(pauses_of(hope) == 512);
}

TEST_CASE("a process that ran several tests ends the row") {
    rewind_hope hope;
    hope.learn(1, 16);
    hope.learn(2, 16);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 0);
}
