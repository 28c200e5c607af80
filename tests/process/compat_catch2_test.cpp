#include "queries.hpp"

#include <algorithm>

using namespace process_test;

// Tests written for Catch2, compiled with cordon's headers of the same names: what Catch2 says of them, cordon reports.

namespace {

const outcome& whole_run() {
    static const outcome once = run("compat_catch2", {"--isolate=fork"});
    return once;
}

std::string verdict_of(const std::string& name) {
    for (const test_entry& each : whole_run().report.tests) {
        if (each.name == name) return each.verdict;
    }
    return "missing";
}

/// "macro: expanded or message" of each failure, one a line.
std::string failures_of(const std::string& name) {
    std::string all;
    for (const failure_entry& each : whole_run().report[name].last().failures)
        all += each.macro + ": " + (each.expanded.empty() ? each.message : each.expanded) + "\n";
    return all;
}

}  // namespace

TEST_CASE("each test has the verdict that Catch2 gives") {
    CHECK(whole_run().exit_code == 1);
    for (const char* name : {"adds", "Anonymous test case 1", "has no tags", "twice", "throws", "has a fixture",
                             "is a function", "Scenario: a story with a fixture", "holds", "more generators"})
        CHECK_MESSAGE(verdict_of(name) == "passed", name);
    for (const char* name : {"twice #2", "is a method", "Scenario: a story", "fails", "is translated", "sections",
                             "matchers", "generators"})
        CHECK_MESSAGE(verdict_of(name) == "failed", name);
    CHECK(verdict_of("should fail") == "known_failure");
    CHECK(verdict_of("may fail") == "known_failure");
    CHECK(verdict_of("is hidden") == "missing");
    CHECK(verdict_of("is hidden by a tag") == "missing");
}

TEST_CASE("the tests of types have Catch2's names") {
    const std::pair<const char*, const char*> all[] = {{"types - int", "failed"},
                                                       {"types - std::pair<int, char>", "failed"},
                                                       {"types - std::string", "passed"},
                                                       {"signature - int, 5", "failed"},
                                                       {"signature - char, 3", "passed"},
                                                       {"typed fixture - int", "passed"},
                                                       {"typed fixture - float", "passed"},
                                                       {"sized fixture - int, 2", "failed"},
                                                       {"sized fixture - char, 3", "passed"},
                                                       {"product - std::vector<int>", "passed"},
                                                       {"product - std::vector<std::pair<int, char>>", "passed"},
                                                       {"product - std::list<int>", "passed"},
                                                       {"product - std::list<std::pair<int, char>>", "passed"},
                                                       {"list - numbers - 0", "failed"},
                                                       {"list - numbers - 1", "passed"}};
    for (const auto& each : all)
        CHECK_MESSAGE(verdict_of(each.first) == each.second, each.first);
}

TEST_CASE("failures show values as StringMaker, enumerators and translators say, and the information around them") {
    const std::string all = failures_of("fails");
    for (const char* part : {"CHECK: red == green", "CHECK: 1|2 == 3|4", "CHECK_NOTHROW", "boom", "CHECK_THAT",
                             "is even", "FAIL_CHECK: for reason 1"})
        CHECK_MESSAGE(all.find(part) != std::string::npos, part << " in\n" << all);
    const failure_entry& first = whole_run().report["fails"].last().failures.front();
    CHECK(joined(first.info) == "in decimal: 255|ff...10 16|as AB FF|once");
    CHECK(whole_run().report["is translated"].last().failures.front().message.find("odd error 5") != std::string::npos);
    CHECK(failures_of("matchers").find("starts with: \"Good bye\"") != std::string::npos);
}

TEST_CASE("sections and generated values run each by itself") {
    CHECK(failures_of("sections") == "CHECK: 1 == 0\n");
    const std::vector<failure_entry>& failures = whole_run().report["generators"].last().failures;
    CHECK(failures.size() == 4);  // one of two values fails, in each of 2 * 2 others
    const test_entry& story = whole_run().report["Scenario: a story"];
    REQUIRE(story.last().failures.size() == 1);
    CHECK(joined(story.last().failures[0].subcase) == "Given: an account|And when: it pays nothing");
}

TEST_CASE("tags select, and a name selects hidden tests") {
    const outcome hidden = run("compat_catch2", {"is hidden*"});
    CHECK(hidden.report.tests.size() == 2);
    CHECK(run("compat_catch2", {"=is hidden"}).report.tests.size() == 1);
    const outcome tagged = run("compat_catch2", {"-f", "tag(story) | tag(math)"});
    CHECK(tagged.report.tests.size() == 2);
}

TEST_CASE("the program takes Catch2's words without an option that tells them") {
    const auto count = [](const std::vector<std::string>& words) {
        return run("compat_catch2", words).report.tests.size();
    };
    CHECK(count({"[math][fast]"}) == 1);
    CHECK(count({"[first],[second]"}) == 2);
    CHECK(count({"[beside]"}) == 1);
    CHECK(count({"has words for tags"}) == 1);
    CHECK(count({"[@twice]"}) == 2);
    CHECK(count({"ADDS"}) == 1);
    CHECK(count({"add"}) == 0);
    CHECK(count({"twice*", "-a", "-s"}) == 2);
    CHECK(count({"~[template]", "~*s*"}) == 3);
    CHECK(run("compat_catch2", {"add"}).exit_code == 3);
    // A report names tests for cordon, with any characters.
    CHECK(count({"=list - numbers - 0"}) == 1);
    CHECK(count({"=types - std::pair<int, char>"}) == 1);
    CHECK(count({"-f", "name(adds)"}) == 1);
}

TEST_CASE("a session takes options of the program's own, and its tests know them") {
    CHECK(run("compat_catch2", {"[.own]"}).exit_code == 0);
    const outcome given = run("compat_catch2", {"-g", "3", "[.own]", "--deep", "--whose=Ann", "-s"});
    std::string all;
    for (const failure_entry& each : given.report["own options"].last().failures)
        all += each.expanded + "\n";
    CHECK(all == "3 == 0\ntrue\n\"Ann\" == \"\"\n");
    CHECK(run("compat_catch2", {"--depth", "x"}).exit_code == 1);
    CHECK(run("compat_catch2", {"-g"}).exit_code == 1);
}

TEST_CASE("a listener is told of its test, in the test's process") {
    const outcome told = run("compat_catch2", {"tells a listener"});
    CHECK(told.report["tells a listener"].last().out == "[starting in a run: 1]\n[ended: a reason]\n[failed: 1]\n");
}
