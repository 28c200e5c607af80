#include "shop.hpp"

using shop::db;
using sqlite::null;
using sqlite::table;

TEST_SUITE("constraints", tag("ddl")) {
    TEST_CASE("what is refused, and what it is called") {
        SUBCASE("a key that exists") {
            CHECK(db().code_of("insert into products values (1, 'x', 1)") == SQLITE_CONSTRAINT_PRIMARYKEY);
            CHECK_THROWS_WITH_AS(db().run("insert into products values (1, 'x', 1)"),
                                 "UNIQUE constraint failed: products.id", sqlite::error);
        }
        SUBCASE("a value that has to be unique") {
            CHECK(db().code_of("update customers set email = 'c1@example.org' where id = 2") ==
                  SQLITE_CONSTRAINT_UNIQUE);
        }
        SUBCASE("a missing value") {
            CHECK(db().code_of("insert into products (cents) values (1)") == SQLITE_CONSTRAINT_NOTNULL);
        }
        SUBCASE("a value that a CHECK forbids") {
            CHECK(db().code_of("insert into products values (1000, 'x', 0)") == SQLITE_CONSTRAINT_CHECK);
            CHECK(db().code_of("update orders set quantity = 101") == SQLITE_CONSTRAINT_CHECK);
        }
        SUBCASE("a reference to nothing") {
            CHECK(db().code_of("insert into orders values (0, 999999, 1, 1, 1, 'open')") ==
                  SQLITE_CONSTRAINT_FOREIGNKEY);
        }
        CHECK(db().one("select count(*) from orders") == shop::orders);
        CHECK(db().one("select sum(quantity) from orders") == 3 * shop::orders);
    }

    TEST_CASE("a customer with orders stays") {
        CHECK(db().code_of("delete from customers where id = 1") == SQLITE_CONSTRAINT_FOREIGNKEY);
        db().run("pragma foreign_keys = off; delete from customers where id = 1");
        CHECK(db().query("pragma foreign_key_check").size() == shop::orders / shop::customers);
    }

    TEST_CASE("references may take along, or be emptied") {
        db().run(
            "create table parents (id integer primary key);"
            "create table taken (p references parents on delete cascade);"
            "create table emptied (p references parents on delete set null);"
            "insert into parents values (1), (2); insert into taken values (1), (2);"
            "insert into emptied values (1), (2); delete from parents where id = 1");
        CHECK(db().query("select p from taken") == table{{2}});
        CHECK(db().query("select p from emptied order by p") == table{{null()}, {2}});
    }

    TEST_CASE("a deferred reference is checked at the commit") {
        sqlite::database own;
        own.run(
            "pragma foreign_keys = on; create table b (id integer primary key);"
            "create table a (b references b deferrable initially deferred); begin; insert into a values (1)");
        SUBCASE("and holds by then") {
            own.run("insert into b values (1)");
            CHECK(own.code_of("commit") == SQLITE_OK);
        }
        SUBCASE("or does not") { CHECK(own.code_of("commit") == SQLITE_CONSTRAINT_FOREIGNKEY); }
    }

    TEST_CASE("a strict table minds its types", tag("recent")) {
        sqlite::needs_version(3037000);
        db().run("create table loose (x int); create table tight (x int) strict");
        CHECK(db().code_of("insert into loose values ('word')") == SQLITE_OK);
        CHECK(db().code_of("insert into tight values ('12')") == SQLITE_OK);  // it can become a number
        CHECK(db().code_of("insert into tight values ('word')") == SQLITE_CONSTRAINT_DATATYPE);
    }

    TEST_CASE("affinity turns text into numbers where a column asks for it") {
        db().run("create table t (i integer, r real, t text, b blob); insert into t values ('12', '12', 12, '12')");
        CHECK(db().query("select * from t") == table{{12, 12.0, "12", "12"}});
    }

    TEST_CASE("AUTOINCREMENT never gives a number again") {
        db().run(
            "create table plain (id integer primary key); create table rising (id integer primary key autoincrement)");
        for (const char* name : {"plain", "rising"}) {
            const std::string into = name;
            db().run("insert into " + into + " values (5); delete from " + into + "; insert into " + into +
                     " default values");
        }
        CHECK(db().one("select id from plain") == 1);
        CHECK(db().one("select id from rising") == 6);
    }

    TEST_CASE("generated columns follow the others") {
        db().run("alter table products add column euros real as (cents / 100.0)");
        CHECK(db().one("select euros from products where id = 4") == 2.0);
        db().run("update products set cents = 350 where id = 4");
        CHECK(db().one("select euros from products where id = 4") == 3.5);
        CHECK_THROWS_AS(db().run("update products set euros = 1"), sqlite::error);
    }
}

TEST_SUITE("triggers", tag("ddl"), tag("write")) {
    TEST_CASE("a log is kept of what changes") {
        db().run(
            "create table log (product, was, is_now); create trigger watch after update of cents on products "
            "begin insert into log values (old.id, old.cents, new.cents); end");
        db().run("update products set cents = cents + 1 where id in (1, 2); update products set name = 'x'");
        CHECK(db().query("select * from log order by product") ==
              table{{1, shop::price_of(1), shop::price_of(1) + 1}, {2, shop::price_of(2), shop::price_of(2) + 1}});
    }

    TEST_CASE("a trigger refuses with its own words") {
        db().run(
            "create trigger guard before delete on orders when old.status = 'shipped' "
            "begin select raise(abort, 'shipped orders stay'); end");
        CHECK_THROWS_WITH_AS(db().run("delete from orders"), "shipped orders stay", sqlite::error);
        CHECK(db().one("select count(*) from orders") == shop::orders);
        CHECK(db().code_of("delete from orders where status = 'open'") == SQLITE_OK);
    }

    TEST_CASE("a view is written through INSTEAD OF") {
        db().run(
            "create view names as select id, name from customers;"
            "create trigger rename instead of update on names begin "
            "update customers set name = upper(new.name) where id = old.id; end");
        db().run("update names set name = 'ada' where id = 1");
        CHECK(db().one("select name from customers where id = 1") == "ADA");
    }

    TEST_CASE("recursive triggers stop at the limit") {
        db().run(
            "pragma recursive_triggers = on; create table t (x);"
            "create trigger again after insert on t begin insert into t values (new.x + 1); end");
        CHECK_THROWS_WITH_AS(db().run("insert into t values (1)"), "too many levels of trigger recursion",
                             sqlite::error);
        CHECK(db().one("select count(*) from t") == 0);
    }
}

TEST_SUITE("views", tag("ddl")) {
    TEST_CASE("a view shows what its tables hold now") {
        db().run(
            "create view revenue as select city, sum(quantity * cents) as cents from orders "
            "join customers on customers.id = customer join products on products.id = product group by city");
        const sqlite::value before = db().one("select cents from revenue where city = 'Cork'");
        db().run("update products set cents = cents * 2");
        CHECK(db().one("select cents from revenue where city = 'Cork'") == 2 * before.integer());
    }

    TEST_CASE("a view of a table that is gone") {
        db().run("create view v as select x from t; create table t (x); insert into t values (1)");
        CHECK(db().one("select x from v") == 1);
        db().run("drop table t");
        CHECK_THROWS_WITH_AS(db().query("select * from v"), "no such table: main.t", sqlite::error);
    }
}
