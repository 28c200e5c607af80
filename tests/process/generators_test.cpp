#include "queries.hpp"

using namespace process_test;

// GENERATE: each value is a subcase.

namespace {

outcome run_in(const std::string& way, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), {"--color", "never", "--seed", "1", "--subcases", way});
    return run("generators", std::move(arguments));
}

std::string way(const attempt_entry& attempt) { return joined(lines_of(attempt.out), " "); }

std::string leaves_of(const attempt_entry& attempt) {
    std::string all;
    for (const leaf_entry& each : attempt.leaves)
        all += joined(each.path, " > ") + ": " + each.ending + "\n";
    return all;
}

}  // namespace

TEST_CASE("each value has a pass, and all combinations run") {
    for (const char* kind : {"rerun", "fork"}) {
        const outcome got = run_in(kind, {"=each value once", "=all combinations", "=two on a line", "=beside subcases",
                                          "=one value a pass, in a loop and in a helper", "=combinators", "=random",
                                          "=two random places", "=addresses"});
        INFO(kind << ": " << got);
        CHECK(got.exit_code == 0);
        CHECK(way(got.report["each value once"].last()) == "1 2 3");
        CHECK(leaves_of(got.report["each value once"].last()) == "1: passed\n2: passed\n3: passed\n");
        CHECK(way(got.report["all combinations"].last()) == "1a 1b 2a 2b");
        CHECK(way(got.report["two on a line"].last()) == "13 14 23 24");
        CHECK(leaves_of(got.report["beside subcases"].last()) ==
              "a > 1 > inner: passed\na > 1 > other: passed\na > 2 > inner: passed\na > 2 > other: passed\n"
              "b: passed\n");
        CHECK(way(got.report["one value a pass, in a loop and in a helper"].last()) == "11177 11188 22277 22288");
        CHECK(
            way(got.report["combinators"].last()) ==
            "4 5 6 0 1 2 3 2 1 -127 -126 -127 0 1 0 127 128 127 7 4 1 0.000000 0.100000 0.200000 1 4 7 1one 2two 0 2 4 "
            "1 4 01 23 x y 1.000000 2.500000 false true");
        CHECK(got.report["random"].last().leaves.size() == 6);
        CHECK(way(got.report["addresses"].last()) == "x y");
        const outcome again = run_in(kind, {"=random"});
        CHECK(way(again.report["random"].last()) == way(got.report["random"].last()));
    }
}

TEST_CASE("a value that fails or crashes does not keep the others from running") {
    for (const char* kind : {"rerun", "fork"}) {
        const outcome got = run_in(kind, {"=fails for one value", "=fails in a subcase", "=crashes for one value",
                                          "=crashes for the last value", "=throws in a generator"});
        INFO(kind << ": " << got);
        CHECK(leaves_of(got.report["fails for one value"].last()) ==
              "1 > inner: passed\n2: failed\n3 > inner: failed\n");
        CHECK(leaves_of(got.report["crashes for one value"].last()) == "1: passed\n2: crashed\n3: passed\n");
        CHECK(leaves_of(got.report["fails in a subcase"].last()) == "a > 1: passed\na > 2: failed\nb: passed\n");
        CHECK(got.report["fails in a subcase"].last().failures.size() == 1);
        CHECK(way(got.report["crashes for the last value"].last()) == "1 inner 2");
        CHECK(leaves_of(got.report["crashes for the last value"].last()) == "1 > inner: passed\n2: crashed\n");
        CHECK(leaves_of(got.report["throws in a generator"].last()) == "1: passed\n#2: failed\n3: passed\n");
    }
}

TEST_CASE("both ways of running subcases agree") {
    const outcome got = run_in("both", {"=each value once", "=beside subcases", "=combinators", "=random"});
    INFO(got);
    CHECK(got.exit_code == 0);
}

TEST_CASE("behind subcases, each pass has a value") {
    const outcome got = run_in("rerun", {"=behind subcases"});
    INFO(got);
    CHECK(got.exit_code == 0);
    CHECK(way(got.report["behind subcases"].last()) == "a 1 b 2 c 1");
}

TEST_CASE("values are selected by their text") {
    for (const char* kind : {"rerun", "fork"}) {
        const outcome got = run_in(kind, {"--subcase", "3", "=each value once"});
        INFO(kind << ": " << got);
        CHECK(way(got.report["each value once"].last()) == "3");
        const outcome inner = run_in(kind, {"--subcase", "*", "--subcase", "2", "=beside subcases"});
        CHECK(leaves_of(inner.report["beside subcases"].last()) ==
              "a > 2 > inner: passed\na > 2 > other: passed\nb: passed\n");
        const outcome none = run_in(kind, {"--subcase", "4", "=each value once"});
        CHECK(none.report["each value once"].verdict == "skipped");
    }
}

TEST_CASE("impossible generators fail with a clear message") {
    const outcome got = run_in("rerun", {"=no value", "=endless", "=an endless filter", "=another number of values"});
    INFO(got);
    REQUIRE(got.report["no value"].last().failures.size() == 1);
    CHECK(got.report["no value"].last().failures[0].message == "GENERATE has no values");
    CHECK(holds(got.out, "filter: 1,000,000 values in a row do not meet the condition"));
    CHECK(holds(got.out, "reached again in the same pass, with another number of values"));
    CHECK(got.report["endless"].last().leaves.size() == 1);
    CHECK(holds(got.out, "bound them with take(n, ...)"));
}
