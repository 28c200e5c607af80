#include <cmath>
#include <limits>

#include "shop.hpp"

using shop::db;
using sqlite::blob;
using sqlite::null;
using sqlite::statement;
using sqlite::table;

TEST_SUITE("statements", tag("api")) {
    TEST_CASE("what is bound comes back as it was") {
        statement echo(db().handle(), "select ?1, typeof(?1)");
        const struct {
            sqlite::value value;
            const char* type;
        } cases[] = {
            {null(), "null"},
            {std::numeric_limits<std::int64_t>::min(), "integer"},
            {std::numeric_limits<std::int64_t>::max(), "integer"},
            {5e-324, "real"},
            {-0.0, "real"},
            {std::numeric_limits<double>::infinity(), "real"},
            {"", "text"},
            {"Évora \xF0\x9F\x98\x80", "text"},
            {std::string("a\0b", 3), "text"},
            {blob{}, "blob"},
            {blob{0, 255, 0}, "blob"},
        };
        for (const auto& each : cases) {
            CAPTURE(each.type);
            echo.bind(1, each.value);
            REQUIRE(echo.step());
            CHECK(echo.column(0) == each.value);
            CHECK(echo.column(1) == each.type);
            echo.reset();
        }
    }

    TEST_CASE("a NaN becomes NULL") {
        CHECK(db().one("select ?", {std::numeric_limits<double>::quiet_NaN()}).is_null());
    }

    TEST_CASE("parameters have names and numbers") {
        statement asked(db().handle(), "select :a + @b + $c + ?7");
        sqlite3_stmt* handle = asked.handle();
        CHECK(sqlite3_bind_parameter_count(handle) == 7);
        CHECK(sqlite3_bind_parameter_index(handle, ":a") == 1);
        CHECK(sqlite3_bind_parameter_index(handle, "$c") == 3);
        CHECK(sqlite3_bind_parameter_index(handle, ":d") == 0);
        CHECK(std::string(sqlite3_bind_parameter_name(handle, 2)) == "@b");
        asked.bind({1, 2, 3});
        asked.bind(7, 7);
        REQUIRE(asked.step());
        CHECK(asked.column(0) == 13);
    }

    TEST_CASE("an index out of range is refused") {
        statement asked(db().handle(), "select ?");
        CHECK_THROWS_AS(asked.bind(2, 1), sqlite::error);
        CHECK_THROWS_AS(asked.bind(0, 1), sqlite::error);
        CHECK_NOTHROW(asked.bind(1, 1));
    }

    TEST_CASE("a reset keeps what is bound") {
        statement asked(db().handle(), "select ?");
        asked.bind(1, "kept");
        REQUIRE(asked.step());
        asked.reset();
        REQUIRE(asked.step());
        CHECK(asked.column(0) == "kept");
        asked.reset();
        sqlite3_clear_bindings(asked.handle());
        REQUIRE(asked.step());
        CHECK(asked.column(0).is_null());
    }

    TEST_CASE("text in quotes is data, not SQL") {
        const char* attack = "'; drop table orders; --";
        CHECK(db().query("select id from customers where name = ?", {attack}).empty());
        CHECK(db().one("select count(*) from orders") == shop::orders);
        char* quoted = sqlite3_mprintf("select %Q", attack);
        CHECK(db().one(quoted) == attack);
        sqlite3_free(quoted);
    }

    TEST_CASE("columns say where they come from") {
        statement asked(db().handle(), "select name as who, id + 1 from customers");
        sqlite3_stmt* handle = asked.handle();
        REQUIRE(sqlite3_column_count(handle) == 2);
        CHECK(std::string(sqlite3_column_name(handle, 0)) == "who");
        CHECK(std::string(sqlite3_column_decltype(handle, 0)) == "TEXT");
        CHECK(sqlite3_column_decltype(handle, 1) == nullptr);
        SUBCASE("down to table and column") {
            sqlite::needs_option("ENABLE_COLUMN_METADATA");
            CHECK(std::string(sqlite3_column_table_name(handle, 0)) == "customers");
            CHECK(std::string(sqlite3_column_origin_name(handle, 0)) == "name");
        }
    }

    TEST_CASE("a statement knows whether it only reads") {
        CHECK(sqlite3_stmt_readonly(statement(db().handle(), "select * from orders").handle()) != 0);
        CHECK(sqlite3_stmt_readonly(statement(db().handle(), "delete from orders").handle()) == 0);
    }

    TEST_CASE("a statement outlives a change of the schema") {
        statement asked(db().handle(), "select * from products where id = 1");
        REQUIRE(asked.step());
        CHECK(asked.columns().size() == 3);
        asked.reset();
        db().run("alter table products add column colour text default 'red'");
        REQUIRE(asked.step());
        CHECK(asked.columns() == sqlite::row{1, "product 1", shop::price_of(1), "red"});
    }

    TEST_CASE("the text of a statement with its values in place") {
        statement asked(db().handle(), "select ?, ?");
        asked.bind({"it's", 1.5});
        char* text = sqlite3_expanded_sql(asked.handle());
        CHECK(std::string(text) == "select 'it''s', 1.5");
        sqlite3_free(text);
    }
}

TEST_SUITE("errors", tag("api")) {
    TEST_CASE("mistakes in SQL are named") {
        const struct {
            const char* sql;
            const char* message;
        } cases[] = {
            {"selekt 1", "near \"selekt\": syntax error"},
            {"select", "incomplete input"},
            {"select * from nowhere", "no such table: nowhere"},
            {"select what from orders", "no such column: what"},
            {"select unheard(1)", "no such function: unheard"},
            {"select 'open", "unrecognized token: \"'open\""},
            {"select abs(1, 2)", "wrong number of arguments to function abs()"},
            {"insert into orders values (1)", "table orders has 6 columns but 1 values were supplied"},
            {"select (select 1, 2)", "sub-select returns 2 columns - expected 1"},
            {"create table orders (x)", "table orders already exists"},
            {"select max(sum(quantity)) from orders", "misuse of aggregate function sum()"},
        };
        for (const auto& each : cases) {
            INFO(each.sql);
            CHECK_THROWS_WITH_AS(db().run(each.sql), each.message, sqlite::error);
            CHECK(sqlite3_errcode(db().handle()) == SQLITE_ERROR);
        }
    }

    TEST_CASE("the place of a mistake", tag("recent")) {
        sqlite::needs_version(3038000);
        CHECK(db().code_of("select 1, nothing from orders") == SQLITE_ERROR);
        CHECK(sqlite3_error_offset(db().handle()) == 10);
    }

    TEST_CASE("limits can be lowered") {
        sqlite3_limit(db().handle(), SQLITE_LIMIT_COLUMN, 3);
        sqlite3_limit(db().handle(), SQLITE_LIMIT_LENGTH, 1000);
        CHECK_THROWS_WITH_AS(db().query("select 1, 2, 3, 4"), "too many columns in result set", sqlite::error);
        CHECK(db().code_of("select length(zeroblob(2000))") == SQLITE_TOOBIG);
    }

    TEST_CASE("an interrupt ends a query") {
        int countdown = 3;
        sqlite3_progress_handler(
            db().handle(), 1000, [](void* left) { return --*static_cast<int*>(left) == 0 ? 1 : 0; }, &countdown);
        CHECK(db().code_of("select count(*) from orders a, orders b") == SQLITE_INTERRUPT);
        sqlite3_progress_handler(db().handle(), 0, nullptr, nullptr);
        CHECK(db().one("select count(*) from orders") == shop::orders);
    }

    TEST_CASE("memory that runs out is an error, not a crash") {
        sqlite3_hard_heap_limit64(sqlite3_memory_used() + 64 * 1024);
        CHECK(db().code_of("create table copy as select * from orders") == SQLITE_NOMEM);
        sqlite3_hard_heap_limit64(0);
        CHECK(db().one("pragma integrity_check") == "ok");
    }
}
