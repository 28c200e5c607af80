#include "queries.hpp"

using namespace process_test;

namespace {

struct expected {
    const char* macro;  ///< without WARN, CHECK or REQUIRE
    const char* expression;
    const char* expanded;
    const char* message;
};

const std::string own_error = "own_error: thrown on purpose";

const expected failures_of_each[] = {
    {"", "one == two", "1 == 2", ""},
    {"_FALSE", "one == 1", "1 == 1", ""},
    {"_MESSAGE", "one == two", "1 == 2", "sum of 1 and 2"},
    {"_FALSE_MESSAGE", "one == 1", "1 == 1", "with 2"},
    {"_UNARY", "one - 1", "0", ""},
    {"_UNARY_FALSE", "one", "1", ""},
    {"_EQ", "one, two", "1 == 2", ""},
    {"_NE", "one, 1", "1 != 1", ""},
    {"_LT", "two, one", "2 < 1", ""},
    {"_LE", "two, one", "2 <= 1", ""},
    {"_GT", "one, two", "1 > 2", ""},
    {"_GE", "one, two", "1 >= 2", ""},
    {"_THROWS", "quiet()", "", "no exception was thrown"},
    {"_THROWS_AS", "throws(), std::logic_error", "", "own_error: thrown on purpose, expected std::logic_error"},
    {"_THROWS_WITH", "throws(), \"something else\"", "\"thrown on purpose\" == \"something else\"",
     "own_error: thrown on purpose"},
    {"_THROWS_WITH_AS", "throws(), \"thrown on purpose\", std::logic_error", "",
     "own_error: thrown on purpose, expected std::logic_error"},
    {"_NOTHROW", "throws()", "", "own_error: thrown on purpose"},
};

void check_each(const test_entry& test, const std::string& level) {
    const auto& failures = test.last().failures;
    REQUIRE(failures.size() == std::size(failures_of_each));
    for (std::size_t i = 0; i < failures.size(); ++i) {
        CAPTURE(failures[i].macro);
        CHECK(failures[i].macro == level + failures_of_each[i].macro);
        CHECK(failures[i].expression == failures_of_each[i].expression);
        CHECK(failures[i].expanded == failures_of_each[i].expanded);
        CHECK(holds(failures[i].message, failures_of_each[i].message));
        CHECK(failures[i].message.empty() == std::string(failures_of_each[i].message).empty());
        CHECK(holds(failures[i].file, "assertions.cpp"));
        CHECK(failures[i].line > 0);
        if (level == "WARN") CHECK(failures[i].kind == "warning");
    }
}

}  // namespace

TEST_CASE("assertions that hold say nothing") {
    const outcome got = run("assertions", {"all/pass"});
    INFO(got);
    const test_entry& test = got.report["pass"];
    CHECK(test.verdict == "passed");
    CHECK(test.last().failures.empty());
    CHECK(test.last().assertions == 3 * std::size(failures_of_each) + 1);
    CHECK(test.last().failed_assertions == 0);
}

TEST_CASE("each CHECK that fails is recorded with its values, and the test goes on") {
    const outcome got = run("assertions", {"CHECK fails"});
    INFO(got);
    const test_entry& test = got.report["CHECK fails"];
    check_each(test, "CHECK");
    CHECK(test.verdict == "failed");
    CHECK(test.last().failed_assertions == std::size(failures_of_each));
    CHECK(test.last().out == "went on\n");
}

TEST_CASE("each WARN that fails is recorded, and the test passes") {
    const outcome got = run("assertions", {"WARN fails"});
    INFO(got);
    const test_entry& test = got.report["WARN fails"];
    check_each(test, "WARN");
    CHECK(test.verdict == "passed");
    CHECK(test.last().failed_assertions == 0);
    CHECK(test.last().out == "went on\n");
    CHECK(got.exit_code == 0);
}

TEST_CASE("each REQUIRE that fails ends the test") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("assertions", {"--isolate", mode, "stops/"});
        INFO(mode << ": " << got);
        CHECK(got.report.tests.size() == 19);
        for (const test_entry& test : got.report.tests) {
            CAPTURE(test.name);
            CHECK(test.verdict == "failed");
            CHECK(test.ending() == "failed");
            REQUIRE(test.last().failures.size() == 1);
            CHECK(test.last().out.empty());
            CHECK(test.last().failed_assertions == 1);
            const bool in_expression = test.name == "an exception in REQUIRE";
            CHECK(test.last().failures[0].macro == (in_expression ? "REQUIRE" : test.name));
        }
        CHECK(got.report["FAIL"].last().failures[0].message == "because of 2");
        CHECK(got.report["FAIL"].last().failures[0].kind == "fail");
        CHECK(holds(got.report["an exception in REQUIRE"].last().failures[0].message, own_error));
    }
}

TEST_CASE("what is no REQUIRE lets the test go on") {
    const outcome got = run("assertions", {"goes on/"});
    INFO(got);
    CHECK(got.report["FAIL_CHECK"].last().out == "went on\n");
    CHECK(got.report["FAIL_CHECK"].last().failures[0].message == "because of 2");
    CHECK(got.report["an exception in CHECK"].last().out == "went on\n");
    CHECK(got.report["an exception in CHECK"].last().failures[0].kind == "exception");
    CHECK(got.report.count("failed") == 2);
}

TEST_CASE("an exception that leaves a test fails it and is named") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("assertions", {"--isolate", mode, "exceptions/"});
        INFO(mode << ": " << got);
        const auto message = [&got](const char* name) { return got.report[name].last().failures.back().message; };
        CHECK(got.report.count("failed") == 4);
        CHECK(holds(message("of the standard library"), "own_error: left the test"));
        CHECK(holds(message("of another type"), "int"));
        CHECK(holds(message("a literal"), "words"));
        CHECK(holds(message("behind assertions"), "own_error: later"));
        const attempt_entry& behind = got.report["behind assertions"].last();
        REQUIRE(behind.failures.size() == 2);
        CHECK(behind.failures[0].expression == "one == two");
        CHECK(behind.failures[1].info == std::vector<std::string>{"on the way"});
        for (const test_entry& test : got.report.tests) {
            CHECK(test.ending() == "failed");
        }
    }
}

TEST_CASE("values are shown as they were") {
    const outcome got = run("assertions", {"of all kinds"});
    INFO(got);
    const char* const shown[] = {
        "true == false",
        "'a' == 'b'",
        "1 == 2",
        "-1 == 1",
        "1.5 == 2.25",
        "0.1 == 0.2",
        R"("a\"b\n" == "c\t\\")",
        R"(nullptr == "x")",
        "[1, 2] == [1, 3]",
        R"({"k": 1} == {})",
        R"((1, "p") == (2, "q"))",
        "(1, 't', true) == (2, 'u', false)",
        "nullopt == 3",
        "color::red == color::green",
        "streamed 1 == streamed 2",
        "texted 1 == texted 2",
        "nullptr != nullptr",
        "1.0 == Approx( 1.1 )",
        "1 < 1",
        "false",
        "false",
    };
    const auto& failures = got.report["of all kinds"].last().failures;
    REQUIRE(failures.size() == std::size(shown));
    for (std::size_t i = 0; i < failures.size(); ++i) {
        CAPTURE(failures[i].expression);
        CHECK(failures[i].expanded == shown[i]);
    }
}

TEST_CASE("a value without a text is shown by its type and bytes") {
    const outcome got = run("assertions", {"without a text"});
    INFO(got);
    const std::string shown = got.report["without a text"].last().failures.at(0).expanded;
    CHECK(holds(shown, "opaque"));
    CHECK(holds(shown, "01 00 00 00"));
}

TEST_CASE("INFO and CAPTURE come with the failures in their scope") {
    const outcome got = run("assertions", {"information/"});
    INFO(got);
    const auto info = [&got](const char* name, std::size_t which) {
        return joined(got.report[name].last().failures.at(which).info);
    };
    CHECK(info("in scope", 0) == "outer 1|one := 1, two + two := 4");
    CHECK(info("in scope", 1) == "outer 1|one := 1, two + two := 4|inner 2");
    CHECK(info("in scope", 2) == "outer 1|one := 1, two + two := 4");
    CHECK(info("as it is at the time", 0) == "counter := 0");
    CHECK(info("as it is at the time", 1) == "counter := 2");
    CHECK(info("of helper threads", 0) == "of the helper");
    CHECK(got.report["not written when nothing fails"].verdict == "passed");
}

TEST_CASE("assertions of all threads count for the test") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("assertions", {"--isolate", mode, "all count"});
        INFO(mode << ": " << got);
        const attempt_entry& last = got.report["all count"].last();
        CHECK(last.assertions == 8008);
        CHECK(last.failed_assertions == 8);
        CHECK(last.failures.size() == 8);
        CHECK(last.ending == "failed");
    }
}

TEST_CASE("of very many failures some are kept and all are counted") {
    const outcome got = run("assertions", {"many/failures"});
    INFO(got.exit_code);
    const attempt_entry& last = got.report["failures"].last();
    CHECK(last.failed_assertions == 1000);
    CHECK(last.failures.size() + last.failures_dropped == 1000);
    CHECK(last.failures.size() >= 100);

    const outcome all = run("assertions", {"many/failures of every kind"});
    const attempt_entry& every = all.report["failures of every kind"].last();
    CHECK(every.failed_assertions == 100 * 19);
    CHECK(every.failures.size() == 200);
    CHECK(every.failures.size() + every.failures_dropped == 100 * (17 + 19));
}

TEST_CASE("without exceptions and type names") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("no_exceptions", {"--isolate", mode});
        INFO(mode << ": " << got);
        CHECK(got.exit_code == 1);
        CHECK(got.report["passes"].verdict == "passed");
        CHECK(got.report["a CHECK goes on"].last().out == "went on\n");
        CHECK(got.report["a REQUIRE stops"].last().out.empty());
        CHECK(got.report["FAIL stops"].last().out.empty());
        CHECK(got.report["SKIP stops"].verdict == "skipped");
        CHECK(got.report["subcases"].last().out == "a\nb\n");
        CHECK(got.report.count("failed") == 4);
    }
}

TEST_CASE("assertions in coroutines, in constexpr functions, and in threads that resume coroutines") {
    const outcome got = run("coroutines", {});
    INFO(got);
    const auto told = [&got](const char* name) {
        std::string all;
        for (const failure_entry& each : got.report[name].last().failures)
            all += each.macro + "(" + each.expression + ") " + each.expanded + " {" + joined(each.info) + "}; ";
        return all;
    };
    CHECK(told("fails behind each await") ==
          "CHECK(first == 3) 2 == 3 {in the coroutine}; CHECK_EQ(co_await next_value{4}, 5) 4 == 5 {in the coroutine}; "
          "REQUIRE(first == 6) 2 == 6 {in the coroutine}; ");
    CHECK(told("texts of INFO end in any order") ==
          "CHECK(1 == 2) 1 == 2 {outer|second}; CHECK(3 == 4) 3 == 4 {outer}; ");
    CHECK(told("a text that began in one thread ends in another") == "CHECK(1 == 2) 1 == 2 {still there}; ");
    CHECK(holds(told("texts end in other threads while failures are written"), "CHECK(3 == 4) 3 == 4 {}; "));
    CHECK(told("in a thread that resumes it") == "CHECK(first == 3) 2 == 3 {}; ");
    CHECK(told("in a constexpr function") == "CHECK(n % 2 == 0) 1 == 0 {}; ");
    const attempt_entry& threw = got.report["throws after an await"].last();
    REQUIRE(threw.failures.size() == 1);
    CHECK(holds(threw.failures[0].message, "std::runtime_error: out of it"));
    CHECK(threw.failures[0].line > 0);
    for (const failure_entry& each : got.report["fails behind each await"].last().failures)
        CHECK(holds(each.file, "coroutines.cpp"));
}
