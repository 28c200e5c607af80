#include "queries.hpp"

#include <regex>

using namespace process_test;

namespace {

struct shown {
    const char* expanded;  ///< a regular expression
    const char* message;   ///< one as well
};

template <std::size_t N>
void check_failures(const test_entry& test, const shown (&expected)[N]) {
    const auto& failures = test.last().failures;
    REQUIRE(failures.size() == N);
    for (std::size_t i = 0; i < N; ++i) {
        CAPTURE(failures[i].expression);
        CAPTURE(failures[i].expanded);
        CAPTURE(failures[i].message);
        CHECK(std::regex_match(failures[i].expanded, std::regex(expected[i].expanded)));
        CHECK(std::regex_match(failures[i].message, std::regex(expected[i].message)));
    }
}

const std::string address = "0x[0-9a-f]+";
const std::string unwritten = "its process ended, or was ended, while the values were written";

}  // namespace

TEST_CASE("what tells values of equal text apart is said") {
    const outcome got = run("values", {"equal texts/"});
    INFO(got);
    check_failures(got.report["numbers"], {
                                              {R"(0\.10000000149011612 == 0\.1)", ""},
                                              {R"(0\.1 == 0\.1000000000000000055.*)", ""},
                                              {"-1 < 3", "the sign was lost: -1 was compared as 4294967295"},
                                              {"3 >= -1", "the sign was lost: -1 was compared as 4294967295"},
                                              {R"(9007199254740993 != 9007199254740992\.0)",
                                               R"(9007199254740993 was compared as 9007199254740992\.0)"},
                                              {"nan == nan", "nan is equal to nothing, not even to itself"},
                                              {R"(0\.10000000149011612 == 2\.5)", ""},
                                              {"-1 == 3", "the sign was lost: -1 was compared as 4294967295"},
                                          });
    check_failures(got.report["objects"],
                   {
                       {"numbered == numbered",
                        "both have the same text; from byte 0 of 4 on they are 01 00 00 00 and 02 00 00 00"},
                       {"same == same", "both are the same object, which says that it is not equal to itself"},
                       {"same == same",
                        "both have the same text; the left one is of type std::optional<.*unequal<.*constant> ?>, "
                        "the right one of type .*unequal<.*constant>"},
                   });
}

TEST_CASE("characters that are no text are not read as one") {
    const outcome got = run("values", {"pointers/"});
    INFO(got);
    const std::string both = "addresses were compared, not texts: " + address + " and " + address;
    const std::string of_text = address + " \"abc\"";
    check_failures(got.report["to texts"], {
                                               {"\"abc\" == \"abc\"", both.c_str()},
                                               {"\"abc\" == \"abc\"", both.c_str()},
                                               {(of_text + " == nullptr").c_str(), ""},
                                               {("nullptr == " + of_text).c_str(), ""},
                                               {(address + " == " + of_text).c_str(), ""},
                                               {"\"abc\" == \"x\"", ""},
                                           });
    check_failures(got.report["to no text"], {
                                                 {(address + " == \"text\"").c_str(), both.c_str()},
                                                 {(address + " == \"text\"").c_str(), both.c_str()},
                                                 {(address + " == nullptr").c_str(), ""},
                                                 {(address + " == \"text\"").c_str(), both.c_str()},
                                                 {"\"q\" == \"xyz\"", ""},
                                                 {"\"xyz\" == \"q\"", ""},
                                                 {(address + " == nullptr").c_str(), ""},
                                                 {"1 == 2", ""},
                                             });
    CHECK(got.report["to no text"].last().failures[7].info ==
          std::vector<std::string>{"cut abc (then memory that cannot be read) end"});
}

TEST_CASE("values of the standard library are shown as their readers think of them") {
    const outcome got = run("values", {"forms/"});
    INFO(got);
    check_failures(got.report["of types"],
                   {
                       {"1 == nullopt", ""},
                       {"1 == monostate", ""},
                       {R"(2023-11-14T22:13:20\.123Z == 1969-12-31T23:59:59\.999Z)", ""},
                       {R"(4608 \(0x1200\) == 4864 \(0x1300\))", ""},
                       {"4660 == 4661", ""},
                       {"16 == 1", ""},
                       {R"(.*with_pointer\{16-byte object 01 00 00 00 .. .. .. .. \(pointer\)\} == .*\(pointer\)\})",
                        "both are the same object.*"},
                       {"1234567 == 1", ""},
                       {"3 == 4", "not 3"},
                       {"", "v is 3"},
                   });
    CHECK(joined(got.report["of types"].last().failures[9].info) == "changing := 3|is 3");
    const auto said = [&](const char* name) { return got.report[name].last().failures.back().message; };
    CHECK(holds(said("thrown number"), "int: 42"));
    CHECK(holds(said("thrown double"), "double: 2.5"));
    CHECK(holds(said("thrown character"), "char: 'x'"));
    CHECK(holds(said("thrown code"), "std::error_code: generic:2"));
    CHECK(said("thrown in a check") == "threw unsigned int: 7");
}

TEST_CASE("the two sides have the names of the assertion, and sizes are those of the texts") {
    const outcome got = run("values", {"of sides", "--color", "never"});
    INFO(got);
    CHECK(holds(got.out, "      values    \"abc\" == \"abc\"\n      expected  that left == right is false\n"));
    CHECK(holds(got.out, "      actual    \"said\"\n      expected  \"wanted\"\n"));
    CHECK(holds(got.out, "      sizes     300 and 301 characters, alike up to character 300\n"));
}

TEST_CASE("an assertion has failed whatever becomes of writing its values") {
    for (const char* mode : isolating_modes) {
        const outcome got = run("values", {"--isolate", mode, "writers/"});
        INFO(mode << ": " << got);
        const struct {
            const char* name;
            const char* ending;
            const char* macro;
        } broken[] = {{"crashes", "crashed", "CHECK"},           {"hangs", "timed_out", "CHECK"},
                      {"leaves", "exited", "CHECK_EQ"},          {"recurses", "crashed", "CHECK"},
                      {"crashes in INFO", "crashed", "REQUIRE"}, {"crashes in a message", "crashed", "FAIL"}};
        for (const auto& each : broken) {
            CAPTURE(each.name);
            const test_entry& test = got.report[each.name];
            CHECK(test.ending() == each.ending);
            REQUIRE(test.last().failures.size() == 1);
            const auto& failure = test.last().failures[0];
            CHECK(failure.macro == each.macro);
            CHECK(failure.message == unwritten);
            CHECK(failure.line > 0);
            CHECK(test.last().failed_assertions == 1);
        }
        const attempt_entry& threw = got.report["throws"].last();
        REQUIRE(threw.failures.size() == 1);
        CHECK(threw.failures[0].expanded == "half {writing it threw} == half {writing it threw}");
        const attempt_entry& nested = got.report["asserts"].last();
        REQUIRE(nested.failures.size() == 3);
        CHECK(nested.failures[0].expanded == "asserted == asserted");
        CHECK(nested.failures[1].expanded == "1 == 2");
        CHECK(nested.failed_assertions == 3);
    }
}
