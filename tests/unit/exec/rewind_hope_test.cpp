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

int attempts_among(int tests) {
    rewind_hope hope;
    int attempts = 0;
    for (int done = 0; done < tests; ++done) {
        if (!hope.is_worth_trying()) continue;
        ++attempts;
        hope.learn(1, 16);
    }
    return attempts;
}

}  // namespace

TEST_CASE("tests that use their processes up pause the attempts, ever longer") {
    rewind_hope hope;
    CHECK(pauses_of(hope) == 0);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 8);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 64);
    for (int i = 0; i < 100; ++i)
        hope.learn(1, 16);
    CHECK(pauses_of(hope) == 512);
}

TEST_CASE("few attempts among tests that all use their processes up are in vain") {
    CHECK(attempts_among(43) == 2);
    CHECK(attempts_among(2000) == 6);
}

TEST_CASE("attempts that saved forks pay for some in vain") {
    rewind_hope hope;
    hope.learn(3, 16);
    for (int in_vain = 0; in_vain < 2; ++in_vain) {
        hope.learn(1, 16);
        CHECK(pauses_of(hope) == 0);
    }
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 8);
}

TEST_CASE("they pay for a few only, however many tests ran before") {
    rewind_hope hope;
    hope.learn(1000, 2000);
    for (int in_vain = 0; in_vain < 4; ++in_vain)
        hope.learn(1, 16);
    CHECK(pauses_of(hope) == 0);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 8);
}

TEST_CASE("a process that ran several tests makes the next pause short again") {
    rewind_hope hope;
    hope.learn(1, 16);
    hope.learn(1, 16);
    hope.learn(2, 16);
    hope.learn(1, 16);
    hope.learn(1, 16);
    CHECK(pauses_of(hope) == 8);
}

TEST_CASE("a batch of one test says nothing") {
    rewind_hope hope;
    hope.learn(1, 1);
    CHECK(pauses_of(hope) == 0);
}

TEST_CASE("a test that has used its process up is known") {
    rewind_hope hope;
    CHECK_FALSE(hope.is_user(0));
    hope.note_user(7);
    CHECK(hope.is_user(7));
    CHECK_FALSE(hope.is_user(6));
    CHECK_FALSE(hope.is_user(8));
    hope.note_user(2);
    CHECK(hope.is_user(2));
    CHECK(hope.is_user(7));
    CHECK_FALSE(hope.is_user(3));
}
