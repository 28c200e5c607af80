#include <doctest/doctest.h>
#include <cordon/engine/model/namesakes.hpp>
#include <cordon/engine/model/test_list_build.hpp>

#include <deque>
#include <limits>

using namespace cordon::engine;
using cordon::detail::decorator;
using cordon::detail::suite;
using scope = cordon::detail::decorator_scope;

// The registering constructor belongs to the worker; here the chain is put together by hand.
cordon::detail::test_case::test_case(void (*body_)(const void*), cordon::location where_, const suite* owner_,
                                     const decorator* decorators_, size_t count_, const void* context_) noexcept
    : body(body_),
      where(where_),
      owner(owner_),
      decorators(decorators_),
      count(count_),
      context(context_),
      next(nullptr) {}

namespace {

class chain {
  public:
    chain& add(vector<decorator> decorators, const suite* owner = nullptr, const char* file = "a.cpp") {
        decorators_.push_back(std::move(decorators));
        const vector<decorator>& kept = decorators_.back();
        const unsigned line = static_cast<unsigned>(tests_.size()) + 1;
        tests_.emplace_back(nullptr, cordon::location{file, line}, owner, kept.data(), kept.size());
        if (tests_.size() > 1) tests_[tests_.size() - 2].next = &tests_.back();
        return *this;
    }
    chain& add_at(const char* name, const char* file, unsigned line, bool shares, const suite* owner = nullptr) {
        add({decorator(shares ? decoration::shares_name : decoration::none, nullptr, 1), name}, owner, file);
        tests_.back().where.line = line;
        return *this;
    }
    result<test_list> build() const { return build_test_list(tests_.empty() ? nullptr : &tests_.front()); }
    /// The names with their lines, after namesakes were told apart.
    std::string told_apart() {
        tell_namesakes_apart(&tests_.front());
        std::string all;
        for (const cordon::detail::test_case* each = &tests_.front(); each != nullptr; each = each->next)
            all += std::string(each->name()) + ":" + std::to_string(each->where.line) + " ";
        return all;
    }

  private:
    std::deque<vector<decorator>> decorators_;
    std::deque<cordon::detail::test_case> tests_;
};

struct suite_block {
    suite_block(vector<decorator> items, const suite* parent = nullptr)
        : decorators(std::move(items)), block{{"s.cpp", 9}, parent, decorators.data(), decorators.size()} {}
    vector<decorator> decorators;
    suite block;
};

std::string error_of(vector<decorator> decorators) {
    const result<test_list> built = chain().add(std::move(decorators)).build();
    return built ? "" : built.failure().detail;
}

}  // namespace

TEST_CASE("no tests are an empty list") {
    result<test_list> built = chain().build();
    REQUIRE(built);
    CHECK(built.value().tests.empty());
}

TEST_CASE("tests keep the order of registration and know where they are") {
    result<test_list> built = chain().add({"one"}).add({"two"}, nullptr, "b.cpp").build();
    REQUIRE(built);
    REQUIRE(built.value().tests.size() == 2);
    CHECK(built.value().tests[0].name == "one");
    CHECK(built.value().tests[1].name == "two");
    CHECK(built.value().tests[1].file == "b.cpp");
    CHECK(built.value().tests[1].line == 2);
    CHECK(built.value().tests[1].registered != nullptr);
}

TEST_CASE("a second string holds Catch2's tags") {
    result<test_list> built = chain()
                                  .add({"a", "[slow][net io]"})
                                  .add({"b", " [x] [y] ", scope::tag("z")})
                                  .add({"c", ""})
                                  .add({scope::tag("first"), "d", scope::timeout(1), "[x]"})
                                  .build();
    REQUIRE(built);
    const vector<test_info>& tests = built.value().tests;
    CHECK(tests[0].name == "a");
    CHECK(tests[0].tags == vector<std::string_view>{"slow", "net io"});
    CHECK(tests[1].tags == vector<std::string_view>{"x", "y", "z"});
    CHECK(tests[2].name == "c");
    CHECK(tests[2].tags.empty());
    CHECK(tests[3].name == "d");
    CHECK(tests[3].tags == vector<std::string_view>{"first", "x"});
}

TEST_CASE("Catch2's special tags mean what they mean there") {
    result<test_list> built = chain()
                                  .add({"a", "[.]"})
                                  .add({"b", "[.slow]"})
                                  .add({"c", "[!mayfail]"})
                                  .add({"d", "[!shouldfail][x]"})
                                  .add({"e", "[!throws]"})
                                  .build();
    REQUIRE(built);
    const vector<test_info>& tests = built.value().tests;
    CHECK(tests[0].hidden);
    CHECK(tests[1].hidden);
    CHECK(tests[1].tags == vector<std::string_view>{".", "slow"});
    CHECK(tests[2].may_fail);
    CHECK_FALSE(tests[2].hidden);
    CHECK(tests[3].should_fail);
    CHECK(tests[3].tags == vector<std::string_view>{"!shouldfail", "x"});
    CHECK_FALSE(tests[4].may_fail);
    CHECK(tests[4].tags == vector<std::string_view>{"!throws"});
}

TEST_CASE("any other second string is an error with its place") {
    for (const char* wrong : {"slow", "[a", "[]", "[ ]", "a[b]", "[a]b", "[a][", "[a[b]]", "]", "[!mayfial]"}) {
        const std::string told = error_of({"adds", wrong});
        CAPTURE(told);
        CHECK(told.rfind("a.cpp:1: test 'adds': the second string ", 0) == 0);
        CHECK(told.find(std::string("'") + wrong + "'") != std::string::npos);
    }
    CHECK(error_of({"adds", "[a]", "[b]"}) ==
          "a.cpp:1: test 'adds': a third string '[b]': use tag(...) or description(...)");
    CHECK(error_of({"adds", "", "x"}) != "");
    const suite_block block({"math", "slow"});
    const result<test_list> built = chain().add({"adds"}, &block.block).build();
    REQUIRE_FALSE(built);
    CHECK(built.failure().detail.rfind("s.cpp:9: suite 'math': the second string 'slow'", 0) == 0);
}

TEST_CASE("a suite's second string hands tags down, and its first is its name") {
    const suite_block block({scope::tag("t"), "math", "[slow][.]"});
    const result<test_list> built = chain().add({"adds"}, &block.block).build();
    REQUIRE(built);
    const test_info& info = built.value().tests[0];
    CHECK(info.suite == "math");
    CHECK(info.tags == vector<std::string_view>{"t", "slow", "."});
    CHECK(info.hidden);
    CHECK(suite_path(&block.block) == "math");
}

TEST_CASE("a full name is unique, wherever its slashes come from") {
    const suite_block block({"adds"});
    const result<test_list> built = chain().add({"adds/small"}).add({"small"}, &block.block).build();
    REQUIRE_FALSE(built);
    CHECK(built.failure().detail == "two tests are named 'adds/small': a.cpp:1 and a.cpp:2");
    CHECK(chain().add({"adds/small"}).add({"large"}, &block.block).build());
}

TEST_CASE("tests without a name are numbered over all suites") {
    const suite_block block({"math"});
    const char* none = nullptr;
    chain tests;
    tests.add({""}).add({"named"}).add({}, &block.block).add({scope::tag("x")}).add({none, "[y]"});
    for (int times = 0; times < 2; ++times) {
        const result<test_list> built = tests.build();
        REQUIRE(built);
        std::string names;
        for (const test_info& each : built.value().tests)
            names += std::string(each.name) + "|";
        CHECK(names ==
              "Anonymous test case 1|named|Anonymous test case 2|Anonymous test case 3|Anonymous test case 4|");
        CHECK(built.value().tests[2].suite == "math");
        CHECK(built.value().tests[4].tags == vector<std::string_view>{"y"});
        CHECK(built.value().tests[2].registered->name() == built.value().tests[2].name);
    }
}

TEST_CASE("limits that are not 0 do not become 0, which would be none") {
    const result<test_list> built =
        chain().add({"x", scope::timeout(1e-12), scope::slow_after(1e-12), scope::memory_limit(0.5)}).build();
    REQUIRE(built);
    CHECK(built.value().tests[0].timeout == duration(1));
    CHECK(built.value().tests[0].slow_after == duration(1));
    CHECK(built.value().tests[0].memory_limit == 1);
}

TEST_CASE("every decorator arrives in its field") {
    result<test_list> built =
        chain()
            .add({"x", scope::tag("t"), scope::description("d"), scope::timeout(2.5), scope::slow_after(1),
                  scope::retries(3), scope::skip("why"), scope::todo("later"), scope::only(), scope::should_fail(),
                  scope::may_fail(), scope::expected_failures(2), scope::quarantine("#7"), scope::serial("db"),
                  scope::exclusive(), scope::threads(4), scope::resource("gpu", 2), scope::memory_limit(8e9),
                  scope::isolation(cordon::isolate::exec)})
            .build();
    REQUIRE(built);
    const test_info& info = built.value().tests[0];
    CHECK(info.tags == vector<std::string_view>{"t"});
    CHECK(info.description == "d");
    CHECK(info.timeout == std::chrono::milliseconds(2500));
    CHECK(info.slow_after == std::chrono::seconds(1));
    CHECK(info.retries == 3u);
    CHECK(info.skip == "why");
    CHECK(info.todo == "later");
    CHECK(info.only);
    CHECK(info.should_fail);
    CHECK(info.may_fail);
    CHECK(info.expected_failures == 2);
    CHECK(info.quarantine == "#7");
    CHECK(info.serial == "db");
    CHECK(info.exclusive);
    CHECK(info.threads == 4);
    REQUIRE(info.resources.size() == 1);
    CHECK(info.resources[0].name == "gpu");
    CHECK(info.resources[0].limit == 2);
    CHECK(info.memory_limit == 8'000'000'000u);
    CHECK(info.isolation == cordon::isolate::exec);
}

TEST_CASE("suites hand down: inner wins, tags and resources add up, names are joined") {
    suite_block outer({"outer", scope::tag("a"), scope::timeout(10), scope::resource("gpu", 4), scope::skip("off"),
                       scope::description("of the suite")});
    suite_block inner({"inner", scope::tag("b"), scope::tag("a"), scope::timeout(5)}, &outer.block);
    result<test_list> built = chain()
                                  .add({"x", scope::tag("c"), scope::timeout(1), scope::skip("", false)}, &inner.block)
                                  .add({"y"}, &inner.block)
                                  .add({"z"}, &outer.block)
                                  .add({"free"})
                                  .build();
    REQUIRE(built);
    const vector<test_info>& tests = built.value().tests;
    CHECK(tests[0].suite == "outer/inner");
    CHECK(tests[0].tags == vector<std::string_view>{"a", "b", "c"});
    CHECK(tests[0].timeout == std::chrono::seconds(1));
    CHECK_FALSE(tests[0].skip);
    CHECK(tests[0].resources.size() == 1);
    CHECK(tests[0].description.empty());
    CHECK(tests[1].timeout == std::chrono::seconds(5));
    CHECK(tests[1].skip == "off");
    CHECK(tests[2].suite == "outer");
    CHECK(tests[2].timeout == std::chrono::seconds(10));
    CHECK(tests[3].suite.empty());
    CHECK(tests[3].tags.empty());
}

TEST_CASE("an inner resource of the same name replaces the limit") {
    suite_block outer({"outer", scope::resource("gpu", 4)});
    result<test_list> built =
        chain().add({"x", scope::resource("gpu", 1), scope::resource("net")}, &outer.block).build();
    REQUIRE(built);
    const vector<test_info::resource_use>& uses = built.value().tests[0].resources;
    REQUIRE(uses.size() == 2);
    CHECK(uses[0].limit == 1);
    CHECK(uses[1].name == "net");
}

TEST_CASE("a suite without a name passes its decorators on and adds nothing to the path") {
    suite_block outer({"outer"});
    suite_block nameless({scope::tag("t")}, &outer.block);
    result<test_list> built = chain().add({"x"}, &nameless.block).build();
    REQUIRE(built);
    CHECK(built.value().tests[0].suite == "outer");
    CHECK(built.value().tests[0].tags.size() == 1);
}

TEST_CASE("duplicate names are an error that names both places") {
    suite_block one({"math"}), again({"math"});
    const result<test_list> built = chain().add({"sum"}, &one.block).add({"sum"}, &again.block, "b.cpp").build();
    REQUIRE_FALSE(built);
    CHECK(built.failure().detail == "two tests are named 'math/sum': a.cpp:1 and b.cpp:2");
    CHECK(chain().add({"sum"}).add({"sum"}, &one.block).build());
}

TEST_CASE("impossible values name the test and its place") {
    CHECK(error_of({"x", scope::timeout(-1)}) == "a.cpp:1: test 'x': timeout must be 0 (none) or more seconds");
    CHECK(error_of({"x", scope::timeout(std::numeric_limits<double>::quiet_NaN())}) != "");
    CHECK(error_of({"x", scope::timeout(std::numeric_limits<double>::infinity())}) != "");
    CHECK(error_of({"x", scope::slow_after(-0.1)}) != "");
    CHECK(error_of({"x", scope::retries(-1)}) == "a.cpp:1: test 'x': retries must be 0 or more");
    CHECK(error_of({"x", scope::expected_failures(-1)}) != "");
    CHECK(error_of({"x", scope::threads(0)}) != "");
    CHECK(error_of({"x", scope::resource("gpu", 0)}) != "");
    CHECK(error_of({"x", scope::resource("")}) != "");
    CHECK(error_of({"x", scope::memory_limit(-1)}) != "");
    CHECK(error_of({"x", scope::memory_limit(1e30)}) != "");
    CHECK(error_of({"x", scope::tag("")}) != "");
    CHECK(error_of({"x", scope::timeout(0), scope::retries(0)}) == "");

    suite_block bad({"s", scope::timeout(-1)});
    const result<test_list> built = chain().add({"x"}, &bad.block).build();
    REQUIRE_FALSE(built);
    CHECK(built.failure().detail == "s.cpp:9: suite 's': timeout must be 0 (none) or more seconds");
}

TEST_CASE("the hash tells lists apart") {
    const std::uint64_t ab = chain().add({"a"}).add({"b"}).build().value().hash;
    CHECK(ab == chain().add({"a"}).add({"b"}).build().value().hash);
    CHECK(ab != chain().add({"b"}).add({"a"}).build().value().hash);
    CHECK(ab != chain().add({"a"}).build().value().hash);
    CHECK(ab != chain().add({"a"}).add({"b"}, nullptr, "other.cpp").build().value().hash);
}

TEST_CASE("100,000 tests in a thousand suites are all there") {
    std::deque<suite_block> suites;
    std::deque<std::string> names;
    chain tests;
    for (int i = 0; i < 1000; ++i) {
        names.push_back("suite " + std::to_string(i));
        suites.emplace_back(vector<decorator>{names.back().c_str(), scope::timeout(i)});
        const suite* block = &suites.back().block;
        for (int j = 0; j < 100; ++j) {
            names.push_back("test " + std::to_string(j));
            tests.add({names.back().c_str()}, block);
        }
    }
    const instant before = now();
    result<test_list> built = tests.build();
    MESSAGE("milliseconds: " << milliseconds(now() - before));
    REQUIRE(built);
    REQUIRE(built.value().tests.size() == 100'000);
    CHECK(built.value().tests[99'999].suite == "suite 999");
    CHECK(built.value().tests[54'321].timeout == std::chrono::seconds(543));
}

TEST_CASE("tests that may share their name are told apart by file and line") {
    CHECK(chain().add_at("a", "y", 1, true).add_at("a", "x", 9, true).add_at("a", "x", 2, true).told_apart() ==
          "a #3:1 a #2:9 a:2 ");
}

TEST_CASE("tests that share name, file and line are one test") {
    chain tests;
    tests.add_at("a", "x", 3, true).add_at("b", "x", 3, true).add_at("a", "x", 3, true).add_at("a", "x", 4, true);
    CHECK(tests.told_apart() == "a:3 b:3 a #2:4 ");
    CHECK(tests.build());
}

TEST_CASE("a test that may not share its name keeps it, and an existing name is not made again") {
    const suite_block s({"s"}), other({"t"});
    chain tests;
    tests.add_at("a", "x", 1, true, &s.block)
        .add_at("a", "z", 9, false, &s.block)
        .add_at("a #2", "x", 3, true, &s.block);
    tests.add_at("a", "x", 5, true, &other.block);
    CHECK(tests.told_apart() == "a #3:1 a:9 a #2:3 a:5 ");
    CHECK(tests.build());
}

TEST_CASE("two tests of which none may share its name stay a mistake") {
    chain tests;
    tests.add_at("a", "x", 1, false).add_at("a", "x", 2, false).add_at("b", "x", 2, true);
    CHECK(tests.told_apart() == "a:1 a:2 b:2 ");
    CHECK_FALSE(tests.build());
}
