#include <doctest/doctest.h>
#include <cordon/engine/select/fresh_starts.hpp>

using namespace cordon::engine;
using select::fresh_starts;
using fate = fresh_starts::fate;
using ms = std::chrono::milliseconds;

namespace {

const instant start{std::chrono::seconds(100)};

/// Ends in a row until it is hopeless; each worker is started as soon as it may be and takes no time. `spent` is how
/// long that took in all.
int tries(fresh_starts& of, fate how, duration& spent) {
    int count = 0;
    instant at = start;
    while (!of.is_hopeless()) {
        if (of.not_before() && *of.not_before() > at) at = *of.not_before();
        of.on_futile(how, at);
        ++count;
    }
    spent = at - start;
    return count;
}

}  // namespace

TEST_CASE("how many workers are started in vain, and for how long") {
    struct row {
        fate how;
        int tries;
        ms least, most;
    };
    const row table[] = {
        {fate::ended_by_itself, 3, ms(0), ms(0)},
        {fate::killed_before_it_spoke, 24, ms(15'000), ms(20'000)},
        {fate::killed_after_it_spoke, 60, ms(500), ms(2'000)},
    };
    for (const row& each : table) {
        fresh_starts of;
        duration spent{};
        CHECK(tries(of, each.how, spent) == each.tries);
        CHECK(spent >= each.least);
        CHECK(spent <= each.most);
    }
}

TEST_CASE("a test that comes to its end makes all as it was at first") {
    for (const fate how : {fate::ended_by_itself, fate::killed_before_it_spoke, fate::killed_after_it_spoke}) {
        fresh_starts of;
        duration spent{};
        const int first = tries(of, how, spent);
        of.on_progress();
        CHECK_FALSE(of.is_hopeless());
        CHECK_FALSE(of.is_probing());
        CHECK(of.may_start(start));
        CHECK(tries(of, how, spent) == first);
    }
}

TEST_CASE("the first fresh worker comes soon, later ones at growing intervals of a second at most") {
    fresh_starts of;
    instant at = start;
    duration before{};
    for (int i = 0; i < 23; ++i) {
        of.on_futile(fate::killed_before_it_spoke, at);
        CHECK(of.is_probing());
        const duration pause = *of.not_before() - at;
        CHECK(pause >= before);
        CHECK(pause <= std::chrono::seconds(1));
        if (i == 0) CHECK(pause <= ms(10));
        CHECK_FALSE(of.may_start(at));
        CHECK(of.may_start(at + pause));
        before = pause;
        at = *of.not_before();
    }
    CHECK(before == std::chrono::seconds(1));
    CHECK(of.killed_starting() == 23);
    CHECK(of.spent(at) == at - start);
}

TEST_CASE("kills do not hide that the program ends by itself") {
    fresh_starts of;
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(of.is_hopeless());
        of.on_futile(fate::killed_before_it_spoke, start);
        of.on_futile(fate::ended_by_itself, start);
    }
    CHECK(of.is_hopeless());
}
