#include <doctest/doctest.h>
#include <cordon/engine/text/snapshot_name.hpp>

#include <set>
#include <string>

using namespace cordon::engine;
using namespace cordon::engine::text;

namespace {

const std::string_view unnamed;

std::string lower(std::string text) {
    for (char& c : text)
        c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return text;
}

}  // namespace

TEST_CASE("names of snapshots can be read") {
    CHECK(snapshot_file_name("", "text is joined", {}, unnamed, 1) == "text-is-joined@1.snap");
    CHECK(snapshot_file_name("", "adds/small", {}, unnamed, 1) == "adds,small@1.snap");
    CHECK(snapshot_file_name("orders/closed", "are counted", {"one", "two 2"}, "the_header", 0) ==
          "orders.closed.are-counted+one+two-2@the_header.snap");
    CHECK(snapshot_file_name("", "Adds (1, 2)", {}, unnamed, 12).substr(0, 10) == "adds-1-2-~");
}

TEST_CASE("different names give different files, also without regard to case") {
    const std::string long_one(500, 'x');
    std::set<std::string> files;
    const std::string parts[] = {"a",
                                 "A",
                                 "a b",
                                 "a-b",
                                 "a_b",
                                 "a/b",
                                 "a.b",
                                 "..",
                                 ".",
                                 "/",
                                 "",
                                 "1",
                                 "2",
                                 "a+b",
                                 "a@1",
                                 "con",
                                 "\xff",
                                 "\xfe",
                                 std::string("a\0b", 3),
                                 "a\n",
                                 "\u00e4",
                                 long_one,
                                 long_one + "y",
                                 "a~b",
                                 "a#2"};
    std::size_t count = 0;
    for (const std::string& suite : parts) {
        for (const std::string& test : parts) {
            files.insert(lower(snapshot_file_name(suite, test, {}, unnamed, 1)));
            files.insert(lower(snapshot_file_name(suite, "t", {test}, unnamed, 1)));
            files.insert(lower(snapshot_file_name("t", suite, {"s"}, test, 1)));
            count += 3;
        }
    }
    CHECK(files.size() == count);
    for (const std::string& file : files) {
        INFO(file);
        CHECK(file.size() < 200);
        for (const char c : file)
            REQUIRE((std::isalnum(static_cast<unsigned char>(c)) ||
                     std::string_view("-_.,+@~").find(c) != std::string_view::npos));
        CHECK(std::string_view(".-~+@").find(file[0]) == std::string_view::npos);
    }
}

TEST_CASE("deep and long names stay short and distinct") {
    const vector<std::string> deep(20, std::string(60, 'x'));
    const std::string one = snapshot_file_name("s", "t", deep, "one", 0);
    CHECK(one.size() < 200);
    CHECK(one != snapshot_file_name("s", "t", deep, "two", 0));
    CHECK(is_snapshot_of(one, snapshot_stem("s", "t")));
}

TEST_CASE("a file belongs to the test with its stem") {
    CHECK(is_snapshot_of("a.b@1.snap", snapshot_stem("a", "b")));
    CHECK(is_snapshot_of("a.b+c@1.snap", snapshot_stem("a", "b")));
    CHECK_FALSE(is_snapshot_of("a.bc@1.snap", snapshot_stem("a", "b")));
    CHECK_FALSE(is_snapshot_of("a.b", snapshot_stem("a", "b")));
}
