#include <map>
#include <set>

#include "shop.hpp"

// These tests compare the answers of SQLite with the formulas of the shop.

using shop::db;
using sqlite::null;
using sqlite::table;

TEST_SUITE("queries", tag("read")) {
    TEST_CASE("every order is there") {
        CHECK(db().one("select count(*) from orders") == shop::orders);
        CHECK(db().query("select min(id), max(id), count(distinct id) from orders") ==
              table{{1, shop::orders, shop::orders}});
        CHECK(db().one("pragma integrity_check") == "ok");
    }

    TEST_CASE("a row is found by its key") {
        for (const int id : {1, 777, shop::orders}) {
            const shop::order wanted = shop::order_of(id);
            CAPTURE(id);
            CHECK(db().query("select customer, product, quantity, day, status from orders where id = ?", {id}) ==
                  table{{wanted.customer, wanted.product, wanted.quantity, wanted.day, wanted.status}});
        }
        CHECK(db().query("select * from orders where id = ?", {shop::orders + 1}).empty());
    }

    TEST_CASE("groups have the sizes of a plain count") {
        std::map<std::string, int> expected;
        shop::each_order([&](const shop::order& each) { ++expected[each.status]; });
        std::map<std::string, int> found;
        for (const sqlite::row& group : db().query("select status, count(*) from orders group by status")) {
            found[group[0].text()] = static_cast<int>(group[1].integer());
        }
        CHECK(found == expected);
    }

    TEST_CASE("HAVING keeps whole groups") {
        const table busy = db().query("select day, count(*) as n from orders group by day having n > ? order by day",
                                      {shop::orders / shop::days});
        CHECK(busy.size() == shop::orders % shop::days);
        CHECK(busy.front() == sqlite::row{1, shop::orders / shop::days + 1});
    }

    TEST_CASE("an inner join multiplies price and quantity") {
        std::int64_t expected = 0;
        shop::each_order([&](const shop::order& each) { expected += each.quantity * shop::price_of(each.product); });
        CHECK(db().one("select sum(quantity * cents) from orders join products on products.id = product") == expected);
    }

    TEST_CASE("a left join keeps rows without a partner") {
        db().run("insert into customers values (9999, 'nobody', 'Nowhere', null)");
        const char* without_orders =
            "select customers.id from customers left join orders on customer = customers.id where orders.id is null";
        CHECK(db().query(without_orders) == table{{9999}});
    }

    TEST_CASE("right and full joins keep the other side", tag("recent")) {
        sqlite::needs_version(3039000);
        db().run(
            "create table a (x); create table b (x); insert into a values (1), (2); insert into b values (2), (3)");
        CHECK(db().query("select a.x, b.x from a right join b on a.x = b.x order by b.x") ==
              table{{2, 2}, {null(), 3}});
        CHECK(db().query("select a.x, b.x from a full join b on a.x = b.x order by coalesce(a.x, b.x)") ==
              table{{1, null()}, {2, 2}, {null(), 3}});
    }

    TEST_CASE("a join of three tables finds who buys what where") {
        std::set<std::string> expected;
        shop::each_order([&](const shop::order& each) {
            if (each.product == 42) expected.insert(shop::city_of(each.customer));
        });
        const char* cities =
            "select distinct city from orders join customers on customers.id = customer "
            "join products on products.id = product where products.name = 'product 42' order by city";
        std::set<std::string> found;
        for (const sqlite::row& each : db().query(cities)) {
            found.insert(each[0].text());
        }
        CHECK(found == expected);
    }

    TEST_CASE("subqueries") {
        SUBCASE("in a condition") {
            CHECK(db().one("select count(*) from products where cents > (select avg(cents) from products)") ==
                  shop::products / 2);
        }
        SUBCASE("correlated") {
            CHECK(db().one("select count(*) from customers where (select count(*) from orders where customer = "
                           "customers.id) = ?",
                           {shop::orders / shop::customers}) == shop::customers);
        }
        SUBCASE("with EXISTS") {
            CHECK(db().one("select count(*) from customers where not exists (select 1 from orders where customer = "
                           "customers.id)") == 0);
        }
        SUBCASE("in the place of a table") {
            CHECK(db().one("select max(n) from (select count(*) as n from orders group by product)") ==
                  shop::orders / shop::products);
        }
    }

    TEST_CASE("UNION, INTERSECT and EXCEPT are sets") {
        CHECK(db().query("select 1 union select 2 union select 1 order by 1") == table{{1}, {2}});
        CHECK(db().query("select 1 union all select 1") == table{{1}, {1}});
        CHECK(db().query("values (1), (2), (3) intersect values (2), (3), (4)") == table{{2}, {3}});
        CHECK(db().query("values (1), (2), (3) except values (2), (3), (4)") == table{{1}});
    }

    TEST_CASE("LIMIT and OFFSET page through an order") {
        const std::string page = "select id from orders order by id desc limit 3 offset ";
        CHECK(db().query(page + "0") == table{{shop::orders}, {shop::orders - 1}, {shop::orders - 2}});
        CHECK(db().query(page + "3").front() == sqlite::row{shop::orders - 3});
        CHECK(db().query(page + std::to_string(shop::orders)).empty());
    }

    TEST_CASE("NULL is neither equal nor different") {
        CHECK(db().one("select null = null").is_null());
        CHECK(db().one("select null <> 1").is_null());
        CHECK(db().one("select null is null") == 1);
        CHECK(db().one("select count(email) from customers") == shop::customers);
        db().run("update customers set email = null where id <= 10");
        CHECK(db().one("select count(email) from customers") == shop::customers - 10);
        CHECK(db().one("select count(*) from customers where email <> 'x'") == shop::customers - 10);
    }

    TEST_CASE("types are compared by class, then by value") {
        CHECK(
            db().query("with v(x) as (values (x'00'), ('a'), (2.5), (1), (null)) select typeof(x) from v order by x") ==
            table{{"null"}, {"integer"}, {"real"}, {"text"}, {"blob"}});
    }

    TEST_CASE("arithmetic") {
        CHECK(db().one("select 7 / 2") == 3);
        CHECK(db().one("select 7 / 2.0") == 3.5);
        CHECK(db().one("select -7 % 3") == -1);
        CHECK(db().one("select 1 / 0").is_null());
        CHECK(db().one("select 9223372036854775807 + 1").real() == cordon::Approx(9.223372036854775807e18));
        CHECK_THROWS_WITH_AS(db().one("with v(x) as (values (9223372036854775807), (1)) select sum(x) from v"),
                             "integer overflow", sqlite::error);
    }
}

TEST_SUITE("windows", tag("read")) {
    TEST_CASE("row_number counts within its partition") {
        const char* latest =
            "select customer, id from (select customer, id, row_number() over (partition by customer order by id desc) "
            "as n from orders) where n = 1 order by customer limit 2";
        CHECK(db().query(latest) == table{{1, shop::orders}, {2, shop::orders - shop::customers + 1}});
    }

    TEST_CASE("a running total ends at the sum") {
        const char* totals = "select sum(quantity) over (order by id), quantity from orders where customer = 5";
        const table found = db().query(totals);
        REQUIRE(found.size() == shop::orders / shop::customers);
        std::int64_t running = 0;
        for (const sqlite::row& each : found) {
            running += each[1].integer();
            REQUIRE(each[0] == running);
        }
    }

    TEST_CASE("lag and lead look at the neighbours") {
        CHECK(db().query("with v(x) as (values (1), (2), (3)) "
                         "select x, lag(x) over w, lead(x, 1, 0) over w from v window w as (order by x)") ==
              table{{1, null(), 2}, {2, 1, 3}, {3, 2, 0}});
    }

    TEST_CASE("rank leaves gaps, dense_rank does not") {
        CHECK(db().query("with v(x) as (values (1), (1), (2)) "
                         "select x, rank() over w, dense_rank() over w from v window w as (order by x)") ==
              table{{1, 1, 1}, {1, 1, 1}, {2, 3, 2}});
    }

    TEST_CASE("a frame limits what is summed") {
        CHECK(db().query("with v(x) as (values (1), (2), (3), (4)) "
                         "select sum(x) over (order by x rows between 1 preceding and 1 following) from v") ==
              table{{3}, {6}, {9}, {7}});
    }
}

TEST_SUITE("common tables", tag("read")) {
    TEST_CASE("a recursive table counts") {
        CHECK(db().one("with recursive n(x) as (values (1) union all select x + 1 from n where x < 1000) "
                       "select sum(x) from n") == 500500);
    }

    TEST_CASE("a recursive table walks a tree") {
        db().run(
            "create table parts (id integer primary key, parent int, name text);"
            "insert into parts values (1, null, 'car'), (2, 1, 'engine'), (3, 2, 'piston'), (4, 1, 'door')");
        CHECK(db().query("with recursive t(id, path) as (select id, name from parts where parent is null union all "
                         "select parts.id, path || '/' || name from parts join t on parent = t.id) "
                         "select path from t order by path") ==
              table{{"car"}, {"car/door"}, {"car/engine"}, {"car/engine/piston"}});
    }

    TEST_CASE("UNION ends a walk in circles") {
        db().run("create table edges (a, b); insert into edges values (1, 2), (2, 3), (3, 1)");
        CHECK(db().query("with recursive reach(x) as (values (1) union select b from edges join reach on a = x) "
                         "select x from reach order by x") == table{{1}, {2}, {3}});
    }

    TEST_CASE("several tables build on each other") {
        CHECK(db().one("with per_day as (select day, count(*) as n from orders group by day), "
                       "most as (select max(n) as n from per_day) "
                       "select count(*) from per_day join most using (n)") == shop::orders % shop::days);
    }
}

// The query plan of SQLite depends on its version. The index that it uses does not.
TEST_SUITE("plans", tag("read")) {
    bool uses(const std::string& index, const std::string& sql) {
        const std::string plan = db().plan(sql);
        INFO(plan);
        WARN_FALSE(plan.empty());
        return plan.find(index) != std::string::npos;
    }

    TEST_CASE("a key is searched, not scanned") {
        CHECK(uses("INTEGER PRIMARY KEY", "select * from orders where id = 1"));
        CHECK(db().plan("select * from orders where quantity = 1") == "SCAN orders");
    }

    TEST_CASE("an index is used for its columns") {
        const char* sql = "select day from orders where customer = 1 and day > 5";
        CHECK(uses("COVERING INDEX orders_by_customer (customer=? AND day>?)", sql));
        SUBCASE("and no more once it is dropped") {
            db().run("drop index orders_by_customer");
            CHECK(db().plan(sql) == "SCAN orders");
        }
    }

    TEST_CASE("a partial index serves only what it holds") {
        CHECK(uses("open_orders (day=?)", "select * from orders where status = 'open' and day = 3"));
        CHECK_FALSE(uses("open_orders", "select * from orders where status = 'shipped' and day = 3"));
    }

    TEST_CASE("an index on an expression") {
        db().run("create index by_suffix on customers (substr(email, 2))");
        CHECK(uses("by_suffix (<expr>=?)", "select id from customers where substr(email, 2) = '7@example.org'"));
        CHECK(db().one("select id from customers where substr(email, 2) = '7@example.org'") == 7);
    }

    TEST_CASE("an index spares the sort") {
        const char* sorted = "select id from orders order by product";
        CHECK(uses("orders_by_product", sorted));
        db().run("drop index orders_by_product");
        CHECK(uses("USE TEMP B-TREE FOR ORDER BY", sorted));
    }
}
