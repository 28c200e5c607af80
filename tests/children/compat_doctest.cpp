// Uses all that doctest offers to tests, in a program with a main() of its own. Doctest itself compiles it, too.
// compat: yes
// flags: -DCORDON_CONFIG_LINKED_ENGINE

#define DOCTEST_CONFIG_IMPLEMENT
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <list>
#include <sstream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

static_assert(DOCTEST_VERSION >= 20400 && DOCTEST_VERSION_MAJOR == 2);

namespace {

struct http_error {
    int status;
};

struct point {
    int x, y;
    bool operator==(const point& other) const { return x == other.x && y == other.y; }
};
[[maybe_unused]] doctest::String toString(const point& p) {
    return doctest::String("point ") + doctest::toString(p.x) + "|" + doctest::toString(p.y);
}

struct metres {
    double count;
    explicit operator double() const { return count; }
};

struct fixture {
    fixture() { numbers.push_back(1); }
    std::vector<int> numbers;
};

int refuse(const char* why) { throw std::runtime_error(why); }

}  // namespace

namespace doctest {
template <typename T>
struct StringMaker<std::list<T>> {
    static String convert(const std::list<T>& list) {
        std::ostringstream text;
        text << "list of " << list.size();
        return text.str().c_str();
    }
};
}  // namespace doctest

REGISTER_EXCEPTION_TRANSLATOR(const http_error& error) {
    return doctest::String("HTTP ") + doctest::toString(error.status);
}

TYPE_TO_STRING(std::vector<int>);
TYPE_TO_STRING_AS("many ints", std::list<int>);

namespace {

struct told : doctest::IReporter {
    explicit told(const doctest::ContextOptions& options) : out(*options.cout) {}
    void report_query(const doctest::QueryData&) override {}
    void test_run_start() override { out << "told: the run starts" << std::endl; }
    void test_run_end(const doctest::TestRunStats& of) override {
        out << "told: of " << of.numTestCasesPassingFilters << " tests " << of.numTestCasesFailed << " failed"
            << std::endl;
    }
    void test_case_start(const doctest::TestCaseData& of) override {
        out << "told: " << of.m_name << " starts" << std::endl;
    }
    void test_case_reenter(const doctest::TestCaseData& of) override {
        out << "told: " << of.m_name << " again" << std::endl;
    }
    void test_case_end(const doctest::CurrentTestCaseStats& of) override {
        out << "told: " << of.numAssertsFailedCurrentTest << " of " << of.numAssertsCurrentTest << std::endl;
    }
    void test_case_exception(const doctest::TestCaseException& of) override {
        out << "told: " << of.error_string << std::endl;
    }
    void subcase_start(const doctest::SubcaseSignature& of) override { out << "told: in " << of.m_name << std::endl; }
    void subcase_end() override { out << "told: out" << std::endl; }
    void log_assert(const doctest::AssertData& of) override {
        if (of.m_failed) out << "told: " << doctest::assertString(of.m_at) << " " << of.m_expr << std::endl;
    }
    void log_message(const doctest::MessageData&) override {}
    void test_case_skipped(const doctest::TestCaseData&) override {}
    std::ostream& out;
};

}  // namespace

REGISTER_LISTENER("told", 1, told);

TEST_CASE("passes") {
    CHECK(1 + 1 == 2);
    CHECK_FALSE(1 > 2);
    REQUIRE(std::string("a") != "b");
    REQUIRE_FALSE(false);
    WARN(1 == 1);
    WARN_FALSE(1 == 2);
    CHECK_EQ(1, 1);
    CHECK_NE(1, 2);
    CHECK_LT(1, 2);
    CHECK_LE(1, 1);
    CHECK_GT(2, 1);
    CHECK_GE(2, 2);
    REQUIRE_EQ(std::string("x"), "x");
    REQUIRE_NE(1, 2);
    REQUIRE_LT(1, 2);
    REQUIRE_LE(1, 1);
    REQUIRE_GT(2, 1);
    REQUIRE_GE(2, 2);
    WARN_EQ(1, 1);
    WARN_NE(1, 2);
    CHECK_UNARY(1);
    CHECK_UNARY_FALSE(0);
    REQUIRE_UNARY(true);
    REQUIRE_UNARY_FALSE(false);
    FAST_CHECK_EQ(1, 1);
    FAST_REQUIRE_NE(1, 2);
    FAST_CHECK_LT(1, 2);
    FAST_WARN_GE(2, 2);
    FAST_CHECK_UNARY(true);
    FAST_REQUIRE_UNARY_FALSE(false);
    CHECK_MESSAGE(true, "text ", 1);
    REQUIRE_MESSAGE(true, "text " << 1);
    CHECK_FALSE_MESSAGE(false, "text");
    REQUIRE_FALSE_MESSAGE(false, "text");
    WARN_MESSAGE(true, "text");
    const unsigned long size = 3;
    const int count = 3;
    CHECK(size == count);
}

TEST_CASE("exceptions") {
    CHECK_THROWS(refuse("no"));
    REQUIRE_THROWS_AS(refuse("no"), std::exception);
    CHECK_THROWS_AS(refuse("no"), const std::runtime_error&);
    CHECK_THROWS_WITH(refuse("no"), "no");
    CHECK_THROWS_WITH(refuse("not now"), doctest::Contains("now"));
    CHECK_THROWS_WITH_AS(refuse("no"), "no", std::runtime_error);
    CHECK_THROWS_WITH(throw http_error{404}, "HTTP 404");
    CHECK_NOTHROW(const int made = 1; static_cast<void>(made));
    REQUIRE_NOTHROW(std::string("a"));
    CHECK_THROWS_MESSAGE(refuse("no"), "text ", 1);
    CHECK_THROWS_AS_MESSAGE(refuse("no"), std::exception, "text");
    CHECK_THROWS_WITH_MESSAGE(refuse("no"), "no", "text");
    REQUIRE_THROWS_WITH_AS_MESSAGE(refuse("no"), "no", std::exception, "text");
    CHECK_NOTHROW_MESSAGE(std::string("a"), "text");
    WARN_THROWS(refuse("no"));
    WARN_NOTHROW(std::string("a"));
}

TEST_CASE("numbers") {
    CHECK(22.0 / 7 == doctest::Approx(3.141).epsilon(0.01));
    CHECK(1.0 != doctest::Approx(1.1));
    CHECK(1.0f < doctest::Approx(1.1f));
    CHECK(100.0 == doctest::Approx(100.4).scale(100).epsilon(0.01));
    const doctest::Approx near = doctest::Approx(2.0).epsilon(0.1);
    CHECK(near == 2.1);
#if DOCTEST_VERSION >= 20500
    CHECK(metres{2.0} == near);
    CHECK(metres{2.0} == doctest::Approx(metres{2.01}).epsilon(metres{0.1}));
#endif
    CHECK(doctest::IsNaN<double>(std::nan("")));
    CHECK(!doctest::IsNaN<double>(1.0));
}

TEST_CASE("texts") {
    CHECK(doctest::toString(3) == "3");
    CHECK(doctest::toString(true) == "true");
    CHECK(doctest::toString(point{1, 2}) == "point 1|2");
    CHECK(doctest::toString(std::list<int>{1}) == "list of 1");
    CHECK(doctest::toString<std::vector<int>>() == "std::vector<int>");
    CHECK("an apple" == doctest::Contains("app"));
    doctest::String text("abc");
    text += "def";
    CHECK(text.size() == 6);
    CHECK(text.substr(2, 2) == "cd");
    CHECK(text.find('d') == 3);
    CHECK(text.compare("ABCDEF", true) == 0);
    CHECK(std::strcmp(text.c_str(), "abcdef") == 0);
    CHECK(doctest::is_running_in_test);
    CHECK(doctest::getContextOptions() != nullptr);
}

TEST_CASE("fails") {
    INFO("info " << std::hex << 1, " and ", 'c');
    const int round = 2;
    CAPTURE(round);
    CHECK(std::list<int>{1} == std::list<int>{});
    CHECK(point{1, 2} == point{3, 4});
    CHECK_MESSAGE(round == 3, "not ", 3);
    CHECK_THROWS_WITH(refuse("no"), doctest::Contains("yes"));
    FAIL_CHECK("goes on with ", 4);
    ADD_FAIL_CHECK_AT("elsewhere.cpp", 77, "from there");
    MESSAGE("a message, ", 5);
    WARN(round == 4);
    CHECK_THROWS_AS_MESSAGE(refuse("no"), std::logic_error, "of the wrong type");
    REQUIRE_EQ(round, 6);
    CHECK(false);
}

TEST_CASE("ends at once") {
    FAIL("here");
    CHECK(false);
}
TEST_CASE("ends at once, elsewhere") {
    ADD_FAIL_AT("elsewhere.cpp", 78, "there");
    CHECK(false);
}

TEST_CASE("leaves") {
    int entered = 0;
    SUBCASE("one") { ++entered; }
    SUBCASE("two") {
        ++entered;
        SUBCASE("inner") { CHECK(false); }
    }
    CHECK(entered <= 1);
    for (int i = 0; i < 2; ++i) {
        const std::string name = "in a loop " + std::to_string(i);
        SUBCASE(name.c_str()) { CHECK(i < 2); }
    }
}

SCENARIO("a story") {
    GIVEN("a list") {
        std::vector<int> list;
        WHEN("it grows") {
            list.push_back(1);
            THEN("it is not empty") { CHECK(list.size() == 1); }
            AND_THEN("this is known") { CHECK_FALSE(list.empty()); }
        }
    }
}

TEST_CASE("skipped" * doctest::skip()) { CHECK(false); }
TEST_CASE("not skipped" * doctest::skip(false) * doctest::description("told") * doctest::no_breaks() *
          doctest::no_output(false) * doctest::timeout(20)) {}
TEST_CASE("may fail" * doctest::may_fail()) { CHECK(false); }
TEST_CASE("should fail" * doctest::should_fail()) { CHECK(false); }
TEST_CASE("fails twice" * doctest::expected_failures(2)) {
    CHECK(false);
    CHECK(false);
}
TEST_CASE("of another suite" * doctest::test_suite("other")) {}

TEST_SUITE("block" * doctest::description("all of it") * doctest::should_fail()) {
    TEST_CASE("in a block") { CHECK(false); }
    TEST_CASE("renamed" * doctest::test_suite("other")) { CHECK(false); }
    TEST_SUITE("inner") {
        TEST_CASE("in the inner one") {}
    }
}

TEST_SUITE_BEGIN("begun");
TEST_CASE("in a begun suite") {}
TEST_SUITE_END();
TEST_CASE("after it") {}

TEST_CASE("same name") {}
TEST_CASE("same name") { CHECK(false); }

TEST_CASE_FIXTURE(fixture, "with a fixture") {
    numbers.push_back(2);
    CHECK(numbers.size() == 2);
}

struct holder {
#if defined(DOCTEST_IS_CORDON)  // doctest 2.4.9 does not compile this with GCC
    TEST_CASE_CLASS("in a class") { CHECK(value() == 4); }
#endif
    static int value() { return 4; }
};

TEST_CASE_TEMPLATE("types" * doctest::test_suite("templates"), T, int, std::vector<int>, std::list<int>) {
    CHECK(sizeof(T) > sizeof(int));
}
TEST_CASE_TEMPLATE_DEFINE("defined", T, defined_id) { CHECK(T() == T()); }
TEST_CASE_TEMPLATE_INVOKE(defined_id, char, short);
TEST_CASE_TEMPLATE_APPLY(defined_id, std::tuple<long, float>);

TEST_CASE("crashes") {
    CHECK(true);
    std::abort();
}

#if DOCTEST_VERSION >= 20500
SCENARIO_METHOD(fixture, "a story with a fixture") {
    GIVEN("a list") AND_GIVEN("another") { CHECK(numbers.size() == 1); }
}
TEST_CASE("values") {
    const double outer = GENERATE(1.5, 2);
    const int inner = GENERATE(1, 2, 3);
    CHECK(outer * inner < 6);
}
#endif

DOCTEST_TEST_CASE("prefixed names") {
    DOCTEST_CHECK(true);
    DOCTEST_REQUIRE_EQ(1, 1);
    DOCTEST_SUBCASE("a subcase") { DOCTEST_CHECK_THROWS_AS(refuse("no"), std::exception); }
}

static doctest::String text_of_short(short number) { return doctest::String("short ") + doctest::toString(number); }
TEST_CASE("texts without the name of the namespace, and later") {
    CHECK(toString(!doctest::IsNaN<double>(0.5)) != "{?}");
    doctest::registerExceptionTranslator(text_of_short);
    CHECK_THROWS_WITH(throw short(3), "short 3");
}

static bool has_own_option = false;
TEST_CASE("main has the option of its own") { CHECK(has_own_option == (std::getenv("EXPECT_OWN_OPTION") != nullptr)); }

int main(int argc, char** argv) {
    if (doctest::is_running_in_test) return 90;
    // An option of the program's own, which the framework must not see.
    if (argc > 1 && std::strcmp(argv[1], "--own-option") == 0) {
        has_own_option = true;
        std::copy(argv + 2, argv + argc + 1, argv + 1);
        --argc;
    }
    doctest::Context context;
    context.setOption("no-breaks", true);
    context.addFilter("test-case", "none of them");
    context.setOption("ts", "none of them");
    context.clearFilters();
    context.setOption("order-by", "name");
    context.applyCommandLine(argc, argv);
    const int result = context.run();
    if (context.shouldExit()) return result;
    std::printf("after the run\n");
    return result;
}
