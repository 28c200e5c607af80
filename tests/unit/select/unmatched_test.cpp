#include <doctest/doctest.h>
#include <cordon/engine/select/select.hpp>
#include <cordon/engine/select/unmatched.hpp>

#include <string>

using namespace cordon::engine;

namespace {

test_info test_named(std::string_view suite, std::string_view name, vector<std::string_view> tags = {}) {
    test_info test;
    test.suite = suite;
    test.name = name;
    test.tags = std::move(tags);
    test.file = "dir/math_test.cpp";
    return test;
}

test_list example() {
    test_list list;
    list.tests.push_back(test_named("math", "adds numbers", {"fast"}));
    list.tests.push_back(test_named("math", "subtracts", {"slow"}));
    list.tests.push_back(test_named("text", "joins Words", {"slow"}));
    list.tests.push_back(test_named("", "f(x) is odd"));
    return list;
}

std::string lines(options chosen) {
    std::string text;
    for (const std::string& line : select::unmatched_lines(example(), chosen))
        text += line + "\n";
    return text;
}

std::string of_pattern(const char* pattern) {
    options chosen;
    chosen.patterns = {pattern};
    return lines(chosen);
}

std::string of_exclude(const char* pattern) {
    options chosen;
    chosen.excludes = {pattern};
    return lines(chosen);
}

std::string of_filter(const char* expression) {
    options chosen;
    chosen.filters = {expression};
    return lines(chosen);
}

}  // namespace

TEST_CASE("what matches is not told") {
    CHECK(lines({}) == "");
    CHECK(of_pattern("adds") == "");
    CHECK(of_pattern("math/*") == "");
    CHECK(of_pattern("f(x) is") == "");
    CHECK(of_exclude("text") == "");
    CHECK(of_filter("tag(s*) & !name(subtracts) | suite(text) | file(math_test.cpp)") == "");
    CHECK(of_filter("failed() | slow(1h) | all()") == "");
    options none;
    none.filters = {"name(alone) & !suite(?*)"};
    test_list list;
    list.tests.push_back(test_named("", "alone"));
    CHECK(select::unmatched_lines(list, none).empty());
}

TEST_CASE("a pattern that matches nothing is told with the nearest name") {
    CHECK(of_pattern("subtrcts") == "the pattern 'subtrcts' matches no test; did you mean 'subtracts'?\n");
    CHECK(of_pattern("numbrs") == "the pattern 'numbrs' matches no test; did you mean 'numbers'?\n");
    CHECK(of_pattern("JOINS") == "the pattern 'JOINS' matches no test; did you mean 'text/joins Words'?\n");
    CHECK(of_pattern("math.subtracts") ==
          "the pattern 'math.subtracts' matches no test; did you mean 'math/subtracts'?\n");
    CHECK(of_pattern("quite another thing") == "the pattern 'quite another thing' matches no test\n");
    CHECK(of_pattern("nothing*") == "the pattern 'nothing*' matches no test\n");
    CHECK(of_exclude("subtrcts") == "--exclude 'subtrcts' matches no test; did you mean 'subtracts'?\n");
}

TEST_CASE("a pattern that is an expression, or Catch2's, is told how it is said") {
    CHECK(of_exclude("tag(bad)") == "--exclude 'tag(bad)' matches no test: for an expression use -f '!tag(bad)'\n");
    CHECK(of_exclude("tag(a) | tag(b)") ==
          "--exclude 'tag(a) | tag(b)' matches no test: for an expression use -f '!(tag(a) | tag(b))'\n");
    CHECK(of_pattern("tag(slow)") == "the pattern 'tag(slow)' matches no test: for an expression use -f 'tag(slow)'\n");
    CHECK(of_pattern("!(suite(math))") ==
          "the pattern '!(suite(math))' matches no test: for an expression use -f '!(suite(math))'\n");
    CHECK(of_pattern("[slow]") == "the pattern '[slow]' matches no test: for an expression use -f 'tag(slow)'\n");
    CHECK(of_pattern("[a][b]") == "the pattern '[a][b]' matches no test: for an expression use -f 'tag(a) & tag(b)'\n");
    CHECK(of_pattern("~[slow]") == "the pattern '~[slow]' matches no test: for an expression use -f '!tag(slow)'\n");
    CHECK(of_exclude("[slow]") == "--exclude '[slow]' matches no test: for an expression use -f '!tag(slow)'\n");
    CHECK(of_pattern("~adds") == "the pattern '~adds' matches no test: to leave tests out use -x 'adds'\n");
}

TEST_CASE("each part of a filter that matches nothing is told, negated or not") {
    CHECK(of_filter("tag(slow) | tag(fsat)") == "--filter: tag(fsat) matches no test; did you mean 'fast'?\n");
    CHECK(of_filter("!tag(broken)") == "--filter: tag(broken) matches no test; the tags are: fast, slow\n");
    CHECK(of_filter("suite(mth)") == "--filter: suite(mth) matches no test; did you mean 'math'?\n");
    CHECK(of_filter("file(math_tst.cpp)") ==
          "--filter: file(math_tst.cpp) matches no test; did you mean 'math_test.cpp'?\n");
    CHECK(of_filter("name(subtrcts) & name(subtrcts)") ==
          "--filter: name(subtrcts) matches no test; did you mean 'subtracts'?\n");
}

TEST_CASE("many are counted after the first") {
    options chosen;
    for (int i = 0; i < 30; ++i)
        chosen.patterns.push_back("no such test " + std::to_string(i));
    const vector<std::string> told = select::unmatched_lines(example(), chosen);
    REQUIRE(told.size() == 5);
    CHECK(told[4] == "26 more patterns or filters match no test");
}

TEST_CASE("why nothing was selected") {
    options chosen;
    CHECK(select::why_nothing({}, chosen) == "");
    chosen.patterns = {"subtrcts"};
    CHECK(select::why_nothing(example(), chosen) ==
          ": the pattern 'subtrcts' matches no test; did you mean 'subtracts'?");
    chosen.patterns = {"adds"};
    chosen.excludes = {"math"};
    CHECK(select::why_nothing(example(), chosen) == ": no test matches all of the patterns, filters and excludes");
    options failed;
    failed.failed = true;
    CHECK(select::why_nothing(example(), failed) ==
          ": none of them failed in its last run, as far as the history knows");
    test_list hidden;
    hidden.tests.push_back(test_named("", "a", {"."}));
    hidden.tests.back().hidden = true;
    CHECK(select::why_nothing(hidden, {}) == ": 1 are hidden, and run only if a pattern or filter selects");
}

TEST_CASE("a hidden test is run where something asks for it") {
    test_info test = test_named("math", "adds", {".", "slow"});
    test.hidden = true;
    const auto selects = [&](options chosen, bool failed_last = false) {
        select::selection wanted;
        REQUIRE(wanted.read(chosen));
        test_past earlier;
        earlier.failed_last = failed_last;
        return wanted.selects(test, earlier);
    };
    const auto by_filter = [&](const char* expression) {
        options chosen;
        chosen.filters = {expression};
        return selects(chosen);
    };
    CHECK_FALSE(selects({}));
    options pattern;
    pattern.patterns = {"adds"};
    CHECK(selects(pattern));
    options exclude;
    exclude.excludes = {"text"};
    CHECK_FALSE(selects(exclude));
    options failed;
    failed.failed = true;
    CHECK(selects(failed, true));
    for (const char* asks : {"tag(.)", "tag(slow)", "name(adds)", "suite(math)", "all() & tag(slow)",
                             "!tag(x) & name(a*)", "all() | name(adds)", "(tag(x) | tag(slow)) & all()"})
        CHECK_MESSAGE(by_filter(asks), asks);
    for (const char* none : {"all()", "!tag(fast)", "!!tag(slow)", "tag(fast) | all()", "!tag(slow)", "slow(0s)"})
        CHECK_MESSAGE(!by_filter(none), none);
}
