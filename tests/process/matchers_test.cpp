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
        {R"("hello world", expected: contains "x")", ""},
        {R"("hello world", expected: contains "LO")", "only the case of letters differs"},
        {R"("hello world", expected: starts with "help")", R"(at index 3 it is "lo world", not "p")"},
        {R"("hello world", expected: starts with "hello world, hello")",
         R"(at index 11 it ends, and ", hello" is missing)"},
        {R"("hello world", expected: ends with "word")", R"(it ends with "orld")"},
        {R"("hello world", expected: is equal to "hello")", R"(at index 5 it is " world", not its end)"},
        {R"("hello world", expected: is equal to "hello worms")", R"(at index 9 it is "ld", not "ms")"},
        {R"("hello world", expected: is equal to "Hello world")",
         R"(only the case of letters differs: at index 0 it is "hello world", not "Hello world")"},
        {R"("hello world", expected: not (contains "lo"))", ""},
        {R"("hello world", expected: is equal to "HELP", ignoring case)", R"(at index 3 it is "lo world", not "P")"},
        {R"(nullptr, expected: is equal to "x")", ""},
        {R"("\xFF\xFE", expected: is equal to "\xFF\xFD")", R"(at index 1 it is "\xFE", not "\xFD")"},
        {"\"\xc3\xa4\", expected: is equal to \"\xc3\xb6\"", "at index 0 it is \"\xc3\xa4\", not \"\xc3\xb6\""},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("a value that does not match says what was expected") {
    const outcome got = run("matchers", {"values/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {"3, expected: is less than 3", ""},
        {"3, expected: is at least 4", ""},
        {"7, expected: is even", ""},
        {R"(person{40-byte object (pointer) 03 00 00 00 00 00 00 00 ...}, expected: has name "alice")",
         R"(its name is "bob": at index 0 it is "bob", not "alice")"},
        {"person{40-byte object (pointer) 03 00 00 00 00 00 00 00 ...}, expected: has older that is at least 5",
         "its older is 4"},
        {"nullptr, expected: holds 3", "it holds nothing"},
        {"4, expected: holds a value that is less than 3", "its value is 4"},
        {"1, expected: not (is anything)", ""},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("a number that is not near says how far it is") {
    const outcome got = run("matchers", {"numbers/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {"1.0, expected: is within 0.25 of 1.5", "it is 0.5 away"},
        {"50, expected: is within the relative error 0.01 of 100.0", "the relative error is 0.5"},
        {"1.0, expected: is within 4 ULPs of 1.0000001", "it is 450359963 ULPs away"},
        {"1.0, expected: is within 4 ULPs of 1.0000007", "it is 6 ULPs away"},
        {"nan, expected: is within 1.0 of 0.0", "NaN is near nothing"},
        {"inf, expected: is within the relative error 1.0 of 0.0", "the relative error is inf"},
        {"1.0, expected: is NaN", ""},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("a range that does not match says where") {
    const outcome got = run("matchers", {"ranges/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {"[1, 2, 3, 4], expected: contains 5", ""},
        {"[1, 2, 3, 4], expected: contains an element that is greater than 4", ""},
        {"[1, 2, 3, 4], expected: every element is less than 3", "at index 2 is 3; 2 of 4 elements do not match"},
        {R"(["ab", "bc"], expected: every element starts with "a")",
         R"(at index 1 is "bc": at index 0 it is "bc", not "a")"},
        {"[1, 2, 3, 4], expected: no element is less than 3", "at index 0 is 1; 2 of 4 elements match"},
        {"[1, 2, 3, 4], expected: at least one element is less than 1", ""},
        {"[], expected: at least one element is equal to 1", "it has no elements"},
        {"[1, 2, 3, 4], expected: is equal to [1, 2, 4, 4]", "at index 2 it has 3, not 4"},
        {"[1, 2, 3, 4], expected: is equal to [1, 2, 3]", "at index 3 it has 4, not its end"},
        {"[1, 2, 3], expected: is equal to [1, 2, 3, 4]", "it ends at index 3: 4 is missing"},
        {R"(["ab", "bc"], expected: is equal to ["ab", "bd"])", R"(at index 1 it has "bc", not "bd")"},
        {"{1, 2}, expected: is equal to {1, 3}", "missing: 3; not expected: 2"},
        {"[1, 2, 3, 4], expected: has in any order the elements of [3, 1, 2, 2]", "missing: 2; not expected: 4"},
        {"[1, 2, 3, 4], expected: contains all elements of [3, 7, 8]", "missing: 7, 8"},
        {"[], expected: contains all elements of [1, 2, 3, 4, 5, 6, 7]", "missing: 1, 2, 3, 4, 5, ..."},
        {"[1, 2, 3, 4], expected: has size 3", "its size is 4"},
        {"[1, 2, 3, 4], expected: has a size that is at least 5", "its size is 4"},
        {R"("text", expected: is empty)", "its size is 4"},
        {"[1, 3, 2], expected: is sorted", "at index 2 is 2, after 3"},
        {"[1, 2, 3], expected: is sorted, the largest first", "at index 1 is 2, after 1"},
        {"[1, 2, 3, 4], expected: has the elements: 1, 2, one that is greater than 5, 4", "at index 2 is 3"},
        {"[1, 2, 3], expected: has the elements: 1, 2", "at index 2 it has 3, not its end"},
        {"[1, 2, 3], expected: has the elements: 1, 2, 3, one that is at least 4",
         "it ends at index 3: one that is at least 4 is missing"},
        {"[1, 2, 3, 4], expected: has in any order the elements: 4, one that is less than 3, 9, 3",
         "no element is left that is equal to 9"},
        {"[1, 2, 3, 4], expected: has in any order the elements: 4", "its size is 4"},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("regular expressions search or match") {
    const outcome got = run("matchers", {"regular expressions/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {R"("ABC", expected: matches the regular expression "a[b]c")", ""},
        {R"("ABC", expected: not (contains a match of the regular expression "b", ignoring case))", ""},
    };
    check_failures(got, "do not match", all);
}

TEST_CASE("exceptions are matched by their message and as objects") {
    const outcome got = run("matchers", {"exceptions/"});
    INFO(got);
    CHECK(got.report["match"].verdict == "passed");
    const expected all[] = {
        {R"("thrown on purpose", expected: starts with "no" or ends with "x")",
         R"(threw std::runtime_error: thrown on purpose
at index 0 it is "thrown on purpose", not "no"; it ends with "e")"},
        {R"("", expected: starts with "no")", R"(threw int: 3
at index 0 it ends, and "no" is missing)"},
        {R"(std::runtime_error("thrown on purpose"), expected: has the message "x")",
         R"(at index 0 it is "thrown on purpose", not "x")"},
        {R"(std::exception("thrown on purpose"), expected: is a std::logic_error)", ""},
        {"", "threw std::runtime_error: thrown on purpose, expected std::logic_error"},
        {"", "no exception was thrown, expected std::logic_error"},
        {"3, expected: is equal to 4", ""},
        {"3, expected: is equal to 4", ""},
    };
    check_failures(got, "do not match", all);
    const auto& thrown = got.report["thrown by the matcher"].last().failures;
    REQUIRE(thrown.size() == 3);
    CHECK(thrown[0].message == "threw int: 7");
    CHECK(thrown[1].message == "threw int: 8");
    CHECK(thrown[2].macro == "REQUIRE_THROWS_MATCHES");
}

TEST_CASE("a matcher that cannot be made fails the assertion, even negated") {
    const outcome got = run("matchers", {"impossible/"});
    INFO(got);
    const auto message = [&got](const char* name) { return got.report[name].last().failures.at(0).message; };
    CHECK(holds(message("a pattern"), R"("a(b" is wrong: expected ), at column 4)"));
    CHECK(holds(message("a margin"), "not negative"));
    CHECK(holds(message("outside"), "the test was left by an exception"));
    CHECK(got.report.count("failed") == 3);
}

TEST_CASE("joined matchers have words and reasons of their parts") {
    const outcome got = run("matchers", {"joined/"});
    INFO(got);
    const expected all[] = {
        {"7, expected: is even or (ends with the digit 1 and not (is even)) or ends with the digit 2",
         "its last digit is 7; its last digit is 7"},
        {"7, expected: ends with the digit 7 and ends with the digit 8 and is even", "its last digit is 7"},
        {"-1, expected: is equal to 4294967295", ""},
        {"7, expected: is even", ""},
        {"7, expected: is even", ""},
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
