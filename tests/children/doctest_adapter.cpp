// A program with tests of doctest: each feature that the adapter passes on, and each way to go wrong.

#include <cordon/adapters/doctest.hpp>

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

int changed = 0;

struct odd_error {};
REGISTER_EXCEPTION_TRANSLATOR(const odd_error&) { return "an odd error"; }

[[noreturn]] void throw_runtime_error() { throw std::runtime_error("thrown out"); }

TEST_SUITE_BEGIN("assertions");

TEST_CASE("pass") {
    CHECK(1 + 1 == 2);
    REQUIRE(changed == 0);
}
TEST_CASE("fail") {
    INFO("outer ", 1);
    const int number = 7;
    CAPTURE(number);
    CHECK(1 + 1 == 3);
    REQUIRE_MESSAGE(number == 8, "with words");
    FAIL("not reached");
}
TEST_CASE("exceptions") {
    CHECK_THROWS_AS(throw_runtime_error(), std::logic_error);
    CHECK_THROWS_WITH(throw_runtime_error(), "other words");
    CHECK_THROWS(changed = 0);
    CHECK_NOTHROW(throw_runtime_error());
    CHECK_THROWS_AS(throw_runtime_error(), std::runtime_error);
}
TEST_CASE("messages") {
    MESSAGE("only said");
    WARN(changed == 1);
    FAIL_CHECK("the first");
    FAIL("the second");
}
TEST_CASE("throw") {
    INFO("before it");
    throw_runtime_error();
}
TEST_CASE("translated") { throw odd_error(); }
TEST_CASE("in a thread") {
    std::thread other([] { CHECK(changed == 1); });
    other.join();
}

TEST_SUITE_END();

TEST_SUITE("isolation") {
    TEST_CASE("writes") {
        CHECK(changed == 0);
        changed = 1;
    }
    TEST_CASE("writes too") {
        CHECK(changed == 0);
        changed = 2;
    }
    TEST_CASE("crashes") {
        SUBCASE("here") { std::raise(SIGSEGV); }
    }
    TEST_CASE("exits") { std::exit(0); }
    TEST_CASE("forks") {
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
}

TEST_SUITE("subcases") {
    TEST_CASE("nested") {
        static int runs = 0;
        ++runs;
        SUBCASE("a") {
            SUBCASE("one") { CHECK(runs == 1); }
            SUBCASE("two") { CHECK(runs == 1); }
        }
        SUBCASE("b") { CHECK(runs == 3); }
        SUBCASE("c") { throw_runtime_error(); }
    }
    SCENARIO("told") {
        GIVEN("a number") {
            WHEN("it is compared") {
                THEN("it differs") { CHECK(changed == 3); }
            }
        }
    }
}

TEST_SUITE("decorators" * doctest::description("of the suite")) {
    TEST_CASE("left out" * doctest::skip()) { FAIL("it did run"); }
    TEST_CASE("should fail" * doctest::should_fail()) { CHECK(changed == 1); }
    TEST_CASE("should fail and passes" * doctest::should_fail()) { CHECK(changed == 0); }
    TEST_CASE("may fail" * doctest::may_fail()) { CHECK(changed == 1); }
    TEST_CASE("fails twice" * doctest::expected_failures(2)) {
        CHECK(changed == 1);
        CHECK(changed == 2);
    }
    TEST_CASE("fails once, not twice" * doctest::expected_failures(2)) { CHECK(changed == 1); }
    TEST_CASE("hangs" * doctest::timeout(0.2)) { ::pause(); }
}

struct counted {
    int up = 7;
};
TEST_CASE_FIXTURE(counted, "with a fixture") { CHECK(++up == 8); }
TEST_CASE_TEMPLATE("of a type", T, char, int) { CHECK(sizeof(T) == 1); }
TEST_CASE("twice") { CHECK(changed == 0); }
TEST_CASE("twice") { CHECK(changed == 1); }
TEST_CASE("") { CHECK(changed == 0); }

struct listener : doctest::IReporter {
    explicit listener(const doctest::ContextOptions&) {}
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override {}
    void test_run_end(const doctest::TestRunStats& all) override { std::printf("tests: %u\n", all.numTestCases); }
    void test_case_start(const doctest::TestCaseData& test) override { std::printf("listener: %s\n", test.m_name); }
    void test_case_reenter(const doctest::TestCaseData&) override {}
    void test_case_end(const doctest::CurrentTestCaseStats&) override {}
    void test_case_exception(const doctest::TestCaseException&) override {}
    void subcase_start(const doctest::SubcaseSignature&) override {}
    void subcase_end() override {}
    void log_assert(const doctest::AssertData&) override {}
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
};
REGISTER_LISTENER("told", 1, listener);

}  // namespace
