#include "queries.hpp"

using namespace process_test;

namespace {

const char* const all_modes[] = {"fork", "exec", "shard", "none"};

outcome run_in(const char* mode, std::vector<std::string> arguments = {}) {
    arguments.insert(arguments.begin(), {"--isolate", mode, "--color", "never"});
    return run("subcases", std::move(arguments));
}

// What the test printed on its way, in one line.
std::string way(const report_entry& report, const std::string& name) {
    return joined(lines_of(at(report, name).last().out), " ");
}

std::string paths(const test_entry& test) {
    std::string all;
    for (const failure_entry& each : test.last().failures) {
        all += "[" + joined(each.subcase, " > ") + "]";
    }
    return all;
}

}  // namespace

TEST_CASE("each leaf is run once, on its own way") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode);
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        CHECK(got.exit_code == 1);
        CHECK(report.tests.size() == 31);
        CHECK(way(report, "without any") == "once");
        CHECK(way(report, "two leaves") == "begin a end begin b end");
        CHECK(way(report, "nested") == "begin a a1 between begin a between a2 begin b1 deep begin c");
        CHECK(way(report, "in loops") == "00 01 10 11");
        CHECK(way(report, "names of every kind") == "literal string view temporary");
        CHECK(way(report, "the same name in two places") == "first second");
        CHECK(way(report, "a leaf that a later pass finds") == "always late last");
        CHECK(way(report, "a fixture for each pass") == "constructed a destroyed constructed b destroyed");
        CHECK(way(report, "SECTION is the same") == "a b");
        for (const char* name : {"without any", "two leaves", "nested", "in loops", "SECTION is the same"}) {
            CHECK(at(report, name).verdict == "passed");
        }
    }
}

TEST_CASE("a leaf that fails does not keep its siblings from running") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode, {"fail", "throws"});
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        CHECK(way(report, "one fails its REQUIRE") == "before failing after last");
        CHECK(paths(at(report, "one fails its REQUIRE")) == "[failing]");
        CHECK(way(report, "all fail their REQUIRE") == "x x too y y too z z too");
        CHECK(paths(at(report, "all fail their REQUIRE")) ==
              "[x > inner][x > inner too][y > inner][y > inner too][z > inner][z > inner too]");
        CHECK(way(report, "one throws") == "throwing sibling other");
        CHECK(way(report, "a REQUIRE fails behind them") == "a b");
        CHECK(paths(at(report, "a REQUIRE fails behind them")) == "[][]");
        CHECK(report.count("failed") == report.tests.size());
    }
}

TEST_CASE("a failure is reported with the way to it") {
    const outcome got = run_in("fork", {"a CHECK fails in each"});
    INFO(got);
    const test_entry& test = got.report["a CHECK fails in each"];
    CHECK(paths(test) == "[a][a > b][]");
    CHECK(test.last().failures[1].info == std::vector<std::string>{"in b"});
    CHECK(holds(got.out, "a › b") != holds(got.out, "a > b"));
}

TEST_CASE("an exception that leaves a leaf is reported with the way to it") {
    const outcome got = run_in("fork", {"one throws"});
    INFO(got);
    REQUIRE(got.report["one throws"].last().failures.size() == 1);
    CHECK(paths(got.report["one throws"]) == "[outer > throwing]");
    CHECK(holds(got.report["one throws"].last().failures[0].message, "std::runtime_error: out of a leaf"));
}

TEST_CASE("SKIP in a leaf skips the test, and the other leaves run") {
    const outcome got = run_in("fork", {"one skips"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["one skips"].verdict == "skipped");
    CHECK(got.report["one skips"].reason == "not here");
    CHECK(way(got.report, "one skips") == "a b c");
}

TEST_CASE("scenarios are tests with subcases") {
    const outcome got = run_in("fork", {"Scenario:"});
    INFO(got);
    CHECK(way(got.report, "Scenario: a stack grows") == "one two");
    CHECK(paths(got.report["Scenario: a stack grows"]) ==
          "[Given: an empty stack > When: one is pushed > And: it is not empty]");
}

TEST_CASE("a subcase that is met again is one of its own, and is named so") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"met again:*"});
        INFO(mode << ": " << got);
        const report_entry& report = got.report;
        CHECK(got.exit_code == 1);
        if (std::string(mode) != "none") {
            CHECK(way(report, "met again: a helper for two types") ==
                  "size of int alignment of int size of double alignment of double");
            CHECK(way(report, "met again: a helper called twice") == "1 2");
        }
        CHECK(paths(at(report, "met again: a loop")) == "[same #2][same #3]");
        CHECK(paths(at(report, "met again: a macro")) == "[int #2]");
        CHECK(paths(at(report, "met again: without a name")) == "[#2][#3]");
        CHECK(paths(at(report, "met again: scenarios")) ==
              "[Given: a value #2 > When: it is used #2 > Then: it is small]");
    }
}

TEST_CASE("a test is not green while a subcase that was met did not run") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"never met again"});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(got.report.count("failed") == 3);
        CHECK(paths(at(got.report, "never met again: by a count")) == "[fewer #3]");
        CHECK(paths(at(got.report, "never met again: behind another one")) == "[of the chosen]");
        CHECK(holds(got.out, "a subcase did not run"));
    }
}

TEST_CASE("a subcase that skips itself hides no failure of another one") {
    for (const char* mode : all_modes) {
        const outcome got = run_in(mode, {"skips"});
        INFO(mode << ": " << got);
        const auto verdict = [&](const char* name) { return at(got.report, name).verdict; };
        CHECK(verdict("skips one of three leaves") == "skipped");
        CHECK(verdict("skips a leaf and fails another") == "failed");
        CHECK(paths(at(got.report, "skips a leaf and fails another")) == "[fails]");
        CHECK(verdict("skips all of its leaves") == "skipped");
        CHECK(verdict("skips itself after a leaf") == "skipped");
        const std::vector<leaf_entry> leaves = at(got.report, "skips one of three leaves").last().leaves;
        REQUIRE(leaves.size() == 3);
        CHECK(leaves[0].ending == "passed");
        CHECK(leaves[1].ending == "skipped");
        CHECK(leaves[2].ending == "passed");
    }
}

TEST_CASE("what a process that the test forked leaves out of subcases fails the test") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_in(mode, {"forks"});
        INFO(mode << ": " << got);
        const test_entry& hidden = at(got.report, "forks, and the copy has two leaves");
        CHECK(hidden.verdict == "failed");
        REQUIRE(hidden.last().failures.size() == 1);
        CHECK(holds(hidden.last().failures[0].message, "\"second\" did not run"));
        CHECK(at(got.report, "forks in a leaf, and the copy comes by the others").verdict == "passed");
    }
}
