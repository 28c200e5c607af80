#define CORDON_CONFIG_PREFIX_ONLY
#include "recorded_hooks.hpp"

#include <doctest/doctest.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using recorded::lines;
using recorded::run;

namespace doctest {
template <>
struct StringMaker<lines> {
    static String convert(const lines& all) {
        std::string joined;
        for (const std::string& each : all) {
            joined += each + "\n";
        }
        return joined.c_str();
    }
};
}  // namespace doctest

namespace {

int calls_of_once = 0;
int once() { return ++calls_of_once; }
int throwing() { throw std::runtime_error("boom"); }
struct constants {
    static const int answer = 42;
};

}  // namespace

TEST_CASE("a comparison that holds is counted, one that does not shows both values") {
    const int a = 1;
    const int b = 2;
    CHECK(run([&] { CORDON_CHECK(a == 1); }) == lines{"1 passed"});
    CHECK(run([&] { CORDON_CHECK(a == b); }) == lines{"check CHECK(a == b): 1 == 2"});
    CHECK(run([&] { CORDON_CHECK(a != 1); }) == lines{"check CHECK(a != 1): 1 != 1"});
    CHECK(run([&] { CORDON_CHECK(b < a); }) == lines{"check CHECK(b < a): 2 < 1"});
    CHECK(run([&] { CORDON_CHECK(b <= a); }) == lines{"check CHECK(b <= a): 2 <= 1"});
    CHECK(run([&] { CORDON_CHECK(a > b); }) == lines{"check CHECK(a > b): 1 > 2"});
    CHECK(run([&] { CORDON_CHECK(a >= b); }) == lines{"check CHECK(a >= b): 1 >= 2"});
    CHECK(run([&] { CORDON_CHECK(a + 1 == b + 1); }) == lines{"check CHECK(a + 1 == b + 1): 2 == 3"});
}

TEST_CASE("an expression without a comparison shows its value") {
    const std::unique_ptr<int> none;
    CHECK(run([&] { CORDON_CHECK(none); }) == lines{"check CHECK(none): nullptr"});
    CHECK(run([&] { CORDON_CHECK(false); }) == lines{"check CHECK(false): false"});
    CHECK(run([&] { CORDON_CHECK(0); }) == lines{"check CHECK(0): 0"});
    CHECK(run([&] { CORDON_CHECK(!none); }) == lines{"1 passed"});
}

TEST_CASE("the _FALSE forms want the opposite") {
    const int a = 1;
    CHECK(run([&] { CORDON_CHECK_FALSE(a == 2); }) == lines{"1 passed"});
    CHECK(run([&] { CORDON_CHECK_FALSE(a == 1); }) == lines{"check CHECK_FALSE(a == 1): 1 == 1"});
    CHECK(run([&] { CORDON_CHECK_FALSE(a); }) == lines{"check CHECK_FALSE(a): 1"});
    CHECK(run([&] { CORDON_REQUIRE_FALSE(a); }) == lines{"require REQUIRE_FALSE(a): 1", "left"});
    CHECK(run([&] { CORDON_CHECK_UNARY_FALSE(a || a); }) == lines{"check CHECK_UNARY_FALSE(a || a): true"});
}

TEST_CASE("a failed REQUIRE leaves, the others go on") {
    CHECK(run([&] {
              CORDON_WARN(1 == 2);
              CORDON_CHECK(3 == 4);
              CORDON_REQUIRE(5 == 6);
              CORDON_CHECK(7 == 8);
          }) ==
          lines{"warn WARN(1 == 2): 1 == 2", "check CHECK(3 == 4): 3 == 4", "require REQUIRE(5 == 6): 5 == 6", "left"});
}

TEST_CASE("shifts and bit operations are the user's own") {
    const unsigned set = 6;
    CHECK(run([&] { CORDON_CHECK(1 << 3 == 8); }) == lines{"1 passed"});
    CHECK(run([&] { CORDON_CHECK(1 << 3 == 9); }) == lines{"check CHECK(1 << 3 == 9): 8 == 9"});
    CHECK(run([&] { CORDON_CHECK(set & 1); }) == lines{"check CHECK(set & 1): 0"});
    CHECK(run([&] { CORDON_CHECK(set ^ 6); }) == lines{"check CHECK(set ^ 6): 0"});
    CHECK(run([&] { CORDON_CHECK(set | 1); }) == lines{"1 passed"});
    CHECK(run([&] { CORDON_CHECK(64 >> 2 >> 4); }) == lines{"1 passed"});
}

TEST_CASE("operands are evaluated once") {
    calls_of_once = 0;
    run([&] { CORDON_CHECK(once() == 5); });
    CHECK(calls_of_once == 1);
    run([&] { CORDON_CHECK_EQ(once(), 5); });
    CHECK(calls_of_once == 2);
}

TEST_CASE("static constants without a definition can be looked at") {
    CHECK(run([&] { CORDON_CHECK(constants::answer == 41); }) ==
          lines{"check CHECK(constants::answer == 41): 42 == 41"});
    CHECK(run([&] { CORDON_CHECK(41 == constants::answer); }) ==
          lines{"check CHECK(41 == constants::answer): 41 == 42"});
}

TEST_CASE("pointers compare with nullptr, NULL and 0") {
    int here = 0;
    int* const p = &here;
    int* const none = nullptr;
    CHECK(run([&] {
              CORDON_CHECK(none == nullptr);
              CORDON_CHECK(none == NULL);
              CORDON_CHECK(none == 0);
              CORDON_CHECK(p != NULL);
          }) == lines{"4 passed"});
    CHECK(run([&] { CORDON_CHECK(none != 0); }) == lines{"check CHECK(none != 0): nullptr != nullptr"});
}

TEST_CASE("named comparisons") {
    CHECK(run([&] { CORDON_CHECK_EQ(1, 2); }) == lines{"check CHECK_EQ(1, 2): 1 == 2"});
    CHECK(run([&] { CORDON_CHECK_NE(1, 1); }) == lines{"check CHECK_NE(1, 1): 1 != 1"});
    CHECK(run([&] { CORDON_CHECK_LT(1, 1); }) == lines{"check CHECK_LT(1, 1): 1 < 1"});
    CHECK(run([&] { CORDON_CHECK_LE(2, 1); }) == lines{"check CHECK_LE(2, 1): 2 <= 1"});
    CHECK(run([&] { CORDON_CHECK_GT(1, 1); }) == lines{"check CHECK_GT(1, 1): 1 > 1"});
    CHECK(run([&] { CORDON_REQUIRE_GE(1, 2); }) == lines{"require REQUIRE_GE(1, 2): 1 >= 2", "left"});
    CHECK(run([&] { CORDON_WARN_EQ(std::pair<int, int>(1, 2), std::pair<int, int>(1, 2)); }) == lines{"1 passed"});
}

TEST_CASE("an exception out of an expression is the assertion's failure") {
    CHECK(run([&] {
              CORDON_CHECK(throwing() == 1);
              CORDON_CHECK(1 == 1);
          }) == lines{"check CHECK(throwing() == 1): threw boom", "1 passed"});
    CHECK(run([&] { CORDON_REQUIRE(throwing()); }) == lines{"require REQUIRE(throwing()): threw boom", "left"});
    CHECK(run([&] { CORDON_CHECK_EQ(throwing(), 1); }) == lines{"check CHECK_EQ(throwing(), 1): threw boom"});
    CHECK(run([&] { CORDON_WARN_NOTHROW(throwing()); }) == lines{"warn WARN_NOTHROW(throwing()): threw boom"});
    CHECK(run([&] { CORDON_REQUIRE_NOTHROW(throwing()); }) ==
          lines{"require REQUIRE_NOTHROW(throwing()): threw boom", "left"});
    CHECK(run([&] { CORDON_CHECK_NOTHROW(once()); }) == lines{"1 passed"});
}

TEST_CASE("a REQUIRE inside of an expression leaves through the assertion around it") {
    const auto required = [] {
        CORDON_REQUIRE(1 == 2);
        return true;
    };
    const lines expected = {"require REQUIRE(1 == 2): 1 == 2", "left"};
    CHECK(run([&] { CORDON_CHECK(required()); }) == expected);
    CHECK(run([&] { CORDON_CHECK_THROWS(required()); }) == expected);
    CHECK(run([&] { CORDON_CHECK_THROWS_AS(required(), int); }) == expected);
    CHECK(run([&] { CORDON_CHECK_THROWS_WITH(required(), "x"); }) == expected);
    CHECK(run([&] { CORDON_CHECK_NOTHROW(required()); }) == expected);
}

TEST_CASE("throwing as wanted") {
    CHECK(run([&] {
              CORDON_CHECK_THROWS(throwing());
              CORDON_CHECK_THROWS_AS(throwing(), std::runtime_error);
              CORDON_CHECK_THROWS_AS(throwing(), const std::exception&);
              CORDON_CHECK_THROWS_AS(throw(std::pair<int, int>(1, 2)), std::pair<int, int>);
              CORDON_CHECK_THROWS_WITH(throwing(), "boom");
              CORDON_CHECK_THROWS_WITH(throw std::string("text"), std::string("text"));
              CORDON_REQUIRE_THROWS_WITH_AS(throwing(), "boom", std::runtime_error);
          }) == lines{"7 passed"});
}

TEST_CASE("not throwing as wanted") {
    CHECK(run([&] { CORDON_CHECK_THROWS(once()); }) == lines{"check CHECK_THROWS(once()): no exception was thrown"});
    CHECK(run([&] { CORDON_REQUIRE_THROWS(once()); }) ==
          lines{"require REQUIRE_THROWS(once()): no exception was thrown", "left"});
    CHECK(run([&] { CORDON_CHECK_THROWS_AS(once(), std::logic_error); }) ==
          lines{"check CHECK_THROWS_AS(once(), std::logic_error): no exception was thrown, expected std::logic_error"});
    CHECK(run([&] { CORDON_CHECK_THROWS_AS(throwing(), std::logic_error); }) ==
          lines{"check CHECK_THROWS_AS(throwing(), std::logic_error): threw boom, expected std::logic_error"});
    CHECK(run([&] { CORDON_REQUIRE_THROWS_AS(throwing(), std::logic_error); }).back() == "left");
    CHECK(run([&] { CORDON_CHECK_THROWS_WITH(throwing(), "bang"); }) ==
          lines{"check CHECK_THROWS_WITH(throwing(), \"bang\"): threw boom"});
    CHECK(run([&] { CORDON_WARN_THROWS_WITH_AS(throwing(), "bang", std::exception); }) ==
          lines{"warn WARN_THROWS_WITH_AS(throwing(), \"bang\", std::exception): threw boom"});
}

TEST_CASE("messages and INFO are written when something fails, with the values of that moment") {
    int writes = 0;
    const auto counted = [&] { return ++writes; };
    CHECK(run([&] {
              CORDON_INFO("write ", counted());
              CORDON_CHECK_MESSAGE(true, "write ", counted());
          }) == lines{"1 passed"});
    CHECK(writes == 0);
    CHECK(run([&] {
              int i = 1;
              CORDON_INFO("i is " << i);
              i = 2;
              CORDON_CHECK_MESSAGE(i == 3, "not ", 3, " but ", i);
              CORDON_REQUIRE_FALSE_MESSAGE(i == 2, "is " << i);
          }) == lines{"check CHECK_MESSAGE(i == 3): 2 == 3 [not 3 but 2] {i is 2}",
                      "require REQUIRE_FALSE_MESSAGE(i == 2): 2 == 2 [is 2] {i is 2}", "left"});
    CHECK(run([&] { CORDON_CHECK_MESSAGE(throwing(), "text"); }) ==
          lines{"check CHECK_MESSAGE(throwing()): threw boom [text]"});
}

TEST_CASE("a message belongs to its own assertion") {
    CHECK(run([&] {
              CORDON_CHECK_MESSAGE(
                  [] {
                      CORDON_CHECK(1 == 2);
                      return true;
                  }(),
                  "outer");
          }) == lines{"check CHECK(1 == 2): 1 == 2", "1 passed"});
}

TEST_CASE("CAPTURE names its values") {
    const int a = 1;
    const std::string text = "x, y";
    CHECK(run([&] {
              CORDON_CAPTURE(a, a + 1, text);
              CORDON_FAIL_CHECK("here");
          }) == lines{"check FAIL_CHECK(\"here\"): here {a := 1, a + 1 := 2, text := \"x, y\"}"});
    CHECK(run([&] {
              CORDON_CAPTURE(std::string("a, (b"), 'x', std::vector<int>{1, 2}.size());
              CORDON_FAIL_CHECK("");
          }) == lines{"check FAIL_CHECK(\"\"):  {std::string(\"a, (b\") := \"a, (b\", 'x' := 'x', std::vector<int>{1, "
                      "2}.size() := 2}"});
    CHECK(run([&] {
              CORDON_CAPTURE(std::pair<int, int>(1, 2).first, a);
              CORDON_FAIL_CHECK("");
          }) == lines{"check FAIL_CHECK(\"\"):  {std::pair<int, int>(1, 2).first, a := 1, 1}"});
}

TEST_CASE("FAIL, SUCCEED, SKIP") {
    CHECK(run([&] { CORDON_FAIL("no ", 1); }) == lines{"require FAIL(\"no \", 1): no 1", "left"});
    CHECK(run([&] { CORDON_FAIL_CHECK("no " << 1); }) == lines{"check FAIL_CHECK(\"no \" << 1): no 1"});
    CHECK(run([&] { CORDON_SUCCEED("fine"); }) == lines{"1 passed"});
    CHECK(run([&] { CORDON_SKIP("why ", 2); }) == lines{"require SKIP(\"why \", 2): why 2", "left"});
}

TEST_CASE("subcases take names that were made") {
    const std::string made = "made";
    CHECK(run([&] {
              CORDON_SUBCASE("outer") {
                  CORDON_SECTION(made) { CORDON_CHECK(true); }
              }
              CORDON_GIVEN("it") {}
          }) == lines{"enter outer", "enter made", "leave", "leave", "enter Given: it", "leave", "1 passed"});
}

TEST_CASE("arguments are shown as written, not with the user's macros replaced") {
#define CORDON_TEST_LIMIT 7
    CHECK(run([&] { CORDON_CHECK(CORDON_TEST_LIMIT == 8); }) == lines{"check CHECK(CORDON_TEST_LIMIT == 8): 7 == 8"});
}

TEST_CASE("another thread counts for itself") {
    unsigned long long passed = 0;
    const auto before = cordon::detail::current_thread.passed;
    std::thread([&] {
        CORDON_CHECK(1 == 1);
        passed = cordon::detail::current_thread.passed;
    }).join();
    CHECK(passed == 1);
    CHECK(cordon::detail::current_thread.passed == before);
}

TEST_CASE("Approx") {
    using cordon::Approx;
    const double infinity = std::numeric_limits<double>::infinity();
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(0.1 + 0.2 == Approx(0.3));
    CHECK(Approx(0.3) == 0.1 + 0.2);
    CHECK(1.0 != Approx(1.1));
    CHECK(1.0 == Approx(1.1).epsilon(0.1));
    CHECK(1.0 == Approx(1.5).margin(0.5));
    CHECK(1.0 != Approx(1.5).margin(0.49));
    CHECK(1000.0 == Approx(1001).epsilon(0.0001).scale(10000));
    CHECK(1 == Approx(1));
    CHECK(infinity == Approx(infinity));
    CHECK(1.0 != Approx(infinity));
    CHECK(-infinity != Approx(infinity));
    CHECK(nan != Approx(nan));
    CHECK(nan != Approx(1.0).margin(infinity));
    CHECK(1.0 <= Approx(1.0));
    CHECK_FALSE(1.0 < Approx(1.0));
    CHECK(1.0 < Approx(2.0));
    CHECK(Approx(2.0) > 1.0);
    CHECK(Approx(1.0) >= 1.0);
    CHECK_FALSE(nan <= Approx(1.0));
    const Approx loose = Approx(0.0).margin(0.5);
    CHECK(7.4 == loose(7));
    CHECK(run([&] { CORDON_CHECK(1.0 == Approx(1.5)); }) ==
          lines{"check CHECK(1.0 == Approx(1.5)): 1.0 == Approx( 1.5 )"});
}

namespace {

struct meters {
    double size;
    explicit operator double() const { return size; }
};

}  // namespace

TEST_CASE("Approx compares what can be made a double") {
    using cordon::Approx;
    CHECK(meters{1.0} == Approx(1));
    CHECK(Approx(meters{2.0}) != meters{1.0});
    CHECK(meters{1.0} < Approx(meters{2.0}));
    CHECK(Approx(1.0F) == 1.0L);
    CHECK(Approx(0)(meters{3}) == 3ULL);
}

TEST_CASE("without a margin, Approx is doctest's for finite values") {
    const double values[] = {0, 1e-300, 1e-7, 5e-6, 1e-5, 2e-5, 0.5, 1, 1.00001, 1.00003, 7, 1e6, 1.00001e6, 1e300};
    for (const double sign : {1.0, -1.0}) {
        for (const double a : values) {
            for (const double b : values) {
                for (const double scale : {0.0, 1.0, 1e3}) {
                    for (const double epsilon : {1e-12, 1.2e-5, 0.3}) {
                        if (a == b && scale + a == 0) continue;  // doctest: nothing is less than 0 apart
                        const auto ours = cordon::Approx(b).epsilon(epsilon).scale(scale);
                        const auto theirs = doctest::Approx(b).epsilon(epsilon).scale(scale);
                        const double other = sign * a;
                        INFO(other << " and " << b << ", scale " << scale << ", epsilon " << epsilon);
                        CHECK((other == ours) == (other == theirs));
                        CHECK((other < ours) == (other < theirs));
                        CHECK((other >= ours) == (other >= theirs));
                        CHECK((ours <= other) == (theirs <= other));
                    }
                }
            }
        }
    }
}
