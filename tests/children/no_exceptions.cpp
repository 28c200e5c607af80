// flags: -fno-exceptions -fno-rtti
// The same framework where neither exceptions nor type names are to be had.

#define CORDON_MAIN
#include <cordon/cordon.hpp>

#include <cstdio>

TEST_CASE("passes") {
    REQUIRE(1 == 1);
    CHECK_NE(1, 2);
}

TEST_CASE("a CHECK goes on") {
    CHECK(1 == 2);
    std::puts("went on");
}

TEST_CASE("a REQUIRE stops") {
    REQUIRE(1 == 2);
    std::puts("went on");
}

TEST_CASE("FAIL stops") {
    FAIL("words");
    std::puts("went on");
}

TEST_CASE("SKIP stops") {
    SKIP("not here");
    std::puts("went on");
}

TEST_CASE("subcases") {
    SUBCASE("a") {
        std::puts("a");
        REQUIRE(1 == 2);
    }
    SUBCASE("b") { std::puts("b"); }
}
