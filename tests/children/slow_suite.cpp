// A suite whose tests take longer, together, than one test or setup may.

#include <cordon/cordon.hpp>

#include <unistd.h>

GLOBAL_SETUP() { SUCCEED(); }

#define SLOW_TEST(name) \
    TEST_CASE(name) { usleep(30'000); }

TEST_SUITE("outer") {
    SUITE_SETUP() { SUCCEED(); }

    TEST_SUITE("inner") {
        SUITE_SETUP() { SUCCEED(); }

        SLOW_TEST("a1")
        SLOW_TEST("a2")
        SLOW_TEST("a3")
        SLOW_TEST("a4")
        SLOW_TEST("a5")
        SLOW_TEST("a6")
        SLOW_TEST("a7")
        SLOW_TEST("a8")
        SLOW_TEST("b1")
        SLOW_TEST("b2")
        SLOW_TEST("b3")
        SLOW_TEST("b4")
        SLOW_TEST("b5")
        SLOW_TEST("b6")
        SLOW_TEST("b7")
        SLOW_TEST("b8")
        SLOW_TEST("c1")
        SLOW_TEST("c2")
        SLOW_TEST("c3")
        SLOW_TEST("c4")
        SLOW_TEST("c5")
        SLOW_TEST("c6")
        SLOW_TEST("c7")
        SLOW_TEST("c8")
    }
}
