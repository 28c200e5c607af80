#pragma once

#include <cordon/cordon.hpp>

#include <string>
#include <vector>

// The same macros with the same numbers in each library that includes this file. LIBRARY is its name.

TEST_SUITE(LIBRARY, tag(LIBRARY)) {
    struct fixture {
        std::string name = LIBRARY;
    };

    int prepared = 0;
    SUITE_SETUP() { prepared = 1; }

    TEST_CASE("plain") { CHECK(prepared == 1); }
    TEST_CASE_FIXTURE(fixture, "fixture") { CHECK(name == LIBRARY); }
    TEST_CASE_PARAMS("row", const std::string& text, std::vector<std::string>{LIBRARY, "other"}) {
        CHECK(text == LIBRARY);
    }
    TEST_CASE_TEMPLATE("type", T, fixture, std::vector<fixture>) { CHECK(sizeof(T) > 0); }
    TEST_CASE("throws") { CHECK_THROWS_AS(throw fixture(), fixture); }
    TEST_CASE("leaves") { REQUIRE(prepared == 2); }
}
