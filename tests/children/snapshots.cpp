// Tests with snapshots. The tests of this program copy the part below #line into a folder, where it is the source file
// that belongs to the program, and set the variables that the values depend on.

#include <cordon/snapshot.hpp>

#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#line 1 "snapshots_inside.cpp"

namespace {

std::string given(const char* name, const char* otherwise) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : otherwise;
}

bool is_set(const char* name) { return std::getenv(name) != nullptr; }

struct snapshot_taker {
    friend void to_text(cordon::text_sink& out, const snapshot_taker&) {
        CHECK_SNAPSHOT("of a message", "inner");
        out << "text";
    }
};

struct thrower {
    friend void to_text(cordon::text_sink&, const thrower&) { throw std::runtime_error("cannot be written"); }
};

std::string many_lines(int changed) {
    std::string text;
    for (int i = 0; i < 20'000; ++i)
        text += "line " + std::to_string(i == changed ? -1 : i) + " of a long text\n";
    return text;
}

}  // namespace

TEST_SUITE("files") {
    TEST_CASE("text") { CHECK_SNAPSHOT(given("VALUE", "one\ntwo\nthree\nfour\nfive\n")); }

    TEST_CASE("kinds") {
        CHECK_SNAPSHOT(std::vector<std::string>{"a", "b"});
        CHECK_SNAPSHOT(42);
        CHECK_SNAPSHOT(std::string_view("view"), "named");
        CHECK_SNAPSHOT("literal", std::string("Named/../Too"));
        const char* null = nullptr;
        CHECK_SNAPSHOT(null);
        CHECK_SNAPSHOT(std::string("a\0b\xff\r\n", 6), "bytes");
        CHECK_SNAPSHOT("", "empty");
        REQUIRE_SNAPSHOT("\n", "line end");
    }

    TEST_CASE("leaves") {
        CHECK_SNAPSHOT("before");
        for (const char* name : {"one", "two"}) {
            SUBCASE(name) {
                CHECK_SNAPSHOT(name);
                CHECK_SNAPSHOT(name);
            }
        }
        CHECK_SNAPSHOT("after");
    }

    TEST_CASE("a/../../b: \xff \"Quoted\"") { CHECK_SNAPSHOT("odd"); }
    TEST_CASE("A/../../B: \xff \"Quoted\"") { CHECK_SNAPSHOT("odd, too"); }

    TEST_CASE("large") { CHECK_SNAPSHOT(many_lines(std::atoi(given("CHANGED", "-1").c_str()))); }

    TEST_CASE("throws") { CHECK_SNAPSHOT(thrower()); }

    TEST_CASE("in a message") {
        INFO(snapshot_taker());
        CHECK_SNAPSHOT(given("OUTER", "outer"), "outer");
    }

    TEST_CASE("in a thread") {
        std::thread other([] { CHECK_SNAPSHOT("from a thread", "thread"); });
        other.join();
    }
}

TEST_SUITE("endings") {
    TEST_CASE("fails") {
        CHECK_SNAPSHOT("of a failed test");
        CHECK(false);
    }

    TEST_CASE("crashes") {
        CHECK_SNAPSHOT("of a crashed test");
        std::raise(SIGKILL);
    }

    TEST_CASE("passes at last", retries(2)) {
        CHECK_SNAPSHOT("attempt " + std::to_string(cordon::attempt()));
        CHECK(cordon::attempt() == 2);
    }

    TEST_CASE("has two values") {
        CHECK_SNAPSHOT("one", "same");
        CHECK_SNAPSHOT("two", "same");
    }

    TEST_CASE("is skipped") {
        if (!is_set("WITH_SKIPPED")) SKIP("not now");
        CHECK_SNAPSHOT("of a skipped test");
    }
}

TEST_SUITE("unused") {
    TEST_CASE("some are not met") {
        CHECK_SNAPSHOT("always");
        if (is_set("MORE")) CHECK_SNAPSHOT("sometimes");
    }
}

TEST_SUITE("inline") {
    TEST_CASE("place 01", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "01", "01"); }
    TEST_CASE("place 02", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "02", "02"); }
    TEST_CASE("place 03", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "03", "03"); }
    TEST_CASE("place 04", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "04", "04"); }
    TEST_CASE("place 05", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "05", "05"); }
    TEST_CASE("place 06", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "06", "06"); }
    TEST_CASE("place 07", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "07", "07"); }
    TEST_CASE("place 08", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "08", "08"); }
    TEST_CASE("place 09", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "09", "09"); }
    TEST_CASE("place 10", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "10", "10"); }
    TEST_CASE("place 11", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "11", "11"); }
    TEST_CASE("place 12", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "12", "12"); }
    TEST_CASE("place 13", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "13", "13"); }
    TEST_CASE("place 14", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "14", "14"); }
    TEST_CASE("place 15", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "15", "15"); }
    TEST_CASE("place 16", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "16", "16"); }
    TEST_CASE("place 17", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "17", "17"); }
    TEST_CASE("place 18", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "18", "18"); }
    TEST_CASE("place 19", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "19", "19"); }
    TEST_CASE("place 20", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "20", "20"); }
    TEST_CASE("place 21", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "21", "21"); }
    TEST_CASE("place 22", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "22", "22"); }
    TEST_CASE("place 23", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "23", "23"); }
    TEST_CASE("place 24", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "24", "24"); }
    TEST_CASE("place 25", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "25", "25"); }
    TEST_CASE("place 26", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "26", "26"); }
    TEST_CASE("place 27", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "27", "27"); }
    TEST_CASE("place 28", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "28", "28"); }
    TEST_CASE("place 29", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "29", "29"); }
    TEST_CASE("place 30", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "30", "30"); }
    TEST_CASE("place 31", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "31", "31"); }
    TEST_CASE("place 32", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "32", "32"); }
    TEST_CASE("place 33", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "33", "33"); }
    TEST_CASE("place 34", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "34", "34"); }
    TEST_CASE("place 35", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "35", "35"); }
    TEST_CASE("place 36", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "36", "36"); }
    TEST_CASE("place 37", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "37", "37"); }
    TEST_CASE("place 38", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "38", "38"); }
    TEST_CASE("place 39", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "39", "39"); }
    TEST_CASE("place 40", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "40", "40"); }
    TEST_CASE("place 41", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "41", "41"); }
    TEST_CASE("place 42", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "42", "42"); }
    TEST_CASE("place 43", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "43", "43"); }
    TEST_CASE("place 44", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "44", "44"); }
    TEST_CASE("place 45", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "45", "45"); }
    TEST_CASE("place 46", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "46", "46"); }
    TEST_CASE("place 47", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "47", "47"); }
    TEST_CASE("place 48", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "48", "48"); }
    TEST_CASE("place 49", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "49", "49"); }
    TEST_CASE("place 50", tag("places")) { CHECK_INLINE_SNAPSHOT(given("PLACE", "") + "50", "50"); }

    TEST_CASE("lines") {
        CHECK_INLINE_SNAPSHOT(given("LINES", "first\n  second\n\nthird"),
                              R"(
            first
              second

            third
            )");
    }

    TEST_CASE("new") { REQUIRE_INLINE_SNAPSHOT(given("NEW", ""), ""); }

    TEST_CASE("bytes") { CHECK_INLINE_SNAPSHOT(std::string("a\0\xff", 3), ""); }

    TEST_CASE("a loop with one value") {
        for (int i = 0; i < 3; ++i)
            CHECK_INLINE_SNAPSHOT(given("LOOP", "old"), "old");
    }

    TEST_CASE("leaves with one value") {
        for (const char* name : {"one", "two"}) {
            SUBCASE(name) { CHECK_INLINE_SNAPSHOT(given("LEAF", "old"), "old"); }
        }
    }

    TEST_CASE("a loop with two values") {
        for (int i = 0; i < 2; ++i)
            CHECK_INLINE_SNAPSHOT(i, "0");
    }

    static void shared(int value) { CHECK_INLINE_SNAPSHOT(value, "1"); }

    TEST_CASE("shared by one") { shared(1); }
    TEST_CASE("shared by two") { shared(2); }
}

TEST_SUITE("unstable") {
    struct without_text {
        explicit without_text(int given) : number(given) {}

      private:
        [[maybe_unused]] int number;
    };

    TEST_CASE("texts") {
        int here = 0;
        CHECK_SNAPSHOT(&here, "address");
        CHECK_SNAPSHOT(without_text(1), "bytes");
        CHECK_INLINE_SNAPSHOT(std::vector<without_text>{without_text(1)}, "[]");
        CHECK_SNAPSHOT(static_cast<int*>(nullptr), "null");
    }
}
