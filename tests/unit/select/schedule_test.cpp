#include <doctest/doctest.h>
#include <cordon/engine/base/clock.hpp>
#include <cordon/engine/base/random.hpp>
#include <cordon/engine/select/schedule.hpp>

#include <map>
#include <string>

using namespace cordon::engine;
using select::schedule;
using indices = vector<std::size_t>;

namespace {

test_info plain() { return {}; }

test_info in_group(std::string_view group) {
    test_info test;
    test.serial = group;
    return test;
}

test_info with_threads(std::uint32_t threads) {
    test_info test;
    test.threads = threads;
    return test;
}

test_info with_resource(std::string_view name, std::uint32_t limit) {
    test_info test;
    test.resources.push_back({name, limit});
    return test;
}

test_info alone() {
    test_info test;
    test.exclusive = true;
    return test;
}

struct fixture {
    fixture(vector<test_info> tests, std::uint32_t jobs, vector<std::uint64_t> keys = {})
        : list(list_of(std::move(tests))), order(order_of(list)), plan(list, order, jobs, std::move(keys)) {}

    static test_list list_of(vector<test_info> tests) {
        test_list made;
        made.tests = std::move(tests);
        return made;
    }
    static indices order_of(const test_list& of) {
        indices all;
        for (std::size_t i = 0; i < of.tests.size(); ++i)
            all.push_back(i);
        return all;
    }

    test_list list;
    indices order;
    schedule plan;
};

}  // namespace

TEST_CASE("unconstrained tests go in order, in batches") {
    fixture f({5, plain()}, 2);
    CHECK(f.plan.pending() == 5);
    CHECK(f.plan.take(0, 2) == indices{0, 1});
    CHECK(f.plan.take(1, 2) == indices{2, 3});
    CHECK(f.plan.take(0, 2) == indices{4});  // follows on what the worker has
    CHECK(f.plan.take(1, 2).empty());
    CHECK(f.plan.pending() == 0);
    CHECK_FALSE(f.plan.idle());
    for (int i = 0; i < 3; ++i)
        f.plan.done(0);
    for (int i = 0; i < 2; ++i)
        f.plan.done(1);
    CHECK(f.plan.idle());
    CHECK(f.plan.take(0, 0).empty());
}

TEST_CASE("no more lanes than jobs") {
    fixture f({3, plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1) == indices{1});
    CHECK(f.plan.take(2, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(2, 1) == indices{2});
}

TEST_CASE("tests of one serial group never overlap; others pass by") {
    fixture f({in_group("db"), in_group("db"), in_group("net"), plain(), plain()}, 4);
    CHECK(f.plan.take(0, 9) == indices{0});
    CHECK(f.plan.take(1, 9) == indices{2});
    CHECK(f.plan.take(2, 9) == indices{3, 4});
    CHECK(f.plan.take(3, 9).empty());
    f.plan.done(0);
    CHECK(f.plan.take(3, 9) == indices{1});
}

TEST_CASE("a resource is held by as many as it allows, and the smallest limit counts") {
    fixture f({with_resource("gpu", 5), with_resource("gpu", 2), with_resource("gpu", 2), with_resource("net", 1)}, 8);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1) == indices{1});
    CHECK(f.plan.take(2, 1) == indices{3});
    CHECK(f.plan.take(3, 1).empty());
    f.plan.done(1);
    CHECK(f.plan.take(3, 1) == indices{2});
}

TEST_CASE("a group and a resource of one name are two things") {
    fixture f({in_group("x"), with_resource("x", 1)}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1) == indices{1});
}

TEST_CASE("threads count as jobs, and a wide test is not passed by") {
    fixture f({plain(), with_threads(3), plain()}, 3);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1).empty());
    CHECK(f.plan.take(0, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(1, 1) == indices{1});
    CHECK(f.plan.take(0, 1).empty());
    f.plan.done(1);
    CHECK(f.plan.take(0, 1) == indices{2});
}

TEST_CASE("more threads than jobs wait for all of them and no longer") {
    fixture f({with_threads(100), plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(1, 1) == indices{1});
}

TEST_CASE("an exclusive test runs while nothing else does") {
    fixture f({plain(), alone(), plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1) == indices{2});
    f.plan.done(1);
    CHECK(f.plan.take(1, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(1, 1) == indices{1});
    f.plan.add(0);
    CHECK(f.plan.take(0, 1).empty());
    CHECK(f.plan.take(1, 1).empty());
    f.plan.done(1);
    CHECK(f.plan.take(0, 1) == indices{0});
}

TEST_CASE("batches end where the key changes") {
    fixture f({5, plain()}, 2, {7, 7, 8, 8, 7});
    CHECK(f.plan.take(0, 9) == indices{0, 1});
    CHECK(f.plan.take(0, 9).empty());  // still busy with the other key
    CHECK(f.plan.take(1, 1) == indices{2});
    CHECK(f.plan.take(1, 9) == indices{3});
    CHECK(f.plan.take(0, 9) == indices{4});
}

TEST_CASE("unstarted tests go back to their old places") {
    fixture f({6, plain()}, 2);
    CHECK(f.plan.take(0, 4) == indices{0, 1, 2, 3});
    f.plan.done(0);
    f.plan.put_back(0, {1, 2, 3});
    CHECK(f.plan.idle());
    CHECK(f.plan.pending() == 5);
    CHECK(f.plan.take(1, 9) == indices{1, 2, 3, 4, 5});
}

TEST_CASE("batches of two workers come back in any order") {
    fixture f({6, plain()}, 2);
    CHECK(f.plan.take(0, 2) == indices{0, 1});
    CHECK(f.plan.take(1, 2) == indices{2, 3});
    f.plan.put_back(0, {0, 1});
    f.plan.put_back(1, {2, 3});
    CHECK(f.plan.take(0, 9) == indices{0, 1, 2, 3, 4, 5});
}

TEST_CASE("another attempt comes after all others, and keeps its constraints") {
    fixture f({in_group("db"), in_group("db"), plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    f.plan.done(0);
    f.plan.add(0);
    CHECK(f.plan.take(0, 1) == indices{1});
    CHECK(f.plan.take(1, 1) == indices{2});
    f.plan.done(1);
    CHECK(f.plan.take(1, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(1, 1) == indices{0});
}

TEST_CASE("what is dropped is told in order") {
    fixture f({plain(), in_group("a"), plain(), alone()}, 1);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.drop_pending() == indices{1, 2, 3});
    CHECK(f.plan.pending() == 0);
    f.plan.done(0);
    CHECK(f.plan.take(0, 1).empty());
}

TEST_CASE("100,000 tests are handed out in no time") {
    fixture f({100'000, plain()}, 4);
    const instant before = now();
    std::size_t taken = 0;
    while (f.plan.pending() != 0) {
        taken += f.plan.take(static_cast<std::uint32_t>(taken % 4), 1).size();
    }
    CHECK(taken == 100'000);
    CHECK(milliseconds(now() - before) < 2000);
}

TEST_CASE("whatever comes, rules hold and every test is run once") {
    random_source random(11);
    for (int round = 0; round < 300; ++round) {
        vector<test_info> tests;
        for (int i = 0; i < 30; ++i) {
            switch (random.below(6)) {
                case 0:
                    tests.push_back(in_group(random.below(2) ? "a" : "b"));
                    break;
                case 1:
                    tests.push_back(with_threads(static_cast<std::uint32_t>(random.below(5))));
                    break;
                case 2:
                    tests.push_back(with_resource("r", 2));
                    break;
                case 3:
                    tests.push_back(alone());
                    break;
                default:
                    tests.push_back(plain());
                    break;
            }
        }
        const std::uint32_t jobs = static_cast<std::uint32_t>(random.below(4)) + 1;
        fixture f(tests, jobs);
        std::map<std::uint32_t, indices> running;
        vector<int> runs(tests.size());
        while (f.plan.pending() != 0 || !running.empty()) {
            bool started = false;
            for (std::uint32_t slot = 0; slot < jobs; ++slot) {
                const indices batch = f.plan.take(slot, 3);
                started = started || !batch.empty();
                if (!batch.empty()) running[slot].append(batch.begin(), batch.end());
            }
            REQUIRE((started || !running.empty()));
            std::uint32_t load = 0, resources = 0, exclusives = 0;
            std::map<std::string_view, int> groups;
            for (const auto& [slot, batch] : running) {
                const test_info& first = tests[batch.front()];
                load += std::min(std::max(first.threads, 1u), jobs);
                resources += static_cast<std::uint32_t>(first.resources.size());
                exclusives += first.exclusive;
                if (first.serial) REQUIRE(++groups[*first.serial] == 1);
            }
            REQUIRE(load <= jobs);
            REQUIRE(resources <= 2);
            REQUIRE((exclusives == 0 || running.size() == 1));
            auto ending = running.begin();
            std::advance(ending, static_cast<std::ptrdiff_t>(random.below(running.size())));
            ++runs[ending->second.front()];
            ending->second.erase(ending->second.begin());
            f.plan.done(ending->first);
            if (ending->second.empty()) running.erase(ending);
        }
        for (int count : runs)
            REQUIRE(count == 1);
        REQUIRE(f.plan.idle());
    }
}

TEST_CASE("tests that come again and again meet all others, and have about as many turns") {
    constexpr std::size_t count = 30;
    test_list list;
    list.tests.resize(count);
    indices order;
    for (std::size_t i = 0; i < count; ++i)
        order.push_back(i);
    schedule plan(list, order, 2);
    random_source random(5);
    std::map<std::size_t, std::map<std::size_t, int>> beside;
    vector<int> turns(count, 0);
    vector<std::size_t> running = {plan.take(0, 1)[0], plan.take(1, 1)[0]};
    for (int turn = 0; turn < 6000; ++turn) {
        const auto slot = static_cast<std::uint32_t>(turn % 2);
        const std::size_t ended = running[slot];
        ++turns[ended];
        ++beside[running[0]][running[1]];
        plan.done(slot);
        plan.add_anywhere_late(ended, random.next());
        const indices next = plan.take(slot, 1);
        REQUIRE(next.size() == 1);
        CHECK(next[0] != ended);
        running[slot] = next[0];
    }
    for (std::size_t one = 0; one < count; ++one) {
        CHECK(turns[one] > 150);
        CHECK(turns[one] < 250);
        for (std::size_t other = 0; other < one; ++other)
            CHECK(beside[one][other] + beside[other][one] > 0);
    }
}

namespace {

/// Runs tests that come again as soon as they have ended, each for a random time. Returns how often each ran.
vector<int> turns_of(fixture& f, std::uint32_t jobs, int turns) {
    random_source random(3);
    vector<int> ran(f.list.tests.size(), 0);
    std::map<std::uint32_t, indices> running;
    for (int turn = 0; turn < turns; ++turn) {
        for (std::uint32_t slot = 0; slot < jobs; ++slot) {
            const indices batch = f.plan.take(slot, 2);
            if (!batch.empty()) running[slot].append(batch.begin(), batch.end());
        }
        REQUIRE_FALSE(running.empty());
        auto ending = running.begin();
        std::advance(ending, static_cast<std::ptrdiff_t>(random.below(running.size())));
        const std::size_t test = ending->second.front();
        ++ran[test];
        ending->second.erase(ending->second.begin());
        f.plan.done(ending->first);
        if (ending->second.empty()) running.erase(ending);
        f.plan.add(test);
    }
    return ran;
}

}  // namespace

TEST_CASE("no test starves among tests that come again and again") {
    test_info two_things = in_group("a");
    two_things.resources.push_back({"r", 1});
    test_info wide_group = in_group("b");
    wide_group.threads = 4;
    for (const std::uint32_t jobs : {1u, 2u, 4u, 9u}) {
        CAPTURE(jobs);
        vector<test_info> tests(20, plain());
        for (int i = 0; i < 3; ++i) {
            tests.push_back(in_group("a"));
            tests.push_back(in_group("b"));
            tests.push_back(with_resource("r", 1));
        }
        tests.push_back(two_things);
        tests.push_back(alone());
        tests.push_back(with_threads(4));
        tests.push_back(with_threads(100));
        tests.push_back(wide_group);
        fixture f(tests, jobs);
        const vector<int> ran = turns_of(f, jobs, 7000);
        for (std::size_t i = 0; i < ran.size(); ++i) {
            CAPTURE(i);
            CHECK(ran[i] >= 50);  // of 200 for each on average
        }
    }
}

TEST_CASE("a test that retries have overtaken often enough is the next one that may start") {
    fixture f({alone(), plain(), plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    f.plan.done(0);
    CHECK(f.plan.take(0, 1) == indices{1});
    CHECK(f.plan.take(1, 1) == indices{2});
    f.plan.add(0);  // position 3
    for (int i = 0; i < 3; ++i) {
        f.plan.done(0);
        f.plan.add(1);
        CHECK(f.plan.take(0, 1) == indices{1});  // positions 4 to 6
    }
    f.plan.done(0);
    f.plan.add(1);  // position 7
    CHECK(f.plan.take(0, 1).empty());
    f.plan.done(1);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1).empty());
    f.plan.done(0);
    CHECK(f.plan.take(1, 1) == indices{1});
}

TEST_CASE("tests that wait for different things do not wait for each other") {
    fixture f({in_group("a"), in_group("a"), in_group("b"), plain()}, 2);
    CHECK(f.plan.take(0, 1) == indices{0});
    CHECK(f.plan.take(1, 1) == indices{2});
    for (int i = 0; i < 20; ++i) {  // far overdue, but nobody else wants its group
        f.plan.done(1);
        f.plan.add(i % 2 == 0 ? 2 : 3);
        CHECK(f.plan.take(1, 1) == indices{i % 2 == 0 ? std::size_t{3} : std::size_t{2}});
    }
    f.plan.done(0);
    CHECK(f.plan.take(0, 1) == indices{1});
}
