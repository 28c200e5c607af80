// Every way to register, with every decorator.
#include <cordon/cordon.hpp>

#include <string>

GLOBAL_SETUP() {}

TEST_CASE("decorated", tag("a"), tag("b"), description("all of them"), timeout(2.0), slow_after(0.5), retries(2),
          skip("why", false), todo("later"), only(), should_fail(false), may_fail(), expected_failures(1),
          quarantine("#1"), serial("group"), exclusive(), threads(2), resource("port", 3), memory_limit(1e9),
          isolation(cordon::isolate::exec)) {}

static bool at_run_time() { return false; }
TEST_CASE("decorated at run time", skip("why", at_run_time())) {}

struct base_fixture {
    virtual ~base_fixture() = default;

  protected:
    int seen = 1;
};
template <class T>
struct template_fixture {
    T value{};
};
TEST_CASE_FIXTURE(base_fixture, "fixture", tag("x")) { CHECK(seen == 1); }
TEST_CASE_FIXTURE(template_fixture<int>, "template fixture") { CHECK(value == 0); }

TEST_SUITE("outer", tag("outer"), timeout(1)) {
    SUITE_SETUP() {}
    TEST_CASE("in outer") {}
    TEST_SUITE("inner") {
        SUITE_SETUP() {}
        TEST_CASE("in inner") {}
    }
    TEST_SUITE("inner") {
        TEST_CASE("in inner again") {}
    }
}
TEST_SUITE("outer") {
    TEST_CASE("in outer again") {}
}

TEST_SUITE_BEGIN("begun", tag("begun"));
SUITE_SETUP() {}
TEST_CASE("in begun") {}
TEST_SUITE_END();

SCENARIO("scenario", tag("bdd")) {
    GIVEN("something") {
        AND_GIVEN("more") {
            WHEN("it happens") {
                AND_WHEN("again") {
                    THEN("so") {
                        AND_THEN("that") { CHECK(true); }
                    }
                }
            }
        }
    }
}
SCENARIO_FIXTURE(base_fixture, "with a fixture") { CHECK(seen == 1); }

TEST_CASE("subcases") {
    const std::string name = "made";
    SUBCASE("literal") {
        SUBCASE(name) {}
        SECTION(name.c_str()) {}
    }
}
