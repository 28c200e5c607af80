// g++ -std=c++17 -Isingle_include examples/quickstart/quickstart.cpp -o quickstart && ./quickstart
#define CORDON_MAIN
#include <cordon/cordon.hpp>

#include <map>
#include <stdexcept>
#include <string>

std::map<std::string, int> stock;

// Runs once in each worker. Every test then starts from this state, and no test can change it for another.
GLOBAL_SETUP() { stock = {{"apples", 3}, {"pears", 0}}; }

TEST_CASE("a sale takes from the stock") {
    stock["apples"] -= 2;
    CHECK(stock["apples"] == 1);
    SUBCASE("and the rest can go too") { REQUIRE(--stock["apples"] == 0); }
}

TEST_CASE("the stock is whole again") { CHECK(stock["apples"] == 3); }

TEST_CASE("a missing key throws", tag("map")) { CHECK_THROWS_AS(stock.at("plums"), std::out_of_range); }

// These two end badly, as they declare. Each ends its own process and nothing else.
TEST_CASE("a crash is one result", should_fail()) {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}

TEST_CASE("so is a hang", should_fail(), timeout(0.2)) {
    volatile bool waiting = true;
    while (waiting) {
    }
}
