#include <doctest/doctest.h>
#include <cordon/engine/model/setup_plan.hpp>

#include <deque>
#include <string>

using namespace cordon::engine;
using cordon::detail::decorator;
using cordon::detail::suite;

// The registering constructor belongs to the worker; here the chain is put together by hand.
cordon::detail::setup::setup(void (*body_)(), cordon::location where_, const suite* owner_) noexcept
    : body(body_), where(where_), owner(owner_), next(nullptr) {}

namespace {

struct fixture {
    const suite* block(const char* name, const suite* parent = nullptr) {
        names.push_back(name);
        suites.push_back({{"s.cpp", 1}, parent, &names.back(), 1});
        return &suites.back();
    }
    void setup(const suite* owner, unsigned line = 1) {
        setups.emplace_back(nullptr, cordon::location{"s.cpp", line}, owner);
        if (setups.size() > 1) setups[setups.size() - 2].next = &setups.back();
    }
    void test(std::string_view in) {
        test_info made;
        made.suite = in;
        list.tests.push_back(made);
    }
    setup_plan build() { return build_setup_plan(list, setups.empty() ? nullptr : &setups.front()); }

    /// The suites of the setups that a test wants, the outermost first; "*" is the global one.
    static std::string chain(const setup_plan& of, std::size_t test) {
        std::string text;
        for (const std::uint32_t group : of.chain_of(test)) {
            const std::string_view name = of.groups[group].suite;
            text += (text.empty() ? "" : " ") + std::string(name.empty() ? "*" : name);
        }
        return text;
    }

    std::deque<decorator> names;
    std::deque<suite> suites;
    std::deque<cordon::detail::setup> setups;
    test_list list;
};

}  // namespace

TEST_CASE("without setups no test wants any, and nothing is kept for each") {
    fixture f;
    f.test("");
    f.test("a");
    const setup_plan made = f.build();
    CHECK(made.groups.empty());
    CHECK(made.chain_of_test.empty());
    CHECK(made.chain_of(0).empty());
    CHECK(made.chain_of(1).empty());
}

TEST_CASE("all global setups are one group, in order of registration, and every test wants it") {
    fixture f;
    f.setup(nullptr, 10);
    f.setup(nullptr, 20);
    f.test("");
    f.test("a/b");
    const setup_plan made = f.build();
    REQUIRE(made.groups.size() == 1);
    CHECK(made.groups[0].suite.empty());
    CHECK(made.groups[0].setups == vector<std::uint32_t>{0, 1});
    CHECK(made.groups[0].where.line == 10);
    CHECK(fixture::chain(made, 0) == "*");
    CHECK(fixture::chain(made, 1) == "*");
}

TEST_CASE("a suite's setup holds for its tests and for the suites inside, not for namesakes of its prefix") {
    fixture f;
    const suite* outer = f.block("db");
    f.setup(f.block("rows", outer));
    f.setup(outer);
    f.setup(nullptr);
    for (const char* name : {"", "db", "db/rows", "db/rows/deep", "db/row", "dbx", "other/db"})
        f.test(name);
    const setup_plan made = f.build();
    CHECK(fixture::chain(made, 0) == "*");
    CHECK(fixture::chain(made, 1) == "* db");
    CHECK(fixture::chain(made, 2) == "* db db/rows");
    CHECK(fixture::chain(made, 3) == "* db db/rows");
    CHECK(fixture::chain(made, 4) == "* db");
    CHECK(fixture::chain(made, 5) == "*");
    CHECK(fixture::chain(made, 6) == "*");
}

TEST_CASE("blocks of the same name are one suite, also in several files") {
    fixture f;
    f.setup(f.block("db"), 1);
    f.setup(nullptr, 2);
    f.setup(f.block("db"), 3);
    f.test("db");
    const setup_plan made = f.build();
    REQUIRE(made.groups.size() == 2);
    CHECK(made.groups[0].suite == "db");
    CHECK(made.groups[0].setups == vector<std::uint32_t>{0, 2});
    CHECK(made.groups[0].where.line == 1);
    CHECK(made.groups[1].setups == vector<std::uint32_t>{1});
    CHECK(fixture::chain(made, 0) == "* db");
}

TEST_CASE("tests that want the same setups share a chain; the first is of those outside every suite") {
    fixture f;
    f.setup(f.block("a"));
    f.setup(f.block("b"));
    for (const char* name : {"a", "b", "a", "", "a/x"})
        f.test(name);
    const setup_plan made = f.build();
    CHECK(made.chains.size() == 3);
    CHECK(made.chains[0].empty());
    CHECK(made.chain_of_test == vector<std::uint32_t>{1, 2, 1, 0, 1});
}

TEST_CASE("a group's name outlives the blocks") {
    setup_plan made;
    test_list list;
    {
        fixture f;
        f.setup(f.block("inner", f.block("outer")));
        f.test("outer/inner");
        made = f.build();
        list = std::move(f.list);
    }
    CHECK(made.groups[0].suite == "outer/inner");
}
