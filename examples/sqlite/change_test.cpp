#include <algorithm>

#include "shop.hpp"

// Every test here changes the shop, but only in its own process. The next test starts from the complete shop again.

using shop::db;
using sqlite::null;
using sqlite::table;

namespace {

int changes() { return sqlite3_changes(db().handle()); }

}  // namespace

TEST_SUITE("changes", tag("write")) {
    TEST_CASE("an insert is counted and seen") {
        db().run("insert into orders (customer, product, quantity, day) values (1, 1, 1, 400), (2, 2, 2, 400)");
        CHECK(changes() == 2);
        CHECK(sqlite3_last_insert_rowid(db().handle()) == shop::orders + 2);
        CHECK(db().query("select customer, status from orders where day = 400 order by id") ==
              table{{1, "open"}, {2, "open"}});
    }

    TEST_CASE("an update touches what its condition names") {
        db().run("update orders set quantity = quantity + 10 where customer = 7");
        CHECK(changes() == shop::orders / shop::customers);
        CHECK(db().one("select count(*) from orders where quantity > 10") == shop::orders / shop::customers);
    }

    TEST_CASE("an update may take its values from another table") {
        db().run("create table new_prices (product int, cents int); insert into new_prices values (1, 5), (2, 6)");
        db().run("update products set cents = new_prices.cents from new_prices where product = products.id");
        CHECK(db().query("select cents from products where id <= 3 order by id") ==
              table{{5}, {6}, {shop::price_of(3)}});
    }

    TEST_CASE("all orders are deleted") {
        db().run("delete from orders");
        CHECK(changes() == shop::orders);
        CHECK(db().one("select count(*) from orders") == 0);
        CHECK(db().one("pragma integrity_check") == "ok");
    }

    TEST_CASE("and are all there in the next test") { CHECK(db().one("select count(*) from orders") == shop::orders); }

    TEST_CASE("half of the orders go") {
        db().run("delete from orders where id % 2 = 0");
        CHECK(db().one("select count(*) from orders") == shop::orders / 2);
        CHECK(db().one("select count(*) from orders where customer in (1, 3, 5)") == 0);  // they had even ids
        CHECK(db().one("pragma integrity_check") == "ok");
    }

    TEST_CASE("a delete with ORDER BY and LIMIT") {
        sqlite::needs_option("ENABLE_UPDATE_DELETE_LIMIT");
        db().run("delete from orders order by id desc limit 5");
        CHECK(db().one("select max(id) from orders") == shop::orders - 5);
    }

    TEST_CASE("RETURNING says what was changed") {
        sqlite::needs_version(3035000);
        CHECK(db().query("update products set cents = cents * 2 where id = 3 returning id, cents") ==
              table{{3, 2 * shop::price_of(3)}});
        CHECK(db().query("delete from products where id > 198 and id not in (select product from orders) returning id")
                  .empty());
        CHECK(db().query("insert into products (name, cents) values ('new', 1) returning id") ==
              table{{shop::products + 1}});
    }

    TEST_CASE("an insert that becomes an update") {
        const char* upsert =
            "insert into products values (1, 'product 1', 99) on conflict (id) do update set cents = excluded.cents";
        db().run(upsert);
        CHECK(db().one("select cents from products where id = 1") == 99);
        SUBCASE("only where its condition holds") {
            db().run(std::string(upsert) + " where products.cents > 1000");
            CHECK(changes() == 0);
            CHECK(db().one("select cents from products where id = 1") == 99);
        }
        SUBCASE("or nothing at all") {
            db().run("insert into products values (1, 'x', 1) on conflict do nothing");
            CHECK(db().one("select name from products where id = 1") == "product 1");
        }
    }

    TEST_CASE("the five ways to resolve a conflict") {
        // The subcases of a test share its process. A database that it opens is new in each pass; the shop is not.
        sqlite::database own;
        own.run("create table t (x integer unique); insert into t values (1); begin");
        const auto insert_both = [&own](const char* how) {
            return own.code_of(std::string("insert or ") + how + " into t values (2), (1), (3)");
        };
        const auto found = [&own] { return own.query("select x from t order by x"); };
        const auto in_transaction = [&own] { return sqlite3_get_autocommit(own.handle()) == 0; };

        SUBCASE("abort takes back the statement") {
            CHECK(insert_both("abort") == SQLITE_CONSTRAINT_UNIQUE);
            CHECK(found() == table{{1}});
            CHECK(in_transaction());
        }
        SUBCASE("fail keeps what came before") {
            CHECK(insert_both("fail") == SQLITE_CONSTRAINT_UNIQUE);
            CHECK(found() == table{{1}, {2}});
            CHECK(in_transaction());
        }
        SUBCASE("ignore leaves the row out") {
            CHECK(insert_both("ignore") == SQLITE_OK);
            CHECK(found() == table{{1}, {2}, {3}});
        }
        SUBCASE("replace removes the other row") {
            CHECK(insert_both("replace") == SQLITE_OK);
            CHECK(found() == table{{1}, {2}, {3}});
        }
        SUBCASE("rollback ends the transaction") {
            CHECK(insert_both("rollback") == SQLITE_CONSTRAINT_UNIQUE);
            CHECK(found() == table{{1}});
            CHECK_FALSE(in_transaction());
        }
    }
}

TEST_SUITE("wrecking", tag("write"), tag("ddl")) {
    TEST_CASE("every table is dropped") {
        db().run("pragma foreign_keys = off; drop table orders; drop table products; drop table customers");
        CHECK(db().one("select count(*) from sqlite_schema where name not like 'sqlite_%'") == 0);
        CHECK_THROWS_WITH_AS(db().query("select * from orders"), "no such table: orders", sqlite::error);
    }

    TEST_CASE("a table in use by another is not dropped") {
        CHECK(db().code_of("drop table customers") == SQLITE_CONSTRAINT_FOREIGNKEY);
        CHECK(db().one("select count(*) from customers") == shop::customers);
    }

    TEST_CASE("columns come and go") {
        sqlite::needs_version(3035000);
        db().run("alter table orders add column note text default 'none'");
        CHECK(db().one("select count(*) from orders where note = 'none'") == shop::orders);
        db().run("alter table orders drop column note");
        CHECK_THROWS_WITH_AS(db().query("select note from orders"), "no such column: note", sqlite::error);
    }

    TEST_CASE("names change, and what refers to them follows") {
        db().run("alter table customers rename to buyers; alter table buyers rename column city to town");
        CHECK(db().one("select town from buyers where id = 1") == shop::city_of(1));
        const std::string orders = db().one("select sql from sqlite_schema where name = 'orders'").text();
        CHECK(orders.find("references \"buyers\"") != std::string::npos);
        CHECK(db().one("pragma foreign_key_check").is_null());
    }

    TEST_CASE("a schema edited by hand is found out") {
        db().run("pragma writable_schema = on; update sqlite_schema set rootpage = 999999 where name = 'products'");
        db().run("pragma writable_schema = reset");
        CHECK(db().code_of("select * from products") == SQLITE_CORRUPT);
        CHECK(db().code_of("pragma integrity_check") == SQLITE_CORRUPT);
    }

    TEST_CASE("memory that is overwritten hurts this test alone") {
        // The pages of the database are in the memory of this process. No other process sees what it writes.
        unsigned char* bytes = nullptr;
        sqlite3_int64 size = 0;
        REQUIRE((bytes = sqlite3_serialize(db().handle(), "main", &size, 0)) != nullptr);
        std::fill(bytes + 100, bytes + 4096, static_cast<unsigned char>(0xFF));
        sqlite::database copy;
        REQUIRE(sqlite3_deserialize(copy.handle(), "main", bytes, size, size, SQLITE_DESERIALIZE_FREEONCLOSE) == 0);
        CHECK(copy.code_of("select count(*) from orders") == SQLITE_CORRUPT);
    }
}
