// A user's file under the warnings that careful projects have on: nothing is said of cordon. What clang's -Weverything
// says of C++98 and of padding is no advice.
// flags of gcc: -Wsign-conversion -Wold-style-cast -Wuseless-cast -Wnull-dereference -Wdouble-promotion -Weffc++
// flags of gcc: -Wduplicated-cond -Wlogical-op -O2
// flags of clang: -Weverything -Wno-c++98-compat -Wno-c++98-compat-pedantic -Wno-padded -Wno-unknown-warning-option
// flags of clang: -Wno-unsafe-buffer-usage -Wno-unsafe-buffer-usage-in-libc-call -Wno-c++20-compat -Wno-switch-default
#include <cordon/cordon.hpp>

#include <stdexcept>
#include <string>
#include <vector>

GLOBAL_SETUP() {}

TEST_SUITE("careful", tag("x")) {
    SUITE_SETUP() {}
    TEST_CASE("every assertion", tag("math"), timeout(2.0)) {
        int a = 1;
        unsigned u = 2;
        double d = 1.5;
        const char* text = "x";
        std::string s = "abc";
        CHECK(a == 1);
        REQUIRE(u == 2);
        CHECK(d > 1.0);
        CHECK(text != nullptr);
        CHECK(s == "abc");
        CHECK_EQ(a, 1);
        CHECK_EQ(s, "abc");
        CHECK_FALSE(a == 2);
        CHECK_MESSAGE(a == 1, "a is " << a);
        INFO("x ", a);
        CAPTURE(a, s);
        CHECK(s.size() == 3);
        CHECK((a == 1 && u == 2));
        CHECK_UNARY(a == 1);
        CHECK(std::vector<int>{1} == std::vector<int>{1});
        CHECK(d == cordon::Approx(1.5));
        CHECK_THROWS(throw std::runtime_error("x"));
        CHECK_THROWS_AS(throw std::runtime_error("x"), std::runtime_error);
        CHECK_THROWS_WITH(throw std::runtime_error("x"), "x");
        CHECK_NOTHROW(s.size());
        REQUIRE_NOTHROW(static_cast<void>(s.size()));
        SUBCASE("in") { SUCCEED(); }
        if (a == 2) FAIL("x");
        if (a == 3) SKIP("y");
        WARN(a == 1);
    }
}

TEST_SUITE_BEGIN("begun");
TEST_CASE("in begun") { CHECK(true); }
TEST_SUITE_END();

namespace {
struct fixture {
    int value = 1;
};
}  // namespace
TEST_CASE_FIXTURE(fixture, "with a fixture") { CHECK(value == 1); }

SCENARIO("story") {
    GIVEN("g") {
        WHEN("w") {
            THEN("t") { CHECK(1 == 1); }
        }
    }
}
