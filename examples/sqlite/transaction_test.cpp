#include <cstdio>

#include "shop.hpp"

using shop::db;
using sqlite::database;
using sqlite::table;

TEST_SUITE("transactions", tag("write")) {
    TEST_CASE("a rollback takes everything back") {
        db().run("begin; delete from orders; update products set cents = 1; create table extra (x)");
        CHECK(db().one("select count(*) from orders") == 0);
        db().run("rollback");
        CHECK(db().one("select count(*) from orders") == shop::orders);
        CHECK(db().one("select min(cents) from products") == shop::price_of(1));
        CHECK(db().code_of("select * from extra") == SQLITE_ERROR);
    }

    TEST_CASE("savepoints nest") {
        database own;
        own.run("create table t (x); savepoint a; insert into t values (1); savepoint b; insert into t values (2)");
        const auto rows = [&own] { return own.query("select x from t order by x"); };
        SUBCASE("the inner one alone is taken back") {
            own.run("rollback to b; release a");
            CHECK(rows() == table{{1}});
        }
        SUBCASE("or both") {
            own.run("rollback to a; release a");
            CHECK(rows().empty());
        }
        SUBCASE("or none") {
            own.run("release a");
            CHECK(rows() == table{{1}, {2}});
        }
        CHECK(sqlite3_get_autocommit(own.handle()) != 0);
    }

    TEST_CASE("transactions do not nest") {
        db().run("begin");
        CHECK_THROWS_WITH_AS(db().run("begin"), "cannot start a transaction within a transaction", sqlite::error);
        db().run("commit");
        CHECK_THROWS_WITH_AS(db().run("commit"), "cannot commit - no transaction is active", sqlite::error);
    }

    TEST_CASE("an open query keeps its rows while they are deleted") {
        sqlite::statement reading(db().handle(), "select id from orders where customer = 1 order by id");
        REQUIRE(reading.step());
        db().run("delete from orders where customer = 2");
        int rows = 1;
        while (reading.step()) {
            ++rows;
        }
        CHECK(rows == shop::orders / shop::customers);
    }
}

namespace {

/// A database in a file of the running test's own, and two connections to it.
struct two_connections {
    two_connections() {
        first.run("pragma synchronous = off; create table t (x); insert into t values (1)");
        second.run("pragma synchronous = off");
    }

    std::string path = sqlite::temporary_path("shared.db");
    database first{path};
    database second{path};
};

}  // namespace

TEST_SUITE("two connections", tag("files")) {
    TEST_CASE_FIXTURE(two_connections, "one writes, the other reads what is committed") {
        first.run("begin; insert into t values (2)");
        CHECK(second.one("select count(*) from t") == 1);
        first.run("commit");
        CHECK(second.one("select count(*) from t") == 2);
    }

    TEST_CASE_FIXTURE(two_connections, "two cannot write at once") {
        first.run("begin immediate");
        CHECK(second.code_of("begin immediate") == SQLITE_BUSY);
        first.run("rollback");
        CHECK(second.code_of("begin immediate") == SQLITE_OK);
    }

    TEST_CASE_FIXTURE(two_connections, "a busy handler is asked until it gives up") {
        int asked = 0;
        sqlite3_busy_handler(
            second.handle(), [](void* counter, int) { return ++*static_cast<int*>(counter) < 4 ? 1 : 0; }, &asked);
        first.run("begin immediate");
        CHECK(second.code_of("begin immediate") == SQLITE_BUSY);
        CHECK(asked == 4);
    }

    TEST_CASE_FIXTURE(two_connections, "in WAL mode a reader keeps its snapshot") {
        REQUIRE(first.one("pragma journal_mode = wal") == "wal");
        second.run("begin");
        CHECK(second.one("select count(*) from t") == 1);
        first.run("insert into t values (2)");
        CHECK(second.one("select count(*) from t") == 1);
        CHECK_MESSAGE(second.code_of("insert into t values (3)") == SQLITE_BUSY_SNAPSHOT,
                      "a stale snapshot must not be written from");
        second.run("rollback");
        CHECK(second.one("select count(*) from t") == 2);
    }

    TEST_CASE_FIXTURE(two_connections, "a read-only connection reads") {
        database third(path, SQLITE_OPEN_READONLY);
        CHECK(third.one("select x from t") == 1);
        CHECK(third.code_of("delete from t") == SQLITE_READONLY);
    }

    TEST_CASE("a file that is no database") {
        const std::string path = sqlite::temporary_path("letter.txt");
        std::FILE* file = std::fopen(path.c_str(), "w");
        REQUIRE(file != nullptr);
        std::fputs("Dear reader, this is a letter, and it is longer than a header of SQLite's.", file);
        std::fclose(file);
        database opened(path);
        CHECK(opened.code_of("select * from sqlite_schema") == SQLITE_NOTADB);
    }

    TEST_CASE("a folder that is not there") {
        CHECK_THROWS_WITH_AS(database("/nowhere/at/all.db"), "unable to open database file", sqlite::error);
    }
}
