// What editors and build systems list, select and show: names with characters that their formats treat in a special
// way, nested subcases, a crash, output, and verdicts of every kind.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>

namespace {

volatile int zero = 0;

}  // namespace

TEST_CASE("passes") { CHECK(zero == 0); }
TEST_CASE("passes too") { CHECK(zero == 0); }

TEST_CASE("fails, with a comma", tag("a"), tag("b c")) {
    INFO("some information");
    CHECK(1 + 1 == 3 + zero);
    std::puts("printed <&>");
    CHECK_MESSAGE(zero == 1, "because");
}

TEST_SUITE("the suite") {
    TEST_CASE("passes", description("the same name as another")) { CHECK(zero == 0); }
    TEST_CASE("throws <&>\"'", tag("a")) { throw std::runtime_error("bad <&>"); }
    TEST_CASE("subcases") {
        SUBCASE("one") { CHECK(zero == 0); }
        SUBCASE("two, and a comma") {
            CHECK(zero == 1);
            SUBCASE("deep") { REQUIRE(zero == 5); }
            SUBCASE("deeper") {}
        }
    }
    TEST_CASE("skipped", skip("not today")) { CHECK(zero == 0); }
    TEST_CASE("may", may_fail(), timeout(3.0)) { CHECK(false); }
    TEST_CASE("should", should_fail()) { CHECK(false); }
}

TEST_SUITE("a, b") {
    TEST_SUITE("inner") {
        TEST_CASE("inside") { CHECK(zero == 0); }
    }
    TEST_CASE("inside, too") { CHECK(zero == 0); }
}

TEST_CASE("new\nline [x];&|'*?\\ \x01 \xff \xc3\xa9") { CHECK(zero == 9); }
TEST_CASE("-looks like an option") { CHECK(zero == 0); }
TEST_CASE("hidden", "[.]") { CHECK(zero == 0); }
TEST_CASE("says why") { SKIP("no <reason>"); }
TEST_CASE("stops") { FAIL("stop here"); }
TEST_CASE("crashes") {
    SUBCASE("in here") {
        CHECK(zero == 0);
        std::abort();
    }
}
