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
                       {R"(16 \(0x10\) == 1)", ""},
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
    CHECK(holds(said("thrown code"), "std::error_code: generic:2 ENOENT \"No such file or directory\""));
    CHECK(said("thrown in a check") == "threw unsigned int: 7");
}

TEST_CASE("what a character, an object or an exception is beyond its text is said, too") {
    const outcome got = run("values", {"forms/"});
    INFO(got);
    check_failures(got.report["characters and numbers"], {
                                                             {R"('a' \(97\) == 98)", ""},
                                                             {R"(200 == '\\xE9' \(-?[0-9]+\))", ""},
                                                             {"'a' == 'b'", ""},
                                                             {R"('a' \(97\) == 200)", ""},
                                                         });
    check_failures(got.report["truth of objects"], {
                                                       {R"(std::function<int ?\(\)> that converts to false)", ""},
                                                       {R"(std::function<int ?\(\)> that converts to true)", ""},
                                                       {R"(int == std::function<int ?\(\)>)", ""},
                                                   });
    const auto& nested = got.report["nested exceptions"].last().failures;
    const std::string both = "std::runtime_error: cannot load, caused by std::out_of_range: no such key";
    REQUIRE(nested.size() == 3);
    CHECK(nested[0].message == "threw " + both);
    CHECK(nested[1].message == "threw " + both + ", expected std::logic_error");
    CHECK(holds(nested[2].message, "the test was left by an exception: " + both));
}

TEST_CASE("errno values have their names where the expression is about them") {
    const outcome got = run("values", {"errno"});
    INFO(got);
    check_failures(got.report["errno"], {
                                            {R"(2 \(ENOENT\) == 13 \(EACCES\))", ""},
                                            {R"(2 \(ENOENT\) == 0)", ""},
                                            {"2 == 0", ""},
                                        });
}

TEST_CASE("structs, enums and bytes are shown without code of the user") {
    const outcome got = run("values", {"shown/", "--color", "never"});
    INFO(got);
    check_failures(got.report["enums"], {
                                            {"color::red == color::blue", ""},
                                            {".*color\\(2\\) == color::red", ""},
                                            {R"(rights::read \| rights::run == rights::write)", ""},
                                            {"plain_one == plain_two", ""},
                                        });
    check_failures(got.report["bytes"], {
                                            {R"(\[0xde, 0xad\] == \[0xde, 0xae\])", ""},
                                            {R"(65 == 66)", ""},
                                        });
    const auto& failures = got.report["structs"].last().failures;
    REQUIRE(failures.size() == 2);
    CHECK(holds(failures[0].expanded, "person{"));
    // Names of fields need C++20.
    const bool named = holds(failures[0].expanded, ".home = ");
    CHECK(holds(got.out, named ? "      differ    .home.number  5 != 6\n                .scores[2]  3 != 4\n"
                               : "      differ    .1.1  5 != 6\n                .2[2]  3 != 4\n"));
    CHECK(holds(got.out, named ? "      differ    [1].number  7 != 8\n" : "      differ    [1].1  7 != 8\n"));
}

TEST_CASE("containers are compared to their ends, and the places that differ are said") {
    const outcome got = run("values", {"containers/", "--color", "never"});
    INFO(got);
    CHECK(holds(got.out, "CHECK(thousand == other)\n      differ    [567]  567 != -1\n"));
    CHECK(holds(got.out, "CHECK(million == other)\n      differ    [765432]  765432 != -1\n"));
    CHECK(holds(got.out,
                "      differ    [\"banana\"]  5 != 6\n"
                "                [\"cherry\"]  7, not in right\n"
                "                [\"date\"]  9, not in left\n"));
    CHECK(holds(got.out,
                "WARN(hashed == other)\n"
                "      left      {1, 2, 3, 50, 60}\n"
                "      right     {2, 3, 7, 50, 60}\n"
                "      differ    1, not in right\n"
                "                7, not in left\n"));
    CHECK(holds(got.out, "CHECK(nested == other_map)\n"));
    CHECK(holds(got.out, "      differ    [\"k\"][1].0  2 != 5\n"));
    CHECK(holds(got.out, "CHECK(text == other)\n      left      \xe2\x80\xa6"));
    CHECK(holds(got.out, "      sizes     100,000 and 100,000 bytes, alike up to byte 10\n"));
    CHECK(holds(got.out, "      sizes     100,000 and 100,001 bytes, alike up to byte 100,000\n"));
    CHECK(holds(got.out, "      sizes     1,000,000 and 1,000,000 bytes, alike up to byte 500,000\n"));
    CHECK(holds(got.out, "CHECK(alike == same)\n"));
    CHECK(got.report["million"].last().failures[0].expanded ==
          "[... 765429 equal, 765429, 765430, 765431, 765432, ... 234567 equal] == "
          "[... 765429 equal, 765429, 765430, 765431, -1, ... 234567 equal]");
    const auto& message = got.report["alike"].last().failures[0].message;
    CHECK(message == "both have the same text: their operator says that they differ");
}

TEST_CASE("-v shows whole values") {
    const outcome got = run("values", {"containers/thousand", "--color", "never", "-v"});
    INFO(got);
    CHECK(holds(got.out, "      left      [0, 1, 2, 3,"));
    CHECK(holds(got.out, " 565, 566, -1, 568, "));
    CHECK(holds(got.out, "      differ    [567]  567 != -1\n"));
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
                      {"crashes in INFO", "crashed", "REQUIRE"}, {"crashes in a message", "crashed", "FAIL"},
                      {"crashes in a field", "crashed", "CHECK"}};
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
        const attempt_entry& in_field = got.report["throws in a field"].last();
        REQUIRE(in_field.failures.size() == 1);
        CHECK(holds(in_field.failures[0].expanded, "with_field<"));
        CHECK(holds(in_field.failures[0].expanded, "half {writing it threw}}"));
        CHECK(in_field.failures[0].macro == "CHECK");
        const attempt_entry& nested = got.report["asserts"].last();
        REQUIRE(nested.failures.size() == 3);
        CHECK(nested.failures[0].expanded == "asserted == asserted");
        CHECK(nested.failures[1].expanded == "1 == 2");
        CHECK(nested.failed_assertions == 3);
    }
}
