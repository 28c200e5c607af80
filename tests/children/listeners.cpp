// Listeners that print what they hear: in tests to standard output, in the supervisor to standard error.
#include <cordon/generators.hpp>
#include <cordon/listener.hpp>
#include <cordon/property.hpp>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

std::string joined(const cordon::listener::texts& all) {
    std::string text;
    for (const char* each : all)
        text += (text.empty() ? "" : "/") + std::string(each);
    return text;
}

bool is_name(const cordon::listener::test& which, const char* name) { return std::string(which.name) == name; }

const char* name_of(cordon::listener::ending how) {
    return how == cordon::listener::ending::passed   ? "passed"
           : how == cordon::listener::ending::failed ? "failed"
                                                     : "skipped";
}

struct all_events : cordon::listener {
    void test_started(const test& which) override {
        std::printf("test %s of %s, tags %s, attempt %u of %u%s, line %d\n", which.name, which.suite,
                    joined(which.tags).c_str(), which.attempt, which.attempts, which.continued ? ", continued" : "",
                    which.line > 0 && std::string(which.file).find("listeners.cpp") != std::string::npos);
    }
    void leaf_started(const test&) override { std::printf("leaf\n"); }
    void subcase_started(const test&, const leaf& where) override { std::printf("+%s\n", joined(where.path).c_str()); }
    void subcase_ended(const test&, const leaf& where) override { std::printf("-%s\n", joined(where.path).c_str()); }
    void assertion_failed(const test&, const failure& what) override {
        std::printf("failure %d at %s: %s %s|%s %s %s|%s|%s\n", static_cast<int>(what.what), joined(what.path).c_str(),
                    what.macro, what.expression, what.left, what.op, what.right, what.message,
                    joined(what.infos).c_str());
    }
    void leaf_ended(const test&, const leaf& where, const result& came_to) override {
        std::printf("leaf%s [%s] %s, %llu, %llu\n", where.is_whole ? "" : ", not whole", joined(where.path).c_str(),
                    name_of(came_to.how), came_to.assertions, came_to.failed_assertions);
    }
    void test_ended(const test&, const result& came_to) override {
        std::printf("%s, %llu, %llu%s%s%s\n", name_of(came_to.how), came_to.assertions, came_to.failed_assertions,
                    *came_to.reason != '\0' ? ", " : "", came_to.reason,
                    came_to.seconds >= 0 && came_to.seconds < 60 ? "" : ", impossible time");
    }
    void run_started(const run& all) override {
        std::fprintf(stderr, "run of %zu of %zu, seed %llu, %s\n", all.tests, all.all_tests, all.seed,
                     *all.program != '\0' ? "with a path" : "without a path");
    }
    void test_judged(const test& which, const char* verdict) override {
        std::fprintf(stderr, "%s: %s\n", which.name, verdict);
        if (std::getenv("LISTENER_THROWS") != nullptr) throw std::runtime_error("enough");
    }
    void run_ended(const run&, const summary& came_to) override {
        std::fprintf(stderr, "%zu verdicts: %zu passed, %zu failed, %zu skipped%s\n", came_to.verdicts, came_to.passed,
                     came_to.failed, came_to.skipped, came_to.cancelled ? ", cancelled" : "");
    }
};

struct earlier : cordon::listener {
    void test_started(const test&) override { std::printf("earlier\n"); }
};
struct latest : cordon::listener {
    void test_started(const test&) override { std::printf("latest\n"); }
};

struct trouble : cordon::listener {
    void test_started(const test& which) override {
        if (is_name(which, "throws at the start")) throw std::runtime_error("no such device");
        if (is_name(which, "requires at the start")) REQUIRE(which.attempt == 0);
        if (is_name(which, "crashes at the start")) std::abort();
        if (is_name(which, "hangs at the start"))
            for (;;)
                std::this_thread::yield();
        if (is_name(which, "is skipped")) SKIP("the listener knows why");
    }
    void assertion_failed(const test& which, const failure& what) override {
        if (is_name(which, "fails within a failure")) CHECK(std::string(what.expression).empty());
    }
    void test_ended(const test& which, const result&) override {
        if (is_name(which, "fails at the end")) CHECK_MESSAGE(false, "left dirty");
        if (is_name(which, "throws at the end")) throw 42;
    }
};

struct counter : cordon::listener {
    void assertion_failed(const test&, const failure&) override {
        ++calls;
        if (++at_once != 1) ++overlaps;
        std::this_thread::yield();
        --at_once;
    }
    void leaf_ended(const test& which, const leaf&, const result&) override {
        if (is_name(which, "fails in threads")) std::printf("%d calls, %d at once\n", calls, overlaps.load());
    }
    int calls = 0;
    std::atomic<int> at_once{0}, overlaps{0};
};

}  // namespace

CORDON_REGISTER_LISTENER(latest, 5);
CORDON_REGISTER_LISTENER(all_events);
CORDON_REGISTER_LISTENER(earlier, -1);
CORDON_REGISTER_LISTENER(trouble);
CORDON_REGISTER_LISTENER(counter);

TEST_SUITE("told", tag("outer")) {
    TEST_CASE("leaves", tag("inner")) {
        INFO("size " << 2);
        SUBCASE("one") {
            SUBCASE("deep") { CHECK(1 == 2); }
            CHECK(true);
        }
        SUBCASE("two") { SKIP("not here"); }
        SUBCASE("three") {
            const int value = GENERATE(7, 8);
            REQUIRE(value == 7);
        }
        WARN(3 == 4);
    }
    TEST_CASE("plain") { CHECK(true); }
    TEST_CASE("exception") { throw std::runtime_error("out"); }
    TEST_CASE("tried again", retries(1)) { CHECK(cordon::attempt() == 2); }
    TEST_CASE("known", should_fail()) { FAIL("as known"); }
}

TEST_CASE("goes on") {
    SUBCASE("crashes") { std::abort(); }
    SUBCASE("passes") { CHECK(true); }
}
TEST_CASE("throws at the start") { std::printf("the body ran\n"); }
TEST_CASE("requires at the start") { std::printf("the body ran\n"); }
TEST_CASE("crashes at the start") { std::printf("the body ran\n"); }
TEST_CASE("hangs at the start", timeout(0.3)) { std::printf("the body ran\n"); }
TEST_CASE("is skipped") { std::printf("the body ran\n"); }
TEST_CASE("fails within a failure") { CHECK(1 == 3); }
TEST_CASE("fails at the end") { CHECK(true); }
TEST_CASE("throws at the end") { CHECK(true); }
TEST_CASE("fails in threads") {
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 10; ++n)
                CHECK(n < 0);
        });
    for (std::thread& each : threads)
        each.join();
}
TEST_CASE("fails in a block") {
    CHECK_EXITS(cordon::normally().printing("failure 0 at : CHECK 5 == 6"), { CHECK(5 == 6); });
}
PROPERTY("fails for large numbers", unsigned x) { CHECK(x < 3); }
