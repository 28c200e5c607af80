#include "shop.hpp"

using shop::db;
using sqlite::blob;
using sqlite::database;

namespace {

/// Everything in a table, as one number: equal tables have equal ones.
sqlite::value fingerprint_of(database& of) {
    return of.one("select sum(id * customer + product * quantity + day) from orders");
}

}  // namespace

TEST_SUITE("copies", tag("storage")) {
    TEST_CASE("a backup is the same database") {
        database copy(sqlite::temporary_path("backup.db"));
        sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", db().handle(), "main");
        REQUIRE(backup != nullptr);
        CHECK(sqlite3_backup_step(backup, 100) == SQLITE_OK);
        CHECK(sqlite3_backup_remaining(backup) == sqlite3_backup_pagecount(backup) - 100);
        CHECK(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
        CHECK(sqlite3_backup_finish(backup) == SQLITE_OK);
        CHECK(fingerprint_of(copy) == fingerprint_of(db()));
        CHECK(copy.one("pragma integrity_check") == "ok");
    }

    TEST_CASE("a backup carries along what changes meanwhile") {
        database copy;
        sqlite3_backup* backup = sqlite3_backup_init(copy.handle(), "main", db().handle(), "main");
        REQUIRE(sqlite3_backup_step(backup, 200) == SQLITE_OK);
        db().run("update orders set day = day + 1000 where id <= 100");
        REQUIRE(sqlite3_backup_step(backup, -1) == SQLITE_DONE);
        sqlite3_backup_finish(backup);
        CHECK(fingerprint_of(copy) == fingerprint_of(db()));
    }

    TEST_CASE("a serialized database lives on elsewhere", tag("recent")) {
        sqlite::needs_version(3036000);
        sqlite3_int64 size = 0;
        unsigned char* bytes = sqlite3_serialize(db().handle(), "main", &size, 0);
        REQUIRE(bytes != nullptr);
        CHECK(size == db().one("pragma page_count").integer() * db().one("pragma page_size").integer());
        database copy;
        REQUIRE(sqlite3_deserialize(copy.handle(), "main", bytes, size, size,
                                    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE) == SQLITE_OK);
        copy.run("delete from orders where id > 10");
        CHECK(copy.one("select count(*) from orders") == 10);
        CHECK(db().one("select count(*) from orders") == shop::orders);
    }

    TEST_CASE("VACUUM INTO writes a file") {
        const std::string path = sqlite::temporary_path("copy.db");
        db().run("vacuum into ?", {path});
        database copy(path, SQLITE_OPEN_READONLY);
        CHECK(fingerprint_of(copy) == fingerprint_of(db()));
        CHECK_THROWS_WITH_AS(db().run("vacuum into ?", {path}), "output file already exists", sqlite::error);
    }

    TEST_CASE("an attached database joins in") {
        db().run("attach ? as other", {sqlite::temporary_path("other.db")});
        db().run("create table other.vip as select id from customers where id % 500 = 0");
        CHECK(db().one("select count(*) from orders where customer in (select id from other.vip)") ==
              4 * shop::orders / shop::customers);
        db().run("detach other");
        CHECK_THROWS_WITH_AS(db().query("select * from other.vip"), "no such table: other.vip", sqlite::error);
    }
}

TEST_SUITE("pages", tag("storage")) {
    TEST_CASE("a vacuum gives back what was deleted") {
        const auto pages = [] { return db().one("pragma page_count").integer(); };
        const auto before = pages();
        db().run("delete from orders where id > 1000");
        CHECK(pages() == before);
        CHECK(db().one("pragma freelist_count").integer() > before / 2);
        db().run("vacuum");
        CHECK(pages() < before / 2);
        CHECK(db().one("pragma freelist_count") == 0);
    }

    TEST_CASE("the page size changes with a vacuum") {
        sqlite3_limit(db().handle(), SQLITE_LIMIT_LENGTH, 1'000'000);
        database small(sqlite::temporary_path("small.db"));
        small.run("create table t (x); pragma page_size = 1024; vacuum");
        CHECK(small.one("pragma page_size") == 1024);
    }

    TEST_CASE("a table without row ids is its own index") {
        db().run(
            "create table words (word text primary key, n int) without rowid;"
            "insert into words values ('b', 1), ('a', 2)");
        CHECK(db().query("select * from words") == sqlite::table{{"a", 2}, {"b", 1}});
        CHECK(db().code_of("select rowid from words") == SQLITE_ERROR);
        CHECK(db().plan("select n from words where word = 'a'") == "SEARCH words USING PRIMARY KEY (word=?)");
    }

    TEST_CASE("statistics steer the planner") {
        CHECK(db().query("select idx from sqlite_stat1 where tbl = 'orders' order by idx") ==
              sqlite::table{{"open_orders"}, {"orders_by_customer"}, {"orders_by_product"}});
        CHECK(db().one("select stat from sqlite_stat1 where idx = 'orders_by_product'") == "120000 600");
    }
}

TEST_SUITE("blobs", tag("storage")) {
    struct one_blob {
        one_blob() {
            db().run(
                "create table files (id integer primary key, bytes blob); insert into files values (1, zeroblob(10))");
            REQUIRE(sqlite3_blob_open(db().handle(), "main", "files", "bytes", 1, 1, &opened) == SQLITE_OK);
        }
        ~one_blob() { sqlite3_blob_close(opened); }

        sqlite3_blob* opened = nullptr;
    };

    TEST_CASE_FIXTURE(one_blob, "is written in place") {
        CHECK(sqlite3_blob_bytes(opened) == 10);
        CHECK(sqlite3_blob_write(opened, "\x01\x02", 2, 4) == SQLITE_OK);
        CHECK(db().one("select bytes from files") == blob{0, 0, 0, 0, 1, 2, 0, 0, 0, 0});
    }

    TEST_CASE_FIXTURE(one_blob, "does not grow") {
        CHECK(sqlite3_blob_write(opened, "12345", 5, 8) == SQLITE_ERROR);
        CHECK(db().one("select hex(bytes) from files") == "00000000000000000000");
    }

    TEST_CASE_FIXTURE(one_blob, "expires when its row changes") {
        db().run("update files set bytes = x'ff'");
        unsigned char byte = 0;
        CHECK(sqlite3_blob_read(opened, &byte, 1, 0) == SQLITE_ABORT);
    }
}
