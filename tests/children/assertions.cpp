// Every assertion, passing and failing.

#include <cordon/cordon.hpp>

#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <ostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <tuple>
#include <utility>
#include <vector>

namespace {

struct streamed {
    int value;
    friend bool operator==(const streamed& a, const streamed& b) { return a.value == b.value; }
    friend std::ostream& operator<<(std::ostream& out, const streamed& it) { return out << "streamed " << it.value; }
};

struct texted {
    int value;
    friend bool operator==(const texted& a, const texted& b) { return a.value == b.value; }
    friend void to_text(cordon::text_sink& out, const texted& it) { out << "texted " << it.value; }
};

struct opaque {
    explicit opaque(int v) : value(v) {}
    int value;
    friend bool operator==(const opaque& a, const opaque& b) { return a.value == b.value; }
};

enum class color { red, green };

struct own_error : std::runtime_error {
    using std::runtime_error::runtime_error;
};

const int one = 1;
const int two = 2;

int throws() { throw own_error("thrown on purpose"); }
int quiet() { return one; }

}  // namespace

// `level` is WARN, CHECK or REQUIRE: seventeen assertions each.
#define PASSING(level)                                                \
    level(one == 1);                                                  \
    level##_FALSE(one == two);                                        \
    level##_MESSAGE(one == 1, "never shown");                         \
    level##_FALSE_MESSAGE(one == two, "never shown");                 \
    level##_UNARY(one);                                               \
    level##_UNARY_FALSE(one - 1);                                     \
    level##_EQ(one, 1);                                               \
    level##_NE(one, two);                                             \
    level##_LT(one, two);                                             \
    level##_LE(one, two);                                             \
    level##_GT(two, one);                                             \
    level##_GE(two, one);                                             \
    level##_THROWS(throws());                                         \
    level##_THROWS_AS(throws(), std::runtime_error);                  \
    level##_THROWS_WITH(throws(), "thrown on purpose");               \
    level##_THROWS_WITH_AS(throws(), "thrown on purpose", own_error); \
    level##_NOTHROW(quiet())

// The same seventeen, failing, each in its own line of the expected table.
#define FAILING(level)                                                       \
    level(one == two);                                                       \
    level##_FALSE(one == 1);                                                 \
    level##_MESSAGE(one == two, "sum of " << one << " and " << two);         \
    level##_FALSE_MESSAGE(one == 1, "with ", two);                           \
    level##_UNARY(one - 1);                                                  \
    level##_UNARY_FALSE(one);                                                \
    level##_EQ(one, two);                                                    \
    level##_NE(one, 1);                                                      \
    level##_LT(two, one);                                                    \
    level##_LE(two, one);                                                    \
    level##_GT(one, two);                                                    \
    level##_GE(one, two);                                                    \
    level##_THROWS(quiet());                                                 \
    level##_THROWS_AS(throws(), std::logic_error);                           \
    level##_THROWS_WITH(throws(), "something else");                         \
    level##_THROWS_WITH_AS(throws(), "thrown on purpose", std::logic_error); \
    level##_NOTHROW(throws())

TEST_SUITE("all") {
    TEST_CASE("pass") {
        PASSING(WARN);
        PASSING(CHECK);
        PASSING(REQUIRE);
        SUCCEED();
    }

    TEST_CASE("CHECK fails") {
        FAILING(CHECK);
        std::puts("went on");
    }

    TEST_CASE("WARN fails") {
        FAILING(WARN);
        std::puts("went on");
    }
}

#define STOPS(name, ...)      \
    TEST_CASE(name) {         \
        __VA_ARGS__;          \
        std::puts("went on"); \
    }

TEST_SUITE("stops"){
    STOPS("REQUIRE", REQUIRE(one == two)) STOPS("REQUIRE_FALSE", REQUIRE_FALSE(one == 1))
        STOPS("REQUIRE_MESSAGE", REQUIRE_MESSAGE(one == two, "text"))
            STOPS("REQUIRE_FALSE_MESSAGE", REQUIRE_FALSE_MESSAGE(one == 1, "text"))
                STOPS("REQUIRE_UNARY", REQUIRE_UNARY(one - 1)) STOPS("REQUIRE_UNARY_FALSE", REQUIRE_UNARY_FALSE(one))
                    STOPS("REQUIRE_EQ", REQUIRE_EQ(one, two)) STOPS("REQUIRE_NE", REQUIRE_NE(one, 1))
                        STOPS("REQUIRE_LT", REQUIRE_LT(two, one)) STOPS("REQUIRE_LE", REQUIRE_LE(two, one))
                            STOPS("REQUIRE_GT", REQUIRE_GT(one, two)) STOPS("REQUIRE_GE", REQUIRE_GE(one, two))
                                STOPS("REQUIRE_THROWS", REQUIRE_THROWS(quiet()))
                                    STOPS("REQUIRE_THROWS_AS", REQUIRE_THROWS_AS(throws(), std::logic_error))
                                        STOPS("REQUIRE_THROWS_WITH", REQUIRE_THROWS_WITH(throws(), "something else"))
                                            STOPS("REQUIRE_THROWS_WITH_AS",
                                                  REQUIRE_THROWS_WITH_AS(throws(), "something else", own_error))
                                                STOPS("REQUIRE_NOTHROW", REQUIRE_NOTHROW(throws()))
                                                    STOPS("FAIL", FAIL("because of " << two))
                                                        STOPS("an exception in REQUIRE", REQUIRE(throws() == 1))}

TEST_SUITE("goes on"){STOPS("FAIL_CHECK", FAIL_CHECK("because of ", two))
                          STOPS("an exception in CHECK", CHECK(throws() == 1))}

TEST_SUITE("exceptions") {
    TEST_CASE("of the standard library") { throw own_error("left the test"); }
    TEST_CASE("of another type") { throw 42; }
    TEST_CASE("a literal") { throw "words"; }
    TEST_CASE("behind assertions") {
        CHECK(one == 1);
        CHECK(one == two);
        INFO("on the way");
        throw own_error("later");
    }
}

TEST_SUITE("values") {
    TEST_CASE("of all kinds") {
        CHECK(true == false);
        CHECK('a' == 'b');
        CHECK(1u == 2u);
        CHECK(-1LL == 1LL);
        CHECK(1.5 == 2.25);
        CHECK(0.1f == 0.2f);
        CHECK(std::string("a\"b\n") == "c\t\\");
        CHECK(static_cast<const char*>(nullptr) == std::string("x").c_str());
        CHECK(std::vector<int>{1, 2} == std::vector<int>{1, 3});
        CHECK(std::map<std::string, int>{{"k", 1}} == std::map<std::string, int>{});
        CHECK(std::pair<int, std::string>(1, "p") == std::pair<int, std::string>(2, "q"));
        CHECK(std::tuple<int, char, bool>(1, 't', true) == std::tuple<int, char, bool>(2, 'u', false));
        CHECK(std::optional<int>() == std::optional<int>(3));
        CHECK(color::red == color::green);
        CHECK(streamed{1} == streamed{2});
        CHECK(texted{1} == texted{2});
        CHECK(std::unique_ptr<int>() != nullptr);
        CHECK(1.0 == cordon::Approx(1.1));
        CHECK(one < two - 1);
        CHECK(!one);
        CHECK((one == 1 && two == 1));
    }

    TEST_CASE("without a text") { CHECK(opaque{1} == opaque{2}); }
}

TEST_SUITE("information") {
    TEST_CASE("in scope") {
        INFO("outer ", 1);
        { INFO("gone"); }
        CAPTURE(one, two + two);
        CHECK(one == two);
        {
            INFO("inner " << 2);
            CHECK(one == 3);
        }
        CHECK(one == 4);
    }

    TEST_CASE("as it is at the time") {
        int counter = 0;
        CAPTURE(counter);
        for (; counter < 3; ++counter) {
            CHECK(counter == 1);
        }
    }

    TEST_CASE("not written when nothing fails") {
        int written = 0;
        const auto write = [&written] { return ++written; };
        INFO("written " << write());
        CHECK(one == 1);
        CHECK(written == 0);
    }

    TEST_CASE("of helper threads") {
        INFO("of the test's own thread");
        std::thread([] {
            INFO("of the helper");
            CHECK(one == two);
        }).join();
    }
}

TEST_SUITE("threads") {
    TEST_CASE("all count") {
        std::vector<std::thread> threads;
        for (int i = 0; i < 8; ++i) {
            threads.emplace_back([] {
                for (int k = 0; k < 1000; ++k) {
                    CHECK(k >= 0);
                }
                CHECK(one == two);
            });
        }
        for (std::thread& each : threads) {
            each.join();
        }
    }
}

TEST_SUITE("many") {
    TEST_CASE("failures") {
        for (int i = 0; i < 1000; ++i) {
            CHECK(i < 0);
        }
    }

    TEST_CASE("failures of every kind") {
        for (int i = 0; i < 100; ++i) {
            FAILING(CHECK);
            FAILING(WARN);
            FAIL_CHECK("one more");
            CHECK(throws() == 1);
        }
    }
}
