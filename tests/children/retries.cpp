// Tests that fail in their first attempts, each in its own way.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <signal.h>
#include <unistd.h>

namespace {

int attempt() { return std::atoi(std::getenv("CORDON_ATTEMPT")); }

// One sleep is not enough: the signal that asks for the stack of a test over its limit ends it.
void hang() {
    for (;;)
        pause();
}

}  // namespace

TEST_SUITE("once") {
    TEST_CASE("fails once") { CHECK(attempt() > 1); }
    TEST_CASE("crashes once") {
        if (attempt() == 1) std::abort();
    }
    TEST_CASE("exits once") {
        if (attempt() == 1) std::exit(0);
    }
    TEST_CASE("hangs once", timeout(0.3)) {
        if (attempt() == 1) hang();
    }
    TEST_CASE("throws once") {
        if (attempt() == 1) throw std::runtime_error("connection refused by host 12");
    }
    TEST_CASE("complains once") {
        if (attempt() > 1) return;
        std::fprintf(stderr, "code 17: try later\n");
        std::abort();
    }
}

TEST_SUITE("twice") {
    TEST_CASE("hangs twice", timeout(0.3)) {
        if (attempt() < 3) hang();
    }
    TEST_CASE("fails twice") { CHECK(attempt() > 2); }
    TEST_CASE("fails twice and has retries of its own", retries(2)) { CHECK(attempt() > 2); }
    TEST_CASE("fails twice and has no retries", retries(0)) { CHECK(attempt() > 2); }
}

TEST_CASE("loses its worker again") {
    if (attempt() > 2) return;
    kill(getppid(), SIGKILL);
    for (;;)
        pause();
}

TEST_SUITE("mixed") {
    TEST_CASE("goes wrong in two ways") {
        std::fprintf(stderr, "process %ld\n", static_cast<long>(getpid()));
        if (attempt() == 2) std::abort();
        CHECK(attempt() % 2 == 0);
    }
}

TEST_SUITE("always") {
    TEST_CASE("fails 1") { FAIL("1"); }
    TEST_CASE("fails 2") { FAIL("2"); }
    TEST_CASE("fails 3") { FAIL("3"); }
    TEST_CASE("fails 4") { FAIL("4"); }
}
