// Subcases that end their process. Prints where it is, so that it can be seen what ran and how often.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <unistd.h>
#include <csignal>

namespace {

void at(const std::string& place) {
    std::printf("%s\n", place.c_str());
    std::fflush(stdout);
}

int* volatile nowhere = nullptr;

[[noreturn]] void crash() {
    *nowhere = 1;
    std::abort();
}

void hang() {
    for (;;)
        pause();
}

}  // namespace

TEST_CASE("a crash in the middle") {
    at("begin");
    CHECK(true);
    SUBCASE("first") { at("first"); }
    SUBCASE("second") {
        at("second");
        crash();
    }
    SUBCASE("third") {
        at("third");
        CHECK(true);
    }
}

TEST_CASE("each ends in another way", timeout(0.3)) {
    SUBCASE("passes") { CHECK(true); }
    SUBCASE("fails") { REQUIRE(1 == 2); }
    SUBCASE("aborts") { std::abort(); }
    SUBCASE("exits") { std::exit(0); }
    SUBCASE("leaves") { _exit(3); }
    SUBCASE("hangs") { hang(); }
    SUBCASE("throws") { throw std::runtime_error("out"); }
    SUBCASE("passes too") { CHECK(true); }
}

TEST_CASE("nested ones") {
    SUBCASE("outer") {
        at("outer");
        SUBCASE("bad") { crash(); }
        SUBCASE("good") { at("good"); }
        SUBCASE("bad again") { crash(); }
    }
    SUBCASE("next") {
        SUBCASE("inner") { at("inner"); }
        at("end of next");
    }
}

TEST_CASE("a crash behind the first of two in a block") {
    SUBCASE("outer") {
        bool one = false;
        SUBCASE("one") { one = true; }
        at("behind");
        if (one) crash();
        SUBCASE("two") { at("two"); }
    }
    SUBCASE("last") { at("last"); }
}

TEST_CASE("met again") {
    for (int i = 0; i < 4; ++i) {
        SUBCASE("same") {
            at(std::to_string(i));
            if (i == 1 || i == 2) crash();
        }
    }
}

TEST_CASE("the last one exits") {
    SUBCASE("fine") { at("fine"); }
    SUBCASE("exits") { std::exit(0); }
}

TEST_CASE("nothing but a crash before them") {
    crash();
    SUBCASE("never") { at("never"); }
}

TEST_CASE("each one crashes") {
    for (int i = 0; i < 100; ++i) {
        SUBCASE("number " + std::to_string(i)) { crash(); }
    }
}

TEST_CASE("each one hangs", timeout(0.1)) {
    for (int i = 0; i < 100; ++i) {
        SUBCASE("number " + std::to_string(i)) { hang(); }
    }
}

TEST_CASE("passes when tried again") {
    SUBCASE("fine") { at("fine"); }
    SUBCASE("crashes first") {
        if (std::string(std::getenv("CORDON_ATTEMPT")) == "1") crash();
        at("recovered");
    }
    SUBCASE("fine too") { at("fine too"); }
}

TEST_CASE("crashes and then waits") {
    SUBCASE("crashes") { crash(); }
    SUBCASE("waits") { hang(); }
    SUBCASE("never") {}
}

TEST_CASE("a good one after all") {
    SUBCASE("a") { at("a"); }
    SUBCASE("b") { at("b"); }
}
