#pragma once

// All tests start from this database: a shop with 120,000 orders, in memory. GLOBAL_SETUP fills it once. Every test has
// its own copy in its own process, so it may change or break it. Formulas give the content of the tables, so a test can
// compute what SQLite should answer.

#include "database.hpp"

namespace shop {

constexpr int customers = 2'000;
constexpr int products = 200;
constexpr int orders = 120'000;
constexpr int days = 365;

struct order {
    int id;  ///< 1 to `orders`
    int customer;
    int product;
    int quantity;
    int day;
    const char* status;
};

constexpr order order_of(int id) {
    return {id,         id % customers + 1, id * 7 % products + 1,
            id % 5 + 1, id % days,          id % 10 == 0 ? "cancelled" : id % 3 == 0 ? "open" : "shipped"};
}

/// In cents.
constexpr int price_of(int product) { return 100 + product * 25; }

const char* city_of(int customer);

/// Calls `look` with each order: what a query is compared with.
template <class F>
void each_order(F look) {
    for (int id = 1; id <= orders; ++id) {
        look(order_of(id));
    }
}

/// The shop's database.
sqlite::database& db();

/// Opens the database and fills it.
void open();

}  // namespace shop
