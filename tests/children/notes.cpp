// What a test says beside its assertions: translated exceptions, UNSCOPED_INFO, cordon::log, STATIC_REQUIRE.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <thread>

namespace {

struct plain_error {
    int code;
};
struct base_error {
    virtual ~base_error() = default;
};
struct derived_error : base_error {};
struct throwing_error {};
struct crashing_error {};
struct checking_error {};
struct leaving_error {};
struct known_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

int number = 1;

void helper() { UNSCOPED_INFO("from the helper, number " << number); }
void leave_with_info() {
    INFO("of the one that was thrown");
    throw plain_error{1};
}

}  // namespace

EXCEPTION_TRANSLATOR(const plain_error& caught) { return "code " + std::to_string(caught.code); }
EXCEPTION_TRANSLATOR(const derived_error&) { return "derived"; }
EXCEPTION_TRANSLATOR(base_error&) { return "base"; }
EXCEPTION_TRANSLATOR(const known_error& caught) { return std::string("known: ") + caught.what(); }
EXCEPTION_TRANSLATOR(const throwing_error&) { throw std::runtime_error("thrown by the translator"); }
EXCEPTION_TRANSLATOR(const crashing_error&) { std::abort(); }
EXCEPTION_TRANSLATOR(const checking_error&) {
    CHECK(number == 2);
    return "checked";
}
EXCEPTION_TRANSLATOR(const leaving_error&) {
    REQUIRE(number == 2);
    return "not reached";
}

TEST_SUITE("translators") {
    TEST_CASE("left the test") { throw plain_error{7}; }
    TEST_CASE("in assertions") {
        CHECK([]() -> bool { throw plain_error{1}; }());
        CHECK_NOTHROW(throw derived_error());
        CHECK_NOTHROW(throw base_error());
        CHECK_NOTHROW(throw known_error("x"));
        CHECK_THROWS_WITH(throw plain_error{2}, "code 2");
        CHECK_THROWS_WITH(throw plain_error{2}, "code 3");
        CHECK_THROWS_AS(throw plain_error{4}, std::exception);
    }
    TEST_CASE("throws") { CHECK_NOTHROW(throw throwing_error()); }
    TEST_CASE("crashes") { CHECK_NOTHROW(throw crashing_error()); }
    TEST_CASE("checks") { CHECK_NOTHROW(throw checking_error()); }
    TEST_CASE("leaves") {
        CHECK_NOTHROW(throw leaving_error());
        std::puts("went on");
    }
    TEST_CASE("terminates") {
        std::thread([] { throw plain_error{9}; }).join();
    }
}

TEST_SUITE("unscoped") {
    TEST_CASE("for the next assertion") {
        helper();
        UNSCOPED_INFO("second");
        INFO("scoped");
        CHECK(number == 2);
        CHECK(number == 3);
        helper();
        CHECK(number == 1);
        CHECK(number == 4);
    }
    TEST_CASE("not in the next pass") {
        SUBCASE("one") { helper(); }
        SUBCASE("two") { CHECK(number == 2); }
    }
    TEST_CASE("of another thread") {
        helper();
        std::thread([] { CHECK(number == 2); }).join();
        CHECK(number == 3);
    }
    TEST_CASE("very many") {
        for (int i = 0; i < 1000; ++i)
            UNSCOPED_INFO(i);
        CHECK(number == 2);
    }
    TEST_CASE("of an exception that was expected") {
        CHECK_THROWS_AS(leave_with_info(), plain_error);
        CHECK(number == 2);
    }
}

TEST_SUITE("log") {
    TEST_CASE("passes") {
        cordon::log("text ", number, ' ', std::string("more"));
        SUBCASE("inner") {
            cordon::log("two\nlines");
            CHECK(number == 1);
        }
    }
    TEST_CASE("fails") {
        cordon::log("before");
        CHECK(number == 2);
        cordon::log("after\xff\x1b[31m");
    }
    TEST_CASE("very much") {
        for (int i = 0; i < 100000; ++i)
            cordon::log("line ", i);
        for (int i = 0; i < 3; ++i)
            CHECK(number == 2);
    }
    TEST_CASE("long") {
        for (int i = 0; i < 1000; ++i)
            cordon::log(std::string(100000, 'x'));
    }
    TEST_CASE("threads") {
        std::thread([] { cordon::log("of a thread"); }).join();
    }
    TEST_CASE("then crashes") {
        cordon::log("last words");
        std::abort();
    }
}

TEST_SUITE("static") {
    TEST_CASE("count") {
        STATIC_REQUIRE(sizeof(int) >= 2);
        STATIC_REQUIRE_FALSE(sizeof(int) == 1);
        STATIC_CHECK(1 + 1 == 2);
        STATIC_CHECK_FALSE(1 + 1 == 3);
    }
}

TEST_SUITE("needed") {
    TEST_CASE("nothing") {}
    TEST_CASE("excused", require_assertions(false)) {}
    TEST_CASE("one") { CHECK(number == 1); }
    TEST_CASE("SUCCEED") { SUCCEED(); }
    TEST_CASE("a warning that fails") { WARN(number == 2); }
    TEST_CASE("a warning that holds") { WARN(number == 1); }
    TEST_CASE("in a thread") {
        std::thread([] { CHECK(number == 1); }).join();
    }
    TEST_CASE("in one pass") {
        SUBCASE("a") { CHECK(number == 1); }
        SUBCASE("b") {}
    }
    TEST_CASE("skipped") { SKIP("no reason"); }
    TEST_CASE("meant to fail", should_fail()) {}
}

TEST_SUITE("needed always", require_assertions()) {
    TEST_CASE("nothing at all") {}
    TEST_CASE("only a log") { cordon::log("text"); }
    TEST_CASE("excused of a suite", require_assertions(false)) {}
}
