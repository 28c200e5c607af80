#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "shop.hpp"

// Each of these tests ends badly on purpose, in another way. A plain run reports them as skipped. With ON_PURPOSE=1 in
// the environment they run:
//
//     ON_PURPOSE=1 ./sqlite_tests -f 'tag(on-purpose)'

using shop::db;

namespace {

bool is_wanted() { return std::getenv("ON_PURPOSE") != nullptr; }

void follow_null(sqlite3_context*, int, sqlite3_value**) {
    volatile int* nowhere = nullptr;
    *nowhere = 1;
}

void go_deeper(sqlite3_context* context, int, sqlite3_value** arguments) {
    db().one("select deeper(1)");
    sqlite3_result_value(context, arguments[0]);
}

void exit_now(sqlite3_context*, int, sqlite3_value**) { std::exit(0); }

/// A static object whose destructor goes wrong, once it is told to.
struct last_rites {
    ~last_rites() {
        if (go_wrong) std::abort();
    }
    bool go_wrong = false;
};
last_rites at_the_end;

}  // namespace

TEST_SUITE("on purpose", tag("on-purpose"), skip("it ends badly: set ON_PURPOSE=1", !is_wanted())) {
    TEST_CASE("an answer is wrong", tag("fails")) {
        db().run("delete from orders where customer = 17");
        INFO("after the orders of customer 17 were deleted");
        CHECK(db().query("select customer, count(*) from orders where customer in (16, 17, 18) group by customer") ==
              sqlite::table{{16, 60}, {17, 60}, {18, 60}});
    }

    TEST_CASE("a function of the user's follows a null pointer", tag("crashes")) {
        sqlite3_create_function(db().handle(), "follow_null", 0, SQLITE_UTF8, nullptr, follow_null, nullptr, nullptr);
        std::printf("%s rows are looked at\n", std::to_string(shop::orders).c_str());
        std::fflush(stdout);
        db().run("update orders set quantity = follow_null()");
    }

    TEST_CASE("a query's result is looked at after its end", tag("crashes")) {
        sqlite::table found = db().query("select id from orders where customer = ?", {shop::customers + 1});
        if (found.empty()) std::abort();  // as a failed assert() does
        CHECK(found.front().front() == 1);
    }

    TEST_CASE("a function calls itself until the stack is gone", tag("crashes")) {
        sqlite3_create_function(db().handle(), "deeper", 1, SQLITE_UTF8, nullptr, go_deeper, nullptr, nullptr);
        db().one("select deeper(1)");
    }

    TEST_CASE("a query without an end", tag("hangs"), timeout(0.5)) {
        db().run("with recursive n(x) as (values (1) union all select x + 1 from n) select count(*) from n");
    }

    TEST_CASE("a lock that nobody gives back", tag("hangs"), timeout(0.5)) {
        const std::string path = sqlite::temporary_path("locked.db");
        sqlite::database first(path);
        sqlite::database second(path);
        first.run("create table t (x); begin immediate");
        sqlite3_busy_timeout(second.handle(), 3'600'000);
        second.run("insert into t values (1)");
    }

    TEST_CASE("deaf to SIGTERM as well", tag("hangs"), timeout(0.3)) {
        std::signal(SIGTERM, SIG_IGN);
        db().one("select count(*) from orders a, orders b, orders c");
    }

    TEST_CASE("a function of the user's calls exit(0)", tag("exits")) {
        sqlite3_create_function(db().handle(), "exit_now", 0, SQLITE_UTF8, nullptr, exit_now, nullptr, nullptr);
        db().one("select exit_now()");
    }

    TEST_CASE("passes, then a destructor aborts", tag("exits")) {
        at_the_end.go_wrong = true;
        CHECK(db().one("select 1") == 1);
    }

    TEST_CASE("memory without an end", tag("limits"), memory_limit(256.0 * 1024 * 1024)) {
        const std::string page = db().one("select hex(zeroblob(50000))").text();
        std::vector<std::string> all;
        while (true)
            all.push_back(page);
    }
}
