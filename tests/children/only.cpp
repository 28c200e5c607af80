// Some tests and a suite are decorated with only().

#include <cordon/cordon.hpp>

TEST_CASE("left out") { FAIL("only() is set elsewhere"); }
TEST_CASE("picked", only()) { SUCCEED(); }

TEST_SUITE("picked suite", only()) {
    TEST_CASE("one") { SUCCEED(); }
    TEST_CASE("two") { SUCCEED(); }
}

TEST_SUITE("left out suite") {
    TEST_CASE("one") { FAIL("only() is set elsewhere"); }
}
