#include <doctest/doctest.h>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/select/filter.hpp>

#include <string>

using namespace cordon::engine;

namespace {

test_info example() {
    test_info test;
    test.name = "sum (of two) adds";
    test.suite = "math/simple";
    test.file = "/home/u/src/math/sum.cpp";
    test.tags = {"fast", "arith"};
    return test;
}

std::string error_of(std::string_view text) {
    const result<select::filter> parsed = select::parse_filter(text);
    return parsed ? "" : parsed.failure().detail;
}

}  // namespace

TEST_CASE("what expressions select") {
    struct row {
        const char* text;
        bool selected;
    };
    const row rows[] = {
        {"all()", true},
        {" all ( ) ", true},
        {"!all()", false},
        {"!!all()", true},
        {"name(sum*)", true},
        {"name(sum)", false},
        {"name(sum (of two) adds)", true},
        {"name(  *adds  )", true},
        {"name(sum \\(of*)", true},
        {"name(*\\))", false},
        {"suite(math)", true},
        {"suite(math/simple)", true},
        {"suite(simple)", false},
        {"suite(*/simple)", true},
        {"suite(mat)", false},
        {"tag(fast)", true},
        {"tag(slow)", false},
        {"tag(a*)", true},
        {"file(sum.cpp)", true},
        {"file(math/*.cpp)", true},
        {"file(um.cpp)", false},
        {"file(/home/u/src/math/sum.cpp)", true},
        {"tag(fast) & tag(arith)", true},
        {"tag(fast) & tag(slow)", false},
        {"tag(slow) | tag(arith)", true},
        {"tag(slow) | tag(no)", false},
        {"!tag(slow) & tag(fast)", true},
        {"!(tag(slow) | tag(fast))", false},
        {"tag(fast) | tag(slow) & tag(no)", true},
        {"(tag(fast) | tag(slow)) & tag(no)", false},
        {"tag(no) & tag(no) | all()", true},
        {"tag(no) & (tag(no) | all())", false},
        {"((((all()))))", true},
        {"all()\n&\tall()", true},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        const result<select::filter> parsed = select::parse_filter(each.text);
        REQUIRE(parsed);
        CHECK(parsed.value().selects(example()) == each.selected);
    }
}

TEST_CASE("errors say what and where") {
    struct row {
        const char* text;
        const char* message;
    };
    const row rows[] = {
        {"", "expected a function such as name(...), ! or a parenthesis, found the end, at column 1"},
        {"tag(a) &", "expected a function such as name(...), ! or a parenthesis, found the end, at column 9"},
        {"tag(a) tag(b)", "expected &, | or the end, found 't', at column 8"},
        {"tag(a) && tag(b)", "expected a function such as name(...), ! or a parenthesis, found '&', at column 9"},
        {"tag(a))", "expected &, | or the end, found ')', at column 7"},
        {"(tag(a)", "expected &, | or ), found the end, at column 8"},
        {"tag(a", "expected ) to close tag(, found the end, at column 6"},
        {"tag(a\\)", "expected ) to close tag(, found the end, at column 8"},
        {"tag", "expected ( after tag, found the end, at column 4"},
        {"tag[a]", "expected ( after tag, found '[', at column 4"},
        {"tag( )", "tag() needs something between its parentheses, at column 5"},
        {"all(x)", "all() takes nothing between its parentheses, at column 5"},
        {"all() & nmae(x)",
         "unknown function 'nmae', did you mean 'name'? (there are name, suite, tag, file, failed, slow and all), at "
         "column 9"},
        {"failed(x)", "failed() takes nothing between its parentheses, at column 8"},
        {"slow()", "slow() needs something between its parentheses, at column 6"},
        {"slow(long)", "slow() needs a duration such as 250ms, 2s or 1.5m, found 'long', at column 6"},
        {"fast(1s)", "unknown function 'fast' (there are name, suite, tag, file, failed, slow and all), at column 1"},
        {"123", "expected a function such as name(...), ! or a parenthesis, found '1', at column 1"},
        {"\n\x01", "expected a function such as name(...), ! or a parenthesis, found '\\x01', at column 2"},
    };
    for (const row& each : rows) {
        CAPTURE(each.text);
        CHECK(error_of(each.text) == each.message);
    }
}

TEST_CASE("an escaped name selects exactly its test") {
    const std::string text = "name(" + escape_glob(example().name) + ")";
    CHECK(select::parse_filter(text).value().selects(example()));
    test_info blanks;
    blanks.name = " odd\\ name ) ";
    CHECK(select::parse_filter("name(" + escape_glob(blanks.name) + ")").value().selects(blanks));
}

TEST_CASE("nesting is bounded, length is not") {
    const std::string deep(10'000, '(');
    CHECK(error_of(deep + "all()").find("nested deeper") != std::string::npos);
    CHECK(error_of(std::string(10'000, '!') + "all()").find("nested deeper") != std::string::npos);
    CHECK(error_of(std::string(90, '!') + "all()") == "");
    std::string wide = "tag(fast)";
    for (int i = 0; i < 50'000; ++i)
        wide += i % 2 == 0 ? "&tag(fast)" : "|all()";
    const result<select::filter> parsed = select::parse_filter(wide);
    REQUIRE(parsed);
    CHECK(parsed.value().selects(example()));
}

TEST_CASE("any bytes are survived") {
    random_source random(3);
    const std::string_view pieces[] = {"(",   ")",     "!",     "&", "|",    "\\",       " ",
                                       "tag", "name(", "all()", "*", "\xff", "suite(a)", "?"};
    int parsed_well = 0;
    for (int round = 0; round < 50'000; ++round) {
        std::string text;
        for (std::uint64_t n = random.below(12); n > 0; --n)
            text += pieces[random.below(std::size(pieces))];
        const result<select::filter> parsed = select::parse_filter(text);
        if (parsed) {
            parsed.value().selects(example());
            ++parsed_well;
        } else if (parsed.failure().detail.empty()) {
            FAIL(text);
        }
    }
    CHECK(parsed_well > 100);
}
