#include <atomic>
#include <thread>

#include "shop.hpp"

// Any thread may use assertions. A failure in any thread fails the test.

using shop::db;
using sqlite::database;

namespace {

template <class F>
void in_threads(int count, F work) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i) {
        threads.emplace_back(work, i);
    }
    for (std::thread& each : threads) {
        each.join();
    }
}

}  // namespace

TEST_SUITE("threads", tag("api"), threads(2)) {
    TEST_CASE("one connection serves several threads") {
        REQUIRE(sqlite3_threadsafe() == 1);
        in_threads(4, [](int first) {
            for (int customer = first * 10 + 1; customer <= first * 10 + 10; ++customer) {
                CAPTURE(customer);
                CHECK(db().one("select count(*) from orders where customer = ?", {customer}) ==
                      shop::orders / shop::customers);
            }
        });
    }

    TEST_CASE("a connection a thread, one file, no row lost") {
        const std::string path = sqlite::temporary_path("counted.db");
        database(path).run("pragma journal_mode = wal; create table t (who, n)");
        in_threads(4, [&path](int who) {
            database own(path);
            sqlite3_busy_timeout(own.handle(), 10'000);
            own.run("pragma synchronous = off");
            for (int n = 0; n < 25; ++n) {
                own.run("insert into t values (?, ?)", {who, n});
            }
        });
        database counted(path);
        CHECK(counted.one("select count(*) from t") == 100);
        CHECK(counted.one("select count(distinct who * 100 + n) from t") == 100);
    }

    TEST_CASE("another thread interrupts a query") {
        std::atomic<bool> over{false};
        std::thread impatient([&over] {
            while (!over) {
                sqlite3_interrupt(db().handle());
                std::this_thread::yield();
            }
        });
        const int code = db().code_of("select count(*) from orders a, orders b where a.quantity < b.quantity");
        over = true;
        impatient.join();
        CHECK(code == SQLITE_INTERRUPT);
    }
}
