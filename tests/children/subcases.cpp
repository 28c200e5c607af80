// Prints where it is, so that the order of all passes through a test can be read from its output.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

#include <sys/wait.h>
#include <unistd.h>

namespace {

void at(const std::string& place) { std::printf("%s\n", place.c_str()); }

struct counting_fixture {
    counting_fixture() { at("constructed"); }
    ~counting_fixture() { at("destroyed"); }
    int used = 0;
};

}  // namespace

TEST_CASE("without any") { at("once"); }

TEST_CASE("two leaves") {
    at("begin");
    SUBCASE("a") { at("a"); }
    SUBCASE("b") { at("b"); }
    at("end");
}

TEST_CASE("nested") {
    at("begin");
    SUBCASE("a") {
        at("a");
        SUBCASE("a1") { at("a1"); }
        at("between");
        SUBCASE("a2") { at("a2"); }
    }
    SUBCASE("b") {
        SUBCASE("b1") {
            SUBCASE("deep") { at("b1 deep"); }
        }
    }
    SUBCASE("c") { at("c"); }
}

TEST_CASE("in loops") {
    for (int row = 0; row < 2; ++row) {
        SUBCASE("row " + std::to_string(row)) {
            for (int column = 0; column < 2; ++column) {
                SUBCASE("column " + std::to_string(column)) { at(std::to_string(row) + std::to_string(column)); }
            }
        }
    }
}

TEST_CASE("names of every kind") {
    const std::string text = "a string";
    const std::string_view view = "a view";
    SUBCASE("a literal") { at("literal"); }
    SUBCASE(text) { at("string"); }
    SUBCASE(view) { at("view"); }
    SUBCASE(std::string("a ") + "temporary") { at("temporary"); }
}

TEST_CASE("the same name in two places") {
    SUBCASE("same") { at("first"); }
    SUBCASE("same") { at("second"); }
}

template <class T>
static void sizes(const char* type) {
    SUBCASE("size") { at(std::string("size of ") + type); }
    SUBCASE("alignment") { at(std::string("alignment of ") + type); }
}

TEST_CASE("met again: a helper for two types") {
    sizes<int>("int");
    sizes<double>("double");
}

TEST_CASE("met again: a helper called twice") {
    const auto helper = [](int number) {
        SUBCASE("same") { at(std::to_string(number)); }
    };
    helper(1);
    helper(2);
}

TEST_CASE("met again: a loop") {
    for (int i = 0; i < 3; ++i) {
        SUBCASE("same") { CHECK(i == 0); }
    }
}

#define BOTH(type)                               \
    SUBCASE(#type) { CHECK(sizeof(type) == 4); } \
    SUBCASE(#type) { CHECK(alignof(type) == 400); }

TEST_CASE("met again: a macro"){BOTH(int)}

TEST_CASE("met again: without a name") {
    for (int i = 0; i < 3; ++i) {
        SUBCASE("") { CHECK(i == 0); }
    }
}

TEST_CASE("met again: scenarios") {
    for (int i = 0; i < 2; ++i) {
        GIVEN("a value") {
            for (int k = 0; k < 2; ++k) {
                WHEN("it is used") {
                    THEN("it is small") { CHECK(i + k < 2); }
                }
            }
        }
    }
}

TEST_CASE("never met again: by a count") {
    static int pass = 0;
    ++pass;
    for (int i = pass; i < 4; ++i) {
        SUBCASE("fewer") { at("ran"); }
    }
}

TEST_CASE("never met again: behind another one") {
    bool chosen = false;
    SUBCASE("chosen") { chosen = true; }
    SUBCASE("not chosen") { at("ran"); }
    if (chosen) {
        SUBCASE("of the chosen") { at("never"); }
    }
}

TEST_CASE("never met again: other names in each pass") {
    static int number = 0;
    for (int i = 0; i < 2; ++i) {
        SUBCASE("number " + std::to_string(++number)) { CHECK(true); }
    }
}

TEST_CASE("a leaf that a later pass finds") {
    static int pass = 0;
    ++pass;
    SUBCASE("always") { at("always"); }
    if (pass == 2) {
        SUBCASE("late") { at("late"); }
    }
    SUBCASE("last") { at("last"); }
}

TEST_CASE("one fails its REQUIRE") {
    SUBCASE("before") { at("before"); }
    SUBCASE("failing") {
        at("failing");
        REQUIRE(1 == 2);
        at("not reached");
    }
    SUBCASE("after") { at("after"); }
    SUBCASE("last") { at("last"); }
}

TEST_CASE("all fail their REQUIRE") {
    for (const char* name : {"x", "y", "z"}) {
        SUBCASE(name) {
            SUBCASE("inner") {
                at(name);
                REQUIRE(std::string(name) == "none");
            }
            SUBCASE("inner too") {
                at(std::string(name) + " too");
                REQUIRE(false);
            }
        }
    }
}

TEST_CASE("one throws") {
    SUBCASE("outer") {
        SUBCASE("throwing") {
            at("throwing");
            throw std::runtime_error("out of a leaf");
        }
        SUBCASE("sibling") { at("sibling"); }
    }
    SUBCASE("other") { at("other"); }
}

TEST_CASE("a CHECK fails in each") {
    SUBCASE("a") {
        CHECK(1 == 2);
        SUBCASE("b") {
            INFO("in b");
            CHECK(3 == 4);
        }
    }
    CHECK(5 == 6);
}

TEST_CASE("a REQUIRE fails behind them") {
    SUBCASE("a") { at("a"); }
    SUBCASE("b") { at("b"); }
    REQUIRE(false);
    at("not reached");
}

TEST_CASE("one skips") {
    SUBCASE("a") { at("a"); }
    SUBCASE("b") {
        at("b");
        SKIP("not here");
    }
    SUBCASE("c") { at("c"); }
}

TEST_CASE_FIXTURE(counting_fixture, "a fixture for each pass") {
    CHECK(used == 0);
    ++used;
    SUBCASE("a") { at("a"); }
    SUBCASE("b") { at("b"); }
}

TEST_CASE("SECTION is the same") {
    SECTION("a") { at("a"); }
    SECTION("b") { at("b"); }
}

SCENARIO("a stack grows") {
    GIVEN("an empty stack") {
        WHEN("one is pushed") {
            THEN("it holds one") { at("one"); }
            AND_THEN("it is not empty") { CHECK(false); }
        }
        AND_WHEN("two are pushed") {
            THEN("it holds two") { at("two"); }
        }
    }
}

// ---- SKIP in one of them ----

TEST_CASE("skips one of three leaves") {
    SUBCASE("runs") { CHECK(1 == 1); }
    SUBCASE("skips") { SKIP("not this one"); }
    SUBCASE("runs as well") { CHECK(2 == 2); }
}
TEST_CASE("skips a leaf and fails another") {
    SUBCASE("skips") { SKIP("not this one"); }
    SUBCASE("fails") { CHECK(1 == 2); }
}
TEST_CASE("skips all of its leaves") {
    SUBCASE("one") { SKIP("not the first"); }
    SUBCASE("other") { SKIP("nor the second"); }
}
TEST_CASE("skips itself after a leaf") {
    SUBCASE("one") {}
    SUBCASE("other") {}
    SKIP("all of it");
}

// ---- in a process that the test forks ----

TEST_CASE("forks, and the copy has two leaves") {
    const pid_t copy = fork();
    if (copy == 0) {
        SUBCASE("first") { CHECK(1 == 1); }
        SUBCASE("second") { CHECK(1 == 2); }
        _exit(0);
    }
    int state = 0;
    CHECK(waitpid(copy, &state, 0) == copy);
}
TEST_CASE("forks in a leaf, and the copy comes by the others") {
    SUBCASE("first") {
        const pid_t copy = fork();
        int state = 0;
        if (copy != 0) CHECK(waitpid(copy, &state, 0) == copy);
    }
    SUBCASE("second") { CHECK(1 == 1); }
}
