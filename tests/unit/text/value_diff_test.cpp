#include <cordon/engine/text/value_diff.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

/// "path: left|right" for each difference, - for a missing side; "other" if the values have no common structure.
std::string differences(std::string_view left, std::string_view right, std::size_t most = 100) {
    difference_finder all(most);
    if (!all.search(left, right)) return "other";
    std::string text;
    for (const value_difference& one : all.found()) {
        const auto side = [](std::string_view value) { return value.data() == nullptr ? "-" : std::string(value); };
        text += (text.empty() ? "" : "; ") + one.path + ": " + side(one.left) + "|" + side(one.right);
    }
    return text;
}

}  // namespace

TEST_CASE("elements of lists are compared after an alignment") {
    CHECK(differences("[1, 2, 3]", "[1, 5, 3]") == "[1]: 2|5");
    CHECK(differences("[1, 2, 3]", "[0, 1, 2, 3]") == "[0]: -|0");
    CHECK(differences("[1, 2, 3]", "[1, 2]") == "[2]: 3|-");
    CHECK(differences("[1, 2, 3]", "[1, 7, 8, 3]") == "[1]: 2|7; [2]: -|8");
    CHECK(differences("[]", "[1]") == "[0]: -|1");
    CHECK(differences("[[1, 2], [3]]", "[[1, 2], [4, 3]]") == "[1][0]: -|4");
    CHECK(differences("[... 500 equal, 1, 2]", "[... 500 equal, 1, 3]") == "[501]: 2|3");
    CHECK(differences("[1, ... 7 more]", "[1, ... 8 more]") == "[1]: ... 7 more|... 8 more");
}

TEST_CASE("maps and sets are compared by key, in any order") {
    CHECK(differences("{\"a\": 1, \"b\": [1, 2]}", "{\"b\": [1, 3], \"a\": 1}") == "[\"b\"][1]: 2|3");
    CHECK(differences("{1: 2}", "{1: 2, 3: 4}") == "[3]: -|4");
    CHECK(differences("{}", "{3: 4}") == "[3]: -|4");
    CHECK(differences("{1, 2, 3}", "{3, 4, 1}") == ": 2|-; : -|4");
    CHECK(differences("{1: 1, 1: 2}", "{1: 1, 1: 3}") == "[1]: 2|3");
    CHECK(differences("{\"a: b\": 1}", "{\"a: b\": 2}") == "[\"a: b\"]: 1|2");
}

TEST_CASE("fields are compared by name or place") {
    CHECK(differences("p{.x = 1, .at = q{.y = 2}}", "p{.x = 1, .at = q{.y = 3}}") == ".at.y: 2|3");
    CHECK(differences("p{1, [2, 3]}", "p{1, [2, 4]}") == ".1[1]: 3|4");
    CHECK(differences("(1, 'x')", "(2, 'x')") == ".0: 1|2");
    CHECK(differences("p{1, 2}", "q{1, 3}") == "other");
    CHECK(differences("p{8-byte object 01}", "p{8-byte object 02}") == "other");
}

TEST_CASE("what has no structure is not taken apart") {
    CHECK(differences("1", "2") == "other");
    CHECK(differences("\"[1]\"", "\"[2]\"") == "other");
    CHECK(differences("[1]", "{1}") == "other");
    CHECK(differences("[1", "[2") == "other");
    CHECK(differences("", "[]") == "other");
    CHECK(differences("{,}", "{,,}") != "");
    CHECK(differences("[1] [2]", "[1] [3]") == "other");
}

TEST_CASE("deep and wide values are bounded") {
    const std::string deep(100000, '[');
    const std::string close(100000, ']');
    CHECK(differences(deep + "1" + close, deep + "2" + close).size() > 0);
    std::string left = "{";
    std::string right = "{";
    for (int i = 0; i < 20000; ++i) {
        left += std::to_string(i) + ": 1, ";
        right += std::to_string(20000 - i) + ": 2, ";
    }
    difference_finder all(10);
    CHECK(all.search(left + "0: 0}", right + "0: 0}"));
    CHECK(all.found().size() == 10);
    CHECK(all.count() > 19000);
}
