// Two tests of one full name, and a test of the same name in another suite.

#include <cordon/cordon.hpp>

#include <cstdio>

TEST_SUITE("first") {
    TEST_CASE("same") { std::puts("was run"); }
}

TEST_SUITE("second") {
    TEST_CASE("same") { std::puts("was run"); }
}

TEST_SUITE("first") {
    TEST_CASE("same") { std::puts("was run"); }
}
