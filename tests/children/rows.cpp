// One body, many tests: values, types, functions added at run time. Variables of the environment change the values.

#include <cordon/cordon.hpp>

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace {

bool wants(const char* what) {
    const char* const wanted = std::getenv("ROWS");
    return wanted != nullptr && std::string(wanted) == what;
}

struct sum {
    const char* name;
    int a, b, all;
};

struct table {
    std::string text;
    std::vector<int> numbers;
    std::string name() const { return text; }
};

struct opaque {
    int* at;
};

std::vector<std::string> lines_of_file() {
    std::vector<std::string> lines;
    const char* const path = std::getenv("ROWS_FILE");
    std::FILE* const file = path == nullptr ? nullptr : std::fopen(path, "r");
    if (file == nullptr) return {"one", "two"};
    char line[256];
    while (std::fgets(line, sizeof line, file) != nullptr)
        lines.emplace_back(line, std::string_view(line).find('\n'));
    std::fclose(file);
    return lines;
}

/// Others in the third process that makes them: with --isolate=exec -j1, in a test's process.
std::vector<int> made_for_the_third() {
    std::FILE* const file = std::fopen(std::getenv("ROWS_MADE"), "a");
    std::fputc('x', file);
    std::fflush(file);
    std::fseek(file, 0, SEEK_END);
    const bool differ = std::ftell(file) > 2;
    std::fclose(file);
    return {differ ? 8 : 7};
}

std::vector<int> made_at_start() {
    if (wants("third")) return made_for_the_third();
    if (wants("differ")) return {static_cast<int>(getpid())};
    if (wants("nothing")) return {};
    if (wants("throw")) throw std::runtime_error("the file is missing");
    return {7};
}

int here = 0;
const int array[] = {1, 2, 3};

}  // namespace

TEST_CASE_PARAMS("adds", const sum& row, {"small", 1, 2, 3}, {"large", 100, 200, 300}, {"wrong", 1, 1, 3}) {
    CHECK(row.a + row.b == row.all);
}

TEST_CASE_PARAMS("aborts", int n, 1, 2, 3, 4) {
    if (n == 2) std::abort();
    CHECK(n != 2);
}

TEST_CASE_PARAMS(("decorated", tag("all"), timeout(20)), int n, 1, cordon::row(2, skip("not now")),
                 cordon::row(3, should_fail(), tag("third")), cordon::row(4, todo("later")),
                 cordon::row(5, expected_failures(1)), cordon::row(6, may_fail())) {
    CHECK(n != 3);
    CHECK(n < 5);
}

TEST_CASE_PARAMS(("tagged", "[x][y]"), int n, 1, 2) { CHECK(n > 0); }

TEST_CASE_PARAMS("nested", const table& t, {"few", {1, 2}}, {"none", {}}) { CHECK(t.numbers.size() < 3); }

TEST_CASE_PARAMS("lines", std::string_view line, lines_of_file()) { CHECK(!line.empty()); }

TEST_CASE_PARAMS("array", int n, array) { CHECK(n > 0); }
using entry = std::pair<const int, std::string>;
TEST_CASE_PARAMS("map", const entry& p, std::map<int, std::string>{{1, "a"}, {2, "b"}}) { CHECK(p.first > 0); }
TEST_CASE_PARAMS("flags", bool, std::vector<bool>{true, false, true}) {}
TEST_CASE_PARAMS("mixed", int n, 1, std::vector<int>{2, 3}, cordon::row(4, tag("four"))) { CHECK(n > 0); }

TEST_CASE_PARAMS("labels", const std::string& text, "", "a", "a", "a #2", "a", "with/slash", "line\nend",
                 std::string("ze\0ro", 5), "\xff\xfe bad", "star *", std::string(100000, 'x'), "\"\"") {
    CHECK(text.size() < 10);
}
TEST_CASE_PARAMS("opaque", const opaque& o, opaque{&here}, opaque{nullptr}) { CHECK((o.at == nullptr || *o.at == 0)); }
TEST_CASE_PARAMS("pointers", int* p, &here, nullptr) { CHECK((p == nullptr || *p == 0)); }

TEST_CASE_PARAMS("made at start", int n, made_at_start()) { CHECK(n == 7); }

TEST_CASE_PARAMS("changes its value", std::string& text, "x", "y") {
    text += '!';
    SUBCASE("first") { CHECK(text.size() == 2); }
    SUBCASE("second") { CHECK(text.size() == 3); }
}

TEST_CASE_PARAMS(("is flaky", retries(2)), int n, 1, 2) {
    const char* const attempt = std::getenv("CORDON_ATTEMPT");
    CHECK((n == 1 || (attempt != nullptr && std::string(attempt) == "2")));
}

TEST_CASE_PARAMS("knows its name", int n, 1) {
    const char* const name = std::getenv("CORDON_TEST_NAME");
    REQUIRE(name != nullptr);
    CHECK(std::string(name) == "knows its name/1");
    CHECK(n == 1);
}

TEST_CASE_TEMPLATE("sizes", T, char, int, std::string) { CHECK(sizeof(T) < 8); }
TEST_CASE_TEMPLATE(("tagged", tag("typed")), T, char, std::pair<int, char>, char) { CHECK(sizeof(T) > 0); }

TEST_CASE_TEMPLATE_DEFINE("defined", T, defined_tests) { CHECK(T() == T()); }
TEST_CASE_TEMPLATE_INVOKE(defined_tests, int, long);
TEST_CASE_TEMPLATE_INVOKE((defined_tests, skip("not this one")), char);
TEST_CASE_TEMPLATE_APPLY(defined_tests, std::tuple<float, double>);

struct mine {};
TYPE_TO_STRING(std::vector<mine>);
TYPE_TO_STRING_AS("my own", mine);
SCENARIO_TEMPLATE("told", T, mine, std::vector<mine>) { CHECK(sizeof(T) > 0); }
SCENARIO_TEMPLATE_DEFINE("told later", T, told_later) { CHECK(sizeof(T) > 0); }
TEST_CASE_TEMPLATE_INVOKE(told_later, int);

TEST_SUITE("outer", tag("outer")) {
    TEST_SUITE("inner", timeout(30)) {
        TEST_CASE_PARAMS("row", int n, 1, 1) { CHECK(n == 1); }
        TEST_CASE_TEMPLATE("type", T, int) { CHECK(sizeof(T) > 0); }
    }
}

class counter {
  public:
    void counts() {
        ++count_;
        CHECK(count_ == 1);
    }

  private:
    int count_ = 0;
};
METHOD_AS_TEST_CASE(counter::counts, "a method", "[m]", timeout(20));
METHOD_AS_TEST_CASE(counter::counts, "a method again");

static void function() { CHECK(true); }
REGISTER_TEST_CASE(function, "a function", tag("f"));

static const bool added = [] {
    REGISTER_TEST_CASE(function, "a function inside");
    for (int i = 0; i < 3; ++i) {
        cordon::add_test(
            "added " + std::to_string(i), [i] { CHECK(i < 2); }, cordon::decorators::tag(std::to_string(i).c_str()));
    }
    cordon::add_test("added plainly", function);
    return true;
}();

TEST_CASE("adds a test too late") {
    cordon::add_test("late", function);
    CHECK(added);
}

static cordon::suite_state<table> state;

TEST_SUITE("stateful") {
    SUITE_SETUP() { state.make(table{"made", {1, 2}}).numbers.push_back(3); }

    TEST_CASE("is made") {
        CHECK(state->text == "made");
        CHECK((*state).numbers.size() == 3);
        state->numbers.clear();
    }
    TEST_CASE_PARAMS("is whole again", std::size_t n, 3U, 4U) { CHECK(state->numbers.size() == n); }
}

TEST_CASE("has no state") {
    CHECK(true);
    state->numbers.clear();
}

TEST_SUITE("own types") {
    struct local {};
    TEST_CASE_TEMPLATE("type", T, local, std::vector<local>, sum) { CHECK(sizeof(T) > 0); }
}
