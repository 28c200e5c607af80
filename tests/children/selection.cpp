// Tests to choose from. All pass.

#include <cordon/cordon.hpp>

TEST_SUITE("math", tag("math")) {
    TEST_CASE("adds") { SUCCEED(); }
    TEST_CASE("subtracts", tag("slow")) { SUCCEED(); }

    TEST_SUITE("deep", tag("deep")) {
        TEST_CASE("digs") { SUCCEED(); }
        TEST_CASE("adds") { SUCCEED(); }
    }
}

TEST_SUITE("text", tag("text")) {
    SUITE_SETUP() { SUCCEED(); }

    TEST_CASE("joins", tag("math")) { SUCCEED(); }
    TEST_CASE("splits", tag("slow"), tag("fragile")) { SUCCEED(); }
    TEST_CASE("is skipped", skip("no font")) { SUCCEED(); }
    TEST_CASE("is to do", todo("later")) { SUCCEED(); }
}

TEST_SUITE("mathematics") {
    TEST_CASE("proves") { SUCCEED(); }
}

TEST_CASE("alone") { SUCCEED(); }
TEST_CASE("f(x) is odd") { SUCCEED(); }
TEST_CASE("one, two", description("has a comma")) { SUCCEED(); }
TEST_CASE("star * and ?") { SUCCEED(); }
TEST_CASE("--looks like an option") { SUCCEED(); }

TEST_SUITE_BEGIN("begun");
TEST_CASE("between") { SUCCEED(); }
TEST_SUITE_END();
