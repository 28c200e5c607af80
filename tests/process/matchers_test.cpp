#include "queries.hpp"

using namespace process_test;

namespace {

struct expected {
    const char* expanded;
    const char* message;
};

template <std::size_t N>
void check_failures(const outcome& got, const char* test, const expected (&all)[N]) {
    const auto& failures = got.report[test].last().failures;
    REQUIRE(failures.size() == N);
    for (std::size_t i = 0; i < N; ++i) {
        CAPTURE(failures[i].expression);
        CHECK(failures[i].expanded == all[i].expanded);
        CHECK(failures[i].message == all[i].message);
    }
}

}  // namespace

TEST_CASE("a text that does not match says where") {
    const outcome got = run("matchers", {"texts/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {R"("hello world" contains "x")", ""},
        {R"("hello world" contains "LO")", "only the case of letters differs"},
        {R"("hello world" starts with "help")", R"(at index 3 it is "lo world", not "p")"},
        {R"("hello world" starts with "hello world, hello")", R"(at index 11 it ends, and ", hello" is missing)"},
        {R"("hello world" ends with "word")", R"(it ends with "orld")"},
        {R"("hello world" is equal to "hello")", R"(at index 5 it is " world", not its end)"},
        {R"("hello world" is equal to "hello worms")", R"(at index 9 it is "ld", not "ms")"},
        {R"("hello world" is equal to "Hello world")",
         R"(only the case of letters differs: at index 0 it is "hello world", not "Hello world")"},
        {R"("hello world" not (contains "lo"))", ""},
        {R"("hello world" is equal to "HELP", ignoring case)", R"(at index 3 it is "lo world", not "P")"},
        {R"(nullptr is equal to "x")", ""},
        {R"("\xFF\xFE" is equal to "\xFF\xFD")", R"(at index 1 it is "\xFE", not "\xFD")"},
        {"\"\xc3\xa4\" is equal to \"\xc3\xb6\"", "at index 0 it is \"\xc3\xa4\", not \"\xc3\xb6\""},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("joined matchers have words and reasons of their parts") {
    const outcome got = run("matchers", {"joined/"});
    INFO(got);
    const expected all[] = {
        {"7 is even or (ends with the digit 1 and not (is even)) or ends with the digit 2",
         "its last digit is 7; its last digit is 7"},
        {"7 ends with the digit 7 and ends with the digit 8 and is even", "its last digit is 7"},
        {"-1 is equal to 4294967295", ""},
        {"7 is even", ""},
        {"7 is even", ""},
    };
    check_failures(got, "words", all);
    const attempt_entry& last = got.report["words"].last();
    CHECK(last.failures[3].kind == "warning");
    CHECK(last.failures[4].macro == "REQUIRE_THAT");
    CHECK(last.failures[0].expression == "7, even() || (remainder_is(1) && !even()) || remainder_is(2)");
    CHECK(last.assertions == 4);
    CHECK(last.failed_assertions == 4);
    CHECK(holds(got.out, "value     7\n      expected  is even or ("));
    CHECK(holds(got.out, "because   its last digit is 7; its"));
}

TEST_CASE("a matcher that misbehaves fails only its test") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("matchers", {"--isolate", mode, "bad/"});
        INFO(mode << ": " << got);
        const auto failures = [&got](const char* name) { return got.report[name].last().failures; };
        CHECK(holds(failures("throw in matches").at(0).message, "thrown on purpose"));
        CHECK(holds(failures("throw in describe").at(0).expanded, "is good{writing it threw: thrown on purpose}"));
        CHECK(holds(failures("throw in explain").at(0).message, "{writing it threw: thrown on purpose}"));
        CHECK(failures("check in matches").size() == 2);
        CHECK(failures("check in describe").size() == 2);
        CHECK(failures("require in matches").size() == 1);
        CHECK(got.report["crash in matches"].ending() == "crashed");
        for (const char* name : {"crash in describe", "crash in explain"}) {
            CHECK(got.report[name].ending() == "crashed");
            CHECK(failures(name).at(0).macro == "CHECK_THAT");
        }
        CHECK(got.report.count("failed") == 9);
    }
}
