#include <doctest/doctest.h>
#include <cordon/engine/select/select.hpp>

#include <algorithm>
#include <deque>
#include <string>

using namespace cordon::engine;
using indices = vector<std::size_t>;

namespace {

test_info test_named(std::string_view suite, std::string_view name, vector<std::string_view> tags = {}) {
    test_info test;
    test.suite = suite;
    test.name = name;
    test.tags = std::move(tags);
    return test;
}

test_list example() {
    test_list list;
    list.tests.push_back(test_named("math", "sum adds", {"fast"}));
    list.tests.push_back(test_named("math", "product", {"slow"}));
    list.tests.push_back(test_named("text", "sum of words", {"slow"}));
    list.tests.push_back(test_named("", "a*b literal"));
    return list;
}

test_list many(std::size_t count) {
    static std::deque<std::string> names;
    while (names.size() < count)
        names.push_back("test " + std::to_string(names.size()));
    test_list list;
    for (std::size_t i = 0; i < count; ++i)
        list.tests.push_back(test_named("s", names[i]));
    return list;
}

indices selected(const test_list& list, const options& chosen) {
    return select::make_plan(list, chosen, 0, {}).value().order;
}

indices with_patterns(vector<std::string> patterns) {
    options chosen;
    chosen.patterns = std::move(patterns);
    return selected(example(), chosen);
}

indices up_to(std::size_t count) {
    indices all(count);
    for (std::size_t i = 0; i < count; ++i)
        all[i] = i;
    return all;
}

}  // namespace

TEST_CASE("patterns") {
    CHECK(with_patterns({}) == indices{0, 1, 2, 3});
    CHECK(with_patterns({"sum"}) == indices{0, 2});
    CHECK(with_patterns({"math/"}) == indices{0, 1});
    CHECK(with_patterns({"math/sum"}) == indices{0});
    CHECK(with_patterns({"sum*"}) == indices{0, 2});
    CHECK(with_patterns({"*/sum*"}) == indices{0, 2});
    CHECK(with_patterns({"product"}) == indices{1});
    CHECK(with_patterns({"prod?ct"}) == indices{1});
    CHECK(with_patterns({"rod?ct"}) == indices{});
    CHECK(with_patterns({"a\\*b"}) == indices{3});
    CHECK(with_patterns({"product", "literal"}) == indices{1, 3});
    CHECK(with_patterns({"nothing"}) == indices{});
}

TEST_CASE("patterns join by or, filters by and, excludes take away") {
    options chosen;
    chosen.filters = {"suite(math) | suite(text)", "tag(slow)"};
    CHECK(selected(example(), chosen) == indices{1, 2});
    chosen.patterns = {"sum", "nothing"};
    CHECK(selected(example(), chosen) == indices{2});
    chosen.patterns = {};
    chosen.excludes = {"words"};
    CHECK(selected(example(), chosen) == indices{1});
    chosen.filters = {"tag("};
    CHECK_FALSE(select::make_plan(example(), chosen, 0, {}));
}

TEST_CASE("only narrows what is selected, and says so") {
    test_list list = example();
    list.tests[1].only = true;
    const plan narrowed = select::make_plan(list, {}, 0, {}).value();
    CHECK(narrowed.order == indices{1});
    CHECK(narrowed.narrowed_by_only);
    options chosen;
    chosen.patterns = {"words"};
    const plan other = select::make_plan(list, chosen, 0, {}).value();
    CHECK(other.order == indices{2});
    CHECK_FALSE(other.narrowed_by_only);
}

TEST_CASE("skipped and todo tests stay selected") {
    test_list list = example();
    list.tests[0].skip = "why";
    list.tests[1].todo = "";
    CHECK(selected(list, {}) == indices{0, 1, 2, 3});
}

TEST_CASE("order by name goes by suite first") {
    options chosen;
    chosen.order = test_order::name;
    CHECK(selected(example(), chosen) == indices{3, 1, 0, 2});
}

TEST_CASE("a random order follows from its seed") {
    const test_list list = many(10);
    const indices drawn = select::order_of(list, test_order::random, 42, {});
    CHECK(drawn == select::order_of(list, test_order::random, 42, {}));
    CHECK(drawn != select::order_of(list, test_order::random, 43, {}));
    CHECK(drawn == indices{0, 9, 5, 8, 6, 4, 7, 2, 1, 3});
    CHECK(std::is_permutation(drawn.begin(), drawn.end(), up_to(10).begin()));
}

TEST_CASE("tests run in the order in which patterns name them") {
    const test_list list = many(12);
    options chosen;
    chosen.order = test_order::given;
    const auto planned = [&] { return select::make_plan(list, chosen, 5, {}); };
    CHECK_FALSE(planned());  // there is nothing to go by
    const auto name = [&list](std::size_t test) { return "=" + std::string(list.tests[test].name); };
    chosen.patterns = {name(7), name(2), name(11), name(2)};
    CHECK(planned().value().order == indices{7, 2, 11});
    chosen.patterns = {name(7), "*", name(2)};  // the first that matches counts
    CHECK(planned().value().order == indices{7, 0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11});
    chosen.excludes = {name(0)};
    CHECK(planned().value().order == indices{7, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11});
    chosen.patterns = {name(7), "=gone"};
    const result<plan> refused = planned();
    REQUIRE_FALSE(refused);
    CHECK(refused.failure().detail == "--order given: the pattern '=gone' matches no test");
}

TEST_CASE("the given order parts tests with the same setup") {
    options chosen;
    chosen.order = test_order::given;
    const test_list list = many(3);
    for (const test_info& each : list.tests)
        chosen.patterns.push_back("=" + std::string(each.name));
    CHECK(select::make_plan(list, chosen, 0, {7, 8, 7}).value().order == indices{0, 1, 2});
    chosen.order = test_order::declared;
    CHECK(select::make_plan(list, chosen, 0, {7, 8, 7}).value().order == indices{0, 2, 1});
}

TEST_CASE("two tests keep their order whatever else is selected") {
    const test_list list = many(100);
    options chosen;
    chosen.order = test_order::random;
    const indices all = select::make_plan(list, chosen, 5, {}).value().order;
    chosen.patterns = {"7"};
    const indices some = select::make_plan(list, chosen, 5, {}).value().order;
    indices expected;
    for (std::size_t test : all) {
        if (std::find(some.begin(), some.end(), test) != some.end()) expected.push_back(test);
    }
    CHECK(some == expected);
}

TEST_CASE("tests with the same setup stay together in any order") {
    const test_list list = many(30);
    select::setup_keys keys(30);
    for (std::size_t i = 0; i < 30; ++i)
        keys[i] = i % 3;
    for (test_order how : {test_order::declared, test_order::name, test_order::random}) {
        const indices order = select::order_of(list, how, 9, keys);
        CHECK(std::is_permutation(order.begin(), order.end(), up_to(30).begin()));
        for (std::size_t i = 1; i < 30; ++i) {
            if (i % 10 != 0) CHECK(keys[order[i]] == keys[order[i - 1]]);
        }
    }
    CHECK(select::order_of(list, test_order::declared, 9, keys)[1] == 3);
}

TEST_CASE("each order of groups is drawn about as often") {
    const test_list list = many(12);
    const select::setup_keys keys = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2};  // one large group, two small ones
    int first[3] = {};
    for (std::uint64_t seed = 0; seed < 3000; ++seed) {
        ++first[keys[select::order_of(list, test_order::random, seed, keys)[0]]];
    }
    for (int count : first)
        CHECK(count == doctest::Approx(1000).epsilon(0.1));
}

TEST_CASE("slices are even, in order, and make up the whole") {
    for (std::size_t size : {0u, 1u, 2u, 7u, 100u}) {
        const test_list list = many(size);
        for (std::uint32_t count : {1u, 2u, 3u, 8u}) {
            indices joined;
            for (std::uint32_t index = 1; index <= count; ++index) {
                const indices part = select::shard_of(list, up_to(size), {index, count, false});
                CHECK(part.size() >= size / count);
                CHECK(part.size() <= size / count + 1);
                joined.append(part.begin(), part.end());
            }
            CHECK(joined == up_to(size));
        }
    }
}

TEST_CASE("hash shards make up the whole and do not move when tests are added") {
    const indices whole = up_to(1000);
    const test_list list = many(1000);
    indices joined;
    for (std::uint32_t index = 1; index <= 4; ++index) {
        const indices part = select::shard_of(list, whole, {index, 4, true});
        CHECK(part.size() > 200);
        CHECK(part.size() < 300);
        const indices of_fewer = select::shard_of(list, up_to(500), {index, 4, true});
        CHECK(std::equal(of_fewer.begin(), of_fewer.end(), part.begin()));
        joined.append(part.begin(), part.end());
    }
    CHECK(std::is_permutation(joined.begin(), joined.end(), whole.begin(), whole.end()));
}

TEST_CASE("the shard hash never changes") {
    CHECK(select::shard_hash(test_named("math", "sum")) == 2392537029983191283u);
    CHECK(select::shard_hash(test_named("", "sum")) == 1113017306289926219u);
}

TEST_CASE("shards of a random order share it; an empty shard is no empty selection") {
    const test_list list = many(5);
    options chosen;
    chosen.order = test_order::random;
    const indices whole = select::make_plan(list, chosen, 8, {}).value().order;
    indices joined;
    for (std::uint32_t index = 1; index <= 7; ++index) {
        chosen.shard = shard_choice{index, 7, false};
        const plan part = select::make_plan(list, chosen, 8, {}).value();
        CHECK(part.selected == 5);
        joined.append(part.order.begin(), part.order.end());
    }
    CHECK(joined == whole);
}

namespace {

/// Test i takes so many milliseconds; 0: it was never timed.
past past_of(std::initializer_list<int> times) {
    past earlier;
    for (const int each : times) {
        earlier.tests.emplace_back();
        earlier.tests.back().timed = each == 0 ? 0 : 5;
        earlier.tests.back().typical = std::chrono::milliseconds(each);
    }
    return earlier;
}

indices planned(const test_list& list, const options& chosen, const past& earlier,
                const select::setup_keys& keys = {}) {
    return select::make_plan(list, chosen, 0, keys, earlier).value().order;
}

}  // namespace

TEST_CASE("the slowest first, by the history; what is not known counts as the mean") {
    options chosen;
    chosen.order = test_order::slowest;
    CHECK(planned(many(5), chosen, past_of({10, 50, 0, 50, 20})) == indices{1, 3, 2, 4, 0});
    CHECK(planned(many(3), chosen, {}) == indices{0, 1, 2});
    CHECK(planned(many(3), chosen, past_of({0, 0, 0})) == indices{0, 1, 2});
    // Tests with the same setup stay together: the group of the slowest comes first.
    CHECK(planned(many(5), chosen, past_of({10, 50, 7, 40, 20}), {1, 2, 2, 1, 1}) == indices{1, 2, 3, 4, 0});
}

TEST_CASE("what failed when it was last run first, by the history") {
    past earlier = past_of({1, 1, 1, 1, 1});
    earlier.tests[1].failed_last = true;
    earlier.tests[3].failed_last = true;
    options chosen;
    chosen.order = test_order::failed;
    CHECK(select::plan_wants_past(chosen));
    CHECK(planned(many(5), chosen, earlier) == indices{1, 3, 0, 2, 4});
    CHECK(planned(many(3), chosen, {}) == indices{0, 1, 2});
    // Tests with the same setup stay together, the group of what failed first comes first.
    CHECK(planned(many(5), chosen, earlier, {1, 2, 2, 1, 1}) == indices{1, 2, 3, 0, 4});
}

TEST_CASE("--failed and failed() select what failed when it was last run, slow() what mostly takes longer") {
    past earlier = past_of({10, 2000, 0, 300});
    earlier.tests[1].failed_last = true;
    earlier.tests[3].failed_last = true;
    options chosen;
    CHECK_FALSE(select::plan_wants_past(chosen));
    chosen.failed = true;
    CHECK(select::plan_wants_past(chosen));
    CHECK(planned(many(4), chosen, earlier) == indices{1, 3});
    CHECK(planned(many(4), chosen, {}).empty());
    chosen.filters = {"slow(1s)"};
    CHECK(planned(many(4), chosen, earlier) == indices{1});
    chosen.failed = false;
    chosen.filters = {"!slow(300ms) & !failed()"};
    CHECK(select::plan_wants_past(chosen));
    CHECK(planned(many(4), chosen, earlier) == indices{0, 2});
    chosen.filters = {"name(*)"};
    CHECK_FALSE(select::plan_wants_past(chosen));
}

TEST_CASE("shards by time make up the whole, and take equally long") {
    options chosen;
    chosen.shard.emplace();
    chosen.shard->by_time = true;
    CHECK(select::plan_wants_past(chosen));
    const auto shard = [&](std::size_t tests, const past& earlier, std::uint32_t index, std::uint32_t count) {
        chosen.shard->index = index;
        chosen.shard->count = count;
        return planned(many(tests), chosen, earlier);
    };
    const past earlier = past_of({70, 60, 50, 40, 30, 20, 10});
    CHECK(shard(7, earlier, 1, 2) == indices{0, 3, 4});     // 140
    CHECK(shard(7, earlier, 2, 2) == indices{1, 2, 5, 6});  // 140
    // Without a history all tests count alike.
    CHECK(shard(4, {}, 1, 2) == indices{0, 2});
    CHECK(shard(4, {}, 2, 2) == indices{1, 3});
    CHECK(shard(2, {}, 3, 3).empty());
    for (const std::uint32_t count : {1u, 2u, 3u, 5u, 20u}) {
        past drawn;
        random_source random(count);
        duration sum{}, longest{};
        for (std::size_t i = 0; i < 100; ++i) {
            drawn.tests.emplace_back();
            drawn.tests.back().timed = static_cast<std::uint32_t>(random.below(5));
            drawn.tests.back().typical = std::chrono::microseconds(1000 + random.below(1'000'000));
        }
        const vector<duration> expected = expected_times(drawn);
        for (const duration each : expected) {
            sum += each;
            longest = std::max(longest, each);
        }
        indices all;
        for (std::uint32_t index = 1; index <= count; ++index) {
            const indices part = shard(100, drawn, index, count);
            CHECK(std::is_sorted(part.begin(), part.end()));
            duration load{};
            for (const std::size_t test : part)
                load += expected[test];
            // No schedule is better than the larger of these two.
            const duration best = std::max(sum / count, longest);
            CHECK(load <= best * 4 / 3 + std::chrono::milliseconds(20));
            all.append(part.begin(), part.end());
        }
        std::sort(all.begin(), all.end());
        CHECK(all == up_to(100));
    }
}

TEST_CASE("upper and lower case may be alike") {
    options chosen;
    chosen.patterns = {"SUM a", "=Product"};
    CHECK(selected(example(), chosen).empty());
    chosen.ignore_case = true;
    CHECK(selected(example(), chosen) == indices{0, 1});
    chosen.patterns = {"T*/SUM*"};
    chosen.excludes = {"nothing"};
    CHECK(selected(example(), chosen) == indices{2});
    chosen.patterns.clear();
    chosen.filters = {"tag(SLOW) & suite(Math)"};
    CHECK(selected(example(), chosen) == indices{1});
    const vector<std::string> told = select::unmatched_lines(example(), chosen);
    REQUIRE(told.size() == 1);
    CHECK(told[0].find("--exclude 'nothing' matches no test") == 0);
}

TEST_CASE("a name is also found as tools spell it") {
    test_list list;
    list.tests.push_back(test_named("\x02s", "a\nb \x01 \xff \\"));
    for (const char* spelled : {"name(a\\\\nb \\\\x01 \\\\xff \\\\)", "name(a\nb \\\\x01 \\\\xff \\\\)",
                                "suite(\\\\x02s)", "name(a\nb \x01 \xff \\\\)"}) {
        options chosen;
        chosen.filters = {spelled};
        CAPTURE(spelled);
        CHECK(selected(list, chosen) == indices{0});
    }
    options wrong;
    wrong.filters = {"name(a\\\\tb \\\\x01 \\\\xff \\\\)"};
    CHECK(selected(list, wrong).empty());
}
