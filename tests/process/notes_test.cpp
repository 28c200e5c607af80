#include "queries.hpp"

#include <algorithm>

using namespace process_test;

TEST_CASE("translators give exceptions their text") {
    const outcome got = run("notes", {"translators/"});
    INFO(got);
    const auto failures = [&got](const char* name) { return got.report[name].last().failures; };
    CHECK(holds(failures("left the test").at(0).message, "plain_error: code 7"));
    const auto in_assertions = failures("in assertions");
    REQUIRE(in_assertions.size() == 6);
    CHECK(holds(in_assertions[0].message, "plain_error: code 1"));
    CHECK(holds(in_assertions[1].message, "derived_error: derived"));
    CHECK(holds(in_assertions[2].message, "base_error: base"));
    CHECK(holds(in_assertions[3].message, "known_error: known: x"));
    CHECK(in_assertions[4].expanded == R"("code 2" == "code 3")");
    CHECK(holds(in_assertions[5].message, "code 4, expected std::exception"));
    CHECK(holds(failures("terminates").at(0).message, "plain_error: code 9"));
}

TEST_CASE("a translator that misbehaves fails only its test") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("notes", {"--isolate", mode, "translators/"});
        INFO(mode << ": " << got);
        const auto failures = [&got](const char* name) { return got.report[name].last().failures; };
        CHECK(holds(failures("throws").at(0).message, "{translating it threw: thrown by the translator}"));
        CHECK(got.report["crashes"].ending() == "crashed");
        CHECK(failures("crashes").at(0).macro == "CHECK_NOTHROW");
        CHECK(failures("checks").size() == 2);
        CHECK(failures("leaves").size() == 2);
        CHECK(got.report["leaves"].last().out == "went on\n");
    }
}

TEST_CASE("UNSCOPED_INFO belongs to the next assertion") {
    const outcome got = run("notes", {"unscoped/"});
    INFO(got);
    const auto info = [&got](const char* name, std::size_t which) {
        return joined(got.report[name].last().failures.at(which).info);
    };
    CHECK(info("for the next assertion", 0) == "scoped|from the helper, number 1|second");
    CHECK(info("for the next assertion", 1) == "scoped");
    CHECK(info("for the next assertion", 2) == "scoped");
    CHECK(info("not in the next pass", 0).empty());
    CHECK(info("of another thread", 0).empty());
    CHECK(info("of another thread", 1) == "from the helper, number 1");
    CHECK(got.report["very many"].last().failures.at(0).info.size() == 100);
    CHECK(info("of an exception that was expected", 0).empty());
}

TEST_CASE("logged texts are in the report, whether the test fails or not") {
    const outcome got = run("notes", {"log/"});
    INFO(got.exit_code);
    const auto kept = [&got](const char* name) { return got.report[name].last().failures; };
    CHECK(got.report["passes"].verdict == "passed");
    REQUIRE(kept("passes").size() == 2);
    CHECK(kept("passes")[0].kind == "log");
    CHECK(kept("passes")[0].message == "text 1 more");
    CHECK(joined(kept("passes")[1].subcase) == "inner");
    CHECK(got.report["passes"].last().assertions == 1);
    CHECK(got.report["passes"].last().failed_assertions == 0);
    CHECK(got.report["fails"].last().failed_assertions == 1);
    REQUIRE(kept("fails").size() == 3);
    CHECK(kept("fails")[0].message == "before");
    CHECK(kept("fails")[1].kind == "assertion");
    CHECK(kept("threads").at(0).message == "of a thread");
    CHECK(got.report["then crashes"].ending() == "crashed");
    CHECK(kept("then crashes").at(0).message == "last words");

    const auto many = kept("very much");
    REQUIRE(many.size() == 204);
    CHECK(many[199].message == "line 199");
    CHECK(holds(many[200].message, "left out"));
    CHECK(many[203].kind == "assertion");
    CHECK(got.report["long"].verdict == "passed");
    CHECK(kept("long").size() < 50);
}

TEST_CASE("logged texts are shown with a failed test, and with -v always") {
    const outcome quiet = run("notes", {"passes", "fails"});
    CHECK_FALSE(holds(quiet.out, "text 1"));
    CHECK(holds(quiet.out, "log  before\n"));
    const outcome verbose = run("notes", {"-v", "passes"});
    INFO(verbose);
    CHECK(holds(verbose.out, "log  text 1"));
    CHECK(holds(verbose.out, "log  two\n"));
}

TEST_CASE("static assertions count as passed") {
    const outcome got = run("notes", {"static/"});
    CHECK(got.report["count"].verdict == "passed");
    CHECK(got.report["count"].last().assertions == 4);
}

TEST_CASE("a test without an assertion fails if one is required") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("notes", {"--isolate", mode, "--require-assertions", "needed"});
        INFO(mode << ": " << got);
        for (const char* name : {"nothing", "nothing at all", "only a log"}) {
            CAPTURE(name);
            CHECK(got.report[name].ending() == "failed");
            CHECK(got.report[name].last().reason == "no assertion ran in it");
        }
        for (const char* name : {"excused", "excused of a suite", "one", "SUCCEED", "a warning that fails",
                                 "a warning that holds", "in a thread", "in one pass"}) {
            CAPTURE(name);
            CHECK(got.report[name].verdict == "passed");
        }
        CHECK(got.report["skipped"].verdict == "skipped");
        CHECK(got.report["meant to fail"].verdict == "known_failure");
        CHECK(holds(got.out, "no assertion ran in it"));
    }
    const outcome without = run("notes", {"needed"});
    CHECK(without.report["nothing"].verdict == "passed");
    CHECK(without.report["nothing at all"].verdict == "failed");
    CHECK(without.report["excused of a suite"].verdict == "passed");
}
