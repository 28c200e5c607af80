// Every way to register, with every decorator.
#include <cordon/cordon.hpp>

#include <memory>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

GLOBAL_SETUP() {}

TEST_CASE("decorated", tag("a"), tag("b"), description("all of them"), timeout(2.0), slow_after(0.5), retries(2),
          skip("why", false), todo("later"), only(), should_fail(false), may_fail(), expected_failures(1),
          quarantine("#1"), serial("group"), exclusive(), threads(2), resource("port", 3), memory_limit(1e9),
          isolation(cordon::isolate::exec)) {}

static bool at_run_time() { return false; }
TEST_CASE("decorated at run time", skip("why", at_run_time())) {}

struct base_fixture {
    virtual ~base_fixture() = default;

  protected:
    int seen = 1;
};
template <class T>
struct template_fixture {
    T value{};
};
TEST_CASE_FIXTURE(base_fixture, "fixture", tag("x")) { CHECK(seen == 1); }
TEST_CASE_FIXTURE(template_fixture<int>, "template fixture") { CHECK(value == 0); }

TEST_SUITE("outer", tag("outer"), timeout(1)) {
    SUITE_SETUP() {}
    TEST_CASE("in outer") {}
    TEST_SUITE("inner") {
        SUITE_SETUP() {}
        TEST_CASE("in inner") {}
    }
    TEST_SUITE("inner") {
        TEST_CASE("in inner again") {}
    }
}
TEST_SUITE("outer") {
    TEST_CASE("in outer again") {}
}

TEST_SUITE_BEGIN("begun", tag("begun"));
SUITE_SETUP() {}
TEST_CASE("in begun") {}
TEST_SUITE_END();

SCENARIO("scenario", tag("bdd")) {
    GIVEN("something") {
        AND_GIVEN("more") {
            WHEN("it happens") {
                AND_WHEN("again") {
                    THEN("so") {
                        AND_THEN("that") { CHECK(true); }
                    }
                }
            }
        }
    }
}
SCENARIO_FIXTURE(base_fixture, "with a fixture") { CHECK(seen == 1); }

TEST_CASE("subcases") {
    const std::string name = "made";
    SUBCASE("literal") {
        SUBCASE(name) {}
        SECTION(name.c_str()) {}
    }
}

struct row_of_three {
    const char* name;
    int a, b;
};
struct row_of_lists {
    std::string name;
    std::vector<int> in;
    int out;
};
using pair = std::pair<int, std::string>;
static const int numbers[] = {1, 2, 3};
static const int threads[] = {1, 2, 3};

TEST_CASE_PARAMS("numbers", int n, 1, 2, 3) { CHECK(n > 0); }
TEST_CASE_PARAMS("one number", int n, 1) { CHECK(n > 0); }
TEST_CASE_PARAMS("converted", double x, 1, 2.5F) { CHECK(x > 0.0); }
TEST_CASE_PARAMS("not used", int n, 1, 2) {}
TEST_CASE_PARAMS("without a name", int, 1, 2) {}
TEST_CASE_PARAMS(("with decorators", tag("x"), timeout(2)), int n, 1, cordon::row(2, skip("why")), 3) { CHECK(n > 0); }
TEST_CASE_PARAMS(("with bracketed tags", "[x][y]"), int n, 1) { CHECK(n > 0); }
TEST_CASE_PARAMS("braces", const row_of_three& row, {"a", 1, 2}, {"b", 3, 4}) { CHECK(row.a < row.b); }
TEST_CASE_PARAMS("one in braces", const row_of_three& row, {"a", 1, 2}) { CHECK(row.a < row.b); }
TEST_CASE_PARAMS("braces and decorators", row_of_three row, {"a", 1, 2},
                 cordon::row(row_of_three{"b", 3, 4}, should_fail(), tag("b"))) {
    CHECK(row.a < row.b);
}
TEST_CASE_PARAMS("nested braces", const row_of_lists& row, {"a", {1, 2}, 2}, {"b", {}, 0}) {
    CHECK(row.in.size() == static_cast<std::size_t>(row.out));
}
TEST_CASE_PARAMS("one in nested braces", const row_of_lists& row, {"a", {1, 2}, 2}) { CHECK(row.out == 2); }
TEST_CASE_PARAMS("pairs", const pair& p, {1, "a"}, {2, "b"}) { CHECK(p.first > 0); }
TEST_CASE_PARAMS("strings", std::string text, "a", "b") { CHECK(text.size() == 1); }
TEST_CASE_PARAMS("one string", std::string_view text, "a") { CHECK(text.size() == 1); }
TEST_CASE_PARAMS("C strings", const char* text, "a", "b") { CHECK(text != nullptr); }
TEST_CASE_PARAMS("lists", const std::vector<int>& list, {1, 2}, {3}, {}) { CHECK(list.size() < 3); }
TEST_CASE_PARAMS("a list is one value", const std::vector<int>& list, std::vector<int>{1, 2}) {
    CHECK(list.size() == 2);
}
TEST_CASE_PARAMS("array", int n, numbers) { CHECK(n > 0); }
TEST_CASE_PARAMS("array of others", bool n, numbers) { CHECK(n); }
TEST_CASE_PARAMS("hidden by a decorator", int n, ::threads) { CHECK(n > 0); }
TEST_CASE_PARAMS("range", const std::string& text, std::vector<std::string>{"a", "b"}) { CHECK(text.size() == 1); }
TEST_CASE_PARAMS("views of a range", std::string_view text, std::vector<std::string>{"a", "b"}) {
    CHECK(text.size() == 1);
}
TEST_CASE_PARAMS("flags", bool, std::vector<bool>{true, false}) {}
TEST_CASE_PARAMS("values and ranges", int n, 0, numbers, cordon::row(4, tag("four"))) { CHECK(n < 5); }
TEST_CASE_PARAMS("cannot be copied", const std::unique_ptr<int>& p, std::make_unique<int>(1), nullptr) {
    CHECK((p == nullptr || *p == 1));
}
TEST_CASE_PARAMS("changed", std::string& text, "a", "b") { CHECK((text += "c").size() == 2); }

TEST_CASE_TEMPLATE("types", T, char, int, std::string) { CHECK(sizeof(T) > 0); }
TEST_CASE_TEMPLATE(("types with decorators", tag("x")), T, char, std::pair<int, char>) { CHECK(sizeof(T) > 0); }
TEST_CASE_TEMPLATE_DEFINE("defined", T, defined) { CHECK(sizeof(T) > 0); }
TEST_CASE_TEMPLATE_INVOKE(defined, int, long);
TEST_CASE_TEMPLATE_INVOKE((defined, should_fail()), char);
TEST_CASE_TEMPLATE_APPLY(defined, std::tuple<float, double>);
TEST_CASE_TEMPLATE_DEFINE("not invoked", T, not_invoked) { CHECK(sizeof(T) > 0); }
struct tag {};
TYPE_TO_STRING(std::vector<tag>);
TYPE_TO_STRING_AS("tag!", tag);
SCENARIO_TEMPLATE("typed scenario", T, tag, std::vector<tag>) { CHECK(sizeof(T) > 0); }
TEST_SUITE("typed") {
    TEST_CASE_PARAMS("row", int n, 1, 1) { CHECK(n > 0); }
    TEST_CASE_TEMPLATE("type", T, int) { CHECK(sizeof(T) > 0); }
}

struct with_methods : base_fixture {
    void sees() { CHECK(seen == 1); }
};
METHOD_AS_TEST_CASE(with_methods::sees, "method", "[m]", timeout(2));
static void plain_function() { CHECK(true); }
REGISTER_TEST_CASE(plain_function, "function", tag("m"));
static const bool is_added = [] {
    REGISTER_TEST_CASE(plain_function, "function inside");
    cordon::add_test("added", plain_function);
    const std::string name = "added with state";
    cordon::add_test(
        name, [name] { CHECK_FALSE(name.empty()); }, cordon::decorators::tag("x"), cordon::decorators::timeout(2));
    return true;
}();
TEST_CASE("is added") { CHECK(is_added); }
