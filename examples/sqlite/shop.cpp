#include "shop.hpp"

namespace shop {

namespace {

constexpr const char* schema = R"(
    create table customers (id integer primary key, name text not null, city text not null, email text unique);
    create table products (id integer primary key, name text not null, cents integer not null check (cents > 0));
    create table orders (
        id integer primary key,
        customer integer not null references customers,
        product integer not null references products,
        quantity integer not null check (quantity between 1 and 100),
        day integer not null,
        status text not null default 'open'
    );
)";

constexpr const char* indexes = R"(
    create index orders_by_customer on orders (customer, day);
    create index orders_by_product on orders (product);
    create index open_orders on orders (day) where status = 'open';
    analyze;
)";

// Never closed. Else each test's process would close its copy at its end, and copy every page that this touches.
sqlite::database* opened = nullptr;

void add(sqlite::statement& into, const sqlite::row& values) {
    into.bind(values);
    into.step();
    into.reset();
}

void fill_customers(sqlite3* connection) {
    sqlite::statement into(connection, "insert into customers values (?, ?, ?, ?)");
    for (int id = 1; id <= customers; ++id) {
        const std::string name = "customer " + std::to_string(id);
        add(into, {id, name, city_of(id), "c" + std::to_string(id) + "@example.org"});
    }
}

void fill_products(sqlite3* connection) {
    sqlite::statement into(connection, "insert into products values (?, ?, ?)");
    for (int id = 1; id <= products; ++id) {
        add(into, {id, "product " + std::to_string(id), price_of(id)});
    }
}

void fill_orders(sqlite3* connection) {
    sqlite::statement into(connection, "insert into orders values (?, ?, ?, ?, ?, ?)");
    each_order([&](const order& each) {
        add(into, {each.id, each.customer, each.product, each.quantity, each.day, each.status});
    });
}

}  // namespace

const char* city_of(int customer) {
    constexpr const char* cities[] = {"Aachen", "Bergen", "Cork", "Delft", "Évora"};
    return cities[customer % 5];
}

sqlite::database& db() { return *opened; }

void open() {
    opened = new sqlite::database;
    opened->run("pragma foreign_keys = on; begin");
    opened->run(schema);
    fill_customers(opened->handle());
    fill_products(opened->handle());
    fill_orders(opened->handle());
    opened->run(indexes);
    opened->run("commit");
}

}  // namespace shop
