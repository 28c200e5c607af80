// The habits of Catch2: a second string with tags, tests without a name, hidden tests.

#include <cordon/cordon.hpp>

namespace {

struct fixture {
    int two = 2;
};

const char* const in_a_variable = "in a variable";
const char* tags_in_a_variable = "[slow][variable]";

}  // namespace

TEST_CASE("adds", "[slow]") { CHECK(1 + 1 == 2); }
TEST_CASE("has two tags", "[slow][net]") { SUCCEED(); }
TEST_CASE("has no tags", "") { SUCCEED(); }
TEST_CASE(in_a_variable, tags_in_a_variable) { SUCCEED(); }
TEST_CASE_FIXTURE(fixture, "has a fixture", "[slow][fixture]") { CHECK(two == 2); }
TEST_CASE("has a decorator, too", "[slow]", timeout(30), tag("own")) { SUCCEED(); }
SCENARIO("has tags", "[story]") { SUCCEED(); }

TEST_CASE("") { SUCCEED(); }
TEST_CASE() { SUCCEED(); }
TEST_CASE("", "[nameless]") { SUCCEED(); }
TEST_CASE(tag("nameless")) { SUCCEED(); }

TEST_SUITE("suite", "[of suite]") {
    TEST_CASE("inner", "[slow]") { SUCCEED(); }
    TEST_CASE("") { SUCCEED(); }
}

TEST_CASE("may fail", "[!mayfail]") { CHECK(1 == 2); }
TEST_CASE("should fail", "[!shouldfail]") { CHECK(1 == 2); }
TEST_CASE("is hidden", "[.]") { CHECK(1 == 2); }
TEST_CASE("is hidden by its tag", "[.long]") { CHECK(1 == 2); }
