#include "shop.hpp"

using shop::db;
using sqlite::null;
using sqlite::table;

namespace {

const char* const adjectives[] = {"red", "small", "wooden", "quiet", "heavy"};
const char* const things[] = {"chair", "lamp", "clock", "kettle", "drawer", "mirror", "basket"};

/// Text of product `id`: which words it has follows from the number.
std::string description_of(int id) {
    return std::string("A ") + adjectives[id % 5] + " " + things[id % 7] + ", number " + std::to_string(id);
}

}  // namespace

TEST_SUITE("full text", tag("text")) {
    // On top of the shop, for the tests of this suite. cordon forks once more, from the worker that has the shop.
    SUITE_SETUP() {
        if (sqlite3_compileoption_used("ENABLE_FTS5") == 0) return;
        db().run("create virtual table descriptions using fts5 (text, tokenize = 'porter unicode61'); begin");
        for (int id = 1; id <= 3'500; ++id) {
            db().run("insert into descriptions (rowid, text) values (?, ?)", {id, description_of(id)});
        }
        db().run("commit");
    }

    int matches(const char* query) {
        sqlite::needs_option("ENABLE_FTS5");
        return static_cast<int>(db().one("select count(*) from descriptions where text match ?", {query}).integer());
    }

    TEST_CASE("words are found") {
        CHECK(matches("kettle") == 500);
        CHECK(matches("sofa") == 0);
    }

    TEST_CASE("words join by AND, OR and NOT") {
        CHECK(matches("red AND kettle") == 100);
        CHECK(matches("red OR kettle") == 700 + 500 - 100);
        CHECK(matches("kettle NOT red") == 400);
    }

    TEST_CASE("phrases, prefixes and stems") {
        CHECK(matches("\"red kettle\"") == 100);
        CHECK(matches("\"kettle red\"") == 0);
        CHECK(matches("ket*") == 500);
        CHECK(matches("kettles") == 500);
        CHECK(matches("NUMBER") == 3500);
    }

    TEST_CASE("the match is marked") {
        sqlite::needs_option("ENABLE_FTS5");
        CHECK(db().one("select highlight(descriptions, 0, '[', ']') from descriptions where text match 'lamp AND 1'") ==
              "A small [lamp], number [1]");
    }

    TEST_CASE("what is deleted is not found") {
        sqlite::needs_option("ENABLE_FTS5");
        db().run("delete from descriptions where rowid % 2 = 0");
        CHECK(matches("kettle") == 250);
        db().run("insert into descriptions (descriptions) values ('integrity-check')");
    }

    TEST_CASE("and is found again in the next test") { CHECK(matches("kettle") == 500); }

    TEST_CASE("a query that is none") {
        sqlite::needs_option("ENABLE_FTS5");
        CHECK_THROWS_WITH_AS(matches("red AND"), "fts5: syntax error near \"\"", sqlite::error);
    }
}

TEST_SUITE("json", tag("text"), tag("recent")) {
    TEST_CASE("values are taken out by their path") {
        sqlite::needs_version(3038000);
        const char* text = R"({"a": {"b": [1, 2.5, "three", null, true]}})";
        CHECK(db().query("select ?1 ->> '$.a.b[0]', ?1 ->> '$.a.b[1]', ?1 ->> '$.a.b[2]', ?1 ->> '$.a.b[3]', "
                         "?1 ->> '$.a.b[4]', ?1 ->> '$.c', ?1 -> '$.a.b[2]'",
                         {text}) == table{{1, 2.5, "three", null(), 1, null(), "\"three\""}});
    }

    TEST_CASE("texts are built and changed") {
        sqlite::needs_version(3038000);
        CHECK(db().one("select json_object('id', 1, 'tags', json_array('a', null))") ==
              R"({"id":1,"tags":["a",null]})");
        CHECK(db().one(R"(select json_set('{"a":1}', '$.b', 2))") == R"({"a":1,"b":2})");
        CHECK(db().one(R"(select json_remove('{"a":1,"b":2}', '$.a'))") == R"({"b":2})");
        CHECK(db().one(R"(select json_patch('{"a":1}', '{"a":null,"c":3}'))") == R"({"c":3})");
    }

    TEST_CASE("a text becomes rows, and rows a text") {
        sqlite::needs_version(3038000);
        CHECK(db().query("select key, value from json_each('[10, 20]')") == table{{0, 10}, {1, 20}});
        CHECK(db().one(
                  "select json_group_array(id) from (select id from orders where customer = 3 order by id limit 3)") ==
              "[2,2002,4002]");
        CHECK(db().one("select json_group_object(status, n) from (select status, count(*) as n from orders "
                       "where id <= 10 group by status order by status)") == R"({"cancelled":1,"open":3,"shipped":6})");
    }

    TEST_CASE("what is no JSON") {
        sqlite::needs_version(3038000);
        CHECK(db().one("select json_valid('{\"a\":}')") == 0);
        CHECK_THROWS_WITH_AS(db().one("select json('{\"a\":}')"), "malformed JSON", sqlite::error);
    }
}

TEST_SUITE("text", tag("text")) {
    TEST_CASE("LIKE and GLOB") {
        CHECK(db().one("select count(*) from customers where name like 'CUSTOMER 1_'") == 10);
        CHECK(db().one("select count(*) from customers where name glob 'customer 1?'") == 10);
        CHECK(db().one("select count(*) from customers where name glob 'CUSTOMER 1?'") == 0);
        CHECK(db().one("select '50%' like '50!%' escape '!'") == 1);
        db().run("pragma case_sensitive_like = on");
        CHECK(db().one("select count(*) from customers where name like 'CUSTOMER 1_'") == 0);
    }

    TEST_CASE("text is counted in characters, bytes in bytes") {
        CHECK(db().query("select length('Évora'), length(cast('Évora' as blob)), substr('Évora', 1, 1), hex('É')") ==
              table{{5, 6, "É", "C389"}});
        CHECK(db().one("select unicode('é')") == 0xE9);
        CHECK(db().one("select char(72, 233)") == "Hé");
    }

    TEST_CASE("format") {
        CHECK(db().one("select printf('%05d|%-4s|%.2f|%x|%,d', 42, 'ab', 3.14159, 255, 1234567)") ==
              "00042|ab  |3.14|ff|1,234,567");
    }

    TEST_CASE("a megabyte of text") {
        const std::string large(1'000'000, 'x');
        db().run("update customers set name = ? where id = 1", {large});
        const sqlite::value found = db().one("select name from customers where id = 1");
        CHECK(found.text().size() == large.size());
        CHECK(found == large);
    }
}
