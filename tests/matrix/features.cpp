// What tests are written with: every optional header, for all compilers, flags and targets of matrix.py. The tags are
// those of endings.cpp.

#include <cordon/cordon.hpp>
#include <cordon/fields.hpp>
#include <cordon/generators.hpp>
#include <cordon/listener.hpp>
#include <cordon/matchers.hpp>
#include <cordon/property.hpp>
#include <cordon/snapshot.hpp>

#include <stdlib.h>

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace features {

enum class color { red, green };
struct point {
    int x;
    int y;
    bool operator==(const point& other) const { return x == other.x && y == other.y; }
};

int warm = 0;

struct numbers {
    std::vector<int> all{1, 2, 3};
};

int tests_started = 0;
struct counting : cordon::listener {
    void test_started(const test&) override { ++tests_started; }
};

}  // namespace features

CORDON_REGISTER_LISTENER(features::counting);

GLOBAL_SETUP() { features::warm = 7; }

TEST_CASE("a listener is told") { CHECK(features::tests_started >= 1); }
TEST_CASE("starts from the setup", tag("alone")) { CHECK(features::warm++ == 7); }
TEST_CASE("starts from the setup again", tag("alone")) { CHECK(features::warm++ == 7); }

TEST_CASE_FIXTURE(features::numbers, "a new fixture for each leaf") {
    REQUIRE(all.size() == 3);
    SUBCASE("grows") {
        all.push_back(4);
        CHECK_EQ(all.back(), 4);
    }
    SUBCASE("shrinks") {
        all.pop_back();
        CHECK_FALSE(all.size() == 3);
    }
}
TEST_CASE("nested subcases", tag("leaves:passed,passed,passed")) {
    int sum = 0;
    SUBCASE("a") {
        sum += 1;
        SUBCASE("a1") { sum += 1; }
        SUBCASE("a2") { sum += 2; }
    }
    SUBCASE("b") { sum += 2; }
    CHECK(sum >= 2);
}
TEST_CASE_PARAMS("a row for each value", int value, 1, 2, 3) { CHECK(value < 4); }
TEST_CASE_TEMPLATE("a test for each type", T, char, long, std::string) { CHECK(T() == T()); }
TEST_CASE("generated values") {
    const int value = GENERATE(1, 2, 3);
    CHECK(value > 0);
}

TEST_SUITE("values as text", tag("suite")) {
    TEST_CASE("numbers", tag("ends:failed"), tag("says:-7 == 7")) {
        const int value = -7;
        CHECK(value == 7);
    }
    TEST_CASE("a signed character", tag("ends:failed"), tag("says:'a' == 'b'")) {
        const char letter = 'a';
        CHECK(letter == 'b');
    }
    TEST_CASE("a double", tag("ends:failed"), tag("says:1.5 == 2.5")) {
        const double value = 1.5;
        CHECK(value == 2.5);
    }
    TEST_CASE("a long double", tag("ends:failed"), tag("says:0.25 == 2.5")) {
        const long double value = 0.25L;
        CHECK(value == 2.5L);
    }
    TEST_CASE("64 bits", tag("ends:failed"), tag("says:9007199254740993 == 0")) {
        const long long value = 9007199254740993;
        CHECK(value == 0);
    }
    TEST_CASE("a string", tag("ends:failed"), tag("says:\"cordon\" == \"corden\"")) {
        const std::string value = "cordon";
        CHECK(value == "corden");
    }
    TEST_CASE("a vector", tag("ends:failed"), tag("says:[1, 2]")) {
        const std::vector<int> value{1, 2};
        CHECK(value.empty());
        CHECK(value == std::vector<int>{3});
    }
    TEST_CASE("an enum", tag("ends:failed"), tag("says:red == ")) {
        const auto value = features::color::red;
        CHECK(value == features::color::green);
    }
    TEST_CASE("a map", tag("ends:failed"), tag("says:1: \"one\"")) {
        const std::map<int, std::string> value{{1, "one"}};
        CHECK(value == std::map<int, std::string>{});
    }
    TEST_CASE("a struct", tag("ends:failed"), tag("says:point{")) {
        const features::point value{1, 2};
        CHECK(value == features::point{3, 4});
    }
    TEST_CASE("an approximation") {
        CHECK(cordon::Approx(0.1 + 0.2) == 0.3);
        CHECK(-1 < 1);
        CHECK(sizeof(long long) == 8u);
    }
}

TEST_CASE("matchers") {
    using namespace cordon::matchers;
    CHECK_THAT(std::string("cordon"), starts_with("co") && !contains("x"));
    CHECK_THAT((std::vector<int>{3, 1, 2}), has_size(3));
}
TEST_CASE("a matcher that does not match", tag("ends:failed"), tag("says:cordon")) {
    CHECK_THAT(std::string("cordon"), cordon::matchers::starts_with("x"));
}
TEST_CASE("snapshots") {
    CHECK_INLINE_SNAPSHOT(features::warm, "7");
    REQUIRE_INLINE_SNAPSHOT(std::string("a\nb"), R"(
        a
        b
        )");
}
TEST_CASE("another snapshot", tag("ends:failed")) { CHECK_INLINE_SNAPSHOT(features::warm, "8"); }

PROPERTY("sorting twice changes nothing", std::vector<int> all) {
    std::sort(all.begin(), all.end());
    std::vector<int> again = all;
    std::sort(again.begin(), again.end());
    CHECK(again == all);
}
PROPERTY(("no vector is long", tag("ends:failed")), std::vector<int> all) { CHECK(all.size() < 3); }
PROPERTY(("aborts for large numbers", tag("ends:crashed"), tag("signal:SIGABRT")), int value) {
    if (value > 1000) abort();
}

SCENARIO("a story") {
    GIVEN("a value") {
        WHEN("it is used") {
            THEN("it is small") { CHECK(1 < 2); }
        }
    }
}
