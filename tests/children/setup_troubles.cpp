// Setups that go wrong, each in a suite of its own. GLOBAL_TROUBLE picks what the GLOBAL_SETUP does.

#include <cordon/cordon.hpp>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

#include <unistd.h>

namespace {

[[noreturn]] void hang() {
    while (true) {
        std::this_thread::sleep_for(std::chrono::seconds(60));
    }
}

void start_thread() { std::thread(hang).detach(); }

void misbehave(const std::string& how) {
    if (how == "crash") std::abort();
    if (how == "segv") std::raise(SIGSEGV);
    if (how == "hang") hang();
    if (how == "exit") std::exit(0);
    if (how == "quick_exit") _exit(7);
    if (how == "throw") throw std::runtime_error("no database");
    if (how == "fail") REQUIRE(std::string("state") == "ready");
    if (how == "skip") SKIP("nothing to set up");
    if (how == "thread") start_thread();
}

}  // namespace

GLOBAL_SETUP() {
    const char* how = std::getenv("GLOBAL_TROUBLE");
    if (how == nullptr) return;
    std::printf("global setup says %s\n", how);
    std::fflush(stdout);
    misbehave(how);
}

#define SUITE_WITH_TROUBLE(how)                          \
    TEST_SUITE(how) {                                    \
        SUITE_SETUP() {                                  \
            std::printf("setup of %s\n", how);           \
            std::fflush(stdout);                         \
            std::fprintf(stderr, "errors of %s\n", how); \
            misbehave(how);                              \
        }                                                \
        TEST_CASE("one") { SUCCEED(); }                  \
        TEST_CASE("two") { SUCCEED(); }                  \
        TEST_CASE("three") { SUCCEED(); }                \
    }

SUITE_WITH_TROUBLE("crash")
SUITE_WITH_TROUBLE("segv")
SUITE_WITH_TROUBLE("hang")
SUITE_WITH_TROUBLE("exit")
SUITE_WITH_TROUBLE("quick_exit")
SUITE_WITH_TROUBLE("throw")
SUITE_WITH_TROUBLE("fail")
SUITE_WITH_TROUBLE("skip")
SUITE_WITH_TROUBLE("thread")
SUITE_WITH_TROUBLE("none")

TEST_SUITE("good") {
    SUITE_SETUP() { SUCCEED(); }
    TEST_CASE("own") { SUCCEED(); }

    TEST_SUITE("bad inside") {
        SUITE_SETUP() { std::abort(); }
        TEST_CASE("one") { SUCCEED(); }
        TEST_CASE("two") { SUCCEED(); }
    }

    TEST_CASE("own too") { SUCCEED(); }
}

TEST_CASE("outside") { SUCCEED(); }
