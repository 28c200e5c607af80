// A suite for real code: SQLite, the library of the system. Run it without arguments. docs/sqlite-example.md shows the
// output, and the cost with and without shared setup.
#define CORDON_MAIN
#include "shop.hpp"

// Runs once in each worker process. The tests are forked from the state after it.
GLOBAL_SETUP() {
    shop::open();
    REQUIRE(shop::db().one("select count(*) from orders") == shop::orders);
}
