#include <doctest/doctest.h>
#include <cordon/engine/base/glob.hpp>
#include <cordon/engine/base/hash.hpp>
#include <cordon/engine/base/quote.hpp>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/base/spelling.hpp>

#include <string>

using namespace cordon::engine;

TEST_CASE("globs") {
    struct row {
        const char* glob;
        const char* text;
        bool matches;
    };
    const row rows[] = {
        {"", "", true},           {"", "a", false},        {"*", "", true},      {"*", "a/b", true},
        {"a*", "abc", true},      {"a*", "ba", false},     {"*c", "abc", true},  {"*b*", "abc", true},
        {"a?c", "abc", true},     {"a?c", "ac", false},    {"?", "", false},     {"a**c", "abbc", true},
        {"*ab*ab", "abab", true}, {"*ab*ab", "ab", false}, {"\\*", "*", true},   {"\\*", "a", false},
        {"a\\?", "a?", true},     {"a\\?", "ab", false},   {"\\a", "a", true},   {"a\\", "a\\", true},
        {"*\\**", "a*b", true},   {"*\\**", "ab", false},  {"\\\\", "\\", true}, {"abc", "abcd", false},
        {"*x*y*", "axbyc", true}, {"a*\\", "a\\", true},
    };
    for (const row& each : rows) {
        CAPTURE(each.glob);
        CAPTURE(each.text);
        CHECK(glob_matches(each.glob, each.text) == each.matches);
    }
}

TEST_CASE("a hostile glob ends soon") {
    std::string glob;
    for (int i = 0; i < 200; ++i)
        glob += "a*";
    CHECK_FALSE(glob_matches(glob + "b", std::string(20'000, 'a')));
}

TEST_CASE("escaped text matches itself and nothing else") {
    for (const char* text : {"plain", "f(x) * 2?", "back\\slash", " blanks ", "((", ")", "", " "}) {
        const std::string glob = escape_glob(text);
        CAPTURE(glob);
        CHECK_FALSE(has_wildcard(glob));
        CHECK(glob_matches(glob, text));
        CHECK(unescape_glob(glob) == text);
        CHECK_FALSE(glob_matches(glob, std::string(text) + "x"));
    }
    CHECK(has_wildcard("a*"));
    CHECK(has_wildcard("\\\\?"));
    CHECK_FALSE(has_wildcard("a\\*\\"));
}

TEST_CASE("FNV-1a gives the published values") {
    CHECK(fnv1a("") == 0xcbf29ce484222325u);
    CHECK(fnv1a("a") == 0xaf63dc4c8601ec8cu);
    CHECK(fnv1a("foobar") == 0x85944171f73967e8u);
    CHECK(fnv1a("bar", fnv1a("foo")) == fnv1a("foobar"));
}

TEST_CASE("the fast hash sees every byte and the length") {
    std::string text(40, 'x');
    const std::uint64_t whole = fast_hash(text);
    CHECK(whole == fast_hash(std::string(40, 'x')));
    for (std::size_t i = 0; i < text.size(); ++i) {
        std::string other = text;
        other[i] = 'y';
        CHECK(fast_hash(other) != whole);
    }
    CHECK(fast_hash(std::string("\0", 1)) != fast_hash(""));
    CHECK(fast_hash("a", 1) != fast_hash("a", 2));
}

TEST_CASE("splitmix64 gives the published sequence, and the same shuffle everywhere") {
    random_source random(1234567);
    CHECK(random.next() == 6457827717110365317u);
    CHECK(random.next() == 3203168211198807973u);
    CHECK(random.next() == 9817491932198370423u);
    vector<int> items = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    random_source again(42);
    shuffle(items, again);
    CHECK(items == vector<int>{0, 9, 5, 8, 6, 4, 7, 2, 1, 3});
}

TEST_CASE("below is uniform and in bounds") {
    random_source random(7);
    int counts[6] = {};
    for (int i = 0; i < 60'000; ++i)
        ++counts[random.below(6)];
    for (int count : counts)
        CHECK(count == doctest::Approx(10'000).epsilon(0.05));
    CHECK(random.below(1) == 0);
}

TEST_CASE("edit distance") {
    CHECK(edit_distance("", "", 3) == 0);
    CHECK(edit_distance("filter", "filter", 3) == 0);
    CHECK(edit_distance("fliter", "filter", 3) == 1);
    CHECK(edit_distance("filtr", "filter", 3) == 1);
    CHECK(edit_distance("kitten", "sitting", 3) == 3);
    CHECK(edit_distance("a", "abcdefgh", 2) == 3);
    CHECK(edit_distance("abcdef", "uvwxyz", 2) == 3);
}

TEST_CASE("the nearest spelling") {
    const vector<std::string_view> words = {"filter", "exclude", "timeout", "jobs", "fail-fast"};
    CHECK(nearest("filtre", words) == "filter");
    CHECK(nearest("time-out", words) == "timeout");
    CHECK(nearest("job", words) == "jobs");
    CHECK(nearest("failfast", words) == "fail-fast");
    CHECK(nearest("unrelated", words) == "");
    CHECK(nearest("", words) == "");
    CHECK(nearest(std::string(100'000, 'x'), words) == "");
}

TEST_CASE("quoted text stays on one line") {
    CHECK(quoted("a b") == "'a b'");
    CHECK(quoted("a\nb\x1b") == "'a\\x0ab\\x1b'");
    CHECK(quoted(std::string(100, 'x')) == "'" + std::string(60, 'x') + "...'");
}
