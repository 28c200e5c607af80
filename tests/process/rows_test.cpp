#include "queries.hpp"

#include <algorithm>
#include <fstream>

using namespace process_test;

namespace {

outcome run_rows(std::vector<std::string> arguments, const std::string& mood = {}) {
    command what;
    what.program = "rows";
    what.arguments = std::move(arguments);
    if (!mood.empty()) what.environment = {{"ROWS", mood}};
    return run(what);
}

std::vector<std::string> listed(std::vector<std::string> arguments,
                                std::vector<std::pair<std::string, std::string>> environment = {}) {
    command what;
    what.program = "rows";
    what.arguments = std::move(arguments);
    what.arguments.insert(what.arguments.begin(), "--list");
    what.environment = std::move(environment);
    what.report = false;
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 0);
    return lines_of(got.out);
}

std::string list(std::vector<std::string> arguments) { return joined(listed(std::move(arguments))); }

std::string verdicts(const outcome& got) {
    std::string all;
    for (const test_entry& each : got.report.tests)
        all += (all.empty() ? "" : "|") + each.name + " " + each.verdict;
    return all;
}

}  // namespace

TEST_CASE("each value is a test with a name of its own") {
    CHECK(list({"adds/", "array/", "mixed/"}) ==
          "adds/small|adds/large|adds/wrong|array/1|array/2|array/3|mixed/1|mixed/2|mixed/3|mixed/4");
    CHECK(list({"nested", "map"}) == "nested/few|nested/none|map/(1, \"a\")|map/(2, \"b\")");
    CHECK(list({"flags"}) == "flags/true|flags/false|flags/true #2");
    CHECK(list({"outer"}) == "outer/inner/row/1|outer/inner/row/1 #2|outer/inner/type<int>");
    // These values have no text that is the same in each process.
    CHECK(list({"opaque", "pointers"}) == "opaque/1|opaque/2|pointers/1|pointers/nullptr");
}

TEST_CASE("labels hold any bytes and are unique") {
    CHECK(list({"labels/"}) ==
          "labels/\"\"|labels/a|labels/a #2|labels/a #2 #2|labels/a #3|labels/with/slash|"
          "labels/line\\nend|labels/ze\\0ro|labels/\\xff\\xfe bad|labels/star *|labels/" +
              std::string(240, 'x') + "...|labels/\"\" #2");
    for (const char* mode : isolating_modes) {
        const outcome got = run_rows({"labels/", "-x", "with/slash", "-x", "xxx", "--isolate", mode});
        INFO(got);
        CHECK(got.exit_code == 0);
        CHECK(got.report.count("passed") == 10);
    }
}

TEST_CASE("an exact name selects one row") {
    CHECK(list({"=adds/small"}) == "adds/small");
    CHECK(list({"=labels/a"}) == "labels/a");
    CHECK(list({"=labels/star *"}) == "labels/star *");
    CHECK(list({"=labels/line\nend"}) == "labels/line\\nend");
    CHECK(list({"=labels/\xff\xfe bad"}) == "labels/\\xff\\xfe bad");
    CHECK(list({"=sizes<std::string>"}) == "sizes<std::string>");
    CHECK(list({"=outer/inner/row/1 #2"}) == "outer/inner/row/1 #2");
    CHECK(list({"-f", "name(adds/*)", "-x", "large"}) == "adds/small|adds/wrong");
    CHECK(list({"-f", "tag(four) | tag(third)"}) == "decorated/3|mixed/4");
    CHECK(list({"-f", "tag(y)"}) == "tagged/1|tagged/2");
    const outcome got = run_rows({"=adds/small"});
    INFO(got);
    CHECK(verdicts(got) == "adds/small passed");
}

TEST_CASE("each row has its own process and verdict") {
    for (const char* mode : isolating_modes) {
        const outcome got = run_rows({"aborts", "adds", "--isolate", mode});
        INFO(got);
        CHECK(got.exit_code == 1);
        CHECK(got.report["aborts/2"].ending() == "crashed");
        for (const char* passed : {"aborts/1", "aborts/3", "aborts/4", "adds/small", "adds/large"})
            CHECK(got.report[passed].verdict == "passed");
        CHECK(got.report["adds/wrong"].last().failures.at(0).expanded == "2 == 3");
    }
}

TEST_CASE("decorators are for all rows or for one") {
    const outcome got = run_rows({"decorated"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report["decorated/1"].verdict == "passed");
    CHECK(got.report["decorated/2"].verdict == "skipped");
    CHECK(got.report["decorated/2"].reason == "not now");
    CHECK(got.report["decorated/3"].verdict == "known_failure");
    CHECK(got.report["decorated/4"].verdict == "todo");
    CHECK(got.report["decorated/5"].verdict == "known_failure");
    CHECK(got.report["decorated/6"].verdict == "known_failure");
    CHECK(joined(got.report["decorated/1"].tags) == "all");
    CHECK(joined(got.report["decorated/3"].tags) == "all|third");
    CHECK(joined(run_rows({"=outer/inner/row/1"}).report["row/1"].tags) == "outer");
}

TEST_CASE("each row is retried, sharded and remembered by itself") {
    const outcome flaky = run_rows({"is flaky"});
    INFO(flaky);
    CHECK(flaky.report["is flaky/1"].attempts.size() == 1);
    CHECK(flaky.report["is flaky/2"].verdict == "flaky");

    CHECK(list({"array", "--shard", "1/3"}) == "array/1");
    CHECK(list({"array", "--shard", "3/3"}) == "array/3");

    const temp_folder folder;
    const std::vector<std::pair<std::string, std::string>> history = {{"CORDON_HISTORY", folder / "history"}};
    command what;
    what.program = "rows";
    what.environment = history;
    CHECK(run(what).exit_code == 1);
    CHECK(joined(listed({"--failed", "adds/", "aborts"}, history)) == "adds/wrong|aborts/2");
}

TEST_CASE("a row's value stays the same in each attempt of it, as far as its process does") {
    const outcome got = run_rows({"changes its value", "knows its name"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(got.report.count("passed") == 3);
}

TEST_CASE("values may come from a file") {
    const temp_folder folder;
    std::ofstream(folder / "lines") << "alpha\nbeta\ngamma\n";
    command what;
    what.program = "rows";
    what.arguments = {"lines/"};
    what.environment = {{"ROWS_FILE", folder / "lines"}};
    for (const char* mode : isolating_modes) {
        what.arguments = {"lines/", "--isolate", mode};
        const outcome got = run(what);
        INFO(got);
        CHECK(verdicts(got) == "lines/alpha passed|lines/beta passed|lines/gamma passed");
    }
}

TEST_CASE("values that differ between processes are an error that says so") {
    const char* const words = "values of TEST_CASE_PARAMS and tests of add_test must be the same in each process";
    for (const char* mode : {"fork", "shard"}) {
        const outcome got = run_rows({"adds/small", "made at start", "--isolate", mode}, "differ");
        INFO(got);
        CHECK(got.exit_code == 4);
        CHECK(holds(got.out + got.err, words));
        CHECK(got.report["adds/small"].verdict == "lost");
    }
    const temp_folder folder;
    command what;
    what.program = "rows";
    what.arguments = {"=adds/small", "--isolate=exec", "-j1"};
    what.environment = {{"ROWS", "third"}, {"ROWS_MADE", folder / "made"}};
    const outcome got = run(what);
    INFO(got);
    CHECK(got.exit_code == 1);
    CHECK(holds(got.report["adds/small"].last().failures.at(0).message, words));
}

TEST_CASE("missing values fail a test that says so, and the other tests run") {
    for (const char* mode : isolating_modes) {
        const outcome none = run_rows({"adds/small", "made at start", "--isolate", mode}, "nothing");
        INFO(none);
        CHECK(none.exit_code == 1);
        CHECK(none.report["adds/small"].verdict == "passed");
        CHECK(none.report["made at start"].last().failures.at(0).message == "it has no values");
    }
    const outcome thrown = run_rows({"adds/small", "made at start"}, "throw");
    INFO(thrown);
    CHECK(thrown.exit_code == 1);
    CHECK(thrown.report["adds/small"].verdict == "passed");
    CHECK(thrown.report["made at start"].last().failures.at(0).message ==
          "its values could not be made: std::runtime_error: the file is missing");
}

TEST_CASE("each type is a test") {
    CHECK(list({"sizes"}) == "sizes<char>|sizes<int>|sizes<std::string>");
    CHECK(list({"tagged<"}) == "tagged<char>|tagged<std::pair<int, char>>|tagged<char> #2");
    CHECK(list({"defined"}) == "defined<int>|defined<long>|defined<char>|defined<float>|defined<double>");
    CHECK(list({"told"}) == "Scenario: told<my own>|Scenario: told<std::vector<mine>>|Scenario: told later<int>");
    const outcome got = run_rows({"sizes", "defined", "tagged<"});
    INFO(got);
    CHECK(got.report["sizes<int>"].verdict == "passed");
    CHECK(got.report["sizes<std::string>"].verdict == "failed");
    CHECK(got.report["defined<char>"].verdict == "skipped");
    CHECK(got.report["defined<double>"].verdict == "passed");
    CHECK(joined(got.report["tagged<char> #2"].tags) == "typed");
}

TEST_CASE("methods and functions are tests") {
    const outcome got = run_rows({"a method", "a function", "added"});
    INFO(got);
    CHECK(verdicts(got) ==
          "a method passed|a method again passed|a function passed|a function inside passed|"
          "added 0 passed|added 1 passed|added 2 failed|added plainly passed");
    CHECK(joined(got.report["a method"].tags) == "m");
    CHECK(joined(got.report["added 1"].tags) == "1");
    CHECK(got.report["added 2"].last().failures.at(0).expanded == "2 < 2");
}

TEST_CASE("a test that is added too late fails the one that adds it") {
    const outcome got = run_rows({"too late"});
    INFO(got);
    CHECK(got.report["adds a test too late"].last().failures.at(0).message ==
          "cordon::add_test('late') comes too late: tests must be added before cordon::run");
}

TEST_CASE("a setup makes the state of a suite") {
    for (const char* mode : {"fork", "exec"}) {
        const outcome got = run_rows({"stateful", "has no state", "--isolate", mode});
        INFO(got);
        CHECK(verdicts(got) == "is made passed|is whole again/3 passed|is whole again/4 failed|has no state failed");
        CHECK(got.report["has no state"].last().failures.at(0).message ==
              "a cordon::suite_state is used before a setup of this test has called make()");
    }
}

TEST_CASE("names of types do not depend on the namespaces of suites and files") {
    CHECK(list({"own types"}) == "own types/type<local>|own types/type<std::vector<local>>|own types/type<sum>");
}
