// compat: yes
// Tests as users of Catch2 write them. Catch2's own header compiles this file, too: compile/catch2 checks it.

#define CATCH_CONFIG_EXTERNAL_INTERFACES
#include <catch2/catch.hpp>

#include <array>
#include <cstdio>
#include <iomanip>
#include <list>
#include <memory>
#include <ostream>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

namespace {

enum class color { red, green };

struct point {
    int x;
    int y;
};
bool operator==(const point& a, const point& b) { return a.x == b.x && a.y == b.y; }

/// Its format lasts, as any other manipulator's.
struct streamed {};
std::ostream& operator<<(std::ostream& out, streamed) { return out << std::uppercase << std::hex << 171; }

struct odd_error {
    int code;
};

struct account {
    int balance = 10;
    void closes() { CHECK(balance == 0); }
};

template <class T>
struct holder {
    T value{};
};
template <class T, int N>
struct holders {
    T values[N] = {};
};

using numbers = std::tuple<int, char>;

struct is_even : Catch::MatcherBase<int> {
    bool match(const int& number) const override { return number % 2 == 0; }
    std::string describe() const override { return "is even"; }
};

class countdown : public Catch::Generators::IGenerator<int> {
  public:
    explicit countdown(int from) : now_(from) {}
    const int& get() const override { return now_; }
    bool next() override { return --now_ > 0; }

  private:
    int now_;
};
Catch::Generators::GeneratorWrapper<int> counted_down(int from) {
    return Catch::Generators::GeneratorWrapper<int>(
        std::unique_ptr<Catch::Generators::IGenerator<int>>(new countdown(from)));
}

void plain_function() { CHECK(1 + 1 == 2); }

}  // namespace

CATCH_REGISTER_ENUM(color, color::red, color::green)

namespace Catch {
template <>
struct StringMaker<point> {
    static std::string convert(const point& value) { return std::to_string(value.x) + "|" + std::to_string(value.y); }
};
}  // namespace Catch

CATCH_TRANSLATE_EXCEPTION(const odd_error& error) { return "odd error " + std::to_string(error.code); }

namespace {

struct told : Catch::TestEventListenerBase {
    using TestEventListenerBase::TestEventListenerBase;
    void testRunStarting(const Catch::TestRunInfo&) override { has_begun = true; }
    void testCaseStarting(const Catch::TestCaseInfo& info) override {
        if (info.name == "tells a listener") std::printf("[starting in a run: %d]\n", has_begun ? 1 : 0);
    }
    void sectionStarting(const Catch::SectionInfo& info) override { section = info.name; }
    bool assertionEnded(const Catch::AssertionStats& stats) override {
        if (section == "a section") std::printf("[ended: %s]\n", stats.assertionResult.getMessage().c_str());
        return true;
    }
    void testCaseEnded(const Catch::TestCaseStats& stats) override {
        if (stats.testInfo.name != "tells a listener") return;
        std::printf("[failed: %d]\n", static_cast<int>(stats.totals.assertions.failed));
    }

    bool has_begun = false;
    std::string section;
};

}  // namespace
CATCH_REGISTER_LISTENER(told)

// ---- registration ----

TEST_CASE("adds", "[math][fast]") { REQUIRE(1 + 1 == 2); }
TEST_CASE() { SUCCEED(); }
TEST_CASE("has words beside its tags", "words [beside] them") { SUCCEED(); }
TEST_CASE("has words for tags", "simple") { SUCCEED(); }
TEST_CASE("has no tags") { SUCCEED("with " << 1 << " word"); }
TEST_CASE("twice", "[first]") { SUCCEED(); }
TEST_CASE("twice", "[second]") { CHECK(1 == 2); }
TEST_CASE("is hidden", "[.]") { CHECK(false); }
TEST_CASE("is hidden by a tag", "[.slow]") { CHECK(false); }
TEST_CASE("should fail", "[!shouldfail]") { CHECK(false); }
TEST_CASE("may fail", "[!mayfail]") { CHECK(false); }
TEST_CASE("throws", "[!throws]") { CHECK_THROWS(throw 1); }
TEST_CASE_METHOD(account, "has a fixture") { CHECK(++balance == 11); }
METHOD_AS_TEST_CASE(account::closes, "is a method", "[account]");
REGISTER_TEST_CASE(plain_function, "is a function");
SCENARIO("a story", "[story]") {
    GIVEN("an account") {
        account it;
        WHEN(std::string("it pays ") << 3) {
            it.balance -= 3;
            THEN("less is left") { CHECK(it.balance == 7); }
            AND_THEN("more than nothing") { CHECK(it.balance > 0); }
        }
        AND_WHEN("it pays nothing") { CHECK(it.balance == 9); }
    }
    AND_GIVEN("nothing") { SUCCEED(); }
}
SCENARIO_METHOD(account, "a story with a fixture") { CHECK(balance == 10); }

TEMPLATE_TEST_CASE("types", "[template]", int, (std::pair<int, char>), std::string) {
    CHECK(sizeof(TestType) == sizeof(std::string));
}
TEMPLATE_TEST_CASE_SIG("signature", "[template]", ((typename T, int N), T, N), (int, 5), (char, 3)) {
    CHECK(sizeof(std::array<T, N>) == 3);
}
TEMPLATE_TEST_CASE_METHOD(holder, "typed fixture", "[template]", int, float) { CHECK(this->value < 1); }
TEMPLATE_TEST_CASE_METHOD_SIG(holders, "sized fixture", "[template]", ((typename T, int N), T, N), (int, 2),
                              (char, 3)) {
    CHECK(sizeof(this->values) == 3);
}
TEMPLATE_PRODUCT_TEST_CASE("product", "[template]", (std::vector, std::list), (int, (std::pair<int, char>))) {
    CHECK(TestType().empty());
}
TEMPLATE_LIST_TEST_CASE("list", "[template]", numbers) { CHECK(sizeof(TestType) == 1); }

// ---- assertions ----

TEST_CASE("fails") {
    INFO("in decimal: " << 255);
    UNSCOPED_INFO("once");
    INFO(std::hex << 255 << std::setw(5) << std::setfill('.') << 16 << std::dec << ' ' << 16);
    INFO("as " << streamed{} << ' ' << 255);
    CHECK(color::red == color::green);
    CAPTURE(1 + 1);
    CHECK(point{1, 2} == point{3, 4});
    CHECK_FALSE(1 == 1);
    CHECK_NOTHROW(throw std::runtime_error("boom"));
    CHECK_THROWS(1 + 1);
    CHECK_THROWS_AS(throw std::runtime_error("boom"), std::logic_error);
    CHECK_THROWS_WITH(throw std::runtime_error("boom"), "bang");
    CHECK_THAT(3, is_even());
    FAIL_CHECK("for reason " << 1);
    FAIL();
}
TEST_CASE("is translated") { throw odd_error{5}; }
TEST_CASE("holds") {
    STATIC_REQUIRE(sizeof(int) == 4);
    STATIC_REQUIRE_FALSE(sizeof(int) == 1);
    WARN("careful: " << 7);
    CHECK_NOFAIL(1 == 2);
    bool went = false;
    CHECKED_IF(1 == 2) { FAIL("not here"); }
    CHECKED_ELSE(1 == 2) { went = true; }
    REQUIRE(went);
    REQUIRE_FALSE(!went);
    REQUIRE_NOTHROW(1);
    REQUIRE_THROWS(throw 1);
    REQUIRE_THROWS_AS(throw std::runtime_error("boom"), std::exception);
    CHECK(Catch::getResultCapture().getCurrentTestName() == "holds");
    CHECK(Catch::Detail::stringify(point{1, 2}) == "1|2");
    CHECK(Catch::getCurrentContext().getConfig()->rngSeed() == Catch::rngSeed());
    CHECK(0.1 + 0.2 == Approx(0.3));
    CHECK(1.0 != Approx(1.1).margin(0.01));
    CHECK(104 == Approx(100).epsilon(0.05));
    using namespace Catch::literals;
    CHECK(1.00000001 == 1.0_a);
}
TEST_CASE("sections") {
    int passes = 0;
    SECTION("one") { passes += 1; }
    SECTION("two", "with a description") { passes += 2; }
    for (int i = 0; i < 2; ++i) {
        DYNAMIC_SECTION("number " << i) { CHECK(i == 0); }
    }
    CHECK(passes <= 2);
}
TEST_CASE("matchers") {
    using namespace Catch::Matchers;
    const std::string text = "Hello world";
    CHECK_THAT(text, StartsWith("Hello") && EndsWith("world") && !Contains("moon"));
    CHECK_THAT(text, Contains("WORLD", Catch::CaseSensitive::No) || Equals("x"));
    CHECK_THAT(text, Matches("H.*d"));
    const std::vector<int> three = {1, 2, 3};
    CHECK_THAT(three, VectorContains(2) && Contains(std::vector<int>{3, 1}));
    CHECK_THAT(three, Equals(std::vector<int>{1, 2, 3}));
    CHECK_THAT(three, UnorderedEquals(std::vector<int>{3, 2, 1}));
    CHECK_THAT(1.0, WithinAbs(1.05, 0.1) && WithinRel(1.0) && WithinULP(1.0, 1));
    CHECK_THAT(4, is_even() && Predicate<int>([](int number) { return number > 3; }, "more than 3"));
    REQUIRE_THROWS_WITH(throw std::runtime_error("boom"), Contains("oo"));
    REQUIRE_THROWS_MATCHES(throw std::runtime_error("boom"), std::runtime_error, Message("boom"));
    CHECK_THROWS_MATCHES(throw 4, int, is_even());
    REQUIRE_THAT(text, StartsWith("Good bye"));
}
TEST_CASE("generators") {
    const int plain = GENERATE(1, 2);
    const auto text = GENERATE(as<std::string>{}, "a", "bc");
    const auto [wanted, row] =
        GENERATE(table<std::size_t, std::string>({std::make_tuple(1, "x"), std::make_tuple(2, "yy")}));
    CHECK(row.size() == wanted);
    CHECK(text.size() <= 2);
    CHECK(plain == 1);
}
TEST_CASE("more generators") {
    int offset = 10;
    const int down = GENERATE(counted_down(2));
    const int even = GENERATE(take(2, filter([](int number) { return number % 2 == 0; }, range(1, 9))));
    const int shifted = GENERATE_COPY(map([offset](int number) { return number + offset; }, value(1)));
    const int random_one = GENERATE(take(1, random(5, 6)));
    const auto pair = GENERATE(chunk(2, values({1, 2})));
    CHECK(down <= 2);
    CHECK(even <= 4);
    CHECK(shifted == 11);
    CHECK((random_one == 5 || random_one == 6));
    CHECK(pair.size() == 2);
}
TEST_CASE("tells a listener", "[listener]") {
    SECTION("a section") { FAIL_CHECK("a reason"); }
}

CATCH_REGISTER_TAG_ALIAS("[@twice]", "[first],[second]")

#if defined(CORDON_VERSION)  // Catch2 would compile all of itself
#include <catch2/catch_session.hpp>

namespace {
int depth = 0;
bool is_deep = false;
std::string whose;
}  // namespace

TEST_CASE("own options", "[.own]") {
    CHECK(depth == 0);
    CHECK_FALSE(is_deep);
    CHECK(whose == "");
}

int main(int argc, char** argv) {
    using Catch::clara::Opt;
    Catch::Session session;
    session.cli(session.cli() | Opt(depth, "depth")["-g"]["--depth"]("how deep") | Opt(is_deep)["--deep"]("or not") |
                Opt([](const std::string& name) { whose = name; }, "name")["--whose"]("its owner"));
    const int wrong = session.applyCommandLine(argc, argv);
    return wrong != 0 ? wrong : session.run();
}
#endif
