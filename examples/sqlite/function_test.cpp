#include <algorithm>
#include <cctype>
#include <cstring>

#include "shop.hpp"

// SQLite calls these C++ functions.

using shop::db;
using sqlite::table;

namespace {

std::string text_of(sqlite3_value* argument) { return reinterpret_cast<const char*>(sqlite3_value_text(argument)); }

void reverse(sqlite3_context* context, int, sqlite3_value** arguments) {
    std::string text = text_of(arguments[0]);
    std::reverse(text.begin(), text.end());
    sqlite3_result_text(context, text.c_str(), -1, SQLITE_TRANSIENT);
}

void refuse(sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_error(context, "not today", -1); }

// An aggregate: the product of all values, in memory that SQLite provides for each group.
void multiply(sqlite3_context* context, int, sqlite3_value** arguments) {
    auto* so_far = static_cast<double*>(sqlite3_aggregate_context(context, sizeof(double)));
    *so_far = (*so_far == 0 ? 1 : *so_far) * sqlite3_value_double(arguments[0]);
}
void divide(sqlite3_context* context, int, sqlite3_value** arguments) {
    *static_cast<double*>(sqlite3_aggregate_context(context, sizeof(double))) /= sqlite3_value_double(arguments[0]);
}
void tell_product(sqlite3_context* context) {
    const auto* found = static_cast<double*>(sqlite3_aggregate_context(context, 0));
    sqlite3_result_double(context, found == nullptr ? 1 : *found);
}

// "item 9" before "item 10": by the number at the end, if the texts before it are of equal length.
int by_trailing_number(void*, int left_size, const void* left, int right_size, const void* right) {
    const auto number = [](int size, const void* text) {
        const std::string all(static_cast<const char*>(text), static_cast<std::size_t>(size));
        const std::size_t digits = all.find_last_not_of("0123456789") + 1;
        return digits == all.size() ? 0 : std::stoi(all.substr(digits));
    };
    return number(left_size, left) - number(right_size, right);
}

}  // namespace

TEST_SUITE("functions", tag("api")) {
    TEST_CASE("a function in C++") {
        sqlite3_create_function(db().handle(), "reverse", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, reverse,
                                nullptr, nullptr);
        CHECK(db().one("select reverse('stressed')") == "desserts");
        CHECK(db().one("select count(*) from customers where reverse(name) like '1 %'") == 1);
        SUBCASE("may be indexed, as it is deterministic") {
            db().run("create index backwards on customers (reverse(name))");
            CHECK(db().plan("select id from customers where reverse(name) = '1 remotsuc'") ==
                  "SEARCH customers USING INDEX backwards (<expr>=?)");
        }
    }

    TEST_CASE("a function that refuses") {
        sqlite3_create_function(db().handle(), "refuse", -1, SQLITE_UTF8, nullptr, refuse, nullptr, nullptr);
        CHECK_THROWS_WITH_AS(db().one("select refuse(1, 2, 3)"), "not today", sqlite::error);
        CHECK(db().code_of("update products set cents = refuse()") == SQLITE_ERROR);
        CHECK(db().one("select sum(cents) from products").integer() > 0);
    }

    TEST_CASE("an aggregate, also over a window") {
        sqlite3_create_window_function(db().handle(), "product_of", 1, SQLITE_UTF8, nullptr, multiply, tell_product,
                                       tell_product, divide, nullptr);
        CHECK(db().one("with v(x) as (values (2), (3), (4)) select product_of(x) from v") == 24.0);
        CHECK(db().one("select product_of(x) from (select 1 as x where 0)") == 1.0);
        CHECK(db().query("with v(x) as (values (2), (3), (4)) "
                         "select product_of(x) over (order by x rows 1 preceding) from v") ==
              table{{2.0}, {6.0}, {12.0}});
    }

    TEST_CASE("a collation orders") {
        sqlite3_create_collation(db().handle(), "by_number", SQLITE_UTF8, nullptr, by_trailing_number);
        const std::string names = "select name from products order by name ";
        CHECK(db().query(names + "limit 3") == table{{"product 1"}, {"product 10"}, {"product 100"}});
        CHECK(db().query(names + "collate by_number limit 3") == table{{"product 1"}, {"product 2"}, {"product 3"}});
    }

    TEST_CASE("collations that come along") {
        CHECK(db().one("select 'A' = 'a'") == 0);
        CHECK(db().one("select 'A' = 'a' collate nocase") == 1);
        CHECK(db().one("select 'É' = 'é' collate nocase") == 0);  // ASCII only
        CHECK(db().one("select 'a' = 'a  ' collate rtrim") == 1);
    }

    TEST_CASE("mathematics", tag("recent")) {
        sqlite::needs_option("ENABLE_MATH_FUNCTIONS");
        CHECK(db().one("select sqrt(2)").real() == cordon::Approx(1.41421356));
        CHECK(db().one("select pi()").real() == cordon::Approx(3.14159265));
        CHECK(db().one("select sqrt(-1)").is_null());
        CHECK(db().one("select mod(7.5, 2)") == 1.5);
    }

    TEST_CASE("dates") {
        CHECK(db().one("select date('2024-01-31', '+1 month')") == "2024-03-02");
        CHECK(db().one("select date('2024-02-29', '+1 year')") == "2025-03-01");
        CHECK(db().one("select strftime('%w', '2000-01-01')") == "6");
        CHECK(db().one("select julianday('2000-01-01 12:00')") == 2451545.0);
        CHECK(db().one("select date('no day')").is_null());
    }
}

TEST_SUITE("hooks", tag("api")) {
    TEST_CASE("every changed row is told") {
        std::vector<std::string> seen;
        sqlite3_update_hook(
            db().handle(),
            [](void* to, int what, const char*, const char* name, sqlite3_int64 id) {
                const char* verb = what == SQLITE_INSERT ? "+" : what == SQLITE_DELETE ? "-" : "=";
                static_cast<std::vector<std::string>*>(to)->push_back(verb + std::string(name) + std::to_string(id));
            },
            &seen);
        db().run(
            "insert into products values (500, 'x', 1); update products set cents = 2 where id = 500;"
            "delete from products where id = 500");
        CHECK(seen == std::vector<std::string>{"+products500", "=products500", "-products500"});
    }

    TEST_CASE("a commit may be refused") {
        sqlite3_commit_hook(
            db().handle(), [](void*) { return 1; }, nullptr);
        CHECK(db().code_of("delete from orders") == SQLITE_CONSTRAINT_COMMITHOOK);
        sqlite3_commit_hook(db().handle(), nullptr, nullptr);
        CHECK(db().one("select count(*) from orders") == shop::orders);
    }

    TEST_CASE("an authorizer hides a column") {
        sqlite3_set_authorizer(
            db().handle(),
            [](void*, int action, const char*, const char* column, const char*, const char*) {
                const bool secret = action == SQLITE_READ && column != nullptr && std::strcmp(column, "email") == 0;
                return secret ? SQLITE_IGNORE : action == SQLITE_DELETE ? SQLITE_DENY : SQLITE_OK;
            },
            nullptr);
        CHECK(db().query("select name, email from customers where id = 1") == table{{"customer 1", sqlite::null()}});
        CHECK_THROWS_WITH_AS(db().run("delete from customers"), "not authorized", sqlite::error);
    }

    TEST_CASE("statements are traced") {
        std::vector<std::string> seen;
        sqlite3_trace_v2(
            db().handle(), SQLITE_TRACE_STMT,
            [](unsigned, void* to, void*, void* text) {
                static_cast<std::vector<std::string>*>(to)->emplace_back(static_cast<const char*>(text));
                return 0;
            },
            &seen);
        db().run("select 1; select 2");
        CHECK(seen == std::vector<std::string>{"select 1;", "select 2"});
    }
}
