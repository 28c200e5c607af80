// A program as users write it, small but through every layer. All of its tests end as declared, so it exits with 0.
#define CORDON_MAIN
#include <cordon/matchers.hpp>
#include <cordon/snapshot.hpp>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

struct warm_numbers {
    std::vector<int> numbers{1, 2, 3};
};

int shared_value = 0;

}  // namespace

GLOBAL_SETUP() { shared_value = 7; }

TEST_CASE("setup ran before the test") { CHECK(shared_value == 7); }

TEST_CASE_FIXTURE(warm_numbers, "a fixture is new for each test") {
    REQUIRE(numbers.size() == 3);
    SUBCASE("grows") {
        numbers.push_back(4);
        CHECK_EQ(numbers.back(), 4);
    }
    SUBCASE("shrinks") {
        numbers.pop_back();
        CHECK_FALSE(numbers.size() == 3);
    }
}

TEST_SUITE("suite", tag("smoke")) {
    TEST_CASE("text") {
        const std::string text = "cordon";
        INFO("the text is ", text);
        CHECK_NE(text, "corden");
    }
}

TEST_CASE("matchers") {
    using namespace cordon::matchers;
    CHECK_THAT(std::string("cordon"), starts_with("co") && !contains("x"));
}

TEST_CASE("snapshots") {
    CHECK_INLINE_SNAPSHOT(shared_value, "7");
    REQUIRE_INLINE_SNAPSHOT(std::string("a\nb"), R"(
        a
        b
        )");
}

TEST_CASE("fails as declared", should_fail()) { REQUIRE(shared_value == 8); }

TEST_CASE("crashes as declared", should_fail()) {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}

#if defined(__cpp_exceptions)
TEST_CASE("exceptions") {
    CHECK_THROWS_AS(throw std::runtime_error("gone"), std::runtime_error);
    CHECK_NOTHROW(static_cast<void>(shared_value));
}

TEST_CASE("throws as declared", should_fail()) { throw std::runtime_error("gone"); }
#endif
