// A suite for real code: SQLite, as the system's library. Run it without arguments; docs/sqlite-example.md shows what
// comes out, and what it costs with and without shared setup.
#define CORDON_MAIN
#include "shop.hpp"

// Once in a worker process; the tests are forked from what stands afterwards.
GLOBAL_SETUP() {
    shop::open();
    REQUIRE(shop::db().one("select count(*) from orders") == shop::orders);
}
