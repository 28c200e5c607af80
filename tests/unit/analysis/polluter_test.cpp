#include <cordon/engine/analysis/polluter.hpp>

#include <doctest/doctest.h>

#include <random>
#include <set>

using namespace cordon::engine;
using namespace cordon::engine::analysis;

namespace {

using places = vector<std::size_t>;

places first(std::size_t count) {
    places made(count);
    for (std::size_t i = 0; i < count; ++i)
        made[i] = i;
    return made;
}

struct search {
    places found;
    int tries = 0;
};

/// Looks for the tests that `needed` says are needed, all of them together.
search look_for(const std::set<std::size_t>& needed, std::size_t among) {
    search result;
    result.found = needed_part(first(among), {}, [&](const places& some) {
        ++result.tries;
        CHECK(std::is_sorted(some.begin(), some.end()));
        std::size_t there = 0;
        for (const std::size_t each : some)
            there += needed.count(each);
        return there == needed.size();
    });
    return result;
}

}  // namespace

TEST_CASE("flips name what changes a result, and what changes it back") {
    const order_flips none = flips_of(false, {false, false, false});
    CHECK(none.to_failed.empty());
    CHECK(none.to_passed.empty());
    const order_flips some = flips_of(false, {false, true, true, false, true});
    CHECK(some.to_failed == places{1, 4});
    CHECK(some.to_passed == places{3});
    const order_flips brittle = flips_of(true, {true, false, false});
    CHECK(brittle.to_passed == places{1});
    CHECK(flips_of(true, {}).to_passed.empty());
}

TEST_CASE("the one that is needed is found in few tries") {
    for (const std::size_t wanted : {0u, 1u, 499u, 500u, 998u, 999u}) {
        const search done = look_for({wanted}, 1000);
        CHECK(done.found == places{wanted});
        CHECK(done.tries <= 20);
    }
}

TEST_CASE("several that are needed together are all found, and no others") {
    CHECK(look_for({0, 999}, 1000).found == places{0, 999});
    CHECK(look_for({3, 4}, 9).found == places{3, 4});
    const search done = look_for({7, 300, 301, 900}, 1000);
    CHECK(done.found == places{7, 300, 301, 900});
    CHECK(done.tries <= 100);
    CHECK(look_for({0, 1, 2}, 3).found == places{0, 1, 2});
}

TEST_CASE("of nothing, nothing is needed") { CHECK(look_for({}, 0).found.empty()); }

namespace {

order_finding judged(std::uint64_t pairs, std::uint64_t without, std::uint64_t with, bool steady = true,
                     std::size_t candidates = 1) {
    return judge_order({{pairs, without}, {pairs, with}}, steady, candidates);
}

}  // namespace

TEST_CASE("each exception of a steady test is worth a look, and of others a rate that hardly comes by chance") {
    CHECK_FALSE(may_depend({0, 0}, {10, 0}));
    CHECK_FALSE(may_depend({5, 0}, {10, 0}));
    CHECK(may_depend({5, 1}, {10, 0}));
    CHECK_FALSE(may_depend({5, 5}, {10, 10}));
    CHECK(may_depend({5, 4}, {10, 10}));
    CHECK_FALSE(may_depend({20, 8}, {40, 10}));
    CHECK(may_depend({20, 12}, {40, 10}));
    CHECK(may_depend({20, 0}, {40, 20}));
}

TEST_CASE("a few pairs without an exception settle it for a steady test") {
    CHECK(judged(0, 0, 0) == order_finding::open);
    CHECK(judged(4, 0, 4) == order_finding::open);
    CHECK(judged(5, 0, 5) == order_finding::moved);
    CHECK(judged(5, 5, 0) == order_finding::moved);
    CHECK(judged(5, 0, 5, true, 2000) == order_finding::moved);
    CHECK(judged(5, 0, 0) == order_finding::same);
    CHECK(judged(5, 5, 5) == order_finding::same);
    CHECK(judged(5, 0, 3) == order_finding::open);
    CHECK(judged(5, 1, 5) == order_finding::open);
}

TEST_CASE("rates are compared where a test does both") {
    CHECK(judged(5, 0, 5, false) == order_finding::open);
    CHECK(judged(5, 0, 0, false) == order_finding::open);
    CHECK(judged(10, 0, 9, false) == order_finding::moved);
    CHECK(judged(20, 4, 17, false) == order_finding::moved);
    CHECK(judged(20, 17, 4, false) == order_finding::moved);
    CHECK(judged(20, 9, 11, false) == order_finding::same);
    CHECK(judged(20, 5, 10, false) == order_finding::open);
    CHECK(judged(40, 10, 20, false) == order_finding::same);
    // The more are asked, the surer it has to be.
    CHECK(judged(20, 5, 16, false, 1) == order_finding::moved);
    CHECK(judged(20, 5, 16, false, 100) == order_finding::open);
    CHECK(judged(40, 10, 32, false, 100) == order_finding::moved);
}

TEST_CASE("of tests that others do not change few are taken for others' victims") {
    std::mt19937 random(1);
    constexpr int simulations = 10'000;
    int wrong = 0;
    for (int i = 0; i < simulations; ++i) {
        std::bernoulli_distribution fails(0.05 + 0.9 * (i % 10) / 10);
        order_pairs seen;
        order_finding found = order_finding::open;
        for (std::uint64_t runs = 0; found == order_finding::open && runs < threshold::most_pairs;) {
            for (const std::uint64_t end = runs == 0 ? threshold::few_pairs : 2 * runs; runs < end; ++runs) {
                seen.without.add(fails(random));
                seen.with.add(fails(random));
            }
            found = judge_order(seen, false, 1);
        }
        if (found == order_finding::moved) ++wrong;
    }
    CHECK(wrong < simulations / 100);
}
