// Values from GENERATE: each prints what it has got.

#include <cordon/generators.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <vector>

namespace {

void at(const std::string& place) {
    std::printf("%s\n", place.c_str());
    std::fflush(stdout);
}

std::string text(int value) { return std::to_string(value); }

int from_helper() { return GENERATE(7, 8); }

}  // namespace

TEST_CASE("each value once") {
    const int x = GENERATE(1, 2, 3);
    at(text(x));
    CHECK(x > 0);
}

TEST_CASE("all combinations") {
    const int x = GENERATE(1, 2);
    const char y = GENERATE('a', 'b');
    at(text(x) + y);
}

TEST_CASE("two on a line") {
    const std::vector<int> both{GENERATE(1, 2), GENERATE(3, 4)};
    at(text(both[0]) + text(both[1]));
}

TEST_CASE("beside subcases") {
    SUBCASE("a") {
        const int x = GENERATE(1, 2);
        at("a" + text(x));
        SUBCASE("inner") { at("inner"); }
        SUBCASE("other") { at("other"); }
    }
    SUBCASE("b") { at("b"); }
}

TEST_CASE("one value a pass, in a loop and in a helper") {
    std::string all;
    for (int i = 0; i < 3; ++i) {
        const int x = GENERATE(1, 2);
        all += text(x);
    }
    at(all + text(from_helper()) + text(from_helper()));
}

TEST_CASE("combinators") {
    SUBCASE("values") { at(text(GENERATE(values({4, 5}), 6))); }
    SUBCASE("range") { at(text(GENERATE(range(0, 3)))); }
    SUBCASE("down") { at(text(GENERATE(range(3, 0)))); }
    SUBCASE("at the end of the type") {
        at(text(GENERATE(range<signed char>(-128, 127, 127)) + static_cast<int>(GENERATE(1U, range(2U, 0U)))));
    }
    SUBCASE("back") { at(text(GENERATE(range(7, 0, -3)))); }
    SUBCASE("parts") { at(std::to_string(GENERATE(range(0.0, 0.3, 0.1)))); }
    SUBCASE("steps") { at(text(GENERATE(range(1, 8, 3)))); }
    SUBCASE("table") {
        const auto row = GENERATE(table<int, std::string>({{1, "one"}, {2, "two"}}));
        at(text(std::get<0>(row)) + std::get<1>(row));
    }
    SUBCASE("filter") {
        at(text(GENERATE(filter([](int i) { return i % 2 == 0; }, range(0, 5)))));
    }
    SUBCASE("map") {
        at(GENERATE(map([](int i) { return text(i * i); }, range(1, 3))));
    }
    SUBCASE("chunk") {
        const std::vector<int> x = GENERATE(chunk(2, range(0, 5)));
        at(text(x[0]) + text(x[1]));
    }
    SUBCASE("from_range") {
        const std::vector<std::string> names{"x", "y"};
        at(GENERATE(from_range(names)));
    }
    SUBCASE("mixed types") {
        const double x = GENERATE(1, 2.5);
        at(std::to_string(x));
    }
    SUBCASE("bools") {
        const bool x = GENERATE(false, true);
        at(x ? "true" : "false");
    }
}

TEST_CASE("random") {
    const int x = GENERATE(take(3, random(1, 1000000)));
    CHECK(x >= 1);
    CHECK(x <= 1000000);
    const double y = GENERATE(take(2, random(0.0, 1.0)));
    CHECK(y < 1);
    at(text(x) + " " + std::to_string(y));
}

TEST_CASE("two random places") {
    const std::vector<int> x = GENERATE(chunk(2, take(2, random(1, 1000000))));
    const std::vector<int> y = GENERATE(chunk(2, take(2, random(1, 1000000))));
    CHECK(x != y);
}

TEST_CASE("behind subcases") {
    SUBCASE("a") { at("a"); }
    SUBCASE("b") { at("b"); }
    SUBCASE("c") { at("c"); }
    at(text(GENERATE(1, 2)));
}

TEST_CASE("addresses") {
    const std::vector<std::string*> fresh{new std::string("x"), new std::string("y")};  // leak: others in each pass
    at(*GENERATE(from_range(fresh)));
}

TEST_CASE("another number of values") {
    std::string all;
    for (int last = 2; last < 4; ++last)
        all += text(GENERATE(from_range(std::vector<int>(static_cast<std::size_t>(last), 1))));
}

TEST_CASE("fails in a subcase") {
    SUBCASE("a") {
        const int x = GENERATE(1, 2);
        at(text(x));
        REQUIRE(x != 2);
    }
    SUBCASE("b") { at("b"); }
}

TEST_CASE("crashes for the last value") {
    const int x = GENERATE(1, 2);
    at(text(x));
    if (x == 2) std::abort();
    SUBCASE("inner") { at("inner"); }
}

TEST_CASE("fails for one value") {
    const int x = GENERATE(1, 2, 3);
    at(text(x));
    REQUIRE(x != 2);
    SUBCASE("inner") { CHECK(x != 3); }
}

TEST_CASE("crashes for one value") {
    const int x = GENERATE(1, 2, 3);
    if (x == 2) std::abort();
    at(text(x));
}

TEST_CASE("no value") {
    const int x = GENERATE(from_range(std::vector<int>()));
    at(text(x));
}

TEST_CASE("endless", timeout(60)) {
    const int x = GENERATE(random(1, 2));
    static_cast<void>(x);
}

TEST_CASE("an endless filter") {
    const int x = GENERATE(filter([](int) { return false; }, random(1, 2)));
    static_cast<void>(x);
}

TEST_CASE("throws in a generator") {
    const int x = GENERATE(map(
        [](int i) {
            if (i == 2) throw std::runtime_error("two");
            return i;
        },
        range(1, 4)));
    at(text(x));
}
