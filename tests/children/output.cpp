// Tests that print.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <iostream>
#include <string>

#include <unistd.h>

TEST_SUITE("printing") {
    TEST_CASE("passes") {
        std::puts("said by a test that passes");
        std::fprintf(stderr, "complained by a test that passes\n");
        WARN(1 == 2);
    }

    TEST_CASE("fails") {
        std::puts("said by a test that fails");
        std::fprintf(stderr, "complained by a test that fails\n");
        CHECK(std::string("actual") == "expected");
    }

    TEST_CASE("says nothing") { SUCCEED(); }

    TEST_CASE("without a line end") {
        std::cout << "no end";
        CHECK(false);
    }

    TEST_CASE("slowly") {
        for (int i = 0; i < 3; ++i) {
            std::printf("step %d\n", i);
            std::fflush(stdout);
            usleep(30'000);
        }
    }
}
