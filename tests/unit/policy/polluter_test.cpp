#include <cordon/engine/policy/polluter.hpp>

#include <doctest/doctest.h>

#include <set>

using namespace cordon::engine;
using namespace cordon::engine::policy;

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
