// headers: catch2/catch.hpp

// A program with tests of Catch2: each feature that the adapter passes on, and each way to go wrong.

#include <cordon/adapters/catch2.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

int changed = 0;

struct odd_error {};
CATCH_TRANSLATE_EXCEPTION(const odd_error&) { return "an odd error"; }

[[noreturn]] void throw_runtime_error() { throw std::runtime_error("thrown out"); }

TEST_CASE("pass", "[assertions]") {
    CHECK(1 + 1 == 2);
    REQUIRE(changed == 0);
}
TEST_CASE("fail", "[assertions]") {
    INFO("outer " << 1);
    const int number = 7;
    CAPTURE(number);
    CHECK(1 + 1 == 3);
    CHECK_FALSE(number == 7);
    REQUIRE_THAT(std::string("some text"), Catch::Contains("other"));
    FAIL("not reached");
}
TEST_CASE("exceptions", "[assertions]") {
    CHECK_THROWS_AS(throw_runtime_error(), std::logic_error);
    CHECK_THROWS_WITH(throw_runtime_error(), "other words");
    CHECK_THROWS(changed = 0);
    CHECK_NOTHROW(throw_runtime_error());
    CHECK_THROWS_AS(throw_runtime_error(), std::runtime_error);
}
TEST_CASE("messages", "[assertions]") {
    WARN("only said");
    CHECK_NOFAIL(changed == 1);
    FAIL_CHECK("the first");
    FAIL("the second");
}
TEST_CASE("throw", "[assertions]") {
    INFO("before it");
    throw_runtime_error();
}
TEST_CASE("translated", "[assertions]") { throw odd_error(); }
TEST_CASE("no assertions", "[assertions]") {}

TEST_CASE("writes", "[isolation]") {
    CHECK(changed == 0);
    changed = 1;
}
TEST_CASE("writes too", "[isolation]") {
    CHECK(changed == 0);
    changed = 2;
}
TEST_CASE("crashes", "[isolation]") {
    SECTION("here") { std::raise(SIGSEGV); }
}
TEST_CASE("exits", "[isolation]") { std::exit(0); }
TEST_CASE("forks", "[isolation]") {
    const ::pid_t child = ::fork();
    if (child == 0) {
        CHECK(changed == 1);
        std::fflush(nullptr);
        ::_exit(3);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    CHECK(WEXITSTATUS(status) == 3);
}

TEST_CASE("nested", "[sections]") {
    static int runs = 0;
    ++runs;
    SECTION("a") {
        SECTION("one") { CHECK(runs == 1); }
        SECTION("two") { CHECK(runs == 1); }
    }
    SECTION("b") { CHECK(runs == 3); }
    SECTION("c") { throw_runtime_error(); }
}
SCENARIO("told", "[sections]") {
    GIVEN("a number") {
        WHEN("it is compared") {
            THEN("it differs") { CHECK(changed == 3); }
        }
    }
}
TEST_CASE("generated", "[sections]") {
    const int number = GENERATE(1, 2, 3);
    CAPTURE(number);
    CHECK(number != 2);
}

TEST_CASE("hidden", "[.][tags]") { FAIL("it did run"); }
TEST_CASE("hidden too", "[.slow]") { CHECK(changed == 0); }
TEST_CASE("should fail", "[!shouldfail][tags]") { CHECK(changed == 1); }
TEST_CASE("should fail and passes", "[!shouldfail][tags]") { CHECK(changed == 0); }
TEST_CASE("may fail", "[!mayfail][tags]") { CHECK(changed == 1); }
TEST_CASE("throws", "[!throws][tags]") { CHECK_THROWS(throw_runtime_error()); }

struct counted {
    int up = 7;
};
TEST_CASE_METHOD(counted, "with a fixture", "[fixtures]") { CHECK(++up == 8); }
TEMPLATE_TEST_CASE("of a type", "[templates]", char, int) { CHECK(sizeof(TestType) == 1); }

struct listener : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
    void testCaseStarting(const Catch::TestCaseInfo& test) override {
        std::printf("listener: %s\n", test.name.c_str());
    }
};
CATCH_REGISTER_LISTENER(listener)

}  // namespace
